//! What the text says about itself: its headline, its date, its outlet.

use super::Cleaning;
use super::layout::{Block, bare_words, is_capital};
use super::outlets;
use super::stamps;
use super::vocabulary::Vocabulary;
use crate::document::{ArtefactKind as Kind, Lang};

/// Reads title, date and outlet from the labelled blocks.
pub(super) fn state(
    text: &str,
    lang: Lang,
    blocks: &[Block],
    words: &Vocabulary,
    out: &mut Cleaning,
) {
    let of_kind = |kind: Kind| {
        blocks
            .iter()
            .filter(move |b| b.label.is_some_and(|l| l.kind == kind))
            .map(|b| b.of(text))
    };
    out.title = of_kind(Kind::Title).next().map(|t| t.replace('\n', " "));
    let header = of_kind(Kind::DateHeader)
        .next()
        .and_then(|line| header_date(line).or_else(|| date(line, words)));
    let stamp = of_kind(Kind::Timestamp)
        .chain(of_kind(Kind::Agency))
        .find_map(|line| {
            date(line, words).or_else(|| stamps::unglued(line).and_then(|line| date(&line, words)))
        });
    out.outlet = outlet(text, lang, blocks, words);
    // The more precise of two that agree; the header where they do not.
    out.date = match (header, stamp) {
        (Some(h), Some(s)) if s.starts_with(&h) => Some(s),
        (Some(h), _) => Some(h),
        (None, s) => s,
    };
}

/// The outlet that furniture names: a promotion by preference, else what stands
/// behind an author's or a photographer's name and is called as papers are.
fn outlet(text: &str, lang: Lang, blocks: &[Block], words: &Vocabulary) -> Option<String> {
    let patterns = outlets::patterns(lang);
    let asked: Vec<(Kind, &str)> = blocks
        .iter()
        .filter_map(|b| Some((b.label?.kind, b.of(text))))
        .filter(|(kind, _)| patterns.iter().any(|pattern| pattern.kind == *kind))
        .filter(|(kind, line)| *kind == Kind::Promo || may_name_paper(line, words))
        .collect();
    patterns.iter().find_map(|pattern| {
        asked
            .iter()
            .filter(|(kind, _)| *kind == pattern.kind)
            .find_map(|&(_, line)| {
                let (start, name) = pattern.name(line)?;
                let name = name.trim_end_matches(['.', ',', '\'', '’']);
                let name = name
                    .strip_suffix("'s")
                    .or(name.strip_suffix("’s"))
                    .unwrap_or(name);
                let sure = pattern.kind == Kind::Promo && name.contains(' ');
                let paper = has_paper_word(name, words) || is_titled(name);
                let agency = words.has("wire", name) || words.has("pictures", name);
                ((sure || paper) && !agency).then(|| {
                    let article = line[..start].to_lowercase().ends_with("the ");
                    if article {
                        format!("The {name}")
                    } else {
                        capitals_as_title(name)
                    }
                })
            })
    })
}

