//! Whether a run of final marks ends a sentence: by what stands on both sides.

use std::ops::Range;

use super::before::Before;
use super::lexicon::{Class, Pause};
use super::words::{begins_text, first_word, is_initials, is_name_particle, is_roman};
use super::{Final, Splitter, is_final};

/// What the text after a run begins with.
enum Head {
    /// A small letter: the sentence goes on.
    Lower,
    /// A comma or another mark that no sentence begins with.
    Clause,
    /// An opening quotation mark, bracket or dash.
    Opening,
    Digit,
    Capital,
}

impl Splitter<'_> {
    pub(super) fn is_boundary(&self, run: &Range<usize>, kind: Final, end: usize) -> bool {
        let after = &self.text[end..];
        let next = after.trim_start();
        if next.is_empty() {
            return false;
        }
        let spaced = next.len() < after.len();
        let next_at = self.text.len() - next.len();
        if kind == Final::Ideographic {
            return true;
        }
        match self.head(next, next_at) {
            Head::Lower | Head::Clause => false,
            Head::Opening => self.ends_before_opening(run, kind, end),
            Head::Digit => self.ends_before_digit(run, kind, end, spaced),
            Head::Capital => {
                if spaced {
                    self.ends_before_capital(run, kind, end, next)
                } else {
                    self.ends_without_space(run, kind, end, next)
                }
            }
        }
    }

    /// What the text after a run begins with.
    fn head(&self, next: &str, next_at: usize) -> Head {
        if self.mark_at(next_at, false).is_some() {
            return Head::Opening;
        }
        let mut chars = next.chars();
        match chars.next() {
            Some(c) if c.is_lowercase() => Head::Lower,
            Some(c) if c.is_ascii_digit() => Head::Digit,
            Some(c) if c.is_alphabetic() => Head::Capital,
            Some('(' | '[') => match chars.take(8).find(|c| c.is_alphanumeric()) {
                Some(c) if c.is_uppercase() && !next[1..].starts_with(['.', '…']) => {
                    Head::Opening
                }
                _ => Head::Clause,
            },
            Some('-' | '–' | '—' | '•' | '·' | '*' | '►' | '■' | '¿' | '¡' | '#' | '@') => {
                match chars.find(|c| !c.is_whitespace()) {
                    Some(c) if c.is_uppercase() || c.is_ascii_digit() => Head::Opening,
                    Some('"' | '“' | '«') => Head::Opening,
                    _ => Head::Clause,
                }
            }
            Some('$' | '£' | '€') => Head::Digit,
            // A mark without a partner that stands between spaces: it opens.
            Some('\'' | '’' | '‘' | '"' | '“' | '«') if next.chars().nth(1) == Some(' ') => {
                match chars.find(|c| !c.is_whitespace()) {
                    Some(c) if c.is_uppercase() => Head::Opening,
                    _ => Head::Clause,
                }
            }
            _ => Head::Clause,
        }
    }

    fn ends_before_opening(&self, run: &Range<usize>, kind: Final, end: usize) -> bool {
        if kind != Final::Stop || end > run.end {
            return true;
        }
        match self.before(run) {
            Before::Abbreviation(Class::Title) => false,
            Before::Initial => {
                let after = &self.text[end..];
                let inner = after.trim_start_matches(|c: char| !c.is_alphanumeric());
                after.starts_with(' ') && begins_text(inner) && self.starts_sentence(inner)
            }
            Before::Abbreviation(_) => !self.text[end..].trim_start().starts_with(['(', '[']),
            Before::Number => !self.is_list_number(run),
            _ => true,
        }
    }

    fn ends_before_digit(&self, run: &Range<usize>, kind: Final, end: usize, spaced: bool) -> bool {
        if !spaced {
            // `morts.12 personnes` but not `3.5`, `lemonde.24`, `p.12`.
            let digits = &self.text[end..];
            let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
            return end > run.end
                || kind == Final::Strong
                || kind == Final::Stop
                    && after.starts_with([' ', '\u{a0}', '\u{202f}', '%', ',', ')'])
                    && matches!(self.before(run), Before::Word { letters } if letters >= 3)
                    && !self.is_address(run);
        }
        if kind == Final::Ellipsis && end == run.end {
            return false;
        }
        if end > run.end || kind != Final::Stop {
            return true;
        }
        match self.before(run) {
            Before::Abbreviation(_) | Before::Initial => false,
            Before::Number => !self.is_list_number(run),
            _ => true,
        }
    }

    fn ends_before_capital(&self, run: &Range<usize>, kind: Final, end: usize, next: &str) -> bool {
        match kind {
            Final::Stop if end == run.end => match self.before(run) {
                Before::Abbreviation(Class::Title) => false,
                Before::Abbreviation(Class::Number) => !is_roman(first_word(next)),
                Before::Abbreviation(Class::Word) => self.starts_sentence(next),
                Before::Initial => self.follows_initial(next),
                Before::Number => !self.is_list_number(run),
                Before::Word { .. } | Before::Nothing => true,
            },
            Final::Ellipsis => {
                !self.text[self.sentence_start..run.start].trim().is_empty()
                    && !self.is_pause(run, end, next)
            }
            _ => true,
        }
    }

    /// Whether dots are a pause within a sentence: before a conjunction (`No
    /// service.. But good food`); before a word that always has a capital, set
    /// apart by spaces (`In a word ... I'm glad`) or opening a comment (`Nice
    /// people... I hear.`). What follows closed quotation marks begins anew.
    fn is_pause(&self, run: &Range<usize>, end: usize, next: &str) -> bool {
        if end > run.end {
            return false;
        }
        let word = first_word(next);
        match self.lexicon.pause(word) {
            Some(Pause::Conjunction) => true,
            Some(Pause::Capital) => {
                let apart = self.text[..run.start].ends_with(' ');
                let mut rest = next[word.len()..].split(is_final);
                let comment = rest.next().is_some_and(|tail| {
                    tail.split_whitespace().count() == 1 && rest.next().is_some()
                });
                apart || comment
            }
            None => false,
        }
    }

    /// A boundary whose space was lost: `fin.Puis`, `l'ONU.Le`, not `U.S.A`,
    /// `Node.JS`, `www.Site`.
    fn ends_without_space(&self, run: &Range<usize>, kind: Final, end: usize, next: &str) -> bool {
        if self.is_address(run) && !begins_text(next) {
            return false;
        }
        let word = first_word(next);
        let mut letters = word.chars();
        let capital = letters.next();
        let titled = letters.next().is_none_or(char::is_lowercase);
        let after_word = next[word.len()..].chars().next();
        if word.chars().count() == 1 {
            // `Ph.D`, `S.A`: but `fin.À Paris`, `fin.L'ONU`, `end.A man`, `fin.M. Martin`.
            let stands_alone = match after_word {
                Some(' ' | '\u{a0}') => matches!(capital, Some('A' | 'À' | 'I' | 'O' | 'Y' | 'Ô')),
                Some('\'' | '’') => true,
                Some('-') => matches!(capital, Some('A' | 'Y' | 'X' | 'T' | 'E')),
                Some('.') => {
                    next[word.len() + 1..].starts_with([' ', '\u{a0}'])
                        && self.lexicon.abbreviation(word) == Some(Class::Title)
                }
                _ => false,
            };
            if !stands_alone {
                // `tôt.P.S. Je`, `nuit.C.L.`: initials behind a word in small letters.
                let initials = is_initials(next)
                    && (kind == Final::Strong
                        || self.text[..run.start].ends_with(char::is_lowercase))
                    && (kind != Final::Stop
                        || matches!(self.before(run), Before::Word { letters } if letters >= 3));
                return initials || end > run.end && kind != Final::Stop;
            }
        }
        if end > run.end || kind == Final::Strong || kind == Final::Ellipsis {
            return true;
        }
        match self.before(run) {
            Before::Abbreviation(Class::Number) => true,
            Before::Abbreviation(Class::Title) | Before::Initial => false,
            Before::Abbreviation(Class::Word) => self.starts_sentence(next),
            Before::Number => !self.is_list_number(run),
            Before::Word { letters } => titled || letters >= 3,
            Before::Nothing => true,
        }
    }

    /// Whether what stands behind one capital and a stop begins a sentence:
    /// `because of X. A radical cleric`, not `J. Le Pen`.
    fn follows_initial(&self, next: &str) -> bool {
        self.starts_sentence(next) && (!is_name_particle(first_word(next)) || begins_text(next))
    }

    fn starts_sentence(&self, next: &str) -> bool {
        let word = first_word(next);
        let rest = &next[word.len()..];
        self.lexicon.is_starter(word)
            // `at 11 a.m. Sunday's finale`: what has a possessive is a subject.
            || (rest.starts_with("'s ") || rest.starts_with("’s "))
    }
}
