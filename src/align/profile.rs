//! Sentences and articles as the aligner sees them: terms with weights, numbers
//! with what they count, quotations with their speakers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::concepts::{ConceptId, Concepts};
use super::facts::Facts;
use super::language::{Calendar, Language};
use super::meaning::{DIMENSIONS, Meanings, Small, small};
use super::numbers::{Number, NumberKind, numbers};
use super::vocabulary::{EntryId, Vocabulary};
use super::words::{Word, fold, words};
use crate::document::{Lang, QuoteKind, Role};
use crate::quote::name_key::name_key;
use crate::record::{DocumentRecord, QuoteRecord, SentenceRecord};

/// A content word, number or date of a sentence.
#[derive(Debug, Clone)]
pub struct Term {
    /// What it is.
    pub entry: EntryId,
    /// How much sharing it tells, 0 to 1; less when its article is full of it.
    pub weight: f32,
    /// Whether it stands as a name.
    pub name: bool,
    /// The word it is or begins with, by position.
    pub word: u32,
}

/// A number among the terms.
#[derive(Debug, Clone)]
pub struct NumberTerm {
    /// The term, by position.
    pub term: usize,
    /// What it counts, as far as its notation tells.
    pub kind: NumberKind,
    /// Its value.
    pub value: f64,
    /// The content words around it, which tell what is counted.
    pub near: Vec<EntryId>,
}

/// A quotation, or what of it stands in this sentence.
#[derive(Debug, Clone)]
pub struct QuotePart {
    /// Its number in the document.
    pub id: usize,
    /// How it stands in the text.
    pub kind: QuoteKind,
    /// The terms within it, by position.
    pub terms: Vec<usize>,
    /// The key of who says it.
    pub speaker: Option<String>,
    /// The terms that name or describe who says it, by position.
    pub mention: Vec<usize>,
    /// Whether that is a name: `the French president` may be anybody the other
    /// paper names.
    pub named: bool,
    /// The state the speaker speaks for, as far as it is known.
    pub actor: Option<ConceptId>,
}

impl QuotePart {
    /// Whether it stands between quotation marks and is more than a term.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        matches!(
            self.kind,
            QuoteKind::Direct | QuoteKind::Mixed | QuoteKind::Floating
        )
    }
}

/// The key of who says a quotation; none for a pronoun that its text does not
/// resolve, which would make one person of all who are called `elle`.
fn speaker_key(quote: &QuoteRecord) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    if !speaker.key.is_empty() {
        return Some(speaker.key.clone());
    }
    let named = speaker.name.chars().any(char::is_uppercase);
    named.then(|| name_key(&speaker.name))
}

/// Speakers by key with the states they speak for.
pub type States = HashMap<String, ConceptId>;

/// Learns from how the articles introduce their speakers (`the French president`,
/// `le ministre russe`) for which states they speak: another article may give the
/// state alone.
#[derive(Debug, Default)]
pub struct Speakers {
    votes: HashMap<String, BTreeMap<ConceptId, usize>>,
}

impl Speakers {
    /// Looks at the speakers of an article.
    pub fn add(&mut self, record: &DocumentRecord) {
        for quote in &record.quotes {
            let (Some(speaker), Some(key)) = (&quote.speaker, speaker_key(quote)) else {
                continue;
            };
            let mention = speaker.mention.as_deref().unwrap_or(&speaker.name);
            if let [actor] = Concepts::get().actors(record.lang, &words(mention))[..] {
                *self.votes.entry(key).or_default().entry(actor).or_default() += 1;
            }
        }
    }

    /// The state of each, of several the one given most often.
    #[must_use]
    pub fn states(self) -> States {
        let states = self.votes.into_iter().filter_map(|(key, of)| {
            let (actor, _) = of.into_iter().max_by_key(|&(id, n)| (n, Reverse(id)))?;
            Some((key, actor))
        });
        states.collect()
    }
}

/// A sentence of running text.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its id in the document.
    pub id: usize,
    /// Where in the article it stands, 0 to 1.
    pub place: f32,
    /// Its language.
    pub lang: Lang,
    /// The terms of its text, each once.
    pub own: Vec<Term>,
    /// The terms of its English translation, where it has one.
    pub english: Vec<Term>,
    /// Its numbers.
    pub numbers: Vec<NumberTerm>,
    /// Its quotations.
    pub quotes: Vec<QuotePart>,
    /// The states it names.
    pub actors: Vec<ConceptId>,
    /// Whether it negates something.
    pub negated: bool,
    /// How many words it has.
    pub length: usize,
    /// Hashes of the character 4-grams of its English (the translation, or the
    /// text itself), sorted, each once.
    pub grams: Vec<u16>,
    /// Its people, bodies, places, dates and amounts.
    pub facts: Facts,
    /// Those of the sentence that `he` or `the company` of this one was last named
    /// in: where this one names nobody, the nearest one before it that does.
    pub before: Facts,
    /// What its words mean, taken together; zero where none is known.
    pub meaning: Small,
}

