//! Published models: listed, downloaded, verified and used, with a local server
//! in the place of the real ones.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

use assert_cmd::Command;
use diptych::read::sha256;
use tempfile::TempDir;

/// A server on the loopback interface that answers fixed paths until the test ends.
struct Server {
    url: String,
}

impl Server {
    fn start(files: HashMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let files = Arc::new(files);
        std::thread::spawn(move || {
            // More requests than any test makes.
            for stream in listener.incoming().take(100) {
                let files = Arc::clone(&files);
                std::thread::spawn(move || answer(stream.unwrap(), &files));
            }
        });
        Self { url }
    }
}

fn answer(mut stream: TcpStream, files: &HashMap<String, Vec<u8>>) {
    let mut request = String::new();
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    lines.read_line(&mut request).unwrap();
    let mut header = String::new();
    while lines.read_line(&mut header).unwrap_or(0) > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or("/");
    let (status, body) = match files.get(path) {
        Some(body) => ("200 OK", body.as_slice()),
        None => ("404 Not Found", b"".as_slice()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // The client may have hung up.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body);
}

/// A Zstandard frame that holds the bytes as they are (RFC 8878: magic number,
/// single segment with a four-byte size, raw blocks).
fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 0xb5, 0x2f, 0xfd, 0xa0];
    out.extend((bytes.len() as u32).to_le_bytes());
    let blocks: Vec<&[u8]> = bytes.chunks(1 << 17).collect();
    for (i, block) in blocks.iter().enumerate() {
        let header = (block.len() as u32) << 3 | u32::from(i + 1 == blocks.len());
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(*block);
    }
    out
}

/// The bundled model published as German to English; `hash` may falsify the
/// published hash of a file.
fn published(hash: impl Fn(&str, String) -> String) -> HashMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/fr-en");
    let model: toml::Table = fs::read_to_string(folder.join("model.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let mut files = HashMap::new();
    let mut records = Vec::new();
    for file in model["files"].as_array().unwrap() {
        let role = file["role"].as_str().unwrap();
        let kind = if role == "shortlist" { "lex" } else { role };
        let bytes = fs::read(folder.join(file["path"].as_str().unwrap())).unwrap();
        let location = format!("attachments/{kind}.zst");
        records.push(serde_json::json!({
            "name": format!("{kind}.deen.bin"),
            "fileType": kind,
            "sourceLanguage": "de",
            "targetLanguage": "en",
            "version": "3.0",
            "decompressedHash": hash(kind, sha256(&bytes)),
            "attachment": {"location": location},
        }));
        files.insert(format!("/{location}"), frame(&bytes));
    }
    files.insert(
        "/v1/buckets/main/collections/translations-models-v2/records".into(),
        serde_json::json!({"data": records})
            .to_string()
            .into_bytes(),
    );
    files
}

/// A model of a hub: the hub's description of it, and its files.
fn on_a_hub(files: &[(&str, &str)], large: &[(&str, String)]) -> HashMap<String, Vec<u8>> {
    let siblings: Vec<_> = files
        .iter()
        .map(|(name, content)| {
            let lfs = large.iter().find(|(file, _)| file == name);
            serde_json::json!({
                "rfilename": name,
                "size": content.len(),
                "lfs": lfs.map(|(_, hash)| serde_json::json!({"sha256": hash})),
            })
        })
        .collect();
    let about = serde_json::json!({
        "id": "owner/opus-mt-fr-en", "sha": "c0ffee", "tags": ["license:apache-2.0"], "siblings": siblings,
    });
    let mut paths = HashMap::from([(
        "/api/models/owner/opus-mt-fr-en?blobs=true".to_owned(),
        about.to_string().into_bytes(),
    )]);
    for (name, content) in files {
        let path = format!("/owner/opus-mt-fr-en/resolve/c0ffee/{name}");
        paths.insert(path, content.as_bytes().to_vec());
    }
    paths
}

const HUB_FILES: [(&str, &str); 5] = [
    ("config.json", r#"{"model_type": "marian"}"#),
    ("vocab.json", "{}"),
    ("source.spm", "pieces"),
    ("target.spm", "pieces"),
    ("rust_model.ot", "weights"),
];

fn get_from_hub(cache: &TempDir, server: &Server) -> std::process::Output {
    diptych(cache)
        .args(["models", "get", "owner/opus-mt-fr-en", "--mirror"])
        .arg(&server.url)
        .output()
        .unwrap()
}

#[test]
fn a_model_of_a_hub_is_fetched_once_and_verified() {
    let cache = TempDir::new().unwrap();
    let hash = sha256(b"weights");
    let server = Server::start(on_a_hub(&HUB_FILES, &[("rust_model.ot", hash.clone())]));
    let output = get_from_hub(&cache, &server);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains("fr-en  rust-bert"), "{output:?}");
    assert!(printed.contains("apache-2.0"), "{printed}");
    let described = fs::read_to_string(cache.path().join("owner--opus-mt-fr-en/model.toml"));
    assert!(described.unwrap().contains(&hash));
    // From now on without a network.
    let nowhere = Server {
        url: "http://127.0.0.1:1".into(),
    };
    assert_eq!(get_from_hub(&cache, &nowhere).status.code(), Some(0));
    diptych(&cache)
        .args(["models", "verify", "owner/opus-mt-fr-en"])
        .assert()
        .code(0);
}

#[test]
fn a_file_that_is_not_the_hubs_leaves_nothing_behind() {
    let cache = TempDir::new().unwrap();
    let other = sha256(b"other weights");
    let server = Server::start(on_a_hub(&HUB_FILES, &[("rust_model.ot", other)]));
    let output = get_from_hub(&cache, &server);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("sha256"));
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0);
}

