//! Which patterns a line can fit at all, told by what they require.
//!
//! Nearly every line is looked at with all the rules of its language, several
//! times, and hardly any fits one. So what a line must have to fit is read off the
//! patterns, once: how it begins, and the words and signs that stand in it. A line
//! is asked for these in at most three passes, the first over a few letters, and
//! only the patterns that are left, mostly none, are tried. Each alternative of a
//! pattern has needs of its own.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

use crate::rules::hash::WordHashing;

/// Shorter words stand in any line.
const SHORTEST: usize = 3;
/// So many letters of a beginning are looked at.
const BEGINNING: usize = 6;
/// A form with more beginnings than this is not told by them.
const MOST_BEGINNINGS: usize = 1000;

/// The alternatives of a pattern are told apart; those within them, too, up to so
/// many.
const MOST_ALTERNATIVES: usize = 32;

/// Patterns in the order of their table.
#[derive(Debug)]
pub(super) struct Prefilter {
    forms: Vec<Form>,
    /// How forms begin, and what stands in them; case beyond ASCII is left to the
    /// patterns.
    beginnings: HashMap<Vec<u8>, Vec<usize>, WordHashing>,
    words: Words,
    /// The forms that may begin in any way.
    any_beginning: Set,
}

/// One of the alternatives of a pattern.
#[derive(Debug)]
struct Form {
    /// The number of its pattern.
    pattern: usize,
    /// Of each a line must have something: the signs, or a word that names the need.
    needs: Vec<(usize, Signs)>,
    /// Signs that no line may have.
    barred: Signs,
}

impl Prefilter {
    /// Reads patterns, which are meant without case, each for a whole line in which
    /// all white space is single plain spaces.
    pub(super) fn new(patterns: &[String]) -> Self {
        let parsed: Vec<Hir> = patterns
            .iter()
            .map(|p| regex_syntax::parse(p).expect("the patterns compile one by one"))
            .collect();
        let alternatives: Vec<(usize, Hir)> = parsed
            .into_iter()
            .enumerate()
            .flat_map(|(i, hir)| alternatives(hir).into_iter().map(move |form| (i, form)))
            .collect();
        let mut any_beginning = Set::new(alternatives.len());
        let (mut begin, mut words) = (BTreeMap::new(), BTreeMap::new());
        let mut forms = Vec::with_capacity(alternatives.len());
        let mut count = 0;
        for (n, &(pattern, ref hir)) in alternatives.iter().enumerate() {
            match beginnings(hir) {
                Some(found) => add(&mut begin, found, n),
                None => any_beginning.insert(n),
            }
            let mut needs = Vec::new();
            for need in needs_of(hir) {
                add(&mut words, need.words, count);
                needs.push((count, need.signs));
                count += 1;
            }
            forms.push(Form {
                pattern,
                needs,
                barred: allowed(hir).others(),
            });
        }
        Self {
            beginnings: begin.into_iter().collect(),
            words: Words::new(words, count),
            forms,
            any_beginning,
        }
    }

    /// The patterns among those asked for that a line may fit, in order: all that
    /// it does fit are among them.
    pub(super) fn candidates(&self, line: &str, among: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = Vec::new();
        let (signs, words) = (OnceCell::new(), OnceCell::new());
        for n in self.begun(line).iter() {
            let form = &self.forms[n];
            // One alternative is enough.
            if found.last() == Some(&form.pattern) || !among(form.pattern) {
                continue;
            }
            let signs = *signs.get_or_init(|| Signs::of(line));
            if form.barred.meets(signs) {
                continue;
            }
            let has = |&(need, some): &(usize, Signs)| {
                some.meets(signs) || words.get_or_init(|| self.words.in_line(line)).has(need)
            };
            if form.needs.iter().all(has) {
                found.push(form.pattern);
            }
        }
        found
    }

    /// The forms that begin as a line does.
    fn begun(&self, line: &str) -> Set {
        let mut out = self.any_beginning.clone();
        let head = &line.as_bytes()[..line.len().min(BEGINNING)];
        let head = head.to_ascii_lowercase();
        for length in 1..=head.len() {
            for &n in self.beginnings.get(&head[..length]).into_iter().flatten() {
                out.insert(n);
            }
        }
        out
    }
}

fn add<W: Ord>(to: &mut BTreeMap<W, Vec<usize>>, words: Vec<W>, number: usize) {
    for word in words {
        to.entry(word).or_default().push(number);
    }
}

/// Words, each with the numbers of those that ask for it.
#[derive(Debug)]
struct Words {
    search: AhoCorasick,
    of_word: Vec<Vec<usize>>,
    numbers: usize,
}

