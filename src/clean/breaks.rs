//! Breaks lost between sentences: `étrangères.Des combattants`, `conflit."Selon`.
//!
//! A final mark with the next sentence right behind it, closing marks between
//! them or an opening mark first. Straight quotation marks look the same on both
//! sides, so a pairing automaton over the paragraph tells them apart. Dots of
//! abbreviations, initials, numbers and addresses are no final marks.

use std::cell::LazyCell;

use super::layout::{is_capital, is_closing, is_final};
use super::vocabulary::Vocabulary;

/// A lost break: its byte in the paragraph and the rule that found it.
pub(super) type Break = (usize, &'static str);

/// How many bytes before a mark can tell what it ends: the longest token looked
/// at, so that a text without spaces is still read in linear time.
const LOOK_BACK: usize = 96;

const MARK: &str = "any-break-mark";
const CLOSING: &str = "any-break-closing";
const OPENING: &str = "any-break-opening";

/// Last parts of addresses and file names: no sentence begins with them.
const ADDRESS_ENDS: &[&str] = &[
    "com", "org", "net", "fr", "ca", "uk", "ch", "io", "tv", "eu", "gov", "edu", "html", "htm",
    "pdf", "doc", "docx", "txt", "jpg", "png", "js", "py", "md", "php",
];

/// The lost breaks of a paragraph.
pub(super) fn find(line: &str, words: &Vocabulary) -> impl Iterator<Item = Break> {
    // Most sentences end before a space, where nothing is lost and no mark is asked for.
    let marks = LazyCell::new(move || Marks::of(line));
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = next_final(line, from) {
            let dots = line[at..]
                .find(|c| !is_final(c))
                .map_or(line.len(), |n| at + n);
            from = dots;
            if goes_on(&line[dots..]) {
                continue;
            }
            let end = closings(line, dots, &marks);
            if let Some(rule) = boundary(line, at, dots, end, &marks, words) {
                return Some((end, rule));
            }
        }
        None
    })
}

/// Whether a paragraph has no lost break.
pub(super) fn is_whole(line: &str, words: &Vocabulary) -> bool {
    find(line, words).next().is_none()
}

/// The first final mark from a place on.
fn next_final(line: &str, from: usize) -> Option<usize> {
    const ELLIPSIS: &[u8] = "…".as_bytes();
    let bytes = &line.as_bytes()[from..];
    let mark = memchr::memchr3(b'.', b'!', b'?', bytes);
    let before = &bytes[..mark.unwrap_or(bytes.len())];
    let ellipsis =
        memchr::memchr_iter(ELLIPSIS[0], before).find(|&at| bytes[at..].starts_with(ELLIPSIS));
    Some(from + ellipsis.or(mark)?)
}

/// Whether what stands behind a final mark begins with neither a sentence nor a
/// closing mark: the line's end, a space, a small letter, a mark within the sentence.
fn goes_on(rest: &str) -> bool {
    match rest.as_bytes().first() {
        None | Some(b'a'..=b'z' | b',' | b';' | b':') => true,
        Some(b' ' | b'\n' | 0xc2 | 0xe2) => {
            let next = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\n']);
            next.len() < rest.len() && !next.starts_with('»')
        }
        _ => false,
    }
}

/// Where the closing marks behind a final mark end.
fn closings(line: &str, from: usize, marks: &Marks) -> usize {
    let mut end = from;
    loop {
        let rest = &line[end..];
        let Some(c) = rest.chars().next() else {
            return end;
        };
        let closes = match c {
            '"' => marks.closes(end),
            '\'' | '’' => {
                marks.closes(end) || (c == '’' && !opens_word(&rest[c.len_utf8()..], line, end))
            }
            _ => is_closing(c),
        };
        if closes {
            end += c.len_utf8();
            continue;
        }
        // A guillemet closes behind its space, too.
        let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        if spaced.starts_with('»') && spaced.len() < rest.len() {
            end += rest.len() - spaced.len() + '»'.len_utf8();
            continue;
        }
        return end;
    }
}

