//! The lexicons of both languages, read from the tables: closed classes, nouns for
//! people and bodies, names, and the forms of reporting verbs.

use std::sync::LazyLock;

use super::{Entry, Forms, Gender, GoesTo, Lexicon, Role, RoleKind, Traits, Verb, Word, class};
use crate::document::Lang;
use crate::quote::name_key::plain;
use crate::rules::table::{Row, Table};
use crate::rules::word_table::WordTable;

impl Lexicon {
    fn empty(lang: Lang) -> Self {
        Self {
            words: Vec::new(),
            entries: WordTable::default(),
            verbs: Vec::new(),
            lang,
        }
    }

    fn entry(&mut self, word: &str) -> &mut Word {
        let next = Entry {
            number: self.words.len() as u32,
            traits: Traits::default(),
        };
        let entry = self.entries.entry(word, || next);
        if entry.number == next.number {
            self.words.push(Word::default());
        }
        &mut self.words[entry.number as usize]
    }

    /// The entry of a word that roles are made of.
    fn role_word(&mut self, word: &str) -> &mut Word {
        let plain = plain(word.trim_end_matches(['\'', '.'])).into_owned();
        let entry = self.entry(word);
        // The tables live as long as the program.
        entry.plain.get_or_insert_with(|| plain.leak());
        entry
    }

    /// Notes the traits of all words beside their numbers, when all tables are read.
    fn finish(mut self) -> Self {
        self.entries
            .for_each_mut(|entry| entry.traits = self.words[entry.number as usize].traits());
        self
    }

    fn function_words(&mut self, table: &Table) {
        for row in table.rows() {
            let bits = row
                .get("classes")
                .split(' ')
                .fold(0, |bits, name| bits | class::of(name));
            self.entry(row.get("word")).classes |= bits;
        }
    }

    fn numerals(&mut self, table: &Table) {
        let numbers = table
            .rows()
            .filter(|row| !matches!(row.get("value"), "0" | "1"));
        for row in numbers {
            self.entry(row.get("word")).classes |= class::NUMERAL;
            // `forty-one`, `quarante-sept`
            if row.get("kind") == "ten" {
                let units = table.rows().filter(|unit| unit.get("kind") == "unit");
                for unit in units {
                    let number = format!("{}-{}", row.get("word"), unit.get("word"));
                    self.entry(&number).classes |= class::NUMERAL;
                }
            }
        }
    }

    fn roles(&mut self, table: &Table) {
        for row in table.rows() {
            let kind = match row.get("kind") {
                "person" => RoleKind::Person,
                "voice" => RoleKind::Voice,
                _ => RoleKind::Group,
            };
            let noun = row.get("noun");
            let singular = Role {
                kind,
                gender: Gender::parse(row.get("gender")),
                plural: false,
            };
            let plural = Role {
                // Several people speak as a body does.
                kind: if kind == RoleKind::Person {
                    RoleKind::Group
                } else {
                    kind
                },
                plural: true,
                ..singular
            };
            self.role_word(noun).role.get_or_insert(singular);
            let ending = if noun.ends_with(['s', 'x']) { "" } else { "s" };
            if !ending.is_empty() {
                let stem = match (self.lang, noun.strip_suffix('y')) {
                    (Lang::EN, Some(stem)) => format!("{stem}ies"),
                    _ if noun.ends_with("al") && self.lang == Lang::FR => {
                        format!("{}aux", noun.trim_end_matches("al"))
                    }
                    _ => format!("{noun}{ending}"),
                };
                self.role_word(&stem).role.get_or_insert(plural);
            }
        }
    }

    fn anaphors(&mut self, table: &Table) {
        for row in table.rows() {
            let entry = self.entry(row.get("noun"));
            entry.goes_to = match row.get("goes_to") {
                "person" => Some(GoesTo::Person),
                "body" => Some(GoesTo::Body),
                "state" => Some(GoesTo::State),
                _ => None,
            };
            entry.of = Some(row.get("of")).filter(|of| *of != "-").unwrap_or("");
        }
    }

    fn names(&mut self) {
        let first_names = Table::parse(
            "any/first_names",
            include_str!("../../rules/any/first_names.tsv"),
        );
        for row in first_names.rows() {
            let gender = Gender::parse(row.get("gender"));
            self.entry(row.get("name")).first_name = Some(gender);
        }
        let countries = Table::parse(
            "any/countries",
            include_str!("../../rules/any/countries.tsv"),
        );
        let (name, adjective, capital) = if self.lang == Lang::FR {
            ("fr", "fr_adj", "fr_capital")
        } else {
            ("en", "en_adj", "en_capital")
        };
        for row in countries.rows() {
            let alternatives = |column| row.get(column).split(',').filter(|n: &&str| !n.is_empty());
            for state in alternatives(name).chain(alternatives(capital)) {
                self.role_word(state).state.get_or_insert(row.get("key"));
            }
            for adjective in alternatives(adjective) {
                let plural = self.lang == Lang::FR || adjective.ends_with(['n', 'i']);
                let forms = [
                    Some(adjective.to_owned()),
                    plural.then(|| format!("{adjective}s")),
                ];
                for form in forms.into_iter().flatten() {
                    let entry = self.role_word(&form);
                    entry.demonym = true;
                    entry.demonym_of.get_or_insert(row.get("key"));
                }
            }
        }
    }

    fn places(&mut self) {
        let places = Table::parse("any/places", include_str!("../../rules/any/places.tsv"));
        let column = if self.lang == Lang::FR { "fr" } else { "en" };
        for row in places.rows() {
            for name in row.get(column).split(',').filter(|n| !n.is_empty()) {
                self.entry(name).town = true;
            }
        }
    }

