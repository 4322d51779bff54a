//! The page as its reader's browser gets it.

use serde_json::{Value, json};

use super::*;

fn documents(list: Value) -> Vec<DocumentRecord> {
    serde_json::from_value(list).unwrap()
}

fn links(list: Value) -> Vec<LinkRecord> {
    serde_json::from_value(list).unwrap()
}

fn document(id: &str, lang: &str, sentences: Value) -> Value {
    json!({"schema": "diptych/document/1", "id": id, "lang": lang, "title": "Titre", "date": "2022-05-11",
        "source": {"path": "x.txt", "sha256": "", "url": null, "outlet": null}, "sentences": sentences})
}

fn sentence(id: usize, text: &str, raw: [usize; 2]) -> Value {
    json!({"id": id, "paragraph": 0, "role": "body", "text": text, "raw": raw})
}

fn link(kind: &str, a: (&str, &str, &[usize]), b: (&str, &str, &[usize])) -> Value {
    let side = |(doc, lang, ids): (&str, &str, &[usize])| json!({"doc": doc, "lang": lang, "sentences": ids, "text": "(its text)"});
    json!({"schema": "diptych/alignment/1", "kind": kind, "score": 0.871, "verdict": null,
        "a": side(a), "b": side(b), "evidence": {"same_numbers": ["1 280"], "terms": ["Oslo", ["guerre", "war"]], "words": 0.5}})
}

fn html(documents_: Value, links_: Value) -> String {
    page(
        &documents(documents_),
        &links(links_),
        &[],
        &About::default(),
    )
}

/// What stands in the page from here to there.
fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let start = html
        .find(from)
        .unwrap_or_else(|| panic!("no {from} in {html}"));
    let rest = &html[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

/// Every element that is opened is closed, in order. Attributes here hold no `>`
/// (escaped), so tags can be cut out by their brackets.
fn assert_well_formed(html: &str) {
    const VOID: [&str; 3] = ["meta", "br", "!doctype"];
    let body = html.replace(between(html, "<style>", "</style>"), "<style>");
    let mut open = Vec::new();
    for piece in body.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap();
        let name = tag.split_whitespace().next().unwrap();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "at <{tag}>"),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

#[test]
fn a_sentence_with_its_translation_and_counterpart() {
    let mut fr = document(
        "f",
        "fr",
        json!([
            sentence(0, "Il pleut.", [0, 9]),
            sentence(1, "Il neige.", [10, 19])
        ]),
    );
    fr["sentences"][0]["translation"] = json!({"text": "It rains.", "engine": "marian",
        "model": "m", "score": null, "truncated": true,
        "replaced": [{"from": "roins", "to": "rains", "source": "pleut"}]});
    let en = document("e", "en", json!([sentence(0, "Rain fell.", [0, 10])]));
    let page = html(
        json!([en, fr]),
        json!([link("fact", ("f", "fr", &[0]), ("e", "en", &[0]))]),
    );
    assert_well_formed(&page);
    // The French article comes first although the English one was given first.
    let article = between(&page, "<article", "</article>");
    let row = between(article, "<div class=\"row fact", "<div class=\"row\"");
    assert!(
        row.contains("<p id=d1s0 lang=\"fr\">Il pleut.</p>"),
        "{row}"
    );
    assert!(
        row.contains("It rains. <span title=\"the sentence was longer"),
        "{row}"
    );
    assert!(row.contains("title=\"from the dictionary: rains for roins (pleut)\""));
    assert!(row.contains("<p lang=\"en\">Rain fell.</p>"), "{row}");
    assert!(row.contains("href=\"#d0s0\">e</a>"), "{row}");
    assert!(
        row.contains(
            "title=\"same numbers: 1 280; terms: Oslo, guerre = war; words: 0.50\">score 0.87"
        ),
        "{row}"
    );
    // The second sentence is said to have none.
    assert!(article.contains("Il neige.</p></div><div class=r><p class=none>no counterpart"));
    // And the English article points back.
    assert!(page.contains("Fact in French: <a href=\"#d1s0\">"));
}

#[test]
fn every_text_is_escaped() {
    let evil = "<script>alert('x')</script> \"&\" ]]>";
    let mut fr = document(evil, "fr", json!([sentence(0, evil, [0, 35])]));
    fr["title"] = json!(evil);
    fr["date"] = json!(evil);
    fr["source"] =
        json!({"path": evil, "sha256": evil, "url": "javascript:alert(1)", "outlet": evil});
    fr["sentences"][0]["translation"] = json!({"text": evil, "engine": evil, "model": evil, "score": 0, "truncated": false,
            "replaced": [{"from": evil, "to": evil, "source": evil}]});
    fr["artefacts"] = json!([
        {"kind": "ad", "action": "drop", "raw": [40, 50], "text": evil, "rule": evil},
        {"kind": "number", "action": "replace", "raw": [0, 3], "text": "<sc", "replacement": evil, "view": "model"}]);
    fr["quotes"] = json!([{"id": 0, "kind": "direct", "text": evil, "raw": [0, 35], "sentences": [0],
        "speaker": {"name": evil}, "verb": evil}]);
    let mut l = link("quote", (evil, "fr", &[0]), ("elsewhere", "en", &[0]));
    l["evidence"] = json!({evil: evil});
    l["verdict"] = json!(evil);
    l["b"]["text"] = json!(evil);
    let about = About {
        version: evil.into(),
        model: Some(evil.into()),
        errors: 2,
        ..About::default()
    };
    let page = page(&documents(json!([fr])), &links(json!([l])), &[], &about);
    assert_well_formed(&page);
    assert!(
        !page.contains("<script") && !page.contains("javascript:"),
        "{page}"
    );
    assert!(
        page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;&quot; ]]&gt;")
    );
}

