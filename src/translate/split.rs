//! Long sentences: cut at clause boundaries into pieces that the model reads
//! whole, and put together again.
//!
//! A model that learned from sentences of some length cuts longer ones short or
//! loops; a clause boundary costs little context. Only where a stretch has no
//! boundary is it cut between words, and the result says so.

/// A sentence in pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces<'t> {
    /// In order; joined by spaces they are the sentence.
    pub pieces: Vec<&'t str>,
    /// Whether one of the cuts is at no clause boundary.
    pub forced: bool,
}

/// A clause of fewer words does not stand alone well.
const SHORTEST: usize = 4;

/// Cuts a model view into pieces of at most `max_words` words.
///
/// ```
/// let cut = diptych::translate::split::pieces("Il est venu hier soir ; il est reparti ce matin.", 6);
/// assert_eq!(cut.pieces, ["Il est venu hier soir ;", "il est reparti ce matin."]);
/// assert!(!cut.forced);
/// ```
#[must_use]
pub fn pieces(text: &str, max_words: usize) -> Pieces<'_> {
    let mut out = Pieces {
        pieces: Vec::new(),
        forced: false,
    };
    cut(text.trim(), max_words.max(2 * SHORTEST), &mut out);
    out
}

fn cut<'t>(text: &'t str, max_words: usize, out: &mut Pieces<'t>) {
    let words: Vec<(usize, &str)> = words(text);
    if words.len() <= max_words {
        out.pieces.push(text);
        return;
    }
    // The boundary that is strongest for how far it lies from the middle: a cut
    // at the edge leaves the other piece too long still.
    let middle = words.len() as f32 / 2.0;
    let best = (SHORTEST..=words.len() - SHORTEST)
        .filter_map(|i| {
            let strength = boundary(words[i - 1].1, words[i].1)?;
            let off = (i as f32 - middle).abs() / middle;
            Some((strength - off, i))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let at = match best {
        Some((_, i)) => i,
        None => {
            out.forced = true;
            // In the middle: the work stays n log n on a text without an end.
            words.len().div_ceil(2)
        }
    };
    let (left, right) = text.split_at(words[at].0);
    cut(left.trim_end(), max_words, out);
    cut(right, max_words, out);
}

/// The words of a text with where each begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace()
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
        .collect()
}

/// How good a cut between two words is, if it is at a clause boundary at all.
/// The numbers weigh strength against balance: a semicolon is worth a cut at a
/// quarter of the sentence, a comma only one near the middle.
fn boundary(before: &str, after: &str) -> Option<f32> {
    let joint = matches!(
        after,
        "et" | "mais"
            | "ou"
            | "qui"
            | "que"
            | "dont"
            | "où"
            | "alors"
            | "tandis"
            | "selon"
            | "car"
            | "pour"
            | "après"
            | "avant"
            | "afin"
            | "and"
            | "but"
            | "or"
            | "which"
            | "who"
            | "that"
            | "while"
            | "because"
            | "after"
            | "before"
    );
    match before.trim_end_matches(['"', ')']).chars().next_back()? {
        ';' | '.' | '!' | '?' => Some(1.2),
        ':' => Some(1.1),
        ',' if joint => Some(1.0),
        ',' => Some(0.8),
        '-' if before.len() == 1 => Some(0.9),
        _ if after == "-" => Some(1.0),
        _ if joint => Some(0.5),
        _ => None,
    }
}

/// Puts translated pieces together: a full stop that the model added at a cut
/// goes, and so does the capital of a function word after one.
#[must_use]
pub fn join(sources: &[&str], translations: &[&str]) -> String {
    let mut out = String::new();
    for (i, (source, translation)) in sources.iter().zip(translations).enumerate() {
        let mut piece = translation.trim().to_owned();
        if i > 0 && source.starts_with(char::is_lowercase) && capital_of_a_function_word(&piece) {
            let first = piece.remove(0);
            piece.insert(0, first.to_ascii_lowercase());
        }
        if i + 1 < sources.len()
            && piece.ends_with('.')
            && !source.ends_with('.')
            && !piece.ends_with("..")
        {
            piece.pop();
            // The mark at the cut, where the model turned it into the full stop.
            if let Some(mark) = source.chars().next_back().filter(|c| ",;:".contains(*c)) {
                piece.push(mark);
            }
        }
        if piece.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    out
}

fn capital_of_a_function_word(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic()).next();
    matches!(
        first,
        Some(
            "The"
                | "A"
                | "An"
                | "In"
                | "On"
                | "At"
                | "Of"
                | "To"
                | "For"
                | "From"
                | "By"
                | "With"
                | "And"
                | "But"
                | "Or"
                | "He"
                | "She"
                | "It"
                | "They"
                | "We"
                | "You"
                | "This"
                | "That"
                | "These"
                | "Those"
                | "Which"
                | "Who"
                | "While"
                | "When"
                | "Where"
                | "After"
                | "Before"
                | "As"
                | "If"
                | "Its"
                | "His"
                | "Her"
                | "Their"
                | "According"
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stretch_without_clauses_is_cut_and_says_so() {
        let text = "mot ".repeat(50);
        let cut = pieces(&text, 20);
        assert!(cut.forced);
        assert!(cut.pieces.iter().all(|p| p.split(' ').count() <= 20));
    }

    #[test]
    fn joining_takes_back_what_the_cut_caused() {
        assert_eq!(
            join(
                &["Le maire est venu,", "et la foule a crié."],
                &["The mayor came.", "And the crowd shouted."]
            ),
            "The mayor came, and the crowd shouted."
        );
        assert_eq!(join(&["a", "français"], &["A", "French"]), "A French");
    }

    proptest! {
        #[test]
        fn pieces_are_the_sentence(text in "[a-z,;. -]{0,200}") {
            let cut = pieces(&text, 10);
            let words: Vec<_> = text.split_whitespace().collect();
            let again: Vec<_> = cut.pieces.iter().flat_map(|p| p.split_whitespace()).collect();
            prop_assert_eq!(words, again);
            prop_assert!(cut.pieces.iter().all(|p| p.split_whitespace().count() <= 10));
        }
    }
}
