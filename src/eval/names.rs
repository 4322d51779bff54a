//! When two speakers, or two reporting verbs, are the same.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::record::DocumentRecord;

/// Articles and forms of address that do not tell names apart.
const NAME_STOP: &[&str] = &[
    "le", "la", "les", "l", "du", "de", "des", "d", "un", "une", "the", "of", "a", "an", "m",
    "mme", "mr", "mrs", "ms", "dr",
];

/// Mentions that name nobody.
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

/// Whether a name is a person's: two words or more, each with a capital.
fn is_person(name: &str) -> bool {
    let words = || name.split_whitespace();
    words().count() > 1 && words().all(|w| w.starts_with(char::is_uppercase))
}

/// Who speaks in a gold folder, with what else they are called there.
///
/// A quotation's gold names its speaker once, yet `Russie` is no mistake where
/// gold has `Moscou`, provided that gold itself calls that speaker so somewhere.
/// A person has to be named, though: for `Emmanuel Macron`, `the French
/// President` leaves the work undone.
#[derive(Debug, Default)]
pub(super) struct Speakers<'g> {
    mentions: BTreeMap<&'g str, BTreeSet<&'g str>>,
}

impl<'g> Speakers<'g> {
    /// Collects the mentions of every speaker who is not a person.
    pub fn new(documents: &'g [DocumentRecord]) -> Self {
        let mut mentions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        let quotes = documents.iter().flat_map(|d| &d.quotes);
        for s in quotes.filter_map(|q| q.speaker.as_ref()) {
            if let Some(m) = s.mention.as_deref()
                && !is_person(&s.name)
                && !PRONOUNS.contains(&m.to_lowercase().as_str())
            {
                mentions.entry(s.name.as_str()).or_default().insert(m);
            }
        }
        Self { mentions }
    }

    /// Whether `found` names the speaker whom gold calls `gold`.
    pub fn same(&self, gold: &str, found: &str) -> bool {
        let mut mentions = self.mentions.get(gold).into_iter().flatten();
        same_name(found, gold) || mentions.any(|m| same_name(found, m))
    }
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
    fn what_else_a_speaker_is_called() {
        let quote = |name: &str, mention: &str| {
            serde_json::json!({"id": 0, "kind": "direct", "text": "", "raw": [0, 1], "sentences": [],
                "speaker": {"name": name, "mention": mention}, "verb": null})
        };
        let gold: DocumentRecord = serde_json::from_value(serde_json::json!({
            "schema": "", "id": "a", "lang": "fr", "source": {"path": "", "sha256": "", "url": null, "outlet": null},
            "quotes": [quote("Moscou", "la Russie"), quote("Moscou", "Elle"),
                quote("Emmanuel Macron", "le chef de l'Etat")]}))
        .unwrap();
        let gold = [gold];
        let speakers = Speakers::new(&gold);
        assert!(speakers.same("Moscou", "Russie"));
        assert!(!speakers.same("Moscou", "Elle"));
        assert!(speakers.same("Emmanuel Macron", "M. Macron"));
        assert!(!speakers.same("Emmanuel Macron", "chef de l'Etat"));
    }

    #[test]
    fn verbs() {
        assert!(same_verb("a déclaré", "déclaré"));
        assert!(same_verb("a", ""));
        assert!(!same_verb("a déclaré", "a affirmé"));
        assert!(!same_verb("said", ""));
    }
}
