//! The rules that know furniture by its wording, read from `rules/*/blocks.tsv`.
//!
//! A rule's pattern is a regular expression without case, in which a space is
//! any white space, `'` any apostrophe, and a word in braces a macro
//! (`macros`). `shape` says how it fits: `line`, it is the whole line, which is no
//! sentence; `note`, it is the whole line, a short sentence perhaps; `notice`, the
//! same of any length, for wording that no article has; `start`, it opens a line
//! that goes on with text. `place` says where the line may stand:
//! `any`; `edge`, before or after the body; `head`; `tail`; `opening`, the
//! first words of the body; `first`, the first words of the text. Of the patterns
//! of a language only those are tried, and compiled, that the line can fit at all
//! (`prefilter`); of several that fit, the first of the table decides.

use std::cell::LazyCell;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::LazyLock;

use regex::Regex;
use regex_automata::util::pool::Pool;

use super::layout::{bare_words, final_mark, words};
use super::macros::{any_space, expand};
use super::opening::{Opening, Openings};
use super::parse::parsed;
use super::pattern::{Pattern, over_characters};
use super::prefilter::{Candidate, Cues, Prefilter, Set};
use super::spaces::squeeze;
use super::vocabulary::{Vocabulary, vocabulary};
use crate::document::{ArtefactKind, Lang};
use crate::memo::Memo;
use crate::rules::registry;
use crate::rules::table::Table;

/// What a block is and which rule says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    pub(super) kind: ArtefactKind,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
}

impl Label {
    /// The label that a rule of the registry gives.
    pub(super) fn of(rule: &'static str) -> Self {
        let rule = registry::get(rule);
        Self {
            kind: rule.kind,
            rule: rule.id,
            confidence: rule.confidence,
        }
    }
}

/// Where a rule's line may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Any,
    Edge,
    Tail,
    Opening,
    First,
}

/// What a line that a rule's pattern takes may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line,
    Note,
    Notice,
}

#[derive(Debug)]
struct BlockRule {
    label: Label,
    place: Place,
    shape: Shape,
    pattern: Pattern,
}

/// A rule for the beginning of a line.
#[derive(Debug)]
struct StartRule {
    label: Label,
    place: Place,
    pattern: LazyPattern,
}

/// A pattern that is compiled when it is first tried.
type LazyPattern = LazyLock<Regex, Box<dyn FnOnce() -> Regex + Send>>;

fn lazy(source: String) -> LazyPattern {
    LazyLock::new(Box::new(move || over_characters(&source)))
}

/// A note that is a sentence has at most so many words, a pointer to another
/// article fewer; longer ones have a paragraph glued to them.
const LONGEST_NOTE: usize = 30;
const LONGEST_POINTER: usize = 14;

/// A clause at a sentence's end that names its speaker has at most so many words.
const ATTRIBUTION: usize = 6;

/// Whether furniture of a kind speaks for the page and its makers, so that nobody is
/// named as having said it.
fn is_of_the_page(kind: ArtefactKind) -> bool {
    matches!(
        kind,
        ArtefactKind::Nav | ArtefactKind::Share | ArtefactKind::Promo | ArtefactKind::Ad
    )
}

impl BlockRule {
    /// Whether the rule may claim a sentence of at most so many words.
    fn longest_prose(&self) -> usize {
        match (self.shape, self.label.kind) {
            (Shape::Note, ArtefactKind::Related) => LONGEST_POINTER,
            (Shape::Note, ArtefactKind::Promo) => LONGEST_NOTE,
            (Shape::Note | Shape::Notice, _) => usize::MAX,
            (Shape::Line, _) => 0,
        }
    }

    /// Whether the line may be a sentence.
    fn may_be_sentence(&self) -> bool {
        matches!(self.shape, Shape::Note | Shape::Notice)
    }
}

/// The rules of one language.
#[derive(Debug)]
pub(super) struct RuleSet {
    words: &'static Vocabulary,
    lines: Vec<BlockRule>,
    filter: Prefilter,
    asked: Asked,
    starts: Vec<StartRule>,
    /// How the lines begin that `starts` fit.
    openings: Openings,
    /// What short lines fit; a thread at a time holds one.
    known: Pool<Known, Box<dyn Fn() -> Known + Send + Sync + UnwindSafe + RefUnwindSafe>>,
}

/// The rules that lines fit.
type Known = Memo<Vec<(Label, Place)>>;