#[test]
fn a_hubs_model_in_pytorchs_own_format_says_how_to_convert_it() {
    let cache = TempDir::new().unwrap();
    let files = HUB_FILES.map(|(name, content)| match name {
        "rust_model.ot" => ("pytorch_model.bin", content),
        _ => (name, content),
    });
    let server = Server::start(on_a_hub(&files, &[]));
    let output = get_from_hub(&cache, &server);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("marian_to_safetensors.py"));
}

#[test]
fn an_unknown_id_says_so() {
    let cache = TempDir::new().unwrap();
    let output = get_from_hub(&cache, &Server::start(HashMap::new()));
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is the id right?"));
}

fn diptych(cache: &TempDir) -> Command {
    let mut command = Command::cargo_bin("diptych").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("DIPTYCH_MODELS", cache.path())
        .env_remove("FXTRANSLATE_RECORDS_URL")
        .env_remove("HF_ENDPOINT");
    command
}

#[test]
fn a_published_model_is_fetched_verified_and_used() {
    let server = Server::start(published(|_, hash| hash));
    let cache = TempDir::new().unwrap();
    let listed = diptych(&cache)
        .args(["models", "list", "--published", "--mirror", &server.url])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "de-en\n");
    diptych(&cache)
        .args(["models", "get", "de-en", "--mirror", &server.url])
        .assert()
        .code(0);
    diptych(&cache)
        .args(["models", "verify", "firefox-de-en-3.0"])
        .assert()
        .code(0);
    let german = "Die Regierung teilte am Donnerstag mit, dass die Gespräche weitergehen.";
    let output = diptych(&cache)
        .args(["translate", "-"])
        .write_stdin(german)
        .output()
        .unwrap();
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["lang"], "de");
    assert_eq!(
        record["sentences"][0]["translation"]["model"],
        "firefox-de-en-3.0"
    );
}

#[test]
fn a_file_that_is_not_the_one_published_is_refused() {
    let server = Server::start(published(|kind, hash| {
        if kind == "vocab" {
            sha256(b"another")
        } else {
            hash
        }
    }));
    let cache = TempDir::new().unwrap();
    let output = diptych(&cache)
        .args(["models", "get", "de-en", "--mirror", &server.url])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot download the model"));
    assert!(!cache.path().join("de-en/model.toml").exists());
}

#[test]
fn an_unknown_pair_says_how_to_list_them() {
    let server = Server::start(published(|_, hash| hash));
    let cache = TempDir::new().unwrap();
    let output = diptych(&cache)
        .args(["models", "get", "xx-en", "--mirror", &server.url])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("models list --published"));
}

#[test]
fn a_language_without_a_model_is_named_with_what_to_run() {
    let cache = TempDir::new().unwrap();
    let input = TempDir::new().unwrap();
    fs::write(
        input.path().join("de.txt"),
        "Die Regierung teilte am Donnerstag mit, dass die Gespräche weitergehen.",
    )
    .unwrap();
    let out = TempDir::new().unwrap();
    let output = diptych(&cache)
        .arg("run")
        .arg(input.path())
        .arg("-o")
        .arg(out.path())
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "cleaned and written all the same"
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("diptych models get de-en"));
}
