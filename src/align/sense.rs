//! What lines of parallel texts mean, as vectors of one space for both languages.
//!
//! Takes the words of a line and gives the sum of their vectors. Those of the words of
//! content are the [`encoder`](super::encoder)'s. Articles, pronouns and question words
//! say little of what a report is about, but most of what a short line of dialogue says
//! (`what is it?`, `I'm right here`); their vectors are trained by
//! `scripts/align/small_words.py` so that they add to those of the words of content.
//! The translations of a line are summed up with it.
//!
//! Sums can be added: the product of two groups of lines is the sum of their lines'.

use std::sync::LazyLock;

use super::encoder::{DIMENSIONS, Encoder, Vector};
use super::vectors::{WordId, WordVectors, add};
use crate::document::Lang;
use crate::rules::table::Table;

static SMALL_WORDS: LazyLock<WordVectors<DIMENSIONS>> = LazyLock::new(|| {
    let text = include_str!("../rules/any/encoder_small_words.tsv");
    WordVectors::load(
        &Table::parse("any/encoder_small_words", text),
        "word",
        |row| row.get("length").parse().unwrap_or(100.0) / 100.0,
    )
});

/// Where the vector of a word is found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum WordSense {
    /// Nowhere.
    #[default]
    Unknown,
    /// Among the words of content.
    Content(WordId),
    /// Among the small words.
    Small(WordId),
}

impl WordSense {
    /// The sense of a small word, folded and in lower case.
    pub(super) fn small(lang: Lang, word: &str) -> Self {
        SMALL_WORDS
            .id(lang, word)
            .map_or(Self::Unknown, Self::Small)
    }

    /// The sense of a word of content by its stem.
    pub(super) fn content(lang: Lang, stem: &str) -> Self {
        let id = Encoder::get().id(lang, stem);
        id.map_or(Self::Unknown, Self::Content)
    }
}

/// Words' vectors being summed up.
#[derive(Debug, Clone)]
pub(super) struct Sum(Vector);

impl Default for Sum {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl Sum {
    /// Adds a word.
    pub(super) fn word(&mut self, sense: WordSense) {
        let vector = match sense {
            WordSense::Unknown => None,
            WordSense::Content(id) => Encoder::get().vector(id),
            WordSense::Small(id) => SMALL_WORDS.get(id),
        };
        if let Some(vector) = vector {
            add(&mut self.0, vector, 1.0);
        }
    }

    /// Adds so many times another sum.
    pub(super) fn add(&mut self, other: &Self, times: f32) {
        add(&mut self.0, &other.0, times);
    }

    /// What it comes to.
    pub(super) fn sense(&self) -> Sense {
        Sense::new(&self.0)
    }
}

/// What a line means: a vector whose greatest dimension is 127, and what to multiply it
/// with.
#[derive(Debug, Clone, Copy)]
pub struct Sense {
    scale: f32,
    parts: [i8; DIMENSIONS],
}

impl Sense {
    fn new(vector: &Vector) -> Self {
        let greatest = vector.iter().fold(0.0f32, |most, v| most.max(v.abs()));
        let scale = greatest / 127.0;
        let by = if greatest > 0.0 { 1.0 / scale } else { 0.0 };
        Self {
            scale,
            parts: vector.map(|v| (v * by).round() as i8),
        }
    }

    /// The product of two vectors.
    #[must_use]
    pub fn dot(&self, other: &Self) -> f32 {
        let parts = self.parts.iter().zip(&other.parts);
        let sum: i32 = parts.map(|(x, y)| i32::from(*x) * i32::from(*y)).sum();
        self.scale * other.scale * sum as f32
    }
}

/// The lines of a text, of which the lengths of groups of at most `N` neighbours are
/// asked often.
pub(super) struct Neighbours<const N: usize> {
    /// The lengths of the groups that end with each line: of 1, 2, ... lines.
    lengths: Vec<[f32; N]>,
}

impl<const N: usize> Neighbours<N> {
    pub(super) fn new(lines: &[Sense]) -> Self {
        let mut lengths = Vec::with_capacity(lines.len());
        // The squares of the groups that end with the line before.
        let mut squares = [0.0; N];
        for (at, line) in lines.iter().enumerate() {
            let mut of_line = [0.0; N];
            let mut added = 0.0;
            for (size, square) in of_line.iter_mut().enumerate().take(at + 1) {
                // What the group of one line fewer has, and the products with this line.
                let before = if size > 0 { squares[size - 1] } else { 0.0 };
                let product = line.dot(&lines[at - size]);
                added += if size > 0 { 2.0 * product } else { product };
                *square = before + added;
            }
            squares = of_line;
            lengths.push(squares.map(|s: f32| s.max(0.0).sqrt()));
        }
        Self { lengths }
    }

    /// The length of the vector of a group, by its first line and the one after the
    /// last; 0 where it has no known words.
    pub(super) fn length(&self, group: (usize, usize)) -> f32 {
        self.lengths[group.1 - 1][group.1 - group.0 - 1]
    }
}

/// The cosine of two vectors by their product and those with themselves; `None` where
/// one of them is nothing.
#[must_use]
pub fn cosine(product: f32, squares: (f32, f32)) -> Option<f32> {
    let lengths = (squares.0 * squares.1).sqrt();
    (lengths > 0.0).then(|| product / lengths)
}

/// The cosine of two groups of lines, and the length of the shorter vector.
#[must_use]
pub fn likeness(a: &[Sense], b: &[Sense]) -> Option<(f32, f32)> {
    let product = |x: &[Sense], y: &[Sense]| -> f32 {
        let pairs = x.iter().flat_map(|p| y.iter().map(move |q| (p, q)));
        pairs.map(|(p, q)| p.dot(q)).sum()
    };
    let squares = (product(a, a), product(b, b));
    let cosine = cosine(product(a, b), squares)?;
    Some((cosine, squares.0.min(squares.1).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::mass::Texts;

    fn alike(fr: &str, en: &str) -> f32 {
        let lines = |text: &str| vec![text.to_owned()];
        let texts = Texts::new(&lines(fr), &lines(en), &[], (Lang::FR, Lang::EN));
        likeness(&texts.a.senses, &texts.b.senses).map_or(0.0, |l| l.0)
    }

    #[test]
    fn small_words_tell_short_lines_apart() {
        let question = "Qu'est-ce que c'est ?";
        assert!(alike(question, "What is it?") > alike(question, "I am with you.") + 0.2);
        assert!(alike("Je suis avec toi.", "I am with you.") > 0.5);
    }

    #[test]
    fn lines_together_mean_what_their_text_means() {
        let lines = |text: &[&str]| -> Vec<String> { text.iter().map(|t| (*t).into()).collect() };
        let halves = lines(&["The minister left Paris", "and soldiers guard the bridge"]);
        let whole = lines(&["The minister left Paris and soldiers guard the bridge"]);
        let texts = Texts::new(&halves, &whole, &[], (Lang::EN, Lang::EN));
        let (together, _) = likeness(&texts.a.senses, &texts.b.senses).unwrap();
        assert!(together > 0.95, "{together}");
    }

    #[test]
    fn every_length_of_the_table_is_a_number() {
        let text = include_str!("../rules/any/encoder_small_words.tsv");
        let table = Table::parse("any/encoder_small_words", text);
        assert!(table.rows().all(|r| r.get("length").parse::<f32>().is_ok()));
    }
}
