//! Which articles and which sentences are worth comparing.
//!
//! Both are found through an index from words (French ones under their
//! translations, names under their sound) to where they stand. Articles are indexed
//! in the order of their days, and the rarest words are followed first, up to a
//! bound, so that the cost grows with the text and not with its square.

use std::collections::HashMap;

use rayon::prelude::*;

use super::encoder::cosine;
use super::profile::{Article, Profile};
use super::vocabulary::{IndexKey, Vocabulary};
use crate::quote::name_key::agree;

/// Articles that share less are not compared: two rare words, or some common ones.
const MIN_ARTICLE_SCORE: f32 = 1.5;
/// Nor are articles that share a smaller part of what they could. On the gold sets
/// (`tests/gold`) the least of 124 linked pairs shares 0.084, the median of unrelated
/// ones 0.04.
const MIN_ARTICLE_LIKENESS: f32 = 0.08;
/// The most partners of one article.
const MAX_PARTNERS: usize = 64;
/// The most postings that are followed for one article, the rarest words' first: the
/// cost of a collection grows with the number of its articles alone.
const MAX_FOLLOWED: usize = 20_000;
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

/// Articles in the order of their days, those without a date last, and where each
/// word stands among them.
struct Index<'a> {
    articles: &'a [Article],
    /// Positions of articles by rank.
    order: Vec<usize>,
    /// How many of them have a date.
    dated: usize,
    /// Ranks by word, rising.
    postings: HashMap<IndexKey, Vec<u32>>,
    /// What each article could share at most: with itself.
    norms: Vec<f32>,
    window: i64,
}

impl<'a> Index<'a> {
    fn new(articles: &'a [Article], keys: &[Vec<(IndexKey, f32)>], window: u32) -> Self {
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by_key(|&at| (articles[at].days.is_none(), articles[at].days, at));
        let mut postings: HashMap<IndexKey, Vec<u32>> = HashMap::new();
        for (rank, &at) in order.iter().enumerate() {
            for (key, _) in &keys[at] {
                postings.entry(*key).or_default().push(rank as u32);
            }
        }
        let norm = |keys: &Vec<(IndexKey, f32)>| {
            let weights = keys.iter().map(|(key, weight)| {
                let found = postings.get(key).map_or(0, Vec::len);
                weight * rarity(found, articles.len())
            });
            weights.sum()
        };
        Self {
            norms: keys.par_iter().map(norm).collect(),
            dated: order.partition_point(|&at| articles[at].days.is_some()),
            articles,
            order,
            postings,
            window: i64::from(window),
        }
    }

    /// The ranks of dated articles that may be within the window of one article.
    fn near(&self, article: &Article) -> (u32, u32) {
        // A date may be a whole year, which begins so many days before it ends.
        const YEAR: i64 = 366;
        let Some((first, last)) = article.days else {
            return (0, self.dated as u32);
        };
        let begins = |rank: &usize| self.articles[*rank].days.map_or(i64::MAX, |d| d.0);
        let dated = &self.order[..self.dated];
        let from = dated.partition_point(|at| begins(at) < first - self.window - YEAR);
        let to = dated.partition_point(|at| begins(at) <= last + self.window);
        (from as u32, to as u32)
    }

    /// The ranks of articles with a word, those within two ranks and those without
    /// a date.
    fn of(&self, key: IndexKey, (from, to): (u32, u32)) -> [&[u32]; 2] {
        let found = self.postings.get(&key).map_or(&[][..], Vec::as_slice);
        let at = |rank: u32| found.partition_point(|r| *r < rank);
        let (dated, undated) = found.split_at(at(self.dated as u32));
        let to = at(to).min(dated.len());
        [&dated[at(from).min(to)..to], undated]
    }

    /// The better partners of one article, with what they share.
    fn partners(&self, at: usize, keys: &[(IndexKey, f32)], scores: &mut [f32]) -> Vec<usize> {
        let norm = self.norms[at];
        let article = &self.articles[at];
        let near = self.near(article);
        let mut lists: Vec<([&[u32]; 2], f32)> = keys
            .iter()
            .map(|&(key, weight)| {
                let lists = self.of(key, near);
                let all = self.postings.get(&key).map_or(0, Vec::len);
                (lists, weight * rarity(all, self.articles.len()))
            })
            .collect();
        // The rarest first, until as many postings have been followed as may be.
        let long = |l: &[&[u32]; 2]| l[0].len() + l[1].len();
        lists.sort_by(|p, q| long(&p.0).cmp(&long(&q.0)).then(q.1.total_cmp(&p.1)));
        let (mut seen, mut followed) = (Vec::new(), 0);
        for (lists, weight) in lists {
            followed += long(&lists);
            if followed > MAX_FOLLOWED {
                break;
            }
            for &rank in lists.into_iter().flatten() {
                let other = self.order[rank as usize];
                if other == at || !in_window(article, &self.articles[other], self.window) {
                    continue;
                }
                if scores[other] == 0.0 {
                    seen.push(other);
                }
                scores[other] += weight;
            }
        }
        let mut best: Vec<(usize, f32)> = seen
            .into_iter()
            .map(|other| (other, std::mem::take(&mut scores[other])))
            .filter(|(_, score)| *score >= MIN_ARTICLE_SCORE)
            .filter(|(other, score)| {
                *score >= MIN_ARTICLE_LIKENESS * (norm * self.norms[*other]).sqrt()
            })
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.into_iter().take(MAX_PARTNERS).map(|p| p.0).collect()
    }
}

/// Pairs of articles that may report the same, each once with the lower position
/// first, in order. `window` is in days.
#[must_use]
pub fn article_pairs(
    vocabulary: &Vocabulary,
    articles: &[Article],
    window: u32,
) -> Vec<(usize, usize)> {
    let keys: Vec<Vec<(IndexKey, f32)>> = articles
        .par_iter()
        .map(|a| weights(vocabulary, a.sentences.iter(), false))
        .collect();
    let index = Index::new(articles, &keys, window);
    let mut pairs: Vec<(usize, usize)> = keys
        .par_iter()
        .enumerate()
        .map_init(
            || vec![0.0f32; articles.len()],
            |scores, (at, keys)| {
                let partners = index.partners(at, keys, scores).into_iter();
                partners
                    .map(|other| (at.min(other), at.max(other)))
                    .collect::<Vec<_>>()
            },
        )
        .flatten_iter()
        .collect();
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
fn in_window(a: &Article, b: &Article, window: i64) -> bool {
    match (a.days, b.days) {
        (Some(a), Some(b)) => (a.0 - b.1).max(b.0 - a.1) <= window,
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
