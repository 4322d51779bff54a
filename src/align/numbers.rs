//! Numbers, times and dates in one form for both languages.
//!
//! `21,4 milliards` and `$21.4bn`, `soixante et un` and `Sixty-one`, `4 h 20` and
//! `4.20am`, `30 septembre` and `Sept. 30` are equal here. What a paper writes in
//! words and another in digits is the same number to the aligner.

use std::ops::Range;

use super::language::{Calendar, Language, NumberWord};
use super::words::Word;

/// What a number counts, as far as its own notation tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// A count, an amount, a year.
    Plain,
    /// A share in percent.
    Percent,
    /// A time of day, in minutes.
    Time,
    /// A day of the year, month times 100 plus day.
    Date,
}

/// A number and the words it is written with.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// What it counts.
    pub kind: NumberKind,
    /// Its value.
    pub value: f64,
    /// The words it takes up, by position.
    pub words: Range<usize>,
}

impl Number {
    /// A name that is equal for equal numbers.
    #[must_use]
    pub fn key(&self) -> String {
        let kind = match self.kind {
            NumberKind::Plain => "",
            NumberKind::Percent => "%",
            NumberKind::Time => "h",
            NumberKind::Date => "d",
        };
        format!("{}{kind}", (self.value * 1000.0).round() / 1000.0)
    }

    /// How unlikely two texts are to share this number by chance, 0 to 1: small
    /// counts are everywhere, years nearly so.
    #[must_use]
    pub fn information(&self) -> f32 {
        match self.kind {
            NumberKind::Percent => 0.9,
            NumberKind::Time => 0.8,
            NumberKind::Date => 0.7,
            NumberKind::Plain if self.value.fract() != 0.0 => 0.9,
            NumberKind::Plain if self.value <= 3.0 => 0.25,
            NumberKind::Plain if self.value <= 12.0 => 0.5,
            NumberKind::Plain if (1900.0..2100.0).contains(&self.value) => 0.55,
            NumberKind::Plain => 0.9,
        }
    }
}

/// The numbers of a sentence in order; `words` are those of `text`.
///
/// ```
/// use diptych::align::{language::Language, numbers::numbers, words::words};
/// use diptych::document::Lang;
/// let keys = |lang, text: &str| -> Vec<String> {
///     numbers(text, &words(text), Language::of(lang)).iter().map(|n| n.key()).collect()
/// };
/// assert_eq!(keys(Lang::FR, "soixante et un sites"), keys(Lang::EN, "Sixty-one sites"));
/// assert_eq!(keys(Lang::FR, "21,4 milliards d'euros"), keys(Lang::EN, "€21.4bn"));
/// ```
#[must_use]
pub fn numbers(text: &str, words: &[Word<'_>], language: &Language) -> Vec<Number> {
    let scan = Scan {
        text,
        words,
        language,
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match scan.number(at) {
            Some(number) => {
                at = number.words.end;
                out.push(number);
            }
            None => at += 1,
        }
    }
    out
}

struct Scan<'t> {
    text: &'t str,
    words: &'t [Word<'t>],
    language: &'t Language,
}

