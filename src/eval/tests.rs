//! Small folders with known scores, and figures equal to the reference scorer's.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::*;

/// A folder with these records.
fn folder(documents: &[Value], links: &[Value]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let lines = |rows: &[Value]| rows.iter().map(|r| format!("{r}\n")).collect::<String>();
    std::fs::write(dir.path().join("documents.jsonl"), lines(documents)).unwrap();
    std::fs::write(dir.path().join("alignments.jsonl"), lines(links)).unwrap();
    dir
}

fn document(id: &str, lang: &str, artefacts: Value, sentences: Value, quotes: Value) -> Value {
    json!({"schema": "diptych/document/1", "id": id, "lang": lang,
        "source": {"path": format!("{id}.txt"), "sha256": "", "url": null, "outlet": null},
        "artefacts": artefacts, "sentences": sentences, "quotes": quotes})
}

fn sentence(id: usize, raw: [usize; 2]) -> Value {
    json!({"id": id, "role": "body", "text": "", "raw": raw})
}

fn quote(kind: &str, raw: [usize; 2], speaker: Option<&str>, verb: Option<&str>) -> Value {
    let speaker = speaker.map(|s| json!({"name": s, "mention": null}));
    json!({"id": 0, "kind": kind, "text": "", "raw": raw, "sentences": [0],
        "speaker": speaker, "verb": verb})
}

fn link(
    kind: Option<&str>,
    verdict: Option<&str>,
    a: (&str, &[usize]),
    b: (&str, &[usize]),
) -> Value {
    let side = |(doc, ids): (&str, &[usize])| json!({"doc": doc, "lang": "fr", "sentences": ids});
    json!({"schema": "diptych/alignment/1", "kind": kind, "verdict": verdict, "a": side(a), "b": side(b)})
}

fn artefact(kind: &str, raw: [usize; 2]) -> Value {
    json!({"kind": kind, "action": "drop", "raw": raw})
}

/// Two articles, one quotation each, one link to find and one to refuse.
fn gold() -> tempfile::TempDir {
    let body = || json!([sentence(0, [20, 60]), sentence(1, [61, 100])]);
    folder(
        &[
            document(
                "f",
                "fr",
                json!([artefact("title", [0, 10]), artefact("byline", [12, 18])]),
                body(),
                json!([quote(
                    "direct",
                    [62, 90],
                    Some("Nikol Pachinian"),
                    Some("a déclaré")
                )]),
            ),
            document("e", "en", json!([]), body(), json!([])),
        ],
        &[
            link(Some("quote"), Some("accept"), ("f", &[1]), ("e", &[0])),
            link(None, Some("reject"), ("f", &[0]), ("e", &[1])),
        ],
    )
}

#[test]
fn gold_against_itself_is_perfect() {
    let gold = gold();
    let s = score(gold.path(), gold.path()).unwrap();
    assert_eq!(s.blocks["any"], Prf(1.0, 1.0, 1.0, 2));
    assert_eq!(s.sentence_starts, (1.0, 1.0, 1.0));
    assert_eq!(s.quotes.marked, Prf(1.0, 1.0, 1.0, 1));
    assert_eq!(s.speaker_by_language["speaker_fr"], Share(1.0, 1));
    // The refused link stands in gold's file with its verdict, so it is no prediction.
    assert_eq!((s.links_all.precision, s.links_all.recall), (1.0, 1.0));
    assert_eq!(s.hard_negatives_linked, (0, 1));
}

#[test]
fn counts_what_is_wrong() {
    let out = folder(
        &[
            document(
                "f",
                "fr",
                // Place right, kind wrong; and a byline that is none.
                json!([artefact("heading", [0, 10]), artefact("byline", [20, 40])]),
                // The first sentence is lost, the second begins within two characters.
                json!([sentence(0, [63, 100])]),
                json!([
                    quote("mixed", [62, 91], Some("M. Pachinian"), None),
                    // In the headline, where nobody annotated.
                    quote("direct", [2, 8], None, None)
                ]),
            ),
            document(
                "e",
                "en",
                json!([]),
                json!([sentence(0, [20, 60]), sentence(1, [61, 100])]),
                json!([]),
            ),
        ],
        // Sides swapped: still the gold link. The other one is refused.
        &[
            link(Some("fact"), None, ("e", &[0]), ("f", &[0])),
            link(Some("quote"), None, ("e", &[1]), ("e", &[0])),
        ],
    );
    let s = score(gold().path(), out.path()).unwrap();
    assert_eq!(s.blocks["any"], Prf(0.5, 0.5, 0.5, 2));
    assert_eq!(s.blocks["title"], Prf(0.0, 0.0, 0.0, 1));
    assert_eq!(s.body_lost, 0.25);
    assert_eq!(s.sentence_starts, (1.0, 0.75, 0.857));
    assert_eq!(s.quotes.marked, Prf(1.0, 1.0, 1.0, 1));
    assert_eq!(s.quote_kind_acc, 0.0);
    assert_eq!(s.speaker_end_to_end, Share(1.0, 1));
    assert_eq!(s.verbs, Share(0.0, 1));
    assert_eq!(s.links_all.predicted, 2);
    assert_eq!((s.links_all.precision, s.links_all.recall), (0.5, 1.0));
    assert_eq!(s.link_kind_acc, Share(0.0, 1));
    assert_eq!(s.quote_links_precision, Share(0.0, 1));
}

