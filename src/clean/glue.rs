//! Artefacts on one line with text: where the line is cut.
//!
//! Scrapers lose the break between a header, a headline, a credit or a pointer
//! and the paragraph that follows, or put a credit at a paragraph's end. A part
//! is cut off where it reads as furniture on its own and the rest begins as a
//! sentence does; where that is in doubt the line stays whole.

use std::borrow::Cow;

use super::label::Page;
use super::layout::{Block, final_mark, is_closing, is_final, words};
use super::rules::{Label, Place};
use super::signs;
use super::stamps;
use crate::document::ArtefactKind as Kind;
use crate::split::{Stops, is_uppercase, places_of};

/// Prefixes are looked for in so many bytes of a line.
pub(super) const PREFIX: usize = 260;
/// Suffixes are looked for in so many bytes of a line.
pub(super) const SUFFIX: usize = 200;

/// Cuts the scraper's `date 2020-10` from the text's first line.
pub(super) fn date_header(page: &mut Page<'_>) {
    let Some(block) = page.blocks.first().cloned() else {
        return;
    };
    let Some((label, n)) = page.rules.of_start(block.of(page.text), Place::First) else {
        return;
    };
    let end = block.start + n;
    let rest = &page.text[end..block.end];
    if rest.starts_with(|c: char| !c.is_whitespace()) {
        return;
    }
    let mut parts = vec![Block {
        // The white space before it is the scraper's too.
        lead: 0,
        label: Some(label),
        ..block.up_to(page.text, end)
    }];
    parts.extend(Block::trimmed(page.text, end, block.end));
    page.replace(0, parts);
}

/// A place to cut a block: the byte of its text, and what the parts are.
pub(super) type Cut = (usize, Option<Label>, Option<Label>);

/// Cuts every open block for which `find` knows a place, in one pass; a rest
/// that can be cut again waits for the next of a few.
pub(super) fn cut_all(page: &mut Page<'_>, find: impl Fn(&Page<'_>, usize) -> Option<Cut>) {
    const PASSES: usize = 3;
    // All blocks, then those that the pass before made.
    let mut new = vec![true; page.blocks.len()];
    for _ in 0..PASSES {
        let asked = |i: usize| new[i] && page.blocks[i].is_open();
        let cuts: Vec<Option<Cut>> = (0..page.blocks.len())
            .map(|i| asked(i).then(|| find(page, i)).flatten())
            .collect();
        if cuts.iter().all(Option::is_none) {
            return;
        }
        let blocks = std::mem::take(&mut page.blocks);
        new.clear();
        for (block, cut) in blocks.into_iter().zip(cuts) {
            let is_new = cut.is_some();
            match cut {
                Some(cut) => page.blocks.extend(parts(page.text, &block, cut)),
                None => page.blocks.push(block),
            }
            new.resize(page.blocks.len(), is_new);
        }
    }
}

/// Cuts the times from the entries of a live report, of which a text has several: `21h47 :
/// The river ...`.
pub(super) fn clocks(page: &mut Page<'_>) {
    const FEWEST: usize = 2;
    let ends: Vec<Option<usize>> = (0..page.blocks.len())
        .map(|i| stamps::clock_end(page.line(i)))
        .collect();
    if ends.iter().flatten().nth(FEWEST - 1).is_none() {
        return;
    }
    for (i, end) in ends.into_iter().enumerate().rev() {
        // A time alone may be a player's.
        if let Some(end) = end
            && (page.blocks[i].is_open() || page.kind(i) == Some(Kind::Nav))
        {
            cut(page, i, (end, Some(Label::of("any-timestamp-entry")), None));
        }
    }
}

/// Cuts furniture from the beginning of paragraphs.
pub(super) fn prefixes(page: &mut Page<'_>) {
    cut_all(page, |page, i| {
        prefix(page, i).map(|(at, label)| {
            let rest = &page.line(i)[at..];
            let anywhere = |_: &Label, place| place == Place::Any;
            (at, Some(label), page.rules.first_of_line(rest, anywhere))
        })
    });
}

