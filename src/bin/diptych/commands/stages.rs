//! `segment` and `quotes`: single stages, records on standard output.

use std::io::IsTerminal;

use diptych::document::Lang;
use diptych::error::Result;
use diptych::language;
use diptych::read;
use diptych::record::{DocumentRecord, ErrorRecord};
use diptych::segment::{self, tokens::Tokenizer};
use diptych::span::{CodePoints, Raw, Span};
use rayon::prelude::*;
use serde::Serialize;

use super::{print_records, print_text};
use crate::Status;
use crate::args::{Inputs, Segment};
use crate::context::Context;

/// The documents among results; what went wrong is put with the errors.
pub(super) fn keep<T>(
    results: Vec<Result<T, ErrorRecord>>,
    errors: &mut Vec<ErrorRecord>,
) -> Vec<T> {
    let mut kept = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(document) => kept.push(document),
            Err(e) => errors.push(e),
        }
    }
    kept
}

/// A line of `diptych segment`.
#[derive(Serialize)]
struct Segmented {
    id: String,
    lang: Lang,
    sentences: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    raw: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<Vec<TokenRecord>>,
}

#[derive(Serialize)]
struct TokenRecord {
    text: String,
    raw: [usize; 2],
    id: Option<u32>,
}

/// `diptych segment`: sentences of the text as it is; each line of it is a
/// paragraph.
pub fn segment(context: &Context, arguments: &Segment) -> Result<Status> {
    let tokenizer = match &arguments.tokens {
        None => None,
        Some(name) if name.as_os_str() == "words" => Some(Tokenizer::Words),
        Some(path) => Some(Tokenizer::load(path)?),
    };
    let found = read::find(&arguments.inputs.inputs)?;
    let mut errors = Vec::new();
    for window in read::windows(&found.inputs, &context.config.input) {
        let records = keep(window.articles, &mut errors)
            .into_par_iter()
            .map(|article| {
                let lang = article
                    .lang
                    .unwrap_or_else(|| language::detect(&article.text).lang);
                Ok(Segmented {
                    sentences: pieces(&article.text, lang, tokenizer.as_ref())?,
                    id: article.id,
                    lang,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        print_records(records)?;
    }
    Ok(context.refusals(&errors))
}

fn pieces(text: &str, lang: Lang, tokenizer: Option<&Tokenizer>) -> Result<Vec<Piece>> {
    let points = CodePoints::new(text);
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        for range in segment::sentences(line, lang) {
            let span: Span<Raw> = Span::new(at + range.start, at + range.end);
            let tokens = tokenizer
                .map(|t| tokens(t, text, span, &points))
                .transpose()?;
            out.push(Piece {
                text: span.of(text).into(),
                raw: points.span(span),
                tokens,
            });
        }
        at += line.len();
    }
    Ok(out)
}

fn tokens(
    tokenizer: &Tokenizer,
    text: &str,
    sentence: Span<Raw>,
    points: &CodePoints,
) -> Result<Vec<TokenRecord>> {
    let at = sentence.start();
    Ok(tokenizer
        .tokens(sentence.of(text))?
        .into_iter()
        .map(|t| {
            let span: Span<Raw> = Span::new(at + t.range.start, at + t.range.end);
            TokenRecord {
                text: span.of(text).into(),
                raw: points.span(span),
                id: t.id,
            }
        })
        .collect())
}

/// A line of `diptych quotes` in a pipe.
#[derive(Serialize)]
struct Quoted<'d> {
    doc: &'d str,
    lang: Lang,
    #[serde(flatten)]
    quote: &'d diptych::record::QuoteRecord,
}

/// `diptych quotes`: who said what.
pub fn quotes(context: &Context, arguments: &Inputs) -> Result<Status> {
    let found = read::find(&arguments.inputs)?;
    let terminal = std::io::stdout().is_terminal();
    let mut errors = Vec::new();
    context.run(&[]).stream(&found.inputs, |results| {
        let documents = keep(results, &mut errors);
        let records: Vec<_> = documents.par_iter().map(DocumentRecord::from).collect();
        if terminal {
            context.clear();
            return print_text(&table(&records));
        }
        print_records(records.iter().flat_map(|d| {
            d.quotes.iter().map(|quote| Quoted {
                doc: &d.id,
                lang: d.lang,
                quote,
            })
        }))
    })?;
    Ok(context.refusals(&errors))
}

fn table(documents: &[DocumentRecord]) -> String {
    let mut out = String::new();
    for d in documents.iter().filter(|d| !d.quotes.is_empty()) {
        out.push_str(&format!("{}\n", d.id));
        for q in &d.quotes {
            let speaker = q.speaker.as_ref().map_or("-", |s| s.name.as_str());
            out.push_str(&format!(
                "  {:8}  {}  {}  {}\n",
                q.kind,
                column(speaker, 24),
                column(q.verb.as_deref().unwrap_or("-"), 16),
                q.text.replace('\n', " ")
            ));
        }
    }
    out
}

/// A text cut or filled to a number of characters.
fn column(text: &str, width: usize) -> String {
    if text.chars().count() > width {
        let mut cut: String = text.chars().take(width - 1).collect();
        cut.push('…');
        cut
    } else {
        format!("{text:width$}")
    }
}
