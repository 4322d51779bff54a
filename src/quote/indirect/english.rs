//! Where what an English verb reports begins: after `that`, at the subject of a
//! bare clause, after the person who is urged, accused or called something.

use std::ops::Range;

use super::Finder;
use crate::quote::cues::Cue;
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::mentions::What;
use crate::quote::tokens::Kind;

/// A verb is looked for over this many tokens behind the subject of a bare clause.
const SUBJECT_TOKENS: usize = 12;

impl Finder<'_, '_> {
    /// The first token of an English complement.
    pub(super) fn english_start(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let limit = sentence.end.min(cue.last + 16);
        self.after_that(cue, sentence, limit)
            .or_else(|| self.english_question(cue, limit))
            .or_else(|| self.after_urged(cue, limit))
            .or_else(|| self.after_accused(cue, limit))
            .or_else(|| self.after_called(cue, sentence))
            .or_else(|| self.after_to(cue, limit))
            .or_else(|| self.at_gerund(cue, sentence))
    }

    fn after_that(&self, cue: &Cue, sentence: &Range<usize>, limit: usize) -> Option<usize> {
        if !cue.frames.contains('q') {
            return None;
        }
        let bare = self.bare_clause(cue, sentence);
        for (at, token) in self.within(cue.last + 1..limit) {
            if self.text(at) == "that" && !token.quoted {
                // `said it had rained and that ...`: the second of two clauses; `said there
                // was no sign that ...`: a clause within the one that begins before.
                if bare.is_some_and(|b| b < at)
                    && (self.token(at - 1).is_some_and(|t| t.is(class::CONJ))
                        || self.is_begun(bare.map_or(at, |b| b + 1)..at))
                {
                    break;
                }
                // `a statement that used the word`, `remembers that more clearly`
                let relative = at > cue.last + 1 && self.text(at + 1).ends_with("ed");
                let pronoun = self.token(at + 1).is_none_or(|t| {
                    !t.is_word() && t.kind == Kind::Punct('.')
                        || matches!(
                            self.text(at + 1),
                            "more" | "much" | "as" | "to" | "too" | "again"
                        )
                });
                return (!relative && !pronoun).then_some(at + 1);
            }
            if token.is_punct(":;.") || matches!(token.kind, Kind::Open) {
                break;
            }
        }
        bare
    }

    /// Whether a clause has its verb in a range, so that what follows is part of it.
    fn is_begun(&self, range: Range<usize>) -> bool {
        self.within(range).any(|(_, t)| {
            t.is(class::AUX | class::MODAL | class::PAST) && !t.is(class::PREP) && !t.quoted
        })
    }

    /// `asked the chancellor whether he would resign`, `has told how she escaped`.
    fn english_question(&self, cue: &Cue, limit: usize) -> Option<usize> {
        const ASKING: &[&str] = &[
            "whether", "if", "how", "why", "when", "where", "what", "who",
        ];
        if !cue.frames.contains('w') {
            return None;
        }
        let asks = cue.frames.contains('p');
        for (at, token) in self.within(cue.last + 1..limit.min(cue.last + 9)) {
            if !token.is_word() || token.quoted || token.is(class::CONJ) {
                return None;
            }
            let text = self.text(at);
            // `told him when they met that`: next to the verb or after one word only.
            let near = asks || at <= cue.last + 2;
            let conditional = text == "if" && !asks;
            if ASKING.contains(&text) && near && !conditional {
                return Some(at);
            }
        }
        None
    }

    /// `urged the two neighbours to use`
    fn after_urged(&self, cue: &Cue, limit: usize) -> Option<usize> {
        if !cue.frames.contains('p') {
            return None;
        }
        let to = (cue.last + 2..limit.min(cue.last + 9)).find(|&i| self.text(i) == "to")?;
        let plain = self
            .within(cue.last + 1..to)
            .all(|(_, t)| t.is_word() && !t.is(class::PREP));
        (plain && self.text(to + 1) != "be").then_some(cue.last + 1)
    }

    /// `accused management of sacrificing a plant`: the deed.
    fn after_accused(&self, cue: &Cue, limit: usize) -> Option<usize> {
        if !cue.frames.contains('o') {
            return None;
        }
        let of = (cue.last + 2..limit).find(|&i| self.text(i) == "of")?;
        let deed = self.token(of + 1)?;
        let whom = self
            .within(cue.last + 1..of)
            .all(|(_, t)| t.is_word() && !t.quoted);
        (whom && !deed.quoted && self.text(of + 1).ends_with("ing")).then_some(of + 1)
    }

    /// `called it the hardest thing`, `has called his proposal the richest ever`.
    fn after_called(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let start = cue.last + 1;
        if !cue.frames.contains('l') || start >= sentence.end {
            return None;
        }
        let is_article = |i: usize| matches!(self.text(i), "the" | "a" | "an" | "one");
        if self.token(start)?.is(class::PRON | class::OBJECT) || self.text(start) == "it" {
            return is_article(start + 1).then_some(start + 1);
        }
        let determined = self.token(start)?.is(class::DET | class::POSS);
        let named = (start + 2..start + 7).find(|&i| is_article(i));
        let plain = named.is_some_and(|n| {
            self.within(start..n)
                .all(|(_, t)| t.is_word() && !t.quoted && !t.is(class::PREP))
        });
        (determined && plain).then_some(start)
    }

