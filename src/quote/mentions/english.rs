//! English noun phrases: nouns in a row, genitives, complements with `of`.

use super::{Finder, Mention, What};
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::tokens::Kind;

impl Finder<'_, '_> {
    pub(super) fn english_complements(&self, from: usize) -> usize {
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
                    && self.token(next).is_none_or(|t| !t.traits.reports)
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

    pub(super) fn english_phrase(
        &self,
        at: usize,
        head: usize,
        determined: bool,
    ) -> Option<Mention> {
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
            // `Unions condemned`, `Police said`: the capital is the sentence's.
            let opens = end == head
                && !determined
                && self.p.begins_sentence(end)
                && self
                    .role_at(end)
                    .is_some_and(|r| r.plural || r.kind == RoleKind::Group);
            let plain = self.is_plain_word(end) || opens;
            // `Judge Pamela Orton gave Dean Harker`: a small word after the name that a
            // noun brought is no part of it.
            let after_name = role.is_some_and(|r| r + 1 < end) && self.is_name_word(end - 1);
            if plain && after_name && genitive.is_none_or(|g| Some(g) < role) {
                break;
            }
            let finite = token.traits.reports;
            if !(self.is_name_word(end) || plain && (!finite || self.role_at(end).is_some())) {
                break;
            }
            if self.role_at(end).is_some() {
                role = Some(end);
            }
            // A small word after a name ends the phrase unless a genitive went before.
            if plain && role.is_none() && !determined && genitive.is_none() && end == head {
                let plural = self.role_at(end).is_some_and(|r| r.plural);
                let owned = at.checked_sub(1).is_some_and(|b| self.text(b) == "whose");
                if !plural && !opens && !owned {
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
        // `whose chief executive said`
        let owned = at.checked_sub(1).is_some_and(|b| self.text(b) == "whose");
        if !determined && !owned && genitive.is_none() && !named && !info.plural && !role_capital {
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
        let stop = if info.kind == RoleKind::Voice && !role_capital {
            // Whoever issued `a statement from the ministry` is a mention of its own.
            role + 1
        } else {
            self.english_complements(role + 1)
        };
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
}
