//! Keys that both languages share, as examples.

use super::*;
use crate::document::Lang;

fn entities(text: &str, lang: Lang) -> Vec<(String, String, String)> {
    let mut document = Document::plain(text, lang);
    // A Tuesday.
    document.date = Some("2022-05-10".to_owned());
    find(&document)
        .into_iter()
        .map(|e| (e.kind, e.span.of(text).to_owned(), e.key))
        .collect()
}

/// The keys of one kind.
fn keys(text: &str, lang: Lang, kind: &str) -> Vec<String> {
    entities(text, lang)
        .into_iter()
        .filter(|(k, ..)| k == kind)
        .map(|(.., key)| key)
        .collect()
}

#[test]
fn kinds_texts_and_keys() {
    let found = entities(
        "À Londres, Anne Petit a promis jeudi 5,5 millions d'euros à l'OMS.",
        Lang::FR,
    );
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(kind, text, key)| (kind.as_str(), text.as_str(), key.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("place", "Londres", "london"),
            ("person", "Anne Petit", "ane petit"),
            ("date", "jeudi", "2022-05-05"),
            ("number", "5,5 millions d'euros", "5500000 eur"),
            ("organisation", "OMS", "who"),
        ]
    );
}

#[test]
fn dates_are_equal_across_languages() {
    for (fr, en, key) in [
        ("Il est venu jeudi.", "He came on Thursday.", "2022-05-05"),
        ("Il est venu mardi.", "He came on Tuesday.", "2022-05-10"),
        (
            "Il viendra vendredi prochain.",
            "He will come next Friday.",
            "2022-05-13",
        ),
        (
            "Elle devra partir samedi.",
            "She will leave on Saturday.",
            "2022-05-14",
        ),
        ("Hier, il pleuvait.", "Yesterday it rained.", "2022-05-09"),
        (
            "Depuis le 30 septembre 2020.",
            "Since Sept. 30, 2020.",
            "2020-09-30",
        ),
        (
            "Le jeudi 5 mai, il a plu.",
            "On Thursday, May 5, it rained.",
            "2022-05-05",
        ),
        (
            "Le 24 décembre, il neigeait.",
            "It snowed on 24 December.",
            "2021-12-24",
        ),
        (
            "Il est parti en octobre 2020.",
            "He left in October 2020.",
            "2020-10",
        ),
        ("Il est parti en octobre.", "He left in October.", "2021-10"),
        (
            "Fondée en 1998, elle dure.",
            "Founded in 1998, it lasts.",
            "1998",
        ),
    ] {
        assert_eq!(keys(fr, Lang::FR, "date"), [key], "{fr}");
        assert_eq!(keys(en, Lang::EN, "date"), [key], "{en}");
    }
}

#[test]
fn numbers_carry_their_unit() {
    for (fr, en, key) in [
        (
            "Ils ont tiré 1 280 obus.",
            "They fired 1,280 shells.",
            "1280",
        ),
        (
            "Il perd 21,4 milliards d'euros.",
            "It loses €21.4bn.",
            "21400000000 eur",
        ),
        ("Une marge de 5,5 %.", "A margin of 5.5 per cent.", "5.5 %"),
        ("Il vaut 300 $.", "It is worth 300 dollars.", "300 usd"),
        ("À 148 mètres de là.", "Some 148 meters away.", "148 m"),
        (
            "Vingt-deux ans plus tard.",
            "Twenty-two years later.",
            "22 year",
        ),
    ] {
        assert_eq!(keys(fr, Lang::FR, "number"), [key], "{fr}");
        assert_eq!(keys(en, Lang::EN, "number"), [key], "{en}");
    }
    assert_eq!(keys("Réveil à 4 h 20.", Lang::FR, "time"), ["04:20"]);
    assert_eq!(keys("Up at 4.20am.", Lang::EN, "time"), ["04:20"]);
}

#[test]
fn names_are_those_of_the_whole_document() {
    let text = "Emmanuel Macron est parti. « M. Macron reviendra », dit-on à Genève.";
    assert_eq!(
        keys(text, Lang::FR, "person"),
        ["emanuel makron", "emanuel makron"]
    );
    assert_eq!(keys(text, Lang::FR, "place"), ["geneva"]);
}
