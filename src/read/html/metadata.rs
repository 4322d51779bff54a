//! What a page says of its article outside the article: JSON-LD, `meta` elements
//! (Open Graph, Dublin Core and the habits of newspapers' systems), `link` and
//! `time`.

use std::sync::LazyLock;

use dom_query::Document;
use regex::Regex;
use serde_json::Value;

/// What is known of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The headline, without the site's name behind it.
    pub(super) title: Option<String>,
    /// The day of publication: `2020-10-02`.
    pub(super) date: Option<String>,
    /// The site's name.
    pub(super) outlet: Option<String>,
    /// The page's address.
    pub(super) url: Option<String>,
}

/// `meta` names and properties, the most trustworthy first, in lower case.
const TITLES: &[&str] = &[
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "headline",
];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.created",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "date.published",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "og:pubdate",
    "date",
];
const OUTLETS: &[&str] = &[
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
];
const URLS: &[&str] = &["og:url", "twitter:url"];

/// Reads a page's facts.
pub(super) fn read(page: &Document) -> Facts {
    let metas = metas(page);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let (_, content) = metas.iter().find(|(n, _)| n == name)?;
            Some(content.clone())
        })
    };
    let described = described(page);
    let from = |key: &str| described.as_ref().and_then(|d| string(d.get(key)?));
    let publisher = described.as_ref().and_then(|d| string(d.get("publisher")?));
    let outlet = meta(OUTLETS).or(publisher).filter(|o| !is_address(o));
    let title = from("headline")
        .or_else(|| meta(TITLES))
        .map(|t| without_site(&t, outlet.as_deref()));
    let date = from("datePublished")
        .and_then(|d| day(&d))
        .or_else(|| {
            DATES.iter().find_map(|name| {
                let mut named = metas.iter().filter(|(n, _)| n == name);
                named.find_map(|(_, content)| day(content))
            })
        })
        .or_else(|| timed(page));
    let url = page
        .select("link[rel=\"canonical\"]")
        .attr("href")
        .map(|href| href.trim().to_owned())
        .filter(|u| is_address(u))
        .or_else(|| meta(URLS).filter(|u| is_address(u)))
        .or_else(|| from("url").filter(|u| is_address(u)));
    Facts {
        title,
        date,
        outlet,
        url,
    }
}

/// Names and contents of the `meta` elements.
fn metas(page: &Document) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for node in page.select("meta[content]").nodes() {
        let name = ["property", "name", "itemprop"]
            .iter()
            .find_map(|a| node.attr(a))
            .unwrap_or_default();
        let content = plain(&node.attr("content").unwrap_or_default());
        if !name.is_empty() && !content.is_empty() {
            out.push((name.trim().to_ascii_lowercase(), content));
        }
    }
    out
}

/// The first object of the page's JSON-LD that describes an article.
fn described(page: &Document) -> Option<Value> {
    page.select("script[type=\"application/ld+json\"]")
        .nodes()
        .iter()
        .find_map(|script| {
            let text = script.text();
            let json = text
                .trim()
                .trim_start_matches("<![CDATA[")
                .trim_end_matches("]]>");
            article_in(serde_json::from_str(json).ok()?)
        })
}

fn article_in(value: Value) -> Option<Value> {
    let is_article = |kind: &str| kind.ends_with("Article") || kind.ends_with("BlogPosting");
    match value {
        Value::Array(items) => items.into_iter().find_map(article_in),
        Value::Object(mut object) => {
            let found = match object.get("@type") {
                Some(Value::String(kind)) => is_article(kind),
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_article),
                _ => false,
            };
            if found {
                return Some(Value::Object(object));
            }
            ["@graph", "mainEntity", "mainEntityOfPage"]
                .iter()
                .find_map(|key| article_in(object.remove(*key)?))
        }
        _ => None,
    }
}

/// A string, or the name of a thing.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(object) => object.get("name")?.as_str()?,
        Value::Array(items) => return string(items.first()?),
        _ => return None,
    };
    Some(plain(text)).filter(|t| !t.is_empty())
}

/// A text on one line, its entities (some systems write them twice) decoded.
fn plain(text: &str) -> String {
    let text = html_escape::decode_html_entities(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// A headline without the site's name that stands behind a mark: `… | Le Phare`.
pub(super) fn without_site(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else {
        return title.to_owned();
    };
    let lower = outlet.to_lowercase();
    for mark in [" | ", " - ", " – ", " — ", " : ", " • ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && tail.trim().to_lowercase() == lower
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The day of the first `time` element that has one.
fn timed(page: &Document) -> Option<String> {
    page.select("time[datetime], [itemprop=\"datePublished\"]")
        .nodes()
        .iter()
        .filter_map(|node| node.attr("datetime").or_else(|| node.attr("content")))
        .find_map(|value| day(&value))
}

/// The day in a machine's date: ISO 8601 with any mark or none between its parts,
/// or the date of a mail header.
fn day(text: &str) -> Option<String> {
    static ISO: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*((?:19|20)\d\d)[-/.]?(\d\d)[-/.]?(\d\d)(?:\D|\d{4,6}\D?|$)")
            .expect("a fixed pattern")
    });
    static MAIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* ((?:19|20)\d\d)\b")
            .expect("a fixed pattern")
    });
    const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let number = |s: &str| s.parse::<usize>().ok();
    let (year, month, day) = if let Some(found) = ISO.captures(text) {
        (found[1].to_owned(), number(&found[2])?, number(&found[3])?)
    } else {
        let found = MAIL.captures(text)?;
        let month = MONTHS.find(&found[2].to_ascii_lowercase())? / 3 + 1;
        (found[3].to_owned(), month, number(&found[1])?)
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_machines_are_read() {
        for (text, expected) in [
            ("2020-10-02T08:15:00+02:00", Some("2020-10-02")),
            ("2020/10/02", Some("2020-10-02")),
            ("20201002", Some("2020-10-02")),
            ("20201002081500", Some("2020-10-02")),
            ("Fri, 02 Oct 2020 08:15:00 GMT", Some("2020-10-02")),
            ("2020-13-02", None),
            ("yesterday", None),
        ] {
            assert_eq!(day(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_article_is_found_within_a_graph() {
        let page = Document::from(
            r#"<html><head><title>x | Le Phare</title>
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Le Phare"},
            {"@type":["NewsArticle"],"headline":"Gr&egrave;ve : la reprise | Le Phare","datePublished":"2021-03-04",
             "publisher":{"@type":"Organization","name":"Le Phare"}}]}</script>
            <script type="application/ld+json">{ damaged</script></head></html>"#,
        );
        let facts = read(&page);
        assert_eq!(facts.title.as_deref(), Some("Grève : la reprise"));
        assert_eq!(facts.date.as_deref(), Some("2021-03-04"));
        assert_eq!(facts.outlet.as_deref(), Some("Le Phare"));
        assert_eq!(facts.url, None);
    }
}
