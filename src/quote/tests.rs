//! Kinds, verbs and speakers, as examples.

use super::*;
use crate::document::Lang;
use proptest::prelude::*;

/// Kind, text, verb and speaker of each quotation.
fn read(text: &str, lang: Lang) -> Vec<(QuoteKind, String, String, String)> {
    quotes(&Document::plain(text, lang))
        .into_iter()
        .map(|q| {
            (
                q.kind,
                q.span.of(text).to_owned(),
                q.verb.unwrap_or_default(),
                q.speaker.map(|s| s.name).unwrap_or_default(),
            )
        })
        .collect()
}

fn row(kind: QuoteKind, text: &str, verb: &str, name: &str) -> (QuoteKind, String, String, String) {
    (kind, text.into(), verb.into(), name.into())
}

#[test]
fn french_clauses_after_inside_and_before() {
    assert_eq!(
        read(
            "« Nous irons », a lancé le chef de la diplomatie, Paul Durand. « Tous. »",
            Lang::FR
        ),
        [
            row(QuoteKind::Direct, "Nous irons", "a lancé", "Paul Durand"),
            row(QuoteKind::Direct, "Tous.", "", "Paul Durand"),
        ]
    );
    // A clause set into the marks makes two quotations.
    assert_eq!(
        read(
            "Anne Petit attend. « Un trône, a-t-elle dit, c'est une personne. »",
            Lang::FR
        ),
        [
            row(QuoteKind::Direct, "Un trône", "a-t-elle dit", "Anne Petit"),
            row(
                QuoteKind::Direct,
                "c'est une personne.",
                "a-t-elle dit",
                "Anne Petit"
            ),
        ]
    );
    assert_eq!(
        read(
            "Le ministère a accusé son voisin d'une « provocation planifiée ».",
            Lang::FR
        ),
        [row(
            QuoteKind::Mixed,
            "provocation planifiée",
            "a accusé",
            "ministère"
        )]
    );
}

#[test]
fn english_clauses() {
    assert_eq!(
        read(
            "“It holds,” said Ingrid Solheim, the U.N. envoy. Solheim said it was “fragile”.",
            Lang::EN
        ),
        [
            row(QuoteKind::Direct, "It holds,", "said", "Ingrid Solheim"),
            row(QuoteKind::Mixed, "fragile", "said", "Ingrid Solheim"),
        ]
    );
    assert_eq!(
        read(
            "Russia has urged the two neighbours to use their hotline.",
            Lang::EN
        ),
        [row(
            QuoteKind::Indirect,
            "the two neighbours to use their hotline",
            "has urged",
            "Russia"
        )]
    );
}

/// The speaker of each quotation.
fn speakers(text: &str, lang: Lang) -> Vec<String> {
    read(text, lang).into_iter().map(|row| row.3).collect()
}

#[test]
fn french_speakers_by_gender_trade_and_place() {
    for (text, name) in [
        // Whoever has become the subject since the quotation before.
        (
            "« Assez », a dit Karim Belkacem. La présidente du club, Elsa Morvan, a tranché. « On rejoue, a-t-elle dit. »",
            "Elsa Morvan",
        ),
        // A verb no table knows, before its subject.
        (
            "« On coule », s'époumone Salvatore Ricci.",
            "Salvatore Ricci",
        ),
        // A nationality before a name is no body.
        (
            "L'Écossaise Mairi Buchan, huitième, boite. « Tout va bien », sourit-elle.",
            "Mairi Buchan",
        ),
        // A trade no table knows, before a full name.
        (
            "« C'est du vol », dit la saunière Odile Kerbrat.",
            "Odile Kerbrat",
        ),
        // A noun ends before a gerund.
        (
            "« Partez », a dit la magistrate en regardant la salle.",
            "magistrate",
        ),
    ] {
        assert_eq!(
            speakers(text, Lang::FR).last().map(String::as_str),
            Some(name),
            "{text}"
        );
    }
}

#[test]
fn english_speakers_by_gender_trade_and_place() {
    for (text, name) in [
        // The pronoun in her own sentence tells her gender.
        (
            "Sidi Barra left. Xaelle Ndour, who has fished since she was nine, stayed.\n“I mend nets,” she said.",
            "Xaelle Ndour",
        ),
        // The one person of whom no trade is known.
        (
            "Lahmar Ouzrif has driven the bus for years. “I saw it,” the driver said.",
            "Lahmar Ouzrif",
        ),
        // Whose words they are may follow the marks.
        (
            "Rain fell, according to “early readings” from the weather service.",
            "weather service",
        ),
    ] {
        assert_eq!(
            speakers(text, Lang::EN).last().map(String::as_str),
            Some(name),
            "{text}"
        );
    }
}

#[test]
fn reported_speech_and_terms() {
    assert_eq!(
        read(
            "L'Azerbaïdjan soutient que ses forces n'ont fait que riposter.",
            Lang::FR
        ),
        [row(
            QuoteKind::Indirect,
            "ses forces n'ont fait que riposter",
            "soutient",
            "Azerbaïdjan"
        )]
    );
    assert_eq!(
        read(
            "Ce juge, surnommé \"le chuchoteur\", est tiré de son potager.",
            Lang::FR
        ),
        [row(QuoteKind::Term, "le chuchoteur", "", "")]
    );
}

proptest! {
    #[test]
    fn any_text_gives_spans(text in "([ \n.,:!?«»“”\"'’()-]|a-t-il dit|said|Le ministre|Macron|que|selon|qui|he|il|12|é){0,40}") {
        for lang in [Lang::FR, Lang::EN, Lang::UNKNOWN] {
            for q in quotes(&Document::plain(&text, lang)) {
                prop_assert!(text.get(q.span.range()).is_some_and(|t| !t.is_empty()));
                if let Some(span) = q.speaker.and_then(|s| s.span) {
                    prop_assert!(text.get(span.range()).is_some());
                }
            }
        }
    }
}
