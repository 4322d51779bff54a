//! Which patterns a line can fit at all, told by what they require.
//!
//! Nearly every line is looked at with all the rules of its language, several
//! times, and hardly any fits one. So what a line must have to fit is read off the
//! patterns, once. Each alternative of a pattern is a *form*: it tells how a line
//! begins ([`super::opening`]), and what words and signs stand in it
//! ([`super::needs`]).
//!
//! Forms that tell how a line begins are looked at when one begins so: one automaton
//! for all of them is led through the line's first characters. Others are looked at
//! when the line has the rarest of their needs. The words among these are looked for in
//! one pass over a whole text ([`Prefilter::cues`]); what of them stands in a line, or a
//! part of one, is then a search among the places found. A pattern with a form that
//! is looked at, and that has all it needs, is a [`Candidate`]. Where the opening was
//! all that the form says, the line fits; only the others, mostly none, are tried.

use std::collections::BTreeMap;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use regex_syntax::hir::Hir;

use super::needs::{Need, allowed, alternatives, needs_of};
use super::opening::{Opening, Openings};
use super::parse::parsed;
use super::pattern::{branches, has_boundaries};
use super::sign_set::Signs;

/// Patterns in the order of their table.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// The forms that are looked at for how a line begins,
    begun: Vec<Form>,
    /// and their openings, of a group of patterns each.
    groups: Vec<(Set, Openings)>,
    /// The forms that are looked at for something inside a line: a word,
    words: Words,
    /// some signs,
    signs: Vec<(Signs, Vec<Form>)>,
    /// or nothing at all.
    always: Vec<Form>,
    /// How many alternatives each pattern has.
    branches: Vec<usize>,
}

/// The words of a text for which forms are looked at, and where they end.
#[derive(Debug)]
pub(super) struct Cues<'t> {
    text: &'t str,
    hits: Vec<(u32, u32)>,
}

/// One of the alternatives of a pattern.
#[derive(Debug, Clone, PartialEq)]
struct Form {
    /// The number of the pattern, and which of its alternatives this is of.
    pattern: usize,
    branch: usize,
    /// What a line must have something of each, beside what the form is looked at for.
    needs: Vec<Need>,
    /// Signs that no line may have.
    barred: Signs,
    /// Whether a line fits that is whole with the form's opening.
    is_exact: bool,
}

/// A pattern that a line may fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) pattern: usize,
    /// Whether this alternative must be tried: the line surely fits it otherwise.
    pub(super) is_open: bool,
    pub(super) branch: usize,
}

impl Form {
    fn of((pattern, branch): (usize, usize), parts: &[&Hir]) -> Self {
        let mut needs = needs_of(parts);
        needs.sort_by_key(Need::commonness);
        Self {
            pattern,
            branch,
            needs,
            barred: parts
                .iter()
                .map(|part| allowed(part))
                .fold(Signs::default(), Signs::with)
                .others(),
            is_exact: !parts.iter().any(|part| has_boundaries(part)),
        }
    }

    /// What a line that may fit is a candidate for.
    fn candidate(&self, is_open: bool) -> Candidate {
        Candidate {
            pattern: self.pattern,
            is_open,
            branch: self.branch,
        }
    }

    /// Whether a line has all it needs.
    fn may_fit(&self, line: &str, signs: Signs) -> bool {
        !self.barred.meets(signs) && self.needs.iter().all(|need| need.is_met(line, signs))
    }
}

impl Prefilter {
    /// Reads patterns, which are meant without case, each for a whole line in which
    /// all white space is single plain spaces. They are in two groups: mostly only the
    /// patterns for which `is_apart` says so are asked for.
    pub(super) fn new(patterns: &[String], is_apart: impl Fn(usize) -> bool) -> Self {
        let (mut begun, mut others) = (Vec::new(), Vec::new());
        let mut groups = [false, true].map(|_| (Set::new(patterns.len()), Vec::new()));
        let mut read = |of: (usize, usize), parts: &[&Hir], opening: Opening| {
            let form = Form::of(of, parts);
            if !opening.is_anything() {
                let (members, openings) = &mut groups[usize::from(is_apart(of.0))];
                members.insert(of.0);
                openings.push((begun.len(), opening));
                begun.push(form);
            } else if !others.contains(&form) {
                others.push(form);
            }
        };
        let mut counts = Vec::new();
        for (pattern, source) in patterns.iter().enumerate() {
            let hir = parsed(source).unwrap_or_else(|e| panic!("block pattern `{source}`: {e}"));
            counts.push(branches(&hir).len());
            for (branch, hir) in branches(&hir).iter().enumerate() {
                let opening = Opening::of(&[hir]);
                if !opening.is_anything() {
                    read((pattern, branch), &[hir], opening);
                    continue;
                }
                for parts in alternatives(hir) {
                    read((pattern, branch), &parts, Opening::of(&parts));
                }
            }
        }
        let mut words: BTreeMap<String, Vec<Form>> = BTreeMap::new();
        let mut signs: BTreeMap<Signs, Vec<Form>> = BTreeMap::new();
        let mut always = Vec::new();
        for mut form in others {
            if form.needs.is_empty() {
                always.push(form);
                continue;
            }
            // A line that the form is looked at for has that.
            let rarest = form.needs.remove(0);
            for word in &rarest.words {
                words.entry(word.clone()).or_default().push(form.clone());
            }
            if rarest.signs != Signs::default() {
                signs.entry(rarest.signs).or_default().push(form.clone());
            }
        }
        Self {
            begun,
            groups: groups
                .into_iter()
                .map(|(members, openings)| (members, Openings::new(openings)))
                .collect(),
            words: Words::new(words),
            signs: signs.into_iter().collect(),
            always,
            branches: counts,
        }
    }

