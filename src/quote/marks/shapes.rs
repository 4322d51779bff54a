//! Marks as they stand in the text: which may open and which may close, by what
//! stands before and after.

use std::ops::Range;

/// Marks that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `"`, `“ ”`, `„ “`, two single marks in a row.
    Double,
    /// `« »`
    Guillemet,
    /// `'`, `‘ ’`, `‹ ›`
    Single,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
}

/// A mark as it stands in the text.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) at: Range<usize>,
    pub(super) family: Family,
    /// The direction the character itself gives.
    pub(super) glyph: Option<Side>,
    pub(super) can_open: bool,
    pub(super) can_close: bool,
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
}

/// All marks that may be quotation marks, with their shapes.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text.as_bytes()[at..]
        .iter()
        .position(|&byte| BEGINS_MARK[usize::from(byte)])
    {
        at += skipped;
        if let Some(length) = no_mark(text.as_bytes(), at) {
            at += length;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        let start = at;
        at += c.len_utf8();
        let Some((mut family, mut glyph)) = kind_of(c) else {
            continue;
        };
        if matches!(c, '\'' | '`' | '´') && text[at..].starts_with(c) {
            // ``quoted'', as typewriters and TeX write double marks.
            family = Family::Double;
            glyph = (c == '`').then_some(Side::Open);
            at += c.len_utf8();
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        if !(family == Family::Single && is_inside_word(before, after)) {
            marks.push(Mark {
                at: start..at,
                family,
                glyph,
                can_open: can_open(before, after),
                can_close: can_close(before, after),
                before,
                after,
            });
        }
    }
    marks
}

/// Which bytes may be the first of a mark.
const BEGINS_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let firsts = [b'"', b'\'', b'`', 0xc2, 0xe2, 0xe3, 0xef];
    let mut i = 0;
    while i < firsts.len() {
        table[firsts[i] as usize] = true;
        i += 1;
    }
    table
};

/// The length of what stands at a place where most that begins as a mark does is told
/// from one by its bytes: apostrophes between letters of ASCII, wide spaces, dashes.
fn no_mark(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let length = match rest {
        [b'\'', ..] => 1,
        [0xe2, 0x80, 0x99, ..] => 3,
        // `«`, `´`, `»`
        [0xc2, second, ..] => return (!matches!(second, 0xab | 0xb4 | 0xbb)).then_some(2),
        // `‘` to `‟`, `‹`, `›`
        [0xe2, second, third, ..] => {
            let mark = *second == 0x80 && matches!(third, 0x98..=0x9f | 0xb9 | 0xba);
            return (!mark).then_some(3);
        }
        _ => return None,
    };
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let inside = letter(at.checked_sub(1).and_then(|b| text.get(b))) && letter(rest.get(length));
    inside.then_some(length)
}

fn kind_of(c: char) -> Option<(Family, Option<Side>)> {
    Some(match c {
        '"' | '＂' => (Family::Double, None),
        '“' | '„' | '‟' | '〝' => (Family::Double, Some(Side::Open)),
        '”' | '〞' => (Family::Double, Some(Side::Close)),
        '«' => (Family::Guillemet, Some(Side::Open)),
        '»' => (Family::Guillemet, Some(Side::Close)),
        '‘' | '‚' | '‛' | '‹' => (Family::Single, Some(Side::Open)),
        '’' | '›' => (Family::Single, Some(Side::Close)),
        '\'' | '`' | '´' => (Family::Single, None),
        _ => return None,
    })
}

fn is_inside_word(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// A quotation begins here: something follows, and what stands before is no word.
fn can_open(before: Option<char>, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    match before {
        None => true,
        Some(b) if b.is_alphanumeric() => false,
        Some(b) if is_space(b) => !matches!(after, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']'),
        // `surprised?"Only`, `l'"offre"`, `("mot")`.
        Some(_) => {
            !is_space(after) && !after.is_ascii_punctuation()
                || matches!(after, '[' | '(' | '\'' | '.')
        }
    }
}

/// A quotation ends here: something stands before, and no word begins unless the
/// space was lost.
fn can_close(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (None, _) => false,
        (Some('(' | '[' | '{' | ':' | '\'' | '’'), Some(a)) if a.is_alphanumeric() => false,
        (Some(b), Some(a)) if is_space(b) => !a.is_alphanumeric() && !matches!(a, '[' | '('),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_looked_at() {
        for c in ('\0'..='\u{ffff}').filter(|&c| kind_of(c).is_some()) {
            assert!(BEGINS_MARK[usize::from(c.to_string().as_bytes()[0])], "{c}");
            let text = format!(" {c}");
            assert_eq!(no_mark(text.as_bytes(), 1), None, "{c}");
        }
    }
}
