//! Documents of parallel texts with gold beads, and damaged copies of them: what a
//! scraper, a printer or another edition does to one side.

use std::collections::{BTreeMap, HashMap};

use diptych::document::Lang;

/// Lines of the first text and of the second.
pub type Bead = (Vec<usize>, Vec<usize>);

/// Two texts with their gold.
#[derive(Clone)]
pub struct Document {
    pub set: String,
    pub weight: f64,
    pub langs: (Lang, Lang),
    pub a: Vec<String>,
    pub b: Vec<String>,
    /// Translations of the first.
    pub via: Vec<Vec<String>>,
    pub gold: Vec<Bead>,
}

/// Numbers as by chance, the same ones in every run (xorshift; Marsaglia, 2003).
pub struct Chance(u64);

impl Default for Chance {
    fn default() -> Self {
        Self(88_172_645_463_325_252)
    }
}

impl Chance {
    /// From 0 to 1.
    fn draw(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

impl Document {
    /// Without one side or the other of beads, each with probability `p`.
    pub fn dropped(&self, p: f64, chance: &mut Chance) -> Self {
        let (mut keep_a, mut keep_b) = (vec![true; self.a.len()], vec![true; self.b.len()]);
        for (a, b) in self
            .gold
            .iter()
            .filter(|b| !b.0.is_empty() && !b.1.is_empty())
        {
            let draw = chance.draw();
            if draw < p {
                a.iter().for_each(|&i| keep_a[i] = false);
            } else if draw < 2.0 * p {
                b.iter().for_each(|&j| keep_b[j] = false);
            }
        }
        self.kept(&keep_a, &keep_b)
    }

    /// Without the lines that have no counterpart.
    pub fn whole(&self) -> Self {
        let (mut keep_a, mut keep_b) = (vec![true; self.a.len()], vec![true; self.b.len()]);
        for (a, b) in self
            .gold
            .iter()
            .filter(|b| b.0.is_empty() || b.1.is_empty())
        {
            a.iter().for_each(|&i| keep_a[i] = false);
            b.iter().for_each(|&j| keep_b[j] = false);
        }
        self.kept(&keep_a, &keep_b)
    }

    fn kept(&self, keep_a: &[bool], keep_b: &[bool]) -> Self {
        let numbers = |keep: &[bool]| -> Vec<Option<usize>> {
            let mut next = 0..;
            keep.iter()
                .map(|k| k.then(|| next.next()).flatten())
                .collect()
        };
        let (to_a, to_b) = (numbers(keep_a), numbers(keep_b));
        let mut gold = Vec::new();
        for (a, b) in &self.gold {
            let a: Vec<usize> = a.iter().filter_map(|&i| to_a[i]).collect();
            let b: Vec<usize> = b.iter().filter_map(|&j| to_b[j]).collect();
            if !a.is_empty() && !b.is_empty() {
                gold.push((a, b));
            } else {
                gold.extend(a.into_iter().map(|i| (vec![i], vec![])));
                gold.extend(b.into_iter().map(|j| (vec![], vec![j])));
            }
        }
        let lines = |text: &[String], keep: &[bool]| -> Vec<String> {
            let lines = text.iter().zip(keep).filter(|(_, keep)| **keep);
            lines.map(|(line, _)| line.clone()).collect()
        };
        Self {
            a: lines(&self.a, keep_a),
            b: lines(&self.b, keep_b),
            via: self.via.iter().map(|v| lines(v, keep_a)).collect(),
            gold,
            ..self.clone()
        }
    }

    /// With lines joined to the one before, each with probability `p`.
    pub fn joined(&self, p: f64, chance: &mut Chance) -> Self {
        let mut numbers = |lines: usize| -> Vec<usize> {
            let mut last = 0;
            let next = (0..lines).map(|i| {
                last += usize::from(i > 0 && chance.draw() > p);
                last
            });
            next.collect()
        };
        let (to_a, to_b) = (numbers(self.a.len()), numbers(self.b.len()));
        let lines = |text: &[String], to: &[usize]| -> Vec<String> {
            let mut out: Vec<String> = Vec::new();
            for (line, &to) in text.iter().zip(to) {
                match out.get_mut(to) {
                    Some(before) => *before = format!("{before} {line}"),
                    None => out.push(line.clone()),
                }
            }
            out
        };
        Self {
            a: lines(&self.a, &to_a),
            b: lines(&self.b, &to_b),
            via: self.via.iter().map(|v| lines(v, &to_a)).collect(),
            gold: united(&self.gold, &to_a, &to_b),
            ..self.clone()
        }
    }
}

/// Beads of lines under new numbers; those that have a line in common become one.
fn united(gold: &[Bead], to_a: &[usize], to_b: &[usize]) -> Vec<Bead> {
    let mut parents: Vec<usize> = (0..gold.len()).collect();
    let root = |parents: &[usize], mut at: usize| {
        while parents[at] != at {
            at = parents[at];
        }
        at
    };
    let mut first: HashMap<(bool, usize), usize> = HashMap::new();
    for (bead, (a, b)) in gold.iter().enumerate() {
        let lines = a.iter().map(|&i| (true, to_a[i]));
        for line in lines.chain(b.iter().map(|&j| (false, to_b[j]))) {
            let other = *first.entry(line).or_insert(bead);
            let (p, q) = (root(&parents, other), root(&parents, bead));
            parents[q] = p;
        }
    }
    let mut beads: BTreeMap<usize, Bead> = BTreeMap::new();
    for (bead, (a, b)) in gold.iter().enumerate() {
        let into = beads.entry(root(&parents, bead)).or_default();
        into.0.extend(a.iter().map(|&i| to_a[i]));
        into.1.extend(b.iter().map(|&j| to_b[j]));
    }
    let mut beads: Vec<Bead> = beads.into_values().collect();
    for side in beads.iter_mut().flat_map(|b| [&mut b.0, &mut b.1]) {
        side.sort_unstable();
        side.dedup();
    }
    beads
}
