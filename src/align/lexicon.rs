//! A statistical dictionary of French and English, and what it says about two
//! words of one language.
//!
//! Trained by `scripts/align/lexicon.py` from parallel sentences (IBM model 1 in
//! both directions). It makes the aligner robust where the translation went wrong:
//! a French word is compared with the English sentence directly. Two words of one
//! language are alike when they have the same translations (Bannard and
//! Callison-Burch, 2005): `ask` and `demand` meet in `demander`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::language::Language;
use super::mass::over_common;
use crate::document::Lang;
use crate::rules::table::Table;

/// The number of a stem in the dictionary.
pub type StemId = u32;

/// The dictionary, by stems.
pub struct Lexicon {
    french: HashMap<String, StemId>,
    english: HashMap<String, StemId>,
    english_stems: Vec<String>,
    /// For each French stem its English ones with a strength, by id.
    pairs: Vec<Vec<(StemId, f32)>>,
    /// For each stem its distribution over stems of the other language, of length 1.
    french_profile: Vec<Vec<(StemId, f32)>>,
    english_profile: Vec<Vec<(StemId, f32)>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(&table()));

/// The dictionary as it is stored, by forms: the English [`entries`] of French words in
/// lower case, accents folded.
pub(crate) fn table() -> Table {
    Table::parse("fr/lexicon_en", include_str!("../rules/fr/lexicon_en.tsv"))
}

impl Lexicon {
    /// The embedded dictionary.
    #[must_use]
    pub fn get() -> &'static Self {
        &LEXICON
    }

    fn load(table: &Table) -> Self {
        let (fr, en) = (Language::of(Lang::FR), Language::of(Lang::EN));
        let mut stems: HashMap<&'static str, StemId> = HashMap::new();
        let (mut french, mut english) = (HashMap::new(), HashMap::new());
        let mut english_stems: Vec<String> = Vec::new();
        // The forms of a stem add up: (p(en|fr), p(fr|en)) for each pair of stems.
        let mut sums: Vec<BTreeMap<StemId, (f32, f32)>> = Vec::new();
        let mut forms: Vec<f32> = Vec::new();
        for row in table.rows() {
            let next = french.len() as StemId;
            let f = *french.entry(fr.stem(row.get("fr"))).or_insert(next);
            if f as usize == sums.len() {
                sums.push(BTreeMap::new());
                forms.push(0.0);
            }
            forms[f as usize] += 1.0;
            for (word, forward, back) in entries(row.get("en")) {
                let e = *stems.entry(word).or_insert_with(|| {
                    let (stem, next) = (en.stem(word), english.len() as StemId);
                    if !english.contains_key(&stem) {
                        english_stems.push(stem.clone());
                    }
                    *english.entry(stem).or_insert(next)
                });
                let sum = sums[f as usize].entry(e).or_default();
                sum.0 += forward;
                sum.1 += back;
            }
        }
        let mut lexicon = Self {
            english_stems,
            pairs: vec![Vec::new(); french.len()],
            french_profile: vec![Vec::new(); french.len()],
            english_profile: vec![Vec::new(); english.len()],
            french,
            english,
        };
        for (f, row) in sums.into_iter().enumerate() {
            for (e, (forward, back)) in row {
                let (forward, back) = (forward / forms[f], back.min(1.0));
                lexicon.pairs[f].push((e, strength(forward, back)));
                lexicon.french_profile[f].push((e, forward));
                lexicon.english_profile[e as usize].push((f as StemId, back));
            }
        }
        for profile in lexicon
            .french_profile
            .iter_mut()
            .chain(&mut lexicon.english_profile)
        {
            normalise(profile);
        }
        lexicon
    }

    /// The number of a stem, if the dictionary has it.
    #[must_use]
    pub fn id(&self, lang: Lang, stem: &str) -> Option<StemId> {
        match lang {
            Lang::FR => self.french.get(stem).copied(),
            Lang::EN => self.english.get(stem).copied(),
            _ => None,
        }
    }

    /// The English stem of a number; empty for one that is not of the dictionary.
    #[must_use]
    pub fn english(&self, id: StemId) -> &str {
        self.english_stems
            .get(id as usize)
            .map_or("", String::as_str)
    }

    /// How well an English stem translates a French one, 0 to 1.
    #[must_use]
    pub fn translates(&self, french: StemId, english: StemId) -> f32 {
        self.pairs
            .get(french as usize)
            .and_then(|row| {
                let at = row.binary_search_by_key(&english, |p| p.0).ok()?;
                Some(row[at].1)
            })
            .unwrap_or(0.0)
    }

    /// The English stems of a French one with their strengths.
    #[must_use]
    pub fn translations(&self, french: StemId) -> &[(StemId, f32)] {
        self.pairs.get(french as usize).map_or(&[], Vec::as_slice)
    }

    /// How alike two stems of one language are translated, 0 to 1.
    #[must_use]
    pub fn synonymy(&self, lang: Lang, a: StemId, b: StemId) -> f32 {
        let profiles = match lang {
            Lang::FR => &self.french_profile,
            Lang::EN => &self.english_profile,
            _ => return 0.0,
        };
        match (profiles.get(a as usize), profiles.get(b as usize)) {
            (Some(a), Some(b)) => dot(a, b),
            _ => 0.0,
        }
    }
}

/// `ask:40:12 demand:9:33` as words with shares from 0 to 1: of the French word's
/// translations, and the French word's of the English word's.
pub(crate) fn entries(cell: &'static str) -> impl Iterator<Item = (&'static str, f32, f32)> {
    cell.split(' ').filter_map(|entry| {
        let mut parts = entry.split(':');
        let word = parts.next()?;
        let mut share = || parts.next()?.parse::<f32>().ok();
        Some((word, share()? / 100.0, share()? / 100.0))
    })
}

/// The likelier a pair is in both directions, the nearer to 1; anything the table
/// holds is worth something.
fn strength(forward: f32, back: f32) -> f32 {
    (0.35 + 1.6 * (forward * back).sqrt()).min(1.0)
}

fn normalise(profile: &mut [(StemId, f32)]) {
    profile.sort_unstable_by_key(|p| p.0);
    let length = profile.iter().map(|p| p.1 * p.1).sum::<f32>().sqrt();
    if length > 0.0 {
        profile.iter_mut().for_each(|p| p.1 /= length);
    }
}

/// The product of two sparse vectors sorted by id.
fn dot(a: &[(StemId, f32)], b: &[(StemId, f32)]) -> f32 {
    over_common(a, b, |x, y| x * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(lang: Lang, word: &str) -> StemId {
        let stem = Language::of(lang).stem(word);
        Lexicon::get().id(lang, &stem).unwrap()
    }

    #[test]
    fn a_word_is_nearer_to_its_translation_than_to_another() {
        let of = |f, e| Lexicon::get().translates(id(Lang::FR, f), id(Lang::EN, e));
        assert!(of("guerre", "war") > 0.9);
        assert!(of("usine", "factory") > of("usine", "war"));
        assert_eq!(of("guerre", "factory"), 0.0);
    }

    #[test]
    fn words_with_the_same_translations_are_alike() {
        let of = |a, b| Lexicon::get().synonymy(Lang::EN, id(Lang::EN, a), id(Lang::EN, b));
        assert!(of("ask", "request") > of("ask", "winter"));
    }
}
