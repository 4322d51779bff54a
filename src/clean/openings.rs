//! Headlines and headings on one line with the sentence that they stand over,
//! and a page's whole head on one line.

use super::facts;
use super::glue::{PREFIX, cut, opens_sentences, starts};
use super::label::Page;
use super::layout::{
    Block, bare_words, final_mark, has_digit, has_two_sentences, is_capital, is_closing, is_final,
    words,
};
use super::rules::Label;
use super::signs;
use super::stamps;
use crate::document::ArtefactKind as Kind;

/// A headline on one line with author and time has so many words.
const HEADLINE_WORDS: std::ops::RangeInclusive<usize> = 3..=32;
/// An author's name has at most so many words, a time so many.
const NAME_WORDS: usize = 7;
const STAMP_WORDS: usize = 14;

/// Cuts headline, author and time from the first line, where a scraper put all
/// of a page's head on it: `Bridge shut Jane Marlow 22/01/2025 12:31`.
pub(super) fn page_head(page: &mut Page<'_>) {
    let Some(i) = page.blocks.iter().position(Block::is_open) else {
        return;
    };
    let line = page.line(i);
    let Some([title, name, stamp]) = page_head_ends(page, line) else {
        return;
    };
    let base = page.blocks[i].start;
    let end = page.blocks[i].end;
    let parts = [
        (0, title, Some("any-title-glued")),
        (title, name, Some("any-byline-name")),
        (name, stamp, Some("any-timestamp-words")),
        (stamp, end - base, None),
    ];
    let parts = parts.into_iter().filter_map(|(from, to, rule)| {
        let part = Block::trimmed(page.text, base + from, base + to)?;
        Some(Block {
            label: rule.map(Label::of),
            lead: part.start,
            ..part
        })
    });
    let parts: Vec<Block> = parts.collect();
    page.replace(i, parts);
}

/// Cuts a date from the first line, where a headline is glued to it: `Oct. 14, 2024 /
/// 9:38 PM Bridge shut`. A sentence may open with a date, too: it has a full stop.
pub(super) fn stamped_title(page: &mut Page<'_>) {
    let Some(i) = page.blocks.iter().position(Block::is_open) else {
        return;
    };
    let line = page.line(i);
    if final_mark(line).is_none()
        && let Some(at) = stamp_end(page, line)
    {
        cut(page, i, (at, Some(Label::of("any-date-glued")), None));
    }
}

/// Where the date that a headline is glued to ends.
fn stamp_end(page: &Page<'_>, line: &str) -> Option<usize> {
    spaces(line, STAMP_WORDS).into_iter().rev().find(|&at| {
        let (stamp, rest) = (&line[..at], line[at..].trim_start());
        rest.starts_with(char::is_uppercase)
            && stamps::is_timestamp(stamp, page.words)
            && facts::date(stamp, page.words).is_some()
            && HEADLINE_WORDS.contains(&words(rest, HEADLINE_WORDS.end() + 1))
            && !signs::is_names(rest, page.words)
    })
}

/// Where the first spaces of a line are, so many at most.
fn spaces(line: &str, most: usize) -> Vec<usize> {
    line.match_indices(' ')
        .take(most)
        .map(|(at, _)| at)
        .collect()
}

/// Cuts a section's name of several words from the headline behind it: `Local news Town
/// hall shuts the bridge`. One word may be the headline's first as well (`World Cup`), but
/// before an article.
pub(super) fn sectioned_title(page: &mut Page<'_>) {
    const SECTION_WORDS: usize = 3;
    let Some(i) = page.blocks.iter().position(Block::is_open) else {
        return;
    };
    let line = page.line(i);
    if final_mark(line).is_some() {
        return;
    }
    let spaces = spaces(line, SECTION_WORDS);
    let end = (0..spaces.len()).rev().find(|&n| {
        let (section, rest) = (&line[..spaces[n]], line[spaces[n]..].trim_start());
        let first = rest.split(' ').next().unwrap_or_default();
        (signs::is_section(section, page.words)
            && (n > 0 && is_capital(first) || is_starter(page, first, rest))
            || is_genre(page, section) && first.starts_with(|c: char| !c.is_lowercase()))
            && !signs::is_section(rest, page.words)
            && !stamps::is_timestamp(rest, page.words)
            && HEADLINE_WORDS.contains(&words(rest, HEADLINE_WORDS.end() + 1))
            && rest.contains(|c: char| c.is_lowercase())
    });
    if let Some(n) = end {
        let section = Some(Label::of("any-section-head"));
        cut(page, i, (spaces[n], section, None));
    }
}

/// Whether a string is the kind of an article in capitals, as stands before its headline:
/// `ANALYSIS`, `EN DIRECT.`
fn is_genre(page: &Page<'_>, s: &str) -> bool {
    let name = s.trim_end_matches(['.', ':', '|', ' ', '-', '–', '—']);
    !name.contains(char::is_lowercase) && page.words.has("genre", name)
}

