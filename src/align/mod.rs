//! Alignment: which sentences of different articles say the same.
//!
//! Takes the records of cleaned articles, with quotations and the translations of
//! the French ones, and gives links. The flow is
//! `reading -> profile -> article index -> stories -> candidates -> grid (features,
//! score) -> comparable (context, score, assignment) -> links`, a module each; what a
//! sentence is to the aligner says [`profile::Profile`], what a story is [`stories`].
//!
//! Words are split by [`words`] and not by a pre-tokeniser of the `tokenizers`
//! crate: numbers need runs of digits apart from letters (`4bn`, `20h15`) and what
//! stands between two runs, which its BERT splitting does not keep.

pub mod anchors;
pub mod article_index;
pub mod beads;
pub mod candidates;
pub mod choices;
pub mod comparable;
pub mod concepts;
pub mod confidence;
pub mod context;
pub mod copies;
mod cover;
pub mod days;
pub mod encoder;
pub mod facts;
pub mod features;
pub mod grid;
pub mod kin;
pub mod language;
pub mod lexicon;
pub mod line_facts;
mod line_keys;
pub mod links;
pub mod mass;
pub mod meaning;
pub mod mining;
mod negation;
pub mod numbers;
pub mod own_lexicon;
pub mod parallel;
pub mod per_line;
pub mod prices;
pub mod profile;
mod reading;
pub mod records;
pub mod score;
pub mod sense;
mod stories;
mod unmatched;
pub mod vectors;
pub mod vocabulary;
pub mod word_links;
pub mod words;

use crate::config::AlignConfig;
use crate::document::Lang;
use crate::error::Result;
use crate::record::{DocumentRecord, LinkRecord, UnmatchedRecord};

use article_index::ArticleIndex;
use profile::{Article, Speakers};
use records::Records;
use vocabulary::Vocabulary;

/// What alignment gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// The links, sorted by both sides' document and sentence ids.
    pub links: Vec<LinkRecord>,
    /// French sentences in no link, by document and sentence.
    pub unmatched: Vec<UnmatchedRecord>,
}

/// The links between sentences of different documents, sorted by both sides'
/// document and sentence ids, and the French sentences that have none.
///
/// Only sentences of running text are linked, and only between documents of
/// different ids whose dates are within the window (a document without a date is
/// within any). Side `a` is the French one, else the one whose id is lower. The
/// result depends neither on the order of the input nor on the number of threads.
#[must_use]
pub fn align(documents: &[DocumentRecord], config: &AlignConfig) -> Alignment {
    let mut all = Alignment::default();
    let done = align_stories(&documents, config, &mut |mut story| {
        all.links.append(&mut story.links);
        all.unmatched.append(&mut story.unmatched);
        Ok(())
    });
    debug_assert!(done.is_ok(), "records in memory can be read");
    all.sort();
    all
}

/// The same story by story, for a collection of any size: what is found among the
/// articles of one story is given to `sink`, sorted, and then forgotten. The links of
/// one document are all in one story.
///
/// # Errors
/// When a record cannot be read, and those of `sink`.
pub fn align_stories(
    records: &impl Records,
    config: &AlignConfig,
    sink: &mut dyn FnMut(Alignment) -> Result<()>,
) -> Result<()> {
    let order = order(records);
    let (mut vocabulary, mut index) = (Vocabulary::default(), ArticleIndex::default());
    let mut speakers = Speakers::default();
    stories::in_blocks(records, &order, &mut |record| {
        speakers.add(record);
        // For which states speakers speak is not looked at here.
        let article = Article::new(record, 0, &Default::default(), &mut vocabulary);
        index.add(&vocabulary, &article);
    })?;
    let known = stories::Known {
        states: speakers.states(),
        vocabulary,
        config,
    };
    let stories = stories::stories(order.len(), index.pairs(config.window_days));
    stories::align(records, &order, stories, known, sink)
}

impl Alignment {
    /// Brings the records in the order of an output folder.
    fn sort(&mut self) {
        self.links.sort_by(|p, q| {
            fn place(l: &LinkRecord) -> (&str, &[usize], &str, &[usize]) {
                (&l.a.doc, &l.a.sentences, &l.b.doc, &l.b.sentences)
            }
            place(p).cmp(&place(q))
        });
        let place = |u: &UnmatchedRecord| (u.doc.clone(), u.sentence);
        self.unmatched.sort_by_cached_key(place);
    }
}

