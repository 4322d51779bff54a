//! Reported speech without marks.
//!
//! A cue that no quotation hangs on may report in the paper's own words: `X a
//! déclaré que ...`, `X said ...`, `..., a promis X`, `selon X, ...`, `X urged Y to
//! ...`. The verb's frames say what may follow; the clause ends with the sentence,
//! or before a quotation or a clause that is not part of it. What several unnamed
//! people or a bare office say is mostly news of a fact, so such speakers count
//! only with a full clause.

mod around;
mod clause;
mod english;
mod french;
mod nouns;

use std::collections::BTreeMap;
use std::ops::Range;

use super::attribution::Reading;
use super::cues::{Cue, Form};
use super::lexicon::{RoleKind, class};
use super::mentions::What;
use super::tokens::{Kind, Token};
use crate::document::{Lang, Quote, QuoteKind, Speaker};
use crate::span::Span;

/// A reported clause by token numbers, with its cue.
struct Reported {
    clause: Range<usize>,
    mention: usize,
    verb: String,
    confidence: f32,
}

/// The cues that quotations hang on: the first token of each, and whether it
/// stands before the quotation in the sentence.
pub(crate) type Uses = BTreeMap<usize, bool>;

/// The reported clauses of a paragraph; `used` are the cues of its quotations.
pub(crate) fn find(
    reading: &Reading<'_>,
    used: &Uses,
    mut speaker: impl FnMut(usize) -> Option<Speaker>,
) -> Vec<Quote> {
    let finder = Finder { r: reading };
    let mut quotes: Vec<Quote> = Vec::new();
    let from_cues = reading.cues.iter().filter(|c| !c.quoted).flat_map(|c| {
        let mut all = finder.reported(c, used);
        all.extend(finder.behind_quotation(c, used));
        all
    });
    let from_phrases = finder.phrases(used);
    let mut reported: Vec<Reported> = from_cues.chain(from_phrases).collect();
    reported.sort_by_key(|r| r.clause.start);
    for found in reported {
        let Some(span) = finder.span(&found.clause) else {
            continue;
        };
        if quotes.last().is_some_and(|q| q.span.overlaps(span)) {
            continue;
        }
        let Some(mut who) = speaker(found.mention) else {
            continue;
        };
        who.confidence = who.confidence.min(found.confidence);
        quotes.push(Quote {
            kind: QuoteKind::Indirect,
            span,
            confidence: found.confidence,
            speaker: Some(who),
            verb: Some(found.verb),
        });
    }
    quotes
}

/// A reported clause has at least this many words.
const MIN_WORDS: usize = 3;

struct Finder<'r, 'd> {
    r: &'r Reading<'d>,
}