    /// How many alternatives a pattern has.
    pub(super) fn branches(&self, pattern: usize) -> usize {
        self.branches.get(pattern).copied().unwrap_or_default()
    }

    /// Looks for the words of a text for which forms are looked at.
    pub(super) fn cues<'t>(&self, text: &'t str) -> Cues<'t> {
        Cues {
            text,
            hits: self.words.find(text),
        }
    }

    /// The patterns `among` those asked for that a line may fit, in order, with the
    /// alternatives: all that it does fit are among them. `line` is the line with single spaces, `part` the part
    /// of the text that it is.
    pub(super) fn candidates(
        &self,
        cues: &Cues<'_>,
        part: &str,
        line: &str,
        among: &Set,
    ) -> Vec<Candidate> {
        let signs = Signs::of(line);
        let mut out = Vec::new();
        let add = |out: &mut Vec<Candidate>, form: &Form| {
            if among.has(form.pattern) && form.may_fit(line, signs) {
                out.push(form.candidate(true));
            }
        };
        let mut begins = |opening: usize, is_whole: bool| {
            let form = &self.begun[opening];
            if is_whole && form.is_exact && among.has(form.pattern) {
                out.push(form.candidate(false));
            } else {
                add(&mut out, form);
            }
        };
        for (members, openings) in &self.groups {
            if members.meets(among) {
                openings.find(line, &mut begins);
            }
        }
        self.always.iter().for_each(|form| add(&mut out, form));
        for (some, forms) in &self.signs {
            if some.meets(signs) {
                forms.iter().for_each(|form| add(&mut out, form));
            }
        }
        let found;
        let (from, hits) = match cues.within(part) {
            Some(within) => within,
            // No part of the text.
            None => {
                found = self.words.find(part);
                (0, found.as_slice())
            }
        };
        for &(end, word) in hits {
            let word = &self.words.all[word as usize];
            // It may begin before the part does.
            if end - from >= word.length {
                word.forms.iter().for_each(|form| add(&mut out, form));
            }
        }
        // What surely fits before what may.
        out.sort_unstable();
        out.dedup();
        out
    }
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
    search: Option<DFA>,
    all: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    length: u32,
    /// The forms that are looked at for it.
    forms: Vec<Form>,
}

impl Words {
    fn new(words: BTreeMap<String, Vec<Form>>) -> Self {
        let search = DFA::builder()
            .ascii_case_insensitive(true)
            .build(words.keys())
            .expect("some thousand short words");
        let all = words.into_iter().map(|(word, forms)| Word {
            length: word.len() as u32,
            forms,
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
        let Some(search) = &self.search else {
            return out;
        };
        let Ok(mut state) = search.start_state(Anchored::No) else {
            return out;
        };
        for (&byte, end) in text.as_bytes().iter().zip(1..) {
            state = search.next_state(Anchored::No, state, byte);
            if search.is_special(state) && search.is_match(state) {
                let words = 0..search.match_len(state);
                out.extend(words.map(|i| (end, search.match_pattern(state, i).as_u32())));
            }
        }
        out
    }
}

/// A set of numbers.
#[derive(Debug)]
pub(super) struct Set(Box<[u64]>);

impl Set {
    pub(super) fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)].into())
    }

    pub(super) fn insert(&mut self, n: usize) {
        self.0[n / 64] |= 1 << (n % 64);
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    pub(super) fn has(&self, n: usize) -> bool {
        self.0[n / 64] & (1 << (n % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The candidates for a line within a text that has more words.
    fn candidates(patterns: &[&str], line: &str) -> Vec<usize> {
        let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
        let filter = Prefilter::new(&patterns, |pattern| pattern > 0);
        let text = format!("Lire {line} partager");
        let part = &text["Lire ".len()..text.len() - " partager".len()];
        let mut all = Set::new(patterns.len());
        (0..patterns.len()).for_each(|pattern| all.insert(pattern));
        let found = filter.candidates(&filter.cues(&text), part, line, &all);
        // The words of a line are found alone as well.
        assert_eq!(filter.candidates(&filter.cues(""), line, line, &all), found);
        let mut found: Vec<usize> = found.iter().map(|candidate| candidate.pattern).collect();
        found.dedup();
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
