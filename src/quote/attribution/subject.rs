//! The subject of a reporting verb: before it, or behind it where the two are
//! inverted.

use super::Reading;
use crate::document::Lang;
use crate::quote::cues::{Cue, Form};
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::mentions::{Mention, What};
use crate::quote::tokens::{Kind, Token};

impl Reading<'_> {
    /// Where a clause with this verb begins, over object pronouns and adverbs
    /// that go before it (`l'a-t-il`, `also said`).
    pub(super) fn clause_start(&self, cue: &Cue) -> usize {
        let mut start = cue.first;
        while let Some(before) = start.checked_sub(1) {
            let token = &self.p.tokens[before];
            let adverb =
                token.is_word() && token.is(class::ADV | class::CLITIC) && !token.is(class::PRON);
            let text = token.of(self.p.text);
            if adverb || matches!(text, "ne" | "n'" | "l'" | "le") {
                start = before;
            } else {
                break;
            }
        }
        // The verb alone may be the start, too: adverbs belong to the sentence.
        start
    }

    /// What may stand between a subject and its verb: adverbs, and insertions
    /// between commas.
    pub(super) fn is_insertion(&self, gap: std::ops::Range<usize>) -> bool {
        if gap.len() > 30 {
            return false;
        }
        let tokens = &self.p.tokens[gap];
        if tokens
            .iter()
            .any(|t| t.is_punct(";:.?!") || matches!(t.kind, Kind::Open | Kind::Close))
        {
            return false;
        }
        let plain = |t: &Token| {
            t.is(class::ADV | class::CLITIC | class::TIME | class::NEG | class::REL)
                || t.of(self.p.text).ends_with("ment")
                || t.of(self.p.text).ends_with("ly")
        };
        if tokens.iter().all(plain) {
            return true;
        }
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => {
                first.is_punct(",(") && (last.is_punct(",)") || last.is_word())
                    || first.is(class::REL | class::PREP)
            }
            _ => true,
        }
    }

    /// The subject after an inverted verb.
    pub(crate) fn inverted_subject(&self, cue: &Cue, right: usize) -> Option<usize> {
        if let Some(pronoun) = cue.pronoun {
            // `peut-on lire dans un communiqué`: the paper speaks; `indique-t-on à
            // l'Élysée`: the house.
            let is_house = |m: &Mention| {
                let link = m
                    .range
                    .start
                    .checked_sub(1)
                    .map_or("", |b| self.p.tokens[b].of(self.p.text));
                let first = self.p.tokens[m.range.start].of(self.p.text);
                let at = matches!(link, "à" | "chez" | "auprès" | "dans")
                    || matches!(first, "au" | "aux");
                at && matches!(m.what, What::Body | What::Role(RoleKind::Group))
            };
            return self
                .mentions_in(pronoun..pronoun + 1)
                .next()
                .or_else(|| {
                    self.mentions_in(cue.last + 1..right)
                        .find(|(_, m)| m.what == What::Role(RoleKind::Voice) || is_house(m))
                })
                .map(|(number, _)| number);
        }
        let tokens = &self.p.tokens;
        let from = self.mentions.partition_point(|m| m.range.start <= cue.last);
        for (number, mention) in self.mentions.iter().enumerate().skip(from) {
            let gap = cue.last + 1..mention.range.start;
            if mention.range.start >= right || gap.len() > 14 {
                return None;
            }
            if tokens[gap.clone()]
                .iter()
                .any(|t| t.is_punct(".;:?!") || matches!(t.kind, Kind::Open | Kind::Close))
                || tokens[gap.clone()]
                    .iter()
                    .any(|t| t.is(class::SUB) && !t.is(class::PREP))
            {
                return None;
            }
            if mention.oblique {
                continue;
            }
            // `a rappelé mardi X`: only adverbs and complements may come between.
            let plain = gap.is_empty()
                || tokens[gap.clone()].iter().all(|t| !t.is_punct(","))
                || tokens[gap].iter().any(|t| t.is(class::PREP | class::TIME));
            return plain.then_some(number);
        }
        None
    }

    /// The subject before a verb.
    pub(crate) fn left_subject(&self, cue: &Cue, left: usize) -> Option<usize> {
        let tokens = &self.p.tokens;
        // A colon or semicolon begins another clause.
        let left = (left..cue.first)
            .rev()
            .find(|&i| tokens[i].is_punct(":;"))
            .map_or(left, |i| i + 1);
        let mut before = cue.first;
        while before > left && {
            let t = &tokens[before - 1];
            t.is_word()
                && !t.is(class::PRON | class::REL)
                && t.is(class::ADV
                    | class::CLITIC
                    | class::TIME
                    | class::NEG
                    | class::AUX
                    | class::MODAL)
        } {
            before -= 1;
        }
        let candidates = |end: usize| {
            let to = self.mentions.partition_point(|m| m.range.start < end);
            (0..to)
                .rev()
                .map(|n| (n, &self.mentions[n]))
                .take_while(move |(_, m)| m.range.start >= left)
        };
        // `on appelle`, `nous disons`: nobody the article names.
        let impersonal = |t: &Token| {
            t.is(class::PRON) && !t.is(class::MASC | class::FEM | class::PLURAL | class::NEUTER)
        };
        if before > left && impersonal(&tokens[before - 1]) {
            return None;
        }
        // `X, qui a dit`: the antecedent, whatever stands before it.
        if before > left && tokens[before - 1].is(class::REL) && !tokens[before - 1].is(class::SUB)
        {
            let (near, body) =
                candidates(before).find(|(_, m)| !matches!(m.what, What::Other | What::Place))?;
            // `Anne Petit, économiste à la Banque Durand, qui rappelle`: whose post it is.
            let owner = candidates(body.range.start)
                .find(|(_, m)| !matches!(m.what, What::Other | What::Place))
                .filter(|(_, m)| {
                    let post = &tokens[m.range.end.min(body.range.start)..body.range.start];
                    body.oblique
                        && matches!(body.what, What::Body | What::State)
                        && m.what == What::Person
                        && post.first().is_some_and(|t| t.is_punct(","))
                        && !post
                            .iter()
                            .skip(1)
                            .any(|t| !t.is_word() || t.is(class::AUX | class::MODAL | class::REL))
                });
            return Some(owner.map_or(near, |(n, _)| n));
        }
        // `Its parent company, which owns nine resorts in Italy and Andorra, said`.
        if before > left && tokens[before - 1].is_punct(",") {
            let relative = (left + 1..before).find(|&i| {
                tokens[i].is(class::REL) && !tokens[i].is(class::SUB) && tokens[i - 1].is_punct(",")
            });
            if let Some(relative) = relative
                && let Some((number, _)) = candidates(relative)
                    .find(|(_, m)| !m.oblique && !matches!(m.what, What::Other | What::Place))
            {
                return Some(number);
            }
        }
        // `Paul Petit, ministre au moment de l'affaire Durand, avait affirmé`: what
        // stands before the first comma, where the verb follows a later one.
        if before > left
            && tokens[before - 1].is_punct(",")
            && let Some((number, _)) = self.mentions_in(left..before - 1).find(|(_, m)| {
                m.range.end + 1 < before
                    && tokens[m.range.end].is_punct(",")
                    && !m.oblique
                    && matches!(m.what, What::Person | What::Body | What::Role(_))
            })
            && !tokens[self.mentions[number].range.end..before]
                .iter()
                .any(|t| {
                    t.is(class::AUX | class::MODAL)
                        || t.word.is_some_and(|w| {
                            w.verbs
                                .iter()
                                .any(|(_, f)| f.finite && !f.infinitive && !f.participle)
                        })
                })
        {
            return Some(number);
        }
        if cue.form == Form::Gerund {
            let mut all: Vec<_> = candidates(cue.first)
                .filter(|(_, m)| !m.oblique && !matches!(m.what, What::Other | What::Place))
                .collect();
            return all.pop().map(|(n, _)| n);
        }
        let mut fallback = None;
        for (number, mention) in candidates(cue.first) {
            if mention.range.end > cue.first && mention.range.start + 1 < cue.first {
                continue;
            }
            let adjacent = mention.range.end >= before;
            // `La direction, elle, parle`: the pronoun only stresses the subject.
            let stressed = mention.what == What::Pronoun
                && mention.range.start > left
                && tokens[mention.range.start - 1].is_punct(",")
                && tokens
                    .get(mention.range.end)
                    .is_some_and(|t| t.is_punct(","));
            if stressed {
                continue;
            }
            // `which a third called “X”`
            let own_clause = adjacent
                && mention.range.start > left
                && tokens[mention.range.start - 1].is(class::REL);
            if mention.oblique
                || mention.what == What::Other && !adjacent
                || !own_clause && self.in_relative(mention, left)
            {
                if fallback.is_none() && mention.what == What::Other && !mention.oblique {
                    fallback = Some(number);
                }
                continue;
            }
            return Some(number);
        }
        fallback
    }

    /// Whether a mention stands in a relative clause: a relative pronoun between
    /// the comma before and the mention.
    pub(super) fn in_relative(&self, mention: &Mention, left: usize) -> bool {
        self.p.tokens[left..mention.range.start]
            .iter()
            .rev()
            .take_while(|t| !t.is_punct(",;:."))
            .any(|t| t.is(class::REL) && !t.is(class::SUB))
    }

    pub(super) fn subject(&self, cue: &Cue, left: usize, right: usize) -> Option<usize> {
        if cue.pronoun.is_some() {
            return self.inverted_subject(cue, right);
        }
        let start = self.clause_start(cue);
        let tokens = &self.p.tokens;
        let after_comma = start == left
            || tokens
                .get(start.wrapping_sub(1))
                .is_some_and(|t| t.is_punct(",—–-") || matches!(t.kind, Kind::Close));
        if after_comma
            && cue.form == Form::Finite
            && let Some(number) = self.inverted_subject(cue, right)
        {
            let mention = &self.mentions[number];
            let closes = tokens
                .get(mention.range.end)
                .is_none_or(|t| !t.is_word() || t.is(class::REL | class::CONJ));
            let adjacent = mention.range.start <= cue.last + 3;
            // `Son président, Moncef Jaïdi, décrit une instance`: what follows is the
            // object where a person in apposition stands right before.
            let object = mention.what == What::Other
                && start > left
                && self.left_subject(cue, left).is_some_and(|n| {
                    let m = &self.mentions[n];
                    m.what == What::Person && m.range.end + 1 == start
                });
            if closes
                && adjacent
                && !object
                && (self.lang == Lang::FR
                    || start == left
                    || self.left_subject(cue, left).is_none())
            {
                return Some(number);
            }
        }
        self.left_subject(cue, left)
    }
}
