//! `diptych run`: everything, into a folder.

use diptych::document::Lang;
use diptych::error::Result;
use diptych::pipeline::{Manifest, Outcome};
use diptych::read;
use diptych::report;
use diptych::translate::Translator;
use diptych::write::Output;

use crate::Status;
use crate::args::Run;
use crate::context::Context;

pub fn run(context: &Context, arguments: &Run) -> Result<Status> {
    let found = read::find(&arguments.inputs.inputs)?;
    let translators = if arguments.no_translate {
        Vec::new()
    } else {
        context.translators(&arguments.engine)?
    };
    let mut output = Output::create(&arguments.output)?;
    let run = context.run(&translators);
    let outcome = run.run(&found.inputs)?;
    run.progress.stage("writing", None);
    output.jsonl("documents.jsonl", &outcome.documents)?;
    output.jsonl("alignments.jsonl", &outcome.links)?;
    output.jsonl("unmatched.jsonl", &outcome.unmatched)?;
    output.jsonl("errors.jsonl", &outcome.errors)?;
    let about = report::About {
        version: env!("CARGO_PKG_VERSION").into(),
        model: translators.first().map(|t| t.identity().model.clone()),
        errors: outcome.errors.len(),
    };
    output.text(
        "report.html",
        &report::page(
            &outcome.documents,
            &outcome.links,
            &outcome.unmatched,
            &about,
        ),
    )?;
    let manifest = Manifest::new(&run, &outcome, output.written());
    output.jsonl("manifest.json", &[manifest])?;
    let status = context.refusals(&outcome.errors);
    summary(context, &outcome, found.skipped, &translators, &output);
    Ok(status)
}

fn summary(
    context: &Context,
    outcome: &Outcome,
    skipped: usize,
    translators: &[Box<dyn Translator>],
    output: &Output,
) {
    let mut lines = vec![format!(
        "{}, {} into {}",
        count(outcome.documents.len(), "document"),
        count(outcome.links.len(), "link"),
        output.folder().display()
    )];
    for identity in translators.iter().map(|t| t.identity()) {
        let sentences = outcome
            .documents
            .iter()
            .flat_map(|d| &d.sentences)
            .filter_map(|s| s.translation.as_ref())
            .filter(|t| t.model == identity.model)
            .count();
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
