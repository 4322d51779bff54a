//! The nouns that say what somebody is.

use std::ops::Range;

/// Stretches of tokens; nearly always one or none, which needs no memory of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    /// Empty where there is none.
    first: Stretch,
    rest: Box<[Stretch]>,
}

/// A range of tokens, in half the room.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    start: u32,
    end: u32,
}

impl From<Range<usize>> for Stretch {
    fn from(range: Range<usize>) -> Self {
        // A text has fewer bytes than a `u32` counts, and fewer tokens than bytes.
        Self {
            start: range.start as u32,
            end: range.end as u32,
        }
    }
}

impl From<Stretch> for Range<usize> {
    fn from(stretch: Stretch) -> Self {
        stretch.start as usize..stretch.end as usize
    }
}

impl Roles {
    pub(crate) fn first(&self) -> Option<Range<usize>> {
        (!self.is_empty()).then(|| self.first.into())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Range<usize>> {
        let rest = self.rest.iter().map(|&stretch| stretch.into());
        self.first().into_iter().chain(rest)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.end <= self.first.start
    }

    pub(super) fn push(&mut self, role: Range<usize>) {
        if role.is_empty() {
            return;
        }
        if self.is_empty() {
            self.first = role.into();
        } else {
            let mut rest = std::mem::take(&mut self.rest).into_vec();
            rest.push(role.into());
            self.rest = rest.into_boxed_slice();
        }
    }

    pub(super) fn extend(&mut self, other: &Self) {
        other.iter().for_each(|role| self.push(role));
    }
}
