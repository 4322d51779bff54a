//! What stands around the articles: head, legend, contents, foot.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use super::About;
use super::article::source;
use super::html::{Esc, LangAttr, Prose, count, language_name};
use super::model::{Corpus, Group};
use crate::document::{Lang, LinkKind};

/// Contents of more articles than this start folded.
const OPEN_CONTENTS: usize = 60;

const STYLE: &str = include_str!("style.css");

/// Everything before the first article.
pub(super) fn head(out: &mut String, corpus: &Corpus, about: &About) -> fmt::Result {
    let articles = count(corpus.documents.len(), "article", "articles");
    write!(
        out,
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <title>Diptych: {articles} side by side</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <div class=top><h1>Diptych</h1>\n<p class=lead>Each article on the left, sentence by sentence; \
         on the right, what other articles report of the same utterance or fact."
    )?;
    if let Some(model) = &about.model {
        write!(
            out,
            " Translations under the sentences are by machine ({}).",
            Esc(model)
        )?;
    }
    out.write_str("</p>\n")?;
    if corpus.documents.is_empty() {
        out.write_str("<p class=lead>No articles were processed.</p>\n")?;
    } else {
        figures(out, corpus)?;
        legend(out)?;
    }
    if about.errors > 0 {
        let n = count(about.errors, "document", "documents");
        writeln!(
            out,
            "<p class=\"lead note\">{n} could not be processed; errors.jsonl says why.</p>"
        )?;
    }
    if about.all > corpus.documents.len() {
        writeln!(
            out,
            "<p class=\"lead note\">Of {} the first that have counterparts are shown, with these; \
             documents.jsonl and alignments.jsonl hold all.</p>",
            count(about.all, "article", "articles")
        )?;
    }
    out.write_str("</div>\n<main>\n")?;
    contents(out, corpus)
}

/// The figures of the whole corpus.
fn figures(out: &mut String, corpus: &Corpus) -> fmt::Result {
    let sum = |f: fn(&crate::record::DocumentRecord) -> usize| -> usize {
        corpus.documents.iter().map(|d| f(d.record)).sum()
    };
    let cross = corpus.links.iter().filter(|l| l.a.lang != l.b.lang).count();
    out.write_str("<ul class=num>")?;
    for group in &corpus.groups {
        let n = group.documents.len();
        let noun = if n == 1 { "article" } else { "articles" };
        write!(
            out,
            "<li><b>{n}</b>{} {noun}</li>",
            language_name(group.lang)
        )?;
    }
    for (n, one, many) in [
        (sum(|d| d.sentences.len()), "sentence", "sentences"),
        (sum(|d| d.quotes.len()), "quotation", "quotations"),
        (
            cross,
            "match between languages",
            "matches between languages",
        ),
        (
            corpus.links.len() - cross,
            "match within a language",
            "matches within a language",
        ),
    ] {
        write!(
            out,
            "<li><b>{n}</b>{}</li>",
            if n == 1 { one } else { many }
        )?;
    }
    out.write_str("</ul>\n")
}

fn legend(out: &mut String) -> fmt::Result {
    out.write_str("<ul class=key aria-label=Legend>")?;
    for (kind, meaning) in [
        (LinkKind::Quote, "the same utterance, quoted"),
        (LinkKind::Statement, "the same utterance, reported"),
        (LinkKind::Fact, "the same fact"),
    ] {
        write!(
            out,
            "<li class={kind}><i class=dot></i>{kind}: {meaning}</li>"
        )?;
    }
    out.write_str(
        "<li><i class=dot></i>no counterpart</li>\
         <li><span class=q>between quotation marks</span></li>\
         <li><span class=i>reported speech</span></li>\
         <li><span class=e>edited for the translator</span></li>\
         <li><span class=brk>\u{21b5}</span>a lost break put back</li></ul>\n",
    )
}

/// The list of articles with their counts.
fn contents(out: &mut String, corpus: &Corpus) -> fmt::Result {
    if corpus.documents.is_empty() {
        return Ok(());
    }
    let open = if corpus.documents.len() <= OPEN_CONTENTS {
        " open"
    } else {
        ""
    };
    writeln!(
        out,
        "<nav aria-label=Contents id=contents><details{open}><summary>Contents</summary><div class=cols>"
    )?;
    for group in &corpus.groups {
        writeln!(
            out,
            "<table class=toc><thead><tr><th scope=col>{}</th><th scope=col class=n>sentences</th>\
             <th scope=col class=n>matched</th></tr></thead><tbody>",
            group_name(group.lang)
        )?;
        for &index in &group.documents {
            entry(out, corpus, index)?;
        }
        out.write_str("</tbody></table>\n")?;
    }
    out.write_str("</div></details></nav>\n")
}

fn entry(out: &mut String, corpus: &Corpus, index: usize) -> fmt::Result {
    let doc = &corpus.documents[index];
    let matched: BTreeSet<_> = doc
        .links
        .iter()
        .flat_map(|e| doc.sentences(e.own(&corpus.links[e.link])))
        .collect();
    let lang = LangAttr(doc.record.lang);
    write!(
        out,
        "<tr><td><a href=\"#d{index}\"{lang}>{}</a><span class=meta>",
        Prose(&doc.title, doc.record.lang)
    )?;
    source(out, doc)?;
    writeln!(
        out,
        " · {}</span></td><td class=n data-of=sentences>{}</td><td class=n data-of=matched>{}</td></tr>",
        Esc(&doc.record.id),
        doc.record.sentences.len(),
        matched.len()
    )
}

fn group_name(lang: Lang) -> String {
    match lang {
        Lang::UNKNOWN => "Articles in an unknown language".to_owned(),
        _ => format!("{} articles", language_name(lang)),
    }
}

/// The heading of a language's articles.
pub(super) fn group_heading(out: &mut String, group: &Group) -> fmt::Result {
    writeln!(out, "<h2>{}</h2>", group_name(group.lang))
}

/// Everything after the last article.
pub(super) fn foot(out: &mut String, about: &About) -> fmt::Result {
    write!(
        out,
        "</main>\n<footer>Made by diptych {}. Scores run from 0 to 1; the records behind this page are \
         documents.jsonl and alignments.jsonl in the same folder.</footer>\n</body>\n</html>\n",
        Esc(&about.version)
    )
}
