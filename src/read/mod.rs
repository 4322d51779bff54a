//! Reading: from the paths a user gives to texts with what is known of them.
//!
//! [`find`] turns files, folders, globs and `-` into a list of files in a stable
//! order; [`contents`] reads one of them into [`Article`]s. A file that cannot be
//! read, or a record in it, gives an [`ErrorRecord`] and the rest goes on.

mod find;
mod jsonl;
mod text;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::config::Limits;
use crate::decode;
use crate::document::{Lang, Source};
use crate::error::{Error, Result};
use crate::record::ErrorRecord;

pub use find::{Found, find};

/// A text with what its file says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The file's stem, or the record's `id`.
    pub id: String,
    /// The line of a JSONL file, from 1.
    pub line: Option<usize>,
    /// Where it came from.
    pub source: Source,
    /// The text as decoded.
    pub text: String,
    /// The language that the record states.
    pub lang: Option<Lang>,
    /// The date that the record states.
    pub date: Option<String>,
    /// The headline that the record states.
    pub title: Option<String>,
}

/// What a file holds, told by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One document.
    Text,
    /// One record a line.
    Jsonl,
}

impl Format {
    /// By the extension; `None` for types that are not read.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// As shown to a user and written to records, with `/` between folders.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".into(),
            Self::File(path) => path.to_string_lossy().replace('\\', "/"),
        }
    }
}

/// What one input held.
#[derive(Debug, Clone)]
pub struct Contents {
    /// Of its bytes; `None` when they could not be read.
    pub sha256: Option<String>,
    /// Its articles, or an error record for each that cannot be used.
    pub articles: Vec<Result<Article, ErrorRecord>>,
}

/// Reads one input.
#[must_use]
pub fn contents(input: &Input, limits: &Limits) -> Contents {
    match bytes(input, limits) {
        Ok(bytes) => Contents {
            sha256: Some(sha256(&bytes)),
            articles: articles(input, &bytes, limits),
        },
        Err(e) => Contents {
            sha256: None,
            articles: vec![Err(refused(input, None, "read", &e))],
        },
    }
}

fn articles(input: &Input, bytes: &[u8], limits: &Limits) -> Vec<Result<Article, ErrorRecord>> {
    let format = match input {
        Input::File(path) => Format::of(path).unwrap_or(Format::Text),
        // A JSONL record begins with a brace; no article does.
        Input::Stdin if bytes.trim_ascii_start().starts_with(b"{") => Format::Jsonl,
        Input::Stdin => Format::Text,
    };
    match format {
        Format::Text => vec![text::article(input, bytes, limits)],
        Format::Jsonl => jsonl::articles(input, bytes, limits),
    }
}

/// The record of a document that could not be processed.
#[must_use]
pub fn refused(input: &Input, id: Option<String>, stage: &str, error: &Error) -> ErrorRecord {
    ErrorRecord {
        path: input.name(),
        id,
        stage: stage.into(),
        error: error.chain(),
        hint: error.advice().map(str::to_owned),
    }
}

fn bytes(input: &Input, limits: &Limits) -> Result<Vec<u8>> {
    use std::io::Read;
    let name = PathBuf::from(input.name());
    let mut reader: Box<dyn Read> = match input {
        Input::Stdin => Box::new(std::io::stdin().lock()),
        Input::File(path) => Box::new(
            std::fs::File::open(path).map_err(|e| Error::io("cannot open the file", path, e))?,
        ),
    };
    let mut bytes = Vec::new();
    reader
        .by_ref()
        .take(limits.max_file_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Error::io("cannot read the file", &name, e))?;
    if bytes.len() as u64 > limits.max_file_bytes {
        return Err(Error::input(format!(
            "the file is larger than {} bytes",
            limits.max_file_bytes
        ))
        .hint("split it, or raise `max_file_bytes` under [input] in the configuration"));
    }
    Ok(bytes)
}

/// Decodes the bytes of one document, refusing what has no text.
fn decoded(bytes: &[u8], limits: &Limits) -> Result<String> {
    if bytes.len() as u64 > limits.max_document_bytes {
        return Err(Error::input(format!(
            "the document has {} bytes, more than the {} allowed",
            bytes.len(),
            limits.max_document_bytes
        ))
        .hint(
            "is it one article? else raise `max_document_bytes` under [input] in the configuration",
        ));
    }
    if bytes.is_empty() {
        return Err(Error::input("the file is empty").hint("remove it, or fetch the article again"));
    }
    let text = decode::text(bytes)?;
    has_words(text)
}

/// Refuses a text without a letter or digit.
fn has_words(text: String) -> Result<String> {
    if text.chars().any(char::is_alphanumeric) {
        Ok(text)
    } else {
        Err(
            Error::input("there is no text in it: not one letter or digit")
                .hint("remove it, or fetch the article again"),
        )
    }
}

/// The sha256 of bytes in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}
