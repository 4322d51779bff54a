//! Kinds, verbs and speakers, as examples.

use super::*;
use crate::document::Lang;
use proptest::prelude::*;

/// Kind, text, verb and speaker of a quotation.
type Row<'t> = (QuoteKind, &'t str, &'t str, &'t str);

#[test]
fn kinds_verbs_and_speakers() {
    use QuoteKind::{Direct, Indirect, Mixed, Term};
    let examples: &[(Lang, &str, &[Row<'_>])] = &[
        // A clause after the marks, and its speaker carried on.
        (
            Lang::FR,
            "« Nous irons », a lancé le chef de la diplomatie, Paul Durand. « Tous. »",
            &[
                (Direct, "Nous irons", "a lancé", "Paul Durand"),
                (Direct, "Tous.", "", "Paul Durand"),
            ],
        ),
        // A clause set into the marks makes two quotations.
        (
            Lang::FR,
            "Anne Petit attend. « Un trône, a-t-elle dit, c'est une personne. »",
            &[
                (Direct, "Un trône", "a-t-elle dit", "Anne Petit"),
                (Direct, "c'est une personne.", "a-t-elle dit", "Anne Petit"),
            ],
        ),
        // A verb before the marks.
        (
            Lang::FR,
            "Le ministère a accusé son voisin d'une « provocation planifiée ».",
            &[(Mixed, "provocation planifiée", "a accusé", "ministère")],
        ),
        (
            Lang::EN,
            "“It holds,” said Ingrid Solheim, the U.N. envoy. Solheim said it was “fragile”.",
            &[
                (Direct, "It holds,", "said", "Ingrid Solheim"),
                (Mixed, "fragile", "said", "Ingrid Solheim"),
            ],
        ),
        // What someone is stands before the name.
        (
            Lang::EN,
            "“It holds,” army chief General Ingrid Solheim said in a statement.",
            &[(Direct, "It holds,", "said", "Ingrid Solheim")],
        ),
        // A paper speaks for whoever issued it.
        (
            Lang::FR,
            "Un communiqué du ministère a affirmé que la route serait rouverte lundi.",
            &[(
                Indirect,
                "la route serait rouverte lundi",
                "a affirmé",
                "ministère",
            )],
        ),
        (
            Lang::EN,
            "A statement from the ministry said that the road would reopen on Monday.",
            &[(
                Indirect,
                "the road would reopen on Monday",
                "said",
                "ministry",
            )],
        ),
        // What the paper adds is not what was said.
        (
            Lang::FR,
            "Anne Petit attend. Les travaux coûteront cher, a-t-elle précisé, ce qui dépasse le budget.",
            &[(
                Indirect,
                "Les travaux coûteront cher",
                "a-t-elle précisé",
                "Anne Petit",
            )],
        ),
        (
            Lang::EN,
            "Ingrid Solheim said the bridge would reopen on Monday, leaving traders with a lost week.",
            &[(
                Indirect,
                "the bridge would reopen on Monday",
                "said",
                "Ingrid Solheim",
            )],
        ),
        // Letters in brackets stand for the name before them.
        (
            Lang::EN,
            "The Coastal Liberation Front (CLF) is old. The CLF said that its fighters had left.",
            &[(
                Indirect,
                "its fighters had left",
                "said",
                "Coastal Liberation Front",
            )],
        ),
        // Whoever issued the paper stands between the verb and what is said.
        (
            Lang::EN,
            "Ingrid Solheim said in a statement from the ministry the dam had held.",
            &[(Indirect, "the dam had held", "said", "Ingrid Solheim")],
        ),
        // No marks.
        (
            Lang::EN,
            "Russia has urged the two neighbours to use their hotline.",
            &[(
                Indirect,
                "the two neighbours to use their hotline",
                "has urged",
                "Russia",
            )],
        ),
        (
            Lang::FR,
            "L'Azerbaïdjan soutient que ses forces n'ont fait que riposter.",
            &[(
                Indirect,
                "ses forces n'ont fait que riposter",
                "soutient",
                "Azerbaïdjan",
            )],
        ),
        // A nickname is nobody's words.
        (
            Lang::FR,
            "Ce juge, surnommé \"le chuchoteur\", est tiré de son potager.",
            &[(Term, "le chuchoteur", "", "")],
        ),
    ];
    for (lang, text, rows) in examples {
        let found = quotes(&Document::plain(text, *lang));
        let found: Vec<Row<'_>> = found
            .iter()
            .map(|q| {
                let verb = q.verb.as_deref().unwrap_or_default();
                let name = q.speaker.as_ref().map_or("", |s| s.name.as_str());
                (q.kind, q.span.of(text), verb, name)
            })
            .collect();
        assert_eq!(found, *rows, "{text}");
    }
}

/// Who says the last quotation.
fn last_speaker(text: &str, lang: Lang) -> Option<String> {
    let last = quotes(&Document::plain(text, lang)).pop()?;
    last.speaker.map(|s| s.name)
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
            last_speaker(text, Lang::FR).as_deref(),
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
            last_speaker(text, Lang::EN).as_deref(),
            Some(name),
            "{text}"
        );
    }
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
