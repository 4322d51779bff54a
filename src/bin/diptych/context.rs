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
use diptych::translate::marian::Marian;
use diptych::translate::model::{Model, local, named};
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
            return Ok(vec![load(engine.engine, &named(name)?)?]);
        }
        let mut sources = BTreeSet::new();
        let models: Vec<Model> = local()
            .into_iter()
            .filter(|m| m.engine == "marian" && m.target_lang == Lang::EN)
            .filter(|m| sources.insert(m.source_lang))
            .collect();
        if !sources.contains(&Lang::FR) {
            return Err(Error::model("no model from French was found").hint(
                "run diptych where `models/` is (the repository's root), name a model's folder \
                 with --model, or leave translation out with --no-translate",
            ));
        }
        models.iter().map(|m| load(engine.engine, m)).collect()
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

fn load(engine: EngineName, model: &Model) -> Result<Box<dyn Translator>> {
    match engine {
        EngineName::Marian => Ok(Box::new(Marian::load(model)?)),
    }
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
