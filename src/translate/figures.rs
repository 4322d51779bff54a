//! French numbers in words, as the translator reads them: in figures.
//!
//! A small translation model copies `17` and `14:00`, and garbles `dix-sept`, `XVIIe` and `14 h`, which it met
//! too seldom. So in its view of a sentence these are figures: cardinals and ordinals from eleven
//! on (it knows the smaller ones), ordinals in Roman numerals, and times of day. How a number is
//! put together is French grammar; the words are those of `rules/fr/number_words.tsv`.

use crate::align::language::{Language, NumberWord};
use crate::align::words::{Word, words};
use crate::document::Lang;
use crate::edit::Edit;
use crate::span::{Model, Span};

/// Smaller numbers stay in words.
const LEAST: u64 = 11;

/// The numbers of a sentence in French that are read in figures.
pub(super) fn french(text: &str) -> Vec<Edit<Model>> {
    let sentence = Sentence {
        text,
        words: &words(text),
        language: Language::of(Lang::FR),
    };
    let mut out: Vec<Edit<Model>> = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let found = sentence
            .time(at)
            .or_else(|| sentence.roman(at))
            .or_else(|| sentence.in_words(at));
        let Some(figures) = found else {
            at += 1;
            continue;
        };
        let span = sentence.span(at, figures.end);
        if text[span.start()..span.end()] != figures.to {
            out.push(Edit {
                span,
                replacement: figures.to,
                rule: figures.rule,
                confidence: 1.0,
            });
        }
        at = figures.end;
    }
    out
}

/// What is written in place of the words up to `end`.
struct Figures {
    to: String,
    end: usize,
    rule: &'static str,
}

struct Sentence<'t> {
    text: &'t str,
    words: &'t [Word<'t>],
    language: &'static Language,
}

