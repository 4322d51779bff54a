//! Name keys: one form for a name in all its spellings and in both languages.
//!
//! `Poutine` and `Putin`, `Pachinian` and `Pashinyan`, `Erdogan` and `Erdoğan`
//! are the same people, `le ministère russe de la Défense` and `Russian Defense
//! Ministry` the same body; their keys are equal. A key is made word by word:
//! accents, civilities, articles and particles go, words of roles, institutions
//! and states become their English form (tables `name_words`, `countries`),
//! known variants of a name one of them (`name_variants`), and every other word
//! is folded by sound, from French, English and scholarly transliteration to one
//! spelling ([`fold`]). Rules of sound cover names nobody has listed; the tables
//! only what sound cannot bring together.
//!
//! Keys compare by `==`. Where one side gives less (`M. Macron`, `J.-L.
//! Ferrandez`), [`agree`] tells whether two keys may be of one person.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::rules::table::Table;

/// The key of a name: lower case, ASCII for names in Latin letters, words apart
/// by one space. Empty only for a text without letters and digits.
///
/// ```
/// use diptych::quote::name_key::name_key;
/// assert_eq!(name_key("Vladimir Poutine"), name_key("Vladimir Putin"));
/// assert_eq!(name_key("M. Nikol Pachinian"), name_key("Nikol Pashinyan"));
/// assert_eq!(name_key("le ministère russe de la Défense"), name_key("Russian Defense Ministry"));
/// assert_ne!(name_key("Emmanuel Macron"), name_key("Brigitte Macron"));
/// ```
#[must_use]
pub fn name_key(name: &str) -> String {
    let words = plain_words(name);
    let mut key: Vec<String> = Vec::with_capacity(words.len());
    let mut is_body = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some((length, form)) = lexicon_match(&words[at..]) {
            key.extend(form.split(' ').map(str::to_owned));
            is_body = true;
            at += length;
            continue;
        }
        if word.initial || is_ordinal(&word.text) {
            key.push(word.text.clone());
        } else if !STOPS.contains(word.text.as_str()) {
            key.push(folded_variant(&word.text));
        }
        at += 1;
    }
    if key.is_empty() {
        key.extend(words.into_iter().map(|w| w.text));
    }
    if is_body {
        // `Russian Defence Ministry`, `ministère russe de la Défense`: the order
        // of the words is the language's, not the name's.
        key.sort_unstable();
        key.dedup();
    } else if let Some(last) = key.last_mut() {
        *last = fold_ending(last);
    }
    key.join(" ")
}

/// Whether two keys may be of one person or body: equal, of one family name where one
/// side gives no first name or only its initials, or of one first name where one side
/// gives nothing else (`Hatice` of a witness whose name another paper has in full), of
/// one beginning where one side has more of a double name, or written in one word or two.
///
/// ```
/// use diptych::quote::name_key::{agree, name_key};
/// assert!(agree(&name_key("J.-L. Ferrandez"), &name_key("Jean-Luc Ferrandez")));
/// assert!(agree(&name_key("Mme Rostaing"), &name_key("Camille Rostaing")));
/// assert!(agree(&name_key("Camille"), &name_key("Camille Rostaing")));
/// assert!(agree(&name_key("Iñaki Solano-Etxe"), &name_key("Inaki Solano")));
/// assert!(!agree(&name_key("Lucy Ashworth"), &name_key("Peter Ashworth")));
/// ```
#[must_use]
pub fn agree(a: &str, b: &str) -> bool {
    if a == b {
        return !a.is_empty();
    }
    // `Wolde-Mariam`, `Woldemariam`
    let letters = |name: &str| name.bytes().filter(|&b| b != b' ').collect::<Vec<u8>>();
    if letters(a) == letters(b) {
        return !a.trim().is_empty();
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // `Iñaki Etxeberria`, `Iñaki Etxeberria-Solano`
    if short.len() > 1 && long.starts_with(&short) {
        return true;
    }
    match (short.split_last(), long.split_last()) {
        (Some((name, [])), Some((_, [first, ..])))
            if name == first && FIRST_NAMES.contains(*name) =>
        {
            true
        }
        (Some((family, given)), Some((other, others))) => {
            family == other
                && given.len() <= others.len()
                && given.iter().zip(others).all(|(x, y)| {
                    x == y
                        || (x.len() == 1 && y.starts_with(x))
                        || (y.len() == 1 && x.starts_with(y))
                })
        }
        _ => false,
    }
}

/// A word without accents and case.
struct Word {
    text: String,
    /// One letter with a full stop: a first name cut short, not an article.
    initial: bool,
}

/// The words of a name; hyphens and apostrophes separate them.
fn plain_words(name: &str) -> Vec<Word> {
    let plain = plain(name);
    let mut words: Vec<Word> = Vec::new();
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        let initial = text.chars().count() == 1
            && after.starts_with('.')
            // `M. Dupont` is a civility, `Dupont, M.` and `N. M. Dupont` are not.
            && !(words.is_empty() && text == "m");
        words.push(Word {
            text: text.to_owned(),
            initial,
        });
        rest = after;
    }
    words
}

