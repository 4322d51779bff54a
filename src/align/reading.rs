//! A text read into terms: its content words, numbers and dates, each once, with the
//! clause they stand in and, for numbers, what they count.
//!
//! What a [`Profile`](super::profile::Profile) is made from: the sentence, its
//! translation, a quotation and the name of who speaks are each read so.

use std::collections::HashMap;

use super::concepts::{ConceptId, Concepts};
use super::language::{Calendar, Language};
use super::negation::is_negated;
use super::numbers::{Number, numbers};
use super::profile::{NumberTerm, Term};
use super::vocabulary::{EntryId, Vocabulary};
use super::words::{Word, fold, words};
use crate::document::Lang;

/// The most terms of one sentence that are compared: a line that the splitter left
/// whole must not cost the square of its length.
const MAX_TERMS: usize = 160;

/// The terms of one text with what else a look at its words tells.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) terms: Vec<Term>,
    pub(super) places: HashMap<EntryId, usize>,
    pub(super) numbers: Vec<NumberTerm>,
    pub(super) actors: Vec<ConceptId>,
    pub(super) negated: bool,
    pub(super) length: usize,
}

impl Reading {
    pub(super) fn new(text: &str, lang: Lang, vocabulary: &mut Vocabulary) -> Self {
        let language = Language::of(lang);
        let words = words(text);
        let found = numbers(text, &words, language);
        let mut reading = Self {
            negated: is_negated(text, &words, language),
            length: words.len(),
            actors: Concepts::get().actors(lang, &words),
            ..Self::default()
        };
        let mut counted = Vec::new();
        let mut next = found.iter().peekable();
        let clauses = clauses(text, &words, language);
        let clause = |at: usize| clauses.get(at).copied().unwrap_or(0);
        let mut at = 0;
        while let Some(word) = words.get(at)
            && reading.terms.len() < MAX_TERMS
        {
            if let Some(number) = next.next_if(|n| n.words.start == at) {
                let surface = surface(text, &words, number);
                let entry = vocabulary.neutral(number.key(), surface, number.information());
                let term = reading.add(entry, false, at, clause(at));
                counted.push((term, number));
                at = number.words.end;
                continue;
            }
            if let Some(entry) = content_word(text, word, language, lang, vocabulary) {
                // The first word has a capital whatever it is; only a rare one is
                // taken for a name.
                let rare = vocabulary.entry(entry).information >= 0.95;
                reading.add(entry, word.capital && (at > 0 || rare), at, clause(at));
            }
            at += 1;
        }
        reading.numbers = counted
            .into_iter()
            .map(|(term, n)| NumberTerm {
                term,
                kind: n.kind,
                value: n.value,
                near: reading.near(n),
                head: reading.head(n),
            })
            .collect();
        reading
    }

    /// Adds a term unless the text has had it; gives its position.
    fn add(&mut self, entry: EntryId, name: bool, word: usize, clause: u16) -> usize {
        let next = self.terms.len();
        let at = *self.places.entry(entry).or_insert(next);
        if at == next {
            self.terms.push(Term {
                entry,
                weight: 0.0,
                name,
                word: word.try_into().unwrap_or(u32::MAX),
                clause,
            });
        }
        at
    }

    /// The content word behind a number: `1 280 obus`, `1,8 million de soignants`.
    fn head(&self, number: &Number) -> Option<EntryId> {
        // One small word may stand between.
        let behind = number.words.end..number.words.end + 2;
        let mut terms = self.terms.iter();
        let head = terms.find(|t| behind.contains(&(t.word as usize)))?;
        (!head.name).then_some(head.entry)
    }

    /// The content words right before a number and up to three words behind it: what
    /// is counted stands behind it in both languages.
    fn near(&self, number: &Number) -> Vec<EntryId> {
        let from = number.words.start.saturating_sub(1);
        let to = number.words.end + 3;
        self.terms
            .iter()
            .filter(|t| {
                let word = t.word as usize;
                (from..to).contains(&word) && !number.words.contains(&word)
            })
            .map(|t| t.entry)
            .collect()
    }
}

