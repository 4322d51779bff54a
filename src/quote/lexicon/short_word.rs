//! Short words as numbers.

/// A word of at most 15 bytes in lower case, apostrophes straight, as one number,
/// its length in the last byte: every word of every text is looked up, and numbers
/// are hashed and compared at once and lie in the table itself.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct ShortWord(u128);

impl ShortWord {
    /// None for longer words and for those whose small form is no matter of single
    /// letters.
    pub(super) fn lower(word: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        let mut len = word.len();
        if word.is_ascii() {
            bytes.get_mut(..len)?.copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
        } else {
            len = 0;
            for c in word.chars() {
                let mut put = |c: char| {
                    let to = bytes.get_mut(len..len + c.len_utf8())?;
                    len += c.encode_utf8(to).len();
                    Some(())
                };
                match c {
                    '’' => put('\'')?,
                    'ß'..='ÿ' => put(c)?,
                    // Its small form depends on what stands beside it.
                    'Σ' => return None,
                    c => c.to_lowercase().try_for_each(put)?,
                }
            }
        }
        let last = bytes.len() - 1;
        if len > last {
            return None;
        }
        bytes[last] = len as u8;
        Some(Self(u128::from_le_bytes(bytes)))
    }
}
