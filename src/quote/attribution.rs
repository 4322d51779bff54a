//! Which cue and which mention a quotation hangs on.
//!
//! The narrative of the quotation's sentences is read on both sides of its marks.
//! In order of trust: a reporting clause that follows at once (`», a déclaré X`,
//! `,” said X`, `,” X said`), a phrase (`selon X`), a reporting verb before
//! (`X said that “`, `X accuse Y d'une «`), a clause at the sentence's end (`, a
//! annoncé X.`), what stands before a colon. What none of them tells is left to
//! the speaker of the quotation before.

use super::cues::{Cue, Form, Phrase, Takes};
use super::lexicon::{RoleKind, class};
use super::mentions::{Mention, What};
use super::tokens::{Kind, Paragraph};
use crate::document::Lang;

/// A paragraph with all that was found in it.
pub(crate) struct Reading<'d> {
    pub(crate) p: Paragraph<'d>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) mentions: Vec<Mention>,
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

    /// `», a déclaré X`, `,” said X`, `,” X said`, `», selon X`.
    fn clause_after(&self, at: Place) -> Option<Attribution> {
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
            if comma && cue.strength >= 2 {
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
            && tokens
                .get(gap.clone())
                .is_some_and(|g| g.iter().all(|t| t.is_word() && !t.is(class::AUX | class::SUB)));
        (direct && mention.range.end <= cue.first && (described || self.is_insertion(gap)))
            .then(|| self.by_cue(Tie::Clause, cue, Some(number)))
    }

    /// `», s'étrangle Salvatore Locatelli`, `», sourit-elle`: after a French quotation
    /// and its comma a verb before its subject reports, whatever verb it is.
    fn clause_by_place(&self, start: usize, right: usize) -> Option<Attribution> {
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
    fn closes_clause(&self, mention: usize) -> bool {
        let next = self.p.tokens.get(self.mentions[mention].range.end);
        next.is_none_or(|t| !t.is(class::AUX | class::MODAL | class::BE))
    }

    /// Where a clause with this verb begins, over object pronouns and adverbs
    /// that go before it (`l'a-t-il`, `also said`).
    fn clause_start(&self, cue: &Cue) -> usize {
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
    fn is_insertion(&self, gap: std::ops::Range<usize>) -> bool {
        if gap.len() > 30 {
            return false;
        }
        let tokens = &self.p.tokens[gap];
        if tokens
            .iter()
            .any(|t| t.is_punct(";:.?!") || matches!(t.kind, Kind::Open(_) | Kind::Close(_)))
        {
            return false;
        }
        let plain = |t: &super::tokens::Token| {
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
            // `peut-on lire dans un communiqué`: the paper speaks.
            return self
                .mentions_in(pronoun..pronoun + 1)
                .next()
                .or_else(|| {
                    self.mentions_in(cue.last + 1..right)
                        .find(|(_, m)| m.what == What::Role(RoleKind::Voice))
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
                .any(|t| t.is_punct(".;:?!") || matches!(t.kind, Kind::Open(_) | Kind::Close(_)))
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
        let impersonal = |t: &super::tokens::Token| {
            t.is(class::PRON) && !t.is(class::MASC | class::FEM | class::PLURAL | class::NEUTER)
        };
        if before > left && impersonal(&tokens[before - 1]) {
            return None;
        }
        // `X, qui a dit`: the antecedent, whatever stands before it.
        if before > left && tokens[before - 1].is(class::REL) && !tokens[before - 1].is(class::SUB)
        {
            return candidates(before)
                .find(|(_, m)| !matches!(m.what, What::Other | What::Place))
                .map(|(n, _)| n);
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
                    && matches!(m.what, What::Person | What::Role(RoleKind::Person))
            })
            && !tokens[self.mentions[number].range.end..before].iter().any(|t| {
                t.is(class::AUX | class::MODAL) || t.word.is_some_and(|w| w.verbs.iter().any(|(_, f)| f.finite && !f.infinitive && !f.participle))
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
    fn in_relative(&self, mention: &Mention, left: usize) -> bool {
        self.p.tokens[left..mention.range.start]
            .iter()
            .rev()
            .take_while(|t| !t.is_punct(",;:."))
            .any(|t| t.is(class::REL) && !t.is(class::SUB))
    }

    fn subject(&self, cue: &Cue, left: usize, right: usize) -> Option<usize> {
        if cue.pronoun.is_some() {
            return self.inverted_subject(cue, right);
        }
        let start = self.clause_start(cue);
        let tokens = &self.p.tokens;
        let after_comma = start == left
            || tokens
                .get(start.wrapping_sub(1))
                .is_some_and(|t| t.is_punct(",—–-") || matches!(t.kind, Kind::Close(_)));
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

    /// A reporting verb or phrase before the quotation.
    fn before(&self, at: Place) -> Option<Attribution> {
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
            let near = at.open - phrase.last <= if colon { 24 } else { 12 };
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
        if subject.is_some_and(|n| self.mentions[n].what == What::Other)
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
    fn owner_after(&self, at: Place) -> Option<usize> {
        let link = at.close + 1;
        let links = self.p.tokens.get(link).is_some_and(|t| t.is(class::PREP));
        self.mentions_in(link..at.right.min(link + 2))
            .next()
            .filter(|_| links)
            .map(|(number, _)| number)
    }

    /// The verb before a quotation that it hangs on: the nearest one that says so
    /// by itself and reaches it, else a weaker or an infinitive one.
    fn nearest_cue(&self, at: Place) -> Option<&Cue> {
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
    fn phrase_begins_clause(&self, phrase: &Phrase, left: usize) -> bool {
        phrase.first == left || self.p.tokens[phrase.first - 1].is_punct(",;:")
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
                .mentions_in(phrase.last + 1..right.min(phrase.last + 4))
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

    /// `..., a annoncé X.`, `..., X said.` at the sentence's end.
    fn tail(&self, at: Place) -> Option<Attribution> {
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
