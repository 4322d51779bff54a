//! Single marks: which are quotation marks and which apostrophes.

use super::shapes::{Family, Mark, Side, is_space};

/// A single mark's partner is looked for this far: the longest quotations of one
/// paragraph in the development articles have some 400 bytes.
const MAX_SINGLE_BYTES: usize = 3_000;

/// Which single marks are quotation marks: pairs of opening and closing mark, by
/// number, that do not overlap.
pub(super) fn single_partners(text: &str, marks: &[Mark]) -> Vec<(usize, usize)> {
    let mut partners = Vec::new();
    let mut at = 0;
    while at < marks.len() {
        match single_partner(text, marks, at) {
            Some(close) => {
                partners.push((at, close));
                at = close + 1;
            }
            None => at += 1,
        }
    }
    partners
}

fn single_partner(text: &str, marks: &[Mark], at: usize) -> Option<usize> {
    let open = &marks[at];
    let turned = open.glyph == Some(Side::Close);
    if open.family != Family::Single
        || !open.can_open
        || turned
        || is_elision(&text[open.at.end..])
        || open.after.is_some_and(is_space)
    {
        return None;
    }
    let mut possessive = None;
    for (i, mark) in marks.iter().enumerate().skip(at + 1) {
        if mark.at.start - open.at.end > MAX_SINGLE_BYTES {
            break;
        }
        if mark.family != Family::Single || mark.glyph == Some(Side::Open) && !mark.can_close {
            if mark.family == Family::Single {
                break;
            }
            continue;
        }
        if !mark.can_close || mark.at.start == open.at.end {
            if mark.can_open {
                break;
            }
            continue;
        }
        let ends_clause = mark
            .before
            .is_some_and(|c| c.is_ascii_punctuation() || c == '…')
            || mark.after.is_none_or(|c| !is_space(c));
        if ends_clause || !matches!(mark.before, Some('s' | 'z')) {
            return Some(i);
        }
        // `the drivers' union`: an apostrophe, if a better partner follows.
        possessive = possessive.or(Some(i));
    }
    possessive
}

/// `'90s`, `'em`: a word cut at its head, not a quotation.
fn is_elision(rest: &str) -> bool {
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let decade =
        word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && word.len() <= 3;
    decade
        || matches!(
            word.to_ascii_lowercase().as_str(),
            "em" | "til" | "twas" | "tis" | "cause" | "cos" | "n" | "round" | "bout" | "neath"
        )
}
