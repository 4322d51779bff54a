//! Decoding: from bytes to text, and the repair of damage done by earlier wrong
//! decodings.
//!
//! [`text`] gives the raw text, which is never changed again; [`repair`] gives
//! the edits that undo mojibake, entities, stray tags, control characters and
//! decomposed accents.

mod entity;
mod guess;
mod mojibake;
mod repair;

use encoding_rs::Encoding;

use crate::error::{Error, Result};

pub use repair::{Repair, repair};

/// Decodes the bytes of one document: a byte-order mark decides, then the pattern
/// of zero bytes of UTF-16, then valid UTF-8, then mostly valid UTF-8 (its
/// damaged bytes become U+FFFD), then what the bytes beyond ASCII stand for in the
/// single-byte encodings of Western texts, then the guess of `chardetng`.
///
/// # Errors
/// When the bytes are not text: zero bytes or control characters throughout.
///
/// ```
/// assert_eq!(diptych::decode::text(b"\xe9t\xe9 2020, d\xe9j\xe0").unwrap(), "été 2020, déjà");
/// ```
pub fn text(bytes: &[u8]) -> Result<String> {
    labelled(bytes, None)
}

/// As [`text`], for bytes that come with the name of an encoding. Such labels are
/// often wrong: one decides only where the bytes themselves do not.
///
/// # Errors
/// As [`text`].
pub fn labelled(bytes: &[u8], label: Option<&'static Encoding>) -> Result<String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => decode(encoding, &bytes[length..]),
        None => match std::str::from_utf8(bytes) {
            // Plain English in UTF-16 is well-formed UTF-8 with zero bytes.
            Ok(text) => match guess::utf16(bytes) {
                Some(encoding) => decode(encoding, bytes),
                None => text.to_owned(),
            },
            Err(_) => decode(guess::encoding(bytes, label), bytes),
        },
    };
    refuse_binary(&text)?;
    Ok(text)
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Text may hold a stray control character; a picture or an archive is full of them.
fn refuse_binary(text: &str) -> Result<()> {
    let odd =
        |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0c') || *c == '\u{fffd}';
    let head: Vec<char> = text.chars().take(4096).collect();
    let controls = head.iter().filter(|c| odd(c)).count();
    // One in ten: mojibake of UTF-8 as Latin-1 has C1 controls, but fewer.
    if controls * 10 > head.len() {
        return Err(
            Error::input("the bytes are not text (control characters throughout)")
                .hint("is it a picture, an archive or a PDF? diptych reads text, HTML and JSONL"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "Le ministre a déclaré « être prêt » à négocier, dès l’été.";

    #[test]
    fn the_usual_encodings_are_told_apart() {
        let le: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &le].concat();
        for bytes in [SENTENCE.as_bytes(), &le, &be, &marked] {
            assert_eq!(text(bytes).unwrap(), SENTENCE);
        }
        for (encoding, sentence) in [
            (encoding_rs::WINDOWS_1252, SENTENCE),
            (
                encoding_rs::WINDOWS_1252,
                "Une ½ heure après, le cœur à 5 €.",
            ),
            (encoding_rs::MACINTOSH, SENTENCE),
            (encoding_rs::MACINTOSH, "Il a été élu à Nîmes."),
            (
                encoding_rs::ISO_8859_15,
                "L'œuvre a été vendue 20 € à Nîmes.",
            ),
            (
                encoding_rs::WINDOWS_1251,
                "Правительство сообщило об этом в четверг.",
            ),
        ] {
            let (bytes, _, _) = encoding.encode(sentence);
            assert_eq!(text(&bytes).unwrap(), sentence, "{}", encoding.name());
        }
    }

    #[test]
    fn a_cut_character_costs_only_itself() {
        let bytes = &SENTENCE.as_bytes()[..SENTENCE.find('ê').unwrap() + 1];
        let got = text(bytes).unwrap();
        assert!(got.starts_with("Le ministre a déclaré « ") && got.ends_with('\u{fffd}'));
    }

    #[test]
    fn pictures_are_refused() {
        let bytes: Vec<u8> = (0..2000u32).map(|i| (i * 7 % 256) as u8).collect();
        assert!(text(&bytes).unwrap_err().is_input());
    }
}
