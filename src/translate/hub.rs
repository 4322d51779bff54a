//! Models of a hub such as Hugging Face's: asked for by their id, downloaded once
//! into the cache, verified, described by a `model.toml`, and used offline from
//! then on.
//!
//! The hub's description of a model names a revision, and each file's size and,
//! for the large ones, sha256; all files are fetched at that revision. They are
//! put together in a folder beside the final one, which appears whole or not at
//! all.

use std::path::{Path, PathBuf};

use fxtranslate::fetch::{Fetch, NetworkFetch, RetryPolicy, download_retrying};
use serde::Deserialize;

use super::layout;
use super::model::{File, Model};
use crate::error::{Error, Result};

/// A server that answers the hub's paths.
pub struct Hub {
    fetch: NetworkFetch,
    base: String,
}

const NETWORK: &str =
    "is there a network? another server can be named with --mirror URL or HF_ENDPOINT";

/// What the hub says of a model.
#[derive(Debug, Deserialize)]
struct Description {
    sha: String,
    #[serde(default)]
    tags: Vec<String>,
    siblings: Vec<Sibling>,
}

#[derive(Debug, Deserialize)]
struct Sibling {
    rfilename: String,
    size: Option<u64>,
    lfs: Option<Large>,
}

#[derive(Debug, Deserialize)]
struct Large {
    sha256: String,
}

/// Whether a name has the form of a hub's id: `owner/model`.
///
/// ```
/// assert!(diptych::translate::hub::is_id("Helsinki-NLP/opus-mt-fr-en"));
/// assert!(!diptych::translate::hub::is_id("../models"));
/// ```
#[must_use]
pub fn is_id(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    name.split_once('/')
        .is_some_and(|(owner, model)| part(owner) && part(model))
}

impl Hub {
    /// The hub at `mirror`, or at the address in `HF_ENDPOINT` (as Hugging Face's
    /// own tools have it), or Hugging Face.
    #[must_use]
    pub fn new(mirror: Option<&str>) -> Self {
        let base = mirror
            .map(str::to_owned)
            .or_else(|| std::env::var("HF_ENDPOINT").ok().filter(|e| !e.is_empty()))
            .unwrap_or_else(|| "https://huggingface.co".into());
        Self {
            fetch: NetworkFetch::new(),
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// Downloads the model with this id into `cache`, unless it is there, and
    /// gives its folder.
    ///
    /// # Errors
    /// When there is no such model, it is not one that can be read, or a file
    /// cannot be had or is not the one described.
    pub fn get(&self, id: &str, cache: &Path) -> Result<Model> {
        if let Some(model) = cached(id, cache) {
            return Ok(model);
        }
        let about = self.describe(id)?;
        let place = PathBuf::from(format!("{}/{id}", self.base));
        let listed = |file: &str| about.siblings.iter().any(|s| s.rfilename == file);
        let weights = layout::weights(&place, listed)?;
        std::fs::create_dir_all(cache)
            .map_err(|e| Error::io("cannot make the folder for models", cache, e))?;
        let part = tempfile::Builder::new()
            .prefix(".part-")
            .tempdir_in(cache)
            .map_err(|e| Error::io("cannot write into the folder for models", cache, e))?;
        let needed = layout::ROLES.iter().map(|(_, file)| *file);
        // Small and helpful, but not every model has it.
        let helpful = Some("tokenizer_config.json").filter(|file| listed(file));
        for file in needed.chain(helpful).chain([weights]) {
            self.file(id, &about, file, part.path())?;
        }
        let mut model = layout::describe(part.path(), id)?;
        model.licence = about
            .tags
            .iter()
            .find_map(|tag| tag.strip_prefix("license:"))
            .unwrap_or("not stated")
            .to_owned();
        model.data = vec![format!("{}/{id} at {}", self.base, about.sha)];
        model.save()?;
        let folder = folder(id, cache);
        if let Err(e) = std::fs::rename(part.path(), &folder) {
            // Another process may have been quicker.
            return cached(id, cache)
                .ok_or_else(|| Error::io("cannot put the model in its place", &folder, e));
        }
        model.folder = folder;
        Ok(model)
    }

    fn describe(&self, id: &str) -> Result<Description> {
        let url = format!("{}/api/models/{id}?blobs=true", self.base);
        let bytes = self.fetch.get(&url).map_err(|reason| {
            Error::model(format!(
                "the hub does not describe the model `{id}`: {reason}"
            ))
            .hint(format!("is the id right? {NETWORK}"))
        })?;
        serde_json::from_slice(&bytes).map_err(|e| {
            Error::model(format!(
                "the hub's description of `{id}` cannot be understood"
            ))
            .because(e)
            .hint(NETWORK)
        })
    }

    fn file(&self, id: &str, about: &Description, file: &str, into: &Path) -> Result<()> {
        let listed = about.siblings.iter().find(|s| s.rfilename == file);
        let listed = listed.ok_or_else(|| {
            Error::model(format!("the hub's model `{id}` has no {file}"))
                .hint("only standard Marian models can be read, such as OPUS-MT's")
        })?;
        let url = format!("{}/{id}/resolve/{}/{file}", self.base, about.sha);
        let path = into.join(file);
        let failed = |reason: String| {
            Error::model(format!("cannot download {file}: {reason}"))
                .at_path(&url)
                .hint(NETWORK)
        };
        download_retrying(
            &self.fetch,
            &url,
            &path,
            &RetryPolicy::default(),
            &mut |_, _| (),
        )
        .map_err(failed)?;
        let got = File::of("", &path)?;
        if let Some(size) = listed.size
            && size != got.bytes
        {
            return Err(failed(format!(
                "it has {} bytes where the hub says {size}",
                got.bytes
            )));
        }
        match &listed.lfs {
            Some(large) if large.sha256 != got.sha256 => {
                Err(failed("its sha256 is not the one that the hub says".into()))
            }
            _ => Ok(()),
        }
    }
}

/// Where the model with an id lies once it is here.
fn folder(id: &str, cache: &Path) -> PathBuf {
    cache.join(id.replace('/', "--"))
}

fn cached(id: &str, cache: &Path) -> Option<Model> {
    Model::open(&folder(id, cache)).ok()
}
