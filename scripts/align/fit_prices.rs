//! The fit of the prices: the likelihood of gold beads among all ways through a
//! lattice, its gradient, and its ascent by limited-memory BFGS (Nocedal, 1980).

use std::collections::{BTreeMap, HashSet};

use diptych::align::beads::{Edge, Lattice, counts};
use diptych::align::prices::{ALL_SORTS, ALONE, Prices, sort_of, surprises};

use crate::damage::{Bead, Document};

/// One weight for what is shared and one for each price.
const WEIGHTS: usize = 13;
const FOLLOW: usize = WEIGHTS - 2;
type Weights = [f64; WEIGHTS];

/// What a step pays that no gold bead allows. It is not forbidden, so that gold beads
/// that cross leave a way.
const NOT_GOLD: f64 = 15.0;
/// How far weights are drawn to nothing; the sets' likelihoods count 1000 together.
const RIDGE: f64 = 0.02;
/// Steps of the ascent in the first round and the second.
const STEPS: [usize; 2] = [22, 12];

/// A document made ready.
pub struct Example {
    pub set: String,
    pub lattice: Lattice,
    pub gold: Vec<Bead>,
    /// Whether it is one of those that scores are given for.
    pub scored: bool,
    weight: f64,
    steps: Vec<Step>,
    surprises: [f32; ALL_SORTS],
}

/// A step of a lattice, with whether gold allows it.
struct Step {
    to: u32,
    from: u32,
    gold: bool,
    features: [f32; FOLLOW],
    sort: u8,
}

impl Example {
    pub fn new(document: &Document, lattice: Lattice, scored: bool) -> Self {
        let known: HashSet<&Bead> = document.gold.iter().collect();
        let free = [
            free(
                document.a.len(),
                document.gold.iter().map(|b| (&b.0, sort(b))),
            ),
            free(
                document.b.len(),
                document.gold.iter().map(|b| (&b.1, sort(b))),
            ),
        ];
        let places: Vec<(usize, usize)> = lattice.places().collect();
        let mut steps = Vec::new();
        lattice.visit(|to, from, edge| {
            let ((i0, j0), (i, j)) = (places[from], places[to]);
            let bead: Bead = ((i0..i).collect(), (j0..j).collect());
            let mut of = (i0..i)
                .map(|i| free[0][i])
                .chain((j0..j).map(|j| free[1][j]));
            let first = of.next().flatten();
            let covered = first.is_some() && of.all(|f| f == first);
            let (a, b) = edge.lines();
            steps.push(Step {
                to: to as u32,
                from: from as u32,
                gold: covered || known.contains(&bead),
                features: features(&edge),
                sort: sort_of(a, b).unwrap_or(0) as u8,
            });
        });
        Self {
            set: document.set.clone(),
            weight: document.weight,
            gold: document.gold.clone(),
            surprises: [0.0; ALL_SORTS],
            lattice,
            scored,
            steps,
        }
    }

    /// What a step of this text scores.
    fn score(&self, step: &Step, weights: &Weights) -> f64 {
        let plain = step.features.iter().zip(weights);
        let plain: f64 = plain.map(|(f, w)| f64::from(*f) * w).sum();
        plain + weights[follows(step)] * self.surprise(step)
    }

    fn surprise(&self, step: &Step) -> f64 {
        f64::from(self.surprises[usize::from(step.sort)])
    }

    /// Lets the text's surprises be those of its best alignment without them.
    fn look(&mut self, weights: &Weights) {
        let prices = prices(weights);
        let groups = self.lattice.cheapest(&prices, &prices.sorts());
        self.surprises = surprises(&counts(&groups));
    }

    /// The logarithm of the probability of gold; `gradient` gains its slope, both
    /// times `weight`.
    fn likelihood(&self, weights: &Weights, weight: f64, gradient: &mut Weights) -> f64 {
        let cells = self.lattice.cells();
        let scores: Vec<f64> = self.steps.iter().map(|s| self.score(s, weights)).collect();
        let mut sum = 0.0;
        for (sign, not_gold) in [(1.0, NOT_GOLD), (-1.0, 0.0)] {
            let paid = |at: usize| scores[at] - if self.steps[at].gold { 0.0 } else { not_gold };
            let mut before = vec![f64::NEG_INFINITY; cells];
            let mut behind = before.clone();
            (before[0], behind[cells - 1]) = (0.0, 0.0);
            for (at, step) in self.steps.iter().enumerate() {
                let (to, from) = (step.to as usize, step.from as usize);
                before[to] = either(before[to], before[from] + paid(at));
            }
            for (at, step) in self.steps.iter().enumerate().rev() {
                let (to, from) = (step.to as usize, step.from as usize);
                behind[from] = either(behind[from], behind[to] + paid(at));
            }
            let all = before[cells - 1];
            for (at, step) in self.steps.iter().enumerate() {
                let through = before[step.from as usize] + paid(at) + behind[step.to as usize];
                if through - all > -20.0 {
                    let p = sign * weight * (through - all).exp();
                    for (slope, feature) in gradient.iter_mut().zip(step.features) {
                        *slope += p * f64::from(feature);
                    }
                    gradient[follows(step)] += p * self.surprise(step);
                }
            }
            sum += sign * all;
        }
        weight * sum
    }
}

