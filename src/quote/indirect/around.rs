//! What is reported before its verb, around it, behind a colon or beside a phrase:
//! `Aucune usine ne fermera, a promis X`, `Rain, X said, was to come`, `X a tranché :
//! le classement est maintenu`, `selon X, ...`.

use std::ops::Range;

use super::{Finder, Reported};
use crate::document::Lang;
use crate::quote::cues::{Cue, Form, Phrase, Takes};
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::mentions::{Mention, What};
use crate::quote::tokens::Kind;

/// A reporting clause that stands in or behind what it reports ends, with time and
/// place, within so many tokens.
const CIRCUMSTANCE: usize = 7;

impl Finder<'_, '_> {
    /// The clauses before and after a reporting clause between commas, or the one
    /// before it at the sentence's end.
    pub(super) fn beside(&self, cue: &Cue, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let found = self.reporting_clause(cue, sentence);
        let Some((comma, mention, end)) = found else {
            return Vec::new();
        };
        let mention = &self.r.mentions[mention];
        let pronoun = mention.what == What::Pronoun;
        let colon = (sentence.start..comma)
            .rev()
            .find(|&i| self.token(i).is_some_and(|t| t.is_punct(":;")));
        let mut start = colon.map_or(sentence.start, |i| i + 1);
        let inserted = self.token(end).is_some_and(|t| t.is_punct(","));
        if pronoun && colon.is_none() {
            // `Les bureaux resteront fermés, a-t-elle assuré, ce qui a rassuré X`
            let closed = self.token(end + 1).is_some_and(|t| t.is(class::CONJ))
                || self.is_remark(end + 1, sentence.end);
            if inserted && !(closed && self.has_verb(start..comma)) {
                start = comma;
            } else {
                start = self.after_subject(start, comma, mention);
            }
        }
        // `a changé de lait et, dit sa mère, de caractère`
        if self.token(comma - 1).is_some_and(|t| t.is(class::CONJ)) {
            return Vec::new();
        }
        let mut clauses = Vec::new();
        let whole = self.has_verb(start..comma);
        // `The train, the company said, will be late`; what stands whole before `his
        // team said` is mostly news of a fact.
        if whole && self.r.lang == Lang::EN && mention.what == What::Role(RoleKind::Group) {
            return Vec::new();
        }
        // `Whether he stays depends on the board, Paul Smith suggested.`
        let plain = self.r.lang == Lang::EN
            && mention.what == What::Person
            && comma >= start + 6
            && self.token(start).is_some_and(|t| !t.is(class::PREP));
        // `Le festival, regrette X, ne pourra`: a subject alone says nothing yet.
        let weighs = whole || plain || comma >= start + 5;
        if start < comma && !self.has_marks(start..comma) && (inserted || whole || plain) && weighs
        {
            clauses.push(start..comma);
        }
        // `..., Nyirahabimana noted, and most babies get better`: another clause.
        let goes_on = inserted
            && !self.token(end + 1).is_some_and(|t| t.is(class::CONJ))
            && !(pronoun && self.is_remark(end + 1, sentence.end));
        if goes_on {
            let (to, quoted) = self.clause_end(end + 1, sentence.end);
            // `La digue, assure X, tiendra`: a clause set in before its verb.
            if !quoted && to > end + 1 && (!whole || self.goes_on(end + 1..to, pronoun)) {
                clauses.push(end + 1..to);
            }
        }
        clauses
    }

    /// A verb of saying with its subject behind a comma: the comma, the subject and
    /// the token after the clause.
    fn reporting_clause(
        &self,
        cue: &Cue,
        sentence: &Range<usize>,
    ) -> Option<(usize, usize, usize)> {
        if cue.form != Form::Finite || cue.strength < 2 {
            return None;
        }
        let subject = self.subject(cue, sentence)?;
        let mention = &self.r.mentions[subject];
        let inverted = mention.range.start > cue.first;
        let has_number = self
            .within(sentence.clone())
            .any(|(_, t)| t.kind == Kind::Number);
        let first = cue.first.min(mention.range.start);
        let comma = first.checked_sub(1).filter(|&i| i > sentence.start)?;
        let has_colon = self
            .within(sentence.start..comma)
            .any(|(_, t)| t.is_punct(":"));
        if !self.token(comma).is_some_and(|t| t.is_punct(","))
            || !self.may_speak_beside(mention, cue, inverted, has_number, has_colon)
        {
            return None;
        }
        let from = cue.last.max(mention.range.end.saturating_sub(1)) + 1;
        let end = self
            .within(from..sentence.end.min(from + CIRCUMSTANCE))
            .find(|(_, t)| !t.is_word() && t.kind != Kind::Number)?;
        let ends = end.1.is_punct(".,;") || matches!(end.1.kind, Kind::Punct('!' | '?' | ')'));
        // `a promis X, qui`, `said the mayor that`: its own clause goes on.
        let plain = self
            .within(from..end.0)
            .all(|(_, t)| !t.is(class::REL | class::SUB | class::AUX | class::MODAL));
        (ends && plain).then_some((comma, subject, end.0))
    }

