//! The side-by-side page.
