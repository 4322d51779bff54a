//! Lines that stand in many documents of a corpus: furniture, whatever they say.
//!
//! A first pass over the documents counts short lines ([`Counter`]); the
//! cleaner then takes those out that no rule knew ([`super::clean_within`]). The
//! same documents give the same counts in whatever order they come.
//!
//! Articles on one event share quotations, and copies of one dispatch share
//! everything, so a line is counted once for all documents that have their longest
//! line in common, a sentence needs more documents than a button, and quotations
//! never count. Where outlets are known, a line that many documents of one have is
//! enough; it need not be frequent among all.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher;

use super::layout::{final_mark, has_quotation_mark, words};
use crate::rules::hash::WordHashing;
use crate::split::split_at;

/// A line without a final mark is furniture in so many different documents.
const DOCUMENTS: usize = 5;
/// A sentence is in so many.
const DOCUMENTS_SENTENCE: usize = 10;
/// And in this share of the documents it is counted among.
const SHARE: usize = 50;
/// Longer lines are not counted.
const LONGEST_WORDS: usize = 40;
const LONGEST_BYTES: usize = 320;
/// How many lines are held at most. Beyond it, those with the higher hashes are
/// forgotten, which does not depend on the order of the documents.
const MOST_LINES: usize = 4_000_000;

/// The lines that repeat in a corpus.
#[derive(Debug, Clone, Default)]
pub struct Repeats(HashSet<u64, WordHashing>);

/// Counts the lines of documents, one after the other.
///
/// ```
/// let mut counter = diptych::clean::Counter::default();
/// for i in 0..6 {
///     counter.add("", &format!("Article {i} tells this.\n\nPoints fidélité"));
/// }
/// let repeats = counter.finish();
/// assert!(repeats.has("", "points  fidélité"));
/// assert!(!repeats.has("", "Article 1 tells this."));
/// ```
#[derive(Debug, Default)]
pub struct Counter {
    /// The lines of one document so far, and which: most lines stand in one. It is known
    /// by the hash of its longest line.
    first: HashMap<u64, u64, WordHashing>,
    /// Those of several.
    several: HashMap<u64, Line, WordHashing>,
    /// How many documents each group has.
    sizes: HashMap<u64, usize, WordHashing>,
    /// How often the bound on the lines was halved.
    halved: u32,
}

impl Counter {
    /// Counts the lines of a document of an outlet or site (empty where unknown).
    pub fn add(&mut self, outlet: &str, text: &str) {
        let signature = text
            .lines()
            .max_by_key(|l| l.len())
            .map_or(0, |l| hash(l.trim()));
        let groups = groups(outlet);
        for group in groups.clone() {
            *self.sizes.entry(group).or_default() += 1;
        }
        let mut plain = Vec::new();
        for line in text.lines().filter(|l| is_counted(l)) {
            write_plain(line, &mut plain);
            for group in groups.clone() {
                let key = key(group, &plain);
                if key <= u64::MAX >> self.halved {
                    self.add_line(key, group, signature, line);
                }
            }
        }
        while self.first.len() + self.several.len() > MOST_LINES {
            self.halved += 1;
            let most = u64::MAX >> self.halved;
            self.first.retain(|&key, _| key <= most);
            self.several.retain(|&key, _| key <= most);
        }
    }

    /// Adds a line of a group's document.
    fn add_line(&mut self, key: u64, group: u64, signature: u64, line: &str) {
        if let Some(line) = self.several.get_mut(&key) {
            line.add(signature);
            return;
        }
        let first = *self.first.entry(key).or_insert(signature);
        if first != signature {
            self.first.remove(&key);
            let line = Line {
                group,
                sentence: final_mark(line).is_some(),
                documents: BTreeSet::from([first, signature]),
            };
            self.several.insert(key, line);
        }
    }

    /// The lines that repeat.
    #[must_use]
    pub fn finish(self) -> Repeats {
        let repeats = |line: &Line| {
            let least = if line.sentence {
                DOCUMENTS_SENTENCE
            } else {
                DOCUMENTS
            };
            let group = self.sizes.get(&line.group).copied().unwrap_or(0);
            line.documents.len() >= least.max((group / SHARE).min(MOST_DOCUMENTS))
        };
        let found = self.several.iter().filter(|(_, line)| repeats(line));
        Repeats(found.map(|(&key, _)| key).collect())
    }
}

