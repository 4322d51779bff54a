//! The records of an output folder, as serde types: what `run` writes and what
//! `eval`, `align OUT` and the report read. Schema version 1.
//!
//! Offsets are pairs `[start, end)` in code points of the raw text; `*_bytes`
//! beside them count UTF-8 bytes. Output always holds every field; gold made by
//! people may leave out what nobody annotated, so reading is lenient.

use serde::{Deserialize, Serialize};

use crate::document::{
    Action, ArtefactKind, Document, Lang, LinkKind, QuoteKind, Role, Source, Translation, View,
};
use crate::span::CodePoints;

/// The schema name of a document record.
pub const DOCUMENT_SCHEMA: &str = "diptych/document/1";
/// The schema name of an alignment record.
pub const ALIGNMENT_SCHEMA: &str = "diptych/alignment/1";

/// One line of `documents.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// [`DOCUMENT_SCHEMA`].
    pub schema: String,
    /// Unique in the folder.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// Main language.
    pub lang: Lang,
    /// How sure that is.
    #[serde(default)]
    pub lang_confidence: f32,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Publication date, as precise as known.
    #[serde(default)]
    pub date: Option<String>,
    /// Headings and body, paragraphs separated by a blank line.
    #[serde(default)]
    pub text: String,
    /// What is not plain body text.
    #[serde(default)]
    pub artefacts: Vec<ArtefactRecord>,
    /// Sentences in order.
    #[serde(default)]
    pub sentences: Vec<SentenceRecord>,
    /// Quotations in order.
    #[serde(default)]
    pub quotes: Vec<QuoteRecord>,
    /// Names, numbers, dates.
    #[serde(default)]
    pub entities: Vec<EntityRecord>,
}

/// The schema name of a record of clean text.
pub const TEXT_SCHEMA: &str = "diptych/text/1";

/// One line of `diptych clean --text`: a [`DocumentRecord`] with the text and what
/// is known of it, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRecord {
    /// [`TEXT_SCHEMA`].
    pub schema: String,
    /// Unique in the run.
    pub id: String,
    /// Main language.
    pub lang: Lang,
    /// Headline.
    pub title: Option<String>,
    /// Publication date, as precise as known.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Headings and body, paragraphs separated by a blank line.
    pub text: String,
}

/// See [`crate::document::Artefact`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of document::Artefact")]
pub struct ArtefactRecord {
    pub kind: ArtefactKind,
    pub action: Action,
    pub raw: [usize; 2],
    #[serde(default)]
    pub raw_bytes: [usize; 2],
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub replacement: Option<String>,
    #[serde(default)]
    pub view: Option<View>,
    #[serde(default)]
    pub rule: String,
    #[serde(default)]
    pub confidence: f32,
}

/// See [`crate::document::Sentence`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of document::Sentence")]
pub struct SentenceRecord {
    pub id: usize,
    #[serde(default)]
    pub paragraph: usize,
    pub role: Role,
    #[serde(default)]
    pub lang: Option<Lang>,
    pub text: String,
    pub raw: [usize; 2],
    #[serde(default)]
    pub raw_bytes: [usize; 2],
    #[serde(default)]
    pub translation: Option<Translation>,
}

/// See [`crate::document::Quote`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of document::Quote")]
pub struct QuoteRecord {
    pub id: usize,
    pub kind: QuoteKind,
    pub text: String,
    pub raw: [usize; 2],
    #[serde(default)]
    pub raw_bytes: [usize; 2],
    pub sentences: Vec<usize>,
    #[serde(default)]
    pub confidence: f32,
    pub speaker: Option<SpeakerRecord>,
    pub verb: Option<String>,
}

/// See [`crate::document::Speaker`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of document::Speaker")]
pub struct SpeakerRecord {
    pub name: String,
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub mention: Option<String>,
    #[serde(default)]
    pub raw: Option<[usize; 2]>,
    #[serde(default)]
    pub confidence: f32,
}

/// See [`crate::document::Entity`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of document::Entity")]
pub struct EntityRecord {
    pub kind: String,
    pub text: String,
    pub key: String,
    pub raw: [usize; 2],
}

/// A stretch of one side, one of the other, and how sure their link is.
pub type WordLink = ([usize; 2], [usize; 2], f32);

/// One line of `alignments.jsonl`: two places that say the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// [`ALIGNMENT_SCHEMA`].
    pub schema: String,
    /// What the two share; gold links that are to be refused have none.
    pub kind: Option<LinkKind>,
    /// How sure the link is, 0 to 1.
    #[serde(default)]
    pub score: f32,
    /// A person's judgement: `accept`, `reject`, `unsure`.
    #[serde(default)]
    pub verdict: Option<String>,
    /// The French side, else the side whose document id is lower.
    pub a: LinkSide,
    /// The other side.
    pub b: LinkSide,
    /// Linked stretches of the two texts in code points, with a score.
    #[serde(default)]
    pub words: Option<Vec<WordLink>>,
    /// What speaks for the link and against it, by name.
    #[serde(default)]
    pub evidence: serde_json::Map<String, serde_json::Value>,
}

