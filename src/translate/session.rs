//! The translations of one run: distinct pieces spread over the cores, each
//! translated once.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::shape::{self, Shape};
use super::{Translator, split};
use crate::document::Translation;
use crate::error::{Error, Result};

/// One engine and what it has translated so far.
pub struct Session<'t> {
    translator: &'t dyn Translator,
    max_words: usize,
    /// By model view: wire copy, captions and headlines repeat across documents.
    done: Mutex<HashMap<String, Translation>>,
}

/// A loop of the decoder: this many words, this often. Real sentences say the
/// same four words three times once in thousands.
const LOOP_WORDS: usize = 4;
const LOOP_TIMES: usize = 3;

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
            done: Mutex::default(),
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
        let mut fresh: Vec<&str> = {
            let done = self.done.lock().unwrap_or_else(|e| e.into_inner());
            let mut seen = HashSet::new();
            sentences
                .iter()
                .copied()
                .filter(|s| !done.contains_key(*s) && seen.insert(*s))
                .collect()
        };
        progress(sentences.len() - fresh.len());
        // The longest first, so that no core is left with one at the end.
        fresh.sort_by_key(|s| (std::cmp::Reverse(s.len()), *s));
        let results: Vec<Result<Translation>> = fresh
            .par_iter()
            .with_max_len(1)
            .map(|sentence| {
                if stop.load(Ordering::Relaxed) {
                    return Err(Error::interrupted());
                }
                let result = self.sentence(sentence);
                progress(1);
                Ok(result)
            })
            .collect::<Result<_>>()?;
        let mut done = self.done.lock().unwrap_or_else(|e| e.into_inner());
        let mut failed = HashMap::new();
        for (sentence, result) in fresh.into_iter().zip(results) {
            match result {
                Ok(translation) => {
                    done.insert(sentence.to_owned(), translation);
                }
                Err(e) => {
                    failed.insert(sentence, e.chain());
                }
            }
        }
        Ok(sentences
            .iter()
            .map(|s| match (done.get(*s), failed.get(s)) {
                (Some(translation), _) => Ok(translation.clone()),
                (None, reason) => Err(Error::input(
                    reason.cloned().unwrap_or_else(|| "not translated".into()),
                )),
            })
            .collect())
    }

    fn sentence(&self, sentence: &str) -> Result<Translation> {
        let translation = match shape::of(sentence, self.translator.identity().target_lang) {
            Shape::Kept => return Ok(self.as_it_is(sentence, false)),
            Shape::Running => self.running(sentence, self.max_words)?,
            Shape::Capitals(lower) => {
                let translation = self.running(&lower, self.max_words)?;
                Translation {
                    text: translation.text.to_uppercase(),
                    ..translation
                }
            }
        };
        Ok(
            match shape::restore_addresses(sentence, &translation.text) {
                Some(text) => Translation {
                    text,
                    ..translation
                },
                None => translation,
            },
        )
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
        }
    }

    fn running(&self, sentence: &str, max_words: usize) -> Result<Translation> {
        let cut = split::pieces(sentence, max_words);
        let parts = self.translator.translate(&cut.pieces)?;
        let bad = |t: &Translation| t.text.is_empty() || loops(&t.text).is_some();
        if parts.iter().any(bad) {
            // Once more in smaller pieces, which a decoder rarely loops on.
            if let Some(&smaller) = SMALLER.iter().find(|&&n| n < max_words) {
                return self.running(sentence, smaller);
            }
        }
        let mut truncated = cut.forced;
        let texts: Vec<String> = parts
            .into_iter()
            .map(|part| {
                truncated |= part.truncated;
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
            text,
            ..self.as_it_is("", truncated)
        })
    }
}

/// If the text loops: where its first round ends.
fn loops(text: &str) -> Option<usize> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut count: HashMap<&[&str], usize> = HashMap::new();
    for window in words.windows(LOOP_WORDS) {
        let n = count.entry(window).or_default();
        *n += 1;
        if *n == LOOP_TIMES {
            let first = words.windows(LOOP_WORDS).position(|w| w == window)?;
            let last = words.get(first + LOOP_WORDS - 1)?;
            return Some(last.as_ptr() as usize - text.as_ptr() as usize + last.len());
        }
    }
    None
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

    #[test]
    fn the_first_round_of_a_loop_is_found() {
        assert_eq!(loops("a b c d e a b c d e a b c d e"), Some(7));
        assert_eq!(loops("a b c d e f g"), None);
    }
}
