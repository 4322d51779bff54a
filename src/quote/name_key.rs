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

mod keys;
mod plain;
mod sound;
mod tables;

pub(crate) use keys::{Key, Keys};
pub use plain::plain;
pub use sound::fold;
use sound::{fold_ending, fold_into};
pub(crate) use tables::role_words;
use tables::{FIRST_NAMES, LEXICON, STOPS, VARIANTS, lexicon_match};

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
    let mut key = String::with_capacity(name.len() + 2);
    write_key(&mut key, name);
    key
}

/// Writes the key of a name into an empty string.
fn write_key(key: &mut String, name: &str) {
    let plain = plain(name);
    let mut few = [Word::default(); FEW];
    let all;
    let words = match first_words(&plain, &mut few) {
        Some(count) => &few[..count],
        None => {
            all = words(&plain).collect::<Vec<_>>();
            &all
        }
    };
    let mut is_body = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some((length, form)) = lexicon_match(&LEXICON, &words[at..]) {
            push_word(key, form);
            is_body = true;
            at += length;
            continue;
        }
        if word.initial || is_ordinal(word.text) {
            push_word(key, word.text);
        } else if !STOPS.contains(word.text) {
            push_word(key, "");
            push_folded(key, word.text);
        }
        at += 1;
    }
    if key.is_empty() {
        words.iter().for_each(|w| push_word(key, w.text));
    }
    if is_body {
        // `Russian Defence Ministry`, `ministère russe de la Défense`: the order
        // of the words is the language's, not the name's.
        let mut words: Vec<&str> = key.split(' ').collect();
        words.sort_unstable();
        words.dedup();
        *key = words.join(" ");
    } else {
        fold_ending(key);
    }
}

fn push_word(key: &mut String, word: &str) {
    if !key.is_empty() {
        key.push(' ');
    }
    key.push_str(word);
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
    let (first, last) = (a.as_bytes().first(), a.as_bytes().last());
    if first != b.as_bytes().first() && last != b.as_bytes().last() {
        return false;
    }
    // `Wolde-Mariam`, `Woldemariam`
    fn letters(name: &str) -> impl Iterator<Item = u8> {
        name.bytes().filter(|&b| b != b' ')
    }
    if letters(a).eq(letters(b)) {
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

/// A word of a name without accents and case.
#[derive(Clone, Copy, Default)]
struct Word<'p> {
    text: &'p str,
    /// One letter with a full stop: a first name cut short, not an article.
    initial: bool,
}

impl AsRef<str> for Word<'_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

/// Nearly all names have at most so many words.
const FEW: usize = 8;

/// The words of a name, where there is room for them, and how many they are.
fn first_words<'p>(plain: &'p str, into: &mut [Word<'p>; FEW]) -> Option<usize> {
    let mut count = 0;
    for word in words(plain) {
        *into.get_mut(count)? = word;
        count += 1;
    }
    Some(count)
}

/// The words of a name that is plain already; hyphens and apostrophes separate them.
fn words(plain: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = plain;
    let mut is_first = true;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        rest = &rest[start..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        let initial = after.starts_with('.')
            && text.chars().nth(1).is_none()
            // `M. Dupont` is a civility, `Dupont, M.` and `N. M. Dupont` are not.
            && !(is_first && text == "m");
        rest = after;
        is_first = false;
        Some(Word { text, initial })
    })
}

/// The number of a king or pope: `Hassan II` is not `Hassan I`.
fn is_ordinal(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// A word by its sound, or a known variant of a name as the form it goes by.
fn push_folded(key: &mut String, word: &str) {
    let start = key.len();
    fold_into(key, word);
    let folded = &key[start..];
    if VARIANTS.0.may_hold(folded)
        && let Some(form) = VARIANTS.1.get(folded)
    {
        key.truncate(start);
        key.push_str(form);
    }
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
