//! Quotations in the short passages of `tests/quotes`, each of one manner of
//! quoting, against the marks a person set in them (`scripts/eval/quotes.py` says how
//! they are written, counts the same and prints what is wrong).

use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

/// A quotation as marked.
struct Marked {
    kind: char,
    /// Code points.
    span: [u64; 2],
    speakers: Vec<String>,
}

/// The text of a passage and its quotations: `{kind:speaker:verb|what is said}`.
fn passage(marked: &str) -> (String, Vec<Marked>) {
    let (mut text, mut quotes) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (mark, next) = after.split_once('}').expect("a mark is closed");
        let (label, said) = mark.split_once('|').expect("a mark has a label");
        let mut label = label.split(':');
        let kind = label
            .next()
            .unwrap_or_default()
            .chars()
            .next()
            .expect("a kind");
        let names = label.next().unwrap_or_default();
        let start = text.chars().count() as u64;
        text.push_str(said);
        quotes.push(Marked {
            kind,
            span: [start, text.chars().count() as u64],
            speakers: names
                .split('/')
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect(),
        });
        rest = next;
    }
    text.push_str(rest.trim_end());
    (text, quotes)
}

fn overlap(a: [u64; 2], b: [u64; 2]) -> f64 {
    let common = a[1].min(b[1]).saturating_sub(a[0].max(b[0]));
    common as f64 / (a[1].max(b[1]) - a[0].min(b[0])).max(1) as f64
}

/// The shares of a set of passages that are right: marked quotations found (F1),
/// and speakers of all quotations that have one.
fn shares(name: &str) -> (f64, f64) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/quotes")
        .join(name);
    let file = std::fs::read_to_string(path).unwrap();
    let lang = if name.contains("-fr") { "fr" } else { "en" };
    let passages: Vec<_> = file
        .split("== ")
        .skip(1)
        .filter_map(|block| block.split_once('\n'))
        .map(|(_, body)| passage(body))
        .collect();
    let lines: Vec<String> = passages
        .iter()
        .enumerate()
        .map(|(i, (text, _))| json!({"id": i.to_string(), "text": text, "lang": lang}).to_string())
        .collect();
    let run = Command::cargo_bin("diptych")
        .unwrap()
        .args(["quotes", "-"])
        .write_stdin(lines.join("\n"))
        .unwrap();
    let found: Vec<Value> = String::from_utf8(run.stdout)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let (mut right, mut got, mut expected, mut named, mut speakers) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (i, (_, quotes)) in passages.iter().enumerate() {
        let doc = i.to_string();
        let of_text = |q: &&Value| q["doc"].as_str() == Some(doc.as_str());
        let is_marked =
            |q: &Value| matches!(q["kind"].as_str(), Some("direct" | "mixed" | "floating"));
        got += found
            .iter()
            .filter(of_text)
            .filter(|q| is_marked(q))
            .count() as f64;
        for quote in quotes.iter().filter(|q| !matches!(q.kind, 't' | 'x')) {
            let hit = found.iter().filter(of_text).find(|q| {
                let raw = [q["raw"][0].as_u64().unwrap(), q["raw"][1].as_u64().unwrap()];
                is_marked(q) == (quote.kind != 'i') && overlap(raw, quote.span) >= 0.6
            });
            if quote.kind != 'i' {
                expected += 1.0;
                right += f64::from(u8::from(hit.is_some()));
            }
            if !quote.speakers.is_empty() {
                named += 1.0;
                let name = hit
                    .and_then(|q| q["speaker"]["name"].as_str())
                    .unwrap_or_default();
                let last = |n: &str| n.split(' ').next_back().unwrap_or_default().to_lowercase();
                let same = |n: &String| {
                    !name.is_empty()
                        && (last(n) == last(name) || n.contains(name) || name.contains(n.as_str()))
                };
                speakers += f64::from(u8::from(quote.speakers.iter().any(same)));
            }
        }
    }
    (2.0 * right / (got + expected), speakers / named)
}

#[test]
fn passages_keep_their_quotations_and_speakers() {
    for (name, marked, speakers) in [
        ("first-fr.txt", 0.96, 0.93),
        ("first-en.txt", 0.95, 0.90),
        ("second-fr.txt", 0.96, 0.90),
        ("second-en.txt", 0.95, 0.90),
        ("third-fr.txt", 0.95, 0.91),
        ("third-en.txt", 0.95, 0.88),
        ("fourth-fr.txt", 0.93, 0.86),
        ("fourth-en.txt", 0.95, 0.93),
        ("fifth-fr.txt", 0.94, 0.93),
        ("sixth-fr.txt", 0.97, 0.93),
        ("seventh-fr.txt", 0.92, 0.74),
        ("seventh-en.txt", 0.97, 0.80),
    ] {
        let (found, named) = shares(name);
        assert!(
            found >= marked,
            "{name}: quotations {found:.3}, floor {marked}"
        );
        assert!(
            named >= speakers,
            "{name}: speakers {named:.3}, floor {speakers}"
        );
    }
}
