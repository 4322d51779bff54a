//! Words that a small model made up, or that nothing in the source says, replaced by what
//! the dictionary has for a word of the source that the translation leaves out.
//!
//! A model of a few million weights puts rare words together from pieces that are no word
//! (`hérédité` becomes `hedity`) or takes a common word for one that it does not know
//! (`casques` becomes `castles`). The aligner's dictionary knows many of these. A word of the
//! translation is *doubted* where no table has it, or where no word of the source can mean
//! it; a word of the source is *untold* where the translation has none of its meanings. A
//! doubted word gives way to the likeliest meaning of an untold one that is spelled like it
//! or stands where the words around say that it should.
//!
//! A good model loses by it, for its words are righter than the dictionary's. So it is done
//! for models alone whose `model.toml` asks for it. What it brings and costs is measured by
//! `scripts/eval/dictionary.py`.

use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::{Identity, Translator};
use crate::align::language::Language;
use crate::align::lexicon;
use crate::align::words::{fold, spans};
use crate::document::{Lang, Replaced, Translation};
use crate::error::Result;
use crate::quote::names_place_or_people;
use crate::rules::frequency;

/// Shorter words are small words, of which a dictionary counted from sentences knows little.
const SHORTEST: usize = 4;
/// The same for words that are doubted although they are words.
const SHORTEST_WORD: usize = 5;
/// Words of fewer bits are so common that they stand in the translation of anything: they
/// are no sign of a wrong word, nor put in the place of one.
const UNCOMMON_BITS: f32 = 9.0;
/// The likeliest meaning of an untold word has this share of its translations; a little
/// more is asked to take the place of a word that is one.
const SHARE: f32 = 0.3;
const SHARE_WORD: f32 = 0.5;
/// Rarer meanings are no sign that a word was told.
const TELLING_SHARE: f32 = 0.05;
/// Words whose only link has these shares in both directions say where the others stand.
const ANCHOR_SHARE: f32 = 0.1;
/// Words that begin alike in both languages are taken for the same.
const COGNATE: usize = 5;
/// How far apart two words may stand where their spelling says nothing.
const REACH: f32 = 12.0;
/// What the share of a meaning adds, what is asked of a word that is one, and the least
/// score. These and the numbers above were chosen on newstest2013 and FLORES dev; BLEU
/// changes by less than 0.05 when any of them changes by a third.
const OF_SHARE: f32 = 0.3;
const OF_WORD: f32 = 0.1;
const LEAST: f32 = 0.1;

/// An English word that a French one is translated by.
struct Meaning {
    word: &'static str,
    /// Its share of the French word's translations, and the French word's of its own.
    share: f32,
    back: f32,
}

/// The dictionary by forms, where the aligner has it by stems.
struct Dictionary {
    meanings: HashMap<&'static str, Vec<Meaning>>,
    /// The stems of all English words that any table has.
    known: HashSet<String>,
    /// -log2 of the share of running text.
    bits: HashMap<&'static str, f32>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut meanings: HashMap<_, Vec<Meaning>> = HashMap::new();
    for row in lexicon::table().rows() {
        let found = lexicon::entries(row.get("en")).map(|(word, share, back)| Meaning {
            word,
            share,
            back,
        });
        meanings.insert(row.get("fr"), found.collect());
    }
    let bits: HashMap<&str, f32> = frequency::bits(Lang::EN).collect();
    let mut words: HashSet<&str> = meanings.values().flatten().map(|m| m.word).collect();
    words.extend(bits.keys());
    let english = Language::of(Lang::EN);
    Dictionary {
        known: words.iter().map(|word| english.stem(word)).collect(),
        meanings,
        bits,
    }
});

impl Dictionary {
    fn of(&self, french: &str) -> &[Meaning] {
        self.meanings.get(french).map_or(&[], Vec::as_slice)
    }

    fn is_uncommon(&self, english: &str) -> bool {
        let bits = self.bits.get(english);
        bits.is_none_or(|bits| *bits >= UNCOMMON_BITS)
    }
}

