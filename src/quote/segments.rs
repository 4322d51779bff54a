//! From pairs of marks to quotations: a pair is one, unless a reporting clause is
//! set into it (`« Un trône, a-t-il dit, c'est quelqu'un. »`), which makes two, or
//! its closing mark is missing, so that the clause is where it ends.

use std::ops::Range;

use super::attribution::{Attribution, Place, Reading, Tie};
use super::cues::{Cue, Form};
use super::lexicon::{RoleKind, class};
use super::tokens::{Kind, Paragraph};

/// A quotation before its kind and speaker are known.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    /// What is quoted, in bytes of the clean text.
    pub(crate) inner: Range<usize>,
    pub(crate) place: Place,
    /// The reporting clause set into the marks.
    pub(crate) clause: Option<Attribution>,
    /// Whether the closing mark is missing.
    pub(crate) open_end: bool,
    /// Fills its sentences from mark to mark.
    alone: bool,
}

impl Segment {
    pub(crate) fn stands_alone(&self) -> bool {
        self.alone
    }
}

/// The quotations of a paragraph, in order.
pub(crate) fn segments(reading: &Reading<'_>) -> Vec<Segment> {
    let p = &reading.p;
    let mut out = Vec::new();
    for (number, pair) in p.pairs.iter().enumerate() {
        let Some((open, close, unclosed)) = bounds(p, number) else {
            continue;
        };
        let last = close.min(p.tokens.len() - 1);
        let place = Place {
            left: p
                .sentence_near(p.tokens[open].sentence(), open, open)
                .start
                .min(open),
            open,
            close: last,
            right: p.sentence_near(p.tokens[last].sentence(), last, last).end,
        };
        match inset_clause(reading, open + 1, close, unclosed) {
            Some(inset) => push_split(
                reading,
                pair.inner.clone(),
                place,
                &inset,
                pair.close.is_none(),
                &mut out,
            ),
            None => {
                out.push(Segment {
                    inner: pair.inner.clone(),
                    alone: is_alone(reading, place),
                    place,
                    clause: None,
                    open_end: unclosed,
                });
            }
        }
    }
    out
}

/// Whether nothing but marks stands beside the quotation in its sentences.
fn is_alone(reading: &Reading<'_>, place: Place) -> bool {
    let words = |range: Range<usize>| {
        reading.p.tokens[range]
            .iter()
            .any(|t| matches!(t.kind, Kind::Word | Kind::Number))
    };
    !words(place.left..place.open) && !words((place.close + 1).min(place.right)..place.right)
}

/// A reporting clause between commas inside the marks, by token numbers.
struct Inset {
    /// The comma before.
    from: usize,
    /// The first token after.
    to: usize,
    found: Attribution,
}

/// Finds the reporting clause set into the tokens `from..to` of a quotation.
fn find_inset<'c>(
    p: &Paragraph<'_>,
    cues: &'c [Cue],
    from: usize,
    to: usize,
    unclosed: bool,
) -> Option<(&'c Cue, usize, usize)> {
    let start = cues.partition_point(|c| c.first <= from);
    let cue = cues[start..]
        .iter()
        .take_while(|c| c.first < to)
        .find(|c| {
            c.form == Form::Finite
                && c.first > from
                && c.last < to
                && p.tokens[c.first - 1].is_punct(",?!")
                && sets_in(p, c, to, unclosed)
        })?;
    let stop = |from: usize| {
        (from..to)
            .find(|&i| p.tokens[i].is_punct(",.;:?!"))
            .unwrap_or(to)
    };
    let mut end = stop(cue.last + 1);
    // `a promis le directeur, Paul Petit. Sans exception`: the name belongs to it.
    let after = stop(end + 1);
    let named = end + 2 < after
        && p.tokens[end].is_punct(",")
        && p.tokens[end + 1..after].iter().all(|t| t.capital);
    // `prévient Farid Petit, délégué de l'usine. Pas une promesse`: what he is.
    let described = end + 2 < after
        && after < to
        && p.tokens[end].is_punct(",")
        && p.tokens[after].is_punct(".")
        && p.tokens[end + 1].word.is_some_and(|w| {
            w.role
                .is_some_and(|r| r.kind == RoleKind::Person && !r.plural)
                && w.verbs.is_empty()
        });
    if named || described {
        end = after;
    }
    Some((cue, cue.first - 1, end))
}

