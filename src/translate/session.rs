//! The translations of one run: distinct pieces spread over the cores, each
//! translated once.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::Translator;
use super::repetition::{loops, unrepeated};
use super::shape::{self, Shape};
use super::split::{self, Pieces};
use crate::document::Translation;
use crate::error::{Error, Result};
use crate::memo::Memo;

/// One engine and what it has translated so far.
pub struct Session<'t> {
    translator: &'t dyn Translator,
    max_words: usize,
    /// By model view: wire copy, captions and headlines repeat across documents.
    done: Mutex<Memo<Translation>>,
}

/// So many translations are kept, some 60 MB at most: articles of one event stand near
/// each other in a corpus.
const REMEMBERED: usize = 50_000;

/// Pieces that made the decoder loop are cut down to this many words in turn.
const SMALLER: [usize; 2] = [16, 8];

impl<'t> Session<'t> {
    /// A session with nothing translated yet; sentences of more than `max_words`
    /// words are split.
    #[must_use]
    pub fn new(translator: &'t dyn Translator, max_words: usize) -> Self {
        Self {
            translator,
            max_words,
            done: Mutex::new(Memo::new(REMEMBERED)),
        }
    }

    /// The engine.
    #[must_use]
    pub fn translator(&self) -> &dyn Translator {
        self.translator
    }

