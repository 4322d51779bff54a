//! Beads of texts in one order: groups of neighbouring lines on each side (Gale
//! and Church, 1993) chosen by a dynamic programme.
//!
//! Takes two texts and the band in which beads are looked for, and gives all beads
//! there that share something ([`Lattice`]), then the best way through them at given
//! [`prices`](super::prices). The programme runs twice: the second time with prices
//! that follow from how often the first has used each sort of bead.
//!
//! What two groups share is summed key by key. The keys of the first group are laid
//! out in a table over all keys once; each further line of the second group then
//! costs a look at its own keys and no more, whatever stands before it.

use super::anchors::{Match, band, chain, near, share};
use super::mass::{Laid, Texts, Weighted};
use super::prices::{ALL_SORTS, ALONE, Prices, SORTS, sort_of};

/// The most lines on one side of a bead.
pub const MAX_SIDE: usize = 5;
/// For each number of lines of the first text the most lines of the second.
const MOST: [usize; MAX_SIDE] = [5, 5, 3, 2, 2];
/// Each line of a bead of several shares at least this part of its weight with the
/// other side.
const MIN_PART: f32 = 0.05;
/// Line by line such a bead shares at least this part of what both sides hold: more
/// than line by line it cannot share.
const MIN_BOUND: f32 = 0.08;

/// Anchors less alike teach nothing.
const MIN_TEACHER: f32 = 0.25;

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

/// What the prices see of a bead.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// By number, as in [`SORTS`].
    pub sort: u8,
    /// The weight both sides share.
    pub shared: f32,
    /// The mean of what its sides hold.
    pub mass: f32,
    /// What is shared of what both hold.
    pub share: f32,
    /// |ln| of the ratio of its sides' lengths, times the root of its weight.
    pub skew: f32,
    /// What its lines hold beyond the heaviest of each side.
    pub extra: f32,
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

impl Lattice {
    /// The beads of two texts near a chain of anchors. More anchors are looked for near
    /// it first, and the texts learn from them.
    #[must_use]
    pub fn around(texts: &mut Texts, anchors: &[Match]) -> Self {
        let (n, m) = (texts.a.len(), texts.b.len());
        let chain = chain(&near(texts, &band(anchors, n, m)));
        let sure = chain.iter().filter(|m| m.likeness >= MIN_TEACHER);
        texts.learn(sure.map(|m| (m.i, m.j)));
        let band = band(&chain, n, m);
        Self::new(texts, band, ratio(texts, &chain))
    }

