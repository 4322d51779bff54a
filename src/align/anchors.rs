//! Anchors: pairs of lines that fit each other better than any other line does.
//!
//! Takes two texts and gives their better pairs, found through an index from rare
//! keys, the heaviest chain of mutual best pairs that rises in both texts, and the
//! band around that chain in which beads are looked for. So the cost of aligning
//! grows with the length of the texts and not with its square.

use super::mass::{Laid, Texts, shared};

/// Lines on either side of the anchors' path that are looked at: these and as many
/// more as the next anchor is away, and at most the second number. A wrong anchor is
/// far from the ones beside it.
const MARGIN: (usize, usize) = (3, 8);
/// How many places between two anchors are looked at for each line between them.
const MAX_BAND: usize = 150;
/// Anchors share at least this part of what both hold.
const MIN_ANCHOR: f32 = 0.18;
/// Below this share of anchors in order the texts are not in one order.
const MIN_ORDER: f32 = 0.7;
/// Keys in more lines of the second text are not followed: at least this many, a
/// fiftieth of a longer text, and never more than the second number.
const MAX_POSTINGS: (usize, usize) = (40, 400);

/// A pair of lines with what they share of what both hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The line of the first text.
    pub i: usize,
    /// The line of the second.
    pub j: usize,
    /// See [`share`].
    pub likeness: f32,
}

/// What is shared of what both hold, a little less for the shortest lines.
#[must_use]
pub fn share(shared: f32, a: f32, b: f32) -> f32 {
    2.0 * shared / (a + b + 0.5)
}

/// The lines of the second text that hold each key.
struct Postings {
    lines: Vec<(u32, f32)>,
    ends: Vec<usize>,
}

