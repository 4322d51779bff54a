//! What the splitter knows of words: abbreviations and words that begin sentences.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::document::Lang;
use crate::rules::hash::{WordHashing, WordMap};
use crate::rules::shapes::Shapes;
use crate::rules::table::Table;

/// What a full stop after an abbreviation means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A name follows: never an end.
    Title,
    /// A number follows; without one it is an end.
    Number,
    /// An end only before a word that begins sentences.
    Word,
}

/// The tables of one language.
pub(super) struct Lexicon {
    /// Abbreviations with a capital count as written, others in any case.
    abbreviations: WordMap<Class>,
    /// Of the abbreviations.
    shapes: Shapes,
    starters: HashSet<&'static str, WordHashing>,
    pauses: WordMap<Pause>,
}

/// What a word with a capital means after dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pause {
    /// The sentence goes on after a pause.
    Conjunction,
    /// It has its capital anywhere.
    Capital,
}

impl Lexicon {
    /// The tables for a language; for one without tables of its own, those that
    /// need no language.
    pub(super) fn of(lang: Lang) -> &'static Lexicon {
        match lang {
            Lang::FR => &FRENCH,
            Lang::EN => &ENGLISH,
            _ => &ANY,
        }
    }

    pub(super) fn abbreviation(&self, token: &str) -> Option<Class> {
        // In ASCII the shape of a word is the same in both cases.
        if token.is_ascii() && !self.shapes.may_hold(token) {
            return None;
        }
        if let Some(&class) = self.abbreviations.get(token) {
            return Some(class);
        }
        // `RTE` is not `rte`, but `No` and `NO` are `no`.
        let mut tail = token.chars().skip(1).filter(|c| c.is_alphabetic());
        if token.len() > 2 && tail.next().is_some_and(char::is_uppercase) {
            return None;
        }
        let lower = token.to_lowercase();
        self.abbreviations.get(lower.as_str()).copied()
    }

    /// Whether a capitalised word is one that begins sentences rather than a name.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.starters.contains(word)
    }

    /// What a capitalised word means after dots, where that is not a new sentence.
    pub(super) fn pause(&self, word: &str) -> Option<Pause> {
        self.pauses.get(word).copied()
    }
}

type Source = (&'static str, &'static str);

fn lexicon(
    (name, abbreviations): Source,
    (starter_name, starters): Source,
    (pause_name, pauses): Source,
) -> Lexicon {
    let class = |cell: &str| match cell {
        "title" => Class::Title,
        "number" => Class::Number,
        _ => Class::Word,
    };
    let abbreviations: WordMap<Class> = Table::parse(name, abbreviations)
        .rows()
        .map(|row| (row.get("form"), class(row.get("class"))))
        .collect();
    Lexicon {
        shapes: abbreviations.keys().copied().collect(),
        abbreviations,
        starters: Table::parse(starter_name, starters)
            .rows()
            .map(|row| row.get("word"))
            .collect(),
        pauses: Table::parse(pause_name, pauses)
            .rows()
            .map(|row| {
                let class = match row.get("class") {
                    "conjunction" => Pause::Conjunction,
                    _ => Pause::Capital,
                };
                (row.get("word"), class)
            })
            .collect(),
    }
}

/// A language without words of that kind.
const NO_PAUSES: Source = ("any/pause_words", "word\tclass");

static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| {
    lexicon(
        (
            "fr/abbreviations",
            include_str!("../rules/fr/abbreviations.tsv"),
        ),
        (
            "fr/sentence_starters",
            include_str!("../rules/fr/sentence_starters.tsv"),
        ),
        NO_PAUSES,
    )
});

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    lexicon(
        (
            "en/abbreviations",
            include_str!("../rules/en/abbreviations.tsv"),
        ),
        (
            "en/sentence_starters",
            include_str!("../rules/en/sentence_starters.tsv"),
        ),
        (
            "en/pause_words",
            include_str!("../rules/en/pause_words.tsv"),
        ),
    )
});

static ANY: LazyLock<Lexicon> = LazyLock::new(|| {
    lexicon(
        (
            "any/abbreviations",
            include_str!("../rules/any/abbreviations.tsv"),
        ),
        ("any/sentence_starters", "word"),
        NO_PAUSES,
    )
});
