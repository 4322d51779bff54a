//! Beads of texts in one order: groups of neighbouring lines on each side (Gale
//! and Church, 1993) chosen by a dynamic programme.
//!
//! Takes two texts and the band in which beads are looked for, and gives all beads
//! there that share something ([`Lattice`]), then the best way through them at given
//! [`prices`](super::prices). The programme runs twice: the second time with prices
//! that follow from how often the first has used each sort of bead.
//!
//! Which beads may end at a place says [`choices`](super::choices).

use super::anchors::{Match, band, chain, near};
use super::choices::Builder;
pub use super::choices::{Choice, MAX_SIDE};
use super::mass::Texts;
use super::prices::{ALL_SORTS, ALONE, Prices, SORTS, sort_of};

/// Anchors less alike teach nothing.
const MIN_TEACHER: f32 = 0.25;

/// Lines `a` of the first text and `b` of the second that go together.
#[derive(Debug, Clone)]
pub struct Group {
    /// First line and the line after the last.
    pub a: (usize, usize),
    /// The same of the second text.
    pub b: (usize, usize),
    /// What the prices saw of it; `None` for a line alone.
    pub choice: Option<Choice>,
}

/// A step to a cell of the lattice: what it takes from both texts.
#[derive(Debug, Clone, Copy)]
pub enum Edge<'l> {
    /// A bead with lines on both sides.
    Bead(&'l Choice),
    /// A line of the first text (0) or the second (1) without a counterpart, and what
    /// it holds.
    Alone(usize, f32),
}

impl Edge<'_> {
    /// What the step gains at these prices, of which those of the sorts are given
    /// apart.
    #[must_use]
    pub fn gain(&self, prices: &Prices, sorts: &[f32; ALL_SORTS]) -> f32 {
        match *self {
            Edge::Bead(c) => {
                c.shared
                    + prices.share * c.share
                    + prices.mass * c.mass
                    + prices.length * c.skew
                    + prices.extra * c.extra
                    + prices.likeness * c.likeness
                    + sorts[usize::from(c.sort)]
            }
            Edge::Alone(side, mass) => sorts[ALONE + side] + prices.alone_mass * mass,
        }
    }

    /// How many lines of each text it takes.
    #[must_use]
    pub fn lines(&self) -> (usize, usize) {
        match *self {
            Edge::Bead(c) => SORTS[usize::from(c.sort)],
            Edge::Alone(0, _) => (1, 0),
            Edge::Alone(..) => (0, 1),
        }
    }
}

/// All beads within the band that share something, by the cell they end at. A cell
/// is a number of lines of each text that have been used up.
#[derive(Debug)]
pub struct Lattice {
    band: Vec<(usize, usize)>,
    /// Where the cells of each row begin.
    rows: Vec<usize>,
    /// Where the choices of each cell end.
    ends: Vec<u32>,
    choices: Vec<Choice>,
    mass: [Vec<f32>; 2],
}

/// Parts of a long text are aligned one after another, each about so many lines of the
/// first text: the lattice of one is in memory at a time.
const PART: usize = 8000;
/// A part ends between two anchors that follow each other in both texts, are followed
/// by a third, and share this much each.
const MIN_CUT: f32 = 0.35;

/// The best groups of two texts near a chain of anchors, in order.
#[must_use]
pub fn groups(texts: &mut Texts, anchors: &[Match], prices: &Prices) -> Vec<Group> {
    let path = Path::new(texts, anchors);
    path.in_parts(texts, PART, prices)
}

impl Lattice {
    /// The beads of two texts near a chain of anchors, as a whole.
    #[must_use]
    pub fn around(texts: &mut Texts, anchors: &[Match]) -> Self {
        let path = Path::new(texts, anchors);
        let band = band(&path.chain, texts.a.len(), texts.b.len());
        Self::new(texts, band, path.ratio, path.worth)
    }

