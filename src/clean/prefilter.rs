//! Which patterns a line can fit at all, told by what they require.
//!
//! Nearly every line is looked at with all the rules of its language, several
//! times, and hardly any fits one. So what a line must have to fit is read off the
//! patterns, once: how it begins, and the words and signs that stand in it. Each
//! alternative of a pattern is a *form* with needs of its own.
//!
//! A form is looked at when the line begins as it does, or has the rarest of its
//! needs. The words among these are looked for in one pass over a whole text
//! ([`Prefilter::cues`]); what of them stands in a line, or a part of one, is then a
//! search among the places found. The forms that are asked about are [`Forms`], made
//! once for each kind of question. Only the patterns that are left, mostly none, are
//! tried.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::literal::{Extractor, Literal, Seq};
use regex_syntax::hir::{Class, Hir, HirKind};

use super::sign_set::{Signs, class_of};
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
    /// The alternatives of all patterns, in their order.
    forms: Vec<Form>,
    /// What each may be looked at for.
    triggers: Vec<Trigger>,
    /// What the forms need, told by the words in it and by its signs.
    words: Words,
    signs: Vec<Signs>,
    /// The words of the needs for which no form is looked at, by the need: asked for in
    /// the few lines where such a form is.
    others: Vec<Vec<String>>,
}

/// The words of a text for which forms are looked at, and where they end.
#[derive(Debug)]
pub(super) struct Cues<'t> {
    text: &'t str,
    hits: Vec<(u32, u32)>,
}

/// What makes a form one to be looked at.
#[derive(Debug)]
enum Trigger {
    /// A line that begins with one of these; case beyond ASCII is left to the patterns.
    Beginnings(Vec<Vec<u8>>),
    /// The rarest of its needs, where it may begin in any way.
    Need(usize),
    Nothing,
}

/// The forms of some of the patterns, by what they are looked at for: asked about by
/// [`Prefilter::candidates`].
#[derive(Debug)]
pub(super) struct Forms {
    beginnings: HashMap<Beginning, Vec<usize>, WordHashing>,
    /// Which needs make some of them be looked at, and which forms each.
    needed: Set,
    of_need: HashMap<usize, Vec<usize>, WordHashing>,
    of_signs: Vec<(Signs, Vec<usize>)>,
    always: Vec<usize>,
}

