//! What stands before the first paragraph: section, headline, summary, byline,
//! time, picture.

use memchr::memmem;

use super::breaks;
use super::headline;
use super::joints;
use super::label::Page;
use super::layout::{Block, bare_words, final_mark, has_digit, is_bullet_mark, is_capital, words};
use super::rules::Label;
use super::signs;
use super::stamps;
use super::vocabulary::Vocabulary;
use crate::document::ArtefactKind as Kind;

/// How many lines from the top a byline or time may stand.
const TOP_LINES: usize = 12;
/// A paragraph of a summary has at most so many words.
const SUMMARY_WORDS: usize = 60;

/// A button or step under the headline has at most so many words.
const BUTTON_WORDS: usize = 6;

/// Labels the lines above the body, which begins at block `first`.
pub(super) fn label(page: &mut Page<'_>, first: Option<usize>) {
    words_only(page);
    let Some(body) = first else {
        return;
    };
    let (top, candidates) = candidates(page, body);
    // What was glued to other furniture has been told already.
    let told = (0..top).find(|&i| page.kind(i) == Some(Kind::Title));
    let Some(title) = told.or_else(|| headline::choose(page, &candidates)) else {
        bullets(page, &candidates);
        return;
    };
    for i in candidates {
        let line = page.line(i);
        let rule = if i > title && over_credit(page, i) {
            "any-caption-before-credit"
        } else if i < title && page.look(i).sentence {
            continue;
        } else if i < title {
            if let Some(rule) = of_page(page, i) {
                rule
            } else if signs::is_names(line, page.words) && !signs::is_section(line, page.words) {
                "any-byline-name"
            } else if headline::names_site(page, i) && !signs::is_section(line, page.words) {
                "any-nav-outlet"
            } else if headline::is_menu(page, i) {
                "any-nav-head"
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

/// Where the body begins, and the open blocks above it: the headline and what else stands there.
fn candidates(page: &mut Page<'_>, body: usize) -> (usize, Vec<usize>) {
    topics(page, body);
    let top = summary_end(page, body).unwrap_or(body);
    let mut candidates: Vec<usize> = (0..top).filter(|&i| page.blocks[i].is_open()).collect();
    candidates.retain(|&i| !dated_caption(page, i));
    // What they share with the text speaks for and against them.
    page.look_at_text();
    (top, candidates)
}

/// The lines that may be the headline, with the evidence on each; none where that is told.
pub(super) fn headlines(
    page: &mut Page<'_>,
    first: Option<usize>,
) -> Vec<(usize, Vec<&'static str>)> {
    words_only(page);
    let Some(body) = first else {
        return Vec::new();
    };
    let (top, candidates) = candidates(page, body);
    if (0..top).any(|i| page.kind(i) == Some(Kind::Title)) {
        return Vec::new();
    }
    let fitting = headline::fitting(page, &candidates);
    headline::on(page, &fitting)
}

/// Labels bulleted topics over an article without a headline.
fn bullets(page: &mut Page<'_>, candidates: &[usize]) {
    const TOPIC_WORDS: usize = 2;
    for &i in candidates {
        if page.line(i).starts_with(is_bullet_mark) && page.look(i).words <= TOPIC_WORDS {
            page.blocks[i].label = Some(Label::of("any-tag-bullet"));
        }
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
    } else if words(line, BUTTON_WORDS + 1) <= BUTTON_WORDS
        && let Some(rule) = of_page(page, i)
    {
        rule
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

/// What a line above the headline is that has the page's words and none of the text's.
fn of_page(page: &Page<'_>, i: usize) -> Option<&'static str> {
    let line = page.line(i);
    if signs::is_section(line, page.words) || !headline::is_of_page(page, i) {
        return None;
    }
    Some(match signs::by_page_words(line, page.words) {
        Some(rule) if rule != "any-related-heading" => rule,
        _ => "any-nav-tail",
    })
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
        && (author && (few || page.newlines_before(i) == 1)
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
    signs::is_share(line, words)
        || joints::is_glued(line) && signs::is_share(&joints::unglued(line), words)
}

/// Whether a line is a section and a time with a wide space or a stroke between:
/// `World   Today at 17:38`.
fn section_and_time(line: &str, words: &Vocabulary) -> bool {
    let last = line.split_whitespace().next_back();
    has_digit(line)
        && last.is_some_and(|last| stamps::may_be_of_stamp(last, words))
        && ["  ", " | ", " • ", " · "].iter().any(|gap| {
            memmem::find(line.as_bytes(), gap.as_bytes()).is_some_and(|at| {
                let (section, time) = (&line[..at], &line[at + gap.len()..]);
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
            // The time of an entry stands over text, not under it.
            Some(_) if stamps::clock_end(page.line(mark)).is_some() => false,
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
