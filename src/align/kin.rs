//! What an article is about on the whole, and how alike two articles are in that.
//!
//! Two sentences that share a prosecutor's office and an inquiry are one fact in two
//! reports of one event and two facts in reports of two; the sentences alone do not tell
//! which they are.

use super::encoder::{NOTHING, Small, cosine, together};
use super::profile::Profile;
use super::vocabulary::Vocabulary;

/// What an article is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// What its sentences mean together.
    meaning: Small,
    /// Its names by their sound, in order, with what each tells.
    names: Vec<(u32, f32)>,
}

impl Default for Subject {
    fn default() -> Self {
        Self {
            meaning: NOTHING,
            names: Vec::new(),
        }
    }
}

impl Subject {
    /// The subject of an article of these sentences.
    #[must_use]
    pub fn of(sentences: &[Profile], vocabulary: &Vocabulary) -> Self {
        let terms = sentences.iter().flat_map(|s| &s.own).filter(|t| t.name);
        let mut names: Vec<(u32, f32)> = terms
            .filter_map(|t| {
                let entry = vocabulary.entry(t.entry);
                Some((entry.name_sound()?, entry.information))
            })
            .collect();
        // Of two spellings the one that tells more.
        names.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        names.dedup_by_key(|n| n.0);
        names.shrink_to_fit();
        Self {
            meaning: together(sentences.iter().map(|s| &s.meaning)),
            names,
        }
    }

    /// The cosine of what two articles mean, and the Dice coefficient of whom and what
    /// they name.
    #[must_use]
    pub fn alike(&self, other: &Self) -> (f32, f32) {
        let (mut i, mut j, mut common) = (0, 0, 0.0);
        while let (Some(s), Some(t)) = (self.names.get(i), other.names.get(j)) {
            if s.0 == t.0 {
                common += s.1 + t.1;
            }
            i += usize::from(s.0 <= t.0);
            j += usize::from(t.0 <= s.0);
        }
        let all: f32 = self.names.iter().chain(&other.names).map(|n| n.1).sum();
        let names = if all > 0.0 { common / all } else { 0.0 };
        (cosine(&self.meaning, &other.meaning), names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    #[test]
    fn two_reports_of_one_event_name_the_same() {
        let mut vocabulary = Vocabulary::default();
        let mut subject = |text: &str, lang| {
            let sentences = [Profile::of_text(text, None, lang, &mut vocabulary)];
            Subject::of(&sentences, &vocabulary)
        };
        let fr = subject("Un juge de Tirana a entendu Agron Dushku.", Lang::FR);
        let same = subject("In court in Tirana Agron Dushku denied it.", Lang::EN);
        let other = subject("In court in Lomé Sylvanus Kpodzo denied it.", Lang::EN);
        assert!(fr.alike(&same).1 > 0.9, "{:?}", fr.alike(&same));
        assert_eq!(fr.alike(&other).1, 0.0);
    }
}
