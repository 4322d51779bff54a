//! Every rule by its stable ID, with what it does and an example
//! in which it fires and one in which it does not.
//!
//! Rules that know furniture by its wording stand in `rules/*/blocks.tsv`;
//! those that look at the layout, the neighbours or the marks are code in
//! [`crate::clean`] and described in `rules/any/structure.tsv`, as are those of
//! repair and of the model view in `rules/any/forms.tsv`. All come together here,
//! so that a record's `rule` can always be explained.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{Row, Table};
use crate::clean::BLOCK_TABLES;
use crate::document::{Action, ArtefactKind, Lang};

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Stable; records name it.
    pub id: &'static str,
    /// The language of the texts it applies to; `None` for all.
    pub lang: Option<Lang>,
    /// The kind of artefact it finds.
    pub kind: ArtefactKind,
    /// What is done about it.
    pub action: Action,
    /// How sure it is, 0 to 1: the share of right artefacts where that was counted.
    pub confidence: f32,
    /// One line.
    pub description: &'static str,
    /// What it finds: a line, or a whole text where [`Rule::frame`] says so.
    pub positive: &'static str,
    /// What looks like it and is left alone.
    pub negative: &'static str,
    /// Where in an article the examples stand.
    pub frame: Frame,
}

/// Where in an article a rule's examples stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Between the headline and the first paragraph.
    Head,
    /// Between two paragraphs.
    Body,
    /// After the last paragraph.
    Tail,
    /// The example is the whole text.
    Text,
}

/// All rules, those of the tables first, in the order in which they are tried.
#[must_use]
pub fn all() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> = LazyLock::new(read);
    &ALL
}

/// The rule of an ID, if there is one.
///
/// ```
/// let rule = diptych::rules::registry::find("any-date-header").unwrap();
/// assert_eq!(rule.kind.name(), "date_header");
/// ```
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    static BY_ID: LazyLock<HashMap<&str, &Rule>> =
        LazyLock::new(|| all().iter().map(|r| (r.id, r)).collect());
    BY_ID.get(id).copied()
}

/// The rule of an ID that the cleaner itself names.
///
/// # Panics
/// When there is no such rule: the code and its table disagree, which a test of
/// the cleaner finds.
pub(crate) fn get(id: &str) -> &'static Rule {
    find(id).unwrap_or_else(|| panic!("no rule `{id}` in the tables"))
}

impl Rule {
    /// An example as an article in which the rule can see it, in the rule's
    /// language (English where it has none).
    #[must_use]
    pub fn article(&self, example: &str) -> String {
        let (title, first, last) = match self.lang {
            Some(Lang::FR) => (
                "La mairie ferme le pont de la gare",
                "La mairie a fermé lundi le pont de la gare, que les pluies de la semaine avaient fragilisé.",
                "Le chantier doit durer trois mois, selon les services techniques de la ville.",
            ),
            _ => (
                "Town hall shuts the bridge at the station",
                "The town hall on Monday shut the bridge at the station, which a week of rain had weakened.",
                "The repairs are expected to last three months, the town's engineers said in a statement.",
            ),
        };
        let example = &example.replace("\\n", "\n");
        match self.frame {
            Frame::Head => [title, example, first, last].join("\n\n"),
            Frame::Body => [title, first, example, last].join("\n\n"),
            Frame::Tail => [title, first, last, example].join("\n\n"),
            Frame::Text => example.clone(),
        }
    }
}

fn read() -> Vec<Rule> {
    let mut rules = Vec::new();
    for (lang, text) in BLOCK_TABLES {
        for row in Table::parse("blocks", text).rows() {
            let frame = match (row.get("place"), row.get("shape")) {
                ("first", _) => Frame::Text,
                ("tail", _) => Frame::Tail,
                (_, "start") | ("edge", _) => Frame::Head,
                _ => Frame::Body,
            };
            rules.push(rule(row, *lang, frame));
        }
    }
    let structure = Table::parse("structure", include_str!("any/structure.tsv"));
    for row in structure.rows() {
        let frame = match row.get("frame") {
            "head" => Frame::Head,
            "body" => Frame::Body,
            "tail" => Frame::Tail,
            _ => Frame::Text,
        };
        rules.push(rule(row, Lang::parse(row.get("lang")), frame));
    }
    let forms = Table::parse("forms", include_str!("any/forms.tsv"));
    for row in forms.rows() {
        rules.push(rule(row, Lang::parse(row.get("lang")), Frame::Text));
    }
    let counted = counted();
    for rule in &mut rules {
        if let Some(&confidence) = counted.get(rule.id) {
            rule.confidence = confidence;
        }
    }
    rules
}

/// The confidences that were counted on articles with gold, in place of the
/// estimates that stand beside the rules.
fn counted() -> HashMap<&'static str, f32> {
    let table = Table::parse("confidence", include_str!("any/confidence.tsv"));
    table
        .rows()
        .filter_map(|row| Some((row.get("rule"), row.get("confidence").parse().ok()?)))
        .collect()
}

fn rule(row: Row<'_>, lang: Option<Lang>, frame: Frame) -> Rule {
    let id = row.get("id");
    let kind = ArtefactKind::parse(row.get("kind"))
        .unwrap_or_else(|| panic!("rule {id} has no known kind"));
    Rule {
        id,
        lang,
        kind,
        action: action(kind),
        confidence: row
            .get("confidence")
            .parse()
            .unwrap_or_else(|_| panic!("rule {id} has no confidence")),
        description: row.get("description"),
        positive: row.get("positive"),
        negative: row.get("negative"),
        frame,
    }
}

/// What is done about an artefact of a kind: headings and captions are text of
/// the article in another role, lost breaks are put in, forms replaced;
/// everything else is not of the article.
#[must_use]
pub fn action(kind: ArtefactKind) -> Action {
    use ArtefactKind as K;
    match kind {
        K::Title | K::Standfirst | K::Heading | K::Caption => Action::Relabel,
        K::MergedBoundary => Action::Split,
        K::QuoteStyle
        | K::Apostrophe
        | K::Spacing
        | K::Number
        | K::Editorial
        | K::Ellipsis
        | K::Encoding
        | K::Spelling => Action::Replace,
        _ => Action::Drop,
    }
}
