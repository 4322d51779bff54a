//! A paragraph as tokens: words with what is known of them, punctuation, and the
//! marks of its quotations.

mod scan;

use std::ops::Range;

use super::lexicon::{Lexicon, Traits, Word};
use super::marks::{self, Pair};
use crate::document::Sentence;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Punct(char),
    /// The opening mark of a pair that stands in no other.
    Open,
    /// Its closing mark.
    Close,
}

/// A word or mark with its place in the clean text.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    start: u32,
    end: u32,
    pub(crate) kind: Kind,
    pub(crate) word: Option<&'static Word>,
    /// What of that is asked most often.
    pub(crate) traits: Traits,
    sentence: u32,
    /// Whether a phrase that attributes may begin with it.
    pub(crate) begins_phrase: bool,
    /// The first word of its sentence or of a quotation.
    begins_sentence: bool,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// Stands between quotation marks.
    pub(crate) quoted: bool,
}

impl Token {
    /// Where it begins in the text.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }

    /// Where it ends.
    pub(crate) fn end(&self) -> usize {
        self.end as usize
    }

    /// The sentence of the paragraph it stands in.
    pub(crate) fn sentence(&self) -> usize {
        self.sentence as usize
    }

    /// Whether it is of one of these classes.
    pub(crate) fn is(&self, classes: u32) -> bool {
        self.traits.classes & classes != 0
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(crate) fn is_punct(&self, chars: &str) -> bool {
        matches!(self.kind, Kind::Punct(c) if chars.chars().any(|other| other == c))
    }

    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start()..self.end()]
    }
}

/// Three times the longest sentence of the development articles.
const NEAR: usize = 300;

/// A paragraph ready for reading. All offsets are of the clean text.
pub(crate) struct Paragraph<'d> {
    pub(crate) text: &'d str,
    /// The quotations: pairs that stand in no other.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) tokens: Vec<Token>,
    /// The words that a verb or phrase of saying may begin with, by number.
    clues: Vec<u32>,
    pub(crate) sentences: &'d [Sentence],
}

impl<'d> Paragraph<'d> {
    /// Reads one paragraph.
    pub(crate) fn read(
        text: &'d str,
        span: Range<usize>,
        sentences: &'d [Sentence],
        lexicon: &'static Lexicon,
    ) -> Self {
        let offset = span.start;
        let shift = |r: Range<usize>| r.start + offset..r.end + offset;
        let mut pairs: Vec<Pair> = marks::pairs(&text[span.clone()]);
        pairs.retain(|p| p.depth == 0);
        for p in &mut pairs {
            *p = Pair {
                open: p.open.clone().map(shift),
                close: p.close.clone().map(shift),
                inner: shift(p.inner.clone()),
                depth: 0,
            };
        }
        let mut tokens = scan::tokens(text, &span, &pairs, sentences, lexicon);
        let clues = scan::look_up(text, &mut tokens, lexicon);
        Self {
            text,
            pairs,
            clues,
            tokens,
            sentences,
        }
    }

    /// The text of the tokens in a range of token numbers.
    pub(crate) fn slice(&self, tokens: Range<usize>) -> &'d str {
        match (
            self.tokens.get(tokens.start),
            self.tokens.get(tokens.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if first.start() <= last.end() => {
                &self.text[first.start()..last.end()]
            }
            _ => "",
        }
    }

    /// The words that a verb or phrase of saying may begin with, in order.
    pub(crate) fn clues(&self) -> impl Iterator<Item = (usize, &Token)> {
        self.clues
            .iter()
            .map(|&at| at as usize)
            .map(|at| (at, &self.tokens[at]))
    }

    /// The number of the first token at or after an offset.
    pub(crate) fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.start() < offset)
    }

    /// The sentence an offset stands in.
    pub(crate) fn sentence_at(&self, offset: usize) -> usize {
        self.sentences
            .partition_point(|s| s.span.end() <= offset)
            .min(self.sentences.len().saturating_sub(1))
    }

    /// The token numbers of a sentence.
    pub(crate) fn sentence_tokens(&self, sentence: usize) -> Range<usize> {
        match self.sentences.get(sentence) {
            Some(s) => self.token_at(s.span.start())..self.token_at(s.span.end()),
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
        self.tokens[token].begins_sentence
    }
}
