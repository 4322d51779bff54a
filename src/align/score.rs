//! The scorer: a linear part and boosted regression trees (Friedman, 2001) over
//! named features, trained by `scripts/align/fit.py` and read from a table.
//!
//! The log-odds of a pair being a link are the sum of both: the linear part
//! carries over to unseen articles best, the trees see which features go together.

use crate::rules::table::Table;

/// A trained scorer.
pub struct Model {
    bias: f32,
    /// Weights by feature.
    linear: Vec<(usize, f32)>,
    trees: Vec<Vec<Node>>,
}

#[derive(Debug, Clone, Copy)]
enum Node {
    Leaf(f32),
    /// To `low` when the feature is at most the threshold, else to `high`.
    Split {
        feature: usize,
        threshold: f32,
        low: usize,
        high: usize,
    },
}

impl Model {
    /// Reads a table with the columns `tree`, `node`, `feature`, `threshold`,
    /// `low`, `high`, `value`; a node without a feature is a leaf. A line without a
    /// tree is of the linear part: the weight of its feature, or without one the
    /// constant. `names` are the features in the order of the rows to be scored.
    ///
    /// # Panics
    /// When the table names an unknown feature or a number cannot be read: it is
    /// part of the program.
    #[must_use]
    pub fn load(table: &Table, names: &[&str]) -> Self {
        let mut model = Self {
            bias: 0.0,
            linear: Vec::new(),
            trees: Vec::new(),
        };
        let place = |feature: &str| {
            let place = names.iter().position(|n| *n == feature);
            place.unwrap_or_else(|| panic!("no feature `{feature}`"))
        };
        for row in table.rows() {
            let number = |column| -> f32 {
                let cell = row.get(column);
                cell.parse()
                    .unwrap_or_else(|_| panic!("`{cell}` in the scorer's table"))
            };
            let feature = row.get("feature");
            if row.get("tree").is_empty() {
                match feature {
                    "" => model.bias = number("value"),
                    _ => model.linear.push((place(feature), number("value"))),
                }
                continue;
            }
            let node = if feature.is_empty() {
                Node::Leaf(number("value"))
            } else {
                Node::Split {
                    feature: place(feature),
                    threshold: number("threshold"),
                    low: number("low") as usize,
                    high: number("high") as usize,
                }
            };
            let tree = number("tree") as usize;
            if model.trees.len() <= tree {
                model.trees.resize(tree + 1, Vec::new());
            }
            model.trees[tree].push(node);
        }
        model
    }

    /// The log-odds of a row of features.
    #[must_use]
    pub fn log_odds(&self, row: &[f32]) -> f32 {
        let value = |feature: usize| row.get(feature).copied().unwrap_or(0.0);
        let linear: f32 = self.linear.iter().map(|(f, w)| w * value(*f)).sum();
        let trees: f32 = self.trees.iter().map(|tree| leaf(tree, row)).sum();
        self.bias + linear + trees
    }
}

fn leaf(tree: &[Node], row: &[f32]) -> f32 {
    let mut at = 0;
    // A tree is no deeper than it has nodes, so that a broken table ends too.
    for _ in 0..=tree.len() {
        match tree.get(at) {
            Some(&Node::Split {
                feature,
                threshold,
                low,
                high,
            }) => {
                let value = row.get(feature).copied().unwrap_or(0.0);
                at = if value <= threshold { low } else { high };
            }
            Some(&Node::Leaf(value)) => return value,
            None => return 0.0,
        }
    }
    0.0
}

/// Log-odds as a probability.
#[must_use]
pub fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_weights_and_the_leaves_that_a_row_reaches() {
        let table = Table::parse(
            "t",
            "tree\tnode\tfeature\tthreshold\tlow\thigh\tvalue\n\
             0\t0\tb\t0.5\t1\t2\t\n0\t1\t\t\t\t\t-1\n0\t2\t\t\t\t\t2\n\t\t\t\t\t\t0.25\n\t\ta\t\t\t\t0.5\n",
        );
        let model = Model::load(&table, &["a", "b"]);
        assert_eq!(model.log_odds(&[9.0, 0.5]), 0.25 + 4.5 - 1.0);
        assert_eq!(model.log_odds(&[0.0, 0.6]), 0.25 + 2.0);
    }
}
