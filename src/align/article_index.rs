//! Which articles are worth comparing.
//!
//! Takes the articles of a collection one by one and gives the pairs of them that may
//! report the same. They are found through an index from words (French ones under
//! their translations, names under their sound) to articles in the order of their
//! days. The rarest words are followed first, up to a bound, so that the cost grows
//! with the text and not with its square. Of an article only its words are kept, each
//! a number and a weight.

use std::collections::HashMap;

use rayon::prelude::*;

use super::candidates::weights;
use super::days::apart;
use super::profile::Article;
use super::vocabulary::{IndexKey, Vocabulary};
use crate::rules::hash::WordHashing;

/// Articles that share less are not compared: two rare words, or some common ones.
const MIN_SCORE: f32 = 1.5;
/// Nor are articles that share a smaller part of what they could. On the gold sets
/// (`tests/gold`) the least of 124 linked pairs shares 0.084, the median of unrelated
/// ones 0.04.
const MIN_LIKENESS: f32 = 0.08;
/// The most partners of one article.
const MAX_PARTNERS: usize = 64;
/// The most postings that are followed for one article, the rarest words' first: the
/// cost of a collection grows with the number of its articles alone.
const MAX_FOLLOWED: usize = 20_000;
/// A date that covers more days than this (a year) says little of when an article is
/// of: it is looked for as if it had none.
const MAX_DAYS: i64 = 31;

/// First and last day an article may be of.
type Days = Option<(i64, i64)>;

/// The articles of a collection by their words.
#[derive(Default)]
pub struct ArticleIndex {
    /// The number of each word.
    ids: HashMap<IndexKey, u32, WordHashing>,
    /// In how many articles each stands.
    counts: Vec<u32>,
    /// The words of each article with their weights.
    words: Vec<Box<[(u32, f32)]>>,
    days: Vec<Days>,
}

impl ArticleIndex {
    /// Adds the next article.
    pub fn add(&mut self, vocabulary: &Vocabulary, article: &Article) {
        let words = weights(vocabulary, article.sentences.iter(), false);
        let words = words.into_iter().map(|(key, weight)| {
            let next = self.counts.len() as u32;
            let id = *self.ids.entry(key).or_insert(next);
            if id == next {
                self.counts.push(0);
            }
            self.counts[id as usize] += 1;
            (id, weight)
        });
        self.words.push(words.collect());
        self.days.push(article.days);
    }

