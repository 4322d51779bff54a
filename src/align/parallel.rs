//! Parallel texts: two texts of one sentence a line, one a translation of the
//! other, mostly in one order.
//!
//! Where order holds, [`beads`](super::beads) finds the groups of neighbouring lines
//! that share most, in a band around [`anchors`](super::anchors), which before teach
//! what words the texts have for one another. Where the anchors show no order, [`mining`](super::mining) finds pairs of lines in any order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::anchors::{Match, chain, in_order, matches};
use super::beads::{Choice, Group, groups};
use super::confidence::Evidence;
use super::line_facts::Facts;
use super::mass::Texts;
use super::mining;
use super::prices::Prices;
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
/// Lines out of order are linked when they share at least this part of what they hold.
const MIN_MOVED: f32 = 0.35;

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
        let mut beads = in_sequence(&mut texts, &chain);
        link_moved(&mut beads, &matches, &texts);
        beads
    } else {
        in_any_order(&texts, &Facts::new(a, b, via, langs))
    }
}

/// The beads of texts in one order.
fn in_sequence(texts: &mut Texts, chain: &[Match]) -> Vec<Bead> {
    let groups = groups(texts, chain, &PRICES);
    let bead = |group: Group| {
        let (a, b) = (group.a, group.b);
        let score = |c: Choice| {
            Evidence::new(
                texts,
                a,
                b,
                (c.shared, c.share),
                c.skew / (2.0 * c.mass).sqrt().max(1.0),
            )
            .probability()
        };
        Bead {
            a: (a.0..a.1).collect(),
            b: (b.0..b.1).collect(),
            score: group.choice.map_or(0.0, score),
        }
    };
    groups.into_iter().map(bead).collect()
}

/// Links lines that the order left alone on both sides and that fit each other best:
/// a paragraph that the other text has elsewhere.
fn link_moved(beads: &mut Vec<Bead>, matches: &[Match], texts: &Texts) {
    let alone = |of: fn(&Bead) -> (&[usize], &[usize])| -> BTreeMap<usize, usize> {
        let beads = beads.iter().enumerate();
        beads
            .filter_map(|(at, bead)| match of(bead) {
                (&[line], &[]) => Some((line, at)),
                _ => None,
            })
            .collect()
    };
    let (alone_a, alone_b) = (alone(|x| (&x.a, &x.b)), alone(|x| (&x.b, &x.a)));
    let mut moved: Vec<&Match> = matches
        .iter()
        .filter(|m| m.likeness >= MIN_MOVED)
        .filter(|m| alone_a.contains_key(&m.i) && alone_b.contains_key(&m.j))
        .collect();
    moved.sort_by(|p, q| {
        let likest = q.likeness.total_cmp(&p.likeness);
        likest.then((p.i, p.j).cmp(&(q.i, q.j)))
    });
    for m in moved {
        let (of_a, of_b) = (alone_a[&m.i], alone_b[&m.j]);
        if beads[of_a].b.is_empty() && !beads[of_b].b.is_empty() {
            beads[of_a].b = std::mem::take(&mut beads[of_b].b);
            let shared = 0.5 * m.likeness * (texts.a.mass[m.i] + texts.b.mass[m.j]);
            let (i, j) = ((m.i, m.i + 1), (m.j, m.j + 1));
            beads[of_a].score = Evidence::new(texts, i, j, (shared, m.likeness), 0.0).probability();
        }
    }
    beads.retain(|bead| !bead.a.is_empty() || !bead.b.is_empty());
}

