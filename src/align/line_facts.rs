//! The names and numbers of lines: what tells two near copies of a report apart.
//!
//! Takes two texts and says of a line of each how many names and numbers they share
//! and how many one has that the other lacks. Words with a capital within a sentence
//! are taken for names, and found again by their first letters, as names are inflected
//! and spelled otherwise; of numbers those written in digits count.

use std::collections::BTreeSet;

use super::language::Language;
use super::numbers::{Number, numbers};
use super::words::{Word, fold, words};
use crate::document::Lang;

/// A name is found again by so many letters, and has at least so many.
const LETTERS: (usize, usize) = (5, 3);
/// More names or numbers tell no more.
const MOST: usize = 3;

/// The names and numbers of one line.
#[derive(Debug, Clone, Default)]
struct LineFacts {
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// The first letters of all words.
    beginnings: BTreeSet<String>,
}

impl LineFacts {
    fn new(text: &str, lang: Lang) -> Self {
        let words = words(text);
        let begin =
            |word: &Word<'_>| -> String { fold(&word.lower).chars().take(LETTERS.0).collect() };
        let name = |pair: &[Word<'_>]| {
            let [before, word] = pair else { return None };
            let between = text.get(before.range.end..word.range.start)?;
            let within = !between.contains(['.', '?', '!', '…']);
            let long = word.lower.chars().nth(LETTERS.1 - 1).is_some();
            (within && word.capital && long).then(|| begin(word))
        };
        let found = numbers(text, &words, Language::of(lang));
        let written = found
            .iter()
            .filter(|n| words.get(n.words.start).is_some_and(|w| w.digits));
        Self {
            names: words.windows(2).filter_map(name).collect(),
            numbers: written.map(Number::key).collect(),
            beginnings: words.iter().map(begin).collect(),
        }
    }
}

/// The names and numbers of the lines of two texts.
#[derive(Debug)]
pub struct Facts {
    /// Each line of the first text as it stands, and with its translations.
    a: Vec<(LineFacts, LineFacts)>,
    b: Vec<LineFacts>,
}

impl Facts {
    /// Reads both texts; each of `via` is a translation of `a` into the language of
    /// `b`, line by line.
    #[must_use]
    pub fn new(a: &[String], b: &[String], via: &[Vec<String>], langs: (Lang, Lang)) -> Self {
        let first = |(at, line): (usize, &String)| {
            let own = LineFacts::new(line, langs.0);
            let mut all = own.clone();
            for translation in via.iter().filter_map(|v| v.get(at)) {
                let other = LineFacts::new(translation, langs.1);
                all.numbers.extend(other.numbers);
                all.beginnings.extend(other.beginnings);
            }
            (own, all)
        };
        Self {
            a: a.iter().enumerate().map(first).collect(),
            b: b.iter().map(|line| LineFacts::new(line, langs.1)).collect(),
        }
    }

    /// How many numbers a line of each text share and lack; how many names of the first
    /// the second lacks, how many of the second the first lacks and has.
    #[must_use]
    pub fn compare(&self, i: usize, j: usize) -> [f32; 5] {
        let ((own, all), b) = (&self.a[i], &self.b[j]);
        let shared = all.numbers.intersection(&b.numbers).count();
        let lacking =
            b.numbers.difference(&all.numbers).count() + own.numbers.difference(&b.numbers).count();
        let lost = own.names.difference(&b.beginnings).count();
        let new = b.names.difference(&all.beginnings).count();
        [shared, lacking, lost, new, b.names.len() - new].map(|n| n.min(MOST) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_number_and_another_name_are_seen() {
        let lines = |text: &str| vec![text.to_owned()];
        let a = lines("Hier, Merkel a promis 1 280 soldats à Paris.");
        let compare = |b: &str| Facts::new(&a, &lines(b), &[], (Lang::FR, Lang::EN)).compare(0, 0);
        assert_eq!(
            compare("Yesterday Merkel promised Paris 1,280 soldiers."),
            [1.0, 0.0, 0.0, 0.0, 2.0]
        );
        assert_eq!(
            compare("Yesterday Sarkozy promised Paris 1,300 soldiers."),
            [0.0, 2.0, 1.0, 1.0, 1.0]
        );
    }
}
