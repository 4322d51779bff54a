//! Encoding damage over corpora: what is damaged is mended exactly, what is sound
//! is not touched. The corpora are not part of the project; without them the test
//! says that it skips.

use std::path::{Path, PathBuf};

use diptych::decode::{repair, text};

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

#[test]
fn single_byte_and_two_byte_encodings_are_told_apart() {
    let lines = sound_lines();
    // Documents of eight lines, those that the encoding can write.
    for encoding in [
        encoding_rs::WINDOWS_1252,
        encoding_rs::ISO_8859_15,
        encoding_rs::MACINTOSH,
    ] {
        let (mut right, mut all) = (0, 0);
        for lines in lines.chunks(8) {
            let document = lines.join("\n");
            let (bytes, _, unwritable) = encoding.encode(&document);
            if unwritable || bytes.is_ascii() {
                continue;
            }
            all += 1;
            right += usize::from(text(&bytes).is_ok_and(|t| t == document));
        }
        println!("{}: {right} of {all} documents", encoding.name());
        assert!(
            right * 1000 >= all * 995,
            "{}: {right} of {all}",
            encoding.name()
        );
    }
    for lines in lines.chunks(8) {
        let document = lines.join("\n");
        let units: Vec<u16> = document.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
        let marked = [b"\xfe\xff".as_slice(), &big].concat();
        for bytes in [little, big, marked] {
            assert_eq!(text(&bytes).unwrap(), document);
        }
    }
}
