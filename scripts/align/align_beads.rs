//! Fits the prices of beads (`src/rules/any/align_bead_prices.tsv`) on parallel
//! texts with gold beads, and prints what each set scores without having been
//! fitted on.
//!
//! usage: cargo run --release --example align_beads -- SETS.tsv [-o TABLE.tsv]
//! A line of SETS.tsv is a document: the set's name, its weight, the languages as
//! `fr,en`, then the files of the first text, the second, the gold beads
//! (`[0, 1]:[2]`; with `~` before the path when they name the second text first)
//! and any translations of the first.
//!
//! The search goes from price to price and keeps what raises the mean of the sets'
//! strict F1, lines without a counterpart counted in precision as vecalign's scorer
//! does. Texts are read and compared once; a try costs the dynamic programme alone.

#![allow(clippy::print_stdout, reason = "a program that prints")]

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use diptych::align::anchors::{band, chain, matches};
use diptych::align::beads::{Lattice, Prices};
use diptych::align::mass::Texts;
use diptych::document::Lang;
use diptych::rules::table::Table;

type Error = Box<dyn std::error::Error>;
type Bead = (Vec<usize>, Vec<usize>);

struct Document {
    lattice: Lattice,
    gold: HashSet<Bead>,
}

#[derive(Default)]
struct Set {
    weight: f64,
    documents: Vec<Document>,
}

impl Set {
    fn f1(&self, prices: &Prices) -> f64 {
        let (mut right, mut found, mut recalled, mut wanted) = (0, 0, 0, 0);
        for document in &self.documents {
            let full = |b: &Bead| !b.0.is_empty() && !b.1.is_empty();
            for group in document.lattice.best(prices) {
                let bead = (
                    (group.a.0..group.a.1).collect(),
                    (group.b.0..group.b.1).collect(),
                );
                let hit = document.gold.contains(&bead);
                found += 1;
                right += usize::from(hit);
                recalled += usize::from(hit && full(&bead));
            }
            wanted += document.gold.iter().filter(|b| full(b)).count();
        }
        let (p, r) = (
            right as f64 / found.max(1) as f64,
            recalled as f64 / wanted.max(1) as f64,
        );
        2.0 * p * r / (p + r).max(1e-9)
    }
}

fn main() -> Result<(), Error> {
    let mut args = std::env::args().skip(1);
    let sets = read(&args.next().ok_or("give a list of sets")?)?;
    let out = (args.next().as_deref() == Some("-o")).then(|| args.next());
    let start = Prices::load(&Table::parse(
        "any/align_bead_prices",
        include_str!("../../src/rules/any/align_bead_prices.tsv"),
    ));
    print("as they are", &sets, &start);
    let families: BTreeMap<&str, ()> = sets.keys().map(|s| (family(s), ())).collect();
    for held in families.keys() {
        let prices = search(&sets, Some(held), start);
        print(&format!("without {held}"), &sets, &prices);
    }
    let mut prices = search(&sets, None, start);
    print("with all", &sets, &prices);
    if let Some(path) = out.flatten() {
        let mut text = String::from(
            "# What beads of parallel texts gain and pay (src/align/beads.rs); written by scripts/align/align_beads.rs.\nname\tvalue\n",
        );
        for (name, value) in Prices::NAMES.iter().zip(prices.values_mut()) {
            text += &format!("{name}\t{value:.3}\n");
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

/// Sets of one family are held out together: `berg-google` and `berg-all`.
fn family(set: &str) -> &str {
    set.split('-').next().unwrap_or(set)
}

fn print(label: &str, sets: &BTreeMap<String, Set>, prices: &Prices) {
    let scores: Vec<String> = sets
        .iter()
        .map(|(name, set)| format!("{name} {:.4}", set.f1(prices)))
        .collect();
    println!("{label}: {}", scores.join("  "));
}

fn search(sets: &BTreeMap<String, Set>, held: Option<&str>, start: Prices) -> Prices {
    let mean = |prices: &Prices| {
        let used = sets.iter().filter(|(n, _)| held != Some(family(n)));
        let (sum, weight) = used.fold((0.0, 0.0), |(s, w), (_, set)| {
            (s + set.weight * set.f1(prices), w + set.weight)
        });
        sum / f64::max(weight, 1e-9)
    };
    let mut best = (mean(&start), start);
    let mut steps = [0.03, 0.1, 0.1, 0.25, 0.06, 0.2, 0.1, 0.05];
    for _ in 0..3 {
        for (at, step) in steps.iter().enumerate() {
            for factor in [2.0, 1.0, -1.0, -2.0, 0.5, -0.5] {
                loop {
                    let mut next = best.1;
                    *next.values_mut()[at] += factor * step;
                    let score = mean(&next);
                    if score < best.0 + 1e-5 {
                        break;
                    }
                    best = (score, next);
                }
            }
        }
        steps.iter_mut().for_each(|s| *s *= 0.6);
    }
    best.1
}

fn read(list: &str) -> Result<BTreeMap<String, Set>, Error> {
    let mut sets: BTreeMap<String, Set> = BTreeMap::new();
    let (mut lines, mut seconds) = (0, 0.0);
    for row in std::fs::read_to_string(list)?.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, weight, langs, a, b, gold, via @ ..] = &cells[..] else {
            return Err(format!("too few columns: {row}").into());
        };
        let langs = langs
            .split_once(',')
            .and_then(|(x, y)| Some((Lang::parse(x)?, Lang::parse(y)?)))
            .ok_or("languages are given as `fr,en`")?;
        let (a, b) = (text(a)?, text(b)?);
        let via = via.iter().map(|v| text(v)).collect::<Result<Vec<_>, _>>()?;
        let started = Instant::now();
        let texts = Texts::new(&a, &b, &via, langs);
        let chain = chain(&matches(&texts, 4));
        let lattice = Lattice::new(&texts, band(&chain, a.len(), b.len()));
        seconds += started.elapsed().as_secs_f64();
        lines += a.len() + b.len();
        let set = sets.entry((*name).to_owned()).or_default();
        set.weight = weight.parse()?;
        set.documents.push(Document {
            lattice,
            gold: beads(gold)?,
        });
    }
    println!("{lines} lines read and compared in {seconds:.2} s");
    Ok(sets)
}

fn text(path: &str) -> Result<Vec<String>, Error> {
    Ok(std::fs::read_to_string(path)?
        .lines()
        .map(str::to_owned)
        .collect())
}

fn beads(path: &str) -> Result<HashSet<Bead>, Error> {
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
