//! What was found of texts seen before, for those asked for last.
//!
//! Lines and sentences return in a corpus: furniture on every page of a site, wire copy,
//! captions and headlines in many papers. What depends on the text alone is kept, and a
//! corpus of any size fits into memory.

use std::collections::HashMap;

/// Findings by their texts, in two generations: the older one goes when the newer one is
/// full, but for what was asked for again.
#[derive(Debug)]
pub(crate) struct Memo<V> {
    newer: HashMap<Box<str>, V>,
    older: HashMap<Box<str>, V>,
    kept: usize,
}

impl<V> Memo<V> {
    /// Keeps so many texts at least, twice as many at most.
    pub(crate) fn new(kept: usize) -> Self {
        Self {
            newer: HashMap::new(),
            older: HashMap::new(),
            kept,
        }
    }

    /// What is kept of a text.
    pub(crate) fn get(&mut self, text: &str) -> Option<&V> {
        if let Some((text, found)) = self.older.remove_entry(text) {
            self.put(text, found);
        }
        self.newer.get(text)
    }

    /// Keeps what was found of a text.
    pub(crate) fn insert(&mut self, text: &str, found: V) {
        self.put(text.into(), found);
    }

    fn put(&mut self, text: Box<str>, found: V) {
        if self.newer.len() >= self.kept {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(text, found);
    }
}

impl<V: Clone> Memo<V> {
    /// What is kept of a text; found anew, and kept, where nothing is.
    pub(crate) fn of(&mut self, text: &str, find: impl FnOnce() -> V) -> V {
        if let Some(known) = self.newer.get(text) {
            return known.clone();
        }
        let found = self.older.remove(text).unwrap_or_else(find);
        self.insert(text, found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: usize = 1 << 12;

    #[test]
    fn texts_that_are_asked_for_are_found_once() {
        let mut memo = Memo::new(KEPT);
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

    #[test]
    fn what_is_asked_for_is_kept_and_what_is_not_makes_room() {
        let mut memo = Memo::new(KEPT);
        for text in ["asked for", "not asked for"] {
            memo.insert(text, 0);
        }
        for n in 0..2 * KEPT {
            memo.insert(&n.to_string(), n);
            assert!(n % 1000 > 0 || memo.get("asked for").is_some());
        }
        assert!(memo.get("not asked for").is_none());
        assert!(memo.newer.len() + memo.older.len() <= 2 * KEPT);
    }
}
