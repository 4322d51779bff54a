//! Name keys on names as the French and the English press write them: `names_same.tsv`
//! holds spellings of one person, `names_different.tsv` people with names alike.

use diptych::quote::name_key::{agree, name_key};

/// The pairs of a table.
fn pairs(table: &str) -> Vec<(&str, &str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .collect()
}

#[test]
fn spellings_of_one_person_have_one_key() {
    let pairs = pairs(include_str!("data/names_same.tsv"));
    let missed: Vec<_> = pairs
        .iter()
        .filter(|(fr, en)| name_key(fr) != name_key(en))
        .collect();
    let share = 1.0 - missed.len() as f64 / pairs.len() as f64;
    assert!(
        pairs.len() >= 150 && share >= 0.97,
        "{share:.3}: {missed:?}"
    );
}

#[test]
fn people_with_names_alike_have_different_keys() {
    let pairs = pairs(include_str!("data/names_different.tsv"));
    let taken: Vec<_> = pairs
        .iter()
        .filter(|(a, b)| agree(&name_key(a), &name_key(b)))
        .collect();
    assert!(pairs.len() >= 150 && taken.is_empty(), "{taken:?}");
}
