//! Captions told by the credit beside them: at the end of their line, on the
//! line below, on the line above.

use super::breaks;
use super::fused::names_agency;
use super::glue::{SUFFIX, cut_all, ends_open, first_word, places};
use super::label::Page;
use super::layout::{
    Block, final_mark, has_opening_mark, has_two_sentences, is_closing, is_final, words,
};
use super::openings::is_starter;
use super::rules::{Label, Place};
use super::signs;
use super::stamps;
use crate::document::ArtefactKind as Kind;

/// A caption has at most so many words.
const CAPTION_WORDS: usize = 48;
/// A caption under its credit has at most so many words: a longer sentence opens
/// the article.
const SCENE_WORDS: usize = 16;
/// A caption on a line of its own is one sentence of at most so many words.
const ONE_SENTENCE: usize = 32;

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
        button_at(page, i).map(|(at, label)| (at, None, Some(label)))
    });
    cut_all(page, |page, i| {
        credit_at(page, page.line(i)).map(|at| {
            let (caption, credit) = ("any-caption-credit", "any-credit-caption");
            (at, Some(Label::of(caption)), Some(Label::of(credit)))
        })
    });
}

/// Cuts a caption with its credit from the paragraph behind it: `The bridge at noon.
/// (Deniz Aktan/AFP) The mayor said on Monday`. The two are told apart by [`credits`].
pub(super) fn over_paragraphs(page: &mut Page<'_>) {
    cut_all(page, |page, i| {
        paragraph_under(page, i).map(|at| (at, None, None))
    });
}

/// Where the paragraph behind a caption and its credit begins.
fn paragraph_under(page: &Page<'_>, i: usize) -> Option<usize> {
    let line = page.line(i);
    if !page.look(i).paragraph || line.starts_with(['«', '“', '"', '‘']) {
        return None;
    }
    let head = &line[..line.floor_char_boundary(SUFFIX + SUFFIX / 2)];
    let mut before = ' ';
    let mut last = ' ';
    for (at, c) in head.char_indices() {
        let after_mark = last.is_whitespace() && (is_final(before) || before == '|');
        let opens =
            matches!(c, '(' | '[' | '©') && last.is_whitespace() || after_mark && c.is_uppercase();
        if opens
            && at > 0
            && let Some(end) = credit_end(page, line, at, after_mark)
            && is_caption_text(page, &line[..at])
        {
            return Some(end);
        }
        if !c.is_whitespace() {
            before = c;
        }
        last = c;
    }
    None
}

/// Where a credit that begins at a place of a line ends, with a paragraph behind it.
fn credit_end(page: &Page<'_>, line: &str, from: usize, after_mark: bool) -> Option<usize> {
    const LONGEST: usize = 90;
    let rest = &line[from..];
    let head = &rest[..rest.floor_char_boundary(LONGEST)];
    if head.starts_with(['(', '[']) {
        let close = head.find([')', ']'])? + 1;
        let (credit, behind) = rest.split_at(close);
        let inner = &credit[1..close - 1];
        let named = page.rules.of_kind(credit, Kind::Credit).is_some()
            || after_mark && (signs::is_name(inner, page.words) || inner.contains('/'));
        let text = behind.trim_start();
        let at = line.len() - text.len();
        return (named && text.len() < behind.len() && opens_text(text)).then_some(at);
    }
    // What no credit has in it is not looked at again.
    let labelled = head.starts_with('©') || page.words.has_exact("credit-label", first_word(head));
    let linked = || {
        [" pour ", " for ", "/"]
            .iter()
            .any(|link| head.contains(link))
    };
    if !labelled && !(after_mark && linked()) {
        return None;
    }
    let starts = head
        .match_indices(char::is_whitespace)
        .map(|(at, s)| at + s.len());
    starts
        .filter(|&at| opens_text(&rest[at..]))
        .find(|&at| {
            let (credit, text) = (rest[..at].trim_end(), &rest[at..]);
            let begins = text.starts_with(['«', '“', '"'])
                || is_starter(page, first_word(text), text)
                || names_agency(page, credit);
            begins
                && !ends_open(page, credit)
                && (page.rules.of_kind(credit, Kind::Credit).is_some()
                    || after_mark && is_photographer(page, credit, '.', true))
        })
        .map(|at| from + at)
}

/// Whether a string begins as a sentence does and reads as a paragraph.
fn opens_text(s: &str) -> bool {
    const FEWEST_WORDS: usize = 6;
    s.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '«' | '“' | '"'))
        && final_mark(s).is_some()
        && words(s, FEWEST_WORDS) >= FEWEST_WORDS
}

