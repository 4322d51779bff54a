//! Lines of parallel texts as bags of weighted keys, and the weight two groups of
//! lines share.
//!
//! Thirty thousand sentences a second leave no time for comparing each word with
//! each: a word is its stem and its first letters (which bring together what a
//! translator inflected or spelled otherwise), and two lines are compared by
//! merging two sorted lists. Each word form is stemmed and looked up once for a
//! text, however often it stands there.

use std::collections::HashMap;

use super::language::{Language, NumberWord};
use super::lexicon::Lexicon;
use super::numbers::numbers;
use super::words::{spans, words};
use crate::document::Lang;

/// What a key's first letters count beside its stem.
const PREFIX: f32 = 0.35;
/// How many letters those are.
const PREFIX_LETTERS: usize = 5;
/// What a word in no line of the other text counts: it may be a name spelled
/// otherwise, or a word the translator left.
const UNSEEN: f32 = 0.6;
/// What a translation by the dictionary counts beside a word of a translation.
const BY_LEXICON: f32 = 0.8;
/// What a key that every line has is still worth beside one that a single line has.
const FLOOR: f32 = 0.15;

/// A key with its weight; lists of them are sorted by key.
pub type Weighted = (u32, f32);

/// The lines of one text.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    keys: Vec<Weighted>,
    /// Where the keys of each line end.
    ends: Vec<usize>,
    /// The weight of each line as one text: the mean of its versions.
    pub mass: Vec<f32>,
    /// The length of each in characters.
    pub chars: Vec<f32>,
}

impl Lines {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The keys of a line, none of one that is not there.
    #[must_use]
    pub fn keys(&self, line: usize) -> &[Weighted] {
        let from = line.checked_sub(1).map_or(Some(&0), |l| self.ends.get(l));
        match (from, self.ends.get(line)) {
            (Some(&from), Some(&to)) => &self.keys[from..to],
            _ => &[],
        }
    }

    fn add(&mut self, keys: &[Weighted], mass: f32, text: &str) {
        self.keys.extend_from_slice(keys);
        self.ends.push(self.keys.len());
        self.mass.push(mass);
        self.chars.push(text.chars().count() as f32);
    }

    /// Turns counts of keys into weights.
    fn weigh(&mut self, weights: &[f32]) {
        for (key, n) in &mut self.keys {
            *n *= weights.get(*key as usize).copied().unwrap_or(0.0);
        }
    }
}

/// Both texts in one space of keys.
#[derive(Debug, Default)]
pub struct Texts {
    /// The lines of the first.
    pub a: Lines,
    /// The lines of the second.
    pub b: Lines,
}

/// What a word form stands for.
#[derive(Debug, Clone, Default)]
struct Form {
    stem: u32,
    prefix: Option<u32>,
    /// Whether a number may begin here: such a line is read word by word.
    number: bool,
    /// Its translations by the dictionary.
    translations: Vec<Weighted>,
}

/// The word forms of one language that were met, by their surface.
struct Forms<'t> {
    lang: Lang,
    language: &'static Language,
    known: HashMap<&'t str, Form>,
    /// Whether they are looked up in the dictionary.
    translate: bool,
}

impl Forms<'_> {
    fn of(lang: Lang, translate: bool) -> Self {
        Self {
            lang,
            language: Language::of(lang),
            known: HashMap::new(),
            translate,
        }
    }
}

/// The space of keys.
#[derive(Default)]
struct Keys {
    ids: HashMap<String, u32>,
    information: Vec<f32>,
}

impl Keys {
    fn id(&mut self, key: String, information: f32) -> u32 {
        let information_of = &mut self.information;
        *self.ids.entry(key).or_insert_with(|| {
            information_of.push(information);
            (information_of.len() - 1) as u32
        })
    }

    fn form(&mut self, forms: &Forms, surface: &str) -> Form {
        let language = forms.language;
        let lower = surface.to_lowercase();
        let digits = lower.starts_with(|c: char| c.is_ascii_digit());
        // `one` and `un` are articles more often than numbers.
        let word = language.number_word(&lower);
        let number = digits || word.is_some_and(|w| w != NumberWord::Unit(1.0));
        let stem = language.stem(&lower);
        let information = 0.3 + 0.7 * language.information(&stem);
        let cut = stem.char_indices().nth(PREFIX_LETTERS - 1);
        let prefix = cut.map(|(at, c)| {
            let prefix = format!("{}-", &stem[..at + c.len_utf8()]);
            self.id(prefix, information)
        });
        let translations = if forms.translate && !language.is_stop(&lower) {
            self.translations(forms.lang, &stem)
        } else {
            Vec::new()
        };
        Form {
            stem: self.id(stem, information),
            prefix,
            number,
            translations,
        }
    }

    /// The dictionary's translations of a stem that stand in the other text.
    fn translations(&self, lang: Lang, stem: &str) -> Vec<Weighted> {
        let lexicon = Lexicon::get();
        let Some(id) = lexicon.id(lang, stem) else {
            return Vec::new();
        };
        lexicon
            .translations(id)
            .iter()
            .filter_map(|&(english, strength)| {
                let key = self.ids.get(lexicon.english(english))?;
                Some((*key, BY_LEXICON * strength))
            })
            .collect()
    }

