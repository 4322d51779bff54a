//! How fast sentences, quotations and entities are found, on one core: the gold
//! articles again and again until the time is enough. The fastest run of each article
//! counts: what else runs on the machine only slows runs down.
//!
//! usage: cargo run --release --example quotes_speed -- [SECONDS]
//!
//! Prints megabytes a second for sentences alone, for sentences with quotations and
//! for all three.

#![allow(clippy::print_stdout, reason = "a program that prints")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use diptych::document::Document;
use diptych::{entity, quote, segment};

#[path = "../bench/gold.rs"]
mod gold;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs over the documents until `enough` has passed; megabytes a second of the
/// fastest run of each.
fn speed(documents: &[Document], enough: Duration, work: impl Fn(&Document)) -> f64 {
    let bytes: usize = documents.iter().map(|d| d.clean.len()).sum();
    let mut fastest = vec![Duration::MAX; documents.len()];
    let start = Instant::now();
    while start.elapsed() < enough || fastest.contains(&Duration::MAX) {
        for (document, fastest) in documents.iter().zip(&mut fastest) {
            let run = Instant::now();
            work(document);
            *fastest = run.elapsed().min(*fastest);
        }
    }
    bytes as f64 / 1e6 / fastest.iter().sum::<Duration>().as_secs_f64()
}

fn split(document: &Document) {
    for paragraph in &document.paragraphs {
        let text = paragraph.span.of(&document.clean);
        black_box(segment::sentences(text, paragraph.lang));
    }
}

fn main() -> std::io::Result<()> {
    let seconds = std::env::args()
        .nth(1)
        .and_then(|s| s.parse().ok())
        .unwrap_or(5.0);
    let enough = Duration::from_secs_f64(seconds);
    let texts = gold::texts()?;
    let documents: Vec<Document> = texts
        .iter()
        .map(|(lang, text)| Document::plain(text, *lang))
        .collect();
    // The tables are read once, before the clock starts.
    documents.iter().for_each(|d| {
        black_box(entity::find(d));
    });
    let quotations = |document: &Document| {
        split(document);
        black_box(quote::quotes(document));
    };
    let sentences = speed(&documents, enough, split);
    let both = speed(&documents, enough, quotations);
    let all = speed(&documents, enough, |document| {
        split(document);
        let mut tokens = quote::Tokenized::of(document);
        black_box(tokens.quotes());
        black_box(entity::find_in(tokens));
    });
    println!(
        "sentences {sentences:.1} MB/s, with quotations {both:.1} MB/s, with entities {all:.1} MB/s"
    );
    Ok(())
}
