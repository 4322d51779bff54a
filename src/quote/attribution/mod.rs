//! Which cue and which mention a quotation hangs on.
//!
//! The narrative of the quotation's sentences is read on both sides of its marks.
//! In order of trust: a reporting clause that follows at once (`», a déclaré X`,
//! `,” said X`, `,” X said`), a phrase (`selon X`), a reporting verb before
//! (`X said that “`, `X accuse Y d'une «`), a clause at the sentence's end (`, a
//! annoncé X.`), what stands before a colon. What none of them tells is left to
//! the speaker of the quotation before.

mod after;
mod before;
mod subject;

use super::cues::{Cue, Phrase, Takes};
use super::lexicon::{RoleKind, class};
use super::mentions::{Mention, What};
use super::tokens::Paragraph;
use crate::document::Lang;

/// A paragraph with all that was found in it.
pub(crate) struct Reading<'d> {
    /// Of the paragraph in the document.
    pub(crate) number: usize,
    pub(crate) p: Paragraph<'d>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) mentions: Vec<Mention>,
    /// Whether the mentions are known and no word stands between marks.
    pub(crate) unquoted: bool,
    pub(crate) lang: Lang,
}

/// How a quotation is tied to its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// A reporting clause right after, or set into the quotation.
    Clause,
    /// A reporting verb before, in the same sentence.
    Before,
    /// A phrase such as `selon X`.
    Phrase,
    /// A reporting clause at the end of the sentence.
    Tail,
    /// The subject of what stands before a colon.
    Colon,
    /// The subject of the sentence, without a verb of saying.
    Subject,
    /// Nothing in the sentence.
    None,
}

/// What a quotation hangs on.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    pub(crate) tie: Tie,
    pub(crate) verb: Option<String>,
    /// By number among the paragraph's mentions.
    pub(crate) mention: Option<usize>,
    /// The strength of the verb or phrase, 0 without.
    pub(crate) strength: u8,
    /// The first token of the verb or phrase, where there is one.
    pub(crate) cue: Option<usize>,
}

impl Attribution {
    fn none() -> Self {
        Self {
            tie: Tie::None,
            verb: None,
            mention: None,
            strength: 0,
            cue: None,
        }
    }
}

/// A quotation's place among the tokens: `open..=close` are its marks (or the
/// first and last token of a segment), `left` and `right` bound the sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) left: usize,
    pub(crate) open: usize,
    pub(crate) close: usize,
    pub(crate) right: usize,
}

