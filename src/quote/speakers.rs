//! Who the mentions are: the people and bodies of one document.
//!
//! Names are gathered first, so that `M. Beaucage` finds `Denis Beaucage` even
//! where the full name comes later; then the mentions are resolved in reading
//! order. A noun for a person goes to whoever the article calls so (`la
//! dirigeante`, `le chef de la diplomatie`), scored by shared words; a pronoun to
//! the nearest person that agrees in gender and number, the speaker of the
//! quotation before and subjects first. What cannot be tied to a name stands for
//! itself: `le maire`, `a receptionist`.

use std::collections::{BTreeMap, BTreeSet};

use super::attribution::Reading;
use super::lexicon::{Gender, GoesTo, Lexicon, RoleKind, class};
use super::mentions::{Mention, What};
use super::name_key::{agree, name_key, plain, role_words};
use super::tokens::Token;
use crate::document::Lang;

/// A person or body of the article.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// The fullest name the article gives.
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) gender: Gender,
    pub(crate) is_person: bool,
    pub(crate) plural: bool,
    /// Has a name of its own, rather than only a role.
    named: bool,
    /// No person or body: only grammar made it a speaker.
    thing: bool,
    /// Whether its roles say of which state it is.
    has_state: bool,
    /// The state it is, for a name of one.
    is_state: bool,
    /// Words that say what it is, without accents.
    roles: BTreeSet<String>,
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

