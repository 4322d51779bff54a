//! The document and its parts: what every stage reads and adds to.
//!
//! A [`Document`] starts as raw text with its source; cleaning adds the edits
//! that lead to the clean text and the artefacts found, segmentation the
//! sentences, and so on. All spans of the later stages are over the clean text;
//! [`Document::raw_span`] leads back.

mod lang;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use lang::Lang;

use crate::edit::{Edit, EditList, OffsetMap};
use crate::span::{Clean, Raw, Span};

/// Declares an enum whose members are written in snake case, with the list of
/// all of them and the name of each.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }
        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// The name used in records and rule tables.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
            /// The member of that name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.name()) }
        }
    };
}

names! {
    /// What a stretch of raw text is, when it is not plain body text.
    ArtefactKind {
        /// `date 2020-10` before the text, from the scraper.
        DateHeader = "date_header",
        /// Who wrote it.
        Byline = "byline",
        /// When it was published or updated, how long it takes to read.
        Timestamp = "timestamp",
        /// Who took the picture.
        Credit = "credit",
        /// What a picture shows.
        Caption = "caption",
        /// One of a list of topics.
        Tag = "tag",
        /// A pointer to another article.
        Related = "related",
        /// The section of the site.
        SectionLabel = "section_label",
        /// Buttons to share or comment.
        Share = "share",
        /// Newsletters, subscriptions, appeals.
        Promo = "promo",
        /// An advertisement or its label.
        Ad = "ad",
        /// Steps to other pages.
        Nav = "nav",
        /// The news agency and its dateline.
        Agency = "agency",
        /// A note on what was corrected.
        Correction = "correction",
        /// The headline.
        Title = "title",
        /// The summary under the headline.
        Standfirst = "standfirst",
        /// A heading within the body.
        Heading = "heading",
        /// A break between sentences or paragraphs that was lost.
        MergedBoundary = "merged_boundary",
        /// A quotation mark written in another style.
        QuoteStyle = "quote_style",
        /// An apostrophe written in another style.
        Apostrophe = "apostrophe",
        /// Spaces that are missing, doubled or of another kind.
        Spacing = "spacing",
        /// A number written in another style.
        Number = "number",
        /// A journalist's brackets within a quotation.
        Editorial = "editorial",
        /// Dots for something left out.
        Ellipsis = "ellipsis",
        /// Damage from a wrong encoding, entities, control characters.
        Encoding = "encoding",
        /// A spelling that hides a word from tools.
        Spelling = "spelling",
    }
}

names! {
    /// What is done about an artefact.
    Action {
        /// Taken out of the text.
        Drop = "drop",
        /// Kept in the record under another role.
        Relabel = "relabel",
        /// A break put in where it was lost.
        Split = "split",
        /// Written in another form in one view.
        Replace = "replace",
    }
}

names! {
    /// What part of the article a paragraph or sentence belongs to.
    Role {
        /// Running text.
        Body = "body",
        /// The headline.
        Title = "title",
        /// The summary under it.
        Standfirst = "standfirst",
        /// A heading within the body.
        Heading = "heading",
        /// What a picture shows.
        Caption = "caption",
    }
}

names! {
    /// How a quotation stands in the text.
    QuoteKind {
        /// A whole clause or more between marks.
        Direct = "direct",
        /// A quoted fragment inside reported speech.
        Mixed = "mixed",
        /// Reported speech without marks.
        Indirect = "indirect",
        /// A name or a word between marks.
        Term = "term",
        /// A quotation whose speaker the text does not give.
        Floating = "floating",
    }
}

names! {
    /// What two linked sentences share.
    LinkKind {
        /// The same utterance, quoted on both sides.
        Quote = "quote",
        /// The same utterance or announcement, reported on one side at least.
        Statement = "statement",
        /// The same fact in the papers' own words.
        Fact = "fact",
    }
}

names! {
    /// The view of the text in which a replacement holds.
    View {
        /// Typography kept, artefacts out.
        Display = "display",
        /// What the translator reads.
        Model = "model",
    }
}

