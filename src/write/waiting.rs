//! Lines that are found in another order than they are written in: they wait on disk,
//! and only where each lies is in memory.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Blocks of bytes by name.
#[derive(Debug)]
pub struct Waiting {
    folder: PathBuf,
    out: BufWriter<File>,
    /// The name of each block, where it begins and how long it is.
    blocks: Vec<(String, u64, usize)>,
    length: u64,
}

impl Waiting {
    /// None yet; they lie in a file without a name in this folder.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn new(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder)
            .map_err(|e| Error::io("cannot keep what was found in the folder", folder, e))?;
        Ok(Self {
            folder: folder.to_owned(),
            out: BufWriter::with_capacity(1 << 16, file),
            blocks: Vec::new(),
            length: 0,
        })
    }

    /// Adds a block.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, name: &str, block: &[u8]) -> Result<()> {
        let written = self.out.write_all(block);
        written
            .map_err(|e| Error::io("cannot keep what was found in the folder", &self.folder, e))?;
        self.blocks
            .push((name.to_owned(), self.length, block.len()));
        self.length += block.len() as u64;
        Ok(())
    }

    /// Gives all blocks by their names, those of one name in the order they came in.
    ///
    /// # Errors
    /// When they cannot be read, and those of `see`.
    pub fn in_order(mut self, mut see: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<()> {
        let failed = |e| Error::io("cannot read what was found", &self.folder, e);
        let inner = self.out.into_inner();
        let mut file = inner.map_err(|e| failed(e.into_error()))?;
        self.blocks.sort_by(|p, q| p.0.cmp(&q.0));
        let mut block = Vec::new();
        for (name, start, length) in &self.blocks {
            block.resize(*length, 0);
            file.seek(SeekFrom::Start(*start))
                .and_then(|_| file.read_exact(&mut block))
                .map_err(failed)?;
            see(name, &block)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_out_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let mut waiting = Waiting::new(dir.path()).unwrap();
        for (name, block) in [("b", "second\n"), ("a", "first\n"), ("c", "")] {
            waiting.add(name, block.as_bytes()).unwrap();
        }
        let mut text = String::new();
        waiting
            .in_order(|name, block| {
                text += name;
                text += std::str::from_utf8(block).unwrap();
                Ok(())
            })
            .unwrap();
        assert_eq!(text, "afirst\nbsecond\nc");
    }
}
