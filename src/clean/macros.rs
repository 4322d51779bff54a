//! The macros of the tables of rules: what a word in braces stands for.

use super::vocabulary::Vocabulary;

/// A pattern in which a space is any white space.
pub(super) fn any_space(pattern: &str) -> String {
    pattern.replace(' ', r"\s")
}

/// A capital letter and what a name's word may hold.
const NAME: &str = r"(?:[dl]')?\p{Lu}[\p{L}\p{M}'.-]*";
/// The small words inside names.
const PARTICLE: &str =
    "(?:de|du|des|da|di|dos|del|la|le|les|van|von|der|den|ten|el|al|bin|ben|ibn|y|e|of|the)";

/// A pattern with its macros written out.
pub(super) fn expand(pattern: &str, words: &Vocabulary) -> String {
    let name = format!("{NAME}(?: (?:{PARTICLE} )*{NAME})*");
    let full_name = format!("{NAME}(?: (?:{PARTICLE} )*{NAME})+");
    let owner_word = r"(?:[dl]')?[\p{Lu}\d][\p{L}\p{M}\d'.&_-]*";
    let owner = format!("{owner_word}(?: (?:(?:{PARTICLE}|et|and|&|pour|for) )*{owner_word})*");
    let class = |name: &str| words.pattern(name);
    // Names and the like are told by their capitals; of classes that have both cases
    // of all letters the second case need not be worked out.
    let cased = |p: &str| format!("(?-i:{p})");
    let macros = [
        (
            "{credit}",
            "(?:archives? )?{owner}(?: ?(?:[/|,;:&·•+()–—-]|et|and|via|pour|for|by|par|photos?|,)+ ?(?:photos? ?:? ?)?{owner})*[.)]*"
                .to_string(),
        ),
        (
            "{names}",
            "{name}(?:(?:, ?| et | and | & | with | avec |/| / ){name})*".to_string(),
        ),
        ("{name}", cased(&name)),
        ("{fullname}", cased(&full_name)),
        ("{owner}", cased(&owner)),
        (
            "{outlet}",
            cased(r"(?:The |Le |La |Les |L')?\p{Lu}[\p{L}'&.-]*(?: (?:de l'|de |du |des |of |the |la |et |& |and )*\p{Lu}[\p{L}'&.-]*)*"),
        ),
        (
            "{place}",
            cased(r"\p{Lu}[\p{L}'-]*(?:[ /](?:de |du |des |la |le |les |of |the )*\p{Lu}[\p{L}'-]*)*(?:, \p{Lu}[\p{L}.'-]*(?: \p{Lu}[\p{L}.'-]*)*)?"),
        ),
        (
            "{short}",
            cased(r"[\p{L}\d][\p{L}\p{M}\d'&.-]*(?: [\p{L}\d&][\p{L}\p{M}\d'&.-]*){0,3}"),
        ),
        ("{colon0}", ":? ?".to_string()),
        (
            "{paper}",
            cased(&format!(
                r"(?:The |Le |La |Les |L')?(?:\p{{Lu}}[\p{{L}}'-]* ){{0,3}}(?:{})(?: (?:de |du |des |of |la |the )*\p{{Lu}}[\p{{L}}'-]*){{0,3}}",
                class("paper")
            )),
        ),
        ("{bare}", cased(r#"[^«»“”"]*"#)),
        ("{order}", format!("(?:{})", class("order"))),
        ("{object}", format!("(?:{})", class("site-object"))),
        ("{weak}", format!("(?:{})", class("site-object-weak"))),
        // An agency of the list, or one in capitals that it lacks.
        (
            "{agency}",
            format!("(?:{}|{})", class("wire"), cased(r"\p{Lu}{2,5}")),
        ),
        ("{wire}", class("wire")),
        ("{pictures}", cased(&format!("(?:{})", class("pictures")))),
        ("{stock}", class("stock")),
        ("{month}", format!("(?:{})", class("month"))),
        ("{weekday}", format!("(?:{})", class("weekday"))),
    ];
    let mut out = pattern.to_string();
    for (name, value) in &macros {
        out = out.replace(name, value);
    }
    out.replace('\'', "['’ʼ]")
}
