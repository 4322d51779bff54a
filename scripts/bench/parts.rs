//! The parts of the clean path, each on its own: encoding, language, blocks, breaks,
//! sentences, quotations. Criterion compares each run with the one before.
//!
//! usage: cargo bench [-- PART]
//!
//! The texts are the gold articles (`tests/gold`), all of them once in each round;
//! the figures are for one core. What the parts cost together, and on a corpus of
//! any size, is `scripts/bench/clean.sh`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use diptych::clean::clean;
use diptych::document::{Document, Lang};
use diptych::{decode, language, quote, segment};

mod gold;

/// The body of an article with no space between its sentences.
fn merged(lang: Lang, text: &str) -> String {
    let found = clean(text, lang);
    let body: Vec<&str> = found.units.iter().map(|unit| unit.span.of(text)).collect();
    let sentences = body.iter().flat_map(|paragraph| {
        segment::sentences(paragraph, lang)
            .into_iter()
            .map(|range| paragraph[range].trim())
    });
    sentences.collect()
}

fn parts(criterion: &mut Criterion) {
    let texts = gold::texts().expect("the gold articles are part of the repository");
    let merged: Vec<(Lang, String)> = texts
        .iter()
        .map(|(lang, text)| (*lang, merged(*lang, text)))
        .collect();
    let documents: Vec<Document> = texts
        .iter()
        .map(|(lang, text)| Document::plain(text, *lang))
        .collect();
    let bytes = |texts: &[(Lang, String)]| texts.iter().map(|(_, text)| text.len() as u64).sum();
    let mut group = criterion.benchmark_group("parts");
    group.throughput(Throughput::Bytes(bytes(&texts)));
    group.bench_function("decode", |b| {
        b.iter(|| {
            texts
                .iter()
                .for_each(|(_, text)| drop(black_box(decode::repair(text))))
        });
    });
    group.bench_function("language", |b| {
        b.iter(|| {
            texts.iter().for_each(|(_, text)| {
                black_box(language::detect(text));
            })
        });
    });
    group.bench_function("blocks", |b| {
        b.iter(|| {
            texts
                .iter()
                .for_each(|(lang, text)| drop(black_box(clean(text, *lang))))
        });
    });
    group.bench_function("sentences", |b| {
        b.iter(|| {
            texts
                .iter()
                .for_each(|(lang, text)| drop(black_box(segment::sentences(text, *lang))))
        });
    });
    group.bench_function("quotations", |b| {
        b.iter(|| {
            documents
                .iter()
                .for_each(|document| drop(black_box(quote::quotes(document))))
        });
    });
    group.throughput(Throughput::Bytes(bytes(&merged)));
    group.bench_function("breaks", |b| {
        b.iter(|| {
            merged
                .iter()
                .for_each(|(lang, text)| drop(black_box(clean(text, *lang))))
        });
    });
    group.finish();
}

fn quick() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .without_plots()
}

criterion_group! { name = benches; config = quick(); targets = parts }
criterion_main!(benches);
