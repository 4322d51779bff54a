//! The words of one alignment run, each with what comparing it needs, and the
//! likeness of two words.
//!
//! Sentences hold numbers of entries rather than texts, so that a pair of
//! sentences costs a few hundred comparisons of integers.

use std::collections::HashMap;

use super::concepts::{ConceptId, Concepts};
use super::encoder::Encoder;
use super::language::Language;
use super::lexicon::{Lexicon, StemId};
use super::meaning::Meanings;
use super::vectors::WordId;
use crate::document::Lang;
use crate::quote::name_key::name_key;

/// The number of a word in the vocabulary.
pub type EntryId = u32;

/// What is known of a word.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its stem, or the key of a number or date.
    pub text: String,
    /// As it stands where it was first seen, for people.
    pub surface: String,
    /// `None` for numbers and dates, which are of no language.
    pub lang: Option<Lang>,
    /// How much sharing it tells, 0 to 1.
    pub information: f32,
    /// What it may stand for.
    pub concepts: &'static [ConceptId],
    /// Whether it says what a person is: `minister`.
    pub role: bool,
    /// Its place in the table of meanings.
    pub meaning: Option<WordId>,
    /// Its place in the table of what it adds to a sentence.
    pub code: Option<WordId>,
    lexicon: Option<StemId>,
    /// Equal for words that sound alike across languages and spellings.
    sound: u32,
    sound_len: usize,
}

impl Entry {
    /// Its sound, where it is long enough to know a name by.
    #[must_use]
    pub fn name_sound(&self) -> Option<u32> {
        (self.sound_len >= 3).then_some(self.sound)
    }
}

/// Likeness of two words that stand for one concept, a little below a translation.
const EXCHANGED: f32 = 0.7;

/// All words of a run.
#[derive(Default)]
pub struct Vocabulary {
    ids: HashMap<(Option<Lang>, String), EntryId>,
    entries: Vec<Entry>,
    sounds: HashMap<String, u32>,
}

impl Vocabulary {
    /// The entry of a word (given in lower case and as it stands).
    pub fn word(&mut self, lang: Lang, lower: &str, surface: &str) -> EntryId {
        let language = Language::of(lang);
        let stem = language.stem(lower);
        if let Some(&id) = self.ids.get(&(Some(lang), stem.clone())) {
            return id;
        }
        let key = name_key(surface);
        let entry = Entry {
            information: language.information(&stem),
            concepts: Concepts::get().of_stem(lang, &stem),
            role: language.is_role(&stem),
            meaning: Meanings::get().id(lang, &stem),
            code: Encoder::get().id(lang, &stem),
            lexicon: Lexicon::get().id(lang, &stem),
            sound_len: key.len(),
            sound: self.sound(key),
            surface: surface.to_owned(),
            text: stem.clone(),
            lang: Some(lang),
        };
        self.add((Some(lang), stem), entry)
    }

    /// The entry of a number, a day or a month by its key.
    pub fn neutral(&mut self, key: String, surface: &str, information: f32) -> EntryId {
        if let Some(&id) = self.ids.get(&(None, key.clone())) {
            return id;
        }
        let entry = Entry {
            text: key.clone(),
            surface: surface.to_owned(),
            lang: None,
            information,
            concepts: &[],
            role: false,
            meaning: None,
            code: None,
            lexicon: None,
            sound: u32::MAX,
            sound_len: 0,
        };
        self.add((None, key), entry)
    }

    fn add(&mut self, key: (Option<Lang>, String), entry: Entry) -> EntryId {
        let id = self.entries.len() as EntryId;
        self.ids.insert(key, id);
        self.entries.push(entry);
        id
    }

    fn sound(&mut self, key: String) -> u32 {
        let next = self.sounds.len() as u32;
        *self.sounds.entry(key).or_insert(next)
    }

