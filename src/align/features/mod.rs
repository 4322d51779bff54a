//! What two sentences have in common and what sets them apart, as numbers for the
//! [scorer](super::score).
//!
//! Two sentences of one language are compared by their own words. Across
//! languages the French words meet the English ones through the dictionary, by
//! sound and as cognates, and the words of the translation meet them as English:
//! each English word counts with the better of the two, so that a word the
//! translator lost is found and a word the dictionary lacks as well.

mod clauses;
mod meaning;
mod numbers;
mod speech;
mod words;

use super::cover::{cover, dice, harmonic, ratio};
use super::profile::{Profile, Term};
use super::vocabulary::Vocabulary;

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
    /// The cosine of what the words of both mean together that neither name nor say who
    /// speaks.
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
    /// How well the best stretch of clauses of one and of the other cover each other:
    /// long sentences often have one clause in common.
    local,
    /// The weight shared there, as ln(1 + w).
    local_mass,
    /// The cosine of what both mean beyond what their articles mean on the whole.
    centred,
    /// How far that is above the best rival of either.
    centred_lead,
    /// The same is counted with another number: how alike the things counted and how
    /// near the numbers are.
    recounted,
    /// How alike the things are that a shared number counts, by its weight.
    same_thing,
    /// How unlike they are.
    other_thing,
    /// The cosine of what both articles mean on the whole.
    kin,
    /// Dice coefficient of the names of both articles, by what they tell.
    kin_names,
    /// As `cover`, where a word may stand in the sentence before or after the other as
    /// well: what one paper says in a sentence another says in two.
    wide,
    /// As `contained`, of that.
    wide_max,
    /// As `cover`, where a sentence that names nobody has the words of the one before it
    /// too, which it most likely goes on about.
    carried,
    /// As `contained`, of that.
    carried_max,
    /// As `centred`, of what stands around both.
    scene,
    /// As `centred`, where a sentence that names nobody means what the one before it
    /// means as well.
    carried_centred,
    /// As `told`, by the vectors of the encoder.
    echo,
    /// As `told_max`, by these.
    echo_max,
    /// As `recounted`, of what stands in the number's clause.
    toll,
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
    /// The clause of the other sentence it stands in.
    pub clause: u16,
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
                better(&mut best_x[i], likeness, j, t.clause);
                better(&mut best_y[j], likeness, i, s.clause);
            }
        }
        let mut translated = 0.0;
        if x.lang != y.lang {
            let of_y = through_translation(vocabulary, x, &y.own, &mut best_y);
            let of_x = through_translation(vocabulary, y, &x.own, &mut best_x);
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
        self.clauses(&mut f);
        f
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
}

fn better(partner: &mut Partner, likeness: f32, term: usize, clause: u16) {
    if likeness > partner.likeness {
        *partner = Partner {
            likeness,
            term: Some(term),
            clause,
        };
    }
}

