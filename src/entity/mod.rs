//! People, institutions, places, numbers, times and dates of a document, each with
//! a key that is equal across spellings and languages: what two articles on one
//! event can be compared by.
//!
//! | kind | key |
//! |---|---|
//! | `person` | the name key of the fullest name in the document: `m Macron` is `emmanuel makron` where the article names him in full |
//! | `organisation` | the name key: `russian defence ministry` for `ministère russe de la Défense` |
//! | `place` | the English name in lower case where a table knows it (`london`, `black sea`), else the name key |
//! | `number` | the value with decimals as needed, then a unit: `1280`, `21400000000 eur`, `5.5 %` |
//! | `time` | a time of day: `04:20` |
//! | `date` | `2020-10-02`, `2020-10`, `2020`; without a year that could be told, `--10-02` or `--10` |
//!
//! Names come from the same finder of mentions as speakers do ([`crate::quote`]),
//! here with what stands between quotation marks included. `jeudi`, `hier` and
//! `last Friday` count from the day of publication; without one they are left out.

mod dates;
mod numbers;
mod places;

use std::ops::Range;

use crate::align::days::days;
use crate::align::language::Language;
use crate::align::words::words;
use crate::document::{Document, Entity, Role};
use crate::quote::{self, Tokenized};
use crate::span::Span;

/// The entities of a segmented document, in order and without overlaps.
///
/// Numbers and dates are found in every role; names in headlines only where the
/// body has them, too, since a headline may write every word with a capital.
#[must_use]
pub fn find(document: &Document) -> Vec<Entity> {
    find_in(Tokenized::of(document))
}

/// The entities of a document whose tokens are read already, see [`find`].
#[must_use]
pub fn find_in(tokens: Tokenized<'_>) -> Vec<Entity> {
    let document = tokens.document;
    let mut found: Vec<Entity> = names(tokens);
    let published = document.date.as_deref().and_then(days);
    let year = document
        .date
        .as_deref()
        .and_then(|d| d.split('-').next()?.parse().ok());
    for paragraph in &document.paragraphs {
        let text = paragraph.span.of(&document.clean);
        let at = paragraph.span.start();
        let language = Language::of(paragraph.lang);
        let all = words(text);
        let counted = crate::align::numbers::numbers(text, &all, language);
        let when = dates::When {
            days: published,
            year,
        };
        let sentences = sentence_ends(document, paragraph.span);
        let dated = dates::dates(text, &all, &counted, paragraph.lang, when, &sentences);
        let numbered = numbers::measures(text, &all, &counted, paragraph.lang);
        found.extend(dated.into_iter().chain(numbered).map(|f| Entity {
            kind: f.kind.to_owned(),
            span: Span::new(at + f.range.start, at + f.range.end),
            key: f.key,
        }));
    }
    // Of two that overlap a name goes before a date and a date before a number;
    // they stand in this order where they begin together.
    let rank = |kind: &str| match kind {
        "number" => 2,
        "time" | "date" => 1,
        _ => 0,
    };
    found.sort_by_key(|e| {
        (
            e.span.start(),
            rank(&e.kind),
            std::cmp::Reverse(e.span.end()),
        )
    });
    let mut kept: Vec<Entity> = Vec::with_capacity(found.len());
    for entity in found {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(entity.span) => {
                if rank(&entity.kind) < rank(&last.kind) {
                    *last = entity;
                }
            }
            _ => kept.push(entity),
        }
    }
    kept
}

/// A finding within one paragraph.
struct Found {
    kind: &'static str,
    range: Range<usize>,
    key: String,
}

/// Where the sentences of a paragraph end, from its beginning.
fn sentence_ends(document: &Document, paragraph: Span<crate::span::Clean>) -> Vec<usize> {
    document
        .sentences_in(paragraph)
        .into_iter()
        .map(|i| document.sentences[i].span.end() - paragraph.start())
        .collect()
}

fn names(tokens: Tokenized<'_>) -> Vec<Entity> {
    let document = tokens.document;
    let names = quote::names(tokens);
    let mut body: Vec<&str> = names
        .iter()
        .filter(|n| n.role != Role::Title)
        .map(|n| &*n.key)
        .collect();
    body.sort_unstable();
    names
        .iter()
        .filter(|n| n.role != Role::Title || body.binary_search(&&*n.key).is_ok())
        .filter(|n| n.key.len() > 1 && !is_calendar(n.span.of(&document.clean), document))
        .map(|n| {
            let text = n.span.of(&document.clean);
            let place = places::key(text, document.lang);
            let (kind, key) = match (n.kind, place) {
                (quote::NameKind::Person, None) => ("person", n.key.to_string()),
                (quote::NameKind::Person, Some(_)) if text.contains(' ') => {
                    ("person", n.key.to_string())
                }
                (_, Some(key)) => ("place", key.to_owned()),
                (quote::NameKind::Place, None) => ("place", n.key.to_string()),
                (quote::NameKind::Body, None) => ("organisation", n.key.to_string()),
            };
            Entity {
                kind: kind.to_owned(),
                span: n.span,
                key,
            }
        })
        .collect()
}

/// `Feb`, `Tuesday`: a capital that is a date's.
fn is_calendar(name: &str, document: &Document) -> bool {
    let word = name.trim_end_matches('.').to_lowercase();
    Language::of(document.lang).calendar(&word).is_some()
}

#[cfg(test)]
mod tests;
