//! Pairing of quotation marks within one paragraph.
//!
//! An automaton over the marks, left to right. Each mark has a *shape* (what
//! stands before and after it says whether it can open, close, or both) and a
//! *family* (double, guillemets, single). A stack holds what is open; a mark that
//! can only open opens, one that can close closes the nearest open mark, of its
//! own family first and of any double family otherwise (`"dormir mal”`), and one
//! that can do both goes by what is open. Apostrophes are told from single marks
//! by looking ahead for a partner. Marks without a partner stay: an opening one
//! ([`Pair::close`] is `None`) runs to the next mark that opens anew or to the end
//! of the paragraph, a closing one ([`Pair::open`] is `None`) from the pair
//! before; the reader of the pairs decides what they mean.

use std::ops::Range;

/// Marks that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The opening mark, unless it is missing.
    pub open: Option<Range<usize>>,
    /// The closing mark, unless it is missing.
    pub close: Option<Range<usize>>,
    /// What stands between them, white space at the ends included.
    pub inner: Range<usize>,
    /// How many other pairs it stands in.
    pub depth: usize,
}

/// The pairs of a paragraph in order of their beginning.
///
/// ```
/// use diptych::quote::marks::pairs;
/// let text = "« Oui », a-t-il dit, puis “non”. L'été 'rare' d'ici.";
/// let inner: Vec<&str> = pairs(text).iter().map(|p| text[p.inner.clone()].trim()).collect();
/// assert_eq!(inner, ["Oui", "non", "rare"]);
/// ```
#[must_use]
pub fn pairs(text: &str) -> Vec<Pair> {
    let marks = marks(text);
    if marks.is_empty() {
        return Vec::new();
    }
    let mut automaton = Automaton::default();
    let mut singles = single_partners(text, &marks).into_iter().peekable();
    for (i, mark) in marks.iter().enumerate() {
        if mark.family != Family::Single {
            match automaton.side(mark, &marks[i + 1..]) {
                Some(Side::Open) => automaton.open(mark, &marks[i + 1..]),
                Some(Side::Close) => automaton.close(mark),
                None => {}
            }
        } else if let Some((_, close)) = singles.next_if(|&(open, _)| open == i) {
            automaton.single(mark, &marks[close]);
        }
    }
    automaton.finish(text.len())
}

/// Marks that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// `"`, `“ ”`, `„ “`, two single marks in a row.
    Double,
    /// `« »`
    Guillemet,
    /// `'`, `‘ ’`, `‹ ›`
    Single,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

/// A mark as it stands in the text.
#[derive(Debug, Clone)]
struct Mark {
    at: Range<usize>,
    family: Family,
    /// The direction the character itself gives.
    glyph: Option<Side>,
    can_open: bool,
    can_close: bool,
    before: Option<char>,
    after: Option<char>,
}

/// Deeper nesting is a fault of the text.
const MAX_DEPTH: usize = 3;

/// A single mark's partner is looked for this far: the longest quotations of one
/// paragraph in the development articles have some 400 bytes.
const MAX_SINGLE_BYTES: usize = 3_000;

#[derive(Default)]
struct Automaton {
    stack: Vec<Mark>,
    done: Vec<Pair>,
    /// Where the last pair at depth 0 ended: a closing mark without an opening
    /// one may reach back to there.
    free_from: usize,
    /// What the last pair of single marks holds.
    single: Range<usize>,
}

impl Automaton {
    /// What a double mark does, given what is open and the marks that follow.
    fn side(&self, mark: &Mark, next: &[Mark]) -> Option<Side> {
        let any_open = !self.stack.is_empty();
        let starts_word = mark.after.is_some_and(char::is_alphanumeric);
        match (mark.glyph, mark.can_open, mark.can_close) {
            // `”mot”`, `“mot“`, `» mot`: the glyph turned the wrong way, or said
            // again at the head of a paragraph; its neighbours tell.
            (Some(Side::Close), true, false) if !any_open => Some(Side::Open),
            (Some(Side::Open), false, true) if any_open => Some(Side::Close),
            (Some(side), _, _) => Some(side),
            (None, _, _) if !any_open => {
                if mark.can_open || starts_word {
                    Some(Side::Open)
                } else if mark.before.is_some_and(|c| c.is_ascii_digit()) {
                    // Inches and seconds.
                    None
                } else {
                    Some(Side::Close)
                }
            }
            (None, true, false) => Some(Side::Open),
            (None, true, true) if nests(next) && mark.before.is_some_and(char::is_whitespace) => {
                Some(Side::Open)
            }
            (None, _, _) => Some(Side::Close),
        }
    }

