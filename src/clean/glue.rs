//! Artefacts on one line with text: where the line is cut.
//!
//! Scrapers lose the break between a header, a headline, a credit or a pointer
//! and the paragraph that follows, or put a credit at a paragraph's end. A part
//! is cut off where it reads as furniture on its own and the rest begins as a
//! sentence does; where that is in doubt the line stays whole.

use super::breaks;
use super::label::Page;
use super::layout::{
    Block, bare_words, final_mark, has_two_sentences, is_capital, is_closing, is_final,
    is_paragraph, words,
};
use super::rules::{Label, Place};
use super::signs;
use crate::document::ArtefactKind as Kind;

/// Prefixes are looked for in so many bytes of a line.
const PREFIX: usize = 260;
/// Suffixes are looked for in so many bytes of a line.
const SUFFIX: usize = 200;
/// A caption has at most so many words.
const CAPTION_WORDS: usize = 48;

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
        start: block.start,
        end,
        label: Some(label),
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
    for _ in 0..PASSES {
        let cuts: Vec<Option<Cut>> = (0..page.blocks.len())
            .map(|i| page.blocks[i].is_open().then(|| find(page, i)).flatten())
            .collect();
        if cuts.iter().all(Option::is_none) {
            return;
        }
        let blocks = std::mem::take(&mut page.blocks);
        for (block, cut) in blocks.into_iter().zip(cuts) {
            match cut {
                Some(cut) => page.blocks.extend(parts(page.text, &block, cut)),
                None => page.blocks.push(block),
            }
        }
    }
}

/// Cuts furniture from the beginning of paragraphs.
pub(super) fn prefixes(page: &mut Page<'_>) {
    cut_all(page, |page, i| {
        prefix(page, i).map(|(at, label)| (at, Some(label), None))
    });
}

/// Where a paragraph's glued prefix ends, and what it is.
fn prefix(page: &Page<'_>, i: usize) -> Option<(usize, Label)> {
    let line = page.line(i);
    if !line.contains(char::is_whitespace) || (words(line, 6) < 5 && final_mark(line).is_none()) {
        return None;
    }
    let head = &line[..line.floor_char_boundary(PREFIX)];
    starts(page, head)
        .filter_map(|at| {
            let before = line[..at].trim_end();
            if before.ends_with([',', ':', ';', '-', '(']) || before.is_empty() {
                return None;
            }
            // A sentence's end is no place to cut: what stands before it is text,
            // unless the rule knows it to be a note.
            if opens_body(page, i) && signs::is_name(before, page.words) {
                return Some((at, Label::of("any-byline-name")));
            }
            let found = page.rules.of_line(before);
            let (label, _) = found.into_iter().find(|(l, place)| {
                matches!(place, Place::Any | Place::Edge)
                    && !matches!(
                        l.kind,
                        Kind::Correction | Kind::Tag | Kind::SectionLabel | Kind::Nav
                    )
                    && (final_mark(before).is_none() || l.kind == Kind::Agency)
            })?;
            let rest = &line[at..];
            (final_mark(rest).is_some() || words(rest, 9) >= 8).then_some((at, label))
        })
        .next()
}

/// Whether a block is the first paragraph under other lines.
fn opens_body(page: &Page<'_>, i: usize) -> bool {
    const TOP_LINES: usize = 12;
    if i > TOP_LINES {
        return false;
    }
    let above = &page.blocks[..i];
    above.iter().any(Block::is_open)
        && !above
            .iter()
            .any(|b| b.is_open() && is_paragraph(b.of(page.text)))
}

/// Where a sentence may begin inside a line without a final mark before it.
fn starts<'a>(page: &'a Page<'_>, line: &'a str) -> impl Iterator<Item = usize> + 'a {
    line.char_indices().filter_map(move |(at, c)| {
        if at == 0 || !(c.is_uppercase() || matches!(c, '«' | '“' | '"')) {
            return None;
        }
        let before = line[..at].chars().next_back()?;
        let word = first_word(&line[at..]);
        let glued = before.is_lowercase() && c.is_uppercase();
        let spaced = before.is_whitespace();
        let known = page.words.has_exact("starter", &plain(word))
            || page.words.has_exact("starter", elided(word))
            || page.words.has_exact("demonym", word);
        ((glued || spaced) && known).then_some(at)
    })
}

