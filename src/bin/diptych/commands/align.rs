//! `diptych align`: two texts of one sentence a line, or the links of an output
//! folder anew.

use std::io::BufRead;
use std::path::Path;

use diptych::align::parallel::{Bead, Mode, parallel};
use diptych::align::records::Stored;
use diptych::align::word_links::word_links;
use diptych::decode;
use diptych::document::Lang;
use diptych::error::{Error, Result};
use diptych::record::WordLink;
use diptych::translate::{Session, model_view};
use diptych::write::Output;
use serde::Serialize;

use super::found::{Found, Shown};
use super::{print_records, print_text};
use crate::Status;
use crate::args::{Align, BeadFormat, Order};
use crate::context::Context;

pub fn align(context: &Context, arguments: &Align) -> Result<Status> {
    match &arguments.paths[..] {
        [a, b] => texts(context, arguments, a, b),
        [folder] => documents(context, folder),
        _ => Err(Error::usage("give two texts, or one output folder")),
    }
}

/// A bead with its texts.
#[derive(Serialize)]
struct BeadRecord<'t> {
    a: &'t [usize],
    b: &'t [usize],
    score: f32,
    a_text: Vec<&'t str>,
    b_text: Vec<&'t str>,
    /// Linked stretches in code points of both sides' lines joined by spaces.
    words: Vec<WordLink>,
}

impl<'t> BeadRecord<'t> {
    fn new(bead: &'t Bead, lines: (&'t [String], &'t [String]), langs: (Lang, Lang)) -> Self {
        let of = |lines: &'t [String], ids: &[usize]| -> Vec<&'t str> {
            ids.iter().map(|&i| lines[i].as_str()).collect()
        };
        let (a_text, b_text) = (of(lines.0, &bead.a), of(lines.1, &bead.b));
        Self {
            a: &bead.a,
            b: &bead.b,
            score: bead.score,
            words: word_links(
                (a_text.join(" ").as_str(), langs.0),
                (b_text.join(" ").as_str(), langs.1),
            ),
            a_text,
            b_text,
        }
    }
}

/// The beads of two texts.
fn texts(context: &Context, arguments: &Align, a: &Path, b: &Path) -> Result<Status> {
    let langs = languages(&arguments.langs)?;
    let (lines_a, lines_b) = (lines(a)?, lines(b)?);
    let mut via = arguments
        .via
        .iter()
        .map(|path| {
            let lines = lines(path)?;
            if lines.len() == lines_a.len() {
                return Ok(lines);
            }
            Err(Error::usage(format!(
                "the translation has {} lines, {} has {}",
                lines.len(),
                a.display(),
                lines_a.len()
            ))
            .at_path(path)
            .hint("a translation of A has a line for each line of A"))
        })
        .collect::<Result<Vec<_>>>()?;
    if via.is_empty() && langs.0 != langs.1 {
        via.push(translated(context, arguments, &lines_a, langs.0)?);
    }
    let mode = match arguments.mode {
        Order::Auto => Mode::Auto,
        Order::Parallel => Mode::Ordered,
        Order::Comparable => Mode::Unordered,
    };
    context.progress().stage("aligning", None);
    let beads = parallel(&lines_a, &lines_b, &via, langs, mode);
    context.clear();
    match arguments.format {
        BeadFormat::Beads => print_text(&beads.iter().map(bead_line).collect::<String>())?,
        BeadFormat::Jsonl => {
            print_records(beads.iter().map(|bead| {
                BeadRecord::new(bead, (lines_a.as_slice(), lines_b.as_slice()), langs)
            }))?
        }
    }
    Ok(Status::Success)
}

/// `[8, 9]:[10, 11, 12]:0.83`; a line without a counterpart as `[3]:[]`.
fn bead_line(bead: &Bead) -> String {
    if bead.a.is_empty() || bead.b.is_empty() {
        format!("{:?}:{:?}\n", bead.a, bead.b)
    } else {
        format!("{:?}:{:?}:{:.2}\n", bead.a, bead.b, bead.score)
    }
}

fn languages(given: &str) -> Result<(Lang, Lang)> {
    given
        .split_once(',')
        .and_then(|(a, b)| Some((Lang::parse(a.trim())?, Lang::parse(b.trim())?)))
        .ok_or_else(|| {
            Error::usage(format!("`{given}` does not name two languages"))
                .hint("give two codes with a comma between them, such as fr,en")
        })
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let bytes = std::fs::read(path).map_err(|e| Error::io("cannot read the text", path, e))?;
    let text = decode::text(&bytes).map_err(|e| e.at_path(path))?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// A translation of the lines; a line that fails stays untranslated, which costs
/// its bead some evidence and nothing else.
fn translated(
    context: &Context,
    arguments: &Align,
    lines: &[String],
    source: Lang,
) -> Result<Vec<String>> {
    let translator = context.translator(&arguments.engine, source)?;
    let session = Session::new(&*translator, context.config.translate.max_words);
    let views = lines
        .iter()
        .map(|line| model_view::of(line, source))
        .collect::<Result<Vec<_>>>()?;
    let texts: Vec<&str> = views.iter().map(String::as_str).collect();
    context
        .progress()
        .stage("translating", Some(texts.len() as u64));
    let results = session.translate(&texts, context.stop(), &|n| {
        context.progress().step(n as u64);
    })?;
    Ok(results
        .into_iter()
        .map(|result| result.map(|t| t.text).unwrap_or_default())
        .collect())
}

/// The links between the documents of a folder, written anew.
fn documents(context: &Context, folder: &Path) -> Result<Status> {
    let records = stored(&folder.join("documents.jsonl"))?;
    context.progress().stage("aligning", None);
    let mut output = Output::create(folder)?;
    let nothing = &mut Shown::default();
    let found = Found::align(&records, &context.config.align, &output, nothing)?;
    let [(_, links), _] = found.counts();
    found.finish(&mut output)?;
    context.tell(&format!(
        "{links} links into {}",
        folder.join("alignments.jsonl").display()
    ));
    Ok(Status::Success)
}

/// The records of a file of documents, which are read when they are needed.
fn stored(path: &Path) -> Result<Stored> {
    let failed = |e| {
        Error::io("cannot read the documents", path, e)
            .hint("name a folder that `diptych run` wrote, or two texts of one sentence a line")
    };
    /// What is looked at first of a record.
    #[derive(serde::Deserialize)]
    struct Head {
        id: String,
        lang: Lang,
    }
    let open = || std::fs::File::open(path);
    let mut records = Stored::new(open().map_err(failed)?, path);
    let mut file = std::io::BufReader::with_capacity(1 << 16, open().map_err(failed)?);
    let (mut line, mut start, mut number) = (Vec::new(), 0, 1);
    loop {
        line.clear();
        let length = file.read_until(b'\n', &mut line).map_err(failed)?;
        if length == 0 {
            return Ok(records);
        }
        let head: Head = serde_json::from_slice(&line).map_err(|e| {
            Error::usage("the line is not a document record")
                .at_path(path)
                .at(format!("line {number}"))
                .because(e)
        })?;
        records.note(&head.id, head.lang, start, length);
        start += length as u64;
        number += 1;
    }
}
