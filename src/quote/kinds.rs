//! What kind a quotation is: by how it stands in its sentence.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::attribution::{Attribution, Reading, Tie};
use super::lexicon::class;
use super::segments::Segment;
use super::tokens::{Kind, Token};
use crate::document::{Lang, QuoteKind};
use crate::rules::hash::WordHashing;
use crate::rules::table::Table;

/// Decides the kind of a quotation whose attribution is known; `goes_on_list` where
/// only a comma or conjunction stands between it and a term.
pub(crate) fn kind(
    reading: &Reading<'_>,
    segment: &Segment,
    found: &Attribution,
    has_speaker: bool,
    goes_on_list: bool,
) -> QuoteKind {
    let view = View::new(reading, segment);
    // `as "A", "B" and "C"`: what is joined to a term is one.
    if view.is_term(found) || goes_on_list && view.is_nominal() {
        return QuoteKind::Term;
    }
    if !has_speaker {
        return if view.is_noun() {
            QuoteKind::Term
        } else {
            QuoteKind::Floating
        };
    }
    if segment.clause.is_some() || view.is_whole() {
        QuoteKind::Direct
    } else {
        QuoteKind::Mixed
    }
}

/// The longest charge that is taken for a term, in words.
const LONGEST_NOUN: usize = 14;

struct View<'r, 'd> {
    reading: &'r Reading<'d>,
    segment: &'r Segment,
    quoted: &'r [Token],
}

impl<'r, 'd> View<'r, 'd> {
    fn new(reading: &'r Reading<'d>, segment: &'r Segment) -> Self {
        let from = reading.p.token_at(segment.inner.start);
        let to = reading.p.token_at(segment.inner.end);
        Self {
            reading,
            segment,
            quoted: &reading.p.tokens[from..to],
        }
    }

    fn words(&self) -> usize {
        self.quoted
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .count()
    }

    fn begins_with_capital(&self) -> bool {
        self.quoted
            .iter()
            .find(|t| t.is_word() || t.kind == Kind::Number)
            .is_some_and(|t| t.capital || t.kind == Kind::Number)
    }

    fn before(&self, back: usize) -> Option<&Token> {
        let at = self.segment.place.open.checked_sub(back)?;
        (at >= self.segment.place.left).then(|| &self.reading.p.tokens[at])
    }

    fn after(&self) -> Option<&Token> {
        let at = self.segment.place.close + 1;
        (at < self.segment.place.right).then(|| &self.reading.p.tokens[at])
    }

    /// A whole utterance: it begins its sentence or follows a colon, or a comma
    /// after a reporting verb, with a capital.
    fn is_whole(&self) -> bool {
        let Some(before) = self.before(1) else {
            return true;
        };
        if before.is_punct(":") {
            return self.begins_with_capital() || self.words() > 2;
        }
        let after_close = matches!(before.kind, Kind::Close) || before.is_punct(".?!…-–—•");
        (before.is_punct(",") && self.begins_with_capital()) || after_close
    }

