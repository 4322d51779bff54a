//! Inputs in windows of bounded size: a corpus of any length is read with the
//! memory of a few megabytes.
//!
//! A window holds whole documents, from one large JSONL file or from many small
//! files, in the order of the inputs. The documents of a window are decoded side
//! by side; the next window is read when the one before is done with.

use std::collections::VecDeque;
use std::io::{Cursor, Read};

use rayon::prelude::*;

use super::jsonl::Lines;
use super::{Article, Format, Input, article, bytes, jsonl, opened, read_all, refused, sha256};
use crate::config::Limits;
use crate::error::{Error, Result};
use crate::record::ErrorRecord;

/// So many bytes of input make a window: enough to keep many cores busy; with all
/// that is found in them they take some hundred megabytes of memory at most.
const WINDOW: u64 = 2_000_000;

/// What one window holds.
#[derive(Debug, Default)]
pub struct Window {
    /// Its articles, or an error record for each that cannot be used.
    pub articles: Vec<Result<Article, ErrorRecord>>,
    /// The inputs that end in it, with the sha256 of their bytes (`None` when
    /// they could not be read).
    pub inputs: Vec<(String, Option<String>)>,
}

/// The windows of a list of inputs.
pub struct Windows<'l> {
    waiting: VecDeque<Input>,
    open: Option<Lines>,
    limits: &'l Limits,
    checksums: Checksums,
}

/// What checksums are made of; the others are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Checksums {
    /// Nothing.
    None,
    /// Articles.
    Articles,
    /// Articles and inputs.
    All,
}

/// Reads inputs window by window.
///
/// ```
/// use diptych::config::Limits;
/// use diptych::read::{find, windows};
/// let found = find(&["tests/corpus".into()]).unwrap();
/// let limits = Limits::default();
/// let articles: usize = windows(&found.inputs, &limits).map(|w| w.articles.len()).sum();
/// assert_eq!(articles, 12);
/// ```
#[must_use]
pub fn windows<'l>(inputs: &[Input], limits: &'l Limits) -> Windows<'l> {
    Windows {
        waiting: inputs.iter().cloned().collect(),
        open: None,
        limits,
        checksums: Checksums::All,
    }
}

/// A part of a window, before it is decoded.
enum Part {
    /// A file of one document, unread.
    File(Input),
    /// A document, or records that are none in a file of their own.
    Bytes(Input, Vec<u8>),
    /// A line of a JSONL file and its number, from 1.
    Line(Input, usize, Vec<u8>),
    Refused(ErrorRecord),
    /// A JSONL file ends.
    End(Input, Option<String>),
}

impl Iterator for Windows<'_> {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        let mut parts = Vec::new();
        let mut room = WINDOW;
        while room > 0 {
            if let Some(lines) = &mut self.open {
                let taken = match lines.next(self.limits) {
                    Some((number, Ok(line))) => {
                        let taken = line.len();
                        parts.push(Part::Line(lines.input.clone(), number, line));
                        taken
                    }
                    Some((_, Err(e))) => {
                        parts.push(Part::Refused(refused(&lines.input, None, "read", &e)));
                        0
                    }
                    None => {
                        parts.push(Part::End(lines.input.clone(), lines.sha256()));
                        self.open = None;
                        0
                    }
                };
                room = room.saturating_sub(taken as u64 + 1);
            } else if let Some(input) = self.waiting.pop_front() {
                room = room.saturating_sub(self.start(input, &mut parts) + 1);
            } else {
                break;
            }
        }
        (!parts.is_empty()).then(|| self.decoded(parts))
    }
}

