//! What a line without a final mark can be told to be by the look of its words.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;

use smallvec::SmallVec;

use super::label::Page;
use super::layout::{Block, bare_words, final_mark, is_bullet_mark, is_capital, words};
use super::vocabulary::Vocabulary;
use crate::rules::hash::WordHashing;
use crate::split::{Stops, is_alphanumeric, places_of};

/// Whether a line is one or more people's names, with a role, an outlet or a
/// place behind a comma or `in`.
pub(super) fn is_names(line: &str, words: &Vocabulary) -> bool {
    let line = line.trim_start_matches(['–', '—', '-', ' ']);
    // What most lines fail at, asked first.
    let mut first_words = line.split_whitespace();
    if !first_words.next().is_some_and(is_capital)
        || !first_words
            .next()
            .is_some_and(|w| is_capital(w) || is_particle(w))
    {
        return false;
    }
    const ENDS: [&str; 11] = [
        ",", " in ", " for ", " à ", " au ", " en ", " (", " | ", " - ", " – ", " — ",
    ];
    let cut = memchr::memchr2_iter(b' ', b',', line.as_bytes())
        .find(|&at| ENDS.iter().any(|end| line[at..].starts_with(end)))
        .unwrap_or(line.len());
    let (name, rest) = line.split_at(cut);
    // What follows a name is short: a role, an outlet, a place. With a full stop it is
    // a sentence (`Jane Marlow, 61, chairs the union of bakers.`).
    let most = if line.ends_with('.') { 3 } else { 8 };
    rest.split_whitespace().count() <= most
        && !rest.contains(['?', '!', ':', '"', '«', '“'])
        && name
            .split(" and ")
            .flat_map(|n| n.split(" et "))
            .flat_map(|n| n.split(" & "))
            .all(|n| is_name(n, words))
}

/// Whether a string is the name of one person: two to five words with capitals,
/// none of them a word that opens sentences.
pub(super) fn is_name(name: &str, words: &Vocabulary) -> bool {
    const MOST: usize = 5;
    let parts: SmallVec<[&str; MOST + 1]> = name.split_whitespace().take(MOST + 1).collect();
    (2..=MOST).contains(&parts.len())
        && is_capital(parts[0])
        && parts.last().is_some_and(|w| is_capital(w))
        && parts.iter().all(|w| is_capital(w) || is_particle(w))
        && !parts.iter().any(|w| {
            let of = words.classes(w);
            words.has_exact("starter", w)
                || words.is_among("no-name", of)
                // `GULLS AT SEA`
                || is_capitals(w)
                    && words.is_among("linker", of)
                    && *w != "THE"
                    && !is_particle(&w.to_lowercase())
                || words.is_among("section", of)
                || words.is_among("month", of)
                || w.chars().any(|c| c.is_ascii_digit())
                || w.contains(['«', '"', '“', ':', ';', '?', '!', '/', '&'])
                || (w.ends_with('.') && w.chars().count() > 5)
        })
}

fn is_capitals(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

/// Whether a word is one of the small ones inside names.
fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "du", "des", "da", "di", "van", "von", "der", "den", "el", "al", "bin", "ben", "la",
        "le", "d'", "y",
    ];
    PARTICLES.contains(&word) || word.starts_with("d'") || word.starts_with("d’")
}

/// What a line outside the text is by its words: of those that say something, at
/// least a third (of two both) are of one class, a step to another page, a button, a heading over
/// other articles, an offer. Of two classes that have as many the first is meant.
pub(super) fn by_page_words(line: &str, words: &Vocabulary) -> Option<&'static str> {
    const MOST_WORDS: usize = 14;
    const CLASSES: &[(&str, &str)] = &[
        ("page-step", "any-nav-tail"),
        ("page-button", "any-share-tail"),
        ("page-list", "any-related-heading"),
        ("page-offer", "any-promo-tail"),
    ];
    let said: Vec<&str> = bare_words(line)
        .map(|w| w.rsplit_once(['\'', '’']).map_or(w, |(_, word)| word))
        .filter(|w| !words.has("linker", w) && w.chars().any(char::is_alphabetic))
        .take(MOST_WORDS + 1)
        .collect();
    let count = |class: &str| said.iter().filter(|w| words.has(class, w)).count();
    let (hits, rule) = CLASSES
        .iter()
        .map(|(class, rule)| (count(class), *rule))
        .rev()
        .max_by_key(|(hits, _)| *hits)?;
    let enough = if said.len() <= 2 {
        hits == said.len()
    } else {
        hits * 3 >= said.len()
    };
    (hits > 0 && enough && said.len() <= MOST_WORDS).then_some(rule)
}

