//! Which language a document, and a paragraph in it, is written in.
//!
//! [`detect`] tells some forty languages of Europe by their common words and
//! letters (`model`), the languages with a script of their own by the script,
//! and leaves what fits none of them to `whatlang` (letter trigrams). Words are
//! exact where statistics over letters guess, and quicker to look up.

mod model;

use crate::document::Lang;
use model::{Evidence, Script};

/// A language and how sure it is, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detected {
    /// The language, [`Lang::UNKNOWN`] when the text does not tell.
    pub lang: Lang,
    /// How sure that is.
    pub confidence: f32,
}

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
    // Running text scores 0.4 or more in its language, a text in a language that
    // is not in the table 0.1.
    const WEAK: f32 = 0.15;
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    if let Some(lang) = at_a_glance(sample) {
        return Detected {
            lang,
            confidence: SUREST,
        };
    }
    let evidence = Evidence::of(sample);
    let own = match evidence.script {
        // Japanese texts have Chinese characters, too, and begin with them.
        Some(Script::Own(_)) if sample.contains(|c| ('\u{3040}'..='\u{30ff}').contains(&c)) => {
            Lang::parse("ja")
        }
        Some(Script::Own(lang)) => Some(lang),
        Some(Script::Arabic) => Some(of_arabic_script(sample)),
        _ => None,
    };
    if let Some(lang) = own {
        return Detected {
            lang,
            confidence: 0.95,
        };
    }
    let best = evidence.best().filter(|&(_, share, _)| share > 0.0);
    if let Some((lang, share, next)) = best
        && share >= WEAK
    {
        // Croatian and Serbian share their common words.
        let close = share - next < 0.02 && matches!(lang.code(), "hr" | "sr");
        return Detected {
            lang: if close { of_south_slavic(sample) } else { lang },
            confidence: confidence((share - next.max(0.0)) * evidence.words as f32),
        };
    }
    let guess = whatlang::detect(sample).filter(|_| evidence.words >= 4);
    match (
        guess.and_then(|g| Some((two_letters(g.lang().code())?, g.confidence()))),
        best,
    ) {
        (Some((lang, sure)), _) if sure > 0.5 => Detected {
            lang,
            confidence: (sure as f32).clamp(0.05, 0.9),
        },
        (_, Some((lang, _, _))) if evidence.words >= 2 => Detected {
            lang,
            confidence: 0.3,
        },
        _ => Detected {
            lang: Lang::UNKNOWN,
            confidence: 0.0,
        },
    }
}

/// A language of the pair that most texts are in, where stretches from the beginning,
/// the middle and the end of a text each leave no doubt; the whole text then leaves
/// none either.
fn at_a_glance(text: &str) -> Option<Lang> {
    const STRETCHES: usize = 3;
    const BYTES: usize = 240;
    // Each lead alone is beyond doubt, and all words together add to it.
    const LEAD: f32 = 6.0;
    const FEWEST_BYTES: usize = STRETCHES * BYTES * 2;
    if text.len() < FEWEST_BYTES {
        return None;
    }
    let step = text.len() / STRETCHES;
    let clear = |n: usize| {
        let evidence = Evidence::of(stretch(text, n * step + (step - BYTES) / 2, BYTES));
        let (lang, share, next) = evidence.best()?;
        let lead = (share - next.max(0.0)) * evidence.words as f32;
        (lead >= LEAD && [Lang::FR, Lang::EN].contains(&lang)).then_some(lang)
    };
    let first = clear(0)?;
    (1..STRETCHES)
        .all(|n| clear(n) == Some(first))
        .then_some(first)
}

/// The whole words in so many bytes of a text.
fn stretch(text: &str, from: usize, bytes: usize) -> &str {
    let from = text.ceil_char_boundary(from);
    let piece = &text[from..text.floor_char_boundary(from + bytes)];
    let start = piece.find(' ').unwrap_or(0);
    let end = piece.rfind(' ').unwrap_or(piece.len());
    &piece[start..end]
}

/// No language is surer than this.
const SUREST: f32 = 0.999;

/// How sure a lead of so many common words is: one word is as good as a coin that
/// fell four times in five, six leave no doubt.
fn confidence(lead: f32) -> f32 {
    (1.0 / (1.0 + (-1.3 * lead).exp())).min(SUREST)
}

/// Croatian writes `ije` where Serbian has `e`, `vrijeme` and `vreme`, but for a few
/// words such as `nije`.
fn of_south_slavic(text: &str) -> Lang {
    let every = text.len() / 300 + 1;
    let count = |part| text.matches(part).count();
    let code = if count("ije") - count("nije") >= every {
        "hr"
    } else {
        "sr"
    };
    Lang::parse(code).unwrap_or(Lang::UNKNOWN)
}

