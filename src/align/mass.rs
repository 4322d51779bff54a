//! Lines of parallel texts as bags of weighted keys, and the weight two lines share.
//!
//! Thirty thousand sentences a second leave no time for comparing each word with
//! each: what of a line is compared are [keys](super::line_keys). What the text itself
//! teaches of its words is added by [`Texts::learn`].

use std::borrow::Cow;
use std::ops::Range;

use super::line_keys::{Forms, Keys, Reading};
use super::own_lexicon::{OwnLexicon, Words};
use super::per_line::PerLine;
use super::sense::{Sense, Sum};
use crate::document::Lang;

/// What a word in no line of the other text counts: it may be a name spelled
/// otherwise, or a word the translator left.
const UNSEEN: f32 = 0.6;
/// What a key that every line has is still worth beside one that a single line has.
const FLOOR: f32 = 0.15;
/// A key with its weight; lists of them are sorted by key.
pub type Weighted = (u32, f32);

/// The lines of one text.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    keys: PerLine<Weighted>,
    /// The weight of each line as one text: the mean of its versions.
    pub mass: Vec<f32>,
    /// The length of each in characters.
    pub chars: Vec<f32>,
    /// Whether each asks.
    pub asks: Vec<bool>,
    /// What each means.
    pub senses: Vec<Sense>,
    /// The words of content of each.
    words: Words,
}

impl Lines {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys of a line, none of one that is not there.
    #[must_use]
    pub fn keys(&self, line: usize) -> &[Weighted] {
        self.keys.of(line)
    }

    fn part(&self, lines: Range<usize>) -> Self {
        Self {
            keys: self.keys.part(lines.clone()),
            mass: self.mass[lines.clone()].to_vec(),
            chars: self.chars[lines.clone()].to_vec(),
            asks: self.asks[lines.clone()].to_vec(),
            senses: self.senses[lines.clone()].to_vec(),
            words: self.words.part(lines),
        }
    }

    fn add(&mut self, keys: impl IntoIterator<Item = Weighted>, read: (&[u32], &Sum), text: &str) {
        self.keys.add(keys);
        self.words.add(read.0.iter().copied());
        self.senses.push(read.1.sense());
        self.asks.push(text.contains('?'));
        self.chars.push(text.chars().count() as f32);
    }
}

/// Both texts in one space of keys.
#[derive(Debug, Default)]
pub struct Texts {
    /// The lines of the first.
    pub a: Lines,
    /// The lines of the second.
    pub b: Lines,
    /// The weight of each key of the second.
    weights: Vec<f32>,
}

/// Counts keys without sorting them: a table over all keys with those that are set.
#[derive(Default)]
struct Tally {
    counts: Vec<f32>,
    set: Vec<u32>,
}

impl Tally {
    /// Lets `combine` make a key's new count of the old one and another.
    fn add(&mut self, keys: &[Weighted], combine: impl Fn(f32, f32) -> f32) {
        for &(key, n) in keys {
            if self.counts.len() <= key as usize {
                self.counts.resize(key as usize + 1, 0.0);
            }
            let count = &mut self.counts[key as usize];
            if *count == 0.0 {
                self.set.push(key);
            }
            *count = combine(*count, n);
        }
    }

    /// Moves the counts into another table, of which a key keeps the greater.
    fn most_into(&mut self, other: &mut Self) {
        for key in self.set.drain(..) {
            let count = std::mem::take(&mut self.counts[key as usize]);
            other.add(&[(key, count)], f32::max);
        }
    }

    /// The keys with their counts, sorted; the table is empty afterwards.
    fn sorted(&mut self) -> impl Iterator<Item = Weighted> {
        self.set.sort_unstable();
        let counts = &mut self.counts;
        let take = move |key: u32| (key, std::mem::take(&mut counts[key as usize]));
        self.set.drain(..).map(take)
    }
}

fn add(a: f32, b: f32) -> f32 {
    a + b
}

/// Lines without the entities that some translators put in place of quotation marks
/// (`&#39;`): a number that no text has.
fn plain(lines: &[String]) -> Vec<Cow<'_, str>> {
    lines
        .iter()
        .map(|line| html_escape::decode_html_entities(line))
        .collect()
}

