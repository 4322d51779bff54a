//! Lines that are none: text wrapped at a column, words divided at a line's end,
//! sentences broken across lines.
//!
//! Gives the logical lines of a text. White space inside a logical line that
//! holds a line's end is joined by [`super::typography`].

use super::layout::{Block, final_mark, is_bullet_mark, words};
use super::rules::TextRules;
use super::vocabulary::Vocabulary;
use crate::split::{Stops, places_of};

/// Wrapped text has lines of at least and at most so many characters.
const WIDTH: std::ops::RangeInclusive<usize> = 36..=132;
/// A wrapped paragraph's lines reach this share of the widest one.
const FULL: f32 = 0.62;

/// The logical lines of a text.
pub(super) fn lines(text: &str, words: &Vocabulary, rules: &TextRules<'_>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let groups = groups(text);
    let widths: Vec<Option<usize>> = groups.iter().map(|g| wrapped_width(text, g)).collect();
    let column = column(text, &groups, &widths);
    for (group, width) in groups.into_iter().zip(widths) {
        for block in group {
            let goes_on = match (width, out.last()) {
                (Some(width), Some(last)) => {
                    same_group(text, last, &block)
                        && runs_on(text, last, &block, column.unwrap_or(width))
                }
                (None, Some(last)) if column.is_some_and(|c| is_full(text, last, &block, c)) => {
                    same_group(text, last, &block)
                }
                _ => false,
            };
            let goes_on = goes_on
                || out
                    .last()
                    .is_some_and(|last| broken_sentence(text, last, &block, words, rules));
            match out.last_mut() {
                Some(last) if goes_on => *last = last.up_to(text, block.end),
                _ => out.push(block),
            }
        }
    }
    out
}

/// The lines of a text, those without a blank line between them together.
fn groups(text: &str) -> Vec<Vec<Block>> {
    let mut out: Vec<Vec<Block>> = vec![Vec::new()];
    let mut at = 0;
    while at < text.len() {
        let line = &text[at..at + line_end(&text[at..])];
        match Block::trimmed(text, at, at + line.len()) {
            Some(block) => {
                if let Some(group) = out.last_mut() {
                    group.push(block);
                }
            }
            // A line's end of two characters is no blank line.
            None if line == "\n" && text[..at].ends_with('\r') => {}
            None => out.push(Vec::new()),
        }
        at += line.len();
    }
    out.retain(|g| !g.is_empty());
    out
}

/// The length of a text's first line, with what ends it.
fn line_end(text: &str) -> usize {
    static STOPS: Stops = Stops::at(b"\n\x0b\x0c\r\xe2");
    let ends = |c| matches!(c, '\n'..='\r' | '\u{2028}' | '\u{2029}');
    let end = places_of(text, &STOPS, ends).next();
    end.map_or(text.len(), |(at, c)| at + c.len_utf8())
}

/// The width at which a group of lines is wrapped, if it is: lines of about one
/// length, most of which end inside a sentence.
fn wrapped_width(text: &str, group: &[Block]) -> Option<usize> {
    let (last, full) = group.split_last()?;
    if full.len() < 2 {
        return None;
    }
    let length = |b: &Block| b.of(text).chars().count();
    let width = group.iter().map(length).max()?;
    // A line that ends a paragraph may be short.
    let inside = || full.iter().filter(|b| b.look.final_mark.is_none());
    let reach = inside()
        .filter(|b| length(b) as f32 >= FULL * width as f32)
        .count();
    let inside = inside().count();
    let lower = group[1..]
        .iter()
        .filter(|b| b.of(text).starts_with(char::is_lowercase))
        .count();
    (WIDTH.contains(&width)
        && reach * 10 >= inside * 8
        && inside * 10 >= full.len() * 6
        && lower * 3 >= full.len()
        && length(last) <= width)
        .then_some(width)
}

