//! Beads of texts in one order: groups of neighbouring lines on each side (Gale
//! and Church, 1993) chosen by a dynamic programme.
//!
//! A bead gains what its sides share, in all and as a part of what they hold, and
//! pays a part of what they hold, for each line beyond one a side and for sides of
//! different length. A line without a counterpart has a price too. How often a
//! text merges, splits and leaves out lines differs from text to text, so that the
//! programme runs twice: the second time with prices that follow from how often the
//! first has used each sort of bead.

use super::anchors::share;
use super::mass::{Texts, Weighted, merged, shared};
use crate::rules::table::Table;

/// The most lines on one side of a bead.
const MAX_SIDE: usize = 5;
/// The sorts of beads with lines on both sides, by these.
const SORTS: [(usize, usize); 16] = [
    (1, 1),
    (1, 2),
    (2, 1),
    (1, 3),
    (3, 1),
    (1, 4),
    (4, 1),
    (1, 5),
    (5, 1),
    (2, 2),
    (2, 3),
    (3, 2),
    (2, 4),
    (4, 2),
    (2, 5),
    (5, 2),
];
/// How often each sort is expected before a text has been seen; lines without a
/// counterpart last. Round numbers near the development sets' together.
const USUAL: [f32; SORTS.len() + 1] = [
    0.72, 0.07, 0.07, 0.01, 0.01, 0.003, 0.003, 0.003, 0.003, 0.01, 0.003, 0.003, 0.003, 0.003,
    0.003, 0.003, 0.1,
];
const ALONE: usize = SORTS.len();
/// Each line of a bead of several shares at least this part of its weight with the
/// other side.
const MIN_PART: f32 = 0.02;
/// Line by line such a bead shares at least this part of what both sides hold: more
/// than line by line it cannot share.
const MIN_BOUND: f32 = 0.05;

/// What beads gain and pay; fitted by `scripts/align/align_beads.rs`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// For each unit of weight a bead holds: a line joins when it shares more than
    /// this part of what it has.
    pub unit: f32,
    /// What a bead of one line a side gains for being one.
    pub one: f32,
    /// For each line beyond one a side.
    pub line: f32,
    /// When both sides have more than one line.
    pub both: f32,
    /// For sides of different length, per unit of |ln| and of the root of the weight.
    pub length: f32,
    /// What the share of what both sides hold gains.
    pub share: f32,
    /// For a line without a counterpart.
    pub alone: f32,
    /// How far the prices follow the text, per unit of ln.
    pub follow: f32,
}

impl Prices {
    /// Names in the order of [`Prices::values_mut`].
    pub const NAMES: [&'static str; 8] = [
        "unit", "one", "line", "both", "length", "share", "alone", "follow",
    ];

    /// The prices of a table with the columns `name` and `value`.
    ///
    /// # Panics
    /// When a price is missing or no number: the table is part of the program.
    #[must_use]
    pub fn load(table: &Table) -> Self {
        let mut prices = Self {
            unit: 0.0,
            one: 0.0,
            line: 0.0,
            both: 0.0,
            length: 0.0,
            share: 0.0,
            alone: 0.0,
            follow: 0.0,
        };
        for (name, value) in Self::NAMES.iter().zip(prices.values_mut()) {
            let row = table.rows().find(|r| r.get("name") == *name);
            *value = match row.and_then(|r| r.get("value").parse().ok()) {
                Some(v) => v,
                None => panic!("no price `{name}`"),
            };
        }
        prices
    }

    /// The prices, to be changed.
    pub fn values_mut(&mut self) -> [&mut f32; 8] {
        [
            &mut self.unit,
            &mut self.one,
            &mut self.line,
            &mut self.both,
            &mut self.length,
            &mut self.share,
            &mut self.alone,
            &mut self.follow,
        ]
    }
}

/// Lines `a` of the first text and `b` of the second that go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// First line and the line after the last.
    pub a: (usize, usize),
    /// The same of the second text.
    pub b: (usize, usize),
    /// What both share of what they hold; 0 for a line alone.
    pub share: f32,
}

/// A bead that may end at a cell.
#[derive(Debug, Clone, Copy)]
struct Choice {
    sort: u8,
    shared: f32,
    /// The mean of what its sides hold.
    mass: f32,
    share: f32,
    /// |ln| of the ratio of its sides' lengths, times the root of its weight.
    skew: f32,
}

