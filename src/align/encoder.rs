//! What sentences mean, as vectors of one space for both languages.
//!
//! Takes the stems of a sentence and gives its vector: the sum of its words', each
//! with its own length, at length 1. The words' vectors are trained so that a sentence
//! lies close to its translation and far from the sentences around it in the same text
//! (Wieting et al., ACL 2019), which is what telling two reports of one event apart
//! asks for; by `scripts/align/encoder.py` from parallel sentences. The vectors of
//! [`meaning`](super::meaning) tell which words go together, these which sentences say
//! the same.

use std::sync::LazyLock;

use super::vectors::{WordId, WordVectors, add, dot};
use crate::document::Lang;
use crate::rules::table::Table;

/// Dimensions of a vector.
pub const DIMENSIONS: usize = 96;

/// A word's vector.
pub type Vector = [f32; DIMENSIONS];

/// A sentence's vector of length 127: each of a large collection's sentences has one.
pub type Small = [i8; DIMENSIONS];

/// The vector of a sentence without known words.
pub const NOTHING: Small = [0; DIMENSIONS];

/// The table.
pub struct Encoder {
    words: WordVectors<DIMENSIONS>,
}

static ENCODER: LazyLock<Encoder> = LazyLock::new(|| {
    let table = Table::parse("any/encoder", include_str!("../rules/any/encoder.tsv"));
    Encoder {
        // In hundredths of the mean word's; a test reads them all.
        words: WordVectors::load(&table, "stem", |row| {
            row.get("length").parse().unwrap_or(100.0) / 100.0
        }),
    }
});

impl Encoder {
    /// The embedded table.
    #[must_use]
    pub fn get() -> &'static Self {
        &ENCODER
    }

    /// The number of a stem, if the table has it.
    #[must_use]
    pub fn id(&self, lang: Lang, stem: &'_ str) -> Option<WordId> {
        self.words.id(lang, stem)
    }

    /// The vector of a number, if it is of the table.
    #[must_use]
    pub fn vector(&self, id: WordId) -> Option<&Vector> {
        self.words.get(id)
    }

    /// The cosine of two words: near 1 for a translation, and lower than that of
    /// [`Meanings::likeness`](super::meaning::Meanings::likeness) for words that only go
    /// together, as `seconds` and `years`.
    #[must_use]
    pub fn likeness(&self, a: WordId, b: WordId) -> f32 {
        self.words.cosine(a, b)
    }

    /// The vector of words, each taken so many times.
    #[must_use]
    pub fn sum(&self, words: impl Iterator<Item = (WordId, f32)>) -> Small {
        let mut sum = [0.0; DIMENSIONS];
        for (id, times) in words {
            if let Some(vector) = self.words.get(id) {
                add(&mut sum, vector, times);
            }
        }
        small(sum)
    }
}

/// A vector of any length as a small one.
fn small(vector: Vector) -> Small {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.map(|v| (127.0 * v / length).round() as i8)
    } else {
        NOTHING
    }
}

/// The cosine of two small vectors, 0 where one of them is nothing.
#[must_use]
pub fn cosine(a: &Small, b: &Small) -> f32 {
    let products = a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y));
    products.sum::<i32>() as f32 / (127.0 * 127.0)
}

/// What several vectors mean together.
#[must_use]
pub fn together<'v>(vectors: impl Iterator<Item = &'v Small>) -> Small {
    let mut sum = [0.0; DIMENSIONS];
    for vector in vectors {
        for (s, v) in sum.iter_mut().zip(vector) {
            *s += f32::from(*v);
        }
    }
    small(sum)
}

/// Vectors with what they all have in common taken away: what each means beyond the
/// subject of its collection.
#[must_use]
pub fn centred<'v>(vectors: impl Iterator<Item = &'v Small> + Clone) -> Vec<Small> {
    let mut mean = [0.0; DIMENSIONS];
    let known = vectors.clone().filter(|v| **v != NOTHING);
    let mut count: f32 = 0.0;
    for vector in known {
        count += 1.0;
        for (m, v) in mean.iter_mut().zip(vector) {
            *m += f32::from(*v);
        }
    }
    let beyond = |vector: &Small| {
        let mut out = [0.0; DIMENSIONS];
        if *vector != NOTHING {
            for ((o, v), m) in out.iter_mut().zip(vector).zip(&mean) {
                *o = f32::from(*v) - m / count.max(1.0);
            }
        }
        small(out)
    };
    vectors.map(beyond).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::language::Language;
    use crate::align::words::words;

    fn vector(lang: Lang, text: &str) -> Small {
        let language = Language::of(lang);
        let ids = words(text)
            .into_iter()
            .filter(|w| !language.is_stop(&w.lower))
            .filter_map(|w| Encoder::get().id(lang, &language.stem(&w.lower)));
        Encoder::get().sum(ids.map(|id| (id, 1.0)))
    }

    #[test]
    fn a_sentence_lies_by_its_translation_and_not_by_its_neighbour() {
        let fr = vector(
            Lang::FR,
            "Le tribunal a condamné le directeur à trois ans de prison.",
        );
        let same = vector(
            Lang::EN,
            "The director was sentenced to three years in jail by the court.",
        );
        let next = vector(
            Lang::EN,
            "His lawyer said the court had ignored the experts.",
        );
        assert!(cosine(&fr, &same) > cosine(&fr, &next) + 0.3);
    }

    #[test]
    fn units_are_not_alike_but_for_their_translation() {
        let encoder = Encoder::get();
        let code = |lang, word| encoder.id(lang, &Language::of(lang).stem(word)).unwrap();
        let seconds = code(Lang::FR, "secondes");
        assert!(encoder.likeness(seconds, code(Lang::EN, "seconds")) > 0.7);
        assert!(encoder.likeness(seconds, code(Lang::EN, "years")) < 0.4);
    }

    #[test]
    fn a_text_of_unknown_words_means_nothing() {
        assert_eq!(vector(Lang::FR, "Zzyzx"), NOTHING);
        assert_eq!(cosine(&NOTHING, &vector(Lang::EN, "war")), 0.0);
    }

    #[test]
    fn every_length_of_the_table_is_a_number() {
        let table = Table::parse("any/encoder", include_str!("../rules/any/encoder.tsv"));
        assert!(table.rows().all(|r| r.get("length").parse::<f32>().is_ok()));
    }
}
