//! Furniture on one line with the paragraph behind it: `Advertisement Turkey's architects
//! go further`, `Read more: who owns the strait Malaysia, which lies on it, said`.
//!
//! [`super::glue`] cuts lines before words that nothing but sentences begins with. Here
//! the line has to begin as furniture does (`furniture-start` of the vocabulary), and may
//! then be cut before any capital word where the furniture cannot go on: where its
//! wording would not fit with the next words, where it ended in a full stop, where a
//! headline in small letters has a capital behind a word that it can end in.
//!
//! This runs before lines are matched with the rules: of those that end anyhow some would take
//! the paragraph along.

use super::glue::{self, Cut, PREFIX, first_word, opens_sentences};
use super::label::Page;
use super::layout::{
    bare_words, final_mark, has_quotation_mark, has_two_sentences, is_capital, is_final, words,
};
use super::openings::is_starter;
use super::rules::{Label, Place};
use super::{signs, stamps};
use crate::document::ArtefactKind as Kind;

/// A paragraph has so many words behind the furniture.
const FEWEST_WORDS: usize = 6;
/// A pointer or an appeal that ends anyhow has so many words.
const FEWEST_OPEN: usize = 5;

/// Cuts furniture from the beginning of paragraphs.
pub(super) fn paragraphs(page: &mut Page<'_>) {
    glue::cut_all(page, cut);
}

fn cut(page: &Page<'_>, i: usize) -> Option<Cut> {
    if !page.look(i).paragraph || page.look(i).words < FEWEST_WORDS + 1 {
        return None;
    }
    let line = page.line(i);
    if !begins_as_furniture(page, line) {
        return None;
    }
    let top = page.is_over_text(i);
    let head = &line[..line.floor_char_boundary(PREFIX)];
    let mut found: Option<(usize, Label)> = None;
    for at in capitals(head) {
        let Some(label) = furniture(page, line, at, top) else {
            continue;
        };
        // Behind it more of the kind may stand: a second time, a second button.
        let more = |from: usize| known(page, line[from..at].trim_end(), top);
        match found {
            Some((from, first)) if more(from).is_none_or(|l| l.kind != first.kind) => break,
            _ => found = Some((at, label)),
        }
        if !matches!(
            label.kind,
            Kind::Timestamp | Kind::Share | Kind::Ad | Kind::Nav
        ) {
            break;
        }
    }
    found.map(|(at, label)| (at, Some(label), None))
}

/// Whether a line begins as lines of furniture do.
fn begins_as_furniture(page: &Page<'_>, line: &str) -> bool {
    line.starts_with(|c: char| {
        c.is_ascii_digit() || matches!(c, '(' | '[' | '©' | '▶' | '►' | '→' | '➜' | '>' | '-' | '–')
    }) || {
        let mut first = bare_words(line);
        let word = first.next().unwrap_or_default();
        let mut numbered = || {
            first
                .next()
                .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
        };
        page.words.has("furniture-start", word)
            || page.words.has("weekday", word)
            // `Le 27 juillet à 7 h 52`
            || (page.words.has("linker", word) && numbered())
    }
}

/// Where a capital or an opening mark stands behind a space, or a capital behind a small
/// letter.
fn capitals(head: &str) -> impl Iterator<Item = usize> + '_ {
    let pairs = head.char_indices().zip(head.chars().skip(1));
    pairs.filter_map(|((at, a), b)| {
        let begins = a.is_whitespace() && (b.is_uppercase() || matches!(b, '«' | '“' | '"'))
            || (a.is_lowercase() || is_final(a)) && b.is_uppercase();
        begins.then_some(at + a.len_utf8())
    })
}

