//! Which numbers two sentences share, and whether they count the same.

use super::{Comparison, Features};
use crate::align::encoder::Encoder;
use crate::align::meaning::Meanings;
use crate::align::profile::{NumberTerm, Profile};
use crate::align::vocabulary::{EntryId, Vocabulary};

impl Comparison<'_> {
    pub(super) fn numbers(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let is_number =
            |p: &Profile, term: usize| p.numbers.iter().find(|n| n.term == term).cloned();
        for (i, j, weight) in self.shared() {
            match (is_number(self.x, i), is_number(self.y, j)) {
                (Some(a), Some(b)) => {
                    f.numbers += weight;
                    if let Some(alike) = heads_alike(vocabulary, &a, &b) {
                        f.same_thing = f.same_thing.max(weight * alike);
                        f.other_thing = f.other_thing.max(weight * (1.0 - alike));
                    }
                    let alike = a
                        .near
                        .iter()
                        .flat_map(|&s| b.near.iter().map(move |&t| (s, t)))
                        .map(|(s, t)| vocabulary.likeness(s, t, false))
                        .fold(0.0, f32::max);
                    if alike > 0.3 {
                        f.counted = f.counted.max(weight * alike);
                    } else {
                        f.miscounted = f.miscounted.max(weight);
                    }
                }
                _ if vocabulary.entry(self.x.own[i].entry).lang.is_none() => f.calendar += weight,
                _ => {}
            }
        }
        let means = |s, t| match (vocabulary.entry(s).meaning, vocabulary.entry(t).meaning) {
            (Some(s), Some(t)) => Meanings::get().likeness(s, t),
            _ => 0.0,
        };
        let counts_alike = |a: &NumberTerm, b: &NumberTerm| {
            let near = a
                .near
                .iter()
                .flat_map(|&s| b.near.iter().map(move |&t| (s, t)));
            a.kind == b.kind
                && a.value != b.value
                && near
                    .into_iter()
                    .any(|(s, t)| vocabulary.likeness(s, t, false) > 0.5 || means(s, t) > 0.6)
        };
        let x_numbers = self.x.numbers.iter();
        f.recount = f32::from(
            f.counted == 0.0
                && x_numbers
                    .flat_map(|a| self.y.numbers.iter().map(move |b| (a, b)))
                    .any(|(a, b)| counts_alike(a, b)),
        );
        let recounted = |a: &NumberTerm, b: &NumberTerm| {
            if a.kind != b.kind || a.value == b.value {
                return 0.0;
            }
            // Half as many is hardly the same again.
            let near = (a.value.min(b.value) / a.value.max(b.value).max(f64::MIN_POSITIVE)) as f32;
            (near - 0.3).max(0.0) * counted_alike(vocabulary, a, b)
        };
        let pairs = self
            .x
            .numbers
            .iter()
            .flat_map(|a| self.y.numbers.iter().map(move |b| (a, b)));
        let clause_mates = |p: &Profile, n: &NumberTerm| -> Vec<EntryId> {
            let clause = p.own[n.term].clause;
            let mates = p.own.iter().enumerate();
            mates
                .filter(|(at, t)| t.clause == clause && !t.name && *at != n.term)
                .filter(|(_, t)| vocabulary.entry(t.entry).lang.is_some())
                .map(|(_, t)| t.entry)
                .collect()
        };
        let toll = |a: &NumberTerm, b: &NumberTerm| {
            if a.kind != b.kind || a.value == b.value {
                return 0.0;
            }
            let near = (a.value.min(b.value) / a.value.max(b.value).max(f64::MIN_POSITIVE)) as f32;
            if near <= 0.3 {
                return 0.0;
            }
            (near - 0.3)
                * alike_among(
                    vocabulary,
                    &clause_mates(self.x, a),
                    &clause_mates(self.y, b),
                )
        };
        f.toll = pairs.clone().map(|(a, b)| toll(a, b)).fold(0.0, f32::max);
        f.recounted = pairs.map(|(a, b)| recounted(a, b)).fold(0.0, f32::max);
        let telling = |p: &Profile| p.numbers.iter().any(|n| p.own[n.term].weight >= 0.45);
        f.other_numbers = f32::from(f.numbers == 0.0 && telling(self.x) && telling(self.y));
    }
}

/// How alike what two numbers count is: the likest of the words around them, by how
/// much that word tells.
fn counted_alike(vocabulary: &Vocabulary, a: &NumberTerm, b: &NumberTerm) -> f32 {
    alike_among(vocabulary, &a.near, &b.near)
}

/// How alike the likest of some words are, by how much that word tells.
fn alike_among(vocabulary: &Vocabulary, a: &[EntryId], b: &[EntryId]) -> f32 {
    let near = a.iter().flat_map(|&s| b.iter().map(move |&t| (s, t)));
    let told = near.map(|(s, t)| {
        let tells = |e| vocabulary.entry(e).information;
        alike(vocabulary, s, t) * tells(s).min(tells(t))
    });
    told.fold(0.0, f32::max)
}

/// How alike the things are that two numbers count, where both name them. A word that no
/// table knows may mean the same.
fn heads_alike(vocabulary: &Vocabulary, a: &NumberTerm, b: &NumberTerm) -> Option<f32> {
    let (s, t) = (a.head?, b.head?);
    let alike = vocabulary.likeness(s, t, false);
    match (vocabulary.entry(s).code, vocabulary.entry(t).code) {
        (Some(s), Some(t)) => Some(alike.max(Encoder::get().likeness(s, t))),
        _ => (alike > 0.0).then_some(alike),
    }
}

/// How alike two words are, as a translation or in meaning.
fn alike(vocabulary: &Vocabulary, s: EntryId, t: EntryId) -> f32 {
    let meaning = match (vocabulary.entry(s).meaning, vocabulary.entry(t).meaning) {
        (Some(s), Some(t)) => Meanings::get().likeness(s, t).max(0.0),
        _ => 0.0,
    };
    vocabulary.likeness(s, t, false).max(meaning)
}