fn shares_line_with_credit(page: &Page<'_>, i: usize) -> bool {
    page.kind(i + 1) == Some(Kind::Credit)
        && !page.text[page.blocks[i].end..page.blocks[i + 1].start].contains('\n')
}

/// Whether a line may be a caption: not long, and without a lost break, as
/// paragraphs have them.
fn is_caption_text(page: &Page<'_>, line: &str) -> bool {
    words(line, 2) >= 2 && !is_beyond_caption(line) && breaks::is_whole(line, page.words)
}

/// Whether a line, and so any that goes on behind it, is longer than a caption.
fn is_beyond_caption(line: &str) -> bool {
    let count = words(line, CAPTION_WORDS + 1);
    count > CAPTION_WORDS || (count >= 15 && has_two_sentences(line))
}

/// Where buttons behind a caption's credit begin, and what they are: `Photo: J. Marlow Buy
/// this photo`.
fn button_at(page: &Page<'_>, i: usize) -> Option<(usize, Label)> {
    const BUTTON_WORDS: usize = 6;
    let line = page.line(i);
    if page.look(i).final_mark.is_some()
        || page.look(i).words > CAPTION_WORDS
        || !line.contains(CREDIT_SIGNS)
    {
        return None;
    }
    let spaces = line.rmatch_indices(' ').map(|(at, _)| at);
    spaces.skip(1).take(BUTTON_WORDS).find_map(|at| {
        let button = |l: &Label, place| {
            place == Place::Any && matches!(l.kind, Kind::Nav | Kind::Share | Kind::Promo)
        };
        let label = page.rules.first_of_line(&line[at..], button)?;
        has_credit(page, line[..at].trim_end()).then_some((at, label))
    })
}

/// Whether a string is a credit with its caption before it.
pub(super) fn has_credit(page: &Page<'_>, s: &str) -> bool {
    s.contains(CREDIT_SIGNS) && credit_at(page, s).is_some()
}

/// What a credit has that is told by its form; most lines have none.
const CREDIT_SIGNS: [char; 8] = ['(', '[', '©', '/', '|', ':', '«', '“'];

/// Where the credit at a caption's end begins.
fn credit_at(page: &Page<'_>, line: &str) -> Option<usize> {
    const CREDIT_WORDS: usize = 11;
    const LONGEST: usize = CAPTION_WORDS + CREDIT_WORDS;
    if words(line, LONGEST + 1) > LONGEST {
        return None;
    }
    // `... in the hall. - Jane Marlow`; behind a quotation stands who said it, and a
    // line without a full stop before the dash may name anything.
    let quoted = line.starts_with(['«', '“', '"', '‘']);
    let ended = |text: &str| {
        let text = text.trim_end_matches([' ', '-', '–', '—', '|', '\u{a0}']);
        !quoted && final_mark(text).is_some()
    };
    let from = line.ceil_char_boundary(line.len().saturating_sub(SUFFIX));
    let head = &line[..from];
    if is_beyond_caption(head) {
        return None;
    }
    for at in places(line, from) {
        let (caption, rest) = line.split_at(at);
        let Some(c) = rest.chars().next() else { break };
        let last = caption.chars().next_back().unwrap_or(' ');
        let before = caption.trim_end().chars().next_back().unwrap_or(' ');
        // Scrapers lose the space between the two as well.
        let glued = is_final(last) && c.is_uppercase();
        let after_mark = glued
            || last.is_whitespace()
                && (is_final(before)
                    || is_closing(before)
                    || matches!(before, '-' | '–' | '—' | '|' | '/'));
        // Labels have a capital.
        let opens = matches!(c, '(' | '[' | '©')
            || ((last.is_whitespace() || last.is_lowercase())
                && c.is_uppercase()
                && page.words.has_exact("credit-label", first_word(rest)));
        if at > 0
            && (after_mark || opens)
            && is_caption_text(page, caption)
            && (page.rules.of_kind(rest, Kind::Credit).is_some()
                || (after_mark && is_photographer(page, rest, before, ended(caption)))
                || is_owner_in_brackets(page, line, at))
        {
            // A dash or stroke between the two belongs to the credit.
            let own = caption.trim_end();
            let own = own.trim_end_matches(['-', '–', '—', '|', '/']);
            return Some(own.trim_end().len());
        }
    }
    None
}

