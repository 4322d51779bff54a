//! The kinds of characters that expressions tell apart, a byte each.
//!
//! A class such as `\p{L}` has thousands of characters, but a few hundred expressions
//! together tell only some hundred *kinds* of characters apart: those that no class in
//! them divides. Given a byte each, they make lines short strings of bytes and classes
//! sets of bytes, so that an automaton has a state where it had hundreds.

use std::collections::BTreeMap;

use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, Hir, HirKind, Look, Repetition,
};

use super::sign_set::class_of;

/// Which kind a character is of.
#[derive(Debug)]
pub(super) struct Kinds {
    /// Of Latin letters, and of the marks from U+2000.
    letters: [u8; LETTERS],
    marks: [u8; MARKS],
    /// The first character of each run of one kind, and its byte.
    runs: Vec<(char, u8)>,
}

const LETTERS: usize = 0x180;
const FIRST_MARK: usize = 0x2000;
const MARKS: usize = 0x70;

impl Kinds {
    /// Reads expressions; fails where they have more kinds than there are bytes, of
    /// word characters more than of ASCII where word boundaries are to be kept.
    pub(super) fn of<'h>(
        expressions: impl IntoIterator<Item = &'h Hir>,
        bounded: bool,
    ) -> Result<(Self, Spelling), String> {
        let mut classes = Classes::default();
        if bounded {
            classes.add(&word_class()?);
        }
        expressions.into_iter().for_each(|hir| classes.collect(hir));
        let classes = classes.all;
        // Which classes a run of characters is in, as a row of bits.
        let mut starts: Vec<u32> = vec![0];
        for range in classes.iter().flat_map(ClassUnicode::ranges) {
            starts.extend([u32::from(range.start()), u32::from(range.end()) + 1]);
        }
        starts.sort_unstable();
        starts.dedup();
        let width = classes.len().div_ceil(64).max(1);
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
        let spelling = Spelling::of(&classes, &bytes, bounded);
        let mut kinds = Self {
            letters: [0; LETTERS],
            marks: [0; MARKS],
            runs,
        };
        kinds.letters = std::array::from_fn(|i| kinds.look_up(i));
        kinds.marks = std::array::from_fn(|i| kinds.look_up(FIRST_MARK + i));
        Ok((kinds, spelling))
    }

    /// The byte of a character's kind.
    #[inline]
    pub(super) fn byte(&self, c: char) -> u8 {
        let number = c as usize;
        if let Some(&byte) = self.letters.get(number) {
            return byte;
        }
        match self.marks.get(number.wrapping_sub(FIRST_MARK)) {
            Some(&byte) => byte,
            None => self.look_up(number),
        }
    }

    fn look_up(&self, number: usize) -> u8 {
        let after = self
            .runs
            .partition_point(|&(first, _)| first as usize <= number);
        after.checked_sub(1).map_or(0, |run| self.runs[run].1)
    }
}

/// Classes, each once; a character is a class of its own.
#[derive(Debug, Default)]
struct Classes {
    all: Vec<ClassUnicode>,
    known: Numbers,
}

/// The numbers of classes by what tells most of them apart.
#[derive(Debug, Default)]
struct Numbers(BTreeMap<(usize, Option<char>), Vec<usize>>);

impl Numbers {
    fn key(class: &ClassUnicode) -> (usize, Option<char>) {
        let ranges = class.ranges();
        (ranges.len(), ranges.first().map(|range| range.start()))
    }

    fn get(&self, all: &[ClassUnicode], class: &ClassUnicode) -> Option<usize> {
        let alike = self.0.get(&Self::key(class))?;
        alike.iter().copied().find(|&i| all[i] == *class)
    }

    fn add(&mut self, class: &ClassUnicode, number: usize) {
        self.0.entry(Self::key(class)).or_default().push(number);
    }
}

impl Classes {
    fn add(&mut self, class: &ClassUnicode) {
        if self.known.get(&self.all, class).is_none() {
            self.known.add(class, self.all.len());
            self.all.push(class.clone());
        }
    }

    /// The classes of an expression.
    fn collect(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0)
                .chars()
                .for_each(|c| self.add(&class_of(c))),
            HirKind::Class(Class::Unicode(class)) => self.add(class),
            HirKind::Repetition(repetition) => self.collect(&repetition.sub),
            HirKind::Capture(capture) => self.collect(&capture.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => {
                parts.iter().for_each(|part| self.collect(part));
            }
            HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {}
        }
    }
}

/// How expressions over characters are written over their kinds.
#[derive(Debug)]
pub(super) struct Spelling {
    /// Whether word boundaries are kept.
    bounded: bool,
    classes: Vec<ClassUnicode>,
    numbers: Numbers,
    /// Each class as a set of bytes.
    bytes: Vec<Hir>,
}

impl Spelling {
    fn of(classes: &[ClassUnicode], kinds: &BTreeMap<&[u64], u8>, bounded: bool) -> Self {
        let mut numbers = Numbers::default();
        let mut bytes = Vec::new();
        for (i, class) in classes.iter().enumerate() {
            numbers.add(class, i);
            let mut holds = ClassBytes::empty();
            for (row, &byte) in kinds {
                if row[i / 64] & (1 << (i % 64)) != 0 {
                    holds.push(ClassBytesRange::new(byte, byte));
                }
            }
            bytes.push(Hir::class(Class::Bytes(holds)));
        }
        Self {
            bounded,
            classes: classes.to_vec(),
            numbers,
            bytes,
        }
    }

    /// An expression over characters, one of those that the kinds are of, as one over
    /// bytes.
    pub(super) fn spelled(&self, hir: &Hir) -> Hir {
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
        let number = self.numbers.get(&self.classes, class);
        number.map_or_else(Hir::fail, |i| self.bytes[i].clone())
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
