//! The model view: what the translator reads of a sentence.
//!
//! The steps are those of `scripts/train/normalise.py`, which prepared the text
//! that the model learned from; both read `src/rules/model_view.tsv` and are
//! tested on the same lines; [`figures`](super::figures) come last, for a model that is to
//! be right about numbers in words. Each step is a list of edits over the text of the
//! step before, so that the whole is one edit list and every character maps back.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::figures;
use crate::document::{ArtefactKind, Lang};
use crate::edit::{Edit, EditList};
use crate::error::Result;
use crate::rules::hash::WordHashing;
use crate::span::{Clean, Model, Span};
use crate::split::{Stops, places_of};

/// The folds of single characters, from the table that training reads too.
static FOLDS: LazyLock<HashMap<char, String, WordHashing>> = LazyLock::new(|| {
    include_str!("../rules/model_view.tsv")
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|line| {
            let mut cells = line.split('\t');
            let from = cells.next().and_then(code_point);
            let to = cells.next().unwrap_or_default();
            let to = code_point(to).map_or_else(|| to.to_owned(), String::from);
            (from.expect("each line begins with a code point"), to)
        })
        .collect()
});

fn code_point(cell: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(cell.strip_prefix("U+")?, 16).ok()?)
}

/// The model view of a sentence in a language as edits on it.
///
/// # Errors
/// Only on a fault of this program.
pub fn edits(text: &str, lang: Lang) -> Result<EditList<Clean, Model>> {
    let mut list = EditList::new(text, folds(text))?;
    let mut view = if list.is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(list.apply(text))
    };
    let last = match lang {
        Lang::FR => figures::french,
        _ => |_: &str| Vec::new(),
    };
    for step in [guillemets, brackets, digit_groups, spaces, last] {
        let next: Vec<Edit<Model>> = step(&view);
        if next.is_empty() {
            continue;
        }
        let next = EditList::<Model, Model>::new(&view, next)?;
        list = list.then(&next, &view);
        view = Cow::Owned(next.apply(&view));
    }
    Ok(list)
}

/// The model view of a sentence in a language.
///
/// # Errors
/// Only on a fault of this program.
///
/// ```
/// use diptych::document::Lang;
/// use diptych::translate::model_view;
/// let view = model_view::of("« Il recrut[ait] 1 280 hommes »…", Lang::FR).unwrap();
/// assert_eq!(view, "\"Il recrutait 1280 hommes\"...");
/// let view = model_view::of("Les dix-sept élus du XIXe siècle, à 20 h", Lang::FR).unwrap();
/// assert_eq!(view, "Les 17 élus du 19e siècle, à 20:00");
/// ```
pub fn of(text: &str, lang: Lang) -> Result<String> {
    Ok(if is_nfc(text) {
        edits(text, lang)?.apply(text)
    } else {
        let text: String = text.nfc().collect();
        edits(&text, lang)?.apply(&text)
    })
}

/// The kind under which an edit of the model view is recorded.
#[must_use]
pub fn kind(rule: &str) -> ArtefactKind {
    match rule {
        "any-model-apostrophe" => ArtefactKind::Apostrophe,
        "any-model-quote" => ArtefactKind::QuoteStyle,
        "any-model-editorial" => ArtefactKind::Editorial,
        "any-model-ellipsis" => ArtefactKind::Ellipsis,
        "any-model-number" | "fr-model-figures" | "fr-model-time" => ArtefactKind::Number,
        "any-model-dash" => ArtefactKind::Spelling,
        _ => ArtefactKind::Spacing,
    }
}

fn edit<T>(start: usize, end: usize, to: &str, rule: &'static str) -> Edit<T> {
    Edit {
        span: Span::new(start, end),
        replacement: to.into(),
        rule,
        confidence: 1.0,
    }
}

fn folds(text: &str) -> Vec<Edit<Clean>> {
    let mut out = Vec::new();
    // ASCII folds to itself, but for white space.
    static STOPS: Stops = Stops::at(b"\t\n\x0b\x0c\r").and_beyond_ascii();
    for (at, c) in places_of(text, &STOPS, |_| true) {
        if let Some(to) = FOLDS.get(&c) {
            let rule = match to.as_str() {
                "'" => "any-model-apostrophe",
                "\"" => "any-model-quote",
                "-" => "any-model-dash",
                "..." => "any-model-ellipsis",
                _ => "any-model-space",
            };
            out.push(edit(at, at + c.len_utf8(), to, rule));
        }
    }
    out
}

/// Guillemets have a direction: each takes the spaces on its inner side along.
fn guillemets(text: &str) -> Vec<Edit<Model>> {
    let mut out = Vec::new();
    let mut taken = 0;
    static STOPS: Stops = Stops::at(b"\xc2\xe2");
    let marks = |c| matches!(c, '«' | '‹' | '»' | '›');
    for (at, c) in places_of(text, &STOPS, marks) {
        let (mut start, mut end) = (at, at + c.len_utf8());
        match c {
            '«' | '‹' => {
                let rest = &text[end..];
                end += rest.len() - rest.trim_start_matches(' ').len();
            }
            '»' | '›' => start = text[..at].trim_end_matches(' ').len().max(taken),
            _ => continue,
        }
        out.push(edit(start, end, "\"", "any-model-quote"));
        taken = end;
    }
    out
}