    fn open(&mut self, mark: &Mark, next: &[Mark]) {
        let straight_or_same = self
            .stack
            .last()
            .is_some_and(|top| top.family == mark.family);
        if (straight_or_same && !nests(next)) || self.stack.len() >= MAX_DEPTH {
            // What is open was never closed: this one begins anew.
            if let Some(top) = self.stack.pop() {
                self.push(Some(top.at.clone()), None, top.at.end..mark.at.start);
            }
        }
        self.stack.push(mark.clone());
    }

    fn close(&mut self, mark: &Mark) {
        let own = self.stack.iter().rposition(|m| m.family == mark.family);
        let Some(partner) = own.or(self.stack.len().checked_sub(1)) else {
            self.push(
                None,
                Some(mark.at.clone()),
                self.free_from.min(mark.at.start)..mark.at.start,
            );
            return;
        };
        while self.stack.len() > partner + 1 {
            if let Some(top) = self.stack.pop() {
                self.push(Some(top.at.clone()), None, top.at.end..mark.at.start);
            }
        }
        if let Some(open) = self.stack.pop() {
            self.push(
                Some(open.at.clone()),
                Some(mark.at.clone()),
                open.at.end..mark.at.start,
            );
        }
    }

    fn single(&mut self, open: &Mark, close: &Mark) {
        self.push(
            Some(open.at.clone()),
            Some(close.at.clone()),
            open.at.end..close.at.start,
        );
        self.single = open.at.end..close.at.start;
    }

    fn push(
        &mut self,
        open: Option<Range<usize>>,
        close: Option<Range<usize>>,
        inner: Range<usize>,
    ) {
        let within_single = usize::from(self.single.contains(&inner.start));
        let depth = self.stack.len() + within_single;
        if depth == 0 {
            self.free_from = close.as_ref().map_or(inner.end, |c| c.end);
        }
        self.done.push(Pair {
            open,
            close,
            inner,
            depth,
        });
    }

    fn finish(mut self, end: usize) -> Vec<Pair> {
        while let Some(top) = self.stack.pop() {
            self.push(Some(top.at.clone()), None, top.at.end..end);
        }
        self.done
            .sort_by_key(|p| (p.inner.start, std::cmp::Reverse(p.inner.end)));
        balanced(self.done)
    }
}

/// Drops pairs that cross another one, as single marks may, which are paired by
/// themselves: what was never closed or opened before what was, else the later one.
fn balanced(pairs: Vec<Pair>) -> Vec<Pair> {
    let is_whole = |pair: &Pair| pair.open.is_some() && pair.close.is_some();
    let mut kept: Vec<Option<Pair>> = Vec::with_capacity(pairs.len());
    // Those that hold what comes next, the innermost last.
    let mut around: Vec<usize> = Vec::new();
    let count = pairs.len();
    for pair in pairs {
        let mut crosses = false;
        while let Some(&top) = around.last() {
            let Some(holder) = &kept[top] else { break };
            if holder.inner.end <= pair.inner.start {
                around.pop();
            } else if pair.inner.end <= holder.inner.end {
                break;
            } else if is_whole(&pair) && !is_whole(holder) {
                kept[top] = None;
                around.pop();
            } else {
                crosses = true;
                break;
            }
        }
        if !crosses {
            around.push(kept.len());
            kept.push(Some(pair));
        }
    }
    let mut kept: Vec<Pair> = kept.into_iter().flatten().collect();
    if kept.len() < count {
        let mut ends: Vec<usize> = Vec::new();
        for pair in &mut kept {
            while ends.last().is_some_and(|&end| end <= pair.inner.start) {
                ends.pop();
            }
            pair.depth = ends.len();
            ends.push(pair.inner.end);
        }
    }
    kept
}

/// Whether the next two double marks both close: then a mark that opens now opens
/// a pair within the one that is open.
fn nests(next: &[Mark]) -> bool {
    let mut doubles = next.iter().filter(|m| m.family != Family::Single);
    let closes = |m: Option<&Mark>| {
        m.is_some_and(|m| match m.glyph {
            Some(side) => side == Side::Close,
            None => m.can_close && !m.can_open,
        })
    };
    closes(doubles.next()) && closes(doubles.next())
}

