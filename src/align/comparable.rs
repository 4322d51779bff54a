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

use super::copies::{Copies, Place};
use super::features::Features;
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
/// Log-odds beyond these tell nothing more.
pub(super) const CLIP: f32 = 6.0;

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

/// What surrounds a pair: the input of the second scorer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Context {
    around: [f32; Context::AROUND.len()],
    features: Features,
}

impl Context {
    /// What a pair's surroundings tell: the first scorer's log-odds; how far they
    /// are above the best rival of either sentence; the best way over a third
    /// article; the better neighbour; how well the articles agree; the mean of the
    /// articles' pairs (where everything is about one subject, all are alike);
    /// whether it is the best of both sentences.
    const AROUND: [&'static str; 8] = [
        "pair",
        "row",
        "column",
        "third",
        "neighbour",
        "story",
        "level",
        "mutual",
    ];

    /// Names in the order of the values: the surroundings, then the pair's own.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        [&Self::AROUND[..], Features::NAMES].concat()
    }

    /// As a row for the scorer.
    #[must_use]
    pub fn values(&self) -> Vec<f32> {
        let mut row = self.around.to_vec();
        row.extend(self.features.values());
        row
    }
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
        .map(|c| probability(LINK_MODEL.log_odds(&c.values())))
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

/// The surroundings of each candidate of a grid.
#[must_use]
pub fn contexts(grids: &[Grid], copies: &Copies) -> Vec<Vec<Context>> {
    let thirds = Thirds::new(grids.iter().map(Likely::of));
    grids
        .iter()
        .map(|g| grid_contexts(g, &thirds, copies))
        .collect()
}

fn grid_contexts(grid: &Grid, thirds: &Thirds, copies: &Copies) -> Vec<Context> {
    let (mut rows, mut columns) = (HashMap::new(), HashMap::new());
    for c in &grid.candidates {
        let top = TopTwo::new(-CLIP);
        rows.entry(c.sentences.0).or_insert(top).add(c.log_odds);
        columns.entry(c.sentences.1).or_insert(top).add(c.log_odds);
    }
    let mut tops: Vec<f32> = rows.values().map(|t: &TopTwo| t.first).collect();
    tops.sort_by(|a, b| b.total_cmp(a));
    tops.truncate(5);
    let story = tops.iter().map(|&t| probability(t)).sum::<f32>();
    let all = grid.candidates.iter().map(|c| c.log_odds);
    let level = all.sum::<f32>() / grid.candidates.len().max(1) as f32;
    grid.candidates
        .iter()
        .map(|c| {
            let (x, y) = c.sentences;
            let around = [(x.wrapping_sub(1), y.wrapping_sub(1)), (x + 1, y + 1)];
            let neighbour = around
                .into_iter()
                .filter_map(|(p, q)| grid.at(p, q))
                .fold(-CLIP, f32::max);
            let (row, column) = (rows[&x].lead(c.log_odds), columns[&y].lead(c.log_odds));
            Context {
                around: [
                    c.log_odds,
                    row,
                    column,
                    thirds.best(grid.articles, c.sentences, copies),
                    neighbour,
                    story,
                    level,
                    f32::from(row > 0.0 && column > 0.0),
                ],
                features: c.features,
            }
        })
        .collect()
}

/// The two best values of a row or column.
#[derive(Debug, Clone, Copy)]
pub(super) struct TopTwo {
    first: f32,
    second: f32,
}

impl TopTwo {
    /// Of values none of which is below `least`.
    pub(super) fn new(least: f32) -> Self {
        Self {
            first: least,
            second: least,
        }
    }

    pub(super) fn add(&mut self, value: f32) {
        if value > self.first {
            self.second = self.first;
            self.first = value;
        } else if value > self.second {
            self.second = value;
        }
    }

    /// How far one of its members is above the best of the others.
    pub(super) fn lead(&self, member: f32) -> f32 {
        let rival = if member >= self.first {
            self.second
        } else {
            self.first
        };
        member - rival
    }
}

/// The likelier pairs of a grid with their log-odds.
struct Likely {
    articles: (usize, usize),
    pairs: Vec<((usize, usize), f32)>,
}

impl Likely {
    /// Pairs less likely than this lead nowhere.
    const MIN: f32 = -2.0;

    fn of(grid: &Grid) -> Self {
        let likely = grid.candidates.iter().filter(|c| c.log_odds > Self::MIN);
        Self {
            articles: grid.articles,
            pairs: likely.map(|c| (c.sentences, c.log_odds)).collect(),
        }
    }
}

/// For each sentence its likelier partners anywhere, by place.
struct Thirds {
    partners: HashMap<Place, Vec<(Place, f32)>>,
}

impl Thirds {
    fn new(likely: impl Iterator<Item = Likely>) -> Self {
        let mut partners: HashMap<Place, Vec<(Place, f32)>> = HashMap::new();
        for grid in likely {
            let (a, b) = grid.articles;
            for ((x, y), log_odds) in grid.pairs {
                let (x, y) = ((a, x), (b, y));
                partners.entry(x).or_default().push((y, log_odds));
                partners.entry(y).or_default().push((x, log_odds));
            }
        }
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in partners.values_mut() {
            list.sort_by_key(|p| p.0);
        }
        Self { partners }
    }

    /// The best way from one sentence to the other over a sentence of a third
    /// article: the weaker of its two steps. A copy of either is no third witness.
    fn best(&self, (a, b): (usize, usize), (x, y): (usize, usize), copies: &Copies) -> f32 {
        let (Some(p), Some(q)) = (self.partners.get(&(a, x)), self.partners.get(&(b, y))) else {
            return -CLIP;
        };
        let (mut i, mut j, mut best) = (0, 0, -CLIP);
        while let (Some(s), Some(t)) = (p.get(i), q.get(j)) {
            match s.0.cmp(&t.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let copy = copies.same(s.0, (a, x)) || copies.same(s.0, (b, y));
                    if s.0.0 != a && s.0.0 != b && !copy {
                        best = best.max(s.1.min(t.1));
                    }
                    i += 1;
                    j += 1;
                }
            }
        }
        best
    }
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
