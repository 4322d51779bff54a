//! Words and sub-words of a sentence with their offsets, for tools that read on
//! from here.
//!
//! Without a file the words are those of BERT's pre-tokenisation (white space and
//! punctuation part them), which most models start from; with a `tokenizer.json`
//! of Hugging Face they are that model's own pieces, with their ids.

use std::ops::Range;
use std::path::Path;

use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::{OffsetReferential, OffsetType, PreTokenizedString, PreTokenizer};

use crate::error::{Error, Result};

/// A word or piece of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text given, in bytes.
    pub range: Range<usize>,
    /// Its number in the model's vocabulary, where there is a model.
    pub id: Option<u32>,
}

/// What cuts sentences into tokens.
pub enum Tokenizer {
    /// Words.
    Words,
    /// The pieces of a model.
    Pieces(Box<tokenizers::Tokenizer>),
}

impl Tokenizer {
    /// The tokenizer of a model, from its `tokenizer.json`.
    ///
    /// # Errors
    /// When the file cannot be read or is no tokenizer.
    pub fn load(path: &Path) -> Result<Self> {
        match tokenizers::Tokenizer::from_file(path) {
            Ok(tokenizer) => Ok(Self::Pieces(Box::new(tokenizer))),
            Err(e) => Err(Error::usage("the tokenizer cannot be loaded")
                .at_path(path)
                .because(e)
                .hint("give the tokenizer.json of a Hugging Face model, or leave the file out for words")),
        }
    }

    /// The tokens of a text, in order.
    ///
    /// # Errors
    /// When the model's tokenizer refuses the text.
    ///
    /// ```
    /// use diptych::segment::tokens::Tokenizer;
    /// let text = "L'été, déjà.";
    /// let tokens = Tokenizer::Words.tokens(text).unwrap();
    /// let words: Vec<_> = tokens.iter().map(|t| &text[t.range.clone()]).collect();
    /// assert_eq!(words, ["L", "'", "été", ",", "déjà", "."]);
    /// ```
    pub fn tokens(&self, text: &str) -> Result<Vec<Token>> {
        let refused = |e| Error::input("the tokenizer refuses a sentence").because(e);
        match self {
            Self::Words => {
                let mut words = PreTokenizedString::from(text);
                BertPreTokenizer.pre_tokenize(&mut words).map_err(refused)?;
                Ok(words
                    .get_splits(OffsetReferential::Original, OffsetType::Byte)
                    .into_iter()
                    .map(|(_, (start, end), _)| Token {
                        range: start..end,
                        id: None,
                    })
                    .collect())
            }
            Self::Pieces(tokenizer) => {
                let pieces = tokenizer.encode(text, false).map_err(refused)?;
                Ok(pieces
                    .get_offsets()
                    .iter()
                    .zip(pieces.get_ids())
                    .map(|(&(start, end), &id)| Token {
                        range: start..end,
                        id: Some(id),
                    })
                    .collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_of_a_model_have_ids_and_offsets() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tokenizer.json");
        let json = r###"{"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
            "normalizer":null,"pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,
            "decoder":null,"model":{"type":"WordPiece","unk_token":"[UNK]",
            "continuing_subword_prefix":"##","max_input_chars_per_word":100,
            "vocab":{"[UNK]":0,"dé":1,"##jà":2,"vu":3}}}"###;
        std::fs::write(&path, json).unwrap();
        let tokenizer = Tokenizer::load(&path).unwrap();
        let found: Vec<_> = tokenizer
            .tokens("déjà vu")
            .unwrap()
            .into_iter()
            .map(|t| (t.range, t.id))
            .collect();
        assert_eq!(found, [(0..3, Some(1)), (3..6, Some(2)), (7..9, Some(3))]);
        std::fs::write(&path, "{}").unwrap();
        assert!(Tokenizer::load(&path).is_err());
    }
}
