//! Parallel texts: two texts of one sentence a line, one a translation of the
//! other, mostly in one order.
//!
//! Where order holds, [`beads`](super::beads) finds the groups of neighbouring lines
//! that share most, in a band around [`anchors`](super::anchors), which before teach
//! what words the texts have for one another. Where the anchors show no order, [`mining`](super::mining) finds pairs of lines in any order.

use std::sync::LazyLock;

use super::anchors::{Match, chain, in_order, matches};
use super::beads::Lattice;
use super::mass::Texts;
use super::mining;
use super::prices::Prices;
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
/// How many places the rarest keys of a line are followed to.
const VISITS: usize = 400;

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
    let mut texts = Texts::new(a, b, via, langs);
    let matches = matches(&texts, PARTNERS, VISITS);
    let chain = chain(&matches);
    let ordered = match mode {
        Mode::Ordered => true,
        Mode::Unordered => false,
        Mode::Auto => in_order(&matches, &chain),
    };
    if ordered {
        in_sequence(&mut texts, &chain)
    } else {
        in_any_order(&texts)
    }
}

/// The beads of texts in one order.
fn in_sequence(texts: &mut Texts, chain: &[Match]) -> Vec<Bead> {
    let groups = Lattice::around(texts, chain).best(&PRICES);
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

/// A share as the probability that both sides correspond: a logistic curve fitted on
/// pairs of sentences that two people judged to correspond or not.
fn sure(share: f32) -> f32 {
    probability(19.3 * share - 1.6)
}

/// The beads of texts in any order: pairs, then the lines of the second text
/// that have no partner.
fn in_any_order(texts: &Texts) -> Vec<Bead> {
    let mut partners: Vec<Option<(usize, f32)>> = vec![None; texts.a.len()];
    let mut used = vec![false; texts.b.len()];
    for (i, j, score) in mining::pairs(texts) {
        partners[i] = Some((j, score));
        used[j] = true;
    }
    let of_a = partners.iter().enumerate().map(|(i, partner)| Bead {
        a: vec![i],
        b: partner.iter().map(|p| p.0).collect(),
        score: partner.map_or(0.0, |p| p.1),
    });
    let unused = (0..used.len()).filter(|&j| !used[j]);
    let of_b = unused.map(|j| Bead {
        a: Vec::new(),
        b: vec![j],
        score: 0.0,
    });
    of_a.chain(of_b).collect()
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