#[test]
fn quotations_are_marked_where_they_stand() {
    // The clean text has lost four characters of the raw one before the quotation,
    // which runs over two sentences.
    let mut fr = document(
        "f",
        "fr",
        json!([
            sentence(0, "Il dit : « Oui. ", [0, 20]),
            sentence(1, "Oui, oui. »", [20, 31])
        ]),
    );
    fr["quotes"] = json!([{"id": 0, "kind": "direct", "text": "Oui. Oui, oui.", "raw": [15, 29],
        "sentences": [0, 1], "speaker": {"name": "Ana"}, "verb": "dit"}]);
    let page = html(json!([fr]), json!([]));
    let mark = "<span class=\"q\" title=\"direct quotation: Ana, dit\">";
    assert!(
        page.contains(&format!("«\u{a0}{mark}Oui. </span></p>")),
        "{page}"
    );
    assert!(
        page.contains(&format!("{mark}Oui, oui.</span>\u{a0}»</p>")),
        "{page}"
    );
}

#[test]
fn sentences_of_one_link_share_a_row() {
    let fr = document(
        "f",
        "fr",
        json!([
            sentence(0, "Un.", [0, 3]),
            sentence(1, "Deux.", [4, 9]),
            sentence(2, "Trois.", [10, 16]),
            sentence(3, "Quatre.", [17, 24])
        ]),
    );
    let other = document("g", "fr", json!([sentence(0, "Ensemble.", [0, 9])]));
    // 0 and 1 side by side, 3 apart from them.
    let page = html(
        json!([fr, other]),
        json!([link("quote", ("f", "fr", &[0, 1, 3]), ("g", "fr", &[0]))]),
    );
    assert_well_formed(&page);
    assert!(page.contains(
        "Un.</p><p id=d0s1 lang=\"fr\">Deux.</p></div><div class=r><div class=\"m quote\">"
    ));
    assert!(page.contains("Quote: <a href=\"#d0s0\">with the sentence above</a>"));
    // Read from the other side, what lies between is not shown.
    assert!(page.contains("Un. Deux. <span title=\"sentences left out\">[…]</span> Quatre."));
}

