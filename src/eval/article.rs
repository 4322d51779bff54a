//! What is counted within one document: blocks, breaks, sentences, quotations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::folder::Style;
use super::names::{Speakers, same_verb};
use super::spans::{Cover, Points, Ratio, Tally, matches};
use crate::document::{ArtefactKind, QuoteKind, Role};
use crate::record::{DocumentRecord, QuoteRecord};

/// A block is at its place when it overlaps gold's by this much of both.
pub(super) const BLOCK_IOU: f64 = 0.5;
/// The same for a quotation.
pub(super) const QUOTE_IOU: f64 = 0.6;
/// A sentence may begin this many code points aside (an opening mark).
pub(super) const START_SLACK: usize = 2;
/// A block's ends may lie this many code points aside.
pub(super) const EXTENT_SLACK: usize = 2;
/// A lost break may be put this many code points aside.
pub(super) const BREAK_SLACK: usize = 1;
/// What may stand between a caption and its credit.
pub(super) const CREDIT_GAP: usize = 4;

/// The counts over all documents.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Place and kind, by kind; place alone.
    pub blocks: BTreeMap<&'static str, Tally>,
    pub blocks_any: Tally,
    pub extent: Ratio,
    pub breaks: Tally,
    /// Body sentences of gold of which less than half is kept.
    pub lost: Ratio,
    pub starts: Tally,
    pub marked: Tally,
    pub indirect: Tally,
    pub kinds: Ratio,
    pub verbs: Ratio,
    /// Of all gold quotations with a speaker, by language.
    pub speakers: BTreeMap<String, Ratio>,
}

impl Counts {
    /// Adds a pair of documents.
    pub fn add(
        &mut self,
        gold: &DocumentRecord,
        out: &DocumentRecord,
        style: Style,
        speakers: &Speakers,
    ) {
        let same_line = SameLine::of(gold, out, style);
        self.add_blocks(&blocks(gold, &same_line), &blocks(out, &same_line));
        self.add_breaks(&breaks(gold), &breaks(out));
        self.add_sentences(gold, out);
        self.add_quotes(gold, out, &style.free(gold), speakers);
    }

    fn add_blocks(&mut self, gold: &[Block], out: &[Block]) {
        for (i, j) in matches(&places(gold), &places(out), BLOCK_IOU) {
            let (g, o) = (&gold[i], &out[j]);
            self.blocks_any.right += 1;
            let right = usize::from(g.kind == o.kind);
            self.blocks.entry(g.kind.name()).or_default().right += right;
            let near = |a: usize, b: usize| a.abs_diff(b) <= EXTENT_SLACK;
            self.extent
                .add(near(g.place[0], o.place[0]) && near(g.place[1], o.place[1]));
        }
        for g in gold {
            self.blocks.entry(g.kind.name()).or_default().gold += 1;
        }
        for o in out {
            self.blocks.entry(o.kind.name()).or_default().predicted += 1;
        }
        self.blocks_any.add(0, out.len(), gold.len());
    }

    fn add_breaks(&mut self, gold: &[usize], out: &[usize]) {
        let gold: BTreeSet<_> = gold.iter().collect();
        let found = gold
            .iter()
            .filter(|g| out.iter().any(|o| g.abs_diff(*o) <= BREAK_SLACK))
            .count();
        // One break of the output may stand for two of gold that lie side by side.
        self.breaks.add(found, out.len().max(found), gold.len());
    }

    fn add_sentences(&mut self, gold: &DocumentRecord, out: &DocumentRecord) {
        let (gold, out) = (body(gold), body(out));
        let cover = Cover::new(out.clone());
        for &g in &gold {
            let length = g[1].saturating_sub(g[0]).max(1);
            self.lost.add(2 * cover.within(g) < length);
        }
        let gold: BTreeSet<_> = gold.iter().map(|s| s[0]).collect();
        let out: BTreeSet<_> = out.iter().map(|s| s[0]).collect();
        let near = |at: usize| {
            let window = at.saturating_sub(START_SLACK)..=at + START_SLACK;
            out.range(window).next().is_some()
        };
        let found = gold.iter().filter(|&&at| near(at)).count();
        self.starts.add(found, out.len(), gold.len());
    }

    fn add_quotes(
        &mut self,
        gold: &DocumentRecord,
        out: &DocumentRecord,
        free: &[Points],
        speakers: &Speakers,
    ) {
        let is_free = |q: &QuoteRecord| free.iter().any(|f| f[0] <= q.raw[0] && q.raw[0] < f[1]);
        for group in [Group::Marked, Group::Indirect] {
            let gold_quotes: Vec<_> = gold.quotes.iter().filter(|q| group.has(q.kind)).collect();
            let out_quotes: Vec<_> = out
                .quotes
                .iter()
                .filter(|q| group.has(q.kind) && !is_free(q))
                .collect();
            let place = |q: &[&QuoteRecord]| q.iter().map(|q| q.raw).collect::<Vec<_>>();
            let pairs = matches(&place(&gold_quotes), &place(&out_quotes), QUOTE_IOU);
            let tally = match group {
                Group::Marked => &mut self.marked,
                Group::Indirect => &mut self.indirect,
            };
            tally.add(pairs.len(), out_quotes.len(), gold_quotes.len());

            let mut found = vec![None; gold_quotes.len()];
            for (i, j) in pairs {
                found[i] = Some(out_quotes[j]);
            }
            for (g, o) in gold_quotes.iter().zip(found) {
                if let Some(o) = o {
                    self.add_found(g, o);
                }
                if let Some(speaker) = &g.speaker {
                    let named = o.and_then(|q| q.speaker.as_ref());
                    let right = named.is_some_and(|n| speakers.same(&speaker.name, &n.name));
                    let lang = gold.lang.code().to_owned();
                    self.speakers.entry(lang).or_default().add(right);
                }
            }
        }
    }

