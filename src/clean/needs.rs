//! What everything that an expression matches has: words and signs.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

use super::pattern::branches;
use super::sign_set::{Signs, class_of};

/// Shorter words stand in any line.
const SHORTEST: usize = 3;

/// What everything that an expression matches has some of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// Runs of ASCII letters and digits in lower case.
    pub(super) words: Vec<String>,
    pub(super) signs: Signs,
}

impl Need {
    fn of_word(word: &str) -> Self {
        Self {
            words: vec![word.to_string()],
            signs: Signs::default(),
        }
    }

    fn of_signs(signs: Signs) -> Option<Self> {
        signs.tells().then(|| Self {
            words: Vec::new(),
            signs,
        })
    }

    /// How little it says that a line has something of it.
    pub(super) fn commonness(&self) -> u32 {
        let word = |w: &String| match w.len() {
            0..=3 => 20,
            4 => 6,
            5 => 3,
            _ => 1,
        };
        self.signs.commonness() + self.words.iter().map(word).sum::<u32>()
    }

    /// Whether a line with these signs has something of it.
    pub(super) fn is_met(&self, line: &str, signs: Signs) -> bool {
        self.signs.meets(signs) || self.words.iter().any(|word| has_word(line, word))
    }
}

/// Whether a line has a word of ASCII, whatever its case.
fn has_word(line: &str, word: &str) -> bool {
    let (line, word) = (line.as_bytes(), word.as_bytes());
    let Some(&first) = word.first() else {
        return true;
    };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), line).any(|at| {
        line.get(at..at + word.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

/// What an expression of these parts, without case, needs: all of these.
pub(super) fn needs_of(parts: &[&Hir]) -> Vec<Need> {
    needs_behind("", parts)
}

/// What parts need that stand behind letters.
fn needs_behind(letters: &str, all: &[&Hir]) -> Vec<Need> {
    let mut needs = Needs {
        run: letters.to_string(),
        all: Vec::new(),
    };
    for part in all.iter().flat_map(|part| parts(part)) {
        needs.add(part);
    }
    needs.end_run();
    needs.all
}

/// The needs of the parts read so far.
struct Needs {
    /// Letters and digits up to here.
    run: String,
    all: Vec<Need>,
}

impl Needs {
    fn end_run(&mut self) {
        if self.run.len() >= SHORTEST {
            self.all.push(Need::of_word(&self.run));
        }
        self.run.clear();
    }

    fn add(&mut self, part: &Hir) {
        match part.kind() {
            HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0)
                .chars()
                .for_each(|c| self.add_class(&class_of(c))),
            HirKind::Class(Class::Unicode(class)) => self.add_class(class),
            HirKind::Alternation(branches) => {
                self.all.extend(need_of_any(&self.run, branches));
                self.end_run();
            }
            HirKind::Repetition(repetition) => {
                self.end_run();
                if repetition.min > 0 {
                    self.all.extend(needs_of(&[&repetition.sub]));
                }
            }
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Class(_) | HirKind::Capture(_) | HirKind::Concat(_) => self.end_run(),
        }
    }

    fn add_class(&mut self, class: &ClassUnicode) {
        if let Some(letter) = letter_of(class) {
            self.run.push(letter);
        } else {
            self.end_run();
            self.all.extend(Need::of_signs(Signs::of_class(class)));
        }
    }
}

/// What tells most of each of some alternatives behind letters; nothing where one of
/// them needs nothing.
fn need_of_any(letters: &str, branches: &[Hir]) -> Option<Need> {
    let mut any = Need {
        words: Vec::new(),
        signs: Signs::default(),
    };
    for branch in branches {
        let needs = needs_behind(letters, &[branch]);
        let need = needs.into_iter().min_by_key(Need::commonness)?;
        any.words.extend(need.words);
        any.signs = any.signs.with(need.signs);
    }
    Some(any)
}

/// The ASCII letter or digit, in lower case, whose class without case this is.
fn letter_of(class: &ClassUnicode) -> Option<char> {
    // Some letters have a third case beyond ASCII: the sign of kelvins is a `k`.
    const MOST_CASES: usize = 3;
    if class.ranges().iter().map(|r| r.len()).sum::<usize>() > MOST_CASES {
        return None;
    }
    let all = class.iter().flat_map(|r| r.start()..=r.end());
    let mut letters = all.filter(char::is_ascii).map(|c| c.to_ascii_lowercase());
    let letter = letters.next().filter(char::is_ascii_alphanumeric)?;
    letters.all(|c| c == letter).then_some(letter)
}

/// Alternatives within others are told apart up to so many.
const MOST_ALTERNATIVES: usize = 32;

/// An expression as alternatives, each as its parts: those of the widest part, and
/// so on as long as they are not too many.
pub(super) fn alternatives(hir: &Hir) -> Vec<Vec<&Hir>> {
    let mut out = vec![parts(hir)];
    let mut at = 0;
    while let Some(parts_here) = out.get(at) {
        let width = |i: &usize| branches(parts_here[*i]).len();
        let widest = (0..parts_here.len()).max_by_key(width);
        match widest.map(|i| (i, width(&i))) {
            Some((i, n)) if n > 1 && (out.len() == 1 || out.len() + n <= MOST_ALTERNATIVES) => {
                let (before, after) = (&parts_here[..i], &parts_here[i + 1..]);
                let one = |branch| [before, &parts(branch), after].concat();
                let expanded: Vec<_> = branches(parts_here[i]).iter().map(one).collect();
                out.splice(at..=at, expanded);
            }
            _ => at += 1,
        }
    }
    out
}

/// What follows each other in an expression.
fn parts(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Concat(all) => all.iter().flat_map(parts).collect(),
        HirKind::Capture(capture) => parts(&capture.sub),
        _ => vec![hir],
    }
}

/// All characters that something an expression matches may have, in either case.
pub(super) fn allowed(hir: &Hir) -> Signs {
    let mut out = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Signs::default(),
        HirKind::Literal(literal) => Signs::of_literal(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => Signs::of_class(class),
        HirKind::Class(Class::Bytes(_)) => Signs::all(),
        HirKind::Capture(capture) => allowed(&capture.sub),
        HirKind::Repetition(repetition) => allowed(&repetition.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts
            .iter()
            .map(allowed)
            .fold(Signs::default(), Signs::with),
    };
    for (small, large) in (b'a'..=b'z').zip(b'A'..=b'Z') {
        if out.has(small) || out.has(large) {
            out.insert(small);
            out.insert(large);
        }
    }
    // Letters beyond ASCII have their other case behind other bytes, some in ASCII.
    out.widened()
}
