//! What alignment finds, story by story, on its way into an output folder, where it
//! stands in the order of the documents.

use std::collections::HashSet;

use diptych::align::records::Records;
use diptych::align::{Alignment, align_stories};
use diptych::config::AlignConfig;
use diptych::error::{Error, Result};
use diptych::write::{Growing, Output, Waiting, line};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The links and the sentences without one, each file whole but without its name.
pub struct Found {
    links: Lines,
    unmatched: Lines,
}

/// A file of records, and how many it has.
struct Lines {
    file: Growing,
    count: usize,
}

impl Found {
    /// Aligns the records; what is to be shown is kept in `shown`.
    pub fn align(
        records: &impl Records,
        config: &AlignConfig,
        output: &Output,
        shown: &mut Shown,
    ) -> Result<Self> {
        let mut links = Waiting::new(output.folder())?;
        let mut unmatched = Waiting::new(output.folder())?;
        align_stories(records, config, &mut |story| {
            add(&mut links, &story.links, |l| &l.a.doc)?;
            add(&mut unmatched, &story.unmatched, |u| &u.doc)
        })?;
        let mut found = Self {
            links: Lines::new(output, "alignments.jsonl")?,
            unmatched: Lines::new(output, "unmatched.jsonl")?,
        };
        links.in_order(|_, block| {
            shown.links(block)?;
            found.links.add(block)
        })?;
        unmatched.in_order(|doc, block| {
            shown.unmatched(doc, block)?;
            found.unmatched.add(block)
        })?;
        Ok(found)
    }

    /// How many links and how many sentences without one there are, by the names that
    /// the manifest has for them.
    pub fn counts(&self) -> [(&'static str, usize); 2] {
        [
            ("links", self.links.count),
            ("unmatched", self.unmatched.count),
        ]
    }

    /// Gives the files their names.
    pub fn finish(self, output: &mut Output) -> Result<()> {
        output.finish(self.links.file)?;
        output.finish(self.unmatched.file)
    }
}

impl Lines {
    fn new(output: &Output, name: &str) -> Result<Self> {
        Ok(Self {
            file: output.growing(name)?,
            count: 0,
        })
    }

    fn add(&mut self, block: &[u8]) -> Result<()> {
        self.count += block.iter().filter(|b| **b == b'\n').count();
        self.file.bytes(block)
    }
}

/// Adds the records of a story, a block a document.
fn add<R: Serialize>(waiting: &mut Waiting, records: &[R], doc: fn(&R) -> &String) -> Result<()> {
    for of_one in records.chunk_by(|p, q| doc(p) == doc(q)) {
        let mut block = Vec::new();
        for record in of_one {
            block.append(&mut line(record)?);
        }
        if let Some(first) = of_one.first() {
            waiting.add(doc(first), &block)?;
        }
    }
    Ok(())
}

/// What the page shows of a collection: all of it, or of a large one the first
/// articles that have counterparts, with these.
#[derive(Default)]
pub struct Shown {
    /// How many more articles there is room for.
    room: usize,
    /// The ids of the articles; all are shown where there is room for all.
    pub ids: Option<HashSet<String>>,
    /// What was found in them.
    pub found: Alignment,
}

impl Shown {
    /// Room for so many articles of a collection of `all`.
    pub fn new(room: usize, all: usize) -> Self {
        Self {
            room,
            ids: (all > room).then(HashSet::new),
            found: Alignment::default(),
        }
    }

    /// Looks at the links of a document.
    fn links(&mut self, block: &[u8]) -> Result<()> {
        if self.room == 0 {
            return Ok(());
        }
        for link in records::<diptych::record::LinkRecord>(block)? {
            if let Some(ids) = &mut self.ids {
                let sides = [&link.a.doc, &link.b.doc];
                let new = sides.into_iter().filter(|id| !ids.contains(*id)).count();
                if ids.len() + new > self.room {
                    continue;
                }
                ids.extend(sides.map(Clone::clone));
            }
            self.found.links.push(link);
        }
        Ok(())
    }

    /// Looks at the sentences of a document that have no counterpart.
    fn unmatched(&mut self, doc: &str, block: &[u8]) -> Result<()> {
        if self.room > 0 && self.ids.as_ref().is_none_or(|ids| ids.contains(doc)) {
            self.found.unmatched.append(&mut records(block)?);
        }
        Ok(())
    }
}

fn records<R: DeserializeOwned>(block: &[u8]) -> Result<Vec<R>> {
    serde_json::Deserializer::from_slice(block)
        .into_iter()
        .map(|r| r.map_err(|e| Error::internal("a record cannot be read again").because(e)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(a: &str, b: &str) -> Vec<u8> {
        let side = |doc: &str| serde_json::json!({"doc": doc, "lang": "fr", "sentences": [0]});
        let record = serde_json::json!({"schema": "", "kind": "fact", "a": side(a), "b": side(b)});
        line(&record).unwrap()
    }

    #[test]
    fn of_a_large_collection_the_first_linked_articles_are_shown() {
        let mut shown = Shown::new(3, 9);
        for (a, b) in [("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("e", "f")] {
            shown.links(&link(a, b)).unwrap();
        }
        let kept: Vec<_> = shown
            .found
            .links
            .iter()
            .map(|l| (&*l.a.doc, &*l.b.doc))
            .collect();
        assert_eq!(kept, [("a", "b"), ("a", "c"), ("b", "c")]);
        let mut all = Shown::new(9, 9);
        all.links(&link("e", "f")).unwrap();
        assert!(all.ids.is_none() && all.found.links.len() == 1);
    }
}
