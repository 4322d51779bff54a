//! Cleaning: which lines are article and which are furniture, where breaks were
//! lost, and the edits that lead to the clean text.
//!
//! [`clean`] takes a text whose encoding is repaired and its language, and gives
//! what it found: artefacts, and the stretches of the text that stay. [`view`]
//! turns that into edits. Nothing is rewritten here: every decision is a span
//! with the rule that made it ([`crate::rules::registry`]).
//!
//! The flow: lines ([`wrap`](self) joins those that are none), what each is
//! (`label` and the modules it names), breaks lost inside paragraphs (`breaks`),
//! spaces (`typography`), title, date and outlet (`facts`). Wording is data in
//! `rules/*/blocks.tsv` and `rules/*/clean_words.tsv`; layout is code.

mod automaton;
mod breaks;
mod captions;
mod evidence;
mod facts;
mod fused;
mod glue;
mod head;
mod headline;
mod heads;
mod joints;
mod kinds;
mod label;
mod layout;
mod lists;
mod macros;
mod middle;
mod model;
mod needs;
mod opening;
mod openings;
mod outlets;
mod parse;
mod pattern;
mod prefilter;
mod repeats;
mod rows;
mod rules;
mod seams;
mod sign_set;
mod signs;
mod spaces;
mod stamps;
mod tail;
mod typography;
mod view;
mod vocabulary;
mod wrap;

use std::sync::LazyLock;

use crate::document::{Action, Artefact, ArtefactKind, Lang, Role, View};
use crate::edit::Edit;
use crate::rules::registry;
use crate::span::{Repaired, Span};

use layout::{Block, is_bullet_mark};
pub use model::{LineModel, Verdict};
pub use repeats::{Counter, Repeats};
pub(crate) use rules::TABLES as BLOCK_TABLES;
use rules::TextRules;
pub use view::{Viewed, view};

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

/// What the cleaner goes by beyond a text and its rules.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// The lines that repeat in the corpus.
    pub repeats: Repeats,
    /// What tells furniture in wordings that no rule knows.
    pub lines: LineModel,
}

impl Knowledge {
    /// What is known when a text is cleaned alone, by the default configuration; read once.
    #[must_use]
    pub fn of_one() -> &'static Self {
        static OF_ONE: LazyLock<Knowledge> = LazyLock::new(Knowledge::default);
        &OF_ONE
    }
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
///
/// ```
/// use diptych::clean::clean;
/// use diptych::document::{ArtefactKind, Lang};
/// let text = " date 2020-10 Les combats ont repris lundi dans toute la vallée, dit-on.\n\n(avec AFP)";
/// let found = clean(text, Lang::FR);
/// assert_eq!(found.date.as_deref(), Some("2020-10"));
/// assert_eq!(found.artefacts[1].kind, ArtefactKind::Agency);
/// assert_eq!(found.units.len(), 1);
/// ```
#[must_use]
pub fn clean(text: &str, lang: Lang) -> Cleaning {
    clean_within(text, lang, Knowledge::of_one(), "")
}

/// Cleans one text of a corpus of which more is known; `outlet` is what
/// [`Counter::add`] was given for it.
#[must_use]
pub fn clean_within(text: &str, lang: Lang, known: &Knowledge, outlet: &str) -> Cleaning {
    let words = vocabulary::vocabulary(lang);
    let rules = TextRules::new(text, lang);
    let lines = wrap::lines(text, words, &rules);
    let blocks = label::label(text, lang, rules, lines, known, outlet);
    let mut out = Cleaning::default();
    for block in &blocks {
        match block.label {
            Some(_) => out.push_artefact(text, block),
            None => out.push_body(text, block, words),
        }
    }
    out.push_spacing(text);
    facts::state(text, lang, &blocks, words, &mut out);
    out
}