    /// The beads of two texts within a band (for each number of lines of the first
    /// text, first and last number of lines of the second). `ratio` is how many times
    /// as long in characters the first text is where both say the same.
    #[must_use]
    pub fn new(texts: &Texts, band: Vec<(usize, usize)>, ratio: f32) -> Self {
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
        let mut builder = Builder::new(texts, ratio);
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
        // The sort of the last group, and its share.
        let mut steps = vec![(u8::MAX, 0.0f32); self.cells()];
        if let Some(first) = gains.first_mut() {
            *first = 0.0;
        }
        self.visit(|to, from, edge| {
            let gain = gains[from] + edge.gain(prices, sorts);
            if gain > gains[to] {
                gains[to] = gain;
                steps[to] = match edge {
                    Edge::Bead(c) => (c.sort, c.share),
                    Edge::Alone(side, _) => ((ALONE + side) as u8, 0.0),
                };
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
    fn path(&self, steps: &[(u8, f32)]) -> Vec<Group> {
        let mut groups = Vec::new();
        let (mut i, mut j) = (
            self.band.len().saturating_sub(1),
            self.band.last().map_or(0, |b| b.1),
        );
        while (i, j) != (0, 0) {
            let step = self.cell(i, j).map_or((u8::MAX, 0.0), |c| steps[c]);
            let (a, b) = match usize::from(step.0) {
                sort if sort < ALONE => SORTS[sort],
                ALONE if i > 0 => (1, 0),
                // A place that no path reaches is left line by line.
                _ if j > 0 => (0, 1),
                _ => (1, 0),
            };
            groups.push(Group {
                a: (i - a, i),
                b: (j - b, j),
                share: step.1,
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

/// How many times as long in characters the first text is where both say the same: a
/// text that lacks chapters is not shorter there. The median, from an even chance.
fn ratio(texts: &Texts, chain: &[Match]) -> f32 {
    let length = |chars: f32| chars + 10.0;
    let of = |m: &Match| length(texts.a.chars[m.i]) / length(texts.b.chars[m.j]);
    let mut ratios: Vec<f32> = chain.iter().map(of).chain([1.0]).collect();
    let middle = ratios.len() / 2;
    *ratios.select_nth_unstable_by(middle, f32::total_cmp).1
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

/// What a line of the first text shares with the lines of the second near it.
#[derive(Default)]
struct Row {
    low: usize,
    shared: Vec<f32>,
}

/// Builds the choices of a lattice row by row.
struct Builder<'t> {
    texts: &'t Texts,
    /// ln of how much longer the first text is.
    ratio: f32,
    /// The last lines of the first text, by line modulo their number.
    near: [Row; MAX_SIDE],
    /// The keys of the last 1, 2, ... lines of the first text together.
    groups: [Laid; MAX_SIDE],
    /// How many of these are laid out for the row at hand.
    laid: usize,
    /// The keys of the lines of the second text that were added to a bead so far.
    second: Laid,
}

impl<'t> Builder<'t> {
    fn new(texts: &'t Texts, ratio: f32) -> Self {
        let keys = texts.keys();
        Self {
            texts,
            ratio: ratio.ln(),
            near: Default::default(),
            groups: std::array::from_fn(|_| Laid::new(keys)),
            laid: 0,
            second: Laid::new(keys),
        }
    }

    /// Makes ready for beads that end behind line `i - 1` of the first text.
    fn begin_row(&mut self, i: usize, band: &[(usize, usize)]) {
        self.groups.iter_mut().for_each(Laid::clear);
        self.laid = 0;
        let Some(line) = i.checked_sub(1) else {
            return;
        };
        self.lay_out(1, i);
        // A group that holds this line begins and ends at most so many further.
        let reach = &band[line.saturating_sub(MAX_SIDE)..=(line + MAX_SIDE).min(band.len() - 1)];
        let low = reach.iter().map(|b| b.0).min().unwrap_or(0);
        let high = reach.iter().map(|b| b.1).max().unwrap_or(0);
        let row = &mut self.near[line % MAX_SIDE];
        row.low = low;
        row.shared.clear();
        let (texts, keys) = (self.texts, &self.groups[0]);
        row.shared
            .extend((low..high).map(|j| keys.shared(texts.b.keys(j))));
    }

    /// Lays out the keys of the last 1 to `lines` lines before `i`.
    fn lay_out(&mut self, lines: usize, i: usize) {
        while self.laid < lines {
            let group = &mut self.groups[self.laid];
            for line in i - self.laid - 1..i {
                group.add(self.texts.a.keys(line));
            }
            self.laid += 1;
        }
    }

    /// What two lines share.
    fn single(&self, i: usize, j: usize) -> f32 {
        let row = &self.near[i % MAX_SIDE];
        let at = j.checked_sub(row.low);
        at.and_then(|at| row.shared.get(at)).copied().unwrap_or(0.0)
    }

    /// The beads that end at a cell.
    fn choices(&mut self, i: usize, j: usize, band: &[(usize, usize)], out: &mut Vec<Choice>) {
        if j == 0 {
            return;
        }
        for a in 1..=MAX_SIDE.min(i) {
            let (low, high) = band[i - a];
            if low >= j {
                continue;
            }
            self.beads((i - a, i), j, (low, high), out);
        }
    }

    /// The beads of lines `a` of the first text that end before line `end` of the
    /// second and begin within the band.
    fn beads(
        &mut self,
        a: (usize, usize),
        end: usize,
        band: (usize, usize),
        out: &mut Vec<Choice>,
    ) {
        let texts = self.texts;
        let lines = a.1 - a.0;
        let (worth, most) = self.worth(a, end, band);
        let (mut shared, mut mass_b) = (0.0, 0.0);
        let mass_a: f32 = texts.a.mass[a.0..a.1].iter().sum();
        for n in 1..=most {
            let j = end - n;
            mass_b += texts.b.mass[j];
            if (lines, most) == (1, 1) {
                shared = self.single(a.0, j);
            } else {
                self.lay_out(lines, a.1);
                shared += self.more(lines, texts.b.keys(j));
            }
            if worth[n - 1]
                && let Some(sort) = sort_of(lines, n)
            {
                out.push(self.choice(sort, a, (j, end), shared, (mass_a, mass_b)));
            }
        }
        self.second.clear();
    }

    /// Which numbers of lines of the second text, up to which one, are worth a closer
    /// look, by what lines share one by one.
    fn worth(
        &self,
        a: (usize, usize),
        end: usize,
        band: (usize, usize),
    ) -> ([bool; MAX_SIDE], usize) {
        let (mass_a, mass_b) = (&self.texts.a.mass[a.0..a.1], &self.texts.b.mass);
        let lines = mass_a.len();
        let (mut worth, mut most) = ([false; MAX_SIDE], 0);
        // What each line of the first text shares so far.
        let mut parts = [0.0f32; MAX_SIDE];
        let (mut bound, mut mass): (f32, f32) = (0.0, mass_a.iter().sum());
        for n in 1..=MOST[lines - 1].min(end.saturating_sub(band.0)) {
            let j = end - n;
            let mut column = 0.0;
            for (part, i) in parts.iter_mut().zip(a.0..a.1) {
                let single = self.single(i, j);
                *part += single;
                column += single;
            }
            mass += mass_b[j];
            bound += column;
            let several = lines > 1 || n > 1;
            if several && !takes_part(column, mass_b[j]) {
                break;
            }
            let mut each = parts.iter().zip(mass_a);
            let each = lines == 1 || each.all(|(part, mass)| takes_part(*part, *mass));
            if j <= band.1 && (!several || (each && bound >= MIN_BOUND * mass)) {
                (worth[n - 1], most) = (true, n);
            }
        }
        (worth, most)
    }

    /// What another line of the second text adds to what is shared with the last
    /// `lines` lines of the first.
    fn more(&mut self, lines: usize, keys: &[Weighted]) -> f32 {
        let (first, second) = (&self.groups[lines - 1].weights, &mut self.second);
        let mut sum = 0.0;
        for &(key, weight) in keys {
            let limit = first[key as usize];
            if limit > 0.0 {
                let so_far = second.weights[key as usize];
                sum += (so_far + weight).min(limit) - so_far.min(limit);
                second.weights[key as usize] = so_far + weight;
                second.set.push(key);
            }
        }
        sum
    }

    fn choice(
        &self,
        sort: usize,
        a: (usize, usize),
        b: (usize, usize),
        shared: f32,
        (mass_a, mass_b): (f32, f32),
    ) -> Choice {
        let (of_a, of_b) = (&self.texts.a, &self.texts.b);
        let chars = |chars: &[f32]| chars.iter().sum::<f32>() + 10.0;
        let (la, lb) = (chars(&of_a.chars[a.0..a.1]), chars(&of_b.chars[b.0..b.1]));
        let heaviest = |mass: &[f32]| mass.iter().copied().fold(0.0, f32::max);
        Choice {
            sort: sort as u8,
            shared,
            mass: 0.5 * (mass_a + mass_b),
            share: share(shared, mass_a, mass_b),
            skew: ((la / lb).ln() - self.ratio).abs() * (mass_a + mass_b).sqrt(),
            extra: mass_a + mass_b
                - heaviest(&of_a.mass[a.0..a.1])
                - heaviest(&of_b.mass[b.0..b.1]),
        }
    }
}

/// Whether a line has a part in a bead of several lines.
fn takes_part(shared: f32, mass: f32) -> bool {
    shared > 0.0 && shared >= MIN_PART * mass
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    fn lattice(a: &[&str], b: &[&str]) -> (Texts, Lattice) {
        let lines = |l: &[&str]| -> Vec<String> { l.iter().map(|x| (*x).to_owned()).collect() };
        let texts = Texts::new(&lines(a), &lines(b), &[], (Lang::EN, Lang::EN));
        let lattice = Lattice::new(&texts, vec![(0, b.len()); a.len() + 1], 1.0);
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
        let lattice = Lattice::new(&Texts::default(), vec![(0, 0)], 1.0);
        let prices = Prices {
            alone: -1.0,
            ..Prices::default()
        };
        assert!(lattice.best(&prices).is_empty());
    }
}
