//! Decoding: from bytes to text, and the repair of damage done by earlier wrong
//! decodings.
//!
//! [`text`] gives the raw text, which is never changed again; [`repair`] gives
//! the edits that undo mojibake, entities, stray tags, control characters and
//! decomposed accents.

mod entity;
mod mojibake;
mod repair;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

pub use repair::{Repair, repair};

/// Decodes the bytes of one document: a byte-order mark decides, then valid
/// UTF-8, then the pattern of zero bytes of UTF-16, then mostly valid UTF-8 (its
/// damaged bytes become U+FFFD), then the guess of `chardetng`.
///
/// # Errors
/// When the bytes are not text: zero bytes or control characters throughout.
///
/// ```
/// assert_eq!(diptych::decode::text(b"\xe9t\xe9 2020, d\xe9j\xe0").unwrap(), "été 2020, déjà");
/// ```
pub fn text(bytes: &[u8]) -> Result<String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => decode(encoding, &bytes[length..]),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => decode(guess(bytes), bytes),
        },
    };
    refuse_binary(&text)?;
    Ok(text)
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16(bytes) {
        return encoding;
    }
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a mark: in Latin text every second byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |from: usize| {
        sample
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = sample.len() / 2 * 7 / 10;
    match (even, odd) {
        _ if most == 0 => None,
        (e, o) if o > most && e * 10 < o => Some(UTF_16LE),
        (e, o) if e > most && o * 10 < e => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether damaged bytes are few beside well-formed sequences of several bytes:
/// then the text was UTF-8 and was cut or joined carelessly.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut well, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        well += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // In Latin-1 text a well-formed sequence is an accident (`Ã©` is no word).
    well > 0 && well >= bad
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
                .hint("is it a picture, an archive or a PDF? diptych reads text and JSONL"),
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
        let (cp1252, _, _) = encoding_rs::WINDOWS_1252.encode(SENTENCE);
        let le: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &le].concat();
        for bytes in [SENTENCE.as_bytes(), &cp1252, &le, &be, &marked] {
            assert_eq!(text(bytes).unwrap(), SENTENCE);
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
