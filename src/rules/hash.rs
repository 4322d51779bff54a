//! A quick hash for tables of words.
//!
//! The tables are part of the program, so nobody can choose keys that collide:
//! the standard hasher's defence is not needed, and words are looked up for every
//! word of every text.

use std::collections::HashMap;

/// For maps and sets of words.
pub(crate) type WordHashing = rustc_hash::FxBuildHasher;
/// A map from the words of a table.
pub(crate) type WordMap<V> = HashMap<&'static str, V, WordHashing>;
