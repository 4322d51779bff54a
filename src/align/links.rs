//! From pairs of sentences to link records: neighbours joined, the kind told, the
//! evidence named.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::comparable::Pair;
use super::copies::Copies;
use super::features::{Comparison, Features};
use super::profile::{Article, Profile};
use super::vocabulary::Vocabulary;
use super::word_links::word_links;
use crate::document::LinkKind;
use crate::record::{ALIGNMENT_SCHEMA, DocumentRecord, LinkRecord, LinkSide};

/// How many shared terms a link names.
const TERMS: usize = 6;
/// Quotations that cover each other less are not the same utterance quoted twice.
const SAME_QUOTE: f32 = 0.4;
/// Speech that the other side covers less is not what the link is about.
const SAME_SPEECH: f32 = 0.3;

/// Two groups of neighbouring sentences that say the same.
#[derive(Debug, Clone)]
pub struct Link {
    articles: (usize, usize),
    /// Positions of the sentences, in order.
    a: Vec<usize>,
    b: Vec<usize>,
    /// The pairs it was made of, the likeliest first.
    pairs: Vec<Pair>,
}

/// Joins pairs that share a sentence and whose other sentences are neighbours: a
/// quotation that one paper prints in two sentences. `pairs` are of one pair of
/// articles, sorted by their sentences.
#[must_use]
pub fn join(pairs: &[Pair]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for pair in pairs {
        let (x, y) = pair.sentences;
        let grown = links.iter_mut().find(|l| {
            l.articles == pair.articles
                && (l.a == [x] && next_to(&l.b, y) || l.b == [y] && next_to(&l.a, x))
        });
        match grown {
            Some(link) => {
                insert(&mut link.a, x);
                insert(&mut link.b, y);
                link.pairs.push(pair.clone());
                link.pairs.sort_by(|p, q| q.score.total_cmp(&p.score));
            }
            None => links.push(Link {
                articles: pair.articles,
                a: vec![x],
                b: vec![y],
                pairs: vec![pair.clone()],
            }),
        }
    }
    links
}

fn next_to(group: &[usize], at: usize) -> bool {
    group.iter().any(|&g| g.abs_diff(at) == 1)
}

fn insert(group: &mut Vec<usize>, at: usize) {
    if let Err(place) = group.binary_search(&at) {
        group.insert(place, at);
    }
}

/// The record of a link.
#[must_use]
pub fn record(
    link: &Link,
    articles: &[Article],
    documents: &[Cow<DocumentRecord>],
    vocabulary: &Vocabulary,
    copies: &Copies,
) -> LinkRecord {
    let (a, b) = (&articles[link.articles.0], &articles[link.articles.1]);
    let best = &link.pairs[0];
    let (x, y) = (
        &a.sentences[best.sentences.0],
        &b.sentences[best.sentences.1],
    );
    let comparison = Comparison::new(vocabulary, x, y);
    let features = comparison.features(vocabulary);
    let quotes = comparison
        .quote_pair(vocabulary)
        .filter(|(.., cover, _)| *cover >= SAME_QUOTE);
    let kind = match quotes {
        Some(_) => LinkKind::Quote,
        None if features.said >= SAME_SPEECH => LinkKind::Statement,
        None => LinkKind::Fact,
    };
    let ids = quotes.and_then(|(i, j, ..)| Some((x.quotes.get(i)?.id, y.quotes.get(j)?.id)));
    let side_a = side(a, &link.a, ids.map(|q| q.0), documents);
    let side_b = side(b, &link.b, ids.map(|q| q.1), documents);
    let mut evidence = evidence(&comparison, &features, (x, y), vocabulary);
    let places = (
        (link.articles.0, best.sentences.0),
        (link.articles.1, best.sentences.1),
    );
    if copies.same(places.0, places.1) {
        evidence.insert("copies".into(), json!(copies.count(places.0)));
    }
    LinkRecord {
        schema: ALIGNMENT_SCHEMA.into(),
        kind: Some(kind),
        score: rounded(best.score),
        verdict: None,
        words: Some(word_links(
            (side_a.text.as_str(), a.lang),
            (side_b.text.as_str(), b.lang),
        )),
        a: side_a,
        b: side_b,
        evidence,
    }
}