impl Repeats {
    /// Whether a line of a document of an outlet repeats.
    #[must_use]
    pub fn has(&self, outlet: &str, line: &str) -> bool {
        if self.0.is_empty() || !is_counted(line) {
            return false;
        }
        let mut plain = Vec::new();
        write_plain(line, &mut plain);
        groups(outlet).any(|group| self.0.contains(&key(group, &plain)))
    }
}

/// So many different documents are told apart for a line, not more.
const MOST_DOCUMENTS: usize = 64;

/// Among which documents a line is counted: those of the outlet, where it is known,
/// and all.
fn groups(outlet: &str) -> impl Iterator<Item = u64> + Clone {
    let own = (!outlet.is_empty()).then(|| hash(outlet));
    own.into_iter().chain([hash("")])
}

/// What is known of a line that stands in several documents.
#[derive(Debug)]
struct Line {
    group: u64,
    sentence: bool,
    /// Those with the lowest numbers.
    documents: BTreeSet<u64>,
}

impl Line {
    fn add(&mut self, signature: u64) {
        self.documents.insert(signature);
        if self.documents.len() > MOST_DOCUMENTS {
            self.documents.pop_last();
        }
    }
}

/// Whether a line may be furniture by its length, and is no quotation.
fn is_counted(line: &str) -> bool {
    line.len() <= LONGEST_BYTES
        && !has_quotation_mark(line)
        && (1..=LONGEST_WORDS).contains(&words(line, LONGEST_WORDS + 1))
}

/// Writes a line as it is compared over what `out` holds: letters without case, digits
/// all alike, single spaces.
fn write_plain(line: &str, out: &mut Vec<u8>) {
    out.clear();
    let words = split_at(line, |byte, c| match c {
        None => matches!(byte, b' ' | b'\t'..=b'\r'),
        Some(c) => c.is_whitespace(),
    });
    for word in words {
        if word.is_ascii() {
            let alike = |b: u8| if b.is_ascii_digit() { b'0' } else { b };
            out.extend(word.bytes().map(|b| alike(b).to_ascii_lowercase()));
        } else {
            for c in word.chars().flat_map(char::to_lowercase) {
                let c = if c.is_ascii_digit() { '0' } else { c };
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        out.push(b' ');
    }
}

/// The number of a plain line of a group's documents.
fn key(group: u64, plain: &[u8]) -> u64 {
    WordHashing::default().hash_one((group, plain))
}

fn hash(text: &str) -> u64 {
    WordHashing::default().hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count<'t>(documents: impl Iterator<Item = (&'t str, &'t str)>) -> Repeats {
        let mut counter = Counter::default();
        documents.for_each(|(outlet, text)| counter.add(outlet, text));
        counter.finish()
    }

    #[test]
    fn what_copies_of_a_dispatch_share_is_not_furniture() {
        let dispatch = "A bridge fell on Monday, the mayor of the town told reporters at noon.\n\nNo one was hurt";
        let copies = vec![("", dispatch); 20];
        assert!(!count(copies.into_iter()).has("", "No one was hurt"));
    }

    #[test]
    fn what_one_outlet_repeats_is_furniture_there_in_any_order() {
        let texts: Vec<(&str, String)> = (0..300)
            .map(|i| {
                let own = format!("Story {i} is longer than anything else in it.");
                let outlet = if i < 5 { "Le Fleuve" } else { "Other" };
                let furniture = if i < 5 { "Daily deals" } else { "" };
                (outlet, format!("{own}\n\n{furniture}"))
            })
            .collect();
        let documents = || texts.iter().map(|(outlet, text)| (*outlet, text.as_str()));
        let repeats = count(documents());
        assert!(repeats.has("Le Fleuve", "daily  Deals"));
        assert!(!repeats.has("Other", "Daily deals"));
        assert_eq!(repeats.0, count(documents().rev()).0);
    }
}
