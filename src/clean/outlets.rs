//! Where furniture names its outlet: patterns of `rules/*/outlets.tsv`, each for the
//! blocks of one kind, whose first group is the name.
//!
//! Hardly any block fits one. So a block is held against each pattern over kinds of
//! characters ([`super::pattern`]), and only what fits is read for the name, by the
//! pattern as it stands; both are compiled when they are first needed.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::macros::{any_space, expand};
use super::pattern::{Pattern, over_characters};
use super::vocabulary::vocabulary;
use crate::document::{ArtefactKind, Lang};
use crate::rules::table::Table;

/// A pattern that a name is found with.
#[derive(Debug)]
pub(super) struct OutletPattern {
    /// The kind of the blocks that it is for.
    pub(super) kind: ArtefactKind,
    source: String,
    fits: Pattern,
    exact: OnceLock<Regex>,
}

impl OutletPattern {
    fn new(kind: ArtefactKind, source: String) -> Self {
        Self {
            kind,
            fits: Pattern::new(format!("(?s:.*?)(?:{source})(?s:.*)"), 1),
            source,
            exact: OnceLock::new(),
        }
    }

    /// The name in a block's text, and the byte at which it begins.
    pub(super) fn name<'t>(&self, line: &'t str) -> Option<(usize, &'t str)> {
        if !self.fits.is_match(line, 0) {
            return None;
        }
        let exact = self.exact.get_or_init(|| over_characters(&self.source));
        let found = exact.captures(line)?.get(1)?;
        Some((found.start(), found.as_str()))
    }
}

/// The patterns of a language, in the order in which they are asked.
pub(super) fn patterns(lang: Lang) -> &'static [OutletPattern] {
    fn read(lang: Lang, text: &'static str) -> Vec<OutletPattern> {
        let words = vocabulary(lang);
        let table = Table::parse("outlets", text);
        let rows = table.rows().filter_map(|row| {
            let kind = ArtefactKind::parse(row.get("kind"))?;
            let source = any_space(&expand(row.get("pattern"), words));
            Some(OutletPattern::new(kind, source))
        });
        rows.collect()
    }
    static FR: LazyLock<Vec<OutletPattern>> =
        LazyLock::new(|| read(Lang::FR, include_str!("../rules/fr/outlets.tsv")));
    static EN: LazyLock<Vec<OutletPattern>> =
        LazyLock::new(|| read(Lang::EN, include_str!("../rules/en/outlets.tsv")));
    match lang {
        Lang::FR => &FR,
        Lang::EN => &EN,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_the_first_pattern_that_fits_has_them() {
        let name = |lang, line| patterns(lang).iter().find_map(|p| p.name(line));
        // The article is no part of the pattern's name.
        assert_eq!(
            name(Lang::EN, "Support The River Courier from £2 a month"),
            Some((12, "River Courier"))
        );
        let french = "Suivez Le Fleuve sur nos réseaux";
        assert_eq!(name(Lang::FR, french), Some((7, "Le Fleuve")));
        assert_eq!(name(Lang::UNKNOWN, french), None);
    }
}