    /// A name or a word between marks.
    fn is_term(&self, found: &Attribution) -> bool {
        let words = self.words();
        if self.segment.clause.is_some() {
            return false;
        }
        if self.is_reference(found) {
            return true;
        }
        let strong = found.strength >= 3 || found.tie == Tie::Clause || found.tie == Tie::Phrase;
        let other_name = self.is_gloss() || self.is_alias() || self.is_said_to_be_named();
        if words <= LONGEST_NOUN && !strong && other_name {
            return true;
        }
        if words > 8 {
            let titled = found.cue.is_none()
                && self.follows_naming_word()
                && !self.has_clause_signs()
                && !self.begins_utterance_marks();
            if titled && words <= LONGEST_NOUN {
                return true;
            }
            return words <= LONGEST_NOUN && found.strength <= 1 && self.is_charge();
        }
        let naming = self.follows_naming_word();
        // `surnommé "X" par`: right after the word that names, whatever verb is near.
        if naming && self.before(1).is_some_and(|t| self.names_as_participle(t)) {
            return true;
        }
        if found.strength <= 1 && self.is_charge()
            || self.is_work(found)
            || self.is_given_name(found)
        {
            return true;
        }
        let cued = matches!(found.tie, Tie::Before | Tie::Clause)
            && found.strength >= 2
            && found.mention.is_some();
        if naming && !cued {
            return true;
        }
        if self.is_title_case() && words >= 2 && !strong && !self.is_whole_with_colon() {
            return true;
        }
        let before_is_determiner = self
            .before(1)
            .is_some_and(|t| t.is_word() && t.is(class::DET));
        let no_cue = matches!(found.tie, Tie::None | Tie::Subject);
        if no_cue {
            if self.before(1).is_none() {
                // It begins the sentence: an utterance, unless the sentence goes on with it as a noun.
                return words <= 4
                    && self.after().is_some()
                    && !self.begins_utterance()
                    && !(self.has_clause_signs() && self.begins_with_capital());
            }
            let placed = before_is_determiner || self.follows_noun();
            let noun = self.is_nominal()
                && (self
                    .before(1)
                    .is_some_and(|t| t.is(class::DET | class::PREP))
                    || self.follows_noun());
            return !self.before(1).is_some_and(|t| t.is_punct(":"))
                && (words <= 3 && placed || noun);
        }
        // `a évoqué X, dont le pays fait partie du « groupe de Minsk »`: the noun is of
        // a clause of its own.
        let apart = found.tie == Tie::Before
            && found.cue.is_some_and(|cue| {
                self.reading.p.tokens[cue..self.segment.place.open]
                    .iter()
                    .any(|t| t.is(class::REL) && !t.is(class::SUB))
            });
        if words <= 3 && apart && before_is_determiner && self.is_nominal() {
            return true;
        }
        // `parle de croissance et les « licornes » se font rares`: the subject of another
        // clause.
        let subject = self.after().is_some_and(|t| {
            t.is(class::AUX | class::BE | class::MODAL) && !t.is(class::PREP)
                || matches!(
                    t.of(self.reading.p.text),
                    "se" | "s'" | "s’" | "ne" | "n'" | "n’"
                )
        });
        let joint = if before_is_determiner { 2 } else { 1 };
        let joined = self.before(joint).is_some_and(|t| t.is(class::CONJ));
        if words <= 3 && subject && joined && self.is_nominal() {
            return true;
        }
        // `redoute un « printemps perdu »`: a weak cue and a noun with its article.
        let weak = found.strength <= 1 && found.tie == Tie::Before;
        let after_de = self
            .before(1)
            .is_some_and(|t| t.of(self.reading.p.text) == "de");
        words <= 3 && weak && (before_is_determiner || after_de)
    }

    /// A few words with an article before the marks.
    fn is_noun(&self) -> bool {
        self.words() <= 3
            && self
                .before(1)
                .is_some_and(|t| t.is_word() && t.is(class::DET))
    }

    /// Whether a verb, its subject or a joining word stands within the marks: what is
    /// quoted is a clause, not a name.
    fn has_clause_signs(&self) -> bool {
        let text = self.reading.p.text;
        self.quoted.iter().any(|t| {
            t.is(class::AUX | class::BE | class::MODAL | class::PRON | class::REL | class::SUB)
                && !t.is(class::PREP)
                || t.is(class::NEG)
                || matches!(
                    t.of(text),
                    "I" | "we" | "you" | "je" | "j'" | "nous" | "vous" | "on"
                )
        })
    }

    /// A noun with what belongs to it, in small letters: no clause signs, and no
    /// infinitive, participle or preposition at its head.
    fn is_nominal(&self) -> bool {
        let Some(first) = self.quoted.iter().find(|t| t.is_word()) else {
            return false;
        };
        let text = first.of(self.reading.p.text);
        let verbal: &[&str] = match self.reading.lang {
            Lang::FR => &["er", "ir", "re", "é", "ée", "és", "ées", "ant"],
            _ => &["ing", "ed"],
        };
        !self.has_clause_signs()
            && !self.begins_utterance_marks()
            && !first.capital
            && !first.is(class::PREP | class::ADV | class::NEG)
            && (!verbal.iter().any(|e| text.ends_with(e)) || text.ends_with("ité"))
    }

    fn begins_utterance_marks(&self) -> bool {
        self.quoted.iter().any(|t| t.is_punct("?!"))
    }

