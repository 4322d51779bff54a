//! Prints what the line model sees, for fitting it (`scripts/clean/fit.py`), or with
//! `--headlines` what the choice of the headline sees (`scripts/clean/headline.py`).
//!
//! usage: cargo run --release --example line_evidence [-- --headlines] < DOCUMENTS.jsonl > lines.jsonl
//! A line a document in, `{"id", "text", "lang"}`; a line for each line of it that
//! the model is asked about out: `{"id", "raw", "verdict", "evidence"}`, the place
//! in code points, what the rules made of it (`candidate` for headlines), and the names of
//! the evidence.

use std::io::{BufRead, BufWriter, Write};

use diptych::clean::{headline_evidence, line_evidence};
use diptych::decode;
use diptych::document::Lang;
use diptych::language;
use diptych::span::CodePoints;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let of_headlines = std::env::args().any(|argument| argument == "--headlines");
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let document: Value = serde_json::from_str(&line?)?;
        let text = document["text"].as_str().ok_or("a document has no text")?;
        let repair = decode::repair(text)?;
        let lang = document["lang"]
            .as_str()
            .and_then(Lang::parse)
            .unwrap_or_else(|| language::detect(&repair.text).lang);
        let points = CodePoints::new(text);
        let back = repair.edits.map();
        let found: Vec<_> = if of_headlines {
            let found = headline_evidence(&repair.text, lang).into_iter();
            found
                .map(|(span, evidence)| (span, "candidate".into(), evidence))
                .collect()
        } else {
            let found = line_evidence(&repair.text, lang).into_iter();
            found
                .map(|(span, verdict, evidence)| {
                    (span, format!("{verdict:?}").to_lowercase(), evidence)
                })
                .collect()
        };
        for (span, verdict, evidence) in found {
            let raw = points.span(back.to_source(span));
            let record =
                json!({"id": document["id"], "raw": raw, "verdict": verdict, "evidence": evidence});
            writeln!(out, "{record}")?;
        }
    }
    Ok(())
}