/// Where a paragraph's glued prefix ends, and what it is.
fn prefix(page: &Page<'_>, i: usize) -> Option<(usize, Label)> {
    let line = page.line(i);
    let look = page.look(i);
    if (look.words < 5 && look.final_mark.is_none()) || !line.contains(char::is_whitespace) {
        return None;
    }
    let head = &line[..line.floor_char_boundary(PREFIX)];
    starts(page, head)
        .filter_map(|at| {
            let before = line[..at].trim_end();
            // A quotation is not cut from its mark.
            if before.ends_with([',', ':', ';', '-', '(', '«', '“', '‘', '"'])
                || ends_open(page, before)
            {
                return None;
            }
            // A sentence's end is no place to cut: what stands before it is text,
            // unless the rule knows it to be a note.
            if opens_body(page, i) && signs::is_name(before, page.words) {
                return Some((at, Label::of("any-byline-name")));
            }
            let ended = final_mark(before).is_some();
            let label = page.rules.first_of_line(before, |l, place| {
                matches!(place, Place::Any | Place::Edge)
                    && !matches!(
                        l.kind,
                        Kind::Correction | Kind::Tag | Kind::SectionLabel | Kind::Nav
                    )
                    && (!ended || l.kind == Kind::Agency)
                    // One word is the sentence's first: `Testez La Sentinelle`.
                    && (l.kind != Kind::Promo || words(before, 2) >= 2)
            })?;
            let rest = &line[at..];
            (final_mark(rest).is_some() || words(rest, 9) >= 8).then_some((at, label))
        })
        .next()
}

/// Whether a string ends inside a phrase: `Sign up for` cannot stand alone.
pub(super) fn ends_open(page: &Page<'_>, before: &str) -> bool {
    match before.split_whitespace().next_back() {
        Some(last) => page.words.has("linker", last),
        None => true,
    }
}

/// Whether a block is the first paragraph under other lines.
fn opens_body(page: &Page<'_>, i: usize) -> bool {
    const TOP_LINES: usize = 12;
    if i > TOP_LINES {
        return false;
    }
    let above = &page.blocks[..i];
    above.iter().any(Block::is_open) && !above.iter().any(Block::is_text)
}

/// Where a sentence may begin inside a line without a final mark before it.
pub(super) fn starts<'a>(page: &'a Page<'_>, line: &'a str) -> impl Iterator<Item = usize> + 'a {
    let opens = |c| is_uppercase(c) || matches!(c, '«' | '“' | '"');
    static STOPS: Stops = Stops::at(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\"").and_beyond_ascii();
    let places = places_of(line, &STOPS, opens);
    places.filter_map(move |(at, c)| {
        let before = line[..at].chars().next_back()?;
        let spaced = before.is_whitespace();
        let glued = before.is_lowercase() && is_uppercase(c);
        if !(spaced || glued) {
            return None;
        }
        let word = first_word(&line[at..]);
        (opens_sentences(page, word) || page.words.has_exact("demonym", word)).then_some(at)
    })
}

/// Where furniture may begin from a place of a line on: at brackets, and behind white
/// space or a final mark.
pub(super) fn places(line: &str, from: usize) -> impl Iterator<Item = usize> {
    static STOPS: Stops = Stops::at(b" \t\n\x0b\x0c\r.!?([\xc2\xe1\xe2\xe3");
    let wanted = |c: char| c.is_whitespace() || is_final(c) || matches!(c, '(' | '[' | '©');
    // The character before tells of the first place.
    let start = line[..from]
        .char_indices()
        .next_back()
        .map_or(0, |(at, _)| at);
    let places = places_of(&line[start..], &STOPS, wanted).map(move |(at, c)| match c {
        '(' | '[' | '©' => start + at,
        _ => start + at + c.len_utf8(),
    });
    places.filter(move |&at| at >= from)
}

/// Whether a capital word is one that sentences begin with, elided perhaps.
pub(super) fn opens_sentences(page: &Page<'_>, word: &str) -> bool {
    let article = elided(word);
    page.words.has_exact("starter", &plain(word))
        || (article != word && page.words.has_exact("starter", article))
}

