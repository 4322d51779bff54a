//! `diptych translate`: documents, or lines.

use std::io::{Read, Write};
use std::path::Path;

use diptych::document::Lang;
use diptych::error::{Error, Result};
use diptych::read::{self, Input};
use diptych::translate::{Session, model_view};

use super::print_records;
use crate::args::Translate;
use crate::context::Context;
use crate::{Status, message};

pub fn translate(context: &Context, arguments: &Translate) -> Result<Status> {
    let named = if arguments.inputs.is_empty() {
        vec!["-".to_owned()]
    } else {
        arguments.inputs.clone()
    };
    let translator = context.translator(&arguments.engine, Lang::FR)?;
    if arguments.lines {
        let session = Session::new(&*translator, context.config.translate.max_words);
        return named
            .iter()
            .map(|name| lines(context, &session, name))
            .try_fold(Status::Success, |all, status| match status? {
                Status::Success => Ok(all),
                other => Ok(other),
            });
    }
    let found = read::find(&named)?;
    let outcome = context.run(Some(&*translator)).documents(&found.inputs)?;
    print_records(&outcome.documents)?;
    Ok(context.refusals(&outcome.errors))
}

/// Lines taken at a time: enough to keep the cores busy, and what comes down a
/// pipe is answered while the rest is still to come.
const LINES: usize = 4096;

fn lines(context: &Context, session: &Session, name: &str) -> Result<Status> {
    let input = if name == "-" {
        Input::Stdin
    } else {
        Input::File(name.into())
    };
    let text = text(&input)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let failed = |e| Error::io("cannot write to standard output", Path::new("-"), e);
    let mut status = Status::Success;
    let all: Vec<&str> = text.lines().collect();
    context
        .progress()
        .stage("translating", Some(all.len() as u64));
    for (block, chunk) in all.chunks(LINES).enumerate() {
        let views = chunk
            .iter()
            .map(|line| model_view::of(line))
            .collect::<Result<Vec<_>>>()?;
        let texts: Vec<&str> = views.iter().map(String::as_str).collect();
        let results = session.translate(&texts, context.stop(), &|n| {
            context.progress().step(n as u64);
        })?;
        for (i, result) in results.into_iter().enumerate() {
            match result {
                Ok(translation) => writeln!(out, "{}", translation.text).map_err(failed)?,
                Err(e) => {
                    // The number of lines is kept.
                    writeln!(out).map_err(failed)?;
                    let place = format!("line {}", block * LINES + i + 1);
                    message::error(context.format, &e.at_path(name).at(place));
                    status = Status::Partial;
                }
            }
        }
    }
    out.flush().map_err(failed)?;
    Ok(status)
}

/// All of an input as text in any common encoding.
fn text(input: &Input) -> Result<String> {
    let name = input.name();
    let path = Path::new(&name);
    let mut bytes = Vec::new();
    match input {
        Input::Stdin => std::io::stdin().lock().read_to_end(&mut bytes),
        Input::File(file) => std::fs::File::open(file).and_then(|mut f| f.read_to_end(&mut bytes)),
    }
    .map_err(|e| Error::io("cannot read the lines", path, e))?;
    diptych::decode::text(&bytes).map_err(|e| e.at_path(path))
}
