//! How much of one text another covers: sums of weights over matched terms, and the
//! small measures the [features](super::features) are made of.

use super::features::Partner;
use super::profile::Profile;
use super::vocabulary::Vocabulary;

/// Shared weight and all weight.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cover {
    pub(super) shared: f32,
    pub(super) all: f32,
}

impl Cover {
    /// What is shared, with a little added to the whole: two words out of two say
    /// less than ten out of ten.
    pub(super) fn share(self) -> f32 {
        self.shared / (self.all + 0.4)
    }

    /// Adds a term. Shared is the smaller of both weights: a word that is rare in
    /// one article may be the subject of the other.
    fn add(&mut self, p: &Profile, other: &Profile, best: &[Partner], at: usize) {
        let (Some(term), Some(partner)) = (p.own.get(at), best.get(at)) else {
            return;
        };
        self.all += term.weight;
        let weight = match partner.term {
            Some(j) => other.own.get(j).map_or(0.0, |t| t.weight.min(term.weight)),
            None => term.weight,
        };
        self.shared += weight * partner.likeness;
    }
}

/// The cover of some terms of a sentence by another.
pub(super) fn cover(
    p: &Profile,
    other: &Profile,
    best: &[Partner],
    of: impl IntoIterator<Item = usize>,
) -> Cover {
    let mut sum = Cover::default();
    for i in of {
        sum.add(p, other, best, i);
    }
    sum
}

/// The cover of a quotation by another. Words count with all they tell, however
/// often the articles have them: a quotation is known by its very words. A partner
/// without a position was found through the translation, of which it is not known
/// what stands between marks.
pub(super) fn cover_within(
    vocabulary: &Vocabulary,
    p: &Profile,
    best: &[Partner],
    of: &[usize],
    within: &[usize],
) -> Cover {
    let mut sum = Cover::default();
    for &i in of {
        let (Some(term), Some(partner)) = (p.own.get(i), best.get(i)) else {
            continue;
        };
        let weight = vocabulary.entry(term.entry).information;
        sum.all += weight;
        if partner.term.is_none_or(|j| within.contains(&j)) {
            sum.shared += weight * partner.likeness;
        }
    }
    sum
}

/// The harmonic mean; 0 where both are.
pub(super) fn harmonic(a: f32, b: f32) -> f32 {
    if a + b > 0.0 {
        2.0 * a * b / (a + b)
    } else {
        0.0
    }
}

/// |ln| of the ratio of two lengths.
pub(super) fn ratio(a: usize, b: usize) -> f32 {
    ((a.max(1) as f32) / (b.max(1) as f32)).ln().abs()
}

/// Dice coefficient of two sorted sets.
pub(super) fn dice(a: &[u16], b: &[u16]) -> f32 {
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        common += usize::from(x == y);
        if x <= y {
            i += 1;
        }
        if y <= x {
            j += 1;
        }
    }
    2.0 * common as f32 / (a.len() + b.len()).max(1) as f32
}
