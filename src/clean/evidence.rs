//! What speaks for a line being furniture or text, beyond the rules: where it
//! stands, how it looks, the classes of its words, its neighbours, and what the
//! rules made of it.
//!
//! Each piece of evidence is a name, present or not, so that a weight per name
//! ([`super::model`]) can be read and argued with. `scripts/clean/fit.py` fits the
//! weights from what [`of`] gives.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::label::{Page, body_range};
use super::layout::{Look, bare_words, has_digit, has_opening_mark, is_bullet_mark, is_capital};
use super::signs::{by_page_words, shared_words};
use super::vocabulary::Classes;
use crate::document::ArtefactKind as Kind;
use crate::rules::table::Table;

/// The weights of pieces of evidence in an embedded table.
///
/// # Panics
/// Where a weight is no number: the tables are part of the program, and tests read them.
pub(super) fn weights(name: &'static str, table: &'static str) -> Vec<(&'static str, f32)> {
    let weight = |cell: &str| cell.parse().expect("a weight is a number");
    Table::parse(name, table)
        .rows()
        .map(|row| (row.get("evidence"), weight(row.get("weight"))))
        .collect()
}

/// What is looked at once for a text.
pub(super) struct Context {
    first: Option<usize>,
    last: Option<usize>,
    /// How often each line stands in the text; counted when a line asks.
    lines: OnceCell<HashMap<String, u32>>,
}

impl Context {
    /// Looks at a text whose blocks the rules have labelled.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let (first, last) = body_range(page);
        Self {
            first,
            last,
            lines: OnceCell::new(),
        }
    }

    /// Whether a line stands more than once in the text.
    fn repeats(&self, page: &Page<'_>, line: &str) -> bool {
        let lines = self.lines.get_or_init(|| {
            let mut lines = HashMap::new();
            for i in 0..page.blocks.len() {
                *lines.entry(page.line(i).to_lowercase()).or_default() += 1;
            }
            lines
        });
        lines.get(&line.to_lowercase()).is_some_and(|&n| n > 1)
    }
}

/// Classes of words and the evidence that at least one of them gives.
const CLASSES: &[(&str, &str)] = &[
    ("has-reader", "reader"),
    ("has-house", "house"),
    ("has-site-word", "site-word"),
    ("has-button", "share"),
    ("has-nav", "nav"),
    ("has-network", "network"),
    ("has-month", "month"),
    ("has-weekday", "weekday"),
    ("has-verb", "sentence-verb"),
    ("has-attribution", "attribution"),
    ("has-agency", "wire"),
    ("has-picture", "credit-label"),
    ("has-role", "role"),
];

/// Whether a line that the rules left as text says something that furniture says.
///
/// A short sentence alone is no furniture: it must speak to the reader or of the
/// site, one with a full stop as the newsroom does.
pub(super) fn speaks(page: &Page<'_>, i: usize) -> bool {
    let named = |names| page.words.named(names);
    let (site, house) = (named(&["site-word"]), named(&["house"]));
    let speaking = named(&["site-word", "reader", "house", "share", "network"]);
    let mut all = Classes::default();
    let (mut site_words, mut orders) = (0, false);
    for (n, word) in bare_words(page.line(i)).take(MOST_WORDS).enumerate() {
        let classes = page.words.classes(word);
        all = all.with(classes);
        site_words += usize::from(classes.meet(site));
        orders |= n == 0 && classes.meet(named(&["order-word"]));
    }
    if matches!(page.look(i).final_mark, Some('.' | '…')) {
        site_words >= 2 && all.meet(house)
    } else {
        orders || all.meet(speaking)
    }
}

/// So many words of a line are looked at.
const MOST_WORDS: usize = 60;

/// The evidence on block `i`, but for what its words and the text's others say.
pub(super) fn of_line(page: &Page<'_>, context: &Context, i: usize) -> Vec<&'static str> {
    let line = page.line(i);
    let mut out = Vec::with_capacity(28);
    place(context, i, &mut out);
    look(line, page.look(i), &mut out);
    classes(page, line, &mut out);
    neighbours(page, i, &mut out);
    out
}

/// What [`add_of_text`] may add, one of the first few and the last.
pub(super) const OF_TEXT: (&[&str], &str) = (
    &[
        "shares-nothing-to-share",
        "shares-none",
        "shares-half",
        "shares-some",
    ],
    "repeated",
);

/// Adds the rest of the evidence on block `i`, for which the text's words are counted.
pub(super) fn add_of_text(
    page: &Page<'_>,
    context: &Context,
    i: usize,
    out: &mut Vec<&'static str>,
) {
    let line = page.line(i);
    out.push(shares(shared_words(page, line)));
    if context.repeats(page, line) {
        out.push("repeated");
    }
}

/// The evidence that so many of a line's content words stand in the text, of so many.
pub(super) fn shares((shared, content): (usize, usize)) -> &'static str {
    match (shared, content) {
        (_, 0) => "shares-nothing-to-share",
        (0, _) => "shares-none",
        (s, c) if s * 2 >= c => "shares-half",
        _ => "shares-some",
    }
}

