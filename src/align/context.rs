//! What surrounds a pair of sentences: the input of the second scorer.
//!
//! Takes the grids with the first scorer's log-odds and gives for each candidate how it
//! stands beside its rivals (another sentence of the same article that fits better), its
//! neighbours (what stands around one fact in one paper stands around it in the next),
//! and third articles that link both sentences or one of them.

use std::collections::HashMap;

use super::copies::{Copies, Place};
use super::features::Features;
use super::grid::{Candidate, Grid};
use super::score::probability;

/// Log-odds beyond these tell nothing more.
pub(super) const CLIP: f32 = 6.0;

/// What surrounds a pair, and the pair's own features.
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
    /// whether it is the best of both sentences; its part of what all pairs of either
    /// sentence have, and of having none; all ways over third articles together; the
    /// best that either sentence has in other articles, the lesser and the better; the
    /// best pair with one of the sentences and a neighbour of the other; what the pairs
    /// of near sentences have together; how many pairs of either are better.
    const AROUND: [&'static str; 15] = [
        "pair",
        "row",
        "column",
        "third",
        "neighbour",
        "story",
        "level",
        "mutual",
        "share",
        "thirds",
        "elsewhere",
        "elsewhere_max",
        "beside",
        "window",
        "rank",
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

/// The surroundings of each candidate of each grid.
#[must_use]
pub fn contexts(grids: &[Grid], copies: &Copies) -> Vec<Vec<Context>> {
    let thirds = Thirds::new(grids.iter().map(Likely::of));
    grids
        .iter()
        .map(|g| grid_contexts(g, &thirds, copies))
        .collect()
}

/// The surroundings of each candidate of a grid.
pub(super) fn grid_contexts(grid: &Grid, thirds: &Thirds, copies: &Copies) -> Vec<Context> {
    let (a, b) = grid.articles;
    let (mut rows, mut columns) = (HashMap::new(), HashMap::new());
    for c in &grid.candidates {
        let (x, y) = c.sentences;
        let row = rows.entry(x);
        row.or_insert_with(|| Line::new(thirds.elsewhere((a, x), b)))
            .add(c.log_odds);
        let column = columns.entry(y);
        column
            .or_insert_with(|| Line::new(thirds.elsewhere((b, y), a)))
            .add(c.log_odds);
    }
    let mut tops: Vec<f32> = rows.values().map(|l: &Line| l.top.first).collect();
    tops.sort_by(|a, b| b.total_cmp(a));
    tops.truncate(5);
    let story = tops.iter().map(|&t| probability(t)).sum::<f32>();
    let all = grid.candidates.iter().map(|c| c.log_odds);
    let level = all.sum::<f32>() / grid.candidates.len().max(1) as f32;
    let context = |c: &Candidate| {
        let (x, y) = c.sentences;
        let (in_row, in_column) = (&rows[&x], &columns[&y]);
        let (row, column) = (in_row.top.lead(c.log_odds), in_column.top.lead(c.log_odds));
        let (third, ways) = thirds.ways(grid.articles, c.sentences, copies);
        let near = Near::of(grid, c.sentences);
        Context {
            around: [
                c.log_odds,
                row,
                column,
                third,
                near.neighbour,
                story,
                level,
                f32::from(row > 0.0 && column > 0.0),
                in_row.share(c.log_odds).min(in_column.share(c.log_odds)),
                ways,
                in_row.elsewhere.min(in_column.elsewhere),
                in_row.elsewhere.max(in_column.elsewhere),
                near.beside,
                near.window,
                in_row.better(c.log_odds) + in_column.better(c.log_odds),
            ],
            features: c.features,
        }
    };
    grid.candidates.iter().map(context).collect()
}

/// All pairs of one sentence in a grid.
struct Line {
    top: TopTwo,
    all: Vec<f32>,
    /// The odds of all pairs together.
    odds: f32,
    /// The best that the sentence has in other articles.
    elsewhere: f32,
}

impl Line {
    fn new(elsewhere: f32) -> Self {
        Self {
            top: TopTwo::new(-CLIP),
            all: Vec::new(),
            odds: 0.0,
            elsewhere,
        }
    }

    fn add(&mut self, log_odds: f32) {
        self.top.add(log_odds);
        self.all.push(log_odds);
        self.odds += log_odds.exp();
    }

    /// A pair's part of the odds of all pairs and of none.
    fn share(&self, log_odds: f32) -> f32 {
        log_odds.exp() / (1.0 + self.odds)
    }

    /// How many pairs are better than one.
    fn better(&self, log_odds: f32) -> f32 {
        self.all.iter().filter(|z| **z > log_odds).count() as f32
    }
}

/// The pairs of sentences near both of a pair.
struct Near {
    /// The better of the two diagonal neighbours.
    neighbour: f32,
    /// The best of one of the two and a neighbour of the other.
    beside: f32,
    /// The probabilities of all up to two sentences off, in sum.
    window: f32,
}

impl Near {
    fn of(grid: &Grid, (x, y): (usize, usize)) -> Self {
        let mut near = Self {
            neighbour: -CLIP,
            beside: -CLIP,
            window: 0.0,
        };
        for p in x.saturating_sub(2)..=x + 2 {
            for (q, log_odds) in grid.of_row(p, y.saturating_sub(2)..=y + 2) {
                match (p.abs_diff(x), q.abs_diff(y)) {
                    (0, 1) | (1, 0) => near.beside = near.beside.max(log_odds),
                    (0, _) | (_, 0) => {}
                    (dx, dy) => {
                        if dx == 1 && dy == 1 && (p > x) == (q > y) {
                            near.neighbour = near.neighbour.max(log_odds);
                        }
                        near.window += probability(log_odds);
                    }
                }
            }
        }
        near
    }
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
pub(super) struct Likely {
    articles: (usize, usize),
    pairs: Vec<((usize, usize), f32)>,
}

impl Likely {
    /// Pairs less likely than this lead nowhere.
    const MIN: f32 = -2.0;

    pub(super) fn of(grid: &Grid) -> Self {
        let likely = grid.candidates.iter().filter(|c| c.log_odds > Self::MIN);
        Self {
            articles: grid.articles,
            pairs: likely.map(|c| (c.sentences, c.log_odds)).collect(),
        }
    }
}

/// For each sentence its likelier partners anywhere, by place.
pub(super) struct Thirds {
    partners: HashMap<Place, Vec<(Place, f32)>>,
}

impl Thirds {
    pub(super) fn new(likely: impl Iterator<Item = Likely>) -> Self {
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

    /// The best partner of a sentence that is in none of two articles: its own and `not`.
    fn elsewhere(&self, place: Place, not: usize) -> f32 {
        let partners = self.partners.get(&place).into_iter().flatten();
        let other = partners.filter(|(p, _)| p.0 != not).map(|p| p.1);
        other.fold(-CLIP, f32::max)
    }

    /// The ways from one sentence to the other over a sentence of a third article: of the
    /// best one the weaker of its two steps, and how likely they are in sum. A copy of
    /// either is no third witness.
    fn ways(&self, (a, b): (usize, usize), (x, y): (usize, usize), copies: &Copies) -> (f32, f32) {
        let (mut i, mut j, mut best, mut sum) = (0, 0, -CLIP, 0.0);
        let (Some(p), Some(q)) = (self.partners.get(&(a, x)), self.partners.get(&(b, y))) else {
            return (best, sum);
        };
        while let (Some(s), Some(t)) = (p.get(i), q.get(j)) {
            match s.0.cmp(&t.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let copy = copies.same(s.0, (a, x)) || copies.same(s.0, (b, y));
                    if s.0.0 != a && s.0.0 != b && !copy {
                        best = best.max(s.1.min(t.1));
                        sum += probability(s.1) * probability(t.1);
                    }
                    i += 1;
                    j += 1;
                }
            }
        }
        (best, sum)
    }
}
