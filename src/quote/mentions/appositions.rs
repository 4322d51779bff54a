//! What stands in apposition to a name becomes part of its mention.

use super::{Finder, Mention, What};
use crate::quote::lexicon::{RoleKind, class};
use crate::quote::name_key::plain;
use crate::quote::tokens::Kind;

impl Finder<'_, '_> {
    /// Adds a mention to those before, or joins it to the last where it stands in
    /// apposition: `X, le chef de la diplomatie,`, `La directrice de l'épreuve, X,`,
    /// `X, 58 ans, institutrice,`.
    pub(super) fn push(&self, found: &mut Vec<Mention>, mut mention: Mention) {
        if let Some(last) = found.last_mut() {
            let gap = last.range.end..mention.range.start;
            let comma = gap.len() == 1 && self.token(gap.start).is_some_and(|t| t.is_punct(",("));
            let list = gap.len() == 1
                && self
                    .token(gap.start)
                    .is_some_and(|t| t.is_punct(",") || matches!(t.of(self.p.text), "and" | "et"));
            let names = |m: &Mention| matches!(m.what, What::State | What::Body);
            let enumerated = list && last.oblique && names(last) && names(&mention);
            let same_sentence = self.token(last.range.start).map(|t| t.sentence())
                == self.token(mention.range.start).map(|t| t.sentence());
            let is_role = |m: &Mention| matches!(m.what, What::Role(RoleKind::Person)) && !m.plural;
            if comma && same_sentence && self.take_alias(last, &mention) {
                return;
            }
            if comma && same_sentence && !mention.oblique {
                // `son conseil, Claire Petit`: counsel, a body's name elsewhere.
                let counsel = last.possessed
                    && last.what == What::Role(RoleKind::Group)
                    && !last.plural
                    && mention
                        .name
                        .as_ref()
                        .is_some_and(|n| n.len() > 1 && self.is_first_name(n.start));
                // `la médecin-chef des urgences, Gudrun Palsdottir,`: what no table lists.
                let unlisted = last.what == What::Other
                    && !last.indefinite
                    && !last.oblique
                    && self.is_french()
                    && mention.name.as_ref().is_some_and(|n| {
                        n.len() > 1
                            && n.start == mention.range.start
                            && self.is_first_name(n.start)
                            && self
                                .token(n.end)
                                .is_none_or(|t| t.is_punct(",.;:)") || t.kind == Kind::Close)
                    });
                if (is_role(last) || counsel || unlisted)
                    && mention.what == What::Person
                    && last.gender.agrees(mention.gender)
                {
                    let mut joined = mention;
                    joined.gender = joined.gender_or(Some(last.gender));
                    joined.roles.extend(&last.roles);
                    joined.range.start = last.range.start;
                    joined.oblique = last.oblique;
                    *last = joined;
                    return;
                }
                let next = self.token(mention.range.end);
                let ends = next
                    .is_none_or(|t| !t.is_word() || t.is(class::REL | class::PREP | class::CONJ));
                // `World Running, the sport's governing body,`: a body by what it is.
                let body = matches!(last.what, What::Body | What::Person)
                    && last.roles.is_empty()
                    && mention.what == What::Role(RoleKind::Group)
                    && mention.name.is_none()
                    && !mention.plural
                    && next.is_some_and(|t| t.is_punct(",)"))
                    && !last
                        .name
                        .as_ref()
                        .is_some_and(|n| self.is_first_name(n.start));
                if body {
                    last.what = What::Body;
                    last.roles.extend(&mention.roles);
                    last.range.end = mention.range.end;
                    return;
                }
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
                    last.roles.extend(&mention.roles);
                    last.range.end = mention.range.end;
                    return;
                }
            }
            // `in France, Italy and Andorra`
            mention.oblique |= enumerated;
        }
        found.push(mention);
    }

    /// `le Front de libération du Kordofan (FLK)`: the letters name the body, too.
    fn take_alias(&self, body: &mut Mention, short: &Mention) -> bool {
        const LONGEST: usize = 10;
        let bracketed = self.token(body.range.end).is_some_and(|t| t.is_punct("("))
            && self.token(short.range.end).is_some_and(|t| t.is_punct(")"));
        let Some(letters) = short.name.clone().filter(|n| n.len() == 1 && bracketed) else {
            return false;
        };
        let is_body = matches!(body.what, What::Body | What::Role(RoleKind::Group));
        if !is_body || body.plural || !matches!(short.what, What::Body | What::Person) {
            return false;
        }
        let name = body.name.clone().unwrap_or_else(|| {
            let range = body.range.clone();
            let article = self.token(range.start).is_some_and(|t| t.is(class::DET));
            range.start + usize::from(article)..range.end
        });
        let initial = |at: usize| plain(self.text(at)).chars().next();
        let text = self.text(letters.start);
        if name.len() < 2 || initial(name.start) != initial(letters.start) || text.len() > LONGEST {
            return false;
        }
        body.what = What::Body;
        body.name = Some(name);
        body.alias = Some(letters.start as u32);
        body.range.end = short.range.end + 1;
        true
    }

    /// `Hassan Mroueh, patron du Pacte`, `X, 58 ans, institutrice`: a role
    /// without an article after a name and a comma.
    pub(super) fn take_bare_role(&self, mention: &mut Mention) {
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
            let no_verb = |i: usize| self.token(i).is_none_or(|t| !t.traits.reports);
            let plain = noun.is_some_and(|n| {
                (start..n).all(|i| (self.is_plain_word(i) && no_verb(i)) || self.is_name_word(i))
            });
            if let (Some(noun), true) = (noun, plain) {
                let end = if self.is_french() {
                    self.french_complements(true, noun + 1)
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
