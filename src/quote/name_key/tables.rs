//! What the tables know of the words of names: roles, institutions and states with
//! their English forms, variants that sound cannot bring together, words that are none
//! of the name.

use std::collections::{HashMap, HashSet};
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

/// Phrases with the words they stand for.
pub(super) struct Lexicon {
    /// By their first word, the longest first.
    entries: Entries,
    /// The shapes of the first words.
    firsts: Shapes,
}

type Entries = HashMap<String, Vec<Phrase>, WordHashing>;

/// A phrase by the words behind its first one.
struct Phrase {
    rest: Vec<String>,
    form: String,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Entries::default();
    let mut add = |phrase: &str, form: &str| {
        let plain = plain(phrase);
        let words: Vec<String> = words(&plain).map(|w| w.text.to_owned()).collect();
        if let Some(first) = words.first() {
            let entries = lexicon.entry(first.clone()).or_default();
            let rest = words[1..].to_vec();
            if !entries.iter().any(|known| known.rest == rest) {
                let form = form.to_owned();
                entries.push(Phrase { rest, form });
            }
        }
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
    Lexicon::of(lexicon)
});

impl Lexicon {
    #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    fn of(mut entries: Entries) -> Self {
        for phrases in entries.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        let firsts = entries.keys().map(String::as_str).collect();
        Self { entries, firsts }
    }
}

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
    let mut roles = Entries::default();
    let table = Table::parse(
        "fr/role_words",
        include_str!("../../rules/fr/role_words.tsv"),
    );
    for row in table.rows() {
        let words: Vec<String> = row.get("fr").split(' ').map(str::to_owned).collect();
        if let Some(first) = words.first() {
            let entries = roles.entry(first.clone()).or_default();
            entries.push(Phrase {
                rest: words[1..].to_vec(),
                form: row.get("en").to_owned(),
            });
        }
    }
    Lexicon::of(roles)
});

/// The longest phrase of a lexicon at the head of these words: how many words it
/// has and what stands for it.
pub(super) fn lexicon_match<W: AsRef<str>>(
    lexicon: &'static Lexicon,
    words: &[W],
) -> Option<(usize, &'static str)> {
    let first = words.first()?.as_ref();
    let may_begin = lexicon.firsts.may_hold(first);
    let entries = may_begin.then(|| lexicon.entries.get(first))??;
    let rest = &words[1..];
    entries
        .iter()
        .find(|phrase| {
            phrase.rest.len() <= rest.len()
                && phrase.rest.iter().zip(rest).all(|(p, w)| p == w.as_ref())
        })
        .map(|phrase| (phrase.rest.len() + 1, phrase.form.as_str()))
}
