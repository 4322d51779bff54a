//! Which language a document, and a paragraph in it, is written in.
//!
//! French and English are told apart by their function words, which make up a
//! third of running text: exact on a few words, where statistics over letters
//! guess. All other languages are `whatlang`'s (letter trigrams).

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::document::Lang;
use crate::rules::table::Table;

/// A language and how sure it is, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detected {
    /// The language, [`Lang::UNKNOWN`] when the text does not tell.
    pub lang: Lang,
    /// How sure that is.
    pub confidence: f32,
}

static LANGUAGE_WORDS: LazyLock<[(Lang, HashSet<&'static str>); 2]> = LazyLock::new(|| {
    let words = |table: Table| table.rows().map(|r| r.get("word")).collect();
    [
        (
            Lang::FR,
            words(Table::parse(
                "fr/language_words",
                include_str!("rules/fr/language_words.tsv"),
            )),
        ),
        (
            Lang::EN,
            words(Table::parse(
                "en/language_words",
                include_str!("rules/en/language_words.tsv"),
            )),
        ),
    ]
});

/// As much of a text as is looked at: enough for any statistic, and the cost of a
/// long document stays bounded.
const SAMPLE: usize = 8192;

/// The language of a text.
///
/// ```
/// use diptych::document::Lang;
/// use diptych::language::detect;
/// assert_eq!(detect("Le ministre a quitté la réunion avant la fin.").lang, Lang::FR);
/// assert_eq!(detect("The minister left the meeting before it ended.").lang, Lang::EN);
/// assert_eq!(detect("12 345").lang, Lang::UNKNOWN);
/// ```
#[must_use]
pub fn detect(text: &str) -> Detected {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let shares = Shares::of(sample);
    let guess = whatlang::detect(sample);
    // Running text has a third of function words or more, its neighbours (Italian
    // for French, Dutch for English) share a fifth at most.
    const RUNNING: f32 = 0.22;
    let (best, share, other) = shares.best();
    let trigrams = guess.as_ref().and_then(|g| two_letters(g.lang().code()));
    let agrees = trigrams == Some(best);
    if share >= RUNNING && share > other && (agrees || share >= 0.3 || shares.words < 12) {
        let margin = (share - other) / share;
        let length = (shares.words as f32 / 8.0).min(1.0);
        let confidence = (0.5 + 0.5 * margin * length).min(0.999);
        return Detected {
            lang: best,
            confidence: if agrees { confidence } else { confidence * 0.9 },
        };
    }
    match (guess, trigrams) {
        (Some(guess), Some(lang)) if shares.words >= 2 => Detected {
            lang,
            confidence: (guess.confidence() as f32).clamp(0.05, 0.999),
        },
        _ => Detected {
            lang: Lang::UNKNOWN,
            confidence: 0.0,
        },
    }
}

/// The language of a paragraph, which is its document's unless the paragraph is
/// long enough and clear enough to say otherwise.
#[must_use]
pub fn of_paragraph(text: &str, document: Lang) -> Lang {
    // Below this many words a foreign title or name tips the balance.
    const ENOUGH: usize = 8;
    let shares = Shares::of(&text[..text.floor_char_boundary(SAMPLE)]);
    let (best, share, other) = shares.best();
    let clear = shares.words >= ENOUGH && share >= 0.3 && other * 3.0 <= share;
    if clear { best } else { document }
}

/// The share of words that are function words of each language.
struct Shares {
    words: usize,
    of: [(Lang, f32); 2],
}

impl Shares {
    fn of(text: &str) -> Self {
        let mut words = 0;
        let mut hits = [0usize; 2];
        let mut lower = String::new();
        for word in text
            .split(|c: char| !c.is_alphabetic())
            .filter(|w| !w.is_empty())
        {
            words += 1;
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            for (n, (_, list)) in hits.iter_mut().zip(LANGUAGE_WORDS.iter()) {
                *n += usize::from(list.contains(lower.as_str()));
            }
        }
        let share = |n: usize| n as f32 / words.max(1) as f32;
        Self {
            words,
            of: [
                (LANGUAGE_WORDS[0].0, share(hits[0])),
                (LANGUAGE_WORDS[1].0, share(hits[1])),
            ],
        }
    }

    /// The language with the larger share, its share, and the other's.
    fn best(&self) -> (Lang, f32, f32) {
        let [(a, x), (b, y)] = self.of;
        if x >= y { (a, x, y) } else { (b, y, x) }
    }
}

/// The two-letter code of a language that `whatlang` names with three letters.
fn two_letters(code: &str) -> Option<Lang> {
    const CODES: &[(&str, &str)] = &[
        ("fra", "fr"),
        ("eng", "en"),
        ("deu", "de"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("nld", "nl"),
        ("cat", "ca"),
        ("ron", "ro"),
        ("pol", "pl"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("bul", "bg"),
        ("mkd", "mk"),
        ("rus", "ru"),
        ("ukr", "uk"),
        ("bel", "be"),
        ("ell", "el"),
        ("tur", "tr"),
        ("hun", "hu"),
        ("fin", "fi"),
        ("est", "et"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "no"),
        ("hye", "hy"),
        ("kat", "ka"),
        ("aze", "az"),
        ("ara", "ar"),
        ("heb", "he"),
        ("pes", "fa"),
        ("cmn", "zh"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("hin", "hi"),
        ("ben", "bn"),
        ("urd", "ur"),
        ("vie", "vi"),
        ("ind", "id"),
        ("tha", "th"),
        ("lat", "la"),
        ("epo", "eo"),
        ("afr", "af"),
    ];
    let (_, two) = CODES.iter().find(|(three, _)| *three == code)?;
    Lang::parse(two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_french_and_english_are_told_apart() {
        for (lang, text) in [
            (
                "es",
                "El gobierno anunció el jueves que las conversaciones con los sindicatos seguirán la próxima semana.",
            ),
            (
                "it",
                "Il governo ha annunciato giovedì che i colloqui con i sindacati proseguiranno la prossima settimana.",
            ),
            (
                "de",
                "Die Regierung teilte am Donnerstag mit, dass die Gespräche mit den Gewerkschaften weitergehen.",
            ),
            (
                "nl",
                "De regering heeft donderdag laten weten dat de gesprekken met de vakbonden worden voortgezet.",
            ),
            (
                "pt",
                "O governo anunciou na quinta-feira que as conversas com os sindicatos vão continuar na próxima semana.",
            ),
            (
                "ru",
                "Правительство сообщило в четверг, что переговоры с профсоюзами продолжатся на следующей неделе.",
            ),
            ("fr", "Grève : Nice paralysée, les trains à l'arrêt"),
            ("en", "Strike: trains to Nice at a standstill"),
        ] {
            assert_eq!(detect(text).lang.code(), lang, "{text}");
        }
    }

    #[test]
    fn a_long_foreign_paragraph_differs_a_short_one_does_not() {
        let english =
            "“We are not asking for more than what was promised to us,” he said in English.";
        assert_eq!(of_paragraph(english, Lang::FR), Lang::EN);
        assert_eq!(of_paragraph("Game of the Year Awards", Lang::FR), Lang::FR);
    }
}
