//! Spaces put right inside what is kept, where the text is damaged: doubled or
//! missing ones, line ends within a paragraph, words divided there. What is a
//! matter of style, the space inside guillemets say, stays.

use super::layout::is_final;
use crate::edit::Edit;
use crate::rules::registry;
use crate::span::{Repaired, Span};
use crate::split::Stops;

/// First parts of words that keep their hyphen at a line's end.
const KEEP_HYPHEN_AFTER: &[&str] = &[
    "peut",
    "porte",
    "celui",
    "celle",
    "ceux",
    "celles",
    "vice",
    "ex",
    "non",
    "demi",
    "mi",
    "semi",
    "quasi",
    "sous",
    "avant",
    "après",
    "contre",
    "entre",
    "au",
    "là",
    "rendez",
    "arrière",
    "self",
    "well",
    "co",
    "so",
    "long",
    "short",
    "high",
    "low",
    "anti",
    "pro",
    "half",
    "full",
    "part",
    "mid",
    "post",
    "pre",
    "multi",
    "cross",
    "old",
    "new",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "quatre",
    "dix",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "nord",
    "sud",
    "est",
    "ouest",
    "north",
    "south",
    "c'est",
];
/// Last parts of such words.
const KEEP_HYPHEN_BEFORE: &[&str] = &[
    "ci", "là", "il", "elle", "on", "ils", "elles", "je", "tu", "nous", "vous", "même", "mêmes",
    "t", "ce", "moi", "le", "la", "les", "y",
];

/// The display edits of a kept stretch, in order.
pub(super) fn edits(text: &str, unit: Span<Repaired>) -> Vec<Edit<Repaired>> {
    let line = unit.of(text);
    let bytes = line.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(place) = STOPS.next(bytes, at) {
        at = place;
        if is_right(&bytes[at..]) {
            at += 1;
            continue;
        }
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { break };
        let mut end = at + c.len_utf8();
        if c.is_whitespace() {
            end = line.len() - rest.trim_start().len();
            out.extend(white_space(line, at, end));
        } else if matches!(c, ',' | '«' | '»' | '“' | '”') {
            let (last, next) = (line[..at].chars().next_back(), line[end..].chars().next());
            out.extend(missing(line, at, c, last, next));
        }
        at = end;
    }
    out.into_iter()
        .map(|(from, to, replacement, rule)| Edit {
            span: Span::new(unit.start() + from, unit.start() + to),
            replacement: replacement.into(),
            rule,
            confidence: registry::get(rule).confidence,
        })
        .collect()
}

/// Where something may be wrong: bytes with which white space begins, and commas and
/// quotation marks.
static STOPS: Stops = Stops::at(b" \t\n\x0b\x0c\r,\xc2\xe1\xe2\xe3");

/// Whether nothing is wrong at the first of some characters, as the next one tells: so at
/// nearly all spaces and commas.
fn is_right(bytes: &[u8]) -> bool {
    match bytes {
        [b' '] | [b','] => true,
        // Letters of Latin-1 begin so.
        [b' ', 0xc3, ..] => true,
        [b' ', next, ..] => next.is_ascii() && !matches!(next, b' ' | b'\t'..=b'\r' | b',' | b'.'),
        [b',', next, ..] => next.is_ascii() && !next.is_ascii_alphabetic(),
        _ => false,
    }
}

type Found = (usize, usize, &'static str, &'static str);

/// What a run of white space should be, where it should be something else.
fn white_space(line: &str, from: usize, to: usize) -> Option<Found> {
    let run = &line[from..to];
    let (before, after) = (&line[..from], &line[to..]);
    if run.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        return Some(line_end(run, before, from, to, after));
    }
    if stray_before_mark(before, after) {
        return Some((from, to, "", "any-space-comma"));
    }
    if run.chars().count() > 1 {
        let one = if run.contains('\u{202f}') {
            "\u{202f}"
        } else if run.contains('\u{a0}') {
            "\u{a0}"
        } else {
            " "
        };
        return Some((from, to, one, "any-space-double"));
    }
    None
}

/// A line's end within a paragraph: a space, or nothing where a word was divided.
fn line_end(run: &str, before: &str, from: usize, to: usize, after: &str) -> Found {
    let divided = before
        .strip_suffix('-')
        .filter(|b| b.ends_with(char::is_alphabetic) && after.starts_with(char::is_lowercase));
    let Some(stem) = divided else {
        let blank = run.matches('\n').count() > 1;
        return (
            from,
            to,
            " ",
            if blank {
                "any-join-lower"
            } else {
                "any-wrap-line"
            },
        );
    };
    let first = stem
        .rsplit(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’'))
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let last = after
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if KEEP_HYPHEN_AFTER.contains(&first.as_str()) || KEEP_HYPHEN_BEFORE.contains(&last.as_str()) {
        (from, to, "", "any-wrap-line")
    } else {
        (from - 1, to, "", "any-wrap-hyphen")
    }
}

/// Whether white space stands before a comma or full stop that belongs to the
/// word before.
fn stray_before_mark(before: &str, after: &str) -> bool {
    let mut marks = after.chars();
    let word =
        before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '»' | '”' | '"' | ')'));
    let ends = |c: Option<char>| c.is_none_or(char::is_whitespace);
    word && match marks.next() {
        Some(',') => ends(marks.next()),
        Some('.') => ends(marks.next()),
        _ => false,
    }
}

/// A space that is missing beside a character.
fn missing(
    line: &str,
    at: usize,
    c: char,
    last: Option<char>,
    next: Option<char>,
) -> Option<Found> {
    let last_letter = last.is_some_and(char::is_alphabetic);
    let next_letter = next.is_some_and(char::is_alphabetic);
    let end = at + c.len_utf8();
    match c {
        ',' if last_letter && next_letter && !in_address(line, at) => {
            Some((end, end, " ", "any-space-after-comma"))
        }
        '»' | '”' if next_letter => Some((end, end, " ", "any-space-quote")),
        '«' | '“'
            if last_letter || last.is_some_and(|c| matches!(c, ',' | ':' | ';') || is_final(c)) =>
        {
            Some((at, at, " ", "any-space-quote"))
        }
        _ => None,
    }
}

/// Whether a place lies within an address of the web or of mail.
fn in_address(line: &str, at: usize) -> bool {
    // Longer tokens are no addresses; the bound keeps a text without spaces linear.
    const LONGEST: usize = 200;
    let line_start = line.floor_char_boundary(at.saturating_sub(LONGEST));
    let line = &line[line_start..line.floor_char_boundary(at + LONGEST)];
    let at = at - line_start;
    let own = line[..at]
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let from = at - own.len();
    let token = line[from..]
        .split(char::is_whitespace)
        .next()
        .unwrap_or_default();
    token.contains("://") || token.contains("www.") || token.contains('@')
}
