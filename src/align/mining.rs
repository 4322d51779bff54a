//! Pairs of lines in any order: translations among lines most of which have none.
//!
//! Takes two texts and gives pairs with probabilities. How alike two lines are does
//! not tell whether they are a pair: in a large text every line finds something
//! alike. So a pair is judged beside its lines' other partners as well (the margin
//! of Artetxe and Schwenk, 2019), by a logistic scorer that `scripts/align/mining.py`
//! fits.

use std::sync::LazyLock;

use super::anchors::{Match, matches};
use super::mass::{Texts, shared};
use super::score::{Model, probability};
use crate::rules::table::Table;

/// How many partners of a line are looked at.
const PARTNERS: usize = 8;
/// How many places the rarest keys of a line are followed to.
const VISITS: usize = 4000;
/// How many rivals the margin is taken over.
const RIVALS: usize = 4;
/// Pairs less alike are not judged.
const MIN_LIKENESS: f32 = 0.1;
/// Pairs less likely are not given.
const MIN_SCORE: f32 = 0.5;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::load(
        &Table::parse(
            "any/align_mining_model",
            include_str!("../rules/any/align_mining_model.tsv"),
        ),
        Mined::NAMES,
    )
});

/// A pair of lines with what the scorer sees of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mined {
    /// The line of the first text.
    pub i: usize,
    /// The line of the second.
    pub j: usize,
    /// In the order of [`Mined::NAMES`].
    pub values: [f32; 10],
}

impl Mined {
    /// How alike the lines are; which part of each the other covers; how far they
    /// are ahead of each line's best other partner; ln of how many times as alike as
    /// its other partners; |ln| of the ratio of lengths; the shared weight and the
    /// weight of the lighter line as ln(1 + w); the likeness squared.
    pub const NAMES: &'static [&'static str] = &[
        "like", "cov_a", "cov_b", "lead_i", "lead_j", "margin", "len", "mass", "minmass", "like2",
    ];
}

/// The better pairs of two texts with their features.
#[must_use]
pub fn mined(texts: &Texts) -> Vec<Mined> {
    let found = matches(texts, PARTNERS, VISITS);
    let mut of_a: Vec<Vec<f32>> = vec![Vec::new(); texts.a.len()];
    let mut of_b: Vec<Vec<f32>> = vec![Vec::new(); texts.b.len()];
    for m in &found {
        of_a[m.i].push(m.likeness);
        of_b[m.j].push(m.likeness);
    }
    for list in of_a.iter_mut().chain(&mut of_b) {
        list.sort_unstable_by(|p, q| q.total_cmp(p));
        list.truncate(RIVALS + 1);
    }
    let total = |chars: &[f32]| chars.iter().sum::<f32>() / chars.len().max(1) as f32 + 1.0;
    let ratio = (total(&texts.a.chars) / total(&texts.b.chars)).ln();
    found
        .into_iter()
        .filter(|m| m.likeness >= MIN_LIKENESS)
        .map(|m| features(texts, &m, &of_a[m.i], &of_b[m.j], ratio))
        .collect()
}

fn features(texts: &Texts, m: &Match, of_a: &[f32], of_b: &[f32], ratio: f32) -> Mined {
    let (mass_a, mass_b) = (texts.a.mass[m.i], texts.b.mass[m.j]);
    let shared = shared(texts.a.keys(m.i), texts.b.keys(m.j));
    let ((best_a, mean_a), (best_b, mean_b)) = (rivals(of_a, m.likeness), rivals(of_b, m.likeness));
    let part = |mass: f32| (shared / (mass + 0.25)).min(1.5);
    let lengths = (texts.a.chars[m.i] + 10.0) / (texts.b.chars[m.j] + 10.0);
    Mined {
        i: m.i,
        j: m.j,
        values: [
            m.likeness,
            part(mass_a),
            part(mass_b),
            m.likeness - best_a,
            m.likeness - best_b,
            (m.likeness / (0.5 * (mean_a + mean_b) + 0.05)).ln(),
            (lengths.ln() - ratio).abs(),
            shared.ln_1p(),
            mass_a.min(mass_b).ln_1p(),
            m.likeness * m.likeness,
        ],
    }
}

/// The best of the others of a line's likenesses (the best first), and their mean.
fn rivals(all: &[f32], own: f32) -> (f32, f32) {
    let at = all.iter().position(|l| *l == own);
    let mut others = all.to_vec();
    if let Some(at) = at {
        others.remove(at);
    }
    others.truncate(RIVALS);
    let sum: f32 = others.iter().sum();
    (
        others.first().copied().unwrap_or(0.0),
        sum / others.len().max(1) as f32,
    )
}

/// Pairs with their probabilities, each line in one at most, the likeliest first.
#[must_use]
pub fn pairs(texts: &Texts) -> Vec<(usize, usize, f32)> {
    let mut scored: Vec<(usize, usize, f32)> = mined(texts)
        .into_iter()
        .map(|p| (p.i, p.j, probability(MODEL.log_odds(&p.values))))
        .filter(|p| p.2 >= MIN_SCORE)
        .collect();
    scored.sort_by(|p, q| q.2.total_cmp(&p.2).then((p.0, p.1).cmp(&(q.0, q.1))));
    let (mut used_a, mut used_b) = (vec![false; texts.a.len()], vec![false; texts.b.len()]);
    scored.retain(|&(i, j, _)| {
        let free = !used_a[i] && !used_b[j];
        if free {
            (used_a[i], used_b[j]) = (true, true);
        }
        free
    });
    scored
}