    /// The beads of two texts within a band (for each number of lines of the first
    /// text, first and last number of lines of the second). `ratio` is how many times
    /// as long in characters the first text is where both say the same, `worth` how many
    /// times what is shared counts.
    #[must_use]
    pub fn new(texts: &Texts, band: Vec<(usize, usize)>, ratio: f32, worth: f32) -> Self {
        let mut rows = Vec::with_capacity(band.len());
        let mut cells = 0;
        for &(low, high) in &band {
            rows.push(cells);
            cells += high - low + 1;
        }
        let mut lattice = Self {
            rows,
            ends: Vec::with_capacity(cells),
            choices: Vec::with_capacity(2 * cells),
            band,
            mass: [texts.a.mass.clone(), texts.b.mass.clone()],
        };
        let mut builder = Builder::new(texts, ratio, worth);
        for i in 0..lattice.band.len() {
            builder.begin_row(i, &lattice.band);
            for j in lattice.band[i].0..=lattice.band[i].1 {
                builder.choices(i, j, &lattice.band, &mut lattice.choices);
                lattice.ends.push(lattice.choices.len() as u32);
            }
        }
        lattice
    }

    /// The best groups at these prices, in order.
    #[must_use]
    pub fn best(&self, prices: &Prices) -> Vec<Group> {
        let first = self.cheapest(prices, &prices.sorts());
        if prices.follow == 0.0 && prices.follow_alone == 0.0 {
            return first;
        }
        self.cheapest(prices, &prices.sorts_after(&counts(&first)))
    }

    /// The best groups when each sort of bead gains what `sorts` says.
    #[must_use]
    pub fn cheapest(&self, prices: &Prices, sorts: &[f32; ALL_SORTS]) -> Vec<Group> {
        let mut gains = vec![f32::NEG_INFINITY; self.cells()];
        let mut steps: Vec<Option<Edge>> = vec![None; self.cells()];
        if let Some(first) = gains.first_mut() {
            *first = 0.0;
        }
        self.visit(|to, from, edge| {
            let gain = gains[from] + edge.gain(prices, sorts);
            if gain > gains[to] {
                (gains[to], steps[to]) = (gain, Some(edge));
            }
        });
        self.path(&steps)
    }

    /// How many cells there are; the last is the end of both texts.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.ends.len()
    }

    /// The numbers of lines that each cell stands for.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let rows = self.band.iter().enumerate();
        rows.flat_map(|(i, &(low, high))| (low..=high).map(move |j| (i, j)))
    }

    /// Visits all steps from cell to cell, by the cell they lead to (first number
    /// given; the second is where they come from), which is always the later one.
    pub fn visit<'l>(&'l self, mut see: impl FnMut(usize, usize, Edge<'l>)) {
        let (mut cell, mut from) = (0, 0);
        for (i, &(low, high)) in self.band.iter().enumerate() {
            for j in low..=high {
                if let Some(before) = i.checked_sub(1).and_then(|i| self.cell(i, j)) {
                    see(cell, before, Edge::Alone(0, self.mass[0][i - 1]));
                }
                if j > low {
                    see(cell, cell - 1, Edge::Alone(1, self.mass[1][j - 1]));
                }
                let to = self.ends[cell] as usize;
                for choice in &self.choices[from..to] {
                    let (a, b) = SORTS[usize::from(choice.sort)];
                    if let Some(before) = self.cell(i - a, j - b) {
                        see(cell, before, Edge::Bead(choice));
                    }
                }
                from = to;
                cell += 1;
            }
        }
    }

    /// Follows the steps back from the end.
    fn path(&self, steps: &[Option<Edge>]) -> Vec<Group> {
        let mut groups = Vec::new();
        let (mut i, mut j) = (
            self.band.len().saturating_sub(1),
            self.band.last().map_or(0, |b| b.1),
        );
        while (i, j) != (0, 0) {
            // A place that no path reaches is left line by line.
            let side = usize::from(i == 0 || j > 0);
            let step = self.cell(i, j).and_then(|c| steps[c]);
            let step = step.unwrap_or(Edge::Alone(side, 0.0));
            let (a, b) = step.lines();
            groups.push(Group {
                a: (i - a, i),
                b: (j - b, j),
                choice: match step {
                    Edge::Bead(choice) => Some(*choice),
                    Edge::Alone(..) => None,
                },
            });
            (i, j) = (i - a, j - b);
        }
        groups.reverse();
        groups
    }

    fn cell(&self, i: usize, j: usize) -> Option<usize> {
        let &(low, high) = self.band.get(i)?;
        (low..=high).contains(&j).then(|| self.rows[i] + j - low)
    }
}

