//! Pairs of lines in any order: translations among lines most of which have none.
//!
//! Takes two texts and gives pairs with probabilities. How alike two lines are does
//! not tell whether they are a pair: in a large text every line finds something
//! alike. So a pair is judged beside its lines' other partners as well (the margin
//! of Artetxe and Schwenk, 2019), by a logistic scorer that `scripts/align/mining.py`
//! fits.
//!
//! One text has a translation for every third line, another for every hundredth. So how
//! many of the lines have a partner is told from the text itself, and the odds of all its
//! pairs are moved with it (Saerens, Latinne and Decaestecker, 2002).

use std::sync::LazyLock;

use super::anchors::{Match, matches};
use super::line_facts::Facts;
use super::mass::{Texts, shared};
use super::score::{Model, probability};
use super::sense::likeness;
use crate::rules::table::Table;

/// How many partners of a line are looked at.
const PARTNERS: usize = 8;
/// How many places the rarest keys of a line are followed to.
const VISITS: usize = 4000;
/// How many rivals the margin is taken over.
const RIVALS: usize = 4;
/// Pairs less alike are not judged.
const MIN_LIKENESS: f32 = 0.1;
/// Pairs less likely are not given: half of the F1 that is reached (Lipton, Elkan and
/// Naryanaswamy, 2014).
const MIN_SCORE: f32 = 0.45;
/// The part of the first text's lines that have a partner in the text that the scorer's
/// odds are for, and as how many lines of a text that counts.
const USUAL_PARTNERED: f32 = 0.15;
const USUAL_LINES: f32 = 5.0;
/// Rounds of the estimate of that part.
const ROUNDS: usize = 30;

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
    pub values: [f32; 22],
}

impl Mined {
    /// How alike the lines are; which part of each the other covers; how far they
    /// are ahead of each line's best other partner; ln of how many times as alike as
    /// its other partners; |ln| of the ratio of lengths; the shared weight and the
    /// weight of the lighter line as ln(1 + w); the likeness squared. Then the same of
    /// what they mean; whether each is the other's best partner, by either likeness; and
    /// what [`Facts::compare`] says of their numbers and names.
    pub const NAMES: &'static [&'static str] = &[
        "like",
        "cov_a",
        "cov_b",
        "lead_i",
        "lead_j",
        "margin",
        "len",
        "mass",
        "minmass",
        "like2",
        "meant",
        "meant2",
        "meant_lead_i",
        "meant_lead_j",
        "meant_margin",
        "mutual",
        "meant_mutual",
        "numbers",
        "numbers_lacking",
        "names_lost",
        "names_new",
        "names",
    ];
}

/// The better pairs of two texts with their features.
#[must_use]
pub fn mined(texts: &Texts, facts: &Facts) -> Vec<Mined> {
    let found = matches(texts, PARTNERS, VISITS);
    let meant: Vec<f32> = found.iter().map(|m| meant(texts, m)).collect();
    let partners = [
        Partners::new(texts, found.iter().map(|m| (m.i, m.j, m.likeness))),
        Partners::new(
            texts,
            found
                .iter()
                .zip(&meant)
                .map(|(m, meant)| (m.i, m.j, *meant)),
        ),
    ];
    let total = |chars: &[f32]| chars.iter().sum::<f32>() / chars.len().max(1) as f32 + 1.0;
    let ratio = (total(&texts.a.chars) / total(&texts.b.chars)).ln();
    found
        .into_iter()
        .zip(meant)
        .filter(|(m, _)| m.likeness >= MIN_LIKENESS)
        .map(|(m, meant)| Mined {
            i: m.i,
            j: m.j,
            values: features(texts, (&m, meant), &partners, ratio, facts),
        })
        .collect()
}

/// How much alike what two lines mean is.
fn meant(texts: &Texts, m: &Match) -> f32 {
    let (a, b) = (&texts.a.senses[m.i..=m.i], &texts.b.senses[m.j..=m.j]);
    likeness(a, b).map_or(m.likeness, |l| l.0)
}

/// How good the best partners of each line are, by one measure.
struct Partners {
    of_a: Vec<Vec<f32>>,
    of_b: Vec<Vec<f32>>,
}

impl Partners {
    fn new(texts: &Texts, pairs: impl Iterator<Item = (usize, usize, f32)>) -> Self {
        let mut all = Self {
            of_a: vec![Vec::new(); texts.a.len()],
            of_b: vec![Vec::new(); texts.b.len()],
        };
        for (i, j, value) in pairs {
            all.of_a[i].push(value);
            all.of_b[j].push(value);
        }
        for list in all.of_a.iter_mut().chain(&mut all.of_b) {
            list.sort_unstable_by(|p, q| q.total_cmp(p));
            list.truncate(RIVALS + 1);
        }
        all
    }