impl Windows<'_> {
    /// With checksums of so much and no more.
    #[must_use]
    pub fn checked(self, checksums: Checksums) -> Self {
        Self { checksums, ..self }
    }

    /// Begins with an input; gives how many bytes of it go into the window.
    fn start(&mut self, input: Input, parts: &mut Vec<Part>) -> u64 {
        let lines = match &input {
            Input::File(path) if Format::of(path) == Some(Format::Jsonl) => {
                opened(&input, self.limits).map(|reader| self.lines(input.clone(), reader))
            }
            Input::File(path) => {
                let size = std::fs::metadata(path).map_or(0, |m| m.len());
                parts.push(Part::File(input));
                return size;
            }
            Input::Stdin => match first_bytes(&input, self.limits) {
                // A JSONL record begins with a brace; no article does.
                Ok((head, rest)) if head.ends_with(b"{") => {
                    Ok(self.lines(input.clone(), Box::new(Cursor::new(head).chain(rest))))
                }
                Ok((head, rest)) => {
                    let all =
                        read_all(&input, Box::new(Cursor::new(head).chain(rest)), self.limits);
                    match all {
                        Ok(all) => {
                            let size = all.len() as u64;
                            parts.push(Part::Bytes(input, all));
                            return size;
                        }
                        Err(e) => Err(e),
                    }
                }
                Err(e) => Err(e),
            },
        };
        match lines {
            Ok(lines) => self.open = Some(lines),
            Err(e) => {
                parts.push(Part::Refused(refused(&input, None, "read", &e)));
                parts.push(Part::End(input, None));
            }
        }
        0
    }

    fn lines(&self, input: Input, reader: Box<dyn Read>) -> Lines {
        Lines::new(input, reader, self.checksums == Checksums::All)
    }

    fn decoded(&self, parts: Vec<Part>) -> Window {
        let limits = self.limits;
        let hashed = self.checksums >= Checksums::Articles;
        let decoded: Vec<Decoded> = parts
            .into_par_iter()
            .map(|part| match part {
                Part::File(input) => match bytes(&input, limits) {
                    Ok(bytes) => whole(&input, &bytes, limits),
                    Err(e) => (
                        Some(Err(refused(&input, None, "read", &e))),
                        Some((input.name(), None)),
                    ),
                },
                Part::Bytes(input, bytes) => whole(&input, &bytes, limits),
                Part::Line(input, number, line) => {
                    let article = jsonl::article(&input, number, &line, limits, hashed);
                    (Some(article), None)
                }
                Part::Refused(record) => (Some(Err(record)), None),
                Part::End(input, sha256) => (None, Some((input.name(), sha256))),
            })
            .collect();
        let mut window = Window::default();
        for (article, input) in decoded {
            window.articles.extend(article);
            window.inputs.extend(input);
        }
        window
    }
}

/// What a part holds: an article, an input that ends.
type Decoded = (
    Option<Result<Article, ErrorRecord>>,
    Option<(String, Option<String>)>,
);

fn whole(input: &Input, bytes: &[u8], limits: &Limits) -> Decoded {
    (
        Some(article(input, bytes, limits)),
        Some((input.name(), Some(sha256(bytes)))),
    )
}

/// The bytes of an input up to the first that is no white space, and the rest.
fn first_bytes(input: &Input, limits: &Limits) -> Result<(Vec<u8>, Box<dyn Read>)> {
    let mut reader = opened(input, limits)?;
    let mut head = Vec::new();
    let mut byte = [0];
    while head.len() < limits.max_document_bytes as usize {
        let n = reader
            .read(&mut byte)
            .map_err(|e| Error::io("cannot read the file", std::path::Path::new("-"), e))?;
        head.extend_from_slice(&byte[..n]);
        if n == 0 || !byte[0].is_ascii_whitespace() && !matches!(byte[0], 0xef | 0xbb | 0xbf) {
            break;
        }
    }
    Ok((head, reader))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_hold_whole_documents_in_order_and_end_with_their_inputs() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| {
            let path = dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            Input::File(path)
        };
        let record = |i: usize| {
            format!(
                "{{\"id\": \"r{i}\", \"text\": \"{}\"}}\n",
                "mot ".repeat(300_000)
            )
        };
        let day = write("day.jsonl", (0..12).map(record).collect());
        let note = write("note.txt", "Un mot.".into());
        let limits = Limits::default();
        let inputs = [day, note, write("empty.jsonl", String::new())];
        let windows: Vec<Window> = windows(&inputs, &limits).collect();
        assert!(windows.len() > 1, "14 MB are more than one window");
        let ids: Vec<String> = windows
            .iter()
            .flat_map(|w| &w.articles)
            .map(|a| a.as_ref().map_or("-".into(), |a| a.id.clone()))
            .collect();
        let expected: Vec<String> = (0..12)
            .map(|i| format!("r{i}"))
            .chain(["note".into(), "-".into()])
            .collect();
        assert_eq!(ids, expected);
        let ended: Vec<_> = windows.iter().flat_map(|w| &w.inputs).collect();
        assert_eq!(ended.len(), 3);
        assert_eq!(ended[1].1.as_deref(), Some(sha256(b"Un mot.").as_str()));
        assert_eq!(ended[2].1.as_deref(), Some(sha256(b"").as_str()));
    }
}
