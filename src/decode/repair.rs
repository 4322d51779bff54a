//! The repair pass: edits that undo damage without touching sound text.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{entity, mojibake};
use crate::document::{Artefact, ArtefactKind, View};
use crate::edit::{Edit, EditList};
use crate::error::Result;
use crate::span::{Raw, Repaired, Span};

/// A repaired text.
#[derive(Debug, Clone)]
pub struct Repair<'t> {
    /// The text; borrowed when nothing was wrong.
    pub text: Cow<'t, str>,
    /// How the raw text became it.
    pub edits: EditList<Raw, Repaired>,
}

impl Repair<'_> {
    /// The edits as artefacts of kind `encoding`.
    #[must_use]
    pub fn artefacts(&self) -> Vec<Artefact> {
        self.edits
            .edits()
            .iter()
            .map(|e| Artefact::replaced(e, ArtefactKind::Encoding, View::Display))
            .collect()
    }
}

/// Damage on damage is undone this many times: UTF-8 encoded twice, `&amp;nbsp;`.
const PASSES: usize = 4;

/// Undoes mojibake, entities, stray tags, control characters and decomposed
/// accents.
///
/// # Errors
/// Only on a fault of this program (edits that overlap).
///
/// ```
/// let fixed = diptych::decode::repair("dÃ©jÃ\u{a0} vu&nbsp;: l&#39;Ã©tÃ©").unwrap();
/// assert_eq!(fixed.text, "déjà vu\u{a0}: l'été");
/// assert!(diptych::decode::repair("déjà vu").unwrap().edits.is_empty());
/// ```
pub fn repair(raw: &str) -> Result<Repair<'_>> {
    let mut text = Cow::Borrowed(raw);
    let mut all = EditList::<Raw, Repaired>::default();
    for _ in 0..PASSES {
        let edits: Vec<Edit<Repaired>> = pass(&text);
        if edits.is_empty() {
            break;
        }
        let next = EditList::<Repaired, Repaired>::new(&text, edits)?;
        all = all.then(&next, &text);
        text = Cow::Owned(next.apply(&text));
    }
    Ok(Repair { text, edits: all })
}

/// One left-to-right pass.
fn pass(text: &str) -> Vec<Edit<Repaired>> {
    let mut edits = Vec::new();
    let mut push = |start: usize, end: usize, replacement: String, rule| {
        edits.push(Edit {
            span: Span::new(start, end),
            replacement,
            rule,
            confidence: 1.0,
        });
    };
    let mut damaged = false;
    let (mut at, mut done) = (0, 0);
    // Sound characters, most of any text, are passed over in one search.
    while let Some(next) = next_suspicious(text, at, damaged) {
        at = next;
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        let mut length = c.len_utf8();
        match c {
            '&' => {
                if let Some((to, n)) = entity::entity(rest) {
                    push(at, at + n, to, "any-encoding-entity");
                    length = n;
                }
            }
            '<' => {
                if let Some((to, n)) = entity::tag(rest) {
                    push(at, at + n, to.into(), "any-encoding-tag");
                    length = n;
                }
            }
            '\r' => {
                let to = if rest[1..].starts_with('\n') {
                    ""
                } else {
                    "\n"
                };
                push(at, at + 1, to.into(), "any-encoding-control");
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => {
                push(at, at + length, "\n".into(), "any-encoding-control");
            }
            '\u{2029}' => push(at, at + length, "\n\n".into(), "any-encoding-control"),
            _ if invisible(c) => {
                push(at, at + length, String::new(), "any-encoding-control");
            }
            'Ã' if damaged && rest[length..].starts_with(' ') => {
                // `à` whose no-break space some tool made a plain one.
                push(at, at + length, "à".into(), "any-encoding-mojibake");
            }
            _ => {
                if let Some((to, n)) = mojibake::damaged(rest, damaged) {
                    push(at, at + n, to.into(), "any-encoding-mojibake");
                    length = n;
                    damaged = true;
                } else if let Some(cluster) = decomposed(text, at, done) {
                    let to = text[cluster.clone()].nfc().collect();
                    push(cluster.start, cluster.end, to, "any-encoding-nfc");
                    length = cluster.end - at;
                }
            }
        }
        at += length;
        done = at;
    }
    edits
}

/// The next place from `from` on at which something may be wrong.
fn next_suspicious(text: &str, from: usize, damaged: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|&b| !is_sound(b))?;
        // A letter of Latin-1 before ASCII: neither two characters that stand for one
        // nor a mark on the one before. `Ã` stands for `à` in damaged text.
        match bytes[at..] {
            [0xc3, second, next, ..] if next.is_ascii() && !(damaged && second == 0x83) => at += 2,
            _ => return Some(at),
        }
    }
}

/// Whether nothing is wrong at a byte: ASCII without markup and controls (a letter
/// that a mark follows is found from the mark).
fn is_sound(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\t') && !matches!(byte, b'&' | b'<')
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// If the character at `at` composes with those around it: the letter and its
/// marks, none of it before `from`.
fn decomposed(text: &str, at: usize, from: usize) -> Option<Range<usize>> {
    let mut chars = text[at..].chars();
    let c = chars.next()?;
    // Below the first mark all characters are composed.
    const FIRST_MARK: char = '\u{300}';
    if c < FIRST_MARK && chars.next().is_none_or(|next| next < FIRST_MARK) {
        return None;
    }
    let start = if is_combining_mark(c) {
        from + text[from..at].char_indices().next_back()?.0
    } else {
        at
    };
    // Heaps of more marks than a letter can carry are ornament.
    let marks = text[at..]
        .chars()
        .enumerate()
        .take_while(|&(i, c)| i < 16 && (i == 0 || is_combining_mark(c)))
        .map(|(_, c)| c.len_utf8())
        .sum::<usize>();
    let cluster = start..at + marks;
    (!is_nfc(&text[cluster.clone()])).then_some(cluster)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn damage_of_every_kind_is_undone() {
        for (raw, fixed) in [
            ("dÃ©jÃ\u{a0} vu", "déjà vu"),
            ("premiÃ\u{83}Â¨re", "première"),
            ("d├⌐j├á et inspir√©", "déjà et inspiré"),
            ("lâ€™Ã©tÃ©", "l’été"),
            ("Ã©tÃ© Ã Paris", "été à Paris"),
            ("a &lt; b &amp;amp; c&nbsp;!", "a < b & c\u{a0}!"),
            (
                "un<br/>deux<p class=\"x\">trois</p>",
                "un\ndeux\n\ntrois\n\n",
            ),
            ("e\u{301}te\u{301} A\u{30a}", "été Å"),
            ("un\r\ndeux\rtrois\u{ad}x\u{0}", "un\ndeux\ntroisx"),
        ] {
            let repaired = repair(raw).unwrap();
            assert_eq!(repaired.text, fixed, "{raw}");
            assert_eq!(repaired.edits.apply(raw), fixed, "{raw}");
        }
    }

    #[test]
    fn sound_text_is_left() {
        for text in [
            "Éric Ürgüp, à 3 < 4 && x; « Â » — l’œuvre… n° 5 €",
            "R&D; AT&T, Q&A; <3 et <toi>",
            "CAFÉ… VOLÉ » ÎLE",
        ] {
            assert!(repair(text).unwrap().edits.is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_repaired_for_good(raw in "(?s)[a-eÃ©Â¨√├⌐&;#<>/br\r\n\u{301}\u{a0}\u{ad} ]{0,40}") {
            let once = repair(&raw).unwrap();
            prop_assert_eq!(once.edits.apply(&raw), once.text.as_ref());
        }
    }
}
