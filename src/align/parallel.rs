//! Parallel texts: two texts of one sentence a line, one a translation of the
//! other, mostly in one order.
//!
//! Where order holds, [`beads`](super::beads) finds the groups of neighbouring lines
//! that share most, in a band around [`anchors`](super::anchors). Where the anchors
//! show no order, lines are assigned to each other best first.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::anchors::{Match, band, chain, in_order, matches};
use super::beads::{Lattice, Prices};
use super::mass::Texts;
use super::score::probability;
use crate::document::Lang;
use crate::rules::table::Table;

/// How lines are matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// As the anchors suggest.
    #[default]
    Auto,
    /// Both texts run in one order.
    Ordered,
    /// They do not.
    Unordered,
}

/// Groups of lines that say the same; one side is empty for a line without a
/// counterpart.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// Lines of the first text, from 0.
    pub a: Vec<usize>,
    /// Lines of the second.
    pub b: Vec<usize>,
    /// How sure it is, 0 to 1; 0 for a line without a counterpart.
    pub score: f32,
}

static PRICES: LazyLock<Prices> = LazyLock::new(|| {
    Prices::load(&Table::parse(
        "any/align_bead_prices",
        include_str!("../rules/any/align_bead_prices.tsv"),
    ))
});

/// How many partners of a line are looked at.
const PARTNERS: usize = 4;

/// The beads of two texts, in the order of the first (lines of the second without
/// a counterpart stand where they stand in it).
///
/// `via` holds translations of `a` into the language of `b`, line by line; several
/// are better than one, and none is needed between French and English.
///
/// ```
/// use diptych::align::parallel::{Mode, parallel};
/// use diptych::document::Lang;
/// let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
/// let a = lines("Le président parle.\nIl neige à Paris depuis mardi.\nLa guerre est finie.");
/// let b = lines("The president speaks.\nThe war is over.");
/// let beads = parallel(&a, &b, &[], (Lang::FR, Lang::EN), Mode::Ordered);
/// let groups: Vec<_> = beads.iter().map(|x| (x.a.clone(), x.b.clone())).collect();
/// assert_eq!(groups, [(vec![0], vec![0]), (vec![1], vec![]), (vec![2], vec![1])]);
/// ```
#[must_use]
pub fn parallel(
    a: &[String],
    b: &[String],
    via: &[Vec<String>],
    langs: (Lang, Lang),
    mode: Mode,
) -> Vec<Bead> {
    let texts = Texts::new(a, b, via, langs);
    let matches = matches(&texts, PARTNERS);
    let chain = chain(&matches);
    let ordered = match mode {
        Mode::Ordered => true,
        Mode::Unordered => false,
        Mode::Auto => in_order(&matches, &chain),
    };
    if ordered {
        in_sequence(&texts, &chain)
    } else {
        in_any_order(&texts, &matches)
    }
}

/// The beads of texts in one order.
fn in_sequence(texts: &Texts, chain: &[Match]) -> Vec<Bead> {
    let band = band(chain, texts.a.len(), texts.b.len());
    let groups = Lattice::new(texts, band).best(&PRICES);
    groups
        .into_iter()
        .map(|group| Bead {
            a: (group.a.0..group.a.1).collect(),
            b: (group.b.0..group.b.1).collect(),
            score: if group.a.0 < group.a.1 && group.b.0 < group.b.1 {
                sure(group.share)
            } else {
                0.0
            },
        })
        .collect()
}

/// A share as a probability: a logistic curve through the shares at which half
/// and nine tenths of the pairs of the development sets are right.
fn sure(share: f32) -> f32 {
    probability(14.0 * (share - 0.24))
}

/// As [`sure`] for a pair picked among all lines, where chance has more to offer.
fn picked(share: f32) -> f32 {
    probability(14.0 * (share - 0.42))
}

