//! The pieces of a standard Marian model: SentencePiece cuts the text, `vocab.json`
//! numbers the pieces.
//!
//! The default engine's reader of `.spm` files is used rather than `rust-bert`'s:
//! it applies the model's own table of character normalisation, and one reader for
//! both engines is one place for faults. The numbers are those of Hugging Face's
//! `MarianTokenizer`, checked by `tests/rust_bert.rs` on recorded sentences.

use std::collections::BTreeMap;

use fxtranslate::spm::SpmVocab;

use crate::error::{Error, Result};
use crate::guard::caught;

/// Text to numbers and back.
pub struct Vocabulary {
    source: SpmVocab,
    /// The number of each piece of `source`.
    ids: Vec<i64>,
    /// The piece of each number.
    pieces: Vec<String>,
    eos: i64,
    unk: i64,
    pad: i64,
}

/// The mark of a word's beginning (U+2581).
const SPACE: &str = "▁";

/// Vocabularies of OPUS-MT leave out the pieces that their training text did not
/// have, a few in a hundred; with files of two models most are missing.
const LEAST_KNOWN: f64 = 0.5;

impl Vocabulary {
    /// From `vocab.json` and `source.spm`; `size` is how many pieces the network
    /// knows.
    ///
    /// # Errors
    /// When a file cannot be understood, or they do not fit each other or the
    /// network.
    pub fn new(vocab: &[u8], spm: &[u8], size: i64) -> Result<Self> {
        let numbers: BTreeMap<String, i64> = serde_json::from_slice(vocab)
            .map_err(|e| Error::model("vocab.json is not a table of pieces").because(e))?;
        if numbers.len() as i64 != size {
            return Err(Error::model(format!(
                "vocab.json has {} pieces where the model knows {size}: it belongs to another model",
                numbers.len()
            )));
        }
        let special = |piece: &str| {
            numbers
                .get(piece)
                .copied()
                .ok_or_else(|| Error::model(format!("vocab.json has no piece `{piece}`")))
        };
        let (eos, unk, pad) = (special("</s>")?, special("<unk>")?, special("<pad>")?);
        let mut pieces = vec![String::new(); numbers.len()];
        for (piece, &number) in &numbers {
            let place = usize::try_from(number).ok().and_then(|n| pieces.get_mut(n));
            *place.ok_or_else(|| {
                Error::model(format!(
                    "vocab.json numbers `{piece}` {number}, out of range"
                ))
            })? = piece.clone();
        }
        // A file of another shape makes the reader panic, or gives no pieces.
        let source = caught(|| SpmVocab::from_bytes(spm))
            .ok()
            .filter(|source| !source.is_empty())
            .ok_or_else(|| Error::model("source.spm is not a SentencePiece model"))?;
        let ids: Vec<i64> = (0..source.len() as u32)
            .map(|i| numbers.get(source.piece(i)).copied().unwrap_or(unk))
            .collect();
        let known = ids.iter().filter(|&&id| id != unk).count();
        if (known as f64) < LEAST_KNOWN * ids.len() as f64 {
            return Err(Error::model(format!(
                "vocab.json knows {known} of the {} pieces of source.spm: they belong to two models",
                ids.len()
            )));
        }
        Ok(Self {
            source,
            ids,
            pieces,
            eos,
            unk,
            pad,
        })
    }

    /// The numbers of a text's pieces with the mark of the end, at most `longest`,
    /// and whether pieces were left out for it.
    #[must_use]
    pub fn encode(&self, text: &str, longest: usize) -> (Vec<i64>, bool) {
        let mut ids: Vec<i64> = Vec::new();
        let mut after_unknown = false;
        for spm in self.source.encode(text) {
            // SentencePiece gives a run of characters that it does not know as one
            // piece, this reader gives one each.
            let unknown = self.source.piece(spm) == "<unk>";
            if !(unknown && after_unknown) {
                ids.push(self.ids.get(spm as usize).copied().unwrap_or(self.unk));
            }
            after_unknown = unknown;
        }
        let cut = ids.len() + 1 > longest;
        ids.truncate(longest.saturating_sub(1));
        ids.push(self.eos);
        (ids, cut)
    }

    /// The numbers between the mark of the start and the one of the end.
    #[must_use]
    pub fn between_marks(&self, output: &[i64]) -> Vec<i64> {
        let rest = output.iter().skip(1).copied();
        rest.take_while(|&id| id != self.eos && id != self.pad)
            .collect()
    }

    /// The text of numbers; marks and unknown pieces give none.
    #[must_use]
    pub fn decode(&self, ids: &[i64]) -> String {
        let marks = [self.eos, self.unk, self.pad];
        let text: String = ids
            .iter()
            .filter(|id| !marks.contains(id))
            .filter_map(|&id| self.pieces.get(usize::try_from(id).ok()?))
            .map(String::as_str)
            .collect();
        text.replace(SPACE, " ").trim().to_owned()
    }

    /// The number that fills rows up.
    #[must_use]
    pub fn pad(&self) -> i64 {
        self.pad
    }
}
