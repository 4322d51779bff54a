//! `diptych run`: everything, into a folder.
//!
//! Documents are written as they are done and read again where alignment and the page
//! need them; the files get their names when all is done.

use diptych::align::records::{Records, Stored};
use diptych::document::Lang;
use diptych::error::Result;
use diptych::pipeline::{Manifest, Outcome};
use diptych::read;
use diptych::record::DocumentRecord;
use diptych::report;
use diptych::translate::Translator;
use diptych::write::{Output, line};
use rayon::prelude::*;

use super::found::{Found, Shown};
use crate::Status;
use crate::args::Run;
use crate::context::Context;

/// The most articles that the page shows: more than a person reads, and about as many
/// as a browser opens.
const MOST_SHOWN: usize = 2000;

pub fn run(context: &Context, arguments: &Run) -> Result<Status> {
    let inputs = read::find(&arguments.inputs.inputs)?;
    let translators = if arguments.no_translate {
        Vec::new()
    } else {
        context.translators(&arguments.engine)?
    };
    let mut output = Output::create(&arguments.output)?;
    let run = context.run(&translators);
    let mut documents = output.growing("documents.jsonl")?;
    let mut records = Stored::new(documents.reader()?, documents.path());
    let outcome = run.documents(&inputs.inputs, |done| {
        let lines = done.par_iter().map(line).collect::<Result<Vec<_>>>()?;
        for (record, line) in done.iter().zip(lines) {
            records.note(&record.id, record.lang, documents.length(), line.len());
            documents.bytes(&line)?;
        }
        Ok(())
    })?;
    documents.flush()?;
    run.progress.stage("aligning", None);
    let all = outcome.counts.of("documents");
    let mut shown = Shown::new(MOST_SHOWN, all);
    let found = Found::align(&records, &context.config.align, &output, &mut shown)?;
    run.check()?;
    run.progress.stage("writing", None);
    let about = report::About {
        version: env!("CARGO_PKG_VERSION").into(),
        model: translators.first().map(|t| t.identity().model.clone()),
        errors: outcome.errors.len(),
        all,
    };
    let page = page(&records, &shown, &about)?;
    output.finish(documents)?;
    let counts = found.counts();
    found.finish(&mut output)?;
    output.jsonl("errors.jsonl", &outcome.errors)?;
    output.text("report.html", &page)?;
    let manifest = Manifest::new(&run, &outcome, counts, output.written());
    output.jsonl("manifest.json", &[manifest])?;
    let status = context.refusals(&outcome.errors);
    let [(_, links), _] = counts;
    summary(
        context,
        &outcome,
        (inputs.skipped, links),
        &translators,
        &output,
    );
    Ok(status)
}

/// The page with the articles that are shown.
fn page(records: &Stored, shown: &Shown, about: &report::About) -> Result<String> {
    let documents = (0..records.count())
        .filter(|&at| {
            let ids = shown.ids.as_ref();
            ids.is_none_or(|ids| ids.contains(records.head(at).0))
        })
        .map(|at| records.whole(at))
        .collect::<Result<Vec<DocumentRecord>>>()?;
    let found = &shown.found;
    Ok(report::page(
        &documents,
        &found.links,
        &found.unmatched,
        about,
    ))
}

fn summary(
    context: &Context,
    outcome: &Outcome,
    (skipped, links): (usize, usize),
    translators: &[Box<dyn Translator>],
    output: &Output,
) {
    let mut lines = vec![format!(
        "{}, {} into {}",
        count(outcome.counts.of("documents"), "document"),
        count(links, "link"),
        output.folder().display()
    )];
    for identity in translators.iter().map(|t| t.identity()) {
        let translated = &outcome.counts.translated;
        let sentences = translated.get(&identity.model).copied().unwrap_or(0);
        if sentences > 0 {
            lines.push(format!(
                "{} translated by {} ({})",
                count(sentences, "sentence"),
                identity.model,
                identity.engine
            ));
        }
    }
    for (lang, n) in &outcome.untranslated {
        let documents = count(*n, "document");
        lines.push(if *lang == Lang::UNKNOWN {
            format!("{documents} of unknown language not translated")
        } else {
            format!(
                "{documents} in `{lang}` not translated: there is no model; \
                 `diptych models get {lang}-en` fetches one"
            )
        });
    }
    if skipped > 0 {
        lines.push(format!("{} of other types skipped", count(skipped, "file")));
    }
    if !outcome.errors.is_empty() {
        lines.push(format!(
            "{} in {}",
            count(outcome.errors.len(), "error"),
            output.folder().join("errors.jsonl").display()
        ));
    }
    context.tell(&lines.join("\n"));
}

/// `1 document`, `2 documents`.
fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