    /// A person's words are reported so, and what a body announces; what ends in
    /// `officials said`, or is a number, is a fact.
    fn may_speak_beside(
        &self,
        mention: &Mention,
        cue: &Cue,
        inverted: bool,
        has_number: bool,
        has_colon: bool,
    ) -> bool {
        let french = self.r.lang == Lang::FR;
        match mention.what {
            What::Person => true,
            What::Body => french || !has_number,
            What::Role(RoleKind::Person) => !mention.indefinite,
            What::Role(RoleKind::Group) => {
                !mention.plural && !mention.indefinite && (french || !has_number)
            }
            What::Other => french && inverted && cue.strength >= 3 && !mention.indefinite,
            What::Pronoun => french && cue.pronoun.is_some() || !french && has_colon,
            _ => false,
        }
    }

    /// `Son avocat, Me Petit, portera la cause en appel, a-t-il dit`: behind the
    /// subject where it is the speaker.
    fn after_subject(&self, start: usize, comma: usize, pronoun: &Mention) -> usize {
        let subject = self.r.mentions_in(start..start + 1).next();
        match subject {
            Some((_, m))
                if matches!(m.what, What::Person | What::Role(RoleKind::Person))
                    && m.plural == pronoun.plural
                    && m.gender.agrees(pronoun.gender)
                    && m.range.end + 2 < comma =>
            {
                let comma_follows = self.token(m.range.end).is_some_and(|t| t.is_punct(","));
                m.range.end + usize::from(comma_follows)
            }
            _ => start,
        }
    }

    /// Whether what follows an inserted clause belongs to what is said, and does not
    /// describe the speaker (`promet Gisèle Pons, 72 ans, assise devant`).
    fn goes_on(&self, range: Range<usize>, pronoun: bool) -> bool {
        let opens = self.token(range.start).is_some_and(|t| {
            t.is(class::PREP | class::AUX | class::MODAL | class::PAST) || t.is(class::ADV)
        });
        pronoun || opens
    }

    /// Signs of a finite verb: an auxiliary, a negation, the ending of a verb.
    fn has_verb(&self, range: Range<usize>) -> bool {
        let endings: &[&str] = match self.r.lang {
            Lang::FR => &["ent", "ait", "era", "ront", "ira"],
            _ => &["ed"],
        };
        self.within(range.clone()).any(|(at, t)| {
            let text = self.text(at);
            t.is(class::AUX | class::MODAL | class::NEG | class::PAST) && !t.is(class::PREP)
                || t.is_word()
                    && !t.capital
                    && text.len() > 4
                    && !text.ends_with("ment")
                    && endings.iter().any(|e| text.ends_with(e))
                || range.len() >= 6
                    && t.word
                        .is_some_and(|w| w.verbs.iter().any(|(_, f)| f.finite && !f.participle))
        })
    }

    fn has_marks(&self, range: Range<usize>) -> bool {
        self.within(range)
            .any(|(_, t)| matches!(t.kind, Kind::Open | Kind::Close))
    }

    /// `La Fédération a tranché : le classement est maintenu`.
    pub(super) fn behind_colon(&self, cue: &Cue, sentence: &Range<usize>) -> Option<Range<usize>> {
        if cue.form != Form::Finite || cue.strength < 2 {
            return None;
        }
        let colon = self
            .within(cue.last + 1..sentence.end.min(cue.last + CIRCUMSTANCE))
            .find(|(_, t)| !t.is_word())
            .filter(|(_, t)| t.is_punct(":"))?
            .0;
        let first = self.token(colon + 1)?;
        let clause = colon + 1..self.clause_end(colon + 1, sentence.end).0;
        let words = self
            .within(clause.clone())
            .filter(|(_, t)| t.is_word())
            .count();
        let small = first.is_word() && !first.capital && !first.quoted;
        (small && words >= 4 && !self.has_marks(colon..sentence.end)).then_some(clause)
    }

    /// `Selon lui, ...`, `..., d'après la chimiste X, ...`, `à l'entendre, ...`
    /// without a quotation.
    pub(super) fn phrases(&self, used: &super::Uses) -> Vec<Reported> {
        self.r
            .phrases
            .iter()
            .filter(|p| {
                !p.quoted
                    && (p.strength >= 3 || self.is_for_whom(p))
                    && matches!(p.takes, Takes::Name | Takes::Before)
                    && !used.contains_key(&p.first)
            })
            .flat_map(|p| self.by_phrase(p))
            .collect()
    }

