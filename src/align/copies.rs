//! Wire copy: sentences that several articles print in nearly the same words.
//!
//! Takes the articles and gives groups of near-duplicate sentences of one language.
//! One agency's sentence in ten papers is one witness and not ten: a link is not
//! believed more because a copy of one of its sides is linked too.
//!
//! Found by minima of hashed character 4-grams (Broder, 1997): sentences that share
//! most of their grams are likely to share one of a few minima. Each is compared
//! with a bounded number of others, so that the cost grows with the text alone.

use std::collections::HashMap;

use super::cover::dice;
use super::profile::Article;

/// A sentence by article and position.
pub type Place = (usize, usize);

/// Sentences of fewer words are alike by chance (`He declined to comment.`).
const MIN_WORDS: usize = 6;
/// The share of 4-grams from which two sentences are copies of one another; a
/// changed word in twenty leaves more.
const COPY: f32 = 0.8;
/// Minima a sentence is found by.
const MINIMA: u32 = 4;
/// How many sentences with the same minimum each one is compared with.
const COMPARED: usize = 8;

/// Groups of near-duplicate sentences.
#[derive(Debug, Default)]
pub struct Copies {
    /// Each copied sentence's group, named by its first sentence.
    group: HashMap<Place, Place>,
    size: HashMap<Place, usize>,
}

impl Copies {
    /// Finds the groups.
    #[must_use]
    pub fn new(articles: &[Article]) -> Self {
        let mut found: HashMap<(u32, u32), Vec<Place>> = HashMap::new();
        let mut copies = Self::default();
        for (at, article) in articles.iter().enumerate() {
            for (position, sentence) in article.sentences.iter().enumerate() {
                if sentence.length < MIN_WORDS {
                    continue;
                }
                let place = (at, position);
                for (seed, minimum) in minima(&sentence.grams) {
                    let list = found.entry((seed, minimum)).or_default();
                    for &(other, of) in list.iter() {
                        let candidate = &articles[other].sentences[of];
                        if other != at
                            && candidate.lang == sentence.lang
                            && !copies.same((other, of), place)
                            && dice(&candidate.grams, &sentence.grams) >= COPY
                        {
                            copies.join((other, of), place);
                        }
                    }
                    if list.len() < COMPARED {
                        list.push(place);
                    }
                }
            }
        }
        let members: Vec<Place> = {
            let mut all: Vec<Place> = copies.group.keys().copied().collect();
            all.sort_unstable();
            all
        };
        for place in members {
            let root = copies.root(place);
            copies.group.insert(place, root);
            *copies.size.entry(root).or_default() += 1;
        }
        copies
    }

    /// Whether two sentences are copies of one another.
    #[must_use]
    pub fn same(&self, a: Place, b: Place) -> bool {
        a == b || (self.group.contains_key(&a) && self.root(a) == self.root(b))
    }

    /// How many sentences the group of a sentence has; 1 for one without copies.
    #[must_use]
    pub fn count(&self, place: Place) -> usize {
        self.size.get(&self.root(place)).copied().unwrap_or(1)
    }

    fn root(&self, mut place: Place) -> Place {
        while let Some(&next) = self.group.get(&place)
            && next != place
        {
            place = next;
        }
        place
    }

    /// Joins two groups under the lower of their first sentences.
    fn join(&mut self, a: Place, b: Place) {
        let (a, b) = (self.root(a), self.root(b));
        let (first, second) = (a.min(b), a.max(b));
        self.group.insert(first, first);
        self.group.insert(second, first);
    }
}

/// The smallest hash of the grams under each of a few hash functions.
fn minima(grams: &[u16]) -> impl Iterator<Item = (u32, u32)> {
    (0..MINIMA).filter_map(move |seed| {
        Some((
            seed,
            grams.iter().map(|g| mixed(u32::from(*g), seed)).min()?,
        ))
    })
}

/// A hash of a gram (the finaliser of MurmurHash3).
fn mixed(gram: u32, seed: u32) -> u32 {
    let mut h = gram ^ seed.wrapping_mul(0x9e37_79b9);
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::profile::Profile;
    use crate::align::vocabulary::Vocabulary;
    use crate::document::Lang;

    fn articles(texts: &[&str]) -> Vec<Article> {
        let mut vocabulary = Vocabulary::default();
        texts
            .iter()
            .enumerate()
            .map(|(document, text)| Article {
                document,
                lang: Lang::EN,
                days: None,
                sentences: vec![Profile::of_text(text, None, Lang::EN, &mut vocabulary)],
                subject: Default::default(),
            })
            .collect()
    }

    #[test]
    fn a_sentence_with_one_word_changed_is_a_copy_and_a_paraphrase_is_none() {
        let copies = Copies::new(&articles(&[
            "Fire swept through the Kerbrat foundry in Quimper on Tuesday, injuring eleven firefighters, officials said.",
            "Fire swept through the Kerbrat foundry in Quimper on Tuesday, injuring 11 firefighters, officials said.",
            "Eleven firefighters were hurt when a blaze gutted a foundry in western France, the authorities reported.",
        ]));
        assert!(copies.same((0, 0), (1, 0)));
        assert_eq!((copies.count((0, 0)), copies.count((2, 0))), (2, 1));
    }

    #[test]
    fn short_sentences_are_no_copies() {
        let copies = Copies::new(&articles(&[
            "He declined to comment.",
            "He declined to comment.",
        ]));
        assert!(!copies.same((0, 0), (1, 0)));
    }
}
