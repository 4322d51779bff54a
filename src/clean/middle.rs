//! What stands between paragraphs: headings, captions, pointers to other
//! articles.

use super::label::{Page, body_range};
use super::layout::{Block, bare_words, is_bullet_mark, is_capital, words};
use super::rules::Label;
use super::{glue, openings, signs};
use crate::document::ArtefactKind as Kind;

/// A heading has at most so many words and characters.
const HEADING_WORDS: usize = 14;
const HEADING_CHARS: usize = 100;

/// A line of so many words in capitals is a link: headings are shorter.
const CAPS_WORDS: usize = 6;

/// Whether a line has no small letter, but for a mark of possession.
fn is_caps(line: &str) -> bool {
    let small = line.chars().filter(|c| c.is_lowercase()).count();
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    let digits = line.chars().filter(char::is_ascii_digit).count();
    capitals >= 20 && digits * 6 <= capitals && small * 20 <= capitals
}

/// Labels lines without a final mark between the first paragraph and the last
/// sentence, and cuts headings glued to a paragraph.
pub(super) fn label(page: &mut Page<'_>) {
    let (Some(first), Some(last)) = body_range(page) else {
        return;
    };
    page.look_at_body();
    for i in first..last {
        if page.blocks[i].is_open()
            && let Some(rule) = line_rule(page, i)
        {
            page.blocks[i].label = Some(Label::of(rule));
        }
    }
    glue::cut_all(page, |page, i| {
        let at = (i > first && page.look(i).paragraph)
            .then(|| openings::heading_end(page, page.line(i)))
            .flatten()?;
        Some((at, Some(Label::of("any-heading-glued")), None))
    });
}

/// What a line between paragraphs is; nothing for running text.
fn line_rule(page: &Page<'_>, i: usize) -> Option<&'static str> {
    let line = page.line(i);
    let n = page.look(i).words;
    if is_asked(page, i) {
        return Some("any-heading-question");
    }
    if n == 0
        || n > 40
        || page.look(i).final_mark.is_some()
        || line.ends_with([':', ',', ';', '–', '—'])
    {
        return None;
    }
    if has_sentence_end(line) {
        return None;
    }
    if page.kind(i + 1) == Some(Kind::Credit) && n >= 5 {
        return Some("any-caption-before-credit");
    }
    if n >= 6 && signs::ends_in_date(line, page.words) {
        return Some("any-caption-date");
    }
    if n >= CAPS_WORDS && is_caps(line) {
        return Some("any-related-caps");
    }
    // List items and lines that go on where another broke off are text.
    if line.starts_with(is_bullet_mark)
        || line.starts_with(['-', '–', '—'])
        || !opens_line(line)
        || n > HEADING_WORDS
        || line.chars().count() > HEADING_CHARS
    {
        return None;
    }
    let new = || {
        let (shared, of) = signs::shared_words(page, line);
        shared * 2 <= of
    };
    let topic = || {
        line.split_once(": ").is_some_and(|(topic, rest)| {
            words(topic, 6) <= 5 && words(rest, 3) >= 3 && !topic.contains(['"', '«', '“'])
        })
    };
    // Headlines do not say `I`.
    let own = || bare_words(line).any(|w| page.words.has("first-person", w));
    let neighbours = || {
        [i.checked_sub(1), Some(i + 1)]
            .into_iter()
            .flatten()
            .any(|j| page.kind(j) == Some(Kind::Related))
    };
    let pointer = (topic() && !own()) || (n >= 5 && neighbours());
    Some(if pointer && new() {
        "any-related-colon"
    } else {
        "any-heading-short"
    })
}

/// Whether a line is a short question of its own over a paragraph: `What went wrong?`
fn is_asked(page: &Page<'_>, i: usize) -> bool {
    const WORDS: usize = 9;
    let line = page.line(i);
    page.look(i).final_mark == Some('?')
        && (2..=WORDS).contains(&page.look(i).words)
        && line.ends_with('?')
        && line.starts_with(char::is_uppercase)
        && !line.contains(['.', '!', ':', '"', '«', '“', '…'])
        && page.newlines_before(i) >= 2
        && page.blocks.get(i + 1).is_some_and(Block::is_text)
}

/// Whether a sentence ends within a line and something is glued to it.
fn has_sentence_end(line: &str) -> bool {
    const FEWEST_WORDS: usize = 5;
    line.match_indices(['.', '!', '?']).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + 1..]);
        let ending = before
            .chars()
            .rev()
            .take_while(|c| c.is_lowercase())
            .count();
        // An address has a short ending.
        let glued = after.chars().take_while(|c| c.is_alphabetic()).count();
        ending >= 3 && glued > 5 && words(before, FEWEST_WORDS) >= FEWEST_WORDS
    })
}

/// Whether a line begins as a heading may.
fn opens_line(line: &str) -> bool {
    line.chars()
        .find(|c| {
            !matches!(
                c,
                '«' | '"' | '“' | '\'' | '‘' | ' ' | '\u{a0}' | '\u{202f}'
            )
        })
        .is_some_and(|c| c.is_numeric() || is_capital(c.encode_utf8(&mut [0; 4])))
}