impl Postings {
    fn new(texts: &Texts) -> Self {
        let b = &texts.b;
        let lines = || (0..b.len()).flat_map(|j| b.keys(j).iter().map(move |k| (j, k)));
        let keys = lines().map(|(_, k)| k.0 as usize + 1).max().unwrap_or(0);
        let mut ends = vec![0usize; keys + 1];
        for (_, k) in lines() {
            ends[k.0 as usize + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        // `ends` is where each list begins until it is filled.
        let mut found = vec![(0, 0.0); ends.last().copied().unwrap_or(0)];
        for (j, &(key, weight)) in lines() {
            let at = &mut ends[key as usize];
            found[*at] = (j as u32, weight);
            *at += 1;
        }
        Self { lines: found, ends }
    }

    fn of(&self, key: u32) -> &[(u32, f32)] {
        let key = key as usize;
        let from = key.checked_sub(1).map_or(Some(&0), |k| self.ends.get(k));
        match (from, self.ends.get(key)) {
            (Some(&from), Some(&to)) => &self.lines[from..to],
            _ => &[],
        }
    }
}

/// The better partners of each line of the first text among all lines of the second,
/// the best first. The rarest keys of a line are followed to `visits` places in all.
#[must_use]
pub fn matches(texts: &Texts, partners: usize, visits: usize) -> Vec<Match> {
    let postings = Postings::new(texts);
    let limit = (texts.b.len() / 50).clamp(MAX_POSTINGS.0, MAX_POSTINGS.1);
    let mut sums = vec![0.0f32; texts.b.len()];
    let (mut rare, mut touched, mut best) = (Vec::new(), Vec::new(), Vec::new());
    let mut out = Vec::with_capacity(partners * texts.a.len());
    for i in 0..texts.a.len() {
        rare.clear();
        rare.extend(texts.a.keys(i).iter().filter_map(|&(key, weight)| {
            let count = postings.of(key).len();
            (count > 0 && count <= limit).then_some((count as u32, key, weight))
        }));
        rare.sort_unstable_by_key(|r| (r.0, r.1));
        let mut visited = 0;
        for &(count, key, weight) in &rare {
            visited += count as usize;
            if visited > visits && !touched.is_empty() {
                break;
            }
            for &(j, other) in postings.of(key) {
                let sum = &mut sums[j as usize];
                if *sum == 0.0 {
                    touched.push(j);
                }
                *sum += weight.min(other);
            }
        }
        best.clear();
        let sum = |j: u32| (j, std::mem::take(&mut sums[j as usize]));
        best.extend(touched.drain(..).map(sum));
        let order = |p: &(u32, f32), q: &(u32, f32)| q.1.total_cmp(&p.1).then(p.0.cmp(&q.0));
        if best.len() > partners {
            best.select_nth_unstable_by(partners - 1, order);
            best.truncate(partners);
        }
        best.sort_unstable_by(order);
        out.extend(best.iter().map(|&(j, _)| {
            let j = j as usize;
            let shared = shared(texts.a.keys(i), texts.b.keys(j));
            let likeness = share(shared, texts.a.mass[i], texts.b.mass[j]);
            Match { i, j, likeness }
        }));
    }
    out
}

/// The best partner of each line of the first text within a band, for chaining once
/// more: between anchors that rare keys gave, every key tells.
#[must_use]
pub fn near(texts: &Texts, band: &[(usize, usize)]) -> Vec<Match> {
    let mut keys = Laid::new(texts.keys());
    let mut out = Vec::with_capacity(texts.a.len());
    for (i, rows) in band.windows(2).enumerate() {
        keys.clear();
        keys.add(texts.a.keys(i));
        let of = |j: usize| {
            let shared = keys.shared(texts.b.keys(j));
            let likeness = share(shared, texts.a.mass[i], texts.b.mass[j]);
            Match { i, j, likeness }
        };
        let better = |p: Match, q: Match| if q.likeness > p.likeness { q } else { p };
        out.extend((rows[0].0..rows[1].1).map(of).reduce(better));
    }
    out
}

/// The pairs that are the best of both their lines.
fn mutual(matches: &[Match]) -> Vec<Match> {
    let rows = matches.iter().map(|m| m.i + 1).max().unwrap_or(0);
    let columns = matches.iter().map(|m| m.j + 1).max().unwrap_or(0);
    let (mut of_i, mut of_j) = (vec![0.0f32; rows], vec![0.0f32; columns]);
    for m in matches {
        of_i[m.i] = of_i[m.i].max(m.likeness);
        of_j[m.j] = of_j[m.j].max(m.likeness);
    }
    matches
        .iter()
        .filter(|m| m.likeness >= MIN_ANCHOR && m.likeness >= of_i[m.i] && m.likeness >= of_j[m.j])
        .copied()
        .collect()
}

/// The heaviest chain of anchors that rise in both texts (a weighted longest
/// increasing subsequence, with a Fenwick tree of maxima).
#[must_use]
pub fn chain(matches: &[Match]) -> Vec<Match> {
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

/// Whether the anchors show that both texts run in one order.
#[must_use]
pub fn in_order(matches: &[Match], chain: &[Match]) -> bool {
    let all: f32 = mutual(matches).iter().map(|m| m.likeness).sum();
    let rising: f32 = chain.iter().map(|m| m.likeness).sum();
    rising >= MIN_ORDER * all
}

/// For each number of lines of the first text, the lines of the second that may
/// have been used up by then, first and last; of texts of `n` and `m` lines.
#[must_use]
pub fn band(chain: &[Match], n: usize, m: usize) -> Vec<(usize, usize)> {
    let mut points: Vec<(usize, usize)> = vec![(0, 0)];
    points.extend(chain.iter().map(|x| (x.i, x.j)));
    points.push((n, m));
    let away = |at: usize| match (points.get(at), points.get(at + 1)) {
        (Some(p), Some(q)) => (q.0 - p.0).max(q.1 - p.1),
        _ => 0,
    };
    let mut out = Vec::with_capacity(n + 1);
    let mut at = 0;
    for i in 0..=n {
        while at + 2 < points.len() && points[at + 1].0 < i {
            at += 1;
        }
        let ((i0, j0), (i1, j1)) = (points[at], points[at + 1]);
        let (mut low, mut high) = (j0, (j1 + 1).min(m));
        // A gap between anchors that is long on one side only is looked at as a
        // whole: a chapter that the other text lacks.
        let widest = MAX_BAND * (i1 - i0 + j1 - j0) / (i1 - i0 + 1);
        if high - low > widest.max(MAX_BAND) {
            let expected = j0 + (j1 - j0) * (i - i0) / (i1 - i0).max(1);
            low = expected.saturating_sub(widest / 2).max(j0);
            high = (expected + widest / 2).min(high);
        }
        let mut margin = away(at);
        if i == i1 {
            margin = margin.max(away(at + 1));
        }
        let margin = (MARGIN.0 + margin).min(MARGIN.1);
        out.push((low.saturating_sub(margin), (high + margin).min(m)));
    }
    if let (Some(first), Some(last)) = (out.first().copied(), out.last().copied()) {
        out[0] = (0, first.1);
        out[n] = (last.0, m);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(i: usize, j: usize, likeness: f32) -> Match {
        Match { i, j, likeness }
    }

    #[test]
    fn the_chain_leaves_out_an_anchor_that_crosses_the_others() {
        let all = [at(0, 0, 0.5), at(1, 3, 0.4), at(2, 1, 0.5), at(3, 2, 0.5)];
        let kept: Vec<_> = chain(&all).iter().map(|m| (m.i, m.j)).collect();
        assert_eq!(kept, [(0, 0), (2, 1), (3, 2)]);
        assert!(in_order(&all, &chain(&all)));
    }

    #[test]
    fn the_band_goes_from_corner_to_corner_by_way_of_the_anchors() {
        let band = band(&[at(100, 150, 0.5)], 200, 300);
        assert_eq!((band[0].0, band[200].1), (0, 300));
        assert!(band[100].0 <= 150 && 150 <= band[100].1);
        assert!(band[50].0 <= 75 && 75 <= band[50].1);
    }
}
