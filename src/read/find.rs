//! From what a user names to the files to read: files as given, folders walked
//! in path order, globs expanded in path order.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use walkdir::WalkDir;

use super::{Format, Input};
use crate::error::{Error, Result};

/// The files that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order given; those of a folder or glob sorted by path. Each once.
    pub inputs: Vec<Input>,
    /// Files of other types that were passed over in folders.
    pub skipped: usize,
}

/// Finds the files that `arguments` name.
///
/// # Errors
/// When a name does not exist, or a folder or glob holds no file that is read:
/// a mistyped path must not end as an empty success.
pub fn find(arguments: &[String]) -> Result<Found> {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for argument in arguments {
        for input in expand(argument, &mut found.skipped)? {
            if seen.insert(input.clone()) {
                found.inputs.push(input);
            }
        }
    }
    Ok(found)
}

fn expand(argument: &str, skipped: &mut usize) -> Result<Vec<Input>> {
    if argument == "-" {
        return Ok(vec![Input::Stdin]);
    }
    let path = Path::new(argument);
    let nothing = |what: &str| {
        Error::usage(format!("{what} has no .txt, .html or .jsonl file"))
            .at_path(path)
            .hint("name a file, a folder, a quoted glob such as 'news/*.txt', or - for standard input")
    };
    if path.is_dir() {
        let files = walk(path, skipped);
        return if files.is_empty() {
            Err(nothing("the folder"))
        } else {
            Ok(files)
        };
    }
    if path.exists() {
        // A file named outright is read whatever its name; as text when unknown.
        return Ok(vec![Input::File(path.to_owned())]);
    }
    if argument.contains(['*', '?', '[', '{']) {
        let files = glob(argument, skipped)?;
        return if files.is_empty() {
            Err(nothing("the pattern"))
        } else {
            Ok(files)
        };
    }
    Err(Error::usage("there is no such file or folder")
        .at_path(path)
        .hint("check the path; quote globs so that diptych expands them"))
}

fn walk(folder: &Path, skipped: &mut usize) -> Vec<Input> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                // A broken link or a closed folder: reading it will say so in an
                // error record, and the rest goes on.
                files.extend(e.path().map(Path::to_owned));
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        if Format::of(entry.path()).is_some() {
            files.push(entry.into_path());
        } else {
            *skipped += 1;
        }
    }
    in_path_order(files)
}

fn glob(pattern: &str, skipped: &mut usize) -> Result<Vec<Input>> {
    let matcher = GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|e| {
            Error::usage("the pattern cannot be read")
                .at_path(pattern)
                .because(e)
        })?
        .compile_matcher();
    // The folder before the first special character is where to look.
    let literal = pattern
        .split_inclusive('/')
        .take_while(|part| !part.contains(['*', '?', '[', '{']))
        .collect::<String>();
    let (root, prefix) = if literal.is_empty() {
        (PathBuf::from("."), "./")
    } else {
        (PathBuf::from(&literal), "")
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(&root).follow_links(true).into_iter().flatten() {
        let name = entry.path().strip_prefix(prefix).unwrap_or(entry.path());
        if !entry.file_type().is_file() || !matcher.is_match(name) {
            continue;
        }
        if Format::of(name).is_some() {
            files.push(name.to_owned());
        } else {
            *skipped += 1;
        }
    }
    Ok(in_path_order(files))
}

/// Sorted by the path as it is written, which is what records hold and ids go by.
fn in_path_order(files: Vec<PathBuf>) -> Vec<Input> {
    let mut inputs: Vec<Input> = files.into_iter().map(Input::File).collect();
    inputs.sort_by_cached_key(Input::name);
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_globs_are_sorted_and_other_types_counted() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.jsonl", "sub/c.txt", "note.pdf"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let root = dir.path().to_string_lossy().into_owned();
        let names = |args: &[String]| -> (Vec<String>, usize) {
            let found = find(args).unwrap();
            let cut = |i: &Input| i.name().trim_start_matches(&root).to_owned();
            (found.inputs.iter().map(cut).collect(), found.skipped)
        };
        assert_eq!(
            names(std::slice::from_ref(&root)),
            (
                vec!["/a.jsonl".into(), "/b.txt".into(), "/sub/c.txt".into()],
                1
            )
        );
        assert_eq!(
            names(&[format!("{root}/*.txt"), format!("{root}/b.txt")]),
            (vec!["/b.txt".into()], 0)
        );
        assert!(find(&[format!("{root}/none.txt")]).is_err());
        assert!(find(&[format!("{root}/*.html")]).is_err());
    }
}
