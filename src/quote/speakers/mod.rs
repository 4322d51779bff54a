//! Who the mentions are: the people and bodies of one document.
//!
//! Names are gathered first, so that `M. Beaucage` finds `Denis Beaucage` even
//! where the full name comes later; then the mentions are resolved in reading
//! order. A noun for a person goes to whoever the article calls so (`la
//! dirigeante`, `le chef de la diplomatie`), scored by shared words; a pronoun to
//! the nearest person that agrees in gender and number, the speaker of the
//! quotation before and subjects first. What cannot be tied to a name stands for
//! itself: `le maire`, `a receptionist`.

mod pronouns;
mod roles;
mod terms;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::attribution::Reading;
use super::lexicon::{Gender, Lexicon, RoleKind, class};
use super::mentions::{Mention, What};
use super::name_key::{Key, Keys, agree};
use crate::document::Lang;
use roles::Description;
use terms::{TermSet, Terms};

/// A person or body of the article.
#[derive(Debug, Clone)]
pub(crate) struct Figure<'d> {
    /// The fullest name the article gives.
    pub(crate) name: &'d str,
    pub(crate) key: Key,
    /// The key of the letters that stand for the name.
    alias: Option<Key>,
    pub(crate) gender: Gender,
    pub(crate) is_person: bool,
    pub(crate) plural: bool,
    /// Has a name of its own, rather than only a role.
    named: bool,
    /// No person or body: only grammar made it a speaker.
    thing: bool,
    /// Named by a word that may be a person's: `Hallam`, before `Pete Hallam`.
    loose: bool,
    /// The states its roles say it is of.
    states: TermSet,
    /// The first word of each of its roles.
    heads: TermSet,
    /// The state it is, for a name of one.
    is_state: bool,
    /// Words that say what it is.
    roles: TermSet,
}

impl<'d> Figure<'d> {
    /// Somebody or something of whom nothing but a name is known.
    fn called(name: &'d str, key: Key) -> Self {
        Self {
            name,
            key,
            alias: None,
            gender: Gender::Unknown,
            is_person: false,
            plural: false,
            named: false,
            thing: false,
            loose: false,
            states: TermSet::default(),
            heads: TermSet::default(),
            is_state: false,
            roles: TermSet::default(),
        }
    }
}

/// Where a figure was mentioned.
#[derive(Debug, Clone, Copy)]
struct Occurrence {
    offset: usize,
    paragraph: usize,
    /// Of its paragraph.
    sentence: usize,
    figure: usize,
    subject: bool,
    /// Follows a preposition.
    oblique: bool,
    /// Of the words it was mentioned with, where they tell.
    gender: Gender,
}

/// The speaker of the quotation before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Before {
    pub(crate) figure: usize,
    /// Whether it stands in the same paragraph.
    pub(crate) near: bool,
    /// Where it ends in the text.
    pub(crate) end: usize,
}

/// The figure of all things: what only grammar makes a speaker gets one of its own
/// where it is one, see [`Cast::speaker`].
const THING: usize = 0;

/// The figures of a document and who each mention is.
pub(crate) struct Cast<'d> {
    pub(crate) figures: Vec<Figure<'d>>,
    pub(crate) keys: Keys<'d>,
    /// By paragraph and mention.
    resolved: Vec<Vec<Option<usize>>>,
    occurrences: Vec<Occurrence>,
    terms: Terms<'d>,
    /// The words of a role, while it is read.
    plain: Vec<Cow<'d, str>>,
}

/// What speaks for each gender.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    masculine: u32,
    feminine: u32,
}

impl Votes {
    fn add(&mut self, gender: Gender) {
        self.masculine += u32::from(gender != Gender::Feminine);
        self.feminine += u32::from(gender != Gender::Masculine);
    }

    fn may_be(self, gender: Gender) -> bool {
        match gender {
            Gender::Masculine => self.masculine > 0,
            Gender::Feminine => self.feminine > 0,
            Gender::Unknown => true,
        }
    }

    /// The gender all agree on.
    fn verdict(self) -> Gender {
        match (self.masculine, self.feminine) {
            (0, 1..) => Gender::Feminine,
            (1.., 0) => Gender::Masculine,
            _ => Gender::Unknown,
        }
    }
}

