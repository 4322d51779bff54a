//! Stories: articles that are compared with one another, directly or by way of
//! others.
//!
//! What is linked in one story depends on nothing outside it (a third article that
//! speaks for a link is compared with both sides). So a collection is aligned story by
//! story: only the articles of some stories are in memory at a time, and what is found
//! in them is given away when they are done. A story is the articles of an event in a
//! usual collection; where all articles are on one subject it may be all of them.

use std::borrow::Cow;

use rayon::prelude::*;

use super::comparable;
use super::copies::Copies;
use super::profile::{Article, States};
use super::records::Records;
use super::unmatched::{self, unmatched};
use super::vocabulary::Vocabulary;
use super::{Alignment, grid, links};
use crate::config::AlignConfig;
use crate::error::Result;
use crate::record::{DocumentRecord, LinkRecord};

/// How many records are read side by side.
const BLOCK: usize = 256;
/// Stories are taken together until they have so many articles: enough for many cores
/// at a time; with their pairs they take some tens of megabytes.
const TOGETHER: usize = 512;

/// Of a story with more pairs of articles not all grids are in memory at a time; they
/// take some 20 KB each.
const MOST_GRIDS: usize = 10_000;

/// The articles of a story, by number in order, with the pairs of them to compare, by
/// place in it.
pub(super) struct Story {
    articles: Vec<usize>,
    pairs: Vec<(usize, usize)>,
}

/// What is known of the whole collection.
pub(super) struct Known<'c> {
    pub(super) states: States,
    pub(super) vocabulary: Vocabulary,
    pub(super) config: &'c AlignConfig,
}

/// The stories of a number of articles, of which these pairs are to be compared, by
/// their first article.
pub(super) fn stories(articles: usize, pairs: Vec<(usize, usize)>) -> Vec<Story> {
    let mut parents: Vec<usize> = (0..articles).collect();
    for &(a, b) in &pairs {
        let (a, b) = (root(&mut parents, a), root(&mut parents, b));
        // The first article of a story is its root.
        parents[a.max(b)] = a.min(b);
    }
    let mut stories: Vec<Story> = Vec::new();
    // Of each article its story and its place there.
    let mut places: Vec<(usize, usize)> = Vec::with_capacity(articles);
    for article in 0..articles {
        let first = root(&mut parents, article);
        let story = if first == article {
            stories.push(Story {
                articles: Vec::new(),
                pairs: Vec::new(),
            });
            stories.len() - 1
        } else {
            places[first].0
        };
        places.push((story, stories[story].articles.len()));
        stories[story].articles.push(article);
    }
    for (a, b) in pairs {
        let story = &mut stories[places[a].0];
        story.pairs.push((places[a].1, places[b].1));
    }
    stories
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// Shows records in an order; some are read side by side.
pub(super) fn in_blocks(
    records: &impl Records,
    order: &[usize],
    see: &mut dyn FnMut(&DocumentRecord),
) -> Result<()> {
    for block in order.chunks(BLOCK) {
        let read = block.par_iter().map(|&at| records.read(at));
        for record in read.collect::<Result<Vec<_>>>()? {
            see(&record);
        }
    }
    Ok(())
}

/// Aligns stories, some side by side, and gives what is found in each to `sink`, in
/// their order. `order` holds the record of each article.
pub(super) fn align(
    records: &impl Records,
    order: &[usize],
    stories: Vec<Story>,
    mut known: Known,
    sink: &mut dyn FnMut(Alignment) -> Result<()>,
) -> Result<()> {
    let mut waiting = stories.into_iter().peekable();
    while waiting.peek().is_some() {
        let (mut together, mut articles) = (Vec::new(), 0);
        while articles < TOGETHER
            && let Some(story) = waiting.next()
        {
            articles += story.articles.len();
            together.push(story);
        }
        let read: Vec<Vec<Cow<DocumentRecord>>> = together
            .par_iter()
            .map(|story| {
                let articles = story.articles.par_iter();
                articles.map(|&at| records.read(order[at])).collect()
            })
            .collect::<Result<_>>()?;
        // Words are numbered by the first reading; the second brings no new ones.
        let of = |records: &Vec<Cow<DocumentRecord>>| -> Vec<Article> {
            let records = records.iter().enumerate();
            records
                .map(|(at, r)| Article::new(r, at, &known.states, &mut known.vocabulary))
                .collect()
        };
        let articles: Vec<Vec<Article>> = read.iter().map(of).collect();
        let found: Vec<Alignment> = together
            .par_iter()
            .zip(&articles)
            .zip(&read)
            .map(|((story, articles), records)| one(articles, records, &story.pairs, &known))
            .collect();
        found.into_iter().try_for_each(&mut *sink)?;
    }
    Ok(())
}

/// Aligns a story.
fn one(
    articles: &[Article],
    documents: &[Cow<DocumentRecord>],
    pairs: &[(usize, usize)],
    known: &Known,
) -> Alignment {
    let (vocabulary, min_score) = (&known.vocabulary, known.config.min_score);
    let copies = Copies::new(articles);
    let judged = if pairs.len() <= MOST_GRIDS {
        let grids = grid::grids(vocabulary, articles, pairs);
        comparable::judge(&grids, &copies, min_score)
    } else {
        comparable::judge_in_turn(vocabulary, articles, pairs, &copies, min_score)
    };
    let links: Vec<LinkRecord> = judged
        .pairs
        .par_chunk_by(|p, q| p.articles == q.articles)
        .flat_map_iter(links::join)
        .map(|link| links::record(&link, articles, documents, vocabulary, &copies))
        .collect();
    let sources = unmatched::Sources {
        articles,
        documents,
        vocabulary,
        min_score,
    };
    let unmatched = unmatched(&sources, pairs, &judged, &links);
    let mut found = Alignment { links, unmatched };
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_that_are_compared_by_way_of_others_are_one_story() {
        let found = stories(6, vec![(0, 3), (1, 4), (3, 5)]);
        let of = |s: &Story| (s.articles.clone(), s.pairs.clone());
        assert_eq!(
            found.iter().map(of).collect::<Vec<_>>(),
            [
                (vec![0, 3, 5], vec![(0, 1), (1, 2)]),
                (vec![1, 4], vec![(0, 1)]),
                (vec![2], vec![]),
            ]
        );
    }
}
