//! Which patterns a line can fit at all, told by the words that they require.
//!
//! Nearly every line is looked at with all the rules of its language, several
//! times, and hardly any fits one. A pattern such as `.* (?:newsletter|inbox).*`
//! keeps an automaton busy to the end of each line, yet no line fits it that has
//! neither word: those words are read off the patterns, and one search for all of
//! them leaves a few patterns to try. Patterns that require no word go into one
//! set, which most lines leave within a few letters.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use regex::{RegexSet, RegexSetBuilder};
use regex_syntax::hir::{Hir, HirKind};

/// Shorter words stand in any line.
const SHORTEST: usize = 4;

/// Patterns in the order of their table.
#[derive(Debug)]
pub(super) struct Prefilter {
    words: AhoCorasick,
    /// For each word the patterns that it may be a part of.
    of_word: Vec<Vec<usize>>,
    free: RegexSet,
    /// For each pattern of the set its number in the table.
    of_free: Vec<usize>,
}

impl Prefilter {
    /// Reads patterns, which are meant without case.
    pub(super) fn new(patterns: &[String]) -> Self {
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let (mut free, mut of_free) = (Vec::new(), Vec::new());
        for (i, pattern) in patterns.iter().enumerate() {
            let hir = regex_syntax::parse(pattern).expect("the patterns compile one by one");
            match required(&hir) {
                Some(required) => {
                    for word in required {
                        words.entry(word).or_default().push(i);
                    }
                }
                None => {
                    free.push(pattern);
                    of_free.push(i);
                }
            }
        }
        let (words, of_word): (Vec<String>, Vec<Vec<usize>>) = words.into_iter().unzip();
        Self {
            // Case beyond ASCII is left to the patterns: the words are ASCII.
            words: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(&words)
                .expect("a few hundred short words"),
            of_word,
            free: RegexSetBuilder::new(&free)
                .case_insensitive(true)
                .size_limit(1 << 28)
                .dfa_size_limit(1 << 26)
                .build()
                .expect("the patterns compile one by one"),
            of_free,
        }
    }

    /// The patterns that a line may fit, in order: all that it does fit are among
    /// them.
    pub(super) fn candidates(&self, line: &str) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .free
            .matches(line)
            .into_iter()
            .map(|i| self.of_free[i])
            .collect();
        for word in self.words.find_overlapping_iter(line) {
            found.extend(&self.of_word[word.pattern().as_usize()]);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Words one of which stands in everything that an expression matches: runs of
/// ASCII letters and digits in lower case; nothing where there are none such.
fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            text.split(|c: char| !c.is_ascii_alphanumeric())
                .max_by_key(|run| run.len())
                .filter(|run| run.len() >= SHORTEST)
                .map(|run| vec![run.to_ascii_lowercase()])
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        // The parts follow each other: the one with the longest words decides.
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(required)
            .max_by_key(|words| (words.iter().map(String::len).min(), Reverse(words.len()))),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(required).collect();
            all.map(|words| words.concat())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_off_a_pattern() {
        let words = |pattern: &str| required(&regex_syntax::parse(pattern).unwrap());
        assert_eq!(
            words("^(?:.*newsletters?|subscribe here)$").unwrap(),
            ["newsletter", "subscribe"]
        );
        assert_eq!(words("^(?:lire|via).*$"), None);
        assert_eq!(words("^déjà abonnés?$").unwrap(), ["abonn"]);
    }

    #[test]
    fn what_fits_is_among_the_candidates() {
        let patterns =
            [r"^(?:.{0,9}lire aussi.*)$", r"^\p{Lu}\w+$", r"^partager$"].map(String::from);
        let filter = Prefilter::new(&patterns);
        assert_eq!(filter.candidates("À LIRE AUSSI : le pont"), [0]);
        assert_eq!(filter.candidates("Partager"), [1, 2]);
        assert_eq!(filter.candidates("le pont est fermé."), Vec::<usize>::new());
    }
}
