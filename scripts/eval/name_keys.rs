//! Prints the key of each line's name, for `scripts/eval/names.py`.

use std::io::{BufRead, Write};

use diptych::quote::name_key::name_key;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", name_key(&line?))?;
    }
    Ok(())
}
