//! All rules, with examples.

use crate::document::{Action, ArtefactKind};

/// A rule.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "replaced on merging")]
pub struct Rule {
    pub id: &'static str,
    pub kind: ArtefactKind,
    pub action: Action,
    pub confidence: f32,
    pub description: &'static str,
    pub positive: &'static str,
    pub negative: &'static str,
}

/// All of them.
#[must_use]
pub fn all() -> &'static [Rule] {
    &[]
}
