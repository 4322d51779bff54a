//! What the quotation finder knows of words, from the tables of a language: closed
//! classes, reporting verbs in all their forms, nouns for people and bodies.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::Lang;
use crate::rules::hash::WordHashing;
use crate::rules::table::Table;

/// Classes of words, as bits; a word may be of several.
pub(crate) mod class {
    pub(crate) const DET: u32 = 1;
    pub(crate) const INDEF: u32 = 1 << 1;
    pub(crate) const POSS: u32 = 1 << 2;
    pub(crate) const PREP: u32 = 1 << 3;
    pub(crate) const PRON: u32 = 1 << 4;
    pub(crate) const REL: u32 = 1 << 5;
    pub(crate) const SUB: u32 = 1 << 6;
    pub(crate) const CONJ: u32 = 1 << 7;
    pub(crate) const NEG: u32 = 1 << 8;
    pub(crate) const CLITIC: u32 = 1 << 9;
    pub(crate) const AUX: u32 = 1 << 10;
    pub(crate) const BE: u32 = 1 << 11;
    pub(crate) const MODAL: u32 = 1 << 12;
    pub(crate) const ADV: u32 = 1 << 13;
    pub(crate) const TIME: u32 = 1 << 14;
    pub(crate) const TITLE: u32 = 1 << 15;
    pub(crate) const PARTICLE: u32 = 1 << 16;
    pub(crate) const MASC: u32 = 1 << 17;
    pub(crate) const FEM: u32 = 1 << 18;
    pub(crate) const SINGULAR: u32 = 1 << 19;
    pub(crate) const PLURAL: u32 = 1 << 20;
    pub(crate) const NEUTER: u32 = 1 << 21;
    pub(crate) const GENITIVE: u32 = 1 << 22;
    pub(crate) const OBJECT: u32 = 1 << 23;
    pub(crate) const PLACE: u32 = 1 << 24;
    /// A noun for what somebody says: `answer`, `réponse`.
    pub(crate) const SAYING: u32 = 1 << 25;
    /// A past form that does not end in -ed.
    pub(crate) const PAST: u32 = 1 << 26;
    /// What somebody is charged with or sued for follows.
    pub(crate) const CHARGE: u32 = 1 << 27;
    /// Said of who wants to speak without a name.
    pub(crate) const ANONYMOUS: u32 = 1 << 28;
    /// How somebody speaks: `blunt`, `catégorique`.
    pub(crate) const MANNER: u32 = 1 << 30;
    /// A thing that bears words: `banner`, `affiche`.
    pub(crate) const INSCRIBED: u32 = 1 << 31;
    /// A number in words, from two.
    pub(crate) const NUMERAL: u32 = 1 << 29;

    /// The bit of a name in the table.
    pub(super) fn of(name: &str) -> u32 {
        match name {
            "det" => DET,
            "indef" => INDEF,
            "poss" => POSS,
            "prep" => PREP,
            "pron" => PRON,
            "rel" => REL,
            "sub" => SUB,
            "conj" => CONJ,
            "neg" => NEG,
            "clitic" => CLITIC,
            "aux" => AUX,
            "be" => BE,
            "modal" => MODAL,
            "adv" => ADV,
            "time" => TIME,
            "title" => TITLE,
            "particle" => PARTICLE,
            "m" => MASC,
            "f" => FEM,
            "s" => SINGULAR,
            "p" => PLURAL,
            "n" => NEUTER,
            "gen" => GENITIVE,
            "obj" => OBJECT,
            "place" => PLACE,
            "saying" => SAYING,
            "past" => PAST,
            "charge" => CHARGE,
            "anonymous" => ANONYMOUS,
            "manner" => MANNER,
            "inscribed" => INSCRIBED,
            _ => 0,
        }
    }
}

/// Grammatical gender, as far as known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gender {
    Masculine,
    Feminine,
    #[default]
    Unknown,
}

impl Gender {
    fn parse(cell: &str) -> Self {
        match cell {
            "m" => Gender::Masculine,
            "f" => Gender::Feminine,
            _ => Gender::Unknown,
        }
    }

    /// Whether both may be said of one person.
    pub(crate) fn agrees(self, other: Self) -> bool {
        self == other || self == Gender::Unknown || other == Gender::Unknown
    }
}

/// What a noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleKind {
    Person,
    /// A body or several people that speak as one.
    Group,
    /// A paper that speaks for whoever issued it.
    Voice,
}

/// What an anaphoric noun goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GoesTo {
    Person,
    Body,
    State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) kind: RoleKind,
    pub(crate) gender: Gender,
    pub(crate) plural: bool,
}

/// The forms a word may be of its reporting verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Forms {
    pub(crate) finite: bool,
    pub(crate) participle: bool,
    pub(crate) gerund: bool,
    pub(crate) infinitive: bool,
}

