//! Sentence splitters of other crates, for `scripts/eval/segment.py --rivals`, which
//! builds this in a folder of its own: none of them is a dependency of the program.
//!
//! usage: segment_rivals sentencex|srx SRX_FILE < ITEMS.jsonl
//! A line `{"lang", "text"}` in, a line out: the code points at which the sentences
//! of the text begin.

use std::io::BufRead;

use srx::SRX;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("which splitter?")?;
    let path = arguments.next().ok_or("which SRX file?")?;
    let srx = SRX::from_reader(std::io::BufReader::new(std::fs::File::open(path)?))?;
    for line in std::io::stdin().lock().lines() {
        let item: serde_json::Value = serde_json::from_str(&line?)?;
        let (lang, text) = (item["lang"].as_str().unwrap_or(""), item["text"].as_str().unwrap_or(""));
        let pieces: Vec<usize> = match name.as_str() {
            "sentencex" => sentencex::get_sentence_boundaries(lang, text).iter().map(|b| b.start_byte).collect(),
            _ => srx.language_rules(lang).split_ranges(text).iter().map(|r| r.start).collect(),
        };
        // White space before a sentence is not its beginning.
        let starts: Vec<usize> = pieces
            .into_iter()
            .filter(|&at| !text[at..].trim().is_empty())
            .map(|at| at + text[at..].len() - text[at..].trim_start().len())
            .map(|at| text[..at].chars().count())
            .collect();
        println!("{}", serde_json::json!(starts));
    }
    Ok(())
}
