//! Quality floors: what the program reaches on the gold sets of articles, less a
//! little. A change that lowers a figure below its floor says so here, in review.

use std::path::Path;
use std::process::Command;

use diptych::eval::{Scores, score};

fn scores(set: &str) -> Scores {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/gold")
        .join(set);
    let out = tempfile::tempdir().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .arg("run")
        .arg(gold.join("texts"))
        .arg("-o")
        .arg(out.path())
        .arg("--quiet")
        .status()
        .unwrap();
    assert!(status.success(), "{set}: the run ended with {status}");
    score(&gold, out.path()).unwrap()
}

/// Holds the figures of a set against their floors, all of them in one message.
fn hold(set: &str, floors: &[(&str, f64)]) {
    let scores = serde_json::to_value(scores(set)).unwrap();
    let low: Vec<String> = floors
        .iter()
        .filter_map(|(path, floor)| {
            let value = scores
                .pointer(path)
                .and_then(serde_json::Value::as_f64)
                .unwrap_or_else(|| panic!("no figure at {path} in {scores}"));
            (value < *floor).then(|| format!("{path} is {value}, its floor is {floor}"))
        })
        .collect();
    assert!(low.is_empty(), "{set}: {}", low.join("; "));
}

#[test]
fn newsroom() {
    hold(
        "newsroom",
        &[
            ("/blocks/any/2", 0.995),
            ("/breaks/2", 0.99),
            ("/sentence_starts/2", 0.99),
            ("/quotes/marked/2", 0.97),
            ("/quotes/indirect/2", 0.73),
            ("/speaker_end_to_end/0", 0.93),
            ("/verbs/0", 0.96),
            ("/links_all/F1", 0.83),
            ("/quote_links_precision/0", 0.92),
            ("/quote_links_recall/0", 0.88),
        ],
    );
}

#[test]
fn gazette() {
    hold(
        "gazette",
        &[
            ("/blocks/any/2", 0.98),
            ("/breaks/2", 0.99),
            ("/sentence_starts/2", 0.97),
            ("/quotes/marked/2", 0.97),
            ("/quotes/indirect/2", 0.79),
            ("/speaker_end_to_end/0", 0.94),
            ("/verbs/0", 0.96),
            ("/links_all/F1", 0.78),
            ("/quote_links_precision/0", 0.92),
            ("/quote_links_recall/0", 0.85),
        ],
    );
}

/// Two running stories: what is said twice by one speaker, or of one thing on another
/// day, is easily taken for one.
#[test]
fn dispatches() {
    hold(
        "dispatches",
        &[
            ("/links_all/F1", 0.76),
            ("/links_cross/F1", 0.84),
            ("/quote_links_recall/0", 0.8),
        ],
    );
}

/// Articles in the manner of agencies and regional papers, kept unseen at first.
#[test]
fn courier() {
    hold(
        "courier",
        &[
            ("/blocks/any/2", 0.95),
            ("/breaks/2", 0.99),
            ("/sentence_starts/2", 0.99),
            ("/quotes/marked/2", 0.97),
            ("/quotes/indirect/2", 0.68),
            ("/speaker_end_to_end/0", 0.67),
            ("/verbs/0", 0.97),
            ("/links_all/F1", 0.78),
            ("/quote_links_precision/0", 0.95),
            ("/quote_links_recall/0", 0.93),
        ],
    );
}

#[test]
fn bulletin() {
    hold(
        "bulletin",
        &[
            ("/blocks/any/2", 0.975),
            ("/breaks/2", 0.99),
            ("/sentence_starts/2", 0.99),
            ("/quotes/marked/2", 0.975),
            ("/verbs/0", 0.94),
            ("/links_all/F1", 0.79),
            ("/quote_links_recall/0", 0.92),
        ],
    );
}

/// Conflict and diplomacy, in which the same few people speak in every article.
#[test]
fn embassy() {
    hold(
        "embassy",
        &[
            ("/links_all/F1", 0.82),
            ("/links_cross/F1", 0.84),
            ("/quote_links_precision/0", 0.95),
            ("/quote_links_recall/0", 0.9),
        ],
    );
}
