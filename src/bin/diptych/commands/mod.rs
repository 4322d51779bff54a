//! One module a command.

pub mod align;
pub mod clean;
pub mod eval;
pub mod found;
pub mod models;
pub mod rule;
pub mod run;
pub mod stages;
pub mod translate;

use std::io::{BufWriter, Write};
use std::path::Path;

use diptych::error::{Error, Result};
pub use diptych::write::line;
use rayon::prelude::*;
use serde::Serialize;

/// Writes records to standard output, one a line.
pub fn print_records<R: Serialize + Send>(records: impl IntoIterator<Item = R>) -> Result<()> {
    let records: Vec<R> = records.into_iter().collect();
    print_lines(records.into_par_iter().map(|r| line(&r)))
}

/// Writes lines that are made side by side to standard output, in order.
pub fn print_lines(lines: impl ParallelIterator<Item = Result<Vec<u8>>>) -> Result<()> {
    let lines: Vec<Vec<u8>> = lines.collect::<Result<_>>()?;
    // Standard output alone would be written to line by line.
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    lines
        .iter()
        .try_for_each(|line| out.write_all(line))
        .and_then(|()| out.flush())
        .map_err(|e| Error::io("cannot write to standard output", Path::new("-"), e))
}

/// Writes a text to standard output.
pub fn print_text(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|e| Error::io("cannot write to standard output", Path::new("-"), e))
}
