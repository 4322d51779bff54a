//! Patterns over kinds of characters ([`super::kinds`]), a byte each.
//!
//! A pattern such as `\p{Lu}[\p{L}' -]+` speaks of classes of thousands of
//! characters, and as an automaton over UTF-8 it has thousands of states that take
//! milliseconds to build and megabytes to hold. So a [`Pattern`] is compiled over the
//! few dozen kinds that it tells apart. In patterns with word boundaries,
//! kinds of word characters get the letters and digits of ASCII, so that the
//! boundaries are where they were; where there are more kinds than these, the
//! boundaries are left out, and what fits is held against the alternative as it was.
//!
//! Each alternative of a pattern is compiled when it is first tried: hardly any text
//! needs them all.

use std::sync::OnceLock;

use regex_automata::{Anchored, Input, meta};
use regex_syntax::hir::{Hir, HirKind, Look};

use super::automaton::{Automaton, Full};
use super::parse::parsed;

/// A pattern for whole lines, without case.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) source: String,
    /// Each of its alternatives.
    branches: Vec<OnceLock<Compiled>>,
}

impl Pattern {
    /// A pattern with so many alternatives, each compiled when a line is first held
    /// against it.
    pub(super) fn new(source: String, branches: usize) -> Self {
        Self {
            source,
            branches: (0..branches).map(|_| OnceLock::new()).collect(),
        }
    }

    /// Whether a line fits an alternative of the pattern.
    pub(super) fn is_match(&self, line: &str, branch: usize) -> bool {
        let Some(compiled) = self.branches.get(branch) else {
            return false;
        };
        let expected = "an alternative of a block pattern";
        let compiled = compiled.get_or_init(|| {
            Compiled::new(&self.source, branch)
                .unwrap_or_else(|e| panic!("{expected} `{}`: {e}", self.source))
        });
        compiled
            .fits(line)
            .unwrap_or_else(|e| panic!("{expected} `{}`: {e}", self.source))
    }
}

/// The alternatives of a pattern.
pub(super) fn branches(hir: &Hir) -> &[Hir] {
    match hir.kind() {
        HirKind::Alternation(branches) => branches,
        _ => std::slice::from_ref(hir),
    }
}

#[derive(Debug)]
struct Compiled {
    automaton: Automaton,
    /// Whether that fits more than the alternative does.
    is_loose: bool,
    /// The alternative as it is,
    whole: Hir,
    /// compiled when a line needs it.
    exact: OnceLock<Result<meta::Regex, String>>,
}

impl Compiled {
    fn new(source: &str, branch: usize) -> Result<Self, String> {
        let hir = parsed(source)?;
        let branch = branches(&hir)
            .get(branch)
            .cloned()
            .unwrap_or_else(Hir::fail);
        let whole = [Hir::concat(vec![branch, Hir::look(Look::End)])];
        let boundaries = has_boundaries(&whole[0]);
        let bounded = boundaries
            .then(|| Automaton::new(&whole, true))
            .and_then(Result::ok);
        let is_loose = boundaries && bounded.is_none();
        let automaton = match bounded {
            Some(found) => found,
            None => Automaton::new(&whole, false)?,
        };
        let [whole] = whole;
        Ok(Self {
            automaton,
            is_loose,
            whole,
            exact: OnceLock::new(),
        })
    }

    /// Whether a line fits.
    fn fits(&self, line: &str) -> Result<bool, String> {
        let mut fits = false;
        let is_told = match self.automaton.find(line, |_| fits = true) {
            Ok(()) => !fits || !self.is_loose,
            Err(Full) => false,
        };
        if is_told {
            return Ok(fits);
        }
        let from_start = Input::new(line).anchored(Anchored::Yes);
        match self.exact.get_or_init(|| exact(&self.whole)) {
            Ok(exact) => Ok(exact.is_match(from_start)),
            Err(e) => Err(e.clone()),
        }
    }
}

/// An expression over characters. Few lines are held against one, so it has no more
/// than an automaton that is quick to build.
fn exact(hir: &Hir) -> Result<meta::Regex, String> {
    let config = meta::Config::new()
        .auto_prefilter(false)
        .hybrid(false)
        .onepass(false);
    meta::Builder::new()
        .configure(config)
        .build_from_hir(hir)
        .map_err(|e| e.to_string())
}

/// Whether an expression asks where words begin or end.
pub(super) fn has_boundaries(hir: &Hir) -> bool {
    hir.properties().look_set().contains_word()
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
            let alternatives = branches(&parsed(source).unwrap()).len();
            let pattern = Pattern::new(source.into(), alternatives);
            for line in lines {
                assert_eq!(
                    (0..alternatives).any(|branch| pattern.is_match(line, branch)),
                    over_characters.is_match(line),
                    "{line:?} in {source}"
                );
            }
        }
    }
}