/// An article.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its place in the input.
    pub document: usize,
    /// Its language.
    pub lang: Lang,
    /// The first and last day it may be of, counted from 1970; `None` without a date.
    pub days: Option<(i64, i64)>,
    /// Its sentences of running text, in order.
    pub sentences: Vec<Profile>,
}

impl Article {
    /// Reads a record; `document` is its place in the input.
    pub fn new(
        record: &DocumentRecord,
        document: usize,
        states: &States,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut quotes: HashMap<usize, Vec<&QuoteRecord>> = HashMap::new();
        for quote in &record.quotes {
            for &sentence in &quote.sentences {
                quotes.entry(sentence).or_default().push(quote);
            }
        }
        let body: Vec<&SentenceRecord> = record
            .sentences
            .iter()
            .filter(|s| s.role == Role::Body)
            .collect();
        let last = body.len().saturating_sub(1).max(1) as f32;
        let mut sentences: Vec<Profile> = body
            .iter()
            .enumerate()
            .map(|(at, s)| {
                let of = quotes.get(&s.id).map_or(&[][..], Vec::as_slice);
                let mut profile = Profile::new(s, record.lang, of, states, vocabulary);
                profile.place = at as f32 / last;
                profile.facts = Facts::within(&record.entities, s.raw);
                profile
            })
            .collect();
        weigh(&mut sentences, vocabulary);
        refer(&mut sentences);
        Self {
            document,
            lang: record.lang,
            days: record.date.as_deref().and_then(days),
            sentences,
        }
    }
}

/// Sets each term's weight: its information, less the more sentences of the
/// article have it (an article's subject tells nothing about one sentence).
fn weigh(sentences: &mut [Profile], vocabulary: &Vocabulary) {
    // The fall of the weight with each further sentence; chosen on newsroom-dev.
    const FALL: f32 = 0.35;
    let mut counts: HashMap<EntryId, f32> = HashMap::new();
    for term in sentences
        .iter()
        .flat_map(|s| s.own.iter().chain(&s.english))
    {
        *counts.entry(term.entry).or_default() += 1.0;
    }
    for s in sentences {
        for term in s.own.iter_mut().chain(&mut s.english) {
            let others = counts.get(&term.entry).copied().unwrap_or(1.0) - 1.0;
            term.weight = vocabulary.entry(term.entry).information / (1.0 + FALL * others);
        }
        s.meaning = meaning(&s.own, vocabulary);
    }
}

/// Tells each sentence that names nobody whom it may speak of.
fn refer(sentences: &mut [Profile]) {
    // A pronoun seldom reaches further back.
    const REACH: usize = 2;
    for at in 1..sentences.len() {
        let (earlier, rest) = sentences.split_at_mut(at);
        let Some(this) = rest.first_mut().filter(|s| !s.facts.has_actors()) else {
            continue;
        };
        let named = earlier.iter().rev().take(REACH);
        if let Some(last) = named.map(|s| &s.facts).find(|f| f.has_actors()) {
            this.before = last.clone();
        }
    }
}

/// What the words of a sentence mean together: their vectors by weight. Names are
/// left out, which mean what they mean in one story only.
fn meaning(terms: &[Term], vocabulary: &Vocabulary) -> Small {
    let mut sum = [0.0; DIMENSIONS];
    for term in terms.iter().filter(|t| !t.name) {
        if let Some(id) = vocabulary.entry(term.entry).meaning {
            let vector = Meanings::get().vector(id);
            for (s, v) in sum.iter_mut().zip(vector) {
                *s += term.weight * v;
            }
        }
    }
    small(sum)
}

impl Profile {
    /// Reads a sentence with the quotations that touch it.
    pub fn new(
        sentence: &SentenceRecord,
        lang: Lang,
        quotes: &[&QuoteRecord],
        states: &States,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let lang = sentence.lang.unwrap_or(lang);
        let translation = sentence.translation.as_ref().map(|t| t.text.as_str());
        let mut profile = Self::of_text(&sentence.text, translation, lang, vocabulary);
        profile.id = sentence.id;
        profile.quotes = quotes
            .iter()
            .map(|q| profile.part(q, states, vocabulary))
            .collect();
        profile
    }

