//! A paragraph as tokens: words with what is known of them, punctuation, and the
//! marks of its quotations.

use std::ops::Range;

use super::lexicon::{Lexicon, Word, class};
use super::marks::{self, Pair};
use crate::document::Lang;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Punct(char),
    /// The opening mark of a pair that stands in no other.
    Open(usize),
    /// Its closing mark.
    Close(usize),
}

/// A word or mark with its place in the clean text.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) word: Option<&'static Word>,
    /// The classes of the word.
    classes: u32,
    /// Whether it may be a form of a reporting verb.
    pub(crate) reports: bool,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// Stands between quotation marks.
    pub(crate) quoted: bool,
    /// The sentence of the paragraph it stands in.
    pub(crate) sentence: usize,
}

impl Token {
    /// Whether it is of one of these classes.
    pub(crate) fn is(&self, classes: u32) -> bool {
        self.classes & classes != 0
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(crate) fn is_punct(&self, chars: &str) -> bool {
        matches!(self.kind, Kind::Punct(c) if chars.chars().any(|other| other == c))
    }

    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// Three times the longest sentence of the development articles.
const NEAR: usize = 300;

/// A paragraph ready for reading. All offsets are of the clean text.
pub(crate) struct Paragraph<'d> {
    pub(crate) text: &'d str,
    pub(crate) span: Range<usize>,
    /// The quotations: pairs that stand in no other.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Range<usize>>,
}

impl<'d> Paragraph<'d> {
    /// Reads one paragraph.
    pub(crate) fn read(
        text: &'d str,
        span: Range<usize>,
        sentences: Vec<Range<usize>>,
        lexicon: &'static Lexicon,
    ) -> Self {
        let offset = span.start;
        let shift = |r: Range<usize>| r.start + offset..r.end + offset;
        let pairs: Vec<Pair> = marks::pairs(&text[span.clone()])
            .into_iter()
            .filter(|p| p.depth == 0)
            .map(|p| Pair {
                open: p.open.map(shift),
                close: p.close.map(shift),
                inner: shift(p.inner),
                depth: 0,
            })
            .collect();
        let mut paragraph = Self {
            text,
            span,
            pairs,
            tokens: Vec::new(),
            sentences,
        };
        paragraph.tokenize(lexicon);
        paragraph
    }

    /// The text of the tokens in a range of token numbers.
    pub(crate) fn slice(&self, tokens: Range<usize>) -> &'d str {
        match (
            self.tokens.get(tokens.start),
            self.tokens.get(tokens.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if first.start <= last.end => {
                &self.text[first.start..last.end]
            }
            _ => "",
        }
    }

    /// The number of the first token at or after an offset.
    pub(crate) fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.start < offset)
    }

    /// The sentence an offset stands in.
    pub(crate) fn sentence_at(&self, offset: usize) -> usize {
        self.sentences
            .partition_point(|s| s.end <= offset)
            .min(self.sentences.len().saturating_sub(1))
    }

    /// The token numbers of a sentence.
    pub(crate) fn sentence_tokens(&self, sentence: usize) -> Range<usize> {
        match self.sentences.get(sentence) {
            Some(s) => self.token_at(s.start)..self.token_at(s.end),
            None => 0..self.tokens.len(),
        }
    }

    /// The token numbers of a sentence, as far as [`NEAR`] on both sides of two
    /// tokens in it: a text without full stops is one sentence of any length, and
    /// what is looked at for each verb must not grow with it.
    pub(crate) fn sentence_near(&self, sentence: usize, first: usize, last: usize) -> Range<usize> {
        let all = self.sentence_tokens(sentence);
        all.start.max(first.saturating_sub(NEAR))..all.end.min(last + NEAR)
    }

    /// Whether a token is the first word of its sentence or of a quotation.
    pub(crate) fn begins_sentence(&self, token: usize) -> bool {
        let t = &self.tokens[token];
        self.sentences
            .get(t.sentence)
            .is_some_and(|s| s.start == t.start)
            || token.checked_sub(1).is_some_and(|before| {
                let b = &self.tokens[before];
                matches!(b.kind, Kind::Open(_)) || b.sentence != t.sentence
            })
            || token == 0
    }

    fn tokenize(&mut self, lexicon: &'static Lexicon) {
        let text = self.text;
        let mut at = self.span.start;
        let mut pair = 0;
        let mut sentence = 0;
        let mut tokens: Vec<Token> = Vec::with_capacity(self.span.len() / 4);
        while at < self.span.end {
            if text.as_bytes()[at] == b' ' {
                at += 1;
                continue;
            }
            while sentence + 1 < self.sentences.len() && self.sentences[sentence].end <= at {
                sentence += 1;
            }
            while self
                .pairs
                .get(pair)
                .is_some_and(|p| p.close.as_ref().map_or(p.inner.end, |c| c.end) <= at)
            {
                pair += 1;
            }
            let current = self.pairs.get(pair);
            let is_at =
                |mark: &Option<Range<usize>>| mark.as_ref().filter(|m| m.start == at).cloned();
            let mark = current.and_then(|p| {
                is_at(&p.open)
                    .map(|m| (m, Kind::Open(pair)))
                    .or_else(|| is_at(&p.close).map(|m| (m, Kind::Close(pair))))
            });
            let mut push = |range: Range<usize>, kind, quoted| {
                let word = (kind == Kind::Word)
                    .then(|| lexicon.word(text[range.clone()].trim_end_matches('.')))
                    .flatten();
                tokens.push(Token {
                    start: range.start,
                    end: range.end,
                    kind,
                    word,
                    classes: word.map_or(0, |w| w.classes),
                    reports: word.is_some_and(|w| !w.verbs.is_empty()),
                    capital: text[range.start..].starts_with(char::is_uppercase),
                    quoted,
                    sentence,
                });
            };
            if let Some((range, kind)) = mark {
                at = range.end;
                push(range, kind, false);
                continue;
            }
            let quoted = current.is_some_and(|p| p.open.is_some() && p.inner.contains(&at));
            let Some(c) = text[at..self.span.end].chars().next() else {
                break;
            };
            if c.is_whitespace() {
                at += c.len_utf8();
            } else if c.is_ascii_digit() {
                let end = number_end(text, at, self.span.end);
                // `58-year-old` is an adjective.
                let compound = text[end..self.span.end]
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
                push(at..end, kind, quoted);
                at = end;
            } else if c.is_alphanumeric() {
                let limit = current
                    .and_then(|p| {
                        [&p.open, &p.close]
                            .into_iter()
                            .flatten()
                            .map(|m| m.start)
                            .find(|&s| s > at)
                    })
                    .unwrap_or(self.span.end)
                    .min(self.span.end);
                let (word, pronoun) = word_pieces(text, at, limit, lexicon);
                for piece in std::iter::once(word).chain(pronoun) {
                    at = piece.end;
                    push(piece, Kind::Word, quoted);
                }
            } else if let Some(end) = genitive_end(text, at, lexicon.lang) {
                push(at..end, Kind::Word, quoted);
                at = end;
            } else {
                let end = at + c.len_utf8();
                push(at..end, Kind::Punct(c), quoted);
                at = end;
            }
        }
        self.tokens = tokens;
    }
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

    fn tokens(text: &str, lang: Lang) -> Vec<&str> {
        let lexicon = Lexicon::of(lang).unwrap();
        let sentences = crate::segment::sentences(text, lang);
        let paragraph = Paragraph::read(text, 0..text.len(), sentences, lexicon);
        paragraph
            .tokens
            .iter()
            .map(|t| &text[t.start..t.end])
            .collect()
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
