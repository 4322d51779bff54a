//! Whether a sentence says that something is not so.
//!
//! A word such as `not` or `sans` negates, but within some phrases it does not: `not only`,
//! `sans délai`, `ne … que`. These are in `rules/<lang>/negation_phrases.tsv`; `…` in a phrase
//! stands for at most [`LONGEST_GAP`] words, none of which negates.

use super::language::Language;
use super::words::Word;

/// `ne` and its `que` have a verb between them, rarely with adverbs and pronouns.
const LONGEST_GAP: usize = 5;

/// Whether the words of a sentence negate something.
pub(super) fn is_negated(text: &str, words: &[Word<'_>], language: &Language) -> bool {
    // `No 9` is a number.
    let is_sign =
        |at: usize| words[at].lower == "no" && words.get(at + 1).is_some_and(|w| w.digits);
    let negates = |at: usize| negates(text, &words[at], language) && !is_sign(at);
    // Few sentences have such a word at all.
    if !(0..words.len()).any(negates) {
        return false;
    }
    let mut at = 0;
    while at < words.len() {
        let mut phrases = language.phrases_without_negation().iter();
        let length = phrases.find_map(|phrase| length_of(phrase, words, at, negates));
        if length.is_none() && negates(at) {
            return true;
        }
        at += length.unwrap_or(1);
    }
    false
}

/// Whether a word alone negates. `n'` and `n't` are single letters, which may be anything
/// without their apostrophe: `n° 3`.
fn negates(text: &str, word: &Word<'_>, language: &Language) -> bool {
    let is_apostrophe = |c: char| matches!(c, '\'' | '’');
    language.negates(&word.lower)
        && (word.lower.len() > 1
            || text[word.range.end..].starts_with(is_apostrophe)
            || text[..word.range.start].ends_with(is_apostrophe))
}

/// How many words from a place on are a phrase.
fn length_of(
    phrase: &[String],
    words: &[Word<'_>],
    from: usize,
    negates: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut at = from;
    let mut rest = phrase.iter().peekable();
    while let Some(part) = rest.next() {
        if part != "…" {
            (words.get(at)?.lower == part.as_str()).then_some(())?;
            at += 1;
            continue;
        }
        let next = rest.peek()?.as_str();
        let end = words.len().min(at + LONGEST_GAP + 1);
        let mut gap = (at..end).take_while(|&i| words[i].lower == next || !negates(i));
        at = gap.find(|&i| words[i].lower == next)?;
    }
    Some(at - from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::words::words;
    use crate::document::Lang;

    fn negated(lang: Lang, text: &str) -> bool {
        is_negated(text, &words(text), Language::of(lang))
    }

    #[test]
    fn what_is_not_so_is_negated() {
        for text in [
            "Le ministre n'a pas signé.",
            "Personne n’est venu.",
            "Il ne croit pas que la digue tienne.",
            "Ils sont partis sans bagages.",
        ] {
            assert!(negated(Lang::FR, text), "{text}");
        }
        for text in [
            "The minister hasn't signed.",
            "Nobody came.",
            "They left without bags.",
        ] {
            assert!(negated(Lang::EN, text), "{text}");
        }
    }

    #[test]
    fn phrases_that_only_sound_so_are_not() {
        for text in [
            "Une personne a été blessée rue N. Varenne, au n° 3.",
            "Elle n'a été vue que deux fois.",
            "Le port ne rouvrira que lundi.",
            "Ils appellent à négocier sans délai, avant qu'il ne soit trop tard.",
            "Le maire a non seulement signé, mais payé.",
            "Pas moins de 300 foyers sont touchés.",
        ] {
            assert!(!negated(Lang::FR, text), "{text}");
        }
        for text in [
            "They call for talks without delay.",
            "The mayor not only signed but paid.",
            "No fewer than 300 homes are hit.",
            "He wears the No 9 shirt and lives at No. 10.",
        ] {
            assert!(!negated(Lang::EN, text), "{text}");
        }
    }
}
