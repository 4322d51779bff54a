//! Lines on standard input through the default engine with the model in a folder,
//! one at a time: no model view, no splitting, no detection of loops, so that a
//! model of random weights is run for the length that it is forced to.
//! `scripts/bench/opus_sized.py` calls it.

use std::io::BufRead;
use std::path::Path;

use diptych::translate::Translator;
use diptych::translate::marian::Marian;
use diptych::translate::model::Model;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("usage: engine_alone FOLDER < LINES")?;
    let engine = Marian::load(&Model::open(Path::new(&folder))?)?;
    let mut characters = 0;
    for line in std::io::stdin().lock().lines() {
        let translations = engine.translate(&[line?.trim()])?;
        characters += translations.iter().map(|t| t.text.len()).sum::<usize>();
    }
    // So that no work is left out as unused.
    std::hint::black_box(characters);
    Ok(())
}
