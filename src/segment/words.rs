//! Words at the head of a text, by their letters alone.

/// The letters and digits at the head of a text.
pub(super) fn first_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    &text[..end]
}

/// Whether a text begins with two capitals that have a stop each: `P.S.`
pub(super) fn is_initials(text: &str) -> bool {
    let mut chars = text.chars();
    let mut initial = || chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.');
    initial() && initial()
}

/// Whether running text begins, not the next part of an address of the net: a
/// word with a capital, and one in small letters behind a space.
pub(super) fn begins_text(text: &str) -> bool {
    let word = first_word(text);
    let titled = !word.chars().skip(1).any(|c| !c.is_lowercase());
    let mut rest = text[word.len()..].chars();
    titled && rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase)
}

/// A Roman numeral of two letters or more: `Vol. XVIII`.
pub(super) fn is_roman(word: &str) -> bool {
    word.len() > 1
        && word
            .bytes()
            .all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}

/// Words that begin sentences and stand within names: `J. Le Pen`.
pub(super) fn is_name_particle(word: &str) -> bool {
    matches!(
        word,
        "Le" | "La" | "Les" | "L" | "De" | "D" | "Du" | "Des" | "A"
    )
}
