//! Words that papers exchange for one another: `combattants` and `militants`,
//! `démentir` and `deny`, `Moscou` and `Russia`.
//!
//! Takes words and gives the concepts they may stand for, from tables: words of
//! the news in general, the acts of speech (denying, accusing, calling for) and
//! states with their adjectives, capitals and seats of government, here called
//! actors. The dictionary alone does not bring these together: a mercenary is no
//! translation of a fighter. Two papers on one event use them freely.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::language::Language;
use super::words::{Word, fold, words};
use crate::document::Lang;
use crate::rules::table::Table;

/// The number of a concept.
pub type ConceptId = u16;

/// What a concept is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConceptKind {
    /// What a speaker does with words.
    Act,
    /// A state or a body that speaks as one.
    Actor,
    /// Anything else.
    Thing,
}

/// A phrase for an actor.
struct Phrase {
    words: Vec<String>,
    actor: ConceptId,
    /// Whether it is a name, which is written with a capital: `US` is not `us`.
    capital: bool,
}

/// The concepts with their words.
pub struct Concepts {
    kinds: Vec<ConceptKind>,
    actors: HashMap<&'static str, ConceptId>,
    stems: HashMap<(Lang, String), Vec<ConceptId>>,
    /// Phrases for actors by language and first word, the longest first.
    phrases: HashMap<(Lang, String), Vec<Phrase>>,
}

static CONCEPTS: LazyLock<Concepts> = LazyLock::new(|| {
    Concepts::load(
        &Table::parse(
            "any/align_concepts",
            include_str!("../rules/any/align_concepts.tsv"),
        ),
        &Table::parse("any/countries", include_str!("../rules/any/countries.tsv")),
    )
});

