//! What the score of a bead is made of, for pairs of lines: for `scripts/align/confidence.py`.
//!
//! usage: align_confidence A B VIA     (files of as many lines each, French and English)
//! Prints a heading, then the features of each pair (`Evidence` in `src/align/confidence.rs`).

#![allow(clippy::print_stdout, reason = "a program that prints")]

use diptych::align::anchors::share;
use diptych::align::confidence::Evidence;
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
    println!("{}", Evidence::NAMES.join("\t"));
    for i in 0..a.len().min(b.len()) {
        let shared = shared(texts.a.keys(i), texts.b.keys(i));
        let share = share(shared, texts.a.mass[i], texts.b.mass[i]);
        let length = |chars: f32| chars + 10.0;
        let skew = (length(texts.a.chars[i]) / length(texts.b.chars[i]))
            .ln()
            .abs();
        let evidence = Evidence::new(&texts, (i, i + 1), (i, i + 1), (shared, share), skew);
        let values: Vec<String> = evidence.values.iter().map(f32::to_string).collect();
        println!("{}", values.join("\t"));
    }
    Ok(())
}
