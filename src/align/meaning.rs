//! What words mean, as vectors of one space for both languages.
//!
//! Takes a stem and gives its vector, of length 1; words used in the same
//! surroundings lie close, so that `avocate` and `lawyer`, `lawyer` and `appeal` are
//! nearer than chance. The dictionary says what translates what; two papers that put
//! one fact in words of their own share no translation, and only this tells that
//! they speak of the same things. Trained by `scripts/align/meaning.py` from the
//! project's parallel sentences.

use std::sync::LazyLock;

use super::vectors::{WordId, WordVectors, dot};
use crate::document::Lang;
use crate::rules::table::Table;

/// Dimensions of a vector.
pub const DIMENSIONS: usize = 48;

/// A word's vector.
pub type Vector = [f32; DIMENSIONS];

/// The table.
pub struct Meanings {
    words: WordVectors<DIMENSIONS>,
}

static MEANINGS: LazyLock<Meanings> = LazyLock::new(|| {
    let table = Table::parse("any/meaning", include_str!("../rules/any/meaning.tsv"));
    Meanings {
        words: WordVectors::load(&table, "stem", |_| 1.0),
    }
});

impl Meanings {
    /// The embedded table.
    #[must_use]
    pub fn get() -> &'static Self {
        &MEANINGS
    }

    /// The number of a stem, if the table has it.
    #[must_use]
    pub fn id(&self, lang: Lang, stem: &'_ str) -> Option<WordId> {
        self.words.id(lang, stem)
    }

    /// The vector of a number; zero for one that is not of the table.
    #[must_use]
    pub fn vector(&self, id: WordId) -> &Vector {
        const NOTHING: Vector = [0.0; DIMENSIONS];
        self.words.get(id).unwrap_or(&NOTHING)
    }

    /// The cosine of two words, -1 to 1.
    #[must_use]
    pub fn likeness(&self, a: WordId, b: WordId) -> f32 {
        dot(self.vector(a), self.vector(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::language::Language;

    fn likeness(a: (Lang, &str), b: (Lang, &str)) -> f32 {
        let id = |(lang, word): (Lang, &str)| {
            let stem = Language::of(lang).stem(word);
            Meanings::get().id(lang, &stem).unwrap()
        };
        Meanings::get().likeness(id(a), id(b))
    }

    #[test]
    fn a_translation_is_near_and_so_is_what_is_spoken_of_together() {
        let lawyer = (Lang::FR, "avocat");
        assert!(likeness(lawyer, (Lang::EN, "lawyer")) > 0.8);
        assert!(likeness(lawyer, (Lang::EN, "trial")) > likeness(lawyer, (Lang::EN, "river")));
    }
}