/// What stands before a place in a line, where that is furniture and the rest text.
fn furniture(page: &Page<'_>, line: &str, at: usize, top: bool) -> Option<Label> {
    let (before, rest) = (line[..at].trim_end(), &line[at..]);
    if before.ends_with([',', ':', ';', '-', '(', '«', '“', '‘', '/', '&'])
        || signs::ends_quoting(before)
        || glue::ends_open(page, before)
        || !is_text(rest)
    {
        return None;
    }
    let label = known(page, before, top).or_else(|| {
        // `Lecture : 9 min.`
        let label = known(page, before.strip_suffix('.')?, top)?;
        (label.kind == Kind::Timestamp).then_some(label)
    })?;
    let count = words(before, FEWEST_OPEN);
    let word = first_word(rest);
    let opens = opens_quotation(rest)
        || is_starter(page, word, rest)
        || page.words.has_exact("demonym", word);
    let ended = final_mark(before);
    let small = || {
        let last = before.split_whitespace().next_back().unwrap_or_default();
        !is_capital(last) && last.chars().any(char::is_alphabetic)
    };
    let fits = match label.kind {
        // A pointer has a headline behind its cue.
        Kind::Related => count >= FEWEST_OPEN && (ended == Some('?') || opens || small()),
        Kind::Ad | Kind::Timestamp | Kind::Share | Kind::Nav | Kind::Promo => {
            let open = count >= FEWEST_OPEN && small();
            (opens || ended.is_some() || open || is_closed(page, label.kind, line, at, top))
                && !speaks_of_site(page, rest)
        }
        Kind::Credit => {
            opens || before.ends_with([')', ']']) || ends_in_agency(page, before, word) || {
                let caps = |s: &str| !s.contains(char::is_lowercase);
                caps(before) && !caps(word)
            }
        }
        Kind::Byline => ended.is_none() && opens_sentences(page, word) && opens,
        Kind::Correction => before.ends_with([')', ']']),
        _ => false,
    };
    fits.then_some(label)
}

/// Whether a string reads as running text.
fn is_text(rest: &str) -> bool {
    let ends = match final_mark(rest) {
        Some('?') => has_two_sentences(rest) || has_quotation_mark(rest),
        mark => mark.is_some() || has_two_sentences(rest),
    };
    ends && words(rest, FEWEST_WORDS) >= FEWEST_WORDS
}

/// What furniture a string is by itself; above the text, `top`, it may be a time or an
/// author.
fn known(page: &Page<'_>, s: &str, top: bool) -> Option<Label> {
    let count = words(s, 3);
    if top && count >= 2 && stamps::is_timestamp(s, page.words) {
        return Some(Label::of("any-timestamp-words"));
    }
    let buttons = || signs::is_share(s, page.words);
    if count >= 2 && buttons() {
        return Some(Label::of("any-share-words"));
    }
    page.rules.first_of_line(s, |label, place| {
        let here = place == Place::Any || (top && place == Place::Edge);
        here && match label.kind {
            Kind::Nav | Kind::Share => count >= 2,
            Kind::SectionLabel | Kind::Tag | Kind::Heading => false,
            _ => true,
        }
    })
}

/// Whether the wording before a place would not fit with the capital words behind it.
fn is_closed(page: &Page<'_>, kind: Kind, line: &str, at: usize, top: bool) -> bool {
    let run = line[at..].split_whitespace().take_while(|w| is_capital(w));
    let Some(last) = run.last() else {
        return false;
    };
    let end = last.as_ptr() as usize - line.as_ptr() as usize + last.len();
    known(page, line[..end].trim_end_matches([',', '.', ':']), top)
        .is_none_or(|label| label.kind != kind)
}

/// Whether text speaks of the page or to its reader, as an appeal that goes on does.
fn speaks_of_site(page: &Page<'_>, rest: &str) -> bool {
    const LOOKED_AT: usize = 14;
    let classes = page.words.named(&["site-word", "reader", "house"]);
    let mut said = bare_words(rest).take(LOOKED_AT);
    let order = said.next().is_some_and(|w| page.words.has("order-word", w));
    order || !opens_quotation(rest) && said.any(|w| page.words.classes(w).meet(classes))
}