/// Persian and Urdu have letters that Arabic has not.
fn of_arabic_script(text: &str) -> Lang {
    let code = if text.contains(['ٹ', 'ڈ', 'ں', 'ے', 'ہ']) {
        "ur"
    } else if text.contains(['پ', 'چ', 'ژ', 'گ', 'ی']) {
        "fa"
    } else {
        "ar"
    };
    Lang::parse(code).unwrap_or(Lang::UNKNOWN)
}

/// The language of a paragraph, which is its document's unless the paragraph is
/// long enough and clear enough to say otherwise.
#[must_use]
pub fn of_paragraph(text: &str, document: Lang) -> Lang {
    // Below this many words a foreign title or name tips the balance.
    const ENOUGH: usize = 8;
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let own = [Lang::FR, Lang::EN].iter().position(|l| *l == document);
    let Some((words, closed)) = model::closed_words(sample, own) else {
        return document;
    };
    let [french, english] = closed.map(|n| n as f32 / words.max(1) as f32);
    let (best, share, other) = if french >= english {
        (Lang::FR, french, english)
    } else {
        (Lang::EN, english, french)
    };
    let clear = words >= ENOUGH && share >= 0.3 && other * model::CLEAR as f32 <= share;
    if clear { best } else { document }
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
    fn scripts_and_close_neighbours_are_told_apart() {
        for (lang, text) in [
            (
                "no",
                "Regjeringen sa torsdag at samtalene med fagforeningene vil fortsette neste uke, etter at de ble brutt.",
            ),
            (
                "da",
                "Regeringen sagde torsdag, at samtalerne med fagforeningerne vil fortsætte i næste uge, efter at de blev afbrudt.",
            ),
            (
                "sk",
                "Vláda vo štvrtok oznámila, že rokovania s odbormi budú pokračovať aj budúci týždeň, keď sa vráti minister.",
            ),
            (
                "cs",
                "Vláda ve čtvrtek oznámila, že jednání s odbory budou pokračovat i příští týden, až se vrátí ministr.",
            ),
            (
                "uk",
                "Уряд повідомив у четвер, що переговори з профспілками триватимуть наступного тижня.",
            ),
            (
                "bg",
                "Правителството съобщи в четвъртък, че преговорите със синдикатите ще продължат следващата седмица.",
            ),
            (
                "el",
                "Η κυβέρνηση ανακοίνωσε την Πέμπτη ότι οι συνομιλίες θα συνεχιστούν.",
            ),
            ("fa", "دولت روز پنجشنبه اعلام کرد که گفتگوها ادامه می‌یابد."),
            (
                "ja",
                "政府は木曜日、労働組合との交渉を来週も続けると発表した。",
            ),
            (
                "vi",
                "Chính phủ hôm thứ Năm cho biết các cuộc đàm phán với công đoàn sẽ tiếp tục vào tuần tới.",
            ),
        ] {
            assert_eq!(detect(text).lang.code(), lang, "{text}");
        }
    }

    #[test]
    fn a_piece_of_forty_characters_is_enough() {
        for (lang, text) in [
            (Lang::FR, "à partir de 50 ans, ou à partir de 40 an"),
            (Lang::FR, "prison militaire à Quantico, en Virginie"),
            (Lang::EN, "a cyclical event. A cyclical event is so"),
            (Lang::EN, "I objected to fellow undergraduates havi"),
        ] {
            assert_eq!(detect(text).lang, lang, "{text}");
        }
    }

    #[test]
    fn a_glance_at_a_long_text_tells_what_all_of_it_does() {
        let french = "Le ministre a quitté la réunion avant la fin, et les élus de la ville n'ont rien dit. ";
        let english =
            "The minister left the meeting before it ended, and the members said nothing of it. ";
        assert_eq!(at_a_glance(&french.repeat(30)), Some(Lang::FR));
        assert_eq!(at_a_glance(&english.repeat(30)), Some(Lang::EN));
        // One that is in both, and one without words, are read whole.
        let both = french.repeat(15) + &english.repeat(15);
        assert_eq!(at_a_glance(&both), None);
        assert_eq!(at_a_glance(&"é".repeat(4000)), None);
    }

    #[test]
    fn a_long_foreign_paragraph_differs_a_short_one_does_not() {
        let english =
            "“We are not asking for more than what was promised to us,” he said in English.";
        assert_eq!(of_paragraph(english, Lang::FR), Lang::EN);
        assert_eq!(of_paragraph("Game of the Year Awards", Lang::FR), Lang::FR);
    }
}