/// Labels a headline that names its topic first, as two sentences: `Floods in
/// Brenne. Two bridges shut`. It reads as text but for the missing full stop.
pub(super) fn topic_title(page: &mut Page<'_>) {
    let mut open = (0..page.blocks.len())
        .filter(|&i| page.blocks[i].is_open() && !signs::is_section(page.line(i), page.words));
    let Some(first) = open.next() else {
        return;
    };
    let line = page.line(first);
    if final_mark(line).is_none()
        && HEADLINE_WORDS.contains(&words(line, HEADLINE_WORDS.end() + 1))
        && opens_with_topic(line)
        && open.next().is_some()
    {
        page.blocks[first].label = Some(Label::of("any-title-first"));
    }
}

/// Whether a line is a few words, a full stop and one more sentence.
fn opens_with_topic(line: &str) -> bool {
    const TOPIC_WORDS: usize = 5;
    line.split_once(". ").is_some_and(|(topic, rest)| {
        words(topic, TOPIC_WORDS + 1) <= TOPIC_WORDS
            // `A U.N. vehicle` is no topic.
            && rest.starts_with(|c: char| !c.is_lowercase())
            && !has_two_sentences(rest)
    })
}

/// Where headline, author and time end, where a line opens with all three.
fn page_head_ends(page: &Page<'_>, line: &str) -> Option<[usize; 3]> {
    let head = &line[..line.floor_char_boundary(2 * PREFIX)];
    if !has_digit(head) {
        return None;
    }
    let starts: Vec<(usize, &str)> = head
        .split_whitespace()
        .map(|w| (w.as_ptr() as usize - head.as_ptr() as usize, w))
        .collect();
    let end_of = |k: usize| starts[k].0 + starts[k].1.len();
    for first in *HEADLINE_WORDS.start()..starts.len() {
        if is_final_word(starts[first - 1].1) && words(&head[..starts[first].0], 9) > 8 {
            // A sentence has ended: what follows is the body's, but for initials.
            if starts[first - 1]
                .1
                .chars()
                .filter(|c| c.is_lowercase())
                .count()
                > 3
            {
                return None;
            }
        }
        let may_be = |&last: &usize| stamps::may_be_of_stamp(starts[last].1, page.words);
        let stamp = (first..starts.len().min(first + STAMP_WORDS))
            .take_while(may_be)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .find(|&last| stamps::is_timestamp(&head[starts[first].0..end_of(last)], page.words));
        let Some(last) = stamp else { continue };
        let rest = line[end_of(last)..].trim_start();
        if rest.starts_with(char::is_lowercase) || rest.starts_with([',', ';', '.', ')']) {
            return None;
        }
        let name = (1..=NAME_WORDS.min(first))
            .map(|n| first - n)
            .find(|&k| is_author(page, head[starts[k].0..starts[first].0].trim_end()))?;
        let title = starts[name].0;
        return HEADLINE_WORDS
            .contains(&words(&head[..title], HEADLINE_WORDS.end() + 1))
            .then_some([title, starts[first].0, end_of(last)]);
    }
    None
}

fn is_final_word(word: &str) -> bool {
    word.trim_end_matches(is_closing).ends_with(is_final)
}

/// Whether a string is an author's name or initials.
fn is_author(page: &Page<'_>, s: &str) -> bool {
    signs::is_name(s, page.words)
        || page.rules.of_kind(s, Kind::Byline).is_some_and(|l| {
            s.ends_with('.') || l.rule.ends_with("-par") || l.rule.ends_with("-by")
        })
}

/// Cuts a headline from the first sentence, where the text opens with both on
/// one line.
pub(super) fn title(page: &mut Page<'_>) {
    let has_title = (0..page.blocks.len()).any(|i| page.kind(i) == Some(Kind::Title));
    if !has_title {
        title_over_caption(page);
    }
    let Some(i) = page.blocks.iter().position(Block::is_open) else {
        return;
    };
    let line = page.line(i);
    if words(line, 9) < 8 {
        return;
    }
    if let Some(at) = dated_end(page, line) {
        cut(page, i, (at, Some(Label::of("any-caption-date")), None));
        return;
    }
    // The headline stands before anything else; under one, a short heading may
    // open a paragraph, which `middle` looks for.
    if !has_title && let Some(at) = title_end(page, line) {
        cut(page, i, (at, Some(Label::of("any-title-glued")), None));
    }
}

/// Cuts a headline from a caption that a scraper put on its line: `Bridge row: mayor
/// stands firm The oldest pillar on Saturday. Photo: D. Aktan/AFP`.
fn title_over_caption(page: &mut Page<'_>) {
    let furniture =
        |i: &usize| matches!(page.kind(*i), Some(Kind::DateHeader | Kind::SectionLabel));
    let i = (0..page.blocks.len()).take_while(furniture).count();
    if page.kind(i) != Some(Kind::Caption) || page.kind(i + 1) != Some(Kind::Credit) {
        return;
    }
    if let Some(at) = title_end(page, page.line(i)) {
        let caption = page.blocks[i].label;
        cut(page, i, (at, Some(Label::of("any-title-glued")), caption));
    }
}