/// So many short lines are kept, those of some hundred pages: of the lines of a corpus that
/// are as short as furniture mostly is, two in three stand in other texts, too.
const LINES_KEPT: usize = 1 << 12;

/// Which rules a line is looked at with, by what it is before any pattern is tried.
#[derive(Debug)]
struct Asked {
    /// No sentence.
    any: Set,
    /// A question: headlines ask; other furniture hardly does.
    question: Set,
    prose: Vec<Prose>,
    /// Those of one kind, whatever the line is.
    of_kind: Vec<(ArtefactKind, Set)>,
}

/// The rules that a sentence of so many words at most is looked at with.
#[derive(Debug)]
struct Prose {
    longest: usize,
    rules: Set,
    numbers: Vec<usize>,
}

impl Asked {
    fn of(lines: &[BlockRule]) -> Self {
        let rules = |asked: &dyn Fn(&BlockRule) -> bool| {
            let mut out = Set::new(lines.len());
            let all = lines.iter().enumerate();
            all.filter(|(_, rule)| asked(rule))
                .for_each(|(i, _)| out.insert(i));
            out
        };
        Self {
            any: rules(&|_| true),
            question: rules(&|r| r.may_be_sentence() || r.label.kind == ArtefactKind::Related),
            prose: [LONGEST_POINTER, LONGEST_NOTE, usize::MAX]
                .into_iter()
                .map(|longest| {
                    let rules = rules(&|r| r.longest_prose() >= longest);
                    let numbers = (0..lines.len()).filter(|&i| rules.has(i)).collect();
                    Prose {
                        longest,
                        rules,
                        numbers,
                    }
                })
                .collect(),
            of_kind: [ArtefactKind::Credit, ArtefactKind::Byline]
                .into_iter()
                .map(|kind| (kind, rules(&|r| r.label.kind == kind)))
                .collect(),
        }
    }
}

/// The rules of a language, ready for the lines of one text.
#[derive(Debug)]
pub(super) struct TextRules<'t> {
    set: &'static RuleSet,
    cues: Cues<'t>,
}

fn rules(lang: Lang) -> &'static RuleSet {
    static FR: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::read(Lang::FR));
    static EN: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::read(Lang::EN));
    static OTHER: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::read(Lang::UNKNOWN));
    match lang {
        Lang::FR => &FR,
        Lang::EN => &EN,
        _ => &OTHER,
    }
}

/// The block tables with the language whose texts they apply to.
pub(crate) const TABLES: &[(Option<Lang>, &str)] = &[
    (Some(Lang::FR), include_str!("../rules/fr/blocks.tsv")),
    (Some(Lang::FR), include_str!("../rules/fr/site.tsv")),
    (Some(Lang::EN), include_str!("../rules/en/blocks.tsv")),
    (Some(Lang::EN), include_str!("../rules/en/site.tsv")),
    (None, include_str!("../rules/any/blocks.tsv")),
];

/// Longer lines are running text, whatever they begin with.
const LONGEST_LINE: usize = 600;
/// Longer lines hardly return.
const LONGEST_KNOWN: usize = 120;

impl RuleSet {
    fn read(lang: Lang) -> Self {
        let vocabulary = vocabulary(lang);
        let (mut rows, mut patterns) = (Vec::new(), Vec::new());
        let (mut starts, mut openings) = (Vec::new(), Vec::new());
        for (of, text) in TABLES {
            if of.is_some_and(|l| l != lang) {
                continue;
            }
            for row in Table::parse("blocks", text).rows() {
                let pattern = expand(row.get("pattern"), vocabulary);
                let (label, place) = (Label::of(row.get("id")), place(row.get("place")));
                let Some(shape) = shape(row.get("shape")) else {
                    let pattern = any_space(&pattern);
                    let hir = parsed(&pattern)
                        .unwrap_or_else(|e| panic!("block pattern `{pattern}`: {e}"));
                    let opening = Opening::of_beginning(&hir);
                    openings.push((openings.len(), opening));
                    starts.push(StartRule {
                        label,
                        place,
                        pattern: lazy(format!("^(?:{pattern})")),
                    });
                    continue;
                };
                // Such a line has its white space plain.
                rows.push((label, place, shape));
                patterns.push(pattern);
            }
        }
        let filter = Prefilter::new(&patterns, |i| rows[i].2 != Shape::Line);
        let lines = rows.into_iter().zip(patterns).enumerate();
        let lines: Vec<_> = lines
            .map(|(i, ((label, place, shape), pattern))| BlockRule {
                label,
                place,
                shape,
                pattern: Pattern::new(pattern, filter.branches(i)),
            })
            .collect();
        Self {
            words: vocabulary,
            asked: Asked::of(&lines),
            filter,
            lines,
            openings: Openings::new(openings),
            starts,
            known: Pool::new(Box::new(|| Memo::new(LINES_KEPT))),
        }
    }
}

