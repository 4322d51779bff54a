//! Nouns for people and bodies: `la dirigeante`, `le chef de la diplomatie`, `the
//! driver`. By the words that the article has used of somebody, else by who was
//! named last.

use std::borrow::Cow;

use super::terms::{TermSet, Terms};
use super::{Cast, Figure, LOOK_AHEAD, REACH};
use crate::document::Lang;
use crate::quote::attribution::Reading;
use crate::quote::lexicon::{GoesTo, Lexicon, RoleKind, class};
use crate::quote::mentions::{Mention, What};
use crate::quote::name_key::{plain, role_words};
use crate::quote::tokens::Token;

/// What the roles of a mention say of somebody.
#[derive(Debug, Default)]
pub(super) struct Description {
    /// The words by which roles are compared, see [`Terms`].
    pub(super) words: TermSet,
    /// The first word of the first role.
    head: Option<u32>,
    /// The first word of each role.
    pub(super) heads: TermSet,
    /// The states that the roles name or describe by an adjective.
    pub(super) states: TermSet,
}

impl<'d> Cast<'d> {
    /// Reads the roles of a mention.
    pub(super) fn describe(
        &mut self,
        reading: &Reading<'d>,
        mention: &Mention,
        lexicon: &Lexicon,
    ) -> Description {
        let mut found = Description::default();
        let mut plain = std::mem::take(&mut self.plain);
        for (number, role) in mention.roles.iter().enumerate() {
            let tokens = reading.p.tokens.get(role).unwrap_or_default();
            plain.clear();
            plain.extend(tokens.iter().map(|t| plain_token(reading, t)));
            let known = role_words(&plain);
            let head = match known {
                Some((_, form)) => form.split(' ').next().map(|w| Cow::Borrowed(stem(w))),
                None => plain.first().map(stem_of),
            };
            let head = head.map(|word| self.terms.number(word));
            if let Some(head) = head {
                found.heads.insert(head);
            }
            if number == 0 {
                found.head = head;
            }
            let words = Words {
                text: reading.p.text,
                tokens,
                plain: &plain,
                lexicon,
            };
            words.number(known, &mut self.terms, &mut found.words);
            let states = tokens
                .iter()
                .filter(|t| t.traits.state || t.traits.demonym)
                .filter_map(|t| t.word);
            for state in states.filter_map(|w| w.state.or(w.demonym_of)) {
                let state = self.terms.number(Cow::Borrowed(state));
                found.states.insert(state);
            }
        }
        self.plain = plain;
        found
    }

