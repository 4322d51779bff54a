//! A list for each line of a text, all in one piece of memory.

use std::ops::Range;

/// Lists of items, one for each line.
#[derive(Debug, Clone)]
pub struct PerLine<T> {
    items: Vec<T>,
    /// Where the items of each line end.
    ends: Vec<usize>,
}

impl<T> Default for PerLine<T> {
    fn default() -> Self {
        Self::with_capacity(0, 0)
    }
}

impl<T> PerLine<T> {
    /// Room for so many lines with so many items in all.
    #[must_use]
    pub fn with_capacity(lines: usize, items: usize) -> Self {
        Self {
            items: Vec::with_capacity(items),
            ends: Vec::with_capacity(lines),
        }
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds the next line's items.
    pub fn add(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(self.items.len());
    }

    /// The items of a line, none of one that is not there.
    #[must_use]
    pub fn of(&self, line: usize) -> &[T] {
        let from = line.checked_sub(1).map_or(Some(&0), |l| self.ends.get(l));
        match (from, self.ends.get(line)) {
            (Some(&from), Some(&to)) => &self.items[from..to],
            _ => &[],
        }
    }

    /// All items, line after line.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// All items, to change.
    pub fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// The lists of some lines.
    #[must_use]
    pub fn part(&self, lines: Range<usize>) -> Self
    where
        T: Clone,
    {
        let mut part = Self::with_capacity(lines.len(), 0);
        lines.for_each(|line| part.add(self.of(line).iter().cloned()));
        part
    }
}
