//! Encoding damage over corpora: what is damaged is mended exactly, what is sound
//! is not touched. The corpora are not part of the project; without them the test
//! says that it skips.

#![allow(
    clippy::print_stdout,
    reason = "a test says what it measured or why it skips"
)]

use std::path::{Path, PathBuf};

use diptych::decode::repair;

/// A folder of the corpora, where they are.
fn corpus(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(name);
    if !path.exists() {
        println!("skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

/// Lines of sound French and English text.
fn sound_lines() -> Vec<String> {
    let Some(folder) = corpus("mt") else {
        return Vec::new();
    };
    ["wmt13", "flores-dev"]
        .iter()
        .flat_map(|set| ["fr", "en"].map(|lang| folder.join(format!("dev.{set}.{lang}"))))
        .flat_map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn mojibake_of_five_kinds_is_undone_exactly() {
    let Some(path) = corpus("encoding/fr_mojibake.json") else {
        return;
    };
    let json = std::fs::read_to_string(path).unwrap();
    let items: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let mut wrong = Vec::new();
    for item in &items {
        let [original, fixed, kind] =
            ["original", "fixed", "kind"].map(|k| item[k].as_str().unwrap());
        let repaired = repair(original).unwrap();
        if repaired.text != fixed {
            wrong.push(format!(
                "{kind}: {original}\n  gave {}\n  not  {fixed}",
                repaired.text
            ));
        }
    }
    println!("{} of {} exact", items.len() - wrong.len(), items.len());
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn sound_lines_are_left() {
    let lines = sound_lines();
    let changed: Vec<_> = lines
        .iter()
        .filter(|line| !repair(line).unwrap().edits.is_empty())
        .collect();
    println!("{} of {} lines changed", changed.len(), lines.len());
    assert!(changed.is_empty(), "{changed:#?}");
}
