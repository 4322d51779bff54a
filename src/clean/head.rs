//! What stands before the first paragraph: section, headline, summary, byline,
//! time, picture.

use super::breaks;
use super::label::Page;
use super::layout::{Block, bare_words, final_mark, has_digit, is_bullet_mark, is_capital, words};
use super::rules::Label;
use super::signs;
use super::stamps;
use super::vocabulary::Vocabulary;
use crate::document::ArtefactKind as Kind;

/// A headline has at most so many words.
const TITLE_WORDS: usize = 32;
/// A line of so many words under one of three is the headline, not its summary.
const HEADLINE_WORDS: std::ops::RangeInclusive<usize> = 5..=14;
/// How many lines from the top a byline or time may stand.
const TOP_LINES: usize = 12;
/// A paragraph of a summary has at most so many words.
const SUMMARY_WORDS: usize = 60;

/// Labels the lines above the body, which begins at block `first`.
pub(super) fn label(page: &mut Page<'_>, first: Option<usize>) {
    words_only(page);
    let Some(body) = first else {
        return;
    };
    topics(page, body);
    let top = summary_end(page, body).unwrap_or(body);
    let mut candidates: Vec<usize> = (0..top).filter(|&i| page.blocks[i].is_open()).collect();
    candidates.retain(|&i| !dated_caption(page, i));
    // What was glued to other furniture has been told already.
    let told = (0..top).find(|&i| page.kind(i) == Some(Kind::Title));
    let Some(title) = told.or_else(|| choose_title(page, &candidates)) else {
        return;
    };
    for i in candidates {
        let line = page.line(i);
        let rule = if i > title && over_credit(page, i) {
            "any-caption-before-credit"
        } else if i < title && page.look(i).sentence {
            continue;
        } else if i < title {
            if signs::is_names(line, page.words) && !signs::is_section(line, page.words) {
                "any-byline-name"
            } else {
                "any-section-head"
            }
        } else if i == title {
            if signs::is_section(line, page.words) {
                "any-section-head"
            } else {
                "any-title-first"
            }
        } else {
            match under_title(page, i, top > body) {
                Some(rule) => rule,
                None => continue,
            }
        };
        page.blocks[i].label = Some(Label::of(rule));
    }
}

/// Labels lines near the top that have a full date and a time of day among other words.
pub(super) fn dated(page: &mut Page<'_>) {
    for i in 0..page.blocks.len().min(TOP_LINES) {
        let line = page.line(i);
        if page.blocks[i].is_open()
            && stamps::is_dated(line, page.words)
            // What has no other words is told by them, below.
            && !stamps::is_timestamp(line, page.words)
        {
            page.blocks[i].label = Some(Label::of("any-timestamp-line"));
        }
    }
}

/// Labels topics that stand in a row of lines above the body: at least three of a few
/// words, none with a capital first. Headlines and authors have one.
fn topics(page: &mut Page<'_>, body: usize) {
    const FEWEST: usize = 3;
    const WORDS: usize = 3;
    let topic = |i: usize| {
        let line = page.line(i);
        page.blocks[i].is_open()
            && line.starts_with(char::is_lowercase)
            && words(line, WORDS + 1) <= WORDS
            && final_mark(line).is_none()
    };
    let found: Vec<usize> = (0..body).filter(|&i| topic(i)).collect();
    for run in found.chunk_by(|a, b| a + 1 == *b) {
        if run.len() >= FEWEST {
            for &i in run {
                page.blocks[i].label = Some(Label::of("any-tag-row"));
            }
        }
    }
}