impl Sentence<'_> {
    fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &*word.lower)
    }

    /// The word before another.
    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.lower(before))
    }

    fn span(&self, from: usize, to: usize) -> Span<Model> {
        let start = self.words.get(from).map_or(0, |word| word.range.start);
        let last = to.checked_sub(1).and_then(|last| self.words.get(last));
        Span::new(start, last.map_or(start, |word| word.range.end))
    }

    /// What stands between a word and the one before it.
    fn gap(&self, at: usize) -> Option<&str> {
        let (left, right) = (self.words.get(at.checked_sub(1)?)?, self.words.get(at)?);
        self.text.get(left.range.end..right.range.start)
    }

    /// Whether a word goes on with the number before it.
    fn goes_on(&self, at: usize) -> bool {
        matches!(self.gap(at), Some(" " | "-"))
    }

    /// A time of day: `20 h`, `à dix-huit heures trente`.
    fn time(&self, at: usize) -> Option<Figures> {
        /// Behind these words hours are a time of day, not a length of time.
        const AT: [&str; 4] = ["à", "vers", "dès", "entre"];
        let (hours, unit) = self.count(at).filter(|&(hours, _)| hours < 24)?;
        let after = match self.lower(unit) {
            "h" if matches!(self.gap(unit), Some("" | " ")) => unit + 1,
            "heure" | "heures" if self.goes_on(unit) => unit + 1,
            _ => return None,
        };
        let (minutes, end) = self.minutes(after).unwrap_or((0, after));
        let (hours, end) = match self.half_of_day(end) {
            Some((12, end)) if hours < 12 => (hours + 12, end),
            Some((_, end)) if hours <= 12 => (hours, end),
            _ => (hours, end),
        };
        // `à une heure et demie de route`
        let is_length = matches!(self.lower(end), "de" | "d");
        let is_range = || {
            let to = end + 1;
            self.before(at) == "de" && self.lower(end) == "à" && self.count(to).is_some()
        };
        let is_time = self.lower(unit) == "h" || AT.contains(&self.before(at)) || is_range();
        // `à une heure avancée`
        let is_vague = self.lower(at) == "une" && end == after;
        (is_time && !is_length && !is_vague).then(|| Figures {
            to: format!("{hours}:{minutes:02}"),
            end,
            rule: "fr-model-time",
        })
    }

    /// How many hours the half of the day begins with that is named behind a time: `du soir`.
    fn half_of_day(&self, at: usize) -> Option<(u64, usize)> {
        let words: [&str; 4] = std::array::from_fn(|i| self.lower(at + i));
        match words {
            ["du", "matin", ..] => Some((0, at + 2)),
            ["du", "soir", ..] => Some((12, at + 2)),
            ["de", "l", "après", "midi"] => Some((12, at + 4)),
            _ => None,
        }
    }

    /// The minutes behind the hours.
    fn minutes(&self, at: usize) -> Option<(u64, usize)> {
        if !matches!(self.gap(at), Some("" | " ")) {
            return None;
        }
        match (self.lower(at), self.lower(at + 1)) {
            ("et", "demi" | "demie") => return Some((30, at + 2)),
            ("et", "quart") => return Some((15, at + 2)),
            _ => {}
        }
        let (minutes, end) = self.count(at)?;
        let word = self.words.get(at)?;
        let is_whole = !word.digits || word.lower.len() == 2;
        (is_whole && minutes < 60).then_some((minutes, end))
    }

    /// A whole number in figures or in words.
    fn count(&self, at: usize) -> Option<(u64, usize)> {
        let word = self.words.get(at)?;
        if !word.digits {
            return self.cardinal(at);
        }
        // Neither decimals nor a part of a longer number or a date.
        let stands_alone = |gap: Option<&str>| !matches!(gap, Some("," | "." | ":" | "/" | "-"));
        let is_alone = stands_alone(self.gap(at))
            && (stands_alone(self.gap(at + 1)) || !self.words[at + 1].digits);
        let value = word.lower.parse().ok().filter(|_| is_alone)?;
        Some((value, at + 1))
    }

    /// An ordinal in Roman numerals, as of centuries: `XIXe`.
    fn roman(&self, at: usize) -> Option<Figures> {
        let word = self.words.get(at).filter(|word| word.capital)?;
        let written = &self.text[word.range.clone()];
        let letters = written.find(|c| !matches!(c, 'I' | 'V' | 'X'))?;
        let (numeral, ending) = written.split_at(letters);
        if !matches!(ending, "e" | "è" | "ème" | "es" | "èmes") {
            return None;
        }
        Some(Figures {
            to: format!("{}e", roman(numeral)?),
            end: at + 1,
            rule: "fr-model-figures",
        })
    }

    /// A cardinal or an ordinal in words, from eleven on.
    fn in_words(&self, at: usize) -> Option<Figures> {
        // A name in the middle of a sentence: `le concile de Trente`.
        let is_named = at > 0 && self.words.get(at)?.capital && !self.goes_on(at + 1);
        // A part of another word: `mi-trente`.
        let is_part = at > 0 && self.gap(at) == Some("-");
        // `vingt pour cent`, `un cent`, `30 mille`
        let is_share = matches!(self.before(at), "pour" | "un") && self.lower(at) == "cent";
        let is_multiplier = at > 0 && self.words[at - 1].digits && self.goes_on(at);
        if is_named || is_part || is_share || is_multiplier {
            return None;
        }
        let (value, end, suffix) = match self.ordinal(at) {
            Some((value, end)) => (value, end, "e"),
            None => {
                let (value, end) = self.cardinal(at)?;
                (value, end, "")
            }
        };
        // `mille-feuille`, `Mille et une nuits`, `cent millionième`
        let is_longer = self.gap(end) == Some("-")
            || value == 1000 && self.lower(end) == "et"
            || self.lower(end).ends_with("ième");
        (value >= LEAST && !is_longer).then(|| Figures {
            to: format!("{value}{suffix}"),
            end,
            rule: "fr-model-figures",
        })
    }

    /// A cardinal below a million: `deux mille trois cent quatre-vingt-dix-sept`.
    fn cardinal(&self, at: usize) -> Option<(u64, usize)> {
        let thousands = self.below_thousand(at);
        let (value, end) = thousands.unwrap_or((1, at));
        let is_next = thousands.is_none() || self.goes_on(end);
        if self.lower(end) != "mille" || !is_next {
            return thousands;
        }
        let rest = Some(end + 1).filter(|&rest| self.goes_on(rest));
        match rest.and_then(|rest| self.below_thousand(rest)) {
            Some((rest, end)) => Some((value * 1000 + rest, end)),
            None => Some((value * 1000, end + 1)),
        }
    }

    fn below_thousand(&self, at: usize) -> Option<(u64, usize)> {
        let is_hundred = |at: usize| matches!(self.lower(at), "cent" | "cents");
        let (hundreds, end) = match self.unit(at) {
            Some(hundreds @ 2..=9) if is_hundred(at + 1) && self.goes_on(at + 1) => {
                (hundreds, at + 2)
            }
            _ if self.lower(at) == "cent" => (1, at + 1),
            _ => return self.below_hundred(at),
        };
        let rest = Some(end).filter(|&end| self.goes_on(end));
        match rest.and_then(|end| self.below_hundred(end)) {
            Some((rest, end)) => Some((hundreds * 100 + rest, end)),
            None => Some((hundreds * 100, end)),
        }
    }

    fn below_hundred(&self, at: usize) -> Option<(u64, usize)> {
        // `quatre-vingts`
        if self.unit(at) == Some(4) && self.ten(at + 1) == Some(20) && self.goes_on(at + 1) {
            return Some(self.with_units(80, at + 2));
        }
        let tens = || Some(self.with_units(self.ten(at)?, at + 1));
        self.below_twenty(at).or_else(tens)
    }

    fn below_twenty(&self, at: usize) -> Option<(u64, usize)> {
        let value = self.unit(at)?;
        match self.unit(at + 1) {
            Some(more @ 7..=9) if value == 10 && self.goes_on(at + 1) => Some((10 + more, at + 2)),
            _ => Some((value, at + 1)),
        }
    }

    /// Tens with the units behind them, which are up to nineteen behind sixty and eighty.
    fn with_units(&self, tens: u64, end: usize) -> (u64, usize) {
        let most = if matches!(tens, 60 | 80) { 19 } else { 9 };
        let linked = self.lower(end) == "et" && self.goes_on(end);
        let from = end + usize::from(linked);
        let units = Some(from).filter(|&from| self.goes_on(from));
        let units = units.and_then(|from| self.below_twenty(from));
        // Only one and eleven are linked with `et`: else there are two numbers.
        let fits = |&(units, _): &(u64, usize)| {
            (1..=most).contains(&units) && (!linked || matches!(units, 1 | 11))
        };
        match units.filter(fits) {
            Some((units, end)) => (tens + units, end),
            None => (tens, end),
        }
    }

    /// 0 to 16.
    fn unit(&self, at: usize) -> Option<u64> {
        match self.language.number_word(self.lower(at))? {
            NumberWord::Unit(value) => Some(value as u64),
            _ => None,
        }
    }

    fn ten(&self, at: usize) -> Option<u64> {
        match self.language.number_word(self.lower(at))? {
            NumberWord::Ten(value) => Some(value as u64),
            _ => None,
        }
    }

    /// An ordinal: the cardinal whose last word ends in `-ième`.
    fn ordinal(&self, at: usize) -> Option<(u64, usize)> {
        /// `quatre-vingt-dix-septième`, of at most so many words.
        const LONGEST: usize = 5;
        let is_number = self.language.number_word(self.lower(at)).is_some();
        // Most words are no number's.
        if !is_number && !self.lower(at).ends_with("ième") {
            return None;
        }
        let last = (at..at + LONGEST)
            .take_while(|&last| last == at || self.goes_on(last))
            .find(|&last| self.lower(last).ends_with("ième"))?;
        let stem = self.lower(last).strip_suffix("ième")?;
        let forms = match stem {
            "un" => vec!["un".to_owned()],
            "cinqu" => vec!["cinq".to_owned()],
            "neuv" => vec!["neuf".to_owned()],
            _ => vec![stem.to_owned(), format!("{stem}e")],
        };
        let mut words = self.words.to_vec();
        forms.into_iter().find_map(|form| {
            words[last].lower = form.into();
            let sentence = Sentence {
                words: &words,
                ..*self
            };
            let (value, end) = sentence.cardinal(at)?;
            // `un centième` is a fraction.
            let is_fraction = last == at && value >= 100;
            (end == last + 1 && !is_fraction).then_some((value, end))
        })
    }
}

