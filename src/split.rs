//! Texts split into words: most of their characters are ASCII, and told by one byte.

/// The parts of a text between the characters at which `parts` says so, empty ones
/// left out. It is told a character's first byte and, beyond ASCII, the character.
pub(crate) fn split_at(
    text: &str,
    parts: impl Fn(u8, Option<char>) -> bool,
) -> impl Iterator<Item = &str> {
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
                    return Some(&text[part]);
                }
            }
        }
        let rest = &text[start..];
        (!rest.is_empty()).then(|| {
            at = text.len();
            rest
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
