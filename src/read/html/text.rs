//! The text of elements: a block a paragraph, white space as a browser shows it.

use dom_query::{Document, NodeRef, Selection};

/// Elements that begin on a new line and end with it.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements whose text is not shown, or not as text.
const HIDDEN: &[&str] = &[
    "button", "canvas", "head", "iframe", "math", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title", "video", "audio",
];

/// Elements that hold nothing, or that an end tag is often left out of.
const UNCLOSED: &[&str] = &[
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "option", "p", "param", "path", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr",
];

/// Whether a page's tags, as they stand, nest deeper than `limit`, or one of them
/// has attributes by the thousand: a parser takes time that grows with the square
/// of either.
pub(super) fn is_endless(html: &str, limit: usize) -> bool {
    const ATTRIBUTES: usize = 5_000;
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        at += next + 1;
        let rest = &html[at..];
        let closes = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &rest[..length];
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if name.is_empty() || UNCLOSED.iter().any(|u| is(u)) {
            continue;
        }
        let tag = &rest.as_bytes()[..memchr::memchr(b'>', rest.as_bytes()).unwrap_or(rest.len())];
        if memchr::memchr_iter(b'=', tag).count() > ATTRIBUTES {
            return true;
        }
        at += usize::from(closes) + tag.len();
        if is("script") || is("style") {
            if !closes {
                at = raw_text_end(html, at, name);
            }
            continue;
        }
        depth = if closes {
            depth.saturating_sub(1)
        } else {
            depth + 1
        };
        if depth > limit {
            return true;
        }
    }
    false
}

/// Where the content of a script or style sheet ends, in which `<` is no markup.
fn raw_text_end(html: &str, from: usize, name: &str) -> usize {
    memchr::memmem::find_iter(&html.as_bytes()[from..], b"</")
        .map(|at| from + at)
        .find(|at| {
            let tag = html.as_bytes().get(at + 2..at + 2 + name.len());
            tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        })
        .unwrap_or(html.len())
}

/// The text of a selection.
pub(super) fn of(selection: &Selection) -> String {
    let mut writer = Writer::default();
    for node in selection.nodes() {
        writer.element(node);
    }
    writer.finish()
}

/// The paragraphs of a page that stand outside its furniture, as they are marked.
pub(super) fn paragraphs(page: &Document) -> String {
    let mut writer = Writer::default();
    for node in page.select("p").nodes() {
        let furniture = node.ancestors(None).iter().any(|a| {
            matches!(
                a.node_name().as_deref(),
                Some("nav" | "footer" | "aside" | "form" | "p")
            )
        });
        if !furniture {
            writer.element(node);
        }
    }
    writer.finish()
}

/// Writes text node by node.
#[derive(Default)]
struct Writer {
    out: String,
    /// Line ends to put before the next word.
    breaks: usize,
    /// Whether a space goes before it.
    space: bool,
}

/// What is left to do; a list instead of recursion, as pages nest without bound.
enum Step<'a> {
    Enter(NodeRef<'a>),
    /// A block ends.
    Leave,
}

impl Writer {
    fn element(&mut self, root: &NodeRef) {
        let mut steps = vec![Step::Enter(*root)];
        while let Some(step) = steps.pop() {
            let node = match step {
                Step::Enter(node) => node,
                Step::Leave => {
                    self.breaks = 2;
                    continue;
                }
            };
            if node.is_text() {
                self.text(&node.text());
                continue;
            }
            let name = node.node_name().unwrap_or_default();
            let name = name.as_ref();
            if HIDDEN.contains(&name) || node.has_attr("hidden") {
                continue;
            }
            if name == "br" {
                self.breaks = self.breaks.max(1);
            } else if BLOCKS.contains(&name) {
                self.breaks = 2;
                steps.push(Step::Leave);
            }
            steps.extend(node.children_it(true).map(Step::Enter));
        }
        self.breaks = 2;
    }

    /// Adds text with its white space collapsed; no-break spaces are typography
    /// and stay.
    fn text(&mut self, text: &str) {
        let is_space = |c: char| c.is_ascii_whitespace();
        for part in text.split_inclusive(is_space) {
            let word = part.trim_end_matches(is_space);
            if !word.is_empty() {
                self.gap();
                self.out.push_str(word);
            }
            self.space |= word.len() < part.len();
        }
    }

    fn gap(&mut self) {
        if !self.out.is_empty() {
            match self.breaks {
                0 if self.space => self.out.push(' '),
                0 => {}
                1 => self.out.push('\n'),
                _ => self.out.push_str("\n\n"),
            }
        }
        self.breaks = 0;
        self.space = false;
    }

    fn finish(self) -> String {
        self.out
    }
}
