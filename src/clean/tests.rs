//! Whole texts through the cleaner.

use super::*;
use proptest::prelude::*;

/// Paragraphs that no rule has a reason to touch.
fn paragraph() -> impl Strategy<Value = String> {
    let subject = prop::sample::select(vec![
        "The mayor",
        "A spokesman for the union",
        "Nobody",
        "The two ministers",
        "His lawyer",
        "The committee",
    ]);
    let verb = prop::sample::select(vec![
        "refused to answer",
        "promised to rebuild the school",
        "left before noon",
        "spoke of “a sad day”",
        "asked for 1,280 tents",
        "called J.P. Hollis at 3.50 p.m.",
    ]);
    let place = prop::sample::select(vec![
        "in the old town hall",
        "outside the court",
        "at the U.S. base near the river",
        "under a grey sky",
    ]);
    let end = prop::sample::select(vec![".", "!", "?", "…", ".”"]);
    let sentence = (subject, verb, place, end).prop_map(|(s, v, p, e)| {
        let open = if e == ".”" { "“" } else { "" };
        format!("{open}{s} {v} {p} on Monday{e}")
    });
    prop::collection::vec(sentence, 1..4).prop_map(|s| s.join(" "))
}

proptest! {
    #[test]
    fn a_clean_text_stays_as_it_is(paragraphs in prop::collection::vec(paragraph(), 1..8)) {
        let text = paragraphs.join("\n\n");
        let found = clean(&text, Lang::EN);
        let (list, spans) = view(&text, &found).unwrap();
        prop_assert_eq!(list.apply(&text), text);
        prop_assert_eq!(spans.len(), paragraphs.len());
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(
        paragraphs in prop::collection::vec(paragraph(), 2..8),
        furniture in prop::collection::vec(prop::sample::select(vec![
            "Advertisement", "Read more: The bridge nobody wanted", "Share on Facebook", "  • Bridges", "By Jane Marlow",
            "A short heading", "(Reporting by Jane Marlow)", "Photo: Jane Marlow/AFP", "Back to top", "5 min read",
            "World", "Bridges, Rivers, Towns", "The bridge at noon. Photo: Jane Marlow/AFP",
        ]), 0..6),
        places in prop::collection::vec(0..9usize, 6),
        glue in any::<bool>(),
    ) {
        let mut lines = paragraphs;
        if glue {
            let second = lines.remove(1);
            lines[0].push_str(&second);
        }
        for (line, place) in furniture.iter().zip(places) {
            lines.insert(place.min(lines.len()), (*line).to_string());
        }
        let text = lines.join("\n\n");
        let (list, _) = view(&text, &clean(&text, Lang::EN)).unwrap();
        let once = list.apply(&text);
        let (list, _) = view(&once, &clean(&once, Lang::EN)).unwrap();
        prop_assert_eq!(list.apply(&once), once);
    }

    #[test]
    fn any_string_gives_sorted_artefacts_and_units(
        text in "[a-zA-ZéÀ«»“”\"'’.,:!?…()|/•©@#0-9 \\n\u{a0}-]{0,300}|\\PC{0,120}",
        lang in prop::sample::select(vec![Lang::FR, Lang::EN, Lang::UNKNOWN]),
    ) {
        let found = clean(&text, lang);
        for u in &found.units {
            prop_assert!(Span::<Repaired>::checked(&text, u.span.start(), u.span.end()).is_ok());
            prop_assert_eq!(u.span.of(&text).trim(), u.span.of(&text));
            prop_assert!(!u.span.is_empty());
        }
        prop_assert!(found.units.windows(2).all(|w| w[0].span.end() <= w[1].span.start()));
        let blocks: Vec<_> = found.artefacts.iter().filter(|a| a.action != Action::Replace).collect();
        prop_assert!(blocks.windows(2).all(|w| w[0].span.end() <= w[1].span.start()));
        prop_assert!(found.artefacts.windows(2).all(|w| w[0].span <= w[1].span));
        for a in &found.artefacts {
            prop_assert!(Span::<Repaired>::checked(&text, a.span.start(), a.span.end()).is_ok());
            let dropped = a.action == Action::Drop;
            prop_assert!(!dropped || found.units.iter().all(|u| !u.span.overlaps(a.span)));
        }
        let (list, spans) = view(&text, &found).unwrap();
        let clean = list.apply(&text);
        prop_assert_eq!(spans.iter().map(|(s, _)| s.of(&clean)).collect::<Vec<_>>().join("\n\n"), clean);
    }
}

/// The kinds and texts of what was found in the lines above a first paragraph.
fn head(lang: Lang, lines: &str) -> Vec<(ArtefactKind, String)> {
    let body = match lang {
        Lang::FR => {
            "Le conseil a fermé le pont lundi soir, après une semaine de pluie, a dit le maire."
        }
        _ => "The council shut the bridge on Monday night after a week of rain, the mayor said.",
    };
    let text = format!("{lines}\n{body}");
    let found = clean(&text, lang);
    let blocks = found.artefacts.iter();
    blocks
        .filter(|a| matches!(a.action, Action::Drop | Action::Relabel))
        .map(|a| (a.kind, a.span.of(&text).to_string()))
        .collect()
}

#[test]
fn glued_lines_above_the_text_are_told_apart() {
    use ArtefactKind::*;
    type Found<'t> = &'t [(ArtefactKind, &'t str)];
    let cases: &[(Lang, &str, Found<'_>)] = &[
        // In a headline of small words a capital `By` opens something new...
        (
            Lang::EN,
            "Council shuts the oldest bridge after heavy rain By JANE MARLOW\n",
            &[
                (Title, "Council shuts the oldest bridge after heavy rain"),
                (Byline, "By JANE MARLOW"),
            ],
        ),
        // ... in one of capitals it does not.
        (
            Lang::EN,
            "Man Is Hit By Falling Stones Under Oldest Bridge\n",
            &[(Title, "Man Is Hit By Falling Stones Under Oldest Bridge")],
        ),
        // An agency that no list has, a caption with its credit behind a stroke.
        (
            Lang::FR,
            "Le conseil ferme le plus vieux pont\n\nLa Voix de l'Aude avec CPN\nLes ouvriers sur le pont, lundi soir. | CPN / Léa Marcelin\n",
            &[
                (Title, "Le conseil ferme le plus vieux pont"),
                (Byline, "La Voix de l'Aude avec CPN"),
                (Caption, "Les ouvriers sur le pont, lundi soir."),
                (Credit, "| CPN / Léa Marcelin"),
            ],
        ),
        // A menu whose signs are lost is no headline.
        (
            Lang::EN,
            "Home News World Europe\n\nCouncil shuts the oldest bridge after heavy rain\n",
            &[
                (SectionLabel, "Home News World Europe"),
                (Title, "Council shuts the oldest bridge after heavy rain"),
            ],
        ),
    ];
    for (lang, lines, expected) in cases {
        let found = head(*lang, lines);
        let found: Vec<_> = found.iter().map(|(k, t)| (*k, t.as_str())).collect();
        assert_eq!(found, *expected, "{lines}");
    }
}

/// What of a text is dropped.
fn dropped(text: &str, known: &Knowledge) -> Vec<String> {
    clean_within(text, Lang::EN, known, "")
        .artefacts
        .into_iter()
        .filter(|a| a.action == Action::Drop)
        .map(|a| a.span.of(text).to_string())
        .collect()
}

const TOUR: &str = "The band said on Monday that it would play twelve towns before the winter.\n\n\
    June 9 – West Haven, FL @ Coral Sky\n\nJune 10 – Tampa, FL @ Old Mill\n\nJune 14 – Alder, GA @ The Yard\n\nTour dates";

#[test]
fn the_dates_of_a_tour_are_text_and_a_bare_line_behind_them_is_not() {
    assert_eq!(dropped(TOUR, &Knowledge::default()), ["Tour dates"]);
}

#[test]
fn how_long_a_show_runs_is_no_time_of_publication() {
    let text = |line: &str| {
        format!(
            "The show opens on Monday in the old mill, its makers said.\n\n{line}\n\nIt is the seventh of its kind, and the largest."
        )
    };
    let (runs, stamp) = (
        "29 November 2018 | 20 January 2019",
        "29 November 2018 | 30 November 2018",
    );
    assert!(dropped(&text(runs), &Knowledge::default()).is_empty());
    assert_eq!(dropped(&text(stamp), &Knowledge::default()), [stamp]);
}

#[test]
fn a_threshold_of_one_turns_the_model_of_lines_off() {
    let text =
        "The town hall on Monday shut the bridge.\n\nLove what you see? Choose more of what we do!";
    let off = crate::config::CleanConfig {
        line_threshold: 1.0,
        ..Default::default()
    };
    let rules = |known: &Knowledge| {
        clean_within(text, Lang::EN, known, "")
            .artefacts
            .iter()
            .any(|a| a.rule == "any-model-promo")
    };
    assert!(rules(&Knowledge::default()));
    assert!(!rules(&Knowledge {
        lines: LineModel::from(&off),
        ..Default::default()
    }));
}