/// All beads within the band that share something, by the cell they end at.
#[derive(Debug)]
pub struct Lattice {
    band: Vec<(usize, usize)>,
    /// Where the cells of each row begin.
    rows: Vec<usize>,
    /// Where the choices of each cell end.
    ends: Vec<u32>,
    choices: Vec<Choice>,
}

impl Lattice {
    /// The beads of two texts within a band (for each number of lines of the first
    /// text, first and last number of lines of the second).
    #[must_use]
    pub fn new(texts: &Texts, band: Vec<(usize, usize)>) -> Self {
        let mut rows = Vec::with_capacity(band.len());
        let mut cells = 0;
        for &(low, high) in &band {
            rows.push(cells);
            cells += high - low + 1;
        }
        let singles = Singles::new(texts, &band);
        let (total_a, total_b) = (sum(&texts.a.chars), sum(&texts.b.chars));
        let mut builder = Builder {
            texts,
            singles,
            ratio: ((total_a + 10.0) / (total_b + 10.0)).ln(),
            groups_a: Vec::new(),
            groups_b: vec![Vec::new(); texts.b.len() + 1],
        };
        let mut lattice = Self {
            rows,
            ends: Vec::with_capacity(cells),
            choices: Vec::with_capacity(3 * cells),
            band,
        };
        for i in 0..lattice.band.len() {
            builder.groups_a.clear();
            let (low, high) = lattice.band[i];
            for j in low..=high {
                for (sort, &(a, b)) in SORTS.iter().enumerate() {
                    let (Some(i0), Some(j0)) = (i.checked_sub(a), j.checked_sub(b)) else {
                        continue;
                    };
                    let (low0, high0) = lattice.band[i0];
                    if (low0..=high0).contains(&j0) {
                        let choice = builder.choice(sort, (i0, i), (j0, j));
                        lattice.choices.extend(choice);
                    }
                }
                lattice.ends.push(lattice.choices.len() as u32);
            }
        }
        lattice
    }

    /// The best groups at these prices, in order.
    #[must_use]
    pub fn best(&self, prices: &Prices) -> Vec<Group> {
        let mut costs = [0.0; SORTS.len() + 1];
        for (cost, (a, b)) in costs.iter_mut().zip(SORTS) {
            *cost = prices.line * (a + b - 2) as f32;
            if a > 1 && b > 1 {
                *cost += prices.both;
            }
        }
        costs[0] = -prices.one;
        costs[ALONE] = prices.alone;
        let first = self.cheapest(prices, &costs);
        if prices.follow == 0.0 {
            return first;
        }
        follow(&mut costs, &first, prices.follow);
        self.cheapest(prices, &costs)
    }

    fn cheapest(&self, prices: &Prices, costs: &[f32; SORTS.len() + 1]) -> Vec<Group> {
        /// The lines that the last group took, and its share.
        #[derive(Clone, Copy)]
        struct Step {
            a: u8,
            b: u8,
            share: f32,
        }
        let mut gains = vec![f32::NEG_INFINITY; self.ends.len()];
        let mut steps = vec![
            Step {
                a: 0,
                b: 0,
                share: 0.0
            };
            self.ends.len()
        ];
        let mut cell = 0;
        let mut from = 0;
        for (i, &(low, high)) in self.band.iter().enumerate() {
            for j in low..=high {
                let mut best = if cell == 0 { 0.0 } else { f32::NEG_INFINITY };
                let mut step = steps[cell];
                let mut consider = |before: Option<usize>, gain: f32, next: Step| {
                    let gain = before.map_or(f32::NEG_INFINITY, |c| gains[c] + gain);
                    if gain > best {
                        (best, step) = (gain, next);
                    }
                };
                let alone = |a, b| Step { a, b, share: 0.0 };
                if i > 0 {
                    consider(self.cell(i - 1, j), -costs[ALONE], alone(1, 0));
                }
                if j > low {
                    consider(Some(cell - 1), -costs[ALONE], alone(0, 1));
                }
                let to = self.ends[cell] as usize;
                for o in &self.choices[from..to] {
                    let (a, b) = SORTS[usize::from(o.sort)];
                    let gain = o.shared + prices.share * o.share
                        - prices.unit * o.mass
                        - prices.length * o.skew
                        - costs[usize::from(o.sort)];
                    let next = Step {
                        a: a as u8,
                        b: b as u8,
                        share: o.share,
                    };
                    consider(self.cell(i - a, j - b), gain, next);
                }
                from = to;
                gains[cell] = best;
                steps[cell] = step;
                cell += 1;
            }
        }
        let mut groups = Vec::new();
        let (mut i, mut j) = (
            self.band.len().saturating_sub(1),
            self.band.last().map_or(0, |b| b.1),
        );
        while (i, j) != (0, 0) {
            let step = self.cell(i, j).map(|c| steps[c]).filter(|s| s.a + s.b > 0);
            // A place that no path reaches is left line by line.
            let step = step.unwrap_or(Step {
                a: u8::from(i > 0),
                b: u8::from(i == 0),
                share: 0.0,
            });
            let (i0, j0) = (i - usize::from(step.a), j - usize::from(step.b));
            groups.push(Group {
                a: (i0, i),
                b: (j0, j),
                share: step.share,
            });
            (i, j) = (i0, j0);
        }
        groups.reverse();
        groups
    }

