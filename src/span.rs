//! Byte ranges that know which text they point into.
//!
//! A document has several texts: the raw one as decoded, the repaired one
//! (encoding damage undone), the clean one. Offsets into one are meaningless in
//! another, so a span carries its text as a type: `Span<Raw>` does not compare
//! with `Span<Clean>`. Offsets are UTF-8 byte offsets, `[start, end)`, held as
//! `u32` (inputs are limited to far less than 4 GiB, see
//! [`Limits`](crate::config::Limits)); code points are counted where records
//! are written.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use crate::error::Error;

/// The text as decoded from the input bytes; never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw {}
/// The raw text with encoding damage (mojibake, entities, control characters) undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repaired {}
/// The display view: artefacts out, paragraphs separated by a blank line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clean {}
/// The model view of one sentence: what the translator reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {}

/// A byte range `[start, end)` of the text `T`.
pub struct Span<T> {
    start: u32,
    end: u32,
    text: PhantomData<T>,
}

impl<T> Span<T> {
    /// A span from byte offsets.
    ///
    /// # Panics
    /// When `start > end` or an offset passes `u32::MAX`: offsets come from this
    /// program's own scanning, so either is a bug. For numbers read from a file
    /// use [`Span::checked`].
    ///
    /// ```
    /// use diptych::span::{Raw, Span};
    /// let s: Span<Raw> = Span::new(2, 5);
    /// assert_eq!(s.of("abcdef"), "cde");
    /// ```
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(
            start <= end && end <= u32::MAX as usize,
            "span {start}..{end} is not a range"
        );
        Self {
            start: start as u32,
            end: end as u32,
            text: PhantomData,
        }
    }

    /// A span of `text` from byte offsets that may be wrong.
    ///
    /// # Errors
    /// When the offsets are reversed, pass the end, or fall inside a character.
    pub fn checked(text: &str, start: usize, end: usize) -> Result<Self, Error> {
        if start <= end
            && end <= u32::MAX as usize
            && text.is_char_boundary(start)
            && text.is_char_boundary(end)
        {
            Ok(Self::new(start, end))
        } else {
            Err(Error::input(format!(
                "{start}..{end} is not a span of a text of {} bytes",
                text.len()
            )))
        }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it has no length (an insertion point).
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// The stretch of `text` it covers.
    ///
    /// # Panics
    /// When `text` is not the text the span was made for.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self::new(
            self.start.min(other.start) as usize,
            self.end.max(other.end) as usize,
        )
    }

    /// The span without white space at its ends (empty at its start when it is
    /// nothing but white space).
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let s = self.of(text);
        let start = self.start() + (s.len() - s.trim_start().len());
        Self::new(start, start + s.trim().len())
    }
}

// Written out because a derive would ask the marker type for the same traits.
impl<T> Clone for Span<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Span<T> {}
impl<T> PartialEq for Span<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<T> Eq for Span<T> {}
impl<T> PartialOrd for Span<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Span<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<T> fmt::Debug for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Turns byte offsets of one text into code-point offsets, as records hold them.
///
/// Built once a text; each look-up counts at most 256 bytes from a checkpoint.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STEP` (continuation bytes not counted).
    checkpoints: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    const STEP: usize = 256;

    /// Counts `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(Self::STEP) {
            checkpoints.push(count);
            count += starts(chunk);
        }
        Self { text, checkpoints }
    }

    /// The code points before byte `offset`.
    ///
    /// ```
    /// use diptych::span::CodePoints;
    /// assert_eq!(CodePoints::new("été").at(3), 2);
    /// ```
    ///
    /// # Panics
    /// When `offset` passes the end of the text.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        assert!(offset <= self.text.len(), "offset {offset} is past the end");
        let block = offset / Self::STEP;
        match self.checkpoints.get(block) {
            Some(&n) => (n + starts(&self.text.as_bytes()[block * Self::STEP..offset])) as usize,
            // The end of a text whose length is a multiple of the step.
            None => match self.checkpoints.last() {
                Some(&n) => {
                    let from = (self.checkpoints.len() - 1) * Self::STEP;
                    (n + starts(&self.text.as_bytes()[from..])) as usize
                }
                None => 0,
            },
        }
    }

    /// Both ends of a span in code points.
    #[must_use]
    pub fn span<T>(&self, span: Span<T>) -> [usize; 2] {
        [self.at(span.start()), self.at(span.end())]
    }
}

/// How many characters begin in these UTF-8 bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "à l’été, « 12 » 𝄞 ".repeat(60);
        let points = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(at), n);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(CodePoints::new("").at(0), 0);
        let exact = "x".repeat(512);
        assert_eq!(CodePoints::new(&exact).at(512), 512);
    }

    #[test]
    fn checked_refuses_what_is_not_a_span() {
        assert!(Span::<Raw>::checked("été", 1, 3).is_err());
        assert!(Span::<Raw>::checked("abc", 2, 1).is_err());
        assert!(Span::<Raw>::checked("abc", 0, 4).is_err());
        assert_eq!(Span::<Raw>::checked("été", 0, 2).unwrap().of("été"), "é");
    }

    #[test]
    fn trimmed_keeps_within() {
        let text = "a  b c  d";
        assert_eq!(Span::<Raw>::new(1, 7).trimmed(text).of(text), "b c");
        assert!(Span::<Raw>::new(1, 3).trimmed(text).is_empty());
    }
}
