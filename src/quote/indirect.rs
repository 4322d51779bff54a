//! Reported speech without marks.
//!
//! A cue that no quotation hangs on may report in the paper's own words: `X a
//! déclaré que ...`, `X said ...`, `..., a promis X`, `selon X, ...`, `X urged Y to
//! ...`. The verb's frames say what may follow; the clause ends with the sentence,
//! or before a quotation or a clause that is not part of it. What several unnamed
//! people or a bare office say is mostly news of a fact, so such speakers count
//! only with a full clause.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attribution::Reading;
use super::cues::{Cue, Form, Takes};
use super::lexicon::{RoleKind, class};
use super::mentions::What;
use super::tokens::{Kind, Token};
use crate::document::{Lang, Quote, QuoteKind, Speaker};
use crate::span::Span;

/// A reported clause by token numbers, with its cue.
struct Reported {
    clause: Range<usize>,
    mention: usize,
    verb: String,
    confidence: f32,
}

/// The cues that quotations hang on: the first token of each, and whether it
/// stands before the quotation in the sentence.
pub(crate) type Uses = BTreeMap<usize, bool>;

/// The reported clauses of a paragraph; `used` are the cues of its quotations.
pub(crate) fn find(
    reading: &Reading<'_>,
    used: &Uses,
    mut speaker: impl FnMut(usize) -> Option<Speaker>,
) -> Vec<Quote> {
    let finder = Finder { r: reading };
    let mut quotes: Vec<Quote> = Vec::new();
    let from_cues = reading
        .cues
        .iter()
        .filter(|c| !c.quoted)
        .filter_map(|c| finder.reported(c, used));
    let from_phrases = finder.phrases(used);
    let mut reported: Vec<Reported> = from_cues.chain(from_phrases).collect();
    reported.sort_by_key(|r| r.clause.start);
    for found in reported {
        let Some(span) = finder.span(&found.clause) else {
            continue;
        };
        if quotes.last().is_some_and(|q| q.span.overlaps(span)) {
            continue;
        }
        let Some(mut who) = speaker(found.mention) else {
            continue;
        };
        who.confidence = who.confidence.min(found.confidence);
        quotes.push(Quote {
            kind: QuoteKind::Indirect,
            span,
            confidence: found.confidence,
            speaker: Some(who),
            verb: Some(found.verb),
        });
    }
    quotes
}

/// A reported clause has at least this many words.
const MIN_WORDS: usize = 3;

struct Finder<'r, 'd> {
    r: &'r Reading<'d>,
}

