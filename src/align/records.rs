//! Where the records of a collection come from: memory, or a file that is read
//! again where one is needed.
//!
//! The aligner reads each record twice, once for what its article is found by and
//! once beside its partners, and holds few at a time: a collection of a hundred
//! thousand articles does not fit a usual machine.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::document::Lang;
use crate::error::{Error, Result};
use crate::record::DocumentRecord;

/// A collection of records.
pub trait Records: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// The id and language of one.
    fn head(&self, at: usize) -> (&str, Lang);

    /// One of them; its `text` and artefacts, which alignment does not need, may be
    /// left out.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, at: usize) -> Result<Cow<'_, DocumentRecord>>;
}

impl Records for &[DocumentRecord] {
    fn count(&self) -> usize {
        self.len()
    }

    fn head(&self, at: usize) -> (&str, Lang) {
        (&self[at].id, self[at].lang)
    }

    fn read(&self, at: usize) -> Result<Cow<'_, DocumentRecord>> {
        Ok(Cow::Borrowed(&self[at]))
    }
}

/// Records in a file of one a line.
#[derive(Debug)]
pub struct Stored {
    path: PathBuf,
    file: Mutex<File>,
    heads: Vec<Head>,
}

#[derive(Debug)]
struct Head {
    id: String,
    lang: Lang,
    /// Where its line begins, in bytes, and how long it is.
    start: u64,
    length: usize,
}

impl Stored {
    /// A file of which no record is known yet; `path` is for messages.
    #[must_use]
    pub fn new(file: File, path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: Mutex::new(file),
            heads: Vec::new(),
        }
    }

    /// Notes a record of the file: its id, its language, where its line begins and
    /// how many bytes it has.
    pub fn note(&mut self, id: &str, lang: Lang, start: u64, length: usize) {
        self.heads.push(Head {
            id: id.to_owned(),
            lang,
            start,
            length,
        });
    }

    /// A record with all it has.
    ///
    /// # Errors
    /// When the file cannot be read or has changed.
    pub fn whole(&self, at: usize) -> Result<DocumentRecord> {
        let head = &self.heads[at];
        let mut line = vec![0; head.length];
        let read = {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(head.start))
                .and_then(|_| file.read_exact(&mut line))
        };
        let place = || format!("line {}", at + 1);
        read.map_err(|e| Error::io("cannot read the documents again", &self.path, e).at(place()))?;
        serde_json::from_slice(&line).map_err(|e| {
            Error::usage("the line is not a document record")
                .at_path(&self.path)
                .at(place())
                .because(e)
        })
    }
}

impl Records for Stored {
    fn count(&self) -> usize {
        self.heads.len()
    }

    fn head(&self, at: usize) -> (&str, Lang) {
        (&self.heads[at].id, self.heads[at].lang)
    }

    fn read(&self, at: usize) -> Result<Cow<'_, DocumentRecord>> {
        let record = self.whole(at)?;
        Ok(Cow::Owned(DocumentRecord {
            text: String::new(),
            artefacts: Vec::new(),
            ..record
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_record_is_read_again_from_its_place() {
        let line = |id: &str| {
            format!(
                r#"{{"schema":"diptych/document/1","id":"{id}","source":{{"path":"","sha256":"","url":null,"outlet":null}},"lang":"fr"}}"#
            ) + "\n"
        };
        let mut file = tempfile::tempfile().unwrap();
        let (first, second) = (line("é1"), line("b"));
        file.write_all((first.clone() + &second).as_bytes())
            .unwrap();
        let mut stored = Stored::new(file, Path::new("documents.jsonl"));
        stored.note("é1", Lang::FR, 0, first.len());
        stored.note("b", Lang::FR, first.len() as u64, second.len());
        assert_eq!(stored.read(1).unwrap().id, "b");
        assert_eq!(stored.read(0).unwrap().id, "é1");
        stored.note("c", Lang::FR, 7, 20);
        let error = stored.read(2).unwrap_err().chain();
        assert!(error.contains("line 3"), "{error}");
    }
}