impl<'t> TextRules<'t> {
    /// The rules that apply to a text in a language.
    pub(super) fn new(text: &'t str, lang: Lang) -> Self {
        let set = rules(lang);
        Self {
            set,
            cues: set.filter.cues(text),
        }
    }

    /// The rules that a whole line, or a part of one, fits, in the order of the
    /// tables.
    pub(super) fn of_line(&self, line: &str) -> Vec<(Label, Place)> {
        let find = || self.fitting(line, |_, _| true).collect();
        if line.len() > LONGEST_KNOWN {
            return find();
        }
        self.set.known.get().of(line, find)
    }

    /// The first rule, among those wanted, that a whole line fits.
    pub(super) fn first_of_line(
        &self,
        line: &str,
        wanted: impl Fn(&Label, Place) -> bool,
    ) -> Option<Label> {
        self.fitting(line, wanted).next().map(|(label, _)| label)
    }

    fn fitting(
        &self,
        line: &str,
        wanted: impl Fn(&Label, Place) -> bool,
    ) -> impl Iterator<Item = (Label, Place)> {
        let line = without_bullets(line);
        let asked = &self.set.asked;
        let prose = is_prose(line).then(|| {
            let length = words(line, LONGEST_NOTE + 1);
            let mut all = asked.prose.iter();
            all.find(|prose| length <= prose.longest)
        });
        let asked_for = match prose.flatten() {
            Some(prose) => &prose.rules,
            None if is_question(line) => &asked.question,
            None => &asked.any,
        };
        let lines = &self.set.lines;
        // Few rules are asked about a sentence, and of some kinds none.
        let is_asked = prose.flatten().is_none_or(|prose| {
            let mut numbers = prose.numbers.iter();
            numbers.any(|&i| wanted(&lines[i].label, lines[i].place))
        });
        let says = |s: &str| bare_words(s).any(|w| self.set.words.has("attribution", w));
        let reported = LazyCell::new(move || says(line));
        let attributed = LazyCell::new(move || {
            let (said, by) = line.rsplit_once(", ").unwrap_or_default();
            words(said, 3) >= 3 && words(by, ATTRIBUTION + 1) <= ATTRIBUTION && says(by)
        });
        let wanted = move |rule: &BlockRule| wanted(&rule.label, rule.place);
        let found = is_asked.then(|| self.among(line, asked_for, wanted));
        found
            .into_iter()
            .flatten()
            // An appeal that is reported is text, and so is what ends in who said it.
            .filter(move |rule| {
                let appeal = rule.shape == Shape::Note && rule.label.kind == ArtefactKind::Promo;
                let says_who = rule.may_be_sentence() && is_of_the_page(rule.label.kind);
                !(appeal && *reported || says_who && *attributed)
            })
            .map(|rule| (rule.label, rule.place))
    }

    /// The first rule of a kind that a whole line fits.
    pub(super) fn of_kind(&self, line: &str, kind: ArtefactKind) -> Option<Label> {
        let line = without_bullets(line);
        let (_, asked_for) = self.set.asked.of_kind.iter().find(|(k, _)| *k == kind)?;
        let mut found = self.among(line, asked_for, |_| true);
        found.next().map(|rule| rule.label)
    }

