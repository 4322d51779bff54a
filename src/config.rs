//! The configuration: a TOML file with a section for each stage, every key
//! optional, unknown keys refused.
//!
//! ```toml
//! [input]
//! max_file_bytes = 200_000_000
//! [align]
//! min_score = 0.6
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Everything that can be set and changes the records.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What is read and how much of it.
    pub input: Limits,
    /// What is taken out of the articles.
    pub clean: CleanConfig,
    /// How sentences are given to the translator.
    pub translate: TranslateConfig,
    /// Which pairs are linked.
    pub align: AlignConfig,
}

/// Bounds on what one input may cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// The largest file that is read, in bytes.
    pub max_file_bytes: u64,
    /// The largest document (a text file, or one line of a JSONL file), in bytes.
    pub max_document_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A year of one outlet in one JSONL file.
            max_file_bytes: 2_000_000_000,
            // Ten times the longest article in reach; a line beyond it is a fault
            // of the scraper.
            max_document_bytes: 4_000_000,
        }
    }
}

/// What is taken out of the articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CleanConfig {
    /// Whether lines that many documents of a run have are taken out. The records
    /// then depend on which documents are given together.
    pub repeated_lines: bool,
    /// How sure the model of lines must be to take out a line whose wording no rule
    /// knows; from 1 on it takes out none.
    pub line_threshold: f32,
    /// Weights of that model in place of the bundled ones, by the name of the
    /// evidence, as `scripts/clean/fit.py` writes them for a collection of pages.
    pub line_weights: BTreeMap<String, f32>,
}

impl Default for CleanConfig {
    fn default() -> Self {
        Self {
            repeated_lines: true,
            // Where furniture found less five times the text lost is most, on events and
            // sites left out of the fit (`scripts/clean/fit.py`).
            line_threshold: 0.95,
            line_weights: BTreeMap::new(),
        }
    }
}

/// How sentences are given to the translator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TranslateConfig {
    /// Sentences of more words are split at clause boundaries.
    pub max_words: usize,
    /// How many hypotheses the engine `rust-bert` follows; 1 is greedy search.
    pub beams: usize,
    /// Whether the dictionary mends the words of models whose `model.toml` asks for it.
    pub dictionary: bool,
}

impl Default for TranslateConfig {
    fn default() -> Self {
        // The bundled model saw sentences of at most 56 pieces, some 40 words.
        Self {
            max_words: 40,
            beams: 4,
            dictionary: true,
        }
    }
}

/// Which pairs are linked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlignConfig {
    /// Links with a lower score are left out.
    pub min_score: f32,
    /// Documents whose dates are further apart are not compared, in days.
    pub window_days: u32,
}

impl Default for AlignConfig {
    fn default() -> Self {
        Self {
            // On events left out of the fit (`scripts/align/fit.py --report`) F1 is flat
            // from 0.30 to 0.40.
            min_score: 0.35,
            // A story runs for days; the same subject comes back after weeks.
            window_days: 7,
        }
    }
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, or holds a key that is not known.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| Error::io("cannot read the configuration", path, e))?;
        Self::parse(&text).map_err(|e| e.at_path(path))
    }

    /// Reads a configuration from text.
    ///
    /// # Errors
    /// As [`Config::load`].
    ///
    /// ```
    /// use diptych::config::Config;
    /// assert_eq!(Config::parse("[align]\nmin_score = 0.7").unwrap().align.min_score, 0.7);
    /// assert!(Config::parse("[align]\nminscore = 0.7").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|e| {
            Error::config("the configuration cannot be used")
                .because(e)
                .hint("see the README's section on configuration for the keys there are")
        })
    }

    /// A short name for these settings and this version: equal signatures mean
    /// that equal inputs and models give equal records.
    #[must_use]
    pub fn signature(&self) -> String {
        let text = toml::to_string(self).unwrap_or_default();
        let hash = Sha256::digest(text.as_bytes());
        let hex: String = hash.iter().take(6).map(|b| format!("{b:02x}")).collect();
        format!("v{}+{hex}", env!("CARGO_PKG_VERSION"))
    }
}
