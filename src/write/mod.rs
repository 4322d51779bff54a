//! Writing: an output folder whose files appear whole or not at all.
//!
//! Each file is written beside its place under a temporary name and renamed, so
//! that a run that is interrupted or runs out of disk leaves the files of the
//! run before as they were.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

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
        self.file(name, |out| {
            for record in records {
                serde_json::to_writer(&mut *out, record)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        })
    }

    /// Writes a text.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn text(&mut self, name: &str, text: &str) -> Result<()> {
        self.file(name, |out| out.write_all(text.as_bytes()))
    }

    fn file(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<()> {
        let path = self.folder.join(name);
        let failed = |e| Error::io("cannot write the file", &path, e);
        let file = temporary(&self.folder).map_err(failed)?;
        let hash = {
            let mut out = Hashing {
                inner: BufWriter::new(file.as_file()),
                hash: Sha256::new(),
            };
            fill(&mut out).and_then(|()| out.flush()).map_err(failed)?;
            out.hash.finalize()
        };
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map_err(|e| failed(e.error))?;
        let hex = hash.iter().map(|b| format!("{b:02x}")).collect();
        self.written.insert(name.to_owned(), hex);
        Ok(())
    }
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

/// Hashes what passes through.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
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
