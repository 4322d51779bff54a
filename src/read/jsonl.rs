//! JSONL: one record a line, of which only `text` is needed.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Article, Input, has_words, hex, refused, sha256, text::stem};
use crate::config::Limits;
use crate::document::{Lang, Source};
use crate::error::{Error, Result};
use crate::record::ErrorRecord;

/// A record as users write them; fields of no concern here are let through.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Option<serde_json::Value>,
    text: String,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
}

/// A JSONL file, line by line.
pub(super) struct Lines {
    pub(super) input: Input,
    reader: BufReader<Box<dyn Read>>,
    number: usize,
    /// Whether any line held something.
    any: bool,
    /// Of what was read, where it is asked for.
    hash: Option<Sha256>,
    /// Set when nothing more can be read, and when that was a fault.
    ended: bool,
    failed: bool,
}

impl Lines {
    pub(super) fn new(input: Input, reader: Box<dyn Read>, hashed: bool) -> Self {
        Self {
            input,
            reader: BufReader::with_capacity(1 << 16, reader),
            number: 0,
            any: false,
            hash: hashed.then(Sha256::new),
            ended: false,
            failed: false,
        }
    }

    /// The next line that holds something, with its number from 1. Of a line that
    /// is longer than a document may be, the rest is passed over. A file without
    /// any such line gives an error.
    pub(super) fn next(&mut self, limits: &Limits) -> Option<(usize, Result<Vec<u8>>)> {
        while !self.ended {
            let mut line = Vec::new();
            match self.line(&mut line, limits.max_document_bytes) {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    break;
                }
                Err(e) => {
                    (self.ended, self.failed) = (true, true);
                    let e = Error::io("cannot read the file", Path::new(&self.input.name()), e);
                    return Some((self.number, Err(e)));
                }
            }
            self.number += 1;
            let bare = match self.number {
                1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line),
                _ => &line,
            }
            .trim_ascii();
            if bare.is_empty() {
                continue;
            }
            self.any = true;
            let same = bare.len() == line.len();
            return Some((self.number, Ok(if same { line } else { bare.to_vec() })));
        }
        if self.any || self.failed {
            return None;
        }
        self.any = true;
        let e = Error::input("the file has no records").hint("remove it, or fetch it again");
        Some((0, Err(e)))
    }

    /// Reads to the end of a line and keeps at most `limit` bytes and one of it;
    /// false at the end of the file.
    fn line(&mut self, line: &mut Vec<u8>, limit: u64) -> std::io::Result<bool> {
        let mut any = false;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(any);
            }
            any = true;
            let (length, ends) = match memchr::memchr(b'\n', chunk) {
                Some(at) => (at + 1, true),
                None => (chunk.len(), false),
            };
            let room = (limit as usize + 1).saturating_sub(line.len());
            line.extend_from_slice(&chunk[..length.min(room)]);
            if let Some(hash) = &mut self.hash {
                hash.update(&chunk[..length]);
            }
            self.reader.consume(length);
            if ends {
                return Ok(true);
            }
        }
    }

    /// Of what was read; `None` when reading failed or nobody asked for it.
    pub(super) fn sha256(&self) -> Option<String> {
        let hash = self.hash.as_ref().filter(|_| !self.failed)?;
        Some(hex(&hash.clone().finalize()))
    }
}

/// The article in one line, with the checksum of the line where it is to be `hashed`.
pub(super) fn article(
    input: &Input,
    number: usize,
    line: &[u8],
    limits: &Limits,
    hashed: bool,
) -> Result<Article, ErrorRecord> {
    record(input, number, line, limits, hashed)
        .map_err(|e| refused(input, None, "read", &e.at(format!("line {number}"))))
}

fn record(
    input: &Input,
    number: usize,
    line: &[u8],
    limits: &Limits,
    hashed: bool,
) -> Result<Article> {
    if line.len() as u64 > limits.max_document_bytes {
        return Err(Error::input(format!(
            "the record has more than the {} bytes allowed",
            limits.max_document_bytes
        ))
        .hint(
            "is it one article? else raise `max_document_bytes` under [input] in the configuration",
        ));
    }
    let record: Record = serde_json::from_slice(line).map_err(|e| {
        Error::input("the line is not a record with a `text`")
            .because(e)
            .hint("each line is one JSON object such as {\"id\": \"a1\", \"text\": \"...\"}")
    })?;
    let lang = match record.lang.as_deref().filter(|l| !l.is_empty()) {
        Some(code) => Some(Lang::parse(code).ok_or_else(|| {
            Error::input(format!("`{code}` is not a language code"))
                .hint("use two letters such as fr or en, or leave `lang` out")
        })?),
        None => None,
    };
    let id = match record.id {
        Some(serde_json::Value::String(s)) if !s.trim().is_empty() => s,
        Some(serde_json::Value::Number(n)) => n.to_string(),
        Some(serde_json::Value::Null) | None => format!("{}:{number}", stem(input)),
        Some(other) => {
            return Err(Error::input(format!("`{other}` is not an id"))
                .hint("give `id` as a string or a number, or leave it out"));
        }
    };
    let given = |s: Option<String>| s.filter(|s| !s.trim().is_empty());
    Ok(Article {
        id,
        line: Some(number),
        source: Source {
            path: input.name(),
            sha256: if hashed { sha256(line) } else { String::new() },
            url: given(record.url),
            outlet: given(record.outlet),
        },
        text: has_words(record.text)?,
        lang,
        date: given(record.date),
        title: given(record.title),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn read(lines: &str) -> Vec<Result<Article, ErrorRecord>> {
        let input = Input::File(PathBuf::from("dir/day.jsonl"));
        let limits = Limits::default();
        let reader = std::io::Cursor::new(lines.as_bytes().to_vec());
        let mut lines = Lines::new(input.clone(), Box::new(reader), true);
        std::iter::from_fn(|| lines.next(&limits))
            .map(|(number, line)| match line {
                Ok(line) => article(&input, number, &line, &limits, true),
                Err(e) => Err(refused(&input, None, "read", &e)),
            })
            .collect()
    }

    #[test]
    fn fields_are_kept_and_ids_made_where_missing() {
        let got = read(
            "{\"text\":\"Un.\",\"lang\":\"fr-CA\",\"date\":\"2020-10-02\"}\n\n{\"id\":7,\"text\":\"Two.\",\"outlet\":\"\"}\n",
        );
        let [Ok(a), Ok(b)] = &got[..] else {
            panic!("two articles, not {got:?}")
        };
        assert_eq!((a.id.as_str(), a.lang), ("day:1", Some(Lang::FR)));
        assert_eq!(a.date.as_deref(), Some("2020-10-02"));
        assert_eq!((b.id.as_str(), b.line), ("7", Some(3)));
        assert_eq!(b.source.outlet, None);
    }

    #[test]
    fn a_bad_line_does_not_stop_the_others() {
        let got = read("{\"text\":\"Un.\"}\n{\"txt\":1}\n{\"text\":\"...\"}\n{\"text\":\"Deux.\"");
        let bad: Vec<_> = got.iter().filter_map(|r| r.as_ref().err()).collect();
        assert_eq!((got.len(), bad.len()), (4, 3));
        assert!(bad[0].error.contains("line 2"), "{}", bad[0].error);
        assert!(bad[1].error.contains("no text"), "{}", bad[1].error);
    }
}
