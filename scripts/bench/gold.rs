//! The gold articles with their languages, for what measures speed on them.

use std::path::{Path, PathBuf};

use diptych::document::Lang;

/// The texts of `tests/gold/newsroom` and `gazette`, in the order of their paths.
pub fn texts() -> std::io::Result<Vec<(Lang, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let mut paths: Vec<PathBuf> = ["newsroom", "gazette"]
        .iter()
        .flat_map(|set| walkdir::WalkDir::new(root.join(set).join("texts")))
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let text = |path: PathBuf| {
        let text = std::fs::read_to_string(&path)?;
        let french = path.to_string_lossy().contains("-fr");
        Ok((if french { Lang::FR } else { Lang::EN }, text))
    };
    paths.into_iter().map(text).collect()
}
