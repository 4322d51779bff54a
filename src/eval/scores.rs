//! The result: numbers with their names, as JSON and as a table.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::article::{
    BLOCK_IOU, BREAK_SLACK, CREDIT_GAP, Counts, EXTENT_SLACK, QUOTE_IOU, START_SLACK,
};
use super::links::{LinkCounts, LinkTally};
use super::spans::{Ratio, Tally};

/// Precision, recall, F1 and the number in gold, as the list `[P, R, F1, n]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prf(
    /// Precision.
    pub f64,
    /// Recall.
    pub f64,
    /// Their harmonic mean.
    pub f64,
    /// How many gold has.
    pub usize,
);

/// The share that is right and the number it is a share of, as `[value, n]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share(
    /// The share.
    pub f64,
    /// Of how many.
    pub usize,
);

/// Precision, recall and F1 of links.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LinkScore {
    /// Of the predicted links, those that are right.
    #[serde(rename = "P")]
    pub precision: f64,
    /// Of gold's links, those found.
    #[serde(rename = "R")]
    pub recall: f64,
    /// Their harmonic mean.
    #[serde(rename = "F1")]
    pub f1: f64,
    /// How many were predicted.
    #[serde(rename = "pred")]
    pub predicted: usize,
    /// How many gold has.
    pub gold: usize,
}

/// Quotations, matched in two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct QuoteScores {
    /// Between marks: direct, mixed, floating.
    pub marked: Prf,
    /// Reported speech.
    pub indirect: Prf,
}

/// What the counting depends on; printed with the scores so that two tables can
/// be compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameters {
    /// Version of this program.
    pub version: &'static str,
    /// Overlap (intersection over union) at which a block is at gold's place.
    pub block_iou: f64,
    /// The same for a quotation.
    pub quote_iou: f64,
    /// Code points by which a sentence may begin aside.
    pub sentence_start_slack: usize,
    /// Code points by which a block's ends may lie aside in `block_extent`.
    pub block_extent_slack: usize,
    /// Code points by which a lost break may lie aside.
    pub break_slack: usize,
    /// Code points between a caption and a credit that count as one block.
    pub credit_gap: usize,
    /// A body sentence is lost when less than this share of it is kept.
    pub body_kept_share: f64,
    /// Two sentences are the same when they share more than this part of the
    /// shorter one.
    pub sentence_overlap: f64,
    /// Figures are rounded to this many decimals (`body_lost` to one more).
    pub decimals: usize,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            block_iou: BLOCK_IOU,
            quote_iou: QUOTE_IOU,
            sentence_start_slack: START_SLACK,
            block_extent_slack: EXTENT_SLACK,
            break_slack: BREAK_SLACK,
            credit_gap: CREDIT_GAP,
            body_kept_share: 0.5,
            sentence_overlap: 0.5,
            decimals: DECIMALS,
        }
    }
}

const DECIMALS: usize = 3;

/// The scores of an output folder. The field names are the keys of the JSON form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Documents of gold that the output lacks.
    pub missing_documents: Vec<String>,
    /// Blocks of each kind at their place; under `any` place alone.
    pub blocks: BTreeMap<&'static str, Prf>,
    /// The share of gold's body sentences that the output dropped.
    pub body_lost: f64,
    /// Where body sentences begin: precision, recall, F1.
    pub sentence_starts: (f64, f64, f64),
    /// Quotations at their place.
    pub quotes: QuoteScores,
    /// Of the quotations found, those of the right kind.
    pub quote_kind_acc: f64,
    /// Of all gold quotations with a speaker, those found with the right one.
    pub speaker_end_to_end: Share,
    /// The same by language: `speaker_fr`, `speaker_en`.
    #[serde(flatten)]
    pub speaker_by_language: BTreeMap<String, Share>,
    /// Of the quotations found, those with the right reporting verb.
    pub verbs: Share,
    /// Of the blocks found, those with both ends right.
    pub block_extent: Share,
    /// Lost paragraph breaks and lost spaces between sentences.
    pub breaks: Prf,
    /// All links.
    pub links_all: LinkScore,
    /// Links between two languages.
    pub links_cross: LinkScore,
    /// Links within one language.
    pub links_same_lang: LinkScore,
    /// Of the right links, those of the right kind.
    pub link_kind_acc: Share,
    /// Of the links called quotes, those that are an utterance.
    pub quote_links_precision: Share,
    /// Of gold's quote links, those found.
    pub quote_links_recall: Share,
    /// How many of the links to be refused were made, and how many there are.
    pub hard_negatives_linked: (usize, usize),
    /// What the counting depends on.
    pub parameters: Parameters,
}

impl Scores {
    pub(super) fn new(missing: Vec<String>, counts: &Counts, links: &LinkCounts) -> Self {
        let mut blocks: BTreeMap<_, _> = counts.blocks.iter().map(|(k, t)| (*k, prf(*t))).collect();
        if !blocks.is_empty() {
            blocks.insert("any", prf(counts.blocks_any));
        }
        let Prf(p, r, f, _) = prf(counts.starts);
        let everyone = counts
            .speakers
            .values()
            .fold(Ratio::default(), |a, b| Ratio {
                right: a.right + b.right,
                all: a.all + b.all,
            });
        let mut speaker_by_language: BTreeMap<_, _> = ["fr", "en"]
            .map(|l| (format!("speaker_{l}"), share(Ratio::default())))
            .into();
        for (lang, ratio) in &counts.speakers {
            speaker_by_language.insert(format!("speaker_{lang}"), share(*ratio));
        }
        Self {
            missing_documents: missing,
            blocks,
            body_lost: round(counts.lost.value(), DECIMALS + 1),
            sentence_starts: (p, r, f),
            quotes: QuoteScores {
                marked: prf(counts.marked),
                indirect: prf(counts.indirect),
            },
            quote_kind_acc: share(counts.kinds).0,
            speaker_end_to_end: share(everyone),
            speaker_by_language,
            verbs: share(counts.verbs),
            block_extent: share(counts.extent),
            breaks: prf(counts.breaks),
            links_all: link_score(links.all),
            links_cross: link_score(links.cross),
            links_same_lang: link_score(links.same_lang),
            link_kind_acc: share(links.kinds),
            quote_links_precision: share(links.quote_precision),
            quote_links_recall: share(links.quote_recall),
            hard_negatives_linked: (links.refused.right, links.refused.all),
            parameters: Parameters::default(),
        }
    }
}