/// A mention is compared with at most this many of the first and of the last
/// figures: more than an article has, and a bound for a whole book on one line.
const WINDOW: usize = 400;

/// A name that comes after its description is looked for over this many tokens,
/// some five sentences.
const LOOK_AHEAD: usize = 150;

/// Pronouns reach back over at most this many mentions.
const REACH: usize = 14;

impl<'d> Cast<'d> {
    /// Who each mention is.
    pub(crate) fn build(readings: &[Reading<'d>], lexicon: &Lexicon, keys: Keys<'d>) -> Self {
        let mut cast = Self::named(readings, keys);
        cast.describe_named(readings, lexicon);
        cast.genders_from_pronouns(readings);
        for (p, reading) in readings.iter().enumerate() {
            for (m, mention) in reading.mentions.iter().enumerate() {
                let figure = match cast.resolved[p][m] {
                    Some(figure) => Some(figure),
                    None => cast.resolve(reading, p, mention, None, lexicon),
                };
                cast.resolved[p][m] = figure;
                if let (Some(figure), Some(token)) =
                    (figure, reading.p.tokens.get(mention.range.start))
                {
                    cast.occurrences.push(Occurrence {
                        offset: token.start(),
                        paragraph: p,
                        sentence: token.sentence(),
                        figure,
                        subject: is_subject(reading, mention),
                        oblique: mention.oblique,
                        gender: mention.gender,
                    });
                }
            }
        }
        cast
    }

    /// The figure of a mention.
    pub(crate) fn figure(&self, paragraph: usize, mention: usize) -> Option<&Figure<'d>> {
        let number = *self.resolved.get(paragraph)?.get(mention)?;
        self.figures.get(number?)
    }

