//! Pronouns, and what goes back to somebody without a word of its own: `il`, `ce
//! dernier`, a paper and its issuer, a quotation that stands alone.

use super::{Before, Cast, Figure, REACH};
use crate::document::Lang;
use crate::quote::attribution::Reading;
use crate::quote::lexicon::Gender;
use crate::quote::mentions::{Mention, What};

impl Cast<'_> {
    pub(super) fn pronoun(
        &self,
        reading: &Reading<'_>,
        mention: &Mention,
        paragraph: usize,
        previous: Option<Before>,
    ) -> Option<usize> {
        let token = reading.p.tokens.get(mention.range.start)?;
        let (offset, sentence) = (token.start(), token.sentence());
        let is_english = reading.lang == Lang::EN;
        let must_be_person = mention.pointing || is_english && mention.gender != Gender::Unknown;
        let agrees = |figure: &Figure<'_>, gender: Gender| {
            let gender = if figure.gender == Gender::Unknown {
                gender
            } else {
                figure.gender
            };
            gender.agrees(mention.gender)
                && figure.plural == mention.plural
                && !figure.thing
                && (figure.is_person || !must_be_person)
        };
        let last_word = reading.p.slice(mention.range.clone());
        let last_word = last_word.split(' ').next_back().unwrap_or_default();
        match last_word {
            "premier" | "première" | "former" => return self.one_of_two(offset, 0),
            "second" | "seconde" | "latter" => return self.one_of_two(offset, 1),
            _ => {}
        }
        // `ce dernier`: whoever was named last before this sentence.
        if matches!(last_word, "dernier" | "dernière") {
            return self
                .occurrences_before(offset)
                .take(REACH)
                .filter(|o| o.paragraph < paragraph || o.sentence < sentence)
                .find(|o| {
                    self.figures[o.figure].is_person && agrees(&self.figures[o.figure], o.gender)
                })
                .map(|o| o.figure);
        }
        let concerned = last_word.contains("intéressé");
        let mut best: Option<(i32, usize)> = None;
        for (distance, o) in self
            .occurrences_before(offset)
            .filter(|o| !self.figures[o.figure].thing)
            .take(REACH)
            .enumerate()
        {
            let figure = &self.figures[o.figure];
            // `l'intéressé` is somebody whom the text names.
            if !agrees(figure, o.gender) || concerned && !figure.named {
                continue;
            }
            let mut score = -2 * distance as i32;
            score += if figure.is_person { 12 } else { 0 };
            score += if o.subject { 6 } else { 0 };
            score -= if o.oblique { 6 } else { 0 };
            // `Le syndicat dénonce ..., assure-t-il, ...`
            let of_sentence = o.subject && o.paragraph == paragraph && o.sentence == sentence;
            score += if of_sentence { 8 } else { 0 };
            score += if figure.gender == mention.gender {
                4
            } else {
                0
            };
            score += if o.paragraph == paragraph { 4 } else { 0 };
            score += if figure.named { 8 } else { 0 };
            // Somebody else has become the subject since the quotation before.
            let fresh = previous.is_some_and(|p| o.offset > p.end && p.figure != o.figure)
                && o.subject
                && o.paragraph == paragraph
                && o.sentence + 1 >= sentence
                && figure.is_person;
            score += if fresh { 10 } else { 0 };
            score += match previous {
                Some(p) if p.figure == o.figure => {
                    if p.near {
                        10
                    } else {
                        3
                    }
                }
                _ => 0,
            };
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, o.figure));
            }
        }
        best.map(|(_, figure)| figure).or(previous
            .map(|p| p.figure)
            .filter(|&p| agrees(&self.figures[p], Gender::Unknown)))
    }

    /// `la première`, `le second`, `the latter`: of the two persons that the last sentence
    /// with two of them names.
    fn one_of_two(&self, offset: usize, which: usize) -> Option<usize> {
        let mut place = None;
        let mut persons: Vec<usize> = Vec::new();
        for o in self.occurrences_before(offset).take(2 * REACH) {
            if place != Some((o.paragraph, o.sentence)) {
                if persons.len() > 1 {
                    break;
                }
                place = Some((o.paragraph, o.sentence));
                persons.clear();
            }
            let figure = &self.figures[o.figure];
            if figure.is_person && figure.named && !persons.contains(&o.figure) {
                persons.push(o.figure);
            }
        }
        // Collected from the last to the first.
        let at = persons.len().checked_sub(which + 1)?;
        (persons.len() > 1).then(|| persons[at])
    }

    /// `un communiqué du Kremlin`, `a message from King X`: whoever is named in
    /// or right after the paper.
    pub(super) fn issuer(
        &self,
        reading: &Reading<'_>,
        paragraph: usize,
        mention: &Mention,
    ) -> Option<usize> {
        let tokens = &reading.p.tokens;
        let sentence = tokens.get(mention.range.start)?.sentence();
        let limit = mention.range.end + 6;
        reading
            .mentions_in(mention.range.start + 1..limit + 1)
            .find(|(_, m)| {
                m.range.start > mention.range.start
                    && m.range.start <= limit
                    && m.oblique
                    && tokens[m.range.start].sentence() == sentence
                    && matches!(
                        m.what,
                        What::Person | What::Body | What::State | What::Role(_)
                    )
                    && tokens[mention.range.start..=m.range.start].iter().any(|t| {
                        matches!(
                            t.of(reading.p.text),
                            "du" | "de" | "par" | "from" | "by" | "d'"
                        )
                    })
            })
            .and_then(|(n, _)| self.resolved[paragraph][n])
    }

    /// The body that was last the subject of a sentence.
    pub(crate) fn recent_body(&self, offset: usize, paragraph: usize) -> Option<usize> {
        self.occurrences_before(offset)
            .take(10 * REACH)
            .filter(|o| o.paragraph + 1 >= paragraph)
            .find(|o| {
                !self.figures[o.figure].is_person && !self.figures[o.figure].thing && o.subject
            })
            .map(|o| o.figure)
    }

    /// The person or body that is the subject of the text right before an offset.
    pub(crate) fn subject_before(&self, offset: usize, paragraph: usize) -> Option<usize> {
        self.occurrences_before(offset)
            .take(10 * REACH)
            .filter(|o| o.paragraph == paragraph)
            .take(6)
            .find(|o| o.subject && self.figures[o.figure].is_person)
            .map(|o| o.figure)
            .or_else(|| {
                let last = self.occurrences_before(offset).take(3);
                last.filter(|o| o.paragraph == paragraph && !o.oblique)
                    .find(|o| self.figures[o.figure].is_person)
                    .map(|o| o.figure)
            })
    }
}
