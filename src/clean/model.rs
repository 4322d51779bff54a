//! A small model over a line and its neighbours, for furniture whose wording no
//! rule knows.
//!
//! Logistic regression over the [evidence](super::evidence): the weights stand in
//! `rules/any/line_model.tsv`, one a name, written by `scripts/clean/fit.py`. It
//! looks only at lines that the rules left as text or called a heading or summary
//! for want of anything better, and takes a line out only where it is sure: a
//! sentence lost is worse than a button kept, so running text, and lines with an
//! attribution or quotation, stay whatever the score.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::evidence::{self, Context};
use super::label::Page;
use super::layout::has_opening_mark;
use super::rules::Label;
use super::signs::by_page_words;
use crate::config::CleanConfig;
use crate::document::Action;
use crate::rules::hash::WordHashing;
use crate::rules::registry::action;

/// A line that the rules called a heading or summary is taken out where the doubt is
/// this share of what a line left as text may have: a heading looks more like
/// furniture than a sentence does.
const DOUBT_OF_HEADING: f32 = 0.2;

/// The weights and how sure they must make the cleaner.
#[derive(Debug, Clone)]
pub struct LineModel {
    bias: f32,
    weights: HashMap<String, f32, WordHashing>,
    /// A line that the rules left as text is furniture from this probability on.
    threshold: f32,
}

impl Default for LineModel {
    fn default() -> Self {
        Self::from(&CleanConfig::default())
    }
}

impl From<&CleanConfig> for LineModel {
    fn from(config: &CleanConfig) -> Self {
        let mut weights: HashMap<String, f32, WordHashing> = if config.line_weights.is_empty() {
            bundled()
        } else {
            config.line_weights.clone().into_iter().collect()
        };
        Self {
            bias: weights.remove("bias").unwrap_or(0.0),
            weights,
            threshold: config.line_threshold,
        }
    }
}

/// The weights that are embedded in the program.
fn bundled() -> HashMap<String, f32, WordHashing> {
    evidence::weights("line_model", include_str!("../rules/any/line_model.tsv"))
        .into_iter()
        .map(|(name, weight)| (name.into(), weight))
        .collect()
}

impl LineModel {
    /// How likely a line is furniture, by its evidence.
    fn probability(&self, evidence: &[&'static str]) -> f32 {
        logistic(self.bias + self.sum(evidence))
    }

    /// What [`Self::probability`] can be at most once the evidence of the whole text is
    /// added to that of a line.
    fn most_with_text(&self, evidence: &[&'static str]) -> f32 {
        // Sums of floats depend on their order.
        const ROUNDING: f32 = 0.001;
        let (one_of, perhaps) = evidence::OF_TEXT;
        let one = one_of.iter().map(|&e| self.sum(&[e]));
        let most = one.fold(f32::MIN, f32::max) + self.sum(&[perhaps]).max(0.0);
        logistic(self.bias + self.sum(evidence) + most) + ROUNDING
    }

    fn sum(&self, evidence: &[&'static str]) -> f32 {
        evidence.iter().filter_map(|&e| self.weights.get(e)).sum()
    }

    /// Labels the lines that the model is sure of.
    pub(super) fn label(&self, page: &mut Page<'_>) {
        if self.threshold >= 1.0 {
            return;
        }
        page.look_at_body();
        let context = OnceCell::new();
        // Decided on what the rules say, all at once: one label does not lead to the next.
        let found: Vec<_> = (0..page.blocks.len())
            .filter_map(|i| Some((i, self.furniture(page, &context, i)?)))
            .collect();
        for (i, label) in found {
            page.blocks[i].label = Some(label);
        }
    }

    /// The label of a line that the model takes out.
    fn furniture(&self, page: &Page<'_>, context: &OnceCell<Context>, i: usize) -> Option<Label> {
        let open = page.blocks[i].is_open();
        if !is_candidate(page, i) || (open && !evidence::speaks(page, i)) {
            return None;
        }
        // Looked at only where it is needed: most texts have no such line.
        let context = context.get_or_init(|| Context::of(page));
        let mut evidence = evidence::of_line(page, context, i);
        let sure = if open {
            self.threshold
        } else {
            1.0 - (1.0 - self.threshold) * DOUBT_OF_HEADING
        };
        // The text's words are counted only where they can decide.
        if self.most_with_text(&evidence) < sure {
            return None;
        }
        evidence::add_of_text(page, context, i, &mut evidence);
        let p = self.probability(&evidence);
        (p >= sure).then(|| Label {
            confidence: p,
            ..Label::of(rule(page, i, &evidence))
        })
    }
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Whether the model is asked about a block.
fn is_candidate(page: &Page<'_>, i: usize) -> bool {
    page.is_loose(i) && is_short(page, i)
}

/// Whether a line is of a length at which it may be furniture, and no quotation.
fn is_short(page: &Page<'_>, i: usize) -> bool {
    const LONGEST: usize = 60;
    (1..=LONGEST).contains(&page.look(i).words) && !has_opening_mark(page.line(i))
}

/// Which of the model's rules names the kind of furniture.
fn rule(page: &Page<'_>, i: usize, evidence: &[&'static str]) -> &'static str {
    match by_page_words(page.line(i), page.words) {
        Some("any-promo-tail") => return "any-model-promo",
        Some("any-share-tail") => return "any-model-share",
        Some("any-nav-tail") => return "any-model-nav",
        _ => {}
    }
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
    /// Furniture, by its place and look.
    Guessed,
    /// Furniture: the model is asked what it would say had no rule known it.
    Furniture,
}

/// The evidence on every line that the model is asked about, and on those that the
/// rules take out.
pub(super) fn lines(
    page: &mut Page<'_>,
) -> Vec<(std::ops::Range<usize>, Verdict, Vec<&'static str>)> {
    page.look_at_body();
    let (page, context) = (&*page, Context::of(page));
    (0..page.blocks.len())
        .filter_map(|i| {
            let block = &page.blocks[i];
            let verdict = match block.label {
                Some(_) if page.is_guessed(i) => Verdict::Guessed,
                Some(l) if action(l.kind) == Action::Drop && is_short(page, i) => {
                    Verdict::Furniture
                }
                _ if !is_candidate(page, i) => return None,
                None => Verdict::Text,
                Some(_) => Verdict::Loose,
            };
            let mut evidence = evidence::of_line(page, &context, i);
            evidence::add_of_text(page, &context, i, &mut evidence);
            Some((block.start..block.end, verdict, evidence))
        })
        .collect()
}