impl Finder<'_, '_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.r.p.tokens.get(at)
    }

    fn within(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &Token)> {
        let end = range.end.min(self.r.p.tokens.len());
        let start = range.start.min(end);
        (start..end).zip(&self.r.p.tokens[start..end])
    }

    fn text(&self, at: usize) -> &str {
        self.token(at).map_or("", |t| t.of(self.r.p.text))
    }

    /// What a cue reports.
    fn reported(&self, cue: &Cue, used: &Uses) -> Vec<Reported> {
        let sentence = self.r.p.sentence_near(cue.sentence, cue.first, cue.last);
        let by = used.get(&cue.first);
        // `», a déclaré X, que`: the reporting clause of a quotation is no other's.
        if by.is_some_and(|before| !before) || self.is_refused(cue) {
            return Vec::new();
        }
        let Some(mention) = self.subject(cue, &sentence) else {
            return Vec::new();
        };
        let (clauses, confidence) = match self.after(cue, &sentence, by.is_some()) {
            Some(clause) => (self.split(clause), 0.8),
            None if by.is_none() => match self.behind_colon(cue, &sentence) {
                Some(clause) => (vec![clause], 0.7),
                None => (self.beside(cue, &sentence), 0.6),
            },
            None => (Vec::new(), 0.0),
        };
        let beside = confidence == 0.6;
        clauses
            .into_iter()
            .filter(|clause| !self.asks_for_anonymity(cue, clause))
            .filter(|clause| {
                beside && clause.len() >= MIN_WORDS || self.may_report(mention, clause, cue)
            })
            .map(|clause| Reported {
                clause,
                mention,
                verb: self.r.verb_text(cue),
                confidence,
            })
            .collect()
    }

    /// Whether a verb stands in a relative clause that a comma set off.
    fn is_in_relative(&self, cue: &Cue) -> bool {
        let from = cue.first.saturating_sub(5);
        let relative = (from..cue.first).rev().find(|&i| {
            self.token(i)
                .is_some_and(|t| t.is(class::REL) && !t.is(class::SUB))
                || self.text(i) == "whose"
        });
        relative.is_some_and(|r| {
            r > 0
                && self.token(r - 1).is_some_and(|t| t.is_punct(","))
                && self.within(r..cue.first).all(|(_, t)| t.is_word())
        })
    }

    /// `assure que « la ville tiendra » et que des renforts arrivent`: what follows the
    /// marks is said, too.
    fn behind_quotation(&self, cue: &Cue, used: &Uses) -> Option<Reported> {
        if used.get(&cue.first) != Some(&true) || !cue.frames.contains('q') {
            return None;
        }
        let sentence = self.r.p.sentence_near(cue.sentence, cue.first, cue.last);
        let that = self
            .within(cue.last + 1..sentence.end)
            .find(|&(at, t)| {
                let joint =
                    at + 1 + usize::from(self.token(at + 1).is_some_and(|t| t.is_punct(",")));
                matches!(t.kind, Kind::Close)
                    && self.token(joint).is_some_and(|t| t.is(class::CONJ))
                    && matches!(self.text(joint + 1), "que" | "qu'" | "qu’" | "that")
            })
            .map(|(at, _)| at)?;
        let start = (that + 2..that + 4)
            .find(|&i| i > 0 && matches!(self.text(i - 1), "que" | "qu'" | "qu’" | "that"))?;
        let (end, quoted) = self.clause_end(start, sentence.end);
        let mention = self.subject(cue, &sentence)?;
        (!quoted && end >= start + MIN_WORDS).then(|| Reported {
            clause: start..end,
            mention,
            verb: self.r.verb_text(cue),
            confidence: 0.7,
        })
    }

    /// Whether a verb stands in a subordinate clause that opens the sentence.
    fn is_in_opening_clause(&self, cue: &Cue, sentence: &Range<usize>) -> bool {
        const OPENING: &[&str] = &[
            "While",
            "Although",
            "Though",
            "When",
            "As",
            "After",
            "If",
            "Because",
            "Since",
            "Whereas",
            "Quand",
            "Lorsque",
            "Lorsqu'",
            "Lorsqu’",
            "Si",
            "S'",
            "S’",
            "Comme",
            "Puisque",
            "Alors",
            "Tandis",
            "Bien",
            "Après",
        ];
        let opens = OPENING.contains(&self.text(sentence.start))
            // `Si l'on en croit`, `Alors que`, but `Alors, il a dit`.
            && !self.token(sentence.start + 1).is_some_and(|t| t.is_punct(","));
        opens
            && self
                .within(sentence.start..cue.first)
                .all(|(_, t)| !t.is_punct(","))
    }

    /// `declined to say`, `a refusé de dire`: what is not said.
    fn is_refused(&self, cue: &Cue) -> bool {
        const REFUSING: &[&str] = &[
            "declined", "declines", "refused", "refuses", "refusing", "unable", "failed", "yet",
            "not", "without", "refusé", "refuse", "refusent", "refusant", "sans",
        ];
        cue.form != Form::Finite
            && (1..4).any(|back| {
                cue.first
                    .checked_sub(back)
                    .is_some_and(|b| REFUSING.contains(&self.text(b)))
            })
    }

    /// `a demandé que l'on taise son nom`, `asked not to be named`: a condition of
    /// speaking, not what was said.
    fn asks_for_anonymity(&self, cue: &Cue, clause: &Range<usize>) -> bool {
        const REACH: usize = 8;
        cue.frames.contains(['d', 'p'])
            && self
                .within(clause.start..clause.end.min(clause.start + REACH))
                .any(|(_, t)| t.is(class::ANONYMOUS))
    }

    /// `said the valley had flooded and that an alert had been issued`: two clauses.
    fn split(&self, clause: Range<usize>) -> Vec<Range<usize>> {
        let joint = (clause.start + MIN_WORDS..clause.end).find(|&i| {
            self.text(i) == "and" && self.text(i + 1) == "that" && self.r.lang == Lang::EN
        });
        match joint {
            Some(and) if and + 2 < clause.end => vec![clause.start..and, and + 2..clause.end],
            _ => vec![clause],
        }
    }

    fn subject(&self, cue: &Cue, sentence: &Range<usize>) -> Option<usize> {
        let tokens = &self.r.p.tokens;
        let after_comma = cue
            .first
            .checked_sub(1)
            .is_some_and(|i| tokens[i].is_punct(",") || matches!(tokens[i].kind, Kind::Close));
        // `le ministre, a dit respecter l'accord`: what follows is said, not who says it.
        let behind = after_comma
            && self.r.lang == Lang::FR
            && self.at_infinitive(cue, sentence) != Some(cue.last + 1);
        if (cue.pronoun.is_some() || behind)
            && let Some(found) = self.r.inverted_subject(cue, sentence.end)
            && (cue.pronoun.is_some() || self.r.mentions[found].range.start <= cue.last + 2)
        {
            return Some(found);
        }
        // `The glaciers had lost more ice, said Bram Oosterhuis, who led the survey.`
        if after_comma
            && self.r.lang == Lang::EN
            && cue.strength >= 3
            && let Some(found) = self.r.inverted_subject(cue, sentence.end)
        {
            let m = &self.r.mentions[found];
            let speaks = matches!(
                m.what,
                What::Person | What::Body | What::Role(RoleKind::Person | RoleKind::Group)
            );
            let closes = self.token(m.range.end).is_none_or(|t| t.is_punct(",.;"));
            if speaks && closes && m.range.start == cue.last + 1 {
                return Some(found);
            }
        }
        self.r.left_subject(cue, sentence.start)
    }

    /// Who reports: several unnamed people and papers do not count where the
    /// clause is not introduced, and nobody does for a bare number.
    fn may_report(&self, mention: usize, clause: &Range<usize>, cue: &Cue) -> bool {
        let m = &self.r.mentions[mention];
        let words = self.r.p.tokens[clause.clone()]
            .iter()
            .filter(|t| t.is_word())
            .count();
        let named = matches!(m.what, What::Person | What::Body | What::State);
        let introduced = self.is_introduced(clause);
        let has_number = self.r.p.tokens[clause.clone()]
            .iter()
            .any(|t| t.kind == Kind::Number);
        match m.what {
            What::Place => return false,
            // `Le rectorat reconnaît avoir du mal`, but several unnamed people do not count.
            What::Other
                if !introduced
                    && (!matches!(self.text(clause.start), "avoir" | "être")
                        || self.text(m.range.start).ends_with('s')) =>
            {
                return false;
            }
            What::Role(RoleKind::Voice) if !introduced && !self.has_issuer(mention) => {
                return false;
            }
            _ => {}
        }
        // `officials said`, but `health officials in Canada say`, `les rebelles annoncent
        // la mort de`.
        let notice = self.r.lang == Lang::FR && cue.strength >= 3 && cue.frames.contains('n');
        if m.plural && !introduced && !notice && m.range.len() < 3 {
            return false;
        }
        // `her phone told her that`
        if m.what == What::Other && matches!(self.text(cue.last), "told" | "tells") {
            return false;
        }
        if self.r.lang == Lang::EN
            && !introduced
            && (has_number && !named && m.what != What::Pronoun
                || !named
                    && m.what != What::Pronoun
                    && m.indefinite
                    && !m.plural
                    && m.range.len() < 4)
        {
            return false;
        }
        // `annonce sa démission`, `accuse le ministre de mentir`
        let short = cue.frames.contains(['n', 'd']) && !introduced;
        words >= if short { 2 } else { MIN_WORDS }
    }

    /// `A message from King Njitap III`: a paper that says whose words it brings.
    fn has_issuer(&self, voice: usize) -> bool {
        let range = &self.r.mentions[voice].range;
        self.r
            .mentions_in(range.start + 1..range.end + 3)
            .any(|(_, m)| m.oblique && matches!(m.what, What::Person | What::Body))
    }

    /// Whether `que` or `that` stands before the clause, or a question begins it.
    fn is_introduced(&self, clause: &Range<usize>) -> bool {
        clause
            .start
            .checked_sub(1)
            .is_some_and(|i| matches!(self.text(i), "que" | "qu'" | "qu’" | "that"))
            || matches!(
                self.text(clause.start),
                "qu'" | "qu’" | "whether" | "how" | "why" | "comment" | "pourquoi"
            )
    }

    /// What the verb reports after it, as its frames allow.
    fn after(&self, cue: &Cue, sentence: &Range<usize>, used: bool) -> Option<Range<usize>> {
        let french = self.r.lang == Lang::FR;
        let clause = if french {
            self.french_start(cue, sentence)
        } else {
            self.english_start(cue, sentence)
        };
        let mut clause_start = clause.or_else(|| self.noun_start(cue, sentence, used))?;
        // `a ajouté que, faute d'accord, la grève reprendrait`
        while self.token(clause_start).is_some_and(|t| t.is_punct(",")) {
            clause_start += 1;
        }
        let (mut end, quoted) = self.clause_end(clause_start, sentence.end);
        // `ruled out another attempt: one does not get back on`: said behind the colon.
        if clause.is_none() && self.token(end).is_some_and(|t| t.is_punct(":")) {
            return None;
        }
        // `expressed concern over Turkey, its competitor`: an apposition is the paper's.
        if clause.is_none()
            && let Some((comma, _)) = self.within(clause_start + 1..end).find(|&(at, t)| {
                t.is_punct(",")
                    && self.token(at + 1).is_some_and(|next| {
                        next.is(class::DET | class::POSS | class::REL) && !next.is(class::PREP)
                    })
            })
        {
            end = comma;
        }
        // `The chief executive, who has called it the best yet, is leaving`, `While the
        // mayor insists it is affordable, her deputy`
        if (self.is_in_relative(cue) || self.is_in_opening_clause(cue, sentence))
            && let Some((comma, _)) = self
                .within(clause_start..end)
                .find(|(_, t)| t.is_punct(","))
        {
            end = comma;
        }
        // `said they were “suspended”`: the clause is the quotation's own. Only what
        // another `que` or a colon sets apart from it is reported by itself.
        let own = !quoted && !used
            || self.token(end).is_some_and(|t| {
                t.is(class::CONJ) && matches!(self.text(end + 1), "que" | "qu'" | "qu’" | "that")
                    || t.is_punct(":")
            });
        (own && end > clause_start).then_some(clause_start..end)
    }

    fn span(&self, clause: &Range<usize>) -> Option<Span<crate::span::Clean>> {
        let first = self.token(clause.start)?;
        let last = self.token(clause.end.checked_sub(1)?)?;
        (first.start() < last.end()).then(|| Span::new(first.start(), last.end()))
    }
}
