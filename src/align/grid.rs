//! The grid of two articles: their sentences that may be links, with what each pair
//! has in common and what the first scorer finds.
//!
//! Takes two articles and gives their candidate pairs. What a pair has in common is
//! measured here beside what the other pairs of the two articles have: a word that
//! five sentences of the other article have tells little, and two reports of one
//! event mean much the same in every sentence.

use std::collections::HashMap;
use std::sync::LazyLock;

use rayon::prelude::*;

use super::candidates::sentence_pairs;
use super::context::{CLIP, TopTwo};
use super::days::apart;
use super::encoder::{Small, centred, cosine, together};
use super::features::{Comparison, Features};
use super::profile::Article;
use super::score::Model;
use super::vocabulary::Vocabulary;
use crate::rules::table::Table;

static PAIR_MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::load(
        &Table::parse(
            "any/align_pair_model",
            include_str!("../rules/any/align_pair_model.tsv"),
        ),
        Features::NAMES,
    )
});

/// Pairs that the first scorer finds less likely are forgotten: in the gold sets none
/// of them became a link, and a large collection has millions.
const UNLIKELY: f32 = -4.5;

/// A candidate pair with its features and the first scorer's log-odds.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The sentences, by position in their articles.
    pub sentences: (usize, usize),
    /// What they have in common.
    pub features: Features,
    /// The first scorer's log-odds.
    pub log_odds: f32,
}

/// The candidates of one pair of articles, by sentences.
#[derive(Debug, Clone)]
pub struct Grid {
    /// The articles, by position, the lower first.
    pub articles: (usize, usize),
    /// Sorted by their sentences.
    pub candidates: Vec<Candidate>,
}

impl Grid {
    /// Of one pair of articles, with the pairs of sentences that may be links.
    pub(super) fn likely(
        vocabulary: &Vocabulary,
        articles: &[Article],
        pair: (usize, usize),
    ) -> Self {
        Self::new(vocabulary, articles, pair, UNLIKELY)
    }

    fn new(
        vocabulary: &Vocabulary,
        articles: &[Article],
        (a, b): (usize, usize),
        unlikely: f32,
    ) -> Self {
        let (a_sentences, b_sentences) = (&articles[a].sentences, &articles[b].sentences);
        let pairs = sentence_pairs(vocabulary, &articles[a], &articles[b]);
        let compared: Vec<Comparison> = pairs
            .iter()
            .map(|&(x, y)| Comparison::new(vocabulary, &a_sentences[x], &b_sentences[y]))
            .collect();
        // How many sentences of the other article have each term.
        let (mut of_a, mut of_b): (HashMap<_, f32>, HashMap<_, f32>) = Default::default();
        for (&(x, y), comparison) in pairs.iter().zip(&compared) {
            let (found_x, found_y) = comparison.found();
            found_x
                .into_iter()
                .for_each(|i| *of_a.entry((x, i)).or_default() += 1.0);
            found_y
                .into_iter()
                .for_each(|j| *of_b.entry((y, j)).or_default() += 1.0);
        }
        // None where a date is missing.
        let apart = apart(articles[a].days, articles[b].days).unwrap_or(0);
        let apart = (apart as f32).ln_1p();
        let kin = articles[a].subject.alike(&articles[b].subject);
        let beyond = Beyond::new(&articles[a], &articles[b], &pairs);
        let candidates = pairs
            .iter()
            .zip(&compared)
            .zip(&beyond.likeness)
            .map(|((&(x, y), comparison), &centred)| {
                let mut features = comparison.features(vocabulary);
                let rivals = |of: &HashMap<(usize, usize), f32>, at| of.get(&at).copied();
                let in_b = |i| rivals(&of_a, (x, i)).unwrap_or(0.0);
                let in_a = |j| rivals(&of_b, (y, j)).unwrap_or(0.0);
                comparison.sole(&mut features, [&in_b, &in_a]);
                let beside = |x: Option<usize>, y: Option<usize>| {
                    let at = pairs.binary_search(&(x?, y?)).ok()?;
                    compared.get(at)
                };
                comparison.widen(
                    &mut features,
                    [
                        beside(Some(x), y.checked_sub(1)),
                        beside(Some(x), Some(y + 1)),
                    ],
                    [
                        beside(x.checked_sub(1), Some(y)),
                        beside(Some(x + 1), Some(y)),
                    ],
                );
                (features.scene, features.carried_centred) = beyond.around((x, y));
                features.apart = apart;
                features.centred = centred;
                features.centred_lead = beyond.lead((x, y), centred);
                (features.kin, features.kin_names) = kin;
                Candidate {
                    sentences: (x, y),
                    log_odds: PAIR_MODEL.log_odds(&features.values()).clamp(-CLIP, CLIP),
                    features,
                }
            })
            .filter(|c| c.log_odds >= unlikely)
            .collect();
        Self {
            articles: (a, b),
            candidates,
        }
    }