/// A word of a sentence.
struct Word {
    range: Range<usize>,
    /// Lower case, no accents.
    folded: String,
}

fn words(text: &str) -> Vec<Word> {
    let word = |range: Range<usize>| Word {
        folded: fold(&text[range.clone()]),
        range,
    };
    spans(text).map(word).collect()
}

/// Why a word is doubted.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Doubt {
    /// It is no word.
    MadeUp,
    /// It is one, which no word of the source means.
    Unfounded,
}

/// A doubted word and an untold one that may be meant.
struct Guess {
    score: f32,
    doubted: usize,
    untold: usize,
    meaning: &'static str,
}

/// A sentence and its translation.
struct Pair<'t> {
    translation: &'t str,
    source: Vec<Word>,
    target: Vec<Word>,
    /// The stems of the translation's words.
    stems: Vec<String>,
}

impl<'t> Pair<'t> {
    fn new(source: &str, translation: &'t str) -> Self {
        let english = Language::of(Lang::EN);
        let target = words(translation);
        Self {
            translation,
            source: words(source),
            stems: target.iter().map(|w| english.stem(&w.folded)).collect(),
            target,
        }
    }

    /// The words of the translation that are doubted.
    fn doubted(&self) -> Vec<(usize, Doubt)> {
        let english = Language::of(Lang::EN);
        // Needed for few sentences: where a word is long and rare enough.
        let told = LazyCell::new(|| {
            let of = |w: &Word| {
                DICTIONARY
                    .of(&w.folded)
                    .iter()
                    .map(|m| english.stem(m.word))
            };
            self.source.iter().flat_map(of).collect::<HashSet<_>>()
        });
        let is_cognate = |word: &str| {
            let begins = |w: &Word| w.folded.get(..COGNATE) == word.get(..COGNATE);
            self.source.iter().any(begins)
        };
        let taken_over = |word: &str| {
            let same = |w: &Word| w.folded == word && DICTIONARY.of(word).is_empty();
            self.source.iter().any(same)
        };
        let doubt = |i: usize| {
            let (word, stem) = (&self.target[i], &self.stems[i]);
            let (surface, length) = (&self.translation[word.range.clone()], word.folded.len());
            // `doesn't` is two words here.
            let cut = self.translation[word.range.end..].starts_with(['\'', '’']);
            // A capital may be a name's, which no table need have.
            if length < SHORTEST || cut || !surface.chars().all(char::is_lowercase) {
                return None;
            }
            if !DICTIONARY.known.contains(stem) {
                return (!taken_over(&word.folded)).then_some(Doubt::MadeUp);
            }
            let unfounded = length >= SHORTEST_WORD
                && DICTIONARY.is_uncommon(&word.folded)
                && !is_cognate(&word.folded)
                && !told.contains(stem);
            unfounded.then_some(Doubt::Unfounded)
        };
        let found = (0..self.target.len()).filter_map(|i| Some((i, doubt(i)?)));
        found.collect()
    }

    /// The words of the source that the translation has no meaning of.
    fn untold(&self) -> Vec<usize> {
        let english = Language::of(Lang::EN);
        let stems: HashSet<&str> = self.stems.iter().map(String::as_str).collect();
        let is_untold = |word: &Word| {
            let meanings = DICTIONARY.of(&word.folded);
            word.folded.len() >= SHORTEST
                && best_share(meanings) >= SHARE
                && !meanings
                    .iter()
                    .filter(|m| m.share >= TELLING_SHARE)
                    .any(|m| stems.contains(english.stem(m.word).as_str()))
        };
        let places = 0..self.source.len();
        places.filter(|&j| is_untold(&self.source[j])).collect()
    }

