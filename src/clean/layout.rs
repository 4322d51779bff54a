//! Lines of a text and what can be seen of one without knowing its words.

use super::rules::{Label, is_bullet};
use crate::split::{Stops, is_alphanumeric, places_of, split_at};

/// A stretch of the text that is looked at as one: a line, or a part of one
/// where an artefact is glued to text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// Where its line begins, indentation included (its own start for a part).
    pub(super) lead: usize,
    /// Its first character that is no white space.
    pub(super) start: usize,
    /// One past its last character that is no white space.
    pub(super) end: usize,
    /// What it is, once a rule said so; body text otherwise.
    pub(super) label: Option<Label>,
    /// What was seen of it at once.
    pub(super) look: Look,
}

/// What can be seen of a line in one pass, kept because every part of the labeller
/// asks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// How many words it has.
    pub(super) words: usize,
    /// Its [`final_mark`].
    pub(super) final_mark: Option<char>,
    /// Whether it reads as a paragraph of running text.
    pub(super) paragraph: bool,
    /// Whether it reads as a sentence, however short.
    pub(super) sentence: bool,
}

impl Look {
    fn of(line: &str) -> Self {
        let words = words(line, usize::MAX);
        let final_mark = final_mark(line);
        Self {
            words,
            final_mark,
            paragraph: is_paragraph(line, words, final_mark),
            sentence: is_sentence(line, words, final_mark),
        }
    }
}

impl Block {
    /// The block of `start..end` without white space at its ends; nothing where
    /// there is nothing else.
    pub(super) fn trimmed(text: &str, start: usize, end: usize) -> Option<Self> {
        let s = &text[start..end];
        let body = s.trim();
        let from = start + (s.len() - s.trim_start().len());
        (!body.is_empty()).then_some(Self {
            lead: start,
            start: from,
            end: from + body.len(),
            label: None,
            look: Look::of(body),
        })
    }

    /// The same block with another end.
    pub(super) fn up_to(&self, text: &str, end: usize) -> Self {
        Self {
            end,
            look: Look::of(&text[self.start..end]),
            ..self.clone()
        }
    }

    /// Its text.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    pub(super) fn is_open(&self) -> bool {
        self.label.is_none()
    }

    /// Whether no rule claimed it and it reads as a paragraph of running text.
    pub(super) fn is_text(&self) -> bool {
        self.is_open() && self.look.paragraph
    }
}

/// Marks that end a sentence.
pub(super) fn is_final(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Whether a line has a digit.
pub(super) fn has_digit(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a line has a quotation mark that nothing else is.
pub(super) fn has_quotation_mark(line: &str) -> bool {
    has_mark(line, |rest| {
        matches!(
            rest,
            [b'"', ..] | [0xc2, 0xab | 0xbb, ..] | [0xe2, 0x80, 0x9c | 0x9d, ..]
        )
    })
}

/// Whether a line has a mark that quotations open with: `«`, `“`, `"`.
pub(super) fn has_opening_mark(line: &str) -> bool {
    has_mark(line, |rest| {
        matches!(rest, [b'"', ..] | [0xc2, 0xab, ..] | [0xe2, 0x80, 0x9c, ..])
    })
}

/// Whether a line has a mark, told by its bytes with those behind it, among straight
/// quotation marks and the blocks of the others.
fn has_mark(line: &str, is_mark: impl Fn(&[u8]) -> bool) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr3_iter(b'"', 0xc2, 0xe2, bytes).any(|at| is_mark(&bytes[at..]))
}

/// Marks that may stand between a final mark and the next sentence.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '›' | '″')
}

/// The final mark of a line, looked for behind closing marks.
pub(super) fn final_mark(line: &str) -> Option<char> {
    line.chars()
        .rev()
        .find(|&c| !is_closing(c) && !c.is_whitespace())
        .filter(|&c| is_final(c))
}

/// The number of words, counted up to `limit`: what white space parts and has a
/// letter or digit.
pub(super) fn words(line: &str, limit: usize) -> usize {
    if limit == 0 {
        return 0;
    }
    let bytes = line.as_bytes();
    let (mut at, mut count, mut counted) = (0, 0, false);
    while let Some(&byte) = bytes.get(at) {
        let (is_space, is_word) = match ASCII.get(usize::from(byte)) {
            Some(&class) => {
                at += 1;
                (class == Class::Space, class == Class::Word)
            }
            None => {
                let c = line[at..].chars().next().unwrap_or(' ');
                at += c.len_utf8();
                (c.is_whitespace(), is_alphanumeric(c))
            }
        };
        count += usize::from(is_word & !counted);
        counted = (counted | is_word) & !is_space;
        if count == limit {
            break;
        }
    }
    count
}

/// What a character of ASCII is to words.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Space,
    Word,
    Mark,
}

static ASCII: [Class; 128] = {
    let mut out = [Class::Mark; 128];
    let mut byte = 0;
    while byte < 128 {
        out[byte as usize] = match byte {
            b' ' | b'\t'..=b'\r' => Class::Space,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            _ => Class::Mark,
        };
        byte += 1;
    }
    out
};

