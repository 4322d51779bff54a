//! A quick no to most words that a table does not hold.
//!
//! Tables of some dozens of words are asked for every word of every text; nearly all
//! words are told from theirs by their first byte, last letter and length.

/// The shapes of the words of a table.
pub(crate) struct Shapes {
    by_initial: [u64; 256],
}

impl Shapes {
    /// Of no words.
    pub(crate) const fn none() -> Self {
        Self {
            by_initial: [0; 256],
        }
    }

    pub(crate) fn insert(&mut self, word: &str) {
        self.by_initial[initial(word)] |= shape(word);
    }

    /// Whether the table may hold a word, its first letter in either case.
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        self.by_initial[initial(word)] & shape(word) != 0
    }
}

impl<'w> FromIterator<&'w str> for Shapes {
    fn from_iter<T: IntoIterator<Item = &'w str>>(words: T) -> Self {
        let mut shapes = Self::none();
        words.into_iter().for_each(|word| shapes.insert(word));
        shapes
    }
}

/// The first byte of a word, in small letters. Of letters outside ASCII that byte is
/// the same in both cases.
pub(crate) fn initial(word: &str) -> usize {
    usize::from(word.bytes().next().unwrap_or_default().to_ascii_lowercase())
}

/// A bit for the length and last letter of a word.
fn shape(word: &str) -> u64 {
    let last = word.bytes().next_back().unwrap_or_default();
    1 << ((word.len() & 7) << 3 | usize::from(last & 7))
}