impl Finder<'_, '_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.r.p.tokens.get(at)
    }

    fn within(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &Token)> {
        let end = range.end.min(self.r.p.tokens.len());
        let start = range.start.min(end);
        (start..end).zip(&self.r.p.tokens[start..end])
    }

    fn text(&self, at: usize) -> &str {
        self.token(at).map_or("", |t| t.of(self.r.p.text))
    }

    fn reported(&self, cue: &Cue, used: &Uses) -> Option<Reported> {
        let sentence = self.r.p.sentence_tokens(cue.sentence);
        let by = used.get(&cue.first);
        // `», a déclaré X, que`: the reporting clause of a quotation is no other's.
        if by.is_some_and(|before| !before) {
            return None;
        }
        let after = self.after(cue, &sentence, by.is_some());
        let found = match after {
            Some(clause) => Some((clause, 0.8)),
            None if by.is_none() => self.before(cue, &sentence).map(|clause| (clause, 0.6)),
            None => None,
        };
        let (clause, confidence) = found?;
        let mention = self.subject(cue, &sentence)?;
        if !self.may_report(mention, &clause, cue, confidence) {
            return None;
        }
        Some(Reported {
            clause,
            mention,
            verb: self.r.verb_text(cue),
            confidence,
        })
    }

    fn subject(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let tokens = &self.r.p.tokens;
        let after_comma = cue
            .first
            .checked_sub(1)
            .is_some_and(|i| tokens[i].is_punct(",") || matches!(tokens[i].kind, Kind::Close(_)));
        if (cue.pronoun.is_some() || after_comma && self.r.lang == Lang::FR)
            && let Some(found) = self.r.inverted_subject(cue, sentence.end)
            && (cue.pronoun.is_some() || self.r.mentions[found].range.start <= cue.last + 2)
        {
            return Some(found);
        }
        self.r.left_subject(cue, sentence.start)
    }

    /// Who reports: several unnamed people and papers do not count where the
    /// clause is not introduced, and nobody does for a bare number.
    fn may_report(
        &self,
        mention: usize,
        clause: &Range<usize>,
        cue: &Cue,
        confidence: f32,
    ) -> bool {
        let m = &self.r.mentions[mention];
        let words = self.r.p.tokens[clause.clone()]
            .iter()
            .filter(|t| t.is_word())
            .count();
        let named = matches!(m.what, What::Person | What::Body | What::State);
        let introduced = self.is_introduced(clause);
        let has_number = self.r.p.tokens[clause.clone()]
            .iter()
            .any(|t| t.kind == Kind::Number);
        match m.what {
            What::Place => return false,
            What::Other if !introduced => return false,
            What::Role(RoleKind::Voice) if !introduced => return false,
            _ => {}
        }
        if m.plural && !introduced {
            return false;
        }
        if self.r.lang == Lang::EN
            && !introduced
            && (has_number || !named && m.what != What::Pronoun && m.indefinite)
        {
            return false;
        }
        let noun = cue.frames.contains('n') && !introduced;
        words >= if noun { 2 } else { MIN_WORDS } && (confidence >= 0.6)
    }

    /// Whether `que` or `that` stands before the clause.
    fn is_introduced(&self, clause: &Range<usize>) -> bool {
        clause
            .start
            .checked_sub(1)
            .is_some_and(|i| matches!(self.text(i), "que" | "qu'" | "qu’" | "that"))
            || matches!(self.text(clause.start), "qu'" | "qu’")
    }

    /// What the verb reports after it, as its frames allow.
    fn after(&self, cue: &Cue, sentence: &Range<usize>, used: bool) -> Option<Range<usize>> {
        let french = self.r.lang == Lang::FR;
        let clause_start = if french {
            self.french_start(cue, sentence)
        } else {
            self.english_start(cue, sentence)
        }
        .or_else(|| self.noun_start(cue, sentence, used))?;
        let (end, quoted) = self.clause_end(clause_start, sentence.end);
        // `said they were “suspended”`: the clause is the quotation's own. Only what
        // another `que` or a colon sets apart from it is reported by itself.
        let own = !quoted && !used
            || self.token(end).is_some_and(|t| {
                t.is(class::CONJ) && matches!(self.text(end + 1), "que" | "qu'" | "qu’" | "that")
                    || t.is_punct(":")
            });
        (own && end > clause_start).then_some(clause_start..end)
    }

    /// The first token of a French complement: after `que`, at `de` with an
    /// infinitive, at a noun.
    fn french_start(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let limit = sentence.end.min(cue.last + 14);
        if cue.frames.contains('q') {
            for (at, token) in self.within(cue.last + 1..limit) {
                let text = self.text(at);
                if matches!(text, "que" | "qu'" | "qu’") && !token.quoted {
                    return self.completes(at, cue).then_some(at + 1);
                }
                if token.is_punct(":;.")
                    || matches!(token.kind, Kind::Open(_))
                    || token.is(class::CONJ) && text != "ou"
                {
                    break;
                }
            }
        }
        if cue.frames.contains('d') {
            for (at, token) in self.within(cue.last + 1..sentence.end.min(cue.last + 18)) {
                if matches!(self.text(at), "de" | "d'" | "d’" | "à") && self.is_infinitive(at + 1)
                {
                    return Some(at);
                }
                if token.is_punct(":;.,") || matches!(token.kind, Kind::Open(_)) {
                    break;
                }
            }
        }
        None
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
            // `a réclamé, lui, que`
            return que >= 2
                && self
                    .token(que - 2)
                    .is_some_and(|t| t.is(class::CLITIC | class::ADV));
        }
        // `d'une phrase que`: an object without a name.
        !self.r.mentions_in(cue.last + 1..que).any(|(_, m)| {
            m.range.end == que && m.what == What::Other && m.range.start > cue.last && m.indefinite
        })
    }

    /// `annonce la mort de`, `expressed concern over`: a noun that says what was said.
    fn noun_start(&self, cue: &Cue, sentence: &Range<usize>, used: bool) -> Option<usize> {
        let tokens = &self.r.p.tokens;
        let opens = cue.first.checked_sub(1).is_some_and(|i| {
            i >= sentence.start && tokens[i].is_punct(",")
                || matches!(tokens[i].kind, Kind::Close(_))
        });
        if used
            || !cue.frames.contains('n')
            || opens && cue.form != Form::Gerund
            || cue.pronoun.is_some()
        {
            return None;
        }
        let mut at = cue.last + 1;
        while self
            .token(at)
            .is_some_and(|t| t.is(class::TIME | class::ADV) || t.kind == Kind::Number)
        {
            at += 1;
        }
        let first = self
            .token(at)
            .filter(|t| t.is_word() && !t.capital && !t.quoted)?;
        let speaks = self
            .r
            .mentions_in(at..at + 1)
            .any(|(_, m)| m.what != What::Other);
        let noun = first.is(class::DET) || first.word.is_none();
        (noun && !speaks && at < sentence.end).then_some(at)
    }

    /// Whether an infinitive stands here, clitics and negation before it aside.
    fn is_infinitive(&self, mut at: usize) -> bool {
        for _ in 0..3 {
            let Some(token) = self.token(at) else {
                return false;
            };
            let text = self.text(at);
            let ending = text.ends_with("er") || text.ends_with("ir") || text.ends_with("re");
            if ending && text.len() > 3 && !token.is(class::PREP | class::ADV) || text == "être" {
                return true;
            }
            if !token.is(class::NEG | class::CLITIC | class::DET | class::ADV) {
                return false;
            }
            at += 1;
        }
        false
    }

    /// The first token of an English complement: after `that`, at a subject, after
    /// the person who is urged.
    fn english_start(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let tokens = &self.r.p.tokens;
        let limit = sentence.end.min(cue.last + 14);
        if cue.frames.contains('q') {
            let bare = self.bare_clause(cue, limit);
            for (at, token) in self.within(cue.last + 1..limit) {
                if self.text(at) == "that" && !token.quoted {
                    // `said it had rained and that ...`: the second of two clauses.
                    if bare.is_some() && self.token(at - 1).is_some_and(|t| t.is(class::CONJ)) {
                        break;
                    }
                    // `a statement that used the word`
                    let relative = at > cue.last + 1 && self.text(at + 1).ends_with("ed");
                    return (!relative).then_some(at + 1);
                }
                if token.is_punct(":;.") || matches!(token.kind, Kind::Open(_)) {
                    break;
                }
            }
            if bare.is_some() {
                return bare;
            }
        }
        if cue.frames.contains('p') {
            let to = (cue.last + 2..limit.min(cue.last + 9)).find(|&i| self.text(i) == "to")?;
            let plain = tokens[cue.last + 1..to]
                .iter()
                .all(|t| t.is_word() && !t.is(class::PREP));
            return (plain && self.text(to + 1) != "be").then_some(cue.last + 1);
        }
        None
    }

    /// `said it was off the agenda`: a subject and its verb right after.
    fn bare_clause(&self, cue: &Cue, limit: usize) -> Option<usize> {
        let start = cue.last + 1;
        let first = self.token(start)?;
        let plural = first.is_word()
            && !first.is(class::PREP | class::TIME | class::ADV)
            && self.text(start).ends_with('s')
            && self
                .token(start + 1)
                .is_some_and(|t| t.is(class::AUX | class::MODAL));
        let subject = plural
            || first.is(class::PRON | class::DET | class::POSS)
            || first.capital
            || first.is_word() && matches!(self.text(start), "there" | "it");
        if !subject || first.quoted || start >= limit || first.is(class::PREP) {
            return None;
        }
        let verb = (start + 1..(start + 9).min(self.r.p.sentence_tokens(cue.sentence).end)).find(
            |&i| {
                let t = &self.r.p.tokens[i];
                t.is(class::AUX | class::MODAL)
                    || self.text(i).ends_with("ed") && t.is_word()
                    || t.is_punct(",")
            },
        )?;
        (!self.r.p.tokens[verb].is_punct(",")).then_some(start)
    }

    /// `Aucune usine ne sera fermée, a promis la dirigeante.`, `..., Dincel
    /// estimates.`: the clause before the reporting one.
    fn before(&self, cue: &Cue, sentence: &Range<usize>) -> Option<Range<usize>> {
        let tokens = &self.r.p.tokens;
        if cue.form != Form::Finite || cue.strength < 2 {
            return None;
        }
        let subject = self.subject(cue, sentence)?;
        let mention = &self.r.mentions[subject];
        let first = cue.first.min(mention.range.start);
        let comma = first.checked_sub(1).filter(|&i| i > sentence.start)?;
        if !tokens[comma].is_punct(",") {
            return None;
        }
        let colon = (sentence.start..comma)
            .rev()
            .find(|&i| tokens[i].is_punct(":"));
        let start = colon.map_or(sentence.start, |i| i + 1);
        let has_number = tokens[start..comma].iter().any(|t| t.kind == Kind::Number);
        // A person's words are reported so, and what a body announces; what ends
        // in `officials said`, or is a number, is a fact.
        let counts = match mention.what {
            What::Person => true,
            What::Role(RoleKind::Person) => !mention.indefinite,
            What::Role(RoleKind::Group) => {
                !mention.plural && !mention.indefinite && !has_number && self.r.lang == Lang::FR
            }
            What::Pronoun => colon.is_some(),
            _ => false,
        };
        if !counts {
            return None;
        }
        let quoted = tokens[start..comma]
            .iter()
            .any(|t| matches!(t.kind, Kind::Open(_) | Kind::Close(_)));
        let ends = cue.last.max(mention.range.end) + 6 >= sentence.end;
        (!quoted && ends).then_some(start..comma)
    }

    /// `Selon lui, ...`: a phrase at the head of a sentence without quotation.
    fn phrases(&self, used: &Uses) -> Vec<Reported> {
        let mut found = Vec::new();
        for phrase in &self.r.phrases {
            let Some(token) = self.token(phrase.first) else {
                continue;
            };
            let sentence = self.r.p.sentence_tokens(token.sentence);
            if phrase.quoted
                || phrase.strength < 3
                || phrase.takes != Takes::Name
                || used.contains_key(&phrase.first)
                || phrase.first != sentence.start
            {
                continue;
            }
            let Some((number, _)) = self.r.mentions_in(phrase.last + 1..phrase.last + 3).next()
            else {
                continue;
            };
            let mention = &self.r.mentions[number];
            let start = mention.range.end;
            if !matches!(mention.what, What::Person | What::Pronoun)
                || !self.token(start).is_some_and(|t| t.is_punct(","))
            {
                continue;
            }
            let (end, quoted) = self.clause_end(start + 1, sentence.end);
            if quoted {
                continue;
            }
            found.push(Reported {
                clause: start + 1..end,
                mention: number,
                verb: self.r.p.slice(phrase.first..phrase.last + 1).to_owned(),
                confidence: 0.7,
            });
        }
        found
    }

    /// Where a reported clause ends: with its sentence, before a quotation, before
    /// a gerund or another clause set off by a comma. Also whether a quotation ended it.
    fn clause_end(&self, start: usize, limit: usize) -> (usize, bool) {
        let tokens = &self.r.p.tokens;
        let mut end = limit;
        let mut quoted = false;
        for (at, token) in self.within(start..limit) {
            if matches!(token.kind, Kind::Open(_) | Kind::Close(_)) {
                quoted = true;
                end = at;
                break;
            }
            if token.is_punct(";:") || at > start + 3 && self.is_adverse(at) {
                end = at;
                break;
            }
            if token.is_punct(",") {
                let next = at + 1;
                let reports = self
                    .r
                    .cues_in(next..next + 1)
                    .iter()
                    .any(|c| c.form != Form::Infinitive);
                let gerund = self.text(next).ends_with("ant") && self.r.lang == Lang::FR;
                if reports || gerund || matches!(self.text(next), "selon" | "according") {
                    end = at;
                    break;
                }
            }
        }
        // `que X et que « Y »`: the joining words belong to neither.
        while end > start
            && (!tokens[end - 1].is_word() && tokens[end - 1].kind != Kind::Number
                || tokens[end - 1].is(class::CONJ | class::SUB)
                || matches!(self.text(end - 1), "que" | "qu'" | "qu’" | "that"))
            && !tokens[end - 1].is_punct(")]%€$")
        {
            end -= 1;
        }
        (end, quoted)
    }

    /// `sans que`, `alors que`, `tandis que`: the paper's own clause begins.
    fn is_adverse(&self, at: usize) -> bool {
        matches!(self.text(at), "sans" | "alors" | "tandis")
            && matches!(self.text(at + 1), "que" | "qu'" | "qu’")
    }

    fn span(&self, clause: &Range<usize>) -> Option<Span<crate::span::Clean>> {
        let first = self.token(clause.start)?;
        let last = self.token(clause.end.checked_sub(1)?)?;
        (first.start < last.end).then(|| Span::new(first.start, last.end))
    }
}