/// The word at the beginning of a string, apostrophes included.
pub(super) fn first_word(s: &str) -> &str {
    let inside = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'\'' | b'-');
    let plain = s.bytes().take_while(inside).count();
    let end = s[plain..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .map_or(s.len(), |n| plain + n);
    &s[..end]
}

/// With plain apostrophes.
fn plain(word: &str) -> Cow<'_, str> {
    if word.contains('’') {
        Cow::Owned(word.replace('’', "'"))
    } else {
        Cow::Borrowed(word)
    }
}

/// What stands before an apostrophe, with it: `L'` of `L'armée`.
fn elided(word: &str) -> &str {
    match word.find(['\'', '’']) {
        Some(1) if word.starts_with('L') => "L'",
        _ => word,
    }
}

/// Cuts place, date and agency from before the first sentence.
pub(super) fn datelines(page: &mut Page<'_>) {
    let mut seen = 0;
    let mut i = 0;
    // A dateline opens the body; a picture or an advertisement may come first.
    while i < page.blocks.len() && seen < 2 {
        if page.blocks[i].is_open() {
            let line = page.line(i);
            if page.look(i).words >= 8 {
                seen += 1;
            }
            if let Some((label, n)) = page.rules.of_start(line, Place::Opening)
                && opens_sentence(&line[n..])
            {
                cut(page, i, (n, Some(label), None));
                return;
            }
            if seen == 1
                && page.look(i).paragraph
                && let Some(n) = place_end(page, i)
            {
                let label = Label::of("any-agency-place-colon");
                cut(page, i, (n, Some(label), None));
                return;
            }
        }
        i += 1;
    }
}

/// Where a place and a colon before the first sentence end: `Norway: Train maker Orvalis ...`.
/// Another line of the page has the place, too, and the colon is no speaker's.
fn place_end(page: &Page<'_>, i: usize) -> Option<usize> {
    const PLACE_WORDS: usize = 3;
    let line = page.line(i);
    let (place, rest) = line.split_once(':')?;
    let place = place.trim_end();
    let named = words(place, PLACE_WORDS + 1) <= PLACE_WORDS
        && place.split_whitespace().all(|w| {
            w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || c == '-')
        })
        && !signs::is_section(place, page.words)
        && !page.words.has("role", place);
    let again = || {
        (0..page.blocks.len())
            .filter(|&j| j != i)
            .any(|j| page.line(j).contains(place))
    };
    let sentence = rest.starts_with(' ')
        && opens_sentence(rest)
        && !rest.trim_start().starts_with(['«', '“', '"', '‘', '\'']);
    (named && sentence && again()).then(|| line.len() - rest.trim_start().len())
}

/// Whether text after a dateline begins a sentence.
pub(super) fn opens_sentence(rest: &str) -> bool {
    let rest = rest.trim_start();
    words(rest, 4) >= 4
        && rest.chars().next().is_some_and(|c| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '«' | '“' | '"' | '‘' | '\'')
        })
}

/// Cuts the author from a headline's end: `Mayor shuts the bridge By JANE MARLOW`.
pub(super) fn headline_author(page: &mut Page<'_>) {
    let Some(i) = page.blocks.iter().position(Block::is_open) else {
        return;
    };
    let line = page.line(i);
    // In a headline of small words a capital `By` begins something new.
    let small = |w: &str| w.chars().count() >= 5 && w.chars().all(char::is_lowercase);
    let author = [" By ", " Par "].iter().find_map(|cue| {
        let at = line.rfind(cue)?;
        let name = &line[at + cue.len()..];
        let headline = line[..at].split_whitespace();
        (headline.filter(|w| small(w)).count() >= 2
            && final_mark(line).is_none()
            && signs::is_names(name, page.words))
        .then_some(at)
    });
    if let Some(at) = author {
        cut(page, i, (at, None, Some(Label::of("any-byline-name"))));
    }
}

