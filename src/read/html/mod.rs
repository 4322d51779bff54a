//! HTML: a page is one article, found among the page's furniture by an extractor.
//!
//! `dom_smoothie` (a port of the Readability of Firefox's reader view) finds the
//! element that holds the article; [`text`] writes its text, a paragraph a line
//! with blank lines between, and [`metadata`] reads what the page's head says of
//! title, date, outlet and address. The text then goes the way of any other text:
//! what the extractor leaves of captions, share buttons and `Read more` lines, the
//! cleaner finds. Offsets of such a document count in the extracted text.
//!
//! Pages are cut, mislabelled or none at all often enough that none of this is an
//! error before everything was tried: a page without a recognisable article gives
//! its paragraphs, a file without markup is read as text.

mod metadata;
mod text;

use dom_smoothie::{Config, Readability};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Article, Input, has_words, refused, sha256, text::stem, within};
use crate::config::Limits;
use crate::decode;
use crate::document::Source;
use crate::error::{Error, Result};
use crate::guard::caught;
use crate::record::ErrorRecord;

/// More elements than the longest live blog in reach has ten times over; a page
/// beyond it is generated, and what the extractor does is not linear.
const MAX_ELEMENTS: usize = 200_000;
/// Elements nested deeper than browsers allow: no article's page, and the time a
/// parser takes grows with the square of the depth.
const MAX_DEPTH: usize = 512;
/// An extract shorter than this, in bytes, is checked against the page's paragraphs.
const SHORT: usize = 600;

/// Whether a text begins as a page does, whatever its file is called.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = head.trim_ascii_start();
    let starts = |tag: &[u8]| {
        head.get(..tag.len())
            .is_some_and(|h| h.eq_ignore_ascii_case(tag))
    };
    starts(b"<!doctype html") || starts(b"<html")
}

/// The article of a page.
pub(super) fn article(
    input: &Input,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Article, ErrorRecord> {
    let id = stem(input);
    let read = || -> Result<Article> {
        within(bytes, limits)?;
        let html = decode::labelled(bytes, declared(bytes))?;
        if text::is_endless(&html, MAX_DEPTH) {
            return Err(Error::input(
                "the page nests its elements, or gives one attributes, without end",
            )
            .hint("remove it, or fetch the article again"));
        }
        let page = caught(|| Page::read(&html))
            .map_err(|e| Error::input("the page cannot be taken apart").because(e))?;
        Ok(Article {
            id: id.clone(),
            line: None,
            source: Source {
                path: input.name(),
                sha256: sha256(bytes),
                url: page.facts.url,
                outlet: page.facts.outlet,
            },
            text: has_words(page.text)?,
            lang: None,
            date: page.facts.date,
            title: page.facts.title,
        })
    };
    read().map_err(|e| refused(input, Some(id.clone()), "decode", &e))
}

/// What a page holds.
struct Page {
    text: String,
    facts: metadata::Facts,
}

impl Page {
    fn read(html: &str) -> Self {
        if !html.contains('<') {
            return Self {
                text: html.to_owned(),
                facts: metadata::Facts::default(),
            };
        }
        let config = Config {
            max_elements_to_parse: MAX_ELEMENTS,
            ..Config::default()
        };
        // Without an address nothing can be refused here.
        let Ok(mut page) = Readability::new(html, None, Some(config)) else {
            return Self {
                text: String::new(),
                facts: metadata::Facts::default(),
            };
        };
        let mut facts = metadata::read(&page.doc);
        let paragraphs = text::paragraphs(&page.doc);
        let mut body = String::new();
        if let Ok(article) = page.parse() {
            if facts.title.is_none() {
                let title = metadata::without_site(article.title.trim(), facts.outlet.as_deref());
                facts.title = Some(title).filter(|t| !t.is_empty());
            }
            body = text::of(&page.doc.select("#readability-page-1"));
        }
        // Teasers and cookie notes are short; an article hidden in a page without
        // structure still has its paragraphs.
        if body.len() < SHORT && paragraphs.len() > 2 * body.len() {
            body = paragraphs;
        }
        Self {
            text: titled(facts.title.as_deref(), body),
            facts,
        }
    }
}

/// The text under its headline, which extractors take out as known.
fn titled(title: Option<&str>, body: String) -> String {
    let plain = |s: &str| -> String {
        s.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    match title {
        Some(title)
            if !body.is_empty()
                && plain(body.lines().next().unwrap_or_default()) != plain(title) =>
        {
            format!("{title}\n\n{body}")
        }
        _ => body,
    }
}

/// The encoding that a page's head declares, as browsers look for it: in the
/// first kilobytes, a `charset` in a `meta` element or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let declaration = head
        .split('<')
        .filter(|t| t.starts_with("meta") || t.starts_with("?xml"))
        .find_map(|t| {
            let (_, value) = t
                .split_once("charset")
                .or_else(|| t.strip_prefix("?xml")?.split_once("encoding"))?;
            let value = value.trim_start().strip_prefix('=')?.trim_start();
            let value = value.trim_start_matches(['"', '\'']);
            let end = value
                .find(|c: char| {
                    c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '/' | '?')
                })
                .unwrap_or(value.len());
            Encoding::for_label(&value.as_bytes()[..end])
        })?;
    // What can be read as ASCII to find the declaration is not UTF-16.
    Some(if declaration == UTF_16LE || declaration == UTF_16BE {
        UTF_8
    } else {
        declaration
    })
}

#[cfg(test)]
mod tests;
