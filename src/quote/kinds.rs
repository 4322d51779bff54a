//! What kind a quotation is: by how it stands in its sentence.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::attribution::{Attribution, Reading, Tie};
use super::lexicon::class;
use super::segments::Segment;
use super::tokens::{Kind, Token};
use crate::document::{Lang, QuoteKind};
use crate::rules::table::Table;

/// Decides the kind of a quotation whose attribution is known.
pub(crate) fn kind(
    reading: &Reading<'_>,
    segment: &Segment,
    found: &Attribution,
    has_speaker: bool,
) -> QuoteKind {
    let view = View::new(reading, segment);
    if view.is_term(found) {
        return QuoteKind::Term;
    }
    if !has_speaker {
        return if view.is_noun() {
            QuoteKind::Term
        } else {
            QuoteKind::Floating
        };
    }
    if segment.clause.is_some() || view.is_whole() {
        QuoteKind::Direct
    } else {
        QuoteKind::Mixed
    }
}

struct View<'r, 'd> {
    reading: &'r Reading<'d>,
    segment: &'r Segment,
    quoted: &'r [Token],
}

impl<'r, 'd> View<'r, 'd> {
    fn new(reading: &'r Reading<'d>, segment: &'r Segment) -> Self {
        let from = reading.p.token_at(segment.inner.start);
        let to = reading.p.token_at(segment.inner.end);
        Self {
            reading,
            segment,
            quoted: &reading.p.tokens[from..to],
        }
    }

    fn words(&self) -> usize {
        self.quoted
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .count()
    }

    fn begins_with_capital(&self) -> bool {
        self.quoted
            .iter()
            .find(|t| t.is_word() || t.kind == Kind::Number)
            .is_some_and(|t| t.capital || t.kind == Kind::Number)
    }

    fn before(&self, back: usize) -> Option<&Token> {
        let at = self.segment.place.open.checked_sub(back)?;
        (at >= self.segment.place.left).then(|| &self.reading.p.tokens[at])
    }

    fn after(&self) -> Option<&Token> {
        let at = self.segment.place.close + 1;
        (at < self.segment.place.right).then(|| &self.reading.p.tokens[at])
    }

    /// A whole utterance: it begins its sentence or follows a colon, or a comma
    /// after a reporting verb, with a capital.
    fn is_whole(&self) -> bool {
        let Some(before) = self.before(1) else {
            return true;
        };
        if before.is_punct(":") {
            return self.begins_with_capital() || self.words() > 2;
        }
        let after_close = matches!(before.kind, Kind::Close(_)) || before.is_punct(".?!…-–—•");
        (before.is_punct(",") && self.begins_with_capital()) || after_close
    }

    /// A name or a word between marks.
    fn is_term(&self, found: &Attribution) -> bool {
        let words = self.words();
        if words > 8 || self.segment.clause.is_some() {
            return false;
        }
        let naming = self.follows_naming_word();
        let strong = found.strength >= 3 || found.tie == Tie::Clause || found.tie == Tie::Phrase;
        let cued = matches!(found.tie, Tie::Before | Tie::Clause)
            && found.strength >= 2
            && found.mention.is_some();
        if naming && !cued {
            return true;
        }
        if self.is_title_case() && words >= 2 && !strong && !self.is_whole_with_colon() {
            return true;
        }
        let before_is_determiner = self
            .before(1)
            .is_some_and(|t| t.is_word() && t.is(class::DET));
        let no_cue = matches!(found.tie, Tie::None | Tie::Subject);
        if no_cue {
            if self.before(1).is_none() {
                // It begins the sentence: an utterance, unless the sentence goes on with it as a noun.
                return words <= 4 && self.after().is_some() && !self.begins_utterance();
            }
            return words <= 3
                && !self.before(1).is_some_and(|t| t.is_punct(":"))
                && (before_is_determiner || self.follows_noun());
        }
        // `redoute un « printemps perdu »`: a weak cue and a noun with its article.
        let weak = found.strength <= 1 && found.tie == Tie::Before;
        let after_de = self
            .before(1)
            .is_some_and(|t| t.of(self.reading.p.text) == "de");
        words <= 3 && weak && (before_is_determiner || after_de)
    }

    /// A few words with an article before the marks.
    fn is_noun(&self) -> bool {
        self.words() <= 3
            && self
                .before(1)
                .is_some_and(|t| t.is_word() && t.is(class::DET))
    }

    fn begins_utterance(&self) -> bool {
        self.quoted.iter().any(|t| t.is_punct("?!")) || self.after().is_none()
    }

    fn is_whole_with_colon(&self) -> bool {
        self.before(1).is_some_and(|t| t.is_punct(":"))
    }

    /// A noun stands right before: `une offre "historique"`.
    fn follows_noun(&self) -> bool {
        self.before(1).is_some_and(|t| {
            t.is_word()
                && !t.is(class::AUX
                    | class::ADV
                    | class::PREP
                    | class::CONJ
                    | class::SUB
                    | class::PRON)
        })
    }

    /// `surnommé "X"`, `le film « X »`, `the word “x”`, with at most an article or
    /// comma between.
    fn follows_naming_word(&self) -> bool {
        let table = match self.reading.lang {
            Lang::FR => &*FRENCH_NAMING,
            _ => &*ENGLISH_NAMING,
        };
        for back in 1..=3 {
            let Some(token) = self.before(back) else {
                return false;
            };
            let text = token.of(self.reading.p.text);
            if token.is_word() {
                let lower = text.to_lowercase();
                if table.contains(lower.as_str()) {
                    return true;
                }
            }
            if !(token.is_punct(",") || token.is(class::DET | class::ADV)) {
                return false;
            }
        }
        false
    }

    /// Every word of weight begins with a capital: `The Day After`.
    fn is_title_case(&self) -> bool {
        let mut any = false;
        for token in self.quoted.iter().filter(|t| t.is_word()) {
            let small = token.is(class::DET | class::PREP | class::CONJ);
            if token.capital {
                any = true;
            } else if !small {
                return false;
            }
        }
        any
    }
}

fn naming(name: &'static str, text: &'static str) -> HashSet<&'static str> {
    Table::parse(name, text)
        .rows()
        .map(|r| r.get("word"))
        .collect()
}

static FRENCH_NAMING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    naming(
        "fr/naming_words",
        include_str!("../rules/fr/naming_words.tsv"),
    )
});

static ENGLISH_NAMING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    naming(
        "en/naming_words",
        include_str!("../rules/en/naming_words.tsv"),
    )
});