/// The way of two texts side by side.
struct Path {
    chain: Vec<Match>,
    /// See [`ratio`] and [`worth`].
    ratio: f32,
    worth: f32,
}

impl Path {
    /// Looks for more anchors near a chain of them; the texts learn from those.
    fn new(texts: &mut Texts, anchors: &[Match]) -> Self {
        let (n, m) = (texts.a.len(), texts.b.len());
        let chain = chain(&near(texts, &band(anchors, n, m)));
        let sure = chain.iter().filter(|m| m.likeness >= MIN_TEACHER);
        texts.learn(sure.map(|m| (m.i, m.j)));
        Self {
            ratio: ratio(texts, &chain),
            worth: worth(&chain),
            chain,
        }
    }

    /// The best groups, part by part.
    fn in_parts(&self, texts: &Texts, size: usize, prices: &Prices) -> Vec<Group> {
        let end = (texts.a.len(), texts.b.len());
        let mut groups = Vec::new();
        let mut from = (0, 0);
        for to in self.cuts(size).into_iter().chain([end]) {
            let part = texts.part(from.0..to.0, from.1..to.1);
            let within = |m: &&Match| m.i >= from.0 && m.i < to.0;
            let moved = |m: &Match| Match {
                i: m.i - from.0,
                j: m.j - from.1,
                ..*m
            };
            let chain: Vec<Match> = self.chain.iter().filter(within).map(moved).collect();
            let band = band(&chain, to.0 - from.0, to.1 - from.1);
            let lattice = Lattice::new(&part, band, self.ratio, self.worth);
            groups.extend(lattice.best(prices).into_iter().map(|g| g.moved(from)));
            from = to;
        }
        groups
    }

    /// Where parts of about `size` lines of the first text end: lines of both texts.
    fn cuts(&self, size: usize) -> Vec<(usize, usize)> {
        let mut cuts = Vec::new();
        let mut last = 0;
        for three in self.chain.windows(3) {
            let [p, q, r] = three else { continue };
            let follow = |p: &Match, q: &Match| (p.i + 1, p.j + 1) == (q.i, q.j);
            let sure = three.iter().all(|m| m.likeness >= MIN_CUT);
            if q.i >= last + size && sure && follow(p, q) && follow(q, r) {
                cuts.push((q.i, q.j));
                last = q.i;
            }
        }
        cuts
    }
}

impl Group {
    /// The same so many lines further on in both texts.
    fn moved(self, (a, b): (usize, usize)) -> Self {
        Self {
            a: (self.a.0 + a, self.a.1 + a),
            b: (self.b.0 + b, self.b.1 + b),
            ..self
        }
    }
}