    /// What is known of a word.
    ///
    /// # Panics
    /// When the id is of another vocabulary.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id as usize]
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The names under which a word is found from the other language: its sound,
    /// and for a French word its translations.
    pub fn index_keys(&self, id: EntryId, mut visit: impl FnMut(IndexKey)) {
        let entry = self.entry(id);
        let Some(lang) = entry.lang else {
            visit(IndexKey::Entry(id));
            return;
        };
        if entry.sound_len >= 3 {
            visit(IndexKey::Sound(entry.sound));
        }
        match (lang, entry.lexicon) {
            (Lang::EN, Some(stem)) => visit(IndexKey::English(stem)),
            (Lang::FR, Some(stem)) => {
                visit(IndexKey::Entry(id));
                for &(english, strength) in Lexicon::get().translations(stem) {
                    if strength > 0.5 {
                        visit(IndexKey::English(english));
                    }
                }
            }
            _ => visit(IndexKey::Entry(id)),
        }
    }

    /// The names under which a word is found from another that papers exchange for
    /// it. Too frequent for finding articles; they find sentences.
    pub fn concept_keys(&self, id: EntryId, visit: impl FnMut(IndexKey)) {
        let concepts = self.entry(id).concepts;
        concepts
            .iter()
            .copied()
            .map(IndexKey::Concept)
            .for_each(visit);
    }

    /// How likely two words mean the same, 0 to 1. `names` says whether one of them
    /// stands as a name (with a capital): only then do they compare by sound.
    #[must_use]
    pub fn likeness(&self, a: EntryId, b: EntryId, names: bool) -> f32 {
        if a == b {
            return 1.0;
        }
        let (x, y) = (self.entry(a), self.entry(b));
        let (Some(lang_x), Some(lang_y)) = (x.lang, y.lang) else {
            return 0.0;
        };
        if names && x.sound == y.sound && x.sound_len >= 3 {
            return 0.95;
        }
        let by_table = match (x.lexicon, y.lexicon) {
            (Some(p), Some(q)) if lang_x == lang_y => {
                let s = Lexicon::get().synonymy(lang_x, p, q);
                if s > 0.3 { 0.9 * s } else { 0.0 }
            }
            (Some(p), Some(q)) if (lang_x, lang_y) == (Lang::FR, Lang::EN) => {
                Lexicon::get().translates(p, q)
            }
            (Some(q), Some(p)) if (lang_x, lang_y) == (Lang::EN, Lang::FR) => {
                Lexicon::get().translates(p, q)
            }
            _ => 0.0,
        };
        let exchanged = x.concepts.iter().any(|c| y.concepts.contains(c));
        let by_concept = if exchanged { EXCHANGED } else { 0.0 };
        by_table.max(by_concept).max(cognate(&x.text, &y.text))
    }
}

/// Under what a word stands in the index of candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndexKey {
    /// A word of one language, a number or a date.
    Entry(EntryId),
    /// An English stem of the dictionary.
    English(StemId),
    /// A sound.
    Sound(u32),
    /// A concept.
    Concept(ConceptId),
}

/// Likeness of two stems by a common beginning: cognates (`diplomat`,
/// `diplomatique`), derivations, words that the translator took over.
fn cognate(a: &str, b: &str) -> f32 {
    let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    if common == longest {
        return if common >= 3 { 1.0 } else { 0.5 };
    }
    let share = common as f32 / longest as f32;
    if common >= 4 && share >= 0.6 {
        0.9 * share
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_meet_across_languages() {
        let mut v = Vocabulary::default();
        let mut of = |fr: &str, en: &str, names| {
            let a = v.word(Lang::FR, &fr.to_lowercase(), fr);
            let b = v.word(Lang::EN, &en.to_lowercase(), en);
            v.likeness(a, b, names)
        };
        assert!(of("Poutine", "Putin", true) > 0.9, "by sound");
        assert!(of("guerre", "war", false) > 0.9, "by the dictionary");
        assert!(of("ambassadeurs", "ambassadors", false) > 0.6, "cognate");
        assert!(of("chat", "chat", false) > 0.9);
        assert_eq!(of("maison", "war", false), 0.0);
    }
}
