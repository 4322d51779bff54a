//! Numbers with what they are given in: `21,4 milliards d'euros` and `€21.4bn`.

use std::ops::Range;
use std::sync::LazyLock;

use super::Found;
use crate::align::numbers::{Number, NumberKind};
use crate::align::words::{Word, fold};
use crate::document::Lang;
use crate::rules::hash::WordMap;
use crate::rules::table::Table;

/// The numbers and times of day of a paragraph; dates are left to others.
pub(super) fn measures(
    text: &str,
    words: &[Word<'_>],
    numbers: &[Number],
    lang: Lang,
) -> Vec<Found> {
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

/// White space between a number and its unit.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// The unit of a number and the range of both.
fn unit(
    text: &str,
    words: &[Word<'_>],
    number: &Number,
    range: Range<usize>,
    lang: Lang,
) -> Option<(Range<usize>, &'static str)> {
    by_sign(text, &range).or_else(|| by_words(text, words, number, range, lang))
}

/// `€21`, `21 €`
fn by_sign(text: &str, range: &Range<usize>) -> Option<(Range<usize>, &'static str)> {
    /// One space of any width.
    const NEAR: usize = 3;
    let before = text[..range.start].trim_end_matches(SPACES);
    let after = text[range.end..].trim_start_matches(SPACES);
    let from = text.len() - after.len();
    let before = Some(before).filter(|b| {
        range.start - b.len() <= NEAR
            && b.bytes()
                .next_back()
                .is_some_and(|b| UNITS.sign_ends[usize::from(b)])
    });
    let after = Some(after).filter(|a| {
        from - range.end <= NEAR
            && a.bytes()
                .next()
                .is_some_and(|b| UNITS.sign_starts[usize::from(b)])
    });
    if before.is_none() && after.is_none() {
        return None;
    }
    UNITS.signs.iter().find_map(|(sign, key)| {
        if let Some(before) = before
            && let Some(at) = before.len().checked_sub(sign.len())
            && before
                .get(at..)
                .is_some_and(|s| s.eq_ignore_ascii_case(sign))
        {
            return Some((at..range.end, *key));
        }
        after
            .filter(|after| after.starts_with(sign))
            .map(|_| (range.start..from + sign.len(), *key))
    })
}

/// `21 euros`, `4 milliards d'euros`, `a million of dollars`
fn by_words(
    text: &str,
    words: &[Word<'_>],
    number: &Number,
    range: Range<usize>,
    lang: Lang,
) -> Option<(Range<usize>, &'static str)> {
    let forms = match lang {
        Lang::FR => &UNITS.french,
        Lang::EN => &UNITS.english,
        _ => return None,
    };
    let mut from = number.words.end;
    if matches!(words.get(from).map(|w| &*w.lower), Some("d" | "de" | "of")) {
        from += 1;
    }
    let first = words.get(from)?;
    // A unit stands close: not in another clause or sentence.
    let gap = text.get(range.end..first.range.start)?;
    if gap.len() > 5 || gap.contains(['.', ',', ';', ':', '(', '\n']) {
        return None;
    }
    let is = |at: usize, form: &str| words.get(at).is_some_and(|w| fold(&w.lower) == form);
    forms
        .get(fold(&first.lower).as_str())?
        .iter()
        .find_map(|form| {
            let last = from + form.rest.len();
            let all = (from + 1..).zip(&form.rest).all(|(at, word)| is(at, word));
            let end = words.get(last).filter(|_| all)?.range.end;
            Some((range.start..end, form.key))
        })
}

/// A unit in words.
struct Form {
    /// The words behind the first.
    rest: Vec<&'static str>,
    key: &'static str,
}

/// Forms by their first word, the longest first.
type Forms = WordMap<Vec<Form>>;

struct Units {
    /// The longest first.
    signs: Vec<(&'static str, &'static str)>,
    /// The first bytes of signs, and the last ones in both cases.
    sign_starts: [bool; 256],
    sign_ends: [bool; 256],
    english: Forms,
    french: Forms,
}

fn add(forms: &mut Forms, form: &'static str, key: &'static str) {
    let mut words = form.split(' ');
    let Some(first) = words.next() else { return };
    let rest: Vec<_> = words.collect();
    let known = forms.entry(first).or_default();
    if known.iter().all(|form| form.rest != rest) {
        known.push(Form { rest, key });
        known.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
    }
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let table = Table::parse("any/units", include_str!("../rules/any/units.tsv"));
    let mut units = Units {
        signs: Vec::new(),
        sign_starts: [false; 256],
        sign_ends: [false; 256],
        english: Forms::default(),
        french: Forms::default(),
    };
    for row in table.rows() {
        let key = row.get("key");
        let forms = |column| row.get(column).split(',').filter(|f: &&str| !f.is_empty());
        for sign in forms("signs") {
            units.signs.push((sign, key));
            if let (Some(first), Some(last)) = (sign.bytes().next(), sign.bytes().next_back()) {
                units.sign_starts[usize::from(first)] = true;
                units.sign_ends[usize::from(last.to_ascii_lowercase())] = true;
                units.sign_ends[usize::from(last.to_ascii_uppercase())] = true;
            }
        }
        forms("en").for_each(|form| add(&mut units.english, form, key));
        forms("fr").for_each(|form| add(&mut units.french, form, key));
    }
    units
        .signs
        .sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
    units
});
