//! Prints what the scorer of pairs of lines in any order sees, for fitting it
//! (`scripts/align/mining.py`).
//!
//! usage: cargo run --release --example align_mining -- A B [VIA]... > pairs.tsv
//! A line a pair: both line numbers from 0, then the features.

use std::io::{BufWriter, Write};

use diptych::align::line_facts::Facts;
use diptych::align::mass::Texts;
use diptych::align::mining::{Mined, mined};
use diptych::document::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts = std::env::args()
        .skip(1)
        .map(|path| {
            Ok(std::fs::read_to_string(path)?
                .lines()
                .map(str::to_owned)
                .collect())
        })
        .collect::<Result<Vec<Vec<String>>, Box<dyn std::error::Error>>>()?;
    let [a, b, via @ ..] = &texts[..] else {
        return Err("give two texts".into());
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "i\tj\t{}", Mined::NAMES.join("\t"))?;
    let langs = (Lang::FR, Lang::EN);
    let facts = Facts::new(a, b, via, langs);
    for pair in mined(&Texts::new(a, b, via, langs), &facts) {
        write!(out, "{}\t{}", pair.i, pair.j)?;
        for value in pair.values {
            write!(out, "\t{value:.4}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
