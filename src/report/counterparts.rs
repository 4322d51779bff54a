//! The right panel: what other articles say of the same utterance or fact.

use std::fmt::{self, Write};

use super::article::{Row, source};
use super::html::{Esc, LangAttr, Prose, count, language_name};
use super::marks::{self, Word};
use super::model::{Corpus, Doc, End, rank};
use super::{evidence, words};
use crate::document::LinkKind;
use crate::record::UnmatchedRecord;

/// Counterparts in other languages, then those in the same.
pub(super) fn draw(
    out: &mut String,
    corpus: &Corpus,
    index: usize,
    row: &Row,
    main: bool,
) -> fmt::Result {
    let lang = corpus.documents[index].record.lang;
    let mut links = row.links.clone();
    links.sort_by(|x, y| {
        let (a, b) = (&corpus.links[x.link], &corpus.links[y.link]);
        rank(a.kind)
            .cmp(&rank(b.kind))
            .then(b.score.total_cmp(&a.score))
    });
    let is_cross = |e: &End| e.other(&corpus.links[e.link]).lang != lang;
    let (cross, same): (Vec<End>, Vec<End>) = links.into_iter().partition(is_cross);

    for (end, first) in &row.continued {
        let kind = kind_name(corpus.links[end.link].kind);
        write!(
            out,
            "<p class=see>{kind}: <a href=\"#d{index}s{first}\">with the sentence above</a></p>"
        )?;
    }
    if main {
        for end in &cross {
            card(out, corpus, *end)?;
        }
    }
    let fold = main && !cross.is_empty() && !same.is_empty();
    if fold {
        let others = count(same.len(), "match", "matches");
        let language = language_name(lang);
        write!(
            out,
            "<details class=same><summary>{others} in {language}</summary>"
        )?;
    }
    for end in &same {
        card(out, corpus, *end)?;
    }
    if fold {
        out.write_str("</details>")?;
    }
    if !main {
        for end in &cross {
            pointer(out, corpus, *end)?;
        }
    }
    Ok(())
}

/// Why a sentence has no counterpart, and the sentence that comes nearest.
pub(super) fn nearest(out: &mut String, corpus: &Corpus, record: &UnmatchedRecord) -> fmt::Result {
    let Some(best) = &record.best else {
        return Ok(());
    };
    let percent = (best.score * 100.0).round();
    write!(
        out,
        "<details class=near><summary title=\"{}\">nearest {percent} %</summary><p>{}",
        Esc(&record.reason),
        Esc(&best.text)
    )?;
    if let Some(d) = corpus.document(&best.doc) {
        write!(out, " <a href=\"#d{d}")?;
        if let Some(place) = corpus.documents[d].place(best.sentence) {
            write!(out, "s{place}")?;
        }
        write!(out, "\">{}</a>", Esc(&best.doc))?;
    }
    write!(
        out,
        "</p><p class=meta>{}</p></details>",
        Esc(&record.reason)
    )
}

/// A counterpart in full: its text, then what kind of match it is, where it
/// stands and how sure the link is.
fn card(out: &mut String, corpus: &Corpus, end: End) -> fmt::Result {
    let link = &corpus.links[end.link];
    let (place, side) = corpus.other(end);
    let found = place.map(|d| (d, &corpus.documents[d]));
    let places = found
        .map(|(_, doc)| doc.sentences(side))
        .unwrap_or_default();
    let class = link.kind.map_or("", LinkKind::name);
    write!(out, "<div class=\"m {class}\"><p{}>", LangAttr(side.lang))?;
    match found {
        Some((_, doc)) if !places.is_empty() => {
            passage(out, doc, &places, &words::of_side(link, end.is_b))?;
        }
        _ => write!(out, "{}", Prose(&side.text, side.lang))?,
    }
    let kind = kind_name(link.kind);
    write!(
        out,
        "</p><div class=meta><span class=kind>{kind}</span><span>"
    )?;
    match found {
        Some((d, doc)) => {
            source(out, doc)?;
            write!(out, "</span><a href=\"#d{d}")?;
            if let Some(p) = places.first() {
                write!(out, "s{p}")?;
            }
            write!(out, "\">{}</a>", Esc(&doc.record.id))?;
        }
        None => write!(out, "{}</span>", Esc(&side.doc))?,
    }
    evidence::draw(out, link)?;
    out.write_str("</div></div>")
}

/// Sentences that stand together in a link, with a sign where some lie between.
fn passage(out: &mut String, doc: &Doc, places: &[usize], linked: &[Word]) -> fmt::Result {
    let mut before = None;
    // Where the sentence begins in the link's text, in which sentences are joined by
    // a space.
    let mut from = 0;
    for &p in places {
        match before {
            Some(b) if p > b + 1 => {
                out.write_str(" <span title=\"sentences left out\">[…]</span> ")?;
            }
            Some(_) => out.write_char(' ')?,
            None => {}
        }
        before = Some(p);
        let length = doc.record.sentences[p].text.chars().count();
        marks::draw(out, doc, p, &words::within(linked, from, length))?;
        from += length + 1;
    }
    Ok(())
}

/// A counterpart that is shown elsewhere.
fn pointer(out: &mut String, corpus: &Corpus, end: End) -> fmt::Result {
    let link = &corpus.links[end.link];
    let (Some(d), side) = corpus.other(end) else {
        return Ok(());
    };
    let doc = &corpus.documents[d];
    let (kind, language) = (kind_name(link.kind), language_name(side.lang));
    write!(out, "<p class=see>{kind} in {language}: <a href=\"#d{d}")?;
    if let Some(p) = doc.sentences(side).first() {
        write!(out, "s{p}")?;
    }
    out.write_str("\">")?;
    source(out, doc)?;
    write!(out, " · {}</a></p>", Esc(&doc.record.id))
}

fn kind_name(kind: Option<LinkKind>) -> &'static str {
    match kind {
        Some(LinkKind::Quote) => "Quote",
        Some(LinkKind::Statement) => "Statement",
        Some(LinkKind::Fact) => "Fact",
        None => "Link",
    }
}
