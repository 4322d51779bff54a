//! Lines of parallel texts as bags of weighted keys, and the weight two lines share.
//!
//! Thirty thousand sentences a second leave no time for comparing each word with
//! each: a word is its stem and its first letters (which bring together what a
//! translator inflected or spelled otherwise), a number is one key however it is
//! written, and a question stays one. Each word form is stemmed and looked up once
//! for a text, however often it stands there. What the text itself teaches of its
//! words is added by [`Texts::learn`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::language::{Language, NumberWord};
use super::lexicon::Lexicon;
use super::numbers::numbers;
use super::own_lexicon::{OwnLexicon, Words};
use super::per_line::PerLine;
use super::words::{Word, spans, word};
use crate::document::Lang;
use crate::rules::hash::WordHashing;

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
/// Marks that translators keep, and what sharing one tells.
const MARKS: [u8; 4] = *b"?!:;";
const BY_MARK: f32 = 0.8;

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

    fn add(&mut self, keys: impl IntoIterator<Item = Weighted>, words: &[u32], text: &str) {
        self.keys.add(keys);
        self.words.add(words.iter().copied());
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

/// What a word form stands for.
#[derive(Debug, Clone, Default)]
struct Form {
    stem: u32,
    prefix: Option<u32>,
    /// Whether it has a meaning of its own.
    content: bool,
    /// Whether a number may begin here.
    number: bool,
    /// Its translations by the dictionary.
    translations: Vec<Weighted>,
}

/// The word forms of one language that were met, by their surface.
struct Forms<'t> {
    lang: Lang,
    language: &'static Language,
    known: HashMap<&'t str, u32, WordHashing>,
    forms: Vec<Form>,
    /// Whether they are looked up in the dictionary.
    translate: bool,
}

impl Forms<'_> {
    fn of(lang: Lang, translate: bool) -> Self {
        Self {
            lang,
            language: Language::of(lang),
            known: HashMap::default(),
            forms: Vec::new(),
            translate,
        }
    }
}

/// What was read of one line.
#[derive(Default)]
struct Reading {
    /// Its keys with what they count, as they come.
    keys: Vec<Weighted>,
    /// Those of its translations by the dictionary.
    lexicon: Vec<Weighted>,
    /// Its words of content, each once.
    words: Vec<u32>,
    /// Where its words stand, and which forms they are.
    spans: Vec<Range<usize>>,
    forms: Vec<u32>,
}

/// The space of keys.
#[derive(Default)]
struct Keys {
    ids: HashMap<String, u32, WordHashing>,
    information: Vec<f32>,
    marks: [Option<u32>; MARKS.len()],
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
        let content = !language.is_stop(&lower);
        let translations = if forms.translate && content {
            self.translations(forms.lang, &stem)
        } else {
            Vec::new()
        };
        Form {
            stem: self.id(stem, information),
            prefix,
            content: content && !digits,
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

    /// Reads a line.
    fn read<'t>(&mut self, text: &'t str, forms: &mut Forms<'t>, into: &mut Reading) {
        into.keys.clear();
        into.lexicon.clear();
        into.words.clear();
        into.spans.clear();
        into.forms.clear();
        let mut number = false;
        for span in spans(text) {
            let form = self.known(&text[span.clone()], forms);
            number |= forms.forms[form as usize].number;
            into.spans.push(span);
            into.forms.push(form);
        }
        if number {
            self.read_with_numbers(text, forms, into);
        } else {
            for &form in &into.forms {
                let form = &forms.forms[form as usize];
                form.put(&mut into.keys, &mut into.lexicon, &mut into.words);
            }
        }
        self.read_marks(text, &mut into.keys);
        into.words.sort_unstable();
        into.words.dedup();
    }

    /// The number of a word form, which is looked up but once for a text.
    fn known<'t>(&mut self, surface: &'t str, forms: &mut Forms<'t>) -> u32 {
        if let Some(&at) = forms.known.get(surface) {
            return at;
        }
        let form = self.form(forms, surface);
        let at = forms.forms.len() as u32;
        forms.forms.push(form);
        forms.known.insert(surface, at);
        at
    }

    /// Reads the words of a line that may hold numbers, each of which is one key.
    fn read_with_numbers<'t>(&mut self, text: &'t str, forms: &mut Forms<'t>, into: &mut Reading) {
        let words: Vec<Word<'_>> = into.spans.iter().map(|s| word(text, s.clone())).collect();
        let found = numbers(text, &words, forms.language);
        let mut next = found.iter().peekable();
        let mut at = 0;
        while at < words.len() {
            if let Some(number) = next.next_if(|n| n.words.start == at) {
                let key = self.id(format!("#{}", number.key()), number.information());
                into.keys.push((key, 1.0));
                at = number.words.end;
                continue;
            }
            let form = &forms.forms[into.forms[at] as usize];
            form.put(&mut into.keys, &mut into.lexicon, &mut into.words);
            at += 1;
        }
    }

    fn read_marks(&mut self, text: &str, keys: &mut Vec<Weighted>) {
        for (at, mark) in MARKS.into_iter().enumerate() {
            let count = memchr::memchr_iter(mark, text.as_bytes()).count();
            if count > 0 {
                let id = match self.marks[at] {
                    Some(id) => id,
                    None => self.id(char::from(mark).to_string(), BY_MARK),
                };
                self.marks[at] = Some(id);
                keys.push((id, count as f32));
            }
        }
    }

    /// The weight of each key of `b`, the smaller the more lines have it.
    fn weights(&self, b: &Lines) -> Vec<f32> {
        let mut counts = vec![0u32; self.information.len()];
        for (key, _) in b.keys.items() {
            counts[*key as usize] += 1;
        }
        let lines = b.len() as f32 + 1.0;
        let weight = |(information, count): (&f32, u32)| {
            let rarity = (lines / count.max(1) as f32).ln() / lines.ln();
            information * (FLOOR + (1.0 - FLOOR) * rarity)
        };
        self.information.iter().zip(counts).map(weight).collect()
    }
}

impl Form {
    fn put(&self, keys: &mut Vec<Weighted>, lexicon: &mut Vec<Weighted>, words: &mut Vec<u32>) {
        keys.push((self.stem, 1.0));
        keys.extend(self.prefix.map(|p| (p, PREFIX)));
        lexicon.extend_from_slice(&self.translations);
        if self.content {
            words.push(self.stem);
        }
    }
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
            texts.b.add(tally.sorted(), &read.words, text);
        }
        texts.weigh(keys.weights(&texts.b));
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
            for translation in via.iter().filter_map(|v| v.get(at)) {
                keys.read(translation, &mut target, &mut read);
                mass += texts.mass(&read.keys, &keys);
                versions += 1.0;
                tally.add(&read.keys, add);
                // A key counts as often as the version that has it most.
                tally.most_into(&mut all);
            }
            if versions == 0.0 {
                (mass, versions) = (texts.mass(&own.keys, &keys), 1.0);
            }
            texts.a.mass.push(mass / versions);
            let weights = &texts.weights;
            // A key that `b` lacks is met by nothing; it only adds to its line's mass.
            let known = |(k, n): Weighted| Some((k, n * weights.get(k as usize)?));
            let known = all.sorted().filter_map(known);
            texts.a.add(known, &own.words, text);
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