    /// Reads a text and its English translation, if any.
    pub fn of_text(
        text: &str,
        translation: Option<&str>,
        lang: Lang,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let read = Reading::new(text, lang, vocabulary);
        let english = translation
            .map(|t| Reading::new(t, Lang::EN, vocabulary).terms)
            .unwrap_or_default();
        Self {
            id: 0,
            place: 0.0,
            lang,
            own: read.terms,
            english,
            numbers: read.numbers,
            quotes: Vec::new(),
            actors: read.actors,
            negated: read.negated,
            length: read.length,
            grams: grams(translation.unwrap_or(text)),
            facts: Facts::default(),
            before: Facts::default(),
            meaning: [0; DIMENSIONS],
        }
    }

    /// The keys of who speaks in this sentence.
    pub fn speakers(&self) -> impl Iterator<Item = &str> {
        self.quotes.iter().filter_map(|q| q.speaker.as_deref())
    }

    /// The terms of this sentence that stand in another text too, by position.
    fn places_of(&self, text: &Reading) -> Vec<usize> {
        let terms = self.own.iter().enumerate();
        terms
            .filter(|(_, t)| text.places.contains_key(&t.entry))
            .map(|(at, _)| at)
            .collect()
    }

    /// The part of a quotation that stands in this sentence. Quotations and
    /// sentences are found by their words: both texts are views of one raw text,
    /// and views differ in length.
    fn part(&self, quote: &QuoteRecord, states: &States, vocabulary: &mut Vocabulary) -> QuotePart {
        let said = Reading::new(&quote.text, self.lang, vocabulary);
        let key = speaker_key(quote);
        let mention = quote.speaker.as_ref().map_or_else(Vec::new, |s| {
            let mentioned = s.mention.as_deref().unwrap_or_default();
            let named = Reading::new(&format!("{} {mentioned}", s.name), self.lang, vocabulary);
            self.places_of(&named)
        });
        let terms = self.places_of(&said);
        QuotePart {
            id: quote.id,
            kind: quote.kind,
            terms,
            mention,
            named: quote
                .speaker
                .as_ref()
                .is_some_and(|s| s.name.chars().any(char::is_uppercase)),
            actor: key.as_deref().and_then(|key| {
                Concepts::get()
                    .actor_of_key(key)
                    .or_else(|| states.get(key).copied())
            }),
            speaker: key,
        }
    }
}

/// The most terms of one sentence that are compared: a line that the splitter left
/// whole must not cost the square of its length.
const MAX_TERMS: usize = 160;

/// The terms of one text.
#[derive(Default)]
struct Reading {
    terms: Vec<Term>,
    places: HashMap<EntryId, usize>,
    numbers: Vec<NumberTerm>,
    actors: Vec<ConceptId>,
    negated: bool,
    length: usize,
}

impl Reading {
    fn new(text: &str, lang: Lang, vocabulary: &mut Vocabulary) -> Self {
        let language = Language::of(lang);
        let words = words(text);
        let found = numbers(text, &words, language);
        let mut reading = Self {
            negated: words.iter().any(|w| language.negates(&w.lower)),
            length: words.len(),
            actors: Concepts::get().actors(lang, &words),
            ..Self::default()
        };
        let mut counted = Vec::new();
        let mut next = found.iter().peekable();
        let mut at = 0;
        while let Some(word) = words.get(at)
            && reading.terms.len() < MAX_TERMS
        {
            if let Some(number) = next.next_if(|n| n.words.start == at) {
                let surface = surface(text, &words, number);
                let entry = vocabulary.neutral(number.key(), surface, number.information());
                let term = reading.add(entry, false, at);
                counted.push((term, number));
                at = number.words.end;
                continue;
            }
            if let Some(entry) = content_word(text, word, language, lang, vocabulary) {
                // The first word has a capital whatever it is; only a rare one is
                // taken for a name.
                let rare = vocabulary.entry(entry).information >= 0.95;
                reading.add(entry, word.capital && (at > 0 || rare), at);
            }
            at += 1;
        }
        reading.numbers = counted
            .into_iter()
            .map(|(term, n)| NumberTerm {
                term,
                kind: n.kind,
                value: n.value,
                near: reading.near(n),
            })
            .collect();
        reading
    }

    /// Adds a term unless the text has had it; gives its position.
    fn add(&mut self, entry: EntryId, name: bool, word: usize) -> usize {
        let next = self.terms.len();
        let at = *self.places.entry(entry).or_insert(next);
        if at == next {
            self.terms.push(Term {
                entry,
                weight: 0.0,
                name,
                word: word.try_into().unwrap_or(u32::MAX),
            });
        }
        at
    }