    fn by_phrase(&self, phrase: &Phrase) -> Vec<Reported> {
        let Some(token) = self.token(phrase.first) else {
            return Vec::new();
        };
        let sentence = self
            .r
            .p
            .sentence_near(token.sentence(), phrase.first, phrase.last);
        let Some((number, start)) = self.phrase_speaker(phrase, &sentence) else {
            return Vec::new();
        };
        let start = self.after_description(number, start, &sentence);
        if self.is_for_whom(phrase) {
            let (to, quoted) = self.clause_end(start, sentence.end);
            let clause = start..to;
            let found = !quoted && clause.len() >= super::MIN_WORDS;
            return Vec::from_iter(found.then(|| self.said_by(phrase, number, clause)));
        }
        let comma = self.token(start).is_some_and(|t| t.is_punct(","));
        let ends = start >= sentence.end || self.token(start).is_some_and(|t| t.is_punct(".;"));
        let first = phrase.first;
        let opens =
            first == sentence.start || self.token(first - 1).is_some_and(|t| t.is_punct(":;"));
        let set_in =
            first > sentence.start && self.token(first - 1).is_some_and(|t| t.is_punct(","));
        if self.has_marks(sentence.clone()) || !(comma || ends && set_in) || !opens && !set_in {
            return Vec::new();
        }
        let mut clauses = Vec::new();
        if set_in {
            let from = (sentence.start..first - 1)
                .rev()
                .find(|&i| self.token(i).is_some_and(|t| t.is_punct(":;")))
                .map_or(sentence.start, |i| i + 1);
            clauses.push(from..first - 1);
        }
        // `serait, d'après X, la mesure`, `La mesure, d'après X, serait`, but not `Repairs
        // would take long, according to a contractor, Ruwais Petro`.
        let goes_on = clauses.first().is_none_or(|before| {
            let last = self.token(before.end - 1);
            last.is_some_and(|t| t.is(class::AUX | class::BE | class::MODAL | class::PREP))
                || !self.has_verb(before.clone())
        });
        if comma && goes_on {
            let (to, _) = self.clause_end(start + 1, sentence.end);
            clauses.push(start + 1..to);
        }
        clauses
            .into_iter()
            .filter(|c| c.len() >= super::MIN_WORDS && !self.is_measure(number, c))
            .map(|clause| self.said_by(phrase, number, clause))
            .collect()
    }

    /// `Selon Anne Petit, biologiste à l'université de Brest, les herbiers`: the comma
    /// behind what is said of a name.
    fn after_description(&self, mention: usize, start: usize, sentence: &Range<usize>) -> usize {
        const REACH: usize = 12;
        let described = !self.r.mentions[mention].roles.is_empty();
        let goes_on = |at: usize, classes: u32| self.token(at).is_some_and(|t| t.is(classes));
        let from = if described && goes_on(start, class::PREP) {
            start
        } else if self.token(start).is_some_and(|t| t.is_punct(","))
            && goes_on(start + 1, class::REL)
            && !goes_on(start + 1, class::SUB)
        {
            start + 1
        } else {
            return start;
        };
        self.within(from..sentence.end.min(from + REACH))
            .find(|(_, t)| !t.is_word() && t.kind != Kind::Number)
            .filter(|(_, t)| t.is_punct(","))
            .map_or(start, |(at, _)| at)
    }

    fn said_by(&self, phrase: &Phrase, mention: usize, clause: Range<usize>) -> Reported {
        Reported {
            clause,
            mention,
            verb: self.r.p.slice(phrase.first..phrase.last + 1).to_owned(),
            confidence: 0.7,
        }
    }

    /// `son avocat, pour qui l'enquête est bâclée`
    fn is_for_whom(&self, phrase: &Phrase) -> bool {
        self.text(phrase.first) == "pour"
            && self.text(phrase.last + 1) == "qui"
            && phrase.first > 0
            && self
                .token(phrase.first - 1)
                .is_some_and(|t| t.is_punct(","))
    }

    /// `Selon l'Institut, les prises ont chuté de 57 %`: figures that a body gives are
    /// a source, not words of its own.
    fn is_measure(&self, mention: usize, clause: &Range<usize>) -> bool {
        let what = self.r.mentions[mention].what;
        !matches!(what, What::Person | What::Pronoun)
            && self
                .within(clause.clone())
                .any(|(_, t)| t.kind == Kind::Number || t.is(class::NUMERAL))
    }

    /// Who a phrase names, and the token after: a person or body, not a paper
    /// (`selon un bilan provisoire`) or thing.
    fn phrase_speaker(&self, phrase: &Phrase, sentence: &Range<usize>) -> Option<(usize, usize)> {
        if phrase.takes == Takes::Before {
            let (number, _) = self
                .r
                .mentions_in(sentence.start..phrase.first)
                .find(|(_, m)| !m.oblique && matches!(m.what, What::Person | What::Pronoun))?;
            return Some((number, phrase.last + 1));
        }
        if self.is_for_whom(phrase) {
            let (number, _) = self
                .r
                .mentions_in(sentence.start..phrase.first)
                .rfind(|(_, m)| matches!(m.what, What::Person | What::Body | What::Role(_)))?;
            return Some((number, phrase.last + 2));
        }
        let (number, mention) = self
            .r
            .mentions_in(self.r.after_phrase(phrase)..phrase.last + 3)
            .next()?;
        let speaks = matches!(
            mention.what,
            What::Person
                | What::Body
                | What::State
                | What::Pronoun
                | What::Role(RoleKind::Person | RoleKind::Group)
        );
        // `à en croire deux négociateurs`: several people nobody names.
        let speaks = speaks && !(mention.plural && mention.indefinite);
        speaks.then_some((number, mention.range.end))
    }
}
