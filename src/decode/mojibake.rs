//! Mojibake: UTF-8 that was read in a single-byte encoding, `dÃ©jÃ ` for `déjà`.
//!
//! A sequence is repaired when its characters, turned back into the bytes they
//! stand for in one code page, are one well-formed UTF-8 character that news
//! text uses. Each sequence is judged by itself, so a text that is damaged in
//! part only is repaired in part only, and a clean text is never touched: what
//! clean text can hold (`CAFÉ…`) gives characters that no news text uses.

use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// The upper half of code page 437, byte 0x80 first.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Which byte each character stands for in a code page.
struct Page {
    /// By the character's number; zero, which no page has in its upper half, where
    /// there is none.
    bytes: Vec<u8>,
}

impl Page {
    /// From the page's upper half, byte 0x80 first.
    fn new(high: &str) -> Self {
        let mut page = Self { bytes: Vec::new() };
        high.chars()
            .zip(0x80..=0xff)
            .for_each(|(c, b)| page.add(c, b));
        page
    }

    fn add(&mut self, c: char, byte: u8) {
        let at = c as usize;
        if self.bytes.len() <= at {
            self.bytes.resize(at + 1, 0);
        }
        self.bytes[at] = byte;
    }

    fn byte(&self, c: char) -> Option<u8> {
        self.bytes.get(c as usize).copied().filter(|&b| b != 0)
    }
}

/// The code pages, the likeliest first.
static PAGES: LazyLock<[Page; 3]> = LazyLock::new(|| {
    let high: Vec<u8> = (0x80..=0xff).collect();
    let decoded = |encoding: &'static Encoding| encoding.decode_without_bom_handling(&high).0;
    let mut windows = Page::new(&decoded(WINDOWS_1252));
    // Latin-1 keeps the control characters of this range, Windows has letters there.
    (0x80..=0x9f).for_each(|b| windows.add(char::from(b), b));
    [windows, Page::new(&decoded(MACINTOSH)), Page::new(CP437)]
});

/// If `rest` begins with a damaged character: that character, and how many bytes
/// of `rest` stand for it; `seen` says that the text before it was damaged.
pub(super) fn damaged(rest: &str, seen: bool) -> Option<(char, usize)> {
    PAGES.iter().find_map(|page| in_page(rest, page, seen))
}

fn in_page(rest: &str, page: &Page, seen: bool) -> Option<(char, usize)> {
    let mut chars = rest.chars();
    let mut length = 0;
    let mut bytes = [0; 4];
    let first = chars.next()?;
    bytes[0] = page.byte(first)?;
    let wanted = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    length += first.len_utf8();
    for byte in &mut bytes[1..wanted] {
        let c = chars.next()?;
        *byte = page.byte(c).filter(|b| (0x80..=0xbf).contains(b))?;
        length += c.len_utf8();
    }
    let c = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
    (plausible(c) || seen && vietnamese(c)).then_some((c, length))
}

/// Letters that clean text can seem to hold in damaged form (`Bogotá»` before a
/// no-break space), so that only damage before them tells.
fn vietnamese(c: char) -> bool {
    matches!(c, '\u{1e00}'..='\u{1eff}' | 'Ơ' | 'ơ' | 'Ư' | 'ư')
}

/// Characters that French and English news text uses, names of other countries
/// included. C1 controls are let through: text damaged twice passes over them.
fn plausible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{a0}'..='\u{17f}' | 'Ș'..='ț' | 'ə' | 'Ə'
        | '\u{2009}' | '\u{200b}' | '\u{202f}' | '\u{feff}' | '\u{2010}'..='\u{2015}'
        | '‘'..='‟' | '†'..='…' | '′' | '″' | '‹' | '›' | '€' | '№' | '™' | '←'..='↓' | '−' | '■'..='●')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_page_is_read_back() {
        for text in ["Ã©", "√©", "├⌐"] {
            assert_eq!(damaged(text, false), Some(('é', text.len())), "{text}");
        }
        assert_eq!(damaged("â€™a", false), Some(('’', "â€™".len())));
        assert_eq!(damaged("Å“uvre", false), Some(('œ', "Å“".len())));
    }

    #[test]
    fn vietnamese_is_believed_in_damaged_text_only() {
        assert_eq!(damaged("á»™i", true), Some(('ộ', "á»™".len())));
        assert_eq!(damaged("á»\u{a0}:", false), None);
    }

    #[test]
    fn what_clean_text_holds_is_left() {
        for text in ["É…", "À »", "É\u{a0}»", "Â", "été", "â", "√2", "Ö“", "ô "] {
            assert_eq!(damaged(text, false), None, "{text}");
        }
    }
}
