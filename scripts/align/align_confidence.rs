//! What the score of a bead is made of, for pairs of lines: for `scripts/align/confidence.py`.
//!
//! usage: align_confidence A B VIA     (files of as many lines each, French and English)
//! Prints for each pair ln(1 + the weight they share), |ln| of the ratio of their lengths
//! and ln of the shorter one's.

#![allow(clippy::print_stdout, reason = "a program that prints")]

use diptych::align::mass::{Texts, shared};
use diptych::document::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts = std::env::args()
        .skip(1)
        .map(|path| {
            let text = std::fs::read_to_string(path)?;
            Ok(text.lines().map(str::to_owned).collect())
        })
        .collect::<Result<Vec<Vec<String>>, std::io::Error>>()?;
    let [a, b, via] = &texts[..] else {
        return Err("give three files: A, B and a translation of A".into());
    };
    let texts = Texts::new(a, b, std::slice::from_ref(via), (Lang::FR, Lang::EN));
    for i in 0..a.len().min(b.len()) {
        let shared = shared(texts.a.keys(i), texts.b.keys(i));
        let skew = ((texts.a.chars[i] + 10.0) / (texts.b.chars[i] + 10.0)).ln();
        let shorter = (texts.a.chars[i].min(texts.b.chars[i]) + 10.0).ln();
        println!("{}\t{}\t{shorter}", shared.ln_1p(), skew.abs());
    }
    Ok(())
}
