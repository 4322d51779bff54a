//! The score of a link and what speaks for it.

use std::fmt::{self, Write};

use serde_json::Value;

use super::html::Esc;
use crate::record::LinkRecord;

/// The score, with the evidence on hover and behind a click.
pub(super) fn draw(out: &mut String, link: &LinkRecord) -> fmt::Result {
    let verdict = link.verdict.as_deref();
    let evidence: Vec<_> = link
        .evidence
        .iter()
        .filter_map(|(k, v)| Some((k.replace('_', " "), plain(v)?)))
        .collect();
    // Gold holds links without a score.
    if link.score <= 0.0 && evidence.is_empty() {
        return match verdict {
            Some(v) => write!(out, "<span>verdict: {}</span>", Esc(v)),
            None => Ok(()),
        };
    }
    let hover: Vec<_> = evidence.iter().map(|(k, v)| format!("{k}: {v}")).collect();
    write!(
        out,
        "<details><summary class=score title=\"{}\">score {:.2}</summary><dl>",
        Esc(&hover.join("; ")),
        link.score
    )?;
    for (k, v) in &evidence {
        write!(out, "<dt>{}</dt><dd>{}</dd>", Esc(k), Esc(v))?;
    }
    if let Some(v) = verdict {
        write!(out, "<dt>verdict</dt><dd>{}</dd>", Esc(v))?;
    }
    out.write_str("</dl></details>")
}

/// A value of the evidence in words; nothing for null.
fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(b) => if *b { "yes" } else { "no" }.to_owned(),
        Value::Number(n) if n.is_f64() => format!("{:.2}", n.as_f64().unwrap_or_default()),
        Value::Number(n) => n.to_string(),
        Value::String(s) => s.clone(),
        Value::Array(a) => a
            .iter()
            .filter_map(|v| match v {
                // A pair, such as a word and its translation.
                Value::Array(pair) => Some(
                    pair.iter()
                        .filter_map(plain)
                        .collect::<Vec<_>>()
                        .join(" = "),
                ),
                v => plain(v),
            })
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(o) => o
            .iter()
            .filter_map(|(k, v)| Some(format!("{} {}", k.replace('_', " "), plain(v)?)))
            .collect::<Vec<_>>()
            .join(", "),
    })
}