/// The word at the beginning of a string, apostrophes included.
fn first_word(s: &str) -> &str {
    let end = s
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .unwrap_or(s.len());
    &s[..end]
}

/// With plain apostrophes.
fn plain(word: &str) -> String {
    word.replace('’', "'")
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
            if words(line, 9) >= 8 {
                seen += 1;
            }
            if let Some((label, n)) = page.rules.of_start(line, Place::Opening)
                && opens_sentence(&line[n..])
            {
                cut(page, i, (n, Some(label), None));
                return;
            }
        }
        i += 1;
    }
}

/// Whether text after a dateline begins a sentence.
fn opens_sentence(rest: &str) -> bool {
    let rest = rest.trim_start();
    words(rest, 4) >= 4
        && rest.chars().next().is_some_and(|c| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '«' | '“' | '"' | '‘' | '\'')
        })
}

/// Cuts furniture from the end of paragraphs: `... said. (AFP)`.
pub(super) fn suffixes(page: &mut Page<'_>) {
    // Looked for once: a look from every block would take quadratic time.
    let last = page
        .blocks
        .iter()
        .rposition(|b| b.is_open() && is_paragraph(b.of(page.text)));
    let last = last.map_or(0, |i| page.blocks[i].start);
    cut_all(page, |page, i| {
        suffix(page, i, page.blocks[i].start >= last).map(|(at, label)| (at, None, Some(label)))
    });
}

/// Where a paragraph's glued suffix begins, and what it is; `ends_text` where no
/// running text follows.
fn suffix(page: &Page<'_>, i: usize, ends_text: bool) -> Option<(usize, Label)> {
    let line = page.line(i);
    if !is_paragraph(line) && words(line, 9) < 8 {
        return None;
    }
    let from = line.ceil_char_boundary(line.len().saturating_sub(SUFFIX));
    let tail = &line[from..];
    let mut before = ' ';
    let mut last = ' ';
    for (at, c) in tail.char_indices() {
        // After a final mark, or at a bracket.
        let after_final = last.is_whitespace() && (is_final(before) || is_closing(before));
        let bracket = matches!(c, '(' | '[' | '©') && last.is_whitespace();
        if (after_final || bracket) && at > 0 {
            let rest = &tail[at..];
            if after_final
                && signs::is_name(rest, page.words)
                && ends_text
                && !line[..from + at].contains(rest.rsplit(' ').next().unwrap_or(rest))
            {
                return Some((from + at, Label::of("any-byline-tail")));
            }
            let found = page.rules.of_line(rest);
            if let Some((label, _)) = found.into_iter().find(|(l, place)| {
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
                    && (final_mark(rest).is_none() || rest.starts_with(['(', '[']))
            }) {
                // An agency names a source as often; only at the end of the text
                // is it the author.
                if label.kind != Kind::Agency || ends_text {
                    return Some((from + at, label));
                }
            }
        }
        if !c.is_whitespace() {
            before = c;
        }
        last = c;
    }
    None
}

/// Tells captions by the credit at their end, which becomes an artefact of its
/// own: `The bridge at noon. Photo: D. Aktan/AFP`.
pub(super) fn credits(page: &mut Page<'_>) {
    for i in 0..page.blocks.len() {
        // A suffix that was cut off a short line is a caption's credit.
        if page.blocks[i].is_open()
            && shares_line_with_credit(page, i)
            && is_caption_text(page, page.line(i))
        {
            page.blocks[i].label = Some(Label::of("any-caption-credit"));
            page.blocks[i + 1].label = Some(Label::of("any-credit-caption"));
        }
    }
    cut_all(page, |page, i| {
        credit_at(page, i).map(|at| {
            let (caption, credit) = ("any-caption-credit", "any-credit-caption");
            (at, Some(Label::of(caption)), Some(Label::of(credit)))
        })
    });
}

fn shares_line_with_credit(page: &Page<'_>, i: usize) -> bool {
    page.kind(i + 1) == Some(Kind::Credit)
        && !page.text[page.blocks[i].end..page.blocks[i + 1].start].contains('\n')
}

