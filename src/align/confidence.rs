//! How sure it is that two sides of parallel texts correspond.
//!
//! Takes groups of lines and gives a probability, by what their sides share, their
//! lengths and how much alike what they mean is: a logistic regression on pairs of
//! sentences that two people judged to correspond or not, fitted by
//! `scripts/align/confidence.py`.

use std::sync::LazyLock;

use super::mass::{Lines, Texts};
use super::score::{Model, probability};
use super::sense::likeness;
use crate::rules::table::Table;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let text = include_str!("../rules/any/align_confidence_model.tsv");
    Model::load(
        &Table::parse("any/align_confidence_model", text),
        Evidence::NAMES,
    )
});

/// Whether any of these lines asks.
fn asks(text: &Lines, (from, to): (usize, usize)) -> bool {
    text.asks[from..to].contains(&true)
}

/// What the scorer sees of two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// In the order of [`Evidence::NAMES`].
    pub values: [f32; 8],
}

impl Evidence {
    /// ln(1 + the weight they share): long sentences share something by chance, so that
    /// ln of the shorter one's characters goes with it; |ln| of the ratio of their
    /// lengths and its square, since lengths tell nothing until they are far apart; how
    /// much is shared of what both hold and how much alike what they mean is; ln of how much
    /// the side means that means less; whether one asks and the other does not.
    pub const NAMES: &'static [&'static str] = &[
        "shared", "length", "skew", "skew2", "share", "meant", "meaning", "asks",
    ];

    /// The evidence on lines `a` of the first text and `b` of the second (first and the
    /// one after the last), which share this weight, `share` of what both hold, and whose lengths have a ratio of this
    /// |ln|.
    #[must_use]
    pub fn new(
        texts: &Texts,
        a: (usize, usize),
        b: (usize, usize),
        (shared, share): (f32, f32),
        skew: f32,
    ) -> Self {
        let length = |chars: &[f32]| chars.iter().sum::<f32>();
        let (of_a, of_b) = (&texts.a.senses[a.0..a.1], &texts.b.senses[b.0..b.1]);
        let (la, lb) = (
            length(&texts.a.chars[a.0..a.1]),
            length(&texts.b.chars[b.0..b.1]),
        );
        let (meant, meaning) = likeness(of_a, of_b).unwrap_or_default();
        Self {
            values: [
                shared.ln_1p(),
                (la.min(lb) + 10.0).ln(),
                skew,
                skew * skew,
                share,
                meant,
                (meaning + 0.2).ln(),
                f32::from(u8::from(asks(&texts.a, a) != asks(&texts.b, b))),
            ],
        }
    }

    /// The probability that the sides correspond.
    #[must_use]
    pub fn probability(&self) -> f32 {
        probability(MODEL.log_odds(&self.values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::anchors::share;
    use crate::align::mass::shared;
    use crate::document::Lang;

    fn sure(fr: &str, en: &str) -> f32 {
        let lines = |text: &str| vec![text.to_owned()];
        let texts = Texts::new(&lines(fr), &lines(en), &[], (Lang::FR, Lang::EN));
        let shared = shared(texts.a.keys(0), texts.b.keys(0));
        let part = share(shared, texts.a.mass[0], texts.b.mass[0]);
        Evidence::new(&texts, (0, 1), (0, 1), (shared, part), 0.1).probability()
    }

    #[test]
    fn a_free_translation_is_surer_than_a_reply() {
        let line = "Elle m'a dit qu'elle ne viendrait pas demain.";
        assert!(sure(line, "She told me she would not come tomorrow.") > 0.8);
        assert!(sure(line, "Why are you looking at me?") < 0.3);
    }
}