/// All marks that may be quotation marks, with their shapes.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text.as_bytes()[at..].iter().position(begins_mark) {
        at += skipped;
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        let start = at;
        at += c.len_utf8();
        let Some((mut family, mut glyph)) = kind_of(c) else {
            continue;
        };
        if matches!(c, '\'' | '`' | '´') && text[at..].starts_with(c) {
            // ``quoted'', as typewriters and TeX write double marks.
            family = Family::Double;
            glyph = (c == '`').then_some(Side::Open);
            at += c.len_utf8();
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        if !(family == Family::Single && is_inside_word(before, after)) {
            marks.push(Mark {
                at: start..at,
                family,
                glyph,
                can_open: can_open(before, after),
                can_close: can_close(before, after),
                before,
                after,
            });
        }
    }
    marks
}

/// Whether a byte may be the first of a mark.
fn begins_mark(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | 0xc2 | 0xe2 | 0xe3 | 0xef)
}

fn kind_of(c: char) -> Option<(Family, Option<Side>)> {
    Some(match c {
        '"' | '＂' => (Family::Double, None),
        '“' | '„' | '‟' | '〝' => (Family::Double, Some(Side::Open)),
        '”' | '〞' => (Family::Double, Some(Side::Close)),
        '«' => (Family::Guillemet, Some(Side::Open)),
        '»' => (Family::Guillemet, Some(Side::Close)),
        '‘' | '‚' | '‛' | '‹' => (Family::Single, Some(Side::Open)),
        '’' | '›' => (Family::Single, Some(Side::Close)),
        '\'' | '`' | '´' => (Family::Single, None),
        _ => return None,
    })
}

fn is_inside_word(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// A quotation begins here: something follows, and what stands before is no word.
fn can_open(before: Option<char>, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    match before {
        None => true,
        Some(b) if b.is_alphanumeric() => false,
        Some(b) if is_space(b) => !matches!(after, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']'),
        // `surprised?"Only`, `l'"offre"`, `("mot")`.
        Some(_) => {
            !is_space(after) && !after.is_ascii_punctuation()
                || matches!(after, '[' | '(' | '\'' | '.')
        }
    }
}

/// A quotation ends here: something stands before, and no word begins unless the
/// space was lost.
fn can_close(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (None, _) => false,
        (Some('(' | '[' | '{' | ':' | '\'' | '’'), Some(a)) if a.is_alphanumeric() => false,
        (Some(b), Some(a)) if is_space(b) => !a.is_alphanumeric() && !matches!(a, '[' | '('),
        _ => true,
    }
}

/// Which single marks are quotation marks: pairs of opening and closing mark, by
/// number, that do not overlap.
fn single_partners(text: &str, marks: &[Mark]) -> Vec<(usize, usize)> {
    let mut partners = Vec::new();
    let mut at = 0;
    while at < marks.len() {
        match single_partner(text, marks, at) {
            Some(close) => {
                partners.push((at, close));
                at = close + 1;
            }
            None => at += 1,
        }
    }
    partners
}

fn single_partner(text: &str, marks: &[Mark], at: usize) -> Option<usize> {
    let open = &marks[at];
    let turned = open.glyph == Some(Side::Close);
    if open.family != Family::Single
        || !open.can_open
        || turned
        || is_elision(&text[open.at.end..])
        || open.after.is_some_and(is_space)
    {
        return None;
    }
    let mut possessive = None;
    for (i, mark) in marks.iter().enumerate().skip(at + 1) {
        if mark.at.start - open.at.end > MAX_SINGLE_BYTES {
            break;
        }
        if mark.family != Family::Single || mark.glyph == Some(Side::Open) && !mark.can_close {
            if mark.family == Family::Single {
                break;
            }
            continue;
        }
        if !mark.can_close || mark.at.start == open.at.end {
            if mark.can_open {
                break;
            }
            continue;
        }
        let ends_clause = mark
            .before
            .is_some_and(|c| c.is_ascii_punctuation() || c == '…')
            || mark.after.is_none_or(|c| !is_space(c));
        if ends_clause || !matches!(mark.before, Some('s' | 'z')) {
            return Some(i);
        }
        // `the drivers' union`: an apostrophe, if a better partner follows.
        possessive = possessive.or(Some(i));
    }
    possessive
}

