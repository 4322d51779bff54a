//! Lines that say when an article was published: a date, a time and the words
//! around them, whatever their order and the marks between them.

use super::facts;
use super::layout::{final_mark, has_digit, words};
use super::vocabulary::{Classes, Vocabulary};
use crate::split::split_at;

/// Whether a line is nothing but a date, a time and the words around them.
pub(super) fn is_timestamp(line: &str, words: &Vocabulary) -> bool {
    line.len() <= 160
        && has_digit(line)
        && (is_stamp(line, words) || unglued(line).is_some_and(|l| is_stamp(&l, words)))
}

/// Whether a short line without a final mark has a full date and a time of day,
/// whatever else: `CPA - 12/10/2023 - 17:48 - BELGIUM / HEALTH`.
pub(super) fn is_dated(line: &str, vocabulary: &Vocabulary) -> bool {
    const WORDS: usize = 14;
    final_mark(line).is_none()
        && line.bytes().filter(u8::is_ascii_digit).take(6).count() == 6
        && words(line, WORDS + 1) <= WORDS
        && line.split_whitespace().any(is_clock)
        && facts::date(line, vocabulary).is_some()
}

/// Where the time of day ends that an entry of a live report begins with, alone or with a
/// mark behind it: `21h47`, `21:47 - The river`.
pub(super) fn clock_end(line: &str) -> Option<usize> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    if !is_clock(&line[..end]) {
        return None;
    }
    let rest = line[end..].trim_start();
    let text = rest.trim_start_matches([':', '-', '–', '—', '|', '•', ' ', '\u{a0}']);
    let marked = text.len() < rest.len() || line[..end].ends_with(':');
    (text.is_empty()
        || marked && text.starts_with(|c: char| !c.is_lowercase() && !c.is_ascii_digit()))
    .then(|| line.len() - text.len())
}

/// Whether a word is a time of day: `17:48`, `7h15`, `23:47:12`.
fn is_clock(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once([':', 'h']).is_some_and(|(hour, rest)| {
        let minute = rest.split(':').next().unwrap_or_default();
        hour.parse().is_ok_and(|hour: u8| hour < 24)
            && minute.len() == 2
            && minute.parse().is_ok_and(|minute: u8| minute < 60)
    })
}

/// A line of times with spaces where a scraper lost them: `May 202314 May 2023`,
/// `2024Updated06:41`; nothing where none was lost.
pub(super) fn unglued(line: &str) -> Option<String> {
    let mut out = String::new();
    let (mut digits, mut copied) = (0, 0);
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        let letters_meet = (last.is_ascii_digit() && c.is_uppercase())
            || (last.is_lowercase() && (c.is_ascii_digit() || c.is_uppercase()));
        if letters_meet || (digits == 4 && c.is_ascii_digit()) {
            out.push_str(&line[copied..at]);
            out.push(' ');
            (digits, copied) = (0, at);
        }
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        last = c;
    }
    (copied > 0).then(|| out + &line[copied..])
}

/// What a word of a time says.
#[derive(Clone, Copy, PartialEq)]
enum StampWord {
    /// A number, perhaps a year.
    Number {
        year: bool,
    },
    /// An hour and its minutes: `10h30`.
    Clock,
    Month,
    Day,
    /// A word such as `updated`.
    Cue,
    /// A word that stands beside these.
    Filler,
}

impl StampWord {
    /// Nothing for a word that no time has.
    fn of(word: &str, words: &Vocabulary) -> Option<Self> {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let letters = word.trim_matches(|c: char| c.is_ascii_digit());
        let number = (1..=4).contains(&digits)
            && (letters.is_empty()
                || words.has("stamp", letters)
                || matches!(letters, "h" | "T" | "Z"));
        if number {
            let year = digits == 4 && (word.starts_with("19") || word.starts_with("20"));
            return Some(Self::Number { year });
        }
        let clock = || word.contains('h') && word.bytes().all(|b| b.is_ascii_digit() || b == b'h');
        if digits > 0 && clock() {
            return Some(Self::Clock);
        }
        let classes = words.classes(word);
        if classes == Classes::default() {
            return None;
        }
        [
            ("month", Self::Month),
            ("weekday", Self::Day),
            ("stamp-day", Self::Day),
            ("stamp-cue", Self::Cue),
            ("stamp", Self::Filler),
        ]
        .into_iter()
        .find(|(class, _)| classes.meet(words.named(&[class])))
        .map(|(_, of)| of)
    }
}