/// Lower case without accents; letters that do not decompose become their usual
/// transcription. Other characters stay.
///
/// ```
/// use diptych::quote::name_key::plain;
/// assert_eq!(plain("Yıldızhan Østergaard"), "yildizhan ostergaard");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // The Serbian letter is written dj, the Vietnamese one d.
    let serbian = text.contains(['ć', 'č', 'š', 'ž', 'Ć', 'Č', 'Š', 'Ž']);
    for c in text.nfd().filter(|&c| !is_combining_mark(c)) {
        for c in c.to_lowercase() {
            match c {
                'ı' => out.push('i'),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' if serbian => out.push_str("dj"),
                'đ' | 'ð' => out.push('d'),
                'ə' => out.push('a'),
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                'þ' => out.push_str("th"),
                '\u{307}' => {}
                c => out.push(c),
            }
        }
    }
    out
}

/// The number of a king or pope: `Hassan II` is not `Hassan I`.
fn is_ordinal(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

fn folded_variant(word: &str) -> String {
    let folded = fold(word);
    match VARIANTS.get(folded.as_str()) {
        Some(form) => form.clone(),
        None => folded,
    }
}

/// What a sound is written as, in order of application. Each line is a class of
/// spellings seen between French, English and scholarly transliteration.
const SOUNDS: &[(&str, &str)] = &[
    // The Russian shch, the ch of Chekhov and the sh of Shoigu are told apart in
    // each language, but by letters that mean another sound in the next.
    ("chtch", "sh"),
    ("shch", "sh"),
    ("tsch", "sh"),
    ("tch", "sh"),
    ("sch", "sh"),
    ("ch", "sh"),
    // Hadjiev, Hajiyev; Prigojine, Prigozhin.
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    // Sergueï, Sergei.
    ("gue", "ge"),
    ("gui", "gi"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("qu", "k"),
    ("q", "k"),
    ("x", "ks"),
    // Poutine, Putin; Schroeder, Schröder; Oumarou, Umaru; Wattara, Ouattara.
    ("oo", "u"),
    ("oe", "o"),
    ("ae", "a"),
    ("ou", "u"),
    ("w", "u"),
    // Pachinian, Pashinyan; Zelensky, Zelenskyy; Aliev, Aliyev.
    ("y", "i"),
];

/// A word by its sound, in one spelling.
///
/// ```
/// use diptych::quote::name_key::fold;
/// assert_eq!(fold("pachinian"), fold("pashinyan"));
/// assert_eq!(fold("loukachenko"), fold("lukashenko"));
/// ```
#[must_use]
pub fn fold(word: &str) -> String {
    let mut out = word.to_owned();
    for (from, to) in SOUNDS {
        if out.contains(from) {
            out = out.replace(from, to);
        }
    }
    let mut folded = String::with_capacity(out.len());
    let mut previous = None;
    let mut chars = out.chars().peekable();
    while let Some(c) = chars.next() {
        // A c before a, o, u or a consonant is a k: Victor, Viktor.
        let c = match (c, chars.peek()) {
            // Before e and i it is an s: Lahcen, Lahsen.
            ('c', Some('e' | 'i')) => 's',
            ('c', None) => 'c',
            ('c', _) => 'k',
            (c, _) => c,
        };
        if previous != Some(c) || c.is_ascii_digit() {
            folded.push(c);
        }
        previous = Some(c);
    }
    // Evgueni, Yevgeny; Eltsine, Yeltsin: but not Pierre, Viennot.
    if let Some(rest) = folded.strip_prefix("ie")
        && rest.len() > 2
    {
        folded = format!("e{rest}");
    }
    // Haniyeh, Haniyé; Sarah, Sara.
    if folded.len() > 3 && (folded.ends_with("eh") || folded.ends_with("ah")) {
        folded.pop();
    }
    folded
}

/// The endings that only family names share: Poutine and Putin, Salmane and
/// Salman, Gorbatchov and Gorbatchoff, Milosevitch and Milosevic.
fn fold_ending(word: &str) -> String {
    const ENDINGS: &[(&str, &str)] = &[
        ("ine", "in"),
        ("ane", "an"),
        ("of", "ov"),
        ("ef", "ev"),
        ("ish", "ic"),
        // Noureev, Nureyev; Tourgueniev, Turgenev.
        ("eiev", "ev"),
        ("iev", "ev"),
    ];
    for (from, to) in ENDINGS {
        if let Some(stem) = word.strip_suffix(from)
            && stem.len() >= 2
        {
            return format!("{stem}{to}");
        }
    }
    word.to_owned()
}

/// The keys of first names.
static FIRST_NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    Table::parse(
        "any/first_names",
        include_str!("../rules/any/first_names.tsv"),
    )
    .rows()
    .map(|row| name_key(row.get("name")))
    .collect()
});

