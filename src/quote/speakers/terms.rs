//! Words that say what somebody is, by number.
//!
//! Roles are compared for every noun of an article with every figure: words are
//! looked up once, where they are read, and compared as numbers from then on.

use std::collections::HashMap;

use crate::rules::hash::WordHashing;

/// The words of one document, each with a number of its own.
#[derive(Debug, Default)]
pub(super) struct Terms {
    numbers: HashMap<String, u32, WordHashing>,
}

impl Terms {
    /// The number of a word, new or known.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// The number of a word that has one.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }
}

/// A set of terms: a handful, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct TermSet(Vec<u32>);

impl TermSet {
    pub(super) fn insert(&mut self, term: u32) {
        if let Err(place) = self.0.binary_search(&term) {
            self.0.insert(place, term);
        }
    }

    pub(super) fn extend(&mut self, other: &Self) {
        other.0.iter().for_each(|&term| self.insert(term));
    }

    pub(super) fn contains(&self, term: u32) -> bool {
        self.0.binary_search(&term).is_ok()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many terms both have.
    pub(super) fn shared(&self, other: &Self) -> usize {
        self.0.iter().filter(|&&term| other.contains(term)).count()
    }
}