/// Something found in the raw text that is not plain body text.
#[derive(Debug, Clone, PartialEq)]
pub struct Artefact<T = Raw> {
    /// What it is.
    pub kind: ArtefactKind,
    /// What was done about it.
    pub action: Action,
    /// Where it stands; of no length for a lost break.
    pub span: Span<T>,
    /// Its other form, for [`Action::Replace`].
    pub replacement: Option<String>,
    /// The view in which the replacement holds.
    pub view: Option<View>,
    /// The stable ID of the rule that found it.
    pub rule: &'static str,
    /// How sure the rule is, 0 to 1.
    pub confidence: f32,
}

impl<T> Artefact<T> {
    /// The record of an edit: its stretch in another form in one view.
    #[must_use]
    pub fn replaced(edit: &Edit<T>, kind: ArtefactKind, view: View) -> Self {
        Self {
            kind,
            action: Action::Replace,
            span: edit.span,
            replacement: Some(edit.replacement.clone()),
            view: Some(view),
            rule: edit.rule,
            confidence: edit.confidence,
        }
    }

    /// The same artefact over another text.
    #[must_use]
    pub fn moved<U>(self, span: Span<U>) -> Artefact<U> {
        Artefact {
            kind: self.kind,
            action: self.action,
            span,
            replacement: self.replacement,
            view: self.view,
            rule: self.rule,
            confidence: self.confidence,
        }
    }
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The path as given or found in a folder; `-` for standard input.
    pub path: String,
    /// Of the input's bytes (for JSONL, of the record's line).
    pub sha256: String,
    /// Where the article was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// A paragraph of the clean text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span<Clean>,
    /// What part of the article it is.
    pub role: Role,
    /// Its language, which may differ from the document's.
    pub lang: Lang,
}

/// A sentence of the clean text.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The paragraph it belongs to, by number.
    pub paragraph: usize,
    /// Where it stands.
    pub span: Span<Clean>,
    /// What part of the article it is.
    pub role: Role,
    /// Its language.
    pub lang: Lang,
    /// Its translation, where one was asked for.
    pub translation: Option<Translation>,
}

/// The translation of one sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// The text in the target language.
    pub text: String,
    /// The engine that made it.
    pub engine: String,
    /// The model's name.
    pub model: String,
    /// The engine's score (mean log-probability of a token), where it gives one.
    pub score: Option<f32>,
    /// Whether the source was longer than the model reads, so that a part of it
    /// is missing or was cut at a place that is no clause boundary.
    pub truncated: bool,
    /// Words of the engine in whose place the dictionary's stand, in order
    /// ([`crate::translate::dictionary`]).
    #[serde(default)]
    pub replaced: Vec<Replaced>,
}

/// A word of a translation that was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// What the engine wrote.
    pub from: String,
    /// What stands in its place.
    pub to: String,
    /// The word of the source that means it.
    pub source: String,
}

/// Who is quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// The fullest name the article gives.
    pub name: String,
    /// A form that is equal across spellings and languages.
    pub key: String,
    /// What stands at the attribution.
    pub mention: Option<String>,
    /// Where the mention stands.
    pub span: Option<Span<Clean>>,
    /// How sure the attribution is, 0 to 1.
    pub confidence: f32,
}

/// A quotation or reported speech.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// How it stands in the text.
    pub kind: QuoteKind,
    /// What is said, without the marks.
    pub span: Span<Clean>,
    /// How sure the finding is, 0 to 1.
    pub confidence: f32,
    /// Who says it, where the text tells.
    pub speaker: Option<Speaker>,
    /// The reporting verb with its auxiliaries, where there is one.
    pub verb: Option<String>,
}

/// A name, number or date that alignment uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// `person`, `organisation`, `place`, `number`, `time`, `date`.
    pub kind: String,
    /// Where it stands.
    pub span: Span<Clean>,
    /// A form that is equal across spellings and languages.
    pub key: String,
}

