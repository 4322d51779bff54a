//! Lines of parallel texts as bags of weighted keys, and the weight two groups of
//! lines share.
//!
//! Thirty thousand sentences a second leave no time for comparing each word with
//! each: a word is its stem and its first letters (which bring together what a
//! translator inflected or spelled otherwise), and two lines are compared by
//! merging two sorted lists.

use std::collections::HashMap;

use super::language::Language;
use super::lexicon::Lexicon;
use super::numbers::numbers;
use super::words::words;
use crate::document::Lang;

/// What a key's first letters count beside its stem.
const PREFIX: f32 = 0.35;
/// How many letters those are.
const PREFIX_LETTERS: usize = 5;
/// What a word in no line of the other text counts: it may be a name spelled
/// otherwise, or a word the translator left.
const UNSEEN: f32 = 0.6;

/// A line: its keys with their weights, and the weight it has to give.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Sorted by key.
    pub keys: Vec<(u32, f32)>,
    /// The weight of the line as one text: the mean of its versions.
    pub mass: f32,
    /// Its length in characters.
    pub chars: usize,
}

/// Both texts in one space of keys.
pub struct Texts {
    /// The lines of the first.
    pub a: Vec<Line>,
    /// The lines of the second.
    pub b: Vec<Line>,
}

#[derive(Default)]
struct Keys {
    ids: HashMap<String, u32>,
    information: Vec<f32>,
}

impl Keys {
    fn id(&mut self, key: String, information: f32) -> u32 {
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let id = self.information.len() as u32;
        self.information.push(information);
        self.ids.insert(key, id);
        id
    }

    /// The keys of a text with how often they stand in it.
    fn of_text(&mut self, text: &str, lang: Lang) -> Vec<(u32, f32)> {
        let language = Language::of(lang);
        let words = words(text);
        let found = numbers(text, &words, language);
        let mut out = Vec::with_capacity(2 * words.len());
        let mut next = found.iter().peekable();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if let Some(number) = next.next_if(|n| n.words.start == at) {
                let information = number.information();
                out.push((self.id(format!("#{}", number.key()), information), 1.0));
                at = number.words.end;
                continue;
            }
            let stem = language.stem(&word.lower);
            let information = 0.3 + 0.7 * language.information(&stem);
            if let Some((cut, _)) = stem.char_indices().nth(PREFIX_LETTERS) {
                let prefix = format!("{}-", &stem[..cut]);
                out.push((self.id(prefix, information), PREFIX));
            } else if stem.chars().count() == PREFIX_LETTERS {
                let prefix = format!("{stem}-");
                out.push((self.id(prefix, information), PREFIX));
            }
            out.push((self.id(stem, information), 1.0));
            at += 1;
        }
        summed(out)
    }

    /// The translations of a French text's words by the dictionary.
    fn by_lexicon(&mut self, text: &str) -> Vec<(u32, f32)> {
        let (language, lexicon) = (Language::of(Lang::FR), Lexicon::get());
        let mut out = Vec::new();
        for word in words(text) {
            if language.is_stop(&word.lower) {
                continue;
            }
            let Some(id) = lexicon.id(Lang::FR, &language.stem(&word.lower)) else {
                continue;
            };
            for &(english, strength) in lexicon.translations(id) {
                let stem = lexicon.english(english);
                let information = 0.3 + 0.7 * Language::of(Lang::EN).information(stem);
                out.push((self.id(stem.to_owned(), information), 0.8 * strength));
            }
        }
        summed(out)
    }
}

fn summed(mut keys: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    keys.sort_unstable_by_key(|k| k.0);
    keys.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    keys
}

impl Texts {
    /// Reads both texts; each of `via` is a translation of `a` into the language
    /// of `b`, line by line.
    #[must_use]
    pub fn new(a: &[String], b: &[String], via: &[Vec<String>], langs: (Lang, Lang)) -> Self {
        let mut keys = Keys::default();
        let b_keys: Vec<_> = b.iter().map(|t| keys.of_text(t, langs.1)).collect();
        let mut counts = vec![0u32; keys.information.len()];
        for (key, _) in b_keys.iter().flatten() {
            counts[*key as usize] += 1;
        }
        let mut a_keys = Vec::with_capacity(a.len());
        for (at, text) in a.iter().enumerate() {
            let mut versions: Vec<_> = via
                .iter()
                .filter_map(|v| v.get(at))
                .map(|t| keys.of_text(t, langs.1))
                .collect();
            // Without a translation the line itself is what there is; with one it
            // still gives names, numbers and cognates.
            let own = keys.of_text(text, langs.0);
            let extra = if langs == (Lang::FR, Lang::EN) {
                keys.by_lexicon(text)
            } else {
                Vec::new()
            };
            let as_itself = versions.is_empty();
            if as_itself {
                versions.push(own.clone());
            }
            a_keys.push((versions, own, extra));
        }
        let lines = b.len() as f32 + 1.0;
        let weight: Vec<f32> = keys
            .information
            .iter()
            .enumerate()
            .map(|(key, information)| match counts.get(key) {
                Some(&count) if count > 0 => {
                    information * (0.15 + 0.85 * (lines / count as f32).ln() / lines.ln())
                }
                _ => information * UNSEEN,
            })
            .collect();
        let seen = counts.len() as u32;
        let mass = |keys: &[(u32, f32)]| -> f32 {
            keys.iter().map(|(k, n)| n * weight[*k as usize]).sum()
        };
        let weighted = |keys: &[(u32, f32)]| -> Vec<(u32, f32)> {
            keys.iter()
                .map(|&(k, n)| (k, n * weight[k as usize]))
                .collect()
        };
        Self {
            a: a_keys
                .into_iter()
                .zip(a)
                .map(|((versions, own, extra), text)| {
                    let count = versions.len() as f32;
                    let mass = versions.iter().map(|v| mass(v)).sum::<f32>() / count;
                    let mut all: Vec<(u32, f32)> = versions
                        .into_iter()
                        .flatten()
                        .chain(own)
                        .chain(extra)
                        .collect();
                    // A key counts as often as the version that has it most.
                    all.sort_by(|p, q| p.0.cmp(&q.0).then(q.1.total_cmp(&p.1)));
                    all.dedup_by_key(|k| k.0);
                    all.retain(|k| k.0 < seen);
                    Line {
                        keys: weighted(&all),
                        mass,
                        chars: text.chars().count(),
                    }
                })
                .collect(),
            b: b_keys
                .into_iter()
                .zip(b)
                .map(|(keys, text)| Line {
                    mass: mass(&keys),
                    keys: weighted(&keys),
                    chars: text.chars().count(),
                })
                .collect(),
        }
    }
}

/// The keys of two neighbouring groups together.
#[must_use]
pub fn merged(a: &[(u32, f32)], b: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => {
                out.push(*x);
                i += 1;
            }
            std::cmp::Ordering::Greater => {
                out.push(*y);
                j += 1;
            }
            std::cmp::Ordering::Equal => {
                out.push((x.0, x.1 + y.1));
                i += 1;
                j += 1;
            }
        }
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out
}

/// The weight two groups share.
#[must_use]
pub fn shared(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    over_common(a, b, f32::min)
}

/// Sums what `combine` makes of the weights that two lists sorted by id give to
/// the ids they both hold.
pub(super) fn over_common<I: Ord>(
    a: &[(I, f32)],
    b: &[(I, f32)],
    combine: impl Fn(f32, f32) -> f32,
) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += combine(x.1, y.1);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}