/// What the line model is fitted from: lines with their place, what the rules made
/// of them, and the names of the evidence on them (`scripts/clean/line_evidence.rs`).
#[must_use]
pub fn line_evidence(text: &str, lang: Lang) -> Vec<(Span<Repaired>, Verdict, Vec<&'static str>)> {
    let rules = TextRules::new(text, lang);
    let lines = wrap::lines(text, vocabulary::vocabulary(lang), &rules);
    model::lines(&mut label::by_rules(text, lang, rules, lines))
        .into_iter()
        .map(|(range, verdict, evidence)| (Span::new(range.start, range.end), verdict, evidence))
        .collect()
}

/// What the choice of the headline is fitted from: the lines above the body that may be it,
/// with their place and the names of the evidence on them.
#[must_use]
pub fn headline_evidence(text: &str, lang: Lang) -> Vec<(Span<Repaired>, Vec<&'static str>)> {
    let rules = TextRules::new(text, lang);
    let lines = wrap::lines(text, vocabulary::vocabulary(lang), &rules);
    let mut page = label::by_wording(text, lang, rules, lines);
    let (first, _) = label::body_range(&page);
    let found = head::headlines(&mut page, first);
    let span = |i: usize| Span::new(page.blocks[i].start, page.blocks[i].end);
    let found = found.into_iter();
    found.map(|(i, evidence)| (span(i), evidence)).collect()
}

impl Cleaning {
    fn push_artefact(&mut self, text: &str, block: &Block) {
        let Some(label) = block.label else {
            return;
        };
        // A bullet and its indentation belong to the item, the white space around
        // a header to the header.
        let line = block.of(text);
        let start = if line.starts_with(is_bullet_mark) || label.kind == ArtefactKind::DateHeader {
            block.lead
        } else {
            block.start
        };
        let action = registry::action(label.kind);
        self.artefacts.push(Artefact {
            kind: label.kind,
            action,
            span: Span::new(start, block.end),
            replacement: None,
            view: None,
            rule: label.rule,
            confidence: label.confidence,
        });
        if action == Action::Relabel {
            let role = match label.kind {
                ArtefactKind::Title => Role::Title,
                ArtefactKind::Standfirst => Role::Standfirst,
                ArtefactKind::Caption => Role::Caption,
                _ => Role::Heading,
            };
            // The dash that joined a caption to its credit is not the caption's.
            let text_end = line
                .trim_end_matches([' ', '-', '–', '—', '|', '/', '\u{a0}'])
                .len();
            let end = if text_end == 0 {
                block.end
            } else {
                block.start + text_end
            };
            self.units.push(Unit {
                span: Span::new(block.start, end),
                role,
            });
        }
    }

    fn push_body(&mut self, text: &str, block: &Block, words: &vocabulary::Vocabulary) {
        let mut from = block.start;
        for (at, rule) in breaks::find(block.of(text), words) {
            let at = block.start + at;
            self.artefacts.push(Artefact {
                kind: ArtefactKind::MergedBoundary,
                action: Action::Split,
                span: Span::new(at, at),
                replacement: None,
                view: None,
                rule,
                confidence: registry::get(rule).confidence,
            });
            self.push_unit(text, from, at);
            from = at;
        }
        self.push_unit(text, from, block.end);
    }

    /// Puts spaces right in what is kept; each such edit is an artefact, too.
    fn push_spacing(&mut self, text: &str) {
        for unit in &self.units {
            self.edits.extend(typography::edits(text, unit.span));
        }
        self.artefacts.extend(
            self.edits
                .iter()
                .map(|e| Artefact::replaced(e, ArtefactKind::Spacing, View::Display)),
        );
        self.artefacts.sort_by_key(|a| a.span);
    }

    fn push_unit(&mut self, text: &str, from: usize, to: usize) {
        let span = Span::new(from, to).trimmed(text);
        if !span.is_empty() {
            self.units.push(Unit {
                span,
                role: Role::Body,
            });
        }
    }
}

#[cfg(test)]
mod tests;