/// The beads of texts in any order: pairs, then the lines of the second text
/// that have no partner.
fn in_any_order(texts: &Texts, facts: &Facts) -> Vec<Bead> {
    let mut partners: Vec<Option<(usize, f32)>> = vec![None; texts.a.len()];
    let mut used = vec![false; texts.b.len()];
    for (i, j, score) in mining::pairs(texts, facts) {
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

    /// A report with its translation, a line each.
    const REPORT: &str = include_str!("../../tests/data/parallel_report.tsv");

    fn report() -> (Vec<String>, Vec<String>) {
        let pair = |line: &str| {
            let (fr, en) = line.split_once('\t').unwrap();
            (fr.to_owned(), en.to_owned())
        };
        REPORT.lines().map(pair).unzip()
    }

    /// The beads of two texts, and the lines of the second that are not with the line
    /// they translate (`of`; `None` for a line that translates none).
    fn checked<'b>(
        a: &[String],
        b: &'b [String],
        of: &[Option<usize>],
    ) -> (Vec<Bead>, Vec<&'b str>) {
        let beads = parallel(a, b, &[], (Lang::FR, Lang::EN), Mode::Auto);
        let mut wrong = Vec::new();
        for bead in &beads {
            let right = |j: &usize| of[*j].into_iter().eq(bead.a.iter().copied());
            wrong.extend(bead.b.iter().filter(|j| !right(j)).map(|&j| b[j].as_str()));
        }
        (beads, wrong)
    }

    #[test]
    fn missing_chapters_and_a_preface_stay_alone() {
        let (a, b) = report();
        let mut of: Vec<Option<usize>> = (0..b.len()).map(Some).collect();
        let mut shorter = b.clone();
        shorter.drain(8..15);
        of.drain(8..15);
        let preface = [
            "Foreword by the publisher.",
            "My grandmother taught me to read with old almanacs.",
            "I dedicate these pages to her.",
        ];
        shorter.splice(0..0, preface.map(str::to_owned));
        of.splice(0..0, [None; 3]);
        let (beads, wrong) = checked(&a, &shorter, &of);
        assert!(wrong.is_empty(), "{wrong:?}");
        let alone = beads.iter().filter(|x| x.b.is_empty()).count();
        assert_eq!(alone, 7, "{beads:?}");
    }

    #[test]
    fn a_missing_chapter_may_be_longer_than_the_band_is_wide() {
        let line = |n: usize, x: &str, y: &str| format!("{x} {} {y} {}.", n + 20, 3000 + 7 * n);
        let a: Vec<String> = (0..700).map(|n| line(n, "Le lot", "est vendu")).collect();
        let of: Vec<usize> = (0..40).chain(640..700).collect();
        let text = of.iter().map(|&n| line(n, "Lot", "was sold for"));
        let b: Vec<String> = text.collect();
        let of: Vec<Option<usize>> = of.into_iter().map(Some).collect();
        let (beads, wrong) = checked(&a, &b, &of);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(beads.len(), 700);
    }

    #[test]
    fn clauses_on_lines_of_their_own_go_together() {
        let (a, b) = report();
        let (mut clauses, mut of) = (Vec::new(), Vec::new());
        for (j, line) in b.iter().enumerate() {
            for clause in line.split_inclusive(", ") {
                clauses.push(clause.to_owned());
                of.push(Some(j));
            }
        }
        assert!(clauses.len() > b.len() + 5);
        let (_, wrong) = checked(&a, &clauses, &of);
        // The dictionary alone has nothing for `L'ouvrage`, `Les pêcheurs, eux`.
        assert!(wrong.len() <= 3, "{wrong:?}");
    }

    #[test]
    fn swapped_paragraphs_are_found_where_they_are() {
        let (a, mut b) = report();
        let mut of: Vec<Option<usize>> = (0..b.len()).map(Some).collect();
        b[6..12].rotate_left(3);
        of[6..12].rotate_left(3);
        let (beads, wrong) = checked(&a, &b, &of);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(beads.len(), a.len(), "every line has its counterpart");
    }

    #[test]
    fn a_text_in_no_order_is_taken_for_one() {
        let (a, b) = report();
        let order: Vec<usize> = (0..b.len()).map(|j| (7 * j + 3) % b.len()).collect();
        let shuffled: Vec<String> = order.iter().map(|&j| b[j].clone()).collect();
        let of: Vec<Option<usize>> = order.into_iter().map(Some).collect();
        let (beads, wrong) = checked(&a, &shuffled, &of);
        let linked = |x: &&Bead| !x.a.is_empty() && !x.b.is_empty();
        assert!(beads.iter().filter(linked).count() >= b.len() - 3);
        assert!(wrong.len() <= 3, "none but lines left alone: {wrong:?}");
    }

    #[test]
    fn nothing_against_something() {
        let beads = parallel(&[], &lines("a\nb"), &[], (Lang::FR, Lang::EN), Mode::Auto);
        assert_eq!(groups(&beads), [(vec![], vec![0]), (vec![], vec![1])]);
        assert!(parallel(&[], &[], &[], (Lang::FR, Lang::EN), Mode::Auto).is_empty());
    }
}