    /// The keys of a text with how often they stand in it, into `out`; those of
    /// its translations into `lexicon`.
    fn read<'t>(
        &mut self,
        text: &'t str,
        forms: &mut Forms<'t>,
        out: &mut Vec<Weighted>,
        lexicon: &mut Vec<Weighted>,
    ) {
        out.clear();
        lexicon.clear();
        let mut number = false;
        for span in spans(text) {
            let form = self.known(&text[span], forms);
            number |= form.number;
            form.put(out, lexicon);
        }
        if number {
            self.read_with_numbers(text, forms, out, lexicon);
        }
        sum(out);
        sum(lexicon);
    }

    fn known<'f, 't>(&mut self, surface: &'t str, forms: &'f mut Forms<'t>) -> &'f Form {
        if !forms.known.contains_key(surface) {
            let form = self.form(forms, surface);
            forms.known.insert(surface, form);
        }
        &forms.known[surface]
    }

    /// As [`Keys::read`] for a text that may hold numbers, each of which is one key.
    fn read_with_numbers<'t>(
        &mut self,
        text: &'t str,
        forms: &mut Forms<'t>,
        out: &mut Vec<Weighted>,
        lexicon: &mut Vec<Weighted>,
    ) {
        out.clear();
        lexicon.clear();
        let words = words(text);
        let found = numbers(text, &words, forms.language);
        let mut next = found.iter().peekable();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if let Some(number) = next.next_if(|n| n.words.start == at) {
                let key = self.id(format!("#{}", number.key()), number.information());
                out.push((key, 1.0));
                at = number.words.end;
                continue;
            }
            self.known(&text[word.range.clone()], forms)
                .put(out, lexicon);
            at += 1;
        }
    }

    /// The weight of each key, the smaller the more lines of `b` have it.
    fn weights(&self, b: &Lines, seen: usize) -> Vec<f32> {
        let mut counts = vec![0u32; seen];
        for (key, _) in &b.keys {
            counts[*key as usize] += 1;
        }
        let lines = b.len() as f32 + 1.0;
        self.information
            .iter()
            .enumerate()
            .map(|(key, information)| match counts.get(key) {
                Some(&count) if count > 0 => {
                    let rarity = (lines / count as f32).ln() / lines.ln();
                    information * (FLOOR + (1.0 - FLOOR) * rarity)
                }
                _ => information * UNSEEN,
            })
            .collect()
    }
}

impl Form {
    fn put(&self, out: &mut Vec<Weighted>, lexicon: &mut Vec<Weighted>) {
        out.push((self.stem, 1.0));
        out.extend(self.prefix.map(|p| (p, PREFIX)));
        lexicon.extend_from_slice(&self.translations);
    }
}

/// Adds up the weights of equal keys.
fn sum(keys: &mut Vec<Weighted>) {
    keys.sort_unstable_by_key(|k| k.0);
    keys.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

impl Texts {
    /// Reads both texts; each of `via` is a translation of `a` into the language
    /// of `b`, line by line.
    #[must_use]
    pub fn new(a: &[String], b: &[String], via: &[Vec<String>], langs: (Lang, Lang)) -> Self {
        let mut keys = Keys::default();
        let mut target = Forms::of(langs.1, false);
        let (mut own, mut lexicon) = (Vec::new(), Vec::new());
        let mut texts = Self::default();
        for text in b {
            keys.read(text, &mut target, &mut own, &mut lexicon);
            texts.b.add(&own, 0.0, text);
        }
        let seen = keys.information.len();
        let mut source = Forms::of(langs.0, langs == (Lang::FR, Lang::EN));
        // A key that `b` lacks is met by nothing; it only adds to its line's mass.
        let mut unmet: Vec<Vec<Weighted>> = Vec::with_capacity(a.len());
        let mut all = Vec::new();
        for (at, text) in a.iter().enumerate() {
            // With a translation the line itself still gives names and cognates.
            keys.read(text, &mut source, &mut own, &mut lexicon);
            all.clear();
            all.extend_from_slice(&lexicon);
            all.extend_from_slice(&own);
            let mut versions: Vec<Weighted> = Vec::new();
            let mut count = 0.0;
            for translation in via.iter().filter_map(|v| v.get(at)) {
                keys.read(translation, &mut target, &mut own, &mut lexicon);
                all.extend_from_slice(&own);
                versions.extend_from_slice(&own);
                count += 1.0;
            }
            if count == 0.0 {
                versions.clone_from(&own);
                count = 1.0;
            }
            versions.iter_mut().for_each(|k| k.1 /= count);
            sum(&mut versions);
            unmet.push(versions);
            // A key counts as often as the version that has it most.
            all.sort_unstable_by(|p, q| p.0.cmp(&q.0).then(q.1.total_cmp(&p.1)));
            all.dedup_by_key(|k| k.0);
            all.retain(|k| (k.0 as usize) < seen);
            texts.a.add(&all, 0.0, text);
        }
        let weights = keys.weights(&texts.b, seen);
        texts.a.weigh(&weights);
        texts.b.weigh(&weights);
        let mass = |keys: &[Weighted]| keys.iter().map(|(k, n)| n * weights[*k as usize]).sum();
        texts.a.mass = unmet.iter().map(|keys| mass(keys)).collect();
        texts.b.mass = (0..texts.b.len())
            .map(|j| texts.b.keys(j).iter().map(|k| k.1).sum())
            .collect();
        texts
    }
}

/// The keys of two neighbouring groups together.
#[must_use]
pub fn merged(a: &[Weighted], b: &[Weighted]) -> Vec<Weighted> {
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
pub fn shared(a: &[Weighted], b: &[Weighted]) -> f32 {
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
    // Without branches on which list is behind: that is a coin toss.
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.0 == y.0 {
            sum += combine(x.1, y.1);
        }
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    sum
}