impl Concepts {
    /// The embedded tables.
    #[must_use]
    pub fn get() -> &'static Self {
        &CONCEPTS
    }

    fn load(concepts: &Table, countries: &Table) -> Self {
        let mut all = Self {
            kinds: Vec::new(),
            actors: HashMap::new(),
            stems: HashMap::new(),
            phrases: HashMap::new(),
        };
        for row in countries.rows() {
            let id = all.add(ConceptKind::Actor);
            all.actors.insert(row.get("key"), id);
            for (lang, column, capital) in [
                (Lang::EN, "en", true),
                (Lang::EN, "en_adj", true),
                (Lang::EN, "en_capital", true),
                (Lang::FR, "fr", true),
                (Lang::FR, "fr_adj", false),
                (Lang::FR, "fr_capital", true),
            ] {
                for name in row.get(column).split(',').filter(|n| !n.is_empty()) {
                    all.add_phrase(lang, name, id, capital);
                }
            }
        }
        for row in concepts.rows() {
            let id = match row.get("kind") {
                "act" => all.add(ConceptKind::Act),
                "thing" => all.add(ConceptKind::Thing),
                state => match all.actors.get(state) {
                    Some(&id) => id,
                    None => panic!("`{state}` is no kind of concept and no state"),
                },
            };
            for (lang, column) in [(Lang::FR, "fr"), (Lang::EN, "en")] {
                for word in row.get(column).split(' ') {
                    match all.kinds[usize::from(id)] {
                        ConceptKind::Actor => all.add_phrase(lang, word, id, true),
                        _ => all.add_stem(lang, &word.to_lowercase(), id),
                    }
                }
            }
        }
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in all.phrases.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        all
    }

    fn add(&mut self, kind: ConceptKind) -> ConceptId {
        self.kinds.push(kind);
        (self.kinds.len() - 1) as ConceptId
    }

    fn add_stem(&mut self, lang: Lang, word: &str, id: ConceptId) {
        let list = self
            .stems
            .entry((lang, Language::of(lang).stem(word)))
            .or_default();
        if !list.contains(&id) {
            list.push(id);
        }
    }

    /// Adds a name or adjective of an actor; one of a single word that is no
    /// abbreviation stands for it as a word too.
    fn add_phrase(&mut self, lang: Lang, name: &str, actor: ConceptId, capital: bool) {
        let parts: Vec<String> = words(name).into_iter().map(|w| fold(&w.lower)).collect();
        if let [word] = &parts[..]
            && word.len() > 3
        {
            self.add_stem(lang, &name.to_lowercase(), actor);
        }
        if let Some(first) = parts.first() {
            self.phrases
                .entry((lang, first.clone()))
                .or_default()
                .push(Phrase {
                    words: parts,
                    actor,
                    capital,
                });
        }
    }

    /// What a concept is.
    #[must_use]
    pub fn kind(&self, id: ConceptId) -> ConceptKind {
        self.kinds
            .get(usize::from(id))
            .copied()
            .unwrap_or(ConceptKind::Thing)
    }

    /// The concepts a stem may stand for.
    #[must_use]
    pub fn of_stem(&self, lang: Lang, stem: &str) -> &[ConceptId] {
        self.stems
            .get(&(lang, stem.to_owned()))
            .map_or(&[], Vec::as_slice)
    }

    /// The actors a text names, in order, each once.
    #[must_use]
    pub fn actors(&self, lang: Lang, text: &[Word<'_>]) -> Vec<ConceptId> {
        let folded: Vec<String> = text.iter().map(|w| fold(&w.lower)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            match self.phrase_at(lang, text, &folded, at) {
                Some(phrase) => {
                    if !found.contains(&phrase.actor) {
                        found.push(phrase.actor);
                    }
                    at += phrase.words.len();
                }
                None => at += 1,
            }
        }
        found
    }

    fn phrase_at(
        &self,
        lang: Lang,
        text: &[Word<'_>],
        folded: &[String],
        at: usize,
    ) -> Option<&Phrase> {
        let first = folded.get(at)?;
        let capital = text.get(at)?.capital;
        let lists = [first.as_str(), first.strip_suffix('s').unwrap_or(first)];
        lists
            .into_iter()
            .filter_map(|w| self.phrases.get(&(lang, w.to_owned())))
            .flatten()
            .find(|p| {
                (capital || !p.capital)
                    && p.words
                        .iter()
                        .skip(1)
                        .eq(folded.iter().skip(at + 1).take(p.words.len() - 1))
            })
    }

    /// The actor in the key of a speaker (`defence ministry russia`).
    #[must_use]
    pub fn actor_of_key(&self, key: &str) -> Option<ConceptId> {
        if let Some(&id) = self.actors.get(key) {
            return Some(id);
        }
        key.split(' ').find_map(|word| {
            let seat = || self.phrases.get(&(Lang::EN, word.to_owned()))?.first();
            self.actors
                .get(word)
                .copied()
                .or_else(|| seat().filter(|p| p.words.len() == 1).map(|p| p.actor))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lang: Lang, word: &str) -> &'static [ConceptId] {
        Concepts::get().of_stem(lang, &Language::of(lang).stem(word))
    }

    #[test]
    fn the_capital_speaks_for_its_state() {
        let moscow = of(Lang::FR, "moscou");
        assert_eq!(moscow, of(Lang::EN, "russian"));
        assert_eq!(
            Concepts::get().actor_of_key("kremlin"),
            moscow.first().copied()
        );
        assert_eq!(
            Concepts::get().actor_of_key("president russia"),
            moscow.first().copied()
        );
    }

    #[test]
    fn actors_are_found_by_phrases_and_with_the_case_names_have() {
        let find = |lang, text: &str| Concepts::get().actors(lang, &words(text));
        let both = find(Lang::FR, "Les États-Unis et les dirigeants arméniens");
        assert_eq!(both, find(Lang::EN, "US and Armenian leaders"));
        assert!(find(Lang::EN, "they told us").is_empty());
    }

    #[test]
    fn denials_are_one_act_in_both_languages() {
        let fr = of(Lang::FR, "démenties");
        assert!(of(Lang::FR, "réfutée").iter().any(|c| fr.contains(c)));
        assert!(of(Lang::EN, "denied").iter().any(|c| fr.contains(c)));
        assert_eq!(Concepts::get().kind(fr[0]), ConceptKind::Act);
    }
}
