//! Translation: sentences of all documents through one engine.
//!
//! [`Translator`] is what an engine offers; [`model_view`] is the text it reads;
//! [`shape`] keeps back what must not be translated; [`split`] cuts what is longer than it reads;
//! [`dictionary`] mends a small model's words; [`Session`] spreads the distinct
//! sentences of a run over the cores and keeps each result for the whole run,
//! because wire copy repeats.

pub mod dictionary;
pub mod download;
mod figures;
pub mod hub;
pub mod layout;
pub mod marian;
pub mod model;
pub mod model_view;
mod repetition;
#[cfg(feature = "rust-bert")]
pub mod rust_bert;
mod session;
pub mod shape;
pub mod split;

use serde::{Deserialize, Serialize};

use crate::document::{Lang, Translation};
use crate::error::Result;

pub use session::Session;

/// An engine with a model loaded, used by many threads at once.
pub trait Translator: Sync {
    /// Translates sentences given as model views. A sentence's result does not
    /// depend on the others of its batch.
    ///
    /// # Errors
    /// When the engine fails on a sentence.
    fn translate(&self, batch: &[&str]) -> Result<Vec<Translation>>;

    /// The engine and model behind it.
    fn identity(&self) -> &Identity;

    /// How many sentences it likes to be given at once.
    fn batch(&self) -> usize {
        1
    }
}

/// Which engine and model made a translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `marian` or `rust-bert`.
    pub engine: String,
    /// The model's name.
    pub model: String,
    /// What it reads.
    pub source_lang: Lang,
    /// What it writes.
    pub target_lang: Lang,
    /// The sha256 of the file with the weights.
    pub sha256: String,
}
