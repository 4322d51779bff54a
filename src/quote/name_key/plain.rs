//! Letters without case and accents.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Lower case without accents; letters that do not decompose become their usual
/// transcription. Other characters stay.
///
/// ```
/// use diptych::quote::name_key::plain;
/// assert_eq!(plain("Yıldızhan Østergaard"), "yildizhan ostergaard");
/// ```
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // The Serbian letter is written dj, the Vietnamese one d.
    let serbian = text.contains(['ć', 'č', 'š', 'ž', 'Ć', 'Č', 'Š', 'Ž']);
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            // The order of the combining marks does not matter: they all go.
            decompose_canonical(c, |part| push_plain(&mut out, part, serbian));
        }
    }
    Cow::Owned(out)
}

/// A character that decomposes no further, in lower case.
fn push_plain(out: &mut String, c: char, serbian: bool) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    if is_combining_mark(c) {
        return;
    }
    for c in c.to_lowercase() {
        match c {
            'ı' => out.push('i'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' if serbian => out.push_str("dj"),
            'đ' | 'ð' => out.push('d'),
            'ə' => out.push('a'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '\u{307}' => {}
            c => out.push(c),
        }
    }
}
