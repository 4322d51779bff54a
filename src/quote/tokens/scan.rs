//! Where the tokens of a paragraph begin and end.

use std::ops::Range;

use super::{Kind, Token};
use crate::document::{Lang, Sentence};
use crate::quote::cues::PhraseTable;
use crate::quote::lexicon::{Lexicon, Traits, class};
use crate::quote::marks::Pair;

/// The tokens of a paragraph, in order, with nothing known of them yet but where they
/// stand. All offsets are of the text.
pub(super) fn tokens(
    text: &str,
    span: &Range<usize>,
    pairs: &[Pair],
    sentences: &[Sentence],
    lexicon: &'static Lexicon,
) -> Vec<Token> {
    /// French and English have some five bytes and a half for a token.
    const BYTES: usize = 5;
    let mut scan = Scan {
        text,
        lexicon,
        sentences,
        sentence: 0,
        tokens: Vec::with_capacity(span.len() / BYTES + 8),
    };
    let mut at = span.start;
    for pair in pairs {
        let end = pair.close.as_ref().map_or(pair.inner.end, |c| c.end);
        if end <= at {
            continue;
        }
        if let Some(open) = pair.open.as_ref().filter(|open| at <= open.start) {
            scan.read(at..open.start, false);
            scan.mark(open, Kind::Open);
            at = open.end;
        }
        let close = pair.close.as_ref();
        let inner_end = close.map_or(pair.inner.end, |c| c.start);
        if at < inner_end {
            scan.read(at..inner_end, pair.open.is_some());
            at = inner_end;
        }
        if let Some(close) = close.filter(|close| close.start == at) {
            scan.mark(close, Kind::Close);
            at = close.end;
        }
    }
    scan.read(at..span.end, false);
    scan.tokens
}

/// The length of the letters and digits of ASCII at the head of a text: of 16 bytes at
/// once where there are so many, since no processor can tell beforehand where a loop
/// over the letters of a word ends.
fn plain_end(bytes: &[u8]) -> usize {
    let one_by_one = |bytes: &[u8]| {
        bytes
            .iter()
            .position(|b| !b.is_ascii_alphanumeric())
            .unwrap_or(bytes.len())
    };
    match bytes.split_first_chunk::<16>() {
        Some((chunk, rest)) => match alphanumeric(u128::from_le_bytes(*chunk)) {
            16 => 16 + one_by_one(rest),
            end => end,
        },
        None => one_by_one(bytes),
    }
}

/// How many of 16 bytes, from the lowest on, are letters or digits of ASCII. The highest
/// bit of each byte says of sums without it whether the byte lies behind a bound.
fn alphanumeric(bytes: u128) -> usize {
    const fn everywhere(byte: u8) -> u128 {
        u128::from_le_bytes([byte; 16])
    }
    const HIGH: u128 = everywhere(0x80);
    const fn from(first: u8) -> u128 {
        everywhere(0x80 - first)
    }
    let low = bytes & !HIGH;
    let small = low | everywhere(0x20);
    let letters = (small + from(b'a')) & !(small + from(b'z' + 1));
    let digits = (low + from(b'0')) & !(low + from(b'9' + 1));
    let others = !((letters | digits) & !bytes) & HIGH;
    others.trailing_zeros() as usize / 8
}

struct Scan<'t> {
    text: &'t str,
    lexicon: &'static Lexicon,
    sentences: &'t [Sentence],
    /// The number of the sentence of what is read.
    sentence: usize,
    tokens: Vec<Token>,
}