/// What an unclaimed line under the headline is.
fn under_title(page: &Page<'_>, i: usize, before_byline: bool) -> Option<&'static str> {
    let line = page.line(i);
    if page.look(i).sentence && !before_byline {
        // A short first paragraph.
        return None;
    }
    let rule = if signs::is_section(line, page.words) {
        "any-section-head"
    } else if signs::is_names(line, page.words) {
        "any-byline-name"
    } else if under_author(page, i) {
        "any-byline-under"
    } else if page.look(i).sentence {
        "any-standfirst-before-byline"
    } else if words(line, 4) <= 3 && page.kind(i + 1).is_some() {
        "any-section-head"
    } else if words(line, 5) >= 5 {
        "any-standfirst-line"
    } else if signs::is_topic_list(line) || line.starts_with(is_bullet_mark) {
        "any-tag-list"
    } else {
        "any-heading-short"
    };
    Some(rule)
}

/// Whether a line goes on with what an author is: right below the name a post, a house or a
/// place, below a blank line a place or a house of few words; and a house over the time.
fn under_author(page: &Page<'_>, i: usize) -> bool {
    const WORDS: usize = 8;
    const FEW: usize = 3;
    let line = page.line(i);
    let capitals = line.split_whitespace().all(is_capital);
    let few = capitals && words(line, FEW + 1) <= FEW;
    let house = || bare_words(line).any(|w| page.words.has_exact("paper", w));
    let author = i > 0 && page.kind(i - 1) == Some(Kind::Byline);
    final_mark(line).is_none()
        && is_capital(line)
        && !line.contains(['«', '“', '"', ':', '?'])
        && words(line, WORDS + 1) <= WORDS
        && (author && page.newlines_before(i) == 1
            || author && few
            || few && house() && page.kind(i + 1) == Some(Kind::Timestamp))
}

/// Labels lines anywhere that are nothing but a time or buttons.
fn words_only(page: &mut Page<'_>) {
    for i in 0..page.blocks.len() {
        if !page.blocks[i].is_open() {
            continue;
        }
        let line = page.line(i);
        let w = page.words;
        let rule = if stamps::is_timestamp(line, w) || section_and_time(line, w) {
            "any-timestamp-words"
        } else if is_share(line, w) {
            "any-share-words"
        } else if signs::is_bag(line, "nav", "nav-filler", None, w) {
            "any-nav-words"
        } else {
            continue;
        };
        page.blocks[i].label = Some(Label::of(rule));
    }
}

/// Whether a line is nothing but buttons, with the spaces between them or without:
/// `PartagerTweeterImprimer`.
fn is_share(line: &str, words: &Vocabulary) -> bool {
    let bag = |s: &str| signs::is_bag(s, "share", "share-filler", Some("network"), words);
    bag(line) || stamps::unglued(line).is_some_and(|l| bag(&l))
}

/// Whether a line is a section and a time with a wide space or a stroke between:
/// `World   Today at 17:38`.
fn section_and_time(line: &str, words: &Vocabulary) -> bool {
    has_digit(line)
        && ["  ", " | ", " • ", " · "].iter().any(|gap| {
            line.split_once(gap).is_some_and(|(section, time)| {
                stamps::is_timestamp(time.trim(), words) && signs::is_section(section, words)
            })
        })
}

/// Where the body begins when a byline or time stands under a first sentence,
/// which then is the summary.
fn summary_end(page: &Page<'_>, body: usize) -> Option<usize> {
    let headline = (0..body).any(|i| page.blocks[i].is_open());
    let ends = |mark: usize| {
        let summary = || (body..mark).filter(|&i| page.blocks[i].is_open());
        // A summary is one paragraph: one with a lost break inside is the body's.
        let whole = || (body..mark).all(|i| breaks::is_whole(page.line(i), page.words));
        let text_follows = || page.blocks[mark..].iter().any(Block::is_text);
        match page.kind(mark) {
            // Text stands under each time of a live text.
            _ if page.blocks[mark]
                .label
                .is_some_and(|l| l.rule == "any-timestamp-clock") =>
            {
                false
            }
            Some(Kind::Byline | Kind::Timestamp) => {
                summary().count() <= 2
                    && summary().all(|i| page.look(i).words <= SUMMARY_WORDS)
                    && text_follows()
                    && whole()
            }
            // A name alone may as well be a heading; an author is not in the text.
            None => {
                let line = page.line(mark);
                summary().count() == 1
                    && signs::is_names(line, page.words)
                    && !signs::is_mentioned(page, line, mark + 1)
                    && text_follows()
            }
            _ => false,
        }
    };
    (body + 1..page.blocks.len().min(TOP_LINES))
        .rev()
        .find(|&mark| headline && ends(mark))
        .map(|mark| {
            if page.blocks[mark].is_open() {
                mark + 1
            } else {
                mark
            }
        })
}

/// Whether a byline or time stands within the two lines under a block: a full
/// stop may then end the headline over it.
fn byline_near(page: &Page<'_>, i: usize) -> bool {
    [i + 1, i + 2]
        .into_iter()
        .any(|j| matches!(page.kind(j), Some(Kind::Byline | Kind::Timestamp)))
}

/// The block that is the headline.
fn choose_title(page: &Page<'_>, candidates: &[usize]) -> Option<usize> {
    let fits = |i: usize| {
        let line = page.line(i);
        words(line, TITLE_WORDS + 1) <= TITLE_WORDS
            && !line.ends_with([':', ','])
            && (final_mark(line) != Some('.') || byline_near(page, i))
            && !line.starts_with(is_bullet_mark)
    };
    let mut fitting = candidates.iter().copied().filter(|&i| fits(i)).peekable();
    let mut first = fitting.next()?;
    // Several sections may stand over each other.
    while let Some(&next) = fitting.peek()
        && signs::is_section(page.line(first), page.words)
        && signs::is_section(page.line(next), page.words)
    {
        first = next;
        fitting.next();
    }
    // A short line over a longer one is the section's or a keyword.
    let next = candidates.iter().copied().find(|&i| i > first && fits(i));
    if let Some(next) = next {
        let (a, b) = (page.line(first), page.line(next));
        let over = signs::is_section(a, page.words)
            || (words(a, 4) <= 3
                && words(b, 5) >= 4
                && (words(a, 4) <= 2 || HEADLINE_WORDS.contains(&words(b, 20)))
                && next == first + 1
                && final_mark(b) != Some('.')
                && !signs::is_names(b, page.words));
        let byline = signs::is_names(a, page.words)
            && words(b, 5) >= 4
            && !signs::is_names(b, page.words)
            && final_mark(b) != Some('.');
        if over || byline {
            return Some(next);
        }
    }
    Some(first)
}

/// Labels a line that ends in a full date as a caption.
fn dated_caption(page: &mut Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    let caption = (5..=40).contains(&words(line, 41))
        && signs::ends_in_date(line, page.words)
        && final_mark(line).is_none();
    if caption {
        page.blocks[i].label = Some(Label::of("any-caption-date"));
    }
    caption
}

/// Whether a line without a final mark stands over a picture's credit.
fn over_credit(page: &Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    page.kind(i + 1) == Some(Kind::Credit) && final_mark(line).is_none() && words(line, 5) >= 5
}