/// Whether a line may be a caption: not long, and without a lost break, as
/// paragraphs have them.
fn is_caption_text(page: &Page<'_>, line: &str) -> bool {
    (2..=CAPTION_WORDS).contains(&words(line, CAPTION_WORDS + 1))
        && breaks::find(line, 0, page.words).is_empty()
        && !(words(line, 15) >= 15 && has_two_sentences(line))
}

/// Where the credit at a caption's end begins.
fn credit_at(page: &Page<'_>, i: usize) -> Option<usize> {
    let line = page.line(i);
    if words(line, CAPTION_WORDS + 12) > CAPTION_WORDS + 11 {
        return None;
    }
    let mut before = ' ';
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        let after_mark = last.is_whitespace()
            && (is_final(before)
                || is_closing(before)
                || matches!(before, '-' | '–' | '—' | '|' | '/'));
        let opens =
            matches!(c, '(' | '[' | '©') || (last.is_whitespace() && label_word(&line[at..]));
        if at > 0 && (after_mark || opens) && line.len() - at <= SUFFIX {
            let rest = &line[at..];
            if page.rules.of_kind(rest, Kind::Credit).is_some()
                && is_caption_text(page, &line[..at])
            {
                // A dash or stroke between the two belongs to the credit.
                let own = line[..at].trim_end();
                let own = own.trim_end_matches(['-', '–', '—', '|', '/']);
                return Some(own.trim_end().len());
            }
        }
        if !c.is_whitespace() {
            before = c;
        }
        last = c;
    }
    None
}

/// Whether a string begins with the word that announces a credit.
fn label_word(s: &str) -> bool {
    const LABELS: &[&str] = &[
        "Photo",
        "Photos",
        "Photograph",
        "Photographs",
        "Picture",
        "Pictures",
        "Image",
        "Images",
        "Credit",
        "Crédit",
        "Crédits",
        "Credits",
        "Photographie",
        "Illustration",
        "Dessin",
        "Source",
        "Courtesy",
        "Handout",
        "Archives",
        "PHOTO",
        "PHOTOS",
        "CREDIT",
        "IMAGE",
        "File",
    ];
    LABELS.contains(&first_word(s))
}

/// Cuts a headline from the first sentence, where the text opens with both on
/// one line.
pub(super) fn title(page: &mut Page<'_>) {
    let Some(i) = page.blocks.iter().position(Block::is_open) else {
        return;
    };
    let has_title = (0..page.blocks.len()).any(|i| page.kind(i) == Some(Kind::Title));
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
    !before.ends_with([',', ':', ';', '-', '–', '(', '«', '“', '"', '/', '&'])
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
        return page.words.has_exact("starter", &plain(word))
            || page.words.has_exact("starter", elided(word));
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
    if !(page.words.has_exact("starter", &plain(word))
        || page.words.has_exact("starter", elided(word)))
    {
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
fn word_positions(line: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        let breaks = last.is_lowercase() && c.is_uppercase();
        if (!inside || breaks)
            && let Some(s) = start.take()
        {
            out.push((s, &line[s..at]));
        }
        if inside && start.is_none() {
            start = Some(at);
        }
        last = c;
    }
    if let Some(s) = start {
        out.push((s, &line[s..]));
    }
    out
}

/// Where a short heading glued to the beginning of a paragraph ends.
pub(super) fn heading_end(page: &Page<'_>, line: &str) -> Option<usize> {
    const HEADING_WORDS: usize = 9;
    let head = &line[..line.floor_char_boundary(120)];
    let mut last_word = "";
    for (n, (at, word)) in word_positions(head).into_iter().enumerate() {
        if n > HEADING_WORDS {
            break;
        }
        let before = &head[..at];
        if before.contains(is_final) || before.contains([',', '"', '“', ':', ';']) {
            break;
        }
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

/// Cuts one block in two.
fn cut(page: &mut Page<'_>, i: usize, cut: Cut) {
    let parts: Vec<Block> = parts(page.text, &page.blocks[i], cut).collect();
    page.replace(i, parts);
}
