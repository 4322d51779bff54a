//! Dates, as written or counted from the day of publication.

use std::ops::Range;
use std::sync::LazyLock;

use super::Found;
use crate::align::days::days;
use crate::align::language::{Calendar, Language};
use crate::align::numbers::{Number, NumberKind};
use crate::align::words::Word;
use crate::document::Lang;
use crate::rules::hash::WordMap;
use crate::rules::shapes::Shapes;
use crate::rules::table::Table;

/// When the document was published.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    /// First and last day it may be, in days from 1970-01-01.
    pub(super) days: Option<(i64, i64)>,
    pub(super) year: Option<i64>,
}

impl When {
    /// The day, where it is known.
    fn day(self) -> Option<i64> {
        self.days
            .and_then(|(first, last)| (first == last).then_some(first))
    }
}

/// The dates of a paragraph, in order. `sentences` are the ends of its sentences.
pub(super) fn dates(
    text: &str,
    words: &[Word<'_>],
    numbers: &[Number],
    lang: Lang,
    when: When,
    sentences: &[usize],
) -> Vec<Found> {
    let Some(phrases) = Phrases::of(lang) else {
        return Vec::new();
    };
    let scan = Scan {
        text,
        words,
        numbers,
        language: Language::of(lang),
        phrases,
        lang,
        when,
        sentences,
    };
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match scan.date(at) {
            Some((range, key)) => {
                at = range.end.max(at + 1);
                found.push(Found {
                    kind: "date",
                    range: scan.bytes(&range),
                    key,
                });
            }
            None => at += 1,
        }
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    words: &'t [Word<'t>],
    numbers: &'t [Number],
    language: &'static Language,
    phrases: &'static Phrases,
    lang: Lang,
    when: When,
    sentences: &'t [usize],
}