/// Whether running text from block `from` on has the family name of the person
/// that a line names.
pub(super) fn is_mentioned(page: &Page<'_>, line: &str, from: usize) -> bool {
    let name = line.split([',', '(']).next().unwrap_or(line);
    name.split_whitespace().last().is_some_and(|family| {
        page.blocks[from..].iter().any(|b| {
            let text = b.of(page.text);
            b.is_open() && text != line && text.contains(family)
        })
    })
}

/// Whether all words of a line but small ones have a capital.
pub(super) fn is_title_case(line: &str, words: &Vocabulary) -> bool {
    let small = |w: &str| !is_capital(w) && !w.starts_with(|c: char| c.is_ascii_digit());
    final_mark(line).is_none()
        && !bare_words(line).any(|w| {
            let word = w.rsplit_once(['\'', '’']).map_or(w, |(_, word)| word);
            small(word) && !words.has("linker", word)
        })
}

/// Whether a string ends inside a quotation.
pub(super) fn ends_quoting(s: &str) -> bool {
    let (mut depth, mut straight) = (0_i32, false);
    static STOPS: Stops = Stops::at(b"\"\xc2\xe2");
    let marks = |c| matches!(c, '«' | '“' | '»' | '”' | '"');
    for (_, c) in places_of(s, &STOPS, marks) {
        match c {
            '«' | '“' => depth += 1,
            '»' | '”' => depth -= 1,
            '"' => straight = !straight,
            _ => {}
        }
    }
    depth > 0 || straight
}

/// Whether a line is the name of a section, or several with signs between.
pub(super) fn is_section(line: &str, words: &Vocabulary) -> bool {
    let line = line.trim_matches(|c: char| {
        is_bullet_mark(c) || matches!(c, '>' | '|' | '/' | '#' | ' ' | ':')
    });
    words.has("section", line)
        || line
            .split(['>', '|', '/', '›', '»', '•', '-', '–'])
            .all(|part| words.has("section", part.trim()))
        || joined_sections(line, words)
        || is_menu(line, words)
}

/// Whether a line is a menu whose signs are lost: `Home News World Europe`.
fn is_menu(line: &str, words: &Vocabulary) -> bool {
    const FEWEST: usize = 3;
    let items = || line.split_whitespace();
    items().nth(FEWEST - 1).is_some()
        && items().all(|w| is_capital(w) && (words.has("section", w) || words.has("nav", w)))
}

/// Whether a line is sections with `and` or commas between.
fn joined_sections(line: &str, words: &Vocabulary) -> bool {
    line.split([',', '&'])
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" and "))
        .all(|part| words.has("section", part.trim()))
}

/// Whether a line reads as a caption: no verb, and a time or a place in the
/// picture.
pub(super) fn is_scene(line: &str, words: &Vocabulary) -> bool {
    let all: Vec<&str> = bare_words(line).collect();
    let verbless = !all.iter().any(|w| words.has("sentence-verb", w));
    let timed = all.iter().rev().take(3).any(|w| {
        words.has("weekday", w)
            || words.has("month", w)
            || (w.len() == 4 && w.starts_with(['1', '2']) && w.bytes().all(|b| b.is_ascii_digit()))
    });
    let first = all.first().copied().unwrap_or_default();
    verbless && (timed || words.has("caption-start", first))
}

