//! What is known of each language, and what the words of a text say for each.
//!
//! Three kinds of evidence, all from tables: the *common words* of the language,
//! which make up a third and more of any running text, the fewer languages share
//! one the more it says; the *letters* that it writes beyond a to z, where one
//! that it does not have speaks against it; and for French and English, between
//! which short pieces have to be told apart as well, the ten thousand *frequent
//! words* of each with their frequency. Texts in scripts of one language are told
//! by the script.

use std::ops::Range;
use std::sync::LazyLock;

use crate::document::Lang;
use crate::rules::frequency;
use crate::rules::hash::WordMap;
use crate::rules::table::Table;
use crate::rules::word_table::WordTable;
use crate::split::{is_letter, spans_between};

/// The scripts that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    /// One that few languages share; the language that most of its texts are in.
    Own(Lang),
}

impl Script {
    fn parse(name: &str) -> Self {
        match name {
            "latin" => Self::Latin,
            "cyrillic" => Self::Cyrillic,
            "greek" => Self::Greek,
            other => panic!("`{other}` is not a script of the table"),
        }
    }

    /// The script of a letter.
    fn of(c: char) -> Option<Self> {
        let own = |code| Lang::parse(code).map(Self::Own);
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                Some(Self::Latin)
            }
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Self::Greek),
            '\u{400}'..='\u{52f}' => Some(Self::Cyrillic),
            '\u{531}'..='\u{58f}' => own("hy"),
            '\u{590}'..='\u{5ff}' => own("he"),
            '\u{600}'..='\u{6ff}' => Some(Self::Arabic),
            '\u{900}'..='\u{97f}' => own("hi"),
            '\u{980}'..='\u{9ff}' => own("bn"),
            '\u{e00}'..='\u{e7f}' => own("th"),
            '\u{10a0}'..='\u{10ff}' => own("ka"),
            '\u{3040}'..='\u{30ff}' => own("ja"),
            '\u{3400}'..='\u{9fff}' => own("zh"),
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => own("ko"),
            _ => None,
        }
    }
}

/// What a word says.
#[derive(Debug, Clone, Default)]
struct Word {
    /// The languages, a bit a row of the table, in which it is common.
    common: u64,
    /// How much that says.
    weight: f32,
    /// What its frequency says for French and for English.
    frequent: [f32; 2],
    /// Whether it is one of the closed classes of French and of English.
    closed: [bool; 2],
}

/// The tables, made ready.
pub(super) struct Model {
    rows: Vec<(Lang, Script)>,
    words: WordTable<Word>,
    /// For each character the languages that write it.
    letters: Vec<u64>,
    /// The rows of French and English.
    pair: [usize; 2],
}

/// Room for the words of all tables.
const MOST_WORDS: usize = 24_000;
/// The letters of the table lie below this; Greek with its accents is a script
/// of its own.
const LETTERS: usize = 0x530;
/// A letter beyond a to z: for a language that has it, against one that has not.
const HAS_LETTER: f32 = 0.25;
const LACKS_LETTER: f32 = -1.0;
/// A frequent word of French or English that is not common: this, at most, when
/// it is so many bits (`-log2` of its share) more frequent than in the other.
/// Set by the pieces of 40 characters that `scripts/eval/language.py` takes.
const FREQUENT: f32 = 0.35;
const FULL_BITS: f32 = 6.0;
/// The bits of a word that the list of the other language lacks.
const RARE_BITS: f32 = 18.0;

pub(super) static MODEL: LazyLock<Model> = LazyLock::new(Model::read);

impl Model {
    fn read() -> Self {
        let table = Table::parse("any/languages", include_str!("../rules/any/languages.tsv"));
        let mut rows = Vec::new();
        let mut words: WordTable<Word> = WordTable::with_capacity(MOST_WORDS);
        let mut letters = vec![0u64; LETTERS];
        for (i, row) in table.rows().enumerate() {
            let lang = Lang::parse(row.get("lang")).unwrap_or(Lang::UNKNOWN);
            rows.push((lang, Script::parse(row.get("script"))));
            for word in row.get("words").split(' ') {
                words.entry(word, Word::default).common |= 1 << i;
            }
            for c in row.get("letters").chars() {
                if let Some(languages) = letters.get_mut(c as usize) {
                    *languages |= 1 << i;
                }
            }
        }
        words.for_each_mut(|word| {
            // Shared by so many languages, it says so much less.
            word.weight = (word.common.count_ones() as f32).powf(-0.4);
        });
        let row = |lang| rows.iter().position(|&(l, _)| l == lang).unwrap_or(0);
        let mut model = Self {
            pair: [row(Lang::FR), row(Lang::EN)],
            rows,
            words,
            letters,
        };
        model.add_frequent();
        model.add_closed();
        model
    }

    fn add_frequent(&mut self) {
        let lists: [WordMap<f32>; 2] =
            [Lang::FR, Lang::EN].map(|lang| frequency::bits(lang).collect());
        for side in 0..2 {
            let row = self.pair[side];
            lists[side].iter().for_each(|(&word, own)| {
                let other = lists[1 - side].get(word).copied().unwrap_or(RARE_BITS);
                let says = FREQUENT * ((other + 2.0 - own) / FULL_BITS).min(1.0);
                let entry = self.words.entry(word, Word::default);
                if entry.common & (1 << row) == 0 && word.len() > 1 && *own < other + 1.0 {
                    entry.frequent[side] = says;
                }
            });
        }
    }

