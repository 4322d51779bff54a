//! What was found of lines seen before.
//!
//! Furniture is the same on every page of a site: of the lines of a corpus that are as
//! short as it mostly is, two in three stand in other texts, too. What depends on the line
//! alone is kept for those asked for last.

use std::collections::HashMap;

/// So many lines are kept at least, twice as many at most: those of some hundred pages.
const KEPT: usize = 1 << 12;

/// Findings by their lines, in two generations: the older one goes when the newer one is
/// full, but for what was asked for again.
#[derive(Debug, Default)]
pub(super) struct Memo<V> {
    newer: HashMap<Box<str>, V>,
    older: HashMap<Box<str>, V>,
}

impl<V: Clone> Memo<V> {
    /// What is kept of a line; found anew, and kept, where nothing is.
    pub(super) fn of(&mut self, line: &str, find: impl FnOnce() -> V) -> V {
        if let Some(known) = self.newer.get(line) {
            return known.clone();
        }
        let found = self.older.remove(line).unwrap_or_else(find);
        if self.newer.len() >= KEPT {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(line.into(), found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_asked_for_are_found_once() {
        let mut memo = Memo::default();
        let mut times = 0;
        for round in 0..4 {
            for n in 0..KEPT {
                // One line that returns among others that do not.
                let other = format!("{round} {n}");
                assert_eq!(memo.of(&other, || n), n);
                let length = memo.of("Share", || {
                    times += 1;
                    5
                });
                assert_eq!(length, 5);
            }
        }
        assert_eq!(times, 1);
        assert!(memo.newer.len() + memo.older.len() <= 2 * KEPT);
    }
}
