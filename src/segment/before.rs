//! What stands before a full stop: an abbreviation, an initial, a number, a word.

use std::ops::Range;

use super::Splitter;
use super::lexicon::Class;

/// The longest stretch before a full stop that is looked at as one word.
const MAX_TOKEN_BYTES: usize = 40;

/// Where addresses of the net end.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "fr", "uk", "eu", "ca", "ch", "be", "gov", "edu", "html", "htm", "pdf",
    "php",
];

/// What stands before a full stop.
pub(super) enum Before {
    Abbreviation(Class),
    /// One capital: part of a name.
    Initial,
    Number,
    Word {
        letters: usize,
    },
    Nothing,
}

impl Splitter<'_> {
    /// What stands before a full stop.
    pub(super) fn before(&self, run: &Range<usize>) -> Before {
        let from = floor_boundary(
            self.text,
            run.start
                .saturating_sub(MAX_TOKEN_BYTES)
                .max(self.sentence_start),
        );
        let head = &self.text[from..run.start];
        let token = match head.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))) {
            Some(i) => head[i..]
                .trim_start_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))),
            None => head,
        };
        let token = token.trim_start_matches(['.', '-']);
        if token.is_empty() {
            return Before::Nothing;
        }
        if let Some(class) = self.lexicon.abbreviation(token) {
            return Before::Abbreviation(class);
        }
        if token.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return Before::Number;
        }
        let parts: Vec<&str> = token.split(['.', '-']).filter(|p| !p.is_empty()).collect();
        let last_letters = parts.last().map_or(0, |p| p.chars().count());
        let is_upper = |p: &str| p.chars().all(char::is_uppercase);
        if last_letters == 1 && parts.iter().all(|p| p.chars().count() == 1) && token.contains('.')
        {
            // `U.S`, `a.m`: letters apart by stops.
            return if token.contains('-') {
                Before::Initial
            } else {
                Before::Abbreviation(Class::Word)
            };
        }
        if last_letters == 1 && parts.last().is_some_and(|p| is_upper(p)) {
            // `25 °C`, `30 F`: a unit.
            let before = head[..head.len() - token.len()].trim_end();
            let is_unit =
                parts.len() == 1 && before.ends_with(|c: char| c == '°' || c.is_ascii_digit());
            return if is_unit {
                Before::Word { letters: 1 }
            } else {
                Before::Initial
            };
        }
        if token.contains('.')
            && let Some(last) = parts.last()
            && let Some(class) = self.lexicon.abbreviation(last)
        {
            return Before::Abbreviation(class);
        }
        Before::Word {
            letters: last_letters,
        }
    }

    /// Whether the stop stands within an address of the net.
    pub(super) fn is_address(&self, run: &Range<usize>) -> bool {
        let from = floor_boundary(self.text, run.start.saturating_sub(MAX_TOKEN_BYTES));
        let before = self.text[from..run.start]
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let after = &self.text[run.end..];
        let ends_in_domain = before
            .rsplit('.')
            .next()
            .is_some_and(|last| DOMAINS.contains(&last));
        (before.contains("://") || before.starts_with("www") || before.contains('@'))
            && !ends_in_domain
            || after.starts_with("com")
            || after.starts_with("org")
    }

    /// `1. Ouverture`: a number that begins a line is no sentence.
    pub(super) fn is_list_number(&self, run: &Range<usize>) -> bool {
        let head = &self.text[self.sentence_start..run.start];
        head.len() < 8 && head.trim().chars().all(|c| c.is_ascii_digit())
    }
}

/// The nearest character boundary at or before an offset.
fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
