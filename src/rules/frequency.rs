//! How frequent words are in running text, as `scripts/align/frequency.py` counted them.

use super::table::Table;
use crate::document::Lang;

/// The words of a language in lower case, each with -log2 of its share of running text;
/// none for languages other than French and English.
///
/// # Panics
/// Where a share is no number: the tables are part of the program, and tests read them.
pub(crate) fn bits(lang: Lang) -> impl Iterator<Item = (&'static str, f32)> {
    let table = match lang {
        Lang::FR => include_str!("fr/frequency.tsv"),
        Lang::EN => include_str!("en/frequency.tsv"),
        _ => "word\tbits",
    };
    let bits = |cell: &str| cell.parse().expect("a share is a number");
    let table = Table::parse("frequency", table);
    let rows = table
        .rows()
        .map(|row| (row.get("word"), bits(row.get("bits"))));
    rows.collect::<Vec<_>>().into_iter()
}
