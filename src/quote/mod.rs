//! Quotations, reported speech and who said it.

use crate::document::{Document, Quote};

pub mod marks;
pub mod name_key;

/// The quotations of a segmented document, in order.
#[must_use]
pub fn quotes(_document: &Document) -> Vec<Quote> {
    Vec::new()
}
