//! Words of a sentence with their byte offsets.
//!
//! A word is a run of letters or a run of digits: `4bn` is `4` and `bn`,
//! `jusqu'au` is `jusqu` and `au`, `Al-Khatib` is `Al` and `Khatib`. Numbers are
//! put together from these by [`super::numbers`], which needs to see what stands
//! between two runs of digits.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// In lower case, accents kept: what stemmers and tables read.
    pub lower: String,
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
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 5);
    out.extend(spans(text).map(|range| word(text, range)));
    out
}

/// Where the words of `text` stand, in bytes, in order.
pub fn spans(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices();
    // The word that began where the last one ended.
    let mut next: Option<(usize, bool)> = None;
    std::iter::from_fn(move || {
        let mut open = next.take();
        for (at, c) in chars.by_ref() {
            let class = class_of(c);
            match (open, class) {
                (Some((_, digits)), Some(d)) if digits == d => {}
                // A combining mark belongs to the letter before it.
                (Some((_, false)), None) if !c.is_ascii() && is_combining_mark(c) => {}
                (Some((start, _)), class) => {
                    next = class.map(|d| (at, d));
                    return Some(start..at);
                }
                (None, class) => open = class.map(|d| (at, d)),
            }
        }
        open.map(|(start, _)| start..text.len())
    })
}

/// Whether a character is a digit (true) or a letter (false) of a word.
fn class_of(c: char) -> Option<bool> {
    if c.is_ascii_digit() {
        Some(true)
    } else if c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphanumeric()) {
        Some(false)
    } else {
        None
    }
}

/// The word that stands at a place.
pub(super) fn word(text: &str, range: Range<usize>) -> Word {
    let surface = &text[range.clone()];
    Word {
        lower: surface.to_lowercase(),
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