/// Whether an apostrophe before `rest` opens a word: `’Tis` is not closed by it.
fn opens_word(rest: &str, line: &str, at: usize) -> bool {
    line[..at].ends_with(char::is_whitespace) && rest.starts_with(char::is_alphabetic)
}

/// Whether a sentence ends in the final mark at `at..dots` with its closing
/// marks up to `end`, and another begins right there.
fn boundary(
    line: &str,
    at: usize,
    dots: usize,
    end: usize,
    marks: &Marks,
    words: &Vocabulary,
) -> Option<&'static str> {
    let rest = &line[end..];
    let next = rest.chars().next()?;
    let closed = end > dots;
    let before = &line[line.floor_char_boundary(at.saturating_sub(LOOK_BACK))..at];
    // Dots that open a quotation, and dots in brackets, stand for a cut.
    let cut =
        before.is_empty() || before.ends_with(['(', '[', '«', '“', '"', ' ', '\u{a0}', '\u{202f}']);
    if cut && (dots - at > 1 || line[at..].starts_with('…')) {
        return None;
    }
    if is_address(before, rest) {
        return None;
    }
    let rule = if next.is_uppercase() {
        if closed { CLOSING } else { MARK }
    } else if opens(next, end, marks) || matches!(next, '(' | '[') {
        let inner = rest[next.len_utf8()..]
            .trim_start_matches([' ', '\u{a0}', '\u{202f}', '«', '“', '‘', '(', '[']);
        if !inner.starts_with(|c: char| {
            c.is_uppercase() || (c.is_numeric() && next != '(' && next != '[')
        }) {
            return None;
        }
        OPENING
    } else if matches!(next, '–' | '—') {
        if !rest[next.len_utf8()..]
            .trim_start()
            .starts_with(char::is_uppercase)
            || closed
        {
            return None;
        }
        MARK
    } else if next == '-' {
        // An item of a list on the line of the one before.
        let item = rest[1..].trim_start_matches([' ', '\u{a0}']);
        if item.len() + 1 == rest.len()
            || !item.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        {
            return None;
        }
        OPENING
    } else if next.is_ascii_digit() && !closed {
        return number_begins(before, rest, words).then_some(MARK);
    } else {
        return None;
    };
    let dot = &line[at..dots] == ".";
    (closed || !dot || ends_sentence(before, rest, words)).then_some(rule)
}

fn opens(c: char, at: usize, marks: &Marks) -> bool {
    matches!(c, '«' | '“' | '‘' | '„') || (matches!(c, '"' | '\'') && !marks.closes(at))
}

/// Whether the dot lies within an address of the web or of mail.
fn is_address(before: &str, rest: &str) -> bool {
    let token = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let next = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let tail = &rest[next.len()..];
    let web = token.contains("://") || token.starts_with("www") || token.contains('@');
    (web && !tail.starts_with(char::is_whitespace))
        || ADDRESS_ENDS.contains(&next.to_lowercase().as_str())
}

/// Whether a dot after `before` ends a sentence, where a capital follows.
fn ends_sentence(before: &str, rest: &str, words: &Vocabulary) -> bool {
    let token = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '«' | '“' | '"' | '\'' | '’'))
        .next()
        .unwrap_or_default();
    let word = token
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let next_end = rest
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .unwrap_or(rest.len());
    let next = &rest[..next_end];
    let bare = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    let prose = starts_prose(bare, &rest[next_end..], words);
    // `Zs.B.`: initials of a name.
    let small = word.chars().count() >= 3 && word.chars().all(char::is_lowercase);
    if next.chars().count() == 1 && rest[next_end..].starts_with('.') && !small {
        return false;
    }
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        // `).`, `%.`, `».` have no word before the dot.
        (None, _) => {
            !token.is_empty()
                || detached_dot(before, &rest[next_end..])
                || before.ends_with(is_closing)
                || before.ends_with(['%', '€', '$', '°'])
        }
        (Some(c), None) if c.is_uppercase() => {
            // An initial, or the end of an acronym before a sentence.
            let acronym = token.chars().rev().nth(1) == Some('.');
            let label = token.chars().count() == 1 && ends_lower(before, token);
            // `8 °C.` is a unit.
            token.starts_with('°') || prose && (acronym || label)
        }
        (Some(c), None) if c.is_lowercase() => {
            token.ends_with(".m")
                || (prose && !words.has_exact("abbreviation", word) && !token.contains('.'))
        }
        _ if words.has_exact("abbreviation", word) || words.has_exact("abbreviation", token) => {
            // `No.The`: an abbreviation that is a word, too, in small letters.
            prose
                && !is_capital(word)
                && word.chars().count() <= 3
                && !matches!(word, "cf" | "vs" | "pp")
        }
        _ => true,
    }
}

