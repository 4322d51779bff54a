//! Cues: the verbs and phrases that say that something is said.

mod phrases;

use super::lexicon::{Lexicon, class};
use super::tokens::{Kind, Paragraph, Token};
use crate::document::Lang;
pub(crate) use phrases::{Phrase, PhraseTable, Takes, phrases};

/// The form of a reporting verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Finite,
    Gerund,
    Infinitive,
}

/// A reporting verb with its auxiliaries, by token numbers.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    /// First token of the group: the auxiliary or the verb.
    pub(crate) first: usize,
    /// Last token of the group: the participle, or a word that must follow.
    pub(crate) last: usize,
    pub(crate) form: Form,
    pub(crate) strength: u8,
    pub(crate) frames: &'static str,
    /// The pronoun of an inversion: `a-t-il`.
    pub(crate) pronoun: Option<usize>,
    pub(crate) quoted: bool,
    pub(crate) sentence: usize,
}

/// The reporting verbs of a paragraph, in order.
pub(crate) fn cues(paragraph: &Paragraph<'_>, lexicon: &Lexicon) -> Vec<Cue> {
    let mut cues = Vec::new();
    for (at, token) in paragraph.clues() {
        let cue = cue_at(paragraph, lexicon, at, token).or_else(|| manner_at(paragraph, at, token));
        cues.extend(cue);
    }
    cues
}

fn cue_at(paragraph: &Paragraph<'_>, lexicon: &Lexicon, at: usize, token: &Token) -> Option<Cue> {
    let word = token.word.filter(|_| token.traits.reports)?;
    if token.capital && !paragraph.begins_sentence(at) {
        return None;
    }
    let tokens = &paragraph.tokens;
    let (number, forms, end) = word.verbs.iter().find_map(|&(number, forms)| {
        let last = match lexicon.verbs[number].with {
            Some(with) => companion(paragraph, at, with)?,
            None => at,
        };
        Some((number, forms, last))
    })?;
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    // `le dit accord`, `un juge`: after an article it is a noun.
    let after_article =
        before.is_some_and(|b| b.is(class::DET) && !b.is(class::CLITIC | class::PRON | class::AUX));
    let object_clitic = lexicon.lang == Lang::FR
        && before.is_some_and(|b| {
            matches!(
                b.of(paragraph.text),
                "l'" | "le" | "la" | "les" | "l’" | "leur"
            )
        });
    let has_role = word.role.is_some();
    if after_article && (!object_clitic || has_role || !forms.finite) {
        return None;
    }
    if is_idiom(paragraph, at) {
        return None;
    }
    let group = auxiliary(paragraph, at);
    let verb = &lexicon.verbs[number];
    let (first, form, pronoun) = match group {
        Some(aux) if forms.participle => {
            if aux.negated || aux.passive {
                return None;
            }
            (aux.first, Form::Finite, aux.pronoun)
        }
        Some(aux) if forms.infinitive && !forms.finite => {
            // `peut-on lire` reports as a finite verb does.
            let form = if aux.pronoun.is_some() {
                Form::Finite
            } else {
                Form::Infinitive
            };
            (aux.first, form, aux.pronoun)
        }
        _ if forms.gerund => (at, Form::Gerund, None),
        _ if forms.infinitive && preposed(paragraph, at, lexicon) => (at, Form::Infinitive, None),
        _ if forms.finite => {
            let negated = before.is_some_and(|b| b.is(class::NEG) && b.is(class::CLITIC));
            if negated
                || lexicon.lang == Lang::EN && !is_finite_english(paragraph, at, forms.participle)
            {
                return None;
            }
            let pronoun = tokens
                .get(at + 1)
                .filter(|t| t.of(paragraph.text).starts_with('-'))
                .map(|_| at + 1);
            let first = if before.is_some_and(|b| {
                b.is(class::CLITIC) && matches!(b.of(paragraph.text), "s'" | "s’" | "se")
            }) {
                at - 1
            } else {
                at
            };
            (first, Form::Finite, pronoun)
        }
        _ if forms.infinitive => (at, Form::Infinitive, None),
        _ => return None,
    };
    Some(Cue {
        first,
        last: end.max(pronoun.unwrap_or(0)),
        form,
        strength: verb.strength,
        frames: verb.frames,
        pronoun,
        quoted: token.quoted,
        sentence: token.sentence(),
    })
}