    /// The figures that have names.
    pub(crate) fn named(readings: &[Reading<'d>], mut keys: Keys<'d>) -> Self {
        let mentions = readings.iter().map(|r| r.mentions.len()).sum();
        // Some names and roles come again.
        keys.reserve(mentions / 2);
        let mut figures = Vec::with_capacity(1 + mentions / 2);
        figures.push(Figure {
            thing: true,
            ..Figure::called("", Key::from(""))
        });
        let mut cast = Cast {
            figures,
            keys,
            resolved: readings
                .iter()
                .map(|r| vec![None; r.mentions.len()])
                .collect(),
            occurrences: Vec::with_capacity(mentions),
            terms: Terms::of(mentions),
            plain: Vec::new(),
        };
        for (p, reading) in readings.iter().enumerate() {
            for (m, mention) in reading.mentions.iter().enumerate() {
                if let Some(name) = &mention.name {
                    let alias = mention
                        .alias
                        .and_then(|at| reading.p.tokens.get(at as usize));
                    let alias = alias.map(|token| cast.keys.of(token.of(reading.p.text)));
                    let name = reading.p.slice(name.clone());
                    cast.resolved[p][m] = Some(cast.name(mention, name, alias));
                }
            }
        }
        cast
    }

    /// Learns what the mentions of names call their figures.
    fn describe_named(&mut self, readings: &[Reading<'d>], lexicon: &Lexicon) {
        for (p, reading) in readings.iter().enumerate() {
            for (m, mention) in reading.mentions.iter().enumerate() {
                if let Some(figure) = self.resolved[p][m]
                    && !mention.roles.is_empty()
                {
                    let called = self.describe(reading, mention, lexicon);
                    self.learn(figure, &called);
                }
            }
        }
    }

    /// `Khady Sène, who has been there since she was 19`: a first name no table
    /// knows gets its gender from the pronouns that can only mean who bears it.
    fn genders_from_pronouns(&mut self, readings: &[Reading<'_>]) {
        let mut votes: BTreeMap<usize, Votes> = BTreeMap::new();
        for (p, reading) in readings.iter().enumerate() {
            let mut subject: Option<(usize, usize)> = None;
            let mut others = Votes::default();
            for (m, mention) in reading.mentions.iter().enumerate() {
                let Some(token) = reading.p.tokens.get(mention.range.start) else {
                    continue;
                };
                let figure = self.resolved[p][m].filter(|&f| self.figures[f].is_person);
                match (mention.what, figure) {
                    (What::Person, Some(figure)) => {
                        if is_subject(reading, mention) {
                            subject = Some((figure, token.sentence()));
                            others = Votes::default();
                        } else if subject.is_none_or(|(known, _)| known != figure) {
                            others.add(self.figures[figure].gender);
                        }
                    }
                    (What::Role(RoleKind::Person), _) => others.add(mention.gender),
                    (What::Pronoun, _) if !mention.plural => {
                        // `il faut`, `il y a`: the bare masculine is often nobody.
                        let bare = reading.lang == Lang::FR
                            && mention.gender == Gender::Masculine
                            && !token.of(reading.p.text).starts_with('-');
                        if let Some((figure, sentence)) = subject
                            && token.sentence() <= sentence + 1
                            && !bare
                            && !others.may_be(mention.gender)
                        {
                            votes.entry(figure).or_default().add(mention.gender);
                        }
                    }
                    _ => {}
                }
            }
        }
        for (figure, votes) in votes {
            let figure = &mut self.figures[figure];
            if figure.gender == Gender::Unknown {
                figure.gender = votes.verdict();
            }
        }
    }

    /// The figures a mention is compared with, by number.
    fn window(&self) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let count = self.figures.len();
        let first = WINDOW.min(count);
        (0..first).chain(first.max(count.saturating_sub(WINDOW))..count)
    }

    /// The last of these figures of which something holds.
    fn last(&self, holds: impl Fn(&Figure<'d>) -> bool) -> Option<usize> {
        let count = self.figures.len();
        let first = WINDOW.min(count);
        let rest = first.max(count.saturating_sub(WINDOW));
        let of = |range: Range<usize>| {
            let figures = self.figures.get(range.clone())?;
            Some(range.start + figures.iter().rposition(&holds)?)
        };
        of(rest..count).or_else(|| of(0..first))
    }

    /// Who was mentioned before an offset, the nearest first.
    fn occurrences_before(&self, offset: usize) -> impl Iterator<Item = &Occurrence> {
        let count = self.occurrences.partition_point(|o| o.offset < offset);
        self.occurrences[..count].iter().rev()
    }

    /// Who a mention is when the speaker of the quotation before is known.
    pub(crate) fn speaker(
        &mut self,
        reading: &Reading<'d>,
        paragraph: usize,
        mention: usize,
        previous: Option<Before>,
        lexicon: &Lexicon,
    ) -> Option<usize> {
        let m = &reading.mentions[mention];
        // A thing is nobody the article names: it stands for itself.
        if m.what == What::Other {
            return Some(self.own(reading, m, Description::default()));
        }
        let paper = m.what == What::Role(RoleKind::Voice);
        if paper || m.what == What::Pronoun && previous.is_some() {
            return self
                .resolve(reading, paragraph, m, previous, lexicon)
                .or(self.resolved[paragraph][mention]);
        }
        self.resolved[paragraph][mention]
    }

    /// The figure of a name, known or new.
    fn name(&mut self, mention: &Mention, name: &'d str, alias: Option<Key>) -> usize {
        let key = match mention.state {
            Some(state) => Key::from(state),
            None => self.keys.of(name),
        };
        let is_person = mention.what == What::Person
            && (without_article(name).contains(' ')
                || mention.gender != Gender::Unknown
                || !mention.roles.is_empty());
        let number = self
            .last(|f| {
                f.key == key
                    || f.alias.as_ref() == Some(&key)
                    || alias.as_ref() == Some(&f.key)
                    || mention.what == What::Person
                        && (f.is_person || f.loose && is_person)
                        && f.key.may_agree(&key)
                        && (agree(&f.key, &key)
                            || given_name(&f.key, &key)
                            || given_name(&key, &f.key))
            })
            .unwrap_or_else(|| {
                self.figures.push(Figure {
                    is_person,
                    plural: mention.plural,
                    named: true,
                    loose: mention.what == What::Person,
                    is_state: mention.state.is_some(),
                    ..Figure::called(name, key.clone())
                });
                self.figures.len() - 1
            });
        let figure = &mut self.figures[number];
        let fuller = || key.split(' ').count() > figure.key.split(' ').count();
        if key != figure.key && fuller() || initials(figure.name) > initials(name) {
            figure.name = name;
            figure.key = key;
        }
        if alias.is_some() {
            figure.alias = alias;
        }
        figure.is_person |= is_person;
        if figure.gender == Gender::Unknown {
            figure.gender = mention.gender;
        }
        number
    }

    fn resolve(
        &mut self,
        reading: &Reading<'d>,
        paragraph: usize,
        mention: &Mention,
        previous: Option<Before>,
        lexicon: &Lexicon,
    ) -> Option<usize> {
        let offset = reading.p.tokens.get(mention.range.start)?.start();
        match mention.what {
            What::Pronoun => self.pronoun(reading, mention, paragraph, previous),
            What::Role(RoleKind::Voice) => self
                .issuer(reading, paragraph, mention)
                .or(previous.filter(|p| p.near).map(|p| p.figure))
                .or_else(|| self.recent_body(offset, paragraph))
                .or_else(|| {
                    let called = self.describe(reading, mention, lexicon);
                    Some(self.own(reading, mention, called))
                }),
            What::Other => Some(THING),
            What::Role(_) => {
                let called = self.describe(reading, mention, lexicon);
                let known = if mention.indefinite {
                    None
                } else {
                    self.by_role(mention, &called)
                        .or_else(|| self.by_recency(reading, mention, offset, paragraph))
                        .or_else(|| self.only_person(reading, mention, offset, paragraph))
                        .or_else(|| self.named_later(reading, mention, paragraph))
                };
                if let Some(figure) = known {
                    self.learn(figure, &called);
                }
                Some(known.unwrap_or_else(|| self.own(reading, mention, called)))
            }
            What::Person | What::Body | What::State | What::Place => None,
        }
    }

    /// The figure a mention stands for when it names nobody else.
    fn own(&mut self, reading: &Reading<'d>, mention: &Mention, called: Description) -> usize {
        let mut shown = mention.shown.clone();
        while shown.len() > 1 && reading.p.tokens[shown.start].is(class::DET) {
            shown.start += 1;
        }
        let name = reading.p.slice(shown);
        let key = self.keys.of(name);
        if !mention.indefinite
            && let Some(known) = self.last(|figure| figure.key == key)
        {
            return known;
        }
        self.figures.push(Figure {
            gender: mention.gender,
            is_person: matches!(mention.what, What::Role(RoleKind::Person)),
            plural: mention.plural,
            thing: mention.what == What::Other,
            states: called.states,
            heads: called.heads,
            roles: called.words,
            ..Figure::called(name, key)
        });
        self.figures.len() - 1
    }

    /// A figure is from now on also what a mention called it.
    fn learn(&mut self, figure: usize, called: &Description) {
        let figure = &mut self.figures[figure];
        figure.roles.extend(&called.words);
        figure.states.extend(&called.states);
        figure.heads.extend(&called.heads);
    }
}

/// Whether one key is only the given name of the other: `owen`, `owen prydderch`.
fn given_name(full: &str, given: &str) -> bool {
    full.strip_prefix(given)
        .is_some_and(|rest| rest.starts_with(' '))
        && !given.contains(' ')
}

/// A name without the article it begins with: `Le Télégramme` is one word.
fn without_article(name: &str) -> &str {
    ["Le ", "La ", "Les ", "The "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}

/// How many of a name's words are cut to a letter.
fn initials(name: &str) -> usize {
    name.matches('.').count()
}

/// Whether a mention begins its clause.
fn is_subject(reading: &Reading<'_>, mention: &Mention) -> bool {
    if mention.oblique {
        return false;
    }
    let start = mention.range.start;
    reading.p.begins_sentence(start)
        || start.checked_sub(1).is_some_and(|b| {
            let t = &reading.p.tokens[b];
            !t.is_word() || t.is(class::CONJ | class::SUB | class::REL)
        })
}
