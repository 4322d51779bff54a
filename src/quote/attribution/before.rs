//! The verb or phrase before a quotation: `X said that “`, `selon X, «`.

use super::{Attribution, Place, Reading, Tie};
use crate::quote::cues::{Cue, Form, Phrase};
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::mentions::What;

impl Reading<'_> {
    /// A reporting verb or phrase before the quotation.
    pub(super) fn before(&self, at: Place) -> Option<Attribution> {
        let tokens = &self.p.tokens;
        let cue = self.nearest_cue(at);
        let phrase = self
            .phrases_in(at.left..at.open)
            .iter()
            .rev()
            .find(|f| !f.quoted && f.last < at.open && f.first >= at.left);
        if let Some(phrase) = phrase
            && cue.is_none_or(|c| c.first < phrase.first || phrase.strength >= 3 && c.strength < 2)
        {
            let colon = at.open > 0 && tokens[at.open - 1].is_punct(":");
            let named = phrase.first == at.left
                && self
                    .mentions_in(phrase.last + 1..phrase.last + 2)
                    .any(|(_, m)| {
                        m.what == What::Person
                            && tokens.get(m.range.end).is_some_and(|t| t.is_punct(","))
                    });
            let near = at.open - phrase.last <= if colon || named { 24 } else { 12 };
            if phrase.strength >= 2 || near && self.phrase_begins_clause(phrase, at.left) {
                let mut found = self.by_phrase(phrase, at.left, at.open);
                if found.mention.is_none() && phrase.last + 1 == at.open {
                    found.mention = self.owner_after(at);
                }
                return Some(found);
            }
        }
        let cue = cue?;
        let subject = self.subject(cue, at.left, at.open);
        if subject.is_none() && cue.form == Form::Infinitive && cue.strength < 2 {
            return None;
        }
        // `The mother said the can had told her it was “safe”`: a thing says nothing
        // where somebody says that it does.
        let is_relative = |n: usize| {
            let start = self.mentions[n].range.start;
            start
                .checked_sub(1)
                .is_some_and(|b| tokens[b].is(class::REL))
        };
        if subject.is_some_and(|n| self.mentions[n].what == What::Other && !is_relative(n))
            && let Some(outer) = self
                .cues_in(at.left..cue.first)
                .iter()
                .rfind(|c| !c.quoted && c.form == Form::Finite && c.strength >= 3)
            && let Some(number) = self.subject(outer, at.left, cue.first)
            && matches!(
                self.mentions[number].what,
                What::Person | What::Pronoun | What::Role(RoleKind::Person)
            )
        {
            return Some(self.by_cue(Tie::Before, outer, Some(number)));
        }
        Some(self.by_cue(Tie::Before, cue, subject))
    }

    /// `according to “preliminary readings” from the weather service`: whose words
    /// they are follows the marks.
    pub(super) fn owner_after(&self, at: Place) -> Option<usize> {
        let link = at.close + 1;
        let links = self.p.tokens.get(link).is_some_and(|t| t.is(class::PREP));
        self.mentions_in(link..at.right.min(link + 2))
            .next()
            .filter(|_| links)
            .map(|(number, _)| number)
    }

    /// The verb before a quotation that it hangs on: the nearest one that says so
    /// by itself and reaches it, else a weaker or an infinitive one.
    pub(super) fn nearest_cue(&self, at: Place) -> Option<&Cue> {
        let tokens = &self.p.tokens;
        let colon = at.open > 0 && tokens[at.open - 1].is_punct(":");
        let reaches = |c: &&Cue| {
            let gap = c.last + 1..at.open;
            let reach = match c.strength {
                3 => 40,
                2 => 24,
                _ => 14,
            };
            colon || gap.len() <= reach && !tokens[gap].iter().any(|t| t.is_punct(";"))
        };
        let before = || {
            self.cues_in(at.left..at.open)
                .iter()
                .rev()
                .filter(|c| !c.quoted && c.last < at.open && c.first >= at.left)
                .filter(reaches)
        };
        let finite = |c: &&Cue| c.form != Form::Infinitive;
        // `a confirmé que le club avait offert plus, mais que le joueur n'avait « ”: the
        // verb that the first clause hangs on, whatever verbs that has.
        let that = |i: usize| {
            let word = tokens.get(i).map_or("", |t| t.of(self.p.text));
            matches!(word, "que" | "qu'" | "qu’" | "that")
        };
        let joins = |i: usize| {
            let word = tokens[i].of(self.p.text);
            tokens[i].is(class::CONJ) || matches!(word, "mais" | "but")
        };
        let second = (at.left + 1..at.open).rev().find(|&i| that(i));
        if let Some(second) = second.filter(|&i| joins(i - 1)) {
            let outer = before().find(|c| {
                finite(c) && c.last < second && c.frames.contains('q') && that(c.last + 1)
            });
            if outer.is_some() {
                return outer;
            }
        }
        // `and that Owen had apologised for “`: right beside it even a weak one.
        before()
            .next()
            .filter(|c| finite(c) && at.open <= c.last + 2 + usize::from(colon))
            .or_else(|| before().find(|c| finite(c) && c.strength >= 2))
            .or_else(|| before().find(finite))
            .or_else(|| {
                before().find(|c| {
                    // `sans préciser ses allégations`
                    c.first == 0 || tokens[c.first - 1].of(self.p.text) != "sans"
                })
            })
    }

    /// `pour X, «`: the weak phrases only at the head of a clause.
    pub(super) fn phrase_begins_clause(&self, phrase: &Phrase, left: usize) -> bool {
        phrase.first == left || self.p.tokens[phrase.first - 1].is_punct(",;:")
    }
}
