//! Which line is what: the labeller that sees the whole document.
//!
//! Lines are first matched with the rules that know furniture by its wording
//! ([`super::rules`]); lines in which such furniture is glued to text are cut
//! ([`super::glue`]), lists are told by their headings ([`super::lists`]) and
//! captions by their credits ([`super::captions`]). What is left is told by where it stands: before the first
//! paragraph of running text ([`super::head`]), between paragraphs
//! ([`super::middle`]), after the last ([`super::tail`]). A line that no rule
//! claims is body text.

use super::layout::{Block, Look};
use super::rules::{Label, Place, TextRules};
use super::signs::BodyWords;
use super::vocabulary::{Vocabulary, vocabulary};
use super::{
    Knowledge, captions, fused, glue, head, joints, lists, middle, openings, rows, seams, signs,
    tail,
};
use crate::document::{ArtefactKind, Lang};

/// What every part of the labeller works on.
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) words: &'static Vocabulary,
    pub(super) rules: TextRules<'t>,
    pub(super) blocks: Vec<Block>,
    pub(super) body: BodyWords,
}

impl<'t> Page<'t> {
    /// The text of a block.
    pub(super) fn line(&self, i: usize) -> &'t str {
        self.blocks[i].of(self.text)
    }

    /// What was seen of a block at once.
    pub(super) fn look(&self, i: usize) -> Look {
        self.blocks[i].look
    }

    /// Whether a block stands in the head of the page, above all text.
    pub(super) fn is_over_text(&self, i: usize) -> bool {
        /// The head of a page has at most so many lines.
        const TOP_LINES: usize = 12;
        i < TOP_LINES && !self.blocks[..i].iter().any(Block::is_text)
    }

    /// The kind of a block's artefact.
    pub(super) fn kind(&self, i: usize) -> Option<ArtefactKind> {
        self.blocks.get(i)?.label.map(|l| l.kind)
    }

    /// Whether the rules left a block as text, or called it a heading or summary for
    /// want of anything better.
    pub(super) fn is_loose(&self, i: usize) -> bool {
        self.blocks[i].label.is_none_or(|l| {
            matches!(
                l.rule,
                "any-heading-short" | "any-standfirst-line" | "any-heading-glued"
            )
        })
    }

    /// Whether a block was taken out for where it stands and how it looks, not for
    /// its wording.
    pub(super) fn is_guessed(&self, i: usize) -> bool {
        self.blocks[i].label.is_some_and(|l| {
            matches!(
                l.rule,
                "any-related-tail"
                    | "any-related-colon"
                    | "any-tag-line"
                    | "any-tag-list"
                    | "any-byline-tail"
                    | "any-promo-tail"
            )
        })
    }

    /// How many line ends stand before a block; two are a blank line.
    pub(super) fn newlines_before(&self, i: usize) -> usize {
        let from = i.checked_sub(1).map_or(0, |above| self.blocks[above].end);
        match self.blocks.get(i) {
            Some(block) if i > 0 => self.text[from..block.start].matches('\n').count(),
            // The text's edge is as good as a blank line.
            _ => 2,
        }
    }

    /// Takes the blocks that are open now for the body whose words are counted.
    pub(super) fn look_at_body(&mut self) {
        self.body
            .look_at(self.blocks.iter().filter(|b| b.is_open()));
    }

    /// Takes the paragraphs of running text for that body.
    pub(super) fn look_at_text(&mut self) {
        self.body
            .look_at(self.blocks.iter().filter(|b| b.is_text()));
    }

    /// Cuts a block in parts; ranges that hold nothing are left out.
    pub(super) fn replace(&mut self, i: usize, parts: Vec<Block>) {
        self.blocks.splice(i..=i, parts);
    }
}

/// Labels the blocks of a text.
pub(super) fn label<'t>(
    text: &'t str,
    lang: Lang,
    rules: TextRules<'t>,
    blocks: Vec<Block>,
    known: &Knowledge,
    outlet: &str,
) -> Vec<Block> {
    let mut page = by_rules(text, lang, rules, blocks);
    repeated(&mut page, |line| known.repeats.has(outlet, line));
    known.lines.label(&mut page);
    page.blocks
}

/// Labels lines that many documents have, where no rule knew them.
fn repeated(page: &mut Page<'_>, repeats: impl Fn(&str) -> bool) {
    for i in 0..page.blocks.len() {
        if page.is_loose(i) && repeats(page.line(i)) {
            page.blocks[i].label = Some(Label::of("any-repeated-line"));
        }
    }
}

