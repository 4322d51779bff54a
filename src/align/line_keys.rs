//! The keys of a line: what of its words, numbers and marks is compared.
//!
//! A word is its stem and its first letters (which bring together what a translator
//! inflected or spelled otherwise), a number is one key however it is written, and a
//! question stays one. Each word form is stemmed and looked up once for a text, however
//! often it stands there.

use std::collections::HashMap;
use std::ops::Range;

use super::language::{Language, NumberWord};
use super::lexicon::Lexicon;
use super::mass::Weighted;
use super::numbers::numbers;
use super::sense::{Sum, WordSense};
use super::words::{Word, fold, spans, word};
use crate::document::Lang;
use crate::rules::hash::WordHashing;

/// What a key's first letters count beside its stem.
const PREFIX: f32 = 0.35;
/// How many letters those are.
const PREFIX_LETTERS: usize = 5;
/// What a translation by the dictionary counts beside a word of a translation.
const BY_LEXICON: f32 = 0.8;
/// Marks that translators keep, and what sharing one tells.
const MARKS: [u8; 4] = *b"?!:;";
const BY_MARK: f32 = 0.8;

/// What a word form stands for.
#[derive(Debug, Clone, Default)]
struct Form {
    stem: u32,
    prefix: Option<u32>,
    /// Whether it has a meaning of its own.
    content: bool,
    /// Whether a number may begin here.
    number: bool,
    sense: WordSense,
    /// Its translations by the dictionary.
    translations: Vec<Weighted>,
}

/// The word forms of one language that were met, by their surface.
pub(super) struct Forms<'t> {
    lang: Lang,
    language: &'static Language,
    known: HashMap<&'t str, u32, WordHashing>,
    forms: Vec<Form>,
    /// What a question mark adds to the meaning of a line.
    question: WordSense,
    /// Whether they are looked up in the dictionary.
    translate: bool,
}

impl Forms<'_> {
    pub(super) fn of(lang: Lang, translate: bool) -> Self {
        Self {
            lang,
            language: Language::of(lang),
            known: HashMap::default(),
            forms: Vec::new(),
            question: WordSense::small(lang, "?"),
            translate,
        }
    }
}

/// What was read of one line.
#[derive(Default)]
pub(super) struct Reading {
    /// Its keys with what they count, as they come.
    pub(super) keys: Vec<Weighted>,
    /// Those of its translations by the dictionary.
    pub(super) lexicon: Vec<Weighted>,
    /// Its words of content, each once.
    pub(super) words: Vec<u32>,
    /// What its words mean.
    pub(super) sense: Sum,
    /// Where its words stand, and which forms they are.
    spans: Vec<Range<usize>>,
    forms: Vec<u32>,
}

/// The space of keys.
#[derive(Default)]
pub(super) struct Keys {
    ids: HashMap<String, u32, WordHashing>,
    /// How much sharing each tells.
    pub(super) information: Vec<f32>,
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
        let sense = match (digits, content && lower.chars().nth(1).is_some()) {
            (true, _) => WordSense::Unknown,
            (_, true) => WordSense::content(forms.lang, &stem),
            (_, false) => WordSense::small(forms.lang, &fold(&lower)),
        };
        Form {
            sense,
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
    pub(super) fn read<'t>(&mut self, text: &'t str, forms: &mut Forms<'t>, into: &mut Reading) {
        into.keys.clear();
        into.lexicon.clear();
        into.words.clear();
        into.spans.clear();
        into.forms.clear();
        into.sense = Sum::default();
        let mut number = false;
        for span in spans(text) {
            let form = self.known(&text[span.clone()], forms);
            number |= forms.forms[form as usize].number;
            into.sense.word(forms.forms[form as usize].sense);
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
        if text.contains('?') {
            into.sense.word(forms.question);
        }
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