/// One side of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkSide {
    /// The document's id.
    pub doc: String,
    /// Its language.
    pub lang: Lang,
    /// The sentences, in order.
    pub sentences: Vec<usize>,
    /// The quotation that the link rests on.
    #[serde(default)]
    pub quote: Option<usize>,
    /// Their text.
    #[serde(default)]
    pub text: String,
    /// Its translation, where the side has one.
    #[serde(default)]
    pub translation: Option<String>,
}

/// The schema name of a record of a sentence without a counterpart.
pub const UNMATCHED_SCHEMA: &str = "diptych/unmatched/1";

/// One line of `unmatched.jsonl`: a French sentence of running text that no other
/// article has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnmatchedRecord {
    /// [`UNMATCHED_SCHEMA`].
    pub schema: String,
    /// The document's id.
    pub doc: String,
    /// The sentence's id.
    pub sentence: usize,
    /// Its text.
    pub text: String,
    /// Its translation, where it has one.
    pub translation: Option<String>,
    /// Why it has no counterpart, in words.
    pub reason: String,
    /// The likeliest sentence of all that were compared with it.
    pub best: Option<NearestRecord>,
}

/// The sentence that comes nearest to being a counterpart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearestRecord {
    /// Its document's id.
    pub doc: String,
    /// Its id.
    pub sentence: usize,
    /// Its text.
    pub text: String,
    /// How likely it says the same, 0 to 1.
    pub score: f32,
    /// What sets the two apart, by name.
    pub against: Vec<String>,
}

/// One line of `errors.jsonl`: a document that could not be processed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorRecord {
    /// The file.
    pub path: String,
    /// The document's id, where one was known.
    pub id: Option<String>,
    /// `read`, `decode`, `clean`, ...
    pub stage: String,
    /// What went wrong and where.
    pub error: String,
    /// What to do.
    pub hint: Option<String>,
}

impl From<&Document> for DocumentRecord {
    fn from(d: &Document) -> Self {
        let points = CodePoints::new(&d.raw);
        let bytes = |s: crate::span::Span<crate::span::Raw>| [s.start(), s.end()];
        Self {
            schema: DOCUMENT_SCHEMA.into(),
            id: d.id.clone(),
            source: d.source.clone(),
            lang: d.lang,
            lang_confidence: d.lang_confidence,
            title: d.title.clone(),
            date: d.date.clone(),
            text: d.text(),
            artefacts: d
                .artefacts
                .iter()
                .map(|a| ArtefactRecord {
                    kind: a.kind,
                    action: a.action,
                    raw: points.span(a.span),
                    raw_bytes: bytes(a.span),
                    text: a.span.of(&d.raw).into(),
                    replacement: a.replacement.clone(),
                    view: a.view,
                    rule: a.rule.into(),
                    confidence: a.confidence,
                })
                .collect(),
            sentences: d
                .sentences
                .iter()
                .enumerate()
                .map(|(id, s)| {
                    let raw = d.raw_span(s.span);
                    SentenceRecord {
                        id,
                        paragraph: s.paragraph,
                        role: s.role,
                        lang: Some(s.lang),
                        text: s.span.of(&d.clean).into(),
                        raw: points.span(raw),
                        raw_bytes: bytes(raw),
                        translation: s.translation.clone(),
                    }
                })
                .collect(),
            quotes: d
                .quotes
                .iter()
                .enumerate()
                .map(|(id, q)| {
                    let raw = d.raw_span(q.span);
                    QuoteRecord {
                        id,
                        kind: q.kind,
                        text: q.span.of(&d.clean).into(),
                        raw: points.span(raw),
                        raw_bytes: bytes(raw),
                        sentences: d.sentences_in(q.span),
                        confidence: q.confidence,
                        speaker: q.speaker.as_ref().map(|s| SpeakerRecord {
                            name: s.name.clone(),
                            key: s.key.clone(),
                            mention: s.mention.clone(),
                            raw: s.span.map(|s| points.span(d.raw_span(s))),
                            confidence: s.confidence,
                        }),
                        verb: q.verb.clone(),
                    }
                })
                .collect(),
            entities: d
                .entities
                .iter()
                .map(|e| EntityRecord {
                    kind: e.kind.clone(),
                    text: e.span.of(&d.clean).into(),
                    key: e.key.clone(),
                    raw: points.span(d.raw_span(e.span)),
                })
                .collect(),
        }
    }
}
