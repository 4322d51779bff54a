//! Sentence boundaries within a paragraph.
//!
//! [`sentences`] reads a paragraph from left to right and stops at every run of
//! final marks (`.`, `?!`, `…`). The marks that belong to the sentence before,
//! closing quotation marks and brackets, go with it; then what stands on both
//! sides decides: the word before (an abbreviation, an initial, a number), the
//! character after (a capital, an opening mark, a small letter) and, after
//! abbreviations, whether the next word is one that begins sentences. Which way a
//! quotation mark looks is told by the pairing automaton that the quotations use
//! too ([`crate::quote::marks`]). Rules and small tables rather than a model: a
//! wrong boundary can be read off and mended, and a scraped text's lost spaces
//! (`fin.Puis`), which defeat splitters trained on edited text, are one more case
//! of the same decision.
//!
//! Sentences are split inside quotations of several sentences too. The work is
//! linear in the text: look-back and look-ahead are bounded.

mod lexicon;
pub mod tokens;

use std::ops::Range;

use crate::document::Lang;
use crate::quote::marks;
use lexicon::{Class, Lexicon, Pause};

/// The sentences of one paragraph, in order, without white space at their ends.
///
/// ```
/// use diptych::document::Lang;
/// use diptych::segment::sentences;
/// let text = "Le Dr Dupont parle.« Oui. » M. Martin, lui, se tait.";
/// let parts: Vec<&str> = sentences(text, Lang::FR).into_iter().map(|r| &text[r]).collect();
/// assert_eq!(parts, ["Le Dr Dupont parle.", "« Oui. »", "M. Martin, lui, se tait."]);
/// ```
#[must_use]
pub fn sentences(text: &str, lang: Lang) -> Vec<Range<usize>> {
    let mut splitter = Splitter::new(text, lang);
    let mut sentences = Vec::new();
    let mut start = 0;
    while let Some(end) = splitter.next_end() {
        push_trimmed(text, start..end, &mut sentences);
        start = end;
        splitter.sentence_start = end;
    }
    push_trimmed(text, start..text.len(), &mut sentences);
    sentences
}

fn push_trimmed(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        let start = range.start + (part.len() - part.trim_start().len());
        out.push(start..start + trimmed.len());
    }
}

/// The longest stretch before a full stop that is looked at as one word.
const MAX_TOKEN_BYTES: usize = 40;

/// Where addresses of the net end.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "fr", "uk", "eu", "ca", "ch", "be", "gov", "edu", "html", "htm", "pdf",
    "php",
];

struct Splitter<'t> {
    text: &'t str,
    lexicon: &'static Lexicon,
    /// Paired quotation marks in order: beginning, end, whether it closes.
    marks: Vec<(usize, usize, bool)>,
    at: usize,
    sentence_start: usize,
}

/// A run of final marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Final {
    /// One full stop.
    Stop,
    /// Dots for something left out or a pause.
    Ellipsis,
    /// `!`, `?`, with or without dots.
    Strong,
    /// The final marks of scripts without capitals.
    Ideographic,
}

impl<'t> Splitter<'t> {
    fn new(text: &'t str, lang: Lang) -> Self {
        let mut marks: Vec<_> = marks::pairs(text)
            .iter()
            .flat_map(|p| {
                [
                    p.open.clone().map(|r| (r, false)),
                    p.close.clone().map(|r| (r, true)),
                ]
            })
            .flatten()
            .map(|(r, closes)| (r.start, r.end, closes))
            .collect();
        marks.sort_unstable();
        Self {
            text,
            lexicon: Lexicon::of(lang),
            marks,
            at: 0,
            sentence_start: 0,
        }
    }

    /// Where the next sentence ends, its closing marks included; `None` when the
    /// rest is one sentence.
    fn next_end(&mut self) -> Option<usize> {
        while let Some((run, kind)) = self.next_run() {
            self.at = run.end;
            if self.is_cut(&run) {
                continue;
            }
            let end = self.with_closers(run.end);
            if self.is_boundary(&run, kind, end) {
                self.at = end;
                return Some(end);
            }
        }
        None
    }

