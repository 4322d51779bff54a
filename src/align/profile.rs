//! Sentences and articles as the aligner sees them: terms with weights, numbers
//! with what they count, quotations with their speakers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::concepts::{ConceptId, Concepts};
use super::days::days;
use super::encoder::{Encoder, NOTHING, Small};
use super::facts::Facts;
use super::kin::Subject;
use super::numbers::NumberKind;
use super::reading::{Reading, grams};
use super::vocabulary::{EntryId, Vocabulary};
use super::words::words;
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
    /// The clause it stands in, by position.
    pub clause: u16,
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
    /// The content word right behind it, mostly the thing counted itself.
    pub head: Option<EntryId>,
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
    /// What its words mean together, those left out that say who speaks or acts: two
    /// sentences of one speaker share these whatever they say.
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
    /// What it is about.
    pub subject: Subject,
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
            subject: Subject::of(&sentences, vocabulary),
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
        s.meaning = meaning(s, vocabulary);
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

/// What the words of a sentence mean together.
fn meaning(sentence: &Profile, vocabulary: &Vocabulary) -> Small {
    let terms = sentence.own.iter().enumerate();
    let wanted = terms.filter(|(at, _)| sentence.tells(*at, vocabulary));
    Encoder::get().sum(wanted.filter_map(|(_, term)| {
        let entry = vocabulary.entry(term.entry);
        // What the article is full of means less here too.
        Some((entry.code?, term.weight / entry.information))
    }))
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
            meaning: NOTHING,
        }
    }

    /// Whether one of its terms tells something beyond who speaks or acts: no name, no
    /// role, none of the words of an attribution.
    #[must_use]
    pub fn tells(&self, at: usize, vocabulary: &Vocabulary) -> bool {
        let term = self.own.get(at);
        term.is_some_and(|t| !t.name && !vocabulary.entry(t.entry).role)
            && !self.quotes.iter().any(|q| q.mention.contains(&at))
    }

    /// The clause of the text that a term of its translation most likely stands in: the
    /// one at the same part of the way, for a translation mostly keeps the order.
    #[must_use]
    pub fn clause_of_translated(&self, term: &Term) -> u16 {
        let last = |terms: &[Term]| terms.last().map_or(1, |t| t.word.max(1));
        let way = f64::from(term.word) / f64::from(last(&self.english));
        let word = (way * f64::from(last(&self.own))) as u32;
        let next = self.own.partition_point(|t| t.word < word);
        let at = next.min(self.own.len().saturating_sub(1));
        self.own.get(at).map_or(0, |t| t.clause)
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
