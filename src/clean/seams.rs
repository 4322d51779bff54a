//! Furniture glued to running text with no space between, at either end of a line:
//! `... said on Monday.READ MORE: ...`, `ADVERTISEMENTThe mayor ...`.
//!
//! A line is cut where a mark or a small letter meets what opens a piece, or capitals meet a
//! capital word, and a rule knows one side. This runs before lines are matched with the rules,
//! some of which would take the text along; the parts are then told as lines of their own.

use super::captions;
use super::glue;
use super::joints;
use super::label::Page;
use super::layout::{final_mark, is_closing, is_final, words};
use super::rules::{Label, Place};
use super::signs;
use crate::document::ArtefactKind as Kind;

/// Cuts furniture from the text that it is glued to.
pub(super) fn cut(page: &mut Page<'_>) {
    glue::cut_all(page, |page, i| {
        let (at, label) = text_joint(page, page.line(i))?;
        Some((at, None, label))
    });
}

/// The first place where a line with running text is text on one side and furniture on
/// the other, and what the rest is where only its place tells that.
fn text_joint(page: &Page<'_>, line: &str) -> Option<(usize, Option<Label>)> {
    text_joints(line).find_map(|at| {
        let (before, after) = line.split_at(at);
        if after.len() <= glue::SUFFIX
            && words(before, 2) >= 2
            && let Some(label) = ends_text(page, line, at)
        {
            return Some((at, label));
        }
        (before.len() <= glue::PREFIX && opens_text(page, before, after)).then_some((at, None))
    })
}

/// Places near the ends of a line where two pieces meet with no space between: a mark
/// or small letter and what opens a piece, or capitals and a capital word.
fn text_joints(line: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = line.as_bytes();
    let near = move |at: usize| at <= glue::PREFIX || line.len() - at <= glue::SUFFIX;
    (1..bytes.len()).filter(move |&at| {
        let (a, b) = (bytes[at - 1], bytes[at]);
        // What most places have.
        if b.is_ascii_lowercase() && a != b'.' || a == b' ' || b == b' ' {
            return false;
        }
        if !near(at) || !line.is_char_boundary(at) {
            return false;
        }
        let before = line[..at].chars().next_back().unwrap_or(' ');
        let mut rest = line[at..].chars();
        let (c, next) = (rest.next().unwrap_or(' '), rest.next().unwrap_or(' '));
        let ends = is_final(before)
            || is_closing(before) && !matches!(before, '\'' | '’') && is_ended(&line[..at]);
        let opens = c.is_uppercase() || matches!(c, '«' | '“' | '"' | '(' | '[' | '#' | '©');
        (ends && opens)
            || (before.is_lowercase() || before.is_ascii_digit())
                && c.is_uppercase()
                && next != '\''
            || matches!(before, '’' | '\'') && c.is_uppercase() && !joints::is_elided(&line[..at])
            || (before.is_uppercase()
                && c.is_uppercase()
                && (next.is_lowercase()
                    || next == ' '
                        && matches!(c, 'A' | 'À' | 'I')
                        && rest.next().is_some_and(char::is_lowercase)))
            || (before == '.' && c.is_lowercase() && is_code(&line[at..]))
    })
}

/// Whether a string is one word with the signs of initials or an address.
fn is_code(s: &str) -> bool {
    !s.contains(char::is_whitespace) && s.contains(['/', '@'])
}

/// Whether the end of a line is furniture behind text: a pointer, a credit with its caption
/// perhaps, an advertisement's label; names, initials and addresses are told by standing there, so
/// that their label is given.
fn ends_text(page: &Page<'_>, line: &str, at: usize) -> Option<Option<Label>> {
    const SENTENCE_WORDS: usize = 5;
    let (before, after) = line.split_at(at);
    let ended = final_mark(before).is_some() && !ends_in_initial(before) || before.ends_with(')');
    if !ended {
        return None;
    }
    if captions::has_credit(page, after) {
        return Some(None);
    }
    // `... brings water, too.Jane Marlow`
    if words(before, SENTENCE_WORDS) >= SENTENCE_WORDS
        && final_mark(after).is_none()
        && signs::is_names(after, page.words)
    {
        return Some(Some(Label::of("any-byline-tail")));
    }
    let signed = |label: &Label| {
        matches!(label.kind, Kind::Agency)
            || label.rule.ends_with("-byline-initials")
            || label.rule.ends_with("-byline-mail")
            || label.rule.ends_with("-byline-reporting")
    };
    let label = page.rules.first_of_line(after, |label, _| {
        signed(label)
            || !matches!(
                label.kind,
                Kind::Byline | Kind::SectionLabel | Kind::Nav | Kind::Heading | Kind::Caption
            )
    })?;
    // An address with a name before it is whole: `Contact Jane Marlow at jane.marlow@...`.
    let address = label.rule.ends_with("-byline-mail");
    let whole = || page.rules.of_kind(line, Kind::Byline).is_some();
    (!address || !whole()).then(|| signed(&label).then_some(label))
}

/// Whether a string ends in an initial's full stop: `A U.`.
fn ends_in_initial(s: &str) -> bool {
    const LONGEST: usize = 2;
    s.strip_suffix('.').is_some_and(|s| {
        let word = s.chars().rev().take_while(|c| c.is_alphanumeric());
        word.take(LONGEST + 1).count() <= LONGEST
    })
}

/// Whether the beginning of a line is furniture before text: a credit with its caption
/// perhaps, a pointer, an advertisement's label.
fn opens_text(page: &Page<'_>, before: &str, after: &str) -> bool {
    let goes_on = words(after, 4) >= 4 && final_mark(after).is_some() || words(after, 9) > 8;
    let first = glue::first_word(after);
    let opens = after.starts_with(['«', '“', '"'])
        || glue::opens_sentences(page, first)
        || before.ends_with(char::is_uppercase)
        || before.ends_with(is_closing);
    goes_on
        && opens
        && (captions::has_credit(page, before)
            || page
                .rules
                .first_of_line(before, |label, place| {
                    place == Place::Any
                        && matches!(
                            label.kind,
                            Kind::Credit | Kind::Ad | Kind::Share | Kind::Related
                        )
                        && (label.kind != Kind::Related || final_mark(before).is_none())
                })
                .is_some())
        || goes_on
            && page
                .rules
                .of_kind(before, Kind::Byline)
                .is_some_and(|l| l.rule.ends_with("-byline-by") || l.rule.ends_with("-byline-par"))
}

/// Whether a mark at a string's end closes a quotation where it may open one, too.
fn is_ended(s: &str) -> bool {
    !s.ends_with('"') || s.matches('"').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use crate::clean::clean;
    use crate::document::{ArtefactKind, Lang};

    #[test]
    fn a_name_glued_to_the_last_sentence_is_its_author() {
        let text = "Town hall shuts the bridge\n\nThe town hall on Monday shut the bridge, which \
            rain had weakened.\n\nThe town promises a ferry. It promises tea, too.Jane Marlow\nShare";
        let found = clean(text, Lang::EN).artefacts;
        let of = |kind| {
            let mut all = found.iter().filter(|a| a.kind == kind);
            (all.next().map(|a| a.span.of(text)), all.count())
        };
        assert_eq!(of(ArtefactKind::Byline), (Some("Jane Marlow"), 0));
        assert_eq!(of(ArtefactKind::Related), (None, 0));
    }
}