/// A line of more words is running text, whatever its end.
const LONG: usize = 40;

/// Whether one sentence ends and another begins inside a line.
pub(super) fn has_two_sentences(line: &str) -> bool {
    static FINALS: Stops = Stops::at(b".!?\xe2");
    const SPACES: [char; 3] = [' ', '\n', '\u{a0}'];
    let finals = places_of(line, &FINALS, is_final);
    finals
        .map(|(at, c)| line.split_at(at + c.len_utf8()))
        .any(|(before, after)| {
            let word = before.trim_end_matches(is_final).chars().rev().take(3);
            let after = after.trim_start_matches(is_closing).strip_prefix(SPACES);
            after.is_some_and(|after| {
                let next = after.trim_start_matches(['«', '“', '"', ' ', '\u{a0}']);
                next.starts_with(char::is_uppercase)
            }) && word.filter(|c| c.is_lowercase()).count() == 3
        })
}

/// Whether a line reads as a paragraph of running text.
fn is_paragraph(line: &str, n: usize, final_mark: Option<char>) -> bool {
    n > LONG
        || (n >= 8 && final_mark.is_some() && !line.starts_with(is_bullet_mark))
        || is_cut_off(line, n)
}

/// Whether a line reads as a sentence, however short.
fn is_sentence(line: &str, n: usize, final_mark: Option<char>) -> bool {
    let listed = || {
        line.starts_with(is_bullet_mark)
            || (is_numbered(line) && final_mark == Some('?') && n <= LISTED)
    };
    n > LONG
        || (n >= 2 && final_mark.is_some() && !listed())
        || is_cut_off(line, n)
        || is_embed(line)
}

/// Whether a line without a final mark is text that was cut off: long, or with
/// a whole sentence inside.
fn is_cut_off(line: &str, n: usize) -> bool {
    n > LONG || (n >= 12 && has_two_sentences(line))
}

/// Whether a line is of an embedded message, which has no full stop.
fn is_embed(line: &str) -> bool {
    (line.starts_with(['—', '–']) && line.contains("(@"))
        || line.contains("pic.twitter.com/")
        || line.contains("pic.x.com/")
}

/// A numbered question of at most so many words is a headline in a list.
const LISTED: usize = 16;

/// Whether a line begins with a list's number: `2. `.
pub(super) fn is_numbered(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && line[digits..].starts_with(['.', ')', '-'])
}

/// A bullet, not mere white space.
pub(super) fn is_bullet_mark(c: char) -> bool {
    is_bullet(c) && !c.is_whitespace()
}

/// The words of a line without the marks around them.
pub(super) fn bare_words(line: &str) -> impl Iterator<Item = &str> {
    split_at(line, |byte, c| {
        matches!(
            byte,
            b' ' | b'\t'..=b'\r' | b'|' | b'/' | b',' | b';' | b'(' | b')' | b'[' | b']'
        ) || c.is_some_and(|c| matches!(c, '•' | '·') || c.is_whitespace())
    })
    .map(bare)
    .filter(|w| !w.is_empty())
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = word.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        return word;
    }
    word.trim_matches(|c: char| !is_alphanumeric(c) && !matches!(c, '+' | '\'' | '’'))
}

/// Whether a word begins with a capital letter.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_a_letter_or_digit() {
        for (line, count) in [
            ("", 0),
            ("un deux", 2),
            ("  « un »\u{a0}: deux\u{202f}! ", 2),
            ("à l’été — 3 %", 3),
            ("\u{b}a\u{c}b\u{1c}c", 2),
        ] {
            let split = line.split_whitespace();
            let split = split
                .filter(|w| w.chars().any(char::is_alphanumeric))
                .count();
            assert_eq!((words(line, 9), split), (count, count), "{line:?}");
        }
        assert_eq!(words("un deux trois", 2), 2);
    }

    #[test]
    fn bare_words_have_no_marks_around_them() {
        let line = " «\u{a0}L'été\u{a0}», (+33) • [C.D.], l’un·l’autre/ - 3,5\u{202f}% ";
        let words: Vec<&str> = bare_words(line).collect();
        let expected = ["L'été", "+33", "C.D", "l’un", "l’autre", "3", "5"];
        assert_eq!(words, expected);
    }

    #[test]
    fn quotation_marks_are_straight_curly_and_angle() {
        for mark in ["\"", "«", "»", "“", "”"] {
            assert!(has_quotation_mark(&format!("il {mark}a")), "{mark}");
        }
        assert!(!has_quotation_mark("l’été — à 3 € n’a pas… ¬ ‹"));
    }

    #[test]
    fn two_sentences_have_a_word_before_the_stop_and_a_capital_behind() {
        assert!(has_two_sentences("Le pont est fermé.\u{a0}« Il rouvrira."));
        assert!(has_two_sentences("“It fell.” The mayor left"));
        assert!(!has_two_sentences(
            "Le pont de M. Dupont, no. 3, est fermé."
        ));
    }
}
