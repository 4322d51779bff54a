//! Which patterns a line can fit at all, told by what they require.
//!
//! Nearly every line is looked at with all the rules of its language, several
//! times, and hardly any fits one. So what a line must have to fit is read off the
//! patterns, once: how it begins, and the words and signs that stand in it. A line
//! is asked for these in at most three passes, the first over a few letters, and
//! only the patterns that are left, mostly none, are tried. Each alternative of a
//! pattern has needs of its own.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::literal::{Extractor, Literal, Seq};
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
    /// For each pattern the numbers of its forms.
    patterns: Vec<Range<usize>>,
    /// The alternatives of all patterns.
    forms: Vec<Form>,
    /// The forms that begin with some letters; case beyond ASCII is left to the
    /// patterns.
    beginnings: HashMap<Vec<u8>, Vec<usize>, WordHashing>,
    /// The forms that may begin in any way, by the rarest of their needs.
    of_need: Vec<Vec<usize>>,
    /// Those that need nothing either.
    always: Set,
    /// What the forms need, told by the words in it and by its signs.
    words: Words,
    signs: Vec<(Signs, usize)>,
}

/// One of the alternatives of a pattern.
#[derive(Debug, PartialEq)]
struct Form {
    /// The numbers of what a line must have something of.
    needs: Vec<usize>,
    /// Signs that no line may have.
    barred: Signs,
}

impl Prefilter {
    /// Reads patterns, which are meant without case, each for a whole line in which
    /// all white space is single plain spaces.
    pub(super) fn new(patterns: &[String]) -> Self {
        let mut out = Self {
            patterns: Vec::with_capacity(patterns.len()),
            forms: Vec::new(),
            beginnings: HashMap::default(),
            of_need: Vec::new(),
            always: Set::new(0),
            words: Words::default(),
            signs: Vec::new(),
        };
        let mut numbers: BTreeMap<Need, usize> = BTreeMap::new();
        let mut always = Vec::new();
        for pattern in patterns {
            let hir = regex_syntax::parse(pattern).expect("the patterns compile one by one");
            let start = out.forms.len();
            let mut anyhow = Vec::new();
            // Parts are in many alternatives.
            let mut known: HashMap<*const Hir, Part> = HashMap::new();
            for alternative in alternatives(&hir) {
                for &part in &alternative {
                    known.entry(part).or_insert_with(|| Part::of(part));
                }
                let parts: Vec<&Part> = alternative
                    .iter()
                    .filter_map(|&part| known.get(&std::ptr::from_ref(part)))
                    .collect();
                let number = out.forms.len();
                let needs = parts.iter().flat_map(|part| &part.needs);
                let rarest = needs.clone().min_by_key(|need| need.commonness());
                let mut number_of = |need: &Need| {
                    let next = numbers.len();
                    *numbers.entry(need.clone()).or_insert(next)
                };
                let form = Form {
                    needs: needs.map(&mut number_of).collect(),
                    barred: parts
                        .iter()
                        .fold(Signs::default(), |all, part| all.with(part.allowed))
                        .others(),
                };
                let begin = beginnings(&parts);
                let begins_anyhow = begin.is_none();
                match (begin, rarest.map(&mut number_of)) {
                    // Many differ in nothing that is looked at.
                    (None, _) if anyhow.iter().any(|&n| out.forms[n] == form) => continue,
                    (Some(found), _) => {
                        for begin in found {
                            out.beginnings.entry(begin).or_default().push(number);
                        }
                    }
                    (None, Some(need)) => {
                        out.of_need
                            .resize(out.of_need.len().max(need + 1), Vec::new());
                        out.of_need[need].push(number);
                    }
                    (None, None) => always.push(number),
                }
                if begins_anyhow {
                    anyhow.push(number);
                }
                out.forms.push(form);
            }
            out.patterns.push(start..out.forms.len());
        }
        out.of_need.resize(numbers.len(), Vec::new());
        out.always = Set::new(out.forms.len());
        always.into_iter().for_each(|n| out.always.insert(n));
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (need, number) in numbers {
            out.signs.push((need.signs, number));
            for word in need.words {
                words.entry(word).or_default().push(number);
            }
        }
        out.signs.retain(|(signs, _)| *signs != Signs::default());
        out.words = Words::new(words);
        out
    }