    /// Whoever the article calls so.
    pub(super) fn by_role(&self, mention: &Mention, called: &Description) -> Option<usize> {
        if mention.plural || mention.what == What::Other || mention.possessed {
            return None;
        }
        let head = called.head?;
        let Description { words, states, .. } = called;
        let mut best: Option<(i32, usize)> = None;
        for number in self.window() {
            let figure = &self.figures[number];
            let person = mention.what == What::Role(RoleKind::Person);
            if figure.thing
                || figure.is_person != person
                || person && !figure.named
                || !figure.gender.agrees(mention.gender)
                // `le chef d'Etat français` is nobody's who is called Azerbaijani.
                || !states.is_empty()
                    && !figure.states.is_empty()
                    && states.shared(&figure.states) == 0
            {
                continue;
            }
            let shared = words.shared(&figure.roles) as i32;
            let has_head = figure.heads.contains(head);
            // `le président russe` is not `le président français`.
            let other = words.len() as i32 - shared;
            let score = 2 * i32::from(has_head) + 2 * shared - other;
            let needed = if words.len() == 1 { 2 } else { 3 };
            // `les séparatistes` are not `le front séparatiste`.
            let is_it = person || has_head;
            if shared > 0 && is_it && score >= needed && best.is_none_or(|(s, _)| score >= s) {
                best = Some((score, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// Nobody is called so, but the noun goes back to somebody just named: `the
    /// fisherman` of whom nothing else is known, `le Danois`, `la dirigeante`,
    /// `cet ancien bâtonnier`, `l'établissement`, `le pays`.
    pub(super) fn by_recency(
        &self,
        reading: &Reading<'_>,
        mention: &Mention,
        offset: usize,
        paragraph: usize,
    ) -> Option<usize> {
        let role = reading.p.tokens.get(mention.roles.first()?)?;
        // `The boy's mother` is whoever is that to the boy.
        if mention.possessed || role.iter().any(|t| t.is(class::GENITIVE)) {
            return None;
        }
        let head = role
            .iter()
            .find_map(|t| t.word.filter(|w| w.role.is_some() || w.demonym))?;
        let nationality = role.iter().any(|t| t.traits.demonym);
        let alone = role.len() <= 1 + usize::from(nationality || reading.lang == Lang::EN);
        // `la magistrate` is who was called a judge, not a witness.
        let fits = |f: &Figure<'_>| {
            head.of.is_empty()
                || f.roles.is_empty()
                || head
                    .of
                    .split(' ')
                    .filter_map(|stem| self.terms.known(stem))
                    .any(|stem| f.roles.contains(stem))
        };
        let goes_to = match mention.what {
            What::Role(RoleKind::Person) => GoesTo::Person,
            What::Role(RoleKind::Group) => head.goes_to.filter(|_| alone)?,
            _ => return None,
        };
        // Who is known to be something else is meant by a general noun only.
        let general = mention.pointing || head.goes_to.is_some() && alone || head.demonym;
        let reach = if general || nationality { 2 } else { 0 };
        self.occurrences_before(offset)
            .take(REACH)
            .filter(|o| o.paragraph + reach >= paragraph)
            .find(|o| {
                let f = &self.figures[o.figure];
                let kind = match goes_to {
                    GoesTo::Person => f.is_person,
                    GoesTo::Body => !f.is_person && !f.is_state && !f.thing,
                    GoesTo::State => f.is_state && o.subject,
                };
                kind && (f.named || goes_to == GoesTo::Body)
                    && (f.gender.agrees(mention.gender) || goes_to != GoesTo::Person)
                    && (general || f.roles.is_empty())
                    && (mention.pointing || fits(f))
                    && (!nationality || f.states.is_empty())
            })
            .map(|o| o.figure)
    }

    /// `Lahsen Ouchrif has driven the bus for 22 years. ... the driver said`: the
    /// one person named shortly before of whom nothing is known.
    pub(super) fn only_person(
        &self,
        reading: &Reading<'_>,
        mention: &Mention,
        offset: usize,
        paragraph: usize,
    ) -> Option<usize> {
        let role = mention.roles.first()?;
        let definite = mention.what == What::Role(RoleKind::Person)
            && !mention.plural
            && !mention.possessed
            && role.len() <= 2
            && reading
                .p
                .tokens
                .get(mention.range.start)
                .is_some_and(|t| t.is(class::DET));
        if !definite {
            return None;
        }
        let mut people = self
            .occurrences_before(offset)
            .take(REACH)
            .filter(|o| o.paragraph + 2 >= paragraph)
            .filter(|o| {
                let f = &self.figures[o.figure];
                f.is_person && f.named
            })
            .map(|o| o.figure);
        let first = people.next()?;
        let f = &self.figures[first];
        (f.roles.is_empty() && f.gender.agrees(mention.gender) && people.all(|p| p == first))
            .then_some(first)
    }

    /// `le Premier ministre arménien, qui` whose name comes later in the paragraph.
    pub(super) fn named_later(
        &self,
        reading: &Reading<'_>,
        mention: &Mention,
        paragraph: usize,
    ) -> Option<usize> {
        let describes = mention.what == What::Role(RoleKind::Person)
            && !mention.possessed
            && mention
                .roles
                .iter()
                .any(|r| reading.p.tokens[r].iter().any(|t| t.traits.demonym));
        if !describes || mention.plural {
            return None;
        }
        let after = mention.range.end;
        reading
            .mentions_in(after..after + LOOK_AHEAD)
            .filter(|(_, m)| m.name.is_some())
            .filter_map(|(number, _)| self.resolved[paragraph][number])
            .find(|&f| {
                let f = &self.figures[f];
                f.is_person && f.named && f.roles.is_empty() && f.gender.agrees(mention.gender)
            })
    }
}

/// The words of a role.
struct Words<'w, 'd> {
    text: &'d str,
    tokens: &'w [Token],
    plain: &'w [Cow<'d, str>],
    lexicon: &'w Lexicon,
}

impl<'d> Words<'_, 'd> {
    /// The words by which the role is compared: states by their key, roles and
    /// institutions by what stands for them in keys (`chef de l'Etat` is a president),
    /// others by their stem. `known` is what stands for the first words.
    fn number(
        &self,
        mut known: Option<(usize, &'static str)>,
        terms: &mut Terms<'d>,
        into: &mut TermSet,
    ) {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            if at > 0 {
                known = role_words(&self.plain[at..]);
            }
            if let Some((length, form)) = known {
                for word in form.split(' ') {
                    into.insert(terms.number(Cow::Borrowed(stem(word))));
                }
                at += length;
                continue;
            }
            let function =
                token.is(class::DET | class::PREP | class::CONJ | class::GENITIVE | class::REL)
                    || token.is(class::TITLE) && token.word.is_some_and(|w| w.role.is_none());
            if token.is_word() && !function {
                let word = self.state(token).map(Cow::Borrowed);
                into.insert(terms.number(word.unwrap_or_else(|| stem_of(&self.plain[at]))));
            }
            at += 1;
        }
    }

    fn state(&self, token: &Token) -> Option<&'static str> {
        // The token is known without the stop of `U.S.`.
        let text = token.of(self.text);
        if text.ends_with('.') {
            return self.lexicon.word(text)?.state;
        }
        token.word.filter(|_| token.traits.state)?.state
    }
}

/// A token without case, accents and apostrophe.
fn plain_token<'d>(reading: &Reading<'d>, token: &Token) -> Cow<'d, str> {
    match token.word.and_then(|word| word.plain) {
        Some(plain) => Cow::Borrowed(plain),
        None => plain(token.of(reading.p.text).trim_end_matches(['\'', '’', '.'])),
    }
}

/// The first letters of a word that its genders and numbers share: `directeur`,
/// `directrice`.
fn stem(word: &str) -> &str {
    word.char_indices()
        .nth(6)
        .map_or(word, |(end, _)| &word[..end])
}

fn stem_of<'d>(plain: &Cow<'d, str>) -> Cow<'d, str> {
    match plain {
        Cow::Borrowed(word) => Cow::Borrowed(stem(word)),
        Cow::Owned(word) => Cow::Owned(stem(word).to_owned()),
    }
}
