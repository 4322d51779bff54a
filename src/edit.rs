//! Edits: how one view of a text becomes the next, with every offset mapped.
//!
//! Nothing rewrites a text in place. A stage proposes [`Edit`]s over the text it
//! was given; an [`EditList`] holds them sorted and apart, [`EditList::apply`]
//! makes the new text, and [`EditList::map`] carries offsets between the two in
//! both directions in O(log n). Two lists in a row compose into one, so that a
//! character of the clean text can be followed back to the raw one.

use std::marker::PhantomData;

use crate::error::Error;
use crate::span::Span;

/// One replacement: the stretch `span` of text `A` becomes `replacement`.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit<A> {
    /// What is replaced; of no length for an insertion.
    pub span: Span<A>,
    /// What stands there afterwards; empty for a deletion.
    pub replacement: String,
    /// The stable ID of the rule that proposed it.
    pub rule: &'static str,
    /// How sure the rule is, 0 to 1.
    pub confidence: f32,
}

/// Sorted edits that do not overlap, leading from text `A` to text `B`.
#[derive(Debug, Clone, PartialEq)]
pub struct EditList<A, B> {
    edits: Vec<Edit<A>>,
    to: PhantomData<B>,
}

impl<A, B> Default for EditList<A, B> {
    fn default() -> Self {
        Self {
            edits: Vec::new(),
            to: PhantomData,
        }
    }
}

impl<A, B> EditList<A, B> {
    /// Orders `edits` and checks that they fit `text` and keep apart. An
    /// insertion may touch another edit; of two insertions at one place the
    /// first given comes first.
    ///
    /// # Errors
    /// When two edits overlap or a span is not one of `text`.
    ///
    /// ```
    /// use diptych::edit::{Edit, EditList};
    /// use diptych::span::{Clean, Raw, Span};
    /// let text = "fin.Puis";
    /// let edit = Edit { span: Span::new(4, 4), replacement: " ".into(), rule: "demo", confidence: 1.0 };
    /// let list: EditList<Raw, Clean> = EditList::new(text, vec![edit]).unwrap();
    /// assert_eq!(list.apply(text), "fin. Puis");
    /// assert_eq!(list.map().to_source(Span::new(5, 9)), Span::new(4, 8));
    /// ```
    pub fn new(text: &str, mut edits: Vec<Edit<A>>) -> Result<Self, Error> {
        edits.sort_by_key(|e| e.span);
        let mut end = 0;
        for e in &edits {
            Span::<A>::checked(text, e.span.start(), e.span.end())?;
            if e.span.start() < end {
                return Err(Error::internal(format!(
                    "edit {:?} of rule {} overlaps the one before it",
                    e.span, e.rule
                )));
            }
            end = e.span.end();
        }
        Ok(Self {
            edits,
            to: PhantomData,
        })
    }

    /// The edits in order.
    #[must_use]
    pub fn edits(&self) -> &[Edit<A>] {
        &self.edits
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The text `B` made from the text `A` that the list was built for.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for e in &self.edits {
            out.push_str(&text[at..e.span.start()]);
            out.push_str(&e.replacement);
            at = e.span.end();
        }
        out.push_str(&text[at..]);
        out
    }

    /// The map of offsets between `A` and `B`.
    #[must_use]
    pub fn map(&self) -> OffsetMap<A, B> {
        let mut pieces = Vec::with_capacity(self.edits.len());
        let mut shift = 0i64;
        for e in &self.edits {
            let a = (e.span.start() as u32, e.span.end() as u32);
            let b0 = (i64::from(a.0) + shift) as u32;
            let b = (b0, b0 + e.replacement.len() as u32);
            shift = i64::from(b.1) - i64::from(a.1);
            pieces.push(Piece { a, b });
        }
        OffsetMap {
            pieces,
            ends: PhantomData,
        }
    }

