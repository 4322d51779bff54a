//! Fits the prices of beads (`src/rules/any/align_bead_prices.tsv`) on parallel
//! texts with gold beads, and prints what each family of sets scores without having
//! been fitted on.
//!
//! usage: cargo run --release --example align_beads -- SETS.tsv [-o TABLE.tsv]
//! A line of SETS.tsv is a document: the set's name (its family is what stands before
//! the first `-`), its weight, the languages as `fr,en`, then the files of the first
//! text, the second, the gold beads (`[0, 1]:[2]`; with `~` before the path when they
//! name the second text first) and any translations of the first. A set of weight 0
//! is scored and not fitted on.
//!
//! The prices are the weights of a log-linear model of all ways through a text's
//! lattice (a semi-Markov conditional random field; Sarawagi and Cohen, 2004): the
//! fit raises the probability of the gold beads, each set counting as its weight says
//! and not as it is long. A gold bead of a sort that the lattice has not may be
//! covered in any way. Texts differ in how much they leave out and join, so that
//! every text is fitted on in four forms: as it is, with one side of one bead in
//! sixteen left out, without the lines that have no counterpart, and with one line in
//! twelve joined to the one before. Scores are strict F1, lines without a counterpart
//! counted in precision as vecalign's scorer does, on the texts as they are.

#![allow(clippy::print_stdout, reason = "a program that prints")]

#[path = "damage.rs"]
mod damage;
#[path = "fit_prices.rs"]
mod fit_prices;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use diptych::align::anchors::{chain, matches};
use diptych::align::beads::Lattice;
use diptych::align::mass::Texts;
use diptych::align::prices::Prices;
use diptych::document::Lang;

use damage::{Bead, Chance, Document};
use fit_prices::{Example, fit};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let mut args = std::env::args().skip(1);
    let documents = read(&args.next().ok_or("give a list of sets")?)?;
    let out = (args.next().as_deref() == Some("-o")).then(|| args.next());
    let mut chance = Chance::default();
    let mut examples = Vec::new();
    for document in &documents {
        examples.push(example(document, true));
        if document.weight > 0.0 {
            let damaged = [
                document.dropped(1.0 / 16.0, &mut chance),
                document.whole(),
                document.joined(1.0 / 12.0, &mut chance),
            ];
            examples.extend(damaged.iter().map(|d| example(d, false)));
        }
    }
    let families: BTreeSet<String> = documents.iter().map(|d| family(&d.set)).collect();
    for held in &families {
        let prices = fit(&mut examples, &|set| family(set) != *held);
        print(&format!("without {held}"), &examples, &prices);
    }
    let mut prices = fit(&mut examples, &|_| true);
    print("with all", &examples, &prices);
    if let Some(path) = out.flatten() {
        let mut text = String::from(
            "# What beads of parallel texts gain and pay (src/align/prices.rs); written by scripts/align/align_beads.rs.\nname\tvalue\n",
        );
        for (name, value) in Prices::NAMES.iter().zip(prices.values()) {
            text += &format!("{name}\t{value:.4}\n");
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn family(set: &str) -> String {
    set.split('-').next().unwrap_or(set).to_owned()
}

/// Reads and compares the texts of a document.
fn example(document: &Document, scored: bool) -> Example {
    let mut texts = Texts::new(&document.a, &document.b, &document.via, document.langs);
    let chain = chain(&matches(&texts, 4, 400));
    Example::new(document, Lattice::around(&mut texts, &chain), scored)
}

fn print(label: &str, examples: &[Example], prices: &Prices) {
    let mut counts: BTreeMap<&str, [f64; 4]> = BTreeMap::new();
    for example in examples.iter().filter(|e| e.scored) {
        let full = |b: &Bead| !b.0.is_empty() && !b.1.is_empty();
        let gold: HashSet<&Bead> = example.gold.iter().collect();
        let count = counts.entry(&example.set).or_default();
        for group in example.lattice.best(prices) {
            let bead = (
                (group.a.0..group.a.1).collect(),
                (group.b.0..group.b.1).collect(),
            );
            let hit = f64::from(u8::from(gold.contains(&bead)));
            count[0] += hit;
            count[1] += 1.0;
            count[2] += if full(&bead) { hit } else { 0.0 };
        }
        count[3] += gold.iter().filter(|b| full(b)).count() as f64;
    }
    let scores: Vec<String> = counts
        .into_iter()
        .map(|(set, [right, found, recalled, wanted])| {
            let (p, r) = (right / found.max(1.0), recalled / wanted.max(1.0));
            format!("{set} {:.4}", 2.0 * p * r / (p + r).max(1e-9))
        })
        .collect();
    println!("{label}: {}", scores.join("  "));
    let named: Vec<String> = Prices::NAMES
        .iter()
        .zip({ *prices }.values())
        .map(|(name, value)| format!("{name} {value:.3}"))
        .collect();
    println!("    {}", named.join(", "));
}

fn read(list: &str) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    for row in std::fs::read_to_string(list)?.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [set, weight, langs, a, b, gold, via @ ..] = &cells[..] else {
            return Err(format!("too few columns: {row}").into());
        };
        let langs = langs
            .split_once(',')
            .and_then(|(x, y)| Some((Lang::parse(x)?, Lang::parse(y)?)))
            .ok_or("languages are given as `fr,en`")?;
        documents.push(Document {
            set: (*set).to_owned(),
            weight: weight.parse()?,
            langs,
            a: text(a)?,
            b: text(b)?,
            via: via.iter().map(|v| text(v)).collect::<Result<_, _>>()?,
            gold: beads(gold)?,
        });
    }
    Ok(documents)
}

fn text(path: &str) -> Result<Vec<String>, Error> {
    Ok(std::fs::read_to_string(path)?
        .lines()
        .map(str::to_owned)
        .collect())
}

fn beads(path: &str) -> Result<Vec<Bead>, Error> {
    let (path, swap) = path.strip_prefix('~').map_or((path, false), |p| (p, true));
    let ids = |list: &str| -> Vec<usize> {
        list.split(|c: char| !c.is_ascii_digit())
            .filter_map(|n| n.parse().ok())
            .collect()
    };
    std::fs::read_to_string(path)?
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|line| {
            let (a, rest) = line.split_once("]:[").ok_or("a bead is `[0]:[1, 2]`")?;
            let b = rest.split(']').next().unwrap_or("");
            Ok(if swap {
                (ids(b), ids(a))
            } else {
                (ids(a), ids(b))
            })
        })
        .collect()
}
