//! The order of the stages, and the workers they run on.
//!
//! Per-document stages run on rayon's pool, a document that breaks one of them
//! becomes an error record. Translation then takes the sentences of all
//! documents at once. Results are gathered in input order, so that nothing
//! depends on the number of workers.

mod document;
mod manifest;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::clean::{Counter, Knowledge, LineModel, Repeats};
use crate::config::Config;
use crate::document::{Document, Lang};
use crate::error::{Error, Result};
use crate::guard::caught;
use crate::read::{self, Article, Checksums, Format, Input};
use crate::record::{DocumentRecord, ErrorRecord, LinkRecord, TextRecord, UnmatchedRecord};
use crate::translate::{Session, Translator, model_view};

use document::count;
pub use document::{prepare, prepare_within, repeats, text_within, translatable};
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
    /// French sentences that no other document has.
    pub unmatched: Vec<UnmatchedRecord>,
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
        let found = crate::align::align(&outcome.documents, &self.config.align);
        (outcome.links, outcome.unmatched) = (found.links, found.unmatched);
        self.check()?;
        Ok(outcome)
    }

    /// The flow without alignment.
    ///
    /// # Errors
    /// When the run is stopped.
    pub fn documents(&self, inputs: &[Input]) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        let mut articles = Vec::new();
        self.windows(inputs, Checksums::All, &mut outcome.inputs, |mut window| {
            articles.append(&mut window);
            Ok(())
        })?;
        let repeats = if self.config.clean.repeated_lines {
            repeats(articles.iter().flatten())
        } else {
            Repeats::default()
        };
        let mut documents = Vec::with_capacity(articles.len());
        let known = self.knowing(repeats);
        for result in self.made(articles, |article| prepare_within(article, &known))? {
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

    /// The flow without translation and alignment, for a corpus of any size: its
    /// documents are given to `sink` as they are done, some megabytes at a time,
    /// in the order of the input, and then forgotten.
    ///
    /// # Errors
    /// When the run is stopped, and those of `sink`.
    pub fn stream(
        &self,
        inputs: &[Input],
        sink: impl FnMut(Vec<Result<Document, ErrorRecord>>) -> Result<()>,
    ) -> Result<()> {
        self.streamed(inputs, Checksums::Articles, prepare_within, sink)
    }

    /// As [`Run::stream`], of each document only its clean text.
    ///
    /// # Errors
    /// As [`Run::stream`].
    pub fn stream_texts(
        &self,
        inputs: &[Input],
        sink: impl FnMut(Vec<Result<TextRecord, ErrorRecord>>) -> Result<()>,
    ) -> Result<()> {
        self.streamed(inputs, Checksums::None, text_within, sink)
    }

    fn streamed<T: Send>(
        &self,
        inputs: &[Input],
        checksums: Checksums,
        make: impl Fn(Article, &Knowledge) -> Result<T> + Sync,
        mut sink: impl FnMut(Vec<Result<T, ErrorRecord>>) -> Result<()>,
    ) -> Result<()> {
        let known = self.knowing(self.repeats(inputs)?);
        self.windows(inputs, checksums, &mut Vec::new(), |articles| {
            sink(self.made(articles, |article| make(article, &known))?)
        })
    }

    /// What the cleaner goes by in this run.
    fn knowing(&self, repeats: Repeats) -> Knowledge {
        Knowledge {
            repeats,
            lines: LineModel::from(&self.config.clean),
        }
    }

    /// The lines that repeat in a corpus that is read once more for it; standard
    /// input cannot be, so its lines are not counted.
    fn repeats(&self, inputs: &[Input]) -> Result<Repeats> {
        let mut counter = Counter::default();
        if self.config.clean.repeated_lines && !inputs.contains(&Input::Stdin) {
            self.progress.stage("counting lines", None);
            let windows = read::windows(inputs, &self.config.input);
            for window in windows.checked(Checksums::None) {
                self.check()?;
                count(&mut counter, window.articles.iter().flatten());
            }
        }
        Ok(counter.finish())
    }

    /// Reads the inputs window by window, with ids that differ; notes the inputs
    /// that were read and their checksums.
    fn windows(
        &self,
        inputs: &[Input],
        checksums: Checksums,
        read: &mut Vec<(String, Option<String>)>,
        mut each: impl FnMut(Vec<Result<Article, ErrorRecord>>) -> Result<()>,
    ) -> Result<()> {
        self.progress.stage("cleaning", None);
        let mut ids = Ids::default();
        if in_path_order(inputs) {
            for mut window in read::windows(inputs, &self.config.input).checked(checksums) {
                self.check()?;
                window
                    .articles
                    .iter_mut()
                    .flatten()
                    .for_each(|a| ids.claim(a));
                read.append(&mut window.inputs);
                each(window.articles)?;
            }
            return Ok(());
        }
        // Which document keeps an id goes by path: all have to be known first.
        let mut all = Vec::new();
        for mut window in read::windows(inputs, &self.config.input).checked(checksums) {
            self.check()?;
            read.append(&mut window.inputs);
            all.append(&mut window.articles);
        }
        let mut order: Vec<&mut Article> = all.iter_mut().flatten().collect();
        order.sort_by(|a, b| (&a.source.path, a.line).cmp(&(&b.source.path, b.line)));
        order.into_iter().for_each(|a| ids.claim(a));
        each(all)
    }

    /// What each article becomes, side by side.
    fn made<T: Send>(
        &self,
        articles: Vec<Result<Article, ErrorRecord>>,
        make: impl Fn(Article) -> Result<T> + Sync,
    ) -> Result<Vec<Result<T, ErrorRecord>>> {
        articles
            .into_par_iter()
            .map(|article| {
                self.check()?;
                let result = article.and_then(|article| guarded(article, &make));
                self.progress.step(1);
                Ok(result)
            })
            .collect()
    }

    fn check(&self) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::interrupted());
        }
        Ok(())
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

