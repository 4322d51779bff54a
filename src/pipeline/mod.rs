//! The order of the stages, and the workers they run on.
//!
//! Per-document stages run on rayon's pool, a document that breaks one of them
//! becomes an error record. Translation then takes the sentences of all
//! documents at once. Results are gathered in input order, so that nothing
//! depends on the number of workers.

mod document;
mod manifest;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::clean::Repeats;
use crate::config::Config;
use crate::document::{Document, Lang};
use crate::error::{Error, Result};
use crate::guard::caught;
use crate::read::{self, Article, Input};
use crate::record::{DocumentRecord, ErrorRecord, LinkRecord};
use crate::translate::{Session, Translator, model_view};

pub use document::{prepare, prepare_within, repeats, translatable};
pub use manifest::Manifest;

/// Is told how far a run is.
pub trait Progress: Sync {
    /// A stage begins, with so many steps where that is known.
    fn stage(&self, name: &'static str, steps: Option<u64>);
    /// So many steps are done.
    fn step(&self, done: u64);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &'static str, _: Option<u64>) {}
    fn step(&self, _: u64) {}
}

/// What a run needs besides its inputs.
pub struct Run<'r> {
    /// Everything that changes the records.
    pub config: &'r Config,
    /// An engine for each language that is translated; none to leave translation out.
    pub translators: &'r [Box<dyn Translator>],
    /// Is told how far the run is.
    pub progress: &'r dyn Progress,
    /// Set from outside to stop.
    pub stop: &'r AtomicBool,
}

/// What a run gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// In the order of the input.
    pub documents: Vec<DocumentRecord>,
    /// Documents that could not be processed, in the order of the input.
    pub errors: Vec<ErrorRecord>,
    /// The links between them.
    pub links: Vec<LinkRecord>,
    /// The inputs with the sha256 of their bytes.
    pub inputs: Vec<(String, Option<String>)>,
    /// How many documents each language without a model has.
    pub untranslated: BTreeMap<Lang, usize>,
}

impl Run<'_> {
    /// The whole flow: read, prepare, translate, align.
    ///
    /// # Errors
    /// When the run is stopped. What concerns one document is in
    /// [`Outcome::errors`].
    pub fn run(&self, inputs: &[Input]) -> Result<Outcome> {
        let mut outcome = self.documents(inputs)?;
        self.progress.stage("aligning", None);
        outcome.links = crate::align::align(&outcome.documents, &self.config.align);
        self.check()?;
        Ok(outcome)
    }

    /// The flow without alignment.
    ///
    /// # Errors
    /// When the run is stopped.
    pub fn documents(&self, inputs: &[Input]) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        let articles = self.read(inputs, &mut outcome)?;
        self.progress.stage("cleaning", Some(articles.len() as u64));
        let repeats = if self.config.clean.repeated_lines {
            repeats(articles.iter().filter_map(|a| a.as_ref().ok()))
        } else {
            Repeats::default()
        };
        let prepared: Vec<_> = articles
            .into_par_iter()
            .map(|article| {
                self.check()?;
                let result = article.and_then(|article| guarded(article, &repeats));
                self.progress.step(1);
                Ok(result)
            })
            .collect::<Result<_>>()?;
        let mut documents = Vec::with_capacity(prepared.len());
        for result in prepared {
            match result {
                Ok(document) => documents.push(document),
                Err(e) => outcome.errors.push(e),
            }
        }
        for translator in self.translators {
            self.translate(&mut documents, &**translator, &mut outcome)?;
        }
        self.count_untranslated(&documents, &mut outcome);
        outcome.documents = documents.par_iter().map(DocumentRecord::from).collect();
        Ok(outcome)
    }

    fn check(&self) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::interrupted());
        }
        Ok(())
    }

    fn read(
        &self,
        inputs: &[Input],
        outcome: &mut Outcome,
    ) -> Result<Vec<Result<Article, ErrorRecord>>> {
        self.progress.stage("reading", Some(inputs.len() as u64));
        let contents: Vec<_> = inputs
            .par_iter()
            .map(|input| {
                self.check()?;
                let contents = read::contents(input, &self.config.input);
                self.progress.step(1);
                Ok(contents)
            })
            .collect::<Result<_>>()?;
        let mut articles = Vec::new();
        for (input, contents) in inputs.iter().zip(contents) {
            outcome.inputs.push((input.name(), contents.sha256));
            articles.extend(contents.articles);
        }
        tell_apart(&mut articles);
        Ok(articles)
    }

    fn translate(
        &self,
        documents: &mut [Document],
        translator: &dyn Translator,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let identity = translator.identity();
        let mut places = Vec::new();
        let mut views = Vec::new();
        for (d, document) in documents.iter().enumerate() {
            for s in translatable(document, identity.source_lang) {
                places.push((d, s));
                views.push(model_view::of(
                    document.sentences[s].span.of(&document.clean),
                )?);
            }
        }
        if views.is_empty() {
            return Ok(());
        }
        self.progress.stage("translating", Some(views.len() as u64));
        let session = Session::new(translator, self.config.translate.max_words);
        let texts: Vec<&str> = views.iter().map(String::as_str).collect();
        let results = session.translate(&texts, self.stop, &|n| self.progress.step(n as u64))?;
        for ((d, s), result) in places.into_iter().zip(results) {
            match result {
                Ok(translation) => documents[d].sentences[s].translation = Some(translation),
                // The document is kept; the sentence it lacks is reported.
                Err(e) => outcome.errors.push(ErrorRecord {
                    path: documents[d].source.path.clone(),
                    id: Some(documents[d].id.clone()),
                    stage: "translate".into(),
                    error: format!("sentence {s}: {}", e.chain()),
                    hint: Some("the document is written without this translation".into()),
                }),
            }
        }
        Ok(())
    }

    fn count_untranslated(&self, documents: &[Document], outcome: &mut Outcome) {
        let knows = |lang| {
            self.translators.iter().any(|t| {
                let identity = t.identity();
                identity.source_lang == lang || identity.target_lang == lang
            })
        };
        if self.translators.is_empty() {
            return;
        }
        for document in documents.iter().filter(|d| !knows(d.lang)) {
            *outcome.untranslated.entry(document.lang).or_default() += 1;
        }
    }
}

