//! Which of the lines above the body is the headline.
//!
//! A site's name, a path of sections, a reference or a kicker often stands over it, so
//! being first is no proof. A headline has some words, small ones among them or words
//! that the body has as well, and is no name that the page's furniture has again.

use super::facts;
use super::label::Page;
use super::layout::{final_mark, is_bullet_mark, words};
use super::signs;
use crate::document::ArtefactKind as Kind;

/// A headline has at most so many words.
const MOST_WORDS: usize = 32;
/// A line of so many words under one of three is the headline, not its summary.
const UNDER_THREE: std::ops::RangeInclusive<usize> = 5..=14;
/// A line of fewer words may be a kicker.
const FEWEST_WORDS: usize = 4;
/// The headline is looked for so many lines below one that may be the site's.
const BELOW: usize = 3;
/// The name of a site has at most so many words.
const SITE_WORDS: usize = 6;

/// What a line over the body is.
#[derive(Clone, Copy, PartialEq)]
enum Likeness {
    Headline,
    /// A few words: a headline where no better line follows.
    Short,
    /// A site, a section, an author.
    Other,
}

/// The block that is the headline, among the candidates.
pub(super) fn choose(page: &mut Page<'_>, candidates: &[usize]) -> Option<usize> {
    let fitting: Vec<usize> = (candidates.iter().copied())
        .filter(|&i| fits(page, i))
        .collect();
    page.look_at_text();
    let page = &*page;
    let mut short = None;
    for &i in &fitting {
        match (likeness(page, i), short) {
            (Likeness::Headline, Some(short)) if !is_kicker(page, short, i) => return Some(short),
            (Likeness::Headline, None) => {
                let later = fitting.iter().copied().filter(|&j| j > i);
                return Some(
                    later
                        .take(BELOW)
                        .find(|&j| is_truer(page, j, i))
                        .unwrap_or(i),
                );
            }
            (Likeness::Headline, _) => return Some(i),
            (Likeness::Short, None) => short = Some(i),
            _ => {}
        }
    }
    short.or(last_of_sections(page, &fitting))
}

/// Of sections over each other the last: what has no headline must not lose a line that
/// may be one.
fn last_of_sections(page: &Page<'_>, fitting: &[usize]) -> Option<usize> {
    let is_section = |i: &&usize| signs::is_section(page.line(**i), page.words);
    let sections = fitting.iter().take_while(is_section).count();
    fitting.get(sections).or(fitting.last()).copied()
}

fn fits(page: &Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    words(line, MOST_WORDS + 1) <= MOST_WORDS
        && !line.ends_with([':', ','])
        && (final_mark(line) != Some('.') || byline_near(page, i))
        && !line.starts_with(is_bullet_mark)
}

/// Whether a byline or time stands within the two lines under a block: a full
/// stop may then end the headline over it.
fn byline_near(page: &Page<'_>, i: usize) -> bool {
    [i + 1, i + 2]
        .into_iter()
        .any(|j| matches!(page.kind(j), Some(Kind::Byline | Kind::Timestamp)))
}

fn likeness(page: &Page<'_>, i: usize) -> Likeness {
    let line = page.line(i);
    let count = words(line, MOST_WORDS);
    if signs::is_section(line, page.words)
        || is_path(line)
        || names_site(page, i)
        || is_of_page(page, i)
    {
        return Likeness::Other;
    }
    if count < FEWEST_WORDS {
        return if signs::is_names(line, page.words) {
            Likeness::Other
        } else {
            Likeness::Short
        };
    }
    let is_name = signs::is_names(line, page.words);
    if !is_name && (count > SITE_WORDS || !signs::is_title_case(line, page.words)) {
        return Likeness::Headline;
    }
    // A name, or a headline that has capitals throughout: the body has its words.
    let (shared, of) = signs::words_of_body(page, line);
    if shared > 0 && shared * 2 >= of {
        Likeness::Headline
    } else {
        Likeness::Other
    }
}

