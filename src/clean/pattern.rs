//! Patterns over kinds of characters, a byte each.
//!
//! A pattern such as `\p{Lu}[\p{L}' -]+` speaks of classes of thousands of
//! characters, and as an automaton over UTF-8 it has thousands of states that take
//! milliseconds to build and megabytes to hold. But it tells apart only a few dozen
//! *kinds* of characters: those that no class in it divides. So a [`Pattern`] is
//! compiled over kinds: each is given a byte, a line is read as these bytes, and
//! the automaton has a state where it had hundreds. In patterns with word boundaries,
//! kinds of word characters get the letters and digits of ASCII, so that the
//! boundaries are where they were; where there are more kinds than these, the
//! boundaries are left out, and what fits is held against the pattern as it was.
//!
//! A pattern is compiled when it is first tried: hardly any text needs them all.

use std::collections::BTreeMap;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, Hir, HirKind, Look, Repetition,
};

use super::sign_set::class_of;

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
    kinds: Kinds,
    over_kinds: DFA,
    /// What the automaton is built in, as far as lines have needed it; a thread at a
    /// time holds one.
    caches: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>>,
    /// Whether that fits more than the pattern does.
    is_loose: bool,
    over_characters: OnceLock<regex::Regex>,
}

impl Compiled {
    fn new(source: &str) -> Result<Self, String> {
        let hir = ParserBuilder::new()
            .case_insensitive(true)
            .build()
            .parse(source)
            .map_err(|e| e.to_string())?;
        let boundaries = hir.properties().look_set().contains_word();
        let bounded = boundaries
            .then(|| Kinds::of(&hir, true))
            .and_then(Result::ok);
        let is_loose = boundaries && bounded.is_none();
        let kinds = match bounded {
            Some(kinds) => kinds,
            None => Kinds::of(&hir, false)?,
        };
        let nfa = thompson::Compiler::new()
            .configure(
                thompson::Config::new()
                    .utf8(false)
                    .which_captures(WhichCaptures::None),
            )
            .build_from_hir(&kinds.spelled(&hir))
            .map_err(|e| e.to_string())?;
        let over_kinds = DFA::builder()
            .build_from_nfa(nfa)
            .map_err(|e| e.to_string())?;
        let of = over_kinds.clone();
        Ok(Self {
            over_kinds,
            caches: Pool::new(Box::new(move || of.create_cache())),
            kinds,
            is_loose,
            over_characters: OnceLock::new(),
        })
    }

    fn is_match(&self, line: &str, source: &str) -> bool {
        let exact = || {
            let exact = self.over_characters.get_or_init(|| over_characters(source));
            exact.is_match(line)
        };
        match self.accepts(line) {
            Some(fits) => fits && (!self.is_loose || exact()),
            None => exact(),
        }
    }

    /// Whether the automaton accepts a line; nothing where there is no room for the
    /// states that the line needs. It is led through the line's characters up to the
    /// first that no match has, mostly one of the first few.
    fn accepts(&self, line: &str) -> Option<bool> {
        let mut cache = self.caches.get();
        let from_start = Input::new("").anchored(Anchored::Yes);
        let start = self.over_kinds.start_state_forward(&mut cache, &from_start);
        let mut state = start.ok()?;
        for c in line.chars() {
            let byte = self.kinds.byte(c);
            state = self.over_kinds.next_state(&mut cache, state, byte).ok()?;
            if state.is_dead() {
                return Some(false);
            }
        }
        let state = self.over_kinds.next_eoi_state(&mut cache, state).ok()?;
        Some(state.is_match())
    }
}

/// A pattern without case as it is.
pub(super) fn over_characters(source: &str) -> regex::Regex {
    regex::RegexBuilder::new(source)
        .case_insensitive(true)
        .size_limit(1 << 26)
        .build()
        .unwrap_or_else(|e| panic!("block pattern `{source}`: {e}"))
}

/// The kinds of characters that an expression tells apart.
#[derive(Debug)]
struct Kinds {
    /// Whether word boundaries are kept.
    bounded: bool,
    ascii: [u8; 128],
    /// The first character of each run of one kind, and its byte.
    runs: Vec<(char, u8)>,
}

