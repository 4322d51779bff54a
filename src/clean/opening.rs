//! How the lines begin that patterns fit.
//!
//! Hardly any line begins as furniture does, and most patterns say how theirs begin.
//! So each gives its *opening*: what it says up to the first stretch that may be
//! nearly anything, and no further than it takes to tell it from text. Most begin
//! with letters that are told; the first of a line tell mostly that it has none of
//! these ([`Heads`]). Those that it may have, and those that begin in any way, are two
//! automata for all patterns ([`Openings`]), which most lines leave after a few
//! characters. What is left to be looked at are the patterns whose opening a line has;
//! many are so short that the opening is all.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look, Repetition};

use super::automaton::{Automaton, Full};
use super::heads::Heads;

/// What an expression says of a line's beginning.
#[derive(Debug)]
pub(super) struct Opening {
    /// Whole lines that it matches.
    whole: Option<Hir>,
    /// Beginnings of others: whatever else it matches begins with one of these.
    begun: Option<Hir>,
}

/// A beginning of so many characters tells furniture from text: of 16, patterns are
/// tried a fifth less often, and the automaton has four tenths more states.
const TELLING: usize = 8;
/// A stretch of any characters, of more than so many, is where an opening ends.
const STRETCH: u32 = 2;
/// What is repeated and has more parts than this counts once only.
const LARGE: usize = 150;

impl Opening {
    /// The opening of what follows each other in an expression.
    pub(super) fn of(parts: &[&Hir]) -> Self {
        Self::of_parts(parts, 0)
    }

    /// The opening of an expression that fits the beginning of a line.
    pub(super) fn of_beginning(hir: &Hir) -> Self {
        let Self { whole, begun } = Self::of_one(hir, 0);
        Self {
            whole: None,
            begun: either(begun, whole),
        }
    }

    /// Whether any line has it.
    pub(super) fn is_anything(&self) -> bool {
        let is_empty = |hir: &Hir| hir.properties().minimum_len() == Some(0);
        self.begun.as_ref().is_some_and(is_empty)
    }

    fn of_parts(parts: &[&Hir], before: usize) -> Self {
        let nothing = Some(Hir::empty());
        let Some((first, rest)) = parts.split_first() else {
            return Self {
                whole: nothing,
                begun: None,
            };
        };
        if before >= TELLING {
            return Self {
                whole: None,
                begun: nothing,
            };
        }
        let first = Self::of_one(first, before);
        let Some(whole) = first.whole else {
            return first;
        };
        let length = whole.properties().minimum_len().unwrap_or_default();
        let rest = Self::of_parts(rest, before + length);
        let behind = |rest: Hir| Hir::concat(vec![whole.clone(), rest]);
        Self {
            begun: either(first.begun, rest.begun.map(behind)),
            whole: rest.whole.map(behind),
        }
    }

    /// The opening of a part with so many characters before it.
    fn of_one(hir: &Hir, before: usize) -> Self {
        match hir.kind() {
            HirKind::Capture(capture) => Self::of_one(&capture.sub, before),
            HirKind::Concat(parts) => Self::of_parts(&parts.iter().collect::<Vec<_>>(), before),
            HirKind::Alternation(branches) => {
                let (mut whole, mut begun) = (Vec::new(), Vec::new());
                for branch in branches.iter().map(|branch| Self::of_one(branch, before)) {
                    whole.extend(branch.whole);
                    begun.extend(branch.begun);
                }
                Self {
                    whole: (!whole.is_empty()).then(|| Hir::alternation(whole)),
                    begun: (!begun.is_empty()).then(|| Hir::alternation(begun)),
                }
            }
            HirKind::Repetition(repetition) => Self::of_repetition(hir, repetition, before),
            HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => Self {
                whole: Some(hir.clone()),
                begun: None,
            },
        }
    }