    /// `mis en examen pour "abus de biens sociaux"`, `charged with “aggravated
    /// burglary”`: what the law calls it.
    fn is_charge(&self) -> bool {
        let preposition = self.before(1).is_some_and(|t| t.is(class::PREP))
            || self.before(2).is_some_and(|t| t.is(class::PREP))
                && self.before(1).is_some_and(|t| t.is(class::DET));
        preposition
            && self.is_nominal()
            && (2..16).any(|back| self.before(back).is_some_and(|t| t.is(class::CHARGE)))
    }

    /// `"VLM" pour "Va à la messe"`: what letters stand for.
    fn is_gloss(&self) -> bool {
        let text = self.reading.p.text;
        self.before(1)
            .is_some_and(|t| matches!(t.of(text), "pour" | "for"))
            && self
                .before(2)
                .is_some_and(|t| matches!(t.kind, Kind::Close))
    }

    /// `L'affaire de la mairie, ou « affaire des emplois fictifs »`, `deviendrait en 1928
    /// « Comité national pour la mémoire »`: another name.
    fn is_alias(&self) -> bool {
        let text = self.reading.p.text;
        let joined = self
            .before(1)
            .is_some_and(|t| matches!(t.of(text), "ou" | "or"))
            && self.before(2).is_some_and(|t| t.is_punct(","));
        let becomes = self.begins_with_capital()
            && (1..6).any(|back| {
                self.before(back).is_some_and(|t| {
                    matches!(
                        t.of(text),
                        "devient"
                            | "devenu"
                            | "devenue"
                            | "deviendra"
                            | "deviendrait"
                            | "devint"
                            | "rebaptisé"
                            | "rebaptisée"
                            | "renommé"
                            | "renommée"
                            | "became"
                            | "becomes"
                            | "renamed"
                    )
                })
            });
        (joined || becomes) && !self.has_clause_signs() && !self.begins_utterance_marks()
    }

    /// `la devise retenue a été « L'unité dans la diversité »`, `the group's name was “X”`:
    /// a noun that names is the subject of what stands right before the marks.
    fn is_said_to_be_named(&self) -> bool {
        const REACH: usize = 20;
        let table = self.naming_words();
        let text = self.reading.p.text;
        self.before(1).is_some_and(|t| t.is(class::BE))
            && self.begins_with_capital()
            && (2..REACH)
                .map_while(|back| self.before(back))
                .take_while(|t| !t.is_punct(",;:"))
                .any(|t| t.is_word() && table.contains(t.of(text)))
    }

    /// `d'après "Les Contes du chat" de Marcel Petit`: the title of a work.
    fn is_work(&self, found: &Attribution) -> bool {
        let text = self.reading.p.text;
        found.tie == Tie::Phrase
            && self.reading.lang == Lang::FR
            && self.begins_with_capital()
            && self.before(1).is_some_and(|t| t.is(class::PREP))
            && self
                .after()
                .is_some_and(|t| matches!(t.of(text), "de" | "du" | "d'" | "d’"))
    }

    /// `a appelé ce phénomène "la circulation de l'information"`: a name that
    /// somebody gives to something.
    fn is_given_name(&self, found: &Attribution) -> bool {
        const NAMING: &[&str] = &[
            "appelle",
            "appellent",
            "appelé",
            "appelait",
            "nomme",
            "nommé",
            "baptise",
            "baptisé",
            "surnomme",
            "surnommé",
            "dénomme",
            "dénommé",
        ];
        let near = found
            .cue
            .is_some_and(|first| self.segment.place.open <= first + 5);
        self.reading.lang == Lang::FR
            && near
            && self.is_nominal()
            && found.verb.as_deref().is_some_and(|v| {
                v.split(' ')
                    .next_back()
                    .is_some_and(|w| NAMING.contains(&w))
            })
    }

