//! Reading the two folders and pairing their documents.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::document::{ArtefactKind, Role};
use crate::error::{Error, Result};
use crate::record::{DocumentRecord, LinkRecord};

/// The records of a folder.
pub(super) struct Folder {
    pub documents: Vec<DocumentRecord>,
    pub links: Vec<LinkRecord>,
}

/// How far a gold folder was annotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Every sentence, those of headlines, headings and captions included.
    Whole,
    /// The sentences of the body alone: nobody looked for quotations or links in
    /// headlines, standfirsts, headings and captions, so what the output finds
    /// there counts neither way.
    BodyOnly,
}

impl Folder {
    /// Reads `documents.jsonl` and `alignments.jsonl`.
    pub fn read(folder: &Path) -> Result<Self> {
        Ok(Self {
            documents: records(&folder.join("documents.jsonl"))?,
            links: records(&folder.join("alignments.jsonl"))?,
        })
    }

    /// Gold that holds no sentence outside the body was annotated there alone.
    pub fn style(&self) -> Style {
        let mut sentences = self.documents.iter().flat_map(|d| &d.sentences);
        if sentences.any(|s| s.role != Role::Body) {
            Style::Whole
        } else {
            Style::BodyOnly
        }
    }
}

impl Style {
    /// The stretches of a gold document in which nobody annotated quotations and
    /// links.
    pub fn free(self, gold: &DocumentRecord) -> Vec<[usize; 2]> {
        use ArtefactKind::{Caption, Heading, Standfirst, Title};
        match self {
            Style::Whole => Vec::new(),
            Style::BodyOnly => gold
                .artefacts
                .iter()
                .filter(|a| matches!(a.kind, Title | Standfirst | Heading | Caption))
                .map(|a| a.raw)
                .collect(),
        }
    }
}

/// One record a line; empty lines are passed over.
fn records<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let doing = "cannot read the records";
    let file = File::open(path).map_err(|e| {
        Error::io(doing, path, e)
            .hint("a folder to score holds documents.jsonl and alignments.jsonl")
    })?;
    let mut out = Vec::new();
    for (n, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|e| Error::io(doing, path, e))?;
        if line.trim().is_empty() {
            continue;
        }
        out.push(serde_json::from_str(&line).map_err(|e| {
            Error::input("the line is no record of the output schema")
                .at_path(path)
                .at(format!("line {}", n + 1))
                .because(e)
        })?);
    }
    Ok(out)
}

/// The output's document for each of gold's: the one of that id, else the one
/// whose file has that stem (ids differ where stems collided).
pub(super) fn pair<'o>(gold: &Folder, out: &'o Folder) -> Vec<Option<&'o DocumentRecord>> {
    let by_id: BTreeMap<_, _> = out.documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let by_stem: BTreeMap<_, _> = out
        .documents
        .iter()
        .filter_map(|d| Some((Path::new(&d.source.path).file_stem()?.to_str()?, d)))
        .collect();
    gold.documents
        .iter()
        .map(|g| {
            let id = g.id.as_str();
            by_id.get(id).or_else(|| by_stem.get(id)).copied()
        })
        .collect()
}