/// `comme en témoignent les ruines`, `doivent répondre de fraude`: a verb of saying in
/// another sense.
fn is_idiom(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let word = |at: Option<usize>| {
        at.and_then(|i| paragraph.tokens.get(i))
            .map_or("", |t| t.of(paragraph.text))
    };
    let verb = word(Some(at));
    let evidence = verb.starts_with("témoign") && word(at.checked_sub(1)) == "en";
    let charge = verb == "répondre" && matches!(word(Some(at + 1)), "de" | "d'" | "d’" | "des");
    evidence || charge
}

/// `was blunt:`, `a été clair :`, `s'est voulu rassurant :`: how somebody spoke, and a
/// colon before what was said.
fn manner_at(paragraph: &Paragraph<'_>, at: usize, token: &Token) -> Option<Cue> {
    const CIRCUMSTANCE: usize = 6;
    const SHOWING: &[&str] = &[
        "montré", "montrée", "montre", "montrait", "voulu", "voulue", "veut", "voulait", "sounded",
        "remained", "remains",
    ];
    if !token.is(class::MANNER) || token.capital {
        return None;
    }
    let tokens = &paragraph.tokens;
    let colon = tokens
        .iter()
        .skip(at + 1)
        .take(CIRCUMSTANCE)
        .find(|t| !t.is_word())?;
    let copula = (at.saturating_sub(3)..at)
        .rev()
        .find(|&i| tokens[i].is(class::BE) || SHOWING.contains(&tokens[i].of(paragraph.text)))?;
    let adverbs = tokens[copula + 1..at]
        .iter()
        .all(|t| t.is(class::ADV) || t.of(paragraph.text).ends_with("ly"));
    // `a été clair`, `s'est montré ferme`
    let first = (copula.saturating_sub(2)..copula)
        .rev()
        .take_while(|&i| {
            tokens[i].is(class::AUX | class::BE)
                || matches!(tokens[i].of(paragraph.text), "s'" | "s’" | "se")
        })
        .last()
        .unwrap_or(copula);
    (colon.is_punct(":") && adverbs).then_some(Cue {
        first,
        last: at,
        form: Form::Finite,
        strength: 2,
        frames: "",
        pronoun: None,
        quoted: token.quoted,
        sentence: token.sentence(),
    })
}

/// The token of the word that must follow a verb (`fait savoir`, `points out`).
fn companion(paragraph: &Paragraph<'_>, at: usize, with: &str) -> Option<usize> {
    let mut wanted = with.split(' ');
    let mut next = wanted.next()?;
    for (i, token) in paragraph.tokens.iter().enumerate().skip(at + 1).take(4) {
        if token.of(paragraph.text) == next {
            match wanted.next() {
                Some(word) => next = word,
                None => return Some(i),
            }
        } else if !token.is_word() || token.is(class::PREP) {
            return None;
        }
    }
    None
}

/// An English past form is a participle after a noun or `by`: `the men accused
/// of`, but a finite verb after a subject. Told by what stands before.
fn is_finite_english(paragraph: &Paragraph<'_>, at: usize, ambiguous: bool) -> bool {
    let tokens = &paragraph.tokens;
    let Some(before) = at.checked_sub(1).map(|i| &tokens[i]) else {
        return true;
    };
    let text = before.of(paragraph.text);
    if before.is(class::GENITIVE | class::POSS) && !matches!(text, "her") {
        return false;
    }
    if matches!(
        text,
        "to" | "will" | "would" | "can" | "could" | "should" | "must" | "may" | "might"
    ) {
        return text != "to";
    }
    if before.is(class::PREP) && !before.is(class::ADV | class::CONJ | class::SUB) {
        return false;
    }
    let after = tokens.get(at + 1);
    // `a deal described by`: a participle after a noun; `Dincel said by phone` is none.
    let named = before.capital || before.is(class::PRON);
    if ambiguous && !named && after.is_some_and(|a| a.of(paragraph.text) == "by") {
        return false;
    }
    // `dismissed reports that`: after a verb it is a noun.
    let may_be_noun = tokens[at].of(paragraph.text).ends_with('s')
        || tokens[at]
            .word
            .is_some_and(|w| w.verbs.iter().any(|(_, f)| f.finite && f.infinitive));
    if may_be_noun
        && before
            .word
            .is_some_and(|w| !w.verbs.is_empty() && w.role.is_none())
    {
        return false;
    }
    // `the conference call`: the bare form needs a plural before it.
    let bare = tokens[at]
        .word
        .is_some_and(|w| w.verbs.iter().any(|(_, f)| f.finite && f.infinitive));
    // `health officials in Canada say`: hardly ever a noun.
    !bare
        || tokens[at].of(paragraph.text) == "say"
        || before.is(class::PRON | class::ADV)
        || text.ends_with('s') && !before.is(class::AUX)
        || before.is_punct(",")
        || matches!(before.kind, Kind::Close)
}