/// The clause each word stands in, by position: one ends where a pause or a quotation
/// mark stands or a word opens the next.
fn clauses(text: &str, words: &[Word<'_>], language: &Language) -> Vec<u16> {
    /// The most clauses of a sentence; what comes after is one with the last.
    const MOST: u16 = 12;
    let pause = |gap: &str| {
        let mark = |c: char| {
            matches!(
                c,
                ',' | ';' | ':' | '(' | ')' | '"' | '«' | '»' | '“' | '”' | '–' | '—'
            )
        };
        gap.contains(mark)
    };
    let mut clause = 0;
    let mut since = 0;
    let mut out = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let gap = match at.checked_sub(1).and_then(|before| words.get(before)) {
            Some(before) => &text[before.range.end..word.range.start],
            None => "",
        };
        let opens = pause(gap) || language.opens_clause(&word.lower);
        if opens && since > 0 && clause + 1 < MOST {
            clause += 1;
            since = 0;
        }
        // A clause of small words alone is the beginning of the next.
        since += usize::from(!language.is_stop(&word.lower));
        out.push(clause);
    }
    out
}

/// A number as it stands in the text.
fn surface<'t>(text: &'t str, words: &[Word<'_>], number: &Number) -> &'t str {
    let first = words.get(number.words.start);
    let last = words.get(number.words.end.saturating_sub(1));
    match (first, last) {
        (Some(a), Some(b)) => &text[a.range.start..b.range.end],
        _ => "",
    }
}

/// The entry of a word, unless it is one that carries no content.
fn content_word(
    text: &str,
    word: &Word<'_>,
    language: &Language,
    lang: Lang,
    vocabulary: &mut Vocabulary,
) -> Option<EntryId> {
    let surface = &text[word.range.clone()];
    match language.calendar(&word.lower) {
        Some(Calendar::Day(d)) => Some(vocabulary.neutral(format!("day {d}"), surface, 0.35)),
        // `may` and `march` are months only with a capital in English.
        Some(Calendar::Month(m)) if word.capital || lang != Lang::EN => {
            Some(vocabulary.neutral(format!("month {m}"), surface, 0.35))
        }
        _ if language.is_stop(&word.lower) => None,
        _ if word.lower.chars().nth(1).is_none() => None,
        _ => Some(vocabulary.word(lang, &word.lower, surface)),
    }
}

/// Hashes of the character 4-grams of a text's folded letters and digits, spaces
/// as one.
pub(super) fn grams(text: &str) -> Vec<u16> {
    let folded: Vec<u8> = fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .flat_map(|w| w.bytes().chain([b' ']))
        .collect();
    // Two grams of a sentence seldom have one hash of 16 bits; memory goes with these.
    let mut out: Vec<u16> = folded
        .windows(4)
        .map(|w| {
            let gram = u32::from_le_bytes([w[0], w[1], w[2], w[3]]);
            (gram.wrapping_mul(0x9e37_79b1) >> 16) as u16
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out.shrink_to_fit();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lang: Lang, text: &str) -> Vec<(String, u16)> {
        let mut v = Vocabulary::default();
        let reading = Reading::new(text, lang, &mut v);
        let terms = reading.terms.iter();
        terms
            .map(|t| (v.entry(t.entry).surface.clone(), t.clause))
            .collect()
    }

    #[test]
    fn a_clause_ends_at_a_pause_or_where_a_word_opens_the_next() {
        let found = read(
            Lang::EN,
            "Talks collapsed on Saturday, and unions said the strike would go on.",
        );
        let clauses: Vec<u16> = found.iter().map(|t| t.1).collect();
        let saturday = found.iter().position(|t| t.0 == "Saturday").unwrap();
        assert!(clauses[..=saturday].iter().all(|c| *c == 0), "{found:?}");
        assert!(clauses[saturday + 1..].iter().all(|c| *c == 1), "{found:?}");
    }

    #[test]
    fn clauses_are_bounded() {
        let found = read(Lang::FR, &"guerre, paix, ".repeat(60));
        assert!(found.iter().all(|t| t.1 < 12));
    }
}