    /// Words of the translation with the words of the source that they translate, where
    /// there is no doubt.
    fn anchors(&self) -> Vec<(usize, usize)> {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, word) in self.target.iter().enumerate() {
            places.entry(&word.folded).or_default().push(i);
        }
        let at = |word: &str| places.get(word).into_iter().flatten().copied();
        let mut anchors = Vec::new();
        for (j, word) in self.source.iter().enumerate() {
            let meanings = DICTIONARY.of(&word.folded).iter();
            let sure = meanings.filter(|m| m.share >= ANCHOR_SHARE && m.back >= ANCHOR_SHARE);
            let mut found: Vec<usize> = sure.flat_map(|m| at(m.word)).collect();
            found.extend(at(&word.folded));
            found.sort_unstable();
            found.dedup();
            if let [i] = found[..] {
                anchors.push((i, j));
            }
        }
        anchors.sort_unstable();
        let taken = |&(i, _): &(usize, usize)| anchors.iter().filter(|a| a.0 == i).count() == 1;
        anchors.iter().copied().filter(taken).collect()
    }

    /// Where in the source the word of a place in the translation is to be looked for.
    fn expected(&self, anchors: &[(usize, usize)], i: usize) -> f32 {
        let behind = anchors.partition_point(|a| a.0 <= i);
        let before = anchors[..behind].iter().rev().find(|a| a.0 < i);
        let (i0, j0) = before.map_or((-1.0, -1.0), |&(i, j)| (i as f32, j as f32));
        let ends = (self.target.len() as f32, self.source.len() as f32);
        let (i1, j1) = anchors
            .get(behind)
            .map_or(ends, |&(i, j)| (i as f32, j as f32));
        j0 + (j1 - j0) * (i as f32 - i0) / (i1 - i0)
    }

    /// What is to be replaced, by place in the translation.
    fn guesses(&self) -> Vec<Guess> {
        let doubted = self.doubted();
        if doubted.is_empty() {
            return Vec::new();
        }
        let (untold, anchors) = (self.untold(), self.anchors());
        let mut guesses = Vec::new();
        for &(i, doubt) in &doubted {
            let expected = self.expected(&anchors, i);
            for &j in &untold {
                let meanings = DICTIONARY.of(&self.source[j].folded);
                if doubt == Doubt::Unfounded && best_share(meanings) < SHARE_WORD {
                    continue;
                }
                guesses.extend(self.guess((i, doubt), j, expected));
            }
        }
        guesses.sort_by(|a, b| {
            let by_score = b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal);
            by_score.then((a.doubted, a.untold).cmp(&(b.doubted, b.untold)))
        });
        let (mut replaced, mut told) = (HashSet::new(), HashSet::new());
        guesses.retain(|g| {
            let free = !replaced.contains(&g.doubted) && !told.contains(&g.untold);
            free && replaced.insert(g.doubted) && told.insert(g.untold)
        });
        guesses.sort_by_key(|g| g.doubted);
        guesses
    }

    /// An untold word as what a doubted one was to say.
    fn guess(&self, (i, doubt): (usize, Doubt), j: usize, expected: f32) -> Option<Guess> {
        let (word, french) = (&self.target[i].folded, &self.source[j].folded);
        let meanings = DICTIONARY.of(french).iter();
        let uncommon = meanings.filter(|m| DICTIONARY.is_uncommon(m.word));
        let rated = uncommon.map(|m| (m.share + likeness(word, m.word), m));
        let (_, meaning) = rated.max_by(|a, b| a.0.partial_cmp(&b.0).unwrap_or(Ordering::Equal))?;
        let spelled = likeness(word, french).max(likeness(word, meaning.word));
        let far = (expected - j as f32).abs() / REACH;
        let asked = if doubt == Doubt::Unfounded {
            OF_WORD
        } else {
            0.0
        };
        let score = spelled - far + OF_SHARE * meaning.share - asked;
        (score >= LEAST).then_some(Guess {
            score,
            doubted: i,
            untold: j,
            meaning: meaning.word,
        })
    }
}

fn best_share(meanings: &[Meaning]) -> f32 {
    meanings.iter().map(|m| m.share).fold(0.0, f32::max)
}

/// How alike two words are spelled: the Dice coefficient of their pairs of letters.
fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut rest: Vec<&[u8]> = b.windows(2).collect();
    let all = a.len().saturating_sub(1) + rest.len();
    let mut shared = 0;
    for pair in a.windows(2) {
        if let Some(at) = rest.iter().position(|other| *other == pair) {
            rest.swap_remove(at);
            shared += 1;
        }
    }
    2.0 * shared as f32 / all.max(1) as f32
}

