//! Language knowledge as data: tab-separated tables in a folder for each
//! language, embedded at build time.
//!
//! A table's first line names its columns; lines that begin with `#` and empty
//! lines are comments. A new language is a new folder, not new code.

pub(crate) mod frequency;
pub(crate) mod hash;
pub mod registry;
pub(crate) mod shapes;
mod short_word;
pub mod table;
pub(crate) mod word_table;
