//! Where a reported clause ends: before a quotation, another verb of saying, a remark
//! of the paper's own.

use super::Finder;
use crate::document::Lang;
use crate::quote::cues::Form;
use crate::quote::lexicon::class;
use crate::quote::tokens::Kind;

impl Finder<'_, '_> {
    /// Where a reported clause ends: with its sentence, before a quotation, before
    /// a gerund or another clause set off by a comma. Also whether a quotation ended it.
    pub(super) fn clause_end(&self, start: usize, limit: usize) -> (usize, bool) {
        let tokens = &self.r.p.tokens;
        let mut end = limit;
        let mut quoted = false;
        for (at, token) in self.within(start..limit) {
            if matches!(token.kind, Kind::Open | Kind::Close) {
                quoted = true;
                end = at;
                break;
            }
            // `in 2:14:07` goes on.
            let clock = token.is_punct(":")
                && self.token(at + 1).is_some_and(|t| t.kind == Kind::Number)
                && self.token(at - 1).is_some_and(|t| t.kind == Kind::Number);
            if token.is_punct(";:") && !clock || at > start + 3 && self.is_adverse(at) {
                end = at;
                break;
            }
            if at > start + 2 && self.says_again(at, limit) {
                end = at;
                break;
            }
            if token.is_punct(",") {
                let next = at + 1;
                if self.is_remark(next, limit) {
                    end = at;
                    break;
                }
                let reports = self
                    .r
                    .cues_in(next..next + 1)
                    .iter()
                    .any(|c| c.form != Form::Infinitive);
                let gerund = self.text(next).ends_with("ant") && self.r.lang == Lang::FR;
                if reports || gerund || matches!(self.text(next), "selon" | "according") {
                    end = at;
                    break;
                }
            }
        }
        // `que X et que « Y »`: the joining words belong to neither.
        while end > start
            && (!tokens[end - 1].is_word() && tokens[end - 1].kind != Kind::Number
                || tokens[end - 1].is(class::CONJ | class::SUB)
                || matches!(self.text(end - 1), "que" | "qu'" | "qu’" | "that"))
            && !tokens[end - 1].is_punct(")]%€$")
        {
            end -= 1;
        }
        (end, quoted)
    }

    /// `acknowledged that it was painful but argued that`, `prévoit que ... et précise
    /// que`: another verb of saying with the same subject.
    fn says_again(&self, at: usize, limit: usize) -> bool {
        const REACH: usize = 10;
        let joins = self
            .token(at)
            .is_some_and(|t| t.is(class::CONJ) || matches!(self.text(at), "but" | "mais"));
        let that = |i: usize| matches!(self.text(i), "que" | "qu'" | "qu’" | "that");
        joins
            && self.r.cues_in(at + 1..at + 2).iter().any(|c| {
                c.form == Form::Finite
                    && c.pronoun.is_none()
                    && c.frames.contains('q')
                    && (c.last + 1..limit.min(c.last + REACH)).any(that)
            })
    }

    /// What the paper adds behind a comma: `, a charge that the general dismissed`, `,
    /// having raised`, `, after completing`, `, with the spokeswoman adding`, `, while the
    /// ministry said`.
    pub(super) fn is_remark(&self, at: usize, limit: usize) -> bool {
        let says = |from: usize, form: fn(Form) -> bool| {
            let cues = self.r.cues_in(from..limit);
            cues.iter().any(|c| form(c.form) && !c.quoted)
        };
        match self.text(at) {
            "having" | "ayant" => true,
            "after" | "before" | "following" => self.text(at + 1).ends_with("ing"),
            "après" => matches!(self.text(at + 1), "avoir" | "être" | "s'être"),
            "with" => says(at + 1, |f| f == Form::Gerund),
            "while" | "whereas" => says(at + 1, |f| f == Form::Finite),
            // `, ce qui a rassuré X`, `, laquelle`, `, comme l'écrivait`
            "ce" => matches!(self.text(at + 1), "qui" | "que" | "qu'" | "qu’" | "dont"),
            "laquelle" | "lequel" | "lesquels" | "lesquelles" => true,
            "comme" => matches!(self.text(at + 1), "l'" | "l’" | "le" | "on"),
            "a" | "an" | "une" | "un" => (at + 2..at + 4).any(|i| {
                matches!(
                    self.text(i),
                    "that" | "which" | "que" | "qu'" | "qu’" | "qui"
                )
            }),
            // `, leaving the nation with two leaders`
            text if self.r.lang == Lang::EN => {
                const OTHER: &[&str] = &[
                    "including",
                    "excluding",
                    "according",
                    "regarding",
                    "concerning",
                    "during",
                    "pending",
                    "nothing",
                    "something",
                    "anything",
                    "everything",
                    "being",
                ];
                text.len() > 5 && text.ends_with("ing") && !OTHER.contains(&text)
            }
            _ => false,
        }
    }

    /// `sans que`, `alors que`, `tandis que`: the paper's own clause begins.
    fn is_adverse(&self, at: usize) -> bool {
        matches!(self.text(at), "sans" | "alors" | "tandis")
            && matches!(self.text(at + 1), "que" | "qu'" | "qu’")
    }
}
