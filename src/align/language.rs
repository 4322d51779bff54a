//! What the aligner knows of a language: stop words, number words, names of days
//! and months, how frequent a word is, how it is stemmed. All of it from the
//! tables in `src/rules/<lang>/`; a language without tables has none of these and
//! is compared by its words as they are.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::words::fold;
use crate::document::Lang;
use crate::rules::frequency;
use crate::rules::hash::WordMap;
use crate::rules::shapes::Shapes;
use crate::rules::table::Table;

/// What a number word adds to the number it stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberWord {
    /// 0 to 19.
    Unit(f64),
    /// 20, 30, ... 90.
    Ten(f64),
    /// 100, 1000, a million: multiplies what stands before it.
    Multiplier(f64),
    /// `une dizaine`: a number by itself.
    About(f64),
    /// A half, a third: multiplies the number before it, if there is one.
    Fraction(f64),
}

/// A day of the week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// 1 for Monday to 7 for Sunday.
    Day(u8),
    /// 1 to 12.
    Month(u8),
}

/// What a word without content does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct StopWord {
    negates: bool,
    opens: bool,
}

/// The tables of one language.
pub struct Language {
    stop: WordMap<StopWord>,
    numbers: WordMap<NumberWord>,
    calendar: WordMap<Calendar>,
    /// Of number words, days and months.
    counting: Shapes,
    /// Phrases with a word that negates elsewhere, a word or a gap each, the longest first.
    phrases: Vec<Vec<String>>,
    /// Stem to -log2 of its share of running text.
    frequency: HashMap<String, f32>,
    /// Stems of nouns for what people are or do.
    roles: HashSet<String>,
    stemmer: Option<Stemmer>,
    /// Whether the comma stands before decimals (and not between thousands).
    pub decimal_comma: bool,
}

static FRENCH: LazyLock<Language> = LazyLock::new(|| {
    Language::load(
        Lang::FR,
        &[
            Table::parse("fr/stop_words", include_str!("../rules/fr/stop_words.tsv")),
            Table::parse(
                "fr/negation_phrases",
                include_str!("../rules/fr/negation_phrases.tsv"),
            ),
            Table::parse(
                "fr/number_words",
                include_str!("../rules/fr/number_words.tsv"),
            ),
            Table::parse("fr/calendar", include_str!("../rules/fr/calendar.tsv")),
            Table::parse("fr/roles", include_str!("../rules/fr/roles.tsv")),
        ],
        Algorithm::French,
        true,
    )
});

static ENGLISH: LazyLock<Language> = LazyLock::new(|| {
    Language::load(
        Lang::EN,
        &[
            Table::parse("en/stop_words", include_str!("../rules/en/stop_words.tsv")),
            Table::parse(
                "en/negation_phrases",
                include_str!("../rules/en/negation_phrases.tsv"),
            ),
            Table::parse(
                "en/number_words",
                include_str!("../rules/en/number_words.tsv"),
            ),
            Table::parse("en/calendar", include_str!("../rules/en/calendar.tsv")),
            Table::parse("en/roles", include_str!("../rules/en/roles.tsv")),
        ],
        Algorithm::English,
        false,
    )
});

static OTHER: LazyLock<Language> = LazyLock::new(|| Language {
    stop: WordMap::default(),
    numbers: WordMap::default(),
    calendar: WordMap::default(),
    counting: Shapes::none(),
    phrases: Vec::new(),
    frequency: HashMap::new(),
    roles: HashSet::new(),
    stemmer: None,
    decimal_comma: true,
});

