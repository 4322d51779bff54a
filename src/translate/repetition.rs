//! Words that a decoder says again and again: loops, which are decoded once more in smaller
//! pieces, and stammers (`the Catholic Catholic Church`), of which one is enough.

use std::collections::HashMap;
use std::ops::Range;

/// A loop of the decoder: this many words, this often. Real sentences say the
/// same four words three times once in thousands.
const LOOP_WORDS: usize = 4;
const LOOP_TIMES: usize = 3;

/// What is said twice in a row has at most so many words.
const STAMMER_WORDS: usize = 4;

/// If the text loops: where its first round ends.
pub(super) fn loops(text: &str) -> Option<usize> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut count: HashMap<&[&str], usize> = HashMap::new();
    for window in words.windows(LOOP_WORDS) {
        let n = count.entry(window).or_default();
        *n += 1;
        if *n == LOOP_TIMES {
            let first = words.windows(LOOP_WORDS).position(|w| w == window)?;
            let last = words.get(first + LOOP_WORDS - 1)?;
            return Some(last.as_ptr() as usize - text.as_ptr() as usize + last.len());
        }
    }
    None
}

/// A translation without what it says twice in a row, with nothing but a space between,
/// where the source says nothing twice. Of the sentences of newstest2013 and FLORES dev
/// 110 of 3,997 stammer, of their references one, but for names that the source doubles,
/// too. Among the outputs of two strong systems 13 do, mostly by mistake.
pub(super) fn unrepeated(source: &str, mut translation: String) -> String {
    while let Some(again) = repeat(&translation) {
        if repeat(source).is_some() {
            break;
        }
        translation.replace_range(again, "");
    }
    translation
}

/// The first place where words are said again, with the space before them.
fn repeat(text: &str) -> Option<Range<usize>> {
    let words = words(text);
    let lower: Vec<String> = words
        .iter()
        .map(|w| text[w.clone()].to_lowercase())
        .collect();
    // Words with a space alone between them and the next.
    let spaced = |i: usize| &text[words[i].end..words[i + 1].start] == " ";
    (0..words.len()).find_map(|i| {
        let longest = STAMMER_WORDS.min((words.len() - i) / 2);
        let count = (1..=longest).find(|&n| {
            let (once, again) = (&lower[i..i + n], &lower[i + n..i + 2 * n]);
            let says = |w: &String| w.contains(char::is_alphabetic);
            once == again && once.iter().any(says) && (i..i + 2 * n - 1).all(spaced)
        })?;
        Some(words[i + count - 1].end..words[i + 2 * count - 1].end)
    })
}

/// Runs of letters and digits, with hyphens and apostrophes inside.
fn words(text: &str) -> Vec<Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let runs = text.split(|c| !inside(c)).filter(|run| !run.is_empty());
    let at = |run: &str| run.as_ptr() as usize - text.as_ptr() as usize;
    runs.map(|run| at(run)..at(run) + run.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_round_of_a_loop_is_found() {
        assert_eq!(loops("a b c d e a b c d e a b c d e"), Some(7));
        assert_eq!(loops("a b c d e f g"), None);
    }

    #[test]
    fn one_of_what_is_said_twice_is_enough() {
        for (twice, once) in [
            ("The Catholic Catholic Church.", "The Catholic Church."),
            (
                "He left \"on Friday on Friday\", early.",
                "He left \"on Friday\", early.",
            ),
            (
                "The the price in Swiss Swiss Swiss francs",
                "The price in Swiss francs",
            ),
            ("It was late, late in May.", "It was late, late in May."),
            ("Room 12 12 is shut.", "Room 12 12 is shut."),
            ("", ""),
        ] {
            assert_eq!(unrepeated("Une phrase.", twice.to_owned()), once);
        }
        let source = "Un tap tap plein passe.";
        assert_eq!(unrepeated(source, "A tap tap.".to_owned()), "A tap tap.");
    }
}
