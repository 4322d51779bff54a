//! Who speaks in two sentences, what they say and what they do by it.

use super::{Comparison, Features, Partner};
use crate::align::concepts::{ConceptId, ConceptKind, Concepts};
use crate::align::cover::{Cover, cover, cover_within, harmonic};
use crate::align::profile::{Profile, QuotePart};
use crate::align::vocabulary::Vocabulary;
use crate::document::QuoteKind;
use crate::quote::name_key::agree;

impl<'p> Comparison<'p> {
    pub(super) fn speech(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let (x, y) = (self.x, self.y);
        if let Some((_, _, cover, mass)) = self.quote_pair(vocabulary) {
            (f.quotes, f.quote_mass) = (cover, mass.ln_1p());
        }
        let said_x = said(x, y, &self.best_x);
        let said_y = said(y, x, &self.best_y);
        f.said = said_x.max(said_y);
        let marked = |p: &Profile| p.quotes.iter().any(QuotePart::is_marked);
        f.both_quote = f32::from(marked(x) && marked(y));
        f.one_quotes = f32::from(marked(x) != marked(y));
        f.both_speak = f32::from(!x.quotes.is_empty() && !y.quotes.is_empty());
        let speakers = |p: &'p Profile, names_only: bool| -> Vec<&'p str> {
            p.quotes
                .iter()
                .filter(|q| q.named || !names_only)
                .filter_map(|q| q.speaker.as_deref())
                .collect()
        };
        let (a, b) = (speakers(x, false), speakers(y, false));
        let same = a.iter().any(|s| b.iter().any(|t| agree(s, t)));
        f.same_speaker = f32::from(same);
        let named = !speakers(x, true).is_empty() && !speakers(y, true).is_empty();
        f.other_speaker = f32::from(!same && named);
        f.unlike_quotes = f.both_quote * (1.0 - f.quotes);
        f.speaker_said = f.same_speaker * f.said.max(f.quotes);
    }

    pub(super) fn agents(&self, vocabulary: &Vocabulary, f: &mut Features) {
        let (x, y) = (self.x, self.y);
        let (acts_x, acts_y) = (acts(vocabulary, x), acts(vocabulary, y));
        f.acts = f32::from(acts_x.iter().any(|a| acts_y.contains(a)));
        let common = x.actors.iter().filter(|a| y.actors.contains(a)).count();
        f.actors = 2.0 * common as f32 / (x.actors.len() + y.actors.len()).max(1) as f32;
        let ((spoken_x, agents_x), (spoken_y, agents_y)) = (agents(x), agents(y));
        let meet = agents_x.iter().any(|a| agents_y.contains(a));
        f.same_agent = match (meet, spoken_x && spoken_y) {
            (true, true) => 1.0,
            (true, false) => 0.5,
            (false, _) => 0.0,
        };
        f.other_agent = f32::from(!meet && spoken_x && spoken_y);
        f.act_agent = f.acts * f.same_agent.max(f.same_speaker);
        let of = |p: &Profile, best: &[Partner]| {
            let mut sum = Cover::default();
            for (term, partner) in p.own.iter().zip(best) {
                let weight = vocabulary.entry(term.entry).information;
                sum.all += weight;
                sum.shared += weight * partner.likeness;
            }
            sum.share()
        };
        let (a, b) = (of(x, &self.best_x), of(y, &self.best_y));
        (f.plain, f.plain_max) = (harmonic(a, b), a.max(b));
    }

    /// The pair of marked quotations that cover each other best, by position, with
    /// how well they do and the weight they share.
    #[must_use]
    pub fn quote_pair(&self, vocabulary: &Vocabulary) -> Option<(usize, usize, f32, f32)> {
        let mut best: Option<(usize, usize, f32, f32)> = None;
        for (i, p) in self.x.quotes.iter().enumerate().filter(|q| q.1.is_marked()) {
            for (j, q) in self.y.quotes.iter().enumerate().filter(|q| q.1.is_marked()) {
                let a = cover_within(vocabulary, self.x, &self.best_x, &p.terms, &q.terms);
                let b = cover_within(vocabulary, self.y, &self.best_y, &q.terms, &p.terms);
                let (cover, mass) = (
                    harmonic(a.share(), b.share()).max(0.95 * a.share().max(b.share())),
                    0.5 * (a.shared + b.shared),
                );
                if best.is_none_or(|(_, _, c, m)| cover * mass.sqrt() > c * m.sqrt()) {
                    best = Some((i, j, cover, mass));
                }
            }
        }
        best
    }
}

/// The acts of speech a sentence reports.
fn acts(vocabulary: &Vocabulary, p: &Profile) -> Vec<ConceptId> {
    p.own
        .iter()
        .flat_map(|t| vocabulary.entry(t.entry).concepts)
        .copied()
        .filter(|&c| Concepts::get().kind(c) == ConceptKind::Act)
        .collect()
}

/// The states that speak in a sentence, and whether it is known that they do;
/// where it is not, all it names.
fn agents(p: &Profile) -> (bool, Vec<ConceptId>) {
    let spoken: Vec<ConceptId> = p.quotes.iter().filter_map(|q| q.actor).collect();
    if spoken.is_empty() {
        (false, p.actors.clone())
    } else {
        (true, spoken)
    }
}

/// The best cover of a quotation or reported speech of a sentence, if it has any
/// of some weight.
fn said(p: &Profile, other: &Profile, best: &[Partner]) -> f32 {
    p.quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Term)
        .map(|q| cover(p, other, best, q.terms.iter().copied()))
        .filter(|c| c.all > 0.5)
        .map(Cover::share)
        .fold(0.0, f32::max)
}