/// A reporting verb.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    /// 3 says so by itself, 2 nearly always beside a quotation, 1 only beside one.
    pub(crate) strength: u8,
    /// What may follow without marks, see the tables.
    pub(crate) frames: &'static str,
    /// Words that must follow.
    pub(crate) with: Option<&'static str>,
}

/// All that is known of a word.
#[derive(Debug, Default)]
pub(crate) struct Word {
    pub(crate) classes: u32,
    /// Reporting verbs it may be a form of, one with a companion word first.
    pub(crate) verbs: Vec<(usize, Forms)>,
    pub(crate) role: Option<Role>,
    /// Whether it says of which state something is.
    pub(crate) demonym: bool,
    /// The key of that state.
    pub(crate) demonym_of: Option<&'static str>,
    /// A city, a region, a water by its name.
    pub(crate) town: bool,
    pub(crate) first_name: Option<Gender>,
    /// What a noun goes back to when it stands with an article alone.
    pub(crate) goes_to: Option<GoesTo>,
    /// Stems of the roles that such a noun may go back to; empty for any.
    pub(crate) of: &'static str,
    /// The key of the state whose name or capital it is.
    pub(crate) state: Option<&'static str>,
}

/// A word of at most 15 bytes in lower case, apostrophes straight, as one number,
/// its length in the last byte: every word of every text is looked up, and numbers
/// are hashed and compared at once and lie in the table itself.
#[derive(PartialEq, Eq, Hash)]
struct ShortWord(u128);

impl ShortWord {
    fn lower(word: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        let mut len = word.len();
        if word.is_ascii() {
            bytes.get_mut(..len)?.copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
        } else {
            len = 0;
            for c in word.chars() {
                let mut put = |c: char| {
                    let to = bytes.get_mut(len..len + c.len_utf8())?;
                    len += c.encode_utf8(to).len();
                    Some(())
                };
                match c {
                    '’' => put('\'')?,
                    'ß'..='ÿ' => put(c)?,
                    // Its small form depends on what stands beside it.
                    'Σ' => return None,
                    c => c.to_lowercase().try_for_each(put)?,
                }
            }
        }
        let last = bytes.len() - 1;
        if len > last {
            return None;
        }
        bytes[last] = len as u8;
        Some(Self(u128::from_le_bytes(bytes)))
    }
}

/// The tables of one language.
pub(crate) struct Lexicon {
    words: Vec<Word>,
    /// The numbers of words by their letters in lower case: of short ones, nearly
    /// all, and of others.
    short: HashMap<ShortWord, u32, WordHashing>,
    long: HashMap<String, u32, WordHashing>,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) lang: Lang,
}

