//! The manifest: what was run on what, with checksums, so that a folder can be
//! checked and a run repeated.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Outcome, Run};
use crate::document::Role;
use crate::record::{DocumentRecord, SentenceRecord};
use crate::translate::Identity;

/// `manifest.json`. It holds no time and no machine: equal runs give equal bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are explained in the README")]
pub struct Manifest {
    pub schema: String,
    pub version: String,
    /// [`crate::config::Config::signature`].
    pub config: String,
    pub models: Vec<Identity>,
    pub counts: BTreeMap<String, usize>,
    pub inputs: Vec<InputRecord>,
    pub outputs: BTreeMap<String, String>,
}

/// One input.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct InputRecord {
    pub path: String,
    pub sha256: Option<String>,
}

impl Manifest {
    /// The manifest of a finished run; `found` says how many
    /// links and sentences without one there are, `outputs` holds the sha256 of each
    /// file.
    #[must_use]
    pub fn new(
        run: &Run,
        outcome: &Outcome,
        found: [(&str, usize); 2],
        outputs: &BTreeMap<String, String>,
    ) -> Self {
        let mut counts = outcome.counts.all.clone();
        counts.insert("errors".into(), outcome.errors.len());
        counts.extend(found.map(|(what, n)| (what.to_owned(), n)));
        Self {
            schema: "diptych/manifest/1".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            config: run.config.signature(),
            models: run
                .translators
                .iter()
                .map(|t| t.identity().clone())
                .collect(),
            counts,
            inputs: outcome
                .inputs
                .iter()
                .map(|(path, sha256)| InputRecord {
                    path: path.clone(),
                    sha256: sha256.clone(),
                })
                .collect(),
            outputs: outputs.clone(),
        }
    }
}

/// How many documents there are, and what is in them, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    all: BTreeMap<String, usize>,
    /// How many sentences each model has translated.
    pub translated: BTreeMap<String, usize>,
}

impl Counts {
    /// Of what a document holds some, each is counted, none as well.
    pub(super) fn add(&mut self, d: &DocumentRecord) {
        let sentences =
            |f: fn(&SentenceRecord) -> bool| d.sentences.iter().filter(|s| f(s)).count();
        for (what, n) in [
            ("documents", 1),
            ("artefacts", d.artefacts.len()),
            ("quotes", d.quotes.len()),
            ("sentences", d.sentences.len()),
            ("body_sentences", sentences(|s| s.role == Role::Body)),
            (
                "translated_sentences",
                sentences(|s| s.translation.is_some()),
            ),
            (&format!("documents_{}", d.lang), 1),
        ] {
            *self.all.entry(what.to_owned()).or_default() += n;
        }
        for translation in d.sentences.iter().filter_map(|s| s.translation.as_ref()) {
            *self
                .translated
                .entry(translation.model.clone())
                .or_default() += 1;
        }
    }

    /// How many there are of something.
    #[must_use]
    pub fn of(&self, what: &str) -> usize {
        self.all.get(what).copied().unwrap_or(0)
    }
}