impl Language {
    /// The tables of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Language {
        match lang {
            Lang::FR => &FRENCH,
            Lang::EN => &ENGLISH,
            _ => &OTHER,
        }
    }

    fn load(lang: Lang, tables: &[Table; 5], stemmer: Algorithm, decimal_comma: bool) -> Self {
        let [stop, phrases, numbers, calendar, roles] = tables;
        let mut language = Self {
            stop: stop
                .rows()
                .map(|r| {
                    let word = StopWord {
                        negates: r.get("negates") == "yes",
                        opens: r.get("opens") == "yes",
                    };
                    (r.get("word"), word)
                })
                .collect(),
            numbers: numbers
                .rows()
                .map(|r| (r.get("word"), number_word(r.get("kind"), r.get("value"))))
                .collect(),
            calendar: calendar
                .rows()
                .map(|r| (r.get("word"), calendar_word(r.get("day"), r.get("month"))))
                .collect(),
            counting: numbers
                .rows()
                .chain(calendar.rows())
                .map(|r| r.get("word"))
                .collect(),
            phrases: phrases
                .rows()
                .map(|r| r.get("phrase").split(' ').map(String::from).collect())
                .collect(),
            frequency: HashMap::new(),
            roles: HashSet::new(),
            stemmer: Some(Stemmer::create(stemmer)),
            decimal_comma,
        };
        language.phrases.sort_by_key(|p| std::cmp::Reverse(p.len()));
        language.roles = roles
            .rows()
            .filter(|r| r.get("kind") == "person")
            .map(|r| language.stem(r.get("noun")))
            .collect();
        // The words of a stem occur together as often as their shares add up to.
        let mut shares: HashMap<String, f32> = HashMap::new();
        for (word, bits) in frequency::bits(lang) {
            *shares.entry(language.stem(word)).or_default() += (-bits).exp2();
        }
        language.frequency = shares.into_iter().map(|(w, s)| (w, -s.log2())).collect();
        language
    }

    /// Whether a word (in lower case) carries no content of its own.
    #[must_use]
    pub fn is_stop(&self, lower: &str) -> bool {
        self.stop.contains_key(lower)
    }

    /// Whether a stem is of a noun for what people are or do: `minister`.
    #[must_use]
    pub fn is_role(&self, stem: &str) -> bool {
        self.roles.contains(stem)
    }

    /// Phrases with a word that negates elsewhere and does not in them, the longest first.
    pub(super) fn phrases_without_negation(&self) -> &[Vec<String>] {
        &self.phrases
    }

    /// Whether a word (in lower case) turns a clause into its opposite, outside of such phrases.
    #[must_use]
    pub fn negates(&self, lower: &str) -> bool {
        self.stop.get(lower).is_some_and(|w| w.negates)
    }

    /// Whether a word (in lower case) opens a clause.
    #[must_use]
    pub fn opens_clause(&self, lower: &str) -> bool {
        self.stop.get(lower).is_some_and(|w| w.opens)
    }

    /// What a word (in lower case) adds to a number.
    #[inline]
    #[must_use]
    pub fn number_word(&self, lower: &str) -> Option<NumberWord> {
        self.counting
            .may_hold(lower)
            .then(|| self.numbers.get(lower))?
            .copied()
    }

    /// The day or month a word (in lower case) names.
    #[inline]
    #[must_use]
    pub fn calendar(&self, lower: &str) -> Option<Calendar> {
        self.counting
            .may_hold(lower)
            .then(|| self.calendar.get(lower))?
            .copied()
    }

    /// The stem of a word (in lower case), accents folded.
    #[must_use]
    pub fn stem(&self, lower: &str) -> String {
        match &self.stemmer {
            Some(stemmer) => fold(&stemmer.stem(lower)),
            None => fold(lower),
        }
    }

    /// How much a stem tells, 0 for the most frequent to 1 for the rare and the
    /// unknown: bits of information, scaled.
    #[must_use]
    pub fn information(&self, stem: &str) -> f32 {
        // The tables end at about 2^-18; words beyond are names and the like.
        const RARE_BITS: f32 = 18.0;
        const COMMON_BITS: f32 = 8.0;
        let bits = self.frequency.get(stem).copied().unwrap_or(RARE_BITS);
        ((bits - COMMON_BITS) / (RARE_BITS - COMMON_BITS)).clamp(0.15, 1.0)
    }
}

/// A cell of an embedded table as a number.
///
/// # Panics
/// When it is none: the tables are part of the program, and a test reads them.
fn parsed<T: std::str::FromStr>(cell: &str) -> T {
    match cell.parse() {
        Ok(value) => value,
        Err(_) => panic!("`{cell}` in a table of the aligner is not a number"),
    }
}

fn number_word(kind: &str, value: &str) -> NumberWord {
    let value = parsed(value);
    match kind {
        "unit" => NumberWord::Unit(value),
        "ten" => NumberWord::Ten(value),
        "multiplier" => NumberWord::Multiplier(value),
        "about" => NumberWord::About(value),
        "fraction" => NumberWord::Fraction(value),
        _ => panic!("`{kind}` is not a kind of number word"),
    }
}

fn calendar_word(day: &str, month: &str) -> Calendar {
    if month.is_empty() {
        Calendar::Day(parsed(day))
    } else {
        Calendar::Month(parsed(month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_both_languages_name_the_same_days_and_months() {
        let (fr, en) = (Language::of(Lang::FR), Language::of(Lang::EN));
        assert_eq!(fr.calendar("mardi"), en.calendar("tuesday"));
        assert_eq!(fr.calendar("août"), en.calendar("august"));
        assert_eq!(fr.number_word("soixante"), en.number_word("sixty"));
    }

    #[test]
    fn rare_words_tell_more_than_common_ones() {
        let en = Language::of(Lang::EN);
        let of = |w: &str| en.information(&en.stem(w));
        assert!(of("ceasefire") > of("government"));
        assert!(of("government") > of("people") - 0.2);
    }
}