/// `'90s`, `'em`: a word cut at its head, not a quotation.
fn is_elision(rest: &str) -> bool {
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let decade =
        word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && word.len() <= 3;
    decade
        || matches!(
            word.to_ascii_lowercase().as_str(),
            "em" | "til" | "twas" | "tis" | "cause" | "cos" | "n" | "round" | "bout" | "neath"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The texts of the outermost pairs.
    fn inner(text: &str) -> Vec<&str> {
        pairs(text)
            .iter()
            .filter(|p| p.depth == 0)
            .map(|p| text[p.inner.clone()].trim())
            .collect()
    }

    #[test]
    fn marks_of_every_style() {
        assert_eq!(inner("Il dit: \"oui\" et \"non\"."), ["oui", "non"]);
        assert_eq!(inner("Il dit : « oui » et «non»."), ["oui", "non"]);
        assert_eq!(inner("He said “yes” and ‘no’."), ["yes", "no"]);
        assert_eq!(inner("He said ``yes'' twice."), ["yes"]);
        assert_eq!(inner("Er sagte „ja“ und „nein“."), ["ja", "nein"]);
        // A space on both sides: by what is open.
        assert_eq!(inner("Il dit \" oui \" et \" non \"."), ["oui", "non"]);
    }

    #[test]
    fn mixed_pairs_close_each_other() {
        assert_eq!(
            inner("elle \"dormir[ait] mal” cette nuit"),
            ["dormir[ait] mal"]
        );
        assert_eq!(inner("“under the rubble,\" he said"), ["under the rubble,"]);
        assert_eq!(inner("called ”odd” and “odd“."), ["odd", "odd"]);
    }

    #[test]
    fn lost_spaces_go_by_what_is_open() {
        assert_eq!(
            inner("fini.\"Selon nous.\"Puis \"non\""),
            ["Selon nous.", "non"]
        );
        assert_eq!(inner("1 hr. 31 min.\"She won,\" he said"), ["She won,"]);
        assert_eq!(
            inner("dit : \"Du terrain.\"\"Que ces gens viennent\", dit-il"),
            ["Du terrain.", "Que ces gens viennent"]
        );
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(inner("l'été des drivers' union d’hier, the '90s").is_empty());
        assert_eq!(
            inner(
                "So did the bus drivers' union: ‘Our patience’s gone, and the drivers’ fuel,’ he said."
            ),
            ["Our patience’s gone, and the drivers’ fuel,"]
        );
        assert_eq!(inner("'I can't go,' she said."), ["I can't go,"]);
    }

    #[test]
    fn nested_pairs_have_depth() {
        let text = "\"A marshal told me 'all green' on the radio\" she said";
        let depths: Vec<_> = pairs(text).iter().map(|p| p.depth).collect();
        assert_eq!(depths, [0, 1]);
        assert_eq!(
            inner("« Il a dit « non » hier »."),
            ["Il a dit « non » hier"]
        );
        assert_eq!(inner("'He said \"no\" to me.'"), ["He said \"no\" to me."]);
    }

    #[test]
    fn a_missing_mark_ends_with_the_paragraph_or_the_next() {
        let p = pairs("\"Close the lid, said a trader.");
        assert_eq!((p.len(), p[0].close.clone()), (1, None));
        assert_eq!(inner("« Un. « Deux. »"), ["Un.", "Deux."]);
        let p = pairs("Un mot » puis « deux »");
        assert_eq!((p[0].open.clone(), p[0].inner.clone()), (None, 0..7));
    }

    #[test]
    fn every_mark_is_looked_at() {
        for c in ('\0'..='\u{ffff}').filter(|&c| kind_of(c).is_some()) {
            assert!(begins_mark(&c.to_string().as_bytes()[0]), "{c}");
        }
    }

    proptest! {
        #[test]
        fn pairs_are_spans_and_balanced(text in "[ a.,A?!:(\\[0\"'«»“”‘’„é\u{a0}]{0,60}") {
            for p in pairs(&text) {
                prop_assert!(text.get(p.inner.clone()).is_some());
                if let Some(o) = &p.open { prop_assert!(text.get(o.clone()).is_some() && o.end == p.inner.start); }
                if let Some(c) = &p.close { prop_assert!(text.get(c.clone()).is_some() && c.start == p.inner.end); }
                prop_assert!(p.open.is_some() || p.close.is_some());
            }
            let all = pairs(&text);
            for (i, a) in all.iter().enumerate() {
                for b in &all[i + 1..] {
                    prop_assert!(a.inner.end <= b.inner.start || b.inner.end <= a.inner.end);
                }
            }
        }
    }
}
