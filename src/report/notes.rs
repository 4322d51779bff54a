//! What stands under an article's panels.

use std::fmt::{self, Write};

use super::html::{Esc, LangAttr, count};
use super::marks;
use super::model::Doc;
use crate::document::{Action, QuoteKind};

/// Quotations with their speakers, what was taken
/// out, and how many small edits there are.
pub(super) fn draw(out: &mut String, doc: &Doc) -> fmt::Result {
    let quotes: Vec<_> = doc
        .record
        .quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Term)
        .collect();
    let (blocks, edits): (Vec<_>, Vec<_>) = doc
        .record
        .artefacts
        .iter()
        .filter(|a| a.action != Action::Relabel)
        .partition(|a| a.action == Action::Drop);
    if quotes.is_empty() && blocks.is_empty() && edits.is_empty() {
        return Ok(());
    }
    let lang = LangAttr(doc.record.lang);
    out.write_str("<div class=notes>")?;
    if !quotes.is_empty() {
        let title = count(quotes.len(), "quotation", "quotations");
        write!(
            out,
            "<details><summary>{title} and who said them</summary><table class=list><tbody>"
        )?;
        for q in quotes {
            let who = q
                .speaker
                .as_ref()
                .map_or("no speaker found", |s| s.name.as_str());
            write!(out, "<tr><th scope=row>{}", Esc(who))?;
            if let Some(verb) = &q.verb {
                write!(out, "<br><i{lang}>{}</i>", Esc(verb))?;
            }
            let kind = marks::quote_kind(q.kind);
            write!(
                out,
                "</th><td{lang}>{}</td><td class=meta>{kind}</td></tr>",
                Esc(&q.text)
            )?;
        }
        out.write_str("</tbody></table></details>")?;
    }
    if !blocks.is_empty() {
        let title = count(blocks.len(), "stretch", "stretches");
        write!(
            out,
            "<details><summary>{title} taken out of the text</summary><table class=list><tbody>"
        )?;
        for a in blocks {
            let kind = a.kind.name().replace('_', " ");
            let (text, rule) = (Esc(&a.text), Esc(&a.rule));
            write!(
                out,
                "<tr><th scope=row>{kind}</th><td{lang}>{text}</td><td class=meta>{rule}</td></tr>"
            )?;
        }
        out.write_str("</tbody></table></details>")?;
    }
    if !edits.is_empty() {
        let mut kinds: Vec<_> = edits.iter().map(|a| a.kind).collect();
        kinds.sort_unstable();
        let groups: Vec<_> = kinds
            .chunk_by(|a, b| a == b)
            .map(|g| format!("{} {}", g[0].name().replace('_', " "), g.len()))
            .collect();
        let title = count(edits.len(), "edit", "edits");
        write!(
            out,
            "<details><summary>{title} within sentences</summary><p class=meta>{}</p></details>",
            groups.join(", ")
        )?;
    }
    out.write_str("</div>\n")
}