/// Cuts furniture from the end of paragraphs: `... said. (AFP)`.
pub(super) fn suffixes(page: &mut Page<'_>) {
    // Looked for once: a look from every block would take quadratic time.
    let last = page.blocks.iter().rposition(Block::is_text);
    let last = last.map_or(0, |i| page.blocks[i].start);
    cut_all(page, |page, i| {
        suffix(page, i, page.blocks[i].start >= last).map(|(at, label)| (at, None, Some(label)))
    });
}

/// Where a paragraph's glued suffix begins, and what it is; `ends_text` where no
/// running text follows.
fn suffix(page: &Page<'_>, i: usize, ends_text: bool) -> Option<(usize, Label)> {
    let line = page.line(i);
    if !page.look(i).paragraph && page.look(i).words < 8 {
        return None;
    }
    let from = line.ceil_char_boundary(line.len().saturating_sub(SUFFIX));
    let tail = &line[from..];
    for at in places(tail, 0) {
        let (head, rest) = tail.split_at(at);
        let last = head.chars().next_back().unwrap_or(' ');
        let before = head.trim_end().chars().next_back().unwrap_or(' ');
        // After a final mark, or at a bracket.
        let after_final = last.is_whitespace() && (is_final(before) || is_closing(before));
        let bracket = rest.starts_with(['(', '[', '©']) && last.is_whitespace();
        if (after_final || bracket) && at > 0 {
            if after_final
                && ends_text
                && signs::is_name(rest, page.words)
                && !line[..from + at].contains(rest.rsplit(' ').next().unwrap_or(rest))
            {
                return Some((from + at, Label::of("any-byline-tail")));
            }
            let bracketed = rest.starts_with(['(', '[']);
            let ends = final_mark(rest).filter(|_| !bracketed);
            // A pointer may ask: `Lire aussi : qui paiera le pont ?`
            let may_be_furniture = ends.is_none() || rest.ends_with('?');
            let wanted = |l: &Label, place| {
                matches!(place, Place::Any | Place::Edge | Place::Tail)
                    && (!bracket
                        || matches!(
                            l.kind,
                            Kind::Agency | Kind::Credit | Kind::Related | Kind::Byline
                        ))
                    && matches!(
                        l.kind,
                        Kind::Agency
                            | Kind::Credit
                            | Kind::Related
                            | Kind::Share
                            | Kind::Promo
                            | Kind::Byline
                            | Kind::Ad
                            | Kind::Correction
                    )
                    && (ends.is_none() || l.kind == Kind::Related)
            };
            // A photographer and an outlet: a caption's credit.
            let credit =
                rest.starts_with('[') && signs::is_names(rest.trim_matches(['[', ']']), page.words);
            if may_be_furniture
                && !credit
                && let Some(label) = page.rules.first_of_line(rest, wanted)
            {
                // An agency names a source as often; only at the end of the text
                // is it the author.
                if label.kind != Kind::Agency || ends_text {
                    return Some((from + at, label));
                }
            }
        }
    }
    None
}

/// The parts of a block cut in two at a byte of its text.
fn parts(text: &str, block: &Block, (at, first, second): Cut) -> impl Iterator<Item = Block> {
    let at = block.start + at;
    let head = Block::trimmed(text, block.start, at).map(|b| Block {
        lead: block.lead,
        label: first,
        ..b
    });
    let rest = Block::trimmed(text, at, block.end).map(|b| Block {
        lead: b.start,
        label: second,
        ..b
    });
    [head, rest].into_iter().flatten()
}

/// Joins parts of one line again that were cut and that nothing was said of: what was lost
/// between them is a break, which is looked for in whole lines.
pub(super) fn rejoin(page: &mut Page<'_>) {
    let text = page.text;
    page.blocks.dedup_by(|next, block| {
        let one_line = block.is_open()
            && next.is_open()
            && !text[block.end..next.start].contains(['\n', '\r']);
        if one_line && let Some(whole) = Block::trimmed(text, block.start, next.end) {
            *block = Block {
                lead: block.lead,
                ..whole
            };
        }
        one_line
    });
}

/// Cuts one block in two.
pub(super) fn cut(page: &mut Page<'_>, i: usize, cut: Cut) {
    let parts: Vec<Block> = parts(page.text, &page.blocks[i], cut).collect();
    page.replace(i, parts);
}
