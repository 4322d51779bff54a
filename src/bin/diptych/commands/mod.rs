//! One module a command.

pub mod align;
pub mod clean;
pub mod eval;
pub mod models;
pub mod rule;
pub mod run;
pub mod stages;
pub mod translate;

use std::io::Write;
use std::path::Path;

use diptych::error::{Error, Result};
use serde::Serialize;

/// Writes records to standard output, one a line.
pub fn print_records<R: Serialize>(records: impl IntoIterator<Item = R>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let failed = |e| Error::io("cannot write to standard output", Path::new("-"), e);
    for record in records {
        serde_json::to_writer(&mut out, &record).map_err(|e| failed(e.into()))?;
        out.write_all(b"\n").map_err(failed)?;
    }
    out.flush().map_err(failed)
}

/// Writes a text to standard output.
pub fn print_text(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|e| Error::io("cannot write to standard output", Path::new("-"), e))
}