/// The figures of a document and who each mention is.
pub(crate) struct Cast {
    pub(crate) figures: Vec<Figure>,
    /// By paragraph and mention.
    resolved: Vec<Vec<Option<usize>>>,
    occurrences: Vec<Occurrence>,
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

impl Cast {
    /// Who each mention is.
    pub(crate) fn build(readings: &[Reading<'_>], lexicon: &Lexicon) -> Self {
        let mut cast = Self::named(readings, lexicon);
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
                        offset: token.start,
                        paragraph: p,
                        sentence: token.sentence,
                        figure,
                        subject: is_subject(reading, mention),
                        gender: mention.gender,
                    });
                }
            }
        }
        cast
    }

    /// The figure of a mention.
    pub(crate) fn figure(&self, paragraph: usize, mention: usize) -> Option<&Figure> {
        let number = *self.resolved.get(paragraph)?.get(mention)?;
        self.figures.get(number?)
    }

    /// The figures that have names.
    pub(crate) fn named(readings: &[Reading<'_>], lexicon: &Lexicon) -> Self {
        let mut cast = Cast {
            figures: Vec::new(),
            resolved: readings
                .iter()
                .map(|r| vec![None; r.mentions.len()])
                .collect(),
            occurrences: Vec::new(),
        };
        for (p, reading) in readings.iter().enumerate() {
            for (m, mention) in reading.mentions.iter().enumerate() {
                if let Some(name) = &mention.name {
                    cast.resolved[p][m] =
                        Some(cast.name(reading, mention, reading.p.slice(name.clone()), lexicon));
                }
            }
        }
        cast
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
                            subject = Some((figure, token.sentence));
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
                            && token.sentence <= sentence + 1
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

    /// Who a mention is when the speaker of the quotation before is known.
    pub(crate) fn speaker(
        &mut self,
        reading: &Reading<'_>,
        paragraph: usize,
        mention: usize,
        previous: Option<Before>,
        lexicon: &Lexicon,
    ) -> Option<usize> {
        let m = &reading.mentions[mention];
        let paper = m.what == What::Role(RoleKind::Voice);
        if paper || m.what == What::Pronoun && previous.is_some() {
            return self
                .resolve(reading, paragraph, m, previous, lexicon)
                .or(self.resolved[paragraph][mention]);
        }
        self.resolved[paragraph][mention]
    }

    /// The figure of a name, known or new.
    fn name(
        &mut self,
        reading: &Reading<'_>,
        mention: &Mention,
        name: &str,
        lexicon: &Lexicon,
    ) -> usize {
        let key = match mention.state {
            Some(state) => state.to_owned(),
            None => name_key(name),
        };
        let is_person = mention.what == What::Person
            && (name.contains(' ')
                || mention.gender != Gender::Unknown
                || !mention.roles.is_empty());
        let number = self
            .window()
            .rfind(|&i| {
                let f = &self.figures[i];
                f.key == key
                    || mention.what == What::Person
                        && f.is_person
                        && (agree(&f.key, &key)
                            || given_name(&f.key, &key)
                            || given_name(&key, &f.key))
            })
            .unwrap_or_else(|| {
                self.figures.push(Figure {
                    name: name.to_owned(),
                    key: key.clone(),
                    gender: Gender::Unknown,
                    is_person,
                    plural: mention.plural,
                    named: true,
                    thing: false,
                    has_state: false,
                    is_state: mention.state.is_some(),
                    roles: BTreeSet::new(),
                });
                self.figures.len() - 1
            });
        let figure = &mut self.figures[number];
        if key.split(' ').count() > figure.key.split(' ').count()
            || initials(&figure.name) > initials(name)
        {
            figure.name = name.to_owned();
            figure.key = key;
        }
        figure.is_person |= is_person;
        if figure.gender == Gender::Unknown {
            figure.gender = mention.gender;
        }
        self.learn(number, reading, mention, lexicon);
        number
    }

    fn resolve(
        &mut self,
        reading: &Reading<'_>,
        paragraph: usize,
        mention: &Mention,
        previous: Option<Before>,
        lexicon: &Lexicon,
    ) -> Option<usize> {
        let offset = reading.p.tokens.get(mention.range.start)?.start;
        match mention.what {
            What::Pronoun => self.pronoun(reading, mention, paragraph, previous),
            What::Role(RoleKind::Voice) => self
                .issuer(reading, paragraph, mention)
                .or(previous.filter(|p| p.near).map(|p| p.figure))
                .or_else(|| self.recent_body(offset, paragraph))
                .or_else(|| Some(self.own(reading, mention, lexicon))),
            What::Role(_) | What::Other => {
                let known = if mention.indefinite {
                    None
                } else {
                    self.by_role(reading, mention, lexicon)
                        .or_else(|| self.by_recency(reading, mention, offset, paragraph))
                        .or_else(|| self.only_person(reading, mention, offset, paragraph))
                        .or_else(|| self.named_later(reading, mention, paragraph))
                };
                if let Some(figure) = known {
                    self.learn(figure, reading, mention, lexicon);
                }
                Some(known.unwrap_or_else(|| self.own(reading, mention, lexicon)))
            }
            What::Person | What::Body | What::State | What::Place => None,
        }
    }

    /// `un communiqué du Kremlin`, `a message from King X`: whoever is named in
    /// or right after the paper.
    fn issuer(&self, reading: &Reading<'_>, paragraph: usize, mention: &Mention) -> Option<usize> {
        let tokens = &reading.p.tokens;
        let sentence = tokens.get(mention.range.start)?.sentence;
        let limit = mention.range.end + 6;
        reading
            .mentions_in(mention.range.start + 1..limit + 1)
            .find(|(_, m)| {
                m.range.start > mention.range.start
                    && m.range.start <= limit
                    && m.oblique
                    && tokens[m.range.start].sentence == sentence
                    && matches!(
                        m.what,
                        What::Person | What::Body | What::State | What::Role(_)
                    )
                    && tokens[mention.range.end.min(m.range.start)..m.range.start]
                        .iter()
                        .any(|t| {
                            matches!(
                                t.of(reading.p.text),
                                "du" | "de" | "par" | "from" | "by" | "d'"
                            )
                        })
            })
            .and_then(|(n, _)| self.resolved[paragraph][n])
    }

    /// The figure a mention stands for when it names nobody else.
    fn own(&mut self, reading: &Reading<'_>, mention: &Mention, lexicon: &Lexicon) -> usize {
        let mut shown = mention.shown.clone();
        while shown.len() > 1 && reading.p.tokens[shown.start].is(class::DET) {
            shown.start += 1;
        }
        let name = reading.p.slice(shown).to_owned();
        let key = name_key(&name);
        if !mention.indefinite
            && let Some(known) = self.window().rfind(|&i| self.figures[i].key == key)
        {
            return known;
        }
        let mut roles = BTreeSet::new();
        for role in &mention.roles {
            add_words(reading, role.clone(), lexicon, &mut roles);
        }
        self.figures.push(Figure {
            name,
            key,
            gender: mention.gender,
            is_person: matches!(mention.what, What::Role(RoleKind::Person)),
            plural: mention.plural,
            named: false,
            thing: mention.what == What::Other,
            has_state: false,
            is_state: false,
            roles,
        });
        self.figures.len() - 1
    }

    /// A figure is from now on also what a mention called it.
    fn learn(
        &mut self,
        figure: usize,
        reading: &Reading<'_>,
        mention: &Mention,
        lexicon: &Lexicon,
    ) {
        let figure = &mut self.figures[figure];
        for role in &mention.roles {
            add_words(reading, role.clone(), lexicon, &mut figure.roles);
            figure.has_state |= reading.p.tokens[role.clone()]
                .iter()
                .any(|t| t.word.is_some_and(|w| w.demonym));
        }
    }

    /// Whoever the article calls so.
    fn by_role(
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
        let mut best: Option<(i32, usize)> = None;
        for number in self.window() {
            let figure = &self.figures[number];
            let person = mention.what == What::Role(RoleKind::Person);
            if figure.thing
                || figure.is_person != person
                || person && !figure.named
                || !figure.gender.agrees(mention.gender)
            {
                continue;
            }
            let shared = words.intersection(&figure.roles).count() as i32;
            let has_head = figure.roles.contains(&head);
            // `le président russe` is not `le président français`.
            let other = words.difference(&figure.roles).count() as i32;
            let score = 2 * i32::from(has_head) + 2 * shared - other;
            let needed = if words.len() == 1 { 2 } else { 3 };
            if shared > 0 && score >= needed && best.is_none_or(|(s, _)| score >= s) {
                best = Some((score, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// Nobody is called so, but the noun goes back to somebody just named: `the
    /// fisherman` of whom nothing else is known, `le Danois`, `la dirigeante`,
    /// `cet ancien bâtonnier`, `l'établissement`, `le pays`.
    fn by_recency(
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
                    && !(nationality && f.has_state)
            })
            .map(|o| o.figure)
    }

    /// `Lahsen Ouchrif has driven the bus for 22 years. ... the driver said`: the
    /// one person named shortly before of whom nothing is known.
    fn only_person(
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
    fn named_later(
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

    fn recent_body(&self, offset: usize, paragraph: usize) -> Option<usize> {
        let before = self.occurrences.partition_point(|o| o.offset < offset);
        self.occurrences[..before]
            .iter()
            .rev()
            .take(10 * REACH)
            .filter(|o| o.offset < offset && o.paragraph + 1 >= paragraph)
            .find(|o| !self.figures[o.figure].is_person && o.subject)
            .map(|o| o.figure)
    }

    fn pronoun(
        &self,
        reading: &Reading<'_>,
        mention: &Mention,
        paragraph: usize,
        previous: Option<Before>,
    ) -> Option<usize> {
        let token = reading.p.tokens.get(mention.range.start)?;
        let (offset, sentence) = (token.start, token.sentence);
        let is_english = reading.lang == Lang::EN;
        let must_be_person = mention.pointing || is_english && mention.gender != Gender::Unknown;
        let agrees = |figure: &Figure, gender: Gender| {
            let gender = if figure.gender == Gender::Unknown {
                gender
            } else {
                figure.gender
            };
            gender.agrees(mention.gender)
                && figure.plural == mention.plural
                && !figure.thing
                && (figure.is_person || !must_be_person)
        };
        let mut best: Option<(i32, usize)> = None;
        let before = self.occurrences.partition_point(|o| o.offset < offset);
        for (distance, o) in self.occurrences[..before]
            .iter()
            .rev()
            .filter(|o| !self.figures[o.figure].thing)
            .take(REACH)
            .enumerate()
        {
            let figure = &self.figures[o.figure];
            if !agrees(figure, o.gender) {
                continue;
            }
            let mut score = -2 * distance as i32;
            score += if figure.is_person { 12 } else { 0 };
            score += if o.subject { 6 } else { 0 };
            score += if figure.gender == mention.gender {
                4
            } else {
                0
            };
            score += if o.paragraph == paragraph { 4 } else { 0 };
            score += if figure.named { 8 } else { 0 };
            // Somebody else has become the subject since the quotation before.
            let fresh = previous.is_some_and(|p| o.offset > p.end && p.figure != o.figure)
                && o.subject
                && o.paragraph == paragraph
                && o.sentence + 1 >= sentence
                && figure.is_person;
            score += if fresh { 10 } else { 0 };
            score += match previous {
                Some(p) if p.figure == o.figure => {
                    if p.near {
                        10
                    } else {
                        3
                    }
                }
                _ => 0,
            };
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, o.figure));
            }
        }
        best.map(|(_, figure)| figure).or(previous
            .map(|p| p.figure)
            .filter(|&p| agrees(&self.figures[p], Gender::Unknown)))
    }

    /// The person or body that is the subject of the text right before an offset.
    pub(crate) fn subject_before(&self, offset: usize, paragraph: usize) -> Option<usize> {
        let before = self.occurrences.partition_point(|o| o.offset < offset);
        self.occurrences[..before]
            .iter()
            .rev()
            .take(10 * REACH)
            .filter(|o| o.offset < offset && o.paragraph == paragraph)
            .take(6)
            .find(|o| o.subject && self.figures[o.figure].is_person)
            .map(|o| o.figure)
    }
}

/// Whether one key is only the given name of the other: `owen`, `owen prydderch`.
fn given_name(full: &str, given: &str) -> bool {
    !given.contains(' ')
        && full
            .split_once(' ')
            .is_some_and(|(first, _)| first == given)
}

/// How many of a name's words are cut to a letter.
fn initials(name: &str) -> usize {
    name.matches('.').count()
}

/// The first letters of a word that its genders and numbers share: `directeur`,
/// `directrice`.
fn stem(word: &str) -> String {
    word.chars().take(6).collect()
}

/// The words of a role by which it is compared: states by their key, roles and institutions by what stands for
/// them in keys (`chef de l'Etat` is a president), others by their stem.
fn add_words(
    reading: &Reading<'_>,
    role: std::ops::Range<usize>,
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
            let state = lexicon
                .word(token.of(reading.p.text))
                .and_then(|w| w.state);
            into.insert(state.map_or_else(|| stem(&plain[at]), str::to_owned));
        }
        at += 1;
    }
}

/// A token without case, accents and apostrophe.
fn plain_token(reading: &Reading<'_>, token: &Token) -> String {
    plain(token.of(reading.p.text).trim_end_matches(['\'', '’', '.']))
}

/// The first of a role's words as they are compared.
fn first_word(reading: &Reading<'_>, role: std::ops::Range<usize>) -> Option<String> {
    let tokens = reading.p.tokens.get(role)?;
    let plain: Vec<String> = tokens.iter().map(|t| plain_token(reading, t)).collect();
    match role_words(&plain) {
        Some((_, form)) => form.split(' ').next().map(stem),
        None => plain.first().map(|w| stem(w)),
    }
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