impl Texts {
    /// Reads both texts; each of `via` is a translation of `a` into the language
    /// of `b`, line by line.
    #[must_use]
    pub fn new(a: &[String], b: &[String], via: &[Vec<String>], langs: (Lang, Lang)) -> Self {
        let (a, b) = (plain(a), plain(b));
        let via: Vec<_> = via.iter().map(|v| plain(v)).collect();
        let mut keys = Keys::default();
        let mut target = Forms::of(langs.1, false);
        let mut read = Reading::default();
        let mut tally = Tally::default();
        let mut texts = Self::default();
        for text in &b {
            keys.read(text, &mut target, &mut read);
            tally.add(&read.keys, add);
            texts
                .b
                .add(tally.sorted(), (&read.words, &read.sense), text);
        }
        texts.weigh(weights(&keys.information, &texts.b));
        let mut source = Forms::of(langs.0, langs == (Lang::FR, Lang::EN));
        let mut all = Tally::default();
        let mut own = Reading::default();
        for (at, text) in a.iter().enumerate() {
            // With a translation the line itself still gives names and cognates.
            keys.read(text, &mut source, &mut own);
            for part in [&own.keys, &own.lexicon] {
                tally.add(part, add);
                tally.most_into(&mut all);
            }
            let (mut mass, mut versions) = (0.0, 0.0);
            let mut senses = Sum::default();
            for translation in via.iter().filter_map(|v| v.get(at)) {
                keys.read(translation, &mut target, &mut read);
                mass += texts.mass(&read.keys, &keys);
                versions += 1.0;
                senses.add(&read.sense, 1.0);
                tally.add(&read.keys, add);
                // A key counts as often as the version that has it most.
                tally.most_into(&mut all);
            }
            if versions > 0.0 {
                own.sense.add(&senses, 1.0 / versions);
            } else {
                (mass, versions) = (texts.mass(&own.keys, &keys), 1.0);
            }
            texts.a.mass.push(mass / versions);
            let weights = &texts.weights;
            // A key that `b` lacks is met by nothing; it only adds to its line's mass.
            let known = |(k, n): Weighted| Some((k, n * weights.get(k as usize)?));
            let known = all.sorted().filter_map(known);
            texts.a.add(known, (&own.words, &own.sense), text);
        }
        texts
    }

    /// Turns the counts of the second text into weights.
    fn weigh(&mut self, weights: Vec<f32>) {
        for (key, n) in self.b.keys.items_mut() {
            *n *= weights[*key as usize];
        }
        let mass = |j| self.b.keys(j).iter().map(|k| k.1).sum();
        self.b.mass = (0..self.b.len()).map(mass).collect();
        self.weights = weights;
    }

    /// What a text of these keys holds.
    fn mass(&self, read: &[Weighted], keys: &Keys) -> f32 {
        let weight = |key: u32| match self.weights.get(key as usize) {
            Some(weight) => *weight,
            None => UNSEEN * keys.information[key as usize],
        };
        read.iter().map(|&(key, n)| n * weight(key)).sum()
    }

    /// How many keys the second text has; no line holds another.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.weights.len()
    }

    /// Some lines of both, for comparing them alone.
    #[must_use]
    pub fn part(&self, a: Range<usize>, b: Range<usize>) -> Self {
        Self {
            a: self.a.part(a),
            b: self.b.part(b),
            weights: self.weights.clone(),
        }
    }

    /// Adds to the lines of the first text what pairs of lines that surely correspond
    /// teach of the words of both texts.
    pub fn learn(&mut self, pairs: impl Iterator<Item = (usize, usize)> + Clone) {
        let lexicon = OwnLexicon::new(pairs, &self.a.words, &self.b.words);
        if lexicon.is_empty() {
            return;
        }
        let mut keys = PerLine::with_capacity(self.a.len(), self.a.keys.items().len());
        let mut line = Tally::default();
        for i in 0..self.a.len() {
            let mut learnt = false;
            for &word in self.a.words.of(i) {
                for (key, strength) in lexicon.translations(word) {
                    let weight = strength * self.weights[key as usize];
                    line.add(&[(key, weight)], f32::max);
                    learnt = true;
                }
            }
            if learnt {
                line.add(self.a.keys(i), f32::max);
                keys.add(line.sorted());
            } else {
                keys.add(self.a.keys(i).iter().copied());
            }
        }
        self.a.keys = keys;
    }
}

/// The weight of each key of the second text, the smaller the more lines have it.
fn weights(information: &[f32], b: &Lines) -> Vec<f32> {
    let mut counts = vec![0u32; information.len()];
    for (key, _) in b.keys.items() {
        counts[*key as usize] += 1;
    }
    let lines = b.len() as f32 + 1.0;
    let weight = |(information, count): (&f32, u32)| {
        let rarity = (lines / count.max(1) as f32).ln() / lines.ln();
        information * (FLOOR + (1.0 - FLOOR) * rarity)
    };
    information.iter().zip(counts).map(weight).collect()
}

/// Weights laid out over all keys, with the keys that are set.
#[derive(Debug)]
pub struct Laid {
    /// The weight of each.
    pub weights: Vec<f32>,
    /// Those that are set.
    pub set: Vec<u32>,
}

impl Laid {
    /// Room for so many keys.
    #[must_use]
    pub fn new(keys: usize) -> Self {
        Self {
            weights: vec![0.0; keys],
            set: Vec::new(),
        }
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        for key in self.set.drain(..) {
            self.weights[key as usize] = 0.0;
        }
    }

    /// Adds the keys of a line.
    pub fn add(&mut self, keys: &[Weighted]) {
        for &(key, weight) in keys {
            self.set.push(key);
            self.weights[key as usize] += weight;
        }
    }

    /// What a line shares with it.
    #[must_use]
    pub fn shared(&self, keys: &[Weighted]) -> f32 {
        keys.iter()
            .map(|&(key, weight)| weight.min(self.weights[key as usize]))
            .sum()
    }
}

/// The weight two lines share.
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
