//! Comparable articles: which sentences of two articles in any order say the same,
//! with "nothing" as an answer.
//!
//! Pairs are scored twice. The first scorer sees the two sentences alone; the
//! second sees its verdict beside those on the pair's rivals (another sentence of
//! the same article that fits better), on its neighbours, and on third articles
//! that link both. Then each pair of articles takes its best pairs first; a
//! sentence that already has a partner needs a better reason for the next.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rayon::prelude::*;

use super::context::{Context, Likely, Thirds, grid_contexts};
use super::copies::{Copies, Place};
use super::grid::Grid;
use super::profile::Article;
use super::score::{Model, probability};
use super::vocabulary::Vocabulary;
use crate::rules::table::Table;

static LINK_MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::load(
        &Table::parse(
            "any/align_link_model",
            include_str!("../rules/any/align_link_model.tsv"),
        ),
        &Context::names(),
    )
});

/// How much more a sentence's second and further link must score.
const PRICE_OF_SECOND: f32 = 0.15;
/// Two sentences that cover each other so far say the same in the same words: what stands
/// around them cannot speak against it, and in short articles nothing speaks for it.
const VERBATIM: f32 = 0.85;

/// Two sentences that say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The articles, by position, the lower first.
    pub articles: (usize, usize),
    /// The sentences, by position in their articles.
    pub sentences: (usize, usize),
    /// How likely it is.
    pub score: f32,
}

/// What comparing all articles gave.
#[derive(Debug, Default)]
pub struct Judged {
    /// Pairs of sentences that say the same, by articles and sentences.
    pub pairs: Vec<Pair>,
    /// For each sentence that was compared the likeliest partner anywhere with its
    /// score, whether they are linked or not.
    pub best: HashMap<Place, (Place, f32)>,
}

/// A sentence, its likeliest partner and that one's score.
type Likeliest = (Place, Place, f32);

/// Scores the candidates of all grids and takes the best pairs.
#[must_use]
pub fn judge(grids: &[Grid], copies: &Copies, min_score: f32) -> Judged {
    let thirds = Thirds::new(grids.iter().map(Likely::of));
    let judged = grids.par_iter();
    Judged::of(judged.map(|grid| judge_one(grid, &thirds, copies, min_score)))
}

/// The same for so many pairs of articles that their grids would fill the memory: each
/// grid is made twice and forgotten in between.
#[must_use]
pub fn judge_in_turn(
    vocabulary: &Vocabulary,
    articles: &[Article],
    pairs: &[(usize, usize)],
    copies: &Copies,
    min_score: f32,
) -> Judged {
    let grid = |&pair: &(usize, usize)| Grid::likely(vocabulary, articles, pair);
    let likely: Vec<Likely> = pairs.par_iter().map(|p| Likely::of(&grid(p))).collect();
    let thirds = Thirds::new(likely.into_iter());
    let judged = pairs.par_iter();
    Judged::of(judged.map(|pair| judge_one(&grid(pair), &thirds, copies, min_score)))
}

/// The best pairs of a grid, and the likeliest partner of each of its sentences.
fn judge_one(
    grid: &Grid,
    thirds: &Thirds,
    copies: &Copies,
    min_score: f32,
) -> (Vec<Pair>, Vec<Likeliest>) {
    let scores: Vec<f32> = grid_contexts(grid, thirds, copies)
        .into_iter()
        .zip(&grid.candidates)
        .map(|(context, candidate)| {
            let log_odds = LINK_MODEL.log_odds(&context.values());
            let verbatim = candidate.features.cover >= VERBATIM;
            probability(if verbatim {
                log_odds.max(candidate.log_odds)
            } else {
                log_odds
            })
        })
        .collect();
    let best = likeliest(grid, &scores);
    (assign(grid, scores.into_iter(), min_score), best)
}

impl Judged {
    fn of(judged: impl IndexedParallelIterator<Item = (Vec<Pair>, Vec<Likeliest>)>) -> Self {
        let judged: Vec<_> = judged.collect();
        let mut all = Self::default();
        for (pairs, best) in judged {
            all.pairs.extend(pairs);
            for (place, other, score) in best {
                let known = all.best.entry(place).or_insert((other, score));
                if score > known.1 {
                    *known = (other, score);
                }
            }
        }
        all
    }
}

/// The likeliest partner of each sentence of a grid.
fn likeliest(grid: &Grid, scores: &[f32]) -> Vec<Likeliest> {
    let (a, b) = grid.articles;
    let mut best: BTreeMap<Place, (Place, f32)> = BTreeMap::new();
    for (c, &score) in grid.candidates.iter().zip(scores) {
        let (x, y) = ((a, c.sentences.0), (b, c.sentences.1));
        for (place, other) in [(x, y), (y, x)] {
            let known = best.entry(place).or_insert((other, score));
            if score > known.1 {
                *known = (other, score);
            }
        }
    }
    let list = best.into_iter();
    list.map(|(place, (other, score))| (place, other, score))
        .collect()
}

/// The best pairs first; a sentence that has a partner needs more for the next.
fn assign(grid: &Grid, scores: impl Iterator<Item = f32>, min_score: f32) -> Vec<Pair> {
    let mut open: Vec<((usize, usize), f32)> = grid
        .candidates
        .iter()
        .map(|c| c.sentences)
        .zip(scores)
        .filter(|(_, score)| *score >= min_score)
        .collect();
    open.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (mut of_x, mut of_y) = (HashMap::new(), HashMap::new());
    let mut out = Vec::new();
    for ((x, y), score) in open {
        let links: f32 = of_x.get(&x).unwrap_or(&0.0) + of_y.get(&y).unwrap_or(&0.0);
        if score < min_score + PRICE_OF_SECOND * links {
            continue;
        }
        *of_x.entry(x).or_insert(0.0) += 1.0;
        *of_y.entry(y).or_insert(0.0) += 1.0;
        out.push(Pair {
            articles: grid.articles,
            sentences: (x, y),
            score,
        });
    }
    out.sort_by_key(|p| p.sentences);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::article_index::article_pairs;
    use crate::align::grid::grids;
    use crate::align::read;
    use crate::record::DocumentRecord;

    #[test]
    fn grids_made_in_turn_give_the_same_pairs() {
        let records = include_str!("../../tests/gold/dispatches/documents.jsonl");
        let record = |line: &str| serde_json::from_str(line).unwrap();
        let documents: Vec<DocumentRecord> = records.lines().take(5).map(record).collect();
        let (articles, vocabulary) = read(&documents);
        let pairs = article_pairs(&vocabulary, &articles, 7);
        let copies = Copies::new(&articles);
        let whole = judge(&grids(&vocabulary, &articles, &pairs), &copies, 0.35);
        let in_turn = judge_in_turn(&vocabulary, &articles, &pairs, &copies, 0.35);
        assert!(whole.pairs.len() > 5, "{:?}", whole.pairs);
        assert_eq!(whole.pairs, in_turn.pairs);
        assert_eq!(whole.best, in_turn.best);
    }
}
