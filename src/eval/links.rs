//! What is counted across documents: links.
//!
//! A predicted link is right when both its sides share a sentence with a gold
//! link; which side is called `a` does not matter. Gold links a person refused
//! (`reject`) must not be found; those left open (`unsure`) count neither way.

use std::collections::{BTreeMap, BTreeSet};

use super::folder::{Folder, Style};
use super::spans::{Points, Ratio, same_place};
use crate::document::LinkKind;
use crate::record::{DocumentRecord, LinkRecord, LinkSide};

/// Counted links of a selection of document pairs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LinkTally {
    /// Predicted links that are right, of all predicted.
    pub precision: Ratio,
    /// Gold links that were found, of all gold.
    pub recall: Ratio,
}

/// The counts over all links.
#[derive(Debug, Default)]
pub(super) struct LinkCounts {
    pub all: LinkTally,
    /// Between two languages.
    pub cross: LinkTally,
    /// Within one.
    pub same_lang: LinkTally,
    /// Of the right links, those of the right kind.
    pub kinds: Ratio,
    /// Of the links called quotes, those that are an utterance.
    pub quote_precision: Ratio,
    /// Of gold's quote links, those found under whatever name.
    pub quote_recall: Ratio,
    /// Of the refused links, those found.
    pub refused: Ratio,
}

/// A link over gold's documents and sentences, the document that comes first in
/// gold on side 0.
struct Link {
    kind: Option<LinkKind>,
    docs: [usize; 2],
    sentences: [BTreeSet<usize>; 2],
}

impl Link {
    fn new(kind: Option<LinkKind>, sides: [(usize, BTreeSet<usize>); 2]) -> Self {
        let [a, b] = sides;
        let (a, b) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        Self {
            kind,
            docs: [a.0, b.0],
            sentences: [a.1, b.1],
        }
    }

    /// Whether both sides share a sentence.
    fn hits(&self, other: &Link) -> bool {
        let share = |i: usize| !self.sentences[i].is_disjoint(&other.sentences[i]);
        self.docs == other.docs && share(0) && share(1)
    }
}

/// Links by their pair of documents, so that a look-up meets few.
struct Links {
    links: Vec<Link>,
    by_docs: BTreeMap<[usize; 2], Vec<usize>>,
}

impl Links {
    fn new(links: Vec<Link>) -> Self {
        let mut by_docs: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (i, l) in links.iter().enumerate() {
            by_docs.entry(l.docs).or_default().push(i);
        }
        Self { links, by_docs }
    }

    /// The links that share both sides with `link`.
    fn hit_by<'l>(&'l self, link: &'l Link) -> impl Iterator<Item = &'l Link> {
        let candidates = self.by_docs.get(&link.docs).into_iter().flatten();
        candidates.map(|&i| &self.links[i]).filter(|l| l.hits(link))
    }

    fn has(&self, link: &Link) -> bool {
        self.hit_by(link).next().is_some()
    }
}

/// Counts the links of `out`, whose documents are paired with gold's.
pub(super) fn count(
    gold: &Folder,
    out: &Folder,
    pairs: &[Option<&DocumentRecord>],
    style: Style,
) -> LinkCounts {
    let (wanted, refused, open) = gold_links(gold);
    let mut found = predicted(gold, out, pairs, style);
    found.retain(|p| wanted.has(p) || !open.has(p));
    let found = Links::new(found);

    let lang = |i: usize| gold.documents[i].lang;
    let cross = |l: &Link| lang(l.docs[0]) != lang(l.docs[1]);
    let mut counts = LinkCounts::default();
    for p in &found.links {
        let right = wanted.has(p);
        counts.all.precision.add(right);
        counts.side(cross(p)).precision.add(right);
        if right {
            let same_kind = wanted.hit_by(p).any(|g| g.kind == p.kind);
            counts.kinds.add(same_kind);
        }
        if p.kind == Some(LinkKind::Quote) {
            let utterance = |g: &Link| g.kind != Some(LinkKind::Fact);
            counts.quote_precision.add(wanted.hit_by(p).any(utterance));
        }
    }
    for g in &wanted.links {
        let hit = found.has(g);
        counts.all.recall.add(hit);
        counts.side(cross(g)).recall.add(hit);
        if g.kind == Some(LinkKind::Quote) {
            counts.quote_recall.add(hit);
        }
    }
    for g in &refused.links {
        counts.refused.add(found.has(g));
    }
    counts
}

impl LinkCounts {
    fn side(&mut self, cross: bool) -> &mut LinkTally {
        if cross {
            &mut self.cross
        } else {
            &mut self.same_lang
        }
    }
}

/// Gold's links to be found, to be refused, and those left open. A link without
/// a verdict was not judged, so it is to be found.
fn gold_links(gold: &Folder) -> (Links, Links, Links) {
    let index = index(&gold.documents);
    let (mut wanted, mut refused, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for l in &gold.links {
        let side = |s: &LinkSide| {
            let doc = *index.get(s.doc.as_str())?;
            Some((doc, s.sentences.iter().copied().collect()))
        };
        let (Some(a), Some(b)) = (side(&l.a), side(&l.b)) else {
            continue;
        };
        let list = match l.verdict.as_deref() {
            Some("reject") => &mut refused,
            Some("unsure") => &mut open,
            _ => &mut wanted,
        };
        list.push(Link::new(l.kind, [a, b]));
    }
    (Links::new(wanted), Links::new(refused), Links::new(open))
}

/// The output's links between documents of gold, over gold's sentences, without
/// those a person refused and those that stand where gold was not annotated.
fn predicted(
    gold: &Folder,
    out: &Folder,
    pairs: &[Option<&DocumentRecord>],
    style: Style,
) -> Vec<Link> {
    // The output's ids, each with its place in gold.
    let index: BTreeMap<_, _> = pairs
        .iter()
        .enumerate()
        .filter_map(|(i, o)| Some((o.as_ref()?.id.as_str(), i)))
        .collect();
    let free: Vec<_> = gold.documents.iter().map(|d| style.free(d)).collect();
    let side = |s: &LinkSide| {
        let i = *index.get(s.doc.as_str())?;
        let places: Vec<Points> = pairs[i]?
            .sentences
            .iter()
            .filter(|x| s.sentences.contains(&x.id))
            .map(|x| x.raw)
            .collect();
        let is_free = |p: &Points| free[i].iter().any(|f| f[0] <= p[0] && p[0] < f[1]);
        if places.iter().all(is_free) {
            return None;
        }
        let ids = gold.documents[i]
            .sentences
            .iter()
            .filter(|g| places.iter().any(|p| same_place(*p, g.raw)))
            .map(|g| g.id);
        Some((i, ids.collect::<BTreeSet<_>>()))
    };
    let judged = |l: &&LinkRecord| !matches!(l.verdict.as_deref(), Some("reject" | "unsure"));
    out.links
        .iter()
        .filter(judged)
        .filter_map(|l| Some(Link::new(l.kind, [side(&l.a)?, side(&l.b)?])))
        .collect()
}

/// Documents by id.
fn index(documents: &[DocumentRecord]) -> BTreeMap<&str, usize> {
    let ids = documents.iter().enumerate();
    ids.map(|(i, d)| (d.id.as_str(), i)).collect()
}
