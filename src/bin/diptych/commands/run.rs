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
    let translator = if arguments.no_translate {
        None
    } else {
        Some(context.translator(&arguments.engine, Lang::FR)?)
    };
    let translator = translator.as_deref();
    let mut output = Output::create(&arguments.output)?;
    let run = context.run(translator);
    let outcome = run.run(&found.inputs)?;
    run.progress.stage("writing", None);
    output.jsonl("documents.jsonl", &outcome.documents)?;
    output.jsonl("alignments.jsonl", &outcome.links)?;
    output.jsonl("errors.jsonl", &outcome.errors)?;
    let about = report::About {
        version: env!("CARGO_PKG_VERSION").into(),
        model: translator.map(|t| t.identity().model.clone()),
        errors: outcome.errors.len(),
    };
    output.text(
        "report.html",
        &report::page(&outcome.documents, &outcome.links, &about),
    )?;
    let manifest = Manifest::new(&run, &outcome, output.written());
    output.jsonl("manifest.json", &[manifest])?;
    let status = context.refusals(&outcome.errors);
    summary(context, &outcome, found.skipped, translator, &output);
    Ok(status)
}

fn summary(
    context: &Context,
    outcome: &Outcome,
    skipped: usize,
    translator: Option<&dyn Translator>,
    output: &Output,
) {
    let mut lines = vec![format!(
        "{}, {} into {}",
        count(outcome.documents.len(), "document"),
        count(outcome.links.len(), "link"),
        output.folder().display()
    )];
    if let Some(translator) = translator {
        let sentences = outcome
            .documents
            .iter()
            .flat_map(|d| &d.sentences)
            .filter(|s| s.translation.is_some())
            .count();
        let identity = translator.identity();
        lines.push(format!(
            "{} translated by {} ({})",
            count(sentences, "sentence"),
            identity.model,
            identity.engine
        ));
        for (lang, n) in &outcome.untranslated {
            let what = if *lang == Lang::UNKNOWN {
                "of unknown language".to_owned()
            } else {
                format!("in `{lang}`")
            };
            lines.push(format!(
                "{} {what} not translated: there is no model for it",
                count(*n, "document")
            ));
        }
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