/// Whether the dot stands alone behind a word and a space: `the idea .Read it`.
fn detached_dot(before: &str, tail: &str) -> bool {
    let word = before.trim_end();
    word.len() < before.len() && word.ends_with(char::is_alphanumeric) && tail.starts_with(' ')
}

/// Whether the word before a label (`plan B`) is in small letters.
fn ends_lower(before: &str, token: &str) -> bool {
    let head = before[..before.len() - token.len()].trim_end();
    let word = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.chars().count() > 1 && word.chars().all(|c| c.is_lowercase() || c == '\'')
}

/// Whether a capital word opens a sentence rather than a name: it is one of the
/// words that do, and a small letter follows.
fn starts_prose(next: &str, tail: &str, words: &Vocabulary) -> bool {
    let plain = next.replace('’', "'");
    let elided = plain.split('\'').next().unwrap_or_default();
    let known = words.has_exact("starter", &plain)
        || (plain.contains('\'') && words.has_exact("starter", &format!("{elided}'")));
    known
        && next.chars().count() >= 2
        && tail
            .trim_start()
            .chars()
            .next()
            .is_some_and(|c| !c.is_uppercase())
}

/// Whether a number right behind a dot begins a sentence: a word before, words
/// after, and neither an abbreviation nor a version.
fn number_begins(before: &str, rest: &str, words: &Vocabulary) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let tail = &rest[digits..];
    word.chars().count() >= 4
        && !is_capital(word)
        && !words.has_exact("abbreviation", word)
        && tail.starts_with([' ', '\u{a0}', '\u{202f}', '%'])
        && tail
            .trim_start_matches(|c: char| c.is_whitespace() || c == '%')
            .chars()
            .take(3)
            .filter(|c| c.is_lowercase())
            .count()
            == 3
}

/// Which straight marks close, in the order of their places.
struct Marks {
    closing: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Open,
    Close,
    Either,
}

impl Marks {
    fn of(line: &str) -> Self {
        let mut closing = pair(line, '"');
        // Single marks are apostrophes as well: only those that no letter
        // precedes, or no letter follows, can be marks.
        closing.extend(pair(line, '\''));
        closing.sort_unstable();
        Self { closing }
    }

    fn closes(&self, at: usize) -> bool {
        self.closing.binary_search(&at).is_ok()
    }
}

/// The marks of one form that close. A mark with white space on one side tells
/// its side; between two others it takes the side that the next clear mark
/// leaves it, else the one that the marks before leave it.
fn pair(line: &str, mark: char) -> Vec<usize> {
    if !line.contains(mark) {
        return Vec::new();
    }
    let mut sides: Vec<(usize, Side)> = Vec::new();
    let mut last: Option<char> = None;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == mark {
            let next = chars.peek().map(|&(_, c)| c);
            if let Some(side) = side(mark, last, next) {
                sides.push((at, side));
            }
        }
        last = Some(c);
    }
    let mut open = false;
    let mut closing = Vec::new();
    // The next clear side at or after each mark, from the end.
    let mut ahead = vec![None; sides.len() + 1];
    for i in (0..sides.len()).rev() {
        ahead[i] = match sides[i].1 {
            Side::Either => ahead[i + 1].map(|(s, n)| (s, n + 1)),
            clear => Some((clear, 0)),
        };
    }
    for (i, &(at, side)) in sides.iter().enumerate() {
        let side = match side {
            Side::Either => match ahead[i + 1] {
                // An odd number of doubtful marks before a clear one alternate.
                Some((clear, n)) => {
                    if (clear == Side::Close) == (n % 2 == 0) {
                        Side::Open
                    } else {
                        Side::Close
                    }
                }
                None if open => Side::Close,
                None => Side::Open,
            },
            clear => clear,
        };
        open = side == Side::Open;
        if side == Side::Close {
            closing.push(at);
        }
    }
    closing
}