/// An English word as it is written where it stands for a French one: `Armenians`, but
/// the `march` of `marche`.
fn spelled(english: &str, french: &str) -> String {
    let calendar = Language::of(Lang::FR).calendar(&french.to_lowercase());
    let is_name = calendar.is_some() || names_place_or_people(french, Lang::FR);
    let mut letters = english.chars();
    match letters.next() {
        Some(first) if is_name => first.to_uppercase().chain(letters).collect(),
        _ => english.to_owned(),
    }
}

/// A French sentence's English translation with doubted words replaced, and which.
///
/// ```
/// use diptych::translate::dictionary::repaired;
/// let source = "La pollution attaque les poumons.";
/// let (text, replaced) = repaired(source, "Pollution attacks the pulmoons.");
/// assert_eq!(text, "Pollution attacks the lungs.");
/// assert_eq!((&*replaced[0].from, &*replaced[0].source), ("pulmoons", "poumons"));
/// ```
#[must_use]
pub fn repaired(source: &str, translation: &str) -> (String, Vec<Replaced>) {
    let pair = Pair::new(source, translation);
    let guesses = pair.guesses();
    let mut text = String::with_capacity(translation.len() + 16);
    let (mut replaced, mut from) = (Vec::with_capacity(guesses.len()), 0);
    for guess in guesses {
        let (doubted, untold) = (&pair.target[guess.doubted], &pair.source[guess.untold]);
        text.push_str(&translation[from..doubted.range.start]);
        let french = &source[untold.range.clone()];
        let meaning = spelled(guess.meaning, french);
        text.push_str(&meaning);
        from = doubted.range.end;
        replaced.push(Replaced {
            from: translation[doubted.range.clone()].to_owned(),
            to: meaning,
            source: french.to_owned(),
        });
    }
    text.push_str(&translation[from..]);
    (text, replaced)
}

/// An engine from French into English whose words are looked up in the dictionary.
pub struct WithDictionary(pub Box<dyn Translator>);

impl Translator for WithDictionary {
    fn translate(&self, batch: &[&str]) -> Result<Vec<Translation>> {
        let translations = self.0.translate(batch)?;
        let pairs = batch.iter().zip(translations);
        let repaired = pairs.map(|(source, translation)| {
            let (text, replaced) = repaired(source, &translation.text);
            Translation {
                text,
                replaced,
                ..translation
            }
        });
        Ok(repaired.collect())
    }

    fn identity(&self) -> &Identity {
        self.0.identity()
    }

    fn batch(&self) -> usize {
        self.0.batch()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str, translation: &str) -> String {
        repaired(source, translation).0
    }

    #[test]
    fn a_word_that_is_none_becomes_what_the_source_says() {
        let source = "La fraude pèse sur les poumons de la ville, dit le maire.";
        assert_eq!(
            text(
                source,
                "The fraud weighs on the brealves of the city, the mayor said."
            ),
            "The fraud weighs on the lungs of the city, the mayor said."
        );
    }

    #[test]
    fn a_word_that_nothing_says_becomes_what_is_untold() {
        let source = "Les policiers portaient des casques.";
        assert_eq!(
            text(source, "The police wore castles."),
            "The police wore helmets."
        );
    }

    #[test]
    fn a_people_keeps_its_capital() {
        assert_eq!(
            text(
                "Les Arméniens ont quitté la ville.",
                "The armened have left the city."
            ),
            "The Armenians have left the city."
        );
    }

    #[test]
    fn names_and_words_that_the_source_has_stay() {
        for (source, translation) in [
            ("Le maire Dupuilhac a parlé.", "Mayor Dupuilhac spoke."),
            ("La pluie a fermé le pont.", "Rain shut the bridge."),
            ("Ils jouent au boulingrin.", "They play boulingrin."),
            ("Elle ne savait pas.", "She didn't know."),
            ("", "Nothing at all."),
            ("Rien du tout.", ""),
        ] {
            assert_eq!(text(source, translation), translation);
        }
    }
}