impl Reading<'_> {
    /// The cues that begin in a range of tokens. Look-ups are by place, never over
    /// the paragraph, which may be a whole book on one line.
    pub(crate) fn cues_in(&self, range: std::ops::Range<usize>) -> &[Cue] {
        let from = self.cues.partition_point(|c| c.first < range.start);
        let to = self.cues.partition_point(|c| c.first < range.end);
        self.cues.get(from..to).unwrap_or_default()
    }

    fn phrases_in(&self, range: std::ops::Range<usize>) -> &[Phrase] {
        let from = self.phrases.partition_point(|f| f.first < range.start);
        let to = self.phrases.partition_point(|f| f.first < range.end);
        self.phrases.get(from..to).unwrap_or_default()
    }

    /// The mentions that begin in a range of tokens, with their numbers.
    pub(crate) fn mentions_in(
        &self,
        range: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, &Mention)> {
        let from = self
            .mentions
            .partition_point(|m| m.range.start < range.start);
        let to = self
            .mentions
            .partition_point(|m| m.range.start < range.end)
            .max(from);
        (from..to).zip(&self.mentions[from..to])
    }

    /// Finds what a quotation hangs on.
    pub(crate) fn attribute(&self, at: Place) -> Attribution {
        if let Some(found) = self.clause_after(at) {
            return found;
        }
        let before = self.before(at);
        let tail = self.tail(at);
        if let (Some(b), Some(t)) = (&before, &tail)
            && b.strength < 3
            && t.strength >= 3
            && b.tie == Tie::Before
        {
            return tail.unwrap_or_else(Attribution::none);
        }
        before
            .or(tail)
            .or_else(|| self.colon(at))
            .or_else(|| self.sentence_subject(at))
            .unwrap_or_else(Attribution::none)
    }

    pub(crate) fn verb_text(&self, cue: &Cue) -> String {
        self.p.slice(cue.first..cue.last + 1).to_owned()
    }

    fn by_cue(&self, tie: Tie, cue: &Cue, mention: Option<usize>) -> Attribution {
        Attribution {
            tie,
            verb: Some(self.verb_text(cue)),
            mention,
            strength: cue.strength,
            cue: Some(cue.first),
        }
    }

    fn by_phrase(&self, phrase: &Phrase, left: usize, right: usize) -> Attribution {
        let mention = match phrase.takes {
            // `un sénateur, pour qui le texte`
            Takes::Name
                if self
                    .p
                    .tokens
                    .get(phrase.last + 1)
                    .is_some_and(|t| t.is(class::REL)) =>
            {
                self.mentions_in(left..phrase.first)
                    .rfind(|(_, m)| m.range.end <= phrase.first)
                    .map(|(number, _)| number)
            }
            Takes::Name => self
                .mentions_in(self.after_phrase(phrase)..right.min(phrase.last + 4))
                .next()
                .map(|(number, _)| number),
            Takes::Subject => self.first_subject(left, phrase.first),
            Takes::Before | Takes::Nobody => None,
        };
        Attribution {
            tie: Tie::Phrase,
            verb: Some(self.p.slice(phrase.first..phrase.last + 1).to_owned()),
            mention,
            strength: phrase.strength,
            cue: Some(phrase.first),
        }
    }

    /// Where the mention of a phrase may begin: `de l'aveu du | maire` has its article
    /// in the phrase.
    pub(crate) fn after_phrase(&self, phrase: &Phrase) -> usize {
        let article = self
            .p
            .tokens
            .get(phrase.last)
            .is_some_and(|t| t.is(class::DET));
        phrase.last + usize::from(!article)
    }

    /// The subject of what stands before a colon.
    fn colon(&self, at: Place) -> Option<Attribution> {
        let colon = at.open.checked_sub(1).filter(|&i| i >= at.left)?;
        if !self.p.tokens[colon].is_punct(":") {
            return None;
        }
        // `Même son de cloche chez Anne Petit :`: without a subject, the last name.
        let mention = self.first_subject(at.left, colon).or_else(|| {
            self.mentions_in(at.left..colon)
                .rfind(|(_, m)| m.what == What::Person && m.range.end <= colon)
                .map(|(number, _)| number)
        })?;
        Some(Attribution {
            tie: Tie::Colon,
            verb: self.any_verb(self.mentions[mention].range.end, colon),
            mention: Some(mention),
            strength: 0,
            cue: None,
        })
    }

    /// An auxiliary and the word after it, where no verb of saying is known.
    fn any_verb(&self, from: usize, to: usize) -> Option<String> {
        let tokens = &self.p.tokens;
        let at = (from..to).find(|&i| tokens[i].is(class::AUX) && !tokens[i].is(class::PREP))?;
        let participle = (at + 1..to.min(at + 4)).find(|&i| {
            tokens[i].is_word()
                && !tokens[i].is(class::ADV | class::CLITIC | class::NEG | class::DET | class::PREP)
        })?;
        Some(self.p.slice(at..participle + 1).to_owned())
    }

    /// The first mention of a sentence that may be its subject.
    fn first_subject(&self, left: usize, right: usize) -> Option<usize> {
        let within = |m: &Mention| m.range.start >= left && m.range.end <= right;
        let is_speaker = |m: &Mention| {
            !matches!(
                m.what,
                What::Other | What::State | What::Place | What::Role(RoleKind::Voice)
            )
        };
        self.mentions_in(left..right)
            .find(|(_, m)| within(m) && !m.oblique && is_speaker(m))
            .or_else(|| {
                self.mentions_in(left..right).find(|(_, m)| {
                    within(m) && !m.oblique && !matches!(m.what, What::Other | What::Place)
                })
            })
            .map(|(number, _)| number)
    }

    fn sentence_subject(&self, at: Place) -> Option<Attribution> {
        if at.open == at.left {
            return None;
        }
        let mention = self.first_subject(at.left, at.open)?;
        Some(Attribution {
            tie: Tie::Subject,
            verb: None,
            mention: Some(mention),
            strength: 0,
            cue: None,
        })
    }
}