/// Makes something of an article; whatever goes wrong in it stays in it.
fn guarded<T>(article: Article, make: impl Fn(Article) -> Result<T>) -> Result<T, ErrorRecord> {
    let (path, id) = (article.source.path.clone(), article.id.clone());
    caught(|| make(article))
        .unwrap_or_else(|panic| Err(Error::internal(panic)))
        .map_err(|e| ErrorRecord {
            path,
            id: Some(id),
            stage: "clean".into(),
            error: e.chain(),
            hint: e.advice().map(str::to_owned),
        })
}

/// Whether documents come in the order that decides who keeps an id: inputs in
/// path order, or without a name twice and without records that name themselves.
fn in_path_order(inputs: &[Input]) -> bool {
    let mut stems = HashSet::new();
    inputs.is_sorted_by_key(Input::name)
        || inputs.iter().all(|input| match input {
            Input::File(path) => {
                Format::of(path) != Some(Format::Jsonl) && stems.insert(path.file_stem())
            }
            Input::Stdin => false,
        })
}

/// Makes ids unique: of several documents with one id the first in path order
/// keeps it, whatever order the files were given in; the others get `~` and the
/// first 8 hex digits of the sha256 of their path (with their line, where the
/// path holds the id twice).
#[derive(Debug, Default)]
struct Ids {
    paths: Vec<String>,
    /// Id to the number of the path that holds it.
    taken: HashMap<String, usize>,
}

impl Ids {
    /// Gives an article, the next in path order, an id of its own.
    fn claim(&mut self, article: &mut Article) {
        let path = &article.source.path;
        if self.paths.last() != Some(path) {
            self.paths.push(path.clone());
        }
        if let Some(&holder) = self.taken.get(&article.id) {
            let place = if self.paths[holder] == *path {
                format!("{path}:{}", article.line.unwrap_or(0))
            } else {
                path.clone()
            };
            let mut id = format!("{}~{}", article.id, &read::sha256(place.as_bytes())[..8]);
            let mut line = article.line;
            while self.taken.contains_key(&id) {
                id = format!("{}~{}", article.id, line.unwrap_or(0));
                line = Some(line.unwrap_or(0) + 1);
            }
            article.id = id;
        }
        self.taken.insert(article.id.clone(), self.paths.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    fn article(path: &str, line: Option<usize>, id: &str) -> Article {
        Article {
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
        }
    }

    #[test]
    fn the_first_in_path_order_keeps_its_id() {
        let mut articles = [
            article("b/a.txt", None, "a"),
            article("c.jsonl", Some(1), "a"),
            article("c.jsonl", Some(2), "a"),
            article("z/a.txt", None, "a"),
        ];
        let mut ids = Ids::default();
        articles.iter_mut().for_each(|a| ids.claim(a));
        let ids: Vec<_> = articles.iter().map(|a| a.id.clone()).collect();
        assert_eq!(ids[0], "a");
        assert_eq!(ids[1], format!("a~{}", &read::sha256(b"c.jsonl")[..8]));
        assert_eq!(ids[3], format!("a~{}", &read::sha256(b"z/a.txt")[..8]));
        assert_eq!(HashSet::<_>::from_iter(&ids).len(), 4);
    }

    #[test]
    fn the_order_of_the_files_changes_no_id() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "Le pont est fermé.").unwrap();
            Input::File(path)
        };
        let inputs = [file("a/x.txt"), file("b/x.txt"), file("c/y.txt")];
        let backwards: Vec<Input> = inputs.iter().rev().cloned().collect();
        let config = Config::default();
        let run = Run {
            config: &config,
            translators: &[],
            progress: &Silent,
            stop: &AtomicBool::new(false),
        };
        let ids = |inputs: &[Input]| -> BTreeMap<String, String> {
            let documents = run.documents(inputs).unwrap().documents;
            documents
                .into_iter()
                .map(|d| (d.source.path, d.id))
                .collect()
        };
        assert_eq!(ids(&inputs), ids(&backwards));
        assert_eq!(ids(&inputs).values().filter(|id| *id == "x").count(), 1);
    }
}
