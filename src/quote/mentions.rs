//! Mentions: the stretches of a paragraph that name someone who may speak.
//!
//! Names (with their title), nouns for people and bodies with what belongs to
//! them (`le ministre russe des Affaires étrangères`), pronouns, and states by
//! name or capital. What stands in apposition (`Vahé Hakobian, le chef de la
//! diplomatie,`) becomes one mention, so that its words are known of the name.

use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::{Gender, Lexicon, RoleKind, class};
use super::tokens::{Kind, Paragraph, Token};
use crate::document::Lang;

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
    pub(crate) roles: Vec<Range<usize>>,
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
}

/// Words that the document writes with a capital where no sentence begins.
pub(crate) type Capitals<'d> = HashSet<&'d str>;

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
    let mut found = Vec::new();
    let mut at = 0;
    while at < paragraph.tokens.len() {
        match finder.mention_at(at) {
            Some(mention) => {
                at = mention.range.end.max(at + 1);
                found.push(mention);
            }
            None => at += 1,
        }
    }
    finder.join_appositions(found)
}

struct Finder<'p, 'd> {
    p: &'p Paragraph<'d>,
    lexicon: &'p Lexicon,
    capitals: &'p Capitals<'d>,
}

/// Closed classes that no name is made of.
const FUNCTION: u32 = class::DET
    | class::PREP
    | class::PRON
    | class::REL
    | class::SUB
    | class::CONJ
    | class::NEG
    | class::CLITIC
    | class::AUX
    | class::MODAL
    | class::ADV
    | class::TIME
    | class::GENITIVE
    | class::OBJECT;

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
        self.pronoun(at)
            .or_else(|| self.noun_phrase(at))
            .map(|mut mention| {
                mention.oblique = self.is_oblique(at);
                let article = self.text(at).to_lowercase();
                mention.pointing =
                    matches!(article.as_str(), "ce" | "cet" | "cette" | "this" | "that")
                        || mention.what == What::Pronoun && mention.range.len() > 1;
                mention.possessed = self.token(at).is_some_and(|t| t.is(class::POSS));
                mention
            })
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
        let lower = text.to_lowercase();
        let french = self.is_french();
        let (length, gender, plural) = if let Some(clitic) = lower.strip_prefix('-') {
            match clitic.trim_start_matches("t-") {
                "il" => (1, Gender::Masculine, false),
                "elle" => (1, Gender::Feminine, false),
                "ils" => (1, Gender::Masculine, true),
                "elles" => (1, Gender::Feminine, true),
                _ => return None,
            }
        } else if french && matches!(lower.as_str(), "ce" | "cette" | "cet") {
            match self.text(at + 1) {
                "dernier" => (2, Gender::Masculine, false),
                "dernière" => (2, Gender::Feminine, false),
                _ => return None,
            }
        } else if french && matches!(lower.as_str(), "l'" | "l’") {
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
            && matches!(lower.as_str(), "lui")
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
            roles: Vec::new(),
            gender,
            plural,
            indefinite: false,
            oblique: false,
            state: None,
            pointing: false,
            possessed: false,
        })
    }

    /// Whether a name may begin or go on with this token.
    fn is_name_word(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return false;
        };
        if !token.is_word() || !token.capital || token.quoted {
            return false;
        }
        let text = self.text(at);
        if !self.p.begins_sentence(at) {
            return !token.is(class::TIME)
                && !(token.is(FUNCTION)
                    && !self.is_all_caps(text)
                    && !token.is(class::PARTICLE | class::TITLE));
        }
        if token.is(class::TITLE) {
            return true;
        }
        if token.is(FUNCTION) {
            return false;
        }
        let word = token.word;
        let known = word.is_some_and(|w| w.first_name.is_some() || w.state.is_some() || w.demonym);
        let next_capital = self
            .token(at + 1)
            .is_some_and(|n| n.capital && n.is_word() && !n.is(class::TIME));
        let verb = word.is_some_and(|w| !w.verbs.is_empty());
        known
            || self.capitals.contains(text)
            || self.is_all_caps(text)
            || next_capital && !verb
            || text.contains('-') && text.split('-').all(|p| p.starts_with(char::is_uppercase))
    }

    fn is_all_caps(&self, text: &str) -> bool {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 && text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    }

    /// The end of a run of name words, particles between them included.
    fn name_end(&self, from: usize) -> usize {
        let mut end = from;
        loop {
            if self.is_name_word(end) {
                end += 1;
                continue;
            }
            // `van Oorschot`, `de Gaulle`, but not `Macron de Paris` before a state.
            let particle = self
                .token(end)
                .is_some_and(|t| t.is(class::PARTICLE) && t.is_word());
            if end > from && particle {
                let mut next = end + 1;
                if self.token(next).is_some_and(|t| t.is(class::PARTICLE))
                    && !self.is_name_word(next)
                {
                    next += 1;
                }
                let foreign = !self
                    .token(end)
                    .is_some_and(|t| t.is(class::DET | class::PREP))
                    || self.text(end).starts_with(char::is_uppercase);
                let joins = self.is_name_word(next)
                    && self
                        .token(next)
                        .is_some_and(|t| t.word.is_none_or(|w| w.state.is_none()))
                    && (foreign
                        || self.p.tokens[end].is(class::PREP)
                            && end - from == 1
                            && self.is_first_name(from));
                if joins {
                    end = next + 1;
                    continue;
                }
            }
            // `Bresson & Cie`
            if end > from
                && self.token(end).is_some_and(|t| t.is_punct("&"))
                && self.is_name_word(end + 1)
            {
                end += 2;
                continue;
            }
            return end;
        }
    }

    fn is_first_name(&self, at: usize) -> bool {
        self.token(at)
            .and_then(|t| t.word)
            .is_some_and(|w| w.first_name.is_some())
    }

    fn role_at(&self, at: usize) -> Option<super::lexicon::Role> {
        let token = self.token(at).filter(|t| t.is_word() && !t.quoted)?;
        let word = token.word?;
        let role = word.role?;
        (word.classes & FUNCTION == 0 || word.classes & class::TITLE != 0).then_some(role)
    }

    /// A name, or a noun with its article and complements.
    fn noun_phrase(&self, at: usize) -> Option<Mention> {
        let first = self.token(at)?;
        let determined = first.is(class::DET)
            && !self.is_all_caps(self.text(at))
            && !(first.capital
                && !self.p.begins_sentence(at)
                && !self.text(at).ends_with(['\'', '’']));
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
            roles: Vec::new(),
            gender: Gender::Unknown,
            plural: false,
            indefinite: false,
            oblique: false,
            state: None,
            pointing: false,
            possessed: false,
        }
    }

    fn french_phrase(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
        // An adjective before the noun: `l'ancien champion`, `la jeune femme`.
        let mut noun = head;
        if matches!(self.text(head), "Premier" | "Première" | "Haut" | "Haute")
            && self.role_at(head + 1).is_some()
        {
            noun += 1;
        }
        while determined
            && noun < head + 3
            && self.role_at(noun).is_none()
            && self.is_plain_word(noun)
            && self.role_at(noun + 1).is_some()
        {
            noun += 1;
        }
        if self.role_at(noun).is_some()
            && !self.token(noun)?.is(class::TITLE)
            && (determined || !self.token(noun)?.capital || self.p.begins_sentence(noun))
        {
            let role = self.role_at(noun)?;
            let after_auxiliary = at
                .checked_sub(1)
                .and_then(|b| self.token(b))
                .is_some_and(|t| t.is(class::AUX));
            if !determined && (after_auxiliary || !self.is_bare_role(noun)) {
                return None;
            }
            let end = self.french_complements(noun + 1);
            let mut mention = self.blank(at..end, What::Role(role.kind));
            mention.roles.push(noun..end);
            mention.gender = self
                .determiner_gender(at, determined)
                .unwrap_or(role.gender);
            mention.plural = role.plural;
            mention.indefinite = !determined || self.token(at)?.is(class::INDEF);
            // The name follows at once: `la secouriste Ebru Yıldızhan`.
            if self.is_name_word(end) && role.kind == RoleKind::Person {
                let name_end = self.name_end(end);
                self.give_name(&mut mention, end, name_end);
            } else if self.is_name_word(end) && role.kind == RoleKind::Group {
                // `la société Remontées de Valmorine`
                let name_end = self.name_end(end);
                mention.name = Some(end..name_end);
                mention.what = What::Body;
                mention.range.end = name_end;
                mention.shown = at..name_end;
            }
            return Some(mention);
        }
        if self.is_name_word(head) {
            return self.name_phrase(at, head, determined);
        }
        self.demonym_noun(at, head, determined)
            .or_else(|| self.other_noun(at, head, determined))
    }

    /// `le Danois`, `the Slovenian`: a person by nationality.
    fn demonym_noun(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
        let word = self.token(head)?.word?;
        (determined && word.demonym && self.token(head)?.capital).then(|| {
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
        let end = if self.is_french() {
            self.french_complements(head + 1)
        } else {
            let mut end = head + 1;
            while end < head + 4
                && self.is_plain_word(end)
                && self
                    .token(end)
                    .and_then(|t| t.word)
                    .is_none_or(|w| w.verbs.is_empty())
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

    /// A role without an article that may speak: only in apposition, or several
    /// people in English.
    fn is_bare_role(&self, noun: usize) -> bool {
        self.is_name_word(noun + 1)
    }

    fn determiner_gender(&self, at: usize, determined: bool) -> Option<Gender> {
        if !determined {
            return None;
        }
        match self.text(at).to_lowercase().as_str() {
            "le" | "un" | "du" | "ce" | "cet" => Some(Gender::Masculine),
            "la" | "une" | "cette" => Some(Gender::Feminine),
            _ => None,
        }
    }

    /// What belongs to a French noun: adjectives of nationality and kind, and
    /// complements with `de`, `des`, `à la`.
    fn french_complements(&self, from: usize) -> usize {
        let mut end = from;
        let mut groups = 0;
        loop {
            let Some(token) = self.token(end) else {
                return end;
            };
            if token.quoted || !token.is_word() {
                return end;
            }
            if self.is_adjective(end) || self.is_loose_adjective(end) {
                end += 1;
                continue;
            }
            let text = self.text(end);
            let links = matches!(
                text,
                "de" | "du" | "des" | "d'" | "d’" | "en" | "aux" | "au"
            );
            if !links || groups >= 3 {
                return end;
            }
            let mut next = end + 1;
            if matches!(text, "de")
                && self.token(next).is_some_and(|t| {
                    matches!(
                        t.of(self.p.text),
                        "la" | "l'" | "l’" | "son" | "sa" | "ses" | "leur" | "cette" | "ce"
                    )
                })
            {
                next += 1;
            }
            let Some(noun) = self.token(next) else {
                return end;
            };
            if !noun.is_word()
                || noun.quoted
                || noun.is(FUNCTION) && !noun.capital
                || noun.is(class::TIME)
            {
                return end;
            }
            next = if self.is_name_word(next) {
                // `la République | Nicolas Sarkozy`: a first name begins another name.
                let end = self.name_end(next);
                (next + 1..end)
                    .find(|&i| self.is_first_name(i))
                    .unwrap_or(end)
            } else {
                next + 1
            };
            end = next.max(end + 2);
            groups += 1;
        }
    }

    /// A word that no table knows, where only an adjective can stand: before a
    /// name, a comma or the next complement (`le sprinteur breton Ewen`).
    fn is_loose_adjective(&self, at: usize) -> bool {
        self.is_plain_word(at)
            && self.token(at).is_some_and(|t| t.word.is_none())
            && self.token(at + 1).is_some_and(|t| {
                t.is_punct(",")
                    || self.is_name_word(at + 1)
                    || matches!(t.of(self.p.text), "du" | "des" | "de")
            })
    }

    fn is_adjective(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return false;
        };
        if token.capital || token.is(FUNCTION) {
            return false;
        }
        if token.word.is_some_and(|w| w.demonym) {
            return true;
        }
        if token.word.is_some_and(|w| !w.verbs.is_empty()) {
            return false;
        }
        const ENDINGS: &[&str] = &[
            "al",
            "ale",
            "aux",
            "ales",
            "el",
            "elle",
            "els",
            "elles",
            "ique",
            "iques",
            "aire",
            "aires",
            "ien",
            "ienne",
            "iens",
            "iennes",
            "if",
            "ive",
            "ifs",
            "ives",
            "eux",
            "euse",
            "adjoint",
            "adjointe",
            "public",
            "publique",
            "publics",
            "sortant",
            "sortante",
            "exécutif",
            "sportif",
            "désigné",
            "désignée",
            "chef",
            "suprême",
            "unis",
            "unies",
            "sociale",
            "ferroviaire",
            "étrangère",
            "étrangères",
            "étranger",
            "étrangers",
        ];
        let text = self.text(at);
        text.len() > 4 && ENDINGS.iter().any(|e| text.ends_with(e))
    }

    fn english_complements(&self, from: usize) -> usize {
        let mut end = from;
        let mut groups = 0;
        while groups < 3 {
            let links = matches!(self.text(end), "of" | "for" | "at" | "in" | "from");
            if !links || self.token(end).is_some_and(|t| t.quoted) {
                break;
            }
            let mut next = end + 1;
            if self.token(next).is_some_and(|t| t.is(class::DET)) {
                next += 1;
            }
            let start = next;
            while self.is_name_word(next)
                || next < start + 4
                    && self.is_plain_word(next)
                    && self
                        .token(next)
                        .and_then(|t| t.word)
                        .is_none_or(|w| w.verbs.is_empty())
            {
                next += 1;
            }
            if next == start {
                break;
            }
            // `Turkey's Interior Ministry`
            if self.token(next).is_some_and(|t| t.is(class::GENITIVE)) {
                break;
            }
            end = next;
            groups += 1;
        }
        end
    }

    fn english_phrase(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
        // The words that stand together: names, nouns and adjectives, genitives.
        let mut end = head;
        let mut role = None;
        let mut genitive = None;
        while end < head + 9 {
            let Some(token) = self.token(end) else { break };
            if token.is(class::GENITIVE) && end > head {
                genitive = Some(end);
                role = None;
                end += 1;
                continue;
            }
            if token.kind == Kind::Number && determined && end == head && !token.quoted {
                end += 1;
                continue;
            }
            let plain = self.is_plain_word(end);
            let finite = token.word.is_some_and(|w| !w.verbs.is_empty());
            if !(self.is_name_word(end) || plain && (!finite || self.role_at(end).is_some())) {
                break;
            }
            if self.role_at(end).is_some() {
                role = Some(end);
            }
            // A small word after a name ends the phrase unless a genitive went before.
            if plain && role.is_none() && !determined && genitive.is_none() && end == head {
                let plural = self.role_at(end).is_some_and(|r| r.plural);
                if !plural {
                    return None;
                }
            }
            end += 1;
        }
        if end == head {
            return None;
        }
        let Some(role) = role else {
            if let Some(genitive) = genitive
                && end == genitive + 1
            {
                // Only the possessor is known: `Slovenia's Matej Zupancic` has no role.
                return self.name_phrase(at, head, determined).map(|mut m| {
                    m.oblique = true;
                    m
                });
            }
            let first_name = (head..end).find(|&i| self.is_name_word(i));
            return match (first_name, genitive) {
                (Some(_), Some(g)) if self.is_name_word(g + 1) => {
                    self.name_phrase(at, g + 1, determined)
                }
                (Some(name), None) if name == head || determined => {
                    if self.demonym_noun(at, head, determined).is_some() && end == head + 1 {
                        return self.demonym_noun(at, head, determined);
                    }
                    self.name_phrase(at, name, determined)
                }
                _ => self.other_noun(at, head, determined),
            };
        };
        let info = self.role_at(role)?;
        let named = role + 1 < end && self.is_name_word(role + 1);
        let role_capital = self.token(role)?.capital;
        if !determined && genitive.is_none() && !named && !info.plural && !role_capital {
            return None;
        }
        if info.kind == RoleKind::Group
            && !(info.plural && named)
            && role_capital
            && genitive.is_none()
            && (role > head || named)
        {
            // `Hartwell Museum`, `International Monetary Fund`, `World Health Organization`.
            let stop = self.english_complements(self.name_end(head).max(role + 1));
            let mut mention = self.blank(at..stop, What::Body);
            mention.name = Some(head..stop);
            mention.roles.push(head..stop);
            return Some(mention);
        }
        if named && (info.kind == RoleKind::Person || info.plural) {
            let mut mention = self.blank(at..end, What::Person);
            mention.roles.push(head..role + 1);
            mention.gender = info.gender;
            let name_end = self.name_end(role + 1);
            self.give_name(&mut mention, role + 1, name_end);
            return Some(mention);
        }
        let stop = self.english_complements(role + 1);
        let mut mention = self.blank(at..stop, What::Role(info.kind));
        mention.roles.push(head..stop);
        mention.gender = info.gender;
        mention.plural = info.plural;
        mention.indefinite = if determined {
            self.token(at)?.is(class::INDEF)
        } else {
            genitive.is_none() && !role_capital
        };
        Some(mention)
    }

    /// A run of name words with a title or article before it.
    fn name_phrase(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
        let end = self.name_end(head);
        if end == head {
            return None;
        }
        let mut mention = self.blank(at..end, What::Person);
        mention.indefinite = determined && self.token(at).is_some_and(|t| t.is(class::INDEF));
        let last = self.token(end - 1)?;
        let state = self.token(head).and_then(|t| t.word).and_then(|w| w.state);
        if end == head + 1 && state.is_some() {
            mention.what = What::State;
            mention.state = state;
            mention.name = Some(head..end);
            return Some(mention);
        }
        if end > head + 1
            && let Some(state) = self
                .lexicon
                .word(self.p.slice(head..end))
                .and_then(|w| w.state)
        {
            mention.what = What::State;
            mention.state = Some(state);
            mention.name = Some(head..end);
            return Some(mention);
        }
        if end == head + 1 && determined && last.word.is_some_and(|w| w.demonym) {
            return self.demonym_noun(at, head, determined);
        }
        let group =
            (head..end).any(|i| self.role_at(i).is_some_and(|r| r.kind != RoleKind::Person));
        let acronym = end == head + 1 && self.is_all_caps(self.text(head));
        let titled = self.token(head)?.is(class::TITLE);
        if group || acronym || determined && !titled && self.is_french() {
            mention.what = What::Body;
            mention.name = Some(head..end);
            mention.gender = self.determiner_gender(at, determined).unwrap_or_default();
            return Some(mention);
        }
        if self.is_all_titles(head, end) {
            return None;
        }
        let is_place = |i: usize| self.token(i).is_some_and(|t| t.is(class::PLACE));
        if is_place(head) || end > head + 1 && is_place(end - 1) {
            mention.what = What::Place;
            return Some(mention);
        }
        self.give_name(&mut mention, head, end);
        if determined {
            mention.gender = mention.gender_or(self.determiner_gender(at, true));
        }
        Some(mention)
    }

    fn is_all_titles(&self, head: usize, end: usize) -> bool {
        (head..end).all(|i| {
            self.token(i)
                .is_some_and(|t| t.is(class::TITLE) || t.word.is_some_and(|w| w.demonym))
        })
    }

    /// Takes tokens as a person's name, titles and roles at its head apart.
    fn give_name(&self, mention: &mut Mention, from: usize, end: usize) {
        let mut head = from;
        while head + 1 < end {
            let Some(token) = self.token(head) else { break };
            let role = self
                .role_at(head)
                .is_some_and(|r| r.kind == RoleKind::Person || r.plural);
            let demonym = token.word.is_some_and(|w| w.demonym || w.state.is_some());
            let ministry = self.role_at(head + 1).is_some() && head + 2 < end;
            if !(token.is(class::TITLE) || role || demonym || ministry) {
                break;
            }
            if let Some(word) = token.word {
                if word.classes & class::MASC != 0 {
                    mention.gender = Gender::Masculine;
                } else if word.classes & class::FEM != 0 {
                    mention.gender = Gender::Feminine;
                }
            }
            head += 1;
        }
        if head > from {
            mention.roles.push(from..head);
        }
        if let Some(gender) = self
            .token(head)
            .and_then(|t| t.word)
            .and_then(|w| w.first_name)
        {
            mention.gender = mention.gender_or(Some(gender));
        }
        // `les présidents russe Vladimir Poutine et français Emmanuel Macron`
        if let Some(before) = from.checked_sub(1)
            && self
                .token(before)
                .is_some_and(|t| t.word.is_some_and(|w| w.demonym))
            && !mention.range.contains(&before)
        {
            mention.roles.push(before..from);
        }
        mention.name = Some(head..end);
        mention.what = What::Person;
        mention.range.end = end;
        mention.shown = mention.range.start..end;
    }

    /// Joins what stands in apposition: `X, le chef de la diplomatie,`, `La
    /// directrice de l'épreuve, X,`, `X, 58 ans, institutrice,`.
    fn join_appositions(&self, found: Vec<Mention>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::with_capacity(found.len());
        for mention in found {
            let Some(last) = out.last_mut() else {
                out.push(mention);
                continue;
            };
            let gap = last.range.end..mention.range.start;
            let comma = gap.len() == 1 && self.token(gap.start).is_some_and(|t| t.is_punct(",("));
            let list = gap.len() == 1
                && self
                    .token(gap.start)
                    .is_some_and(|t| t.is_punct(",") || matches!(t.of(self.p.text), "and" | "et"));
            let names = |m: &Mention| matches!(m.what, What::State | What::Body);
            let enumerated = list && last.oblique && names(last) && names(&mention);
            let same_sentence = self.token(last.range.start).map(|t| t.sentence)
                == self.token(mention.range.start).map(|t| t.sentence);
            let is_role = |m: &Mention| matches!(m.what, What::Role(RoleKind::Person)) && !m.plural;
            if comma && same_sentence && !mention.oblique {
                if is_role(last)
                    && mention.what == What::Person
                    && last.gender.agrees(mention.gender)
                {
                    let mut joined = mention;
                    joined.gender = joined.gender_or(Some(last.gender));
                    joined.roles.append(&mut last.roles);
                    joined.range.start = last.range.start;
                    joined.oblique = last.oblique;
                    *last = joined;
                    continue;
                }
                let next = self.token(mention.range.end);
                let ends = next
                    .is_none_or(|t| !t.is_word() || t.is(class::REL | class::PREP | class::CONJ));
                // `the lawyer picked in December,`: what follows is no verb of the clause.
                let describes = next.is_some_and(|t| {
                    let text = t.of(self.p.text);
                    t.word.is_none()
                        && (text.ends_with("ed") || text.ends_with('é') || text.ends_with("ée"))
                });
                let closes = ends || describes;
                if last.what == What::Person
                    && is_role(&mention)
                    && closes
                    && mention.name.is_none()
                {
                    last.gender = last.gender_or(Some(mention.gender));
                    last.roles.extend(mention.roles);
                    last.range.end = mention.range.end;
                    continue;
                }
            }
            let mut mention = mention;
            // `in France, Italy and Andorra`
            mention.oblique |= enumerated;
            out.push(mention);
        }
        for mention in &mut out {
            self.take_bare_role(mention);
        }
        out
    }

    /// `Hassan Mroueh, patron du Pacte`, `X, 58 ans, institutrice`: a role
    /// without an article after a name and a comma.
    fn take_bare_role(&self, mention: &mut Mention) {
        if mention.what != What::Person {
            return;
        }
        let mut at = mention.range.end;
        for _ in 0..2 {
            if !self.token(at).is_some_and(|t| t.is_punct(",(")) {
                return;
            }
            let start = at + 1;
            if self.token(start).is_some_and(|t| t.kind == Kind::Number) {
                at = start + 1;
                while self.token(at).is_some_and(|t| t.is(class::TIME)) {
                    at += 1;
                }
                mention.range.end = at;
                continue;
            }
            let noun = (start..start + 4).find(|&i| self.role_at(i).is_some());
            let no_verb = |i: usize| {
                self.token(i)
                    .and_then(|t| t.word)
                    .is_none_or(|w| w.verbs.is_empty())
            };
            let plain = noun.is_some_and(|n| {
                (start..n).all(|i| (self.is_plain_word(i) && no_verb(i)) || self.is_name_word(i))
            });
            if let (Some(noun), true) = (noun, plain) {
                let end = if self.is_french() {
                    self.french_complements(noun + 1)
                } else {
                    self.english_complements(noun + 1)
                };
                if let Some(role) = self.role_at(noun) {
                    mention.gender = mention.gender_or(Some(role.gender));
                }
                mention.roles.push(start..end);
                mention.range.end = end;
            }
            return;
        }
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