#[test]
fn names_missing_documents() {
    let out = folder(&[document("f", "fr", json!([]), json!([]), json!([]))], &[]);
    let s = score(gold().path(), out.path()).unwrap();
    assert_eq!(s.missing_documents, ["e"]);
    // What is missing is not counted as wrong blocks, but its links are not found.
    assert_eq!(s.sentence_starts, (0.0, 0.0, 0.0));
    assert_eq!(s.links_all.gold, 1);
    assert!(s.to_string().contains("not in the output: e"));
}

#[test]
fn a_credit_on_its_captions_line_is_part_of_it() {
    let text = "Légende | Photo X\nCrédit Y\nTexte.";
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("f.txt");
    std::fs::write(&path, text).unwrap();
    let hash: String =
        sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(text))
            .iter()
            .map(|b: &u8| format!("{b:02x}"))
            .collect();
    let with = |artefacts: Value| {
        let mut d = document(
            "f",
            "fr",
            artefacts,
            json!([sentence(0, [27, 33])]),
            json!([]),
        );
        d["source"] = json!({"path": path, "sha256": hash, "url": null, "outlet": null});
        folder(&[d], &[])
    };
    let gold = with(json!([
        artefact("caption", [0, 17]),
        artefact("credit", [18, 26])
    ]));
    let out = with(json!([
        artefact("caption", [0, 7]),
        artefact("credit", [10, 17]),
        artefact("credit", [18, 26])
    ]));
    // The first credit joins its caption, the second stands on a line of its own.
    let s = score(gold.path(), out.path()).unwrap();
    assert_eq!(s.blocks["any"], Prf(1.0, 1.0, 1.0, 2));
}

#[test]
fn says_which_line_is_no_record() {
    let bad = folder(&[json!({"id": 3})], &[]);
    let e = score(bad.path(), bad.path()).unwrap_err();
    assert!(e.to_string().contains("documents.jsonl"), "{e}");
    assert!(e.to_string().contains("line 1"), "{e}");
}

// Figures equal to the reference scorer's, on gold and on gold altered at random.

/// A small generator (xorshift), so that the altered folders are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    /// Moves an offset by up to `by` to either side.
    fn shift(&mut self, at: &Value, by: usize) -> usize {
        let at = at.as_u64().unwrap() as usize;
        (at + self.roll(2 * by + 1)).saturating_sub(by)
    }

    fn shift_span(&mut self, record: &mut Value, by: usize) {
        let (a, b) = (
            self.shift(&record["raw"][0], by),
            self.shift(&record["raw"][1], by),
        );
        record["raw"] = json!([a.min(b), a.max(b)]);
    }
}

fn keep<'v>(list: &'v mut Value, dice: &mut Dice) -> &'v mut Vec<Value> {
    let list = list.as_array_mut().unwrap();
    list.retain(|_| dice.roll(9) != 0);
    list
}

