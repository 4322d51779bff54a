//! The linked words of a sentence: which of a link's word links lie in it, and where.

use super::marks::Word;
use super::model::{Corpus, Doc, End, rank};
use crate::record::LinkRecord;

/// The linked words of one sentence of a link's text, counted from where it begins.
pub(super) fn within(words: &[Word], from: usize, length: usize) -> Vec<Word> {
    words
        .iter()
        .filter(|w| from <= w.start && w.end <= from + length)
        .map(|w| Word {
            start: w.start - from,
            end: w.end - from,
            other: w.other.clone(),
        })
        .collect()
}

/// The linked words of one of the article's own sentences, by its best link.
pub(super) fn of_sentence(
    corpus: &Corpus,
    doc: &Doc,
    ends: impl Iterator<Item = End>,
    place: usize,
) -> Vec<Word> {
    let order = |e: &End| {
        let link = &corpus.links[e.link];
        (rank(link.kind), -(link.score * 1000.0) as i64)
    };
    let touching = ends.filter(|e| {
        let side = e.own(&corpus.links[e.link]);
        doc.sentences(side).contains(&place)
    });
    let Some(end) = touching.min_by_key(order) else {
        return Vec::new();
    };
    let link = &corpus.links[end.link];
    let sentences = &doc.record.sentences;
    let length = |p: usize| sentences[p].text.chars().count();
    let before = doc.sentences(end.own(link)).into_iter();
    let from = before.filter(|p| *p < place).map(|p| length(p) + 1).sum();
    within(&of_side(link, !end.is_b), from, length(place))
}

/// The words of the other side of a link with those of this side they are linked to.
pub(super) fn of_side(link: &LinkRecord, is_b: bool) -> Vec<Word> {
    let own = if is_b { &link.b } else { &link.a };
    let of = |[start, end]: [usize; 2]| -> String {
        let length = end.saturating_sub(start);
        own.text.chars().skip(start).take(length).collect()
    };
    let words = link.words.iter().flatten();
    words
        .map(|&(a, b, _)| {
            let (own, other) = if is_b { (b, a) } else { (a, b) };
            Word {
                start: other[0],
                end: other[1],
                other: of(own),
            }
        })
        .collect()
}
