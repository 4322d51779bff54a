//! What the tables know of the words of names: roles, institutions and states with
//! their English forms, variants that sound cannot bring together, words that are none
//! of the name.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::LazyLock;

use super::{fold, name_key, plain, words};
use crate::rules::hash::WordHashing;
use crate::rules::shapes::Shapes;
use crate::rules::table::Table;

/// The keys of first names.
pub(super) static FIRST_NAMES: LazyLock<HashSet<String, WordHashing>> = LazyLock::new(|| {
    Table::parse(
        "any/first_names",
        include_str!("../../rules/any/first_names.tsv"),
    )
    .rows()
    .map(|row| name_key(row.get("name")))
    .collect()
});

pub(super) static STOPS: LazyLock<HashSet<&'static str, WordHashing>> = LazyLock::new(|| {
    Table::parse(
        "any/name_stops",
        include_str!("../../rules/any/name_stops.tsv"),
    )
    .rows()
    .map(|row| row.get("word"))
    .collect()
});

/// Folded variant to folded form.
pub(super) static VARIANTS: LazyLock<(Shapes, HashMap<String, String, WordHashing>)> =
    LazyLock::new(|| {
        let table = Table::parse(
            "any/name_variants",
            include_str!("../../rules/any/name_variants.tsv"),
        );
        let mut variants = HashMap::default();
        let mut shapes = Shapes::none();
        for row in table.rows() {
            let form = fold(row.get("form"));
            for variant in row.get("variants").split(' ') {
                let variant = fold(variant);
                shapes.insert(&variant);
                variants.entry(variant).or_insert_with(|| form.clone());
            }
        }
        (shapes, variants)
    });

/// Phrases with the words they stand for. They lie together, so that few places of
/// memory are read for a word.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Those that begin with one word stand together, the longest first.
    phrases: Vec<Phrase>,
    /// Which of them begin with a word, by its hash.
    first: HashMap<u64, Range<u32>, WordHashing>,
}

struct Phrase {
    /// Apart by spaces.
    words: String,
    length: usize,
    form: String,
}

fn hash(word: &str) -> u64 {
    WordHashing::default().hash_one(word)
}

impl FromIterator<(String, &'static str)> for Lexicon {
    /// Of the forms of one phrase the first counts.
    fn from_iter<T: IntoIterator<Item = (String, &'static str)>>(phrases: T) -> Self {
        let mut phrases: Vec<(u64, Phrase)> = phrases
            .into_iter()
            .filter(|(words, _)| !words.is_empty())
            .map(|(words, form)| {
                let first = words.split(' ').next().unwrap_or_default();
                let (first, length) = (hash(first), words.split(' ').count());
                let form = form.to_owned();
                let phrase = Phrase {
                    words,
                    length,
                    form,
                };
                (first, phrase)
            })
            .collect();
        phrases.sort_by(|(a, x), (b, y)| (a, y.length, &x.words).cmp(&(b, x.length, &y.words)));
        phrases.dedup_by(|(_, later), (_, first)| later.words == first.words);
        let mut lexicon = Self::default();
        for (first, phrase) in phrases {
            let number = lexicon.phrases.len() as u32;
            lexicon.first.entry(first).or_insert(number..number).end = number + 1;
            lexicon.phrases.push(phrase);
        }
        lexicon
    }
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut phrases: Vec<(String, &'static str)> = Vec::new();
    let mut add = |phrase: &str, form: &'static str| {
        let plain = plain(phrase);
        let words: Vec<&str> = words(&plain).map(|word| word.text).collect();
        phrases.push((words.join(" "), form));
    };
    let french = Table::parse(
        "fr/name_words",
        include_str!("../../rules/fr/name_words.tsv"),
    );
    for row in french.rows() {
        add(row.get("fr"), row.get("en"));
        // The English form of a French word is known as one too.
        add(row.get("en"), row.get("en"));
    }
    let english = Table::parse(
        "en/name_words",
        include_str!("../../rules/en/name_words.tsv"),
    );
    for row in english.rows() {
        add(row.get("en"), row.get("form"));
    }
    let countries = Table::parse(
        "any/countries",
        include_str!("../../rules/any/countries.tsv"),
    );
    for row in countries.rows() {
        for column in ["en", "fr", "en_adj", "fr_adj"] {
            for name in row.get(column).split(',').filter(|n| !n.is_empty()) {
                add(name, row.get("key"));
                if column == "fr_adj" && !name.ends_with('s') {
                    add(&format!("{name}s"), row.get("key"));
                }
            }
        }
    }
    phrases.into_iter().collect()
});

/// What roles are compared by within an article: a role or institution at the head
/// of a run of plain words ([`plain`]), how many of the words it takes, and what
/// stands for it in English (`chef de l'Etat`: 3, `president`).
pub(crate) fn role_words<W: AsRef<str>>(words: &[W]) -> Option<(usize, &'static str)> {
    [&*ROLES, &*LEXICON]
        .into_iter()
        .filter_map(|lexicon| lexicon_match(lexicon, words))
        .max_by_key(|(length, _)| *length)
}

/// Roles that are compared within an article only.
static ROLES: LazyLock<Lexicon> = LazyLock::new(|| {
    Table::parse(
        "fr/role_words",
        include_str!("../../rules/fr/role_words.tsv"),
    )
    .rows()
    .map(|row| (row.get("fr").to_owned(), row.get("en")))
    .collect()
});

/// The longest phrase of a lexicon at the head of these words: how many words it
/// has and what stands for it.
pub(super) fn lexicon_match<W: AsRef<str>>(
    lexicon: &'static Lexicon,
    words: &[W],
) -> Option<(usize, &'static str)> {
    let known = lexicon.first.get(&hash(words.first()?.as_ref()))?;
    let phrases = lexicon
        .phrases
        .get(known.start as usize..known.end as usize)?;
    phrases
        .iter()
        .find(|phrase| {
            phrase.length <= words.len()
                && (phrase.words.split(' ').zip(words)).all(|(p, w)| p == w.as_ref())
        })
        .map(|phrase| (phrase.length, phrase.form.as_str()))
}