    fn cell(&self, i: usize, j: usize) -> Option<usize> {
        let &(low, high) = self.band.get(i)?;
        (low..=high).contains(&j).then(|| self.rows[i] + j - low)
    }
}

/// Makes the sorts of beads dearer that a text has less than usual, and cheaper
/// those it has more.
fn follow(costs: &mut [f32; SORTS.len() + 1], groups: &[Group], by: f32) {
    // What is usual counts as this many groups; no price moves further than by a
    // factor of e squared.
    const USUAL_GROUPS: f32 = 50.0;
    const FURTHEST: f32 = 2.0;
    let mut counts = [0.0f32; SORTS.len() + 1];
    for group in groups {
        let sort = (group.a.1 - group.a.0, group.b.1 - group.b.0);
        counts[SORTS.iter().position(|s| *s == sort).unwrap_or(ALONE)] += 1.0;
    }
    let all = groups.len() as f32 + USUAL_GROUPS;
    for ((cost, count), usual) in costs.iter_mut().zip(counts).zip(USUAL) {
        let found = (count + USUAL_GROUPS * usual) / all;
        *cost -= by * (found / usual).ln().clamp(-FURTHEST, FURTHEST);
    }
}

/// What single lines within the band share, each pair compared when it is first
/// asked for.
struct Singles<'t> {
    texts: &'t Texts,
    low: Vec<usize>,
    /// Where the pairs of each line begin, and where the last one's end.
    rows: Vec<usize>,
    /// NaN where it is not known yet.
    shared: Vec<f32>,
}

impl<'t> Singles<'t> {
    fn new(texts: &'t Texts, band: &[(usize, usize)]) -> Self {
        let (mut low, mut rows, mut cells) = (Vec::new(), vec![0], 0);
        let last = band.len().saturating_sub(1);
        for i in 0..last {
            // A group that holds this line begins and ends at most so many further.
            let from = band[i.saturating_sub(MAX_SIDE)].0;
            cells += band[(i + MAX_SIDE).min(last)].1.saturating_sub(from);
            low.push(from);
            rows.push(cells);
        }
        Self {
            texts,
            low,
            rows,
            shared: vec![f32::NAN; cells],
        }
    }

    fn get(&mut self, i: usize, j: usize) -> f32 {
        let compare = || shared(self.texts.a.keys(i), self.texts.b.keys(j));
        let at = j.checked_sub(self.low[i]).map(|at| self.rows[i] + at);
        match at.filter(|at| *at < self.rows[i + 1]) {
            Some(at) => {
                if self.shared[at].is_nan() {
                    self.shared[at] = compare();
                }
                self.shared[at]
            }
            None => compare(),
        }
    }
}

/// Builds the choices of a lattice.
struct Builder<'t> {
    texts: &'t Texts,
    singles: Singles<'t>,
    /// ln of how much longer the first text is.
    ratio: f32,
    /// Keys of 2, 3, ... lines that end at the row at hand.
    groups_a: Vec<Vec<Weighted>>,
    /// The same at each line of the second text.
    groups_b: Vec<Vec<Vec<Weighted>>>,
}

