//! Mentions: the stretches of a paragraph that name someone who may speak.
//!
//! Names (with their title), nouns for people and bodies with what belongs to
//! them (`le ministre russe des Affaires étrangères`), pronouns, and states by
//! name or capital. What stands in apposition (`Vahé Hakobian, le chef de la
//! diplomatie,`) becomes one mention, so that its words are known of the name.

mod appositions;
mod english;
mod french;
mod names;
mod roles;

use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::class::FUNCTION;
use super::lexicon::{Gender, Lexicon, RoleKind, class};
use super::tokens::{Kind, Paragraph, Token};
use crate::document::Lang;
use crate::rules::hash::WordHashing;
pub(crate) use roles::Roles;

/// What kind of mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The name of a person.
    Person,
    /// The name of a body.
    Body,
    /// A state, by name or capital.
    State,
    /// The name of a street, a hill: nobody who speaks.
    Place,
    /// A noun for a person or body, without a name.
    Role(RoleKind),
    /// A personal pronoun, or `ce dernier`, `l'intéressée`.
    Pronoun,
    /// Any other noun with its article: only where grammar says that it speaks.
    Other,
}

/// A mention in a paragraph; all ranges are token numbers.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// All of it, title and apposition included.
    pub(crate) range: Range<usize>,
    /// Title, role or article before the name to its end.
    pub(crate) shown: Range<usize>,
    /// The name alone, where it is one.
    pub(crate) name: Option<Range<usize>>,
    pub(crate) what: What,
    /// The nouns that say what someone is.
    pub(crate) roles: Roles,
    pub(crate) gender: Gender,
    pub(crate) plural: bool,
    /// `un`, `a`: somebody new.
    pub(crate) indefinite: bool,
    /// Follows a preposition: rarely the subject.
    pub(crate) oblique: bool,
    pub(crate) state: Option<&'static str>,
    /// `cet ancien bâtonnier`, `this lawyer`: somebody named before.
    pub(crate) pointing: bool,
    /// `son chef`, `its chief`.
    pub(crate) possessed: bool,
    /// The token that says for short what a body is called: `Kordofan Liberation Front
    /// (KLF)`.
    pub(crate) alias: Option<u32>,
}

/// Words that the document writes with a capital where no sentence begins.
pub(crate) type Capitals<'d> = HashSet<&'d str, WordHashing>;

/// Collects the capitalised words that stand within sentences.
pub(crate) fn capitals<'d>(paragraph: &Paragraph<'d>, into: &mut Capitals<'d>) {
    for (at, token) in paragraph.tokens.iter().enumerate() {
        if token.capital && token.is_word() && !paragraph.begins_sentence(at) {
            into.insert(token.of(paragraph.text));
        }
    }
}

/// The mentions outside quotation marks, in order.
pub(crate) fn mentions(
    paragraph: &Paragraph<'_>,
    lexicon: &Lexicon,
    capitals: &Capitals<'_>,
) -> Vec<Mention> {
    let finder = Finder {
        p: paragraph,
        lexicon,
        capitals,
    };
    let mut found = Vec::with_capacity(paragraph.tokens.len() / 6);
    let mut free = 0;
    // What a relative pronoun owns needs no article.
    let mut after_relative = false;
    for (at, token) in paragraph.tokens.iter().enumerate() {
        let begins = token.traits.begins_mention || after_relative;
        after_relative = token.is(class::REL);
        if at >= free
            && begins
            && let Some(mention) = finder.mention_at(at)
        {
            free = mention.range.end;
            finder.push(&mut found, mention);
        }
    }
    for mention in &mut found {
        finder.take_bare_role(mention);
    }
    found
}

/// Whether a mention is a thing that bears words, a sign or a banner.
pub(crate) fn is_inscribed(reading: &super::attribution::Reading<'_>, mention: usize) -> bool {
    let Some(mention) = reading.mentions.get(mention) else {
        return false;
    };
    mention.what == What::Other
        && mention
            .roles
            .first()
            .and_then(|role| reading.p.tokens.get(role.start))
            .is_some_and(|t| t.is(class::INSCRIBED))
}

struct Finder<'p, 'd> {
    p: &'p Paragraph<'d>,
    lexicon: &'p Lexicon,
    capitals: &'p Capitals<'d>,
}