static STOPS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    Table::parse(
        "any/name_stops",
        include_str!("../rules/any/name_stops.tsv"),
    )
    .rows()
    .map(|row| row.get("word"))
    .collect()
});

/// Folded variant to folded form.
static VARIANTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let table = Table::parse(
        "any/name_variants",
        include_str!("../rules/any/name_variants.tsv"),
    );
    let mut variants = HashMap::new();
    for row in table.rows() {
        let form = fold(row.get("form"));
        for variant in row.get("variants").split(' ') {
            variants
                .entry(fold(variant))
                .or_insert_with(|| form.clone());
        }
    }
    variants
});

/// Phrases by their first word, the longest first, with the words they stand for.
type Lexicon = HashMap<String, Vec<(Vec<String>, String)>>;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    let mut add = |phrase: &str, form: &str| {
        let words: Vec<String> = plain_words(phrase).into_iter().map(|w| w.text).collect();
        if let Some(first) = words.first() {
            let entries = lexicon.entry(first.clone()).or_default();
            if !entries.iter().any(|(known, _)| *known == words) {
                entries.push((words, form.to_owned()));
            }
        }
    };
    let french = Table::parse("fr/name_words", include_str!("../rules/fr/name_words.tsv"));
    for row in french.rows() {
        add(row.get("fr"), row.get("en"));
        // The English form of a French word is known as one too.
        add(row.get("en"), row.get("en"));
    }
    let english = Table::parse("en/name_words", include_str!("../rules/en/name_words.tsv"));
    for row in english.rows() {
        add(row.get("en"), row.get("form"));
    }
    let countries = Table::parse("any/countries", include_str!("../rules/any/countries.tsv"));
    for row in countries.rows() {
        for column in ["en", "fr", "en_adj", "fr_adj"] {
            for name in row.get(column).split(',').filter(|n| !n.is_empty()) {
                add(name, row.get("key"));
                if column == "fr_adj" && !name.ends_with('s') {
                    add(&format!("{name}s"), row.get("key"));
                }
            }
        }
    }
    #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for entries in lexicon.values_mut() {
        entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    lexicon
});

/// What roles are compared by within an article: a role or institution at the head
/// of a run of plain words ([`plain`]), how many of the words it takes, and what
/// stands for it in English (`chef de l'Etat`: 3, `president`).
pub(crate) fn role_words(words: &[String]) -> Option<(usize, &'static str)> {
    let first = words.first()?;
    [&*ROLES, &*LEXICON]
        .into_iter()
        .filter_map(|lexicon| lexicon.get(first))
        .flatten()
        .filter(|(phrase, _)| words.starts_with(phrase))
        .map(|(phrase, form)| (phrase.len(), form.as_str()))
        .max_by_key(|(length, _)| *length)
}