impl Lexicon {
    /// The tables for a language that has some.
    pub(crate) fn of(lang: Lang) -> Option<&'static Lexicon> {
        match lang {
            Lang::FR => Some(&FRENCH),
            Lang::EN => Some(&ENGLISH),
            _ => None,
        }
    }

    fn empty(lang: Lang) -> Self {
        Self {
            words: Vec::new(),
            short: HashMap::default(),
            long: HashMap::default(),
            verbs: Vec::new(),
            lang,
        }
    }

    /// What is known of a word, in any case.
    pub(crate) fn word(&self, word: &str) -> Option<&Word> {
        let number = match ShortWord::lower(word) {
            Some(short) => self.short.get(&short),
            None => self.long.get(&word.to_lowercase().replace('’', "'")),
        };
        self.words.get(*number? as usize)
    }

    fn entry(&mut self, word: &str) -> &mut Word {
        let next = self.words.len() as u32;
        let number = match ShortWord::lower(word) {
            Some(short) => self.short.entry(short).or_insert(next),
            None => self.long.entry(word.to_lowercase()).or_insert(next),
        };
        if *number == next {
            self.words.push(Word::default());
        }
        &mut self.words[*number as usize]
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
            self.entry(noun).role.get_or_insert(singular);
            let ending = if noun.ends_with(['s', 'x']) { "" } else { "s" };
            if !ending.is_empty() {
                let stem = match (self.lang, noun.strip_suffix('y')) {
                    (Lang::EN, Some(stem)) => format!("{stem}ies"),
                    _ if noun.ends_with("al") && self.lang == Lang::FR => {
                        format!("{}aux", noun.trim_end_matches("al"))
                    }
                    _ => format!("{noun}{ending}"),
                };
                self.entry(&stem).role.get_or_insert(plural);
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
            include_str!("../rules/any/first_names.tsv"),
        );
        for row in first_names.rows() {
            let gender = Gender::parse(row.get("gender"));
            self.entry(row.get("name")).first_name = Some(gender);
        }
        let countries = Table::parse("any/countries", include_str!("../rules/any/countries.tsv"));
        let (name, adjective, capital) = if self.lang == Lang::FR {
            ("fr", "fr_adj", "fr_capital")
        } else {
            ("en", "en_adj", "en_capital")
        };
        for row in countries.rows() {
            let alternatives = |column| row.get(column).split(',').filter(|n: &&str| !n.is_empty());
            for state in alternatives(name).chain(alternatives(capital)) {
                self.entry(state).state.get_or_insert(row.get("key"));
            }
            for adjective in alternatives(adjective) {
                let plural = self.lang == Lang::FR || adjective.ends_with(['n', 'i']);
                let forms = [
                    Some(adjective.to_owned()),
                    plural.then(|| format!("{adjective}s")),
                ];
                for form in forms.into_iter().flatten() {
                    let entry = self.entry(&form);
                    entry.demonym = true;
                    entry.demonym_of.get_or_insert(row.get("key"));
                }
            }
        }
    }

    fn places(&mut self) {
        let places = Table::parse("any/places", include_str!("../rules/any/places.tsv"));
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

fn verb(row: &crate::rules::table::Row<'_>) -> Verb {
    let cell = |column| Some(row.get(column)).filter(|c| *c != "-");
    Verb {
        strength: row.get("strength").parse().unwrap_or(1),
        frames: cell("frames").unwrap_or_default(),
        with: cell("with"),
    }
}

static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty(Lang::FR);
    lexicon.function_words(&Table::parse(
        "fr/function_words",
        include_str!("../rules/fr/function_words.tsv"),
    ));
    lexicon.numerals(&Table::parse(
        "fr/number_words",
        include_str!("../rules/fr/number_words.tsv"),
    ));
    lexicon.roles(&Table::parse(
        "fr/roles",
        include_str!("../rules/fr/roles.tsv"),
    ));
    lexicon.anaphors(&Table::parse(
        "fr/anaphors",
        include_str!("../rules/fr/anaphors.tsv"),
    ));
    lexicon.names();
    lexicon.places();
    let conjugations = Table::parse(
        "fr/conjugations",
        include_str!("../rules/fr/conjugations.tsv"),
    );
    let verbs = Table::parse(
        "fr/reporting_verbs",
        include_str!("../rules/fr/reporting_verbs.tsv"),
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
    lexicon
});

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty(Lang::EN);
    lexicon.function_words(&Table::parse(
        "en/function_words",
        include_str!("../rules/en/function_words.tsv"),
    ));
    lexicon.numerals(&Table::parse(
        "en/number_words",
        include_str!("../rules/en/number_words.tsv"),
    ));
    lexicon.roles(&Table::parse(
        "en/roles",
        include_str!("../rules/en/roles.tsv"),
    ));
    lexicon.anaphors(&Table::parse(
        "en/anaphors",
        include_str!("../rules/en/anaphors.tsv"),
    ));
    lexicon.names();
    lexicon.places();
    let verbs = Table::parse(
        "en/reporting_verbs",
        include_str!("../rules/en/reporting_verbs.tsv"),
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
    lexicon
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

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(lang: Lang, word: &str) -> Forms {
        let lexicon = Lexicon::of(lang).unwrap();
        let word = lexicon
            .word(word)
            .unwrap_or_else(|| panic!("{word} is known"));
        word.verbs.first().unwrap().1
    }

    #[test]
    fn conjugates_reporting_verbs() {
        for finite in [
            "annonçait",
            "répond",
            "répète",
            "rappelle",
            "prévient",
            "écrivent",
            "reconnaît",
            "martèle",
            "relève",
            "promet",
            "lança",
            "craint",
            "soutient",
            "dément",
            "exclut",
            "balaie",
        ] {
            assert!(forms(Lang::FR, finite).finite, "{finite}");
        }
        for participle in [
            "dit", "prévenu", "répondu", "annoncé", "écrit", "promis", "reconnu", "soutenu",
        ] {
            assert!(forms(Lang::FR, participle).participle, "{participle}");
        }
        assert!(forms(Lang::FR, "ajoutant").gerund);
        for finite in [
            "says", "said", "urged", "denies", "replied", "pledged", "quipped",
        ] {
            assert!(forms(Lang::EN, finite).finite, "{finite}");
        }
        assert!(forms(Lang::EN, "arguing").gerund);
    }

    #[test]
    fn knows_roles_and_states() {
        let fr = Lexicon::of(Lang::FR).unwrap();
        assert_eq!(
            fr.word("ministre").unwrap().role.unwrap().kind,
            RoleKind::Person
        );
        assert!(fr.word("Représentants").unwrap().role.unwrap().plural);
        assert_eq!(fr.word("Moscou").unwrap().state, Some("russia"));
        assert!(fr.word("slovène").unwrap().demonym);
    }
}
