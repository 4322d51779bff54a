//! Furniture glued to other furniture above the text: where a page's section,
//! headline, author, time and picture stand on one line.
//!
//! Scrapers that drop tags leave `World | SportHeadlineBy Jane MarlowUpdated 12:30`. Such a
//! line is cut at its joints, places where a capital follows a letter, a digit or a closing mark
//! with no space between, and, between an author and a time, at a space. A cut needs a part that
//! a rule knows by its wording: a camel-case name alone (`YouTube`) is no joint.
//!
//! This runs before lines are matched with the rules, for an author's rule takes the time
//! behind it along.

use super::glue;
use super::label::Page;
use super::layout::{bare_words, final_mark, has_digit, is_closing, words};
use super::rules::{Label, Place};
use super::signs;
use super::stamps;
use crate::document::ArtefactKind as Kind;
use crate::split::{is_uppercase, places_of};

/// The head of a page has at most so many lines, each of at most so many bytes.
const LINES: usize = 12;
const BYTES: usize = 420;

/// Cuts the lines above the first paragraph at their joints.
pub(super) fn head(page: &mut Page<'_>) {
    let mut i = 0;
    while i < page.blocks.len().min(LINES) {
        if page.blocks[i].is_open() {
            let line = page.line(i);
            if line.len() > BYTES || (words(line, 9) > 8 && final_mark(line) == Some('.')) {
                return;
            }
            if let Some(at) = joint(page, line) {
                let title = is_headline(page, i, at).then(|| Label::of("any-title-glued"));
                glue::cut(page, i, (at, title, None));
                continue;
            }
        }
        i += 1;
    }
}

/// Whether what stands before a picture's credit is the page's headline, not a caption:
/// the first line of the text that is no section's.
fn is_headline(page: &Page<'_>, i: usize, at: usize) -> bool {
    let (before, after) = page.line(i).split_at(at);
    let above = &page.blocks[..i];
    kind(page, after) == Some(Kind::Credit)
        && final_mark(before).is_none()
        && words(before, 4) >= 4
        && !above
            .iter()
            .any(|b| b.is_open() && !signs::is_section(b.of(page.text), page.words))
}

/// The first place where a line is two.
fn joint(page: &Page<'_>, line: &str) -> Option<usize> {
    if let Some(at) = glued(line).find(|&at| is_joint(page, line, at)) {
        return Some(at);
    }
    sections_end(page, line).or_else(|| author_end(page, line))
}

/// Places where a capital follows a letter, digit or closing mark.
fn glued(line: &str) -> impl Iterator<Item = usize> + '_ {
    let capitals = places_of(line, |b| b.is_ascii_uppercase(), is_uppercase);
    capitals.filter_map(|(at, _)| {
        let before = line[..at].chars().next_back()?;
        let ends = before.is_lowercase() || before.is_ascii_digit() || is_closing(before);
        ends.then_some(at)
    })
}

/// Whether a rule knows what stands before or after a place in a line, up to its
/// next place.
fn is_joint(page: &Page<'_>, line: &str, at: usize) -> bool {
    let (before, after) = line.split_at(at);
    if is_elided(before) {
        return false;
    }
    let next = glued(after).next().unwrap_or(after.len());
    let opens = |kind: Option<Kind>| {
        matches!(
            kind,
            Some(Kind::Byline | Kind::Timestamp | Kind::Credit | Kind::Share)
        )
    };
    signs::is_section(before, page.words)
        || is_path(page, before)
        || opens(kind(page, after))
        || opens(kind(page, &after[..next]))
}

/// Whether a string ends in an article's apostrophe (`l'Ouest`) or a name's (`O'Brien`).
fn is_elided(before: &str) -> bool {
    const LONGEST: usize = 2;
    before.strip_suffix(['\'', '’']).is_some_and(|s| {
        let letters = s.chars().rev().take_while(|c| c.is_alphabetic());
        letters.take(LONGEST + 1).count() <= LONGEST
    })
}

/// Whether a string is a path from the home page that ends in a section's name.
fn is_path(page: &Page<'_>, s: &str) -> bool {
    s.contains(['>', '›', '»', '|', '/', '→']) && kind(page, s) == Some(Kind::Nav) && {
        let last = s.rsplit(['>', '›', '»', '|', '/', '→']).next();
        last.is_some_and(|last| words(last, 4) <= 3)
    }
}

