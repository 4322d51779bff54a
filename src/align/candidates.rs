//! Which sentences of two articles are worth comparing.
//!
//! They are found through an index from words (French ones under their translations,
//! names under their sound) to sentences; which articles are compared says
//! [`article_index`](super::article_index).

use std::collections::HashMap;

use super::encoder::cosine;
use super::profile::{Article, Profile};
use super::vocabulary::{IndexKey, Vocabulary};
use crate::quote::name_key::agree;

/// Sentences that share less are not compared: a common word, or a meaning a little
/// alike; most pairs of other subjects have less.
const MIN_SENTENCE_SCORE: f32 = 0.08;
/// What sharing a concept counts beside sharing the word.
const CONCEPT_WEIGHT: f32 = 0.6;
/// What a like meaning of all words counts beside sharing some: sentences that share
/// none are compared when it is very like.
const MEANING_WEIGHT: f32 = 0.6;
/// What it counts that one sentence may speak of whom the other names, or that one
/// person speaks in both.
const REFERENCE_WEIGHT: f32 = 0.2;
/// The most partners of one sentence in one article; less than half of a usual one. With
/// both bounds the gold sets have under 30 candidates a sentence
/// (`scripts/align/fit.py --report`).
const MAX_SENTENCES: usize = 11;

/// Pairs of sentences of two articles that share something telling, in order.
#[must_use]
pub fn sentence_pairs(vocabulary: &Vocabulary, a: &Article, b: &Article) -> Vec<(usize, usize)> {
    let mut postings: HashMap<IndexKey, Vec<(usize, f32)>> = HashMap::new();
    for (at, s) in b.sentences.iter().enumerate() {
        for (key, weight) in weights(vocabulary, [s], true) {
            postings.entry(key).or_default().push((at, weight));
        }
    }
    let mut scores: Vec<Vec<(usize, f32)>> = Vec::new();
    for s in &a.sentences {
        let mut row = vec![0.0f32; b.sentences.len()];
        for (key, weight) in weights(vocabulary, [s], true) {
            for &(at, other) in postings.get(&key).map_or(&[][..], Vec::as_slice) {
                row[at] += weight.min(other);
            }
        }
        for (score, other) in row.iter_mut().zip(&b.sentences) {
            *score += MEANING_WEIGHT * cosine(&s.meaning, &other.meaning).max(0.0);
            if s.before.meets(&other.facts) || other.before.meets(&s.facts) || speak_alike(s, other)
            {
                *score += REFERENCE_WEIGHT;
            }
        }
        scores.push(
            row.into_iter()
                .enumerate()
                .filter(|(_, s)| *s >= MIN_SENTENCE_SCORE)
                .collect(),
        );
    }
    best_of_rows_and_columns(&scores, b.sentences.len())
}

/// Whether a speaker of one sentence is a speaker of the other.
fn speak_alike(a: &Profile, b: &Profile) -> bool {
    a.speakers().any(|s| b.speakers().any(|t| agree(s, t)))
}

/// The best pairs of each row together with the best of each column.
fn best_of_rows_and_columns(scores: &[Vec<(usize, f32)>], columns: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut by_column: Vec<Vec<(usize, f32)>> = vec![Vec::new(); columns];
    let best = |list: &[(usize, f32)]| {
        let mut list = list.to_vec();
        list.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        list.truncate(MAX_SENTENCES);
        list
    };
    for (x, row) in scores.iter().enumerate() {
        for &(y, score) in row {
            by_column[y].push((x, score));
        }
        pairs.extend(best(row).into_iter().map(|(y, _)| (x, y)));
    }
    for (y, column) in by_column.iter().enumerate() {
        pairs.extend(best(column).into_iter().map(|(x, _)| (x, y)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The index keys of sentences with the largest weight of each, in order; those of
/// concepts too where wanted.
pub(super) fn weights<'p>(
    vocabulary: &Vocabulary,
    sentences: impl IntoIterator<Item = &'p Profile>,
    concepts: bool,
) -> Vec<(IndexKey, f32)> {
    let mut out: Vec<(IndexKey, f32)> = Vec::new();
    for s in sentences {
        for term in s.own.iter().chain(&s.english) {
            vocabulary.index_keys(term.entry, |key| out.push((key, term.weight)));
            if concepts {
                let weight = CONCEPT_WEIGHT * term.weight;
                vocabulary.concept_keys(term.entry, |key| out.push((key, weight)));
            }
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    out.dedup_by_key(|p| p.0);
    out
}