    /// The patterns among those asked for that a line may fit, in order: all that
    /// it does fit are among them.
    pub(super) fn candidates(&self, line: &str, among: impl Fn(usize) -> bool) -> Vec<usize> {
        let signs = Signs::of(line);
        let met = self.met(line, signs);
        let mut forms = self.begun(line);
        for need in met.within(&(0..self.of_need.len())) {
            self.of_need[need].iter().for_each(|&n| forms.insert(n));
        }
        let fits = |n: usize| {
            let form = &self.forms[n];
            !form.barred.meets(signs) && form.needs.iter().all(|&need| met.has(need))
        };
        let patterns = self.patterns.iter().enumerate();
        patterns
            .filter(|(i, range)| forms.within(range).any(fits) && among(*i))
            .map(|(i, _)| i)
            .collect()
    }

    /// The needs that a line meets.
    fn met(&self, line: &str, signs: Signs) -> Set {
        let mut out = Set::new(self.of_need.len());
        self.words.find(line, |need| out.insert(need));
        for (some, need) in &self.signs {
            if some.meets(signs) {
                out.insert(*need);
            }
        }
        out
    }

    /// The forms that begin as a line does.
    fn begun(&self, line: &str) -> Set {
        let mut out = self.always.clone();
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

/// Words, each with the numbers of the needs that it meets.
#[derive(Debug, Default)]
struct Words {
    search: Option<AhoCorasick>,
    of_word: Vec<Vec<usize>>,
}

impl Words {
    fn new(words: BTreeMap<String, Vec<usize>>) -> Self {
        let (words, of_word): (Vec<String>, Vec<Vec<usize>>) = words.into_iter().unzip();
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words)
            .expect("some thousand short words");
        Self {
            search: Some(search),
            of_word,
        }
    }

    /// Gives the needs whose words stand in a line.
    fn find(&self, line: &str, mut each: impl FnMut(usize)) {
        let search = self.search.iter();
        for word in search.flat_map(|s| s.find_overlapping_iter(line)) {
            let needs = &self.of_word[word.pattern().as_usize()];
            needs.iter().for_each(|&need| each(need));
        }
    }
}

/// What can be told of a part of a pattern.
struct Part {
    needs: Vec<Need>,
    allowed: Signs,
    begin: Seq,
}

impl Part {
    fn of(hir: &Hir) -> Self {
        let mut extractor = Extractor::new();
        extractor.limit_class(16).limit_total(MOST_BEGINNINGS);
        Self {
            needs: needs_of(hir),
            allowed: allowed(hir),
            begin: extractor.extract(hir),
        }
    }
}

/// An expression as alternatives, each as its parts: those of the widest part, and
/// so on as long as they are not too many.
fn alternatives(hir: &Hir) -> Vec<Vec<&Hir>> {
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

/// The alternatives of a part.
fn branches(part: &Hir) -> &[Hir] {
    match part.kind() {
        HirKind::Alternation(branches) => branches,
        _ => std::slice::from_ref(part),
    }
}

/// With what everything that the parts match begins, in lower case as far as it is
/// of ASCII; nothing where that is anything.
fn beginnings(parts: &[&Part]) -> Option<Vec<Vec<u8>>> {
    let mut found = Seq::singleton(Literal::exact(""));
    for part in parts {
        let count = found.len().zip(part.begin.len()).map(|(a, b)| a * b);
        if found.is_inexact() || count.is_none_or(|n| n > MOST_BEGINNINGS) {
            break;
        }
        found.cross_forward(&mut part.begin.clone());
    }
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

    /// Its numbers within a range.
    fn within(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let Range { start, end } = *range;
        let words = start / 64..end.div_ceil(64);
        words.flat_map(move |i| {
            let mut bits = self.0[i];
            if i == start / 64 {
                bits &= u64::MAX << (start % 64);
            }
            if i == end / 64 {
                bits &= !(u64::MAX << (end % 64));
            }
            std::iter::from_fn(move || {
                let n = bits.trailing_zeros() as usize;
                bits &= bits.checked_sub(1)?;
                Some(i * 64 + n)
            })
        })
    }
}

/// What everything that an expression matches has some of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Signs([u64; 4]);

impl Signs {
    /// The characters of a line.
    fn of(line: &str) -> Self {
        let mut out = Self::default();
        // The bytes inside a character come along: what is asked for never holds them.
        line.bytes().for_each(|b| out.insert(b));
        out
    }

    #[inline]
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

    #[inline]
    fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }

    #[inline]
    fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    #[inline]
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