/// Whether a line ends in a full date, as captions do.
pub(super) fn ends_in_date(line: &str, words: &Vocabulary) -> bool {
    // The line under an embedded message has a dash first.
    if line.starts_with(['—', '–', '-']) {
        return false;
    }
    let line = line.trim_end_matches([' ', '-', '–', '—', '.', '|', '/']);
    // What most lines fail at, asked first.
    let last = line.chars().rev().find(|&c| is_alphanumeric(c));
    if !last.is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let tail: Vec<&str> = bare_words(line).collect();
    let [others @ .., a, b, year] = tail.as_slice() else {
        return false;
    };
    // Nothing but dates is no caption.
    let says = |w: &&str| w.chars().all(char::is_alphabetic) && !words.has("month", w);
    if !others.iter().any(says) {
        return false;
    }
    let is_year =
        year.len() == 4 && year.starts_with(['1', '2']) && year.bytes().all(|b| b.is_ascii_digit());
    let is_day = |w: &str| {
        let digits = w.trim_end_matches(char::is_alphabetic);
        !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    is_year && ((is_day(a) && words.has("month", b)) || (words.has("month", a) && is_day(b)))
}

/// The topics of a list on one line, where it is one: at least two short items
/// with the same sign between.
pub(super) fn is_topic_list(line: &str) -> bool {
    let signs = [
        "|", "·", "•", " / ", ";", ",", " - ", " – ", "#", "\t", "   ",
    ];
    signs.iter().any(|sign| {
        if !line.contains(sign) {
            return false;
        }
        let items: Vec<&str> = line
            .split(sign)
            .map(|i| i.trim_matches(|c: char| c.is_whitespace() || c == '#' || is_bullet_mark(c)))
            .filter(|i| !i.is_empty())
            .collect();
        // A comma also stands in sentences: there must be more or shorter items.
        let most = if *sign == "," { 5 } else { 6 };
        items.len() >= 2
            && items.iter().all(|i| {
                words(i, 7) <= most && words(i, 7) >= 1 && !i.contains(['«', '“', '?', '!']) && i.chars().count() <= 45
            })
            && items.iter().filter(|i| {
                i.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
            }).count() * 2 >= items.len().min(2)
            // Of a sentence's parts, those after the first begin small and are long.
            && items.iter().all(|i| !i.starts_with(char::is_lowercase) || words(i, 7) <= 2)
            && (*sign != "," || items.iter().map(|i| words(i, 7)).sum::<usize>() <= items.len() * 3)
    })
}

/// How often the running text uses each word, by its stem. It is counted when it is
/// first asked for: few texts have a line about which that says something.
#[derive(Debug, Default)]
pub(super) struct BodyWords {
    /// The blocks that no rule had claimed when the body was last looked at.
    open: Vec<Range<usize>>,
    counted: RefCell<Counted>,
}

/// The words of some blocks.
#[derive(Debug, Default)]
struct Counted {
    blocks: Vec<Range<usize>>,
    counts: HashMap<Stem, u32, WordHashing>,
}

impl Counted {
    /// Counts the words of other blocks, those that are new and those that are gone.
    fn turn_to(&mut self, text: &str, blocks: &[Range<usize>]) {
        if self.blocks == blocks {
            return;
        }
        let mut add = |block: &Range<usize>, once: u32| {
            for word in bare_words(&text[block.clone()]) {
                let count = self.counts.entry(stem(word)).or_default();
                *count = count.wrapping_add(once);
            }
        };
        let key = |block: &Range<usize>| (block.start, block.end);
        let missing = |all: &[Range<usize>], block: &Range<usize>| {
            all.binary_search_by_key(&key(block), key).is_err()
        };
        let new = blocks.iter().filter(|b| missing(&self.blocks, b));
        new.for_each(|block| add(block, 1));
        let gone = self.blocks.iter().filter(|b| missing(blocks, b));
        gone.for_each(|block| add(block, 1u32.wrapping_neg()));
        self.blocks = blocks.to_vec();
    }
}

impl BodyWords {
    /// Takes some blocks, those that no rule has claimed so far, for the body.
    pub(super) fn look_at<'b>(&mut self, blocks: impl Iterator<Item = &'b Block>) {
        self.open = blocks.map(|b| b.start..b.end).collect();
    }

    /// How many of a line's content words stand in the body of `text`, of how many;
    /// elsewhere in it, where the line is one of the body's.
    fn shared(&self, text: &str, line: &str, is_of_body: bool) -> (usize, usize) {
        let mut counted = self.counted.borrow_mut();
        counted.turn_to(text, &self.open);
        let content: Vec<Stem> = bare_words(line)
            .filter(|w| w.chars().count() >= 4)
            .map(stem)
            .collect();
        let elsewhere = |w: &&Stem| {
            let own = content.iter().filter(|o| is_of_body && o == w).count() as u32;
            counted.counts.get(*w).is_some_and(|&n| n > own)
        };
        (content.iter().filter(elsewhere).count(), content.len())
    }
}