impl Scan<'_> {
    fn mark(&mut self, mark: &Range<usize>, kind: Kind) {
        self.push(mark, kind, false, false);
    }

    /// Reads a stretch without marks, between some or outside.
    fn read(&mut self, range: Range<usize>, quoted: bool) {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let byte = bytes[at];
            if byte == b' ' {
                at += 1;
            } else if byte.is_ascii_alphabetic() {
                at = self.word(at, range.end, quoted, byte.is_ascii_uppercase());
            } else if byte.is_ascii_digit() {
                at = self.number(at, range.end, quoted);
            } else {
                let Some(c) = text[at..range.end].chars().next() else {
                    break;
                };
                if c.is_whitespace() {
                    at += c.len_utf8();
                } else if c.is_alphanumeric() {
                    at = self.word(at, range.end, quoted, c.is_uppercase());
                } else if let Some(end) = genitive_end(text, at, self.lexicon.lang) {
                    self.push(&(at..end), Kind::Word, false, quoted);
                    at = end;
                } else {
                    let end = at + c.len_utf8();
                    self.push(&(at..end), Kind::Punct(c), false, quoted);
                    at = end;
                }
            }
        }
    }

    /// Reads the words that stand together from an offset on; where they end.
    fn word(&mut self, at: usize, limit: usize, quoted: bool, capital: bool) -> usize {
        let rest = &self.text.as_bytes()[at..limit];
        // Nearly all words are letters and end with a space or a comma.
        let plain = plain_end(rest);
        let joins = rest
            .get(plain)
            .is_some_and(|b| !b.is_ascii() || matches!(b, b'-' | b'\'' | b'.'));
        if !joins {
            self.push(&(at..at + plain), Kind::Word, capital, quoted);
            return at + plain;
        }
        let (word, pronoun) = word_pieces(self.text, at, limit, self.lexicon);
        self.push(&word, Kind::Word, capital, quoted);
        match pronoun {
            Some(pronoun) => {
                self.push(&pronoun, Kind::Word, false, quoted);
                pronoun.end
            }
            None => word.end,
        }
    }

    /// Reads a number, or an adjective that begins with one: `58-year-old`.
    fn number(&mut self, at: usize, limit: usize, quoted: bool) -> usize {
        let end = number_end(self.text, at, limit);
        let compound = self.text[end..limit]
            .strip_prefix('-')
            .filter(|rest| rest.starts_with(char::is_alphabetic))
            .map(|rest| {
                rest.find(|c: char| !c.is_alphanumeric() && c != '-')
                    .unwrap_or(rest.len())
                    + 1
            });
        let kind = if compound.is_some() {
            Kind::Word
        } else {
            Kind::Number
        };
        let end = end + compound.unwrap_or(0);
        self.push(&(at..end), kind, false, quoted);
        end
    }

    fn push(&mut self, range: &Range<usize>, kind: Kind, capital: bool, quoted: bool) {
        let mut next = self.sentence + 1;
        while next < self.sentences.len() && self.sentences[next - 1].span.end() <= range.start {
            next += 1;
        }
        self.sentence = next - 1;
        let opens = self.tokens.last().is_none_or(|before| {
            before.kind == Kind::Open || before.sentence as usize != self.sentence
        });
        let starts = self.sentences.get(self.sentence).map(|s| s.span.start());
        let begins_sentence = opens || starts == Some(range.start);
        self.tokens.push(Token {
            start: range.start as u32,
            end: range.end as u32,
            kind,
            word: None,
            traits: Traits::default(),
            sentence: self.sentence as u32,
            begins_phrase: false,
            begins_sentence,
            capital,
            quoted,
        });
    }
}

/// Notes what the tables know of each word. Gives the words that a verb or phrase of
/// saying may begin with, by number.
///
/// Apart from [`tokens`], so that the look-ups, whose answers come slowly where a word
/// is rare, need not wait for one another.
pub(super) fn look_up(text: &str, tokens: &mut [Token], lexicon: &'static Lexicon) -> Vec<u32> {
    let phrases = PhraseTable::of(lexicon.lang);
    let mut clues = Vec::new();
    for (number, token) in tokens.iter_mut().enumerate() {
        if token.kind != Kind::Word {
            continue;
        }
        let (start, mut end) = (token.start(), token.end());
        token.begins_phrase = phrases.may_begin(&text[start..end]);
        // `Mr.`, `U.S.`
        while end > start && text.as_bytes()[end - 1] == b'.' {
            end -= 1;
        }
        if let Some((word, traits)) = lexicon.look_up(text, start..end) {
            token.word = Some(word);
            token.traits = traits;
        }
        token.traits.begins_mention |= token.capital || text.as_bytes()[start] == b'-';
        if token.begins_phrase || token.traits.reports || token.is(class::MANNER) {
            clues.push(number as u32);
        }
    }
    clues
}

/// The end of a number with its separators: `1 280`, `3.5`, `81,000`.
fn number_end(text: &str, start: usize, limit: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..limit].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        match c {
            c if c.is_alphanumeric() => end = start + i + c.len_utf8(),
            '.' | ',' | '\u{a0}' | '\u{202f}' if next_is_digit => {}
            _ => break,
        }
    }
    end
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// `'s` as a word of its own.
fn genitive_end(text: &str, at: usize, lang: Lang) -> Option<usize> {
    if lang != Lang::EN {
        return None;
    }
    let mut chars = text[at..].chars();
    let mark = chars.next().filter(|&c| is_apostrophe(c))?;
    let s = chars.next().filter(|&c| c == 's')?;
    let after = chars.next();
    (!after.is_some_and(char::is_alphanumeric)).then_some(at + mark.len_utf8() + s.len_utf8())
}

/// The length of the letters and digits at the head of a text.
fn letters_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
        } else if byte.is_ascii() {
            break;
        } else if byte == 0xc3 && bytes.get(at + 1).is_some_and(|b| !matches!(b, 0x97 | 0xb7)) {
            // From `À` to `ÿ` all are letters but two signs.
            at += 2;
        } else {
            match text[at..].chars().next() {
                Some(c) if c.is_alphanumeric() => at += c.len_utf8(),
                _ => break,
            }
        }
    }
    at
}