impl Words {
    fn new(words: BTreeMap<String, Vec<usize>>, numbers: usize) -> Self {
        let (words, of_word): (Vec<String>, Vec<Vec<usize>>) = words.into_iter().unzip();
        Self {
            search: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .kind(Some(AhoCorasickKind::DFA))
                .build(&words)
                .expect("some thousand short words"),
            of_word,
            numbers,
        }
    }

    /// The numbers whose words stand in a line.
    fn in_line(&self, line: &str) -> Set {
        let mut out = Set::new(self.numbers);
        for word in self.search.find_overlapping_iter(line) {
            for &n in &self.of_word[word.pattern().as_usize()] {
                out.insert(n);
            }
        }
        out
    }
}

/// An expression as alternatives: those of its widest part, each with the parts
/// around it, and so on as long as they are not too many.
fn alternatives(hir: Hir) -> Vec<Hir> {
    let mut out = vec![hir];
    let mut at = 0;
    while let Some(hir) = out.get(at) {
        let parts = parts(hir);
        let widest = (0..parts.len()).max_by_key(|&i| branches(&parts[i]).len());
        let width = widest.map_or(0, |i| branches(&parts[i]).len());
        match widest {
            Some(i) if width > 1 && (out.len() == 1 || out.len() + width <= MOST_ALTERNATIVES) => {
                let one = |branch: &Hir| {
                    let mut parts = parts.clone();
                    parts[i] = branch.clone();
                    Hir::concat(parts)
                };
                let expanded: Vec<Hir> = branches(&parts[i]).iter().map(one).collect();
                out.splice(at..=at, expanded);
            }
            _ => at += 1,
        }
    }
    out
}

/// What follows each other in an expression.
fn parts(hir: &Hir) -> Vec<Hir> {
    match hir.kind() {
        HirKind::Concat(parts) => parts.clone(),
        HirKind::Capture(capture) => parts(&capture.sub),
        _ => vec![hir.clone()],
    }
}

/// The alternatives of a part.
fn branches(part: &Hir) -> &[Hir] {
    match part.kind() {
        HirKind::Alternation(branches) => branches,
        HirKind::Capture(capture) => branches(&capture.sub),
        _ => std::slice::from_ref(part),
    }
}

/// With what everything that an expression matches begins, of ASCII and in lower
/// case; nothing where that is anything.
fn beginnings(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let found = Extractor::new()
        .limit_class(16)
        .limit_total(MOST_BEGINNINGS)
        .extract(hir);
    let mut out = Vec::new();
    for literal in found.literals()? {
        let text = String::from_utf8_lossy(literal.as_bytes());
        let cased = |c: &char| !c.is_ascii() && c.is_alphabetic();
        let plain: String = text.chars().take_while(|c| !cased(c)).collect();
        match text.chars().next() {
            None => return None,
            Some(c) if cased(&c) => {
                out.extend([c.to_lowercase().to_string(), c.to_uppercase().to_string()]);
            }
            Some(_) => out.push(plain.to_ascii_lowercase()),
        }
    }
    let mut out: Vec<Vec<u8>> = out.into_iter().map(String::into_bytes).collect();
    out.iter_mut().for_each(|begin| begin.truncate(BEGINNING));
    out.sort_unstable();
    out.dedup();
    Some(out)
}

/// A set of numbers.
#[derive(Debug, Clone)]
struct Set(Box<[u64]>);

impl Set {
    fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)].into())
    }

    fn insert(&mut self, n: usize) {
        self.0[n / 64] |= 1 << (n % 64);
    }

    fn has(&self, n: usize) -> bool {
        self.0[n / 64] & (1 << (n % 64)) != 0
    }

    /// Its numbers in order.
    fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(i, &bits)| {
            let mut bits = bits;
            std::iter::from_fn(move || {
                let n = bits.trailing_zeros() as usize;
                bits &= bits.checked_sub(1)?;
                Some(i * 64 + n)
            })
        })
    }
}

/// What everything that an expression matches has some of.
#[derive(Debug, Clone)]
struct Need {
    /// Runs of ASCII letters and digits in lower case.
    words: Vec<String>,
    signs: Signs,
}

impl Need {
    /// How little it says that a line has something of it.
    fn commonness(&self) -> u32 {
        let word = |w: &String| match w.len() {
            0..=3 => 20,
            4 => 6,
            5 => 3,
            _ => 1,
        };
        self.signs.commonness() + self.words.iter().map(word).sum::<u32>()
    }
}

