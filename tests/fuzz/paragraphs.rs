//! Mutated paragraphs through sentences, quotations and entities: nothing may
//! panic, and what is found must be spans that hold.
//!
//! usage: cargo run --release --example fuzz_paragraphs -- [COUNT] [SEED]
//!
//! Paragraphs of the gold articles are cut, doubled, spliced with one another and
//! strewn with quotation marks, cues and odd characters, by a seeded generator, so
//! that a failure comes back with its number. Checks for each paragraph:
//! - every span lies on character boundaries of the text and is not empty;
//! - quotations between marks come in order and do not overlap;
//! - pairs of marks are balanced: of any two one holds the other, or they are apart;
//! - entities come in order and do not overlap.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that prints"
)]

use std::path::Path;
use std::process::ExitCode;

use diptych::document::{Document, Lang, QuoteKind};
use diptych::quote::marks;
use diptych::span::{Clean, Span};
use diptych::{entity, quote};

/// Longer mutants are cut: a paragraph of a newspaper has some 400 bytes.
const LONGEST: usize = 1_500;

const STREWN: &[&str] = &[
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "„",
    "‹",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    ":",
    ";",
    "?",
    "!",
    "…",
    "—",
    "–",
    "-",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{200b}",
    "\u{301}",
    "\u{feff}",
    "é",
    "İ",
    "ﬁ",
    "漢",
    "🙂",
    "a-t-il dit",
    "a déclaré que",
    "selon",
    "said",
    "that",
    "told reporters",
    "he",
    "elle",
    "qui",
    "who",
    "M.",
    "Mr.",
    "Le ministre",
    "the minister",
    "Macron",
    "jeudi",
    "last Friday",
    "1 280",
    "1,280",
    "21,4 milliards d'euros",
    "$5bn",
    "4 h 20",
    "4.20am",
    "30 septembre 2020",
    "%",
];

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

fn seeds(root: &Path) -> Vec<(String, Lang)> {
    let mut paths: Vec<_> = ["newsroom", "gazette"]
        .iter()
        .flat_map(|set| walkdir::WalkDir::new(root.join("tests/gold").join(set).join("texts")))
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let french = path.to_string_lossy().contains("-fr");
        let text = std::fs::read(&path).map(|b| String::from_utf8_lossy(&b).into_owned());
        for line in text.unwrap_or_default().lines().filter(|l| l.len() > 20) {
            out.push((line.to_owned(), if french { Lang::FR } else { Lang::EN }));
        }
    }
    out
}

fn mutate(text: &mut String, other: &str, random: &mut Random) {
    for _ in 0..1 + random.below(6) {
        let at = random.place(text);
        match random.below(6) {
            0 => {
                let end = random.place(text);
                if at.abs_diff(end) < 60 {
                    text.replace_range(at.min(end)..at.max(end), "");
                }
            }
            1 => {
                let (from, to) = (random.place(other), random.place(other));
                text.insert_str(at, &other[from.min(to)..from.max(to)]);
            }
            _ => text.insert_str(at, STREWN[random.below(STREWN.len())]),
        }
    }
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
}

/// What does not hold of what is found in a text.
fn fault(text: &str, lang: Lang) -> Option<String> {
    let mut document = Document::plain(text, lang);
    document.date = Some("2022-05-10".to_owned());
    let good = |s: Span<Clean>| text.get(s.range()).is_some_and(|t| !t.is_empty());
    let quotes = quote::quotes(&document);
    if let Some(q) = quotes.iter().find(|q| !good(q.span)) {
        return Some(format!("quotation at {:?}", q.span));
    }
    let speakers = quotes.iter().filter_map(|q| q.speaker.as_ref()?.span);
    if let Some(s) = speakers.into_iter().find(|s| !good(*s)) {
        return Some(format!("speaker at {s:?}"));
    }
    let marked: Vec<_> = quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Indirect)
        .collect();
    if let Some(w) = marked.windows(2).find(|w| w[0].span.overlaps(w[1].span)) {
        return Some(format!("quotations {:?} and {:?}", w[0].span, w[1].span));
    }
    let pairs = marks::pairs(text);
    for (i, a) in pairs.iter().enumerate() {
        for b in &pairs[i + 1..] {
            let (a, b) = (&a.inner, &b.inner);
            let apart = a.end <= b.start || b.end <= a.start;
            let within =
                a.start <= b.start && b.end <= a.end || b.start <= a.start && a.end <= b.end;
            if !apart && !within {
                return Some(format!("pairs {a:?} and {b:?}"));
            }
        }
    }
    let entities = entity::find(&document);
    if let Some(e) = entities.iter().find(|e| !good(e.span)) {
        return Some(format!("entity at {:?}", e.span));
    }
    if let Some(w) = entities
        .windows(2)
        .find(|w| w[0].span.end() > w[1].span.start())
    {
        return Some(format!("entities {:?} and {:?}", w[0].span, w[1].span));
    }
    None
}

fn main() -> ExitCode {
    let number = |i: usize, default: u64| {
        let given = std::env::args().nth(i);
        given.and_then(|a| a.parse().ok()).unwrap_or(default)
    };
    let (count, seed) = (number(1, 1_000_000), number(2, 1).max(1));
    let seeds = seeds(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut random = Random(seed);
    let mut bytes = 0;
    let mut found = 0u64;
    for run in 0..count {
        let (first, lang) = &seeds[random.below(seeds.len())];
        let (other, _) = &seeds[random.below(seeds.len())];
        let mut text = first.clone();
        mutate(&mut text, other, &mut random);
        bytes += text.len();
        // A panic ends the run with its message; the number tells which it was.
        let result = std::panic::catch_unwind(|| fault(&text, *lang));
        let fault = match result {
            Ok(fault) => fault,
            Err(_) => Some("panic".to_owned()),
        };
        if let Some(fault) = fault {
            eprintln!("run {run} of seed {seed}: {fault} in {text:?}");
            found += 1;
            if found >= 10 {
                break;
            }
        }
    }
    println!("{count} paragraphs, {bytes} bytes, seed {seed}: {found} faults");
    ExitCode::from(u8::from(found > 0))
}
