//! Models on disk: a folder with a `model.toml` that names its files and their
//! checksums. A folder in the Hugging Face layout needs none ([`layout`]).

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::layout;
use crate::document::Lang;
use crate::error::{Error, Result};
use crate::read::sha256;

/// What `model.toml` says of a model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Model {
    /// Its name, written into every translation.
    pub name: String,
    /// What it reads.
    pub source_lang: Lang,
    /// What it writes.
    pub target_lang: Lang,
    /// The engine that runs it.
    pub engine: String,
    /// Its licence.
    pub licence: String,
    /// When it was made.
    pub date: String,
    /// Whether its words are so often made up that the dictionary's are better
    /// ([`super::dictionary`]); from French into English only.
    #[serde(default)]
    pub dictionary: bool,
    /// What it learned from.
    #[serde(default)]
    pub data: Vec<String>,
    /// Its scores, a table for each test set.
    #[serde(default)]
    pub scores: toml::Table,
    /// Its files.
    pub files: Vec<File>,
    /// The folder it lies in.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// One file of a model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    /// For `marian`: `model`, `vocab` (or `source_vocab` and `target_vocab`),
    /// `shortlist`; for `rust-bert`: those of [`layout::ROLES`].
    pub role: String,
    /// Its name in the folder.
    pub path: PathBuf,
    /// Its checksum.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

impl File {
    /// The file at a path as it is now.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(role: &str, path: &Path) -> Result<Self> {
        let bytes =
            std::fs::read(path).map_err(|e| Error::io("cannot read the model's file", path, e))?;
        Ok(Self {
            role: role.into(),
            path: path.file_name().map(PathBuf::from).unwrap_or_default(),
            sha256: sha256(&bytes),
            bytes: bytes.len() as u64,
        })
    }
}

const RESTORE: &str =
    "restore it from the repository or the place you had it from, then run `diptych models verify`";

impl Model {
    /// Reads the `model.toml` of a folder, or describes a folder in the Hugging
    /// Face layout that has none.
    ///
    /// # Errors
    /// When there is none or it cannot be understood.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("model.toml");
        if !path.exists() && layout::is_here(folder) {
            return layout::describe(folder, &layout::name(folder));
        }
        let text = std::fs::read_to_string(&path).map_err(|e| {
            Error::model("there is no model here: its model.toml cannot be read")
                .at_path(&path)
                .because(e)
                .hint("name the folder that holds model.toml with --model, or leave translation out with --no-translate")
        })?;
        let mut model: Self = toml::from_str(&text).map_err(|e| {
            Error::model("the description of the model cannot be used")
                .at_path(&path)
                .because(e)
                .hint(RESTORE)
        })?;
        model.folder = folder.to_owned();
        Ok(model)
    }

    /// The verified bytes of the file with a role; `None` when the model has no
    /// such file.
    ///
    /// # Errors
    /// When the file is missing or is not the one that `model.toml` describes.
    pub fn read(&self, role: &str) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.files.iter().find(|f| f.role == role) else {
            return Ok(None);
        };
        let path = self.folder.join(&file.path);
        let bytes = std::fs::read(&path).map_err(|e| {
            Error::model("a file of the model cannot be read")
                .at_path(&path)
                .because(e)
                .hint(RESTORE)
        })?;
        if bytes.len() as u64 != file.bytes {
            return Err(Error::model(format!(
                "the file has {} bytes where model.toml says {}: it is damaged or cut short",
                bytes.len(),
                file.bytes
            ))
            .at_path(&path)
            .hint(RESTORE));
        }
        if sha256(&bytes) != file.sha256 {
            return Err(Error::model(
                "the file's sha256 is not the one in model.toml: it is damaged or another one",
            )
            .at_path(&path)
            .hint(RESTORE));
        }
        Ok(Some(bytes))
    }

    /// Where the file with a role lies.
    #[must_use]
    pub fn path(&self, role: &str) -> Option<PathBuf> {
        let file = self.files.iter().find(|f| f.role == role)?;
        Some(self.folder.join(&file.path))
    }

    /// Writes the model's `model.toml`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self) -> Result<()> {
        let path = self.folder.join("model.toml");
        let text = toml::to_string(self)
            .map_err(|e| Error::internal("the model cannot be described").because(e))?;
        std::fs::write(&path, text).map_err(|e| Error::io("cannot describe the model", &path, e))
    }

    /// As [`Model::read`], for a file that the engine cannot do without.
    ///
    /// # Errors
    /// Also when `model.toml` names no such file.
    pub fn need(&self, role: &str) -> Result<Vec<u8>> {
        self.read(role)?.ok_or_else(|| {
            Error::model(format!("model.toml names no file with the role `{role}`"))
                .at_path(self.folder.join("model.toml"))
                .hint(RESTORE)
        })
    }

    /// Checks every file.
    ///
    /// # Errors
    /// The first file that is missing or damaged.
    pub fn verify(&self) -> Result<()> {
        self.files
            .iter()
            .try_for_each(|f| self.read(&f.role).map(|_| ()))
    }
}