    /// Whether no line is a better partner of either.
    fn mutual(&self, m: &Match, own: f32) -> f32 {
        let best = |list: &[f32]| list.first().is_none_or(|best| own >= *best);
        f32::from(u8::from(best(&self.of_a[m.i]) && best(&self.of_b[m.j])))
    }

    /// How far a pair is ahead of the best other partner of its first line and of its
    /// second, and ln of how many times as good it is as their others.
    fn margins(&self, m: &Match, own: f32) -> [f32; 3] {
        let ((best_a, mean_a), (best_b, mean_b)) =
            (rivals(&self.of_a[m.i], own), rivals(&self.of_b[m.j], own));
        let ratio = own.max(0.0) + 0.02;
        let others = (0.5 * (mean_a + mean_b) + 0.05).max(0.05);
        [own - best_a, own - best_b, (ratio / others).ln()]
    }
}

fn features(
    texts: &Texts,
    (m, meant): (&Match, f32),
    partners: &[Partners; 2],
    ratio: f32,
    facts: &Facts,
) -> [f32; 22] {
    let (mass_a, mass_b) = (texts.a.mass[m.i], texts.b.mass[m.j]);
    let shared = shared(texts.a.keys(m.i), texts.b.keys(m.j));
    let [lead_i, lead_j, margin] = partners[0].margins(m, m.likeness);
    let [meant_lead_i, meant_lead_j, meant_margin] = partners[1].margins(m, meant);
    let part = |mass: f32| (shared / (mass + 0.25)).min(1.5);
    let lengths = (texts.a.chars[m.i] + 10.0) / (texts.b.chars[m.j] + 10.0);
    let [numbers, numbers_lacking, names_lost, names_new, names] = facts.compare(m.i, m.j);
    [
        m.likeness,
        part(mass_a),
        part(mass_b),
        lead_i,
        lead_j,
        margin,
        (lengths.ln() - ratio).abs(),
        shared.ln_1p(),
        mass_a.min(mass_b).ln_1p(),
        m.likeness * m.likeness,
        meant,
        meant * meant,
        meant_lead_i,
        meant_lead_j,
        meant_margin,
        partners[0].mutual(m, m.likeness),
        partners[1].mutual(m, meant),
        numbers,
        numbers_lacking,
        names_lost,
        names_new,
        names,
    ]
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
pub fn pairs(texts: &Texts, facts: &Facts) -> Vec<(usize, usize, f32)> {
    let mut scored: Vec<(usize, usize, f32)> = mined(texts, facts)
        .into_iter()
        .map(|p| (p.i, p.j, MODEL.log_odds(&p.values)))
        .collect();
    let shift = shift(&scored, texts.a.len());
    for pair in &mut scored {
        pair.2 = probability(pair.2 + shift);
    }
    scored.retain(|p| p.2 >= MIN_SCORE);
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

/// How far the log-odds of pairs of a text of so many lines are to be moved, by how many
/// of its lines have a partner: by turns that part is estimated from the odds and the
/// odds from it.
fn shift(pairs: &[(usize, usize, f32)], lines: usize) -> f32 {
    let odds = |part: f32| part / (1.0 - part);
    let mut of_lines = vec![0.0f32; lines];
    for &(i, _, log_odds) in pairs {
        of_lines[i] += log_odds.clamp(-30.0, 30.0).exp();
    }
    let mut part = USUAL_PARTNERED;
    for _ in 0..ROUNDS {
        let times = odds(part) / odds(USUAL_PARTNERED);
        let partnered = |sum: &f32| sum * times / (1.0 + sum * times);
        let found: f32 = of_lines.iter().map(partnered).sum();
        let all = lines as f32 + USUAL_LINES;
        part = ((found + USUAL_LINES * USUAL_PARTNERED) / all).clamp(1e-4, 1.0 - 1e-4);
    }
    (odds(part) / odds(USUAL_PARTNERED)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_rise_where_most_lines_have_a_partner() {
        let pairs = |sure: usize| -> Vec<(usize, usize, f32)> {
            let odds = |i| if i < sure { 4.0 } else { -6.0 };
            (0..100).map(|i| (i, i, odds(i))).collect()
        };
        assert!(shift(&pairs(60), 100) > 1.0);
        assert!(shift(&pairs(3), 100) < -0.5);
    }
}
