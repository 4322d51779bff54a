//! The manifest: what was run on what, with checksums, so that a folder can be
//! checked and a run repeated.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Outcome, Run};
use crate::document::Role;
use crate::record::DocumentRecord;
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
    /// The manifest of a finished run; `outputs` holds the sha256 of each file.
    #[must_use]
    pub fn new(run: &Run, outcome: &Outcome, outputs: &BTreeMap<String, String>) -> Self {
        Self {
            schema: "diptych/manifest/1".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            config: run.config.signature(),
            models: run
                .translators
                .iter()
                .map(|t| t.identity().clone())
                .collect(),
            counts: counts(outcome),
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

fn counts(outcome: &Outcome) -> BTreeMap<String, usize> {
    let over = |f: &dyn Fn(&DocumentRecord) -> usize| outcome.documents.iter().map(f).sum();
    let mut counts: BTreeMap<String, usize> = [
        ("documents", outcome.documents.len()),
        ("errors", outcome.errors.len()),
        ("links", outcome.links.len()),
        ("unmatched", outcome.unmatched.len()),
        ("artefacts", over(&|d| d.artefacts.len())),
        ("quotes", over(&|d| d.quotes.len())),
        ("sentences", over(&|d| d.sentences.len())),
        (
            "body_sentences",
            over(&|d| d.sentences.iter().filter(|s| s.role == Role::Body).count()),
        ),
        (
            "translated_sentences",
            over(&|d| {
                d.sentences
                    .iter()
                    .filter(|s| s.translation.is_some())
                    .count()
            }),
        ),
    ]
    .map(|(name, n)| (name.to_owned(), n))
    .into();
    for d in &outcome.documents {
        *counts.entry(format!("documents_{}", d.lang)).or_default() += 1;
    }
    counts
}