#[test]
fn what_was_taken_out_is_listed() {
    let mut fr = document("f", "fr", json!([sentence(0, "Un.", [10, 13])]));
    fr["artefacts"] = json!([
        {"kind": "date_header", "action": "drop", "raw": [0, 9], "text": "date 2020", "rule": "date-header"},
        {"kind": "apostrophe", "action": "replace", "raw": [1, 2], "text": "'", "replacement": "’", "view": "model"}]);
    let page = html(json!([fr]), json!([]));
    assert_well_formed(&page);
    assert!(page.contains("1 stretch taken out of the text"));
    assert!(page.contains(
        "<th scope=row>date header</th><td lang=\"fr\">date 2020</td><td class=meta>date-header"
    ));
    assert!(page.contains("1 edit within sentences</summary><p class=meta>apostrophe 1"));
}

#[test]
fn an_article_without_headline_is_called_by_its_first_words() {
    let text =
        "Le calme est revenu mercredi sur la ligne de contact, mais le bilan s'est encore alourdi.";
    let mut fr = document("f", "fr", json!([sentence(0, text, [0, 90])]));
    fr["title"] = Value::Null;
    let page = html(json!([fr]), json!([]));
    assert!(
        page.contains(
            "<h3 lang=\"fr\">Le calme est revenu mercredi sur la ligne de contact, mais le bilan …</h3>"
        ),
        "{page}"
    );
}

#[test]
fn odd_corpora() {
    // No sentences, an unknown language, a link that leads out of the corpus.
    let odd = document("x", "un", json!([]));
    let page = html(
        json!([odd]),
        json!([link("fact", ("gone", "fr", &[0]), ("x", "un", &[7]))]),
    );
    assert_well_formed(&page);
    assert!(page.contains("No sentences.") && page.contains("Articles in an unknown language"));
    // Without French articles the others are shown open.
    assert!(page.contains("<article class=art"));

    let word = "mot ".repeat(50_000);
    let long = document("l", "fr", json!([sentence(0, &word, [0, word.len()])]));
    assert!(html(json!([long]), json!([])).len() < 2 * word.len() + 30_000);
}

#[test]
fn many_documents_stay_readable() {
    let all: Vec<_> = (0..500)
        .map(|i| {
            document(
                &format!("d{i}"),
                "fr",
                json!([sentence(0, "Un fait.", [0, 8])]),
            )
        })
        .collect();
    let page = html(Value::Array(all), json!([]));
    // Contents of that length start folded, and an article costs little beyond its text.
    assert!(page.contains("<details><summary>Contents"));
    assert!(page.len() < 500 * 1_000, "{}", page.len());
}

#[test]
fn a_sentence_without_a_counterpart_says_what_comes_nearest_and_why_not() {
    let fr = document("fr", "fr", json!([sentence(0, "Il neige.", [0, 9])]));
    let en = document("en", "en", json!([sentence(0, "It rains.", [0, 9])]));
    let alone: Vec<UnmatchedRecord> = serde_json::from_value(json!([{
        "schema": "diptych/unmatched/1", "doc": "fr", "sentence": 0, "text": "Il neige.", "translation": null,
        "reason": "the likeliest sentence shares too little",
        "best": {"doc": "en", "sentence": 0, "text": "It rains.", "score": 0.12, "against": []}}]))
    .unwrap();
    let page = page(&documents(json!([fr, en])), &[], &alone, &About::default());
    assert_well_formed(&page);
    let near = between(&page, "<details class=near>", "</details>");
    assert!(
        near.contains("nearest 12 %") && near.contains("It rains."),
        "{near}"
    );
    assert!(near.contains("shares too little"), "{near}");
}

#[test]
fn linked_words_are_marked_on_both_sides() {
    let fr = document(
        "fr",
        "fr",
        json!([sentence(0, "La guerre est finie.", [0, 20])]),
    );
    let en = document(
        "en",
        "en",
        json!([sentence(0, "The war is over.", [0, 16])]),
    );
    let mut link = link("fact", ("fr", "fr", &[0]), ("en", "en", &[0]));
    link["words"] = json!([[[3, 9], [4, 7], 0.9]]);
    link["a"]["text"] = json!("La guerre est finie.");
    link["b"]["text"] = json!("The war is over.");
    let page = html(json!([fr, en]), json!([link]));
    assert!(
        page.contains("<span class=\"w\" title=\"= war\">guerre</span>"),
        "{page}"
    );
    assert!(
        page.contains("<span class=\"w\" title=\"= guerre\">war</span>"),
        "{page}"
    );
}
