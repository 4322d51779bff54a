//! What stands after the last paragraph: topics, pointers, sections, authors.

use super::breaks;
use super::label::{Page, body_range};
use super::layout::{bare_words, is_bullet_mark, words};
use super::rules::Label;
use super::signs;
use crate::document::ArtefactKind as Kind;

/// A topic has at most so many words.
const TOPIC_WORDS: usize = 5;
/// A line that is told by the words of a page has at most so many.
const PAGE_WORDS: usize = 12;
/// A last sentence that something is glued to has at least so many.
const SENTENCE_WORDS: usize = 8;
/// A headline of another article has at most so many words.
const HEADLINE_WORDS: usize = 24;

/// Labels what no rule claimed after the last sentence, and bulleted topics.
pub(super) fn label(page: &mut Page<'_>) {
    let (Some(_), Some(last)) = body_range(page) else {
        return;
    };
    let data = data_lines(page, last);
    page.look_at_body();
    for i in last + 1..page.blocks.len() {
        if data.contains(&i) {
            continue;
        }
        // A long line without a final mark is text that was cut off.
        // One without words parts what stands around it.
        if !page.blocks[i].is_open() || !(1..=HEADLINE_WORDS).contains(&page.look(i).words) {
            continue;
        }
        // Sentences with something glued to the last one.
        if page.look(i).words >= SENTENCE_WORDS && !breaks::is_whole(page.line(i), page.words) {
            continue;
        }
        let rule = rule(page, i, last);
        page.blocks[i].label = Some(Label::of(rule));
    }
}

/// The lines after block `last` that stand among at least three of their kind, each
/// of which begins with a day of the year or has a price: the dates of a tour, a list
/// of goods. They are the article's; pointers have headlines.
fn data_lines(page: &Page<'_>, last: usize) -> Vec<usize> {
    const FEWEST: usize = 3;
    let open: Vec<usize> = (last + 1..page.blocks.len())
        .filter(|&i| page.blocks[i].is_open())
        .collect();
    let mut out = Vec::new();
    for run in open.chunk_by(|&a, &b| is_data(page, a) == is_data(page, b)) {
        if run.len() >= FEWEST && is_data(page, run[0]) {
            out.extend_from_slice(run);
        }
    }
    out
}

/// Whether a line begins with a day of the year or has a price.
fn is_data(page: &Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    let mut first = bare_words(line);
    let day = |w: &str| w.len() <= 4 && w.starts_with(|c: char| c.is_ascii_digit());
    let date = match (first.next(), first.next()) {
        (Some(a), Some(b)) => {
            (page.words.has("month", a) && day(b)) || (day(a) && page.words.has("month", b))
        }
        _ => false,
    };
    let price =
        |w: &str| w.contains(['€', '$', '£', '¥', '₩']) && w.contains(|c: char| c.is_ascii_digit());
    date || line.split_whitespace().any(price)
}

fn rule(page: &Page<'_>, i: usize, last: usize) -> &'static str {
    let line = page.line(i);
    let n = page.look(i).words;
    if line.starts_with(is_bullet_mark) {
        return if n <= TOPIC_WORDS {
            "any-tag-bullet"
        } else {
            "any-related-tail"
        };
    }
    if is_author_again(page, i) {
        return "any-byline-tail";
    }
    if i == last + 1 && signs::is_names(line, page.words) && !signs::is_mentioned(page, line, 0) {
        return "any-byline-tail";
    }
    // A list of topics and a headline have few words of the page's, by chance; what the
    // text speaks of is a topic.
    let listed = signs::is_topic_list(line);
    let plain = !listed && n <= PAGE_WORDS;
    let spoken_of = || {
        let (shared, of) = signs::shared_words(page, line);
        of > 0 && shared == of
    };
    let topic = n <= 2 && i.checked_sub(1).and_then(|j| page.kind(j)) == Some(Kind::Tag);
    if !topic
        && let Some(rule) = signs::by_page_words(line, page.words)
        && (plain || rule == "any-nav-tail")
        && (rule != "any-related-heading" || n <= TOPIC_WORDS)
        && !spoken_of()
    {
        return rule;
    }
    if speaks_to_reader(page, line) {
        return if n <= 3 {
            "any-nav-tail"
        } else {
            "any-promo-tail"
        };
    }
    if listed && !line.contains(": ") {
        return "any-tag-list";
    }
    if page.words.has("strict-section", line.trim()) && !beside_topic(page, i) {
        return "any-section-tail";
    }
    if signs::is_section(line, page.words) && headline_follows(page, i) {
        return "any-section-tail";
    }
    if n <= TOPIC_WORDS && heads_headlines(page, i) {
        return "any-related-heading";
    }
    if n <= TOPIC_WORDS && !line.contains([':', '?', '!', '"', '«', '“']) {
        return "any-tag-line";
    }
    "any-related-tail"
}

/// Whether a line is a name that a byline above has.
fn is_author_again(page: &Page<'_>, i: usize) -> bool {
    const TOP_LINES: usize = 12;
    let line = page.line(i);
    signs::is_names(line, page.words)
        && (0..i.min(TOP_LINES))
            .any(|j| page.kind(j) == Some(Kind::Byline) && page.line(j).contains(line))
}

/// Whether a line speaks of the newsroom as `we`, or orders the reader to do
/// something for themselves.
fn speaks_to_reader(page: &Page<'_>, line: &str) -> bool {
    let has = |class: &str| bare_words(line).any(|w| page.words.has(class, w));
    let order = bare_words(line)
        .next()
        .is_some_and(|w| page.words.has("order-word", w));
    has("house") || (has("reader") && (order || has("site-word")))
}

/// Whether a bare short line or a list of topics stands next to a block.
fn beside_topic(page: &Page<'_>, i: usize) -> bool {
    [i.checked_sub(1), Some(i + 1)]
        .into_iter()
        .flatten()
        .filter(|&j| j < page.blocks.len())
        .any(|j| {
            let short = words(page.line(j), 6) <= TOPIC_WORDS;
            page.kind(j) == Some(Kind::Tag) || (page.blocks[j].is_open() && short)
        })
}

/// Whether a short line opens a group of lines and the next is a headline.
fn heads_headlines(page: &Page<'_>, i: usize) -> bool {
    page.newlines_before(i) >= 2
        && page.newlines_before(i + 1) == 1
        && headline_follows(page, i)
        && !signs::is_topic_list(page.line(i + 1))
}

/// Whether the next line is a headline.
fn headline_follows(page: &Page<'_>, i: usize) -> bool {
    page.blocks.get(i + 1).is_some_and(|b| {
        b.is_open()
            && !b.of(page.text).starts_with(is_bullet_mark)
            && words(b.of(page.text), 5) >= 5
    }) || page.kind(i + 1) == Some(Kind::Related)
}
