//! The engine `rust-bert` with the bundled standard model: the same tokens as
//! Hugging Face's transformers, a clear error for every broken file, and a run
//! through the command.

#![cfg(feature = "rust-bert")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use assert_cmd::Command;
use diptych::translate::Translator;
use diptych::translate::model::Model;
use diptych::translate::rust_bert::RustBert;
use serde::Deserialize;
use tempfile::TempDir;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/fr-en-hf")
}

static GREEDY: LazyLock<RustBert> =
    LazyLock::new(|| RustBert::load(&Model::open(&folder()).unwrap(), 1).unwrap());

/// What `scripts/eval/marian_tokens.py` recorded of a sentence.
#[derive(Deserialize)]
struct Recorded {
    text: String,
    source: Vec<i64>,
    target: Vec<i64>,
}

fn recorded() -> Vec<Recorded> {
    include_str!("data/fr-en-hf.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn pieces_are_those_of_transformers() {
    for sentence in recorded() {
        let (mut ids, cut) = GREEDY.vocabulary().encode(&sentence.text, 512);
        assert_eq!(ids.pop(), Some(0), "the mark of the end");
        assert_eq!(ids, sentence.source, "{}", sentence.text);
        assert!(!cut);
    }
}

#[test]
fn greedy_search_gives_the_tokens_of_transformers_one_by_one_and_in_batches() {
    let sentences = recorded();
    assert_eq!(sentences.len(), 200);
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    let batched = texts
        .chunks(GREEDY.batch())
        .flat_map(|batch| GREEDY.tokens(batch).unwrap());
    for (sentence, (batched, _)) in sentences.iter().zip(batched) {
        let alone = GREEDY.tokens(&[&sentence.text]).unwrap().remove(0).0;
        assert_eq!(alone, sentence.target, "{}", sentence.text);
        assert_eq!(batched, sentence.target, "in a batch: {}", sentence.text);
    }
}

#[test]
fn workers_share_the_model() {
    let sentences = recorded();
    std::thread::scope(|scope| {
        for part in sentences.chunks(50) {
            scope.spawn(|| {
                let texts: Vec<&str> = part.iter().take(10).map(|s| s.text.as_str()).collect();
                for (sentence, found) in part.iter().zip(GREEDY.tokens(&texts).unwrap()) {
                    assert_eq!(found.0, sentence.target);
                }
            });
        }
    });
}

#[test]
fn a_source_longer_than_the_model_reads_is_marked() {
    let long = "Le maire a dit que ".repeat(300);
    let translation = GREEDY.translate(&[&long]).unwrap().remove(0);
    assert!(translation.truncated);
}

/// The model in a folder of its own, without a `model.toml` that would notice
/// changes first.
fn copied() -> TempDir {
    let copy = TempDir::new().unwrap();
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml" && e != "md") {
            fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    copy
}

fn refusal(folder: &Path) -> String {
    Model::open(folder)
        .and_then(|model| RustBert::load(&model, 1))
        .err()
        .expect("the model is broken")
        .to_string()
}

#[test]
fn a_folder_needs_no_description() {
    let copy = copied();
    let model = Model::open(copy.path()).unwrap();
    assert_eq!(model.source_lang.code(), "fr");
    let engine = RustBert::load(&model, 1).unwrap();
    let first = recorded().swap_remove(0);
    assert_eq!(
        engine.tokens(&[&first.text]).unwrap().remove(0).0,
        first.target
    );
}

#[test]
fn weights_in_rust_berts_own_format_are_read() {
    let copy = copied();
    let path = copy.path().join("model.safetensors");
    let tensors = tch::Tensor::read_safetensors(&path).unwrap();
    tch::Tensor::save_multi(&tensors, copy.path().join("rust_model.ot")).unwrap();
    fs::remove_file(path).unwrap();
    let engine = RustBert::load(&Model::open(copy.path()).unwrap(), 1).unwrap();
    let first = recorded().swap_remove(0);
    assert_eq!(
        engine.tokens(&[&first.text]).unwrap().remove(0).0,
        first.target
    );
}

#[test]
fn weights_without_position_tables_say_how_to_make_them() {
    let copy = copied();
    let path = copy.path().join("model.safetensors");
    let mut tensors = tch::Tensor::read_safetensors(&path).unwrap();
    tensors.retain(|(name, _)| !name.contains("embed_positions"));
    tch::Tensor::write_safetensors(&tensors, &path).unwrap();
    let error = refusal(copy.path());
    assert!(error.contains("embed_positions"), "{error}");
    assert!(error.contains("marian_to_safetensors.py"), "{error}");
}

#[test]
fn a_missing_file_is_named() {
    let copy = copied();
    fs::remove_file(copy.path().join("source.spm")).unwrap();
    let error = refusal(copy.path());
    assert!(error.contains("source.spm: the model lacks"), "{error}");
}

#[test]
fn truncated_weights_are_refused() {
    let copy = copied();
    let path = copy.path().join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = refusal(copy.path());
    assert!(
        error.contains("libtorch cannot load the weights"),
        "{error}"
    );
    assert!(error.contains("model.safetensors"), "{error}");
    // Where model.toml describes the files, it is noticed before.
    fs::copy(folder().join("model.toml"), copy.path().join("model.toml")).unwrap();
    let error = refusal(copy.path());
    assert!(error.contains("damaged or cut short"), "{error}");
}

#[test]
fn another_models_vocabulary_is_refused() {
    let copy = copied();
    let path = copy.path().join("vocab.json");
    fs::write(&path, r#"{"</s>": 0, "<unk>": 1, "<pad>": 2}"#).unwrap();
    let error = refusal(copy.path());
    assert!(error.contains("it belongs to another model"), "{error}");

    // As many pieces, but not those of source.spm.
    let pieces = (3..8000).map(|i| (format!("p{i}"), i));
    let special = ["</s>", "<unk>", "<pad>"].map(str::to_owned);
    let table: std::collections::BTreeMap<String, usize> =
        special.into_iter().zip(0..).chain(pieces).collect();
    fs::write(&path, serde_json::to_vec(&table).unwrap()).unwrap();
    let error = refusal(copy.path());
    assert!(error.contains("belong to two models"), "{error}");
}

#[test]
fn weights_of_another_shape_are_refused() {
    let copy = copied();
    let path = copy.path().join("config.json");
    let config = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        config.replace(r#""d_model": 256"#, r#""d_model": 512"#),
    )
    .unwrap();
    let error = refusal(copy.path());
    assert!(
        error.contains("libtorch cannot load the weights"),
        "{error}"
    );
    fs::write(&path, config.replace("marian", "bart")).unwrap();
    let error = refusal(copy.path());
    assert!(error.contains("not one of a Marian model"), "{error}");
}

fn diptych() -> Command {
    let mut command = Command::cargo_bin("diptych").unwrap();
    // The binary finds libtorch by itself.
    command
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("LIBTORCH")
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

#[test]
fn documents_say_which_engine_translated_them() {
    let output = diptych()
        .args(["translate", "tests/corpus/border/border-fr1.txt"])
        .args(["--engine", "rust-bert", "--model", "models/fr-en-hf"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for sentence in record["sentences"].as_array().unwrap() {
        assert_eq!(sentence["translation"]["engine"], "rust-bert");
        assert_ne!(sentence["translation"]["text"], "");
    }
}

#[test]
fn a_model_for_the_other_engine_is_refused() {
    diptych()
        .args(["translate", "--lines", "--engine", "rust-bert"])
        .args(["--model", "models/fr-en"])
        .write_stdin("Bonjour.\n")
        .assert()
        .code(2);
}