/// One of the alternatives of a pattern.
#[derive(Debug, PartialEq)]
struct Form {
    /// The number of the pattern.
    pattern: usize,
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
            forms: Vec::new(),
            triggers: Vec::new(),
            words: Words::default(),
            signs: Vec::new(),
            others: Vec::new(),
        };
        let mut numbers: BTreeMap<Need, usize> = BTreeMap::new();
        for (pattern, source) in patterns.iter().enumerate() {
            let hir = regex_syntax::parse(source).expect("the patterns compile one by one");
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
                    pattern,
                    needs: needs.map(&mut number_of).collect(),
                    barred: parts
                        .iter()
                        .fold(Signs::default(), |all, part| all.with(part.allowed))
                        .others(),
                };
                let begin = beginnings(&parts);
                let begins_anyhow = begin.is_none();
                // Many differ in nothing that is looked at.
                if begins_anyhow && anyhow.iter().any(|&n| out.forms[n] == form) {
                    continue;
                }
                out.triggers.push(match (begin, rarest) {
                    (Some(found), _) => Trigger::Beginnings(found),
                    (None, Some(need)) => Trigger::Need(number_of(need)),
                    (None, None) => Trigger::Nothing,
                });
                if begins_anyhow {
                    anyhow.push(number);
                }
                out.forms.push(form);
            }
        }
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        out.signs = vec![Signs::default(); numbers.len()];
        out.others = vec![Vec::new(); numbers.len()];
        let mut triggers = Set::new(numbers.len());
        for trigger in &out.triggers {
            if let Trigger::Need(need) = trigger {
                triggers.insert(*need);
            }
        }
        for (need, number) in numbers {
            out.signs[number] = need.signs;
            if !triggers.has(number) {
                out.others[number] = need.words;
                continue;
            }
            for word in need.words {
                words.entry(word).or_default().push(number);
            }
        }
        out.words = Words::new(words);
        out
    }

    /// Looks for the words of a text for which forms are looked at.
    pub(super) fn cues<'t>(&self, text: &'t str) -> Cues<'t> {
        Cues {
            text,
            hits: self.words.find(text),
        }
    }

    /// The forms of the patterns among those asked for.
    pub(super) fn forms_of(&self, asked: impl Fn(usize) -> bool) -> Forms {
        let mut out = Forms {
            beginnings: HashMap::default(),
            needed: Set::new(self.signs.len()),
            of_need: HashMap::default(),
            of_signs: Vec::new(),
            always: Vec::new(),
        };
        let mut of_signs: BTreeMap<Signs, Vec<usize>> = BTreeMap::new();
        for (n, trigger) in self.triggers.iter().enumerate() {
            if !asked(self.forms[n].pattern) {
                continue;
            }
            match trigger {
                Trigger::Beginnings(all) => {
                    for begin in all {
                        out.beginnings.entry(key(begin)).or_default().push(n);
                    }
                }
                Trigger::Need(need) => {
                    out.needed.insert(*need);
                    out.of_need.entry(*need).or_default().push(n);
                    of_signs.entry(self.signs[*need]).or_default().push(n);
                }
                Trigger::Nothing => out.always.push(n),
            }
        }
        of_signs.remove(&Signs::default());
        out.of_signs = of_signs.into_iter().collect();
        out
    }

    /// The patterns with forms `among` those asked for that a line may fit, in order:
    /// all that it does fit are among them. `line` is the line with single spaces,
    /// `part` the part of the text that it is.
    pub(super) fn candidates(
        &self,
        cues: &Cues<'_>,
        part: &str,
        line: &str,
        among: &Forms,
    ) -> Vec<usize> {
        let signs = Signs::of(line);
        let found;
        let (from, hits) = match cues.within(part) {
            Some(within) => within,
            // No part of the text.
            None => {
                found = self.words.find(part);
                (0, found.as_slice())
            }
        };
        // It may begin before the part does.
        let inside = |&(end, word): &(u32, u32)| {
            let word = &self.words.all[word as usize];
            (end - from >= word.length).then_some(&word.needs)
        };
        let mut forms = among.always.clone();
        for length in 1..=line.len().min(BEGINNING) {
            if let Some(begun) = among.beginnings.get(&key(&line.as_bytes()[..length])) {
                forms.extend(begun);
            }
        }
        for (some, theirs) in &among.of_signs {
            if some.meets(signs) {
                forms.extend(theirs);
            }
        }
        for need in hits.iter().filter_map(inside).flatten() {
            if among.needed.has(*need)
                && let Some(theirs) = among.of_need.get(need)
            {
                forms.extend(theirs);
            }
        }
        forms.retain(|&n| !self.forms[n].barred.meets(signs));
        if forms.is_empty() {
            return forms;
        }
        let mut met = Set::new(self.signs.len());
        hits.iter()
            .filter_map(inside)
            .flatten()
            .for_each(|&need| met.insert(need));
        let has = |&need: &usize| {
            met.has(need)
                || self.signs[need].meets(signs)
                || self.others[need].iter().any(|word| has_word(line, word))
        };
        forms.retain(|&n| self.forms[n].needs.iter().all(has));
        let mut patterns: Vec<usize> = forms.iter().map(|&n| self.forms[n].pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        patterns
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

/// The letters of a beginning without case, and how many they are, in one number.
type Beginning = u64;

fn key(begin: &[u8]) -> Beginning {
    let length = begin.len().min(BEGINNING);
    let mut out = [0; 8];
    out[..length].copy_from_slice(&begin[..length]);
    out.make_ascii_lowercase();
    out[7] = length as u8;
    Beginning::from_le_bytes(out)
}

impl Cues<'_> {
    /// The words that end within a part of the text, and where the part begins;
    /// nothing for what is no part of it.
    fn within(&self, part: &str) -> Option<(u32, &[(u32, u32)])> {
        let from = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        if from + part.len() > self.text.len() {
            return None;
        }
        let (from, to) = (from as u32, (from + part.len()) as u32);
        let first = self.hits.partition_point(|&(end, _)| end <= from);
        let length = self.hits[first..].partition_point(|&(end, _)| end <= to);
        Some((from, &self.hits[first..first + length]))
    }
}

/// Words that patterns need.
#[derive(Debug, Default)]
struct Words {
    search: Option<AhoCorasick>,
    all: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    length: u32,
    /// The numbers of the needs that it meets.
    needs: Vec<usize>,
}

impl Words {
    fn new(words: BTreeMap<String, Vec<usize>>) -> Self {
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.keys())
            .expect("some thousand short words");
        let all = words.into_iter().map(|(word, needs)| Word {
            length: word.len() as u32,
            needs,
        });
        Self {
            search: Some(search),
            all: all.collect(),
        }
    }

    /// Where words end in a text, in order, and which they are.
    fn find(&self, text: &str) -> Vec<(u32, u32)> {
        // A word in ten bytes was counted in English and French articles.
        let mut out = Vec::with_capacity(text.len() / 8);
        let search = self.search.iter();
        out.extend(
            search
                .flat_map(|s| s.find_overlapping_iter(text))
                .map(|word| (word.end() as u32, word.pattern().as_u32())),
        );
        out
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
#[derive(Debug)]
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

/// All characters that something an expression matches may have, in either case.
fn allowed(hir: &Hir) -> Signs {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The candidates for a line within a text that has more words.
    fn candidates(patterns: &[&str], line: &str) -> Vec<usize> {
        let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
        let filter = Prefilter::new(&patterns);
        let text = format!("Lire {line} partager");
        let part = &text["Lire ".len()..text.len() - " partager".len()];
        let all = filter.forms_of(|_| true);
        let found = filter.candidates(&filter.cues(&text), part, line, &all);
        // The words of a line are found alone as well.
        assert_eq!(filter.candidates(&filter.cues(""), line, line, &all), found);
        found
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
