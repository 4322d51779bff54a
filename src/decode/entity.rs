//! HTML left in plain text: character entities and stray tags.

use std::sync::LazyLock;

use regex::Regex;

/// A reference of HTML: named, decimal or hexadecimal.
static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\A&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
        .expect("a fixed pattern")
});

/// Elements that scrapers leave behind. A `<` before anything else is a character.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)\A</?(?:(p|div|br|hr|li|ul|ol|h[1-6]|blockquote|figure|figcaption|section|article|header|footer|table|tr|td|th)|(?:a|b|i|u|s|em|strong|span|sup|sub|small|font|img|iframe|abbr|cite|q|mark|time))(?:\s[^<>]{0,2000})?/?>"#,
    )
    .expect("a fixed pattern")
});

/// If `rest` begins with an entity that names a character: what it stands for,
/// and its length in bytes.
pub(super) fn entity(rest: &str) -> Option<(String, usize)> {
    let found = ENTITY.find(rest)?;
    let text = html_escape::decode_html_entities(found.as_str());
    (text != found.as_str()).then(|| (text.into_owned(), found.len()))
}

/// If `rest` begins with a tag: what stands in its place (a break for elements
/// that are blocks), and its length in bytes.
pub(super) fn tag(rest: &str) -> Option<(&'static str, usize)> {
    let found = TAG.captures(rest)?;
    let text = match found.get(1).map(|m| m.as_str().to_ascii_lowercase()) {
        None => "",
        Some(name) if matches!(name.as_str(), "br" | "td" | "th") => "\n",
        Some(_) => "\n\n",
    };
    Some((text, found.get(0)?.len()))
}
