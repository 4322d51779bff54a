//! Phrases that attribute without a verb.

use std::sync::LazyLock;

use crate::document::Lang;
use crate::quote::lexicon::Lexicon;
use crate::quote::tokens::{Paragraph, Token};
use crate::rules::shapes::{Shapes, initial};
use crate::rules::table::Table;

/// A phrase that attributes without a verb: `selon X`, `à l'entendre`.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) takes: Takes,
    pub(crate) strength: u8,
    pub(crate) quoted: bool,
}

/// Where the speaker of a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Right after it.
    Name,
    /// The subject of its sentence.
    Subject,
    /// Whoever was named before.
    Before,
    /// Nobody: it only looks like one (`pour sa part`).
    Nobody,
}

/// A phrase that attributes, as tokens in lower case.
struct PhraseEntry {
    words: Vec<&'static str>,
    takes: Takes,
    strength: u8,
}

/// The phrases that begin with one word.
struct Group {
    first: &'static str,
    /// Of their second words in all spellings.
    seconds: Shapes,
    /// Whether the word is a phrase by itself.
    alone: bool,
    /// The longest first.
    entries: Vec<PhraseEntry>,
}

/// The phrases of a language by the first byte of their first word. Of letters outside
/// ASCII that byte is the same in both cases.
pub(crate) struct PhraseTable {
    by_initial: Vec<Vec<Group>>,
    /// Of their first words in all spellings.
    shapes: Shapes,
}

impl PhraseTable {
    /// The phrases of a language that has tables.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::FR => &FRENCH_PHRASES,
            _ => &ENGLISH_PHRASES,
        }
    }

    fn parse(name: &'static str, text: &'static str) -> Self {
        let mut table = Self {
            by_initial: (0..256).map(|_| Vec::new()).collect(),
            shapes: Shapes::none(),
        };
        for row in Table::parse(name, text).rows() {
            table.add(PhraseEntry {
                words: row.get("phrase").split(' ').collect(),
                takes: match row.get("takes") {
                    "name" => Takes::Name,
                    "subject" => Takes::Subject,
                    "nobody" => Takes::Nobody,
                    _ => Takes::Before,
                },
                strength: row.get("strength").parse().unwrap_or(1),
            });
        }
        for group in table.by_initial.iter_mut().flatten() {
            group
                .entries
                .sort_by_key(|e| std::cmp::Reverse(e.words.len()));
        }
        table
    }

    fn add(&mut self, entry: PhraseEntry) {
        let Some(&first) = entry.words.first() else {
            return;
        };
        insert_spellings(&mut self.shapes, first);
        let groups = &mut self.by_initial[initial(first)];
        let known = groups.iter().position(|group| group.first == first);
        let number = known.unwrap_or_else(|| {
            groups.push(Group {
                first,
                seconds: Shapes::none(),
                alone: false,
                entries: Vec::new(),
            });
            groups.len() - 1
        });
        let group = &mut groups[number];
        match entry.words.get(1) {
            Some(second) => insert_spellings(&mut group.seconds, second),
            None => group.alone = true,
        }
        group.entries.push(entry);
    }

    /// Whether a phrase may begin with a word; nearly all words are told from it.
    pub(crate) fn may_begin(&self, word: &str) -> bool {
        self.shapes.may_hold(word)
    }

    /// The longest phrase that begins with a token.
    fn at(&self, text: &str, tokens: &[Token]) -> Option<&PhraseEntry> {
        let first = tokens.first().filter(|t| t.begins_phrase)?.of(text);
        let group = self.by_initial[initial(first)]
            .iter()
            .find(|group| same_word(first, group.first))?;
        let next = tokens.get(1);
        if !group.alone && !next.is_some_and(|t| group.seconds.may_hold(t.of(text))) {
            return None;
        }
        group.entries.iter().find(|entry| {
            entry.words.len() <= tokens.len()
                && entry
                    .words
                    .iter()
                    .zip(tokens)
                    .skip(1)
                    .all(|(word, token)| token.is_word() && same_word(token.of(text), word))
        })
    }
}

/// Notes the shapes of a word in either case, with either apostrophe.
fn insert_spellings(shapes: &mut Shapes, word: &str) {
    let first = word.chars().next().unwrap_or_default();
    let capital: String = first.to_uppercase().chain(word.chars().skip(1)).collect();
    for form in [word, capital.as_str()] {
        for form in [form, &form.replace('\'', "’")] {
            shapes.insert(form);
        }
    }
}

static FRENCH_PHRASES: LazyLock<PhraseTable> = LazyLock::new(|| {
    PhraseTable::parse(
        "fr/attribution_phrases",
        include_str!("../../rules/fr/attribution_phrases.tsv"),
    )
});

static ENGLISH_PHRASES: LazyLock<PhraseTable> = LazyLock::new(|| {
    PhraseTable::parse(
        "en/attribution_phrases",
        include_str!("../../rules/en/attribution_phrases.tsv"),
    )
});

/// The phrases of a paragraph, in order.
pub(crate) fn phrases(paragraph: &Paragraph<'_>, lexicon: &Lexicon) -> Vec<Phrase> {
    let table = PhraseTable::of(lexicon.lang);
    let mut found = Vec::new();
    let tokens = &paragraph.tokens;
    let mut free = 0;
    for (at, token) in paragraph.clues() {
        if !token.begins_phrase || at < free {
            continue;
        }
        let Some(entry) = table.at(paragraph.text, &tokens[at..]) else {
            continue;
        };
        free = at + entry.words.len();
        if entry.takes != Takes::Nobody {
            found.push(Phrase {
                first: at,
                last: free - 1,
                takes: entry.takes,
                strength: entry.strength,
                quoted: token.quoted,
            });
        }
    }
    found
}

/// Equal but for the case of the first letter and the shape of the apostrophe.
fn same_word(text: &str, word: &str) -> bool {
    // Nearly all pairs are told apart by their length or second letter; the rare
    // word with letters beyond ASCII is left to the comparison below.
    if text.is_ascii() && word.is_ascii() {
        return match (text.as_bytes().split_first(), word.as_bytes().split_first()) {
            (Some((a, rest)), Some((b, others))) => a.eq_ignore_ascii_case(b) && rest == others,
            _ => false,
        };
    }
    let fold = |c: char| if c == '’' { '\'' } else { c };
    let mut a = text.chars().map(fold);
    let mut b = word.chars();
    match (a.next(), b.next()) {
        (Some(x), Some(y)) if x == y || x.to_lowercase().eq(y.to_lowercase()) => a.eq(b),
        _ => false,
    }
}
