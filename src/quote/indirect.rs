//! Reported speech without marks.

use super::attribution::Reading;
use crate::document::{Quote, Speaker};

/// The reported clauses of a paragraph; `used` are the cues of its quotations.
pub(crate) fn find(
    _reading: &Reading<'_>,
    _used: &[usize],
    _speaker: impl FnMut(usize) -> Option<Speaker>,
) -> Vec<Quote> {
    Vec::new()
}