/// One article on its way through the program.
#[derive(Debug, Clone)]
pub struct Document {
    /// Unique in a run.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// The text as decoded.
    pub raw: String,
    /// Its main language.
    pub lang: Lang,
    /// How sure that is, 0 to 1.
    pub lang_confidence: f32,
    /// The headline, where one is given or found.
    pub title: Option<String>,
    /// When it was published: `2020`, `2020-10` or `2020-10-02`.
    pub date: Option<String>,
    /// From the raw text to the clean one.
    pub edits: EditList<Raw, Clean>,
    /// The display view of all that is kept, paragraphs separated by a blank line.
    pub clean: String,
    /// Offsets between the two.
    pub map: OffsetMap<Raw, Clean>,
    /// What is not plain body text.
    pub artefacts: Vec<Artefact>,
    /// The paragraphs of the clean text, in order.
    pub paragraphs: Vec<Paragraph>,
    /// The sentences of the clean text, in order.
    pub sentences: Vec<Sentence>,
    /// Quotations and reported speech, in order.
    pub quotes: Vec<Quote>,
    /// Names, numbers and dates, in order.
    pub entities: Vec<Entity>,
}

impl Document {
    /// A text as it is: a body paragraph a line, nothing cleaned, sentences found.
    /// For whoever has clean text already.
    ///
    /// ```
    /// use diptych::document::{Document, Lang};
    /// let document = Document::plain("Il pleut. Il vente.\nIl neige.", Lang::FR);
    /// assert_eq!((document.paragraphs.len(), document.sentences.len()), (2, 3));
    /// ```
    #[must_use]
    pub fn plain(text: &str, lang: Lang) -> Self {
        let (mut paragraphs, mut sentences) = (Vec::new(), Vec::new());
        let mut start = 0;
        for line in text.split('\n') {
            let span = Span::new(start, start + line.len());
            sentences.extend(
                crate::segment::sentences(line, lang)
                    .into_iter()
                    .map(|s| Sentence {
                        paragraph: paragraphs.len(),
                        span: Span::new(start + s.start, start + s.end),
                        role: Role::Body,
                        lang,
                        translation: None,
                    }),
            );
            paragraphs.push(Paragraph {
                span,
                role: Role::Body,
                lang,
            });
            start += line.len() + 1;
        }
        let edits = EditList::default();
        Self {
            id: String::new(),
            source: Source {
                path: String::new(),
                sha256: String::new(),
                url: None,
                outlet: None,
            },
            raw: text.to_owned(),
            lang,
            lang_confidence: 1.0,
            title: None,
            date: None,
            map: edits.map(),
            edits,
            clean: text.to_owned(),
            artefacts: Vec::new(),
            paragraphs,
            sentences,
            quotes: Vec::new(),
            entities: Vec::new(),
        }
    }

    /// Where a span of the clean text stands in the raw one.
    #[must_use]
    pub fn raw_span(&self, span: Span<Clean>) -> Span<Raw> {
        self.map.to_source(span)
    }

    /// Headings and body, paragraphs separated by a blank line: the `text` of
    /// the record.
    #[must_use]
    pub fn text(&self) -> String {
        joined(
            &self.clean,
            self.paragraphs.iter().map(|p| (p.span, p.role)),
        )
    }

    /// The numbers of the sentences that share text with a span.
    #[must_use]
    pub fn sentences_in(&self, span: Span<Clean>) -> Vec<usize> {
        let first = self
            .sentences
            .partition_point(|s| s.span.end() <= span.start());
        (first..self.sentences.len())
            .take_while(|&i| self.sentences[i].span.start() < span.end())
            .collect()
    }
}

/// Those of a clean text's paragraphs that its record's `text` has: headings and
/// body, with a blank line between.
pub(crate) fn joined(clean: &str, paragraphs: impl Iterator<Item = (Span<Clean>, Role)>) -> String {
    let mut out = String::with_capacity(clean.len());
    for (span, role) in paragraphs {
        if matches!(role, Role::Body | Role::Heading) {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(span.of(clean));
        }
    }
    out
}