impl<'d> Finder<'_, 'd> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.p.tokens.get(at)
    }

    fn text(&self, at: usize) -> &'d str {
        self.token(at).map_or("", |t| t.of(self.p.text))
    }

    fn is_french(&self) -> bool {
        self.lexicon.lang == Lang::FR
    }

    fn mention_at(&self, at: usize) -> Option<Mention> {
        let token = self.token(at)?;
        if !token.is_word() || token.quoted {
            return None;
        }
        let mut mention = match self.pronoun(at) {
            Some(pronoun) => pronoun,
            None => self.noun_phrase(at)?,
        };
        mention.oblique = self.is_oblique(at);
        let article = self.text(at);
        mention.pointing = ["ce", "cet", "cette", "this", "that"]
            .iter()
            .any(|word| article.eq_ignore_ascii_case(word))
            || mention.what == What::Pronoun && mention.range.len() > 1;
        mention.possessed = token.is(class::POSS);
        Some(mention)
    }

    /// Whether a preposition stands before.
    fn is_oblique(&self, at: usize) -> bool {
        let contracted = self
            .token(at)
            .is_some_and(|t| t.is(class::PREP) && t.is(class::DET));
        contracted
            || at
                .checked_sub(1)
                .and_then(|b| self.token(b))
                .is_some_and(|b| b.is(class::PREP) || b.is(class::GENITIVE))
    }

    fn pronoun(&self, at: usize) -> Option<Mention> {
        let token = self.token(at)?;
        let text = self.text(at);
        let french = self.is_french();
        // Most words are none: told before anything is allocated.
        let possible = token.is(class::PRON | class::DET | class::POSS)
            || text.starts_with('-')
            || french && matches!(text, "lui" | "eux");
        if !possible {
            return None;
        }
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        // `Her answer was blunt:`: whoever says it is the owner of the word.
        let owns_words = token.is(class::POSS)
            && !token.is(class::PREP)
            && self.token(at + 1).is_some_and(|t| t.is(class::SAYING));
        let (length, gender, plural) = if owns_words {
            let gender = if is("his") {
                Gender::Masculine
            } else if is("her") {
                Gender::Feminine
            } else {
                Gender::Unknown
            };
            (1, gender, is("their") || is("leur") || is("leurs"))
        } else if let Some(clitic) = text.strip_prefix('-') {
            match clitic.to_lowercase().trim_start_matches("t-") {
                "il" => (1, Gender::Masculine, false),
                "elle" => (1, Gender::Feminine, false),
                "ils" => (1, Gender::Masculine, true),
                "elles" => (1, Gender::Feminine, true),
                _ => return None,
            }
        } else if french && (is("ce") || is("cette") || is("cet")) {
            match self.text(at + 1) {
                "dernier" => (2, Gender::Masculine, false),
                "dernière" => (2, Gender::Feminine, false),
                _ => return None,
            }
        } else if let Some(gender) = self.ordinal_gender(at) {
            (2, gender, false)
        } else if french && (is("l'") || is("l’")) {
            match self.text(at + 1) {
                "intéressé" => (2, Gender::Masculine, false),
                "intéressée" => (2, Gender::Feminine, false),
                _ => return None,
            }
        } else if token.is(class::PRON)
            && !matches!(
                text,
                "on" | "On"
                    | "I"
                    | "we"
                    | "We"
                    | "you"
                    | "You"
                    | "je"
                    | "Je"
                    | "j'"
                    | "nous"
                    | "Nous"
                    | "vous"
                    | "Vous"
            )
        {
            let word = token.word?;
            let gender = if word.classes & class::MASC != 0 {
                Gender::Masculine
            } else if word.classes & class::FEM != 0 {
                Gender::Feminine
            } else {
                Gender::Unknown
            };
            (
                1,
                gender,
                word.classes & class::PLURAL != 0 && word.classes & class::SINGULAR == 0,
            )
        } else if french
            && is("eux")
            && at > 0
            && self.token(at - 1).is_some_and(|t| t.is(class::PREP))
        {
            (1, Gender::Masculine, true)
        } else if french
            && is("lui")
            && at > 0
            && self.token(at - 1).is_some_and(|t| t.is(class::PREP))
        {
            (1, Gender::Masculine, false)
        } else {
            return None;
        };
        Some(Mention {
            range: at..at + length,
            shown: at..at + length,
            name: None,
            what: What::Pronoun,
            roles: Roles::default(),
            gender,
            plural,
            indefinite: false,
            oblique: false,
            state: None,
            pointing: false,
            possessed: false,
            alias: None,
        })
    }

    /// `la première`, `le second`, `the latter` of two that were named, where no noun
    /// follows: their gender.
    fn ordinal_gender(&self, at: usize) -> Option<Gender> {
        let article = self.text(at);
        let gender = match (article, self.text(at + 1)) {
            ("le" | "Le", "premier" | "second") => Gender::Masculine,
            ("la" | "La", "première" | "seconde") => Gender::Feminine,
            ("the" | "The", "former" | "latter") => Gender::Unknown,
            _ => return None,
        };
        let alone = self.token(at + 2).is_none_or(|next| {
            !next.is_word()
                || next.is(class::AUX | class::BE | class::MODAL) && !next.is(class::PREP)
                || next.word.is_some_and(|w| {
                    w.role.is_none() && w.verbs.iter().any(|(_, forms)| forms.finite)
                })
        });
        alone.then_some(gender)
    }

    fn role_at(&self, at: usize) -> Option<super::lexicon::Role> {
        let token = self.token(at).filter(|t| !t.quoted)?;
        token.traits.role
    }

    /// A name, or a noun with its article and complements.
    fn noun_phrase(&self, at: usize) -> Option<Mention> {
        let first = self.token(at)?;
        let determined = first.is(class::DET)
            && !self.is_all_caps(self.text(at))
            && !(first.capital
                && !self.p.begins_sentence(at)
                && !self.text(at).ends_with(['\'', '’']));
        // Without an article only a name begins, or a noun that the tables know; or
        // what a relative owns (`whose chief executive said`).
        if !determined
            && !first.capital
            && self.role_at(at).is_none()
            && at.checked_sub(1).is_none_or(|b| self.text(b) != "whose")
        {
            return None;
        }
        let head = if determined { at + 1 } else { at };
        // `tous les élus`, `l'un des`
        let head = if determined
            && self
                .token(head)
                .is_some_and(|t| t.is(class::DET) && !t.is(class::PREP))
        {
            head + 1
        } else {
            head
        };
        let head_token = self.token(head)?;
        let number = head_token.kind == Kind::Number && determined && !self.is_french();
        if !(head_token.is_word() || number) || head_token.quoted {
            return None;
        }
        if self.is_french() {
            self.french_phrase(at, head, determined)
        } else {
            self.english_phrase(at, head, determined)
        }
    }

    fn blank(&self, range: Range<usize>, what: What) -> Mention {
        Mention {
            shown: range.clone(),
            range,
            name: None,
            what,
            roles: Roles::default(),
            gender: Gender::Unknown,
            plural: false,
            indefinite: false,
            oblique: false,
            state: None,
            pointing: false,
            possessed: false,
            alias: None,
        }
    }

    /// `le Danois`, `the Slovenian`: a person by nationality.
    fn demonym_noun(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
        let token = self.token(head)?;
        (determined && token.traits.demonym && token.capital).then(|| {
            let mut mention = self.blank(at..head + 1, What::Role(RoleKind::Person));
            mention.roles.push(head..head + 1);
            mention.gender = self.determiner_gender(at, true).unwrap_or_default();
            mention.plural = self.text(head).ends_with('s') && !self.text(head).ends_with("is");
            mention
        })
    }

    fn other_noun(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
        if !determined || !self.is_plain_word(head) {
            return None;
        }
        // `la société leur assurait que`: the people told, and the verb.
        let told = at + 1 == head && self.text(at) == "leur";
        let verb = self.token(head).and_then(|t| t.word).is_some_and(|w| {
            w.verbs.iter().any(|(_, f)| f.finite && !f.participle) && w.role.is_none()
        });
        if told && verb {
            return None;
        }
        let end = if self.is_french() {
            // The person in `au soulagement de X` is a mention of its own.
            self.french_complements(false, head + 1)
        } else {
            let mut end = head + 1;
            while end < head + 4
                && self.is_plain_word(end)
                && self.token(end).is_none_or(|t| !t.traits.reports)
            {
                end += 1;
            }
            self.english_complements(end)
        };
        let mut mention = self.blank(at..end, What::Other);
        mention.roles.push(head..end);
        mention.gender = self.determiner_gender(at, true).unwrap_or_default();
        mention.indefinite = self.token(at)?.is(class::INDEF);
        Some(mention)
    }

    /// A word of no closed class in small letters.
    fn is_plain_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| {
            t.is_word()
                && !t.quoted
                && !t.is(FUNCTION)
                && !self.text(at).starts_with('-')
                && !t.capital
        })
    }
}

impl Mention {
    /// The gender known, else another.
    fn gender_or(&self, other: Option<Gender>) -> Gender {
        if self.gender == Gender::Unknown {
            other.unwrap_or_default()
        } else {
            self.gender
        }
    }
}
