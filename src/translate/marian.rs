//! The default engine: Marian models in int8, run by `fxtranslate`.
//!
//! One copy of the weights serves all threads. The engine is given one sentence
//! at a time: its batches run until their longest member ends, and on news
//! sentences sorted by length batches of 16 gave 0.78 of the speed of single
//! sentences. (A batch of one still projects the encoder's output once, which the
//! engine's single-sentence call does anew at every step.)

use fxtranslate::engine::Engine;

use super::model::Model;
use super::{Identity, Translator};
use crate::document::Translation;
use crate::error::{Error, Result};
use crate::guard::caught;
use crate::read::sha256;

/// A Marian model in memory.
pub struct Marian {
    engine: Engine,
    identity: Identity,
}

impl Marian {
    /// Verifies and loads a model.
    ///
    /// # Errors
    /// When a file is missing, damaged, or not what the engine reads.
    pub fn load(model: &Model) -> Result<Self> {
        if model.engine != "marian" {
            return Err(Error::model(format!(
                "the model is for the engine `{}`, not for `marian`",
                model.engine
            ))
            .at_path(&model.folder));
        }
        let weights = model.need("model")?;
        // One vocabulary for both languages, or one each.
        let (reads, writes) = match model.read("vocab")? {
            Some(both) => (both.clone(), both),
            None => (model.need("source_vocab")?, model.need("target_vocab")?),
        };
        let shortlist = model.read("shortlist")?;
        // Files of another shape make the engine panic.
        let engine = caught(|| {
            let engine = Engine::from_bytes(&weights, &reads, &writes)?;
            Ok(match &shortlist {
                Some(bytes) => engine.with_shortlist_bytes(bytes),
                None => engine,
            })
        })
        .and_then(|loaded: Result<_, String>| loaded)
        .map_err(|reason| {
            Error::model(format!("the engine cannot load the model: {reason}"))
                .at_path(&model.folder)
                .hint("the engine reads Marian models with an SSRU decoder, float32 or int8, and a SentencePiece vocabulary")
        })?;
        Ok(Self {
            engine,
            identity: Identity {
                engine: "marian".into(),
                model: model.name.clone(),
                source_lang: model.source_lang,
                target_lang: model.target_lang,
                sha256: sha256(&weights),
            },
        })
    }
}

impl Translator for Marian {
    fn translate(&self, batch: &[&str]) -> Result<Vec<Translation>> {
        batch
            .iter()
            .map(|text| {
                let translated = caught(|| self.engine.translate_batch(&[*text]).concat())
                    .map_err(|reason| {
                        Error::input(format!(
                            "the engine failed on a sentence of {} characters: {reason}",
                            text.chars().count()
                        ))
                    })?;
                Ok(Translation {
                    text: translated.trim().to_owned(),
                    engine: self.identity.engine.clone(),
                    model: self.identity.model.clone(),
                    score: None,
                    truncated: false,
                    replaced: Vec::new(),
                })
            })
            .collect()
    }

    fn identity(&self) -> &Identity {
        &self.identity
    }
}