/// The beads of texts in any order: best pairs first, a pair being the better the
/// further it is ahead of its lines' other partners.
fn in_any_order(texts: &Texts, matches: &[Match]) -> Vec<Bead> {
    let (mut of_i, mut of_j): (HashMap<usize, Vec<f32>>, HashMap<usize, Vec<f32>>) =
        Default::default();
    for m in matches {
        of_i.entry(m.i).or_default().push(m.likeness);
        of_j.entry(m.j).or_default().push(m.likeness);
    }
    // How far a pair is ahead of the best other of a line.
    let lead = |list: &[f32], own: f32| {
        let above = list.iter().filter(|l| **l >= own).count();
        let rival = list
            .iter()
            .copied()
            .filter(|l| *l < own || above > 1)
            .fold(0.0, f32::max);
        own - rival
    };
    let mut scored: Vec<(Match, f32)> = matches
        .iter()
        .map(|m| {
            let ahead = lead(&of_i[&m.i], m.likeness).min(lead(&of_j[&m.j], m.likeness));
            (*m, picked(0.75 * m.likeness + 0.5 * ahead.clamp(-0.2, 0.3)))
        })
        .collect();
    scored.sort_by(|p, q| {
        q.1.total_cmp(&p.1)
            .then((p.0.i, p.0.j).cmp(&(q.0.i, q.0.j)))
    });
    let (mut used_a, mut used_b) = (vec![None; texts.a.len()], vec![false; texts.b.len()]);
    for (m, score) in scored {
        if score >= 0.5 && used_a[m.i].is_none() && !used_b[m.j] {
            used_a[m.i] = Some((m.j, score));
            used_b[m.j] = true;
        }
    }
    let mut beads: Vec<Bead> = used_a
        .iter()
        .enumerate()
        .map(|(i, partner)| Bead {
            a: vec![i],
            b: partner.iter().map(|p| p.0).collect(),
            score: partner.map_or(0.0, |p| p.1),
        })
        .collect();
    beads.extend(
        used_b
            .iter()
            .enumerate()
            .filter(|(_, u)| !**u)
            .map(|(j, _)| Bead {
                a: Vec::new(),
                b: vec![j],
                score: 0.0,
            }),
    );
    beads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn groups(beads: &[Bead]) -> Vec<(Vec<usize>, Vec<usize>)> {
        beads.iter().map(|b| (b.a.clone(), b.b.clone())).collect()
    }

    #[test]
    fn a_line_split_in_two_is_one_bead() {
        let a = lines(
            "Le ministre a quitté Paris mardi et les soldats gardent le pont.\nLa pluie tombe.",
        );
        let b = lines(
            "The minister left Paris on Tuesday.\nSoldiers guard the bridge.\nRain is falling.",
        );
        let beads = parallel(&a, &b, &[], (Lang::FR, Lang::EN), Mode::Ordered);
        assert_eq!(groups(&beads), [(vec![0], vec![0, 1]), (vec![1], vec![2])]);
    }

    #[test]
    fn lines_in_another_order_are_found_too() {
        let a = lines(
            "La guerre est finie.\nLe ministre a quitté Paris.\nLes soldats gardent le pont.",
        );
        let b = lines("Soldiers guard the bridge.\nThe minister left Paris.\nThe war is over.");
        let beads = parallel(&a, &b, &[], (Lang::FR, Lang::EN), Mode::Auto);
        assert_eq!(
            groups(&beads),
            [(vec![0], vec![2]), (vec![1], vec![1]), (vec![2], vec![0])]
        );
    }

    #[test]
    fn nothing_against_something() {
        let beads = parallel(&[], &lines("a\nb"), &[], (Lang::FR, Lang::EN), Mode::Auto);
        assert_eq!(groups(&beads), [(vec![], vec![0]), (vec![], vec![1])]);
        assert!(parallel(&[], &[], &[], (Lang::FR, Lang::EN), Mode::Auto).is_empty());
    }
}
