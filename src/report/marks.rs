//! Quotations and edits inside a sentence's text.
//!
//! Records place both in the raw text, while the page shows the clean one. A
//! quotation's own text is a stretch of the clean text too, so it is found again
//! by its words, near where the raw offsets say; what is not found there is left
//! unmarked.

use std::fmt::{self, Write};

use super::html::{Esc, Prose};
use super::model::Doc;
use crate::document::{Action, ArtefactKind, Lang, QuoteKind, View};
use crate::record::{ArtefactRecord, QuoteRecord, SentenceRecord};

/// How far from the expected place a text is looked for, in bytes: more than
/// edits within one sentence shift it by, little enough to be quick.
const WINDOW: usize = 240;

/// A stretch of a sentence's text and how it is shown.
struct Mark {
    start: usize,
    end: usize,
    class: &'static str,
    title: String,
}

/// A word that is linked to one of another article, in code points of its sentence.
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// The other word.
    pub other: String,
}

/// Writes a sentence's text with its marks and its linked words.
pub(super) fn draw(out: &mut String, doc: &Doc, place: usize, words: &[Word]) -> fmt::Result {
    let sentence = &doc.record.sentences[place];
    let mut marks = Vec::new();
    for &a in &doc.edits[place] {
        let artefact = &doc.record.artefacts[a];
        if artefact.action == Action::Split {
            lost_break(out, artefact, sentence)?;
        } else {
            marks.extend(edit_mark(artefact, sentence));
        }
    }
    // Edits shift what follows, so each quotation is looked for from where the
    // one before it was found.
    let mut drift = 0;
    for &q in &doc.quotes[place] {
        marks.extend(quote_mark(&doc.record.quotes[q], sentence, &mut drift));
    }
    marks.extend(word_marks(&sentence.text, words));
    let lang = sentence.lang.unwrap_or(doc.record.lang);
    spread(out, &sentence.text, lang, marks)
}

/// A lost break stands at the sentence that begins there.
fn lost_break(out: &mut String, a: &ArtefactRecord, s: &SentenceRecord) -> fmt::Result {
    if a.raw[0].abs_diff(s.raw[0]) <= 1 {
        out.write_str("<span class=brk title=\"a break was put in here\">\u{21b5}</span>")?;
    }
    Ok(())
}

fn edit_mark(a: &ArtefactRecord, s: &SentenceRecord) -> Option<Mark> {
    let replacement = a.replacement.as_deref().unwrap_or_default();
    let shown = match a.view {
        Some(View::Display) => replacement,
        _ => a.text.as_str(),
    };
    if shown.is_empty() {
        return None;
    }
    let start = near(&s.text, expected(a.raw_bytes[0], a.raw[0], s), |tail| {
        tail.starts_with(shown)
    })?;
    let kind = match a.kind {
        ArtefactKind::Editorial => "editorial brackets",
        ArtefactKind::Number => "number",
        ArtefactKind::Encoding => "encoding repaired",
        _ => "spelling",
    };
    let title = match a.view {
        Some(View::Display) => format!("{kind}: was {}", a.text),
        _ => format!("{kind}: translated as {replacement}"),
    };
    Some(Mark {
        start,
        end: start + shown.len(),
        class: "e",
        title,
    })
}

/// Linked words, each once.
fn word_marks(text: &str, words: &[Word]) -> Vec<Mark> {
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut taken = Vec::new();
    for w in words {
        let (Some(&start), Some(&end)) = (bytes.get(w.start), bytes.get(w.end)) else {
            continue;
        };
        if start < end && !taken.iter().any(|m: &Mark| m.start < end && start < m.end) {
            taken.push(Mark {
                start,
                end,
                class: "w",
                title: format!("= {}", w.other),
            });
        }
    }
    taken
}

fn quote_mark(q: &QuoteRecord, s: &SentenceRecord, drift: &mut isize) -> Option<Mark> {
    let class = match q.kind {
        QuoteKind::Direct | QuoteKind::Mixed | QuoteKind::Floating => "q",
        QuoteKind::Indirect => "i",
        QuoteKind::Term => return None,
    };
    let text = &s.text;
    let begins = q.raw[0] >= s.raw[0];
    let ends = q.raw[1] <= s.raw[1];
    let at = |bytes: usize, points: usize| expected(bytes, points, s).saturating_add_signed(*drift);
    let (from, to) = (at(q.raw_bytes[0], q.raw[0]), at(q.raw_bytes[1], q.raw[1]));
    let (start, end) = match (begins, ends) {
        (true, true) => {
            let start = near(text, from, |tail| tail.starts_with(&q.text))?;
            (start, start + q.text.len())
        }
        (true, false) => {
            let start = near(text, from, |tail| {
                !tail.is_empty() && q.text.starts_with(tail)
            })?;
            (start, text.len())
        }
        (false, true) => {
            let end = near(text, to, |tail| {
                let head = &text[..text.len() - tail.len()];
                !head.is_empty() && q.text.ends_with(head)
            })?;
            (0, end)
        }
        (false, false) => (0, text.len()),
    };
    if begins {
        *drift += start as isize - from as isize;
    }
    (start < end).then(|| Mark {
        start,
        end,
        class,
        title: quote_title(q),
    })
}

