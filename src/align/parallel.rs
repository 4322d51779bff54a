//! Parallel texts: two texts of one sentence a line, one a translation of the
//! other, mostly in one order.
//!
//! Where order holds, a dynamic programme finds the beads (groups of neighbouring
//! lines on each side, Gale and Church, 1993) whose shared weight is largest. A
//! bead gains what its sides share and pays a part of what they hold, so that a
//! line joins a bead only when it brings words of its own. Anchors, pairs of lines that fit each other best and follow
//! each other in both texts, keep the search to a band: the cost grows with the
//! length and not with its square. Where the anchors show no order, lines are
//! assigned to each other best first.

use std::collections::HashMap;

use super::mass::{Line, Texts, merged, shared};
use super::score::probability;
use crate::document::Lang;

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

// The prices below were swept together on the development sets (Text+Berg,
// TransRead, generated news) with `scripts/eval/align.py`.

/// What a bead pays for each unit of weight it holds: a line joins when it shares
/// more than this part of what it has.
const PRICE: f32 = 0.1;
/// What a bead pays for each line beyond one a side.
const MERGE: f32 = 0.35;
/// What it pays when both sides have more than one line.
const BOTH_MERGED: f32 = 1.5;
/// What it pays for sides of different length, per unit of |ln| and of the root of
/// its weight.
const LENGTH: f32 = 0.25;
/// What a line without a counterpart costs.
const ALONE: f32 = 0.2;
/// The most lines on one side of a bead, and on both.
const MAX_SIDE: usize = 5;
const MAX_LINES: usize = 7;
/// Lines around the anchors' path that are looked at.
const MARGIN: usize = 8;
/// The widest band between two anchors.
const MAX_BAND: usize = 250;
/// Anchors share at least this part of what both hold.
const MIN_ANCHOR: f32 = 0.18;
/// Below this share of anchors in order the texts are not in one order.
const MIN_ORDER: f32 = 0.7;
/// Keys in more lines of the second text are not followed when anchors are sought.
const MAX_POSTINGS: usize = 40;

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
    let matches = matches(&texts);
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

/// A pair of lines with what they share of what both hold.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Match {
    i: usize,
    j: usize,
    likeness: f32,
}

fn likeness(a: &Line, b: &Line) -> f32 {
    share(shared(&a.keys, &b.keys), a.mass, b.mass)
}

/// What is shared of what both hold, a little less for the shortest lines.
fn share(shared: f32, a: f32, b: f32) -> f32 {
    2.0 * shared / (a + b + 0.5)
}

/// The better partners of each line of the first text, by an index from rare keys.
fn matches(texts: &Texts) -> Vec<Match> {
    const PARTNERS: usize = 4;
    let mut postings: HashMap<u32, Vec<(u32, f32)>> = HashMap::new();
    for (j, line) in texts.b.iter().enumerate() {
        for &(key, weight) in &line.keys {
            postings.entry(key).or_default().push((j as u32, weight));
        }
    }
    let limit = MAX_POSTINGS.max(texts.b.len() / 50);
    let mut sums: HashMap<u32, f32> = HashMap::new();
    let mut out = Vec::new();
    for (i, line) in texts.a.iter().enumerate() {
        sums.clear();
        for (key, weight) in &line.keys {
            let found = postings.get(key).map_or(&[][..], Vec::as_slice);
            if found.len() <= limit {
                for (j, other) in found {
                    *sums.entry(*j).or_default() += weight.min(*other);
                }
            }
        }
        let mut best: Vec<(u32, f32)> = sums.iter().map(|(j, s)| (*j, *s)).collect();
        best.sort_by(|p, q| q.1.total_cmp(&p.1).then(p.0.cmp(&q.0)));
        best.truncate(PARTNERS);
        out.extend(best.into_iter().map(|(j, _)| Match {
            i,
            j: j as usize,
            likeness: likeness(line, &texts.b[j as usize]),
        }));
    }
    out
}

/// The pairs that are the best of both their lines.
fn mutual(matches: &[Match]) -> Vec<Match> {
    let (mut of_i, mut of_j): (HashMap<usize, f32>, HashMap<usize, f32>) = Default::default();
    for m in matches {
        let (p, q) = (of_i.entry(m.i).or_default(), of_j.entry(m.j).or_default());
        *p = p.max(m.likeness);
        *q = q.max(m.likeness);
    }
    matches
        .iter()
        .filter(|m| {
            m.likeness >= MIN_ANCHOR && m.likeness >= of_i[&m.i] && m.likeness >= of_j[&m.j]
        })
        .copied()
        .collect()
}