/// How many times as long in characters the first text is where both say the same: a
/// text that lacks chapters is not shorter there. The median, from an even chance.
fn ratio(texts: &Texts, chain: &[Match]) -> f32 {
    let length = |chars: f32| chars + 10.0;
    let of = |m: &Match| length(texts.a.chars[m.i]) / length(texts.b.chars[m.j]);
    let mut ratios: Vec<f32> = chain.iter().map(of).chain([1.0]).collect();
    let middle = ratios.len() / 2;
    *ratios.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// How many times what is shared counts in these texts. Where sure pairs of lines share
/// less of each other than is usual, the translation is a poor one, and what the others
/// share is worth more. The square was the best of three powers on a poor translation
/// that the prices were not fitted on (strict F1 0.613 without it, 0.727).
fn worth(chain: &[Match]) -> f32 {
    // Those of good translations share 0.4 to 0.63.
    const USUAL: f32 = 0.4;
    const MOST: f32 = 1.6;
    let mut all: Vec<f32> = chain.iter().map(|m| m.likeness).chain([USUAL]).collect();
    let middle = all.len() / 2;
    let median = *all.select_nth_unstable_by(middle, f32::total_cmp).1;
    (USUAL / median).powi(2).clamp(1.0, MOST)
}

/// How many groups there are of each sort.
#[must_use]
pub fn counts(groups: &[Group]) -> [f32; ALL_SORTS] {
    let mut counts = [0.0; ALL_SORTS];
    for group in groups {
        if let Some(sort) = sort_of(group.a.1 - group.a.0, group.b.1 - group.b.0) {
            counts[sort] += 1.0;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    fn lattice(a: &[&str], b: &[&str]) -> (Texts, Lattice) {
        let lines = |l: &[&str]| -> Vec<String> { l.iter().map(|x| (*x).to_owned()).collect() };
        let texts = Texts::new(&lines(a), &lines(b), &[], (Lang::EN, Lang::EN));
        let lattice = Lattice::new(&texts, vec![(0, b.len()); a.len() + 1], 1.0, 1.0);
        (texts, lattice)
    }

    #[test]
    fn a_bead_shares_what_its_lines_share_together() {
        // `rain` stands twice in the first text and once in the second: it is shared once.
        let (texts, lattice) = lattice(&["heavy rain", "rain fell"], &["heavy rain fell"]);
        let mut shared = Vec::new();
        lattice.visit(|_, _, edge| {
            if let Edge::Bead(choice) = edge {
                shared.push((edge.lines(), choice.shared, choice.extra > 0.0));
            }
        });
        let all = texts.b.mass[0];
        let of = |lines| shared.iter().find(|s| s.0 == lines).map(|s| (s.1, s.2));
        let (both, extra) = of((2, 1)).unwrap();
        assert!((both - all).abs() < 1e-3 && extra, "{shared:?}");
        assert!(of((1, 1)).unwrap().0 < all);
    }

    #[test]
    fn texts_of_no_lines_have_no_groups() {
        let lattice = Lattice::new(&Texts::default(), vec![(0, 0)], 1.0, 1.0);
        let prices = Prices {
            alone: -1.0,
            ..Prices::default()
        };
        assert!(lattice.best(&prices).is_empty());
    }

    #[test]
    fn parts_of_a_long_text_have_the_beads_of_the_whole() {
        let line =
            |n: usize, x: &str| format!("{x} {} was sold for {} by heir {}", n, 7 * n, 11 * n);
        let a: Vec<String> = (0..90).map(|n| line(n, "Lot")).collect();
        // Every seventh line is missing.
        let kept = (0..90).filter(|n| n % 7 != 3);
        let b: Vec<String> = kept.map(|n| line(n, "Item")).collect();
        let mut texts = Texts::new(&a, &b, &[], (Lang::EN, Lang::EN));
        let anchors = chain(&crate::align::anchors::matches(&texts, 4, 400));
        let path = Path::new(&mut texts, &anchors);
        let prices = Prices {
            mass: -0.2,
            share: 0.8,
            one: 0.25,
            line: -0.5,
            alone: -1.1,
            ..Prices::default()
        };
        let of = |size| -> Vec<_> {
            let groups = path.in_parts(&texts, size, &prices);
            groups.into_iter().map(|g| (g.a, g.b)).collect()
        };
        assert!(path.cuts(10).len() > 5, "{:?}", path.cuts(10));
        assert_eq!(of(10), of(1000));
        assert_eq!(of(10).len(), 90);
    }
}
