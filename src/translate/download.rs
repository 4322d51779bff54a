//! Firefox Translations models for other languages: found, downloaded, verified
//! and described by a `model.toml` like the bundled one.
//!
//! Discovery, resumed downloads and the check of each file's published hash are
//! the engine crate's own; here they are given a mirror and a cache of ours.

use std::path::{Path, PathBuf};

use fxtranslate::cache::{Cache, ModelFiles, ensure_model};
use fxtranslate::fetch::{DownloadOutcome, Fetch, FetchError, NetworkFetch, Sink};
use fxtranslate::remote::{CDN_ROOT, PROD_ENDPOINT, Record, fetch_records, pairs, pick};

use super::model::{File, Model};
use crate::document::Lang;
use crate::error::{Error, Result};

/// The published models, on their own servers or a mirror of them.
pub struct Published {
    fetch: Mirrored,
    records: Vec<Record>,
}

const NETWORK: &str = "is there a network? a mirror can be named with --mirror URL";

impl Published {
    /// Asks which models there are. A mirror answers the same paths as the
    /// original servers.
    ///
    /// # Errors
    /// When the server cannot be reached or its answer cannot be understood.
    pub fn discover(mirror: Option<&str>) -> Result<Self> {
        let fetch = Mirrored {
            inner: NetworkFetch::new(),
            mirror: mirror.map(|m| m.trim_end_matches('/').to_owned()),
        };
        let records = fetch_records(&fetch).map_err(|reason| {
            Error::model(format!("cannot list the published models: {reason}")).hint(NETWORK)
        })?;
        Ok(Self { fetch, records })
    }

    /// The language pairs, as `de-en`, sorted.
    #[must_use]
    pub fn pairs(&self) -> Vec<String> {
        pairs(&self.records)
            .into_iter()
            .map(|(from, to)| format!("{from}-{to}"))
            .collect()
    }

    /// Downloads the model of a pair into `cache`, unless it is there and sound,
    /// and gives its folder.
    ///
    /// # Errors
    /// When there is no such model, or a file cannot be had or is not the one
    /// published.
    pub fn get(&self, pair: &str, cache: &Path) -> Result<Model> {
        let unknown = || {
            Error::model(format!("no model is published for `{pair}`"))
                .hint("`diptych models list --published` shows the pairs, such as de-en")
        };
        let (from, to) = pair.split_once('-').ok_or_else(unknown)?;
        let record = pick(&self.records, "model", from, to).ok_or_else(unknown)?;
        let (Some(source_lang), Some(target_lang)) = (Lang::parse(from), Lang::parse(to)) else {
            return Err(unknown());
        };
        let files = ensure_model(
            &self.fetch,
            &Cache::with_root(cache),
            &self.records,
            from,
            to,
        )
        .map_err(|reason| {
            Error::model(format!("cannot download the model: {reason}")).hint(NETWORK)
        })?;
        let folder = files
            .model
            .parent()
            .map_or_else(|| cache.to_owned(), Path::to_owned);
        let model = Model {
            name: format!("firefox-{pair}-{}", record.version),
            source_lang,
            target_lang,
            engine: "marian".into(),
            licence: "MPL-2.0".into(),
            dictionary: false,
            date: String::new(),
            data: vec!["Firefox Translations".into()],
            scores: toml::Table::new(),
            files: described(&files)?,
            folder,
        };
        model.save()?;
        Ok(model)
    }
}

fn described(files: &ModelFiles) -> Result<Vec<File>> {
    let mut roles: Vec<(&str, &PathBuf)> = vec![("model", &files.model)];
    if files.src_vocab == files.trg_vocab {
        roles.push(("vocab", &files.src_vocab));
    } else {
        roles.push(("source_vocab", &files.src_vocab));
        roles.push(("target_vocab", &files.trg_vocab));
    }
    roles.extend(files.lex.as_ref().map(|lex| ("shortlist", lex)));
    roles
        .into_iter()
        .map(|(role, path)| File::of(role, path))
        .collect()
}

/// Fetches from a mirror where one is given.
struct Mirrored {
    inner: NetworkFetch,
    mirror: Option<String>,
}

impl Mirrored {
    fn url(&self, url: &str) -> String {
        let Some(mirror) = &self.mirror else {
            return url.to_owned();
        };
        match url
            .strip_prefix(PROD_ENDPOINT)
            .or_else(|| url.strip_prefix(CDN_ROOT))
        {
            Some(path) => format!("{mirror}{path}"),
            None => url.to_owned(),
        }
    }
}

impl Fetch for Mirrored {
    fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        self.inner.get(&self.url(url))
    }

    fn get_to(
        &self,
        url: &str,
        from: u64,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<DownloadOutcome, FetchError> {
        self.inner.get_to(&self.url(url), from, sink, progress)
    }
}
