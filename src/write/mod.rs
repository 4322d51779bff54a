//! Writing: an output folder whose files appear whole or not at all.
//!
//! Each file is written beside its place under a temporary name and renamed, so
//! that a run that is interrupted or runs out of disk leaves the files of the
//! run before as they were. A file that grows while a run goes on ([`Growing`]) gets
//! its name when all is done; what is found in another order than it is written in
//! waits on disk ([`Waiting`]).

mod waiting;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

pub use waiting::Waiting;

/// An output folder, and what has been written into it.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// The sha256 of each file written, by name.
    written: BTreeMap<String, String>,
}

impl Output {
    /// Makes the folder where it is missing and checks that it takes files, so
    /// that a run does not find out after an hour.
    ///
    /// # Errors
    /// When the folder cannot be made or written into.
    pub fn create(folder: &Path) -> Result<Self> {
        let hint = "choose another folder with -o, or change its permissions";
        std::fs::create_dir_all(folder)
            .map_err(|e| Error::io("cannot make the output folder", folder, e).hint(hint))?;
        temporary(folder)
            .map_err(|e| Error::io("cannot write into the output folder", folder, e).hint(hint))?;
        Ok(Self {
            folder: folder.to_owned(),
            written: BTreeMap::new(),
        })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The sha256 of each file written so far, by name.
    #[must_use]
    pub fn written(&self) -> &BTreeMap<String, String> {
        &self.written
    }

    /// Writes one record a line.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn jsonl<R: Serialize>(&mut self, name: &str, records: &[R]) -> Result<()> {
        let mut file = self.growing(name)?;
        for record in records {
            file.record(record)?;
        }
        self.finish(file)
    }

    /// Writes a text.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn text(&mut self, name: &str, text: &str) -> Result<()> {
        let mut file = self.growing(name)?;
        file.bytes(text.as_bytes())?;
        self.finish(file)
    }

    /// Begins a file that is written bit by bit.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn growing(&self, name: &str) -> Result<Growing> {
        let path = self.folder.join(name);
        let file =
            temporary(&self.folder).map_err(|e| Error::io("cannot write the file", &path, e))?;
        Ok(Growing {
            name: name.to_owned(),
            path,
            out: BufWriter::with_capacity(1 << 16, file),
            hash: Sha256::new(),
            length: 0,
        })
    }

    /// Gives a file its name.
    ///
    /// # Errors
    /// When what is left of it cannot be written.
    pub fn finish(&mut self, file: Growing) -> Result<()> {
        let path = file.path;
        let failed = |e| Error::io("cannot write the file", &path, e);
        let inner = file.out.into_inner();
        let written = inner.map_err(|e| failed(e.into_error()))?;
        written.as_file().sync_all().map_err(failed)?;
        written.persist(&path).map_err(|e| failed(e.error))?;
        let hash = file.hash.finalize();
        let hex = hash.iter().map(|b| format!("{b:02x}")).collect();
        self.written.insert(file.name, hex);
        Ok(())
    }
}

/// A file of an output folder that is not whole yet.
#[derive(Debug)]
pub struct Growing {
    name: String,
    path: PathBuf,
    out: BufWriter<tempfile::NamedTempFile>,
    hash: Sha256,
    length: u64,
}

impl Growing {
    /// Adds a record as a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record<R: Serialize>(&mut self, record: &R) -> Result<()> {
        self.bytes(&line(record)?)
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
        let written = self.out.write_all(bytes);
        written.map_err(|e| Error::io("cannot write the file", &self.path, e))
    }

    /// How many bytes it has so far.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Where it will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes all that was added so far readable.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> Result<()> {
        let written = self.out.flush();
        written.map_err(|e| Error::io("cannot write the file", &self.path, e))
    }

    /// Opens it for reading.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn reader(&self) -> Result<File> {
        let opened = self.out.get_ref().reopen();
        opened.map_err(|e| Error::io("cannot read the file again", &self.path, e))
    }
}

/// A record as a line of JSON.
///
/// # Errors
/// When the record cannot be written as JSON.
pub fn line<R: Serialize>(record: &R) -> Result<Vec<u8>> {
    thread_local! {
        /// A line is written here, so that what is given away has no more room than it
        /// needs: many wait for one another.
        static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    LINE.with_borrow_mut(|line| {
        line.clear();
        serde_json::to_writer(&mut *line, record)
            .map_err(|e| Error::internal("a record cannot be written").because(e))?;
        line.push(b'\n');
        Ok(line.clone())
    })
}

/// A file beside its later place, with the permissions of an ordinary one.
fn temporary(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".diptych-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_appear_whole_and_are_hashed() {
        let dir = tempfile::tempdir().unwrap();
        let mut out = Output::create(&dir.path().join("a/b")).unwrap();
        out.jsonl("x.jsonl", &[1, 2]).unwrap();
        out.text("x.jsonl", "3\n").unwrap();
        let text = std::fs::read_to_string(out.folder().join("x.jsonl")).unwrap();
        assert_eq!(text, "3\n");
        assert_eq!(out.written()["x.jsonl"], crate::read::sha256(b"3\n"));
        assert_eq!(std::fs::read_dir(out.folder()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_an_error() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Output::create(file.path()).unwrap_err().is_io());
    }
}
