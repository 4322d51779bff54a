//! Texts split into words: most of their characters are ASCII, and told by one byte;
//! most others are accented letters and typographic marks, told without a search in the
//! tables of the standard library.

use std::ops::Range;

/// The parts of a text between the characters at which `parts` says so, empty ones
/// left out. It is told a character's first byte and, beyond ASCII, the character.
pub(crate) fn split_at(
    text: &str,
    parts: impl Fn(u8, Option<char>) -> bool,
) -> impl Iterator<Item = &str> {
    spans_between(text, parts).map(|span| &text[span])
}

/// Where these parts stand.
pub(crate) fn spans_between(
    text: &str,
    parts: impl Fn(u8, Option<char>) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut start = at;
        while let Some(&byte) = bytes.get(at) {
            let (c, width) = if byte.is_ascii() {
                (None, 1)
            } else {
                let c = text[at..].chars().next()?;
                (Some(c), c.len_utf8())
            };
            let part = start..at;
            at += width;
            if parts(byte, c) {
                start = at;
                if !part.is_empty() {
                    return Some(part);
                }
            }
        }
        (start < at).then(|| start..at)
    })
}

/// Bytes at which a search stops. A table tells them at once, where comparisons would
/// take one for each.
pub(crate) struct Stops([bool; 256]);

impl Stops {
    /// ASCII of some kinds, and the bytes with which characters beyond it begin: `\xc3` all
    /// letters of Latin-1.
    pub(crate) const fn at(bytes: &[u8]) -> Self {
        let mut stops = [false; 256];
        let mut i = 0;
        while i < bytes.len() {
            stops[bytes[i] as usize] = true;
            i += 1;
        }
        Self(stops)
    }

    /// These, and all with which characters beyond ASCII begin.
    pub(crate) const fn and_beyond_ascii(mut self) -> Self {
        let mut byte = 0xc2;
        while byte <= 0xf4 {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    /// The first of them from a place on.
    #[inline]
    pub(crate) fn next(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        while !self.0[usize::from(*bytes.get(at)?)] {
            at += 1;
        }
        Some(at)
    }
}

/// The characters of a text that are wanted, with their places; all of them begin with
/// one of the `stops`.
pub(crate) fn places_of(
    text: &str,
    stops: &Stops,
    wanted: impl Fn(char) -> bool,
) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let place = stops.next(text.as_bytes(), at)?;
            let c = text[place..].chars().next()?;
            at = place + c.len_utf8();
            if wanted(c) {
                return Some((place, c));
            }
        }
    })
}

/// `char::is_alphabetic`.
pub(crate) fn is_letter(c: char) -> bool {
    at_a_glance(c).unwrap_or_else(|| c.is_alphabetic())
}

/// `char::is_alphanumeric`.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    at_a_glance(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// `char::is_uppercase`.
pub(crate) fn is_uppercase(c: char) -> bool {
    match c {
        '\u{80}'..='\u{bf}' | '\u{df}'..='\u{ff}' | '\u{2000}'..='\u{206f}' => false,
        '\u{c0}'..='\u{de}' => c != '×',
        _ => c.is_uppercase(),
    }
}

/// Whether a character is a letter, where its block tells; it is no digit then.
fn at_a_glance(c: char) -> Option<bool> {
    match c {
        '\u{c0}'..='\u{24f}' => Some(!matches!(c, '×' | '÷')),
        '\u{80}'..='\u{a9}' | '\u{2000}'..='\u{206f}' => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_the_standard_library() {
        for c in '\0'..='\u{3000}' {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_characters_wanted() {
        static STOPS: Stops = Stops::at(b"AB\xc3");
        let text = "É a«B\u{a0}ßA";
        let found = places_of(text, &STOPS, is_uppercase);
        let found: Vec<_> = found.map(|(at, c)| (&text[at..], c)).collect();
        assert_eq!(found, [(text, 'É'), ("B\u{a0}ßA", 'B'), ("A", 'A')]);
    }

    #[test]
    fn parts_are_those_of_split() {
        for text in ["", " ", "a", " é à  b", "été·ça ", "\u{a0}𝄞 x\u{a0}\u{a0}y"] {
            let parts: Vec<&str> = split_at(text, |byte, c| match c {
                None => byte == b' ',
                Some(c) => c.is_whitespace(),
            })
            .collect();
            let expected: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(parts, expected, "{text:?}");
        }
    }
}
