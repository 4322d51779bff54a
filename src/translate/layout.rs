//! The Hugging Face layout of a standard Marian model: which files there are,
//! and what can be told of a model from them when it has no `model.toml`.

use std::path::Path;

use serde_json::Value;

use super::model::{File, Model};
use crate::document::Lang;
use crate::error::{Error, Result};

/// The files that the engine `rust-bert` reads beside the weights, each with its
/// role in `model.toml`.
pub const ROLES: [(&str, &str); 4] = [
    ("config", "config.json"),
    ("vocab", "vocab.json"),
    ("source_spm", "source.spm"),
    ("target_spm", "target.spm"),
];

/// The names that the weights may have, the first that is there being taken.
/// (rust-bert's own comes first: it is sure to hold the position tables.)
pub const WEIGHTS: [&str; 2] = ["rust_model.ot", "model.safetensors"];

/// How OPUS-MT names groups of source languages that French belongs to: for such a
/// model it is the source. (`ROMANCE` is the one from French that `rust-bert` itself
/// names.)
const WITH_FRENCH: [&str; 5] = ["ROMANCE", "roa", "itc", "ine", "mul"];

/// What to do about a model whose weights are in PyTorch's own format.
pub const CONVERT: &str = "scripts/marian_to_safetensors.py DIR|ID OUT makes a folder that can be read of a pytorch_model.bin \
     (it needs Python with torch and transformers); then name OUT with --model";

/// Whether a folder holds such a model.
#[must_use]
pub fn is_here(folder: &Path) -> bool {
    folder.join("config.json").is_file()
}

/// The name of a model that lies in a folder: the folder's.
#[must_use]
pub fn name(folder: &Path) -> String {
    let known = folder.canonicalize();
    let folder = known.as_deref().unwrap_or(folder);
    folder
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_else(|| "model".into())
}

/// Describes the model in a folder as its `model.toml` would.
///
/// # Errors
/// When a file is missing, or nothing says between which languages it translates.
pub fn describe(folder: &Path, name: &str) -> Result<Model> {
    let mut files = Vec::new();
    for (role, file) in ROLES {
        let path = folder.join(file);
        if !path.is_file() {
            return Err(Error::model(format!("the model lacks its {file}"))
                .at_path(&path)
                .hint("a model in the Hugging Face layout has config.json, vocab.json, source.spm, target.spm and model.safetensors or rust_model.ot"));
        }
        files.push(File::of(role, &path)?);
    }
    let weights = weights(folder, |file| folder.join(file).is_file())?;
    files.push(File::of("weights", &folder.join(weights))?);
    let (source_lang, target_lang) = languages(folder, name)?;
    Ok(Model {
        name: name.to_owned(),
        source_lang,
        target_lang,
        engine: "rust-bert".into(),
        licence: "not stated".into(),
        dictionary: false,
        date: String::new(),
        data: Vec::new(),
        scores: toml::Table::new(),
        files,
        folder: folder.to_owned(),
    })
}

/// Which of the [`WEIGHTS`] is there.
///
/// # Errors
/// When none is.
pub fn weights(place: &Path, is_there: impl Fn(&str) -> bool) -> Result<&'static str> {
    if let Some(file) = WEIGHTS.into_iter().find(|file| is_there(file)) {
        return Ok(file);
    }
    Err(if is_there("pytorch_model.bin") {
        Error::model("the model's weights are in PyTorch's own format only, which is not read")
            .at_path(place)
            .hint(CONVERT)
    } else {
        Error::model("the model has no weights: neither model.safetensors nor rust_model.ot")
            .at_path(place)
    })
}

/// From the tokenizer's configuration, or else the end of the name: `opus-mt-fr-en`.
fn languages(folder: &Path, name: &str) -> Result<(Lang, Lang)> {
    let stated = std::fs::read(folder.join("tokenizer_config.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
        .and_then(|config| {
            let source = source(config["source_lang"].as_str()?)?;
            Some((source, Lang::parse(config["target_lang"].as_str()?)?))
        });
    let named = || {
        let mut parts = name.rsplit('-');
        let target = Lang::parse(parts.next()?)?;
        Some((source(parts.next()?)?, target))
    };
    stated.or_else(named).ok_or_else(|| {
        Error::model("nothing says between which languages the model translates")
            .at_path(folder)
            .hint(
                "give tokenizer_config.json \"source_lang\" and \"target_lang\", two letters each",
            )
    })
}

fn source(code: &str) -> Option<Lang> {
    if WITH_FRENCH.contains(&code) {
        return Some(Lang::FR);
    }
    Lang::parse(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        folder
    }

    const FILES: [(&str, &str); 5] = [
        ("config.json", "{}"),
        ("vocab.json", "{}"),
        ("source.spm", "s"),
        ("target.spm", "t"),
        ("model.safetensors", "w"),
    ];

    #[test]
    fn languages_come_from_the_tokenizer_or_the_name() {
        let here = folder(&FILES);
        let model = describe(here.path(), "Helsinki-NLP/opus-mt-fr-en").unwrap();
        assert_eq!((model.source_lang, model.target_lang), (Lang::FR, Lang::EN));
        let model = describe(here.path(), "opus-mt-ROMANCE-en").unwrap();
        assert_eq!(model.source_lang, Lang::FR);
        assert!(describe(here.path(), "a-model").is_err());
        std::fs::write(
            here.path().join("tokenizer_config.json"),
            r#"{"source_lang": "fr", "target_lang": "en"}"#,
        )
        .unwrap();
        assert!(describe(here.path(), "a-model").is_ok());
    }

    #[test]
    fn a_missing_file_is_named() {
        let here = folder(&FILES);
        std::fs::remove_file(here.path().join("vocab.json")).unwrap();
        let error = describe(here.path(), "a-fr-en").unwrap_err().to_string();
        assert!(error.contains("lacks its vocab.json"), "{error}");
    }

    #[test]
    fn weights_for_pytorch_say_how_to_convert_them() {
        let here = folder(&FILES);
        std::fs::rename(
            here.path().join("model.safetensors"),
            here.path().join("pytorch_model.bin"),
        )
        .unwrap();
        let error = describe(here.path(), "a-fr-en").unwrap_err().to_string();
        assert!(error.contains("marian_to_safetensors.py"), "{error}");
    }
}
