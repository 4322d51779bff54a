//! A quick hash for tables of words.
//!
//! The tables are part of the program, so nobody can choose keys that collide:
//! the standard hasher's defence is not needed, and words are looked up for every
//! word of every text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// For maps and sets of words.
pub(crate) type WordHashing = BuildHasherDefault<WordHasher>;
/// A map from the words of a table.
pub(crate) type WordMap<V> = HashMap<&'static str, V, WordHashing>;

/// Folds eight bytes at a time by a rotation and a multiplication, as the hash of
/// Firefox and rustc does.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn fold(&mut self, word: u64) {
        const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(MULTIPLIER);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.fold(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.fold(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        // The map looks at the upper and the lower bits.
        self.0 ^ (self.0 >> 32)
    }
}