    /// An entry of a list of sources: `- "Title", Outlet, 13 septembre 2006`, `cf.
    /// "Title"`: it begins its line or follows `cf.`, no verb of saying is near, and
    /// what comes after is the outlet and a year.
    fn is_reference(&self, found: &Attribution) -> bool {
        if found.cue.is_some() || found.tie == Tie::Phrase {
            return false;
        }
        let p = &self.reading.p;
        let place = self.segment.place;
        let before = &p.tokens[place.left..place.open];
        let labelled = before
            .iter()
            .all(|t| !t.is_word() || t.end() - t.start() <= 2 || t.of(p.text) == "cf.")
            || before.last().is_some_and(|t| t.is_punct(":,")) && before.len() <= 6;
        let noted = before.iter().any(|t| t.is_punct("^("));
        // `Grasset, 1 500 p. Paris 1997`: its full stops may look like sentences' ends.
        const ENTRY: usize = 16;
        let rest = p.tokens.get(place.close + 1..).unwrap_or_default();
        let rest = &rest[..rest.len().min(ENTRY)];
        let source = rest
            .first()
            .is_some_and(|t| t.is_punct(",.") || matches!(t.of(p.text), "par" | "by" | "in"))
            && rest.get(1).is_none_or(|t| t.capital);
        let year = rest.iter().any(|t| {
            t.kind == Kind::Number
                && t.end() - t.start() == 4
                && t.of(p.text).starts_with(['1', '2'])
        });
        labelled && (source && year || noted)
    }

    /// A participle that names: `surnommé`, `nicknamed`.
    fn names_as_participle(&self, token: &Token) -> bool {
        let text = token.of(self.reading.p.text);
        let endings: &[&str] = match self.reading.lang {
            Lang::FR => &[
                "mmé", "mmée", "mmés", "mmées", "isé", "isée", "isés", "isées", "itulé", "itulée",
                "itulés", "itulées",
            ],
            _ => &["named", "titled", "entitled"],
        };
        endings.iter().any(|e| text.ends_with(e))
    }

    fn begins_utterance(&self) -> bool {
        self.quoted.iter().any(|t| t.is_punct("?!")) || self.after().is_none()
    }

    fn is_whole_with_colon(&self) -> bool {
        self.before(1).is_some_and(|t| t.is_punct(":"))
    }

    /// A noun stands right before: `une offre "historique"`.
    fn follows_noun(&self) -> bool {
        self.before(1).is_some_and(|t| {
            t.is_word()
                && !t.is(class::AUX
                    | class::ADV
                    | class::PREP
                    | class::CONJ
                    | class::SUB
                    | class::PRON)
        })
    }

    /// `surnommé "X"`, `le film « X »`, `the word “x”`, with at most an article or
    /// comma between.
    fn follows_naming_word(&self) -> bool {
        let table = self.naming_words();
        for back in 1..=3 {
            let Some(token) = self.before(back) else {
                return false;
            };
            let text = token.of(self.reading.p.text);
            if token.is_word() {
                let lower = text.to_lowercase();
                if table.contains(lower.as_str()) {
                    return true;
                }
            }
            // `sur le thème de « Cinq siècles »`
            let of = back == 1 && matches!(text, "de" | "d'" | "d’" | "of");
            if !(token.is_punct(",") || token.is(class::DET | class::ADV) || of) {
                return false;
            }
        }
        false
    }

    fn naming_words(&self) -> &'static HashSet<&'static str, WordHashing> {
        match self.reading.lang {
            Lang::FR => &FRENCH_NAMING,
            _ => &ENGLISH_NAMING,
        }
    }

    /// Every word of weight begins with a capital: `The Day After`.
    fn is_title_case(&self) -> bool {
        let mut any = false;
        for token in self.quoted.iter().filter(|t| t.is_word()) {
            let small = token.is(class::DET | class::PREP | class::CONJ);
            if token.capital {
                any = true;
            } else if !small {
                return false;
            }
        }
        any
    }
}

fn naming(name: &'static str, text: &'static str) -> HashSet<&'static str, WordHashing> {
    Table::parse(name, text)
        .rows()
        .map(|r| r.get("word"))
        .collect()
}

static FRENCH_NAMING: LazyLock<HashSet<&'static str, WordHashing>> = LazyLock::new(|| {
    naming(
        "fr/naming_words",
        include_str!("../rules/fr/naming_words.tsv"),
    )
});

static ENGLISH_NAMING: LazyLock<HashSet<&'static str, WordHashing>> = LazyLock::new(|| {
    naming(
        "en/naming_words",
        include_str!("../rules/en/naming_words.tsv"),
    )
});