    fn add_verb_form(&mut self, verb: usize, form: &str, which: Forms) {
        let with = self.verbs[verb].with.is_some();
        let verbs = &mut self.entry(form).verbs;
        if let Some((_, forms)) = verbs.iter_mut().find(|(v, _)| *v == verb) {
            forms.finite |= which.finite;
            forms.participle |= which.participle;
            forms.gerund |= which.gerund;
            forms.infinitive |= which.infinitive;
        } else if with {
            verbs.insert(0, (verb, which));
        } else {
            verbs.push((verb, which));
        }
    }
}

const FINITE: Forms = Forms {
    finite: true,
    participle: false,
    gerund: false,
    infinitive: false,
};
const PARTICIPLE: Forms = Forms {
    participle: true,
    finite: false,
    ..FINITE
};
const GERUND: Forms = Forms {
    gerund: true,
    finite: false,
    ..FINITE
};
const INFINITIVE: Forms = Forms {
    infinitive: true,
    finite: false,
    ..FINITE
};

fn verb(row: &Row<'_>) -> Verb {
    let cell = |column| Some(row.get(column)).filter(|c| *c != "-");
    Verb {
        strength: row.get("strength").parse().unwrap_or(1),
        frames: cell("frames").unwrap_or_default(),
        with: cell("with"),
    }
}

pub(super) static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty(Lang::FR);
    lexicon.function_words(&Table::parse(
        "fr/function_words",
        include_str!("../../rules/fr/function_words.tsv"),
    ));
    lexicon.numerals(&Table::parse(
        "fr/number_words",
        include_str!("../../rules/fr/number_words.tsv"),
    ));
    lexicon.roles(&Table::parse(
        "fr/roles",
        include_str!("../../rules/fr/roles.tsv"),
    ));
    lexicon.anaphors(&Table::parse(
        "fr/anaphors",
        include_str!("../../rules/fr/anaphors.tsv"),
    ));
    lexicon.names();
    lexicon.places();
    let conjugations = Table::parse(
        "fr/conjugations",
        include_str!("../../rules/fr/conjugations.tsv"),
    );
    let verbs = Table::parse(
        "fr/reporting_verbs",
        include_str!("../../rules/fr/reporting_verbs.tsv"),
    );
    for row in verbs.rows() {
        let number = lexicon.verbs.len();
        lexicon.verbs.push(verb(&row));
        let infinitive = row.get("verb");
        lexicon.add_verb_form(number, infinitive, INFINITIVE);
        let class = conjugations
            .rows()
            .find(|c| c.get("class") == row.get("class"));
        let Some(class) = class else { continue };
        let stem = infinitive
            .strip_suffix(class.get("strip"))
            .unwrap_or(infinitive);
        for (column, which) in [
            ("finite", FINITE),
            ("participle", PARTICIPLE),
            ("gerund", GERUND),
        ] {
            for ending in class.get(column).split(' ').filter(|e| !e.is_empty()) {
                let form = format!("{stem}{}", ending.trim_matches('-'));
                lexicon.add_verb_form(number, &form, which);
            }
        }
    }
    lexicon.finish()
});

pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty(Lang::EN);
    lexicon.function_words(&Table::parse(
        "en/function_words",
        include_str!("../../rules/en/function_words.tsv"),
    ));
    lexicon.numerals(&Table::parse(
        "en/number_words",
        include_str!("../../rules/en/number_words.tsv"),
    ));
    lexicon.roles(&Table::parse(
        "en/roles",
        include_str!("../../rules/en/roles.tsv"),
    ));
    lexicon.anaphors(&Table::parse(
        "en/anaphors",
        include_str!("../../rules/en/anaphors.tsv"),
    ));
    lexicon.names();
    lexicon.places();
    let verbs = Table::parse(
        "en/reporting_verbs",
        include_str!("../../rules/en/reporting_verbs.tsv"),
    );
    for row in verbs.rows() {
        let number = lexicon.verbs.len();
        lexicon.verbs.push(verb(&row));
        let infinitive = row.get("verb");
        lexicon.add_verb_form(number, infinitive, INFINITIVE);
        // `urge` is a present form too.
        lexicon.add_verb_form(number, infinitive, FINITE);
        if row.get("forms") == "-" {
            let (third, past, gerund) = regular(infinitive);
            lexicon.add_verb_form(number, &third, FINITE);
            lexicon.add_verb_form(number, &past, FINITE);
            lexicon.add_verb_form(number, &past, PARTICIPLE);
            lexicon.add_verb_form(number, &gerund, GERUND);
            continue;
        }
        for form in row.get("forms").split(' ') {
            if form.ends_with("ing") {
                lexicon.add_verb_form(number, form, GERUND);
            } else {
                lexicon.add_verb_form(number, form, FINITE);
                if !form.ends_with('s') {
                    lexicon.add_verb_form(number, form, PARTICIPLE);
                }
            }
        }
    }
    lexicon.finish()
});

/// Third person, past and gerund of a regular English verb.
fn regular(verb: &str) -> (String, String, String) {
    if let Some(stem) = verb.strip_suffix('e') {
        let gerund = if verb.ends_with("ee") { verb } else { stem };
        return (
            format!("{verb}s"),
            format!("{verb}d"),
            format!("{gerund}ing"),
        );
    }
    if let Some(stem) = verb.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return (
            format!("{stem}ies"),
            format!("{stem}ied"),
            format!("{verb}ing"),
        );
    }
    let third = if verb.ends_with(['s', 'x', 'z']) || verb.ends_with("sh") || verb.ends_with("ch") {
        format!("{verb}es")
    } else {
        format!("{verb}s")
    };
    (third, format!("{verb}ed"), format!("{verb}ing"))
}
