//! Runs of capitalised words: which are names, and of what.

use super::{Finder, Mention, What};
use crate::quote::lexicon::class::FUNCTION;
use crate::quote::lexicon::{Gender, RoleKind, class};

impl Finder<'_, '_> {
    /// Whether a name may begin or go on with this token.
    pub(super) fn is_name_word(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return false;
        };
        if !token.is_word() || !token.capital || token.quoted {
            return false;
        }
        let text = self.text(at);
        if !self.p.begins_sentence(at) {
            let function = token.is(FUNCTION)
                && !self.is_all_caps(text)
                && !token.is(class::PARTICLE | class::TITLE);
            return !function && !token.is(class::TIME);
        }
        if token.is(class::TITLE) {
            return true;
        }
        if token.is(FUNCTION) {
            return false;
        }
        let traits = &token.traits;
        let known = traits.first_name || traits.state || traits.demonym;
        let next_capital = self
            .token(at + 1)
            .is_some_and(|n| n.capital && n.is_word() && !n.is(class::TIME));
        known
            || self.capitals.contains(text)
            || self.is_all_caps(text)
            || next_capital && !traits.reports
            || text.contains('-') && text.split('-').all(|p| p.starts_with(char::is_uppercase))
    }

    pub(super) fn is_all_caps(&self, text: &str) -> bool {
        if text.starts_with(|c: char| c.is_ascii_lowercase()) {
            return false;
        }
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 && text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    }

    /// The end of a run of name words, particles between them included.
    pub(super) fn name_end(&self, from: usize) -> usize {
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
                    && self.token(next).is_some_and(|t| !t.traits.state)
                    && (foreign
                        || self.p.tokens[end].is(class::PREP)
                            && end - from == 1
                            && self.is_first_name(from));
                if joins {
                    end = next + 1;
                    continue;
                }
            }
            // `Nasr al-Din Tutu`
            if end > from && self.is_joined_particle(end) {
                end += 1;
                continue;
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

    /// `al-Din`, `el-Khatib`, `ben-Gourion`: an article or a word for a child joined to a
    /// name.
    fn is_joined_particle(&self, at: usize) -> bool {
        const PARTICLES: &[&str] = &[
            "al", "el", "ul", "ad", "ar", "as", "ash", "at", "an", "bin", "ben", "ibn", "abu",
        ];
        self.token(at).is_some_and(|t| t.is_word() && !t.quoted)
            && self
                .text(at)
                .split_once('-')
                .is_some_and(|(particle, name)| {
                    PARTICLES.contains(&particle) && name.starts_with(char::is_uppercase)
                })
    }

    pub(super) fn is_first_name(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.traits.first_name)
    }

    /// The gender that the given names of a person tell: the first that is known,
    /// the family name aside; `Pierre-Yves` is a `Pierre`.
    fn given_gender(&self, head: usize, end: usize) -> Option<Gender> {
        let last = if end > head + 1 { end - 1 } else { end };
        (head..last).find_map(|at| {
            let text = self.text(at);
            let of = |name: &str| self.lexicon.word(name).and_then(|w| w.first_name);
            let token = self.token(at)?;
            // The token is known without the stop of `Chr.`.
            let own = if text.ends_with('.') {
                of(text)
            } else {
                let known = token.word.filter(|_| token.traits.first_name);
                known.and_then(|w| w.first_name)
            };
            own.or_else(|| of(text.split_once('-')?.0))
        })
    }

    /// A run of name words with a title or article before it.
    pub(super) fn name_phrase(&self, at: usize, head: usize, determined: bool) -> Option<Mention> {
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
        let whole = self.lexicon.word(self.p.slice(head..end));
        if end > head + 1
            && let Some(state) = whole.and_then(|w| w.state)
        {
            mention.what = What::State;
            mention.state = Some(state);
            mention.name = Some(head..end);
            return Some(mention);
        }
        if end == head + 1 && determined && last.traits.demonym {
            return self.demonym_noun(at, head, determined);
        }
        // `l'Anglaise Hannah Ackroyd`: a nationality, then the person.
        let national = end > head + 1 && self.token(head)?.traits.demonym && self.is_french();
        let group =
            (head..end).any(|i| self.role_at(i).is_some_and(|r| r.kind != RoleKind::Person));
        let acronym = end == head + 1 && self.is_all_caps(self.text(head));
        let titled = self.token(head)?.is(class::TITLE);
        if group || acronym || determined && !titled && !national && self.is_french() {
            mention.what = What::Body;
            mention.name = Some(head..end);
            mention.gender = self.determiner_gender(at, determined).unwrap_or_default();
            return Some(mention);
        }
        if self.is_all_titles(head, end) {
            return None;
        }
        let town = whole.is_some_and(|w| w.town && w.first_name.is_none());
        if town {
            mention.what = What::Place;
            return Some(mention);
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

    pub(super) fn is_all_titles(&self, head: usize, end: usize) -> bool {
        (head..end).all(|i| {
            self.token(i)
                .is_some_and(|t| t.is(class::TITLE) || t.traits.demonym)
        })
    }

    /// Takes tokens as a person's name, titles and roles at its head apart.
    pub(super) fn give_name(&self, mention: &mut Mention, from: usize, end: usize) {
        let mut head = from;
        while head + 1 < end {
            let Some(token) = self.token(head) else { break };
            let role = self
                .role_at(head)
                .is_some_and(|r| r.kind == RoleKind::Person || r.plural);
            let demonym = token.traits.demonym || token.traits.state;
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
        mention.gender = mention.gender_or(self.given_gender(head, end));
        // `les présidents russe Vladimir Poutine et français Emmanuel Macron`
        if let Some(before) = from.checked_sub(1)
            && self.token(before).is_some_and(|t| t.traits.demonym)
            && !mention.range.contains(&before)
        {
            mention.roles.push(before..from);
        }
        mention.name = Some(head..end);
        mention.what = What::Person;
        mention.range.end = end;
        mention.shown = mention.range.start..end;
    }
}