    /// The next run of final marks.
    fn next_run(&self) -> Option<(Range<usize>, Final)> {
        let mut start = self.at;
        loop {
            let rest = &self.text.as_bytes()[start..];
            start += rest.iter().position(begins_final)?;
            match self.text[start..].chars().next()? {
                c if is_final(c) => break,
                c => start += c.len_utf8(),
            }
        }
        let run: &str = &self.text[start..];
        let length = run.find(|c| !is_final(c)).unwrap_or(run.len());
        let run = &run[..length];
        let kind = if run.contains(['。', '！', '？', '।', '؟', '｡']) {
            Final::Ideographic
        } else if run.contains(['!', '?']) {
            Final::Strong
        } else if run == "." {
            Final::Stop
        } else {
            Final::Ellipsis
        };
        Some((start..start + length, kind))
    }

    /// `(...)`, `[…]`: a cut within a quotation, no end of its own.
    fn is_cut(&self, run: &Range<usize>) -> bool {
        let before = self.text[..run.start].chars().next_back();
        let after = self.text[run.end..].chars().next();
        matches!(
            (before, after),
            (Some('('), Some(')')) | (Some('['), Some(']'))
        )
    }

    /// The end of the closing marks and brackets that follow a run.
    fn with_closers(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.text[at..];
            if let Some(end) = self.mark_at(at, true) {
                at = end;
                continue;
            }
            match rest.chars().next() {
                Some(c @ (')' | ']')) => at += c.len_utf8(),
                Some(c) if c.is_whitespace() => {
                    // `brûler. »`: a closing mark may stand off by a space.
                    let mark = at + (rest.len() - rest.trim_start().len());
                    match self.mark_at(mark, true) {
                        Some(end) => at = end,
                        None => return at,
                    }
                }
                _ => return at,
            }
        }
    }

    /// The end of the quotation mark of that side that begins here.
    fn mark_at(&self, at: usize, closes: bool) -> Option<usize> {
        let i = self
            .marks
            .binary_search_by_key(&at, |&(start, _, _)| start)
            .ok()?;
        let (_, end, side) = self.marks[i];
        (side == closes).then_some(end)
    }

    fn is_boundary(&self, run: &Range<usize>, kind: Final, end: usize) -> bool {
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

    /// Whether the stop stands within an address of the net.
    fn is_address(&self, run: &Range<usize>) -> bool {
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
    fn is_list_number(&self, run: &Range<usize>) -> bool {
        let head = &self.text[self.sentence_start..run.start];
        head.len() < 8 && head.trim().chars().all(|c| c.is_ascii_digit())
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

    /// What stands before a full stop.
    fn before(&self, run: &Range<usize>) -> Before {
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
}

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

/// What stands before a full stop.
enum Before {
    Abbreviation(Class),
    /// One capital: part of a name.
    Initial,
    Number,
    Word {
        letters: usize,
    },
    Nothing,
}

fn is_final(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁉' | '⁈' | '。' | '！' | '？' | '।' | '؟' | '｡'
    )
}

/// Whether a byte may be the first of a final mark.
fn begins_final(byte: &u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xd8 | 0xe0 | 0xe2 | 0xe3 | 0xef)
}

/// The letters and digits at the head of a text.
fn first_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    &text[..end]
}

/// Whether a text begins with two capitals that have a stop each: `P.S.`
fn is_initials(text: &str) -> bool {
    let mut chars = text.chars();
    let mut initial = || chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.');
    initial() && initial()
}

/// Whether running text begins, not the next part of an address of the net: a
/// word with a capital, and one in small letters behind a space.
fn begins_text(text: &str) -> bool {
    let word = first_word(text);
    let titled = !word.chars().skip(1).any(|c| !c.is_lowercase());
    let mut rest = text[word.len()..].chars();
    titled && rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase)
}

/// A Roman numeral of two letters or more: `Vol. XVIII`.
fn is_roman(word: &str) -> bool {
    word.len() > 1
        && word
            .bytes()
            .all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}

/// Words that begin sentences and stand within names: `J. Le Pen`.
fn is_name_particle(word: &str) -> bool {
    matches!(
        word,
        "Le" | "La" | "Les" | "L" | "De" | "D" | "Du" | "Des" | "A"
    )
}