/// The value of a Roman numeral of ones, fives and tens.
fn roman(numeral: &str) -> Option<u64> {
    let value = |letter| match letter {
        'I' => 1,
        'V' => 5,
        _ => 10,
    };
    let mut total = 0;
    let mut largest = 0;
    // A letter before a larger one is taken off.
    for value in numeral.chars().rev().map(value) {
        largest = largest.max(value);
        total += if value < largest { -value } else { value };
    }
    u64::try_from(total).ok().filter(|&total| total > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::EditList;

    fn view(text: &str) -> String {
        EditList::<Model, Model>::new(text, french(text))
            .unwrap()
            .apply(text)
    }

    #[test]
    fn numbers_in_words_become_figures() {
        for (text, expected) in [
            ("Onze heures de tirs.", "11 heures de tirs."),
            ("dix-sept, dix-huit et dix-neuf", "17, 18 et 19"),
            ("vingt et un morts", "21 morts"),
            ("trente et une écoles", "31 écoles"),
            ("soixante et onze ans", "71 ans"),
            ("soixante-dix-neuf ans", "79 ans"),
            ("quatre-vingts agents", "80 agents"),
            ("quatre-vingt-un", "81"),
            ("quatre-vingt-quatorze", "94"),
            ("quatre-vingt-dix-sept", "97"),
            ("nonante-neuf", "99"),
            ("cent personnes", "100 personnes"),
            ("cent vingt, deux cents, neuf cent un", "120, 200, 901"),
            ("mille cinq cents", "1500"),
            ("mil neuf cent", "mil 900"),
            ("deux cent mille", "200000"),
            ("trente-cinq millions", "35 millions"),
            ("vingt pour cent", "20 pour cent"),
            ("entre vingt et trente", "entre 20 et 30"),
            ("le dix-septième sommet", "le 17e sommet"),
            ("la vingt et unième fois", "la 21e fois"),
            ("le cinquante-neuvième", "le 59e"),
            ("le trentième jour", "le 30e jour"),
            (
                "au XIXe siècle, aux XVIe et XVIIe siècles",
                "au 19e siècle, aux 16e et 17e siècles",
            ),
            ("la Ve République", "la 5e République"),
        ] {
            assert_eq!(view(text), expected, "{text}");
        }
    }

    #[test]
    fn times_of_day_are_read_alike() {
        for (text, expected) in [
            ("à 20 h", "à 20:00"),
            ("à 18h30", "à 18:30"),
            ("à 18 h 30", "à 18:30"),
            ("à 20 heures", "à 20:00"),
            ("à 3 heures du matin", "à 3:00"),
            ("à dix heures du soir", "à 22:00"),
            ("à 4 h 20 de l'après-midi", "à 16:20"),
            ("vers dix-huit heures trente", "vers 18:30"),
            ("à neuf heures et demie", "à 9:30"),
            ("de 8 heures à 17 heures", "de 8:00 à 17:00"),
            (
                "à une heure et demi de route",
                "à une heure et demi de route",
            ),
            ("à une heure avancée", "à une heure avancée"),
            ("à trois heures de route", "à trois heures de route"),
            ("après 11 heures de débat", "après 11 heures de débat"),
            ("une attente de 3 heures", "une attente de 3 heures"),
        ] {
            assert_eq!(view(text), expected, "{text}");
        }
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "deux, trois, neuf et dix",
            "le concile de Trente",
            "un mille-feuille des Mille et une nuits",
            "une quinzaine de jours, la moitié, un tiers",
            "Vie et Ce que dit Louis XIV",
            "un centième de seconde, un cent millionième",
            "30 mille francs pour 24 h, un cent de plus",
            "le 12.30 et 3,5 h",
        ] {
            assert_eq!(view(text), text);
        }
    }
}