    /// `vowed to rebuild the school`
    fn after_to(&self, cue: &Cue, limit: usize) -> Option<usize> {
        // `vowed never to sell`
        let start = cue.last + 1;
        let never = usize::from(matches!(self.text(start), "never" | "not"));
        let to = start + never;
        let verb = self.token(to + 1)?;
        (cue.frames.contains('i')
            && self.text(to) == "to"
            && to + 1 < limit
            && verb.is_word()
            && !verb.quoted
            && !verb.is(class::DET | class::POSS))
        .then_some(if never > 0 { start } else { to + 1 })
    }

    /// `recalled hearing two blasts`
    fn at_gerund(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let start = cue.last + 1;
        let deed = self.token(start).filter(|t| t.is_word() && !t.quoted)?;
        (cue.frames.contains('g')
            && start + 1 < sentence.end
            && !deed.capital
            && self.text(start).ends_with("ing"))
        .then_some(start)
    }

    /// `said it was off the agenda`, `said on Thursday the dam had held`, `told a
    /// visitor she would stay`: a subject, and its verb before any comma.
    fn bare_clause(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let mut start = cue.last + 1;
        if cue.frames.contains('t') {
            start = self.after_addressee(start);
        }
        start = self.after_circumstance(start);
        let first = self.token(start)?;
        let subject = first.is_word()
            && !first.is(class::PREP | class::REL | class::CONJ | class::AUX)
            && (!first.is(class::TIME | class::ADV)
                || first.is(class::DET | class::PRON)
                || self.text(start) == "there")
            && (cue.strength >= 3
                || first.is(class::PRON)
                || cue.strength == 2 && (first.is(class::DET | class::POSS) || first.capital));
        if !subject || first.quoted {
            return None;
        }
        let limit = (start + SUBJECT_TOKENS).min(sentence.end);
        // `says a retired surveyor, J. Petit` has no verb in its name.
        let named = self.r.mentions_in(start..start + 1).next();
        let from = named.map_or(start + 1, |(_, m)| match m.what {
            What::Person => m.range.end,
            _ => start + 1,
        });
        // `says he regrets nothing`: next to such a pronoun stands its verb.
        let nominative = matches!(self.text(start), "he" | "she" | "they" | "we" | "I");
        let verb = (from..limit).find(|&i| {
            let Some(t) = self.token(i) else { return true };
            t.is(class::AUX | class::MODAL | class::PAST)
                || t.is_word() && !t.capital && self.text(i).ends_with("ed")
                || nominative && i == start + 1 && t.is_word() && !t.is(class::PREP | class::ADV)
                || !t.is_word() && t.kind != Kind::Number && !t.is_punct("-$€£%'’")
        })?;
        self.token(verb)
            .is_some_and(|t| t.is_word())
            .then_some(start)
    }

    /// The token after whom something is told: `reporters`, `him`, `the court`.
    fn after_addressee(&self, start: usize) -> usize {
        let one = self.token(start).is_some_and(|t| {
            t.is(class::OBJECT) && !t.is(class::POSS)
                || matches!(
                    self.text(start),
                    "him"
                        | "them"
                        | "me"
                        | "us"
                        | "her"
                        | "reporters"
                        | "journalists"
                        | "lawmakers"
                        | "viewers"
                        | "investors"
                        | "analysts"
                        | "jurors"
                        | "delegates"
                        | "supporters"
                )
        });
        if one && !(self.text(start) == "her" && self.is_noun_after(start)) {
            return start + 1;
        }
        self.r
            .mentions_in(start..start + 1)
            .next()
            .map_or(start, |(_, m)| m.range.end)
    }

    /// `told her mother`: a noun follows the pronoun, which owns it.
    fn is_noun_after(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(|t| {
            t.is_word() && !t.is(class::PRON | class::DET | class::POSS | class::PREP) && !t.capital
        })
    }

    /// The token after whoever issued a paper: `in a statement | from the ministry`.
    fn after_issuer(&self, paper_end: usize) -> usize {
        let issued = matches!(
            self.text(paper_end),
            "from" | "by" | "of" | "for" | "at" | "in"
        );
        let issuer = self
            .r
            .mentions_in(paper_end + 1..paper_end + 2)
            .next()
            .filter(|_| issued);
        issuer.map_or(paper_end, |(_, m)| m.range.end)
    }

    /// Over what may stand between the verb and its clause: `on Thursday`, `late
    /// Tuesday`, `in a statement`, `by phone`.
    fn after_circumstance(&self, mut at: usize) -> usize {
        for _ in 0..3 {
            let Some(token) = self.token(at) else { break };
            if token.is(class::TIME) && !token.is(class::DET | class::PRON) {
                at += 1;
                continue;
            }
            if !token.is(class::PREP) {
                break;
            }
            if self.token(at + 1).is_some_and(|t| t.is(class::TIME)) {
                at += 2;
                continue;
            }
            let place = self
                .r
                .mentions_in(at + 1..at + 2)
                .next()
                .filter(|(_, m)| matches!(m.what, What::Role(RoleKind::Voice) | What::Other));
            match place {
                Some((_, m)) => at = self.after_issuer(m.range.end),
                // `by phone`
                None if self
                    .token(at + 1)
                    .is_some_and(|t| t.is_word() && t.word.is_none()) =>
                {
                    at += 2
                }
                None => break,
            }
        }
        at
    }
}