/// For each line of a text the gold bead it is of, if that is of a sort that the
/// lattice has not.
fn free<'g>(
    lines: usize,
    beads: impl Iterator<Item = (&'g Vec<usize>, Option<usize>)>,
) -> Vec<Option<usize>> {
    let mut free = vec![None; lines];
    for (number, (side, sort)) in beads.enumerate() {
        if sort.is_none() {
            side.iter().for_each(|&line| free[line] = Some(number));
        }
    }
    free
}

fn sort(bead: &Bead) -> Option<usize> {
    sort_of(bead.0.len(), bead.1.len())
}

/// The features of a step in the order of the weights, those that depend on the text
/// left out.
fn features(edge: &Edge) -> [f32; FOLLOW] {
    match *edge {
        Edge::Alone(_, mass) => [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, mass],
        Edge::Bead(c) => {
            let (a, b) = edge.lines();
            let flag = |is: bool| f32::from(u8::from(is));
            let (one, both) = (flag((a, b) == (1, 1)), flag(a > 1 && b > 1));
            let more = (a + b - 2) as f32;
            [
                c.shared, c.mass, c.share, c.skew, c.extra, c.likeness, one, more, both, 0.0, 0.0,
            ]
        }
    }
}

/// Which weight a step's surprise goes with.
fn follows(step: &Step) -> usize {
    FOLLOW + usize::from(usize::from(step.sort) >= ALONE)
}

/// ln(e^a + e^b).
fn either(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

/// Weights as prices, for which what is shared counts as it is.
fn prices(weights: &Weights) -> Prices {
    let mut prices = Prices::default();
    for (price, weight) in prices.values().into_iter().zip(&weights[1..]) {
        *price = (weight / weights[0]) as f32;
    }
    prices
}

/// The prices under which the gold of the used sets is likeliest.
pub fn fit(examples: &mut [Example], used: &dyn Fn(&str) -> bool) -> Prices {
    // In the order of the prices; where from hardly matters, the second round sees
    // the surprises of the first one's prices.
    let mut weights: Weights = [
        2.0, -0.4, 2.0, -1.0, -0.1, 0.0, 0.5, -1.0, -0.3, -2.5, 0.0, 0.0, 0.0,
    ];
    let mut totals: BTreeMap<String, f64> = BTreeMap::new();
    for example in examples.iter() {
        *totals.entry(example.set.clone()).or_default() += example.gold.len() as f64;
    }
    for steps in STEPS {
        let plain: Weights = std::array::from_fn(|k| if k < FOLLOW { weights[k] } else { 0.0 });
        examples.iter_mut().for_each(|e| e.look(&plain));
        let used: Vec<(&Example, f64)> = examples
            .iter()
            .filter(|e| e.weight > 0.0 && used(&e.set))
            .map(|e| (e, 1000.0 * e.weight / totals[&e.set]))
            .collect();
        ascend(&mut weights, steps, |weights| {
            let mut slope = [0.0; WEIGHTS];
            let mut sum = 0.0;
            for (example, weight) in &used {
                sum += example.likelihood(weights, *weight, &mut slope);
            }
            for (slope, w) in slope.iter_mut().zip(weights) {
                sum -= RIDGE * w * w;
                *slope -= 2.0 * RIDGE * w;
            }
            (sum, slope)
        });
    }
    prices(&weights)
}

fn dot(a: &Weights, b: &Weights) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Climbs a function that gives its value and slope.
fn ascend(weights: &mut Weights, steps: usize, f: impl Fn(&Weights) -> (f64, Weights)) {
    let (mut value, mut slope) = f(weights);
    // Steps with the changes of slope they brought, negated as for a descent.
    let mut past: Vec<(Weights, Weights)> = Vec::new();
    for _ in 0..steps {
        let mut direction = slope;
        let mut shares = Vec::new();
        for (step, change) in past.iter().rev() {
            let share = dot(step, &direction) / dot(step, change);
            direction
                .iter_mut()
                .zip(change)
                .for_each(|(d, c)| *d -= share * c);
            shares.push(share);
        }
        let scale = past
            .last()
            .map_or(0.1 / dot(&slope, &slope).sqrt(), |(step, change)| {
                dot(step, change) / dot(change, change)
            });
        direction.iter_mut().for_each(|d| *d *= scale);
        for ((step, change), share) in past.iter().zip(shares.iter().rev()) {
            let back = share - dot(change, &direction) / dot(step, change);
            direction
                .iter_mut()
                .zip(step)
                .for_each(|(d, s)| *d += back * s);
        }
        let mut length = 1.0;
        let better = (0..8).find_map(|_| {
            let next: Weights = std::array::from_fn(|k| weights[k] + length * direction[k]);
            let (v, s) = f(&next);
            length *= 0.4;
            (v > value).then_some((next, v, s))
        });
        let Some((next, v, s)) = better else {
            break;
        };
        let step: Weights = std::array::from_fn(|k| next[k] - weights[k]);
        let change: Weights = std::array::from_fn(|k| slope[k] - s[k]);
        if dot(&step, &change) > 1e-12 {
            past.push((step, change));
        }
        if past.len() > 8 {
            past.remove(0);
        }
        let done = v - value < 0.02;
        (*weights, value, slope) = (next, v, s);
        if done {
            break;
        }
    }
}