/// A name in capitals as it is written elsewhere: `LE QUOTIDIEN DE LA CAPITALE` as
/// `Le Quotidien de la Capitale`.
fn capitals_as_title(name: &str) -> String {
    const SMALL: &[&str] = &[
        "de", "du", "des", "la", "le", "les", "et", "of", "the", "and",
    ];
    if !name.contains(' ') || name.chars().any(char::is_lowercase) {
        return name.to_string();
    }
    let words = name.split(' ').enumerate().map(|(i, word)| {
        let word = word.to_lowercase();
        if i > 0 && SMALL.contains(&word.as_str()) {
            return word;
        }
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a line has a word that papers are called by, perhaps with a mark of
/// possession, or an article: hardly any author's line has, and no other names one.
fn may_name_paper(line: &str, words: &Vocabulary) -> bool {
    let mut parts = ARTICLES.iter().chain(&["'s", "’s"]);
    parts.any(|part| line.contains(part)) || has_paper_word(line, words)
}

/// Whether a string has a word that papers are called by.
pub(super) fn has_paper_word(s: &str, words: &Vocabulary) -> bool {
    bare_words(s)
        .flat_map(|w| w.split('-'))
        .any(|w| words.has("paper", w))
}

/// The articles that papers' names begin with.
const ARTICLES: &[&str] = &[
    "Le ", "La ", "Les ", "L'", "L’", "The ", "LE ", "LA ", "LES ",
];

/// Whether a name begins with an article, as papers' names do: `Le Littoral`.
pub(super) fn is_titled(name: &str) -> bool {
    let begins = |article: &&str| name.strip_prefix(*article).is_some_and(is_capital);
    ARTICLES.iter().any(begins)
}

/// The date of a `date 2020-10` header.
fn header_date(line: &str) -> Option<String> {
    line.split_whitespace()
        .last()
        .filter(|d| d.starts_with(|c: char| c.is_ascii_digit()))
        .map(Into::into)
}

/// The first full date of a line: `11/05/2022`, `30 novembre 2021`, `May 15, 2023`,
/// `2021-11-30`, `05-03-24`.
pub(super) fn date(line: &str, words: &Vocabulary) -> Option<String> {
    let tokens: Vec<&str> = bare_words(line)
        .flat_map(|w| w.split(['.', '-']))
        .filter(|w| !w.is_empty())
        .collect();
    tokens.windows(3).find_map(|w| {
        let &[a, b, c] = w else { return None };
        let month = |w: &str| month_number(w, words);
        let (day, month, year) = if let (Some(d), Some(m), Some(y)) = (day(a), month(b), year(c)) {
            (d, m, y)
        } else if let (Some(m), Some(d), Some(y)) = (month(a), day(b), year(c)) {
            (d, m, y)
        } else if let (Some(y), Some(m), Some(d)) = (year(a), number(b, 12), number(c, 31)) {
            (d, m, y)
        } else if let (Some(d), Some(m), Some(y)) = (number(a, 31), number(b, 12), year(c)) {
            (d, m, y)
        } else if let (Some(m), Some(d), Some(y)) = (number(a, 12), number(b, 31), year(c)) {
            (d, m, y)
        } else if let (Some(d), Some(m), Some(y)) = (number(a, 31), number(b, 12), short_year(c)) {
            (d, m, y)
        } else {
            return None;
        };
        Some(format!("{year:04}-{month:02}-{day:02}"))
    })
}

/// A day of the month, with `st`, `er` and the like.
fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(char::is_alphabetic);
    let suffix = &word[digits.len()..];
    matches!(suffix, "" | "er" | "st" | "nd" | "rd" | "th")
        .then(|| number(digits, 31))
        .flatten()
}

fn year(word: &str) -> Option<u32> {
    (word.len() == 4)
        .then(|| word.parse().ok())
        .flatten()
        .filter(|y| (1900..2100).contains(y))
}

/// A year of two digits, of this century; with the month and day before it, so that
/// no time of day is read as a date.
fn short_year(word: &str) -> Option<u32> {
    number(word, 99)
        .filter(|_| word.len() == 2)
        .map(|y| 2000 + y)
}

fn number(word: &str, most: u32) -> Option<u32> {
    (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|n| (1..=most).contains(n))
}

/// The number of a month by its name or abbreviation.
fn month_number(word: &str, words: &Vocabulary) -> Option<u32> {
    if !words.has("month", word) {
        return None;
    }
    let letters: String = word
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'é' | 'è' => 'e',
            'û' => 'u',
            c => c,
        })
        .collect();
    const MONTHS: &[(&str, u32)] = &[
        ("jan", 1),
        ("fe", 2),
        ("mar", 3),
        ("ap", 4),
        ("av", 4),
        ("mai", 5),
        ("may", 5),
        ("juin", 6),
        ("jun", 6),
        ("jui", 7),
        ("jul", 7),
        ("a", 8),
        ("s", 9),
        ("o", 10),
        ("n", 11),
        ("d", 12),
    ];
    MONTHS
        .iter()
        .find(|(p, _)| letters.starts_with(p))
        .map(|&(_, n)| n)
}
