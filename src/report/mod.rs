//! The side-by-side page: a *diptych* of each article and its counterparts.
//!
//! Takes the records of an output folder and gives one HTML page that needs
//! neither network nor script: on the left an article's sentences, each with its
//! translation under it, on the right what other articles say of the same
//! utterance or fact, with the words that are linked underlined, and on the hinge
//! between them a dot for the kind of match. What a reader may want to check (score, evidence, speakers, what was taken
//! out) opens on a click and shows on hover.
//!
//! The page is a pure function of its arguments and holds no time of day, so
//! equal runs give equal bytes. Every text goes through `html::Esc`; addresses
//! become links only when they are `http` or `https`.
//!
//! `article` draws an article's rows, `counterparts` the right side of a row with
//! the `evidence` of each link, `notes` what stands below; `marks` finds quotations
//! and edits inside a sentence, `words` its linked words; `overview` draws what
//! stands around the articles, `model` holds the records in the order in which the
//! page needs them.

mod article;
mod counterparts;
mod evidence;
mod html;
mod marks;
mod model;
mod notes;
mod overview;
mod words;

use std::fmt;

use crate::record::{DocumentRecord, LinkRecord, UnmatchedRecord};
use model::Corpus;

/// What the page says of the run that made it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// This program's version.
    pub version: String,
    /// The translation model's name, where sentences were translated.
    pub model: Option<String>,
    /// How many documents could not be processed.
    pub errors: usize,
    /// How many documents there are; the page may show some of them.
    pub all: usize,
}

/// The page for these documents and links, and the sentences that have none.
///
/// ```
/// use diptych::report::{About, page};
/// let html = page(&[], &[], &[], &About::default());
/// assert!(html.starts_with("<!doctype html>") && html.contains("No articles"));
/// ```
#[must_use]
pub fn page(
    documents: &[DocumentRecord],
    links: &[LinkRecord],
    unmatched: &[UnmatchedRecord],
    about: &About,
) -> String {
    let corpus = Corpus::new(documents, links, unmatched);
    let mut out = String::new();
    // Writing to a string does not fail; should that change, what is written so
    // far is still the page's beginning.
    let _written = draw(&mut out, &corpus, about);
    out
}

fn draw(out: &mut String, corpus: &Corpus, about: &About) -> fmt::Result {
    overview::head(out, corpus, about)?;
    for group in &corpus.groups {
        overview::group_heading(out, group)?;
        for &doc in &group.documents {
            article::draw(out, corpus, doc, group.main)?;
        }
    }
    overview::foot(out, about)
}

#[cfg(test)]
mod tests;
