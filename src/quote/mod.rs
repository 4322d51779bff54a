//! Quotations, reported speech and who said it.
//!
//! Each paragraph is read once: its quotation marks are paired ([`marks`]), its
//! words become tokens with what the tables know of them, reporting verbs and
//! phrases become cues, names and nouns for people become mentions. Then every
//! pair of marks is a quotation: what it hangs on is found in its sentence, who
//! the mention is among the figures of the whole article, and what kind it is by
//! how it stands in the sentence. Reported speech without marks is found from the
//! cues that no quotation uses.
//!
//! All of it is rules over tables, without a parser: a wrong speaker can be
//! traced to a cue, a mention and a score.

mod attribution;
mod cues;
mod indirect;
mod kinds;
mod lexicon;
pub mod marks;
mod mentions;
pub mod name_key;
mod named;
mod segments;
mod speakers;
mod tokenized;
mod tokens;

use crate::document::{Document, Quote, QuoteKind, Role, Speaker};
use crate::span::Span;
use attribution::{Attribution, Reading, Tie};
use lexicon::{Lexicon, class};
use name_key::Keys;
pub(crate) use named::{NameKind, names, names_place_or_people};
use segments::Segment;
use speakers::{Before, Cast};
pub use tokenized::Tokenized;

/// The quotations of a segmented document, in order.
///
/// Titles, standfirsts and captions are left out: what they quote the body quotes
/// too. In a language without tables the marks alone are read, and no speaker is
/// named.
#[must_use]
pub fn quotes(document: &Document) -> Vec<Quote> {
    Tokenized::of(document).quotes()
}

/// The roles of paragraphs that are read.
fn is_read(role: Role) -> bool {
    matches!(role, Role::Body | Role::Heading)
}

fn marked_only(document: &Document) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for paragraph in document.paragraphs.iter().filter(|p| is_read(p.role)) {
        let offset = paragraph.span.start();
        for pair in marks::pairs(paragraph.span.of(&document.clean)) {
            let span = Span::new(pair.inner.start + offset, pair.inner.end + offset)
                .trimmed(&document.clean);
            if pair.depth > 0 || pair.open.is_none() || span.is_empty() {
                continue;
            }
            let words = span.of(&document.clean).split_whitespace().count();
            let kind = if words <= 3 {
                QuoteKind::Term
            } else {
                QuoteKind::Floating
            };
            quotes.push(Quote {
                kind,
                span,
                confidence: if pair.close.is_some() { 0.6 } else { 0.3 },
                speaker: None,
                verb: None,
            });
        }
    }
    quotes
}

/// A document on its way to its quotations.
struct Finder<'d> {
    document: &'d Document,
    lexicon: &'static Lexicon,
    /// The speaker of the quotation before, and where that ended.
    previous: Option<Previous>,
    /// Where the term before ended, its mark included.
    term_end: Option<usize>,
}

/// What a quotation may inherit from the one before.
#[derive(Debug, Clone)]
struct Previous {
    paragraph: usize,
    sentence: usize,
    /// In the text.
    end: usize,
    figure: Option<usize>,
    speaker: Option<Speaker>,
    verb: Option<String>,
    /// Whether its closing mark was missing: it goes on in the next paragraph.
    open: bool,
    /// Whether nothing stands behind it in its paragraph.
    closes: bool,
}

impl<'d> Finder<'d> {
    fn new(document: &'d Document, lexicon: &'static Lexicon) -> Self {
        Self {
            document,
            lexicon,
            previous: None,
            term_end: None,
        }
    }

