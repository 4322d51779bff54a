//! JSONL: one record a line, of which only `text` is needed.

use serde::Deserialize;

use super::{Article, Input, has_words, refused, sha256, text::stem};
use crate::config::Limits;
use crate::document::{Lang, Source};
use crate::error::{Error, Result};
use crate::record::ErrorRecord;

/// A record as users write them; fields of no concern here are let through.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Option<serde_json::Value>,
    text: String,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
}

/// The articles of a JSONL file, in order; empty lines are skipped.
pub(super) fn articles(
    input: &Input,
    bytes: &[u8],
    limits: &Limits,
) -> Vec<Result<Article, ErrorRecord>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut out = Vec::new();
    for (at, line) in bytes.split(|&b| b == b'\n').enumerate() {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        out.push(
            record(input, at + 1, line, limits)
                .map_err(|e| refused(input, None, "read", &e.at(format!("line {}", at + 1)))),
        );
    }
    if out.is_empty() {
        let e = Error::input("the file has no records").hint("remove it, or fetch it again");
        out.push(Err(refused(input, None, "read", &e)));
    }
    out
}

fn record(input: &Input, number: usize, line: &[u8], limits: &Limits) -> Result<Article> {
    if line.len() as u64 > limits.max_document_bytes {
        return Err(Error::input(format!(
            "the record has {} bytes, more than the {} allowed",
            line.len(),
            limits.max_document_bytes
        ))
        .hint(
            "is it one article? else raise `max_document_bytes` under [input] in the configuration",
        ));
    }
    let record: Record = serde_json::from_slice(line).map_err(|e| {
        Error::input("the line is not a record with a `text`")
            .because(e)
            .hint("each line is one JSON object such as {\"id\": \"a1\", \"text\": \"...\"}")
    })?;
    let lang = match record.lang.as_deref().filter(|l| !l.is_empty()) {
        Some(code) => Some(Lang::parse(code).ok_or_else(|| {
            Error::input(format!("`{code}` is not a language code"))
                .hint("use two letters such as fr or en, or leave `lang` out")
        })?),
        None => None,
    };
    let id = match record.id {
        Some(serde_json::Value::String(s)) if !s.trim().is_empty() => s,
        Some(serde_json::Value::Number(n)) => n.to_string(),
        Some(serde_json::Value::Null) | None => format!("{}:{number}", stem(input)),
        Some(other) => {
            return Err(Error::input(format!("`{other}` is not an id"))
                .hint("give `id` as a string or a number, or leave it out"));
        }
    };
    let given = |s: Option<String>| s.filter(|s| !s.trim().is_empty());
    Ok(Article {
        id,
        line: Some(number),
        source: Source {
            path: input.name(),
            sha256: sha256(line),
            url: given(record.url),
            outlet: given(record.outlet),
        },
        text: has_words(record.text)?,
        lang,
        date: given(record.date),
        title: given(record.title),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn read(lines: &str) -> Vec<Result<Article, ErrorRecord>> {
        let input = Input::File(PathBuf::from("dir/day.jsonl"));
        articles(&input, lines.as_bytes(), &Limits::default())
    }

    #[test]
    fn fields_are_kept_and_ids_made_where_missing() {
        let got = read(
            "{\"text\":\"Un.\",\"lang\":\"fr-CA\",\"date\":\"2020-10-02\"}\n\n{\"id\":7,\"text\":\"Two.\",\"outlet\":\"\"}\n",
        );
        let [Ok(a), Ok(b)] = &got[..] else {
            panic!("two articles, not {got:?}")
        };
        assert_eq!((a.id.as_str(), a.lang), ("day:1", Some(Lang::FR)));
        assert_eq!(a.date.as_deref(), Some("2020-10-02"));
        assert_eq!((b.id.as_str(), b.line), ("7", Some(3)));
        assert_eq!(b.source.outlet, None);
    }

    #[test]
    fn a_bad_line_does_not_stop_the_others() {
        let got = read("{\"text\":\"Un.\"}\n{\"txt\":1}\n{\"text\":\"...\"}\n{\"text\":\"Deux.\"");
        let bad: Vec<_> = got.iter().filter_map(|r| r.as_ref().err()).collect();
        assert_eq!((got.len(), bad.len()), (4, 3));
        assert!(bad[0].error.contains("line 2"), "{}", bad[0].error);
        assert!(bad[1].error.contains("no text"), "{}", bad[1].error);
    }
}