/// The nearest character boundary at or before an offset.
fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str, lang: Lang) -> Vec<&str> {
        sentences(text, lang)
            .into_iter()
            .map(|r| &text[r])
            .collect()
    }

    #[test]
    fn abbreviations_are_no_ends() {
        for text in [
            "M. Dupont et Mme. Durand, cf. p. 41, ont vu le Dr. Petit.",
            "J.-P. Le Gall et A. B. Martin, nés av. J.-C., sont partis le 3 oct. 2020.",
        ] {
            assert_eq!(split(text, Lang::FR), [text]);
        }
        for text in [
            "The U.S. Senate met at 10 a.m. New York time on Nov. 16, 2021.",
            "Gov. Smith of St. John’s, No. 5 in the list, paid 3.5 million.",
        ] {
            assert_eq!(split(text, Lang::EN), [text]);
        }
        assert_eq!(
            split("Nobody answers after 6 p.m. It rained again.", Lang::EN),
            ["Nobody answers after 6 p.m.", "It rained again."]
        );
    }

    #[test]
    fn lost_spaces_are_ends() {
        assert_eq!(
            split(
                "C'est la fin.Puis tout reprit.À Paris, rien.M. Dupont se tait.",
                Lang::FR
            ),
            [
                "C'est la fin.",
                "Puis tout reprit.",
                "À Paris, rien.",
                "M. Dupont se tait."
            ]
        );
        let whole = "See www.Example.com, v2.1 and Node.js at 3.5.";
        assert_eq!(split(whole, Lang::EN), [whole]);
    }

    #[test]
    fn dots_before_a_capital_may_be_a_pause() {
        for text in [
            "In a few words ... I'm pleasantly surprised.",
            "Nice people... I hear.",
            "No service.. But good food.",
        ] {
            assert_eq!(split(text, Lang::EN), [text]);
        }
        assert_eq!(
            split(
                "They are pretty cool... I have a friend there. Mind you...Go.",
                Lang::EN
            ),
            [
                "They are pretty cool...",
                "I have a friend there.",
                "Mind you...",
                "Go."
            ]
        );
    }

    #[test]
    fn a_capital_with_a_stop_may_end_a_sentence() {
        assert_eq!(
            split(
                "It is because of X. A cleric said so. J. Le Gall, A. La Rue.",
                Lang::EN
            ),
            [
                "It is because of X.",
                "A cleric said so.",
                "J. Le Gall, A. La Rue."
            ]
        );
    }

    #[test]
    fn initials_and_addresses_that_are_glued() {
        assert_eq!(
            split(
                "Retire early.P.S. I am back.Read http://a.example.com/meet.I was out.",
                Lang::EN
            ),
            [
                "Retire early.",
                "P.S. I am back.",
                "Read http://a.example.com/meet.",
                "I was out."
            ]
        );
        assert_eq!(
            split(
                "Il a perdu. ' Le reste suit au compte d'Elf.8,25 millions.",
                Lang::FR
            ),
            [
                "Il a perdu.",
                "' Le reste suit au compte d'Elf.",
                "8,25 millions."
            ]
        );
    }

    #[test]
    fn closing_marks_go_with_the_sentence() {
        assert_eq!(
            split(
                "“It held.” Nobody spoke. ‘Why?’ she asked. (He left.) Then it rained.",
                Lang::EN
            ),
            [
                "“It held.”",
                "Nobody spoke.",
                "‘Why?’ she asked.",
                "(He left.)",
                "Then it rained."
            ]
        );
        assert_eq!(
            split(
                "« Oui. Non. » Puis « quoi ? » demande-t-il... (...) Et voilà.",
                Lang::FR
            )[..2],
            ["« Oui.", "Non. »"]
        );
    }

    #[test]
    fn every_final_mark_is_looked_at() {
        for c in ('\0'..='\u{ffff}').filter(|&c| is_final(c)) {
            assert!(begins_final(&c.to_string().as_bytes()[0]), "{c}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_covered_in_order(text in "[ a.A?!…:(\\[0\"'«»“”’é\u{a0}\n。-]{0,60}") {
            for lang in [Lang::FR, Lang::EN, Lang::UNKNOWN] {
                let mut end = 0;
                let mut letters = String::new();
                for r in sentences(&text, lang) {
                    prop_assert!(r.start >= end && r.start < r.end);
                    let part = text.get(r.clone());
                    prop_assert!(part.is_some_and(|p| p.trim().len() == p.len()));
                    letters.push_str(part.unwrap_or_default());
                    end = r.end;
                }
                let dense = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(dense(&letters), dense(&text));
            }
        }
    }
}
