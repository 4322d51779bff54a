//! Reading: from the paths a user gives to texts with what is known of them.
//!
//! [`find`] turns files, folders, globs and `-` into a list of files in a stable
//! order; [`windows`] reads them into [`Article`]s, some megabytes at a time. A file
//! that cannot be read, or a record in it, gives an [`ErrorRecord`] and the rest
//! goes on.

mod find;
mod html;
mod jsonl;
mod text;
mod windows;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::config::Limits;
use crate::decode;
use crate::document::{Lang, Source};
use crate::error::{Error, Result};
use crate::record::ErrorRecord;

pub use find::{Found, find};
pub use windows::{Checksums, Window, Windows, windows};

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
    /// One page.
    Html,
    /// One record a line.
    Jsonl,
}

impl Format {
    /// By the extension; `None` for types that are not read.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
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

/// The article of a file that holds one.
fn article(input: &Input, bytes: &[u8], limits: &Limits) -> Result<Article, ErrorRecord> {
    let is_html = matches!(input, Input::File(path) if Format::of(path) == Some(Format::Html));
    // Scrapers save pages under any name.
    if is_html || html::is_page(bytes) {
        html::article(input, bytes, limits)
    } else {
        text::article(input, bytes, limits)
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
    read_all(input, opened(input, limits)?, limits)
}

/// Opens an input, unless its size is known to be too large.
fn opened(input: &Input, limits: &Limits) -> Result<Box<dyn Read>> {
    let path = match input {
        Input::Stdin => return Ok(Box::new(std::io::stdin().lock())),
        Input::File(path) => path,
    };
    let file = File::open(path).map_err(|e| Error::io("cannot open the file", path, e))?;
    let size = file.metadata().map_or(0, |m| m.len());
    if size > limits.max_file_bytes {
        return Err(too_large(limits));
    }
    Ok(Box::new(file))
}

fn read_all(input: &Input, reader: Box<dyn Read>, limits: &Limits) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take(limits.max_file_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Error::io("cannot read the file", Path::new(&input.name()), e))?;
    if bytes.len() as u64 > limits.max_file_bytes {
        return Err(too_large(limits));
    }
    Ok(bytes)
}

fn too_large(limits: &Limits) -> Error {
    Error::input(format!(
        "the file is larger than {} bytes",
        limits.max_file_bytes
    ))
    .hint("split it, or raise `max_file_bytes` under [input] in the configuration")
}

/// Decodes the bytes of one document, refusing what has no text.
fn decoded(bytes: &[u8], limits: &Limits) -> Result<String> {
    within(bytes, limits)?;
    let text = decode::text(bytes)?;
    has_words(text)
}

/// Refuses the bytes of a document that is too large or empty.
fn within(bytes: &[u8], limits: &Limits) -> Result<()> {
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
    Ok(())
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
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [b >> 4, b & 15])
        .map(|n| char::from(DIGITS[usize::from(n)]))
        .collect()
}
