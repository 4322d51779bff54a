//! The names of a document, for who needs them without the quotations: in every
//! role, and between quotation marks too.

use super::lexicon::{Lexicon, RoleKind, class};
use super::mentions::{self, Capitals, Mention, What};
use super::name_key;
use super::speakers::Cast;
use super::tokens::Paragraph;
use super::{Reading, read_paragraphs};
use crate::document::{Document, Role};
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
    pub(crate) key: String,
}

/// The names of a document, in order; none in a language without tables.
pub(crate) fn names(document: &Document) -> Vec<Name> {
    let Some(lexicon) = Lexicon::of(document.lang) else {
        return Vec::new();
    };
    let (numbers, mut paragraphs) = read_paragraphs(document, lexicon, |_| true);
    for token in paragraphs.iter_mut().flat_map(|p| &mut p.tokens) {
        token.quoted = false;
    }
    let mut capitals = Capitals::default();
    for (paragraph, _) in paragraphs.iter().zip(&numbers).filter(|(_, n)| {
        // A headline may write every word with a capital.
        document.paragraphs[**n].role != Role::Title
    }) {
        mentions::capitals(paragraph, &mut capitals);
    }
    let readings: Vec<Reading<'_>> = paragraphs
        .into_iter()
        .map(|p| Reading {
            cues: Vec::new(),
            phrases: Vec::new(),
            mentions: mentions::mentions(&p, lexicon, &capitals),
            lang: document.lang,
            p,
        })
        .collect();
    let cast = Cast::named(&readings, lexicon);
    let mut names = Vec::new();
    for (at, (reading, number)) in readings.iter().zip(&numbers).enumerate() {
        for (m, mention) in reading.mentions.iter().enumerate() {
            let figure = cast.figure(at, m);
            let Some((kind, range)) =
                kind(&reading.p, lexicon, mention, figure.map(|f| f.is_person))
            else {
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
                None => name_key::name_key(reading.p.slice(range)),
            };
            names.push(Name {
                span: Span::new(first.start, last.end),
                role: document.paragraphs[*number].role,
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
    let role = mention.roles.first()?.clone();
    let plain: Vec<_> = p
        .tokens
        .get(role.clone())?
        .iter()
        .map(|t| name_key::plain(t.of(p.text)))
        .collect();
    let known = (0..plain.len()).any(|i| name_key::role_words(&plain[i..]).is_some());
    let definite = !(mention.plural || mention.indefinite || mention.possessed);
    let words = name_key::name_key(p.slice(role.clone())).contains(' ');
    (known && definite && words).then_some(role)
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