/// Whether a string is a photographer, and who they work for: `J. Marlow for The
/// Courier`; `before` is the mark before it. Under a headline that is an author, so only a caption's end asks.
fn is_photographer(page: &Page<'_>, s: &str, before: char, ended: bool) -> bool {
    // `... in the hall. - Jane Marlow`
    if matches!(before, '-' | '–' | '—') && signs::is_name(s, page.words) {
        return ended;
    }
    // `... in the hall. | CPA / Jane Marlow`, `- THE COURIER - JANE MARLOW`
    if matches!(before, '-' | '–' | '—' | '|') && ended {
        let parts = || s.split(['/', '-', '–', '—']).map(str::trim);
        let capitals = |p: &str| !p.contains(char::is_lowercase) && words(p, 7) <= 6;
        let named = |p: &str| signs::is_name(p, page.words);
        if parts().count() == 2
            && final_mark(s).is_none()
            && !s.contains(|c: char| c.is_ascii_digit())
            && parts().all(|p| p.starts_with(char::is_uppercase) && (capitals(p) || named(p)))
        {
            return true;
        }
        // `| LE COURRIER`, `Jane Marlow | The Courier`
        if before == '|' && capitals(s) && s.split_whitespace().any(|w| page.words.has("paper", w))
        {
            return true;
        }
    }
    [" for ", " pour ", "/"].iter().any(|link| {
        s.split_once(link).is_some_and(|(name, outlet)| {
            let outlet = outlet.trim_start();
            signs::is_name(name.trim_end(), page.words)
                && outlet.starts_with(char::is_uppercase)
                && words(outlet, 6) <= 5
                && final_mark(outlet).is_none()
        })
    })
}

/// Whether a short line ends in a name in brackets: `Mary at the school. (SWNS)`.
/// Without a full stop before it that may be anything.
fn is_owner_in_brackets(page: &Page<'_>, line: &str, at: usize) -> bool {
    const CAPTION: usize = 24;
    const OWNER: usize = 7;
    let inner = line[at..]
        .strip_prefix(['(', '['])
        .and_then(|s| s.strip_suffix([')', ']']));
    let Some(inner) = inner else {
        return false;
    };
    let text = line[..at].trim_end();
    let count = words(inner, OWNER + 1);
    let small = |w: &str| w.starts_with(char::is_lowercase);
    let ended = final_mark(text).is_some();
    (1..=OWNER).contains(&count)
        && (ended || inner.contains('/'))
        && words(text, CAPTION + 1) <= CAPTION
        && !has_two_sentences(text)
        && !has_opening_mark(text)
        && inner.starts_with(char::is_uppercase)
        && !inner.contains(|c: char| c.is_ascii_digit() || matches!(c, '(' | '?' | '!' | '«' | '"'))
        && !page.words.has("wire", inner)
        && inner.split_whitespace().filter(|w| small(w)).count() * 3 <= count + 1
}

/// Tells captions by a credit on the next line: a short sentence with a blank
/// line above it and the credit directly below; and by one on the line before,
/// where the words are a caption's.
pub(super) fn beside_credits(page: &mut Page<'_>) {
    let body = page.blocks.iter().position(Block::is_text);
    for i in 0..page.blocks.len() {
        let line = page.line(i);
        let is_short_scene =
            || page.look(i).words <= SCENE_WORDS && signs::is_scene(line, page.words);
        let beside = |j: usize| page.kind(j) == Some(Kind::Credit);
        let rule = if !page.blocks[i].is_open()
            || !(beside(i + 1) || i.checked_sub(1).is_some_and(beside))
            || !is_one_sentence(page, i)
        {
            continue;
        } else if page.kind(i + 1) == Some(Kind::Credit)
            && page.newlines_before(i + 1) == 1
            // In some texts no line has a blank one above it.
            && (page.newlines_before(i) >= 2
                || is_short_scene() && !stamps::is_timestamp(line, page.words))
        {
            "any-caption-before-credit"
        } else if i > 0
            && body.is_some_and(|body| i <= body)
            && page.kind(i - 1) == Some(Kind::Credit)
            && is_short_scene()
        {
            "any-caption-after-credit"
        } else {
            continue;
        };
        page.blocks[i].label = Some(Label::of(rule));
    }
}

fn is_one_sentence(page: &Page<'_>, i: usize) -> bool {
    let line = page.line(i);
    (3..=ONE_SENTENCE).contains(&page.look(i).words)
        && !has_two_sentences(line)
        && !matches!(page.look(i).final_mark, Some('!' | '?'))
        && !has_opening_mark(line)
        && breaks::is_whole(line, page.words)
}
