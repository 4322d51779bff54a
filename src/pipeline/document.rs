//! The stages that concern one document: repair, language, cleaning, sentences,
//! quotations, entities.

use crate::clean::{self, Counter, Knowledge, Repeats};
use crate::decode;
use crate::document::{Artefact, Document, Lang, Paragraph, Role, Sentence, View, joined};
use crate::edit::EditList;
use crate::entity;
use crate::error::{Error, Result};
use crate::language::{self, Detected};
use crate::quote;
use crate::read::Article;
use crate::record::{TEXT_SCHEMA, TextRecord};
use crate::segment;
use crate::span::{Clean, Repaired, Span};
use crate::translate::model_view;

/// Takes an article through the stages up to entities.
///
/// # Errors
/// When nothing of it is left after cleaning.
pub fn prepare(article: Article) -> Result<Document> {
    prepare_within(article, Knowledge::of_one())
}

/// The lines that many of some articles have.
pub fn repeats<'a>(articles: impl Iterator<Item = &'a Article>) -> Repeats {
    let mut counter = Counter::default();
    count(&mut counter, articles);
    counter.finish()
}

/// Counts the lines of articles.
pub fn count<'a>(counter: &mut Counter, articles: impl Iterator<Item = &'a Article>) {
    articles.for_each(|a| counter.add(site(a), &a.text));
}

/// The outlet of an article, or the server of its address; empty where neither is
/// known.
fn site(article: &Article) -> &str {
    let host = || {
        let (_, rest) = article.source.url.as_deref()?.split_once("://")?;
        rest.split('/').next()
    };
    article.source.outlet.as_deref().or_else(host).unwrap_or("")
}

/// Takes an article of a corpus, of which more is known, through the stages.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_within(article: Article, known: &Knowledge) -> Result<Document> {
    let Cleaned {
        repair,
        detected,
        cleaning,
        view,
        clean,
        spans,
    } = cleaned(&article, known)?;
    let paragraphs: Vec<Paragraph> = spans
        .into_iter()
        .map(|(span, role)| Paragraph {
            span,
            role,
            lang: language::of_paragraph(span.of(&clean), detected.lang),
        })
        .collect();
    let edits = repair.edits.then(&view, &repair.text);
    let mut artefacts = repair.artefacts();
    let back = repair.edits.map();
    artefacts.extend(cleaning.artefacts.into_iter().map(|a| {
        let span = back.to_source(a.span);
        a.moved(span)
    }));
    let map = edits.map();
    let mut document = Document {
        id: article.id,
        source: article.source,
        raw: article.text,
        lang: detected.lang,
        lang_confidence: detected.confidence,
        title: article.title.or(cleaning.title),
        date: article.date.or(cleaning.date),
        edits,
        clean,
        map,
        artefacts,
        sentences: Vec::new(),
        quotes: Vec::new(),
        entities: Vec::new(),
        paragraphs,
    };
    if document.source.outlet.is_none() {
        document.source.outlet = cleaning.outlet;
    }
    document.sentences = sentences(&document);
    let views = model_artefacts(&document)?;
    document.artefacts.extend(views);
    document.artefacts.sort_by_key(|a| (a.span, a.kind, a.rule));
    let mut tokens = quote::Tokenized::of(&document);
    let quotes = tokens.quotes();
    let entities = entity::find_in(tokens);
    document.quotes = quotes;
    document.entities = entities;
    Ok(document)
}

/// Takes an article of a corpus as far as its clean text, which is the one that
/// [`prepare_within`] gives it, and leaves the rest undone.
///
/// # Errors
/// As [`prepare`].
pub fn text_within(article: Article, known: &Knowledge) -> Result<TextRecord> {
    let Cleaned {
        detected,
        cleaning,
        clean,
        spans,
        ..
    } = cleaned(&article, known)?;
    Ok(TextRecord {
        schema: TEXT_SCHEMA.into(),
        id: article.id,
        lang: detected.lang,
        title: article.title.or(cleaning.title),
        date: article.date.or(cleaning.date),
        outlet: article.source.outlet.or(cleaning.outlet),
        text: joined(&clean, spans.into_iter()),
    })
}

/// An article as far as its clean text.
struct Cleaned<'a> {
    repair: decode::Repair<'a>,
    detected: Detected,
    cleaning: clean::Cleaning,
    view: EditList<Repaired, Clean>,
    clean: String,
    /// The paragraphs of the clean text; there is one at least.
    spans: Vec<(Span<Clean>, Role)>,
}

fn cleaned<'a>(article: &'a Article, known: &Knowledge) -> Result<Cleaned<'a>> {
    let repair = decode::repair(&article.text)?;
    let detected = match article.lang {
        Some(lang) => Detected {
            lang,
            confidence: 1.0,
        },
        None => language::detect(&repair.text),
    };
    let cleaning = clean::clean_within(&repair.text, detected.lang, known, site(article));
    let (view, spans) = clean::view(&repair.text, &cleaning)?;
    if spans.is_empty() {
        return Err(Error::input("nothing is left of the text after cleaning")
            .hint("`diptych clean` shows what was taken for furniture, and the rule for each"));
    }
    Ok(Cleaned {
        clean: view.apply(&repair.text),
        repair,
        detected,
        cleaning,
        view,
        spans,
    })
}

fn sentences(document: &Document) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        let text = paragraph.span.of(&document.clean);
        let at = paragraph.span.start();
        out.extend(
            segment::sentences(text, paragraph.lang)
                .into_iter()
                .map(|r| Sentence {
                    paragraph: number,
                    span: Span::new(at + r.start, at + r.end),
                    role: paragraph.role,
                    lang: paragraph.lang,
                    translation: None,
                }),
        );
    }
    out
}

/// What the model view writes in another form, as artefacts.
fn model_artefacts(document: &Document) -> Result<Vec<Artefact>> {
    let mut out = Vec::new();
    for sentence in &document.sentences {
        let at = sentence.span.start();
        let list = model_view::edits(sentence.span.of(&document.clean), sentence.lang)?;
        out.extend(list.edits().iter().map(|e| {
            let span: Span<Clean> = Span::new(at + e.span.start(), at + e.span.end());
            Artefact::replaced(e, model_view::kind(e.rule), View::Model)
                .moved(document.raw_span(span))
        }));
    }
    Ok(out)
}

/// The numbers of the sentences that a model for `lang` reads.
#[must_use]
pub fn translatable(document: &Document, lang: Lang) -> Vec<usize> {
    (0..document.sentences.len())
        .filter(|&i| document.sentences[i].lang == lang)
        .collect()
}