/// To so many decimals, ties to the even digit.
fn round(x: f64, decimals: usize) -> f64 {
    // Formatting rounds the exact binary value; multiplying first would not.
    format!("{x:.decimals$}").parse().unwrap_or(x)
}

/// A quotient; anything of nothing is 0.
fn quotient(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

fn prf(t: Tally) -> Prf {
    Prf(
        round(quotient(t.right, t.predicted), DECIMALS),
        round(quotient(t.right, t.gold), DECIMALS),
        round(quotient(2 * t.right, t.predicted + t.gold), DECIMALS),
        t.gold,
    )
}

fn share(r: Ratio) -> Share {
    Share(round(r.value(), DECIMALS), r.all)
}

/// The two sides count different things (predicted and gold links), so F1 is the
/// harmonic mean of the two, not a quotient of counts.
fn link_score(t: LinkTally) -> LinkScore {
    let (p, r) = (t.precision.value(), t.recall.value());
    let f1 = if p + r > 0.0 {
        2.0 * p * r / (p + r)
    } else {
        0.0
    };
    LinkScore {
        precision: round(p, DECIMALS),
        recall: round(r, DECIMALS),
        f1: round(f1, DECIMALS),
        predicted: t.precision.all,
        gold: t.recall.all,
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        heading(f, "blocks (kind and place)")?;
        if let Some(any) = self.blocks.get("any") {
            row(f, "any kind, place alone", *any)?;
        }
        for (kind, s) in self.blocks.iter().filter(|(k, _)| **k != "any") {
            row(f, &kind.replace('_', " "), *s)?;
        }
        heading(f, "sentences, quotations")?;
        let (p, r, f1) = self.sentence_starts;
        writeln!(f, "  {:<28}{p:>9.3}{r:>9.3}{f1:>9.3}", "sentence starts")?;
        row(f, "lost breaks put back", self.breaks)?;
        row(f, "quotations between marks", self.quotes.marked)?;
        row(f, "reported speech", self.quotes.indirect)?;
        heading(f, "links")?;
        for (name, l) in [
            ("all", self.links_all),
            ("between languages", self.links_cross),
            ("within a language", self.links_same_lang),
        ] {
            row(f, name, Prf(l.precision, l.recall, l.f1, l.gold))?;
        }
        writeln!(f, "\n{:<30}{:>9}{:>9}", "shares", "value", "of")?;
        for (name, s) in self.shares() {
            writeln!(f, "  {name:<28}{:>9.3}{:>9}", s.0, s.1)?;
        }
        for (name, value) in [
            ("quotation kind right", self.quote_kind_acc),
            ("body sentences dropped", self.body_lost),
        ] {
            writeln!(f, "  {name:<28}{value:>9.3}")?;
        }
        let (made, all) = self.hard_negatives_linked;
        writeln!(f, "  {:<28}{made:>9}{all:>9}", "links to refuse, made")?;
        self.footer(f)
    }
}

impl Scores {
    /// The figures that are one share each, under the names of the table.
    fn shares(&self) -> Vec<(String, Share)> {
        let mut out = vec![("speaker right".to_owned(), self.speaker_end_to_end)];
        for (key, s) in self.speaker_by_language.iter().filter(|(_, s)| s.1 > 0) {
            out.push((format!("  {}", key.replace("speaker_", "in ")), *s));
        }
        out.extend(
            [
                ("reporting verb right", self.verbs),
                ("block ends right", self.block_extent),
                ("link kind right", self.link_kind_acc),
                ("quote links: an utterance", self.quote_links_precision),
                ("quote links found", self.quote_links_recall),
            ]
            .map(|(n, s)| (n.to_owned(), s)),
        );
        out
    }

    fn footer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.missing_documents.is_empty() {
            writeln!(
                f,
                "\nnot in the output: {}",
                self.missing_documents.join(", ")
            )?;
        }
        let p = &self.parameters;
        writeln!(
            f,
            "\ndiptych {}: spans in code points; block IoU {}, quotation IoU {}; sentence start ±{}, break ±{}, block ends ±{}",
            p.version,
            p.block_iou,
            p.quote_iou,
            p.sentence_start_slack,
            p.break_slack,
            p.block_extent_slack
        )
    }
}

fn heading(f: &mut fmt::Formatter<'_>, title: &str) -> fmt::Result {
    let gap = if title.starts_with("blocks") {
        ""
    } else {
        "\n"
    };
    writeln!(
        f,
        "{gap}{title:<30}{:>9}{:>9}{:>9}{:>9}",
        "precision", "recall", "F1", "in gold"
    )
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, Prf(p, r, f1, n): Prf) -> fmt::Result {
    writeln!(f, "  {name:<28}{p:>9.3}{r:>9.3}{f1:>9.3}{n:>9}")
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn rounds_ties_to_even() {
        // Binary fractions that lie exactly between two thousandths.
        assert_eq!(
            [0.0625, 0.1875, 0.3125].map(|x| round(x, 3)),
            [0.062, 0.188, 0.312]
        );
        assert_eq!(round(2.0 / 3.0, 3), 0.667);
    }
}