/// The heaviest chain of anchors that rise in both texts (a weighted longest
/// increasing subsequence, with a Fenwick tree of maxima).
fn chain(matches: &[Match]) -> Vec<Match> {
    let anchors = mutual(matches);
    let width = anchors.iter().map(|m| m.j + 2).max().unwrap_or(1);
    // For each prefix of the second text the best chain that ends in it.
    let mut tree: Vec<(f32, Option<usize>)> = vec![(0.0, None); width + 1];
    let mut before: Vec<Option<usize>> = vec![None; anchors.len()];
    let mut best: (f32, Option<usize>) = (0.0, None);
    for (at, m) in anchors.iter().enumerate() {
        let mut top: (f32, Option<usize>) = (0.0, None);
        let mut k = m.j;
        while k > 0 {
            if tree[k].0 > top.0 {
                top = tree[k];
            }
            k &= k - 1;
        }
        before[at] = top.1;
        let weight = top.0 + m.likeness;
        if weight > best.0 {
            best = (weight, Some(at));
        }
        let mut k = m.j + 1;
        while k <= width {
            if weight > tree[k].0 {
                tree[k] = (weight, Some(at));
            }
            k += k & k.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while let Some(k) = at {
        chain.push(anchors[k]);
        at = before[k];
    }
    chain.reverse();
    chain
}

fn in_order(matches: &[Match], chain: &[Match]) -> bool {
    let all: f32 = mutual(matches).iter().map(|m| m.likeness).sum();
    let rising: f32 = chain.iter().map(|m| m.likeness).sum();
    rising >= MIN_ORDER * all
}

/// For each number of lines of the first text, the lines of the second that may
/// have been used up by then.
fn band(chain: &[Match], n: usize, m: usize) -> Vec<(usize, usize)> {
    let mut points: Vec<(usize, usize)> = vec![(0, 0)];
    points.extend(chain.iter().map(|x| (x.i, x.j)));
    points.push((n, m));
    let mut out = Vec::with_capacity(n + 1);
    let mut at = 0;
    for i in 0..=n {
        while at + 2 < points.len() && points[at + 1].0 < i {
            at += 1;
        }
        let ((i0, j0), (i1, j1)) = (points[at], points[at + 1]);
        let expected = j0 + (j1 - j0) * (i - i0) / (i1 - i0).max(1);
        let (mut low, mut high) = (j0, (j1 + 1).min(m));
        if high - low > MAX_BAND {
            low = expected.saturating_sub(MAX_BAND / 2).max(j0);
            high = (expected + MAX_BAND / 2).min(high);
        }
        out.push((low.saturating_sub(MARGIN), (high + MARGIN).min(m)));
    }
    if let (Some(first), Some(last)) = (out.first().copied(), out.last().copied()) {
        out[0] = (0, first.1);
        out[n] = (last.0.min(out[n].0), m);
    }
    out
}

/// One step of the dynamic programme.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    gain: f32,
    /// Lines of each side that the last bead took.
    a: u8,
    b: u8,
    share: f32,
}

/// The beads of texts in one order.
fn in_sequence(texts: &Texts, chain: &[Match]) -> Vec<Bead> {
    let (n, m) = (texts.a.len(), texts.b.len());
    let band = band(chain, n, m);
    let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(n + 1);
    let mut pairs = Pairs::new(texts, &band);
    for (i, &(low, high)) in band.iter().enumerate() {
        let mut row = vec![
            Cell {
                gain: f32::NEG_INFINITY,
                ..Cell::default()
            };
            high - low + 1
        ];
        for j in low..=high {
            row[j - low] = pairs.best(i, j, &rows, &row);
        }
        rows.push(row);
    }
    trace(&rows, &band, n, m)
}

/// The gains of beads that end at a place, with what is used again and again.
struct Pairs<'t> {
    texts: &'t Texts,
    band: &'t [(usize, usize)],
    /// Shared weight of single lines.
    single: HashMap<(usize, usize), f32>,
}

impl<'t> Pairs<'t> {
    fn new(texts: &'t Texts, band: &'t [(usize, usize)]) -> Self {
        Self {
            texts,
            band,
            single: HashMap::new(),
        }
    }

    fn single(&mut self, i: usize, j: usize) -> f32 {
        let texts = self.texts;
        *self
            .single
            .entry((i, j))
            .or_insert_with(|| shared(&texts.a[i].keys, &texts.b[j].keys))
    }

