//! Where what a French verb reports begins: after `que`, at `de` with an
//! infinitive, at an infinitive, at what somebody calls himself.

use std::ops::Range;

use super::Finder;
use crate::quote::cues::{Cue, Form};
use crate::quote::lexicon::class;
use crate::quote::mentions::What;
use crate::quote::tokens::Kind;

/// Words that `que` compares with over others, `plus de place que`.
const COMPARING: &[&str] = &["plus", "moins", "aussi", "autant", "davantage"];

/// An infinitive stands within so many words: `ne pas le lui dire`.
const PRE_VERBAL: usize = 5;

/// What a question or its echo begins with.
const ASKING: &[&str] = &[
    "si", "s'", "s’", "comment", "pourquoi", "combien", "quand", "où", "quel", "quelle", "quels",
    "quelles", "qui",
];

impl Finder<'_, '_> {
    /// The first token of a French complement.
    pub(super) fn french_start(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        self.says_to_be(cue)
            .or_else(|| self.after_que(cue, sentence))
            .or_else(|| self.french_question(cue, sentence))
            .or_else(|| self.after_de(cue, sentence))
            .or_else(|| self.at_infinitive(cue, sentence))
    }

    fn after_que(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        if !cue.frames.contains('q') {
            return None;
        }
        for (at, token) in self.within(cue.last + 1..sentence.end.min(cue.last + 14)) {
            let text = self.text(at);
            if matches!(text, "que" | "qu'" | "qu’") && !token.quoted {
                return self.completes(at, cue).then_some(at + 1);
            }
            // `répond un vétéran, qui a demandé que`: another verb's.
            let other = self
                .r
                .cues_in(at..at + 1)
                .iter()
                .any(|c| c.form == Form::Finite && !c.quoted)
                && self
                    .within(cue.last + 1..at)
                    .any(|(_, t)| t.is(class::REL) && !t.is(class::SUB));
            if token.is_punct(":;.")
                || other
                || matches!(token.kind, Kind::Open)
                || token.is(class::CONJ) && text != "ou"
            {
                break;
            }
        }
        None
    }

    /// `a demandé à la ministre pourquoi le rapport ...`, `raconte comment ...`.
    fn french_question(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        if !cue.frames.contains('w') || cue.pronoun.is_some() || self.is_reflexive(cue) {
            return None;
        }
        for (at, token) in self.within(cue.last + 1..sentence.end.min(cue.last + 12)) {
            if !token.is_word() || token.quoted || token.is(class::CONJ) {
                return None;
            }
            let text = self.text(at);
            // `s'il` is a question, `s'` before a verb is not.
            let elided = matches!(text, "s'" | "s’") && !matches!(self.text(at + 1), "il" | "ils");
            // `à qui`, `sur quel` ask, `le chef, qui` and `ceux qui` do not.
            let relative = text == "qui" && at > cue.last + 1;
            let anyway = text == "quand" && self.text(at + 1) == "même";
            if ASKING.contains(&text) && !elided && !relative && !anyway {
                return Some(at);
            }
        }
        None
    }

    /// `se demande`, `s'est dit`
    fn is_reflexive(&self, cue: &Cue) -> bool {
        let reflexive =
            |at: usize| matches!(self.text(at), "s'" | "s’" | "se" | "S'" | "S’" | "Se");
        reflexive(cue.first) || cue.first > 0 && reflexive(cue.first - 1)
    }

    fn after_de(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        if !cue.frames.contains('d') {
            return None;
        }
        for (at, token) in self.within(cue.last + 1..sentence.end.min(cue.last + 18)) {
            // `a demandé à emprunter la barque` says what one would like to do.
            let calls = self.text(at) == "à" && !cue.frames.contains('w');
            if (calls || matches!(self.text(at), "de" | "d'" | "d’")) && self.is_infinitive(at + 1)
            {
                return Some(at);
            }
            if token.is_punct(":;.,") || matches!(token.kind, Kind::Open) {
                break;
            }
        }
        None
    }

