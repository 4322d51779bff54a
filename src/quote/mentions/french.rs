//! French noun phrases: article, adjectives, noun, complements with `de`.

use super::{Finder, Mention, What};
use crate::quote::lexicon::class::FUNCTION;
use crate::quote::lexicon::{Gender, RoleKind, class};

impl Finder<'_, '_> {
    pub(super) fn french_phrase(
        &self,
        at: usize,
        head: usize,
        determined: bool,
    ) -> Option<Mention> {
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
            let end = if role.kind == RoleKind::Voice && !self.token(noun)?.capital {
                // Whoever issued `un communiqué du ministère` is a mention of its own.
                self.french_adjectives(noun + 1)
            } else {
                self.french_complements(true, noun + 1)
            };
            let mut mention = self.blank(at..end, What::Role(role.kind));
            mention.roles.push(noun..end);
            mention.gender = self
                .determiner_gender(at, determined)
                .unwrap_or(role.gender);
            mention.plural = role.plural;
            mention.indefinite = !determined || self.token(at)?.is(class::INDEF);
            // The name follows at once: `la secouriste Ebru Yıldızhan`, but in `un
            // porte-parole du ministre croate Ante Babic` it is the minister's.
            let of_another = self.is_name_word(end)
                && (noun + 2..end).any(|i| {
                    let role = self.role_at(i);
                    role.is_some_and(|r| r.kind == RoleKind::Person && !r.plural)
                        && matches!(self.text(i - 1), "du" | "la" | "l'" | "l’")
                });
            if of_another {
                mention.range.end = self.name_end(end);
                mention.shown = at..mention.range.end;
                return Some(mention);
            }
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
        if let Some(named) = self.named_by_trade(at, head, determined) {
            return Some(named);
        }
        self.demonym_noun(at, head, determined)
            .or_else(|| self.other_noun(at, head, determined))
    }

    /// `la prévisionniste Nezha Berrada`: a noun no table lists before a full name
    /// says what the person is, unless things are named after people by it.
    fn named_by_trade(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
        const NAMED_AFTER: &[&str] = &[
            "affaire",
            "album",
            "aéroport",
            "barrage",
            "camp",
            "centre",
            "clan",
            "clinique",
            "complexe",
            "dispositif",
            "duo",
            "espace",
            "film",
            "gymnase",
            "jugement",
            "loi",
            "lycée",
            "méthode",
            "parc",
            "plan",
            "pont",
            "porte",
            "prix",
            "procès",
            "programme",
            "projet",
            "quartier",
            "salle",
            "stade",
            "stratégie",
            "système",
            "terrain",
            "théâtre",
            "tour",
            "tournoi",
            "trophée",
            "tunnel",
            "vélodrome",
        ];
        if !determined
            || !self.is_plain_word(head)
            || self.token(head)?.is(class::PLACE)
            || NAMED_AFTER.contains(&self.text(head))
        {
            return None;
        }
        let mut from = head + 1;
        while from < head + 3 && self.is_plain_word(from) {
            from += 1;
        }
        let end = if self.is_name_word(from) {
            self.name_end(from)
        } else {
            return None;
        };
        let trade = self.text(head).ends_with("iste") || self.text(head).ends_with("logue");
        if end < from + 2 || !(trade || self.is_first_name(from)) {
            return None;
        }
        let mut mention = self.blank(at..end, What::Person);
        mention.gender = self.determiner_gender(at, true).unwrap_or_default();
        mention.indefinite = self.token(at)?.is(class::INDEF);
        mention.roles.push(head..from);
        self.give_name(&mut mention, from, end);
        Some(mention)
    }

    /// A role without an article that may speak: only in apposition, or several
    /// people in English.
    pub(super) fn is_bare_role(&self, noun: usize) -> bool {
        self.is_name_word(noun + 1)
    }

    pub(super) fn determiner_gender(&self, at: usize, determined: bool) -> Option<Gender> {
        if !determined {
            return None;
        }
        let text = self.text(at);
        let is_one = |words: &[&str]| words.iter().any(|w| text.eq_ignore_ascii_case(w));
        // `l'Anglaise`, `l'Éthiopienne`
        let feminine = ["aise", "oise", "ienne", "aine", "onne", "ande"];
        if is_one(&["le", "un", "du", "ce", "cet"]) {
            Some(Gender::Masculine)
        } else if is_one(&["la", "une", "cette"])
            || is_one(&["l'", "l’"]) && feminine.iter().any(|e| self.text(at + 1).ends_with(e))
        {
            Some(Gender::Feminine)
        } else {
            None
        }
    }

    /// The end of the adjectives behind a French noun.
    fn french_adjectives(&self, from: usize) -> usize {
        (from..).find(|&i| !self.is_adjective(i)).unwrap_or(from)
    }

    /// What belongs to a French noun: adjectives of nationality and kind, and
    /// complements with `de`, `des`, `à la`.
    pub(super) fn french_complements(&self, names: bool, from: usize) -> usize {
        let mut end = from;
        let mut groups = 0;
        loop {
            let Some(token) = self.token(end) else {
                return end;
            };
            if token.quoted || !token.is_word() {
                return end;
            }
            // `la députée écologiste Clara Petit`: a noun for people as an adjective.
            let as_adjective = names
                && groups == 0
                && !token.capital
                && self
                    .role_at(end)
                    .is_some_and(|r| r.kind == RoleKind::Person)
                && (self.is_name_word(end + 1)
                    || self.token(end + 1).is_some_and(|t| t.is_punct(",")));
            if as_adjective || self.is_adjective(end) || self.is_loose_adjective(end) {
                end += 1;
                continue;
            }
            // `chargé des transports et de l'intermodalité`
            if groups > 0
                && self.text(end) == "et"
                && matches!(self.text(end + 1), "de" | "des" | "du" | "d'" | "d’")
                && (end + 2..end + 4).all(|i| {
                    self.role_at(i).is_none() && !self.is_name_word(i) && self.token(i).is_some()
                })
            {
                end += 1;
                groups -= 1;
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
                // `la magistrate en regardant l'accusé`
                || text == "en" && self.text(next).ends_with("ant")
                || !names && self.is_name_word(next)
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
    pub(super) fn is_loose_adjective(&self, at: usize) -> bool {
        self.is_plain_word(at)
            && self.token(at).is_some_and(|t| t.word.is_none())
            && self.token(at + 1).is_some_and(|t| {
                t.is_punct(",")
                    || self.is_name_word(at + 1)
                    || matches!(t.of(self.p.text), "du" | "des" | "de")
            })
    }

    pub(super) fn is_adjective(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return false;
        };
        if token.capital || token.is(FUNCTION) {
            return false;
        }
        if token.traits.demonym {
            return true;
        }
        if token.traits.reports {
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
}
