//! Words of a sentence with their byte offsets.
//!
//! A word is a run of letters or a run of digits: `4bn` is `4` and `bn`,
//! `jusqu'au` is `jusqu` and `au`, `Al-Khatib` is `Al` and `Khatib`. Numbers are
//! put together from these by [`super::numbers`], which needs to see what stands
//! between two runs of digits.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// In lower case, accents kept: what stemmers and tables read.
    pub lower: Cow<'t, str>,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it is a run of digits.
    pub digits: bool,
}

/// The words of `text` in order.
///
/// ```
/// use diptych::align::words::words;
/// let text = "L'été à 4bn.";
/// let found: Vec<_> = words(text).into_iter().map(|w| w.lower).collect();
/// assert_eq!(found, ["l", "été", "à", "4", "bn"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::with_capacity(text.len() / 5);
    out.extend(spans(text).map(|range| word(text, range)));
    out
}

/// Where the words of `text` stand, in bytes, in order.
pub fn spans(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (digits, first) = loop {
            match class_at(text, at)? {
                (Some(digits), length) => break (digits, length),
                (None, length) => at += length,
            }
        };
        let start = at;
        at += first;
        while let Some((class, length)) = class_at(text, at) {
            // A combining mark belongs to the letter before it.
            let combines = || text[at..].chars().next().is_some_and(is_combining_mark);
            if class != Some(digits) && !(class.is_none() && !digits && length > 1 && combines()) {
                break;
            }
            at += length;
        }
        Some(start..at)
    })
}

/// Whether the character at a place is a digit (true) or a letter (false) of a word,
/// and its length.
#[inline]
fn class_at(text: &str, at: usize) -> Option<(Option<bool>, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii_alphabetic() {
        return Some((Some(false), 1));
    }
    if byte.is_ascii() {
        return Some((byte.is_ascii_digit().then_some(true), 1));
    }
    let c = text[at..].chars().next()?;
    let letter = matches!(c, 'à'..='ö' | 'ø'..='ÿ') || c.is_alphanumeric();
    Some((letter.then_some(false), c.len_utf8()))
}

/// The word that stands at a place.
pub(super) fn word(text: &str, range: Range<usize>) -> Word<'_> {
    let surface = &text[range.clone()];
    let is_small = |c: char| match c {
        'ß'..='ÿ' => true,
        c if c.is_ascii() => !c.is_ascii_uppercase(),
        c => c.to_lowercase().eq([c]),
    };
    Word {
        lower: if surface.bytes().all(|b| b.is_ascii_lowercase()) || surface.chars().all(is_small) {
            Cow::Borrowed(surface)
        } else {
            Cow::Owned(surface.to_lowercase())
        },
        capital: surface.chars().next().is_some_and(char::is_uppercase),
        digits: surface.starts_with(|c: char| c.is_ascii_digit()),
        range,
    }
}

/// Lower case without accents and ligatures: the form in which French and English
/// words are compared.
///
/// ```
/// use diptych::align::words::fold;
/// assert_eq!(fold("Œuvre Éphémère"), "oeuvre ephemere");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_letters_from_digits_and_keeps_offsets() {
        let text = "À 4h20, M. Al-Khatib paie 1,9bn€.";
        let found: Vec<_> = words(text).into_iter().map(|w| &text[w.range]).collect();
        assert_eq!(
            found,
            [
                "À", "4", "h", "20", "M", "Al", "Khatib", "paie", "1", "9", "bn"
            ]
        );
    }

    #[test]
    fn a_decomposed_accent_does_not_end_a_word() {
        let found = words("e\u{301}te\u{301} fini");
        assert_eq!(found.len(), 2);
        assert_eq!(fold(&found[0].lower), "ete");
    }
}