    /// This list followed by `next` as one list, where `middle` is the text `B`
    /// between them. Edits of the two that overlap become one, under the later
    /// rule's name.
    #[must_use]
    pub fn then<C>(&self, next: &EditList<B, C>, middle: &str) -> EditList<A, C> {
        let map = self.map();
        // Both lists as intervals of the middle text, in order; the second of
        // the pair says which edit of `next` it is.
        let mut marks: Vec<(Span<B>, Option<usize>)> = map
            .pieces
            .iter()
            .map(|p| (Span::new(p.b.0 as usize, p.b.1 as usize), None))
            .collect();
        marks.extend(
            next.edits
                .iter()
                .enumerate()
                .map(|(i, e)| (e.span, Some(i))),
        );
        marks.sort_by_key(|&(span, which)| (span, which));
        let mut first = 0;
        let mut edits = Vec::with_capacity(marks.len());
        let mut at = 0;
        while at < marks.len() {
            let mut hull = marks[at].0;
            let mut to = at + 1;
            while to < marks.len() && joined(hull, marks[to].0) {
                hull = hull.hull(marks[to].0);
                to += 1;
            }
            let cluster = &marks[at..to];
            let mut replacement = String::new();
            let mut copied = hull.start();
            let mut rule = None;
            for e in cluster
                .iter()
                .filter_map(|&(_, which)| Some(&next.edits[which?]))
            {
                replacement.push_str(&middle[copied..e.span.start()]);
                replacement.push_str(&e.replacement);
                copied = e.span.end();
                rule = Some((e.rule, e.confidence));
            }
            replacement.push_str(&middle[copied..hull.end()]);
            // The hull in `A`: from the first piece of the cluster to its last,
            // widened by the unedited text that only `next` touches.
            let mut own = None;
            for &(_, which) in cluster {
                if which.is_none() {
                    own = Some(own.map_or((first, first), |(f, _)| (f, first)));
                    first += 1;
                }
            }
            let span = match own {
                Some((f, l)) => {
                    let (head, tail) = (map.pieces[f], map.pieces[l]);
                    rule = rule.or(Some((self.edits[l].rule, self.edits[l].confidence)));
                    Span::new(
                        head.a.0 as usize - (head.b.0 as usize - hull.start()),
                        tail.a.1 as usize + (hull.end() - tail.b.1 as usize),
                    )
                }
                None => map.to_source(hull),
            };
            let (rule, confidence) = rule.unwrap_or(("core-none", 1.0));
            edits.push(Edit {
                span,
                replacement,
                rule,
                confidence,
            });
            at = to;
        }
        EditList {
            edits,
            to: PhantomData,
        }
    }
}

/// Whether two intervals must become one edit: they share text, or one of them
/// is a point on the other (which of the two comes first would be a guess).
fn joined<T>(a: Span<T>, b: Span<T>) -> bool {
    if a.is_empty() || b.is_empty() {
        b.start() <= a.end() && a.start() <= b.end()
    } else {
        a.overlaps(b)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    a: (u32, u32),
    b: (u32, u32),
}

impl Piece {
    fn flipped(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
        }
    }
}

/// Carries spans between the text `A` before a list of edits and `B` after it.
#[derive(Debug, Clone, PartialEq)]
pub struct OffsetMap<A, B> {
    pieces: Vec<Piece>,
    ends: PhantomData<(A, B)>,
}

impl<A, B> OffsetMap<A, B> {
    /// Where a span of the edited text came from. An end that falls inside a
    /// replacement is widened to the whole replaced stretch; deleted text at the
    /// ends is left out.
    #[must_use]
    pub fn to_source(&self, span: Span<B>) -> Span<A> {
        let (start, end) = carry(
            &self.pieces,
            |p| p.flipped(),
            span.start() as u32,
            span.end() as u32,
        );
        Span::new(start, end)
    }

    /// Where a span of the source text went (of no length when all of it was
    /// deleted).
    #[must_use]
    pub fn to_target(&self, span: Span<A>) -> Span<B> {
        let (start, end) = carry(&self.pieces, |p| p, span.start() as u32, span.end() as u32);
        Span::new(start, end)
    }
}

