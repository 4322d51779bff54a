//! A document as tokens, read once for all that is found in it.
//!
//! Quotations and names are found from the same tokens, and mostly from the same
//! mentions: where no word of a paragraph stands between marks, who may speak in it
//! and who is named in it are the same. Whoever wants both takes the quotations
//! first ([`Tokenized::quotes`]), then hands the tokens on to [`crate::entity::find_in`].

use super::attribution::Reading;
use super::lexicon::Lexicon;
use super::mentions::{self, Capitals};
use super::name_key::Keys;
use super::tokens::Paragraph;
use super::{Finder, cues, is_read, marked_only, segments};
use crate::document::{Document, Quote, Role};

/// The paragraphs of a segmented document as tokens, with what was found of them.
///
/// ```
/// use diptych::document::{Document, Lang};
/// use diptych::{entity, quote};
/// let document = Document::plain("« Nous irons », a dit Anne Petit.", Lang::FR);
/// let mut tokens = quote::Tokenized::of(&document);
/// assert_eq!(tokens.quotes(), quote::quotes(&document));
/// assert_eq!(entity::find_in(tokens), entity::find(&document));
/// ```
pub struct Tokenized<'d> {
    pub(crate) document: &'d Document,
    /// None in a language without tables.
    pub(super) lexicon: Option<&'static Lexicon>,
    pub(super) readings: Vec<Reading<'d>>,
    pub(super) keys: Keys<'d>,
    /// Of the paragraphs that quotations were looked for in.
    capitals: Option<Capitals<'d>>,
}

impl<'d> Tokenized<'d> {
    /// Reads a document; its quotations and entities play no part.
    #[must_use]
    pub fn of(document: &'d Document) -> Self {
        let lexicon = Lexicon::of(document.lang);
        Self {
            document,
            lexicon,
            readings: lexicon.map_or_else(Vec::new, |lexicon| read(document, lexicon)),
            keys: Keys::default(),
            capitals: None,
        }
    }

    /// The quotations of the document, in order, see [`super::quotes`].
    #[must_use]
    pub fn quotes(&mut self) -> Vec<Quote> {
        let mut quotes = match self.lexicon {
            Some(lexicon) => self.quotes_by(lexicon),
            None => marked_only(self.document),
        };
        quotes.sort_by_key(|q| q.span);
        quotes
    }

    fn quotes_by(&mut self, lexicon: &'static Lexicon) -> Vec<Quote> {
        let all = std::mem::take(&mut self.readings);
        let (mut read, rest): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|reading| is_read(self.document.paragraphs[reading.number].role));
        let mut capitals = Capitals::default();
        for reading in &mut read {
            reading.cues = cues::cues(&reading.p, lexicon);
            segments::release_insets(&mut reading.p, &mut reading.cues);
            mentions::capitals(&reading.p, &mut capitals);
        }
        for reading in &mut read {
            reading.phrases = cues::phrases(&reading.p, lexicon);
            reading.mentions = mentions::mentions(&reading.p, lexicon, &capitals);
            reading.unquoted = reading.p.tokens.iter().all(|t| !t.quoted);
        }
        let keys = std::mem::take(&mut self.keys);
        let (quotes, keys) = Finder::new(self.document, lexicon).quotes(&read, keys);
        read.extend(rest);
        read.sort_by_key(|reading| reading.number);
        self.readings = read;
        self.keys = keys;
        self.capitals = Some(capitals);
        quotes
    }

    /// Finds the mentions of all paragraphs, between quotation marks too.
    pub(super) fn mention_all(&mut self, lexicon: &'static Lexicon) {
        let roles = |number: usize| self.document.paragraphs[number].role;
        let read = self.capitals.is_some();
        let mut capitals = self.capitals.take().unwrap_or_default();
        let known = capitals.len();
        // A headline may write every word with a capital.
        for reading in self.readings.iter().filter(|reading| {
            let role = roles(reading.number);
            role != Role::Title && !(read && is_read(role))
        }) {
            mentions::capitals(&reading.p, &mut capitals);
        }
        for reading in &mut self.readings {
            if reading.unquoted && capitals.len() == known {
                continue;
            }
            reading.p.tokens.iter_mut().for_each(|t| t.quoted = false);
            reading.mentions = mentions::mentions(&reading.p, lexicon, &capitals);
        }
    }
}

/// The paragraphs as tokens, nothing found in them yet.
fn read<'d>(document: &'d Document, lexicon: &'static Lexicon) -> Vec<Reading<'d>> {
    let mut rest = document.sentences.as_slice();
    let mut readings = Vec::with_capacity(document.paragraphs.len());
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        let from = rest.partition_point(|s| s.paragraph < number);
        let to = rest.partition_point(|s| s.paragraph <= number);
        let sentences = &rest[from..to];
        rest = &rest[to..];
        let p = Paragraph::read(&document.clean, paragraph.span.range(), sentences, lexicon);
        readings.push(Reading {
            number,
            p,
            cues: Vec::new(),
            phrases: Vec::new(),
            mentions: Vec::new(),
            unquoted: false,
            lang: document.lang,
        });
    }
    readings
}
