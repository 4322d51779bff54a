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

use super::facts;
use super::glue;
use super::label::Page;
use super::layout::{bare_words, final_mark, has_digit, is_closing, words};
use super::rules::{Label, Place};
use super::signs;
use super::stamps;
use crate::document::ArtefactKind as Kind;
use crate::split::{Stops, is_uppercase, places_of};

/// The head of a page has at most so many lines, each of at most so many bytes.
const LINES: usize = 12;
const BYTES: usize = 420;
/// An author's name and what stands beside it have at most so many words.
const NAME_WORDS: usize = 9;

/// Cuts the lines above the first paragraph at their joints.
pub(super) fn head(page: &mut Page<'_>) {
    let mut i = 0;
    while i < page.blocks.len().min(LINES) {
        if page.blocks[i].is_open() {
            let line = page.line(i);
            if line.len() > BYTES || (words(line, 9) > 8 && final_mark(line) == Some('.')) {
                if let Some(at) = headline_joint(page, &line[..line.floor_char_boundary(BYTES)]) {
                    glue::cut(page, i, (at, None, None));
                    continue;
                }
                return;
            }
            if let Some(at) = joint(page, line) {
                let title = is_headline(page, i, at).then(|| Label::of("any-title-glued"));
                glue::cut(page, i, (at, title, None));
                continue;
            }
            if let Some(at) = outlet_start(page, line) {
                let outlet = Label::of("any-byline-outlet");
                glue::cut(page, i, (at, None, Some(outlet)));
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
    sections_end(page, line)
        .or_else(|| stamp_joint(page, line))
        .or_else(|| has_digit(line).then(|| author_end(page, line)).flatten())
        .or_else(|| headline_joint(page, line))
}

/// Places where a capital follows a letter, digit or closing mark: not `l'AFP`.
fn glued(line: &str) -> impl Iterator<Item = usize> + '_ {
    static STOPS: Stops = Stops::at(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ").and_beyond_ascii();
    let capitals = places_of(line, &STOPS, is_uppercase);
    capitals.filter_map(|(at, _)| {
        let before = line[..at].chars().next_back()?;
        let ends = before.is_lowercase() || before.is_ascii_digit() || is_closing(before);
        (ends && !is_elided(&line[..at])).then_some(at)
    })
}

/// Whether a line has words that are glued together.
pub(super) fn is_glued(line: &str) -> bool {
    glued(line).next().is_some()
}

/// A line with spaces where a scraper lost them.
pub(super) fn unglued(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut from = 0;
    for at in glued(line).chain([line.len()]) {
        out.push_str(&line[from..at]);
        if at < line.len() {
            out.push(' ');
        }
        from = at;
    }
    out
}

/// Whether a rule knows what stands before or after a place in a line, up to its
/// next place.
fn is_joint(page: &Page<'_>, line: &str, at: usize) -> bool {
    let (before, after) = line.split_at(at);
    let next = glued(after).next().unwrap_or(after.len());
    // Buttons beside buttons are one row.
    if is_buttons(page, &unglued(line)) {
        return false;
    }
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
pub(super) fn is_elided(before: &str) -> bool {
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
    if signs::is_share(s, page.words) {
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

/// Where a time begins or ends in a line that is nothing but a time and what stands
/// beside one: authors, an outlet, agencies, buttons.
fn stamp_joint(page: &Page<'_>, line: &str) -> Option<usize> {
    if !has_digit(line) || stamps::is_timestamp(line, page.words) {
        return None;
    }
    let run = stamps::run(line, page.words)?;
    let before = line[..run.start].trim_end_matches(is_joining);
    let after = line[run.end..].trim_start_matches(is_joining);
    let parted = run.end > 0 && line[run.end..].trim_start().starts_with(['|', '·', '•']);
    let opens =
        before.is_empty() || is_signature(page, before) && kind(page, before) != Some(Kind::Agency);
    let ends = after.is_empty() || ends_stamp(page, after, parted);
    if !opens || !ends {
        return None;
    }
    if before.is_empty() {
        (!after.is_empty()).then_some(run.end)
    } else {
        Some(run.start)
    }
}

/// Where the outlet behind a headline begins, with the sign before it: `Bridge shut until
/// Christmas - The River Courier`.
fn outlet_start(page: &Page<'_>, line: &str) -> Option<usize> {
    const HEADLINE_WORDS: usize = 5;
    if final_mark(line).is_some() {
        return None;
    }
    [" - ", " – ", " — ", " | "].iter().find_map(|sign| {
        let at = line.rfind(sign)?;
        let (headline, outlet) = (&line[..at], &line[at + sign.len()..]);
        let named = is_outlet(page, outlet)
            && words(outlet, 2) >= 2
            && (facts::is_titled(outlet) || facts::has_paper_word(outlet, page.words));
        let is_headline = words(headline, HEADLINE_WORDS) >= HEADLINE_WORDS
            && kind(page, headline).is_none()
            && final_mark(headline).is_none()
            && !signs::is_title_case(headline, page.words);
        (named && is_headline).then_some(at)
    })
}

/// White space and the signs between the pieces of a line.
fn is_joining(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '·' | '•' | ',' | '/')
}

/// Whether a string may stand behind a time: buttons, an author, both; an outlet or name
/// where a sign parts the two.
fn ends_stamp(page: &Page<'_>, after: &str, parted: bool) -> bool {
    let named = |s: &str| kind(page, s) == Some(Kind::Byline);
    let outlet = || {
        is_signature(page, after)
            || is_outlet(page, after) && facts::has_paper_word(after, page.words)
    };
    is_buttons(page, after)
        || named(after)
        || parted && outlet()
        || author_end(page, after).is_some()
}

/// Where an author ends and buttons begin.
fn author_end(page: &Page<'_>, line: &str) -> Option<usize> {
    let mut spaces = line.match_indices(' ').map(|(at, _)| at).take(NAME_WORDS);
    spaces
        .find(|&at| kind(page, &line[..at]) == Some(Kind::Byline) && is_buttons(page, &line[at..]))
}

/// Whether a string is who wrote or sent an article.
fn is_signature(page: &Page<'_>, s: &str) -> bool {
    matches!(kind(page, s), Some(Kind::Byline | Kind::Agency))
        || (signs::is_names(s, page.words) && !stamps::is_timestamp(s, page.words))
        || s.split_once(['/', '|', '·', '•'])
            .is_some_and(|(outlet, author)| {
                is_outlet(page, outlet.trim()) && kind(page, author) == Some(Kind::Byline)
            })
}

/// Whether a string is a name of a few words, as outlets have.
fn is_outlet(page: &Page<'_>, s: &str) -> bool {
    const WORDS: usize = 6;
    (1..=WORDS).contains(&words(s, WORDS + 1)) && signs::is_title_case(s, page.words)
}

/// Whether a string is buttons or a count of comments.
fn is_buttons(page: &Page<'_>, s: &str) -> bool {
    let bag = signs::is_share(s, page.words);
    (bag && bare_words(s).count() >= 2) || kind(page, s) == Some(Kind::Share)
}

/// Where a headline ends, its outlet perhaps, to which an author or a dateline and the first
/// sentence are glued.
fn headline_joint(page: &Page<'_>, line: &str) -> Option<usize> {
    const HEADLINE_WORDS: usize = 4;
    let is_end = |at: &usize| {
        let (before, after) = line.split_at(*at);
        if final_mark(before).is_some() || words(before, HEADLINE_WORDS) < HEADLINE_WORDS {
            return false;
        }
        let dateline = page.rules.of_start(after, Place::Opening);
        let next = glued(after).next().unwrap_or(0);
        dateline.is_some_and(|(_, end)| glue::opens_sentence(&after[end..]))
            || next > 0 && kind(page, &after[..next]) == Some(Kind::Byline)
    };
    let sentences = || {
        glue::starts(page, line).find(|&at| {
            final_mark(&line[..at]).is_none() && is_outlet_line(page, line[..at].trim_end())
        })
    };
    glued(line).find(is_end).or_else(sentences)
}

/// Whether a string is a headline and its outlet.
fn is_outlet_line(page: &Page<'_>, s: &str) -> bool {
    outlet_start(page, s).is_some()
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
