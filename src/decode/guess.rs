//! Which encoding bytes without a mark are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::document::Lang;
use crate::language;

/// The likeliest encoding of bytes that are not UTF-8; `label` is what they are
/// said to be in.
pub(super) fn encoding(bytes: &[u8], label: Option<&'static Encoding>) -> &'static Encoding {
    if let Some(encoding) = utf16(bytes) {
        return encoding;
    }
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    if let Some(label) = label
        && label != UTF_8
        && label
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
    {
        return label;
    }
    if let Some(encoding) = western(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // A few accents are as good Polish as French; the plain words are not.
    if guess.is_single_byte() && guess != WINDOWS_1252 && is_french_or_english(bytes) {
        return WINDOWS_1252;
    }
    guess
}

fn is_french_or_english(bytes: &[u8]) -> bool {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let found = language::detect(&text);
    [Lang::FR, Lang::EN].contains(&found.lang) && found.confidence > 0.9
}

/// UTF-16 without a mark: in Latin text every second byte is zero.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
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

/// What French and English news text has beyond ASCII.
const WESTERN: &str = "àâäáãçéèêëíîïñóôöõúùûüœæÀÂÄÁÇÉÈÊËÎÏÔÖÓÙÛÜŒÆ«»‘’“”…–—•€£°§\u{a0}";

/// Mac Roman and Latin-9, which `chardetng` does not know, where the bytes say so.
///
/// In Mac Roman nearly all bytes beyond ASCII must be letters and marks of Western
/// text, and in Windows-1252 less than half of them. Latin-9 is Latin-1 but for
/// eight places, of which `œ` and `€` are seen: in Latin-1 a fraction before a letter
/// and the currency sign, which no text has; Windows-1252 has both elsewhere, among
/// the bytes that Latin-9 does not use.
fn western(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 1 << 16;
    let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let known = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        text.chars()
            .filter(|&c| !c.is_ascii() && WESTERN.contains(c))
            .count()
    };
    if known(MACINTOSH) * 10 >= high * 9 && known(WINDOWS_1252) * 2 < high {
        return Some(MACINTOSH);
    }
    let is_latin =
        !bytes.iter().any(|b| (0x80..=0x9f).contains(b)) && known(WINDOWS_1252) * 2 > high;
    let ligature = bytes
        .windows(2)
        .any(|pair| matches!(pair[0], 0xbc | 0xbd) && pair[1].is_ascii_alphabetic());
    (is_latin && (ligature || bytes.contains(&0xa4))).then_some(ISO_8859_15)
}
