//! Which words two sentences share, and how much these tell.

use super::{Comparison, Features, Partner, SHARED};
use crate::align::cover::{Cover, cover, harmonic};
use crate::align::profile::{Profile, Term};
use crate::align::vocabulary::Vocabulary;

impl Comparison<'_> {
    /// What is shared beyond names, numbers and the words for who speaks.
    pub(super) fn beyond(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let of = |p: &Profile, other: &Profile, best: &[Partner]| {
            let said = |at: &usize| {
                let term = &p.own[*at];
                let speaker = p.quotes.iter().any(|q| q.mention.contains(at));
                !term.name && !speaker && vocabulary.entry(term.entry).lang.is_some()
            };
            cover(p, other, best, (0..p.own.len()).filter(said))
        };
        let (a, b) = (
            of(self.x, self.y, &self.best_x),
            of(self.y, self.x, &self.best_y),
        );
        f.beyond = harmonic(a.share(), b.share());
        f.beyond_max = a.share().max(b.share());
        f.beyond_mass = (0.5 * (a.shared + b.shared)).ln_1p();
    }

    /// How well both sentences' terms of one sort are covered.
    pub(super) fn cover_of(&self, sort: impl Fn(&Term) -> bool) -> (f32, f32) {
        let of = |p: &Profile, q: &Profile, best: &[Partner]| {
            let terms = (0..p.own.len()).filter(|&i| p.own.get(i).is_some_and(&sort));
            cover(p, q, best, terms).share()
        };
        (
            of(self.x, self.y, &self.best_x),
            of(self.y, self.x, &self.best_y),
        )
    }

    /// The terms of the first sentence that the second has, and those of the second
    /// that the first has, by position.
    #[must_use]
    pub fn found(&self) -> (Vec<usize>, Vec<usize>) {
        let of = |best: &[Partner]| {
            let found = best.iter().enumerate();
            found
                .filter(|(_, p)| p.likeness >= SHARED)
                .map(|(at, _)| at)
                .collect()
        };
        (of(&self.best_x), of(&self.best_y))
    }

    /// How much of both is shared that few other sentences share: `rivals` gives for
    /// a term of either sentence how many sentences of the other article have it.
    pub fn sole(&self, f: &mut Features, rivals: [&dyn Fn(usize) -> f32; 2]) {
        let of = |p: &Profile, best: &[Partner], rivals: &dyn Fn(usize) -> f32| {
            let mut sum = Cover::default();
            for (at, (term, partner)) in p.own.iter().zip(best).enumerate() {
                sum.all += term.weight;
                if partner.likeness >= SHARED {
                    sum.shared += term.weight * partner.likeness / rivals(at).max(1.0);
                }
            }
            sum
        };
        let a = of(self.x, &self.best_x, rivals[0]);
        let b = of(self.y, &self.best_y, rivals[1]);
        f.sole = harmonic(a.share(), b.share());
        f.sole_max = a.share().max(b.share());
        f.sole_mass = (0.5 * (a.shared + b.shared)).ln_1p();
    }

    /// How well both are covered where their neighbours help: `x` gives the comparisons
    /// of the first sentence with the ones before and after the second, `y` those of the
    /// second with the ones before and after the first.
    pub fn widen<'c>(&self, f: &mut Features, x: [Option<&'c Self>; 2], y: [Option<&'c Self>; 2]) {
        let of_x = x.map(|c| c.map(|c| &c.best_x[..]));
        let of_y = y.map(|c| c.map(|c| &c.best_y[..]));
        let a = widened(self.x, &self.best_x, &of_x);
        let b = widened(self.y, &self.best_y, &of_y);
        (f.wide, f.wide_max) = (harmonic(a, b), a.max(b));
        let before = |other: &Profile, of: [Option<&'c [Partner]>; 2]| {
            of[0].filter(|_| !other.facts.has_actors())
        };
        let a = widened(self.x, &self.best_x, &[before(self.y, of_x)]);
        let b = widened(self.y, &self.best_y, &[before(self.x, of_y)]);
        (f.carried, f.carried_max) = (harmonic(a, b), a.max(b));
    }

    pub(super) fn shared_terms(&self, f: &mut Features) {
        let shared = self.shared();
        let weight = |n: usize| shared.get(n).map_or(0.0, |s| s.2);
        (f.top1, f.top2, f.top3) = (weight(0), weight(1), weight(2));
        f.names = shared
            .iter()
            .filter(|(i, j, _)| self.x.own[*i].name && self.y.own[*j].name)
            .map(|s| s.2)
            .sum();
        let named = |p: &Profile| p.own.iter().any(|t| t.name);
        f.other_names = f32::from(f.names == 0.0 && named(self.x) && named(self.y));
    }

    /// The share of neighbours among the shared terms whose partners are
    /// neighbours too.
    pub(super) fn order(&self) -> f32 {
        let partner = |i: usize| {
            self.best_x
                .get(i)
                .filter(|p| p.likeness >= SHARED)
                .and_then(|p| p.term)
        };
        let together = (1..self.best_x.len())
            .filter(|&i| match (partner(i - 1), partner(i)) {
                (Some(a), Some(b)) => a.abs_diff(b) <= 2 && a != b,
                _ => false,
            })
            .count();
        let shorter = self.x.own.len().min(self.y.own.len()).max(2);
        together as f32 / (shorter - 1) as f32
    }
}

/// The share of a sentence's weight that another covers together with some of its
/// neighbours.
fn widened(p: &Profile, best: &[Partner], beside: &[Option<&[Partner]>]) -> f32 {
    let mut sum = Cover::default();
    for (at, (term, partner)) in p.own.iter().zip(best).enumerate() {
        let others = beside.iter().flatten().filter_map(|b| b.get(at));
        let likeness = others.fold(partner.likeness, |most, p| most.max(p.likeness));
        sum.all += term.weight;
        sum.shared += term.weight * likeness;
    }
    sum.share()
}