/// What a rule for lines outside the text makes of a string.
fn kind(page: &Page<'_>, s: &str) -> Option<Kind> {
    let s = s.trim();
    if stamps::is_timestamp(s, page.words) {
        return Some(Kind::Timestamp);
    }
    if signs::is_bag(s, "share", "share-filler", Some("network"), page.words) {
        return Some(Kind::Share);
    }
    let wanted = |_: &Label, place| matches!(place, Place::Any | Place::Edge);
    page.rules.first_of_line(s, wanted).map(|label| label.kind)
}

/// Where two or more sections with signs between end, before a headline.
fn sections_end(page: &Page<'_>, line: &str) -> Option<usize> {
    // A path that goes on ends in the headline, which stands below once more.
    const PATH: [char; 4] = ['/', '>', '›', '|'];
    const SIGNS: [char; 8] = ['-', '–', '|', '/', '>', '›', '•', '·'];
    let ends = line.match_indices(' ').map(|(at, _)| at);
    ends.take(8)
        .filter(|&at| {
            let (before, after) = line.split_at(at);
            let after = after.trim_start();
            before.contains(SIGNS)
                && before
                    .split(SIGNS)
                    .all(|part| page.words.has("section", part.trim()))
                && words(after, 4) >= 4
                && !after.starts_with(SIGNS)
                && !after.contains(PATH)
                && after
                    .starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '“' | '"' | '‘'))
        })
        .last()
}

/// Where an author ends and a time begins, or a time ends and buttons begin.
fn author_end(page: &Page<'_>, line: &str) -> Option<usize> {
    if !has_digit(line) {
        return None;
    }
    let starts = line
        .match_indices([' ', '\u{a0}'])
        .map(|(at, s)| at + s.len());
    let may_be_time = |s: &str| {
        let first = s.split_whitespace().next();
        first.is_some_and(|first| stamps::may_be_of_stamp(first, page.words))
    };
    let opens_with_time = may_be_time(line);
    for at in starts {
        let (before, after) = line.split_at(at);
        let before = before.trim_end_matches([' ', '\u{a0}', '-', '–', '—', '|', '·', '•', ',']);
        let time = may_be_time(after) && stamps::is_timestamp(after, page.words);
        let author = || {
            kind(page, before) == Some(Kind::Byline)
                || (signs::is_names(before, page.words)
                    && !stamps::is_timestamp(before, page.words))
        };
        if time && !stamps::is_timestamp(line, page.words) && author() {
            return Some(at);
        }
        let buttons = || {
            bare_words(after).count() >= 2
                && signs::is_bag(after, "share", "share-filler", Some("network"), page.words)
        };
        if opens_with_time && stamps::is_timestamp(before, page.words) && buttons() {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::clean::clean;
    use crate::document::Lang;

    fn head(text: &str, lang: Lang) -> Vec<(&'static str, &str)> {
        clean(text, lang)
            .artefacts
            .iter()
            .filter(|a| !a.span.is_empty())
            .map(|a| (a.kind.name(), a.span.of(text)))
            .collect()
    }

    #[test]
    fn a_head_on_one_line_is_cut_at_its_joints() {
        let text = "Sport | FootballFerry striker signs: 'I came to swim'By Jane Marlow Chief Writer\n\n\
            The ferry club on Monday signed a striker who has never seen the sea, it said.\n\n\
            He will play on Saturday, the coach told reporters.";
        assert_eq!(
            head(text, Lang::EN),
            [
                ("section_label", "Sport | Football"),
                ("title", "Ferry striker signs: 'I came to swim'"),
                ("byline", "By Jane Marlow Chief Writer"),
            ]
        );
    }

    #[test]
    fn an_author_and_a_time_are_two() {
        let text = "Le pont fermé jusqu'à Noël\n\nPar Jeanne Marlot, avec agences Publié le 13 mars 2025 à 6h00\n\n\
            La mairie a fermé lundi le pont de la gare, que les pluies avaient fragilisé.\n\n\
            Le chantier doit durer trois mois, selon la ville.";
        assert_eq!(
            head(text, Lang::FR)[1..],
            [
                ("byline", "Par Jeanne Marlot, avec agences"),
                ("timestamp", "Publié le 13 mars 2025 à 6h00"),
            ]
        );
    }

    #[test]
    fn a_name_in_camel_case_is_one() {
        let text = "YouTube ferme le compte de McDonald\n\n\
            La plateforme a fermé lundi le compte, que la mairie avait signalé à la justice.\n\n\
            Le chantier doit durer trois mois, selon la ville.";
        assert_eq!(
            head(text, Lang::FR)[0],
            ("title", "YouTube ferme le compte de McDonald")
        );
    }
}
