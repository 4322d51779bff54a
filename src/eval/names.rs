//! When two speakers, or two reporting verbs, are the same.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Articles and forms of address that do not tell names apart.
const NAME_STOP: &[&str] = &[
    "le", "la", "les", "l", "du", "de", "des", "d", "un", "une", "the", "of", "a", "an", "m",
    "mme", "mr", "mrs", "ms", "dr",
];

/// Words that begin a sentence with a capital and name nobody.
const PRONOUNS: &[&str] = &[
    "il", "elle", "ils", "elles", "on", "he", "she", "it", "they", "who", "qui",
];

/// Auxiliaries and adverbs around a reporting verb.
const VERB_STOP: &[&str] = &[
    "a",
    "ont",
    "avait",
    "avaient",
    "est",
    "sont",
    "ete",
    "has",
    "have",
    "had",
    "was",
    "were",
    "is",
    "been",
    "be",
    "aussi",
    "egalement",
    "also",
    "deja",
];

/// The words of a name without accents, case and punctuation.
fn words(text: &str, stop: &[&str]) -> Vec<String> {
    let folded: String = text
        .nfd()
        .filter(|c| canonical_combining_class(*c) == 0)
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    folded
        .split_whitespace()
        .filter(|w| !stop.contains(w))
        .map(str::to_owned)
        .collect()
}

/// Whether two names are of one speaker: the same last word (surname,
/// institution), or half of the shorter one's words shared.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words(a, NAME_STOP), words(b, NAME_STOP));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else {
        return false;
    };
    if last_a == last_b {
        return true;
    }
    let a: BTreeSet<_> = a.iter().collect();
    let b: BTreeSet<_> = b.iter().collect();
    2 * a.intersection(&b).count() >= a.len().min(b.len())
}

/// Whether a mention is a name, not a description or a pronoun: every word but
/// articles begins with a capital.
pub(super) fn is_name(mention: &str) -> bool {
    let is_stop = |w: &str| {
        let lower = w.to_lowercase();
        NAME_STOP.contains(&lower.as_str()) || PRONOUNS.contains(&lower.as_str())
    };
    let mut words = mention
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty() && !is_stop(w))
        .peekable();
    words.peek().is_some() && words.all(|w| w.starts_with(char::is_uppercase))
}

/// Whether two reporting verbs share a word that is no auxiliary (two that are
/// nothing but auxiliaries, or absent, are the same).
pub(super) fn same_verb(a: &str, b: &str) -> bool {
    let (a, b) = (words(a, VERB_STOP), words(b, VERB_STOP));
    (a.is_empty() && b.is_empty()) || a.iter().any(|w| b.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        // The surname alone, without accents.
        assert!(same_name("Nikol Pachinian", "M. Pachinian"));
        assert!(same_name("Régis Genté", "Regis Gente"));
        // An article is no part of a name.
        assert!(same_name("le Kremlin", "Kremlin"));
        // Half of the shorter name.
        assert!(same_name(
            "ministère arménien de la Défense",
            "ministère de la Santé"
        ));
        assert!(!same_name("Vladimir Poutine", "Emmanuel Macron"));
        assert!(!same_name("la", "la"));
    }

    #[test]
    fn mentions() {
        assert!(is_name("la Russie") && is_name("Erevan") && is_name("l'Arménie"));
        assert!(!is_name("Il") && !is_name("le chef d'Etat français") && !is_name("Le pays"));
    }

    #[test]
    fn verbs() {
        assert!(same_verb("a déclaré", "déclaré"));
        assert!(same_verb("a", ""));
        assert!(!same_verb("a déclaré", "a affirmé"));
        assert!(!same_verb("said", ""));
    }
}
