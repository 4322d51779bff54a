//! Words that say what somebody is, by number.
//!
//! Roles are compared for every noun of an article with every figure: words are
//! looked up once, where they are read, and compared as numbers from then on.

use std::borrow::Cow;
use std::collections::HashMap;

use smallvec::SmallVec;

use crate::rules::hash::WordHashing;

/// The words of one document, each with a number of its own.
#[derive(Debug)]
pub(super) struct Terms<'d> {
    numbers: HashMap<Cow<'d, str>, u32, WordHashing>,
}

impl<'d> Terms<'d> {
    /// With room for those of so many mentions.
    pub(super) fn of(mentions: usize) -> Self {
        Self {
            numbers: HashMap::with_capacity_and_hasher(mentions / 2, WordHashing::default()),
        }
    }

    /// The number of a word, new or known.
    pub(super) fn number(&mut self, word: Cow<'d, str>) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(word).or_insert(next)
    }

    /// The number of a word that has one.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }
}

/// A set of terms, in order: nearly all roles have a handful of words at most, and so
/// few need no memory of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct TermSet(SmallVec<[u32; 6]>);

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
        self.0.contains(&term)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_any_size_are_in_order() {
        let mut set = TermSet::default();
        for term in [9, 3, 7, 3, 1, 8, 2, 5, 4, 9, 6] {
            set.insert(term);
            assert!(set.contains(term) && set.0.is_sorted());
        }
        assert_eq!(
            (set.len(), &set.0[..]),
            (9, &[1, 2, 3, 4, 5, 6, 7, 8, 9][..])
        );
        assert_eq!(set.shared(&set.clone()), 9);
    }
}
