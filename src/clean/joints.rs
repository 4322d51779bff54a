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

use super::captions;
use super::facts;
use super::glue;
use super::label::Page;
use super::layout::{bare_words, final_mark, has_digit, is_closing, is_final, words};
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
                if let Some(at) = dateline_joint(page, &line[..line.floor_char_boundary(BYTES)]) {
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
        .or_else(|| dateline_joint(page, line))
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
    if is_elided(before) {
        return false;
    }
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
    let ends = after.is_empty()
        || is_buttons(page, after)
        || is_signature(page, after) && (parted || kind(page, after) == Some(Kind::Byline));
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
    let bag = signs::is_bag(s, "share", "share-filler", Some("network"), page.words);
    (bag && bare_words(s).count() >= 2) || kind(page, s) == Some(Kind::Share)
}

/// Where a headline ends to which a dateline and the first sentence are glued.
fn dateline_joint(page: &Page<'_>, line: &str) -> Option<usize> {
    glued(line).find(|&at| {
        let after = &line[at..];
        final_mark(&line[..at]).is_none()
            && words(&line[..at], 4) >= 4
            && (page
                .rules
                .of_start(after, Place::Opening)
                .is_some_and(|(_, end)| glue::opens_sentence(&after[end..]))
                || is_outlet_line(page, &line[..at])
                    && glue::opens_sentences(page, glue::first_word(after)))
    })
}

/// Whether a string is a headline and its outlet.
fn is_outlet_line(page: &Page<'_>, s: &str) -> bool {
    outlet_start(page, s).is_some()
}

/// Cuts furniture from text that it is glued to without a space, at either end of a line:
/// `... said on Monday.READ MORE: ...`, `ADVERTISEMENTThe mayor ...`.
pub(super) fn text(page: &mut Page<'_>) {
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
            && let Some(label) = ends_text(page, before, after)
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
        let ends = is_final(before) || is_closing(before) && !matches!(before, '\'' | '’');
        let opens = c.is_uppercase() || matches!(c, '«' | '“' | '"' | '(' | '[' | '#' | '©');
        (ends && opens)
            || (before.is_lowercase() || before.is_ascii_digit())
                && c.is_uppercase()
                && next != '\''
            || matches!(before, '’' | '\'') && c.is_uppercase() && !is_elided(&line[..at])
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
/// perhaps, an advertisement's label; initials and addresses are told by standing there, so
/// that their label is given.
fn ends_text(page: &Page<'_>, before: &str, after: &str) -> Option<Option<Label>> {
    let ended = final_mark(before).is_some() && !ends_in_initial(before) || before.ends_with(')');
    if !ended {
        return None;
    }
    if captions::has_credit(page, after) {
        return Some(None);
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
    Some(signed(&label).then_some(label))
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
    let goes_on = words(after, 4) >= 4 && final_mark(after).is_some();
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
