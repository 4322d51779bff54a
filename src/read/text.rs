//! Plain text: a file is one document.

use std::path::Path;

use super::{Article, Input, decoded, refused, sha256};
use crate::config::Limits;
use crate::document::Source;
use crate::record::ErrorRecord;

/// The article in a text file.
pub(super) fn article(
    input: &Input,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Article, ErrorRecord> {
    let id = stem(input);
    match decoded(bytes, limits) {
        Ok(text) => Ok(Article {
            id,
            line: None,
            source: Source {
                path: input.name(),
                sha256: sha256(bytes),
                url: None,
                outlet: None,
            },
            text,
            lang: None,
            date: None,
            title: None,
        }),
        Err(e) => Err(refused(input, Some(id), "decode", &e)),
    }
}

/// The file's name without its last extension; `stdin` for standard input.
pub(super) fn stem(input: &Input) -> String {
    match input {
        Input::Stdin => "stdin".into(),
        Input::File(path) => Path::new(path)
            .file_stem()
            .map_or_else(|| "document".into(), |s| s.to_string_lossy().into_owned()),
    }
}
