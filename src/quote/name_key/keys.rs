//! The keys of the names of a document.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::rc::Rc;

use super::write_key;
use crate::rules::hash::WordHashing;

/// A key that several may hold, with what tells it from nearly all others beside it:
/// every name of a document is compared with those before.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    text: Rc<str>,
    mark: Mark,
}

/// What equal keys have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    hash: u32,
    first: u8,
    last: u8,
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mark = Mark {
            hash: WordHashing::default().hash_one(text) as u32,
            first: bytes.first().copied().unwrap_or_default(),
            last: bytes.last().copied().unwrap_or_default(),
        };
        Self {
            text: Rc::from(text),
            mark,
        }
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.mark == other.mark && self.text == other.text
    }
}

impl Key {
    /// Whatever agrees begins or ends alike: nearly all pairs of names are told apart
    /// by that.
    pub(crate) fn may_agree(&self, other: &Self) -> bool {
        self.mark.first == other.mark.first || self.mark.last == other.mark.last
    }
}

/// The keys of the names of a document, each made once.
#[derive(Debug, Default)]
pub(crate) struct Keys<'d> {
    known: HashMap<&'d str, Key, WordHashing>,
    /// Where a key is made.
    draft: String,
}

impl<'d> Keys<'d> {
    /// Makes room for so many names more.
    pub(crate) fn reserve(&mut self, names: usize) {
        self.known.reserve(names);
    }

    /// The key of a name, see [`super::name_key`].
    pub(crate) fn of(&mut self, name: &'d str) -> Key {
        let draft = &mut self.draft;
        let known = self.known.entry(name);
        known
            .or_insert_with(|| {
                draft.clear();
                write_key(draft, name);
                Key::from(draft.as_str())
            })
            .clone()
    }
}