/// `direct quotation: Nikol Pachinian, a déclaré`.
fn quote_title(q: &QuoteRecord) -> String {
    let mut title = quote_kind(q.kind).to_owned();
    if let Some(speaker) = &q.speaker {
        let _ = write!(title, ": {}", speaker.name);
    }
    if let Some(verb) = &q.verb {
        let _ = write!(title, ", {verb}");
    }
    title
}

/// A quotation's kind in words.
pub(super) fn quote_kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct quotation",
        QuoteKind::Mixed => "quoted fragment",
        QuoteKind::Indirect => "reported speech",
        QuoteKind::Term => "term",
        QuoteKind::Floating => "quotation, no speaker given",
    }
}

/// Where in the sentence's text a raw offset should be, before edits. Gold may
/// hold no byte offsets; code points are near enough then.
fn expected(bytes: usize, points: usize, s: &SentenceRecord) -> usize {
    if s.raw_bytes == [0, 0] {
        points.saturating_sub(s.raw[0])
    } else {
        bytes.saturating_sub(s.raw_bytes[0])
    }
}

/// The place nearest to `expected` whose tail fits.
fn near(text: &str, expected: usize, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let centre = expected.min(text.len());
    let low = centre.saturating_sub(WINDOW);
    let high = (centre + WINDOW).min(text.len());
    let mut best: Option<usize> = None;
    for at in (low..=high).filter(|&at| text.is_char_boundary(at)) {
        let closer = best.is_none_or(|b| at.abs_diff(centre) < b.abs_diff(centre));
        if closer && fits(&text[at..]) {
            best = Some(at);
        }
    }
    best
}

/// Writes the text with a span for each stretch between two marks' ends, so that
/// marks may lie across one another.
fn spread(out: &mut String, text: &str, lang: Lang, marks: Vec<Mark>) -> fmt::Result {
    let mut ends: Vec<(usize, bool, usize)> = Vec::with_capacity(2 * marks.len());
    for (i, m) in marks.iter().enumerate() {
        ends.push((m.start, true, i));
        ends.push((m.end, false, i));
    }
    ends.sort_unstable();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    for (place, begins, i) in ends {
        stretch(out, Prose(&text[at..place], lang), &open, &marks)?;
        at = place;
        if begins {
            open.push(i);
        } else {
            open.retain(|&o| o != i);
        }
    }
    write!(out, "{}", Prose(&text[at..], lang))
}

fn stretch(out: &mut String, text: Prose, open: &[usize], marks: &[Mark]) -> fmt::Result {
    let Some(&inner) = open.last().filter(|_| !text.0.is_empty()) else {
        return write!(out, "{text}");
    };
    out.write_str("<span class=\"")?;
    for class in ["q", "i", "e", "w"] {
        if open.iter().any(|&i| marks[i].class == class) {
            write!(out, "{class} ")?;
        }
    }
    // Class names are parted by spaces; the last one is one too many.
    out.pop();
    let title = Esc(&marks[inner].title);
    write!(out, "\" title=\"{title}\">{text}</span>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, marks: Vec<Mark>) -> String {
        let mut out = String::new();
        spread(&mut out, text, Lang::EN, marks).unwrap();
        out
    }

    fn mark(start: usize, end: usize, class: &'static str) -> Mark {
        Mark {
            start,
            end,
            class,
            title: "t".into(),
        }
    }

    #[test]
    fn marks_may_nest_and_cross() {
        assert_eq!(
            marked("abcdef", vec![mark(1, 4, "q"), mark(2, 3, "e")]),
            "a<span class=\"q\" title=\"t\">b</span><span class=\"q e\" title=\"t\">c</span>\
             <span class=\"q\" title=\"t\">d</span>ef"
        );
        assert_eq!(
            marked("a<c", vec![mark(0, 2, "q"), mark(1, 3, "i")]),
            "<span class=\"q\" title=\"t\">a</span><span class=\"q i\" title=\"t\">&lt;</span>\
             <span class=\"i\" title=\"t\">c</span>"
        );
    }

    #[test]
    fn the_nearest_of_equal_texts_is_taken() {
        let text = "il dit oui, elle dit oui";
        let found = |expected| near(text, expected, |t| t.starts_with("oui"));
        assert_eq!(
            (found(5), found(22), found(9)),
            (Some(7), Some(21), Some(7))
        );
        assert_eq!(near("été", 1, |t| t.starts_with('t')), Some(2));
    }
}
