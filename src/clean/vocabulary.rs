//! The words the cleaner knows: months, agencies, sections, sentence starters,
//! abbreviations. They stand in `rules/*/clean_words.tsv`, one class a line;
//! a language sees its own classes and those of `any`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::Lang;
use crate::rules::hash::WordMap;
use crate::rules::table::Table;
use crate::rules::word_table::WordTable;

/// The classes of one language.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// In the order of the table, as written.
    lists: HashMap<&'static str, Vec<&'static str>>,
    /// The number of each class.
    classes: WordMap<u32>,
    /// The classes of each word, a bit each: hardly any word of a text has one, so
    /// that the class need not be looked up.
    exact: WordMap<u128>,
    in_any_case: WordTable<u128>,
    sieve: Sieve,
}

/// The vocabulary of a language; of an unknown one, what needs no language.
pub(super) fn vocabulary(lang: Lang) -> &'static Vocabulary {
    static ANY: &str = include_str!("../rules/any/clean_words.tsv");
    static FR: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::read(&[include_str!("../rules/fr/clean_words.tsv"), ANY]));
    static EN: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::read(&[include_str!("../rules/en/clean_words.tsv"), ANY]));
    static OTHER: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read(&[ANY]));
    match lang {
        Lang::FR => &FR,
        Lang::EN => &EN,
        _ => &OTHER,
    }
}

impl Vocabulary {
    fn read(tables: &[&'static str]) -> Self {
        let mut out = Self::default();
        for text in tables {
            for row in Table::parse("clean_words", text).rows() {
                let class = row.get("class");
                let next = out.classes.len() as u32;
                assert!(next < u128::BITS, "more classes than a set can hold");
                let bit = 1 << *out.classes.entry(class).or_insert(next);
                for word in row.get("words").split('|') {
                    out.lists.entry(class).or_default().push(word);
                    *out.exact.entry(word).or_default() |= bit;
                    *out.in_any_case.entry(word, u128::default) |= bit;
                    out.sieve.add(word);
                }
            }
        }
        out
    }

    /// Whether a class holds a word, case and apostrophes aside.
    pub(super) fn has(&self, class: &str, word: &str) -> bool {
        self.is_among(class, self.classes(word))
    }

    /// The classes that hold a word, case and apostrophes aside.
    pub(super) fn classes(&self, word: &str) -> Classes {
        if !self.sieve.may_have(word) {
            return Classes::default();
        }
        let found = self.in_any_case.get(word);
        Classes(found.copied().unwrap_or_default())
    }

    /// Classes by their names.
    pub(super) fn named(&self, names: &[&str]) -> Classes {
        let bit = |name: &&str| self.classes.get(*name).map_or(0, |number| 1 << number);
        Classes(names.iter().map(bit).fold(0, |all, bit| all | bit))
    }

    /// Whether a class holds a word as it is written.
    pub(super) fn has_exact(&self, class: &str, word: &str) -> bool {
        self.sieve.may_have(word)
            && self
                .exact
                .get(word)
                .is_some_and(|&classes| self.is_among(class, Classes(classes)))
    }

    /// Whether a class is among some: mostly there are none.
    pub(super) fn is_among(&self, class: &str, classes: Classes) -> bool {
        classes != Classes::default() && classes.meet(self.named(&[class]))
    }

    /// A class as a pattern; one that matches nothing where the class is empty.
    pub(super) fn pattern(&self, class: &str) -> String {
        let mut words = self.lists.get(class).cloned().unwrap_or_default();
        if words.is_empty() {
            return r"[^\s\S]".into();
        }
        // Longest first, so that `AFP Photo` is not read as `AFP`.
        words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        let escaped: Vec<_> = words.iter().map(|w| regex::escape(w)).collect();
        escaped.join("|")
    }
}

/// Tells most words that no class has by a few of their letters: a bit for all words
/// with the same, whatever their case. Words with letters beyond Latin-1 pass.
#[derive(Debug)]
struct Sieve(Box<[u64; 1 << (Sieve::BITS - 6)]>);

impl Default for Sieve {
    fn default() -> Self {
        Self(Box::new([0; 1 << (Self::BITS - 6)]))
    }
}

impl Sieve {
    /// With three thousand words, one in ten others passes.
    const BITS: u32 = 15;

    /// The place of a word: its length, its first two bytes, its last. Of letters up to
    /// Latin-1 the cases differ in one bit of their last byte.
    fn place(word: &[u8]) -> usize {
        let letter = |at: usize| u32::from(word.get(at).map_or(0, |b| b | 0x20));
        let all = letter(0)
            | letter(1) << 8
            | letter(word.len().wrapping_sub(1)) << 16
            | (word.len() as u32) << 24;
        (all.wrapping_mul(0x9e37_79b1) >> (u32::BITS - Self::BITS)) as usize
    }

    fn add(&mut self, word: &str) {
        let place = Self::place(word.as_bytes());
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn may_have(&self, word: &str) -> bool {
        let place = Self::place(word.as_bytes());
        self.0[place / 64] & (1 << (place % 64)) != 0 || word.bytes().any(|b| b > 0xc3)
    }
}

/// Classes of words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Classes(u128);

impl Classes {
    /// Whether some are of both.
    pub(super) fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Those of either.
    pub(super) fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_share_what_needs_none() {
        assert!(vocabulary(Lang::FR).has("wire", "afp"));
        assert!(vocabulary(Lang::UNKNOWN).has("wire", "AFP"));
        assert!(vocabulary(Lang::FR).has("month", "Décembre"));
        assert!(!vocabulary(Lang::EN).has("month", "décembre"));
        assert!(vocabulary(Lang::FR).has_exact("starter", "Le"));
        assert!(!vocabulary(Lang::FR).has_exact("starter", "le"));
    }

    #[test]
    fn each_word_is_found_in_either_case() {
        let words = vocabulary(Lang::FR);
        let table = Table::parse("clean_words", include_str!("../rules/fr/clean_words.tsv"));
        for row in table.rows() {
            let class = row.get("class");
            for word in row.get("words").split('|') {
                assert!(words.has_exact(class, word), "{word}");
                assert!(words.has(class, word), "{word}");
                assert!(words.has(class, &word.to_uppercase()), "{word}");
            }
        }
        assert!(!words.has("month", ""));
    }
}