impl Builder<'_> {
    /// A bead of lines `a` and `b`; `None` when a line of it has no part in it.
    fn choice(&mut self, sort: usize, a: (usize, usize), b: (usize, usize)) -> Option<Choice> {
        let texts = self.texts;
        let single = (a.1 - a.0, b.1 - b.0) == (1, 1);
        let (mass_a, mass_b) = (sum(&texts.a.mass[a.0..a.1]), sum(&texts.b.mass[b.0..b.1]));
        let shared = if single {
            self.singles.get(a.0, b.0)
        } else {
            if self.bound(a, b) < MIN_BOUND * (mass_a + mass_b) || !self.each_takes_part(a, b) {
                return None;
            }
            grow(&mut self.groups_a, a, |i| texts.a.keys(i));
            grow(&mut self.groups_b[b.1], b, |j| texts.b.keys(j));
            let keys_a = group(&self.groups_a, a, |i| texts.a.keys(i));
            let keys_b = group(&self.groups_b[b.1], b, |j| texts.b.keys(j));
            shared(keys_a, keys_b)
        };
        let chars = |chars: &[f32]| sum(chars) + 10.0;
        let (la, lb) = (
            chars(&texts.a.chars[a.0..a.1]),
            chars(&texts.b.chars[b.0..b.1]),
        );
        Some(Choice {
            sort: sort as u8,
            shared,
            mass: 0.5 * (mass_a + mass_b),
            share: share(shared, mass_a, mass_b),
            skew: ((la / lb).ln() - self.ratio).abs() * (mass_a + mass_b).sqrt(),
        })
    }

    /// What two groups share line by line.
    fn bound(&mut self, a: (usize, usize), b: (usize, usize)) -> f32 {
        let pairs = (a.0..a.1).flat_map(|i| (b.0..b.1).map(move |j| (i, j)));
        pairs.map(|(i, j)| self.singles.get(i, j)).sum()
    }

    fn each_takes_part(&mut self, a: (usize, usize), b: (usize, usize)) -> bool {
        let texts = self.texts;
        let takes = |shared: f32, mass: f32| shared > 0.0 && shared >= MIN_PART * mass;
        (a.1 - a.0 == 1
            || (a.0..a.1).all(|i| {
                let row: f32 = (b.0..b.1).map(|j| self.singles.get(i, j)).sum();
                takes(row, texts.a.mass[i])
            }))
            && (b.1 - b.0 == 1
                || (b.0..b.1).all(|j| {
                    let column: f32 = (a.0..a.1).map(|i| self.singles.get(i, j)).sum();
                    takes(column, texts.b.mass[j])
                }))
    }
}

/// Makes sure that `groups` holds the keys of the lines `of`.
fn grow<'t>(
    groups: &mut Vec<Vec<Weighted>>,
    of: (usize, usize),
    keys: impl Fn(usize) -> &'t [Weighted],
) {
    while groups.len() + 1 < of.1 - of.0 {
        let first = of.1 - groups.len() - 2;
        let so_far = groups.last().map_or(keys(of.1 - 1), Vec::as_slice);
        groups.push(merged(keys(first), so_far));
    }
}

/// The keys of the lines `of`, which `groups` holds when they are several.
fn group<'g, 't: 'g>(
    groups: &'g [Vec<Weighted>],
    of: (usize, usize),
    keys: impl Fn(usize) -> &'t [Weighted],
) -> &'g [Weighted] {
    match of.1 - of.0 {
        1 => keys(of.0),
        n => groups.get(n - 2).map_or(&[], Vec::as_slice),
    }
}

fn sum(values: &[f32]) -> f32 {
    values.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_leaves_out_lines_makes_leaving_out_cheaper() {
        let alone = |i| Group {
            a: (i, i + 1),
            b: (0, 0),
            share: 0.0,
        };
        let groups: Vec<Group> = (0..100).map(alone).collect();
        let mut costs = [0.0; SORTS.len() + 1];
        follow(&mut costs, &groups, 1.0);
        assert!(costs[ALONE] < 0.0);
        assert!(costs[..ALONE].iter().all(|c| *c > 0.0));
    }

    #[test]
    fn texts_of_no_lines_have_no_groups() {
        let lattice = Lattice::new(&Texts::default(), vec![(0, 0)]);
        let mut prices = Prices {
            unit: 0.1,
            one: 0.0,
            line: 0.5,
            both: 0.5,
            length: 0.2,
            share: 1.0,
            alone: 0.5,
            follow: 0.1,
        };
        assert!(lattice.best(&prices).is_empty());
        assert_eq!(prices.values_mut().len(), Prices::NAMES.len());
    }
}
