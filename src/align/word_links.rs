//! Links between the words of two texts that say the same, for highlighting.
//!
//! Takes two texts and gives stretches of both, in code points, with a score. Words
//! of content are linked one to one, the surest first (competitive linking, Melamed,
//! 2000): by the dictionary, by sound and as cognates, words whose neighbours fit each
//! other and that stand at a like place before others. Small words, of which a
//! dictionary counted from sentences tells little, are looked up in a table and take
//! the word nearest to where the links around them point. What is then left between
//! two links on both sides is linked as a whole: a turn of phrase.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::language::Language;
use super::vocabulary::{EntryId, Vocabulary};
use super::words::{Word, fold, words};
use crate::document::Lang;
use crate::record::WordLink;
use crate::rules::table::Table;

/// Words beyond this many are not linked: the cost grows with both texts' product.
const MAX_WORDS: usize = 200;
/// Weaker links are left out.
const MIN_SCORE: f32 = 0.3;
/// What a link loses from one end of a text to the other.
const DISTANCE: f32 = 0.5;
/// What it gains when the words before or behind fit each other too.
const NEIGHBOUR: f32 = 0.1;
/// The scores of a small word with its usual translation, of one that follows its
/// neighbour, and of turns of phrase.
const SMALL: f32 = 0.7;
const FOLLOWER: f32 = 0.4;
const PHRASE: f32 = 0.3;
/// How far from where the links around it point a small word is looked for.
const REACH: f32 = 3.5;
/// Turns of phrase have at most this many words on either side.
const MAX_PHRASE: usize = 2;

/// French small words with their English ones, the usual first.
static SMALL_WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let table = Table::parse(
        "fr/small_words_en",
        include_str!("../rules/fr/small_words_en.tsv"),
    );
    let row = |r: crate::rules::table::Row<'_>| (r.get("fr"), r.get("en").split(' ').collect());
    table.rows().map(row).collect()
});

struct Side<'t> {
    words: Vec<Word<'t>>,
    /// Beginning and end of each word in code points.
    places: Vec<[usize; 2]>,
    entries: Vec<EntryId>,
    /// Whether each is a word without content.
    small: Vec<bool>,
    /// In lower case, accents folded.
    folded: Vec<String>,
}

impl<'t> Side<'t> {
    fn new(text: &'t str, lang: Lang, vocabulary: &mut Vocabulary) -> Self {
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
                    vocabulary.neutral(w.lower.to_string(), surface, 1.0)
                } else {
                    vocabulary.word(lang, &w.lower, surface)
                }
            })
            .collect();
        Self {
            small: words.iter().map(|w| language.is_stop(&w.lower)).collect(),
            folded: words.iter().map(|w| fold(&w.lower)).collect(),
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
    let langs = (a.1, b.1);
    let mut vocabulary = Vocabulary::default();
    let a = Side::new(a.0, a.1, &mut vocabulary);
    let b = Side::new(b.0, b.1, &mut vocabulary);
    let mut linked = Linked::new(&a, &b);
    linked.content(&vocabulary);
    linked.small(langs);
    linked.followers();
    let mut links = linked.words();
    links.extend(linked.phrases());
    links.sort_by_key(|l| (l.0, l.1));
    links
}

/// The words of two sides with their partners.
struct Linked<'s> {
    a: &'s Side<'s>,
    b: &'s Side<'s>,
    partner_a: Vec<Option<usize>>,
    partner_b: Vec<Option<usize>>,
    scores: Vec<f32>,
}

impl<'s> Linked<'s> {
    fn new(a: &'s Side<'s>, b: &'s Side<'s>) -> Self {
        Self {
            partner_a: vec![None; a.words.len()],
            partner_b: vec![None; b.words.len()],
            scores: vec![0.0; a.words.len()],
            a,
            b,
        }
    }

    fn link(&mut self, i: usize, j: usize, score: f32) {
        if self.partner_a[i].is_none() && self.partner_b[j].is_none() {
            (self.partner_a[i], self.partner_b[j]) = (Some(j), Some(i));
            self.scores[i] = score.min(1.0);
        }
    }