/// The words that stand together from `start` on: hyphens and apostrophes join
/// them, except where grammar cuts (`l'|émissaire`, `a|-t-il`, `Turkey|'s`).
fn word_pieces(
    text: &str,
    start: usize,
    limit: usize,
    lexicon: &'static Lexicon,
) -> (Range<usize>, Option<Range<usize>>) {
    let french = lexicon.lang == Lang::FR;
    let rest = &text[start..limit];
    let mut at = 0;
    let end = loop {
        at += letters_end(&rest[at..]);
        let Some(c) = rest[at..].chars().next() else {
            break at;
        };
        let after = at + c.len_utf8();
        let next = rest[after..].chars().next();
        let next_is_letter = next.is_some_and(char::is_alphanumeric);
        let joins = match c {
            '-' => next_is_letter,
            '.' if keeps_stop(&rest[..at], lexicon) => {
                if !next_is_letter && next != Some('-') {
                    break after;
                }
                true
            }
            c if is_apostrophe(c) => {
                if french && at <= 7 && is_elided(&rest[..at]) {
                    // The mark belongs to the short word.
                    return (start..start + after, None);
                }
                let genitive = !french
                    && rest[after..].starts_with('s')
                    && !rest[after + 1..].starts_with(char::is_alphanumeric);
                next_is_letter && !genitive
            }
            _ => false,
        };
        if !joins {
            break at;
        }
        at = after;
    };
    let word = &rest[..end];
    if french && let Some(cut) = inverted_pronoun(word) {
        return (start..start + cut, Some(start + cut..start + end));
    }
    (start..start + end, None)
}

/// Whether the stop after a word belongs to it: `J.`, `Mr.`
fn keeps_stop(word: &str, lexicon: &Lexicon) -> bool {
    let single = || word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    is_initials(word) || is_title(word, lexicon) && !single()
}

/// `J`, `J.-P`, `U.S`: capitals apart by stops, whose last stop belongs to them.
fn is_initials(word: &str) -> bool {
    word.split(['.', '-'])
        .filter(|p| !p.is_empty())
        .all(|p| p.chars().count() == 1 && p.starts_with(char::is_uppercase))
}

fn is_title(word: &str, lexicon: &Lexicon) -> bool {
    word.len() <= 4
        && word.starts_with(char::is_uppercase)
        && lexicon
            .word(word)
            .is_some_and(|w| w.classes & class::TITLE != 0)
}

/// French words that lose their vowel before another.
fn is_elided(word: &str) -> bool {
    const ELIDED: &[&str] = &[
        "l", "d", "s", "c", "n", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
    ];
    ELIDED.iter().any(|e| e.eq_ignore_ascii_case(word))
}

/// Where `-t-il`, `-elle` and the like begin.
fn inverted_pronoun(word: &str) -> Option<usize> {
    if !word.contains('-') {
        return None;
    }
    const PRONOUNS: &[&str] = &[
        "-t-il", "-t-elle", "-t-ils", "-t-elles", "-t-on", "-il", "-elle", "-ils", "-elles", "-on",
        "-je", "-nous",
    ];
    PRONOUNS
        .iter()
        .filter_map(|p| word.strip_suffix(p))
        .map(str::len)
        .min()
        .filter(|&cut| cut > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::quote::tokens::Paragraph;

    fn tokens(text: &str, lang: Lang) -> Vec<&str> {
        let lexicon = Lexicon::of(lang).unwrap();
        let document = Document::plain(text, lang);
        let paragraph = Paragraph::read(text, 0..text.len(), &document.sentences, lexicon);
        paragraph.tokens.iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn letters_and_digits_end_where_they_end() {
        for byte in 0..=u8::MAX {
            let mut bytes = *b"aZ09bcdefghijklmno";
            assert_eq!(plain_end(&bytes), 18);
            for at in [0, 7, 15, 16, 17] {
                bytes = *b"aZ09bcdefghijklmno";
                bytes[at] = byte;
                let end = if byte.is_ascii_alphanumeric() { 18 } else { at };
                assert_eq!(plain_end(&bytes), end, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn cuts_where_grammar_cuts() {
        assert_eq!(
            tokens(
                "« Oui », a-t-il dit à l'AFP, d'après J.-L. Ferrandez.",
                Lang::FR
            ),
            [
                "«",
                "Oui",
                "»",
                ",",
                "a",
                "-t-il",
                "dit",
                "à",
                "l'",
                "AFP",
                ",",
                "d'",
                "après",
                "J.-L.",
                "Ferrandez",
                "."
            ]
        );
        assert_eq!(
            tokens(
                "Turkey's army didn't fire 81,000 shells, Mr. Doe said.",
                Lang::EN
            ),
            [
                "Turkey", "'s", "army", "didn't", "fire", "81,000", "shells", ",", "Mr.", "Doe",
                "said", "."
            ]
        );
    }
}
