//! The nouns that say what somebody is.

use std::ops::Range;

use smallvec::SmallVec;

/// Stretches of tokens; nearly always one or none, which needs no memory of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles(SmallVec<[Stretch; 1]>);

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
        self.iter().next()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().map(|&stretch| stretch.into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn push(&mut self, role: Range<usize>) {
        if !role.is_empty() {
            self.0.push(role.into());
        }
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }
}
