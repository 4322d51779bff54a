//! Furniture in a row: several buttons, steps or notes on one line with wide gaps or strokes
//! between, as scrapers leave of a page's bars: `Partager   Offrir l'article   Lire plus
//! tard`. A row is told by its parts, each of which a rule knows by itself.
//!
//! This runs before lines are matched with the rules: of those that end anyhow some would
//! take a row for what its first part says.

use super::label::Page;
use super::layout::{final_mark, is_capital, words};
use super::rules::{Label, Place};
use super::{signs, stamps};
use crate::document::ArtefactKind as Kind;

/// A row has at most so many bytes and so many parts.
const BYTES: usize = 240;
const PARTS: std::ops::RangeInclusive<usize> = 2..=8;
/// A menu has at least so many parts, each of at most so many words.
const MENU: usize = 3;
const MENU_WORDS: usize = 3;
/// A headline behind a cue has at least so many words.
const HEADLINE_WORDS: usize = 3;

/// Labels the lines that are rows of furniture.
pub(super) fn label(page: &mut Page<'_>) {
    for i in 0..page.blocks.len() {
        let line = page.line(i);
        if !page.blocks[i].is_open() || line.len() > BYTES || final_mark(line) == Some('.') {
            continue;
        }
        let parts = parts(line);
        if !PARTS.contains(&parts.len()) {
            continue;
        }
        let top = page.is_over_text(i);
        if let Some(label) = of_parts(page, &parts, top)
            // The line's own rule tells more than that of a part.
            && part_of(page, line, top).is_none_or(|own| own.kind != label.kind)
        {
            page.blocks[i].label = Some(label);
        }
    }
}

/// What stands between the gaps of a line.
fn parts(line: &str) -> Vec<&str> {
    let gap = ["  ", "\t", "\u{a0}\u{a0}"]
        .into_iter()
        .find(|gap| line.contains(gap));
    let signs: &[&str] = match gap {
        Some(_) => &["  ", "\t", "\u{a0}\u{a0}"],
        None => &[" | ", " · ", " • "],
    };
    let mut parts = vec![line];
    for sign in signs {
        parts = parts.iter().flat_map(|part| part.split(sign)).collect();
    }
    let marks = |c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•');
    parts
        .into_iter()
        .map(|part| part.trim_matches(marks))
        .filter(|part| !part.is_empty())
        .collect()
}

fn of_parts(page: &Page<'_>, parts: &[&str], top: bool) -> Option<Label> {
    let labels: Vec<Option<Label>> = parts.iter().map(|part| part_of(page, part, top)).collect();
    let kind = |label: &Option<Label>| label.map(|l| l.kind);
    // A cue and the headline that it points to.
    if let [Some(cue), None] = labels[..]
        && words(parts[1], HEADLINE_WORDS) >= HEADLINE_WORDS
    {
        return match cue.kind {
            Kind::Related => Some(cue),
            Kind::Promo if cue.rule.ends_with("-paywall") => {
                Some(Label::of("any-related-subscribers"))
            }
            _ => None,
        };
    }
    if top && is_menu(page, parts) {
        return Some(Label::of("any-nav-menu"));
    }
    let known = labels.iter().all(|label| {
        matches!(
            kind(label),
            Some(Kind::Share | Kind::Nav | Kind::Promo | Kind::Ad | Kind::Timestamp)
        )
    });
    // `29 November 2018 | 20 January 2019`: how long something lasts.
    let times = labels
        .iter()
        .all(|label| kind(label) == Some(Kind::Timestamp));
    if !known || times {
        return None;
    }
    let time = labels
        .iter()
        .find(|label| kind(label) == Some(Kind::Timestamp));
    // Buttons are many kinds of steps; a row of them is there to share.
    let share = labels.iter().find(|label| kind(label) == Some(Kind::Share));
    time.or(share).or(labels.first()).copied().flatten()
}

/// What a rule knows a part by itself to be.
fn part_of(page: &Page<'_>, part: &str, top: bool) -> Option<Label> {
    let words = page.words;
    if stamps::is_timestamp(part, words) {
        return Some(Label::of("any-timestamp-words"));
    }
    if signs::is_share(part, words) {
        return Some(Label::of("any-share-words"));
    }
    if signs::is_bag(part, "nav", "nav-filler", None, words) {
        return Some(Label::of("any-nav-words"));
    }
    page.rules.first_of_line(part, |_, place| {
        place == Place::Any || (top && place == Place::Edge)
    })
}

/// Whether the parts of a line above the text are the sections of a site.
fn is_menu(page: &Page<'_>, parts: &[&str]) -> bool {
    let section = |part: &&&str| page.words.has("section", part) || page.words.has("nav", part);
    parts.len() >= MENU
        && parts
            .iter()
            .all(|part| is_capital(part) && words(part, MENU_WORDS + 1) <= MENU_WORDS)
        && (page.words.has("nav", parts[0]) || parts.iter().filter(section).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_between_wide_gaps_or_else_between_strokes() {
        assert_eq!(
            parts("Partager   Lire | plus tard"),
            ["Partager", "Lire | plus tard"]
        );
        assert_eq!(parts("Share | Print · Save"), ["Share", "Print", "Save"]);
        assert_eq!(parts("Share this"), ["Share this"]);
    }
}
