//! The dictionary that a text teaches of itself.
//!
//! Takes pairs of lines that surely correspond and gives, for words of the first
//! text, words of the second that stand where they stand: names spelled otherwise,
//! words that the translation got wrong each time, the terms of the text's subject.
//! A pair of words is measured by Dice's coefficient over the pairs of lines; words
//! that most lines have are left to the translation, so that the cost grows with the
//! length of the text alone.

use super::per_line::PerLine;

/// The words of each line of a text.
pub type Words = PerLine<u32>;

/// Words of the first text with their translations.
#[derive(Debug, Default)]
pub struct OwnLexicon {
    /// Word, translation, strength; sorted.
    entries: Vec<(u32, (u32, f32))>,
}

/// Pairs of words are looked at when each is in at most this part of the pairs of
/// lines (or in [`ALWAYS`]), and in at least [`TIMES`]: two words that meet twice often
/// do so by chance.
const MOST: f32 = 0.1;
const ALWAYS: f32 = 8.0;
const TIMES: u32 = 3;
/// So many of the rarest words of a line are looked at.
const WORDS: usize = 12;
/// Weaker pairs are left out.
const MIN_DICE: f32 = 0.45;
/// So many pairs of words are counted at a time.
const AT_ONCE: usize = 4_000_000;
/// The strength of a pair that is always together, and that no pair is stronger than.
const STRENGTH: f32 = 1.2;
const STRONGEST: f32 = 0.9;

impl OwnLexicon {
    /// Learns from pairs of lines.
    #[must_use]
    pub fn new(pairs: impl Iterator<Item = (usize, usize)> + Clone, a: &Words, b: &Words) -> Self {
        let counts_a = counts(pairs.clone().map(|p| a.of(p.0)));
        let counts_b = counts(pairs.clone().map(|p| b.of(p.1)));
        let most = (pairs.clone().count() as f32 * MOST).max(ALWAYS) as u32;
        let (mut of_a, mut of_b) = (Words::default(), Words::default());
        let (mut list, mut meetings) = (Vec::new(), 0);
        for (i, j) in pairs {
            rare(a.of(i), &counts_a, most, &mut list);
            let of_one = list.len();
            of_a.add(list.iter().copied());
            rare(b.of(j), &counts_b, most, &mut list);
            of_b.add(list.iter().copied());
            meetings += of_one * list.len();
        }
        // Of a long text the words of the first are taken in turn: all pairs at once
        // would be most of its memory.
        let turns = (meetings / AT_ONCE + 1) as u32;
        let mut entries = Vec::new();
        let mut together: Vec<(u32, u32)> = Vec::with_capacity(meetings.min(AT_ONCE));
        for turn in 0..turns {
            together.clear();
            for line in 0..of_a.len() {
                for &x in of_a.of(line).iter().filter(|x| **x % turns == turn) {
                    let others = of_b.of(line).iter().filter(|y| **y != x);
                    together.extend(others.map(|&y| (x, y)));
                }
            }
            together.sort_unstable();
            entries.extend(together.chunk_by(|p, q| p == q).filter_map(|same| {
                let (x, y) = *same.first()?;
                // Less a half: the fewer times they meet, the likelier it is by chance.
                let met = same.len() as f32 - 0.5;
                let all = counts_a[x as usize] + counts_b[y as usize];
                let dice = 2.0 * met / all as f32;
                let strength = (STRENGTH * dice).min(STRONGEST);
                let enough = same.len() >= TIMES as usize && dice >= MIN_DICE;
                enough.then_some((x, (y, strength)))
            }));
        }
        entries.sort_unstable_by_key(|&(x, (y, _))| (x, y));
        Self { entries }
    }

    /// Whether nothing was learnt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The translations of a word with their strengths.
    pub fn translations(&self, word: u32) -> impl Iterator<Item = (u32, f32)> {
        let from = self.entries.partition_point(|e| e.0 < word);
        let entries = self.entries[from..].iter();
        entries.take_while(move |e| e.0 == word).map(|e| e.1)
    }
}

/// In how many lines each word stands, by word.
fn counts<'w>(lines: impl Iterator<Item = &'w [u32]>) -> Vec<u32> {
    let mut counts = Vec::new();
    for &word in lines.flatten() {
        if counts.len() <= word as usize {
            counts.resize(word as usize + 1, 0);
        }
        counts[word as usize] += 1;
    }
    counts
}

/// The rarest words of a line that stand in [`TIMES`] lines at least and `most` at most.
fn rare(words: &[u32], counts: &[u32], most: u32, out: &mut Vec<u32>) {
    let count = |w: &u32| counts[*w as usize];
    out.clear();
    out.extend(words.iter().filter(|w| (TIMES..=most).contains(&count(w))));
    out.sort_unstable_by_key(|w| (count(w), *w));
    out.truncate(WORDS);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_in_the_same_pairs_of_lines_translate_each_other() {
        let (mut a, mut b) = (Words::default(), Words::default());
        for line in [[1, 2], [1, 3], [1, 5], [6, 2]] {
            a.add(line);
        }
        for line in [[11, 12], [11, 13], [11, 15], [16, 12]] {
            b.add(line);
        }
        let lexicon = OwnLexicon::new((0..4).map(|i| (i, i)), &a, &b);
        let of = |word| lexicon.translations(word).map(|t| t.0).collect::<Vec<_>>();
        assert_eq!(of(1), [11]);
        assert_eq!(of(2), [0; 0], "met twice");
    }
}
