//! Lines on standard input through an engine with the model in a folder, so many
//! at a time as the second argument says (default 1), longest first: no splitting
//! and no detection of loops, so that a model of random weights is run for the
//! length that it is forced to. For `scripts/bench/opus_sized.py` and `batches.py`.

use std::error::Error;
use std::path::Path;

use diptych::document::Lang;
use diptych::translate::marian::Marian;
use diptych::translate::model::Model;
use diptych::translate::{Translator, model_view};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("usage: engine_alone FOLDER [BATCH] < LINES")?;
    let batch: usize = arguments.next().map_or(Ok(1), |n| n.parse())?;
    let engine = load(&Model::open(Path::new(&folder))?)?;
    let input = std::io::read_to_string(std::io::stdin().lock())?;
    let mut lines = input
        .lines()
        .map(|line| model_view::of(line, Lang::FR))
        .collect::<diptych::Result<Vec<_>>>()?;
    lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
    let mut bytes = 0;
    for chunk in lines.chunks(batch.max(1)) {
        let texts: Vec<&str> = chunk.iter().map(String::as_str).collect();
        let translations = engine.translate(&texts)?;
        bytes += translations.iter().map(|t| t.text.len()).sum::<usize>();
    }
    // So that no work is left out as unused.
    std::hint::black_box(bytes);
    Ok(())
}

fn load(model: &Model) -> Result<Box<dyn Translator>, Box<dyn Error>> {
    #[cfg(feature = "rust-bert")]
    if model.engine == "rust-bert" {
        use diptych::translate::rust_bert::RustBert;
        return Ok(Box::new(RustBert::load(model, 1)?));
    }
    Ok(Box::new(Marian::load(model)?))
}
