//! Reads the patterns of rules.
//!
//! The rules name the same few classes of characters over and over, and to read one
//! without case is to look up the other cases of its thousands of characters: most of
//! the time that it takes to start. So a pattern's characters and classes are read
//! once each, alone, with the parser that patterns are made for; how they follow each
//! other is taken from its syntax tree.

use std::sync::{Mutex, PoisonError};

use regex_syntax::ParserBuilder;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{Ast, Flag, Flags, GroupKind, RepetitionKind, RepetitionRange};
use regex_syntax::hir::{Hir, Repetition};
use rustc_hash::FxHashMap;

/// The expression of a pattern without case.
pub(super) fn parsed(source: &str) -> Result<Hir, String> {
    static LEAVES: Mutex<Leaves> = Mutex::new(Leaves::new());
    let ast = Parser::new().parse(source).map_err(|e| e.to_string())?;
    // Leaves are added whole, so that they hold wherever another thread stopped.
    let mut leaves = LEAVES.lock().unwrap_or_else(PoisonError::into_inner);
    let reading = Reading { source };
    match reading.read(&ast, false, &mut leaves) {
        Some(hir) => Ok(hir),
        None => parsed_alone(source, false),
    }
}

fn parsed_alone(source: &str, has_case: bool) -> Result<Hir, String> {
    ParserBuilder::new()
        .case_insensitive(!has_case)
        .build()
        .parse(source)
        .map_err(|e| e.to_string())
}

/// The characters and classes read so far, as they are written: without case, and as
/// they are.
struct Leaves {
    without_case: FxHashMap<Box<str>, Hir>,
    with_case: FxHashMap<Box<str>, Hir>,
}

impl Leaves {
    const fn new() -> Self {
        Self {
            without_case: FxHashMap::with_hasher(rustc_hash::FxBuildHasher),
            with_case: FxHashMap::with_hasher(rustc_hash::FxBuildHasher),
        }
    }

    fn get(&mut self, leaf: &str, has_case: bool) -> Option<Hir> {
        let known = if has_case {
            &mut self.with_case
        } else {
            &mut self.without_case
        };
        if let Some(hir) = known.get(leaf) {
            return Some(hir.clone());
        }
        let hir = parsed_alone(leaf, has_case).ok()?;
        known.insert(leaf.into(), hir.clone());
        Some(hir)
    }
}

/// A pattern that is read.
struct Reading<'s> {
    source: &'s str,
}

impl Reading<'_> {
    /// The expression of a part of the syntax tree; nothing for what rules hardly have:
    /// groups that are captured and other flags than that of the case.
    fn read(&self, ast: &Ast, has_case: bool, leaves: &mut Leaves) -> Option<Hir> {
        Some(match ast {
            Ast::Empty(_) => Hir::empty(),
            Ast::Flags(_) => return None,
            Ast::Literal(_)
            | Ast::Dot(_)
            | Ast::Assertion(_)
            | Ast::ClassUnicode(_)
            | Ast::ClassPerl(_)
            | Ast::ClassBracketed(_) => {
                let span = ast.span();
                let leaf = self.source.get(span.start.offset..span.end.offset)?;
                leaves.get(leaf, has_case)?
            }
            Ast::Repetition(repetition) => {
                let sub = Box::new(self.read(&repetition.ast, has_case, leaves)?);
                let (min, max) = times(&repetition.op.kind);
                Hir::repetition(Repetition {
                    min,
                    max,
                    greedy: repetition.greedy,
                    sub,
                })
            }
            Ast::Group(group) => match &group.kind {
                GroupKind::NonCapturing(flags) => {
                    self.read(&group.ast, case_within(flags, has_case)?, leaves)?
                }
                GroupKind::CaptureIndex(_) | GroupKind::CaptureName { .. } => return None,
            },
            Ast::Alternation(all) => Hir::alternation(self.read_all(&all.asts, has_case, leaves)?),
            Ast::Concat(all) => Hir::concat(self.read_all(&all.asts, has_case, leaves)?),
        })
    }

    fn read_all(&self, all: &[Ast], has_case: bool, leaves: &mut Leaves) -> Option<Vec<Hir>> {
        let parts = all.iter().map(|ast| self.read(ast, has_case, leaves));
        parts.collect()
    }
}

/// Whether a group with flags has case, within something that has or not; nothing
/// where it has other flags.
fn case_within(flags: &Flags, has_case: bool) -> Option<bool> {
    match flags.items.len() {
        0 => Some(has_case),
        1 | 2 => flags
            .flag_state(Flag::CaseInsensitive)
            .filter(|is_insensitive| flags.items.len() == if *is_insensitive { 1 } else { 2 })
            .map(|is_insensitive| !is_insensitive),
        _ => None,
    }
}

/// How often something is repeated.
fn times(kind: &RepetitionKind) -> (u32, Option<u32>) {
    match *kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(n)) => (n, Some(n)),
        RepetitionKind::Range(RepetitionRange::AtLeast(n)) => (n, None),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (least, Some(most)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_as_the_parser_reads_them() {
        for pattern in [
            "",
            r"^(?:par (?-i:\p{Lu}[\p{L}\p{M}'.-]*)(?: \p{L}+)?)$",
            r"(?:.{0,9}?\b(?:à|été|)\b.*|[^«»“”a-c]{2}\d\w+\W{3,})$",
            r"(?-i:kK(?i:kſ\x{212a}(?-i:a[^b]))|İ\.\-)|",
            r"a(?:b|c)*+?|(?:)(?:ab){2,4}(?:a|b|[cd])",
            // What is left to the parser.
            r"(lire) (?P<mark>aussi)",
            r"(?i)a(?-i)b|(?s:.)(?is-x:a.)(?s-i:b.)",
        ] {
            assert_eq!(parsed(pattern), parsed_alone(pattern, false), "{pattern}");
        }
        assert!(parsed("(?:a").is_err());
    }
}
