//! Sentences of French articles that no other article has.
//!
//! Takes what comparing all articles gave and the links that came of it, and gives a
//! record for each French sentence of running text that is in no link: what only one
//! paper says matters to a reader as much as what all say. Each names the likeliest
//! sentence that was looked at, its score and why it was not taken.

use std::borrow::Cow;
use std::collections::HashSet;

use super::comparable::Judged;
use super::copies::Place;
use super::features::Comparison;
use super::links::{against, rounded};
use super::profile::Article;
use super::vocabulary::Vocabulary;
use crate::document::Lang;
use crate::record::{
    DocumentRecord, LinkRecord, NearestRecord, SentenceRecord, UNMATCHED_SCHEMA, UnmatchedRecord,
};

/// What the records are made from.
pub(super) struct Sources<'s> {
    pub(super) articles: &'s [Article],
    pub(super) documents: &'s [Cow<'s, DocumentRecord>],
    pub(super) vocabulary: &'s Vocabulary,
    pub(super) min_score: f32,
}

/// The records, by article and sentence.
pub(super) fn unmatched(
    sources: &Sources,
    pairs: &[(usize, usize)],
    judged: &Judged,
    links: &[LinkRecord],
) -> Vec<UnmatchedRecord> {
    let linked: HashSet<(&str, usize)> = links
        .iter()
        .flat_map(|l| [&l.a, &l.b])
        .flat_map(|side| side.sentences.iter().map(|&s| (side.doc.as_str(), s)))
        .collect();
    let compared: HashSet<usize> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    let mut out = Vec::new();
    for (at, article) in sources.articles.iter().enumerate() {
        if article.lang != Lang::FR {
            continue;
        }
        let document = &sources.documents[article.document];
        for (position, sentence) in article.sentences.iter().enumerate() {
            if linked.contains(&(document.id.as_str(), sentence.id)) {
                continue;
            }
            let Some(record) = sentence_of(document, sentence.id) else {
                continue;
            };
            let nearest = nearest(sources, judged, (at, position));
            out.push(UnmatchedRecord {
                schema: UNMATCHED_SCHEMA.into(),
                doc: document.id.clone(),
                sentence: sentence.id,
                text: record.text.clone(),
                translation: record.translation.as_ref().map(|t| t.text.clone()),
                reason: reason(sources, nearest.as_ref(), compared.contains(&at)),
                best: nearest,
            });
        }
    }
    out
}

fn sentence_of(document: &DocumentRecord, id: usize) -> Option<&SentenceRecord> {
    // A sentence's id is its place, but in records that somebody edited.
    let sentences = &document.sentences;
    let in_place = sentences.get(id).filter(|s| s.id == id);
    in_place.or_else(|| sentences.iter().find(|s| s.id == id))
}

fn nearest(sources: &Sources, judged: &Judged, place: Place) -> Option<NearestRecord> {
    let &((article, position), score) = judged.best.get(&place)?;
    let other = sources.articles.get(article)?.sentences.get(position)?;
    let this = sources.articles.get(place.0)?.sentences.get(place.1)?;
    let document = &sources.documents[sources.articles[article].document];
    let features = Comparison::new(sources.vocabulary, this, other).features(sources.vocabulary);
    Some(NearestRecord {
        doc: document.id.clone(),
        sentence: other.id,
        text: sentence_of(document, other.id)?.text.clone(),
        score: rounded(score),
        against: against(&features).into_iter().map(str::to_owned).collect(),
    })
}

/// Why a sentence has no counterpart.
fn reason(sources: &Sources, nearest: Option<&NearestRecord>, compared: bool) -> String {
    match nearest {
        None if !compared => "no other article reports the same".into(),
        None => "no sentence of another article shares a telling word".into(),
        Some(n) if n.score >= sources.min_score => {
            "the likeliest sentence has a likelier partner".into()
        }
        Some(n) if n.against.is_empty() => "the likeliest sentence shares too little".into(),
        Some(n) => format!("the likeliest sentence differs: {}", n.against.join(", ")),
    }
}
