//! Which characters a line or a pattern has, as a set of bytes.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// Characters by the byte that each begins with, a bit a byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signs([u64; 4]);

impl Signs {
    /// The characters of a line.
    pub(super) fn of(line: &str) -> Self {
        let mut out = Self::default();
        // The bytes inside a character come along: what is asked for never holds them.
        line.bytes().for_each(|b| out.insert(b));
        out
    }

    #[inline]
    pub(super) fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    pub(super) fn of_class(class: &ClassUnicode) -> Self {
        let mut out = Self::default();
        let lead = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
        for range in class.ranges() {
            (lead(range.start())..=lead(range.end())).for_each(|byte| out.insert(byte));
        }
        out
    }

    pub(super) fn of_literal(text: &str) -> Self {
        let mut out = Self::default();
        text.chars()
            .for_each(|c| out = out.with(Self::of_class(&class_of(c))));
        out
    }

    /// Letters and space stand in any line.
    pub(super) fn tells(self) -> bool {
        let letters = b"abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        !letters.iter().any(|&b| self.has(b))
    }

    #[inline]
    pub(super) fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }

    #[inline]
    pub(super) fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    #[inline]
    pub(super) fn with(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// All others, bytes inside of characters aside.
    pub(super) fn others(self) -> Self {
        let [a, b, _, d] = self.0;
        Self([!a, !b, 0, !d])
    }

    /// With all beyond ASCII, where it has one of these.
    pub(super) fn widened(mut self) -> Self {
        if self.0[3] != 0 {
            self.0[3] = u64::MAX;
        }
        self
    }

    /// All characters.
    pub(super) fn all() -> Self {
        Self([u64::MAX; 4])
    }

    /// How little it says that a line has one of them.
    pub(super) fn commonness(self) -> u32 {
        let common = b".,'-\xc2\xc3\xe2".iter().filter(|&&b| self.has(b)).count() as u32;
        self.0.iter().map(|bits| bits.count_ones()).sum::<u32>() + 30 * common
    }
}

/// A class of one character.
pub(super) fn class_of(c: char) -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new(c, c)])
}
