//! Nouns for people and bodies: `la dirigeante`, `le chef de la diplomatie`, `the
//! driver`. By the words that the article has used of somebody, else by who was
//! named last.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Cast, Figure, LOOK_AHEAD, REACH};
use crate::document::Lang;
use crate::quote::attribution::Reading;
use crate::quote::lexicon::{GoesTo, Lexicon, RoleKind, class};
use crate::quote::mentions::{Mention, What};
use crate::quote::name_key::{plain, role_words};
use crate::quote::tokens::Token;

impl Cast {
    /// Whoever the article calls so.
    pub(super) fn by_role(
        &self,
        reading: &Reading<'_>,
        mention: &Mention,
        lexicon: &Lexicon,
    ) -> Option<usize> {
        if mention.plural || mention.what == What::Other || mention.possessed {
            return None;
        }
        let mut words = BTreeSet::new();
        for role in &mention.roles {
            add_words(reading, role.clone(), lexicon, &mut words);
        }
        let head = first_word(reading, mention.roles.first()?.clone())?;
        let states = states(reading, mention);
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
                    && states.is_disjoint(&figure.states)
            {
                continue;
            }
            let shared = words.intersection(&figure.roles).count() as i32;
            let has_head = figure.heads.contains(&head);
            // `le président russe` is not `le président français`.
            let other = words.difference(&figure.roles).count() as i32;
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
        let role = reading.p.tokens.get(mention.roles.first()?.clone())?;
        // `The boy's mother` is whoever is that to the boy.
        if mention.possessed || role.iter().any(|t| t.is(class::GENITIVE)) {
            return None;
        }
        let head = role
            .iter()
            .find_map(|t| t.word.filter(|w| w.role.is_some() || w.demonym))?;
        let nationality = role.iter().any(|t| t.word.is_some_and(|w| w.demonym));
        let alone = role.len() <= 1 + usize::from(nationality || reading.lang == Lang::EN);
        // `la magistrate` is who was called a judge, not a witness.
        let fits = |f: &Figure| {
            head.of.is_empty()
                || f.roles.is_empty()
                || head.of.split(' ').any(|stem| f.roles.contains(stem))
        };
        let goes_to = match mention.what {
            What::Role(RoleKind::Person) => GoesTo::Person,
            What::Role(RoleKind::Group) => head.goes_to.filter(|_| alone)?,
            _ => return None,
        };
        // Who is known to be something else is meant by a general noun only.
        let general = mention.pointing || head.goes_to.is_some() && alone || head.demonym;
        let reach = if general || nationality { 2 } else { 0 };
        let before = self.occurrences.partition_point(|o| o.offset < offset);
        self.occurrences[..before]
            .iter()
            .rev()
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
        let before = self.occurrences.partition_point(|o| o.offset < offset);
        let mut people = self.occurrences[..before]
            .iter()
            .rev()
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
            && mention.roles.iter().any(|r| {
                reading.p.tokens[r.clone()]
                    .iter()
                    .any(|t| t.word.is_some_and(|w| w.demonym))
            });
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

/// The words of a role by which it is compared: states by their key, roles and institutions by what stands for
/// them in keys (`chef de l'Etat` is a president), others by their stem.
pub(super) fn add_words(
    reading: &Reading<'_>,
    role: Range<usize>,
    lexicon: &Lexicon,
    into: &mut BTreeSet<String>,
) {
    let tokens = reading.p.tokens.get(role).unwrap_or_default();
    let plain: Vec<String> = tokens.iter().map(|t| plain_token(reading, t)).collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some((length, form)) = role_words(&plain[at..]) {
            into.extend(form.split(' ').map(stem));
            at += length;
            continue;
        }
        let function =
            token.is(class::DET | class::PREP | class::CONJ | class::GENITIVE | class::REL)
                || token.is(class::TITLE) && token.word.is_some_and(|w| w.role.is_none());
        if token.is_word() && !function {
            let state = lexicon.word(token.of(reading.p.text)).and_then(|w| w.state);
            into.insert(state.map_or_else(|| stem(&plain[at]), str::to_owned));
        }
        at += 1;
    }
}

/// The states that a mention's roles name or describe by an adjective.
pub(super) fn states(reading: &Reading<'_>, mention: &Mention) -> BTreeSet<&'static str> {
    let tokens = |role: &Range<usize>| reading.p.tokens.get(role.clone());
    mention
        .roles
        .iter()
        .filter_map(tokens)
        .flatten()
        .filter_map(|t| t.word?.state.or(t.word?.demonym_of))
        .collect()
}

/// The first word of each of a mention's roles.
pub(super) fn heads(reading: &Reading<'_>, mention: &Mention) -> BTreeSet<String> {
    mention
        .roles
        .iter()
        .filter_map(|role| first_word(reading, role.clone()))
        .collect()
}

/// A token without case, accents and apostrophe.
pub(super) fn plain_token(reading: &Reading<'_>, token: &Token) -> String {
    plain(token.of(reading.p.text).trim_end_matches(['\'', '’', '.']))
}

/// The first of a role's words as they are compared.
pub(super) fn first_word(reading: &Reading<'_>, role: Range<usize>) -> Option<String> {
    let tokens = reading.p.tokens.get(role)?;
    let plain: Vec<String> = tokens.iter().map(|t| plain_token(reading, t)).collect();
    match role_words(&plain) {
        Some((_, form)) => form.split(' ').next().map(stem),
        None => plain.first().map(|w| stem(w)),
    }
}

/// The first letters of a word that its genders and numbers share: `directeur`,
/// `directrice`.
pub(super) fn stem(word: &str) -> String {
    word.chars().take(6).collect()
}
