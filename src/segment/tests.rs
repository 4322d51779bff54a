//! Sentences of short texts.

use super::*;
use proptest::prelude::*;

fn split(text: &str, lang: Lang) -> Vec<&str> {
    sentences(text, lang)
        .into_iter()
        .map(|r| &text[r])
        .collect()
}

#[test]
fn abbreviations_are_no_ends() {
    for text in [
        "M. Dupont et Mme. Durand, cf. p. 41, ont vu le Dr. Petit.",
        "J.-P. Le Gall et A. B. Martin, nés av. J.-C., sont partis le 3 oct. 2020.",
    ] {
        assert_eq!(split(text, Lang::FR), [text]);
    }
    for text in [
        "The U.S. Senate met at 10 a.m. New York time on Nov. 16, 2021.",
        "Gov. Smith of St. John’s, No. 5 in the list, paid 3.5 million.",
    ] {
        assert_eq!(split(text, Lang::EN), [text]);
    }
    assert_eq!(
        split("Nobody answers after 6 p.m. It rained again.", Lang::EN),
        ["Nobody answers after 6 p.m.", "It rained again."]
    );
}

#[test]
fn lost_spaces_are_ends() {
    assert_eq!(
        split(
            "C'est la fin.Puis tout reprit.À Paris, rien.M. Dupont se tait.",
            Lang::FR
        ),
        [
            "C'est la fin.",
            "Puis tout reprit.",
            "À Paris, rien.",
            "M. Dupont se tait."
        ]
    );
    let whole = "See www.Example.com, v2.1 and Node.js at 3.5.";
    assert_eq!(split(whole, Lang::EN), [whole]);
}

#[test]
fn dots_before_a_capital_may_be_a_pause() {
    for text in [
        "In a few words ... I'm pleasantly surprised.",
        "Nice people... I hear.",
        "No service.. But good food.",
    ] {
        assert_eq!(split(text, Lang::EN), [text]);
    }
    assert_eq!(
        split(
            "They are pretty cool... I have a friend there. Mind you...Go.",
            Lang::EN
        ),
        [
            "They are pretty cool...",
            "I have a friend there.",
            "Mind you...",
            "Go."
        ]
    );
}

#[test]
fn a_capital_with_a_stop_may_end_a_sentence() {
    assert_eq!(
        split(
            "It is because of X. A cleric said so. J. Le Gall, A. La Rue.",
            Lang::EN
        ),
        [
            "It is because of X.",
            "A cleric said so.",
            "J. Le Gall, A. La Rue."
        ]
    );
}

#[test]
fn initials_and_addresses_that_are_glued() {
    assert_eq!(
        split(
            "Retire early.P.S. I am back.Read http://a.example.com/meet.I was out.",
            Lang::EN
        ),
        [
            "Retire early.",
            "P.S. I am back.",
            "Read http://a.example.com/meet.",
            "I was out."
        ]
    );
    assert_eq!(
        split(
            "Il a perdu. ' Le reste suit au compte d'Elf.8,25 millions.",
            Lang::FR
        ),
        [
            "Il a perdu.",
            "' Le reste suit au compte d'Elf.",
            "8,25 millions."
        ]
    );
}

#[test]
fn closing_marks_go_with_the_sentence() {
    assert_eq!(
        split(
            "“It held.” Nobody spoke. ‘Why?’ she asked. (He left.) Then it rained.",
            Lang::EN
        ),
        [
            "“It held.”",
            "Nobody spoke.",
            "‘Why?’ she asked.",
            "(He left.)",
            "Then it rained."
        ]
    );
    assert_eq!(
        split(
            "« Oui. Non. » Puis « quoi ? » demande-t-il... (...) Et voilà.",
            Lang::FR
        )[..2],
        ["« Oui.", "Non. »"]
    );
}

#[test]
fn every_final_mark_is_looked_at() {
    for c in ('\0'..='\u{ffff}').filter(|&c| is_final(c)) {
        assert!(begins_final(&c.to_string().as_bytes()[0]), "{c}");
    }
}

proptest! {
    #[test]
    fn any_text_is_covered_in_order(text in "[ a.A?!…:(\\[0\"'«»“”’é\u{a0}\n。-]{0,60}") {
        for lang in [Lang::FR, Lang::EN, Lang::UNKNOWN] {
            let mut end = 0;
            let mut letters = String::new();
            for r in sentences(&text, lang) {
                prop_assert!(r.start >= end && r.start < r.end);
                let part = text.get(r.clone());
                prop_assert!(part.is_some_and(|p| p.trim().len() == p.len()));
                letters.push_str(part.unwrap_or_default());
                end = r.end;
            }
            let dense = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(dense(&letters), dense(&text));
        }
    }
}
