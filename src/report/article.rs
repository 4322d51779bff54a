//! One article: its sentences in rows, each with its counterparts.

use std::fmt::{self, Write};

use super::html::{Esc, LangAttr, Prose, date, language_name, web_address};
use super::marks::{self, Word};
use super::model::{Corpus, Doc, End, rank, title_sentences};
use super::{counterparts, notes, words};
use crate::document::Role;
use crate::record::SentenceRecord;

/// Sentences that a link holds together, and the links shown beside them.
pub(super) struct Row {
    first: usize,
    last: usize,
    /// Links whose first sentence is here.
    pub(super) links: Vec<End>,
    /// Links shown in an earlier row that reach this one, with that row's first sentence.
    pub(super) continued: Vec<(End, usize)>,
}

/// Draws an article; `main` ones open and with all their counterparts.
pub(super) fn draw(out: &mut String, corpus: &Corpus, index: usize, main: bool) -> fmt::Result {
    let doc = &corpus.documents[index];
    if main {
        write!(out, "<article class=art id=d{index}>\n<header>")?;
        meta(out, doc)?;
        let lang = LangAttr(doc.record.lang);
        write!(out, "<h3{lang}>{}</h3>", Prose(&doc.title, doc.record.lang))?;
        for s in title_sentences(doc.record) {
            translation(out, s)?;
        }
        out.write_str("</header>\n")?;
    } else {
        write!(out, "<details class=\"art fold\" id=d{index}><summary>")?;
        let lang = LangAttr(doc.record.lang);
        write!(out, "<h3{lang}>{}</h3>", Prose(&doc.title, doc.record.lang))?;
        meta(out, doc)?;
        out.write_str("</summary>\n")?;
    }
    out.write_str("<div class=panels>\n")?;
    draw_rows(out, corpus, index, main)?;
    out.write_str("</div>\n")?;
    notes::draw(out, doc)?;
    out.write_str(if main { "</article>\n" } else { "</details>\n" })
}

/// Outlet, date, id and address of a document.
fn meta(out: &mut String, doc: &Doc) -> fmt::Result {
    out.write_str("<p class=meta>")?;
    source(out, doc)?;
    match doc.record.source.url.as_deref().and_then(web_address) {
        Some(url) => write!(
            out,
            " · <a rel=\"noopener noreferrer\" href=\"{}\">{}</a>",
            Esc(url),
            Esc(&doc.record.id)
        )?,
        None => write!(out, " · {}", Esc(&doc.record.id))?,
    }
    out.write_str("</p>")
}

/// `Meridian News · 11 May 2022`.
pub(super) fn source(out: &mut String, doc: &Doc) -> fmt::Result {
    let outlet = doc.outlet().map(str::to_owned);
    let outlet = outlet.unwrap_or_else(|| language_name(doc.record.lang));
    write!(out, "{}", Esc(&outlet))?;
    if let Some(d) = &doc.record.date {
        write!(out, " · {}", Esc(&date(d)))?;
    }
    Ok(())
}

fn draw_rows(out: &mut String, corpus: &Corpus, index: usize, main: bool) -> fmt::Result {
    let doc = &corpus.documents[index];
    if doc.record.sentences.is_empty() {
        return out
            .write_str("<div class=row><div class=l><p class=none>No sentences.</p></div></div>");
    }
    let mut paragraph = None;
    let mut alone = false;
    for row in rows(corpus, doc) {
        let first = &doc.record.sentences[row.first];
        let unlinked = row.links.is_empty() && row.continued.is_empty();
        // The headline stands above; it has a row only where something matches it.
        if unlinked && first.role == Role::Title {
            continue;
        }
        let best = row
            .ends()
            .map(|e| corpus.links[e.link].kind)
            .min_by_key(|k| rank(*k));
        out.write_str("<div class=\"row")?;
        if let Some(Some(kind)) = best {
            write!(out, " {kind}")?;
        }
        if paragraph != Some(first.paragraph) {
            out.write_str(" par")?;
        }
        paragraph = Some(doc.record.sentences[row.last].paragraph);
        out.write_str("\"><div class=l>")?;
        for place in row.first..=row.last {
            sentence(
                out,
                doc,
                (index, place),
                &words::of_sentence(corpus, doc, row.ends(), place),
            )?;
        }
        out.write_str("</div><div class=r>")?;
        if unlinked {
            // Said once for a run of such sentences; the ring on the hinge says it
            // for each of them.
            let class = if alone { "sr" } else { "none" };
            write!(out, "<p class={class}>no counterpart</p>")?;
            if let Some(record) = corpus.unmatched(doc, row.first) {
                counterparts::nearest(out, corpus, record)?;
            }
        } else {
            counterparts::draw(out, corpus, index, &row, main)?;
        }
        alone = unlinked;
        out.write_str("</div></div>\n")?;
    }
    Ok(())
}