/// The folder into which models are downloaded: `DIPTYCH_MODELS`, or `diptych/models`
/// in the user's cache.
#[must_use]
pub fn cache() -> Option<PathBuf> {
    match std::env::var_os("DIPTYCH_MODELS") {
        Some(folder) if !folder.is_empty() => Some(folder.into()),
        _ => Some(dirs::cache_dir()?.join("diptych").join("models")),
    }
}

/// The [`cache`], to download into.
///
/// # Errors
/// When the user has none.
pub fn need_cache() -> Result<PathBuf> {
    cache().ok_or_else(|| {
        Error::usage("there is no cache folder to download into")
            .hint("set DIPTYCH_MODELS to a folder for models")
    })
}

/// The folders in which models are looked for: `models` here, then `models`
/// beside or above the executable, then the [`cache`].
#[must_use]
pub fn roots() -> Vec<PathBuf> {
    let mut roots = vec![PathBuf::from("models")];
    if let Ok(executable) = std::env::current_exe() {
        roots.extend(
            executable
                .ancestors()
                .skip(1)
                .take(4)
                .map(|dir| dir.join("models")),
        );
    }
    roots.extend(cache());
    roots.retain(|r| r.is_dir());
    roots
}

/// All models in the [`roots`], those of the first root first, each folder once.
#[must_use]
pub fn local() -> Vec<Model> {
    let mut seen = std::collections::HashSet::new();
    let mut models = Vec::new();
    for root in roots() {
        let Ok(entries) = std::fs::read_dir(&root) else {
            continue;
        };
        let mut folders: Vec<_> = entries.flatten().map(|e| e.path()).collect();
        folders.sort();
        for folder in folders {
            let known = folder.canonicalize().unwrap_or_else(|_| folder.clone());
            if folder.join("model.toml").is_file()
                && seen.insert(known)
                && let Ok(model) = Model::open(&folder)
            {
                models.push(model);
            }
        }
    }
    models
}

/// The model that a user names by its folder or by its name.
///
/// # Errors
/// When there is no such model.
pub fn named(name: &str) -> Result<Model> {
    let folder = Path::new(name);
    if folder.is_dir() {
        return Model::open(folder);
    }
    let models = local();
    let by_name = |m: &Model| m.name == name || m.folder.file_name().is_some_and(|f| f == name);
    let known: Vec<_> = models.iter().map(|m| m.name.clone()).collect();
    models.into_iter().find(by_name).ok_or_else(|| {
        Error::model(format!("there is no model `{name}`")).hint(format!(
            "give the folder that holds its model.toml, or one of: {}",
            if known.is_empty() {
                "(no models found)".into()
            } else {
                known.join(", ")
            }
        ))
    })
}
