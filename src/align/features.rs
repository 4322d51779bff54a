//! What two sentences have in common and what sets them apart, as numbers for the
//! [scorer](super::score).
//!
//! Two sentences of one language are compared by their own words. Across
//! languages the French words meet the English ones through the dictionary, by
//! sound and as cognates, and the words of the translation meet them as English:
//! each English word counts with the better of the two, so that a word the
//! translator lost is found and a word the dictionary lacks as well.

use super::concepts::{ConceptId, ConceptKind, Concepts};
use super::cover::{Cover, cover, cover_within, dice, harmonic, ratio};
use super::meaning::{MeaningId, Meanings, cosine};
use super::profile::{NumberTerm, Profile, QuotePart, Term};
use super::vocabulary::Vocabulary;
use crate::document::QuoteKind;
use crate::quote::name_key::agree;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The features of a pair of sentences.
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        pub struct Features { $($(#[$doc])* pub $name: f32,)* }
        impl Features {
            /// Their names, in the order of [`Features::values`].
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];
            /// As a row for the scorer.
            #[must_use]
            pub fn values(&self) -> Vec<f32> { vec![$(self.$name,)*] }
        }
    };
}

features! {
    /// The share of the first sentence's weight that the second covers.
    cover_x,
    /// The share of the second sentence's weight that the first covers.
    cover_y,
    /// Their harmonic mean.
    cover,
    /// The larger of the two: containment.
    contained,
    /// The shared weight itself, as ln(1 + w).
    mass,
    /// The weightiest shared term.
    top1,
    /// The second.
    top2,
    /// The third.
    top3,
    /// The weight of shared names.
    names,
    /// Both have names and share none.
    other_names,
    /// The weight of shared numbers.
    numbers,
    /// The weightiest shared number whose neighbours are alike too.
    counted,
    /// The weightiest shared number that counts something else.
    miscounted,
    /// Both have a telling number and share none.
    other_numbers,
    /// The weight of shared days and months.
    calendar,
    /// How well the best pair of quotations cover each other.
    quotes,
    /// The weight that pair shares.
    quote_mass,
    /// How well a quotation or reported speech of one is covered by the other.
    said,
    /// Both have a marked quotation.
    both_quote,
    /// One of them has.
    one_quotes,
    /// Both have speech, marked or reported.
    both_speak,
    /// A speaker of one is a speaker of the other.
    same_speaker,
    /// Both give speakers by name, and none in common.
    other_speaker,
    /// One negates, the other does not.
    negation,
    /// |ln| of the ratio of lengths in words.
    length_ratio,
    /// ln of the shorter length.
    length,
    /// Dice coefficient of character 4-grams of both in English.
    grams,
    /// Shared terms that follow each other in both.
    order,
    /// How far apart their places in the articles are.
    place,
    /// 1 when the languages differ.
    cross,
    /// The share of the translation's weight found in the other, across languages.
    translated,
    /// As `cover`, of the words that are no names, numbers or dates.
    content,
    /// As `contained`, of these.
    content_max,
    /// As `cover`, of the names.
    names_cover,
    /// Both have a marked quotation: how little these cover each other.
    unlike_quotes,
    /// With a common speaker: how well the speech is covered.
    speaker_said,
    /// Both report the same act of speech.
    acts,
    /// Dice coefficient of the states they name.
    actors,
    /// A state speaks in both: 1 when it is known to be the speaker in both, 0.5
    /// when one of them only names it.
    same_agent,
    /// States speak in both, and not the same.
    other_agent,
    /// The same act by the same state.
    act_agent,
    /// As `cover`, of what the words tell in any article.
    plain,
    /// As `contained`, of that.
    plain_max,
    /// As `cover`, of the words that are no names, numbers or dates and do not say who
    /// speaks: two sentences of one speaker share those whatever they say.
    beyond,
    /// As `contained`, of these.
    beyond_max,
    /// The weight shared of these, as ln(1 + w).
    beyond_mass,
    /// The cosine of what the words of both mean together.
    meaning,
    /// As `cover`, of the words that are no names, where words of like meaning count
    /// by how like it is.
    soft,
    /// As `contained`, of these.
    soft_max,
    /// As `soft`, of the words that do not say who speaks or acts either: no names, no
    /// roles, none of the words an attribution has.
    told,
    /// As `contained`, of these.
    told_max,
    /// The weight shared of these, as ln(1 + w).
    told_mass,
    /// The same is counted in both, with another number: a toll that rose, or
    /// another fact.
    recount,
    /// People named in both.
    people,
    /// Both name people, and not the same.
    other_people,
    /// Bodies named in both.
    bodies,
    /// Places named in both.
    places,
    /// Both name places, and not the same.
    other_places,
    /// Dates of both, counted from the days of publication.
    dates,
    /// Both have dates, and not the same.
    other_dates,
    /// Amounts with one unit in both.
    amounts,
    /// Both have amounts, and not the same.
    other_amounts,
    /// One names nobody, and who it may speak of is named in the other.
    referred,
    /// As `cover`, each shared term by how few other sentences of the articles share
    /// it; 1 where no other does.
    sole,
    /// As `contained`, of these.
    sole_max,
    /// The weight shared of these, as ln(1 + w).
    sole_mass,
    /// How many days the articles are apart at least, as ln(1 + d).
    apart,
}