impl Kinds {
    /// Reads an expression; fails where it has more kinds than there are bytes, of
    /// word characters more than of ASCII where word boundaries are to be kept.
    fn of(hir: &Hir, bounded: bool) -> Result<Self, String> {
        let mut classes = Vec::new();
        if bounded {
            classes.push(word_class()?);
        }
        collect(hir, &mut classes);
        // Which classes a run of characters is in, as a row of bits.
        let mut starts: Vec<u32> = vec![0];
        for range in classes.iter().flat_map(ClassUnicode::ranges) {
            starts.extend([u32::from(range.start()), u32::from(range.end()) + 1]);
        }
        starts.sort_unstable();
        starts.dedup();
        let width = classes.len().div_ceil(64);
        let mut rows = vec![0u64; starts.len() * width];
        for (i, class) in classes.iter().enumerate() {
            for range in class.ranges() {
                let from = starts.partition_point(|&s| s < u32::from(range.start()));
                let to = starts.partition_point(|&s| s <= u32::from(range.end()));
                for row in rows[from * width..to * width].chunks_exact_mut(width) {
                    row[i / 64] |= 1 << (i % 64);
                }
            }
        }
        let mut words = (b'0'..=b'9').chain(b'A'..=b'Z').chain(b'a'..=b'z');
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        let mut others = (0..=u8::MAX).filter(|b| !bounded || !is_word(b));
        let mut bytes: BTreeMap<&[u64], u8> = BTreeMap::new();
        let mut runs: Vec<(char, u8)> = Vec::new();
        for (&start, row) in starts.iter().zip(rows.chunks_exact(width)) {
            let byte = match bytes.get(row) {
                Some(&byte) => byte,
                None => {
                    let next = if bounded && row[0] & 1 != 0 {
                        words.next()
                    } else {
                        others.next()
                    };
                    let byte = next.ok_or("it tells too many characters apart")?;
                    bytes.insert(row, byte);
                    byte
                }
            };
            // A run that begins among the numbers of no characters goes on behind them.
            let Some(first) = (start..=0xe000)
                .find_map(char::from_u32)
                .or(char::from_u32(start))
            else {
                continue;
            };
            if runs.last().is_none_or(|&(_, last)| last != byte) {
                runs.push((first, byte));
            }
        }
        let mut kinds = Self {
            bounded,
            ascii: [0; 128],
            runs,
        };
        for c in '\0'..='\x7f' {
            kinds.ascii[c as usize] = kinds.look_up(c);
        }
        Ok(kinds)
    }

    fn byte(&self, c: char) -> u8 {
        if let Some(&byte) = self.ascii.get(c as usize) {
            return byte;
        }
        self.look_up(c)
    }

    fn look_up(&self, c: char) -> u8 {
        let after = self.runs.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).map_or(0, |run| self.runs[run].1)
    }

    /// An expression over characters as one over bytes.
    fn spelled(&self, hir: &Hir) -> Hir {
        match hir.kind() {
            HirKind::Empty => Hir::empty(),
            HirKind::Literal(literal) => {
                let text = String::from_utf8_lossy(&literal.0);
                Hir::concat(text.chars().map(|c| self.class(&class_of(c))).collect())
            }
            HirKind::Class(Class::Unicode(class)) => self.class(class),
            HirKind::Class(Class::Bytes(class)) => Hir::class(Class::Bytes(class.clone())),
            HirKind::Look(look) => match look {
                Look::Start | Look::End => Hir::look(*look),
                Look::WordUnicode if self.bounded => Hir::look(Look::WordAscii),
                Look::WordUnicodeNegate if self.bounded => Hir::look(Look::WordAsciiNegate),
                _ => Hir::empty(),
            },
            HirKind::Repetition(repetition) => Hir::repetition(Repetition {
                sub: Box::new(self.spelled(&repetition.sub)),
                ..repetition.clone()
            }),
            HirKind::Capture(capture) => self.spelled(&capture.sub),
            HirKind::Concat(parts) => {
                Hir::concat(parts.iter().map(|part| self.spelled(part)).collect())
            }
            HirKind::Alternation(parts) => {
                Hir::alternation(parts.iter().map(|part| self.spelled(part)).collect())
            }
        }
    }

    fn class(&self, class: &ClassUnicode) -> Hir {
        let mut holds = [false; 256];
        for range in class.ranges() {
            // The kinds of a class are those of the runs that begin in it.
            let from = self
                .runs
                .partition_point(|&(first, _)| first <= range.start());
            let to = self
                .runs
                .partition_point(|&(first, _)| first <= range.end());
            for &(_, byte) in &self.runs[from.saturating_sub(1)..to] {
                holds[usize::from(byte)] = true;
            }
        }
        let bytes = (0..=u8::MAX).filter(|&b| holds[usize::from(b)]);
        let bytes = ClassBytes::new(bytes.map(|b| ClassBytesRange::new(b, b)));
        Hir::class(Class::Bytes(bytes))
    }
}

/// The characters of words, between which and others word boundaries are.
fn word_class() -> Result<ClassUnicode, String> {
    match regex_syntax::parse(r"\w")
        .map_err(|e| e.to_string())?
        .kind()
    {
        HirKind::Class(Class::Unicode(class)) => Ok(class.clone()),
        _ => Err("no class of word characters".into()),
    }
}

/// The classes of an expression, each once; a character is a class of its own.
fn collect(hir: &Hir, out: &mut Vec<ClassUnicode>) {
    let mut add = |class: &ClassUnicode| {
        if !out.contains(class) {
            out.push(class.clone());
        }
    };
    match hir.kind() {
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0)
            .chars()
            .for_each(|c| add(&class_of(c))),
        HirKind::Class(Class::Unicode(class)) => add(class),
        HirKind::Repetition(repetition) => collect(&repetition.sub, out),
        HirKind::Capture(capture) => collect(&capture.sub, out),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| collect(part, out));
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {}
    }
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