/// What the rules say of lines by their wording, before any is told by where it stands.
pub(super) fn by_wording<'t>(
    text: &'t str,
    lang: Lang,
    rules: TextRules<'t>,
    blocks: Vec<Block>,
) -> Page<'t> {
    let mut page = Page {
        text,
        words: vocabulary(lang),
        rules,
        blocks,
        body: BodyWords::default(),
    };
    glue::date_header(&mut page);
    openings::page_head(&mut page);
    openings::stamped_title(&mut page);
    joints::head(&mut page);
    seams::cut(&mut page);
    fused::paragraphs(&mut page);
    captions::over_paragraphs(&mut page);
    rows::label(&mut page);
    wording(&mut page);
    head::dated(&mut page);
    openings::sectioned_title(&mut page);
    openings::topic_title(&mut page);
    lists::label(&mut page);
    glue::clocks(&mut page);
    glue::prefixes(&mut page);
    glue::suffixes(&mut page);
    glue::headline_author(&mut page);
    captions::credits(&mut page);
    captions::beside_credits(&mut page);
    page
}

/// What the rules alone say.
pub(super) fn by_rules<'t>(
    text: &'t str,
    lang: Lang,
    rules: TextRules<'t>,
    blocks: Vec<Block>,
) -> Page<'t> {
    let mut page = by_wording(text, lang, rules, blocks);
    let (first, _) = body_range(&page);
    head::label(&mut page, first);
    openings::title(&mut page);
    glue::datelines(&mut page);
    middle::label(&mut page);
    tail::label(&mut page);
    glue::rejoin(&mut page);
    page
}

/// Labels the lines that a rule knows by their wording. Rules for the edges of
/// an article apply outside its body only, so the body is looked for first.
fn wording(page: &mut Page<'_>) {
    let found: Vec<_> = page
        .blocks
        .iter()
        .map(|b| {
            if b.is_open() {
                page.rules.of_line(b.of(page.text))
            } else {
                Vec::new()
            }
        })
        .collect();
    let open = |i: usize| page.blocks[i].is_open() && found[i].is_empty();
    let lines = 0..page.blocks.len();
    let first = lines
        .clone()
        .find(|&i| open(i) && page.blocks[i].look.paragraph)
        .unwrap_or(0);
    let last = lines
        .clone()
        .rev()
        .find(|&i| open(i) && page.blocks[i].look.sentence)
        .unwrap_or(first);
    // Lines of text from the first paragraph to the line looked at.
    let mut above = 0;
    // The first line that can be a headline: `Fact check: ...` is one there.
    let title = lines.clone().find(|&i| {
        let known = found[i].iter().all(|(label, _)| opens_headline(label));
        page.blocks[i].is_open()
            && known
            && page.blocks[i].look.words >= 5
            && !signs::is_names(page.line(i), page.words)
    });
    for i in lines {
        if Some(i) == title && i < first {
            continue;
        }
        above += usize::from(i >= first && page.blocks[i].is_open() && found[i].is_empty());
        let here = |label: &Label, place: Place| match place {
            Place::Any => true,
            // A summary may stand over the byline.
            Place::Edge if matches!(label.kind, ArtefactKind::Byline | ArtefactKind::Timestamp) => {
                above <= 2 || i > last
            }
            Place::Edge => i < first.max(1) || i > last,
            Place::Tail => i > last,
            Place::Opening | Place::First => false,
        };
        let captioned =
            |label: &Label| opens_headline(label) && captions::has_credit(page, page.line(i));
        if let Some((label, _)) = found[i]
            .iter()
            .find(|(label, place)| here(label, *place) && !captioned(label))
        {
            page.blocks[i].label = Some(*label);
        }
    }
    for i in 1..page.blocks.len() {
        let label = |i: usize| page.blocks[i].label.map_or("", |l| l.rule);
        // `Words: X` over `Pictures: Y` name two authors.
        if label(i).ends_with("-credit-label")
            && (label(i - 1).ends_with("-byline-words") || label(i - 1).ends_with("-byline-genre"))
            && page.newlines_before(i) == 1
        {
            page.blocks[i].label = Some(Label::of("any-byline-pair"));
        }
    }
}

/// Whether a rule claims headlines of other articles by the topic before them, as
/// the article's own may have one.
fn opens_headline(label: &Label) -> bool {
    label.rule.ends_with("-related-media") || label.rule.ends_with("-related-trending")
}

/// The first paragraph of running text and the last sentence that no rule
/// claimed; nothing where the text has no paragraph.
pub(super) fn body_range(page: &Page<'_>) -> (Option<usize>, Option<usize>) {
    let lines = 0..page.blocks.len();
    let first = lines.clone().find(|&i| page.blocks[i].is_text());
    let last = lines
        .rev()
        .find(|&i| page.blocks[i].is_open() && page.blocks[i].look.sentence);
    (first, last)
}
