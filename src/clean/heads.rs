//! The first letters of what expressions match, to tell at a glance that none does.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

use super::sign_set::class_of;

/// So many letters of a line are looked at; expressions that tell fewer than
/// `FEWEST` are not told by them.
const MOST: usize = 4;
const FEWEST: usize = 3;
/// A class of more letters may as well be any, and an expression with more heads.
const LARGE_CLASS: usize = 12;
const LARGE: usize = 2000;

/// A set of heads, a bit each; different ones may share a bit.
#[derive(Debug)]
pub(super) struct Heads(Box<[u64; 1 << (Heads::BITS - 6)]>);

/// The first letters of something, in lower case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    letters: [char; MOST],
    length: usize,
    /// Whether what follows is not told.
    is_closed: bool,
}

impl Heads {
    /// Of varied articles' lines, furniture among them, two in three are left out.
    const BITS: u32 = 16;

    pub(super) fn new() -> Self {
        Self(Box::new([0; 1 << (Self::BITS - 6)]))
    }

    /// Adds what an expression's matches begin with; refuses where that is not told.
    pub(super) fn add(&mut self, expressions: &[&Hir]) -> bool {
        let mut all = Vec::new();
        for hir in expressions {
            match extended(vec![Head::default()], hir) {
                Some(heads) => all.extend(heads),
                None => return false,
            }
        }
        if all.iter().any(|head| head.length < FEWEST) {
            return false;
        }
        for head in all {
            let place = Self::place(&head.letters[..head.length]);
            self.0[place / 64] |= 1 << (place % 64);
        }
        true
    }

    /// Whether a line may begin so.
    pub(super) fn may_begin(&self, line: &str) -> bool {
        let mut letters = ['\0'; MOST];
        let mut length = 0;
        for (own, c) in letters.iter_mut().zip(line.chars()) {
            *own = lower(c);
            length += 1;
        }
        (FEWEST..=length).any(|n| self.has(&letters[..n]))
    }

    fn has(&self, letters: &[char]) -> bool {
        let place = Self::place(letters);
        self.0[place / 64] & (1 << (place % 64)) != 0
    }

    fn place(letters: &[char]) -> usize {
        let hash = letters.iter().fold(0u32, |hash, &c| {
            (hash.rotate_left(5) ^ u32::from(c)).wrapping_mul(0x9e37_79b1)
        });
        (hash >> (u32::BITS - Self::BITS)) as usize
    }
}

/// The first letter of a character's lower case.
fn lower(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

impl Head {
    fn with(mut self, letter: char) -> Self {
        if let Some(next) = self.letters.get_mut(self.length) {
            *next = letter;
            self.length += 1;
        }
        self
    }

    fn is_full(&self) -> bool {
        self.is_closed || self.length >= MOST
    }
}

/// Heads with what an expression behind them begins with; nothing where they are too
/// many.
fn extended(heads: Vec<Head>, hir: &Hir) -> Option<Vec<Head>> {
    if heads.iter().all(Head::is_full) {
        return Some(heads);
    }
    let mut out = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => return Some(heads),
        HirKind::Capture(capture) => return extended(heads, &capture.sub),
        HirKind::Concat(parts) => return parts.iter().try_fold(heads, extended),
        HirKind::Alternation(branches) => {
            let mut out = Vec::new();
            for branch in branches {
                out.extend(extended(heads.clone(), branch)?);
            }
            out
        }
        HirKind::Repetition(repetition) => {
            let mut once = extended(heads.clone(), &repetition.sub)?;
            if repetition.max != Some(1) {
                once.iter_mut().for_each(|head| head.is_closed = true);
            }
            if repetition.min == 0 {
                once.extend(heads);
            }
            once
        }
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0)
            .chars()
            .fold(heads, |heads, c| with_class(heads, &class_of(c))),
        HirKind::Class(Class::Unicode(class)) => with_class(heads, class),
        HirKind::Class(Class::Bytes(_)) => return None,
    };
    out.sort_unstable();
    out.dedup();
    (out.len() <= LARGE).then_some(out)
}

fn with_class(heads: Vec<Head>, class: &ClassUnicode) -> Vec<Head> {
    let size: usize = class.ranges().iter().map(|range| range.len()).sum();
    let mut letters = Vec::new();
    if size <= LARGE_CLASS {
        letters.extend(class.iter().flat_map(|r| r.start()..=r.end()).map(lower));
        letters.sort_unstable();
        letters.dedup();
    }
    let mut out = Vec::with_capacity(heads.len());
    for mut head in heads {
        if head.is_full() {
            out.push(head);
        } else if letters.is_empty() {
            head.is_closed = true;
            out.push(head);
        } else {
            out.extend(letters.iter().map(|&letter| head.with(letter)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::parse::parsed;

    #[test]
    fn what_matches_begins_with_a_head() {
        let hir = parsed("(?:[(\\[]?photos? ?[:/]|étés?|kss+)").unwrap();
        let mut heads = Heads::new();
        assert!(heads.add(&[&hir]));
        for line in [
            "Photo: A",
            "(PHOTO/",
            "Été",
            "étés",
            "ÉTÉ",
            "Kss",
            "\u{212a}\u{17f}s",
        ] {
            assert!(heads.may_begin(line), "{line}");
        }
        for line in ["Phare", "ph", "[photon", "Il a été", ""] {
            let expected = line == "[photon";
            assert_eq!(heads.may_begin(line), expected, "{line}");
        }
    }

    #[test]
    fn what_begins_with_any_letter_has_no_head() {
        for pattern in [r"\p{L}+ plus", "a?b", "(?:lire|.*)"] {
            assert!(!Heads::new().add(&[&parsed(pattern).unwrap()]), "{pattern}");
        }
    }
}
