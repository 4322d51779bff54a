//! Patterns over kinds of characters ([`super::kinds`]), a byte each.
//!
//! A pattern such as `\p{Lu}[\p{L}' -]+` speaks of classes of thousands of
//! characters, and as an automaton over UTF-8 it has thousands of states that take
//! milliseconds to build and megabytes to hold. So a [`Pattern`] is compiled over the
//! few dozen kinds that it tells apart. In patterns with word boundaries,
//! kinds of word characters get the letters and digits of ASCII, so that the
//! boundaries are where they were; where there are more kinds than these, the
//! boundaries are left out, and what fits is held against the pattern as it was.
//!
//! A pattern is compiled when it is first tried: hardly any text needs them all.

use std::sync::OnceLock;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use super::automaton::{Automaton, Full};

/// A pattern for whole lines, without case.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    compiled: OnceLock<Compiled>,
}

impl Pattern {
    /// A pattern that is compiled when a line is first held against it.
    pub(super) fn new(source: String) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether a line fits.
    pub(super) fn is_match(&self, line: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| {
            Compiled::new(&self.source)
                .unwrap_or_else(|e| panic!("block pattern `{}`: {e}", self.source))
        });
        compiled.is_match(line, &self.source)
    }
}

#[derive(Debug)]
struct Compiled {
    automaton: Automaton,
    /// Whether that fits more than the pattern does.
    is_loose: bool,
    over_characters: OnceLock<regex::Regex>,
}

impl Compiled {
    fn new(source: &str) -> Result<Self, String> {
        let hir = [parsed(source)?];
        let boundaries = has_boundaries(&hir[0]);
        let bounded = boundaries
            .then(|| Automaton::new(&hir, true))
            .and_then(Result::ok);
        Ok(Self {
            is_loose: boundaries && bounded.is_none(),
            automaton: match bounded {
                Some(found) => found,
                None => Automaton::new(&hir, false)?,
            },
            over_characters: OnceLock::new(),
        })
    }

    fn is_match(&self, line: &str, source: &str) -> bool {
        let exact = || {
            let exact = self.over_characters.get_or_init(|| over_characters(source));
            exact.is_match(line)
        };
        let mut fits = false;
        match self.automaton.find(line, |_| fits = true) {
            Ok(()) => fits && (!self.is_loose || exact()),
            Err(Full) => exact(),
        }
    }
}

/// Whether an expression asks where words begin or end.
pub(super) fn has_boundaries(hir: &Hir) -> bool {
    hir.properties().look_set().contains_word()
}

/// The expression of a pattern without case.
pub(super) fn parsed(source: &str) -> Result<Hir, String> {
    ParserBuilder::new()
        .case_insensitive(true)
        .build()
        .parse(source)
        .map_err(|e| e.to_string())
}

/// A pattern without case as it is.
pub(super) fn over_characters(source: &str) -> regex::Regex {
    regex::RegexBuilder::new(source)
        .case_insensitive(true)
        .size_limit(1 << 26)
        .build()
        .unwrap_or_else(|e| panic!("block pattern `{source}`: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fits_as_it_does_the_pattern_over_characters() {
        let sources = [
            r"^(?:par (?-i:\p{Lu}[\p{L}\p{M}'.-]*)(?: \p{L}+)?)$",
            r"^(?:.{0,9}\b(?:à|été)\b.*)$",
            r"^(?:[^«»“”]*\d\w*[^.…])$",
            r"^(?:ſ|k|İ).*$",
            // More kinds of letters than ASCII has.
            r"^(?:(?-i:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789éà)|été\b.*|\w\b.\d)$",
        ];
        let lines = [
            "Par Élise",
            "PAR élise",
            "par Élise DURAND",
            "par É. d",
            "il a été là",
            "été",
            "étés à",
            "à-demi",
            "xà y",
            "«1",
            "le 3 mai!",
            "3.",
            "a1…",
            "S",
            "K",
            "ſx",
            "\u{212a}",
            "i̇",
            "İ",
            "",
            "𝄞 3x",
            "\u{d7ff}1 \u{e000}",
        ];
        for source in sources {
            let over_characters = over_characters(source);
            let pattern = Pattern::new(source.into());
            for line in lines {
                assert_eq!(
                    pattern.is_match(line),
                    over_characters.is_match(line),
                    "{line:?} in {source}"
                );
            }
        }
    }
}
