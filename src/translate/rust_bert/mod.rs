//! The engine `rust-bert`: standard Marian models, such as OPUS-MT's, on libtorch.
//!
//! The model is a folder in the Hugging Face layout. Text becomes pieces with the
//! default engine's reader of SentencePiece files (see [`Vocabulary`]); the network
//! and the search are `rust-bert`'s. One copy of the weights serves all workers,
//! each with one thread of libtorch: on sentences, more threads on one matrix lose
//! to more sentences at once. Sentences come in batches, because a step of the
//! decoder costs a fixed time for each operation, whatever the size of the batch.
//!
//! On a GPU, where libtorch finds one, everything stays the same but the device.

mod vocabulary;

use rust_bert::bart::BartConfig;
use rust_bert::marian::MarianGenerator;
use rust_bert::pipelines::common::{ModelResource, ModelType};
use rust_bert::pipelines::generation_utils::{GenerateConfig, GenerateOptions, LanguageGenerator};
use rust_bert::resources::LocalResource;
use tch::{Device, Kind, Tensor};

use super::model::Model;
use super::{Identity, Translator};
use crate::document::Translation;
use crate::error::{Error, Result};
use crate::guard::caught;
use crate::read::sha256;

pub use vocabulary::Vocabulary;

/// Sentences translated together: 3.7 times the speed of one at a time, and more
/// than 4, 32 or 64 (`scripts/bench/batches.py`, 150 news sentences, one core).
const BATCH: usize = 16;

const LAYOUT: &str = "the engine reads Marian models in the Hugging Face layout: config.json, vocab.json, \
     source.spm, target.spm and model.safetensors or rust_model.ot; \
     scripts/marian_to_safetensors.py makes them of a pytorch_model.bin";

/// A standard Marian model in memory.
pub struct RustBert {
    generator: Shared,
    vocabulary: Vocabulary,
    identity: Identity,
    beams: i64,
    positions: usize,
}

/// The network, read by all workers.
struct Shared(MarianGenerator);

// SAFETY: after loading, the generator is only read: translation runs without
// gradients, without dropout and with its own cache for each call, and libtorch
// allows any number of threads to read the same tensors. `Tensor` lacks the mark
// only because its in-place methods, of which none is called on the weights, take
// shared references.
unsafe impl Sync for Shared {}

impl RustBert {
    /// Verifies and loads a model; `beams` hypotheses are followed for each
    /// sentence, one being greedy search.
    ///
    /// # Errors
    /// When a file is missing, damaged, not what the engine reads, or does not fit
    /// the others.
    pub fn load(model: &Model, beams: usize) -> Result<Self> {
        if model.engine != "rust-bert" {
            return Err(Error::model(format!(
                "the model is for the engine `{}`, not for `rust-bert`",
                model.engine
            ))
            .at_path(&model.folder)
            .hint(LAYOUT));
        }
        let weights = sha256(&model.need("weights")?);
        let sizes = sizes(&model.need("config")?).map_err(|e| {
            e.at_path(model.path("config").unwrap_or_default())
                .hint(LAYOUT)
        })?;
        let vocabulary = Vocabulary::new(
            &model.need("vocab")?,
            &model.need("source_spm")?,
            sizes.vocab_size,
        )
        .map_err(|e| e.at_path(&model.folder).hint(LAYOUT))?;
        model.need("target_spm")?;
        // Before the first tensor, so that every worker's thread takes it over.
        tch::set_num_threads(1);
        let config = generate_config(model)?;
        let generator = caught(|| MarianGenerator::new(config).map_err(|e| e.to_string()))
            .and_then(|loaded| loaded)
            .map_err(|reason| {
                Error::model(format!(
                    "libtorch cannot load the weights: {}",
                    first_line(&reason)
                ))
                .at_path(model.path("weights").unwrap_or_default())
                .hint(LAYOUT)
            })?;
        Ok(Self {
            generator: Shared(generator),
            vocabulary,
            identity: Identity {
                engine: "rust-bert".into(),
                model: model.name.clone(),
                source_lang: model.source_lang,
                target_lang: model.target_lang,
                sha256: weights,
            },
            beams: beams.max(1) as i64,
            positions: sizes.max_position_embeddings.max(4) as usize,
        })
    }

    /// The pieces that it reads and writes.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The pieces' numbers that greedy or beam search finds for each sentence,
    /// without the marks of start and end, and whether the source or the output
    /// was cut.
    ///
    /// # Errors
    /// When libtorch fails.
    pub fn tokens(&self, batch: &[&str]) -> Result<Vec<(Vec<i64>, bool)>> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let sources: Vec<(Vec<i64>, bool)> = batch
            .iter()
            .map(|text| self.vocabulary.encode(text, self.positions))
            .collect();
        let limits: Vec<usize> = sources
            .iter()
            .map(|(ids, _)| (2 * ids.len() + 16).min(self.positions - 2))
            .collect();
        let rows: Vec<&[i64]> = sources.iter().map(|(ids, _)| ids.as_slice()).collect();
        // The search counts the marks of start and end, too.
        let longest = limits.iter().max().map_or(0, |n| n + 2) as i64;
        let outputs = caught(|| self.search(&rows, longest))
            .and_then(|found| found)
            .map_err(|reason| {
                Error::input(format!(
                    "libtorch failed on {} sentences: {}",
                    batch.len(),
                    first_line(&reason)
                ))
            })?;
        // A batch runs to its highest limit, a sentence is cut at its own: so it
        // reads the same whatever its batch.
        let found = outputs.iter().zip(&sources).zip(&limits);
        Ok(found
            .map(|((ids, (_, cut)), &limit)| {
                let mut ids = self.vocabulary.between_marks(ids);
                let truncated = *cut || ids.len() >= limit;
                ids.truncate(limit);
                (ids, truncated)
            })
            .collect())
    }

    fn search(&self, rows: &[&[i64]], longest: i64) -> Result<Vec<Vec<i64>>, String> {
        let width = rows.iter().map(|r| r.len()).max().unwrap_or(0);
        let mut padded = vec![self.vocabulary.pad(); rows.len() * width];
        for (row, place) in rows.iter().zip(padded.chunks_mut(width.max(1))) {
            place[..row.len()].copy_from_slice(row);
        }
        let options = GenerateOptions {
            max_length: Some(longest),
            num_beams: Some(self.beams),
            ..Default::default()
        };
        let generator = &self.generator.0;
        tch::no_grad(|| {
            let ids = Tensor::f_from_slice(&padded)
                .and_then(|t| t.f_view((rows.len() as i64, width as i64)))
                .and_then(|t| t.f_to_device(device()))
                .map_err(|e| e.to_string())?;
            let mask = ids.ne(self.vocabulary.pad()).to_kind(Kind::Int64);
            let found = generator
                .generate_from_ids_and_past(ids, Some(mask), Some(options))
                .map_err(|e| e.to_string())?;
            Ok(found.into_iter().map(|output| output.indices).collect())
        })
    }
}