/// Takes the words of reporting clauses inside marks out of the quotation, so
/// that names are looked for in them; to be called before that.
pub(crate) fn release_insets(p: &mut Paragraph<'_>, cues: &mut [Cue]) {
    for number in 0..p.pairs.len() {
        let Some((open, close, unclosed)) = bounds(p, number) else {
            continue;
        };
        let Some((_, from, to)) = find_inset(p, cues, open + 1, close, unclosed) else {
            continue;
        };
        // An unclosed quotation ends with its clause.
        let to = if unclosed { close } else { to };
        for token in &mut p.tokens[from..to] {
            token.quoted = false;
        }
        let start = cues.partition_point(|c| c.first <= from);
        for cue in cues[start..].iter_mut().take_while(|c| c.last < to) {
            cue.quoted = false;
        }
    }
}

fn inset_clause(reading: &Reading<'_>, from: usize, to: usize, unclosed: bool) -> Option<Inset> {
    let (cue, from, to) = find_inset(&reading.p, &reading.cues, from, to, unclosed)?;
    Some(Inset {
        from,
        to,
        found: Attribution {
            tie: Tie::Clause,
            verb: Some(reading.verb_text(cue)),
            mention: reading.inverted_subject(cue, to),
            strength: cue.strength,
            cue: Some(cue.first),
        },
    })
}

/// Whether a verb within the marks is the reporter's and not the speaker's: an
/// inverted pronoun of the third person, or, in a quotation that is never closed,
/// a verb of saying before a name or noun.
fn sets_in(p: &Paragraph<'_>, cue: &Cue, to: usize, unclosed: bool) -> bool {
    if let Some(pronoun) = cue.pronoun {
        return matches!(
            p.tokens[pronoun].of(p.text),
            "-t-il" | "-t-elle" | "-il" | "-elle" | "-ils" | "-elles" | "-t-ils" | "-t-elles"
        );
    }
    let next = p.tokens.get(cue.last + 1);
    // `« Tout sera payé, a promis le directeur. Sans exception. »`, but not what the
    // speaker says of others: `..., disait mon père, ...`.
    let names = next.is_some_and(|t| {
        (t.is(class::DET) && !t.is(class::POSS | class::INDEF | class::CLITIC)
            || t.is(class::TITLE)
            || t.capital)
            && t.is_word()
    });
    let compound = cue.last > cue.first;
    let french = p.pairs.iter().any(|pair| {
        pair.open
            .as_ref()
            .is_some_and(|o| p.text[o.clone()].starts_with('«'))
    });
    if french && !unclosed {
        let determined =
            next.is_some_and(|t| matches!(t.of(p.text), "le" | "la" | "l'" | "l’") || t.capital);
        return names && determined && (compound || cue.strength >= 2) && cue.last + 1 < to;
    }
    unclosed
        && cue.strength >= 2
        && p.tokens[cue.last + 1..to]
            .iter()
            .take(3)
            .any(|t| t.is(class::DET | class::TITLE | class::PRON) || t.capital)
}

/// The tokens of a pair's marks (for a missing closing mark the end of the
/// paragraph), and whether it is missing.
fn bounds(p: &Paragraph<'_>, number: usize) -> Option<(usize, usize, bool)> {
    let pair = &p.pairs[number];
    let open = p.token_at(pair.open.as_ref()?.start);
    let close = match &pair.close {
        Some(mark) => p.token_at(mark.start),
        None => p.token_at(pair.inner.end),
    };
    (close > open + 1 && close <= p.tokens.len()).then_some((open, close, pair.close.is_none()))
}

fn push_split(
    reading: &Reading<'_>,
    inner: Range<usize>,
    place: Place,
    inset: &Inset,
    unclosed: bool,
    out: &mut Vec<Segment>,
) {
    let tokens = &reading.p.tokens;
    out.push(Segment {
        inner: inner.start..tokens[inset.from].start(),
        place,
        clause: Some(inset.found.clone()),
        open_end: false,
        alone: false,
    });
    let goes_on = tokens
        .get(inset.to)
        .is_some_and(|t| t.is_punct(",;:.!?") && t.end() < inner.end);
    if goes_on && !unclosed {
        out.push(Segment {
            inner: tokens[inset.to].end()..inner.end,
            place,
            clause: Some(inset.found.clone()),
            open_end: false,
            alone: false,
        });
    }
}
