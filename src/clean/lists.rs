//! Lists under a heading: a heading of topics opens topics, one of other articles
//! opens headlines, and where it may be either the items decide.
//!
//! This runs before the body's end is looked for: a headline that asks would
//! else be taken for the last sentence of the text.

use super::label::Page;
use super::layout::{Block, final_mark, is_bullet_mark, is_numbered, words};
use super::rules::Label;
use super::signs;
use crate::document::ArtefactKind as Kind;

/// A headline has at most so many words, a topic so many.
const HEADLINE_WORDS: usize = 24;
const TOPIC_WORDS: usize = 6;
/// A line of so many words is a headline rather than a topic.
const FEWEST_HEADLINE: usize = 5;

/// What a heading says about the lines below it.
#[derive(Clone, Copy, PartialEq)]
enum Opens {
    Topics,
    Headlines,
    /// Topics or headlines.
    Either,
    /// Headlines, or nothing: then it is a step to another page.
    Perhaps,
}

/// Labels the items of lists that have a heading.
pub(super) fn label(page: &mut Page<'_>) {
    let last = page.blocks.iter().rposition(Block::is_text);
    for i in 0..page.blocks.len() {
        let Some(opens) = opens(page, i) else {
            continue;
        };
        let after_text = last.is_none_or(|last| i > last);
        let items = items(page, i, after_text, opens);
        let headlines = items
            .iter()
            .any(|&j| is_headline(page.line(j), FEWEST_HEADLINE));
        let rule = match opens {
            // Within the text a few words are rather a heading of its own.
            Opens::Headlines if items.iter().all(|&j| is_topic(page.line(j))) => {
                if !after_text {
                    continue;
                }
                "any-tag-item"
            }
            Opens::Headlines => "any-related-list",
            Opens::Topics => "any-tag-item",
            Opens::Either | Opens::Perhaps if headlines => "any-related-list",
            Opens::Either => "any-tag-item",
            Opens::Perhaps => continue,
        };
        if matches!(opens, Opens::Either | Opens::Perhaps) && headlines {
            page.blocks[i].label = Some(Label::of("any-related-heading"));
        }
        for j in items {
            let line = page.line(j);
            // Buttons and steps stand below a list without a line between.
            let own = signs::by_page_words(line, page.words).filter(|own| {
                matches!(*own, "any-nav-tail" | "any-share-tail")
                    && (words(line, 5) <= 4
                        || signs::is_bag(line, "page-step", "nav-filler", None, page.words))
            });
            let topic = rule == "any-related-list" && !line.ends_with('…') && is_topic(line);
            let rule = match own.filter(|_| after_text) {
                Some(own) => own,
                None if topic && after_text => "any-tag-item",
                None => rule,
            };
            page.blocks[j].label = Some(Label::of(rule));
        }
    }
}

/// What a block opens, where it is a list's heading and nothing more.
fn opens(page: &Page<'_>, i: usize) -> Option<Opens> {
    const HEADING_WORDS: usize = 7;
    let label = page.blocks[i].label?;
    let line = page.line(i);
    let bare = line.trim_end_matches([' ', '\u{a0}', ':', '>', '»', '→', '.', '–', '—']);
    if words(bare, HEADING_WORDS + 1) > HEADING_WORDS || bare.contains([':', '|', ',', '?']) {
        return None;
    }
    let (_, name) = label.rule.split_once('-')?;
    match name {
        "tag-header" => Some(Opens::Topics),
        "tag-more" => Some(Opens::Either),
        "related-more" | "related-pointer" => Some(Opens::Headlines),
        "related-topic" if words(bare, 5) <= 4 => Some(Opens::Headlines),
        "related-cue" | "related-a-lire" if words(bare, 4) <= 3 => Some(Opens::Headlines),
        "nav-more" | "nav-all" => Some(Opens::Perhaps),
        _ => None,
    }
}

/// The open lines that a heading opens: those directly below it up to a blank
/// line; where one stands between, too, all such after the text and one within.
fn items(page: &Page<'_>, heading: usize, after_text: bool, opens: Opens) -> Vec<usize> {
    let spaced = page.newlines_before(heading + 1) > 1;
    if spaced && opens == Opens::Perhaps {
        return Vec::new();
    }
    let mut out = Vec::new();
    for i in heading + 1..page.blocks.len() {
        let open = page.blocks[i].is_open();
        let same = spaced || page.newlines_before(i) <= 1;
        let fits = match page.kind(i) {
            None => is_item(page.line(i), opens, spaced && !after_text),
            // A pointer in the list has its label already.
            Some(kind) => kind == Kind::Related && i > heading + 1,
        };
        if !same || !fits || (spaced && !after_text && !out.is_empty()) {
            break;
        }
        if open {
            out.push(i);
        }
    }
    out
}

/// Whether a line may be an item; `strict` where it may as well be text.
fn is_item(line: &str, opens: Opens, strict: bool) -> bool {
    let n = words(line, HEADLINE_WORDS + 1);
    let listed = line.starts_with(is_bullet_mark) || is_numbered(line);
    let ends = final_mark(line);
    match opens {
        _ if n == 0 || n > HEADLINE_WORDS || (ends == Some('.') && !listed) => false,
        Opens::Topics => ends != Some('?') && is_enumeration(line),
        Opens::Headlines if !listed && signs::is_topic_list(line) => false,
        _ if strict => is_headline(line, FEWEST_HEADLINE) && ends.is_none(),
        _ => true,
    }
}

/// Whether a line is a topic or several with signs between.
fn is_enumeration(line: &str) -> bool {
    line.trim_end_matches([',', ';', '|', '/', ' '])
        .split([',', ';', '|', '/', '·', '•'])
        .all(|topic| words(topic, TOPIC_WORDS + 1) <= TOPIC_WORDS)
}

/// Whether a line is a topic rather than a headline, whatever the heading says.
fn is_topic(line: &str) -> bool {
    words(line, 3) <= 2 && final_mark(line).is_none() && !line.contains(':')
}

/// Whether a line is long enough for a headline and no list of topics.
fn is_headline(line: &str, fewest: usize) -> bool {
    words(line, fewest) >= fewest && !signs::is_topic_list(line)
}
