//! Writing text into HTML.

use std::fmt::{self, Write};

use crate::document::Lang;

/// A text escaped for use in an element or a quoted attribute. Control
/// characters, which HTML does not allow, become U+FFFD.
pub(super) struct Esc<'t>(pub &'t str);

impl fmt::Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || is_control(c);
        while let Some(at) = rest.find(special) {
            let (plain, tail) = rest.split_at(at);
            f.write_str(plain)?;
            let mut chars = tail.chars();
            match chars.next() {
                Some('&') => f.write_str("&amp;")?,
                Some('<') => f.write_str("&lt;")?,
                Some('>') => f.write_str("&gt;")?,
                Some('"') => f.write_str("&quot;")?,
                Some('\'') => f.write_str("&#39;")?,
                _ => f.write_char('\u{fffd}')?,
            }
            rest = chars.as_str();
        }
        f.write_str(rest)
    }
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Running text, escaped, with the spaces that French sets inside quotation marks
/// and before high punctuation held to their neighbours, so that no line begins
/// with a mark. Articles often come with plain spaces there.
pub(super) struct Prose<'t>(pub &'t str, pub Lang);

impl fmt::Display for Prose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1 != Lang::FR {
            return Esc(self.0).fmt(f);
        }
        let mut rest = self.0;
        while let Some(at) = rest.find(' ') {
            let after = &rest[at + 1..];
            let held = rest[..at].ends_with(['«', '‹', '–'])
                || after.starts_with(['»', '›', ':', ';', '?', '!', '%', '€']);
            Esc(&rest[..at]).fmt(f)?;
            f.write_char(if held { '\u{a0}' } else { ' ' })?;
            rest = after;
        }
        Esc(rest).fmt(f)
    }
}

/// The attributes of a text in a language: its code, and the direction of
/// writing left to the browser where the language is not known to run rightward.
pub(super) struct LangAttr(pub Lang);

impl fmt::Display for LangAttr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            // An empty code says that the language is not known.
            Lang::UNKNOWN => f.write_str(" lang=\"\" dir=\"auto\""),
            Lang::FR | Lang::EN => write!(f, " lang=\"{}\"", self.0),
            other => write!(f, " lang=\"{other}\" dir=\"auto\""),
        }
    }
}

/// The English name of a language, or its code.
pub(super) fn language_name(lang: Lang) -> String {
    let name = match lang.code() {
        "fr" => "French",
        "en" => "English",
        "de" => "German",
        "es" => "Spanish",
        "it" => "Italian",
        "pt" => "Portuguese",
        "nl" => "Dutch",
        "ar" => "Arabic",
        "ru" => "Russian",
        "un" => "Unknown language",
        code => return code.to_uppercase(),
    };
    name.to_owned()
}

/// A date as records hold it (`2022-05-11`, `2020-10`, `2020`) in words; any
/// other text as it is.
pub(super) fn date(text: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month
        .and_then(|m| m.parse::<usize>().ok())
        .and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    let day = day.map(str::parse::<u8>);
    match (year, month, day) {
        (Some(y), Some(m), Some(Ok(d))) if y.len() == 4 => format!("{d} {m} {y}"),
        (Some(y), Some(m), None) if y.len() == 4 => format!("{m} {y}"),
        _ => text.to_owned(),
    }
}

/// `1 sentence`, `2 sentences`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A web address that may be followed; other schemes (`javascript:`) may not.
pub(super) fn web_address(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_html_reads() {
        let text = "<a href='x' title=\"y\">&\u{0}\u{1b}é\n";
        assert_eq!(
            Esc(text).to_string(),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;\u{fffd}\u{fffd}é\n"
        );
    }

    #[test]
    fn french_marks_do_not_begin_a_line() {
        let text = "Il dit : « non » & part !";
        let held = "Il dit\u{a0}: «\u{a0}non\u{a0}» &amp; part\u{a0}!";
        assert_eq!(Prose(text, Lang::FR).to_string(), held);
        assert_eq!(Prose("so : « no »", Lang::EN).to_string(), "so : « no »");
    }

    #[test]
    fn dates_in_words() {
        let given = ["2022-05-11", "2020-10", "2020", "2020-13-01", "hier"];
        let words = ["11 May 2022", "October 2020", "2020", "2020-13-01", "hier"];
        assert_eq!(given.map(date), words);
    }

    #[test]
    fn only_web_addresses_are_followed() {
        assert_eq!(
            web_address("HTTPS://a.example/x"),
            Some("HTTPS://a.example/x")
        );
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("é"), None);
    }
}
