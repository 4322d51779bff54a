//! Prints what the aligner's scorers see, for fitting them (`scripts/align/fit.py`).
//!
//! usage: cargo run --release --example align_features -- DOCUMENTS.jsonl [context] > pairs.tsv
//! A line a candidate pair: both documents, both sentence ids, then the features
//! of the pair or, with `context`, the second scorer's.

use std::io::{BufRead, BufWriter, Write};

use diptych::align::article_index::article_pairs;
use diptych::align::context::{Context, contexts};
use diptych::align::copies::Copies;
use diptych::align::features::Features;
use diptych::align::grid::{grids, whole_grids};
use diptych::align::read;
use diptych::config::AlignConfig;
use diptych::record::DocumentRecord;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a documents.jsonl")?;
    let context = std::env::args().nth(2).is_some_and(|a| a == "context");
    let file = std::io::BufReader::new(std::fs::File::open(path)?);
    let records = file
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<Vec<DocumentRecord>, Box<dyn std::error::Error>>>()?;
    let (articles, vocabulary) = read(&records);
    let window = AlignConfig::default().window_days;
    let pairs = article_pairs(&vocabulary, &articles, window);
    let grids = if context {
        grids(&vocabulary, &articles, &pairs)
    } else {
        whole_grids(&vocabulary, &articles, &pairs)
    };
    let contexts = contexts(&grids, &Copies::new(&articles));
    let mut out = BufWriter::new(std::io::stdout().lock());
    let names = if context {
        Context::names()
    } else {
        Features::NAMES.to_vec()
    };
    writeln!(out, "doc_x\tdoc_y\tx\ty\t{}", names.join("\t"))?;
    for (grid, contexts) in grids.iter().zip(&contexts) {
        let (a, b) = (&articles[grid.articles.0], &articles[grid.articles.1]);
        for (candidate, context_row) in grid.candidates.iter().zip(contexts) {
            let (x, y) = candidate.sentences;
            write!(
                out,
                "{}\t{}\t{}\t{}",
                records[a.document].id,
                records[b.document].id,
                a.sentences[x].id,
                b.sentences[y].id
            )?;
            let row = if context {
                context_row.values()
            } else {
                candidate.features.values()
            };
            for value in row {
                write!(out, "\t{value:.4}")?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