/// Lets the words of a translation find the English terms; gives the share of the
/// translation's weight that is found.
fn through_translation(
    vocabulary: &Vocabulary,
    translated: &Profile,
    own: &[Term],
    best: &mut [Partner],
) -> f32 {
    // A word of the translation is a little less sure than one of the text.
    const TRUST: f32 = 0.9;
    let (mut found, mut all) = (0.0, 0.0);
    for s in &translated.english {
        let clause = translated.clause_of_translated(s);
        let mut top = 0.0f32;
        for (t, partner) in own.iter().zip(best.iter_mut()) {
            let likeness = vocabulary.likeness(s.entry, t.entry, s.name || t.name);
            top = top.max(likeness);
            if TRUST * likeness > partner.likeness {
                *partner = Partner {
                    likeness: TRUST * likeness,
                    // What the French word that was nearest is like is another word.
                    term: partner.term.filter(|_| partner.likeness >= SHARED),
                    clause,
                };
            }
        }
        found += s.weight * top;
        all += s.weight;
    }
    if all > 0.0 { found / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    fn profile(v: &mut Vocabulary, (text, lang): (&str, Lang)) -> Profile {
        let mut p = Profile::of_text(text, None, lang, v);
        for t in &mut p.own {
            t.weight = v.entry(t.entry).information;
        }
        p
    }

    fn features(a: (&str, Lang), b: (&str, Lang)) -> Features {
        let mut v = Vocabulary::default();
        let (x, y) = (profile(&mut v, a), profile(&mut v, b));
        Comparison::new(&v, &x, &y).features(&v)
    }

    #[test]
    fn neighbours_help_to_cover_and_what_is_gone_on_about_does() {
        let mut v = Vocabulary::default();
        let claim = "Un diplomate affirme que des mercenaires sont arrivés";
        let (before, x, y) = (
            profile(&mut v, (claim, Lang::FR)),
            profile(&mut v, ("C'est démenti", Lang::FR)),
            profile(&mut v, ("He denied that mercenaries arrived", Lang::EN)),
        );
        let (pair, above) = (
            Comparison::new(&v, &x, &y),
            Comparison::new(&v, &before, &y),
        );
        let (mut f, mut alone) = (Features::default(), Features::default());
        pair.widen(&mut alone, [None, None], [None, None]);
        pair.widen(&mut f, [None, None], [Some(&above), None]);
        assert!(f.carried > alone.carried + 0.1, "{f:?}");
        assert!(f.wide > alone.wide + 0.1, "{f:?}");
        // What comes after is not gone on about.
        pair.widen(&mut f, [None, None], [None, Some(&above)]);
        assert_eq!(f.carried, alone.carried);
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
    fn things_counted_are_told_apart_by_the_words_behind_the_number() {
        let trips = ("48 000 déplacements quotidiens y sont annulés", Lang::FR);
        let other = features(trips, ("Roughly 48,000 containers a week move", Lang::EN));
        let same = features(trips, ("All 48,000 trips a day are cancelled", Lang::EN));
        assert!(other.other_thing > same.other_thing);
        assert!(same.same_thing > other.same_thing);
    }

    #[test]
    fn a_toll_that_rose_is_counted_again_and_half_as_many_days_are_not() {
        let toll = ("Le séisme a fait 38 morts", Lang::FR);
        let rose = features(toll, ("The quake left 41 dead", Lang::EN));
        let other = features(toll, ("The quake lasted 14 seconds", Lang::EN));
        assert!(rose.recounted > 0.3, "{}", rose.recounted);
        assert!(other.recounted < 0.1, "{}", other.recounted);
    }

    #[test]
    fn a_toll_is_known_by_the_clause_of_its_number() {
        let toll = (
            "Seize hommes, pour la plupart jeunes, y ont été tués",
            Lang::FR,
        );
        let killed = ("Seize jeunes hommes y ont donc été tués", Lang::FR);
        let rose = ("The soldiers killed there number at least 14", Lang::EN);
        let (apart, f) = (features(toll, rose), features(killed, rose));
        assert!(f.toll > apart.toll, "{} {}", f.toll, apart.toll);
        assert!(f.toll > f.recounted, "{} {}", f.toll, f.recounted);
    }

    #[test]
    fn words_of_like_meaning_echo() {
        let fr = ("Le tribunal a condamné le directeur", Lang::FR);
        let same = features(fr, ("The court sentenced the manager", Lang::EN));
        let other = features(fr, ("Storms flooded the valley", Lang::EN));
        assert!(same.echo > other.echo + 0.3, "{} {}", same.echo, other.echo);
    }

    #[test]
    fn one_clause_in_common_is_found_in_a_long_sentence() {
        let long = "Unions said the strike would go on, managers refused to comment, and \
                    passengers slept on the floor of the terminal.";
        let f = features(
            (long, Lang::EN),
            ("Passengers slept on the floor.", Lang::EN),
        );
        let apart = "Unions slept, managers said a passenger refused, and the strike \
                     would comment on the floor of the terminal.";
        let g = features((long, Lang::EN), (apart, Lang::EN));
        assert!(
            f.local > f.cover_x && f.local > 0.5,
            "{} {}",
            f.local,
            f.cover_x
        );
        assert!(g.local < g.cover, "{} {}", g.local, g.cover);
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