impl Scan<'_> {
    fn number(&self, at: usize) -> Option<Number> {
        let word = self.words.get(at)?;
        let number = if word.digits {
            let (value, end) = self.digits(at);
            self.time(at, value, end)
                .or_else(|| self.day_of_month(value, at, end))
                .unwrap_or_else(|| self.scaled(value, at, end))
        } else if let Some(date) = self.month_and_day(at) {
            date
        } else {
            let (value, end) = self.spelled(at)?;
            self.scaled(value, at, end)
        };
        Some(number)
    }

    /// What stands between two words.
    fn gap(&self, left: usize) -> &str {
        match (self.words.get(left), self.words.get(left + 1)) {
            (Some(a), Some(b)) => &self.text[a.range.end..b.range.start],
            _ => "\n",
        }
    }

    fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| &*w.lower)
    }

    fn is_digits(&self, at: usize, len: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.digits && w.lower.len() == len)
    }

    /// A number in digits: groups of thousands, then decimals. Gives its value and
    /// the word after it.
    fn digits(&self, at: usize) -> (f64, usize) {
        let mut text = self.lower(at).to_owned();
        let mut end = at + 1;
        let first_group = text.len() <= 3 && text != "0";
        while first_group && self.is_digits(end, 3) && self.joins_thousands(self.gap(end - 1)) {
            text.push_str(self.lower(end));
            end += 1;
        }
        let decimal = if self.language.decimal_comma {
            matches!(self.gap(end - 1), "," | ".")
        } else {
            self.gap(end - 1) == "."
        };
        if decimal && self.words.get(end).is_some_and(|w| w.digits) {
            text.push('.');
            text.push_str(self.lower(end));
            end += 1;
        }
        (text.parse().unwrap_or(0.0), end)
    }

    fn joins_thousands(&self, gap: &str) -> bool {
        match gap {
            "\u{a0}" | "\u{202f}" | "\u{2009}" | "'" | "’" => true,
            " " | "." => self.language.decimal_comma,
            "," => !self.language.decimal_comma,
            _ => false,
        }
    }

    /// `4 h 20`, `17h`, `4.20am`, `4:20 p.m.`, `2 a.m.`
    fn time(&self, at: usize, value: f64, end: usize) -> Option<Number> {
        let of = |hours: f64, minutes: f64, end: usize| Number {
            kind: NumberKind::Time,
            value: hours * 60.0 + minutes,
            words: at..end,
        };
        let hours = value.trunc();
        if !(0.0..=24.0).contains(&hours) {
            return None;
        }
        let tight = |s: &str| s.chars().all(char::is_whitespace) && s.len() <= 3;
        if self.lower(end) == "h" && tight(self.gap(end - 1)) {
            let minutes = self
                .words
                .get(end + 1)
                .filter(|w| w.digits && w.lower.len() == 2 && tight(self.gap(end)));
            return Some(match minutes {
                Some(m) => of(hours, m.lower.parse().unwrap_or(0.0), end + 2),
                None => of(hours, 0.0, end + 1),
            });
        }
        let (minutes, end) = if self.gap(end - 1) == ":" && self.is_digits(end, 2) {
            (self.lower(end).parse().unwrap_or(0.0), end + 1)
        } else {
            (((value - hours) * 100.0).round(), end)
        };
        let (half, after) = match (self.lower(end), self.gap(end), self.lower(end + 1)) {
            ("am", ..) => (0.0, end + 1),
            ("pm", ..) => (12.0, end + 1),
            ("a", ".", "m") => (0.0, end + 2),
            ("p", ".", "m") => (12.0, end + 2),
            // `4:20` by itself is a time, `4.20` is not.
            _ if end > at + 1 && self.gap(at) == ":" => (0.0, end),
            _ => return None,
        };
        let hours = if half > 0.0 && hours < 12.0 {
            hours + half
        } else {
            hours
        };
        Some(of(hours, minutes, after))
    }

    /// `30 septembre`, `1er octobre`, `24 February`.
    fn day_of_month(&self, value: f64, at: usize, end: usize) -> Option<Number> {
        if end != at + 1 || !(1.0..=31.0).contains(&value) {
            return None;
        }
        let ordinal = matches!(self.lower(end), "er" | "st" | "nd" | "rd" | "th");
        let mut month = if ordinal { end + 1 } else { end };
        if self.lower(month) == "of" {
            month += 1;
        }
        match self.language.calendar(self.lower(month)) {
            Some(Calendar::Month(m)) if self.gap(month - 1).trim().is_empty() => Some(Number {
                kind: NumberKind::Date,
                value: f64::from(m) * 100.0 + value,
                words: at..month + 1,
            }),
            _ => None,
        }
    }

    /// `Sept. 30`, `September 30`; a month in lower case is French and comes after.
    fn month_and_day(&self, at: usize) -> Option<Number> {
        let Some(Calendar::Month(month)) = self.language.calendar(self.lower(at)) else {
            return None;
        };
        let day: f64 = match self.words.get(at + 1) {
            Some(w) if w.digits && w.lower.len() <= 2 => w.lower.parse().ok()?,
            _ => return None,
        };
        let near = matches!(self.gap(at), " " | ". " | ".\u{a0}" | "\u{a0}");
        (near && self.words.get(at)?.capital && (1.0..=31.0).contains(&day)).then(|| Number {
            kind: NumberKind::Date,
            value: f64::from(month) * 100.0 + day,
            words: at..at + 2,
        })
    }

    /// A number in words: `quatre-vingt-dix`, `two hundred and ten`.
    fn spelled(&self, at: usize) -> Option<(f64, usize)> {
        let (mut total, mut current) = (0.0, 0.0);
        let (mut end, mut count) = (at, 0);
        let mut last_unit = false;
        let mut only_one = false;
        while let Some(word) = self.language.number_word(self.lower(end)) {
            match word {
                NumberWord::Unit(_) if last_unit => break,
                NumberWord::Unit(v) => {
                    only_one = count == 0 && v == 1.0;
                    // `soixante-dix-sept`, `dix-huit`: ten may go on.
                    last_unit = v != 10.0;
                    current += v;
                }
                // `quatre-vingts`
                NumberWord::Ten(v) if v == 20.0 && current % 100.0 == 4.0 => {
                    current += 76.0;
                    last_unit = false;
                }
                NumberWord::Ten(_) if last_unit => break,
                NumberWord::Ten(v) => current += v,
                NumberWord::Multiplier(v) => {
                    // Single letters are multipliers only behind digits.
                    if self.lower(end).len() < 3 || (count == 0 && self.lower(end).ends_with('s')) {
                        break;
                    }
                    let base = if current == 0.0 { 1.0 } else { current };
                    if v == 100.0 {
                        current = base * v;
                    } else {
                        total += base * v;
                        current = 0.0;
                    }
                    last_unit = false;
                    only_one = false;
                }
                NumberWord::About(v) => {
                    return (count == 0 || only_one).then_some((v, end + 1));
                }
                NumberWord::Fraction(v) => {
                    if count == 0 && v != 0.5 {
                        return None;
                    }
                    let base = if count == 0 { 1.0 } else { total + current };
                    return Some((base * v, end + 1));
                }
            }
            count += 1;
            end += 1;
            let link = self.gap(end - 1);
            if !matches!(link, " " | "-" | "\u{2011}" | "\u{a0}") {
                break;
            }
            // `soixante et un`, `two hundred and ten`
            let and = matches!(self.lower(end), "et" | "and");
            if and && self.joins_after_and(end, current) {
                end += 1;
            }
        }
        (count > 0 && !only_one).then_some((total + current, end))
    }

    /// Whether the number goes on behind an `and`: not in `three and four`.
    fn joins_after_and(&self, and: usize, current: f64) -> bool {
        let next = self.language.number_word(self.lower(and + 1));
        matches!(next, Some(NumberWord::Unit(_) | NumberWord::Ten(_)))
            && current >= 20.0
            && current % 10.0 == 0.0
            && self.gap(and) == " "
    }

    /// A multiplier or a percent sign behind a number.
    fn scaled(&self, value: f64, at: usize, end: usize) -> Number {
        let mut number = Number {
            kind: NumberKind::Plain,
            value,
            words: at..end,
        };
        let after = self.gap_after(end);
        if after.trim_start().starts_with('%') {
            number.kind = NumberKind::Percent;
            return number;
        }
        let two = (self.lower(end), self.lower(end + 1));
        if matches!(two, ("pour" | "per", "cent")) {
            number.kind = NumberKind::Percent;
            number.words.end = end + 2;
        } else if matches!(two.0, "percent" | "pct") {
            number.kind = NumberKind::Percent;
            number.words.end = end + 1;
        } else if let Some(NumberWord::Multiplier(v)) = self.language.number_word(two.0)
            && v >= 1000.0
            && (two.0.len() > 2 || after.is_empty() || two.0 == "bn")
            && matches!(after, "" | " " | "\u{a0}" | "\u{202f}" | "-")
        {
            number.value *= v;
            number.words.end = end + 1;
        }
        number
    }

    /// What stands behind the word before `end`, to the next word or the end.
    fn gap_after(&self, end: usize) -> &str {
        let from = self.words.get(end - 1).map_or(0, |w| w.range.end);
        let to = self
            .words
            .get(end)
            .map_or(self.text.len(), |w| w.range.start);
        &self.text[from..to]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::words::words;
    use crate::document::Lang;

    fn keys(lang: Lang, text: &str) -> Vec<String> {
        numbers(text, &words(text), Language::of(lang))
            .iter()
            .map(Number::key)
            .collect()
    }

    #[test]
    fn both_languages_give_one_form() {
        for (fr, en, key) in [
            ("1 280 obus", "1,280 shells", "1280"),
            ("84\u{202f}500 livres", "84,500 pounds", "84500"),
            ("5,5 % de marge", "a margin of 5.5%", "5.5%"),
            ("11,7 pour cent", "11.7 per cent", "11.7%"),
            ("21,4 milliards d'euros", "€21.4bn", "21400000000"),
            ("4,82 milliards", "4.82 billion", "4820000000"),
            ("à 4 h 20", "at 4.20am", "260h"),
            ("vers 2 h", "around 2 a.m.", "120h"),
            ("à 17h05", "at 5:05 pm", "1025h"),
            ("le 30 septembre", "on Sept. 30", "930d"),
            ("le 1er octobre", "October 1", "1001d"),
            ("soixante et un points", "Sixty-one points", "61"),
            ("quarante-trois", "forty-three", "43"),
            ("quatre-vingt-dix-huit", "ninety-eight", "98"),
            ("soixante-dix-sept", "seventy-seven", "77"),
            ("deux cent dix", "two hundred and ten", "210"),
            ("dix mille", "ten thousand", "10000"),
            ("la moitié", "half", "0.5"),
            ("trois quarts", "three quarters", "0.75"),
            ("une douzaine de pays", "a dozen countries", "12"),
        ] {
            assert_eq!(keys(Lang::FR, fr), [key], "{fr}");
            assert_eq!(keys(Lang::EN, en), [key], "{en}");
        }
    }

    #[test]
    fn articles_are_no_numbers_and_neighbours_stay_apart() {
        assert!(keys(Lang::FR, "un homme et une femme").is_empty());
        assert!(keys(Lang::EN, "one of them").is_empty());
        assert_eq!(keys(Lang::EN, "three and four"), ["3", "4"]);
        assert_eq!(keys(Lang::FR, "en 2020, 300 combattants"), ["2020", "300"]);
        assert_eq!(keys(Lang::EN, "in 2020 300 fighters"), ["2020", "300"]);
        assert!(keys(Lang::EN, "thousands of people").is_empty());
    }
}