impl Row {
    /// All links that touch the row.
    fn ends(&self) -> impl Iterator<Item = End> {
        let continued = self.continued.iter().map(|(e, _)| *e);
        self.links.iter().copied().chain(continued)
    }
}

/// The sentences in rows: those that stand side by side in a link share one.
fn rows(corpus: &Corpus, doc: &Doc) -> Vec<Row> {
    let n = doc.record.sentences.len();
    let sides: Vec<_> = doc
        .links
        .iter()
        .map(|end| doc.sentences(end.own(&corpus.links[end.link])))
        .collect();
    let mut joined = vec![false; n];
    for side in &sides {
        for pair in side.windows(2) {
            joined[pair[1]] |= pair[1] == pair[0] + 1;
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut row_of = Vec::with_capacity(n);
    for (place, joined) in joined.into_iter().enumerate() {
        match rows.last_mut() {
            Some(row) if joined => row.last = place,
            _ => rows.push(Row {
                first: place,
                last: place,
                links: Vec::new(),
                continued: Vec::new(),
            }),
        }
        row_of.push(rows.len() - 1);
    }
    for (end, side) in doc.links.iter().zip(&sides) {
        let mut touched: Vec<_> = side.iter().map(|&p| row_of[p]).collect();
        touched.dedup();
        let mut touched = touched.into_iter();
        let Some(shown) = touched.next() else {
            continue;
        };
        rows[shown].links.push(*end);
        let first = rows[shown].first;
        for later in touched {
            rows[later].continued.push((*end, first));
        }
    }
    rows
}

fn sentence(
    out: &mut String,
    doc: &Doc,
    (index, place): (usize, usize),
    words: &[Word],
) -> fmt::Result {
    let s = &doc.record.sentences[place];
    write!(out, "<p id=d{index}s{place}")?;
    if s.role != Role::Body {
        write!(out, " class={}", s.role)?;
    }
    write!(out, "{}>", LangAttr(s.lang.unwrap_or(doc.record.lang)))?;
    if s.role != Role::Body {
        let name = if s.role == Role::Title {
            "headline"
        } else {
            s.role.name()
        };
        write!(out, "<span class=role lang=en>{name}</span>")?;
    }
    marks::draw(out, doc, place, words)?;
    out.write_str("</p>")?;
    translation(out, s)
}

fn translation(out: &mut String, s: &SentenceRecord) -> fmt::Result {
    let Some(t) = &s.translation else {
        return Ok(());
    };
    out.write_str("<p class=tr lang=en")?;
    if !t.replaced.is_empty() {
        out.write_str(" title=\"from the dictionary:")?;
        for (i, r) in t.replaced.iter().enumerate() {
            let sign = if i == 0 { "" } else { "," };
            let (from, to, source) = (Esc(&r.from), Esc(&r.to), Esc(&r.source));
            write!(out, "{sign} {to} for {from} ({source})")?;
        }
        out.write_str("\"")?;
    }
    write!(out, ">{}", Esc(&t.text))?;
    if t.truncated {
        out.write_str(
            " <span title=\"the sentence was longer than the model reads\">[cut]</span>",
        )?;
    }
    out.write_str("</p>")
}
