//! Any bytes as input give a record or an error line, never a panic.

use std::sync::atomic::AtomicBool;

use diptych::config::Config;
use diptych::pipeline::{Run, Silent};
use diptych::read::Input;
use proptest::prelude::*;

/// Pieces of articles, broken in the ways that scrapers break them.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let parts: Vec<&'static [u8]> = vec![
        b" date 2020-10 ",
        "« Nous n'irons pas », a-t-il dit.".as_bytes(),
        "“We will not go,” he said.".as_bytes(),
        b"Lire aussi : la suite\n",
        b"\n\n",
        b".",
        b"\"",
        "»".as_bytes(),
        "  • Tag\n".as_bytes(),
        "© Jean Dupont / AFP\n".as_bytes(),
        b"PARIS (Reuters) - ",
        b"\xff\xfe",
        b"\xe9",
        b"\0",
        b"&eacute;&#0;&#x110000;<br><p class=",
        "Ã©Ã ".as_bytes(),
        "e\u{301}\u{301}".as_bytes(),
        b"1 280 M. U.S. J.-P. 3,5 (...) [...]",
        b"recrut[ait] [",
        b"Le ministre des affaires",
    ];
    prop_oneof![
        4 => prop::sample::select(parts).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        1 => "\\PC{0,12}".prop_map(String::into_bytes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_record_or_an_error(pieces in prop::collection::vec(piece(), 0..24)) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, pieces.concat()).unwrap();
        let config = Config::default();
        let stop = AtomicBool::new(false);
        let run = Run { config: &config, translators: &[], progress: &Silent, stop: &stop };
        let mut documents = 0;
        let outcome = run.documents(&[Input::File(path)], |records| {
            documents += records.len();
            Ok(())
        });
        let outcome = outcome.unwrap();
        prop_assert_eq!(documents + outcome.errors.len(), 1);
        for e in &outcome.errors {
            // What a person can act on, not a fault of the program.
            prop_assert!(!e.hint.as_deref().unwrap_or_default().contains("fault"), "{:?}", e);
        }
    }
}