    /// `a raconté à la télévision avoir vu`, `dit vouloir partir`: a perfect
    /// infinitive within reach, any other one right after.
    pub(super) fn at_infinitive(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        if !cue.frames.contains('i') || cue.pronoun.is_some() {
            return None;
        }
        let limit = sentence.end.min(cue.last + 10);
        for (at, token) in self.within(cue.last + 1..limit) {
            let perfect = matches!(self.text(at), "avoir" | "être" | "s'être" | "n'avoir");
            let adjacent = at == cue.last + 1 || at == cue.last + 2 && self.text(at - 1) == "ne";
            if !token.quoted && (perfect || adjacent && self.is_infinitive(at)) {
                return Some(at);
            }
            if !token.is_word() && !token.is_punct(",") || token.is(class::SUB | class::CONJ) {
                break;
            }
        }
        None
    }

    /// `se dit aussi trompé que ses clients`: what somebody says of himself.
    fn says_to_be(&self, cue: &Cue) -> Option<usize> {
        let start = cue.last + 1;
        let first = self.token(start)?;
        let describes = first.is_word()
            && !first.quoted
            && !matches!(self.text(start), "que" | "qu'" | "qu’" | "entre" | "à");
        (cue.frames.contains('s') && self.is_reflexive(cue) && describes).then_some(start)
    }

    /// Whether `que` brings what is said: not after a comma, an adverb that makes
    /// it another conjunction (`alors que`), or a noun it would describe.
    fn completes(&self, que: usize, cue: &Cue) -> bool {
        let Some(before) = self.token(que - 1) else {
            return false;
        };
        if que == cue.last + 1 {
            return true;
        }
        let conjunctions = [
            "alors", "tandis", "sans", "pour", "afin", "bien", "dès", "lors", "après", "avant",
            "ainsi", "plus", "moins", "plutôt", "tant", "sauf", "pendant", "depuis", "parce",
            "autant",
        ];
        if conjunctions.contains(&before.of(self.r.p.text)) {
            return false;
        }
        if before.is_punct(",") {
            // `a réclamé, lui, que`, `a expliqué, chiffres à l'appui, que`
            let inserted =
                que > cue.last + 3 && self.token(cue.last + 1).is_some_and(|t| t.is_punct(","));
            // `a dit mardi, que`, but not `demande à voir ceux qu'on cherche depuis mardi, que`.
            return inserted
                || que >= 2
                    && que <= cue.last + 4
                    && self
                        .token(que - 2)
                        .is_some_and(|t| t.is(class::CLITIC | class::ADV | class::TIME));
        }
        // `a demandé plus de diplomatie que tout le reste`: a comparison.
        if self.within(cue.last + 1..que - 1).any(|(at, _)| {
            COMPARING.contains(&self.text(at)) && !matches!(self.text(at + 1), "tard" | "tôt")
        }) {
            return false;
        }
        // `d'une phrase que`: an object without a name.
        !self.r.mentions_in(cue.last + 1..que).any(|(_, m)| {
            m.range.end == que && m.what == What::Other && m.range.start > cue.last && m.indefinite
        })
    }

    /// Whether an infinitive stands here, clitics and negation before it aside.
    pub(super) fn is_infinitive(&self, mut at: usize) -> bool {
        for _ in 0..PRE_VERBAL {
            let Some(token) = self.token(at) else {
                return false;
            };
            let text = self.text(at);
            let ending = text.ends_with("er") || text.ends_with("ir") || text.ends_with("re");
            let noun = token
                .word
                .is_some_and(|w| w.role.is_some() && w.verbs.is_empty());
            if ending
                && text.len() > 3
                && !token.capital
                && !noun
                && !token.is(class::PREP | class::ADV)
                || text == "être"
            {
                return true;
            }
            // `dit le faire`, but not `dit sa colère`.
            if !token.is(class::NEG | class::CLITIC | class::DET | class::ADV)
                || token.is(class::POSS | class::INDEF) && !token.is(class::CLITIC)
            {
                return false;
            }
            at += 1;
        }
        false
    }
}