fn side(
    article: &Article,
    sentences: &[usize],
    quote: Option<usize>,
    documents: &[Cow<DocumentRecord>],
) -> LinkSide {
    let document = &documents[article.document];
    let ids: Vec<usize> = sentences.iter().map(|&s| article.sentences[s].id).collect();
    let of: Vec<_> = document
        .sentences
        .iter()
        .filter(|s| ids.contains(&s.id))
        .collect();
    let text: Vec<&str> = of.iter().map(|s| s.text.as_str()).collect();
    let translated: Vec<&str> = of
        .iter()
        .filter_map(|s| Some(s.translation.as_ref()?.text.as_str()))
        .collect();
    LinkSide {
        doc: document.id.clone(),
        lang: document.lang,
        sentences: ids,
        quote,
        text: text.join(" "),
        translation: (!translated.is_empty()).then(|| translated.join(" ")),
    }
}

/// What speaks for a link and against it.
fn evidence(
    comparison: &Comparison,
    features: &Features,
    (x, y): (&Profile, &Profile),
    vocabulary: &Vocabulary,
) -> Map<String, Value> {
    let mut out = Map::new();
    let surface = |p: &Profile, at: usize| vocabulary.entry(p.own[at].entry).surface.clone();
    let terms: Vec<Value> = comparison
        .shared()
        .into_iter()
        .take(TERMS)
        .map(|(i, j, _)| {
            let (s, t) = (surface(x, i), surface(y, j));
            if s == t { json!(s) } else { json!([s, t]) }
        })
        .collect();
    out.insert("terms".into(), terms.into());
    out.insert(
        "cover".into(),
        json!([printed(features.cover_x), printed(features.cover_y)]),
    );
    if features.quotes > 0.0 {
        out.insert("quotes".into(), json!(printed(features.quotes)));
    }
    if features.counted > 0.0 {
        out.insert("number".into(), json!("the same number of the same thing"));
    }
    if features.same_speaker > 0.0 {
        out.insert("speaker".into(), json!("same"));
    }
    let against = against(features);
    if !against.is_empty() {
        out.insert("against".into(), json!(against));
    }
    out
}

/// What sets two sentences apart, in words: of who speaks, where, when, what is
/// counted and what is denied one reason each, the most telling.
pub(super) fn against(features: &Features) -> Vec<&'static str> {
    let reasons: [&[(f32, &'static str)]; 5] = [
        &[
            (features.other_speaker, "other speaker"),
            (features.other_people, "other people"),
        ],
        &[(features.other_places, "other places")],
        &[(features.other_dates, "other dates")],
        &[
            (features.miscounted, "a number that counts something else"),
            (features.recount, "another number of the same thing"),
            (features.other_amounts, "other amounts"),
            (features.other_numbers, "other numbers"),
        ],
        &[(features.negation, "one is negated")],
    ];
    let first = |of: &&[(f32, &'static str)]| of.iter().find(|r| r.0 > 0.0).map(|r| r.1);
    reasons.iter().filter_map(first).collect()
}

/// To three decimals, so that records are short.
pub(super) fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

/// To three decimals as the double that prints so: a float widened to one prints
/// all its digits.
fn printed(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reason_is_given_for_numbers_and_one_for_people() {
        let features = Features {
            other_speaker: 1.0,
            other_people: 1.0,
            other_numbers: 1.0,
            recount: 1.0,
            negation: 1.0,
            ..Features::default()
        };
        assert_eq!(
            against(&features),
            [
                "other speaker",
                "another number of the same thing",
                "one is negated"
            ]
        );
    }

    #[test]
    fn evidence_prints_with_three_decimals() {
        assert_eq!(json!(printed(0.358_04)).to_string(), "0.358");
    }
}
