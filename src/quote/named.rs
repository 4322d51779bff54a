//! The names of a document, for who needs them without the quotations: in every
//! role, and between quotation marks too.

use super::lexicon::{Lexicon, RoleKind, class};
use super::mentions::{Mention, What};
use super::name_key::{self, Key};
use super::speakers::Cast;
use super::tokenized::Tokenized;
use super::tokens::Paragraph;
use crate::document::{Lang, Role};
use crate::span::{Clean, Span};

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    Person,
    Body,
    Place,
}

/// A name as it stands in the text.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) span: Span<Clean>,
    /// Of its paragraph.
    pub(crate) role: Role,
    pub(crate) kind: NameKind,
    /// Of the fullest name that the document gives.
    pub(crate) key: Key,
}

/// Whether a word, in any case, is the name of a state, of its people or of a place.
pub(crate) fn names_place_or_people(word: &str, lang: Lang) -> bool {
    let word = Lexicon::of(lang).and_then(|lexicon| lexicon.word(word));
    word.is_some_and(|w| w.state.is_some() || w.demonym || w.town)
}

/// The names of a document, in order; none in a language without tables.
pub(crate) fn names(mut tokens: Tokenized<'_>) -> Vec<Name> {
    let Some(lexicon) = tokens.lexicon else {
        return Vec::new();
    };
    tokens.mention_all(lexicon);
    let Tokenized {
        document,
        readings,
        keys,
        ..
    } = tokens;
    let mut cast = Cast::named(&readings, keys);
    let mut names = Vec::new();
    for (at, reading) in readings.iter().enumerate() {
        for (m, mention) in reading.mentions.iter().enumerate() {
            let figure = cast.figure(at, m);
            let is_person = figure.map(|f| f.is_person);
            let Some((kind, range)) = kind(&reading.p, lexicon, mention, is_person) else {
                continue;
            };
            let (Some(first), Some(last)) = (
                reading.p.tokens.get(range.start),
                reading.p.tokens.get(range.end.wrapping_sub(1)),
            ) else {
                continue;
            };
            let key = match figure {
                Some(figure) => figure.key.clone(),
                None => cast.keys.of(reading.p.slice(range)),
            };
            names.push(Name {
                span: Span::new(first.start(), last.end()),
                role: document.paragraphs[reading.number].role,
                kind,
                key,
            });
        }
    }
    names
}

/// What a mention names, if anything, and by which tokens.
fn kind(
    p: &Paragraph<'_>,
    lexicon: &Lexicon,
    mention: &Mention,
    is_person: Option<bool>,
) -> Option<(NameKind, std::ops::Range<usize>)> {
    if mention.what == What::Place {
        let mut range = mention.range.clone();
        while range.len() > 1 && p.tokens.get(range.start).is_some_and(|t| t.is(class::DET)) {
            range.start += 1;
        }
        return Some((NameKind::Place, range));
    }
    if mention.what == What::Role(RoleKind::Group) && mention.name.is_none() {
        return institution(p, mention).map(|range| (NameKind::Body, range));
    }
    let name = mention.name.clone()?;
    let kind = match mention.what {
        What::State => NameKind::Place,
        _ if is_person == Some(true) => NameKind::Person,
        // `à Valmorine`, `in Joal`: one word that is no person's name.
        _ if name.len() == 1 && is_located(p, lexicon, name.start) => NameKind::Place,
        _ => NameKind::Body,
    };
    Some((kind, name))
}

/// `le ministère russe de la Défense`, `the defence ministry`: a body by what it is,
/// where its words have a form that both languages share; one word (`la société`)
/// says too little.
fn institution(p: &Paragraph<'_>, mention: &Mention) -> Option<std::ops::Range<usize>> {
    let definite = !(mention.plural || mention.indefinite || mention.possessed);
    let role = mention.roles.first().filter(|_| definite)?;
    let plain: Vec<_> = p
        .tokens
        .get(role.clone())?
        .iter()
        .map(|t| name_key::plain(t.of(p.text)))
        .collect();
    let known = (0..plain.len()).any(|i| name_key::role_words(&plain[i..]).is_some());
    (known && name_key::name_key(p.slice(role.clone())).contains(' ')).then_some(role)
}

/// Whether a preposition of place stands right before a token.
fn is_located(p: &Paragraph<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let before = at
        .checked_sub(1)
        .and_then(|b| p.tokens.get(b))
        .map_or("", |t| t.of(p.text));
    let places: &[&str] = if lexicon.lang == crate::document::Lang::FR {
        &["à", "À", "vers", "près"]
    } else {
        &["in", "In", "near", "Near", "around", "outside", "at", "At"]
    };
    places.contains(&before)
}
