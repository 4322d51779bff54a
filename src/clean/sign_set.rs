//! Which characters a line or a pattern has, as a set of bytes.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// Characters by the byte that each begins with, a bit a byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signs([u64; 4]);

impl Signs {
    /// The characters of a line.
    pub(super) fn of(line: &str) -> Self {
        // A bit would have to wait for the one set before it. The bytes inside a character
        // come along: what is asked for never holds them.
        let mut seen = [0u8; 256];
        line.bytes().for_each(|b| seen[usize::from(b)] = 1);
        // The product has the lowest bits of eight bytes side by side at its top.
        const GATHER: u64 = 0x0102_0408_1020_4080;
        let mut out = [0; 4];
        for (i, eight) in seen.as_chunks::<8>().0.iter().enumerate() {
            let bits = u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
            out[i / 8] |= bits << (i % 8 * 8);
        }
        Self(out)
    }

    #[inline]
    pub(super) fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    pub(super) fn of_class(class: &ClassUnicode) -> Self {
        let mut out = Self::default();
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

/// The first byte of a character.
fn lead(c: char) -> u8 {
    let number = c as u32;
    match c.len_utf8() {
        1 => number as u8,
        2 => 0xc0 | (number >> 6) as u8,
        3 => 0xe0 | (number >> 12) as u8,
        _ => 0xf0 | (number >> 18) as u8,
    }
}

/// A class of one character.
pub(super) fn class_of(c: char) -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new(c, c)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_bytes() {
        for line in ["", "a", "L’été, 3 < @ Zz\u{7f}", "\u{1f600}\0?_"] {
            let signs = Signs::of(line);
            for byte in 0..=u8::MAX {
                assert_eq!(signs.has(byte), line.as_bytes().contains(&byte), "{line:?}");
            }
        }
    }
}