/// The order in which articles are compared: French ones first, then by id. Of
/// records with one id the first is kept.
fn order(records: &impl Records) -> Vec<usize> {
    let mut order: Vec<usize> = (0..records.count()).collect();
    let key = |at: usize| {
        let (id, lang) = records.head(at);
        (lang != Lang::FR, id)
    };
    order.sort_by(|&p, &q| key(p).cmp(&key(q)));
    order.dedup_by_key(|at| records.head(*at).0);
    order
}

/// The articles in the order in which they are compared, French ones first, then
/// by id, with the vocabulary of them all. Of documents with one id the first is
/// kept.
#[must_use]
pub fn read(documents: &[DocumentRecord]) -> (Vec<Article>, Vocabulary) {
    let order = order(&documents);
    let mut vocabulary = Vocabulary::default();
    let mut speakers = Speakers::default();
    order.iter().for_each(|&i| speakers.add(&documents[i]));
    let states = speakers.states();
    let articles = order
        .into_iter()
        .map(|i| Article::new(&documents[i], i, &states, &mut vocabulary))
        .collect();
    (articles, vocabulary)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An article of running text, as `run` would record it.
    fn article(id: &str, lang: &str, sentences: &[&str]) -> DocumentRecord {
        let sentences: Vec<_> = sentences
            .iter()
            .enumerate()
            .map(|(id, text)| {
                serde_json::json!({"id": id, "role": "body", "text": text, "raw": [0, 0]})
            })
            .collect();
        let record = serde_json::json!({
            "schema": crate::record::DOCUMENT_SCHEMA,
            "id": id,
            "source": {"path": format!("{id}.txt"), "sha256": "", "url": null, "outlet": null},
            "lang": lang,
            "date": "2021-03-09",
            "sentences": sentences,
        });
        serde_json::from_value(record).unwrap()
    }

    fn three_papers() -> Vec<DocumentRecord> {
        let fire = "Un incendie a détruit mardi l'entrepôt de la fonderie Kerbrat, à Quimperlé.";
        let cause =
            "Le préfet Anselme Tregoat a écarté la piste criminelle après trois heures d'enquête.";
        vec![
            article(
                "a-fr",
                "fr",
                &[fire, "Onze pompiers ont été intoxiqués.", cause],
            ),
            article(
                "b-fr",
                "fr",
                &[cause, "La commune compte 12 000 habitants.", fire],
            ),
            article(
                "c-fr",
                "fr",
                &["Il pleuvait sur le Finistère.", fire, cause],
            ),
        ]
    }

    #[test]
    fn a_near_copy_in_three_papers_links_each_pair() {
        let links = align(&three_papers(), &AlignConfig::default()).links;
        for (p, q) in [("a-fr", "b-fr"), ("a-fr", "c-fr"), ("b-fr", "c-fr")] {
            let between = links.iter().filter(|l| l.a.doc == p && l.b.doc == q);
            assert!(between.count() >= 2, "{p} {q}: {links:?}");
        }
    }

    #[test]
    fn what_one_paper_says_alone_is_told_with_what_comes_nearest() {
        let found = align(&three_papers(), &AlignConfig::default());
        let alone: Vec<_> = found
            .unmatched
            .iter()
            .map(|u| (u.doc.as_str(), u.sentence))
            .collect();
        assert_eq!(alone, [("a-fr", 1), ("b-fr", 1), ("c-fr", 0)]);
        let below = |u: &UnmatchedRecord| u.best.as_ref().is_none_or(|b| b.score < 0.4);
        assert!(found.unmatched.iter().all(below), "{:?}", found.unmatched);
    }

    #[test]
    fn links_do_not_depend_on_the_order_of_the_documents() {
        let config = AlignConfig::default();
        let mut documents = three_papers();
        let links = align(&documents, &config);
        assert!(!links.links.is_empty());
        documents.reverse();
        assert_eq!(align(&documents, &config), links);
        documents.swap(0, 1);
        assert_eq!(align(&documents, &config), links);
    }
}
