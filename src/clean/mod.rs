//! Cleaning: which lines are article and which are furniture, where breaks were
//! lost, and the edits that lead to the clean text.

use crate::document::{Artefact, Lang, Role};
use crate::edit::Edit;
use crate::span::{Repaired, Span};

/// What the cleaner found in one text.
#[derive(Debug, Clone, Default)]
pub struct Cleaning {
    /// What is not plain body text, in order.
    pub artefacts: Vec<Artefact<Repaired>>,
    /// The stretches that are kept, in reading order; each becomes a paragraph.
    pub units: Vec<Unit>,
    /// Display edits inside the units (a lost space put in, a line break joined).
    pub edits: Vec<Edit<Repaired>>,
    /// The headline, where the text has one.
    pub title: Option<String>,
    /// The publication date, where the text states it: `2020-10-02`, or less of it.
    pub date: Option<String>,
    /// The outlet, where the text names it.
    pub outlet: Option<String>,
}

/// A stretch that is kept as one paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Where it stands, without white space at its ends.
    pub span: Span<Repaired>,
    /// What part of the article it is.
    pub role: Role,
}

/// Cleans one text of a known language.
#[must_use]
pub fn clean(_text: &str, _lang: Lang) -> Cleaning {
    Cleaning::default()
}

/// The edits that lead from a text to its clean view, and the paragraphs of that
/// view.
///
/// # Errors
/// Only on a fault of the cleaner (edits that overlap).
pub fn view(
    text: &str,
    _cleaning: &Cleaning,
) -> crate::error::Result<(
    crate::edit::EditList<Repaired, crate::span::Clean>,
    Vec<(Span<crate::span::Clean>, Role)>,
)> {
    Ok((
        crate::edit::EditList::default(),
        vec![(Span::new(0, text.len()), Role::Body)],
    ))
}