/// The best partner of each term of a pair.
pub struct Comparison<'p> {
    x: &'p Profile,
    y: &'p Profile,
    best_x: Vec<Partner>,
    best_y: Vec<Partner>,
    translated: f32,
}

/// The most alike term of the other sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Partner {
    /// How alike, 0 to 1.
    pub likeness: f32,
    /// Its position among the other sentence's own terms, where it is one of them.
    pub term: Option<usize>,
}

/// A likeness from which two terms count as shared.
const SHARED: f32 = 0.45;

impl<'p> Comparison<'p> {
    /// Compares two sentences.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary, x: &'p Profile, y: &'p Profile) -> Self {
        let mut best_x = vec![Partner::default(); x.own.len()];
        let mut best_y = vec![Partner::default(); y.own.len()];
        for (i, s) in x.own.iter().enumerate() {
            for (j, t) in y.own.iter().enumerate() {
                let likeness = vocabulary.likeness(s.entry, t.entry, s.name || t.name);
                better(&mut best_x[i], likeness, j);
                better(&mut best_y[j], likeness, i);
            }
        }
        let mut translated = 0.0;
        if x.lang != y.lang {
            let of_y = through_translation(vocabulary, &x.english, &y.own, &mut best_y);
            let of_x = through_translation(vocabulary, &y.english, &x.own, &mut best_x);
            translated = of_x.max(of_y);
        }
        Self {
            x,
            y,
            best_x,
            best_y,
            translated,
        }
    }

    /// The features of the pair.
    #[must_use]
    pub fn features(&self, vocabulary: &Vocabulary) -> Features {
        let (x, y) = (self.x, self.y);
        let cover_x = cover(x, y, &self.best_x, 0..x.own.len());
        let cover_y = cover(y, x, &self.best_y, 0..y.own.len());
        let content = self.cover_of(|t| !t.name && vocabulary.entry(t.entry).lang.is_some());
        let names = self.cover_of(|t| t.name);
        let mut f = Features {
            cover_x: cover_x.share(),
            cover_y: cover_y.share(),
            cover: harmonic(cover_x.share(), cover_y.share()),
            contained: cover_x.share().max(cover_y.share()),
            mass: (0.5 * (cover_x.shared + cover_y.shared)).ln_1p(),
            negation: f32::from(x.negated != y.negated),
            length_ratio: ratio(x.length, y.length),
            length: (x.length.min(y.length) as f32).ln_1p(),
            grams: dice(&x.grams, &y.grams),
            order: self.order(),
            place: (x.place - y.place).abs(),
            cross: f32::from(x.lang != y.lang),
            translated: self.translated,
            content: harmonic(content.0, content.1),
            content_max: content.0.max(content.1),
            names_cover: harmonic(names.0, names.1),
            ..Features::default()
        };
        self.beyond(vocabulary, &mut f);
        self.shared_terms(&mut f);
        self.numbers(vocabulary, &mut f);
        self.speech(vocabulary, &mut f);
        self.agents(vocabulary, &mut f);
        self.meaning(vocabulary, &mut f);
        self.facts(&mut f);
        f
    }

    /// What is shared beyond names, numbers and the words for who speaks.
    fn beyond(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let of = |p: &Profile, other: &Profile, best: &[Partner]| {
            let said = |at: &usize| {
                let term = &p.own[*at];
                let speaker = p.quotes.iter().any(|q| q.mention.contains(at));
                !term.name && !speaker && vocabulary.entry(term.entry).lang.is_some()
            };
            cover(p, other, best, (0..p.own.len()).filter(said))
        };
        let (a, b) = (
            of(self.x, self.y, &self.best_x),
            of(self.y, self.x, &self.best_y),
        );
        f.beyond = harmonic(a.share(), b.share());
        f.beyond_max = a.share().max(b.share());
        f.beyond_mass = (0.5 * (a.shared + b.shared)).ln_1p();
    }

    /// How well both sentences' terms of one sort are covered.
    fn cover_of(&self, sort: impl Fn(&Term) -> bool) -> (f32, f32) {
        let of = |p: &Profile, q: &Profile, best: &[Partner]| {
            let terms = (0..p.own.len()).filter(|&i| p.own.get(i).is_some_and(&sort));
            cover(p, q, best, terms).share()
        };
        (
            of(self.x, self.y, &self.best_x),
            of(self.y, self.x, &self.best_y),
        )
    }

    /// The shared terms with their weight, the weightiest first: positions among
    /// the first sentence's own terms and the second's.
    #[must_use]
    pub fn shared(&self) -> Vec<(usize, usize, f32)> {
        let mut out: Vec<(usize, usize, f32)> = self
            .best_x
            .iter()
            .enumerate()
            .filter(|(_, p)| p.likeness >= SHARED)
            .filter_map(|(i, p)| {
                let j = p.term?;
                let (s, t) = (self.x.own.get(i)?, self.y.own.get(j)?);
                Some((i, j, p.likeness * (s.weight * t.weight).sqrt()))
            })
            .collect();
        out.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        // A term of the second sentence is witness once.
        let mut used = vec![false; self.y.own.len()];
        out.retain(|&(_, j, _)| !std::mem::replace(&mut used[j], true));
        out
    }

    /// What is meant, where it is not said in the same words.
    fn meaning(&self, vocabulary: &Vocabulary, f: &mut Features) {
        // Words less alike have no more in common than any two of the news.
        const RELATED: f32 = 0.35;
        let (x, y) = (self.x, self.y);
        let mut best = [
            self.best_x.iter().map(|p| p.likeness).collect::<Vec<f32>>(),
            self.best_y.iter().map(|p| p.likeness).collect::<Vec<f32>>(),
        ];
        let known = |p: &Profile| -> Vec<(usize, MeaningId)> {
            let terms = p.own.iter().enumerate().filter(|(_, t)| !t.name);
            terms
                .filter_map(|(at, t)| Some((at, vocabulary.entry(t.entry).meaning?)))
                .collect()
        };
        let (of_x, of_y) = (known(x), known(y));
        for &(i, s) in &of_x {
            for &(j, t) in &of_y {
                let likeness = Meanings::get().likeness(s, t);
                if likeness > RELATED {
                    best[0][i] = best[0][i].max(likeness);
                    best[1][j] = best[1][j].max(likeness);
                }
            }
        }
        let share = |p: &Profile, best: &[f32], told: bool| {
            let mut sum = Cover::default();
            let terms = p.own.iter().zip(best).enumerate();
            let wanted = |at: usize, t: &Term| {
                !t.name
                    && !(told
                        && (vocabulary.entry(t.entry).role
                            || p.quotes.iter().any(|q| q.mention.contains(&at))))
            };
            for (_, (term, likeness)) in terms.filter(|(at, (t, _))| wanted(*at, t)) {
                sum.all += term.weight;
                sum.shared += term.weight * likeness;
            }
            sum
        };
        let (a, b) = (
            share(x, &best[0], false).share(),
            share(y, &best[1], false).share(),
        );
        (f.soft, f.soft_max) = (harmonic(a, b), a.max(b));
        let (a, b) = (share(x, &best[0], true), share(y, &best[1], true));
        f.told = harmonic(a.share(), b.share());
        f.told_max = a.share().max(b.share());
        f.told_mass = (0.5 * (a.shared + b.shared)).ln_1p();
        f.meaning = cosine(&x.meaning, &y.meaning);
    }

    /// What the entities of both tell.
    fn facts(&self, f: &mut Features) {
        let (x, y) = (&self.x.facts, &self.y.facts);
        let (people, places) = (x.people(y), x.places(y));
        let (dates, amounts) = (x.dates(y), x.amounts(y));
        f.people = people.count;
        f.other_people = f32::from(people.conflict);
        f.bodies = x.bodies(y).count;
        f.places = places.count;
        f.other_places = f32::from(places.conflict);
        f.dates = dates.count;
        f.other_dates = f32::from(dates.conflict);
        f.amounts = amounts.count;
        f.other_amounts = f32::from(amounts.conflict);
        f.referred = f32::from(self.x.before.meets(y) || self.y.before.meets(x));
    }

    /// The terms of the first sentence that the second has, and those of the second
    /// that the first has, by position.
    #[must_use]
    pub fn found(&self) -> (Vec<usize>, Vec<usize>) {
        let of = |best: &[Partner]| {
            let found = best.iter().enumerate();
            found
                .filter(|(_, p)| p.likeness >= SHARED)
                .map(|(at, _)| at)
                .collect()
        };
        (of(&self.best_x), of(&self.best_y))
    }

    /// How much of both is shared that few other sentences share: `rivals` gives for
    /// a term of either sentence how many sentences of the other article have it.
    pub fn sole(&self, f: &mut Features, rivals: [&dyn Fn(usize) -> f32; 2]) {
        let of = |p: &Profile, best: &[Partner], rivals: &dyn Fn(usize) -> f32| {
            let mut sum = Cover::default();
            for (at, (term, partner)) in p.own.iter().zip(best).enumerate() {
                sum.all += term.weight;
                if partner.likeness >= SHARED {
                    sum.shared += term.weight * partner.likeness / rivals(at).max(1.0);
                }
            }
            sum
        };
        let a = of(self.x, &self.best_x, rivals[0]);
        let b = of(self.y, &self.best_y, rivals[1]);
        f.sole = harmonic(a.share(), b.share());
        f.sole_max = a.share().max(b.share());
        f.sole_mass = (0.5 * (a.shared + b.shared)).ln_1p();
    }

    fn shared_terms(&self, f: &mut Features) {
        let shared = self.shared();
        let weight = |n: usize| shared.get(n).map_or(0.0, |s| s.2);
        (f.top1, f.top2, f.top3) = (weight(0), weight(1), weight(2));
        f.names = shared
            .iter()
            .filter(|(i, j, _)| self.x.own[*i].name && self.y.own[*j].name)
            .map(|s| s.2)
            .sum();
        let named = |p: &Profile| p.own.iter().any(|t| t.name);
        f.other_names = f32::from(f.names == 0.0 && named(self.x) && named(self.y));
    }

    fn numbers(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let is_number =
            |p: &Profile, term: usize| p.numbers.iter().find(|n| n.term == term).cloned();
        for (i, j, weight) in self.shared() {
            match (is_number(self.x, i), is_number(self.y, j)) {
                (Some(a), Some(b)) => {
                    f.numbers += weight;
                    let alike = a
                        .near
                        .iter()
                        .flat_map(|&s| b.near.iter().map(move |&t| (s, t)))
                        .map(|(s, t)| vocabulary.likeness(s, t, false))
                        .fold(0.0, f32::max);
                    if alike > 0.3 {
                        f.counted = f.counted.max(weight * alike);
                    } else {
                        f.miscounted = f.miscounted.max(weight);
                    }
                }
                _ if vocabulary.entry(self.x.own[i].entry).lang.is_none() => f.calendar += weight,
                _ => {}
            }
        }
        let means = |s, t| match (vocabulary.entry(s).meaning, vocabulary.entry(t).meaning) {
            (Some(s), Some(t)) => Meanings::get().likeness(s, t),
            _ => 0.0,
        };
        let counts_alike = |a: &NumberTerm, b: &NumberTerm| {
            let near = a
                .near
                .iter()
                .flat_map(|&s| b.near.iter().map(move |&t| (s, t)));
            a.kind == b.kind
                && a.value != b.value
                && near
                    .into_iter()
                    .any(|(s, t)| vocabulary.likeness(s, t, false) > 0.5 || means(s, t) > 0.6)
        };
        let x_numbers = self.x.numbers.iter();
        f.recount = f32::from(
            f.counted == 0.0
                && x_numbers
                    .flat_map(|a| self.y.numbers.iter().map(move |b| (a, b)))
                    .any(|(a, b)| counts_alike(a, b)),
        );
        let telling = |p: &Profile| p.numbers.iter().any(|n| p.own[n.term].weight >= 0.45);
        f.other_numbers = f32::from(f.numbers == 0.0 && telling(self.x) && telling(self.y));
    }

    fn speech(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let (x, y) = (self.x, self.y);
        if let Some((_, _, cover, mass)) = self.quote_pair(vocabulary) {
            (f.quotes, f.quote_mass) = (cover, mass.ln_1p());
        }
        let said_x = said(x, y, &self.best_x);
        let said_y = said(y, x, &self.best_y);
        f.said = said_x.max(said_y);
        let marked = |p: &Profile| p.quotes.iter().any(QuotePart::is_marked);
        f.both_quote = f32::from(marked(x) && marked(y));
        f.one_quotes = f32::from(marked(x) != marked(y));
        f.both_speak = f32::from(!x.quotes.is_empty() && !y.quotes.is_empty());
        let speakers = |p: &'p Profile, names_only: bool| -> Vec<&'p str> {
            p.quotes
                .iter()
                .filter(|q| q.named || !names_only)
                .filter_map(|q| q.speaker.as_deref())
                .collect()
        };
        let (a, b) = (speakers(x, false), speakers(y, false));
        let same = a.iter().any(|s| b.iter().any(|t| agree(s, t)));
        f.same_speaker = f32::from(same);
        let named = !speakers(x, true).is_empty() && !speakers(y, true).is_empty();
        f.other_speaker = f32::from(!same && named);
        f.unlike_quotes = f.both_quote * (1.0 - f.quotes);
        f.speaker_said = f.same_speaker * f.said.max(f.quotes);
    }

    fn agents(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let (x, y) = (self.x, self.y);
        let (acts_x, acts_y) = (acts(vocabulary, x), acts(vocabulary, y));
        f.acts = f32::from(acts_x.iter().any(|a| acts_y.contains(a)));
        let common = x.actors.iter().filter(|a| y.actors.contains(a)).count();
        f.actors = 2.0 * common as f32 / (x.actors.len() + y.actors.len()).max(1) as f32;
        let ((spoken_x, agents_x), (spoken_y, agents_y)) = (agents(x), agents(y));
        let meet = agents_x.iter().any(|a| agents_y.contains(a));
        f.same_agent = match (meet, spoken_x && spoken_y) {
            (true, true) => 1.0,
            (true, false) => 0.5,
            (false, _) => 0.0,
        };
        f.other_agent = f32::from(!meet && spoken_x && spoken_y);
        f.act_agent = f.acts * f.same_agent.max(f.same_speaker);
        let of = |p: &Profile, best: &[Partner]| {
            let mut sum = Cover::default();
            for (term, partner) in p.own.iter().zip(best) {
                let weight = vocabulary.entry(term.entry).information;
                sum.all += weight;
                sum.shared += weight * partner.likeness;
            }
            sum.share()
        };
        let (a, b) = (of(x, &self.best_x), of(y, &self.best_y));
        (f.plain, f.plain_max) = (harmonic(a, b), a.max(b));
    }

    /// The pair of marked quotations that cover each other best, by position, with
    /// how well they do and the weight they share.
    #[must_use]
    pub fn quote_pair(&self, vocabulary: &Vocabulary) -> Option<(usize, usize, f32, f32)> {
        let mut best: Option<(usize, usize, f32, f32)> = None;
        for (i, p) in self.x.quotes.iter().enumerate().filter(|q| q.1.is_marked()) {
            for (j, q) in self.y.quotes.iter().enumerate().filter(|q| q.1.is_marked()) {
                let a = cover_within(vocabulary, self.x, &self.best_x, &p.terms, &q.terms);
                let b = cover_within(vocabulary, self.y, &self.best_y, &q.terms, &p.terms);
                let (cover, mass) = (
                    harmonic(a.share(), b.share()).max(0.95 * a.share().max(b.share())),
                    0.5 * (a.shared + b.shared),
                );
                if best.is_none_or(|(_, _, c, m)| cover * mass.sqrt() > c * m.sqrt()) {
                    best = Some((i, j, cover, mass));
                }
            }
        }
        best
    }

    /// The share of neighbours among the shared terms whose partners are
    /// neighbours too.
    fn order(&self) -> f32 {
        let partner = |i: usize| {
            self.best_x
                .get(i)
                .filter(|p| p.likeness >= SHARED)
                .and_then(|p| p.term)
        };
        let together = (1..self.best_x.len())
            .filter(|&i| match (partner(i - 1), partner(i)) {
                (Some(a), Some(b)) => a.abs_diff(b) <= 2 && a != b,
                _ => false,
            })
            .count();
        let shorter = self.x.own.len().min(self.y.own.len()).max(2);
        together as f32 / (shorter - 1) as f32
    }
}

