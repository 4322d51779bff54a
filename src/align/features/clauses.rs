//! What two sentences have in common in one place: a long sentence of one paper often
//! holds in a clause what the other says in a sentence or in a clause of its own, and
//! measured by the whole of both it is little.

use super::{Comparison, Features, Partner};
use crate::align::cover::{Cover, harmonic};
use crate::align::profile::Term;

/// The most neighbouring clauses that are taken together.
const LONGEST: usize = 3;

impl Comparison<'_> {
    /// The stretches of clauses, one of each sentence, that cover each other best.
    pub(super) fn clauses(&self, f: &mut Features) {
        let x = Clauses::new(&self.x.own, &self.best_x);
        let y = Clauses::new(&self.y.own, &self.best_y);
        let mut best = 0.0;
        for from_x in 0..x.all.len() {
            for to_x in (from_x + 1)..=(from_x + LONGEST).min(x.all.len()) {
                for from_y in 0..y.all.len() {
                    for to_y in (from_y + 1)..=(from_y + LONGEST).min(y.all.len()) {
                        let a = x.within(from_x..to_x, from_y..to_y);
                        let b = y.within(from_y..to_y, from_x..to_x);
                        let cover = harmonic(a.share(), b.share());
                        let mass = 0.5 * (a.shared + b.shared);
                        // Half of it for as much as one rare word.
                        let local = cover * mass / (mass + 1.0);
                        if local > best {
                            best = local;
                            f.local = local;
                            f.local_mass = mass.ln_1p();
                        }
                    }
                }
            }
        }
    }
}

/// The clauses of one sentence with what each shares with each of the other's.
struct Clauses {
    all: Vec<f32>,
    shared: Vec<Vec<f32>>,
}

impl Clauses {
    fn new(terms: &[Term], best: &[Partner]) -> Self {
        let clauses = terms.iter().map(|t| usize::from(t.clause) + 1).max();
        let others = best.iter().map(|p| usize::from(p.clause) + 1).max();
        let mut made = Self {
            all: vec![0.0; clauses.unwrap_or(0)],
            shared: vec![vec![0.0; others.unwrap_or(0)]; clauses.unwrap_or(0)],
        };
        for (term, partner) in terms.iter().zip(best) {
            let at = usize::from(term.clause);
            made.all[at] += term.weight;
            made.shared[at][usize::from(partner.clause)] += term.weight * partner.likeness;
        }
        made
    }

    fn within(&self, clauses: std::ops::Range<usize>, others: std::ops::Range<usize>) -> Cover {
        let mut sum = Cover::default();
        for (all, shared) in self
            .all
            .iter()
            .zip(&self.shared)
            .skip(clauses.start)
            .take(clauses.len())
        {
            sum.all += all;
            sum.shared += shared
                .iter()
                .skip(others.start)
                .take(others.len())
                .sum::<f32>();
        }
        sum
    }
}
