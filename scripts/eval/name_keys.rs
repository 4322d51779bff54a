//! Prints the key of each line's name, for `scripts/eval/names.py`; of a line with two
//! names, apart by a tab, both keys and whether they may be of one person (`yes`, `no`).

use std::io::{BufRead, Write};

use diptych::quote::name_key::{agree, name_key};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        match line.split_once('\t') {
            Some((a, b)) => {
                let (a, b) = (name_key(a), name_key(b));
                let same = if agree(&a, &b) { "yes" } else { "no" };
                writeln!(out, "{a}\t{b}\t{same}")?;
            }
            None => writeln!(out, "{}", name_key(&line))?,
        }
    }
    Ok(())
}
