//! What beads of parallel texts gain and pay.
//!
//! A bead gains what its sides share, in all and as a part of what they hold, and
//! pays for what they hold, for each line beyond one a side, for what those further
//! lines hold, for sides of different length and for a line that means something else. A line without a counterpart has a
//! price too. How often a text merges, splits and leaves out lines differs from text
//! to text, so that the prices of the sorts of beads follow the text: [`Costs::follow`]
//! moves them by how often a first alignment has used each.
//!
//! The prices are the weights of a log-linear model of all ways to align a text,
//! fitted by `scripts/align/align_beads.rs` on texts and on damaged copies of them.

use crate::rules::table::Table;

/// The sorts of beads with lines on both sides, by these.
pub const SORTS: [(usize, usize); 17] = [
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
    (3, 3),
];
/// The number of sorts; the two of lines without a counterpart, of the first text
/// and of the second, come last.
pub const ALL_SORTS: usize = SORTS.len() + 2;
/// The sort of a line of the first text without a counterpart; the next one is that
/// of the second text.
pub const ALONE: usize = SORTS.len();
/// How often each sort is expected before a text has been seen. Round numbers near
/// the development sets' together.
const USUAL: [f32; ALL_SORTS] = [
    0.717, 0.07, 0.07, 0.01, 0.01, 0.003, 0.003, 0.003, 0.003, 0.01, 0.003, 0.003, 0.003, 0.003,
    0.003, 0.003, 0.003, 0.05, 0.05,
];

/// The number of a sort of beads by how many lines each side has.
#[must_use]
pub fn sort_of(a: usize, b: usize) -> Option<usize> {
    match (a, b) {
        (1, 0) => Some(ALONE),
        (0, 1) => Some(ALONE + 1),
        _ => SORTS.iter().position(|s| *s == (a, b)),
    }
}

macro_rules! prices {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What beads gain (above 0) and pay, beside what they share, which counts as
        /// it is.
        #[derive(Debug, Clone, Copy, PartialEq, Default)]
        pub struct Prices {
            $($(#[$doc])* pub $name: f32,)*
        }

        impl Prices {
            /// Names in the order of [`Prices::values`].
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The prices, to be changed.
            pub fn values(&mut self) -> Vec<&mut f32> {
                vec![$(&mut self.$name),*]
            }
        }
    };
}

prices! {
    /// For each unit of weight a bead holds (the mean of its sides).
    mass,
    /// For the share of what both sides hold.
    share,
    /// For sides of different length, per unit of |ln| and of the root of the weight.
    length,
    /// For each unit of weight beyond the heaviest line of each side.
    extra,
    /// For what its lines mean being like what the other side means, of the line least
    /// like it, above what is usual.
    likeness,
    /// For a bead of one line a side.
    one,
    /// For each line beyond one a side.
    line,
    /// For more than one line on both sides.
    both,
    /// For a line without a counterpart.
    alone,
    /// For each unit of weight of such a line.
    alone_mass,
    /// How far the prices of sorts with both sides follow the text, per unit of ln.
    follow,
    /// The same for lines without a counterpart.
    follow_alone,
}

impl Prices {
    /// The prices of a table with the columns `name` and `value`.
    ///
    /// # Panics
    /// When a price is missing or no number: the table is part of the program.
    #[must_use]
    pub fn load(table: &Table) -> Self {
        let mut prices = Self::default();
        for (name, value) in Self::NAMES.iter().zip(prices.values()) {
            let row = table.rows().find(|r| r.get("name") == *name);
            *value = match row.and_then(|r| r.get("value").parse().ok()) {
                Some(v) => v,
                None => panic!("no price `{name}`"),
            };
        }
        prices
    }

    /// What each sort gains for being one, in a text that has as many of each as is
    /// usual.
    #[must_use]
    pub fn sorts(&self) -> [f32; ALL_SORTS] {
        let mut gains = [self.alone; ALL_SORTS];
        for (gain, (a, b)) in gains.iter_mut().zip(SORTS) {
            *gain = self.line * (a + b - 2) as f32;
            if (a, b) == (1, 1) {
                *gain += self.one;
            }
            if a > 1 && b > 1 {
                *gain += self.both;
            }
        }
        gains
    }

    /// The same in a text that has these numbers of each sort ([`surprises`]).
    #[must_use]
    pub fn sorts_after(&self, counts: &[f32; ALL_SORTS]) -> [f32; ALL_SORTS] {
        let mut gains = self.sorts();
        for (sort, (gain, surprise)) in gains.iter_mut().zip(surprises(counts)).enumerate() {
            let by = if sort < ALONE {
                self.follow
            } else {
                self.follow_alone
            };
            *gain += by * surprise;
        }
        gains
    }
}

/// ln of how many times as often as is usual a text has each sort of beads, by the
/// numbers of each in a first alignment.
#[must_use]
pub fn surprises(counts: &[f32; ALL_SORTS]) -> [f32; ALL_SORTS] {
    // What is usual counts as this many beads. Nothing is rarer than usual by more than
    // a factor of e squared, nor commoner by more than two: a first alignment on a poor
    // translation leaves many lines alone, and must not talk the second into more.
    const USUAL_BEADS: f32 = 50.0;
    const RARER: f32 = 2.0;
    const COMMONER: f32 = 0.7;
    let all = counts.iter().sum::<f32>() + USUAL_BEADS;
    let mut out = [0.0; ALL_SORTS];
    for (out, (count, usual)) in out.iter_mut().zip(counts.iter().zip(USUAL)) {
        let found = (count + USUAL_BEADS * usual) / all;
        *out = (found / usual).ln().clamp(-RARER, COMMONER);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_leaves_out_lines_makes_leaving_out_cheaper() {
        let prices = Prices {
            follow: 1.0,
            follow_alone: 1.0,
            ..Prices::default()
        };
        let mut counts = [0.0; ALL_SORTS];
        counts[ALONE] = 100.0;
        let gains = prices.sorts_after(&counts);
        assert!(gains[ALONE] > 0.0);
        assert!(gains[ALONE + 1] < 0.0, "the other text leaves out none");
        assert!(gains[..ALONE].iter().all(|g| *g < 0.0));
    }

    #[test]
    fn sorts_are_usual_in_all_as_often_as_beads_are() {
        assert!((USUAL.iter().sum::<f32>() - 1.0).abs() < 0.05);
        assert_eq!(sort_of(0, 1), Some(ALL_SORTS - 1));
        assert_eq!(sort_of(7, 1), None);
    }
}