    fn of_repetition(hir: &Hir, repetition: &Repetition, before: usize) -> Self {
        let Repetition { min, max, sub, .. } = repetition;
        if let HirKind::Class(Class::Unicode(class)) = sub.kind() {
            let ends = is_anything(class) && max.is_none_or(|most| most > STRETCH);
            return Self {
                whole: (!ends).then(|| hir.clone()),
                begun: ends.then(Hir::empty),
            };
        }
        let once = Self::of_one(sub, before);
        let none = (*min == 0).then(Hir::empty);
        if *max == Some(1) {
            return Self {
                whole: either(once.whole, none),
                begun: once.begun,
            };
        }
        match once {
            Self {
                whole: Some(whole),
                begun: None,
            } if size(&whole) <= LARGE => Self {
                whole: Some(Hir::repetition(Repetition {
                    sub: Box::new(whole),
                    ..repetition.clone()
                })),
                begun: None,
            },
            Self { whole, begun } => Self {
                whole: none,
                begun: either(begun, whole),
            },
        }
    }
}

/// What matches one or the other.
fn either(a: Option<Hir>, b: Option<Hir>) -> Option<Hir> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Hir::alternation(vec![a, b])),
        (a, b) => a.or(b),
    }
}

/// Whether a class has what any line of text has.
fn is_anything(class: &ClassUnicode) -> bool {
    let has = |c: char| class.iter().any(|r| (r.start()..=r.end()).contains(&c));
    has(' ') && has('e')
}

/// How many parts an expression has.
fn size(hir: &Hir) -> usize {
    1 + hir.kind().subs().iter().map(size).sum::<usize>()
}

/// The openings of many expressions.
#[derive(Debug)]
pub(super) struct Openings {
    /// Those that begin with letters that are told, and these.
    lettered: Alike,
    heads: Heads,
    /// The others: with a name, say.
    others: Alike,
}

/// Openings in one automaton.
#[derive(Debug)]
struct Alike {
    automaton: Automaton,
    /// Whose opening each of the automaton's expressions is, and whether of whole lines.
    of: Vec<(usize, bool)>,
}

impl Openings {
    /// Openings with their numbers.
    ///
    /// # Panics
    /// Where they tell more than 256 kinds of characters apart: they are part of the
    /// program, and tests read them all.
    pub(super) fn new(openings: Vec<(usize, Opening)>) -> Self {
        let mut heads = Heads::new();
        let (lettered, others) = openings.into_iter().partition(|(_, opening)| {
            let expressions: Vec<&Hir> = opening.whole.iter().chain(&opening.begun).collect();
            heads.add(&expressions)
        });
        Self {
            lettered: Alike::new(lettered),
            heads,
            others: Alike::new(others),
        }
    }

    /// Tells `found` the number of each opening that a line has, and whether the line
    /// is whole with it.
    pub(super) fn find(&self, line: &str, mut found: impl FnMut(usize, bool)) {
        if self.heads.may_begin(line) {
            self.lettered.find(line, &mut found);
        }
        self.others.find(line, &mut found);
    }
}

impl Alike {
    fn new(openings: Vec<(usize, Opening)>) -> Self {
        let (mut expressions, mut of) = (Vec::new(), Vec::new());
        for (i, Opening { whole, begun }) in openings {
            if let Some(whole) = whole {
                expressions.push(Hir::concat(vec![whole, Hir::look(Look::End)]));
                of.push((i, true));
            }
            if let Some(begun) = begun {
                expressions.push(begun);
                of.push((i, false));
            }
        }
        Self {
            automaton: Automaton::new(&expressions, false)
                .unwrap_or_else(|e| panic!("openings of rules: {e}")),
            of,
        }
    }

    fn find(&self, line: &str, found: &mut impl FnMut(usize, bool)) {
        let expression = |i: usize| {
            if let Some(&(opening, is_whole)) = self.of.get(i) {
                found(opening, is_whole);
            }
        };
        if let Err(Full) = self.automaton.find(line, expression) {
            self.of
                .iter()
                .for_each(|&(opening, _)| found(opening, false));
        }
    }
}
