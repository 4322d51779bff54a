//! `diptych translate`: documents, or lines.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use diptych::document::Lang;
use diptych::error::{Error, Result};
use diptych::read;
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
    if arguments.lines {
        let translator = context.translator(&arguments.engine, Lang::FR)?;
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
    let translators = context.translators(&arguments.engine)?;
    let outcome = context
        .run(&translators)
        .documents(&found.inputs, print_records)?;
    Ok(context.refusals(&outcome.errors))
}

/// Lines taken at a time: enough to keep the cores busy, few enough that what
/// comes down a pipe is answered while the rest is still to come.
const LINES: usize = 2048;

fn lines(context: &Context, session: &Session, name: &str) -> Result<Status> {
    let path = Path::new(name);
    let source = session.translator().identity().source_lang;
    let mut reader: Box<dyn BufRead> = if name == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        let file =
            std::fs::File::open(path).map_err(|e| Error::io("cannot open the file", path, e))?;
        Box::new(BufReader::new(file))
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let failed = |e| Error::io("cannot write to standard output", Path::new("-"), e);
    let mut status = Status::Success;
    let mut first = 1;
    context.progress().stage("translating", None);
    while let Some(block) = block(&mut *reader, path, first)? {
        let lines: Vec<&str> = block.lines().collect();
        let views = lines
            .iter()
            .map(|line| model_view::of(line, source))
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
                    let place = format!("line {}", first + i);
                    message::error(context.format, &e.at_path(path).at(place));
                    status = Status::Partial;
                }
            }
        }
        out.flush().map_err(failed)?;
        first += lines.len();
    }
    Ok(status)
}

/// The next lines, decoded; `None` at the end.
fn block(reader: &mut dyn BufRead, path: &Path, first: usize) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    for _ in 0..LINES {
        let n = reader
            .read_until(b'\n', &mut bytes)
            .map_err(|e| Error::io("cannot read the lines", path, e))?;
        if n == 0 {
            break;
        }
    }
    if bytes.is_empty() {
        return Ok(None);
    }
    let place = format!("from line {first}");
    if bytes.contains(&0) {
        return Err(
            Error::usage("the lines hold zero bytes: another encoding, or no text")
                .at_path(path)
                .at(place)
                .hint("convert the file to UTF-8"),
        );
    }
    match diptych::decode::text(&bytes) {
        Ok(text) => Ok(Some(text)),
        Err(e) => Err(e.at_path(path).at(place)),
    }
}