/// The acts of speech a sentence reports.
fn acts(vocabulary: &Vocabulary, p: &Profile) -> Vec<ConceptId> {
    p.own
        .iter()
        .flat_map(|t| vocabulary.entry(t.entry).concepts)
        .copied()
        .filter(|&c| Concepts::get().kind(c) == ConceptKind::Act)
        .collect()
}

/// The states that speak in a sentence, and whether it is known that they do;
/// where it is not, all it names.
fn agents(p: &Profile) -> (bool, Vec<ConceptId>) {
    let spoken: Vec<ConceptId> = p.quotes.iter().filter_map(|q| q.actor).collect();
    if spoken.is_empty() {
        (false, p.actors.clone())
    } else {
        (true, spoken)
    }
}

fn better(partner: &mut Partner, likeness: f32, term: usize) {
    if likeness > partner.likeness {
        *partner = Partner {
            likeness,
            term: Some(term),
        };
    }
}

/// Lets the words of a translation find the English terms; gives the share of the
/// translation's weight that is found.
fn through_translation(
    vocabulary: &Vocabulary,
    english: &[Term],
    own: &[Term],
    best: &mut [Partner],
) -> f32 {
    // A word of the translation is a little less sure than one of the text.
    const TRUST: f32 = 0.9;
    let (mut found, mut all) = (0.0, 0.0);
    for s in english {
        let mut top = 0.0f32;
        for (t, partner) in own.iter().zip(best.iter_mut()) {
            let likeness = vocabulary.likeness(s.entry, t.entry, s.name || t.name);
            top = top.max(likeness);
            if TRUST * likeness > partner.likeness {
                partner.likeness = TRUST * likeness;
            }
        }
        found += s.weight * top;
        all += s.weight;
    }
    if all > 0.0 { found / all } else { 0.0 }
}