    fn add_closed(&mut self) {
        let lists = [
            (
                "fr/language_words",
                include_str!("../rules/fr/language_words.tsv"),
            ),
            (
                "en/language_words",
                include_str!("../rules/en/language_words.tsv"),
            ),
        ];
        for (side, (name, text)) in lists.into_iter().enumerate() {
            for row in Table::parse(name, text).rows() {
                self.words.entry(row.get("word"), Word::default).closed[side] = true;
            }
        }
    }
}

/// A language is clear where its words of the closed classes are so many times those of
/// the other.
pub(super) const CLEAR: usize = 3;

/// How many words a text has, and how many of them are in the closed classes of
/// French and of English; nothing where it has so many of its `own` language, 0 for
/// French and 1 for English, that the rest cannot make the other the clear one.
pub(super) fn closed_words(text: &str, own: Option<usize>) -> Option<(usize, [usize; 2])> {
    // No text has more words of the closed classes than one in so many bytes.
    const DENSEST: usize = 4;
    let mut count = 0;
    let mut closed = [0; 2];
    for range in words(text) {
        count += 1;
        if let Some(word) = MODEL.words.get_in(text, &range) {
            closed[0] += usize::from(word.closed[0]);
            closed[1] += usize::from(word.closed[1]);
        }
        if let Some(own) = own {
            let most = closed[1 - own] + (text.len() - range.end) / DENSEST;
            if closed[own] * CLEAR > most {
                return None;
            }
        }
    }
    Some((count, closed))
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    spans_between(text, |byte, c| match c {
        None => !byte.is_ascii_alphabetic(),
        Some(c) => !is_letter(c),
    })
}

/// What a text's words say.
pub(super) struct Evidence {
    /// How many words there are.
    pub(super) words: usize,
    /// The script of most letters.
    pub(super) script: Option<Script>,
    /// A score for each row of the table.
    scores: Scores,
    /// What words in accented letters say, by the languages that write these: a text
    /// has few sets of them.
    letters: Vec<(u64, Scores)>,
}

/// A number for each row of the table, which has fewer than there are bits in a set.
type Scores = [f32; 64];

impl Evidence {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        let model = &*MODEL;
        let mut found = Self {
            words: 0,
            script: None,
            scores: [0.0; 64],
            letters: Vec::new(),
        };
        // A text has few scripts; the first of equal ones counts.
        let mut scripts: Vec<(Script, usize)> = Vec::new();
        for range in words(text) {
            let word = &text[range.clone()];
            found.words += 1;
            if let Some(script) = word.chars().next().and_then(Script::of) {
                match scripts.iter_mut().find(|(s, _)| *s == script) {
                    Some((_, n)) => *n += word.len(),
                    None => scripts.push((script, word.len())),
                }
            }
            if !word.is_ascii() {
                found.add_letters(model, word);
            }
            if let Some(word) = model.words.get_in(text, &range) {
                found.add_word(model, word);
            }
        }
        found.script = scripts
            .into_iter()
            .rev()
            .max_by_key(|&(_, n)| n)
            .map(|(script, _)| script);
        found
    }

    fn add_letters(&mut self, model: &Model, word: &str) {
        let written = word
            .chars()
            .flat_map(char::to_lowercase)
            .filter(|c| !c.is_ascii())
            .map(|c| model.letters.get(c as usize).copied().unwrap_or(0))
            .fold(u64::MAX, |all, languages| all & languages);
        let known = self.letters.iter().position(|(set, _)| *set == written);
        let at = known.unwrap_or_else(|| {
            let says = |i: usize| match written & (1 << i as u64) {
                0 => LACKS_LETTER,
                _ => HAS_LETTER,
            };
            self.letters.push((written, std::array::from_fn(says)));
            self.letters.len() - 1
        });
        let says = &self.letters[at].1;
        self.scores.iter_mut().zip(says).for_each(|(s, n)| *s += n);
    }

    fn add_word(&mut self, model: &Model, word: &Word) {
        let mut languages = word.common;
        while languages != 0 {
            self.scores[languages.trailing_zeros() as usize] += word.weight;
            languages &= languages - 1;
        }
        for (row, says) in model.pair.into_iter().zip(word.frequent) {
            self.scores[row] += says;
        }
    }

    /// The likeliest language of the text's script, its score, and the score of
    /// the next one, both as shares of the words.
    pub(super) fn best(&self) -> Option<(Lang, f32, f32)> {
        let script = self.script?;
        let words = self.words.max(1) as f32;
        let mut best: Option<(Lang, f32)> = None;
        let mut next = 0f32;
        for (&(lang, of), &score) in MODEL.rows.iter().zip(&self.scores) {
            if of != script {
                continue;
            }
            match best {
                Some((held, top)) if score <= top => {
                    if lang != held {
                        next = next.max(score);
                    }
                }
                _ => {
                    if let Some((_, top)) = best {
                        next = next.max(top);
                    }
                    best = Some((lang, score));
                }
            }
        }
        best.map(|(lang, score)| (lang, score / words, next / words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_until_the_other_language_cannot_win() {
        let french = "la fin de la grève et le début des travaux dans la ville";
        assert_eq!(closed_words(french, Some(0)), None);
        let (words, [own, other]) = closed_words(french, Some(1)).unwrap();
        assert_eq!(words, 13);
        assert!(own >= 7 && other * CLEAR < own, "{own} and {other}");
    }
}
