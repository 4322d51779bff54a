//! The side-by-side page.

use crate::record::{DocumentRecord, LinkRecord};

/// About a run.
#[derive(Debug, Clone)]
pub struct About {
    /// The program's version.
    pub version: String,
    /// The model's name.
    pub model: Option<String>,
    /// Documents that could not be processed.
    pub errors: usize,
}

/// The page.
#[must_use]
pub fn page(_documents: &[DocumentRecord], _links: &[LinkRecord], _about: &About) -> String {
    String::new()
}
