//! The command as a user runs it: exit statuses, messages, what is written.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

const FRENCH: &str = "Le maire de la ville a annoncé jeudi la fermeture du pont pour deux semaines. \
    « Nous n'avons pas le choix », a-t-il déclaré devant les habitants.\n";

fn diptych() -> Command {
    let mut command = Command::cargo_bin("diptych").expect("the binary is built");
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // What this user has downloaded is of no concern here.
        .env("DIPTYCH_MODELS", "none");
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

fn text(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn run(input: &Path, out: &Path, more: &[&str]) -> std::process::Output {
    diptych()
        .arg("run")
        .arg(input)
        .arg("-o")
        .arg(out)
        .args(more)
        .output()
        .unwrap()
}

fn records(path: PathBuf) -> Vec<serde_json::Value> {
    text(path)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

#[test]
fn french_articles_are_translated_and_the_folder_is_complete() {
    let input = folder(&[("a.txt", FRENCH.as_bytes())]);
    let out = TempDir::new().unwrap();
    let output = run(input.path(), out.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let documents = records(out.path().join("documents.jsonl"));
    assert_eq!(documents.len(), 1);
    for sentence in documents[0]["sentences"].as_array().unwrap() {
        let translation = &sentence["translation"]["text"];
        assert!(!translation.as_str().unwrap().is_empty(), "{sentence}");
    }
    assert_eq!(text(out.path().join("errors.jsonl")), "");
    let manifest: serde_json::Value =
        serde_json::from_str(&text(out.path().join("manifest.json"))).unwrap();
    for name in [
        "documents.jsonl",
        "alignments.jsonl",
        "errors.jsonl",
        "report.html",
    ] {
        let bytes = fs::read(out.path().join(name)).unwrap();
        assert_eq!(
            manifest["outputs"][name],
            diptych::read::sha256(&bytes),
            "{name}"
        );
    }
    assert_eq!(
        manifest["inputs"][0]["sha256"],
        diptych::read::sha256(FRENCH.as_bytes())
    );
}

#[test]
fn offsets_lead_to_the_raw_text() {
    let raw = "Été&nbsp;: l’accord est signé.\r\n\r\n« Très bien », a dit le maire à la presse.";
    let input = folder(&[("a.txt", raw.as_bytes())]);
    let out = TempDir::new().unwrap();
    run(input.path(), out.path(), &["--no-translate"]);
    let characters: Vec<char> = raw.chars().collect();
    let documents = records(out.path().join("documents.jsonl"));
    let sentences = documents[0]["sentences"].as_array().unwrap();
    assert!(sentences.len() >= 2);
    let at = |v: &serde_json::Value| v.as_u64().unwrap() as usize;
    for s in sentences {
        let by_characters: String = characters[at(&s["raw"][0])..at(&s["raw"][1])]
            .iter()
            .collect();
        let by_bytes = &raw[at(&s["raw_bytes"][0])..at(&s["raw_bytes"][1])];
        assert_eq!(by_characters, by_bytes);
    }
    let last = sentences.last().unwrap();
    assert!(
        last["text"].as_str().unwrap().ends_with("à la presse."),
        "{last}"
    );
}

#[test]
fn a_bad_document_goes_to_the_errors_and_the_others_are_done() {
    let input = folder(&[
        ("a.txt", FRENCH.as_bytes()),
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("nul.txt", &[0u8; 300]),
        ("cut.jsonl", b"{\"id\": \"x\", \"text\": \"Une phrase"),
        (
            "bytes.txt",
            b"Une phrase fran\xe7aise, en fin de journ\xe9e, \xe0 No\xebl.",
        ),
    ]);
    let out = TempDir::new().unwrap();
    let output = run(input.path(), out.path(), &["--no-translate"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = records(out.path().join("errors.jsonl"));
    let mut names: Vec<_> = errors
        .iter()
        .map(|e| e["path"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["blank.txt", "cut.jsonl", "empty.txt", "nul.txt"]);
    assert!(
        errors
            .iter()
            .all(|e| e["error"].is_string() && e["hint"].is_string())
    );
    let documents = records(out.path().join("documents.jsonl"));
    let ids: Vec<_> = documents
        .iter()
        .map(|d| d["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["a", "bytes"]);
    assert!(documents[1]["text"].as_str().unwrap().contains("française"));
    assert!(stderr(&output).contains("empty.txt: the file is empty"));
}

#[test]
fn a_broken_link_is_an_error_record_and_a_missing_file_named_outright_is_fatal() {
    let input = folder(&[("a.txt", FRENCH.as_bytes())]);
    let gone = input.path().join("gone.txt");
    // Unreadable for the superuser, too.
    std::os::unix::fs::symlink("/nowhere/at/all", &gone).unwrap();
    let out = TempDir::new().unwrap();
    let output = run(input.path(), out.path(), &["--no-translate"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(records(out.path().join("documents.jsonl")).len(), 1);
    assert_eq!(records(out.path().join("errors.jsonl")).len(), 1);
    let output = run(&gone, out.path(), &["--no-translate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no such file"));
}

#[test]
fn records_do_not_depend_on_jobs_or_order() {
    let other = FRENCH.replace("pont", "tunnel").replace("deux", "trois");
    let input = folder(&[
        ("a.txt", FRENCH.as_bytes()),
        ("b.txt", other.as_bytes()),
        ("c.txt", b"The mayor of the town said on Thursday that the bridge would close for two weeks. \"We have no choice,\" he told residents."),
    ]);
    let path = |name: &str| input.path().join(name).to_string_lossy().into_owned();
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (out, jobs, order) in [
        (&one, "1", ["a.txt", "b.txt", "c.txt"]),
        (&two, "2", ["c.txt", "b.txt", "a.txt"]),
    ] {
        diptych()
            .arg("run")
            .args(order.map(path))
            .arg("-o")
            .arg(out.path())
            .args(["--jobs", jobs])
            .assert()
            .code(0);
    }
    let lines = |dir: &TempDir| {
        let mut lines: Vec<String> = text(dir.path().join("documents.jsonl"))
            .lines()
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&one), lines(&two));
    assert_eq!(
        text(one.path().join("alignments.jsonl")),
        text(two.path().join("alignments.jsonl"))
    );
}

#[test]
fn a_missing_or_damaged_model_is_fatal_before_anything_is_written() {
    let input = folder(&[("a.txt", FRENCH.as_bytes())]);
    let models = TempDir::new().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/fr-en");
    let copy = models.path().join("fr-en");
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let attempt = |model: &Path| {
        let parent = TempDir::new().unwrap();
        let out = parent.path().join("out");
        let output = run(input.path(), &out, &["--model", &model.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(!out.exists(), "nothing is written");
        stderr(&output)
    };
    assert!(attempt(&models.path().join("none")).contains("there is no model"));
    assert!(attempt(models.path()).contains("model.toml cannot be read"));
    let weights = fs::read_dir(&copy)
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.extension().is_some_and(|e| e == "bin"))
        .unwrap();
    let mut bytes = fs::read(&weights).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&weights, &bytes).unwrap();
    assert!(attempt(&copy).contains("sha256"));
    diptych()
        .args(["models", "verify"])
        .arg(&copy)
        .assert()
        .code(2);
    fs::write(&weights, &bytes[..middle]).unwrap();
    assert!(attempt(&copy).contains("cut short"));
    fs::remove_file(&weights).unwrap();
    assert!(attempt(&copy).contains("cannot be read"));
}

#[test]
fn bundled_models_are_sound() {
    diptych().args(["models", "verify"]).assert().code(0);
}

#[test]
fn wrong_usage_says_what_to_do() {
    let input = folder(&[("note.pdf", b"x")]);
    let out = TempDir::new().unwrap();
    let output = run(input.path(), out.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("has no .txt, .html or .jsonl file"));
    let config = folder(&[("c.toml", b"[align]\nmin_scor = 0.5\n")]);
    let config = config.path().join("c.toml");
    let output = run(
        input.path(),
        out.path(),
        &["--config", &config.to_string_lossy()],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("min_scor"), "{}", stderr(&output));
    let file = folder(&[("a.txt", FRENCH.as_bytes())]);
    let file = file.path().join("a.txt");
    let output = run(&file, &file, &["--no-translate"]);
    assert_eq!(output.status.code(), Some(2), "the output is a file");
    assert!(stderr(&output).contains("cannot make the output folder"));
}

#[cfg(not(feature = "rust-bert"))]
#[test]
fn an_engine_that_was_not_built_in_says_how_to_build_it() {
    let output = diptych()
        .args(["translate", "--lines", "--engine", "rust-bert"])
        .args(["--model", "models/fr-en-hf"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("scripts/setup-libtorch && cargo build --release"));
}

#[test]
fn messages_can_be_json() {
    let input = folder(&[("empty.txt", b"")]);
    let output = diptych()
        .args(["clean", "--log-format", "json"])
        .arg(input.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let first = stderr(&output).lines().next().unwrap().to_owned();
    let message: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(message["error"], "the file is empty");
}

#[test]
fn lines_stay_lines() {
    let output = diptych()
        .args(["translate", "--lines"])
        .write_stdin("Bonjour.\n\n12 %\nLe maire est parti.")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let out = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = out.split('\n').collect();
    assert_eq!(lines.len(), 5, "{out:?}");
    assert!(lines[0].len() > 1 && lines[3].len() > 1);
    assert_eq!((lines[1], lines[2]), ("", "12%"));
}

#[test]
fn standard_input_may_be_records_or_text() {
    for (stdin, id) in [
        (FRENCH.to_owned(), "stdin"),
        (
            format!("{}\n", serde_json::json!({"id": "k1", "text": FRENCH})),
            "k1",
        ),
    ] {
        let output = diptych()
            .args(["clean", "-"])
            .write_stdin(stdin)
            .output()
            .unwrap();
        let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(record["id"], id);
        assert_eq!(record["lang"], "fr");
    }
}

#[test]
fn clean_text_is_the_text_of_the_whole_record() {
    let input = folder(&[
        (
            "a.txt",
            format!("Le pont fermé\n\nPublié le 8 mars 2022\n\n{FRENCH}\nPartager sur Facebook")
                .as_bytes(),
        ),
        ("empty.txt", b""),
    ]);
    let clean = |more: &[&str]| {
        let output = diptych()
            .arg("clean")
            .args(more)
            .arg(input.path())
            .output()
            .unwrap();
        // The empty file is reported, the other one written.
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(stderr(&output).contains("the file is empty"));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let (slim, whole) = (clean(&["--text"]), clean(&[]));
    let fields: Vec<_> = slim.as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        ["date", "id", "lang", "outlet", "schema", "text", "title"]
    );
    assert_eq!(slim["schema"], "diptych/text/1");
    assert_eq!(slim["date"], "2022-03-08");
    for field in ["id", "lang", "title", "date", "text"] {
        assert_eq!(slim[field], whole[field], "{field}");
    }
    assert_eq!(slim["outlet"], whole["source"]["outlet"]);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let input = folder(&[("a.txt", FRENCH.repeat(2000).as_bytes())]);
    let bin = assert_cmd::cargo::cargo_bin("diptych");
    let script = format!(
        "'{}' clean '{}' | head -c 10 >/dev/null; exit ${{PIPESTATUS[0]}}",
        bin.display(),
        input.path().display()
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn segmenting_gives_offsets_of_the_text_as_it_is() {
    let output = diptych()
        .args(["segment", "-"])
        .write_stdin("Il pleut à verse. Il neige aussi.\nIl vente.")
        .output()
        .unwrap();
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let raw: Vec<_> = record["sentences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["raw"].clone())
        .collect();
    let expected = [[0, 17], [18, 33], [34, 43]].map(|r| serde_json::json!(r));
    assert_eq!(raw, expected);
}

#[test]
fn two_texts_are_aligned_line_by_line() {
    let input = folder(&[
        (
            "fr.txt",
            "Le président a parlé à Paris.\nIl pleuvait.\nLa guerre a duré 12 ans.\n".as_bytes(),
        ),
        (
            "en.txt",
            b"The president spoke in Paris.\nThe war lasted 12 years.\n",
        ),
        ("via.txt", b"The president spoke in Paris.\n"),
    ]);
    let path = |name: &str| input.path().join(name).to_string_lossy().into_owned();
    let align = |more: &[&str]| {
        diptych()
            .args(["align", &path("fr.txt"), &path("en.txt")])
            .args(more)
            .output()
            .unwrap()
    };
    let beads = String::from_utf8(align(&["--format", "beads"]).stdout).unwrap();
    let groups: Vec<String> = beads
        .lines()
        .map(|l| l.split(':').take(2).collect::<Vec<_>>().join(":"))
        .collect();
    assert_eq!(groups, ["[0]:[0]", "[1]:[]", "[2]:[1]"], "{beads}");
    let records = String::from_utf8(align(&[]).stdout).unwrap();
    let first: serde_json::Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    assert_eq!(first["b_text"][0], "The president spoke in Paris.");
    let short = align(&["--via", &path("via.txt")]);
    assert_eq!(short.status.code(), Some(2));
    assert!(stderr(&short).contains("has 1 lines"), "{}", stderr(&short));
}

#[test]
fn links_of_a_folder_are_made_anew() {
    let out = TempDir::new().unwrap();
    let output = diptych()
        .args(["run", "tests/corpus/border", "-o"])
        .arg(out.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let path = out.path().join("alignments.jsonl");
    let before = text(path.clone());
    assert!(before.lines().count() > 3);
    fs::write(&path, "").unwrap();
    diptych().arg("align").arg(out.path()).assert().code(0);
    assert_eq!(text(path), before);
}

#[test]
fn rules_are_listed_and_explained() {
    let listed = diptych().arg("rule").output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.lines().count() > 50);
    let id = listed.split_whitespace().next().unwrap();
    let explained = diptych().args(["rule", id]).output().unwrap();
    assert!(String::from_utf8_lossy(&explained.stdout).contains("fires in"));
    let unknown = diptych().args(["rule", "no-such-rule"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn tokens_have_offsets_of_the_text_as_it_is() {
    let output = diptych()
        .args(["segment", "-", "--tokens"])
        .write_stdin("Déjà là. L'été vient.")
        .output()
        .unwrap();
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let second = record["sentences"][1]["tokens"].as_array().unwrap();
    let tokens: Vec<_> = second
        .iter()
        .map(|t| (t["text"].as_str().unwrap(), t["raw"][0].as_u64().unwrap()))
        .collect();
    assert_eq!(
        tokens,
        [("L", 9), ("'", 10), ("été", 11), ("vient", 15), (".", 20)]
    );
}

#[test]
fn a_page_is_read_like_a_text_and_a_foreign_text_is_said_to_be_one() {
    let dir = tempfile::tempdir().unwrap();
    let page = "<!doctype html><html><head><meta charset=utf-8><title>Le pont fermé | Le Phare</title>\
        <meta property=og:site_name content='Le Phare'><meta name=date content=2022-03-08></head><body>\
        <nav><a href=/>Accueil</a></nav><article><h1>Le pont fermé</h1>\
        <p>Le pont de la gare a été fermé mardi matin après un contrôle des services techniques de la ville.</p>\
        <p>« Nous n’avions pas le choix », a déclaré le maire, Paul Kermorvan, devant la presse réunie sur le quai.</p>\
        </article></body></html>";
    std::fs::write(dir.path().join("pont.html"), page).unwrap();
    let german = "Die Regierung teilte am Donnerstag mit, dass die Gespräche mit den Gewerkschaften weitergehen.";
    std::fs::write(dir.path().join("rat.txt"), german).unwrap();
    let output = diptych().arg("clean").arg(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("other languages (de 1)"),
        "{}",
        stderr(&output)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let record: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(record["id"], "pont");
    assert_eq!(record["date"], "2022-03-08");
    assert_eq!(record["title"], "Le pont fermé");
    assert_eq!(record["source"]["outlet"], "Le Phare");
    assert_eq!(record["quotes"][0]["speaker"]["name"], "Paul Kermorvan");
}
