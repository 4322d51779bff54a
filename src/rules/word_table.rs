//! What is known of words, whatever their case and their apostrophes.
//!
//! Nearly all words of a text are short: such a one is a number, hashed and compared at
//! once, that lies in the table itself ([`ShortWord`]). The others are looked up by
//! their letters.

use std::collections::HashMap;
use std::ops::Range;

use super::hash::WordHashing;
use super::short_word::ShortWord;

/// A map from words in lower case, their apostrophes straight.
#[derive(Debug)]
pub(crate) struct WordTable<V> {
    short: HashMap<ShortWord, V, WordHashing>,
    long: HashMap<String, V, WordHashing>,
    /// The longest of these in bytes.
    longest: usize,
}

impl<V> Default for WordTable<V> {
    fn default() -> Self {
        Self {
            short: HashMap::default(),
            long: HashMap::default(),
            longest: 0,
        }
    }
}

impl<V> WordTable<V> {
    /// With room for so many words.
    pub(crate) fn with_capacity(words: usize) -> Self {
        let mut table = Self::default();
        table.short.reserve(words);
        table
    }

    /// What is known of a word, put there where nothing is.
    pub(crate) fn entry(&mut self, word: &str, new: impl FnOnce() -> V) -> &mut V {
        match ShortWord::lower(word) {
            Some(short) => self.short.entry(short).or_insert_with(new),
            None => {
                let lower = lower(word);
                self.longest = self.longest.max(lower.len());
                self.long.entry(lower).or_insert_with(new)
            }
        }
    }

    /// What is known of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        self.get_in(word, &(0..word.len()))
    }

    /// What is known of a word that stands in a text, which is quicker where more of the
    /// text follows.
    pub(crate) fn get_in(&self, text: &str, range: &Range<usize>) -> Option<&V> {
        /// A character in lower case has a third of its bytes at least.
        const SHRINKS: usize = 3;
        match ShortWord::lower_in(text, range) {
            Some(short) => self.short.get(&short),
            None if range.len() > SHRINKS * self.longest => None,
            None => self.long.get(&lower(&text[range.clone()])),
        }
    }

    /// All that is known, in no order.
    pub(crate) fn for_each_mut(&mut self, see: impl FnMut(&mut V)) {
        let all = self.short.values_mut().chain(self.long.values_mut());
        all.for_each(see);
    }
}

fn lower(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.contains('’') {
        lower.replace('’', "'")
    } else {
        lower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_are_found_in_either_case() {
        let words = ["l'été", "Arts et spectacles vivants", "déjà-vu"];
        let mut table = WordTable::default();
        for (i, word) in words.iter().enumerate() {
            table.entry(word, || i);
        }
        for (i, word) in words.iter().enumerate() {
            assert_eq!(table.get(word), Some(&i), "{word}");
            assert_eq!(table.get(&word.to_lowercase()), Some(&i), "{word}");
            assert_eq!(table.get(&word.to_uppercase()), Some(&i), "{word}");
        }
        assert_eq!(table.get("L’ÉTÉ"), Some(&0));
        assert_eq!(table.get_in("de l’été.", &(3..12)), Some(&0));
        assert_eq!(table.get("été"), None);
    }
}