    fn add_found(&mut self, gold: &QuoteRecord, out: &QuoteRecord) {
        self.kinds.add(gold.kind == out.kind);
        if let Some(verb) = gold.verb.as_deref().filter(|v| !v.is_empty()) {
            let out = out.verb.as_deref().unwrap_or_default();
            self.verbs.add(same_verb(verb, out));
        }
    }
}

/// The two groups in which quotations are matched; a word between marks
/// ([`QuoteKind::Term`]) is in neither.
#[derive(Clone, Copy)]
enum Group {
    Marked,
    Indirect,
}

impl Group {
    fn has(self, kind: QuoteKind) -> bool {
        use QuoteKind::{Direct, Floating, Indirect, Mixed};
        match self {
            Group::Marked => matches!(kind, Direct | Mixed | Floating),
            Group::Indirect => kind == Indirect,
        }
    }
}

/// A whole line or more that is not running text.
#[derive(Debug, Clone, Copy)]
struct Block {
    kind: ArtefactKind,
    place: Points,
}

/// Whether an artefact is a block, not an edit inside a sentence.
fn is_block(kind: ArtefactKind) -> bool {
    use ArtefactKind::{
        Apostrophe, Editorial, Ellipsis, Encoding, MergedBoundary, Number, QuoteStyle, Spacing,
        Spelling,
    };
    !matches!(
        kind,
        MergedBoundary
            | QuoteStyle
            | Apostrophe
            | Spacing
            | Number
            | Editorial
            | Ellipsis
            | Encoding
            | Spelling
    )
}

/// The blocks in order of place; a credit on its caption's line is part of the
/// caption, since annotators and programs disagree on where one ends.
fn blocks(d: &DocumentRecord, same_line: &SameLine) -> Vec<Block> {
    let mut all: Vec<_> = d
        .artefacts
        .iter()
        .filter(|a| is_block(a.kind))
        .map(|a| Block {
            kind: a.kind,
            place: a.raw,
        })
        .collect();
    all.sort_by_key(|b| b.place);
    let mut out: Vec<Block> = Vec::with_capacity(all.len());
    for b in all {
        match out.last_mut() {
            Some(last)
                if b.kind == ArtefactKind::Credit
                    && last.kind == ArtefactKind::Caption
                    && b.place[0] >= last.place[1]
                    && b.place[0] - last.place[1] <= CREDIT_GAP
                    && same_line.holds(last.place[1], b.place[0]) =>
            {
                last.place[1] = b.place[1];
            }
            _ => out.push(b),
        }
    }
    out
}

/// Knows which gaps of a raw text hold a line break. Records do not hold the raw
/// text, so the source file is read where it still stands at its path unchanged;
/// where it does not, and in gold annotated as a whole, a caption and a credit
/// that lie so close are one.
struct SameLine(Vec<usize>);

impl SameLine {
    fn of(gold: &DocumentRecord, out: &DocumentRecord, style: Style) -> Self {
        let matters =
            |d: &DocumentRecord| d.artefacts.iter().any(|a| a.kind == ArtefactKind::Credit);
        let text = match style {
            Style::BodyOnly if matters(gold) || matters(out) => source_text(out),
            _ => None,
        };
        let breaks = |text: String| {
            let points = text.chars().enumerate();
            points.filter(|(_, c)| *c == '\n').map(|(i, _)| i).collect()
        };
        Self(text.map(breaks).unwrap_or_default())
    }

    fn holds(&self, from: usize, to: usize) -> bool {
        let next = self.0.partition_point(|&at| at < from);
        self.0.get(next).is_none_or(|&at| at >= to)
    }
}

/// The raw text of a document, if its file is there and the same.
fn source_text(d: &DocumentRecord) -> Option<String> {
    let bytes = std::fs::read(Path::new(&d.source.path)).ok()?;
    let hash: String = Sha256::digest(&bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    (hash == d.source.sha256).then(|| String::from_utf8(bytes).ok())?
}

fn places(blocks: &[Block]) -> Vec<Points> {
    blocks.iter().map(|b| b.place).collect()
}

/// Where lost breaks are.
fn breaks(d: &DocumentRecord) -> Vec<usize> {
    d.artefacts
        .iter()
        .filter(|a| a.kind == ArtefactKind::MergedBoundary)
        .map(|a| a.raw[0])
        .collect()
}

/// The places of the body's sentences.
fn body(d: &DocumentRecord) -> Vec<Points> {
    d.sentences
        .iter()
        .filter(|s| s.role == Role::Body)
        .map(|s| s.raw)
        .collect()
}