impl Translator for RustBert {
    fn translate(&self, batch: &[&str]) -> Result<Vec<Translation>> {
        Ok(self
            .tokens(batch)?
            .into_iter()
            .map(|(ids, truncated)| Translation {
                text: self.vocabulary.decode(&ids),
                engine: self.identity.engine.clone(),
                model: self.identity.model.clone(),
                score: None,
                truncated,
                replaced: Vec::new(),
            })
            .collect())
    }

    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn batch(&self) -> usize {
        BATCH
    }
}

fn device() -> Device {
    Device::cuda_if_available()
}

/// The sizes in `config.json`, read here because `rust-bert` panics on what it
/// does not understand.
fn sizes(config: &[u8]) -> Result<BartConfig> {
    let wrong = || Error::model("the configuration is not one of a Marian model");
    let value: serde_json::Value =
        serde_json::from_slice(config).map_err(|e| wrong().because(e))?;
    if value["model_type"] != "marian" {
        return Err(wrong());
    }
    serde_json::from_value(value).map_err(|e| wrong().because(e))
}

fn generate_config(model: &Model) -> Result<GenerateConfig> {
    let local = |role| -> Result<Box<LocalResource>> {
        let path = model.path(role).ok_or_else(|| {
            Error::model(format!("model.toml names no file with the role `{role}`"))
                .at_path(&model.folder)
        })?;
        Ok(Box::new(LocalResource::from(path)))
    };
    Ok(GenerateConfig {
        model_type: ModelType::Marian,
        model_resource: ModelResource::Torch(local("weights")?),
        config_resource: local("config")?,
        vocab_resource: local("vocab")?,
        merges_resource: Some(local("source_spm")?),
        min_length: 0,
        max_length: None,
        do_sample: false,
        num_beams: 1,
        top_k: 0,
        top_p: 1.0,
        no_repeat_ngram_size: 0,
        num_beam_groups: None,
        diversity_penalty: None,
        // As `transformers` has it for these models.
        early_stopping: false,
        length_penalty: 1.0,
        repetition_penalty: 1.0,
        temperature: 1.0,
        num_return_sequences: 1,
        device: device(),
        // Half precision is for the disk; arithmetic is in single precision, whose words are
        // those of `transformers`.
        kind: Some(Kind::Float),
    })
}

/// libtorch's messages go on with the stack of its functions.
fn first_line(reason: &str) -> &str {
    reason.lines().next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of the configurations that OPUS-MT's models have.
    const OPUS_MT: &str = r#"{
        "_num_labels": 3, "activation_dropout": 0.0, "activation_function": "swish",
        "add_bias_logits": false, "add_final_layer_norm": false,
        "architectures": ["MarianMTModel"], "attention_dropout": 0.0, "bad_words_ids": [[59513]],
        "bos_token_id": 0, "classif_dropout": 0.0, "d_model": 512, "decoder_attention_heads": 8,
        "decoder_ffn_dim": 2048, "decoder_layerdrop": 0.0, "decoder_layers": 6,
        "decoder_start_token_id": 59513, "dropout": 0.1, "encoder_attention_heads": 8,
        "encoder_ffn_dim": 2048, "encoder_layerdrop": 0.0, "encoder_layers": 6, "eos_token_id": 0,
        "extra_pos_embeddings": 59514, "forced_eos_token_id": 0,
        "id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}, "init_std": 0.02,
        "is_encoder_decoder": true, "label2id": {"LABEL_0": 0, "LABEL_1": 1, "LABEL_2": 2},
        "max_length": 512, "max_position_embeddings": 512, "model_type": "marian",
        "normalize_before": false, "normalize_embedding": false, "num_beams": 6,
        "num_hidden_layers": 6, "pad_token_id": 59513, "scale_embedding": true,
        "static_position_embeddings": true, "vocab_size": 59514
    }"#;

    #[test]
    fn configurations_of_opus_mt_are_read() {
        let sizes = sizes(OPUS_MT.as_bytes()).unwrap();
        assert_eq!(
            (sizes.vocab_size, sizes.max_position_embeddings),
            (59514, 512)
        );
    }

    #[test]
    fn configurations_of_other_models_are_refused() {
        assert!(sizes(b"{}").is_err());
        assert!(sizes(br#"{"model_type": "marian"}"#).is_err());
        assert!(sizes(OPUS_MT.replace("marian", "t5").as_bytes()).is_err());
    }
}
