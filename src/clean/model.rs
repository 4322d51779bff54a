//! A small model over a line and its neighbours, for furniture whose wording no
//! rule knows.
//!
//! Logistic regression over the [evidence](super::evidence): the weights stand in
//! `rules/any/line_model.tsv`, one a name, written by `scripts/clean/fit.py`. It
//! looks only at lines that the rules left as text or called a heading or summary
//! for want of anything better, and takes a line out only where it is sure: a
//! sentence lost is worse than a button kept, so running text, and lines with an
//! attribution or quotation, stay whatever the score.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::evidence::{self, Context};
use super::label::Page;
use super::layout::words;
use super::rules::Label;
use crate::document::Action;
use crate::rules::registry::action;
use crate::rules::table::Table;

/// A line that the rules left as text is furniture from this probability on, one
/// that they called a heading or summary from the second. Both are the lowest
/// values at which no sentence of the articles left out of the fit is lost
/// (`scripts/clean/fit.py`).
const SURE_OF_TEXT: f32 = 0.9;
const SURE_OF_HEADING: f32 = 0.98;

/// Evidence of which a line left as text needs one.
const SPEAKS: &[&str] = &[
    "has-site-word",
    "has-reader",
    "has-house",
    "has-button",
    "has-network",
    "first-order",
];

struct Weights {
    bias: f32,
    of: HashMap<&'static str, f32>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let table = Table::parse("line_model", include_str!("../rules/any/line_model.tsv"));
    let mut of: HashMap<_, _> = table
        .rows()
        .filter_map(|row| Some((row.get("evidence"), row.get("weight").parse().ok()?)))
        .collect();
    let bias = of.remove("bias").unwrap_or(0.0);
    Weights { bias, of }
});

/// How likely a line is furniture, by its evidence.
fn probability(evidence: &[&'static str]) -> f32 {
    let sum: f32 = evidence
        .iter()
        .filter_map(|name| WEIGHTS.of.get(name))
        .sum();
    1.0 / (1.0 + (-(WEIGHTS.bias + sum)).exp())
}

/// Labels the lines that the model is sure of.
pub(super) fn label(page: &mut Page<'_>) {
    let context = Context::of(page);
    // Decided on what the rules say, all at once: one label does not lead to the next.
    let found: Vec<_> = (0..page.blocks.len())
        .filter_map(|i| Some((i, furniture(page, &context, i)?)))
        .collect();
    for (i, label) in found {
        page.blocks[i].label = Some(label);
    }
}

/// The label of a line that the model takes out.
fn furniture(page: &Page<'_>, context: &Context, i: usize) -> Option<Label> {
    if !is_candidate(page, i) {
        return None;
    }
    let evidence = evidence::of(page, context, i);
    let p = probability(&evidence);
    let sure = match page.blocks[i].label {
        None => SURE_OF_TEXT,
        Some(_) => SURE_OF_HEADING,
    };
    // A short sentence alone is no furniture: it must speak to the reader or of the
    // site, one with a full stop as the newsroom does.
    let open = page.blocks[i].is_open();
    let has = |name: &&str| evidence.contains(name);
    let speaks = !open
        || if has(&"ends-stop") {
            has(&"site-words") && has(&"has-house")
        } else {
            SPEAKS.iter().any(has)
        };
    (p >= sure && speaks).then(|| Label {
        confidence: p,
        ..Label::of(rule(&evidence))
    })
}

/// Whether the model is asked about a block.
fn is_candidate(page: &Page<'_>, i: usize) -> bool {
    page.is_loose(i) && is_short(page.line(i))
}

/// Whether a line is of a length at which it may be furniture, and no quotation.
fn is_short(line: &str) -> bool {
    const LONGEST: usize = 60;
    (1..=LONGEST).contains(&words(line, LONGEST + 1)) && !line.contains(['«', '“', '"'])
}

/// Which of the model's rules names the kind of furniture.
fn rule(evidence: &[&'static str]) -> &'static str {
    let has = |name: &str| evidence.contains(&name);
    if has("has-site-word") || has("has-reader") || has("has-house") {
        "any-model-promo"
    } else if has("has-button") || has("has-network") {
        "any-model-share"
    } else {
        "any-model-nav"
    }
}

/// What the rules made of a line that the model is fitted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Text.
    Text,
    /// A heading or summary, for want of anything better.
    Loose,
    /// Furniture: the model is asked what it would say had no rule known it.
    Furniture,
}

/// The evidence on every line that the model is asked about, and on those that the
/// rules take out.
pub(super) fn lines(page: &Page<'_>) -> Vec<(std::ops::Range<usize>, Verdict, Vec<&'static str>)> {
    let context = Context::of(page);
    (0..page.blocks.len())
        .filter_map(|i| {
            let block = &page.blocks[i];
            let verdict = match block.label {
                Some(l) if action(l.kind) == Action::Drop && is_short(page.line(i)) => {
                    Verdict::Furniture
                }
                _ if !is_candidate(page, i) => return None,
                None => Verdict::Text,
                Some(_) => Verdict::Loose,
            };
            let evidence = evidence::of(page, &context, i);
            Some((block.start..block.end, verdict, evidence))
        })
        .collect()
}
