//! What the quotation finder knows of words, from the tables of a language: closed
//! classes, reporting verbs in all their forms, nouns for people and bodies.

mod tables;

use std::ops::Range;

use crate::document::Lang;
use crate::rules::word_table::WordTable;
use tables::{ENGLISH, FRENCH};

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

    /// Closed classes that no name is made of.
    pub(crate) const FUNCTION: u32 = DET
        | PREP
        | PRON
        | REL
        | SUB
        | CONJ
        | NEG
        | CLITIC
        | AUX
        | MODAL
        | ADV
        | TIME
        | GENITIVE
        | OBJECT;

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
    /// Of words that roles are made of: without case, accents and closing apostrophe.
    pub(crate) plain: Option<&'static str>,
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

impl Word {
    /// The role it may have in a mention: not of a word of a closed class, unless it
    /// is a title.
    fn open_role(&self) -> Option<Role> {
        self.role
            .filter(|_| self.classes & class::FUNCTION == 0 || self.classes & class::TITLE != 0)
    }

    fn traits(&self) -> Traits {
        // French `lui` and `eux` are clitics.
        const BEGINS: u32 = class::DET | class::PRON | class::POSS | class::CLITIC;
        let role = self.open_role();
        Traits {
            classes: self.classes,
            role,
            reports: !self.verbs.is_empty(),
            begins_mention: self.classes & BEGINS != 0 || role.is_some(),
            demonym: self.demonym,
            state: self.state.is_some(),
            first_name: self.first_name.is_some(),
        }
    }
}

/// What is asked of every word of a text, small enough to stand with it: the word itself
/// lies far off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits {
    pub(crate) classes: u32,
    /// The role it may have in a mention.
    pub(crate) role: Option<Role>,
    /// May be a form of a reporting verb.
    pub(crate) reports: bool,
    /// A mention may begin with it.
    pub(crate) begins_mention: bool,
    /// Says of which state something is.
    pub(crate) demonym: bool,
    /// The name of a state, or of its capital.
    pub(crate) state: bool,
    pub(crate) first_name: bool,
}

/// A word in the tables, what is asked of it most often beside its number.
#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u32,
    traits: Traits,
}

/// The tables of one language.
pub(crate) struct Lexicon {
    words: Vec<Word>,
    entries: WordTable<Entry>,
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

    /// What is known of a word, in any case.
    pub(crate) fn word(&self, word: &str) -> Option<&Word> {
        self.look_up(word, 0..word.len()).map(|(word, _)| word)
    }

    /// What is known of a word of a text, in any case, and its traits, for which the
    /// word itself need not be read.
    pub(crate) fn look_up(&self, text: &str, range: Range<usize>) -> Option<(&Word, Traits)> {
        let entry = self.entries.get_in(text, &range)?;
        let word = self.words.get(entry.number as usize)?;
        Some((word, entry.traits))
    }
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