/// The column at which all of a text is wrapped: several paragraphs are, and hardly a
/// line is longer. Paragraphs of two lines then show it by their first alone.
fn column(text: &str, groups: &[Vec<Block>], widths: &[Option<usize>]) -> Option<usize> {
    const FEWEST_PARAGRAPHS: usize = 2;
    let wrapped = widths.iter().flatten();
    if wrapped.clone().count() < FEWEST_PARAGRAPHS {
        return None;
    }
    let column = *wrapped.max()?;
    let lines = || groups.iter().flatten();
    let longer = lines().filter(|b| b.of(text).chars().count() > column);
    (longer.count() * 20 <= lines().count()).then_some(column)
}

/// Whether a line was broken for want of room: the first word of the next one would
/// not have stood on it.
fn is_full(text: &str, last: &Block, next: &Block, column: usize) -> bool {
    let line = last.of(text).rsplit('\n').next().unwrap_or_default().trim();
    let word = next.of(text).split_whitespace().next().unwrap_or_default();
    let length = line.chars().count();
    length <= column && length + 1 + word.chars().count() > column
}

fn same_group(text: &str, last: &Block, block: &Block) -> bool {
    text[last.end..block.start].matches('\n').count() <= 1
}

/// Whether a wrapped paragraph goes on after the line that ends `last`.
fn runs_on(text: &str, last: &Block, next: &Block, column: usize) -> bool {
    let line = last.of(text).rsplit('\n').next().unwrap_or_default().trim();
    final_mark(line).is_none() || is_full(text, last, next, column)
}

/// Whether a line goes on with the sentence that the line before broke off.
fn broken_sentence(
    text: &str,
    last: &Block,
    block: &Block,
    vocabulary: &Vocabulary,
    rules: &TextRules<'_>,
) -> bool {
    let (a, b) = (last.of(text), block.of(text));
    let mut letters = b.chars();
    let lower = letters.next().is_some_and(char::is_lowercase)
        && letters.next().is_some_and(|c| !c.is_uppercase());
    if !lower || a.starts_with(is_bullet_mark) || words(a, 6) < 5 || words(b, 3) < 2 {
        return false;
    }
    let tail = a
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'))
        .next()
        .unwrap_or_default();
    let open = a.ends_with(',')
        || vocabulary.has("linker", tail)
        || (a.len() >= 60 && a.ends_with(char::is_lowercase));
    open && final_mark(a).is_none()
        && final_mark(b).is_some()
        && !b
            .split_whitespace()
            .next()
            .is_some_and(|w| w.contains('.') || w.contains('@'))
        && rules.of_line(b).is_empty()
        && rules.of_line(a).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::vocabulary::vocabulary;
    use crate::document::Lang;

    fn count(text: &str) -> usize {
        lines(text, vocabulary(Lang::EN), &TextRules::new(text, Lang::EN)).len()
    }

    #[test]
    fn a_paragraph_of_two_lines_is_one_in_a_wrapped_text() {
        let wrapped = "The town hall on Monday shut the bridge at the station, which a\n\
                       week of rain had weakened more than anyone had thought, the engineers\n\
                       said in a long statement that was read out to residents on the steps\n\
                       of the old library.";
        let two = "“You can hear it groan when the wind is from the west,” said Joumana\nSaab, who lives there.";
        assert_eq!(count(&format!("{wrapped}\n\n{two}\n\n{wrapped}")), 3);
        // A byline under a headline stands on a line of its own.
        let head = "Town hall shuts the bridge at the station\nBy Jane Marlow";
        assert_eq!(count(&format!("{head}\n\n{wrapped}\n\n{wrapped}")), 4);
    }

    #[test]
    fn wrapped_text_is_one_line_and_paragraphs_stay_apart() {
        let wrapped = "The town hall on Monday shut the bridge at the station, which a\n\
                       week of rain had weakened more than anyone had thought, the engineers\n\
                       said in a long statement that was read out to residents on the steps\n\
                       of the old library.";
        assert_eq!(count(wrapped), 1);
        assert_eq!(count(&format!("{wrapped}\n\n{wrapped}")), 2);
        assert_eq!(
            count("The bridge was shut.\nIt will open again.\nBuses go round."),
            3
        );
    }
}
