//! Scores of an output folder against gold.
//!
//! Takes two folders in the output schema (`documents.jsonl`,
//! `alignments.jsonl`): gold, which a person corrected and whose links carry a
//! verdict, and output. Gives [`Scores`]: precision, recall and F1 of blocks,
//! sentence starts, quotations, lost breaks and links, and the share of speakers,
//! verbs and kinds that are right.
//!
//! Everything is compared by where it stands in the raw text, never by what it
//! reads: two programs may show the same stretch in another typography and still
//! have found the same thing. Names and reporting verbs are the exception, since
//! a speaker may be named where the quotation is not.
//!
//! Each idea has a file: `folder` reads and pairs documents, `article` counts
//! within one document, `links` counts across them, `names` decides when two
//! names or verbs are the same, `spans` holds the arithmetic and `scores` the
//! result with its two forms, a table and JSON.

mod article;
mod folder;
mod links;
mod names;
mod scores;
mod spans;

use std::path::Path;

use crate::error::Result;
use article::Counts;
use folder::Folder;
use names::Speakers;

pub use scores::{LinkScore, Parameters, Prf, QuoteScores, Scores, Share};

/// Scores the output folder `out` against the gold folder `gold`.
///
/// Documents are paired by id, then by the stem of their file. A gold document
/// that the output lacks is named in [`Scores::missing_documents`]; its links
/// count as not found, its blocks, sentences and quotations are left out. A
/// document of the output that gold lacks counts for nothing.
///
/// # Errors
/// When one of the four files cannot be read or holds a line that is no record.
pub fn score(gold: &Path, out: &Path) -> Result<Scores> {
    let gold = Folder::read(gold)?;
    let out = Folder::read(out)?;
    let pairs = folder::pair(&gold, &out);
    let style = gold.style();
    let speakers = Speakers::new(&gold.documents);

    let mut counts = Counts::default();
    for (g, o) in gold.documents.iter().zip(&pairs) {
        if let Some(o) = o {
            counts.add(g, o, style, &speakers);
        }
    }
    let missing = gold
        .documents
        .iter()
        .zip(&pairs)
        .filter(|(_, o)| o.is_none())
        .map(|(g, _)| g.id.clone())
        .collect();
    let links = links::count(&gold, &out, &pairs, style);
    Ok(Scores::new(missing, &counts, &links))
}

#[cfg(test)]
mod tests;
