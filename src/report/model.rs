//! The records in the order in which the page needs them: documents in groups by
//! language, links at the documents and sentences they belong to.

use std::collections::BTreeMap;

use crate::document::{Action, ArtefactKind, Lang, LinkKind, Role};
use crate::record::{DocumentRecord, LinkRecord, LinkSide, SentenceRecord, UnmatchedRecord};

/// All that is shown.
pub(super) struct Corpus<'r> {
    pub documents: Vec<Doc<'r>>,
    pub links: &'r [LinkRecord],
    pub groups: Vec<Group>,
    /// Sentences without a counterpart, by document id and sentence id.
    unmatched: BTreeMap<(&'r str, usize), &'r UnmatchedRecord>,
    ids: BTreeMap<&'r str, usize>,
}

/// The documents of one language.
pub(super) struct Group {
    pub lang: Lang,
    /// Places in [`Corpus::documents`].
    pub documents: Vec<usize>,
    /// Whether these are the articles the page is about: shown open, with their
    /// counterparts in full. The others are folded and point back.
    pub main: bool,
}

/// A document with what belongs to each of its sentences.
pub(super) struct Doc<'r> {
    pub record: &'r DocumentRecord,
    pub title: String,
    /// Quotations of each sentence.
    pub quotes: Vec<Vec<usize>>,
    /// Artefacts inside each sentence that are worth a mark.
    pub edits: Vec<Vec<usize>>,
    /// The document's side of each of its links.
    pub links: Vec<End>,
    /// Sentence ids and their places, which are equal in output and may differ in gold.
    places: BTreeMap<usize, usize>,
}

/// A link as one of its documents sees it.
#[derive(Clone, Copy)]
pub(super) struct End {
    /// Place in [`Corpus::links`].
    pub link: usize,
    /// Whether this document is side `b`.
    pub is_b: bool,
}

impl<'r> Corpus<'r> {
    pub fn new(
        records: &'r [DocumentRecord],
        links: &'r [LinkRecord],
        unmatched: &'r [UnmatchedRecord],
    ) -> Self {
        let mut documents: Vec<_> = records.iter().map(Doc::new).collect();
        let ids: BTreeMap<_, _> = records
            .iter()
            .enumerate()
            .map(|(i, d)| (d.id.as_str(), i))
            .collect();
        for (link, l) in links.iter().enumerate() {
            for (side, is_b) in [(&l.a, false), (&l.b, true)] {
                if let Some(&d) = ids.get(side.doc.as_str()) {
                    documents[d].links.push(End { link, is_b });
                }
            }
        }
        let groups = groups(records);
        Self {
            documents,
            links,
            groups,
            unmatched: unmatched
                .iter()
                .map(|u| ((u.doc.as_str(), u.sentence), u))
                .collect(),
            ids,
        }
    }

    /// Why a sentence has no counterpart, where that is known.
    pub fn unmatched(&self, doc: &Doc, place: usize) -> Option<&'r UnmatchedRecord> {
        let sentence = doc.record.sentences.get(place)?;
        let key = (doc.record.id.as_str(), sentence.id);
        self.unmatched.get(&key).copied()
    }

    /// The place of a document by its id.
    pub fn document(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The other document of a link and its side there; `None` where the link
    /// leads out of the corpus.
    pub fn other(&self, end: End) -> (Option<usize>, &'r LinkSide) {
        let side = end.other(&self.links[end.link]);
        let place = self.ids.get(side.doc.as_str()).copied();
        (place, side)
    }
}

/// French articles first, since they are the ones translated; without any, all
/// languages are the page's subject.
fn groups(records: &[DocumentRecord]) -> Vec<Group> {
    let mut by_lang: BTreeMap<Lang, Vec<usize>> = BTreeMap::new();
    for (i, d) in records.iter().enumerate() {
        by_lang.entry(d.lang).or_default().push(i);
    }
    let any_french = by_lang.contains_key(&Lang::FR);
    let mut groups: Vec<_> = by_lang
        .into_iter()
        .map(|(lang, documents)| Group {
            lang,
            documents,
            main: lang == Lang::FR || !any_french,
        })
        .collect();
    groups.sort_by_key(|g| g.lang != Lang::FR);
    groups
}

