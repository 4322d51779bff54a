//! The order of the stages, and the workers they run on.
//!
//! Per-document stages run on rayon's pool, a document that breaks one of them
//! becomes an error record. Documents pass in windows of some megabytes, in the order
//! of the input: those of one window are cleaned side by side, their sentences
//! translated together, and given away before the next is read. So nothing depends on
//! the number of workers, and memory not on the size of the corpus.

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
use crate::record::{DocumentRecord, ErrorRecord, TextRecord};
use crate::translate::{Session, Translator, model_view};

use document::count;
pub use document::{prepare, prepare_within, repeats, text_within, translatable};
pub use manifest::{Counts, Manifest};

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

/// What a run tells of its documents.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many there are, of what.
    pub counts: Counts,
    /// Documents that could not be processed, in the order of the input, then
    /// sentences that could not be translated.
    pub errors: Vec<ErrorRecord>,
    /// The inputs with the sha256 of their bytes.
    pub inputs: Vec<(String, Option<String>)>,
    /// How many documents each language without a model has.
    pub untranslated: BTreeMap<Lang, usize>,
}

impl Run<'_> {
    /// The flow without alignment: read, prepare, translate. Records are given to
    /// `sink` as they are done, some megabytes at a time, in the order of the input.
    ///
    /// # Errors
    /// When the run is stopped, and those of `sink`. What concerns one document is in
    /// [`Outcome::errors`].
    pub fn documents(
        &self,
        inputs: &[Input],
        mut sink: impl FnMut(Vec<DocumentRecord>) -> Result<()>,
    ) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        let mut read = Vec::new();
        let max_words = self.config.translate.max_words;
        let translators = self.translators.iter();
        let sessions: Vec<Session> = translators.map(|t| Session::new(&**t, max_words)).collect();
        let mut failed = Vec::new();
        let mut each = |articles, known: &Knowledge| {
            let mut documents = Vec::new();
            for result in self.made(articles, |article| prepare_within(article, known))? {
                match result {
                    Ok(document) => documents.push(document),
                    Err(e) => outcome.errors.push(e),
                }
            }
            for session in &sessions {
                self.translate(&mut documents, session, &mut failed)?;
            }
            self.count_untranslated(&documents, &mut outcome.untranslated);
            let records: Vec<DocumentRecord> =
                documents.par_iter().map(DocumentRecord::from).collect();
            records.iter().for_each(|r| outcome.counts.add(r));
            sink(records)
        };
        if inputs.contains(&Input::Stdin) {
            // Standard input cannot be read twice: its lines are counted in memory.
            let mut articles = Vec::new();
            self.windows(inputs, Checksums::All, &mut read, |mut window| {
                articles.append(&mut window);
                Ok(())
            })?;
            let repeats = if self.config.clean.repeated_lines {
                repeats(articles.iter().flatten())
            } else {
                Repeats::default()
            };
            each(articles, &self.knowing(repeats))?;
        } else {
            let known = self.knowing(self.repeats(inputs)?);
            self.windows(inputs, Checksums::All, &mut read, |articles| {
                each(articles, &known)
            })?;
        }
        outcome.errors.append(&mut failed);
        outcome.inputs = read;
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
        self.progress.stage(
            if self.translators.is_empty() {
                "cleaning"
            } else {
                "cleaning and translating"
            },
            None,
        );
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
                if self.translators.is_empty() {
                    self.progress.step(1);
                }
                Ok(result)
            })
            .collect()
    }

    /// Whether the run may go on.
    ///
    /// # Errors
    /// When it is to stop.
    pub fn check(&self) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::interrupted());
        }
        Ok(())
    }

    /// Translates what documents have in the language of an engine.
    fn translate(
        &self,
        documents: &mut [Document],
        session: &Session,
        failed: &mut Vec<ErrorRecord>,
    ) -> Result<()> {
        let source = session.translator().identity().source_lang;
        let mut places = Vec::new();
        let mut views = Vec::new();
        for (d, document) in documents.iter().enumerate() {
            for s in translatable(document, source) {
                places.push((d, s));
                views.push(model_view::of(
                    document.sentences[s].span.of(&document.clean),
                    source,
                )?);
            }
        }
        let texts: Vec<&str> = views.iter().map(String::as_str).collect();
        let results = session.translate(&texts, self.stop, &|n| self.progress.step(n as u64))?;
        for ((d, s), result) in places.into_iter().zip(results) {
            match result {
                Ok(translation) => documents[d].sentences[s].translation = Some(translation),
                // The document is kept; the sentence it lacks is reported.
                Err(e) => failed.push(ErrorRecord {
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

    fn count_untranslated(&self, documents: &[Document], untranslated: &mut BTreeMap<Lang, usize>) {
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
            *untranslated.entry(document.lang).or_default() += 1;
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
            let mut ids = BTreeMap::new();
            let outcome = run.documents(inputs, |documents| {
                ids.extend(documents.into_iter().map(|d| (d.source.path, d.id)));
                Ok(())
            });
            assert_eq!(outcome.unwrap().counts.of("documents"), 3);
            ids
        };
        assert_eq!(ids(&inputs), ids(&backwards));
        assert_eq!(ids(&inputs).values().filter(|id| *id == "x").count(), 1);
    }
}