/// The best cover of a quotation or reported speech of a sentence, if it has any
/// of some weight.
fn said(p: &Profile, other: &Profile, best: &[Partner]) -> f32 {
    p.quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Term)
        .map(|q| cover(p, other, best, q.terms.iter().copied()))
        .filter(|c| c.all > 0.5)
        .map(Cover::share)
        .fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    fn features(a: (&str, Lang), b: (&str, Lang)) -> Features {
        let mut v = Vocabulary::default();
        let mut profile = |(text, lang): (&str, Lang)| {
            let mut p = Profile::of_text(text, None, lang, &mut v);
            for t in &mut p.own {
                t.weight = v.entry(t.entry).information;
            }
            p
        };
        let (x, y) = (profile(a), profile(b));
        Comparison::new(&v, &x, &y).features(&v)
    }

    #[test]
    fn a_number_tells_only_with_what_it_counts() {
        let shells = ("1 280 obus se sont abattus mardi", Lang::FR);
        let people = ("Some 1,280 people have left", Lang::EN);
        let f = features(shells, people);
        assert!(f.miscounted > 0.5 && f.counted == 0.0);
        let f = features(("1 280 personnes ont quitté la ville", Lang::FR), people);
        assert!(f.counted > 0.5 && f.miscounted == 0.0);
    }

    #[test]
    fn the_french_meets_the_english_without_a_translation() {
        let fr = ("La patience des Libanais est épuisée", Lang::FR);
        let right = features(fr, ("The patience of the Lebanese was exhausted", Lang::EN));
        let wrong = features(fr, ("Protesters set tyres alight on the bridge", Lang::EN));
        assert!(right.cover > 0.6, "{}", right.cover);
        assert!(wrong.cover < 0.1, "{}", wrong.cover);
    }

    #[test]
    fn a_denial_meets_the_denial_of_the_same_state_in_other_words() {
        let fr = ("Des accusations démenties par Bakou", Lang::FR);
        let same = features(fr, ("Azerbaijan rejected the claims", Lang::EN));
        assert_eq!((same.acts, same.same_agent), (1.0, 0.5));
        let other = features(fr, ("Georgia rejected the claims", Lang::EN));
        assert_eq!((other.acts, other.act_agent), (1.0, 0.0));
    }
}
