//! What a sentence looks like before it reaches the model: some must not be
//! translated at all, some must be written otherwise first.
//!
//! A small model meets little of this in training and spoils it: it drops words of
//! a sentence that is in the target language already, invents letters in capitals,
//! and doubles letters in a web address. All of it can be told from the text.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Lang;
use crate::language;

/// How a sentence goes through the model.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// Not at all: it has no words, is one web address, or is in the target language.
    Kept,
    /// In capitals: the model reads this form instead, and its answer is set in
    /// capitals again.
    Capitals(String),
    /// As it is.
    Running,
}

/// The shape of a sentence (a model view) that is to be translated into `target`.
///
/// ```
/// use diptych::document::Lang;
/// use diptych::translate::shape::{Shape, of};
/// assert_eq!(of("* * *", Lang::EN), Shape::Kept);
/// assert_eq!(of("The president met them in the old town.", Lang::EN), Shape::Kept);
/// assert_eq!(of("Le président les a reçus.", Lang::EN), Shape::Running);
/// assert_eq!(of("GRÈVE À LYON", Lang::EN), Shape::Capitals("Grève à lyon".into()));
/// ```
#[must_use]
pub fn of(sentence: &str, target: Lang) -> Shape {
    let mut tokens = sentence.split_whitespace();
    let lone_address = matches!((tokens.next(), tokens.next()), (Some(t), None) if address(t));
    if !sentence.chars().any(char::is_alphabetic) || lone_address || written_in(sentence, target) {
        Shape::Kept
    } else if in_capitals(sentence) {
        Shape::Capitals(sentence_case(sentence))
    } else {
        Shape::Running
    }
}

/// Puts the web addresses, handles and hashtags of the source in the place of the
/// translation's, when it has as many: the model spells them anew.
#[must_use]
pub fn restore_addresses(source: &str, translation: &str) -> Option<String> {
    let of_source: Vec<&str> = ADDRESS.find_iter(source).map(|m| m.as_str()).collect();
    if of_source.is_empty() || of_source.len() != ADDRESS.find_iter(translation).count() {
        return None;
    }
    let mut next = of_source.iter();
    let restored = ADDRESS.replace_all(translation, |m: &regex::Captures<'_>| {
        next.next().map_or(m[0].to_owned(), |&a| a.to_owned())
    });
    Some(restored.into_owned())
}

/// Web and mail addresses, handles, hashtags; a full stop at the end is the sentence's.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"\b(?:https?://|w{2,}\.)[^\s"<>]*[^\s"<>.,;:!?)\]]|[\w.+-]+@[\w-]+\.[\w.-]*\w|[#@]\w{2,}"#;
    Regex::new(pattern).expect("a constant pattern")
});

fn address(token: &str) -> bool {
    ADDRESS.find(token).is_some_and(|m| m.len() == token.len())
}

/// Whether a sentence is surely in `lang`: enough words, and sure about them, also
/// about those outside its quotation marks, which may hold a foreign title.
fn written_in(sentence: &str, lang: Lang) -> bool {
    const WORDS: usize = 4;
    const SURE: f32 = 0.6;
    let is = |text: &str| {
        let found = language::detect(text);
        text.split_whitespace().count() >= WORDS && found.lang == lang && found.confidence >= SURE
    };
    // The model view has straight marks only.
    let outside = sentence.split('"').step_by(2).collect::<String>();
    is(sentence) && (!outside.contains(char::is_alphabetic) || is(&outside))
}

/// Two words or more, nearly all of whose letters are capitals.
fn in_capitals(sentence: &str) -> bool {
    const LETTERS: usize = 8;
    let (mut upper, mut lower) = (0, 0);
    for c in sentence.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper >= LETTERS && lower * 10 <= upper && sentence.split_whitespace().nth(1).is_some()
}

/// Lower case but for the first letter.
fn sentence_case(sentence: &str) -> String {
    let lower = sentence.to_lowercase();
    let Some((at, first)) = lower.char_indices().find(|(_, c)| c.is_alphabetic()) else {
        return lower;
    };
    let rest = at + first.len_utf8();
    let mut text = lower[..at].to_owned();
    text.extend(first.to_uppercase());
    text.push_str(&lower[rest..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept() {
        // No words; one address; a sentence that is English already.
        for kept in [
            "***",
            "12 345",
            "https://www.example.org/a-b",
            "redaction@example.fr",
            "\"We will never give up this fight\", he said at the time.",
        ] {
            assert_eq!(of(kept, Lang::EN), Shape::Kept, "{kept}");
        }
        // A name, a title in English inside French, a lone acronym, words of both.
        for running in [
            "Emmanuel Macron",
            "Le groupe a sorti \"The Dark Side of the Moon\" en 1973.",
            "ONU",
            "On a main forte.",
        ] {
            assert_eq!(of(running, Lang::EN), Shape::Running, "{running}");
        }
    }

    #[test]
    fn addresses_come_back_as_they_were() {
        let source = "Voir www.example.org/x, dit @LaMairie.";
        let model = "See it, said @LaMairia.";
        assert_eq!(restore_addresses(source, model), None, "one was lost");
        let model = "See wwww.exxample.org/x, said @LaMairia.";
        assert_eq!(
            restore_addresses(source, model).as_deref(),
            Some("See www.example.org/x, said @LaMairie.")
        );
    }
}
