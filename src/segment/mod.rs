//! Sentence boundaries within a paragraph.
//!
//! [`sentences`] reads a paragraph from left to right and stops at every run of
//! final marks (`.`, `?!`, `…`). The marks that belong to the sentence before,
//! closing quotation marks and brackets, go with it; then what stands on both
//! sides decides: the word before (an abbreviation, an initial, a number), the
//! character after (a capital, an opening mark, a small letter) and, after
//! abbreviations, whether the next word is one that begins sentences. Which way a
//! quotation mark looks is told by the pairing automaton that the quotations use
//! too ([`crate::quote::marks`]). Rules and small tables rather than a model: a
//! wrong boundary can be read off and mended, and a scraped text's lost spaces
//! (`fin.Puis`), which defeat splitters trained on edited text, are one more case
//! of the same decision.
//!
//! Sentences are split inside quotations of several sentences too. The work is
//! linear in the text: look-back and look-ahead are bounded.

mod before;
mod boundary;
mod lexicon;
pub mod tokens;
mod words;

use std::ops::Range;

use crate::document::Lang;
use crate::quote::marks;
use lexicon::Lexicon;

/// The sentences of one paragraph, in order, without white space at their ends.
///
/// ```
/// use diptych::document::Lang;
/// use diptych::segment::sentences;
/// let text = "Le Dr Dupont parle.« Oui. » M. Martin, lui, se tait.";
/// let parts: Vec<&str> = sentences(text, Lang::FR).into_iter().map(|r| &text[r]).collect();
/// assert_eq!(parts, ["Le Dr Dupont parle.", "« Oui. »", "M. Martin, lui, se tait."]);
/// ```
#[must_use]
pub fn sentences(text: &str, lang: Lang) -> Vec<Range<usize>> {
    let mut splitter = Splitter::new(text, lang);
    let mut sentences = Vec::new();
    let mut start = 0;
    while let Some(end) = splitter.next_end() {
        push_trimmed(text, start..end, &mut sentences);
        start = end;
        splitter.sentence_start = end;
    }
    push_trimmed(text, start..text.len(), &mut sentences);
    sentences
}

fn push_trimmed(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        let start = range.start + (part.len() - part.trim_start().len());
        out.push(start..start + trimmed.len());
    }
}

struct Splitter<'t> {
    text: &'t str,
    lexicon: &'static Lexicon,
    /// Paired quotation marks in order: beginning, end, whether it closes.
    marks: Vec<(usize, usize, bool)>,
    at: usize,
    sentence_start: usize,
}

/// A run of final marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Final {
    /// One full stop.
    Stop,
    /// Dots for something left out or a pause.
    Ellipsis,
    /// `!`, `?`, with or without dots.
    Strong,
    /// The final marks of scripts without capitals.
    Ideographic,
}

impl<'t> Splitter<'t> {
    fn new(text: &'t str, lang: Lang) -> Self {
        let mut marks: Vec<_> = marks::pairs(text)
            .iter()
            .flat_map(|p| {
                [
                    p.open.clone().map(|r| (r, false)),
                    p.close.clone().map(|r| (r, true)),
                ]
            })
            .flatten()
            .map(|(r, closes)| (r.start, r.end, closes))
            .collect();
        marks.sort_unstable();
        Self {
            text,
            lexicon: Lexicon::of(lang),
            marks,
            at: 0,
            sentence_start: 0,
        }
    }

    /// Where the next sentence ends, its closing marks included; `None` when the
    /// rest is one sentence.
    fn next_end(&mut self) -> Option<usize> {
        while let Some((run, kind)) = self.next_run() {
            self.at = run.end;
            if self.is_cut(&run) {
                continue;
            }
            let end = self.with_closers(run.end);
            if self.is_boundary(&run, kind, end) {
                self.at = end;
                return Some(end);
            }
        }
        None
    }

    /// The next run of final marks.
    fn next_run(&self) -> Option<(Range<usize>, Final)> {
        let mut start = self.at;
        loop {
            let rest = &self.text.as_bytes()[start..];
            start += rest.iter().position(begins_final)?;
            match self.text[start..].chars().next()? {
                c if is_final(c) => break,
                c => start += c.len_utf8(),
            }
        }
        let run: &str = &self.text[start..];
        let length = run.find(|c| !is_final(c)).unwrap_or(run.len());
        let run = &run[..length];
        let kind = if run.contains(['。', '！', '？', '।', '؟', '｡']) {
            Final::Ideographic
        } else if run.contains(['!', '?']) {
            Final::Strong
        } else if run == "." {
            Final::Stop
        } else {
            Final::Ellipsis
        };
        Some((start..start + length, kind))
    }

    /// `(...)`, `[…]`: a cut within a quotation, no end of its own.
    fn is_cut(&self, run: &Range<usize>) -> bool {
        let before = self.text[..run.start].chars().next_back();
        let after = self.text[run.end..].chars().next();
        matches!(
            (before, after),
            (Some('('), Some(')')) | (Some('['), Some(']'))
        )
    }

    /// The end of the closing marks and brackets that follow a run.
    fn with_closers(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.text[at..];
            if let Some(end) = self.mark_at(at, true) {
                at = end;
                continue;
            }
            match rest.chars().next() {
                Some(c @ (')' | ']')) => at += c.len_utf8(),
                Some(c) if c.is_whitespace() => {
                    // `brûler. »`: a closing mark may stand off by a space.
                    let mark = at + (rest.len() - rest.trim_start().len());
                    match self.mark_at(mark, true) {
                        Some(end) => at = end,
                        None => return at,
                    }
                }
                _ => return at,
            }
        }
    }

    /// The end of the quotation mark of that side that begins here.
    fn mark_at(&self, at: usize, closes: bool) -> Option<usize> {
        let i = self
            .marks
            .binary_search_by_key(&at, |&(start, _, _)| start)
            .ok()?;
        let (_, end, side) = self.marks[i];
        (side == closes).then_some(end)
    }
}

fn is_final(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁉' | '⁈' | '。' | '！' | '？' | '।' | '؟' | '｡'
    )
}

/// Whether a byte may be the first of a final mark.
fn begins_final(byte: &u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xd8 | 0xe0 | 0xe2 | 0xe3 | 0xef)
}

#[cfg(test)]
mod tests;