fn alter_document(d: &mut Value, dice: &mut Dice) {
    const KINDS: [&str; 6] = [
        "caption",
        "credit",
        "title",
        "byline",
        "merged_boundary",
        "spacing",
    ];
    for a in keep(&mut d["artefacts"], dice) {
        match dice.roll(5) {
            0 => dice.shift_span(a, 9),
            1 => a["kind"] = json!(KINDS[dice.roll(KINDS.len())]),
            _ => dice.shift_span(a, 1),
        }
    }
    // Captions with a credit beside them, on the same line or the next.
    for _ in 0..dice.roll(4) {
        let at = dice.roll(900);
        let (end, gap) = (at + 5 + dice.roll(40), dice.roll(6));
        let more = [
            artefact("caption", [at, end]),
            artefact("credit", [end + gap, end + gap + 12]),
        ];
        d["artefacts"].as_array_mut().unwrap().extend(more);
    }
    for s in keep(&mut d["sentences"], dice) {
        match dice.roll(8) {
            0 => s["role"] = json!("caption"),
            1 => dice.shift_span(s, 90),
            _ => dice.shift_span(s, 2),
        }
    }
    for q in keep(&mut d["quotes"], dice) {
        match dice.roll(6) {
            0 => {
                q["kind"] = json!(["direct", "mixed", "floating", "indirect", "term"][dice.roll(5)])
            }
            1 => q["speaker"] = Value::Null,
            2 => q["speaker"] = json!({"name": "Personne d’Autre"}),
            3 => {
                q["verb"] =
                    json!(["a déclaré", "said", "dit", "has told", "avait été"][dice.roll(5)])
            }
            _ => dice.shift_span(q, 12),
        }
    }
}

fn alter_links(links: &mut Vec<Value>, dice: &mut Dice) {
    links.retain(|_| dice.roll(6) != 0);
    let sides: Vec<_> = links.iter().map(|l| l["a"].clone()).collect();
    for l in links {
        l["verdict"] = json!([None, None, None, Some("accept"), Some("reject")][dice.roll(5)]);
        match dice.roll(6) {
            0 => l["a"] = sides[dice.roll(sides.len())].clone(),
            1 => l["kind"] = json!(["quote", "statement", "fact"][dice.roll(3)]),
            2 => (l["a"], l["b"]) = (l["b"].clone(), l["a"].clone()),
            3 => l["b"]["sentences"] = json!([dice.roll(12), dice.roll(12)]),
            _ => {}
        }
    }
}

/// Every number of the reference is there and equal.
fn assert_same(reference: &Value, ours: &Value, at: &str) {
    match (reference, ours) {
        (Value::Object(r), Value::Object(o)) => {
            for (key, value) in r {
                assert_same(
                    value,
                    o.get(key).unwrap_or(&Value::Null),
                    &format!("{at}.{key}"),
                );
            }
        }
        (Value::Array(r), Value::Array(o)) => {
            assert_eq!(r.len(), o.len(), "{at}");
            for (i, (r, o)) in r.iter().zip(o).enumerate() {
                assert_same(r, o, &format!("{at}[{i}]"));
            }
        }
        _ => assert_eq!(
            reference
                .as_f64()
                .map(|x| x.to_string())
                .unwrap_or(reference.to_string()),
            ours.as_f64()
                .map(|x| x.to_string())
                .unwrap_or(ours.to_string()),
            "{at}"
        ),
    }
}

fn reference(shared: &Path, gold: &str, out: &Path) -> Option<Value> {
    let run = Command::new("python3")
        .arg(shared.join("gold/score.py"))
        .arg(shared.join("gold").join(gold))
        .arg(out)
        .arg("--json")
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    serde_json::from_slice(&run.stdout).ok()
}

fn read(folder: &Path, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    text.lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

#[test]
fn equals_the_reference_scorer() {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let sets = [
        ("seeds.json", "gold/expected/seeds", "seeds"),
        (
            "newsroom-dev/gold.json",
            "gold/expected/newsroom-dev",
            "gold/newsroom-dev/texts",
        ),
    ];
    if !shared.join("gold/score.py").exists() || Command::new("python3").output().is_err() {
        println!("skipped: no ../shared/gold/score.py, or no python3 to run it");
        return;
    }
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (gold, expected, texts) in sets {
        let expected = shared.join(expected);
        let mut documents = read(&expected, "documents.jsonl");
        let links = read(&expected, "alignments.jsonl");
        for d in &mut documents {
            let name = d["source"]["path"].as_str().unwrap().to_owned();
            let folder = shared.join(texts);
            let path = walkdir::WalkDir::new(folder)
                .into_iter()
                .flatten()
                .find(|f| f.file_name() == name.as_str());
            d["source"]["path"] = json!(path.unwrap().path());
        }
        for round in 0..12 {
            let (mut documents, mut links) = (documents.clone(), links.clone());
            if round > 0 {
                for d in &mut documents {
                    alter_document(d, &mut dice);
                }
                alter_links(&mut links, &mut dice);
            }
            let out = folder(&documents, &links);
            let ours = serde_json::to_value(score(&expected, out.path()).unwrap()).unwrap();
            let theirs = reference(&shared, gold, out.path()).unwrap();
            assert_same(&theirs, &ours, &format!("{gold} round {round}"));
        }
    }
}