    /// The candidates of a sentence of the first article with a range of the second's: the
    /// latter's sentence and the first scorer's log-odds.
    pub(super) fn of_row(
        &self,
        x: usize,
        range: std::ops::RangeInclusive<usize>,
    ) -> impl Iterator<Item = (usize, f32)> {
        let from = (x, *range.start());
        let first = self.candidates.partition_point(|c| c.sentences < from);
        let row = self.candidates.iter().skip(first);
        row.take_while(move |c| c.sentences.0 == x && c.sentences.1 <= *range.end())
            .map(|c| (c.sentences.1, c.log_odds))
    }
}

/// How alike candidates are in what they mean beyond the subject of their articles.
struct Beyond {
    /// By candidate.
    likeness: Vec<f32>,
    rows: HashMap<usize, TopTwo>,
    columns: HashMap<usize, TopTwo>,
    /// By sentence of each article, what stands around it, and what it means with what it
    /// goes on about.
    scenes: [Vec<Small>; 2],
    carried: [Vec<Small>; 2],
}

impl Beyond {
    fn new(a: &Article, b: &Article, pairs: &[(usize, usize)]) -> Self {
        let meanings = a.sentences.iter().chain(&b.sentences).map(|s| &s.meaning);
        let vectors = centred(meanings);
        let (of_a, of_b) = vectors.split_at(a.sentences.len());
        let likeness: Vec<f32> = pairs
            .iter()
            .map(|&(x, y)| cosine(&of_a[x], &of_b[y]))
            .collect();
        let (mut rows, mut columns) = (HashMap::new(), HashMap::new());
        for (&(x, y), &value) in pairs.iter().zip(&likeness) {
            rows.entry(x).or_insert(TopTwo::new(-1.0)).add(value);
            columns.entry(y).or_insert(TopTwo::new(-1.0)).add(value);
        }
        let scenes = [of_a, of_b].map(|of| {
            let around = |at: usize| {
                let near = of[at.saturating_sub(2)..at].iter();
                near.chain(of.iter().skip(at + 1).take(2))
            };
            (0..of.len()).map(|at| together(around(at))).collect()
        });
        let carried = [(a, of_a), (b, of_b)].map(|(article, of)| {
            let with = |at: usize| {
                let names = article.sentences[at].facts.has_actors();
                let from = at.saturating_sub(usize::from(!names));
                together(of[from..=at].iter())
            };
            (0..of.len()).map(with).collect()
        });
        Self {
            likeness,
            rows,
            columns,
            scenes,
            carried,
        }
    }

    /// How alike is what stands around two sentences, and they with what they go on about.
    fn around(&self, (x, y): (usize, usize)) -> (f32, f32) {
        let alike = |of: &[Vec<Small>; 2]| cosine(&of[0][x], &of[1][y]);
        (alike(&self.scenes), alike(&self.carried))
    }

    /// How far a likeness is above the best rival of either sentence.
    fn lead(&self, (x, y): (usize, usize), likeness: f32) -> f32 {
        let lead = |of: &HashMap<usize, TopTwo>, at: usize| of.get(&at).map(|t| t.lead(likeness));
        let (row, column) = (lead(&self.rows, x), lead(&self.columns, y));
        row.unwrap_or(0.0).min(column.unwrap_or(0.0))
    }
}

/// The grids of pairs of articles, with the pairs of sentences that may be links.
#[must_use]
pub fn grids(vocabulary: &Vocabulary, articles: &[Article], pairs: &[(usize, usize)]) -> Vec<Grid> {
    let grid = |&pair| Grid::likely(vocabulary, articles, pair);
    pairs.par_iter().map(grid).collect()
}

/// The same with all candidates: what the first scorer learns from.
#[must_use]
pub fn whole_grids(
    vocabulary: &Vocabulary,
    articles: &[Article],
    pairs: &[(usize, usize)],
) -> Vec<Grid> {
    let grid = |&pair| Grid::new(vocabulary, articles, pair, f32::NEG_INFINITY);
    pairs.par_iter().map(grid).collect()
}
