//! Short words as numbers.

use std::ops::Range;

/// A word of at most 15 bytes in lower case, apostrophes straight, as one number,
/// its length in the last byte: every word of every text is looked up, and numbers
/// are hashed and compared at once and lie in the table itself.
#[derive(Debug, PartialEq, Eq, Hash, Clone, Copy)]
pub(crate) struct ShortWord(u128);

/// The longest word that fits, in bytes.
const LONGEST: usize = 15;
/// The same byte in every place.
const fn everywhere(byte: u8) -> u128 {
    u128::from_le_bytes([byte; 16])
}

impl ShortWord {
    /// None for longer words and for those whose small form is no matter of single
    /// letters.
    pub(crate) fn lower(word: &str) -> Option<Self> {
        Self::lower_in(word, &(0..word.len()))
    }

    /// Of a word that stands in a text: what follows it makes it quick to read.
    pub(crate) fn lower_in(text: &str, range: &Range<usize>) -> Option<Self> {
        match pack_in(text.as_bytes(), range) {
            Some(packed) if packed & everywhere(0x80) == 0 => {
                Some(Self::new(lower_ascii(packed), range.len()))
            }
            // A longer word may fit with a straight apostrophe.
            _ => Self::by_letters(&text[range.clone()]),
        }
    }

    fn by_letters(word: &str) -> Option<Self> {
        if word.len() > LONGEST && word.is_ascii() {
            return None;
        }
        let mut bytes = [0; LONGEST];
        let mut len = 0;
        for c in word.chars() {
            let mut put = |c: char| {
                let to = bytes.get_mut(len..len + c.len_utf8())?;
                len += c.encode_utf8(to).len();
                Some(())
            };
            match c {
                'a'..='z' | 'ß'..='ÿ' => put(c)?,
                'A'..='Z' => put(c.to_ascii_lowercase())?,
                '’' => put('\'')?,
                // Its small form depends on what stands beside it.
                'Σ' => return None,
                c => c.to_lowercase().try_for_each(put)?,
            }
        }
        Some(Self::new(pack(bytes.get(..len)?)?, len))
    }

    fn new(packed: u128, len: usize) -> Self {
        Self(packed | (len as u128) << (8 * LONGEST))
    }
}

/// At most 15 bytes of a text as one number, the first the lowest: 16 bytes are read at
/// once, and those behind the word put out, where so many follow.
fn pack_in(text: &[u8], range: &Range<usize>) -> Option<u128> {
    if range.len() <= LONGEST
        && let Some(bytes) = text.get(range.start..)?.first_chunk()
    {
        return Some(u128::from_le_bytes(*bytes) & ((1 << (8 * range.len())) - 1));
    }
    pack(text.get(range.clone())?)
}

/// At most 15 bytes as one number, the first the lowest: read in two pieces that may
/// overlap.
fn pack(bytes: &[u8]) -> Option<u128> {
    let len = bytes.len();
    if len > LONGEST {
        return None;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u128::from(u64::from_le_bytes(*last));
        return Some(u128::from(u64::from_le_bytes(*first)) | last << (8 * (len - 8)));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u128::from(u32::from_le_bytes(*last));
        return Some(u128::from(u32::from_le_bytes(*first)) | last << (8 * (len - 4)));
    }
    let of = |packed, byte: &u8| packed << 8 | u128::from(*byte);
    Some(bytes.iter().rev().fold(0, of))
}

/// ASCII letters in lower case, all at once: a byte from `A` on has its highest bit set
/// by the first sum, one behind `Z` by the second too, and the bit between, moved down
/// by two, is what the cases differ in.
fn lower_ascii(packed: u128) -> u128 {
    let from_a = packed + everywhere(0x80 - b'A');
    let behind_z = packed + everywhere(0x80 - b'Z' - 1);
    packed | (from_a & !behind_z & everywhere(0x80)) >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &str) -> Option<String> {
        let bytes = ShortWord::lower(word)?.0.to_le_bytes();
        let len = usize::from(bytes[LONGEST]);
        Some(String::from_utf8(bytes[..len].to_vec()).unwrap())
    }

    #[test]
    fn words_of_every_length_are_their_small_forms() {
        for len in 0..=LONGEST {
            let word = &"AzZa@[`{MNm09-Q"[..len];
            assert_eq!(text(word), Some(word.to_lowercase()), "{word}");
        }
        let within = ShortWord::lower_in("-Ab, and so on and on", &(1..3));
        assert!(within == ShortWord::lower("aB"));
        assert_eq!(text("L’Été-Là").as_deref(), Some("l'été-là"));
        assert_eq!(text("ÇÀ×ßÿŒİ"), Some("ÇÀ×ßÿŒİ".to_lowercase()));
        assert_eq!(text("Jusqu’au-bout’x").as_deref(), Some("jusqu'au-bout'x"));
        assert_eq!((text("a234567890123456"), text("ΌΣΟΣ")), (None, None));
    }
}