/// Brackets that an editor put into or beside a word go; a cut becomes dots.
fn brackets(text: &str) -> Vec<Edit<Model>> {
    static BRACKETS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[([^\[\]]+)\]|\(\.\.\.\)").expect("a fixed pattern"));
    let mut out = Vec::new();
    if !text.contains(['[', '(']) {
        return out;
    }
    for found in BRACKETS.captures_iter(text) {
        let Some(all) = found.get(0) else { continue };
        match found.get(1).map(|m| m.as_str()) {
            None | Some("...") => {
                out.push(edit(all.start(), all.end(), "...", "any-model-ellipsis"))
            }
            Some(inner) => {
                let before = text[..all.start()].chars().next_back();
                let after = text[all.end()..].chars().next();
                let touches = [before, after]
                    .into_iter()
                    .flatten()
                    .any(char::is_alphabetic);
                if touches && inner.chars().all(char::is_alphabetic) {
                    out.push(edit(all.start(), all.end(), inner, "any-model-editorial"));
                }
            }
        }
    }
    out
}

/// `1 280` as `1280`. No digit may touch either end, directly or over one space,
/// and the first group may not be a decimal.
fn digit_groups(text: &str) -> Vec<Edit<Model>> {
    static GROUPS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[0-9]+(?: [0-9]+)+").expect("a fixed pattern"));
    let mut out = Vec::new();
    let between = |w: &[u8]| w[0].is_ascii_digit() && w[1] == b' ' && w[2].is_ascii_digit();
    if !text.as_bytes().windows(3).any(between) {
        return out;
    }
    for found in GROUPS.find_iter(text) {
        let mut groups = found.as_str().split(' ');
        let head = groups.next().is_some_and(|g| g.len() <= 3);
        let mut before = text[..found.start()].chars().rev();
        let decimal = matches!(before.next(), Some(',' | '.' | ' '))
            && before.next().is_some_and(|c| c.is_ascii_digit());
        if head && groups.all(|g| g.len() == 3) && !decimal {
            let joined = found.as_str().replace(' ', "");
            out.push(edit(
                found.start(),
                found.end(),
                &joined,
                "any-model-number",
            ));
        }
    }
    out
}

/// No space before closing and high punctuation, single spaces, none at the ends.
fn spaces(text: &str) -> Vec<Edit<Model>> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let is_low = |b| !matches!(b, b',' | b';' | b':' | b'!' | b'?' | b'%' | b')' | b']');
    // Nearly all spaces stand alone, and before a word.
    let is_right = |at: usize| at > 0 && bytes.get(at + 1).is_some_and(|&b| b != b' ' && is_low(b));
    let mut at = 0;
    while let Some(start) = (at..bytes.len()).find(|&at| bytes[at] == b' ' && !is_right(at)) {
        let end = text.len() - text[start..].trim_start_matches(' ').len();
        let keep = start > 0 && bytes.get(end).is_some_and(|&b| is_low(b));
        let to = if keep { " " } else { "" };
        if text[start..end] != *to {
            out.push(edit(start, end, to, "any-model-space"));
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that the training script is tested on.
    #[test]
    fn agrees_with_the_training_text() {
        let lines = include_str!("../../tests/data/model_view.tsv");
        let mut count = 0;
        for line in lines
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
        {
            let (input, expected) = line.split_once('\t').unwrap();
            assert_eq!(
                of(&unescape(input), Lang::UNKNOWN).unwrap(),
                unescape(expected),
                "{line}"
            );
            count += 1;
        }
        assert!(count > 30);
    }

    fn unescape(cell: &str) -> String {
        static ESCAPE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\\(?:u\{([0-9A-Fa-f]+)\}|(.))").unwrap());
        ESCAPE
            .replace_all(cell, |m: &regex::Captures| {
                match (m.get(1), m.get(2)) {
                    (Some(hex), _) => code_point(&format!("U+{}", hex.as_str())).unwrap(),
                    (_, Some(c)) if c.as_str() == "t" => '\t',
                    (_, Some(c)) if c.as_str() == "n" => '\n',
                    _ => '\\',
                }
                .to_string()
            })
            .into_owned()
    }

    #[test]
    fn every_character_maps_back() {
        let text = "Le « chef » recrut[ait] 1 280 hommes…";
        let list = edits(text, Lang::FR).unwrap();
        let view = list.apply(text);
        let at = view.find("1280").unwrap();
        assert_eq!(
            list.map().to_source(Span::new(at, at + 4)).of(text),
            "1 280"
        );
    }
}
