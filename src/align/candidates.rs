//! Which articles and which sentences are worth comparing.
//!
//! Both are found through an index from words (French ones under their
//! translations, names under their sound) to where they stand. Frequent words are
//! not followed, so that the cost grows with the text and not with its square.

use std::collections::HashMap;

use super::profile::{Article, Profile};
use super::vocabulary::{IndexKey, Vocabulary};

/// Articles that share less are not compared: two rare words, or some common ones.
const MIN_ARTICLE_SCORE: f32 = 1.5;
/// The most partners of one article.
const MAX_PARTNERS: usize = 64;
/// Words that stand in more articles are not followed.
const MAX_POSTINGS: usize = 2_000;
/// Sentences that share less are not compared: one telling word.
const MIN_SENTENCE_SCORE: f32 = 0.25;
/// What sharing a concept counts beside sharing the word.
const CONCEPT_WEIGHT: f32 = 0.6;
/// The most partners of one sentence in one article; a quarter of a usual article.
const MAX_SENTENCES: usize = 12;

/// Pairs of articles that may report the same, each once with the lower position
/// first, in order. `window` is in days.
#[must_use]
pub fn article_pairs(
    vocabulary: &Vocabulary,
    articles: &[Article],
    window: u32,
) -> Vec<(usize, usize)> {
    let keys: Vec<Vec<(IndexKey, f32)>> = articles
        .iter()
        .map(|a| weights(vocabulary, a.sentences.iter(), false))
        .collect();
    let mut postings: HashMap<IndexKey, Vec<u32>> = HashMap::new();
    for (at, keys) in keys.iter().enumerate() {
        for (key, _) in keys {
            postings.entry(*key).or_default().push(at as u32);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut scores = vec![0.0f32; articles.len()];
    for (at, keys) in keys.iter().enumerate() {
        let mut seen = Vec::new();
        for (key, weight) in keys {
            let found = postings.get(key).map_or(&[][..], Vec::as_slice);
            if found.len() > MAX_POSTINGS {
                continue;
            }
            let rarity = rarity(found.len(), articles.len());
            for &other in found {
                let other = other as usize;
                if other == at || !in_window(&articles[at], &articles[other], window) {
                    continue;
                }
                if scores[other] == 0.0 {
                    seen.push(other);
                }
                scores[other] += weight * rarity;
            }
        }
        let mut best: Vec<(usize, f32)> = seen
            .into_iter()
            .map(|other| (other, std::mem::take(&mut scores[other])))
            .filter(|(_, score)| *score >= MIN_ARTICLE_SCORE)
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        pairs.extend(
            best.iter()
                .take(MAX_PARTNERS)
                .map(|&(other, _)| (at.min(other), at.max(other))),
        );
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How much a word tells that stands in `found` of `all` articles, 0 to 1. The
/// offset keeps small collections on one subject from losing its words.
fn rarity(found: usize, all: usize) -> f32 {
    let share = found as f32 / (all as f32 + 200.0);
    (-share.ln() / 50f32.ln()).clamp(0.0, 1.0)
}

/// Whether two articles may be of days no further apart; without a date they may.
fn in_window(a: &Article, b: &Article, window: u32) -> bool {
    match (a.days, b.days) {
        (Some(a), Some(b)) => (a.0 - b.1).max(b.0 - a.1) <= i64::from(window),
        _ => true,
    }
}

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
        scores.push(
            row.into_iter()
                .enumerate()
                .filter(|(_, s)| *s >= MIN_SENTENCE_SCORE)
                .collect(),
        );
    }
    best_of_rows_and_columns(&scores, b.sentences.len())
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
fn weights<'p>(
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