    fn gain_at(&self, i: usize, j: usize, rows: &[Vec<Cell>], row: &[Cell]) -> f32 {
        let (low, high) = self.band[i];
        if j < low || j > high {
            return f32::NEG_INFINITY;
        }
        let row = rows.get(i).map_or(row, Vec::as_slice);
        row.get(j - low).map_or(f32::NEG_INFINITY, |c| c.gain)
    }

    fn best(&mut self, i: usize, j: usize, rows: &[Vec<Cell>], row: &[Cell]) -> Cell {
        if (i, j) == (0, 0) {
            return Cell::default();
        }
        let mut best = Cell {
            gain: f32::NEG_INFINITY,
            ..Cell::default()
        };
        if i > 0 {
            best = Cell {
                gain: self.gain_at(i - 1, j, rows, row) - ALONE,
                a: 1,
                ..Cell::default()
            };
        }
        if j > 0 {
            let gain = self.gain_at(i, j - 1, rows, row) - ALONE;
            if gain > best.gain {
                best = Cell {
                    gain,
                    b: 1,
                    ..Cell::default()
                };
            }
        }
        for a in 1..=MAX_SIDE.min(i) {
            for b in 1..=MAX_SIDE.min(j) {
                if a + b > MAX_LINES || (a > 2 && b > 2) {
                    break;
                }
                let before = self.gain_at(i - a, j - b, rows, row);
                if before == f32::NEG_INFINITY {
                    continue;
                }
                if let Some((gain, share)) = self.bead((i - a, i), (j - b, j))
                    && before + gain > best.gain
                {
                    best = Cell {
                        gain: before + gain,
                        a: a as u8,
                        b: b as u8,
                        share,
                    };
                }
            }
        }
        best
    }

    /// What a bead gains and which share it has; `None` when it cannot gain.
    fn bead(&mut self, (i0, i1): (usize, usize), (j0, j1): (usize, usize)) -> Option<(f32, f32)> {
        let texts = self.texts;
        let (a, b) = (&texts.a[i0..i1], &texts.b[j0..j1]);
        let mass = |lines: &[Line]| lines.iter().map(|l| l.mass).sum::<f32>();
        let (mass_a, mass_b) = (mass(a), mass(b));
        let lines = (a.len() + b.len()) as f32;
        let price = PRICE * 0.5 * (mass_a + mass_b)
            + MERGE * (lines - 2.0)
            + BOTH_MERGED * f32::from(a.len() > 1 && b.len() > 1);
        // No more can be shared than line by line; a bead that cannot beat leaving
        // its lines alone is not looked at further.
        let mut bound = 0.0;
        for i in i0..i1 {
            let with: f32 = (j0..j1).map(|j| self.single(i, j)).sum();
            if with == 0.0 && a.len() > 1 {
                return None;
            }
            bound += with;
        }
        if bound <= price - ALONE * lines {
            return None;
        }
        let shared = if lines == 2.0 {
            bound
        } else {
            let keys = |lines: &[Line]| {
                let mut keys = lines[0].keys.clone();
                for line in &lines[1..] {
                    keys = merged(&keys, &line.keys);
                }
                keys
            };
            shared(&keys(a), &keys(b))
        };
        let chars = |lines: &[Line]| lines.iter().map(|l| l.chars).sum::<usize>() as f32 + 10.0;
        let skew = (chars(a) / chars(b)).ln().abs();
        Some((
            shared - price - LENGTH * skew * (mass_a + mass_b).sqrt(),
            share(shared, mass_a, mass_b),
        ))
    }
}

/// The beads from the end of the dynamic programme back to its start.
fn trace(rows: &[Vec<Cell>], band: &[(usize, usize)], n: usize, m: usize) -> Vec<Bead> {
    let mut beads = Vec::new();
    let (mut i, mut j) = (n, m);
    while (i, j) != (0, 0) {
        let cell = j
            .checked_sub(band[i].0)
            .and_then(|at| rows[i].get(at))
            .copied()
            .unwrap_or_default();
        let (a, b) = (usize::from(cell.a).min(i), usize::from(cell.b).min(j));
        // A place outside the band is left line by line.
        let (a, b) = if a + b == 0 {
            (usize::from(i > 0), usize::from(i == 0))
        } else {
            (a, b)
        };
        beads.push(Bead {
            a: (i - a..i).collect(),
            b: (j - b..j).collect(),
            score: if a > 0 && b > 0 {
                sure(cell.share)
            } else {
                0.0
            },
        });
        (i, j) = (i - a, j - b);
    }
    beads.reverse();
    beads
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
