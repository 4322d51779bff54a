//! Numbers with what they are given in: `21,4 milliards d'euros` and `€21.4bn`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Found;
use crate::align::numbers::{Number, NumberKind};
use crate::align::words::{Word, fold};
use crate::document::Lang;
use crate::rules::table::Table;

/// The numbers and times of day of a paragraph; dates are left to others.
pub(super) fn measures(text: &str, words: &[Word], numbers: &[Number], lang: Lang) -> Vec<Found> {
    numbers
        .iter()
        .filter_map(|n| {
            let first = words.get(n.words.start)?.range.start;
            let last = words.get(n.words.end.checked_sub(1)?)?.range.end;
            let value = format!("{}", (n.value * 1000.0).round() / 1000.0);
            let found = |kind, range, key| Found { kind, range, key };
            Some(match n.kind {
                NumberKind::Date => return None,
                NumberKind::Time => {
                    let minutes = n.value.max(0.0) as u64;
                    let key = format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
                    found("time", first..last, key)
                }
                NumberKind::Percent => {
                    let sign = text[last..].find('%').filter(|&i| i <= 3);
                    let end = sign.map_or(last, |i| last + i + 1);
                    found("number", first..end, format!("{value} %"))
                }
                NumberKind::Plain => match unit(text, words, n, first..last, lang) {
                    Some((range, unit)) => found("number", range, format!("{value} {unit}")),
                    None => found("number", first..last, value),
                },
            })
        })
        .collect()
}

/// The unit of a number and the range of both.
fn unit(
    text: &str,
    words: &[Word],
    number: &Number,
    range: std::ops::Range<usize>,
    lang: Lang,
) -> Option<(std::ops::Range<usize>, &'static str)> {
    for (sign, key) in &UNITS.signs {
        let before = text[..range.start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let is_before = before
            .get(before.len().saturating_sub(sign.len())..)
            .is_some_and(|s| s.eq_ignore_ascii_case(sign));
        if is_before && range.start - before.len() <= 3 {
            return Some((before.len() - sign.len()..range.end, key));
        }
        let after = text[range.end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let from = text.len() - after.len();
        if from - range.end <= 3 && after.starts_with(sign.as_str()) {
            return Some((range.start..from + sign.len(), key));
        }
    }
    let forms = match lang {
        Lang::FR => &UNITS.french,
        Lang::EN => &UNITS.english,
        _ => return None,
    };
    let mut from = number.words.end;
    // `4 milliards d'euros`, `a million of dollars`
    if matches!(
        words.get(from).map(|w| w.lower.as_str()),
        Some("d" | "de" | "of")
    ) {
        from += 1;
    }
    (1..=4).rev().find_map(|length| {
        let unit = words.get(from..from + length)?;
        let (first, last) = (unit.first()?, unit.last()?);
        let gap = text.get(range.end..first.range.start)?;
        // A unit stands close: not in another clause or sentence.
        let close = gap.len() <= 5 && !gap.contains(['.', ',', ';', ':', '(', '\n']);
        let form: Vec<String> = unit.iter().map(|w| fold(&w.lower)).collect();
        let key = forms.get(&form.join(" "))?;
        close.then_some((range.start..last.range.end, *key))
    })
}

struct Units {
    /// The longest first.
    signs: Vec<(String, &'static str)>,
    english: HashMap<String, &'static str>,
    french: HashMap<String, &'static str>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let table = Table::parse("any/units", include_str!("../rules/any/units.tsv"));
    let mut units = Units {
        signs: Vec::new(),
        english: HashMap::new(),
        french: HashMap::new(),
    };
    for row in table.rows() {
        let forms = |column| row.get(column).split(',').filter(|f: &&str| !f.is_empty());
        units
            .signs
            .extend(forms("signs").map(|s| (s.to_owned(), row.get("key"))));
        for form in forms("en") {
            units
                .english
                .entry(form.to_owned())
                .or_insert(row.get("key"));
        }
        for form in forms("fr") {
            units
                .french
                .entry(form.to_owned())
                .or_insert(row.get("key"));
        }
    }
    units
        .signs
        .sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
    units
});
