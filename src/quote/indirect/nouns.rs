//! Where a noun that says what was said begins: `annonce la mort de`, `expressed
//! concern over`, `exclut pour l'instant une loi`.

use std::ops::Range;

use super::Finder;
use crate::quote::cues::{Cue, Form};
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::mentions::What;
use crate::quote::tokens::Kind;

impl Finder<'_, '_> {
    /// Whether the subject stands at the head of the sentence and what is said of it
    /// between commas before the verb.
    fn follows_apposition(&self, cue: &Cue, sentence: &Range<usize>) -> bool {
        let Some(mention) = self
            .r
            .left_subject(cue, sentence.start)
            .map(|n| &self.r.mentions[n])
        else {
            return false;
        };
        let speaks = matches!(
            mention.what,
            What::Person
                | What::Body
                | What::State
                | What::Role(RoleKind::Person | RoleKind::Group)
        );
        let joined = mention.range.end + 1 == cue.first && mention.range != mention.shown;
        let described = self
            .token(mention.range.end)
            .is_some_and(|t| t.is_punct(","))
            && self.token(mention.range.end + 1).is_some_and(|t| {
                t.is(class::REL) || !t.capital && mention.range.end + 2 < cue.first
            });
        speaks && (joined || described)
    }

    /// `annonce la mort de`, `expressed concern over`: a noun that says what was said.
    pub(super) fn noun_start(
        &self,
        cue: &Cue,
        sentence: &Range<usize>,
        used: bool,
    ) -> Option<usize> {
        let tokens = &self.r.p.tokens;
        // `Les ventes ont chuté, annonce le groupe`, but not `Paul Petit, maire de X,
        // annonce`, nor `Paul Petit, qui dirige X, annonce`.
        let opens = cue.first.checked_sub(1).is_some_and(|i| {
            i >= sentence.start && tokens[i].is_punct(",") || matches!(tokens[i].kind, Kind::Close)
        }) && !self.follows_apposition(cue, sentence);
        if used
            || !cue.frames.contains('n')
            || opens && cue.form != Form::Gerund
            || cue.pronoun.is_some()
        {
            return None;
        }
        let mut at = cue.last + 1;
        while self.token(at).is_some_and(|t| {
            t.is(class::TIME | class::ADV) && !t.is(class::DET) || t.kind == Kind::Number
        }) {
            at += 1;
        }
        // `exclut pour l'instant une loi`: how long it holds is part of it.
        let opening = at;
        if self.text(at) == "pour"
            && matches!(self.text(at + 1), "l'" | "l’" | "le")
            && matches!(self.text(at + 2), "instant" | "heure" | "moment")
        {
            at += 3;
        }
        let first = self
            .token(at)
            .filter(|t| t.is_word() && !t.capital && !t.quoted)?;
        let speaks = self
            .r
            .mentions_in(at..at + 1)
            // `recalled a grandfather who` tells of somebody new.
            .any(|(_, m)| m.what != What::Other && !m.indefinite);
        let noun = first.is(class::DET) || first.word.is_none();
        (noun && !speaks && at < sentence.end).then_some(opening)
    }
}