    /// The quotations of the paragraphs, and the keys with those that were made.
    fn quotes(mut self, readings: &[Reading<'d>], keys: Keys<'d>) -> (Vec<Quote>, Keys<'d>) {
        let mut cast = Cast::build(readings, self.lexicon, keys);
        let mut quotes = Vec::new();
        // Quotations of the paragraphs before that wait for a speaker.
        let mut unclosed: Vec<usize> = Vec::new();
        for (number, reading) in readings.iter().enumerate() {
            let mut used = indirect::Uses::new();
            for segment in segments::segments(reading) {
                if let Some(quote) = self.quote(&mut cast, reading, number, &segment, &mut used) {
                    if segment.place.open == 0 {
                        name_backwards(&mut quotes, &unclosed, &quote);
                    }
                    unclosed.retain(|_| segment.place.open == 0 && quote.speaker.is_none());
                    if segment.open_end && quote.kind == QuoteKind::Floating {
                        unclosed.push(quotes.len());
                    }
                    quotes.push(quote);
                }
            }
            indirect::find(reading, &used, |mention| {
                match cast.speaker(reading, number, mention, None, self.lexicon) {
                    Some(figure) => speaker(&cast, reading, figure, Some(mention), 0.8),
                    None => unnamed(reading, mention),
                }
            })
            .into_iter()
            .for_each(|q| quotes.push(q));
        }
        (quotes, cast.keys)
    }

    /// Reads one quotation; cues it uses are noted.
    fn quote(
        &mut self,
        cast: &mut Cast<'d>,
        reading: &Reading<'d>,
        number: usize,
        segment: &Segment,
        used: &mut indirect::Uses,
    ) -> Option<Quote> {
        let text = &self.document.clean;
        let span = Span::new(segment.inner.start, segment.inner.end).trimmed(text);
        if span.is_empty() {
            return None;
        }
        let place = segment.place;
        let sentence = reading.p.sentence_at(segment.inner.start);
        let mut found = match &segment.clause {
            Some(clause) => clause.clone(),
            None => reading.attribute(place),
        };
        // `la banderole proclame « Plus vite »`: nobody says it.
        let inscribed = found
            .mention
            .is_some_and(|m| mentions::is_inscribed(reading, m));
        if inscribed {
            found.mention = None;
        }
        let inherited = self
            .inherits(&found, segment, number, sentence)
            .filter(|_| !inscribed);
        let previous = self
            .previous
            .as_ref()
            .filter(|p| p.paragraph + 1 >= number)
            .and_then(|p| {
                Some(Before {
                    figure: p.figure?,
                    near: p.paragraph == number,
                    end: p.end,
                })
            });
        let mut figure = found
            .mention
            .and_then(|m| cast.speaker(reading, number, m, previous, self.lexicon));
        let mut confidence = match found.tie {
            Tie::Clause => 0.95,
            Tie::Before | Tie::Phrase => 0.85,
            Tie::Tail | Tie::Colon => 0.8,
            Tie::Subject | Tie::None => 0.5,
        };
        let mut speaker_found =
            figure.and_then(|f| speaker(cast, reading, f, found.mention, confidence));
        if let Some(before) = inherited
            && (figure.is_none() || matches!(found.tie, Tie::Subject | Tie::None))
        {
            figure = before.figure;
            speaker_found = before.speaker.map(|mut s| {
                s.confidence = s.confidence.min(0.75);
                s
            });
            confidence = 0.75;
            if found.verb.is_none() && before.sentence == sentence && before.paragraph == number {
                found.verb = before.verb;
            }
        }
        // `reconnaît-elle` of whom the text says no more: the word itself.
        if speaker_found.is_none() && found.tie != Tie::Subject {
            speaker_found = found.mention.and_then(|m| unnamed(reading, m));
        }
        // `fait-on valoir`: the house that spoke last.
        if speaker_found.is_none()
            && found.tie == Tie::Clause
            && found.mention.is_none()
            && !inscribed
        {
            figure = cast.recent_body(segment.inner.start, number);
            speaker_found = figure.and_then(|f| speaker(cast, reading, f, None, 0.4));
        }
        let goes_back = !inscribed && segment.stands_alone() && found.tie == Tie::None
            || !inscribed && found.tie == Tie::Phrase && found.mention.is_none();
        if speaker_found.is_none() && goes_back {
            figure = cast.subject_before(segment.inner.start, number);
            speaker_found = figure.and_then(|f| speaker(cast, reading, f, None, 0.4));
        }
        let listed = self.term_end.filter(|&end| {
            let first = reading.p.token_at(end);
            let between = reading.p.tokens.get(first..place.open);
            between.is_some_and(|b| {
                b.len() <= 3 && b.iter().all(|t| t.is_punct(",") || t.is(class::CONJ))
            })
        });
        let kind = kinds::kind(
            reading,
            segment,
            &found,
            speaker_found.is_some(),
            listed.is_some(),
        );
        if kind == QuoteKind::Term {
            self.term_end = reading.p.tokens.get(place.close).map(|t| t.end());
            return Some(Quote {
                kind,
                span,
                confidence: 0.7,
                speaker: None,
                verb: None,
            });
        }
        if let Some(cue) = found.cue {
            used.insert(cue, matches!(found.tie, Tie::Before | Tie::Phrase));
        }
        if kind == QuoteKind::Floating {
            speaker_found = None;
            found.verb = None;
        }
        self.previous = Some(Previous {
            paragraph: number,
            sentence: reading.p.sentence_at(segment.inner.end),
            end: segment.inner.end,
            figure,
            speaker: speaker_found.clone(),
            verb: found.verb.clone(),
            open: segment.open_end,
            closes: closes(reading, segment),
        });
        Some(Quote {
            kind,
            span,
            confidence,
            speaker: speaker_found,
            verb: found.verb,
        })
    }

    /// What a quotation without a cue of its own takes over from the one before:
    /// in its sentence, or in the paragraph when it stands alone, or from an
    /// unclosed one of the paragraph before.
    fn inherits(
        &self,
        found: &Attribution,
        segment: &Segment,
        number: usize,
        sentence: usize,
    ) -> Option<Previous> {
        let before = self.previous.as_ref()?;
        // A paragraph that is all quotation goes on where the one before ended with one.
        let whole = before.closes && segment.stands_alone() && found.mention.is_none();
        let goes_on = before.paragraph + 1 == number
            && segment.place.open == 0
            && (before.open || whole && before.speaker.is_some());
        let here = before.paragraph == number;
        let same_sentence = here && before.sentence == sentence && !segment.stands_alone();
        let alone = here && segment.stands_alone() && sentence <= before.sentence + 3;
        (goes_on || same_sentence || alone && found.mention.is_none()).then(|| before.clone())
    }
}

/// Names who speaks in quotations that were left open, `“The ship turned.` and in the
/// next paragraph `“There was no sound,” she said.`: whoever the last one names.
fn name_backwards(quotes: &mut [Quote], unclosed: &[usize], last: &Quote) {
    let Some(speaker) = &last.speaker else { return };
    for &number in unclosed {
        if let Some(quote) = quotes.get_mut(number) {
            quote.kind = QuoteKind::Direct;
            quote.speaker = Some(Speaker {
                mention: None,
                span: None,
                confidence: speaker.confidence.min(0.7),
                ..speaker.clone()
            });
        }
    }
}

/// Whether nothing stands behind a quotation in its paragraph.
fn closes(reading: &Reading<'_>, segment: &Segment) -> bool {
    let rest = reading.p.tokens.get(segment.place.close + 1..);
    rest.unwrap_or_default()
        .iter()
        .all(|t| !t.is_word() && !matches!(t.kind, tokens::Kind::Open))
}

/// A pronoun that goes back to nobody the text names: the mention alone, without a
/// key.
fn unnamed(reading: &Reading<'_>, mention: usize) -> Option<Speaker> {
    let m = reading.mentions.get(mention).filter(|m| {
        m.what == mentions::What::Pronoun && !reading.p.tokens[m.range.start].is(class::POSS)
    })?;
    let text = reading
        .p
        .slice(m.shown.clone())
        .trim_start_matches("-t-")
        .trim_start_matches('-');
    let end = reading.p.tokens.get(m.shown.end.checked_sub(1)?)?.end();
    Some(Speaker {
        name: text.to_owned(),
        key: String::new(),
        mention: Some(text.to_owned()),
        span: Some(Span::new(end - text.len(), end)),
        confidence: 0.3,
    })
}

fn speaker(
    cast: &Cast<'_>,
    reading: &Reading<'_>,
    figure: usize,
    mention: Option<usize>,
    confidence: f32,
) -> Option<Speaker> {
    let who = cast.figures.get(figure)?;
    let shown = mention.map(|m| reading.mentions[m].shown.clone());
    let bounds = shown.and_then(|range| {
        let first = reading.p.tokens.get(range.start)?;
        let last = reading.p.tokens.get(range.end.checked_sub(1)?)?;
        Some(first.start()..last.end())
    });
    // A capital stands for its state, but under its own name.
    let own = mention.filter(|&m| reading.mentions[m].what == mentions::What::State);
    let name = match own {
        Some(m) => reading
            .p
            .slice(reading.mentions[m].name.clone().unwrap_or_default())
            .to_owned(),
        None => who.name.to_owned(),
    };
    Some(Speaker {
        name,
        key: who.key.to_string(),
        mention: bounds
            .clone()
            .map(|b| reading.p.text[b].trim_start_matches('-').to_owned()),
        span: bounds.map(|b| Span::new(b.start, b.end)),
        confidence,
    })
}

#[cfg(test)]
mod tests;
