//! Prints what the line model sees, for fitting it (`scripts/clean/fit.py`).
//!
//! usage: cargo run --release --example line_evidence < DOCUMENTS.jsonl > lines.jsonl
//! A line a document in, `{"id", "text", "lang"}`; a line for each line of it that
//! the model is asked about out: `{"id", "raw", "verdict", "evidence"}`, the place
//! in code points, what the rules made of it, and the names of the evidence.

use std::io::{BufRead, BufWriter, Write};

use diptych::clean::line_evidence;
use diptych::decode;
use diptych::document::Lang;
use diptych::language;
use diptych::span::CodePoints;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
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
        for (span, verdict, evidence) in line_evidence(&repair.text, lang) {
            let raw = points.span(back.to_source(span));
            let record = json!({"id": document["id"], "raw": raw, "verdict": format!("{verdict:?}").to_lowercase(), "evidence": evidence});
            writeln!(out, "{record}")?;
        }
    }
    Ok(())
}
