//! `diptych clean`: documents without translation, with `--text` only their clean
//! text, or with `--explain` their raw text with what became of each stretch and why.

use std::collections::BTreeMap;
use std::io::IsTerminal;

use diptych::document::{Action, Artefact, Document, Lang, View};
use diptych::error::Result;
use diptych::read;
use diptych::record::DocumentRecord;
use rayon::prelude::*;

use super::stages::keep;
use super::{line, print_lines, print_text};
use crate::Status;
use crate::args::Clean;
use crate::context::Context;

/// Records as JSON Lines, or an explanation of each document.
pub fn clean(context: &Context, arguments: &Clean) -> Result<Status> {
    let found = read::find(&arguments.inputs.inputs)?;
    let colours = std::io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut errors = Vec::new();
    let mut foreign = Foreign::default();
    if arguments.text {
        context.run(&[]).stream_texts(&found.inputs, |results| {
            let texts = keep(results, &mut errors);
            texts.iter().for_each(|t| foreign.count(t.lang));
            print_lines(texts.par_iter().map(line))
        })?;
    } else {
        context.run(&[]).stream(&found.inputs, |results| {
            let documents = keep(results, &mut errors);
            documents.iter().for_each(|d| foreign.count(d.lang));
            if arguments.explain {
                let texts = documents.iter().map(|d| explanation(d, colours));
                return print_text(&texts.collect::<String>());
            }
            print_lines(documents.par_iter().map(|d| line(&DocumentRecord::from(d))))
        })?;
    }
    foreign.tell(context);
    Ok(context.refusals(&errors))
}

/// The documents to which the rules of no language apply.
#[derive(Default)]
struct Foreign(BTreeMap<Lang, usize>);

impl Foreign {
    fn count(&mut self, lang: Lang) {
        if ![Lang::FR, Lang::EN].contains(&lang) {
            *self.0.entry(lang).or_default() += 1;
        }
    }

    /// Says which they are.
    fn tell(&self, context: &Context) {
        if self.0.is_empty() {
            return;
        }
        let counts: Vec<String> = self
            .0
            .iter()
            .map(|(lang, n)| format!("{lang} {n}"))
            .collect();
        context.tell(&format!(
            "documents in other languages ({}) were cleaned by the rules that need no language",
            counts.join(", ")
        ));
    }
}

/// The raw text of a document in pieces, one for each stretch that was kept or
/// taken out, with what was done to it in front.
fn explanation(document: &Document, colours: bool) -> String {
    let raw = &document.raw;
    let fact = |name: &str, value: Option<&str>| format!("  {name}: {}\n", value.unwrap_or("-"));
    let mut out = format!(
        "{}  ({} {:.2})\n",
        document.id,
        document.lang.code(),
        document.lang_confidence
    );
    out.push_str(&fact("title", document.title.as_deref()));
    out.push_str(&fact("date", document.date.as_deref()));
    out.push_str(&fact("outlet", document.source.outlet.as_deref()));
    let mut at = 0;
    for artefact in &document.artefacts {
        if artefact.view == Some(View::Model) {
            continue;
        }
        let (start, end) = (artefact.span.start(), artefact.span.end());
        push(&mut out, raw, at, start, None, colours);
        push(&mut out, raw, start, end, Some(artefact), colours);
        at = at.max(end);
    }
    push(&mut out, raw, at, raw.len(), None, colours);
    out.push('\n');
    out
}

/// Adds a stretch; what is blank and has no artefact is left out.
fn push(
    out: &mut String,
    raw: &str,
    from: usize,
    to: usize,
    why: Option<&Artefact>,
    colours: bool,
) {
    let text = raw.get(from..to).unwrap_or_default();
    if why.is_none() && text.trim().is_empty() {
        return;
    }
    let (head, colour) = match why {
        None => ("keep".to_string(), None),
        Some(a) => (
            format!(
                "{:8} {:13} {} {:.2}",
                a.action.name(),
                a.kind.name(),
                a.rule,
                a.confidence
            ),
            Some(match a.action {
                Action::Drop => "31",
                Action::Relabel => "36",
                Action::Split => "32",
                Action::Replace => "33",
            }),
        ),
    };
    let place = format!("[{from}, {to})");
    out.push_str(&match colour {
        Some(code) if colours => format!("  \u{1b}[{code}m{head}\u{1b}[0m {place}\n"),
        _ => format!("  {head} {place}\n"),
    });
    let replacement = why.and_then(|a| a.replacement.as_deref());
    if let Some(replacement) = replacement {
        out.push_str(&format!("      {text:?} -> {replacement:?}\n"));
        return;
    }
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        // No control character of the input reaches the terminal.
        let plain: String = line.chars().filter(|c| !c.is_control()).collect();
        out.push_str(&format!("      {}\n", plain.trim()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diptych::document::Source;
    use diptych::pipeline::prepare;
    use diptych::read::Article;

    #[test]
    fn each_stretch_has_its_rule_and_nothing_is_left_out() {
        let text = "date 2020-10 Une trêve fragile\n\nLes tirs ont cessé lundi dans la vallée, dit-on.\n\nPartager sur Facebook";
        let document = prepare(Article {
            id: "a".into(),
            line: None,
            source: Source {
                path: "a.txt".into(),
                sha256: String::new(),
                url: None,
                outlet: None,
            },
            text: text.into(),
            lang: Some(Lang::FR),
            date: None,
            title: None,
        })
        .unwrap();
        let shown = explanation(&document, false);
        for part in [
            "date_header   any-date-header 0.99 [0, 12)\n      date 2020-10",
            "title ",
            "keep [",
            "Les tirs ont cessé lundi dans la vallée, dit-on.",
            "fr-share-sentence",
        ] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        assert!(!shown.contains('\u{1b}'));
        assert!(explanation(&document, true).contains("\u{1b}[31mdrop"));
    }
}