/// Whether a line below one that has the length of a headline is it: the text speaks of what
/// that line says, and of nothing that the one above does. A summary is longer or ends in a
/// full stop.
fn is_truer(page: &Page<'_>, below: usize, above: usize) -> bool {
    const SHARED: usize = 2;
    let (line, over) = (page.line(below), page.line(above));
    UNDER_THREE.contains(&words(line, MOST_WORDS))
        && final_mark(line) != Some('.')
        && final_mark(over).is_none()
        && signs::words_of_body(page, over).0 == 0
        && signs::words_of_body(page, line).0 >= SHARED
        && likeness(page, below) == Likeness::Headline
}

/// Whether a few words stand over a headline: nothing but buttons and the like between,
/// and of three words only where what follows is too short for a summary.
fn is_kicker(page: &Page<'_>, short: usize, headline: usize) -> bool {
    let line = page.line(headline);
    let kicker = words(page.line(short), FEWEST_WORDS);
    let joined = (short + 1..headline)
        .all(|i| !matches!(page.kind(i), Some(Kind::Byline | Kind::Timestamp)));
    let shouted = |line: &str| !line.contains(char::is_lowercase);
    joined
        && (kicker <= 2
            || shouted(page.line(short)) && !shouted(line)
            || UNDER_THREE.contains(&words(line, MOST_WORDS)))
        && final_mark(line) != Some('.')
}

/// Whether a line is a few short parts with the signs of a path between.
fn is_path(line: &str) -> bool {
    const PART_WORDS: usize = 4;
    let parts: Vec<&str> = line.split(['>', '›', '»', '|', '/', '→']).collect();
    let spaced = [" > ", " › ", " » ", " | ", " / ", " → "];
    parts.len() >= 2
        && spaced.iter().any(|sign| line.contains(sign))
        && !line.contains('«')
        && parts.iter().all(|part| {
            let part = part.trim();
            words(part, PART_WORDS + 1) <= PART_WORDS
                && !part.starts_with(char::is_lowercase)
                && final_mark(part).is_none()
        })
}

/// Whether a line above the body is of the page around the article: it has no word of the
/// text, and its own are those of steps, buttons and offers, or it has the sign of a menu,
/// a temperature or a price.
pub(super) fn is_of_page(page: &Page<'_>, i: usize) -> bool {
    const SIGNS: [char; 6] = ['▾', '▼', '☰', '°', '©', '®'];
    let line = page.line(i);
    let strange = || {
        let (shared, _) = signs::words_of_body(page, line);
        shared == 0
    };
    (line.contains(SIGNS) || is_bars(line) || signs::by_page_words(line, page.words).is_some())
        && strange()
}

/// Whether a line is at least three short parts with the same sign between.
fn is_bars(line: &str) -> bool {
    const PART_WORDS: usize = 3;
    ['|', '•', '·'].into_iter().any(|sign| {
        line.split(sign).nth(2).is_some()
            && (line.split(sign)).all(|part| words(part, PART_WORDS + 1) <= PART_WORDS)
    })
}

/// Whether a line above the body is the site's name: its address, a name in capitals that
/// papers have, or one that the page's furniture has again.
pub(super) fn names_site(page: &Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    if is_domain(line) {
        return true;
    }
    if words(line, SITE_WORDS + 1) > SITE_WORDS || !signs::is_title_case(line, page.words) {
        return false;
    }
    let called =
        words(line, FEWEST_WORDS) < FEWEST_WORDS && facts::has_paper_word(line, page.words);
    if facts::is_titled(line) || called {
        return true;
    }
    let name = line.to_lowercase();
    (0..page.blocks.len()).filter(|&j| j != i).any(|j| {
        let other = page.line(j);
        let owned = other.contains(['©']) || other.starts_with("Copyright");
        let furniture = matches!(
            page.kind(j),
            Some(Kind::Byline | Kind::Credit | Kind::Promo | Kind::Agency | Kind::Share)
        );
        (owned || furniture) && other.to_lowercase().contains(&name)
    })
}

/// Whether a line is one word with a domain's ending.
fn is_domain(line: &str) -> bool {
    line.rsplit_once('.').is_some_and(|(name, ending)| {
        (2..=5).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_lowercase())
            && name.len() >= 3
            && !name.contains(char::is_whitespace)
    })
}