fn place(context: &Context, i: usize, out: &mut Vec<&'static str>) {
    out.push(match (context.first, context.last) {
        (Some(first), _) if i < first => "before-text",
        (_, Some(last)) if i > last => "after-text",
        (Some(first), _) if i == first => "first-of-text",
        (_, Some(last)) if i == last => "last-of-text",
        (Some(_), Some(_)) => "within-text",
        _ => "no-text",
    });
}

fn look(line: &str, seen: Look, out: &mut Vec<&'static str>) {
    let n = seen.words.min(41);
    out.push(match n {
        0 => "words-0",
        1 => "words-1",
        2 => "words-2",
        3..=4 => "words-3-4",
        5..=8 => "words-5-8",
        9..=14 => "words-9-14",
        15..=25 => "words-15-25",
        26..=40 => "words-26-40",
        _ => "words-many",
    });
    out.push(match seen.final_mark {
        Some('?') => "ends-asking",
        Some('!') => "ends-calling",
        Some(_) => "ends-stop",
        None if line.ends_with(':') => "ends-colon",
        None if line.ends_with([')', ']']) => "ends-bracket",
        None => "ends-bare",
    });
    let first = line.chars().next().unwrap_or(' ');
    out.push(match first {
        c if is_bullet_mark(c) || matches!(c, '-' | '–' | '—' | '>' | '»' | '|') => {
            "starts-sign"
        }
        c if c.is_ascii_digit() => "starts-digit",
        '«' | '“' | '"' | '‘' => "starts-quote",
        c if c.is_lowercase() => "starts-small",
        _ => "starts-capital",
    });
    let capitals = bare_words(line).filter(|w| is_capital(w)).count();
    let small = line.chars().any(char::is_lowercase);
    if !small && n >= 1 {
        out.push("all-capitals");
    } else if n >= 4 && capitals * 10 >= n * 7 {
        out.push("title-case");
    }
    for (name, found) in [
        (
            "has-address",
            line.contains("://") || line.contains('@') || line.contains("www."),
        ),
        ("has-bar", line.contains(['|', '•', '·', '›', '→'])),
        ("has-quote", has_opening_mark(line)),
        ("has-digit", has_digit(line)),
        ("has-colon", line.contains(": ")),
        ("has-asking", line.trim_end_matches('?').contains('?')),
    ] {
        if found {
            out.push(name);
        }
    }
}

fn classes(page: &Page<'_>, line: &str, out: &mut Vec<&'static str>) {
    let all: Vec<Classes> = bare_words(line)
        .take(MOST_WORDS)
        .map(|w| page.words.classes(w))
        .collect();
    let of_some = all.iter().fold(Classes::default(), |some, &c| some.with(c));
    let named = |class: &str| page.words.named(&[class]);
    for (name, class) in CLASSES {
        if of_some.meet(named(class)) {
            out.push(name);
        }
    }
    let count = |class: &str| {
        let class = named(class);
        all.iter().filter(|c| c.meet(class)).count()
    };
    if count("site-word") >= 2 {
        out.push("site-words");
    }
    if by_page_words(line, page.words).is_some() {
        out.push("page-words");
    }
    if let Some(first) = all.first() {
        for (name, class) in [
            ("first-order", "order-word"),
            ("first-starter", "starter"),
            ("first-button", "share"),
        ] {
            if first.meet(named(class)) {
                out.push(name);
            }
        }
    }
    out.push(match count("linker") * 10 {
        0 => "linkers-none",
        n if n >= all.len() * 4 => "linkers-many",
        n if n >= all.len() * 2 => "linkers-some",
        _ => "linkers-few",
    });
}

fn neighbours(page: &Page<'_>, i: usize, out: &mut Vec<&'static str>) {
    let look = |j: Option<usize>| match j.and_then(|j| page.blocks.get(j).map(|b| (j, b))) {
        None => "edge",
        Some((j, _)) => match page.kind(j) {
            Some(Kind::Heading | Kind::Standfirst) => "loose",
            Some(Kind::Title) => "title",
            Some(Kind::Caption | Kind::Credit) => "picture",
            Some(Kind::Tag | Kind::Related) => "list",
            Some(_) => "furniture",
            None if page.look(j).paragraph => "text",
            None => "loose",
        },
    };
    out.push(match look(i.checked_sub(1)) {
        "edge" => "after-edge",
        "title" => "after-title",
        "picture" => "after-picture",
        "list" => "after-list",
        "furniture" => "after-furniture",
        "text" => "after-paragraph",
        _ => "after-loose",
    });
    out.push(match look(Some(i + 1)) {
        "edge" => "over-edge",
        "title" => "over-title",
        "picture" => "over-picture",
        "list" => "over-list",
        "furniture" => "over-furniture",
        "text" => "over-paragraph",
        _ => "over-loose",
    });
}