/// What an expression needs: all of these.
fn needs_of(hir: &Hir) -> Vec<Need> {
    let of_signs = |signs: Signs| {
        signs.tells().then(|| Need {
            words: Vec::new(),
            signs,
        })
    };
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            let words = text
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|run| run.len() >= SHORTEST)
                .map(|run| Need {
                    words: vec![run.to_ascii_lowercase()],
                    signs: Signs::default(),
                });
            let signs = text
                .chars()
                .filter(|c| !c.is_alphabetic())
                .filter_map(|c| of_signs(Signs::of_class(&class_of(c))));
            words.chain(signs).collect()
        }
        HirKind::Class(Class::Unicode(class)) => {
            of_signs(Signs::of_class(class)).into_iter().collect()
        }
        HirKind::Capture(capture) => needs_of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needs_of(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(needs_of).collect(),
        // What tells most of each alternative.
        HirKind::Alternation(parts) => {
            let mut any = Need {
                words: Vec::new(),
                signs: Signs::default(),
            };
            for part in parts {
                let Some(need) = needs_of(part).into_iter().min_by_key(Need::commonness) else {
                    return Vec::new();
                };
                any.words.extend(need.words);
                any.signs = any.signs.with(need.signs);
            }
            vec![any]
        }
        _ => Vec::new(),
    }
}

/// Characters by the byte that each begins with, a bit a byte.
#[derive(Debug, Clone, Copy, Default)]
struct Signs([u64; 4]);

impl Signs {
    /// The characters of a line.
    fn of(line: &str) -> Self {
        let mut out = Self::default();
        // The bytes inside a character come along: what is asked for never holds them.
        line.bytes().for_each(|b| out.insert(b));
        out
    }

    fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    fn of_class(class: &ClassUnicode) -> Self {
        let mut out = Self::default();
        let lead = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
        for range in class.ranges() {
            (lead(range.start())..=lead(range.end())).for_each(|byte| out.insert(byte));
        }
        out
    }

    fn of_literal(text: &str) -> Self {
        let mut out = Self::default();
        text.chars()
            .for_each(|c| out = out.with(Self::of_class(&class_of(c))));
        out
    }

    /// Letters and space stand in any line.
    fn tells(self) -> bool {
        let letters = b"abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        !letters.iter().any(|&b| self.has(b))
    }

    fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }

    fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    fn with(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// All others, bytes inside of characters aside.
    fn others(self) -> Self {
        let [a, b, _, d] = self.0;
        Self([!a, !b, 0, !d])
    }

    /// How little it says that a line has one of them.
    fn commonness(self) -> u32 {
        let common = b".,'-\xc2\xc3\xe2".iter().filter(|&&b| self.has(b)).count() as u32;
        self.0.iter().map(|bits| bits.count_ones()).sum::<u32>() + 30 * common
    }
}

fn class_of(c: char) -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new(c, c)])
}

/// All characters that something an expression matches may have, in either case.
fn allowed(hir: &Hir) -> Signs {
    let mut out = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Signs::default(),
        HirKind::Literal(literal) => Signs::of_literal(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => Signs::of_class(class),
        HirKind::Class(Class::Bytes(_)) => Signs([u64::MAX; 4]),
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
    if out.0[3] != 0 {
        out.0[3] = u64::MAX;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(patterns: &[&str], line: &str) -> Vec<usize> {
        let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
        Prefilter::new(&patterns).candidates(line, |_| true)
    }

    #[test]
    fn what_fits_is_among_the_candidates() {
        let patterns = [
            r"^(?:.{0,9}lire aussi.*)$",
            r"^\p{Lu}\w+$",
            r"^(?:partager|éditer)$",
        ];
        assert_eq!(candidates(&patterns, "À LIRE AUSSI : le pont"), [0]);
        assert_eq!(candidates(&patterns, "Partager"), [1, 2]);
        assert_eq!(candidates(&patterns, "Éditer"), [1, 2]);
        assert_eq!(
            candidates(&patterns, "le pont est fermé."),
            Vec::<usize>::new()
        );
    }

    #[test]
    fn a_line_must_have_something_of_all_that_is_needed() {
        let patterns = [r"^(?:[(\[]?(?:photos?|images?) ?[:/] ?(?:.+ via )?(?:getty|reuters))$"];
        assert_eq!(candidates(&patterns, "(PHOTO: A. B. via Getty"), [0]);
        for line in ["Photo A. B. Getty", "Photo: A. B.", "A photo: Getty"] {
            assert_eq!(candidates(&patterns, line), Vec::<usize>::new(), "{line}");
        }
    }

    #[test]
    fn a_line_must_not_have_what_no_match_has() {
        let patterns = [r"^\p{L}[\p{L}' -]+$"];
        assert_eq!(candidates(&patterns, "L'été à Brennac"), [0]);
        assert_eq!(candidates(&patterns, "Brennac, 2020"), Vec::<usize>::new());
    }
}