/// The words of a time, without the marks between them.
fn stamp_words(line: &str) -> impl Iterator<Item = &str> {
    split_at(line, |byte, c| {
        matches!(
            byte,
            b' ' | b'\t'
                ..=b'\r' | b',' | b';' | b'|' | b'/' | b'-' | b'(' | b')' | b':' | b'.' | b'+'
        ) || c.is_some_and(|c| matches!(c, '•' | '·' | '–' | '—') || c.is_whitespace())
    })
    .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
    .filter(|w| !w.is_empty())
}

/// Whether a word, or the words glued to one, may be part of a time.
pub(super) fn may_be_of_stamp(word: &str, words: &Vocabulary) -> bool {
    let all = |s: &str| stamp_words(s).all(|w| StampWord::of(w, words).is_some());
    all(word) || unglued(word).is_some_and(|w| all(&w))
}

/// The longest stretch of whole words of a line that is a time, a cue before it included.
pub(super) fn run(line: &str, words: &Vocabulary) -> Option<std::ops::Range<usize>> {
    let all: Vec<std::ops::Range<usize>> = line
        .split_whitespace()
        .map(|w| w.as_ptr() as usize - line.as_ptr() as usize)
        .zip(line.split_whitespace())
        .map(|(at, w)| at..at + w.len())
        .collect();
    let may_be = |range: &std::ops::Range<usize>| may_be_of_stamp(&line[range.clone()], words);
    let mut longest: Option<std::ops::Range<usize>> = None;
    for run in all.chunk_by(|a, b| may_be(a) == may_be(b)) {
        if !may_be(&run[0]) {
            continue;
        }
        // Small words at either end are the neighbours': `Par Le Phare le 30 janvier`.
        let stamp = (0..run.len()).find_map(|first| {
            let last = (first..run.len())
                .rev()
                .find(|&last| is_timestamp(&line[run[first].start..run[last].end], words))?;
            Some(run[first].start..run[last].end)
        });
        if let Some(stamp) = stamp
            && longest.as_ref().is_none_or(|l| l.len() < stamp.len())
        {
            longest = Some(stamp);
        }
    }
    longest
}

fn is_stamp(line: &str, words: &Vocabulary) -> bool {
    let (mut numbers, mut cues, mut dates) = (0, 0, 0);
    let mut year = false;
    let mut months: Vec<&str> = Vec::new();
    for word in stamp_words(line) {
        match StampWord::of(word, words) {
            Some(StampWord::Number { year: is_year }) => {
                numbers += 1;
                year |= is_year;
            }
            Some(StampWord::Clock) => numbers += 2,
            Some(StampWord::Month) => {
                dates += 1;
                months.push(word);
            }
            Some(StampWord::Day) => dates += 1,
            Some(StampWord::Cue) => cues += 1,
            Some(StampWord::Filler) => {}
            None => return false,
        }
    }
    // `29 November 2018 | 20 January 2019`: how long something lasts.
    if cues == 0 && !line.contains([':', 'h']) && months.iter().any(|m| *m != months[0]) {
        return false;
    }
    // `11 mai 2022`, `Mis à jour 10:30`, `Mercredi 9 octobre`, `11/05/2022`,
    // `12/03/25 08:41`.
    (numbers >= 2 && dates >= 1)
        || (numbers >= 1 && cues >= 1)
        || (numbers >= 3 && year)
        || ((5..=6).contains(&numbers) && words_are_few(line) && line.contains(':'))
        || (dates >= 2 && numbers >= 1)
}

/// Whether a line is a date and a time, with a zone perhaps.
fn words_are_few(line: &str) -> bool {
    words(line, 4) <= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::vocabulary::vocabulary;
    use crate::document::Lang;

    #[test]
    fn a_time_is_told_with_its_spaces_and_without() {
        let words = vocabulary(Lang::EN);
        for line in ["Updated 14 May 2023 06:41", "14 May 2023Updated06:41"] {
            assert!(is_timestamp(line, words), "{line}");
        }
        // How long something lasts, and a sentence.
        for line in [
            "29 November 2018 | 20 January 2019",
            "On 14 May the bridge fell",
        ] {
            assert!(!is_timestamp(line, words), "{line}");
        }
    }

    #[test]
    fn words_glued_together_are_told_apart() {
        assert_eq!(
            unglued("May 202314 May").as_deref(),
            Some("May 2023 14 May")
        );
        assert_eq!(unglued("14 May 2023"), None);
        let may_be = |word| may_be_of_stamp(word, vocabulary(Lang::EN));
        assert!(may_be("2023Updated06:41") && may_be("May,") && !may_be("bridge"));
    }
}