    /// The rules among those asked for, and wanted, that a line without bullets fits.
    fn among(
        &self,
        part: &str,
        asked_for: &Set,
        wanted: impl Fn(&BlockRule) -> bool,
    ) -> impl Iterator<Item = &'static BlockRule> {
        let line = squeeze(part);
        let candidates = if line.len() > LONGEST_LINE {
            Vec::new()
        } else {
            self.set
                .filter
                .candidates(&self.cues, part, &line, asked_for)
        };
        let rules = &self.set.lines;
        // Candidates for one rule follow each other.
        let mut fitted = None;
        candidates.into_iter().filter_map(move |candidate| {
            let Candidate {
                pattern: number,
                is_open,
                branch,
            } = candidate;
            let rule = &rules[number];
            let fits = fitted != Some(number)
                && wanted(rule)
                && (!is_open || rule.pattern.is_match(&line, branch));
            fits.then(|| {
                fitted = Some(number);
                rule
            })
        })
    }

    /// The rule that the beginning of a line fits, with the length it takes.
    pub(super) fn of_start(&self, line: &str, place: Place) -> Option<(Label, usize)> {
        let head = &line[..line.floor_char_boundary(LONGEST_LINE)];
        let mut begun = Vec::new();
        self.set.openings.find(head, |rule, _| begun.push(rule));
        begun.sort_unstable();
        begun
            .into_iter()
            .filter_map(|i| self.set.starts.get(i))
            .filter(|rule| rule.place == place)
            .find_map(|rule| Some((rule.label, rule.pattern.find(head)?.end())))
    }
}

/// How much of a line a pattern takes; nothing where it takes the beginning only.
fn shape(name: &str) -> Option<Shape> {
    match name {
        "line" => Some(Shape::Line),
        "note" => Some(Shape::Note),
        "notice" => Some(Shape::Notice),
        "start" => None,
        other => panic!("`{other}` is not a shape"),
    }
}

fn place(name: &str) -> Place {
    match name {
        "any" => Place::Any,
        "edge" => Place::Edge,
        "tail" => Place::Tail,
        "opening" => Place::Opening,
        "first" => Place::First,
        other => panic!("`{other}` is not a place"),
    }
}

/// The line without white space at its ends and bullets before it; a line of nothing
/// but bullets parts what stands around it and stays as it is.
fn without_bullets(line: &str) -> &str {
    let rest =
        line.trim_start_matches(|c| is_bullet(c) || matches!(c, '>' | '»' | '▶' | '►' | '▸'));
    if rest.contains(|c: char| !is_bullet(c)) {
        rest.trim_end()
    } else {
        line.trim()
    }
}

/// Whether a line reads as a sentence of an article: it ends in a full stop, as
/// furniture hardly does.
fn is_prose(line: &str) -> bool {
    const FEWEST_WORDS: usize = 5;
    let bracketed = line.ends_with([')', ']']);
    let stop = final_mark(line) == Some('.') && !bracketed;
    // The dot of an initial or abbreviation is no full stop.
    let last = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = last
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    stop && word.chars().count() > 1 && words(line, FEWEST_WORDS) >= FEWEST_WORDS
}

/// Whether a line reads as a question of an article: buttons and appeals that
/// ask are shorter.
fn is_question(line: &str) -> bool {
    const FEWEST_WORDS: usize = 8;
    final_mark(line) == Some('?') && words(line, FEWEST_WORDS) >= FEWEST_WORDS
}

/// White space and the marks that scrapers leave of list items and links.
pub(super) fn is_bullet(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '•' | '·' | '●' | '▪' | '■' | '‣' | '⁃' | '◦' | '*' | '→' | '➜' | '➔'
        )
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// What is read off the patterns, to try few of them, loses no line that one fits.
    #[test]
    fn examples_fit_the_rules_whose_patterns_they_fit() {
        let tables = TABLES
            .iter()
            .map(|(_, text)| Table::parse("blocks", text))
            .collect::<Vec<_>>();
        for lang in [Lang::FR, Lang::EN] {
            let set = rules(lang);
            let mut exact: HashMap<&str, Regex> = HashMap::new();
            let mut fits = |rule: &'static BlockRule, line: &str| {
                let source = rule.pattern.source.as_str();
                let whole = || over_characters(&format!("^(?:{source})$"));
                exact.entry(source).or_insert_with(whole).is_match(line)
            };
            for row in tables.iter().flat_map(Table::rows) {
                for example in [row.get("positive"), row.get("negative")] {
                    let line = squeeze(without_bullets(example));
                    let expected = set.lines.iter().filter(|rule| fits(rule, &line));
                    let expected: Vec<_> = expected.map(|rule| rule.label.rule).collect();
                    let text = TextRules::new(example, lang);
                    let found = text.among(&line, &set.asked.any, |_| true);
                    let found: Vec<_> = found.map(|rule| rule.label.rule).collect();
                    assert_eq!(found, expected, "{example}");
                }
            }
        }
    }
}