impl Scan<'_> {
    fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let at = |i: usize| {
            self.words
                .get(i)
                .map(|w| w.range.clone())
                .unwrap_or_default()
        };
        at(range.start).start..at(range.end.saturating_sub(1)).end
    }

    fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| &*w.lower)
    }

    /// What stands between a word and the next.
    fn gap(&self, left: usize) -> &str {
        match (self.words.get(left), self.words.get(left + 1)) {
            (Some(a), Some(b)) => &self.text[a.range.end..b.range.start],
            _ => "\n",
        }
    }

    /// The words of a date that begins here, and its key.
    fn date(&self, at: usize) -> Option<(Range<usize>, String)> {
        // Few words can begin one.
        let word = self.words.get(at)?;
        let known = word.digits
            || self.language.calendar(&word.lower).is_some()
            || self.phrases.shapes.may_hold(&word.lower);
        if !known {
            return None;
        }
        self.digits(at)
            .or_else(|| self.day_of_month(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.month(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.bare_year(at))
    }

    /// `2020-10-02`, `02/10/2020` in French.
    fn digits(&self, at: usize) -> Option<(Range<usize>, String)> {
        let sign = self.gap(at);
        if !matches!(sign, "-" | "/" | ".") || self.gap(at + 1) != sign {
            return None;
        }
        let number = |i: usize, len: Range<usize>| -> Option<i64> {
            let w = self.words.get(i)?;
            (w.digits && len.contains(&w.lower.len())).then(|| w.lower.parse().ok())?
        };
        let (y, m, d) = if let Some(y) = number(at, 4..5) {
            (y, number(at + 1, 1..3)?, number(at + 2, 1..3)?)
        } else if self.lang == Lang::FR {
            (
                number(at + 2, 4..5)?,
                number(at + 1, 1..3)?,
                number(at, 1..3)?,
            )
        } else {
            return None;
        };
        let valid = (1900..2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
        valid.then(|| (at..at + 3, format!("{y:04}-{m:02}-{d:02}")))
    }

    /// `30 septembre 2020`, `Sept. 30, 2020`, without a year the one nearest to
    /// the publication.
    fn day_of_month(&self, at: usize) -> Option<(Range<usize>, String)> {
        let i = self
            .numbers
            .binary_search_by_key(&at, |n| n.words.start)
            .ok()?;
        let number = self.numbers.get(i).filter(|n| n.kind == NumberKind::Date)?;
        let (month, day) = (number.value as i64 / 100, number.value as i64 % 100);
        let end = number.words.end;
        if let Some(year) = self.year_at(end) {
            return Some((at..end + 1, format!("{year:04}-{month:02}-{day:02}")));
        }
        let key = match self.nearest_year(month, day) {
            Some(year) => format!("{year:04}-{month:02}-{day:02}"),
            None => format!("--{month:02}-{day:02}"),
        };
        Some((at..end, key))
    }

    /// A year of four digits right at a word, after a comma at most.
    fn year_at(&self, at: usize) -> Option<i64> {
        let word = self.words.get(at)?;
        let near = at
            .checked_sub(1)
            .is_some_and(|b| matches!(self.gap(b), " " | ", " | "\u{a0}" | "\u{202f}" | " de "));
        (near && word.digits && word.lower.len() == 4)
            .then(|| word.lower.parse().ok())?
            .filter(|y| (1000..2100).contains(y))
    }

    fn nearest_year(&self, month: i64, day: i64) -> Option<i64> {
        let year = self.when.year?;
        let (first, last) = self.when.days?;
        if first == last || last - first < 40 {
            let middle = (first + last) / 2;
            // What is past is told more often than what is to come.
            let distance = |d: i64| {
                if d > middle {
                    5 * (d - middle)
                } else {
                    3 * (middle - d)
                }
            };
            return (year - 1..=year + 1).min_by_key(|y| {
                days(&format!("{y:04}-{month:02}-{day:02}")).map_or(i64::MAX, |(d, _)| distance(d))
            });
        }
        Some(year)
    }

    /// `jeudi`, `last Friday`: the one before the publication, or after it where
    /// the sentence looks ahead. A weekday before a date adds nothing.
    fn weekday(&self, at: usize) -> Option<(Range<usize>, String)> {
        let (name, mut range) = match self.phrases.kind_at(self, at) {
            Some((Kind::Past | Kind::Future, length)) => (at + length, at..at + length + 1),
            _ => (at, at..at + 1),
        };
        let Some(Calendar::Day(day)) = self.language.calendar(self.lower(name)) else {
            return None;
        };
        if let Some((date, key)) = self.day_of_month(name + 1)
            && self
                .gap(name)
                .trim_matches([',', '.', ' ', '\u{a0}'])
                .is_empty()
        {
            return Some((range.start..date.end, key));
        }
        let mut direction = self
            .phrases
            .kind_at(self, at)
            .map(|(k, _)| k)
            .filter(|_| name > at);
        if let Some((kind @ (Kind::Past | Kind::Future), length)) =
            self.phrases.kind_at(self, name + 1)
            && self.lang == Lang::FR
        {
            direction = Some(kind);
            range.end = name + 1 + length;
        }
        let today = self.when.day()?;
        // 1970-01-01 was a Thursday, the fourth day of the week.
        let back = (today + 3 - i64::from(day - 1)).rem_euclid(7);
        let ahead = (7 - back) % 7;
        let date = match direction {
            Some(Kind::Future) => today + if ahead == 0 { 7 } else { ahead },
            Some(Kind::Past) => today - if back == 0 { 7 } else { back },
            _ if self.looks_ahead(name) => today + ahead,
            _ => today - back,
        };
        Some((range, civil(date)))
    }

    /// Whether the sentence of a word tells of what is to come: by a word of the
    /// table before it within a clause's length, or a French future.
    fn looks_ahead(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else {
            return false;
        };
        let sentence = self
            .sentences
            .partition_point(|&end| end <= word.range.start);
        let start = sentence
            .checked_sub(1)
            .and_then(|s| self.sentences.get(s))
            .copied()
            .unwrap_or(0);
        (at.saturating_sub(12)..at + 3).any(|i| {
            let Some(w) = self.words.get(i).filter(|w| w.range.start >= start) else {
                return false;
            };
            let end = self.sentences.get(sentence).copied().unwrap_or(usize::MAX);
            w.range.start < end
                && (matches!(self.phrases.kind_at(self, i), Some((Kind::Ahead, _)))
                    || self.lang == Lang::FR
                        && w.lower.len() > 5
                        && (w.lower.ends_with("era")
                            || w.lower.ends_with("eront")
                            || w.lower.ends_with("ira")
                            || w.lower.ends_with("iront")))
        })
    }

    /// `octobre 2020`, `en octobre`, `in October`.
    fn month(&self, at: usize) -> Option<(Range<usize>, String)> {
        let Some(Calendar::Month(month)) = self.language.calendar(self.lower(at)) else {
            return None;
        };
        if let Some(year) = self.year_at(at + 1) {
            return Some((at..at + 2, format!("{year:04}-{month:02}")));
        }
        let word = self.words.get(at)?;
        let named = word.capital || self.lang == Lang::FR;
        let introduced = at
            .checked_sub(1)
            .is_some_and(|b| self.phrases.ends_with(self, b, Kind::Month));
        if !named || !introduced || word.lower.len() < 3 {
            return None;
        }
        let key = match self.nearest_year(i64::from(month), 15) {
            Some(year) => format!("{year:04}-{month:02}"),
            None => format!("--{month:02}"),
        };
        Some((at..at + 1, key))
    }

    /// `hier`, `yesterday`.
    fn relative(&self, at: usize) -> Option<(Range<usize>, String)> {
        let (Kind::Day(offset), length) = self.phrases.kind_at(self, at)? else {
            return None;
        };
        Some((at..at + length, civil(self.when.day()? + offset)))
    }

    /// `en 2019`, `(2019)`.
    fn bare_year(&self, at: usize) -> Option<(Range<usize>, String)> {
        let word = self
            .words
            .get(at)
            .filter(|w| w.digits && w.lower.len() == 4)?;
        let year: i64 = word.lower.parse().ok()?;
        let bracketed = self.text[..word.range.start].ends_with('(')
            && self.text[word.range.end..].starts_with(')');
        let introduced = at
            .checked_sub(1)
            .is_some_and(|b| self.gap(b) == " " && self.phrases.ends_with(self, b, Kind::Year));
        // `in 2019 people`: a number that counts something has a noun after it, and
        // is not told from a year here; papers write 2,019 then.
        ((1800..2100).contains(&year) && (bracketed || introduced))
            .then(|| (at..at + 1, format!("{year:04}")))
    }
}

/// The day of a number of days from 1970-01-01 (Hinnant's `civil_from_days`).
fn civil(number: i64) -> String {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// What a phrase of the table says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// So many days from the publication.
    Day(i64),
    Past,
    Future,
    /// The sentence tells of what is to come.
    Ahead,
    /// The next word is a month.
    Month,
    /// The next number is a year.
    Year,
}

/// The phrases of a language.
struct Phrases {
    /// Of the first words of `entries`.
    shapes: Shapes,
    /// Those that say something of a day, by their first word, the longest first.
    entries: WordMap<Vec<(Vec<&'static str>, Kind)>>,
    /// Those before a month or year, by their last word.
    before: WordMap<Vec<(Vec<&'static str>, Kind)>>,
}

impl Phrases {
    fn of(lang: Lang) -> Option<&'static Self> {
        match lang {
            Lang::FR => Some(&FRENCH),
            Lang::EN => Some(&ENGLISH),
            _ => None,
        }
    }

    fn load(table: &Table) -> Self {
        let mut phrases = Self {
            shapes: Shapes::none(),
            entries: WordMap::default(),
            before: WordMap::default(),
        };
        for row in table.rows() {
            let kind = match row.get("kind") {
                "day" => Kind::Day(row.get("value").parse().unwrap_or(0)),
                "past" => Kind::Past,
                "future" => Kind::Future,
                "ahead" => Kind::Ahead,
                "month" => Kind::Month,
                _ => Kind::Year,
            };
            let words: Vec<&str> = row.get("phrase").split([' ', '\'']).collect();
            let (map, word) = match kind {
                Kind::Month | Kind::Year => (&mut phrases.before, words.last()),
                _ => (&mut phrases.entries, words.first()),
            };
            if let Some(&word) = word {
                if !matches!(kind, Kind::Month | Kind::Year) {
                    phrases.shapes.insert(word);
                }
                let entries = map.entry(word).or_default();
                entries.push((words, kind));
                entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            }
        }
        phrases
    }

    /// The longest phrase that begins at a word, prepositions aside.
    fn kind_at(&self, scan: &Scan<'_>, at: usize) -> Option<(Kind, usize)> {
        let first = scan.lower(at);
        let entries = self
            .shapes
            .may_hold(first)
            .then(|| self.entries.get(first))??;
        entries
            .iter()
            .find(|(words, _)| {
                words
                    .iter()
                    .enumerate()
                    .all(|(i, w)| scan.lower(at + i) == *w)
            })
            .map(|(words, kind)| (*kind, words.len()))
    }

    /// Whether a phrase of a kind ends with a word.
    fn ends_with(&self, scan: &Scan<'_>, at: usize, kind: Kind) -> bool {
        let before = self.before.get(scan.lower(at)).into_iter().flatten();
        before.filter(|(_, k)| *k == kind).any(|(words, _)| {
            words
                .iter()
                .rev()
                .enumerate()
                .all(|(i, w)| at.checked_sub(i).is_some_and(|b| scan.lower(b) == *w))
        })
    }
}

static FRENCH: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::load(&Table::parse(
        "fr/relative_dates",
        include_str!("../rules/fr/relative_dates.tsv"),
    ))
});
static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::load(&Table::parse(
        "en/relative_dates",
        include_str!("../rules/en/relative_dates.tsv"),
    ))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_there_and_back() {
        for date in [
            "1970-01-01",
            "2000-02-29",
            "2020-10-02",
            "2024-12-31",
            "1900-03-01",
        ] {
            let (day, _) = days(date).unwrap();
            assert_eq!(civil(day), date);
        }
    }
}