/// How many of a line's content words the body that was last looked at has elsewhere,
/// of how many.
pub(super) fn shared_words(page: &Page<'_>, line: &str) -> (usize, usize) {
    page.body.shared(page.text, line, true)
}

/// How many of the content words of a line outside the body the body has, of how many.
pub(super) fn words_of_body(page: &Page<'_>, line: &str) -> (usize, usize) {
    page.body.shared(page.text, line, false)
}

/// A stem as a number: its bytes, or a hash of them where they are many, as those of
/// six letters hardly are.
type Stem = u128;

/// A word in lower case, without elided article and the last letters that
/// inflection changes.
fn stem(word: &str) -> Stem {
    if word.is_ascii() {
        let bare = word.rsplit('\'').next().unwrap_or(word).as_bytes();
        let mut bytes = [0; 16];
        let length = stem_length(bare.len()).min(bare.len());
        bytes[..length].copy_from_slice(&bare[..length]);
        bytes.make_ascii_lowercase();
        return Stem::from_le_bytes(bytes);
    }
    let bare = word.rsplit(['\'', '’']).next().unwrap_or(word);
    match lower_short(bare, &mut [0; SHORT]) {
        Some(lower) => stem_of_lower(lower),
        None => stem_of_lower(&bare.to_lowercase()),
    }
}

/// Words of so many bytes are put in lower case without an allocation.
const SHORT: usize = 40;

/// A short word of Latin letters in lower case; nothing for others.
fn lower_short<'b>(word: &str, buffer: &'b mut [u8; SHORT]) -> Option<&'b str> {
    let own = buffer.get_mut(..word.len())?;
    own.copy_from_slice(word.as_bytes());
    let mut at = 0;
    for c in word.chars() {
        match c {
            'A'..='Z' => own[at] |= 0x20,
            '\0'..='\x7f' | 'ß'..='ö' | 'ø'..='ÿ' | 'œ' => {}
            // The small letters of Latin-1 stand 32 places behind the capitals.
            'À'..='Ö' | 'Ø'..='Þ' => own[at + 1] |= 0x20,
            _ => return None,
        }
        at += c.len_utf8();
    }
    std::str::from_utf8(own).ok()
}

/// How many letters of a word are its stem.
fn stem_length(letters: usize) -> usize {
    letters.saturating_sub(1).clamp(4, 6)
}

fn stem_of_lower(word: &str) -> Stem {
    let letters = stem_length(word.chars().count());
    let end = word.char_indices().nth(letters);
    let stem = &word[..end.map_or(word.len(), |(end, _)| end)];
    let mut bytes = [0; 16];
    match bytes.get_mut(..stem.len()) {
        Some(own) => own.copy_from_slice(stem.as_bytes()),
        None => {
            let hash = WordHashing::default().hash_one(stem);
            bytes[..8].copy_from_slice(&hash.to_le_bytes());
            bytes[15] = u8::MAX;
        }
    }
    Stem::from_le_bytes(bytes)
}

/// Whether a line is nothing but buttons to share, and the networks' names.
pub(super) fn is_share(line: &str, words: &Vocabulary) -> bool {
    is_bag(line, "share", "share-filler", Some("network"), words)
}

/// Whether a line is nothing but words of a class and their fillers.
pub(super) fn is_bag(
    line: &str,
    class: &str,
    filler: &str,
    also: Option<&str>,
    words: &Vocabulary,
) -> bool {
    if line.len() > 160 {
        return false;
    }
    let mut hits = 0;
    let mut count = 0;
    for word in bare_words(line) {
        count += 1;
        let of = words.classes(word);
        if words.is_among(class, of) || also.is_some_and(|c| words.is_among(c, of)) {
            hits += 1;
        } else if !words.is_among(filler, of) && !word.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
    }
    hits >= 1 && hits * 3 >= count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_put_in_lower_case_as_long_ones() {
        for c in '\0'..='\u{24f}' {
            let word = format!("É{c}x");
            let mut buffer = [0; SHORT];
            if let Some(lower) = lower_short(&word, &mut buffer) {
                assert_eq!(lower, word.to_lowercase(), "{word}");
            }
        }
        assert_eq!(lower_short("ÀÉÖØÞœ'Z", &mut [0; SHORT]), Some("àéöøþœ'z"));
        assert_eq!(lower_short("l’été", &mut [0; SHORT]), None);
    }
}
