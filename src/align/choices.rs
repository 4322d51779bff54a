//! The beads that may end at a place of two texts, with what the prices see of each.
//!
//! What two groups of lines share is summed key by key. The keys of the first group are
//! laid out in a table over all keys once; each further line of the second group then
//! costs a look at its own keys and no more, whatever stands before it. Most groups
//! never get that far: what lines share one by one bounds what they share together.
//!
//! A line that says nothing of the other side has no place in a bead, however much the
//! others share, so that each line's meaning is compared with that of the other side.

use super::anchors::share;
use super::mass::{Laid, Texts, Weighted};
use super::prices::sort_of;
use super::sense::Neighbours;

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
/// The likeness of a bead of the development sets' gold, about the mean: what a bead
/// without known words counts as.
const USUAL_LIKENESS: f32 = 0.69;

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
    /// How much alike what its sides mean is, or what the line least like the other
    /// side and that side mean: a cosine, from what is usual on.
    pub likeness: f32,
}

/// What a line of the first text shares with the lines of the second near it, and the
/// products of their vectors.
#[derive(Default)]
struct Row {
    low: usize,
    shared: Vec<f32>,
    products: Vec<f32>,
}

impl Row {
    fn of(&self, values: &[f32], j: usize) -> f32 {
        let at = j.checked_sub(self.low);
        at.and_then(|at| values.get(at)).copied().unwrap_or(0.0)
    }
}

/// Builds the choices of a lattice row by row.
pub(super) struct Builder<'t> {
    texts: &'t Texts,
    /// ln of how much longer the first text is.
    ratio: f32,
    /// What is shared counts so many times.
    worth: f32,
    /// What the lines of both texts mean.
    senses: [Neighbours<MAX_SIDE>; 2],
    /// The last lines of the first text, by line modulo their number.
    near: [Row; MAX_SIDE],
    /// The keys of the last 1, 2, ... lines of the first text together.
    groups: [Laid; MAX_SIDE],
    /// How many of these are laid out for the row at hand.
    laid: usize,
    /// The keys of the lines of the second text that were added to a bead so far.
    second: Laid,
    /// How many of the last lines of the first text have each key.
    present: Vec<u8>,
    /// The keys that these share with each line of the second near them.
    common: Common,
}

/// Keys of neighbouring lines of the second text, from one line on.
#[derive(Default)]
struct Common {
    low: usize,
    keys: Vec<Weighted>,
    ends: Vec<usize>,
}

impl Common {
    fn of(&self, j: usize) -> &[Weighted] {
        let Some(at) = j.checked_sub(self.low) else {
            return &[];
        };
        let from = at.checked_sub(1).map_or(Some(&0), |k| self.ends.get(k));
        match (from, self.ends.get(at)) {
            (Some(&from), Some(&to)) => &self.keys[from..to],
            _ => &[],
        }
    }
}

impl<'t> Builder<'t> {
    pub(super) fn new(texts: &'t Texts, ratio: f32, worth: f32) -> Self {
        let keys = texts.keys();
        Self {
            texts,
            ratio: ratio.ln(),
            worth,
            senses: [&texts.a, &texts.b].map(|text| Neighbours::new(&text.senses)),
            near: Default::default(),
            groups: std::array::from_fn(|_| Laid::new(keys)),
            laid: 0,
            second: Laid::new(keys),
            present: vec![0; keys],
            common: Common::default(),
        }
    }

    /// Makes ready for beads that end behind line `i - 1` of the first text.
    pub(super) fn begin_row(&mut self, i: usize, band: &[(usize, usize)]) {
        self.groups.iter_mut().for_each(Laid::clear);
        self.laid = 0;
        let Some(line) = i.checked_sub(1) else {
            return;
        };
        self.lay_out(1, i);
        self.find_common(i, band);
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
        let sense = &texts.a.senses[line];
        row.products.clear();
        row.products.extend(
            texts.b.senses[low..high]
                .iter()
                .map(|other| sense.dot(other)),
        );
    }

    /// Leaves of the lines of the second text that beads of this row may have the keys
    /// that any of their lines of the first has: what `more` has to look at.
    fn find_common(&mut self, i: usize, band: &[(usize, usize)]) {
        for &(key, _) in self.texts.a.keys(i - 1) {
            self.present[key as usize] += 1;
        }
        if let Some(gone) = i.checked_sub(MAX_SIDE + 1) {
            for &(key, _) in self.texts.a.keys(gone) {
                self.present[key as usize] -= 1;
            }
        }
        let rows = &band[i.saturating_sub(MAX_SIDE)..=i];
        let (common, present) = (&mut self.common, &self.present);
        common.low = rows.iter().map(|b| b.0).min().unwrap_or(0);
        common.keys.clear();
        common.ends.clear();
        for j in common.low..band[i].1 {
            let keys = self.texts.b.keys(j).iter();
            common
                .keys
                .extend(keys.filter(|k| present[k.0 as usize] > 0));
            common.ends.push(common.keys.len());
        }
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
        row.of(&row.shared, j)
    }

    /// See [`Choice::likeness`].
    fn likeness(&self, a: (usize, usize), b: (usize, usize)) -> f32 {
        let [of_a, of_b] = &self.senses;
        let (length_a, length_b) = (of_a.length(a), of_b.length(b));
        if length_a == 0.0 || length_b == 0.0 {
            return 0.0;
        }
        let mut columns = [0.0; MAX_SIDE];
        let (mut whole, mut least) = (0.0, f32::INFINITY);
        for i in a.0..a.1 {
            let row = &self.near[i % MAX_SIDE];
            let mut sum = 0.0;
            for (column, j) in columns.iter_mut().zip(b.0..b.1) {
                let product = row.of(&row.products, j);
                *column += product;
                sum += product;
            }
            whole += sum;
            // A line without known words is like any.
            if of_a.length((i, i + 1)) > 0.0 {
                least = least.min(sum / (of_a.length((i, i + 1)) * length_b));
            }
        }
        for (column, j) in columns.iter().zip(b.0..b.1) {
            if of_b.length((j, j + 1)) > 0.0 {
                least = least.min(column / (of_b.length((j, j + 1)) * length_a));
            }
        }
        least.min(whole / (length_a * length_b)) - USUAL_LIKENESS
    }

    /// The beads that end at a cell.
    pub(super) fn choices(
        &mut self,
        i: usize,
        j: usize,
        band: &[(usize, usize)],
        out: &mut Vec<Choice>,
    ) {
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
                shared += self.more(lines, j);
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

    /// What line `j` of the second text adds to what is shared with the last `lines`
    /// lines of the first.
    fn more(&mut self, lines: usize, j: usize) -> f32 {
        let (first, second) = (&self.groups[lines - 1].weights, &mut self.second);
        let mut sum = 0.0;
        for &(key, weight) in self.common.of(j) {
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
            shared: shared * self.worth,
            mass: 0.5 * (mass_a + mass_b),
            share: self.worth * share(shared, mass_a, mass_b),
            skew: ((la / lb).ln() - self.ratio).abs() * (mass_a + mass_b).sqrt(),
            extra: mass_a + mass_b
                - heaviest(&of_a.mass[a.0..a.1])
                - heaviest(&of_b.mass[b.0..b.1]),
            likeness: self.likeness(a, b),
        }
    }
}

/// Whether a line has a part in a bead of several lines.
fn takes_part(shared: f32, mass: f32) -> bool {
    shared > 0.0 && shared >= MIN_PART * mass
}
