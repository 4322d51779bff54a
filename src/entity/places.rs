//! Places that have a name of their own in each language: states, capitals, and
//! the cities, regions and waters of `rules/any/places.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::Lang;
use crate::quote::name_key::plain;
use crate::rules::hash::WordHashing;
use crate::rules::table::Table;

/// The key of a place by its name in a language.
///
/// Bodies that speak as states do (the Union, the United Nations) are none.
pub(super) fn key(name: &str, lang: Lang) -> Option<&'static str> {
    let table = match lang {
        Lang::FR => &*FRENCH,
        Lang::EN => &*ENGLISH,
        _ => return None,
    };
    let mut plain = plain(name);
    if plain.contains('’') {
        plain = plain.replace('’', "'").into();
    }
    table.get(&*plain).map(String::as_str)
}

/// Keys in `countries` that are no places.
const BODIES: &[&str] = &["un", "europe"];

type Places = HashMap<String, String, WordHashing>;

fn load(name: &str, capital: &str) -> Places {
    let mut places = Places::default();
    let mut add = |forms: &str, key: &str| {
        for form in forms.split(',').filter(|f| !f.is_empty()) {
            places
                .entry(plain(form).into_owned())
                .or_insert_with(|| plain(key).into_owned());
        }
    };
    let countries = Table::parse("any/countries", include_str!("../rules/any/countries.tsv"));
    for row in countries.rows().filter(|r| !BODIES.contains(&r.get("key"))) {
        add(row.get(name), row.get("key"));
    }
    for row in countries.rows().filter(|r| !BODIES.contains(&r.get("key"))) {
        let english = row.get("en_capital").split(',').next().unwrap_or_default();
        add(row.get(capital), english);
    }
    let table = Table::parse("any/places", include_str!("../rules/any/places.tsv"));
    for row in table.rows() {
        add(row.get(name), row.get("key"));
    }
    places
}

static FRENCH: LazyLock<Places> = LazyLock::new(|| load("fr", "fr_capital"));
static ENGLISH: LazyLock<Places> = LazyLock::new(|| load("en", "en_capital"));
