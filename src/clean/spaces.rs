//! White space that is not a single plain space, which patterns do not expect.

use std::borrow::Cow;

/// A trimmed line with its white space single and plain.
pub(super) fn squeeze(line: &str) -> Cow<'_, str> {
    if !has_odd_space(line) {
        return Cow::Borrowed(line);
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    Cow::Owned(words.join(" "))
}

/// Whether a line has white space that is not a single plain space.
fn has_odd_space(line: &str) -> bool {
    // All are compared with all, without a branch, which processors do for many at once.
    let is_odd = |a: u8, b: u8, c: u8| {
        matches!(a, b'\t'..=b'\r')
            | ((a == b' ') & (b == b' '))
            | ((a == 0xc2) & ((b == 0x85) | (b == 0xa0)))
            | ((a == 0xe1) & (b == 0x9a) & (c == 0x80))
            | ((a == 0xe2) & (b == 0x80) & ((c <= 0x8a) | (c == 0xa8) | (c == 0xa9) | (c == 0xaf)))
            | ((a == 0xe2) & (b == 0x81) & (c == 0x9f))
            | ((a == 0xe3) & (b == 0x80) & (c == 0x80))
    };
    let bytes = line.as_bytes();
    let next = |n: usize| bytes.get(n..).unwrap_or_default();
    let inside = bytes.iter().zip(next(1)).zip(next(2));
    let end = next(bytes.len().saturating_sub(2));
    inside.fold(false, |odd, ((&a, &b), &c)| odd | is_odd(a, b, c))
        || (0..end.len()).any(|n| is_odd(end[n], end.get(n + 1).copied().unwrap_or(0), 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_white_space_but_single_plain_spaces_is_odd() {
        for c in ('\0'..=char::MAX).filter(|c| !c.is_ascii() || c.is_whitespace()) {
            for line in [format!("a{c}b c"), format!("a b{c}"), c.to_string()] {
                assert_eq!(
                    has_odd_space(&line),
                    c.is_whitespace() && c != ' ',
                    "{line:?}"
                );
            }
        }
        assert!(has_odd_space("a  b") && has_odd_space("a b  ") && !has_odd_space(" a b "));
        assert!(!has_odd_space(""));
    }
}