/// The side of a mark between two characters; nothing for an apostrophe.
fn side(mark: char, last: Option<char>, next: Option<char>) -> Option<Side> {
    let opens_before = last.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | '[' | '«' | '“' | '‘' | '\'' | '’' | '–' | '—' | '"'
            )
    });
    let closes_after = next.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';'
                    | ':'
                    | '.'
                    | '!'
                    | '?'
                    | ')'
                    | ']'
                    | '»'
                    | '”'
                    | '…'
                    | '"'
                    | '-'
                    | '–'
                    | '—'
            )
    });
    if mark == '\'' {
        // Letters on both sides: an apostrophe. `dogs' tails` is one, too.
        if last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) {
            return None;
        }
    }
    Some(match (opens_before, closes_after) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        _ => Side::Either,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::vocabulary::vocabulary;
    use crate::document::Lang;

    /// The text with `|` at its lost breaks.
    fn broken(line: &str, lang: Lang) -> String {
        let mut out = line.to_string();
        let breaks: Vec<Break> = find(line, vocabulary(lang)).collect();
        for (at, _) in breaks.into_iter().rev() {
            out.insert(at, '|');
        }
        out
    }

    #[test]
    fn breaks_stand_after_closing_and_before_opening_marks() {
        for expected in [
            "Le ministre est parti.|Des combattants sont arrivés.",
            "Il craint le conflit.|\"Selon nos renseignements, rien\", a-t-il dit.",
            "Ils demandent \"la fin des hostilités\".|\"D'autres arrivent\", a-t-il dit.",
            "« Nous partons », dit-il.|« Le reste peut brûler. »|Dans la cour, rien.",
            "« Le reste peut brûler.»|Dans la cour, rien.",
            "Et le roi ?|Resté au village, il écrit.",
            "Que faire ?|\"Réparer les fuites\", répond-elle.",
            "\"Notre part était écrite noir sur blanc.\"|Conséquence : rien.",
            "Il a dit non…|Puis oui.",
            "Il y a eu 12 morts.|158 blessés sont soignés.",
            "Elle coûte 3,5 %.|Les miroirs sont neufs.",
            "Il dort sous le no 31.14.|Vingt-six pièces partiront.",
            "La livraison à l'O.N.U.|Les pays ont voté.",
        ] {
            assert_eq!(broken(&expected.replace('|', ""), Lang::FR), expected);
        }
        for expected in [
            "“That list wasn’t mine.”|President Zreik’s office said no.",
            "It was inspected at 11 a.m.|Sunday’s finale is off.",
            "‘I know,’ he said. ‘I was there.’|The drum is gone.",
            "'I know,' he said. 'I was there.'|The drum is gone.",
            "Is anyone surprised?|“Only the pigeons,” said a guard.",
            "He works for the U.S.|The rest left.",
        ] {
            assert_eq!(broken(&expected.replace('|', ""), Lang::EN), expected);
        }
    }

    #[test]
    fn dots_inside_names_numbers_and_addresses_are_left_alone() {
        for line in [
            "M.Dupont et Mme.Durand, J.-P.Martin, A.B.C. et J.K.Rowling sont là.",
            "La version 3.5 de lemonde.fr, le fichier RAPPORT.PDF et www.Example.Com/Page?Id=3.",
            "Le 3.5 à 4.30, art.12, no.7 du règlement (...)Une ligne [...] rouge.",
            "« ...Et puis rien », dit-il.",
        ] {
            assert_eq!(broken(line, Lang::FR), line);
        }
        for line in [
            "The U.S.Army and St.John’s, Mr.Smith, Dr.Who and Ph.D.Students met at 3.50 p.m. today.",
            "Write to J.Smith@Example.Org or see http://Example.Com/A.B?Q=1.",
        ] {
            assert_eq!(broken(line, Lang::EN), line);
        }
    }
}