/// Where a caption that ends in a full date and is glued to a sentence ends.
fn dated_end(page: &Page<'_>, line: &str) -> Option<usize> {
    const FEWEST_WORDS: usize = 6;
    let head = &line[..line.floor_char_boundary(PREFIX)];
    starts(page, head).find(|&at| {
        let before = head[..at].trim_end();
        before.ends_with(|c: char| c.is_ascii_digit())
            && !before.contains(['.', '?', '!'])
            && words(before, FEWEST_WORDS) >= FEWEST_WORDS
            && signs::ends_in_date(before, page.words)
    })
}

/// Where a headline glued to a sentence ends.
fn title_end(page: &Page<'_>, line: &str) -> Option<usize> {
    let head = &line[..line.floor_char_boundary(PREFIX)];
    // The first sentence's own end is the farthest that a headline can reach.
    let end = head
        .char_indices()
        .find(|&(at, c)| {
            is_final(c) && head[at + c.len_utf8()..].starts_with([' ', '\u{a0}', '\n'])
        })
        .map_or(head.len(), |(at, _)| at);
    let head = &head[..end];
    let mut last_word = "";
    for (at, word) in word_positions(head) {
        let before = head[..at].chars().next_back();
        let glued = before.is_some_and(|c| c.is_lowercase() || is_closing(c));
        if at > 0
            && is_capital(word)
            && words(&head[..at], 4) >= 3
            && before.is_some_and(|c| c.is_whitespace() || glued)
            && may_end(page, head[..at].trim_end(), last_word)
            && opens_anew(page, &head[..at], word, &head[at..], glued)
        {
            return Some(at);
        }
        last_word = word;
    }
    None
}

/// Whether a headline or heading can end in this word.
pub(super) fn may_end(page: &Page<'_>, before: &str, word: &str) -> bool {
    let bare = word.rsplit(['\'', '’']).next().unwrap_or(word);
    !signs::ends_quoting(before)
        && !before.ends_with([',', ':', ';', '-', '–', '(', '«', '“', '"', '/', '&'])
        && !is_capital(word)
        && !page.words.has("linker", bare)
        && !page.words.has("role", bare)
        && !page.words.has("before-name", bare)
        && word.chars().any(char::is_alphabetic)
}

/// Whether a capital word within a line begins another sentence: a word that
/// hardly is a name's, or any word where what stands before reads as a headline
/// and what follows has a verb soon.
fn opens_anew(page: &Page<'_>, before: &str, word: &str, rest: &str, glued: bool) -> bool {
    if glued {
        return opens_sentences(page, word);
    }
    if is_starter(page, word, rest) {
        return true;
    }
    let colon = before.contains(" : ") || before.contains(": ");
    colon
        && bare_words(rest)
            .take(6)
            .any(|w| page.words.has("sentence-verb", w))
}

/// Whether a capital word is one that opens sentences, and not the article of a
/// name (`The Guardian`).
pub(super) fn is_starter(page: &Page<'_>, word: &str, rest: &str) -> bool {
    // `what I saw`: the pronoun has its capital anywhere.
    if word == "I" {
        return false;
    }
    if !opens_sentences(page, word) {
        return false;
    }
    let mut following = bare_words(rest);
    let _ = following.next();
    match following.next() {
        Some(next) => !page.words.has_exact("after-article", next),
        None => false,
    }
}

/// The words of a line with their places; a word ends where a capital follows a
/// small letter, too.
fn word_positions(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut chars = line.char_indices();
    let mut start = None;
    let mut last = ' ';
    std::iter::from_fn(move || {
        for (at, c) in chars.by_ref() {
            let inside = c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
            let breaks = !inside || last.is_lowercase() && c.is_uppercase();
            let ended = start.filter(|_| breaks);
            if breaks || start.is_none() {
                start = inside.then_some(at);
            }
            last = c;
            if let Some(from) = ended {
                return Some((from, &line[from..at]));
            }
        }
        start.take().map(|from| (from, &line[from..]))
    })
}

/// Where a short heading glued to the beginning of a paragraph ends.
pub(super) fn heading_end(page: &Page<'_>, line: &str) -> Option<usize> {
    const HEADING_WORDS: usize = 9;
    let head = &line[..line.floor_char_boundary(120)];
    // A heading has none of these marks.
    let ends = |c| is_final(c) || matches!(c, ',' | '"' | '“' | ':' | ';');
    let end = head.find(ends).unwrap_or(head.len());
    let mut last_word = "";
    for (n, (at, word)) in word_positions(head).enumerate() {
        if n > HEADING_WORDS || at > end {
            break;
        }
        let before = &head[..at];
        let spaced = before.ends_with(char::is_whitespace);
        let glued = before.ends_with(char::is_lowercase);
        if n >= 2
            && (spaced || glued)
            && is_capital(word)
            && may_end(page, before.trim_end(), last_word)
            && is_starter(page, word, &line[at..])
            && words(&line[at..], 6) >= 5
        {
            return Some(at);
        }
        last_word = word;
    }
    None
}
