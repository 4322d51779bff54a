//! `diptych align`: the links of an output folder anew.

use std::path::Path;

use diptych::align;
use diptych::error::{Error, Result};
use diptych::record::DocumentRecord;
use diptych::write::Output;

use crate::Status;
use crate::args::Align;
use crate::context::Context;

pub fn align(context: &Context, arguments: &Align) -> Result<Status> {
    match &arguments.paths[..] {
        [folder] => documents(context, folder),
        _ => Err(Error::usage("two texts cannot be aligned yet")),
    }
}

/// The links between the documents of a folder, written anew.
fn documents(context: &Context, folder: &Path) -> Result<Status> {
    let path = folder.join("documents.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|e| {
        Error::io("cannot read the documents", &path, e)
            .hint("name a folder that `diptych run` wrote, or two texts of one sentence a line")
    })?;
    let documents = text
        .lines()
        .enumerate()
        .map(|(i, line)| {
            serde_json::from_str::<DocumentRecord>(line).map_err(|e| {
                Error::usage("the line is not a document record")
                    .at_path(&path)
                    .at(format!("line {}", i + 1))
                    .because(e)
            })
        })
        .collect::<Result<Vec<_>>>()?;
    context.progress().stage("aligning", None);
    let links = align::align(&documents, &context.config.align);
    let mut output = Output::create(folder)?;
    output.jsonl("alignments.jsonl", &links)?;
    context.tell(&format!(
        "{} links into {}",
        links.len(),
        folder.join("alignments.jsonl").display()
    ));
    Ok(Status::Success)
}