/// Whether text opens with a quotation, not with a name between marks.
fn opens_quotation(rest: &str) -> bool {
    const FEWEST: usize = 4;
    let Some(quoted) = rest.strip_prefix(['«', '“', '"']) else {
        return false;
    };
    let end = quoted.find(['»', '”', '"']).unwrap_or(quoted.len());
    words(&quoted[..end], FEWEST) >= FEWEST
}

/// Whether a credit ends in the name of an agency, which the next word does not go on with;
/// an agency alone may be what a sentence speaks of.
fn ends_in_agency(page: &Page<'_>, credit: &str, next: &str) -> bool {
    names_agency(page, credit)
        && !names_agency(page, next)
        && !names_agency(page, &format!("{credit} {next}"))
        && (credit.contains(['/', '©', ':']) || words(credit, 2) >= 2)
}

/// Whether a string ends in the name of an agency.
pub(super) fn names_agency(page: &Page<'_>, s: &str) -> bool {
    let last = s.rsplit(['/', ' ']).next().unwrap_or(s);
    let two = s.rsplit(['/', ':']).next().unwrap_or(s).trim();
    [last, two]
        .iter()
        .any(|name| page.words.has_exact("pictures", name) || page.words.has_exact("wire", name))
}

#[cfg(test)]
mod tests {
    use crate::clean::clean;
    use crate::document::Lang;

    /// What is made of a paragraph of an article.
    fn cut(line: &str, lang: Lang) -> Vec<(&'static str, String)> {
        let (first, last) = match lang {
            Lang::FR => (
                "Le pont fermé\n\nLa mairie a fermé lundi le pont, que les pluies avaient fragilisé.",
                "Le chantier doit durer trois mois, selon la ville.",
            ),
            _ => (
                "Town hall shuts the bridge\n\nThe town hall on Monday shut the bridge, which rain had weakened.",
                "The repairs will last three months, the town said.",
            ),
        };
        let text = format!("{first}\n\n{line}\n\n{last}");
        let found = clean(&text, lang);
        let parts = found.artefacts.iter().filter(|a| {
            let own = first.len() + 2..first.len() + 2 + line.len();
            own.contains(&a.span.start()) && !a.span.is_empty()
        });
        parts
            .map(|a| (a.kind.name(), a.span.of(&text).to_owned()))
            .collect()
    }

    #[test]
    fn a_wording_ends_where_the_next_words_do_not_fit() {
        for (line, lang, kind, part) in [
            (
                "Advertisement Turkey's architects go further, arguing that rules were bent.",
                Lang::EN,
                "ad",
                "Advertisement",
            ),
            (
                "Publicité Matej Dolinar garde son maillot, et le tour entre dans les Alpes.",
                Lang::FR,
                "ad",
                "Publicité",
            ),
            (
                "Read more: who really owns the strait Malaysia, which lies on it, said no on Monday.",
                Lang::EN,
                "related",
                "Read more: who really owns the strait",
            ),
            (
                "À lire : trois questions sur la potasse Ancienne conductrice de bus, Olga Marlot attend.",
                Lang::FR,
                "related",
                "À lire : trois questions sur la potasse",
            ),
            (
                "Sign up for our morning newsletter. Bakers say that flour has doubled in price.",
                Lang::EN,
                "promo",
                "Sign up for our morning newsletter.",
            ),
        ] {
            assert_eq!(cut(line, lang), [(kind, part.to_owned())], "{line}");
        }
    }

    #[test]
    fn text_that_begins_as_furniture_does_is_whole() {
        for (line, lang) in [
            (
                "Advertisement standards are low, the Advertising Council of Brenne said on Monday.",
                Lang::EN,
            ),
            (
                "Photo albums lay in the mud on Monday, and Jane Marlow picked one up to dry it.",
                Lang::EN,
            ),
            (
                "Publicité et prospectus seront interdits, a annoncé lundi la ville de Brenne.",
                Lang::FR,
            ),
            (
                "Read my lips, Mayor Marlow said on Monday: the bridge at Brenne will stay shut.",
                Lang::EN,
            ),
        ] {
            assert_eq!(cut(line, lang), [], "{line}");
        }
    }
}