impl End {
    /// This document's side.
    pub fn own(self, link: &LinkRecord) -> &LinkSide {
        if self.is_b { &link.b } else { &link.a }
    }

    /// The other document's side.
    pub fn other(self, link: &LinkRecord) -> &LinkSide {
        if self.is_b { &link.a } else { &link.b }
    }
}

impl<'r> Doc<'r> {
    fn new(record: &'r DocumentRecord) -> Self {
        let n = record.sentences.len();
        let places: BTreeMap<_, _> = record
            .sentences
            .iter()
            .enumerate()
            .map(|(i, s)| (s.id, i))
            .collect();
        let mut quotes = vec![Vec::new(); n];
        for (i, q) in record.quotes.iter().enumerate() {
            for p in q.sentences.iter().filter_map(|id| places.get(id)) {
                quotes[*p].push(i);
            }
        }
        let mut edits = vec![Vec::new(); n];
        for (i, a) in record.artefacts.iter().enumerate() {
            let after = record.sentences.partition_point(|s| s.raw[0] <= a.raw[0]);
            if is_marked(a.kind, a.action)
                && let Some(p) = after.checked_sub(1)
                && a.raw[1] <= record.sentences[p].raw[1]
            {
                edits[p].push(i);
            }
        }
        Self {
            record,
            title: title(record),
            quotes,
            edits,
            links: Vec::new(),
            places,
        }
    }

    /// The place of a sentence by its id.
    pub fn place(&self, id: usize) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The sentences of a link's side, in order.
    pub fn sentences(&self, side: &LinkSide) -> Vec<usize> {
        let mut places: Vec<_> = side
            .sentences
            .iter()
            .filter_map(|id| self.place(*id))
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The outlet, or the file's folder-free name where none is known.
    pub fn outlet(&self) -> Option<&'r str> {
        self.record.source.outlet.as_deref()
    }
}

/// Marked in the text are edits that a reader would want to know of; spaces,
/// apostrophes and quotation marks in another style are only counted.
fn is_marked(kind: ArtefactKind, action: Action) -> bool {
    use ArtefactKind::{Editorial, Encoding, MergedBoundary, Number, Spelling};
    match action {
        Action::Split => kind == MergedBoundary,
        Action::Replace => matches!(kind, Editorial | Encoding | Number | Spelling),
        Action::Drop | Action::Relabel => false,
    }
}

/// The headline: as recorded, else the sentences of that role, else a block of
/// that kind, else how the text begins, else the id.
fn title(record: &DocumentRecord) -> String {
    if let Some(title) = record.title.as_deref().filter(|t| !t.trim().is_empty()) {
        return title.to_owned();
    }
    let found: Vec<_> = title_sentences(record).map(|s| s.text.as_str()).collect();
    if !found.is_empty() {
        return found.join(" ");
    }
    let mut blocks = record.artefacts.iter();
    let block = blocks.find(|a| a.kind == ArtefactKind::Title && !a.text.is_empty());
    let first = record.sentences.iter().find(|s| s.role == Role::Body);
    match (block, first) {
        (Some(a), _) => a.text.clone(),
        (None, Some(s)) => beginning(&s.text),
        (None, None) => record.id.clone(),
    }
}

/// The first words of a text, about a headline's worth.
fn beginning(text: &str) -> String {
    const LENGTH: usize = 70;
    let Some((cut, _)) = text.char_indices().nth(LENGTH) else {
        return text.to_owned();
    };
    let words = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", text[..words].trim_end())
}

/// The sentences of the headline.
pub(super) fn title_sentences(record: &DocumentRecord) -> impl Iterator<Item = &SentenceRecord> {
    record.sentences.iter().filter(|s| s.role == Role::Title)
}

/// The order of kinds on the page: an utterance is worth more than a fact.
pub(super) fn rank(kind: Option<LinkKind>) -> usize {
    match kind {
        Some(LinkKind::Quote) => 0,
        Some(LinkKind::Statement) => 1,
        Some(LinkKind::Fact) => 2,
        None => 3,
    }
}
