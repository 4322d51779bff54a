//! Where bytes of some kind stand in a text, 32 of its bytes looked at at once.
//!
//! Full stops and quotation marks are looked for in every text and stand some ten to
//! fifty bytes apart: a loop over single bytes would end anew each time, where no
//! processor can tell beforehand.

use std::marker::PhantomData;

/// How many bytes are looked at at once.
const CHUNK: usize = 32;

/// A kind of bytes.
pub(crate) trait Kind {
    /// Whether a byte is of it.
    fn holds(byte: u8) -> bool;
}

/// The places of the bytes that are of a kind.
pub(crate) struct Places<'t, K> {
    kind: PhantomData<K>,
    text: &'t [u8],
    /// Where the bytes begin that were looked at last.
    base: usize,
    /// Which of them are of the kind, the lowest bit for the first.
    found: u32,
}

impl<'t, K: Kind> Places<'t, K> {
    /// The places of such bytes in a text.
    pub(crate) fn of(text: &'t str) -> Self {
        let text = text.as_bytes();
        Self {
            kind: PhantomData,
            text,
            base: 0,
            found: look::<K>(text, 0),
        }
    }

    /// The first place at or behind an offset. Offsets may only grow.
    pub(crate) fn next_from(&mut self, at: usize) -> Option<usize> {
        loop {
            let seen = at.saturating_sub(self.base);
            let found = match seen {
                0..CHUNK => self.found & (u32::MAX << seen),
                _ => 0,
            };
            if found != 0 {
                return Some(self.base + found.trailing_zeros() as usize);
            }
            self.base = at.max(self.base + CHUNK);
            if self.base >= self.text.len() {
                self.found = 0;
                return None;
            }
            self.found = look::<K>(self.text, self.base);
        }
    }
}

/// Which of the bytes from a place on are of a kind, a bit for each.
fn look<K: Kind>(text: &[u8], from: usize) -> u32 {
    let rest = text.get(from..).unwrap_or_default();
    match rest.first_chunk::<CHUNK>() {
        Some(chunk) => bits::<K>(chunk),
        None => {
            let mut chunk = [0; CHUNK];
            chunk[..rest.len()].copy_from_slice(rest);
            bits::<K>(&chunk) & !(u32::MAX << rest.len())
        }
    }
}

fn bits<K: Kind>(chunk: &[u8; CHUNK]) -> u32 {
    let flags = chunk.map(|byte| u8::from(K::holds(byte)));
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        // The lowest bits of eight bytes, moved together.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits << 8 | gathered as u32
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Stop;

    impl Kind for Stop {
        fn holds(byte: u8) -> bool {
            byte == b'.'
        }
    }

    proptest! {
        #[test]
        fn finds_what_a_loop_finds(text in "[ab.]{0,100}", steps in prop::collection::vec(0..40_usize, 0..20)) {
            let mut places = Places::<Stop>::of(&text);
            let mut at = 0;
            for step in steps {
                let found = places.next_from(at);
                let rest = text.get(at..).unwrap_or_default();
                prop_assert_eq!(found, rest.find('.').map(|place| at + place));
                at += step;
            }
        }
    }
}
