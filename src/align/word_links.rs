//! Links between the words of two texts that say the same, for highlighting.
//!
//! Takes two texts and gives stretches of both, in code points, with a score. Words
//! are linked one to one, the surest first (competitive linking, Melamed, 2000):
//! by the dictionary, by sound and as cognates, words whose neighbours fit each
//! other and that stand at a like place before others. Small words, of which no
//! dictionary tells much, follow the word they belong to.

use super::language::Language;
use super::vocabulary::{EntryId, Vocabulary};
use super::words::{Word, words};
use crate::document::Lang;
use crate::record::WordLink;

/// Words beyond this many are not linked: the cost grows with both texts' product.
const MAX_WORDS: usize = 200;
/// Weaker links are left out.
const MIN_SCORE: f32 = 0.3;
/// What a link loses from one end of a text to the other.
const DISTANCE: f32 = 0.5;
/// What it gains when the words before or behind fit each other too.
const NEIGHBOUR: f32 = 0.1;
/// The score of a small word that follows its neighbour.
const FOLLOWER: f32 = 0.4;

struct Side {
    words: Vec<Word>,
    /// Beginning and end of each word in code points.
    places: Vec<[usize; 2]>,
    entries: Vec<EntryId>,
    /// Whether each is a word without content.
    small: Vec<bool>,
}

impl Side {
    fn new(text: &str, lang: Lang, vocabulary: &mut Vocabulary) -> Self {
        let mut words = words(text);
        words.truncate(MAX_WORDS);
        let language = Language::of(lang);
        let (mut points, mut at) = (0, 0);
        let mut points_to = |byte: usize| {
            points += text[at..byte].chars().count();
            at = byte;
            points
        };
        let places = words
            .iter()
            .map(|w| [points_to(w.range.start), points_to(w.range.end)])
            .collect();
        let entries = words
            .iter()
            .map(|w| {
                let surface = &text[w.range.clone()];
                if w.digits {
                    vocabulary.neutral(w.lower.clone(), surface, 1.0)
                } else {
                    vocabulary.word(lang, &w.lower, surface)
                }
            })
            .collect();
        Self {
            small: words.iter().map(|w| language.is_stop(&w.lower)).collect(),
            places,
            entries,
            words,
        }
    }
}

/// The word links of two texts, in the order of the first.
///
/// ```
/// use diptych::align::word_links::word_links;
/// use diptych::document::Lang;
/// let links = word_links(("La guerre finit à Oslo.", Lang::FR), ("War ends in Oslo.", Lang::EN));
/// let spans: Vec<_> = links.iter().map(|l| (l.0, l.1)).collect();
/// assert!(spans.contains(&([3, 9], [0, 3])) && spans.contains(&([18, 22], [12, 16])));
/// ```
#[must_use]
pub fn word_links(a: (&str, Lang), b: (&str, Lang)) -> Vec<WordLink> {
    let mut vocabulary = Vocabulary::default();
    let a = Side::new(a.0, a.1, &mut vocabulary);
    let b = Side::new(b.0, b.1, &mut vocabulary);
    let (n, m) = (a.words.len(), b.words.len());
    let mut alike = vec![0.0f32; n * m];
    for (i, x) in a.entries.iter().enumerate() {
        for (j, y) in b.entries.iter().enumerate() {
            let names = a.words[i].capital && b.words[j].capital;
            alike[i * m + j] = vocabulary.likeness(*x, *y, names);
        }
    }
    let mut partner_a: Vec<Option<usize>> = vec![None; n];
    let mut partner_b: Vec<Option<usize>> = vec![None; m];
    let mut scores = vec![0.0f32; n];
    for (score, i, j) in scored(&alike, n, m) {
        if partner_a[i].is_none() && partner_b[j].is_none() {
            (partner_a[i], partner_b[j]) = (Some(j), Some(i));
            scores[i] = score.min(1.0);
        }
    }
    // `la guerre`, `the war`: the article follows its noun.
    for i in 0..n.saturating_sub(1) {
        let behind = partner_a[i + 1].and_then(|j| j.checked_sub(1));
        if let Some(j) = behind
            && partner_a[i].is_none()
            && partner_b[j].is_none()
            && a.small[i]
            && b.small[j]
        {
            (partner_a[i], partner_b[j]) = (Some(j), Some(i));
            scores[i] = FOLLOWER;
        }
    }
    (0..n)
        .filter_map(|i| {
            let score = (scores[i] * 100.0).round() / 100.0;
            Some((a.places[i], b.places[partner_a[i]?], score))
        })
        .collect()
}

/// The pairs of words that may be linked, the surest first.
fn scored(alike: &[f32], n: usize, m: usize) -> Vec<(f32, usize, usize)> {
    let fits = |i: Option<usize>, j: Option<usize>| match (i, j) {
        (Some(i), Some(j)) if i < n && j < m => alike[i * m + j] > 0.5,
        _ => false,
    };
    let mut out = Vec::new();
    for i in 0..n {
        for j in 0..m {
            let likeness = alike[i * m + j];
            if likeness < MIN_SCORE {
                continue;
            }
            let apart = (i as f32 / n as f32 - j as f32 / m as f32).abs();
            let near = fits(i.checked_sub(1), j.checked_sub(1)) || fits(Some(i + 1), Some(j + 1));
            let score = likeness * (1.0 - DISTANCE * apart) + NEIGHBOUR * f32::from(near);
            if score >= MIN_SCORE {
                out.push((score, i, j));
            }
        }
    }
    out.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linked words as they stand in both texts.
    fn linked<'t>(a: &'t str, b: &'t str) -> Vec<(String, String)> {
        let of = |text: &str, [from, to]: [usize; 2]| -> String {
            text.chars().skip(from).take(to - from).collect()
        };
        word_links((a, Lang::FR), (b, Lang::EN))
            .into_iter()
            .map(|(x, y, _)| (of(a, x), of(b, y)))
            .collect()
    }

    #[test]
    fn names_numbers_and_translations_are_linked_with_their_articles() {
        let links = linked(
            "La guerre a tué 300 Arméniens.",
            "The war killed 300 Armenians.",
        );
        for (fr, en) in [
            ("La", "The"),
            ("guerre", "war"),
            ("300", "300"),
            ("Arméniens", "Armenians"),
        ] {
            assert!(links.contains(&(fr.into(), en.into())), "{fr}: {links:?}");
        }
    }

    #[test]
    fn of_two_equal_words_each_takes_the_nearer() {
        let links = word_links(
            ("Paris aime Londres, Londres aime Paris.", Lang::FR),
            ("Paris loves London, London loves Paris.", Lang::EN),
        );
        assert!(links.contains(&([0, 5], [0, 5], links[0].2)), "{links:?}");
    }

    #[test]
    fn nothing_is_linked_to_an_empty_text() {
        assert!(word_links(("Oslo", Lang::FR), ("", Lang::EN)).is_empty());
    }
}