/// Carries `start..end` from side `a` of the pieces to side `b`, where `side`
/// turns a piece so that the offsets given are its `a`.
fn carry(pieces: &[Piece], side: impl Fn(Piece) -> Piece, start: u32, end: u32) -> (usize, usize) {
    // A start goes after what is wholly before it: the last piece that begins at
    // or before it decides.
    let n = pieces.partition_point(|&p| side(p).a.0 <= start);
    let from = match n.checked_sub(1).map(|i| side(pieces[i])) {
        Some(p) if start >= p.a.1 => p.b.1 + (start - p.a.1),
        Some(p) => p.b.0,
        None => start,
    };
    // An end goes before what is wholly after it: the first piece that ends at
    // or after it decides.
    let n = pieces.partition_point(|&p| side(p).a.1 < end);
    let to = match pieces.get(n).map(|&p| side(p)) {
        Some(p) if end <= p.a.0 => p.b.0 - (p.a.0 - end),
        Some(p) => p.b.1,
        None => match pieces.last().map(|&p| side(p)) {
            Some(p) => p.b.1 + (end - p.a.1),
            None => end,
        },
    };
    // A span that lies within a deletion has no place of its own.
    (from.min(to) as usize, to as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{Clean, Raw, Repaired};
    use proptest::prelude::*;

    fn edit<A>(start: usize, end: usize, replacement: &str) -> Edit<A> {
        Edit {
            span: Span::new(start, end),
            replacement: replacement.into(),
            rule: "test",
            confidence: 1.0,
        }
    }

    #[test]
    fn refuses_overlap_and_bad_spans() {
        assert!(EditList::<Raw, Clean>::new("abcd", vec![edit(0, 2, ""), edit(1, 3, "")]).is_err());
        assert!(EditList::<Raw, Clean>::new("é", vec![edit(1, 2, "")]).is_err());
        assert!(EditList::<Raw, Clean>::new("abcd", vec![edit(2, 2, " "), edit(2, 3, "")]).is_ok());
    }

    #[test]
    fn spans_skip_what_was_deleted_at_their_ends() {
        let list: EditList<Raw, Clean> =
            EditList::new("xxabcyy", vec![edit(0, 2, ""), edit(5, 7, "")]).unwrap();
        let map = list.map();
        assert_eq!(list.apply("xxabcyy"), "abc");
        assert_eq!(map.to_source(Span::new(0, 3)), Span::new(2, 5));
        assert_eq!(map.to_target(Span::new(0, 7)), Span::new(0, 3));
        assert!(map.to_target(Span::new(0, 1)).is_empty());
    }

    #[test]
    fn composing_joins_what_overlaps() {
        // "a&nbsp;b" -> "a\u{a0}b" -> "a b"
        let raw = "a&nbsp;b";
        let first: EditList<Raw, Repaired> =
            EditList::new(raw, vec![edit(1, 7, "\u{a0}")]).unwrap();
        let middle = first.apply(raw);
        let second: EditList<Repaired, Clean> =
            EditList::new(&middle, vec![edit(1, 3, " ")]).unwrap();
        let both = first.then(&second, &middle);
        assert_eq!(both.apply(raw), "a b");
        assert_eq!(both.map().to_source(Span::new(1, 2)), Span::new(1, 7));
    }

    /// Edits over an ASCII text of length `n` that keep apart.
    fn edits<A: std::fmt::Debug>(n: usize) -> impl Strategy<Value = Vec<Edit<A>>> {
        prop::collection::vec((0..=n, 0..4usize, "[A-Z]{0,3}"), 0..8).prop_map(move |raw| {
            let mut out: Vec<Edit<A>> = Vec::new();
            let mut raw = raw;
            raw.sort();
            let mut end = 0;
            for (start, len, text) in raw {
                if start < end || out.last().is_some_and(|e| e.span.start() == start) {
                    continue;
                }
                end = (start + len).min(n);
                out.push(edit(start, end, &text));
            }
            out
        })
    }

    proptest! {
        #[test]
        fn unedited_text_maps_there_and_back(list in edits::<Raw>(20)) {
            let text = "abcdefghijklmnopqrst";
            let list: EditList<Raw, Clean> = EditList::new(text, list).unwrap();
            let clean = list.apply(text);
            let map = list.map();
            for (at, c) in text.char_indices() {
                let span = Span::new(at, at + 1);
                if list.edits().iter().any(|e| e.span.overlaps(span)) {
                    continue;
                }
                let there = map.to_target(span);
                prop_assert_eq!(there.of(&clean), c.to_string());
                prop_assert_eq!(map.to_source(there), span);
            }
        }

        #[test]
        fn composition_equals_one_after_the_other(
            first in edits::<Raw>(20),
            second in edits::<Repaired>(8),
        ) {
            let text = "abcdefghijklmnopqrst";
            let first: EditList<Raw, Repaired> = EditList::new(text, first).unwrap();
            let middle = first.apply(text);
            let fits: Vec<_> = second.into_iter().filter(|e| e.span.end() <= middle.len()).collect();
            let second: EditList<Repaired, Clean> = EditList::new(&middle, fits).unwrap();
            let both = first.then(&second, &middle);
            prop_assert_eq!(both.apply(text), second.apply(&middle));
            prop_assert!(EditList::<Raw, Clean>::new(text, both.edits().to_vec()).is_ok());
        }
    }
}
