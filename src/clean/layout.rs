//! Lines of a text and what can be seen of one without knowing its words.

use super::rules::{Label, is_bullet};

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
        })
    }

    /// Its text.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    pub(super) fn is_open(&self) -> bool {
        self.label.is_none()
    }
}

/// Marks that end a sentence.
pub(super) fn is_final(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
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

/// The number of words, counted up to `limit`.
pub(super) fn words(line: &str, limit: usize) -> usize {
    line.split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .take(limit)
        .count()
}

/// A line of more words is running text, whatever its end.
const LONG: usize = 40;

/// Whether one sentence ends and another begins inside a line.
pub(super) fn has_two_sentences(line: &str) -> bool {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once([' ', '\u{a0}', '\n']) {
        let word = before.trim_end_matches(is_closing);
        let small = word.trim_end_matches(is_final);
        if small.len() < word.len()
            && small
                .chars()
                .rev()
                .take(3)
                .filter(|c| c.is_lowercase())
                .count()
                == 3
            && after
                .trim_start_matches(['«', '“', '"', ' ', '\u{a0}'])
                .starts_with(char::is_uppercase)
        {
            return true;
        }
        rest = after;
    }
    false
}

/// Whether a line without a final mark is text that was cut off: long, or with
/// a whole sentence inside.
fn is_cut_off(line: &str, n: usize) -> bool {
    n > LONG || (n >= 12 && has_two_sentences(line))
}

/// Whether a line reads as a paragraph of running text.
pub(super) fn is_paragraph(line: &str) -> bool {
    let n = words(line, LONG + 1);
    is_cut_off(line, n)
        || (n >= 8 && final_mark(line).is_some() && !line.starts_with(is_bullet_mark))
}

/// Whether a line reads as a sentence, however short.
pub(super) fn is_sentence(line: &str) -> bool {
    let n = words(line, LONG + 1);
    let listed = line.starts_with(is_bullet_mark)
        || (is_numbered(line) && final_mark(line) == Some('?') && n <= LISTED);
    is_cut_off(line, n) || is_embed(line) || (n >= 2 && final_mark(line).is_some() && !listed)
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
    line.split(|c: char| {
        c.is_whitespace() || matches!(c, '|' | '/' | '•' | '·' | ',' | ';' | '(' | ')' | '[' | ']')
    })
    .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '\'' | '’')))
    .filter(|w| !w.is_empty())
}

/// Whether a word begins with a capital letter.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