/// Whether an infinitive follows a preposition or a verb that makes it one.
fn preposed(paragraph: &Paragraph<'_>, at: usize, lexicon: &Lexicon) -> bool {
    let before = at
        .checked_sub(1)
        .map(|i| paragraph.tokens[i].of(paragraph.text));
    match lexicon.lang {
        Lang::EN => before == Some("to"),
        _ => false,
    }
}

struct Auxiliary {
    first: usize,
    pronoun: Option<usize>,
    negated: bool,
    passive: bool,
}

/// The auxiliary before a participle, over what may stand between them:
/// `a, lui, toutefois affirmé`, `n'a pas dit`, `has repeatedly warned`.
fn auxiliary(paragraph: &Paragraph<'_>, at: usize) -> Option<Auxiliary> {
    let tokens = &paragraph.tokens;
    let text = paragraph.text;
    let mut negated = false;
    let mut pronoun = None;
    for i in (at.saturating_sub(6)..at).rev() {
        let token = &tokens[i];
        if i + 1 == at && token.is(class::CONJ) {
            return shared_auxiliary(paragraph, i);
        }
        if token.is(class::AUX) && !token.is(class::PREP) || token.is(class::MODAL) {
            let before = i.checked_sub(1).map(|b| &tokens[b]);
            let reflexive =
                before.is_some_and(|b| matches!(b.of(text), "s'" | "s’" | "se" | "S'" | "S’"));
            negated |= before.is_some_and(|b| b.is(class::NEG) && b.is(class::CLITIC));
            // `est dit`, `was told`: the subject does not speak. `s'est dit` does.
            let be = token.is(class::BE) && !reflexive;
            let perfect = be
                && i.checked_sub(1)
                    .is_some_and(|b| tokens[b].is(class::AUX) && !tokens[b].is(class::BE));
            return Some(Auxiliary {
                first: if reflexive { i - 1 } else { i },
                pronoun,
                negated,
                passive: be || perfect,
            });
        }
        if token.of(text).starts_with('-') {
            pronoun = Some(i);
        } else if token.is(class::NEG) {
            // French negates with `ne` before the auxiliary.
            negated |= matches!(token.of(text), "not" | "never");
        } else if !(token.is(class::ADV | class::CLITIC | class::TIME)
            || token.is_punct(",")
            || token.of(text).ends_with("ment")
            || token.of(text).ends_with("ly")
            || matches!(
                token.of(text),
                "lui"
                    | "elle"
                    | "eux"
                    | "elles"
                    | "pour"
                    | "sa"
                    | "part"
                    | "de"
                    | "son"
                    | "côté"
                    | "l'"
                    | "ailleurs"
                    | "d'"
                    | "en"
                    | "revanche"
                    | "outre"
                    | "retour"
                    | "effet"
                    | "par"
                    | "au"
                    | "contraire"
                    | "à"
                    | "tour"
                    | "leur"
            ))
        {
            return None;
        }
    }
    None
}

/// The auxiliary of a participle that a conjunction joins to another one: `a salué
/// leur courage et promis que`. The pronoun of an inversion is not shared.
fn shared_auxiliary(paragraph: &Paragraph<'_>, joint: usize) -> Option<Auxiliary> {
    const REACH: usize = 30;
    let tokens = &paragraph.tokens;
    let sentence = tokens[joint].sentence();
    let first = (joint.saturating_sub(REACH)..joint)
        .rev()
        .take_while(|&i| tokens[i].sentence() == sentence)
        .take_while(|&i| !tokens[i].is_punct(";:") && !tokens[i].is(class::REL | class::SUB))
        .find(|&i| {
            let participle = tokens[i]
                .word
                .is_some_and(|w| w.verbs.iter().any(|(_, f)| f.participle && !f.finite));
            participle && !tokens[i].quoted
        })?;
    let shared = auxiliary(paragraph, first)?;
    Some(Auxiliary {
        // The verb itself is where its clause begins.
        first: joint + 1,
        pronoun: None,
        negated: shared.negated,
        passive: shared.passive,
    })
}