    /// Pairs of articles that may report the same, by number, each once with the lower
    /// first, in order. `window` is in days.
    #[must_use]
    pub fn pairs(self, window: u32) -> Vec<(usize, usize)> {
        let postings = Postings::new(&self, window);
        let mut pairs: Vec<(usize, usize)> = (0..self.words.len())
            .into_par_iter()
            .map_init(
                || vec![0.0f32; self.words.len()],
                |scores, at| {
                    let partners = postings.partners(at, scores).into_iter();
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

    /// How much a word tells that stands in so many of all articles, 0 to 1. The
    /// offset keeps small collections on one subject from losing its words.
    fn rarity(&self, word: u32) -> f32 {
        let share = self.counts[word as usize] as f32 / (self.words.len() as f32 + 200.0);
        (-share.ln() / 50f32.ln()).clamp(0.0, 1.0)
    }
}

/// Pairs of articles worth comparing, each once with the lower position first, in
/// order; `window` is in days.
#[must_use]
pub fn article_pairs(
    vocabulary: &Vocabulary,
    articles: &[Article],
    window: u32,
) -> Vec<(usize, usize)> {
    let mut index = ArticleIndex::default();
    articles.iter().for_each(|a| index.add(vocabulary, a));
    index.pairs(window)
}

/// Where each word stands among the articles in the order of their days, those
/// without a date (or with a vague one) last.
struct Postings<'i> {
    index: &'i ArticleIndex,
    /// Numbers of articles by rank.
    order: Vec<usize>,
    /// How many of them have a date.
    dated: usize,
    /// Ranks by word, rising, and where the list of each word ends.
    ranks: Vec<u32>,
    ends: Vec<usize>,
    /// What each article could share at most: with itself.
    norms: Vec<f32>,
    window: i64,
}

impl<'i> Postings<'i> {
    fn new(index: &'i ArticleIndex, window: u32) -> Self {
        let precise = |at: usize| index.days[at].filter(|d| d.1 - d.0 <= MAX_DAYS);
        let mut order: Vec<usize> = (0..index.words.len()).collect();
        order.sort_by_key(|&at| (precise(at).is_none(), precise(at), at));
        let mut ends: Vec<usize> = Vec::with_capacity(index.counts.len() + 1);
        ends.push(0);
        let mut all = 0;
        for &count in &index.counts {
            // `ends` is where each list begins until it is filled.
            ends.push(all);
            all += count as usize;
        }
        let mut ranks = vec![0u32; all];
        for (rank, &at) in order.iter().enumerate() {
            for &(word, _) in &index.words[at] {
                let end = &mut ends[word as usize + 1];
                ranks[*end] = rank as u32;
                *end += 1;
            }
        }
        let weight = |&(word, weight): &(u32, f32)| weight * index.rarity(word);
        let words = index.words.par_iter();
        Self {
            norms: words.map(|of| of.iter().map(weight).sum()).collect(),
            dated: order.partition_point(|&at| precise(at).is_some()),
            index,
            order,
            ranks,
            ends,
            window: i64::from(window),
        }
    }

    /// The ranks of dated articles that may be within the window of one article.
    fn near(&self, days: Days) -> (u32, u32) {
        let Some((first, last)) = days else {
            return (0, self.dated as u32);
        };
        let begins = |at: &usize| self.index.days[*at].map_or(i64::MAX, |d| d.0);
        let dated = &self.order[..self.dated];
        let from = dated.partition_point(|at| begins(at) < first - self.window - MAX_DAYS);
        let to = dated.partition_point(|at| begins(at) <= last + self.window);
        (from as u32, to as u32)
    }

    /// The ranks of articles with a word, those within two ranks and those without
    /// a date.
    fn of(&self, word: u32, (from, to): (u32, u32)) -> [&[u32]; 2] {
        let found = &self.ranks[self.ends[word as usize]..self.ends[word as usize + 1]];
        let at = |rank: u32| found.partition_point(|r| *r < rank);
        let (dated, undated) = found.split_at(at(self.dated as u32));
        let to = at(to).min(dated.len());
        [&dated[at(from).min(to)..to], undated]
    }

    /// The better partners of one article, the best first.
    fn partners(&self, at: usize, scores: &mut [f32]) -> Vec<usize> {
        let norm = self.norms[at];
        let days = self.index.days[at];
        let near = self.near(days);
        let words = self.index.words[at].iter();
        // A word of this article alone leads nowhere.
        let mut lists: Vec<([&[u32]; 2], f32)> = words
            .filter(|w| self.index.counts[w.0 as usize] > 1)
            .map(|&(word, weight)| (self.of(word, near), weight * self.index.rarity(word)))
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
                let score = &mut scores[rank as usize];
                if *score == 0.0 {
                    seen.push(rank);
                }
                *score += weight;
            }
        }
        let mut best: Vec<(usize, f32)> = seen
            .into_iter()
            .map(|rank| {
                let score = std::mem::take(&mut scores[rank as usize]);
                (self.order[rank as usize], score)
            })
            .filter(|(other, score)| {
                *score >= MIN_SCORE
                    && *score >= MIN_LIKENESS * (norm * self.norms[*other]).sqrt()
                    && *other != at
                    && in_window(days, self.index.days[*other], self.window)
            })
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.into_iter().take(MAX_PARTNERS).map(|p| p.0).collect()
    }
}

/// Whether two articles may be of days no further apart; without a date they may.
fn in_window(a: Days, b: Days, window: i64) -> bool {
    apart(a, b).is_none_or(|days| days <= window)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::days::days;
    use crate::align::profile::Profile;
    use crate::document::Lang;

    fn pairs(articles: &[(&str, &str)], window: u32) -> Vec<(usize, usize)> {
        let mut vocabulary = Vocabulary::default();
        let mut index = ArticleIndex::default();
        for (document, (date, text)) in articles.iter().enumerate() {
            let mut profile = Profile::of_text(text, None, Lang::EN, &mut vocabulary);
            for term in &mut profile.own {
                term.weight = vocabulary.entry(term.entry).information;
            }
            let article = Article {
                document,
                lang: Lang::EN,
                days: days(date),
                sentences: vec![profile],
                subject: Default::default(),
            };
            index.add(&vocabulary, &article);
        }
        index.pairs(window)
    }

    #[test]
    fn articles_on_one_subject_meet_within_the_window_and_without_a_date() {
        let fire = "The foundry at Quimper burnt; prefect Tregoat blamed lightning.";
        let found = pairs(
            &[
                ("2021-03-09", fire),
                ("2021-03-12", fire),
                ("2021-06-01", fire),
                ("", fire),
                ("2021", fire),
                (
                    "2021-03-09",
                    "Otters return to Norfolk after a harvest of eels.",
                ),
            ],
            7,
        );
        // The third is months away from the first two, the fourth has no date, the fifth
        // only a year.
        let expected = [
            (0, 1),
            (0, 3),
            (0, 4),
            (1, 3),
            (1, 4),
            (2, 3),
            (2, 4),
            (3, 4),
        ];
        assert_eq!(found, expected);
    }
}