    /// Links words of content.
    fn content(&mut self, vocabulary: &Vocabulary) {
        let (a, b) = (self.a, self.b);
        let (n, m) = (a.words.len(), b.words.len());
        let mut alike = vec![0.0f32; n * m];
        for (i, x) in a.entries.iter().enumerate() {
            for (j, y) in b.entries.iter().enumerate() {
                if a.small[i] == b.small[j] {
                    let names = a.words[i].capital && b.words[j].capital;
                    alike[i * m + j] = vocabulary.likeness(*x, *y, names);
                }
            }
        }
        for (score, i, j) in scored(&alike, n, m) {
            if !a.small[i] {
                self.link(i, j, score);
            }
        }
    }

    /// Links small words by the table, the nearest to their place first.
    fn small(&mut self, langs: (Lang, Lang)) {
        let mut found = Vec::new();
        for i in (0..self.a.words.len()).filter(|&i| self.partner_a[i].is_none()) {
            let place = self.place(i);
            for j in (0..self.b.words.len()).filter(|&j| self.partner_b[j].is_none()) {
                let apart = (j as f32 - place).abs();
                if apart <= REACH
                    && let Some(rank) = rank(&self.a.folded[i], &self.b.folded[j], langs)
                {
                    let score = SMALL - 0.05 * rank as f32 - 0.1 * apart;
                    found.push((score, i, j));
                }
            }
        }
        found.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
        for (score, i, j) in found.into_iter().filter(|f| f.0 >= MIN_SCORE) {
            self.link(i, j, score);
        }
    }

    /// Where in the second text the links around a word point.
    fn place(&self, i: usize) -> f32 {
        let linked = |k: usize| self.partner_a[k].map(|j| (k as f32, j as f32));
        let before = (0..i).rev().find_map(linked).unwrap_or((-1.0, -1.0));
        let end = (self.a.words.len() as f32, self.b.words.len() as f32);
        let behind = (i + 1..self.a.words.len()).find_map(linked).unwrap_or(end);
        // Near the nearer one; a link far off says little of what stands between.
        if i as f32 - before.0 <= behind.0 - i as f32 {
            before.1 + (i as f32 - before.0)
        } else {
            behind.1 - (behind.0 - i as f32)
        }
    }

    /// `la guerre`, `the war`: a small word of no table follows the word behind it.
    fn followers(&mut self) {
        for i in 0..self.a.words.len().saturating_sub(1) {
            let behind = self.partner_a[i + 1].and_then(|j| j.checked_sub(1));
            if let Some(j) = behind
                && self.a.small[i]
                && self.b.small[j]
            {
                self.link(i, j, FOLLOWER);
            }
        }
    }

    fn words(&self) -> Vec<WordLink> {
        let link = |i: usize| {
            let score = (self.scores[i] * 100.0).round() / 100.0;
            Some((self.a.places[i], self.b.places[self.partner_a[i]?], score))
        };
        (0..self.a.words.len()).filter_map(link).collect()
    }

    /// Runs of words without a link between links of neighbouring words.
    fn phrases(&self) -> Vec<WordLink> {
        let (n, m) = (self.a.words.len(), self.b.words.len());
        let mut out = Vec::new();
        let mut i = 0;
        while i < n {
            let Some(run) = self.partner_a[i..]
                .iter()
                .position(Option::is_some)
                .or(Some(n - i))
            else {
                break;
            };
            if run == 0 {
                i += 1;
                continue;
            }
            let before = i.checked_sub(1).and_then(|k| self.partner_a[k]);
            let behind = self.partner_a.get(i + run).copied().flatten();
            let from = if i == 0 {
                Some(0)
            } else {
                before.map(|j| j + 1)
            };
            let to = if i + run == n { Some(m) } else { behind };
            if let (Some(from), Some(to)) = (from, to)
                && from < to
                && run.max(to - from) <= MAX_PHRASE
                && self.partner_b[from..to].iter().all(Option::is_none)
            {
                let of_a = [self.a.places[i][0], self.a.places[i + run - 1][1]];
                let of_b = [self.b.places[from][0], self.b.places[to - 1][1]];
                out.push((of_a, of_b, PHRASE));
            }
            i += run;
        }
        out
    }
}

/// How usual a translation of one small word by another is, 0 the most usual.
fn rank(a: &str, b: &str, langs: (Lang, Lang)) -> Option<usize> {
    let (fr, en) = match langs {
        (Lang::FR, Lang::EN) => (a, b),
        (Lang::EN, Lang::FR) => (b, a),
        _ => return (a == b).then_some(0),
    };
    SMALL_WORDS.get(fr)?.iter().position(|e| *e == en)
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