    /// Translates sentences given as model views, in order; `progress` is told of
    /// each number of sentences finished. A sentence that fails gives its error
    /// and costs the others nothing.
    ///
    /// # Errors
    /// When `stop` is set.
    pub fn translate(
        &self,
        sentences: &[&str],
        stop: &AtomicBool,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Vec<Result<Translation>>> {
        let mut fresh: Vec<&str> = Vec::new();
        let mut known: HashMap<&str, Result<Translation, String>> = HashMap::new();
        {
            let mut done = self.done.lock().unwrap_or_else(|e| e.into_inner());
            let mut seen = HashSet::new();
            for &sentence in sentences.iter().filter(|s| seen.insert(**s)) {
                match done.get(sentence) {
                    Some(translation) => {
                        known.insert(sentence, Ok(translation.clone()));
                    }
                    None => fresh.push(sentence),
                }
            }
        }
        progress(sentences.len() - fresh.len());
        // The longest first, so that no core is left with one at the end.
        fresh.sort_by_key(|s| (std::cmp::Reverse(s.len()), *s));
        let results: Vec<Vec<Result<Translation>>> = fresh
            .par_chunks(self.translator.batch().max(1))
            .with_max_len(1)
            .map(|batch| {
                if stop.load(Ordering::Relaxed) {
                    return Err(Error::interrupted());
                }
                let results = self.batch(batch);
                progress(batch.len());
                Ok(results)
            })
            .collect::<Result<_>>()?;
        let mut done = self.done.lock().unwrap_or_else(|e| e.into_inner());
        for (sentence, result) in fresh.into_iter().zip(results.into_iter().flatten()) {
            if let Ok(translation) = &result {
                done.insert(sentence, translation.clone());
            }
            known.insert(sentence, result.map_err(|e| e.chain()));
        }
        let untold = || Err("not translated".to_owned());
        Ok(sentences
            .iter()
            .map(|s| {
                known
                    .get(s)
                    .cloned()
                    .unwrap_or_else(untold)
                    .map_err(Error::input)
            })
            .collect())
    }

    /// Sentences that go through the engine together.
    fn batch(&self, sentences: &[&str]) -> Vec<Result<Translation>> {
        let target = self.translator.identity().target_lang;
        let shapes: Vec<Shape> = sentences.iter().map(|s| shape::of(s, target)).collect();
        let read: Vec<&str> = sentences
            .iter()
            .zip(&shapes)
            .filter_map(|(sentence, shape)| match shape {
                Shape::Kept => None,
                Shape::Running => Some(*sentence),
                Shape::Capitals(lower) => Some(lower.as_str()),
            })
            .collect();
        let mut translated = self.running(&read, self.max_words).into_iter();
        sentences
            .iter()
            .zip(&shapes)
            .map(|(sentence, shape)| match shape {
                Shape::Kept => Ok(self.as_it_is(sentence, false)),
                shape => {
                    let result = translated.next();
                    result.map_or_else(
                        || Ok(self.as_it_is(sentence, true)),
                        |result| Ok(reshaped(sentence, shape, result?)),
                    )
                }
            })
            .collect()
    }

    /// A sentence that stands for its own translation.
    fn as_it_is(&self, sentence: &str, truncated: bool) -> Translation {
        let identity = self.translator.identity();
        Translation {
            text: sentence.to_owned(),
            engine: identity.engine.clone(),
            model: identity.model.clone(),
            score: None,
            truncated,
            replaced: Vec::new(),
        }
    }

    /// Running sentences given to the engine together; where it fails on one, each
    /// goes alone.
    fn running(&self, sentences: &[&str], max_words: usize) -> Vec<Result<Translation>> {
        let cuts: Vec<Pieces> = sentences
            .iter()
            .map(|sentence| split::pieces(sentence, max_words))
            .collect();
        let pieces: Vec<&str> = cuts.iter().flat_map(|c| &c.pieces).copied().collect();
        let mut parts = match self.translator.translate(&pieces) {
            Ok(parts) => parts.into_iter(),
            Err(e) if sentences.len() < 2 => return vec![Err(e)],
            Err(_) => {
                let alone = sentences.iter().map(|s| self.running(&[*s], max_words));
                return alone.flatten().collect();
            }
        };
        sentences
            .iter()
            .zip(&cuts)
            .map(|(sentence, cut)| {
                let parts = parts.by_ref().take(cut.pieces.len()).collect();
                self.whole(sentence, cut, parts, max_words)
            })
            .collect()
    }

    /// The translation of a sentence from those of its pieces.
    fn whole(
        &self,
        sentence: &str,
        cut: &Pieces,
        parts: Vec<Translation>,
        max_words: usize,
    ) -> Result<Translation> {
        let bad = |t: &Translation| t.text.is_empty() || loops(&t.text).is_some();
        if parts.iter().any(bad) {
            // Once more in smaller pieces, which a decoder rarely loops on.
            if let Some(&smaller) = SMALLER.iter().find(|&&n| n < max_words) {
                let again = self.running(&[sentence], smaller).pop();
                return again.unwrap_or_else(|| Ok(self.as_it_is(sentence, true)));
            }
        }
        let (mut truncated, mut replaced) = (cut.forced, Vec::new());
        let texts: Vec<String> = parts
            .into_iter()
            .map(|part| {
                truncated |= part.truncated;
                replaced.extend(part.replaced);
                match loops(&part.text) {
                    Some(end) => {
                        truncated = true;
                        part.text[..end].to_owned()
                    }
                    None => part.text,
                }
            })
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let text = split::join(&cut.pieces, &texts);
        if text.is_empty() {
            return Ok(self.as_it_is(sentence, true));
        }
        Ok(Translation {
            text: unrepeated(sentence, text),
            replaced,
            ..self.as_it_is("", truncated)
        })
    }
}

/// A translation in the shape of its sentence.
fn reshaped(sentence: &str, shape: &Shape, translation: Translation) -> Translation {
    let text = match shape {
        Shape::Capitals(_) => translation.text.to_uppercase(),
        Shape::Running | Shape::Kept => translation.text,
    };
    Translation {
        text: shape::restore_addresses(sentence, &text).unwrap_or(text),
        ..translation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;
    use crate::translate::Identity;
    use std::sync::atomic::AtomicUsize;

    static GO: AtomicBool = AtomicBool::new(false);

    /// Upper-cases what it reads, loops on `boucle` in a long sentence, fails on `panne`.
    struct Shout {
        identity: Identity,
        calls: AtomicUsize,
    }

    impl Shout {
        fn new() -> Self {
            Self {
                identity: Identity {
                    engine: "test".into(),
                    model: "shout".into(),
                    source_lang: Lang::FR,
                    target_lang: Lang::EN,
                    sha256: String::new(),
                },
                calls: AtomicUsize::new(0),
            }
        }
    }

    impl Translator for Shout {
        fn translate(&self, batch: &[&str]) -> Result<Vec<Translation>> {
            self.calls.fetch_add(batch.len(), Ordering::Relaxed);
            batch
                .iter()
                .map(|s| {
                    if s.contains("panne") {
                        return Err(crate::error::Error::input("out of order"));
                    }
                    let long = s.split(' ').count() > 10;
                    let text = if s.contains("boucle") && long {
                        "A B C D ".repeat(9)
                    } else {
                        s.to_uppercase()
                    };
                    Ok(Translation {
                        text,
                        engine: "test".into(),
                        model: "shout".into(),
                        score: None,
                        truncated: false,
                        replaced: Vec::new(),
                    })
                })
                .collect()
        }

        fn identity(&self) -> &Identity {
            &self.identity
        }
    }

    #[test]
    fn each_distinct_sentence_is_translated_once_and_a_failure_costs_only_itself() {
        let shout = Shout::new();
        let session = Session::new(&shout, 40);
        let got = session
            .translate(&["un mot", "une panne", "un mot", "12 %"], &GO, &|_| ())
            .unwrap();
        let texts: Vec<_> = got
            .iter()
            .map(|r| r.as_ref().map(|t| t.text.as_str()).ok())
            .collect();
        assert_eq!(texts, [Some("UN MOT"), None, Some("UN MOT"), Some("12 %")]);
        let _ = session.translate(&["un mot"], &GO, &|_| ());
        assert_eq!(shout.calls.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_loop_is_decoded_again_in_smaller_pieces() {
        let shout = Shout::new();
        let session = Session::new(&shout, 40);
        let text = "une boucle sans fin dans la phrase, et la suite de la phrase.";
        let got = session.translate(&[text], &GO, &|_| ()).unwrap();
        let translation = got[0].as_ref().unwrap();
        assert_eq!(translation.text, text.to_uppercase());
        assert!(!translation.truncated);
    }
}