    /// The content words right before a number and up to three words behind it: what
    /// is counted stands behind it in both languages.
    fn near(&self, number: &Number) -> Vec<EntryId> {
        let from = number.words.start.saturating_sub(1);
        let to = number.words.end + 3;
        self.terms
            .iter()
            .filter(|t| {
                let word = t.word as usize;
                (from..to).contains(&word) && !number.words.contains(&word)
            })
            .map(|t| t.entry)
            .collect()
    }
}

/// A number as it stands in the text.
fn surface<'t>(text: &'t str, words: &[Word<'_>], number: &Number) -> &'t str {
    let first = words.get(number.words.start);
    let last = words.get(number.words.end.saturating_sub(1));
    match (first, last) {
        (Some(a), Some(b)) => &text[a.range.start..b.range.end],
        _ => "",
    }
}

/// The entry of a word, unless it is one that carries no content.
fn content_word(
    text: &str,
    word: &Word<'_>,
    language: &Language,
    lang: Lang,
    vocabulary: &mut Vocabulary,
) -> Option<EntryId> {
    let surface = &text[word.range.clone()];
    match language.calendar(&word.lower) {
        Some(Calendar::Day(d)) => Some(vocabulary.neutral(format!("day {d}"), surface, 0.35)),
        // `may` and `march` are months only with a capital in English.
        Some(Calendar::Month(m)) if word.capital || lang != Lang::EN => {
            Some(vocabulary.neutral(format!("month {m}"), surface, 0.35))
        }
        _ if language.is_stop(&word.lower) => None,
        _ if word.lower.chars().nth(1).is_none() => None,
        _ => Some(vocabulary.word(lang, &word.lower, surface)),
    }
}

/// Hashes of the character 4-grams of a text's folded letters and digits, spaces
/// as one.
fn grams(text: &str) -> Vec<u16> {
    let folded: Vec<u8> = fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .flat_map(|w| w.bytes().chain([b' ']))
        .collect();
    // Two grams of a sentence seldom have one hash of 16 bits; memory goes with these.
    let mut out: Vec<u16> = folded
        .windows(4)
        .map(|w| {
            let gram = u32::from_le_bytes([w[0], w[1], w[2], w[3]]);
            (gram.wrapping_mul(0x9e37_79b1) >> 16) as u16
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out.shrink_to_fit();
    out
}

/// The first and last day a date such as `2020`, `2020-10` or `2020-10-02` covers,
/// counted from 1970-01-01; `None` when it does not begin with a year.
///
/// ```
/// use diptych::align::profile::days;
/// assert_eq!(days("1970-01-02T10:00"), Some((1, 1)));
/// assert_eq!(days("1970-02"), Some((31, 58)));
/// assert_eq!(days("1970"), Some((0, 364)));
/// assert_eq!(days("hier"), None);
/// ```
#[must_use]
pub fn days(date: &str) -> Option<(i64, i64)> {
    let mut parts = date.trim().splitn(3, '-');
    let year: i64 = parts
        .next()?
        .parse()
        .ok()
        .filter(|y| (1..=9999).contains(y))?;
    let month: Option<i64> = parts
        .next()
        .and_then(|m| m.parse().ok())
        .filter(|m| (1..=12).contains(m));
    let day: Option<i64> = parts.next().and_then(|d| {
        let digits: String = d.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|d| (1..=31).contains(d))
    });
    Some(match (month, day) {
        (Some(m), Some(d)) => (day_number(year, m, d), day_number(year, m, d)),
        (Some(12), None) => (day_number(year, 12, 1), day_number(year + 1, 1, 1) - 1),
        (Some(m), None) => (day_number(year, m, 1), day_number(year, m + 1, 1) - 1),
        _ => (day_number(year, 1, 1), day_number(year + 1, 1, 1) - 1),
    })
}

/// Days from 1970-01-01 in the Gregorian calendar (Hinnant's `days_from_civil`).
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_know_what_they_count() {
        let mut v = Vocabulary::default();
        let p = Profile::of_text(
            "Some 1,280 people have left the town since Tuesday.",
            None,
            Lang::EN,
            &mut v,
        );
        let number = &p.numbers[0];
        assert_eq!(number.value, 1280.0);
        let near: Vec<_> = number
            .near
            .iter()
            .map(|&e| v.entry(e).text.as_str())
            .collect();
        assert_eq!(near, ["peopl", "left"]);
    }

    #[test]
    fn the_first_word_is_a_name_only_when_rare() {
        let mut v = Vocabulary::default();
        let p = Profile::of_text("Russia told Macron", None, Lang::EN, &mut v);
        let names: Vec<_> = p.own.iter().map(|t| t.name).collect();
        assert_eq!(names.last(), Some(&true));
        let p = Profile::of_text("Soldiers left", None, Lang::EN, &mut v);
        assert!(!p.own[0].name);
    }
}