/// Prepares a document; whatever goes wrong in it stays in it.
fn guarded(article: Article, repeats: &Repeats) -> Result<Document, ErrorRecord> {
    let (path, id) = (article.source.path.clone(), article.id.clone());
    caught(|| prepare_within(article, repeats))
        .unwrap_or_else(|panic| Err(Error::internal(panic)))
        .map_err(|e| ErrorRecord {
            path,
            id: Some(id),
            stage: "clean".into(),
            error: e.chain(),
            hint: e.advice().map(str::to_owned),
        })
}

/// Makes ids unique: of several documents with one id the first in path order
/// keeps it, whatever order the files were given in; the others get `~` and the
/// first 8 hex digits of the sha256 of their path (with their line, where the
/// path holds the id twice).
fn tell_apart(articles: &mut [Result<Article, ErrorRecord>]) {
    let mut order: Vec<usize> = (0..articles.len())
        .filter(|&i| articles[i].is_ok())
        .collect();
    let key = |a: &Result<Article, ErrorRecord>| {
        a.as_ref()
            .map(|a| (a.source.path.clone(), a.line))
            .unwrap_or_default()
    };
    order.sort_by_cached_key(|&i| key(&articles[i]));
    // Id to the path that holds it.
    let mut taken: HashMap<String, String> = HashMap::new();
    for i in order {
        let Ok(article) = &mut articles[i] else {
            continue;
        };
        let path = article.source.path.clone();
        let mut id = article.id.clone();
        if let Some(holder) = taken.get(&id) {
            let place = if *holder == path {
                format!("{path}:{}", article.line.unwrap_or(0))
            } else {
                path.clone()
            };
            id = format!("{id}~{}", &read::sha256(place.as_bytes())[..8]);
            let mut line = article.line;
            while taken.contains_key(&id) {
                id = format!("{}~{}", article.id, line.unwrap_or(0));
                line = Some(line.unwrap_or(0) + 1);
            }
        }
        taken.insert(id.clone(), path);
        article.id = id;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    fn article(path: &str, line: Option<usize>, id: &str) -> Result<Article, ErrorRecord> {
        Ok(Article {
            id: id.into(),
            line,
            source: Source {
                path: path.into(),
                sha256: String::new(),
                url: None,
                outlet: None,
            },
            text: String::new(),
            lang: None,
            date: None,
            title: None,
        })
    }

    #[test]
    fn the_first_in_path_order_keeps_its_id() {
        let mut articles = vec![
            article("z/a.txt", None, "a"),
            article("b/a.txt", None, "a"),
            article("c.jsonl", Some(1), "a"),
            article("c.jsonl", Some(2), "a"),
        ];
        tell_apart(&mut articles);
        let ids: Vec<_> = articles
            .iter()
            .map(|a| a.as_ref().unwrap().id.clone())
            .collect();
        assert_eq!(ids[1], "a");
        assert_eq!(ids[0], format!("a~{}", &read::sha256(b"z/a.txt")[..8]));
        assert_eq!(ids[2], format!("a~{}", &read::sha256(b"c.jsonl")[..8]));
        assert_eq!(std::collections::HashSet::<_>::from_iter(&ids).len(), 4);
    }
}
