//! One article: its sentences in rows, each with its counterparts.

use std::fmt::{self, Write};

use serde_json::Value;

use super::html::{Esc, LangAttr, Prose, count, date, language_name, web_address};
use super::marks::{self, Word};
use super::model::{Corpus, Doc, End, rank, title_sentences};
use crate::document::{Action, LinkKind, QuoteKind, Role};
use crate::record::{LinkRecord, SentenceRecord, UnmatchedRecord};

/// Sentences that a link holds together, and the links shown beside them.
struct Row {
    first: usize,
    last: usize,
    /// Links whose first sentence is here.
    links: Vec<End>,
    /// Links shown in an earlier row that reach this one, with that row's first sentence.
    continued: Vec<(End, usize)>,
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
    notes(out, doc)?;
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
                &own_words(corpus, doc, &row, place),
            )?;
        }
        out.write_str("</div><div class=r>")?;
        if unlinked {
            // Said once for a run of such sentences; the ring on the hinge says it
            // for each of them.
            let class = if alone { "sr" } else { "none" };
            write!(out, "<p class={class}>no counterpart</p>")?;
            if let Some(record) = corpus.unmatched(doc, row.first) {
                nearest(out, corpus, record)?;
            }
        } else {
            counterparts(out, corpus, index, &row, main)?;
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
    write!(out, "<p class=tr lang=en>{}", Esc(&t.text))?;
    if t.truncated {
        out.write_str(
            " <span title=\"the sentence was longer than the model reads\">[cut]</span>",
        )?;
    }
    out.write_str("</p>")
}

/// The right panel: counterparts in other languages, then those in the same.
fn counterparts(
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
fn nearest(out: &mut String, corpus: &Corpus, record: &UnmatchedRecord) -> fmt::Result {
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

fn kind_name(kind: Option<LinkKind>) -> &'static str {
    match kind {
        Some(LinkKind::Quote) => "Quote",
        Some(LinkKind::Statement) => "Statement",
        Some(LinkKind::Fact) => "Fact",
        None => "Link",
    }
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
            passage(out, doc, &places, &linked(link, end.is_b))?;
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
    score(out, link)?;
    out.write_str("</div></div>")
}

/// Sentences that stand together in a link, with a sign where some lie between.
fn passage(out: &mut String, doc: &Doc, places: &[usize], words: &[Word]) -> fmt::Result {
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
        marks::draw(out, doc, p, &within(words, from, length))?;
        from += length + 1;
    }
    Ok(())
}

/// The linked words of one sentence of a link's text, counted from where it begins.
fn within(words: &[Word], from: usize, length: usize) -> Vec<Word> {
    words
        .iter()
        .filter(|w| from <= w.start && w.end <= from + length)
        .map(|w| Word {
            start: w.start - from,
            end: w.end - from,
            other: w.other.clone(),
        })
        .collect()
}

/// The linked words of one of the article's own sentences, by its best link.
fn own_words(corpus: &Corpus, doc: &Doc, row: &Row, place: usize) -> Vec<Word> {
    let order = |e: &End| {
        let link = &corpus.links[e.link];
        (rank(link.kind), -(link.score * 1000.0) as i64)
    };
    let touching = row.ends().filter(|e| {
        let side = e.own(&corpus.links[e.link]);
        doc.sentences(side).contains(&place)
    });
    let Some(end) = touching.min_by_key(order) else {
        return Vec::new();
    };
    let link = &corpus.links[end.link];
    let sentences = &doc.record.sentences;
    let length = |p: usize| sentences[p].text.chars().count();
    let before = doc.sentences(end.own(link)).into_iter();
    let from = before.filter(|p| *p < place).map(|p| length(p) + 1).sum();
    within(&linked(link, !end.is_b), from, length(place))
}

/// The words of the other side of a link with those of this side they are linked to.
fn linked(link: &LinkRecord, is_b: bool) -> Vec<Word> {
    let own = if is_b { &link.b } else { &link.a };
    let of = |[start, end]: [usize; 2]| -> String {
        let length = end.saturating_sub(start);
        own.text.chars().skip(start).take(length).collect()
    };
    let words = link.words.iter().flatten();
    words
        .map(|&(a, b, _)| {
            let (own, other) = if is_b { (b, a) } else { (a, b) };
            Word {
                start: other[0],
                end: other[1],
                other: of(own),
            }
        })
        .collect()
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

/// The score, with the evidence on hover and behind a click.
fn score(out: &mut String, link: &LinkRecord) -> fmt::Result {
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

/// What stands under the panels: quotations with their speakers, what was taken
/// out, and how many small edits there are.
fn notes(out: &mut String, doc: &Doc) -> fmt::Result {
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
