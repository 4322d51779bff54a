//! What commands share: configuration, worker pool, engine, progress, and the
//! flag that an interruption sets.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use diptych::config::Config;
use diptych::document::Lang;
use diptych::error::{Error, Result};
use diptych::pipeline::{Progress, Run};
use diptych::record::ErrorRecord;
use diptych::translate::Translator;
use diptych::translate::dictionary::WithDictionary;
use diptych::translate::hub::{self, Hub};
use diptych::translate::marian::Marian;
use diptych::translate::model::{Model, local, named, need_cache};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::{Common, Engine, EngineName, LogFormat};
use crate::{Status, message};

/// Set by the first interruption; the second ends the process at once.
static STOP: AtomicBool = AtomicBool::new(false);

/// What commands share.
pub struct Context {
    pub config: Config,
    pub format: LogFormat,
    quiet: bool,
    progress: Bar,
}

impl Context {
    /// Loads the configuration, sets the pool up and listens for interruption.
    pub fn new(common: &Common) -> Result<Self> {
        let config = match &common.config {
            Some(path) => Config::load(path)?,
            None => Config::default(),
        };
        if let Some(jobs) = common.jobs {
            rayon::ThreadPoolBuilder::new()
                .num_threads(jobs.into())
                .build_global()
                .map_err(|e| Error::usage("cannot start the worker threads").because(e))?;
        }
        ctrlc::set_handler(|| {
            if STOP.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        })
        .map_err(|e| Error::usage("cannot listen for interruption").because(e))?;
        let shown = !common.quiet
            && common.log_format == LogFormat::Text
            && std::io::stderr().is_terminal();
        Ok(Self {
            config,
            format: common.log_format,
            quiet: common.quiet,
            progress: Bar {
                shown,
                bar: Mutex::default(),
            },
        })
    }

    /// A run with these settings.
    pub fn run<'c>(&'c self, translators: &'c [Box<dyn Translator>]) -> Run<'c> {
        Run {
            config: &self.config,
            translators,
            progress: &self.progress,
            stop: &STOP,
        }
    }

    /// The flag that an interruption sets.
    pub fn stop(&self) -> &'static AtomicBool {
        &STOP
    }

    /// Who is told how far things are.
    pub fn progress(&self) -> &dyn Progress {
        &self.progress
    }

    /// Loads the model that the user chose, or the first one found for each
    /// language into English; French is always among them.
    pub fn translators(&self, engine: &Engine) -> Result<Vec<Box<dyn Translator>>> {
        if let Some(name) = &engine.model {
            let model = self.chosen(name, engine.engine)?;
            return Ok(vec![self.load(engine.engine, &model)?]);
        }
        let wanted = engine.engine.unwrap_or(EngineName::Marian);
        let mut sources = BTreeSet::new();
        let models: Vec<Model> = local()
            .into_iter()
            .filter(|m| m.engine == wanted.name() && m.target_lang == Lang::EN)
            .filter(|m| sources.insert(m.source_lang))
            .collect();
        if !sources.contains(&Lang::FR) {
            return Err(Error::model(format!(
                "no model from French was found for the engine `{}`",
                wanted.name()
            ))
            .hint(
                "run diptych where `models/` is (the repository's root), name a model's folder \
                 with --model, or leave translation out with --no-translate",
            ));
        }
        models.iter().map(|m| self.load(engine.engine, m)).collect()
    }

    /// The model with a name; one of the hub is downloaded where it is not here.
    fn chosen(&self, name: &str, engine: Option<EngineName>) -> Result<Model> {
        let here = named(name);
        if here.is_ok() || engine != Some(EngineName::RustBert) || !hub::is_id(name) {
            return here;
        }
        self.tell(&format!("downloading {name}"));
        Hub::new(None).get(name, &need_cache()?)
    }

    /// Loads a model with the engine asked for, else its own.
    fn load(&self, engine: Option<EngineName>, model: &Model) -> Result<Box<dyn Translator>> {
        let loaded = match engine.map_or(model.engine.as_str(), |e| e.name()) {
            "rust-bert" => rust_bert(model, self.config.translate.beams)?,
            _ => Box::new(Marian::load(model)?),
        };
        let mended = model.dictionary && self.config.translate.dictionary;
        if !mended {
            return Ok(loaded);
        }
        if (model.source_lang, model.target_lang) != (Lang::FR, Lang::EN) {
            return Err(Error::model(format!(
                "model.toml asks for a dictionary from `{}` to `{}`, but there is only one from \
                 French to English",
                model.source_lang, model.target_lang
            ))
            .at_path(model.folder.join("model.toml"))
            .hint("take the line `dictionary = true` out"));
        }
        Ok(Box::new(WithDictionary(loaded)))
    }

    /// The one of [`Context::translators`] that reads `source`.
    pub fn translator(&self, engine: &Engine, source: Lang) -> Result<Box<dyn Translator>> {
        let chosen = engine.model.is_some();
        self.translators(engine)?
            .into_iter()
            .find(|t| chosen || t.identity().source_lang == source)
            .ok_or_else(|| {
                Error::model(format!("no model from `{source}` was found"))
                    .hint(format!("`diptych models get {source}-en` fetches one"))
            })
    }

    /// Takes the progress bar off the terminal.
    pub fn clear(&self) {
        self.progress.clear();
    }

    /// Reports documents that could not be processed and gives the status that
    /// follows from them.
    pub fn refusals(&self, errors: &[ErrorRecord]) -> Status {
        self.clear();
        for e in errors {
            message::refused(self.format, e);
        }
        if errors.is_empty() {
            Status::Success
        } else {
            Status::Partial
        }
    }

    /// Tells something, unless the user asked for quiet.
    pub fn tell(&self, text: &str) {
        self.clear();
        if !self.quiet {
            message::info(self.format, text);
        }
    }
}

#[cfg(feature = "rust-bert")]
fn rust_bert(model: &Model, beams: usize) -> Result<Box<dyn Translator>> {
    use diptych::translate::rust_bert::RustBert;
    Ok(Box::new(RustBert::load(model, beams)?))
}

#[cfg(not(feature = "rust-bert"))]
fn rust_bert(_: &Model, _: usize) -> Result<Box<dyn Translator>> {
    Err(
        Error::usage("this diptych was built without the engine `rust-bert`").hint(
            "build it with: scripts/setup-libtorch && cargo build --release --features rust-bert",
        ),
    )
}

/// A progress bar for each stage, on a terminal only.
struct Bar {
    shown: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Bar {
    fn clear(&self) {
        if let Ok(mut bar) = self.bar.lock()
            && let Some(old) = bar.take()
        {
            old.finish_and_clear();
        }
    }
}

impl Progress for Bar {
    fn stage(&self, name: &'static str, steps: Option<u64>) {
        self.clear();
        if !self.shown {
            return;
        }
        let bar = match steps {
            Some(steps) => ProgressBar::new(steps).with_style(
                ProgressStyle::with_template("{msg:12} {bar:32} {pos}/{len}  {eta}")
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            ),
            None => ProgressBar::new_spinner().with_style(
                ProgressStyle::with_template("{spinner} {msg:12} {pos}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            ),
        };
        bar.set_message(name);
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        if let Ok(mut slot) = self.bar.lock() {
            *slot = Some(bar);
        }
    }

    fn step(&self, done: u64) {
        if let Ok(bar) = self.bar.lock()
            && let Some(bar) = &*bar
        {
            bar.inc(done);
        }
    }
}
