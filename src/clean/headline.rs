//! Which of the lines above the body is the headline.
//!
//! A site's name, a path of sections, a row of buttons or a kicker often stands over it, a
//! summary under it. What tells them apart is the [evidence](super::evidence) on a line and
//! how it stands among the others; each piece of evidence has a weight in
//! `rules/any/headline_model.tsv`, and the line with the largest sum is the headline.
//! `scripts/clean/headline.py` fits the weights, so that the true line has the largest sum
//! among those of its page (conditional logistic regression).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::evidence::{self, Context};
use super::facts;
use super::label::Page;
use super::layout::{final_mark, is_bullet_mark, words};
use super::signs;
use crate::document::ArtefactKind as Kind;
use crate::rules::hash::WordHashing;

/// A headline has at most so many words.
const MOST_WORDS: usize = 32;
/// A line of fewer words may be a kicker.
const FEWEST_WORDS: usize = 4;
/// The name of a site has at most so many words.
const SITE_WORDS: usize = 6;

static WEIGHTS: LazyLock<HashMap<&'static str, f32, WordHashing>> = LazyLock::new(|| {
    let table = include_str!("../rules/any/headline_model.tsv");
    evidence::weights("headline_model", table)
        .into_iter()
        .collect()
});

/// The block that is the headline, among the candidates.
pub(super) fn choose(page: &Page<'_>, candidates: &[usize]) -> Option<usize> {
    let sum = |evidence: &[&str]| -> f32 {
        let weights = evidence.iter().filter_map(|name| WEIGHTS.get(name));
        weights.sum()
    };
    let fitting = fitting(page, candidates);
    let mut best: Option<(usize, f32)> = None;
    for (i, evidence) in on(page, &fitting) {
        let sum = sum(&evidence);
        // Of equal ones the first.
        if best.is_none_or(|(_, most)| sum > most) {
            best = Some((i, sum));
        }
    }
    best.map(|(i, _)| i)
}

/// The candidates that may be a headline at all.
pub(super) fn fitting(page: &Page<'_>, candidates: &[usize]) -> Vec<usize> {
    let all = candidates.iter().copied();
    all.filter(|&i| fits(page, i)).collect()
}

/// The evidence on the lines that may be the headline. Where there is one, none is needed.
pub(super) fn on(page: &Page<'_>, fitting: &[usize]) -> Vec<(usize, Vec<&'static str>)> {
    if let &[only] = fitting {
        return vec![(only, Vec::new())];
    }
    let context = Context::of(page);
    let longest = fitting.iter().map(|&i| page.look(i).words).max();
    // The first line that reads as a headline, apart from all others.
    let shaped = fitting.iter().copied().find(|&i| is_shaped(page, i));
    let is_under = |i: usize| shaped.is_some_and(|shaped| shaped < i);
    let is_longer = |i: usize| shaped.is_some_and(|s| page.look(s).words < page.look(i).words);
    let mut out = Vec::with_capacity(fitting.len());
    for (n, &i) in fitting.iter().enumerate() {
        let line = page.line(i);
        let mut evidence = evidence::of_line(page, &context, i);
        evidence.push(evidence::shares(signs::words_of_body(page, line)));
        for (name, found) in [
            ("first-candidate", n == 0),
            ("last-candidate", n + 1 == fitting.len()),
            ("longest", Some(page.look(i).words) == longest),
            ("over-stamp", byline_near(page, i)),
            ("shaped", shaped == Some(i)),
            ("under-shaped", is_under(i)),
            ("longer-under-shaped", is_under(i) && is_longer(i)),
            (
                "over-summary",
                fitting.get(n + 1).is_some_and(|&j| is_summary(page, i, j)),
            ),
            (
                "summary",
                n.checked_sub(1)
                    .is_some_and(|n| is_summary(page, fitting[n], i)),
            ),
            ("is-section", signs::is_section(line, page.words)),
            ("is-names", signs::is_names(line, page.words)),
            ("is-path", is_path(line)),
            ("names-site", names_site(page, i)),
            ("of-page", is_of_page(page, i)),
        ] {
            if found {
                evidence.push(name);
            }
        }
        out.push((i, evidence));
    }
    out
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

/// Whether a line may sum up the article under the other, its headline.
fn is_summary(page: &Page<'_>, headline: usize, i: usize) -> bool {
    const FEWEST_WORDS: usize = 7;
    is_shaped(page, i)
        && page.look(i).words >= FEWEST_WORDS.max(page.look(headline).words)
        && !signs::is_section(page.line(headline), page.words)
}

/// Whether a line has some words, small ones among them, and none of the signs of a menu.
fn is_shaped(page: &Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    (FEWEST_WORDS..=MOST_WORDS).contains(&page.look(i).words)
        && !line.contains(['|', '•', '·', '›', '→', '[', '▾', '≡'])
        && !signs::is_title_case(line, page.words)
        && !signs::is_section(line, page.words)
        && !signs::is_names(line, page.words)
        && !is_path(line)
}

/// Whether a line over the headline is a menu, a slogan or the like: it has more words than
/// a section's name has, and is no path of sections.
pub(super) fn is_menu(page: &Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    page.look(i).words >= FEWEST_WORDS && !signs::is_section(line, page.words) && !is_path(line)
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
