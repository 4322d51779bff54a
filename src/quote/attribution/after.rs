//! The reporting clause behind a quotation: at once (`», a déclaré X`, `,” X said`)
//! or at the sentence's end (`..., a annoncé X.`).

use super::{Attribution, Place, Reading, Tie};
use crate::document::Lang;
use crate::quote::cues::{Cue, Form};
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::mentions::What;

impl Reading<'_> {
    /// `», a déclaré X`, `,” said X`, `,” X said`, `», selon X`.
    pub(super) fn clause_after(&self, at: Place) -> Option<Attribution> {
        let tokens = &self.p.tokens;
        let mut start = at.close + 1;
        let mut comma = at
            .close
            .checked_sub(1)
            .is_some_and(|i| tokens[i].is_punct(",?!….-—–"));
        while start < at.right && tokens[start].is_punct(",-–—") {
            comma = true;
            start += 1;
        }
        if start >= at.right {
            return None;
        }
        if let Some(phrase) = self
            .phrases_in(start..at.right)
            .iter()
            .find(|f| f.first == start && f.strength >= 3 && comma)
        {
            return Some(self.by_phrase(phrase, at.left, at.right));
        }
        let verb_first = self
            .cues_in(start..at.right)
            .iter()
            .find(|c| c.form == Form::Finite && !c.quoted && self.clause_start(c) == start);
        if let Some(cue) = verb_first {
            let subject = self
                .inverted_subject(cue, at.right)
                .filter(|&n| self.lang == Lang::FR || self.closes_clause(n));
            let inverts = cue.pronoun.is_some() || subject.is_some();
            if inverts && (comma || cue.strength >= 2 || self.lang == Lang::FR) {
                return Some(self.by_cue(Tie::Clause, cue, subject));
            }
            // `whose chief said sales were “better”, reports on Friday`: its own verb.
            let said = if self.lang == Lang::FR { 2 } else { 3 };
            if comma && cue.strength >= said {
                return Some(self.by_cue(Tie::Clause, cue, None));
            }
            return None;
        }
        if !comma {
            return None;
        }
        if let Some(found) = self.clause_by_place(start, at.right) {
            return Some(found);
        }
        // `,” Foreign Minister Vahe Hakobyan said`, `, he said`.
        let cue = self.cues_in(start..at.right).iter().find(|c| {
            c.form == Form::Finite
                && c.strength >= 2
                && !c.quoted
                && c.first > start
                && c.first < at.right
        })?;
        if let Some(named) = self.named_before(start, cue) {
            return Some(self.by_cue(Tie::Clause, cue, Some(named)));
        }
        let (number, mention) = self.mentions_in(start..at.right).next()?;
        // `,” so she believed it` is the paper's own clause.
        let direct = mention.range.start == start
            || self.lang == Lang::EN
                && mention.range.start == start + 1
                && !mention.oblique
                && !tokens[start].is(class::CONJ | class::SUB)
                && tokens[start].of(self.p.text) != "so";
        let gap = mention.range.end..cue.first;
        // `a person close to the talks said`
        let described = cue.strength >= 3
            && gap.len() <= 8
            && mention.range.start == start
            && tokens.get(gap.clone()).is_some_and(|g| {
                g.iter()
                    .all(|t| t.is_word() && !t.is(class::AUX | class::SUB))
            });
        (direct && mention.range.end <= cue.first && (described || self.is_insertion(gap)))
            .then(|| self.by_cue(Tie::Clause, cue, Some(number)))
    }

    /// The name right before the verb, where only what the person is stands between it and
    /// the quotation: `,” army chief General Jane Marlow said`, `,” one of the mayor's
    /// lawyers, Jane Marlow, told`.
    fn named_before(&self, start: usize, cue: &Cue) -> Option<usize> {
        const LONGEST: usize = 12;
        if self.lang != Lang::EN || cue.strength < 3 || cue.first - start > LONGEST {
            return None;
        }
        let (number, name) = self.mentions_in(start..cue.first).next_back()?;
        let tokens = &self.p.tokens;
        let described = tokens[start..name.range.start].iter().all(|t| {
            (t.is_word() || t.is_punct(",'’"))
                && !t.is(class::AUX
                    | class::BE
                    | class::MODAL
                    | class::SUB
                    | class::CONJ
                    | class::REL)
        });
        let next = tokens[name.range.end..cue.first]
            .iter()
            .all(|t| t.is_punct(","));
        let small = !tokens[start].capital;
        (name.what == What::Person && !name.oblique && name.range.start > start && small)
            .then_some(number)
            .filter(|_| described && next)
    }

    /// `», s'étrangle Salvatore Locatelli`, `», sourit-elle`: after a French quotation
    /// and its comma a verb before its subject reports, whatever verb it is.
    pub(super) fn clause_by_place(&self, start: usize, right: usize) -> Option<Attribution> {
        let tokens = &self.p.tokens;
        if self.lang != Lang::FR {
            return None;
        }
        let reflexive = tokens
            .get(start)
            .is_some_and(|t| matches!(t.of(self.p.text), "s'" | "s’" | "se"));
        let verb = start + usize::from(reflexive);
        let token = tokens.get(verb).filter(|_| verb < right)?;
        let text = token.of(self.p.text);
        let shape = token.is_word()
            && !token.capital
            && text.ends_with(['e', 't', 'd', 'a'])
            && text.chars().count() > 3
            && token
                .word
                .is_none_or(|w| w.classes == 0 && w.role.is_none());
        if !shape {
            return None;
        }
        let mut next = verb + 1;
        while tokens
            .get(next)
            .is_some_and(|t| t.is_word() && t.of(self.p.text).ends_with("ment"))
        {
            next += 1;
        }
        let (number, mention) = self.mentions_in(next..next + 1).next()?;
        let speaks = match mention.what {
            What::Person | What::Role(RoleKind::Person) => !mention.oblique,
            What::Pronoun => tokens[next].of(self.p.text).starts_with('-'),
            _ => false,
        };
        let last = if mention.what == What::Pronoun {
            next
        } else {
            verb
        };
        speaks.then(|| Attribution {
            tie: Tie::Clause,
            verb: Some(self.p.slice(start..last + 1).to_owned()),
            mention: Some(number),
            strength: 2,
            cue: None,
        })
    }

    /// Whether no more of a clause follows: `A dealer, who ..., thinks the thing may
    /// be genuine` has its subject before the verb, `said the mayor of X.` after it.
    pub(super) fn closes_clause(&self, mention: usize) -> bool {
        let next = self.p.tokens.get(self.mentions[mention].range.end);
        next.is_none_or(|t| !t.is(class::AUX | class::MODAL | class::BE))
    }

    /// `..., a annoncé X.`, `..., X said.` at the sentence's end.
    pub(super) fn tail(&self, at: Place) -> Option<Attribution> {
        let tokens = &self.p.tokens;
        if let Some(phrase) = self
            .phrases_in(at.close + 1..at.right)
            .iter()
            .find(|f| f.first > at.close && f.first < at.right && f.strength >= 3 && !f.quoted)
        {
            return Some(self.by_phrase(phrase, at.left, at.right));
        }
        let cue = self
            .cues_in(at.close + 1..at.right)
            .iter()
            .rev()
            .find(|c| {
                !c.quoted
                    && c.form == Form::Finite
                    && c.strength >= 2
                    && c.first > at.close
                    && c.last < at.right
            })?;
        let start = self.clause_start(cue);
        let after_comma = tokens[start - 1].is_punct(",");
        if after_comma && let Some(subject) = self.inverted_subject(cue, at.right) {
            if self.lang == Lang::FR || self.closes_clause(subject) {
                return Some(self.by_cue(Tie::Tail, cue, Some(subject)));
            }
            let subject = self.left_subject(cue, at.left)?;
            return Some(self.by_cue(Tie::Tail, cue, Some(subject)));
        }
        if self.lang == Lang::EN {
            let subject = self.left_subject(cue, at.close + 1)?;
            let mention = &self.mentions[subject];
            let before = mention.range.start.checked_sub(1)?;
            if tokens[before].is_punct(",") && mention.range.end == start {
                return Some(self.by_cue(Tie::Tail, cue, Some(subject)));
            }
        }
        None
    }
}