/// Roles that are compared within an article only.
static ROLES: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut roles = Lexicon::new();
    let table = Table::parse("fr/role_words", include_str!("../rules/fr/role_words.tsv"));
    for row in table.rows() {
        let words: Vec<String> = row.get("fr").split(' ').map(str::to_owned).collect();
        if let Some(first) = words.first() {
            let entries = roles.entry(first.clone()).or_default();
            entries.push((words, row.get("en").to_owned()));
        }
    }
    roles
});

/// The longest phrase of the lexicon at the head of these words: how many words
/// it has and what stands for it.
fn lexicon_match(words: &[Word]) -> Option<(usize, &'static str)> {
    let entries = LEXICON.get(&words.first()?.text)?;
    entries
        .iter()
        .find(|(phrase, _)| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(p, w)| *p == w.text)
        })
        .map(|(phrase, form)| (phrase.len(), form.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_person_are_equal() {
        for (a, b) in [
            ("Vladimir Poutine", "Vladimir Putin"),
            ("Nikol Pachinian", "Nikol Pashinyan"),
            ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
            ("Sergueï Lavrov", "Sergey Lavrov"),
            ("Sergueï Choïgou", "Sergei Shoigu"),
            ("Alexeï Navalny", "Aleksei Navalnyi"),
            ("Alexandre Loukachenko", "Alexander Lukashenko"),
            ("Evgueni Prigojine", "Yevgeny Prigozhin"),
            ("Boris Eltsine", "Boris Yeltsin"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Nadim El-Khatib", "Nadim Al-Khatib"),
            ("Mevlut Cavusoglu", "Mevlüt Çavuşoğlu"),
            ("Hikmat Hajiyev", "Hikmat Hadjiev"),
            ("Benyamin Nétanyahou", "Benjamin Netanyahu"),
            ("Mohammed ben Salmane", "Mohammed bin Salman"),
            ("Ismaïl Haniyé", "Ismail Haniyeh"),
            ("Serge Sarkissian", "Serzh Sargsyan"),
            ("Viktor Orban", "Victor Orbán"),
            ("Slobodan Milosevic", "Slobodan Milošević"),
            ("Gerhard Schröder", "Gerhard Schroeder"),
            ("Mme Aïssatou Njoya", "Aissatou Njoya"),
        ] {
            assert_eq!(name_key(a), name_key(b), "{a} / {b}");
        }
    }

    #[test]
    fn bodies_are_equal_across_languages() {
        for (a, b) in [
            (
                "le ministère russe de la Défense",
                "Russian Defense Ministry",
            ),
            (
                "ministère arménien des Affaires étrangères",
                "Armenian Foreign Ministry",
            ),
            (
                "l'Organisation mondiale de la santé",
                "World Health Organization",
            ),
            ("le FMI", "the International Monetary Fund"),
            ("le Premier ministre arménien", "Armenian prime minister"),
            ("gouvernement français", "French government"),
            ("les Etats-Unis", "the United States"),
            ("Ciel clair", "Clear Sky"),
        ] {
            assert_eq!(name_key(a), name_key(b), "{a} / {b}");
        }
    }

    #[test]
    fn different_people_differ() {
        for (a, b) in [
            ("Peter Ashworth", "Tom Ashworth"),
            ("Michel Martin", "Michèle Martin"),
            ("Vladimir Poutine", "Dmitri Medvedev"),
            ("ministère de la Défense", "ministère de l'Intérieur"),
            ("le président russe", "le président français"),
            ("A. Martin", "B. Martin"),
        ] {
            assert_ne!(name_key(a), name_key(b), "{a} / {b}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_key_and_keys_stay(name in "\\PC{0,40}") {
            let key = name_key(&name);
            prop_assert_eq!(key.is_empty(), !plain(&name).contains(char::is_alphanumeric));
            prop_assert!(!key.starts_with(' ') && !key.ends_with(' '));
        }
    }
}
