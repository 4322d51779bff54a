//! Tables of words' vectors: what [`encoder`](super::encoder) and
//! [`meaning`](super::meaning) are read from.

use std::collections::HashMap;

use crate::document::Lang;
use crate::rules::table::{Row, Table};

/// The number of a word in its table.
pub type WordId = u32;

/// The vectors of stems of both languages.
pub(super) struct WordVectors<const N: usize> {
    ids: HashMap<(Lang, &'static str), WordId>,
    vectors: Vec<[f32; N]>,
    lengths: Vec<f32>,
}

impl<const N: usize> WordVectors<N> {
    /// Reads a table whose words stand in the column `key`, in which each vector has the
    /// length that `length` gives.
    pub(super) fn load(table: &Table, key: &str, length: impl Fn(&Row<'_>) -> f32) -> Self {
        let mut all = Self {
            ids: HashMap::new(),
            vectors: Vec::new(),
            lengths: Vec::new(),
        };
        for row in table.rows() {
            let lang = match row.get("lang") {
                "fr" => Lang::FR,
                _ => Lang::EN,
            };
            let id = all.vectors.len() as WordId;
            all.ids.insert((lang, row.get(key)), id);
            let length = length(&row);
            let unit: [f32; N] = decoded(row.get("vector"));
            all.vectors.push(unit.map(|v| length * v));
            all.lengths.push(length);
        }
        all
    }

    /// The number of a stem, if the table has it.
    pub(super) fn id(&self, lang: Lang, stem: &'_ str) -> Option<WordId> {
        self.ids.get(&(lang, stem)).copied()
    }

    /// The vector of a number, if it is of the table.
    pub(super) fn get(&self, id: WordId) -> Option<&[f32; N]> {
        self.vectors.get(id as usize)
    }

    /// The cosine of the vectors of two numbers; 0 where one is not of the table.
    pub(super) fn cosine(&self, a: WordId, b: WordId) -> f32 {
        let length = |id: WordId| self.lengths.get(id as usize);
        match (self.get(a), self.get(b), length(a), length(b)) {
            (Some(x), Some(y), Some(p), Some(q)) => dot(x, y) / (p * q).max(f32::MIN_POSITIVE),
            _ => 0.0,
        }
    }
}

/// The product of two vectors.
pub(super) fn dot<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Adds so many times a vector to a sum.
pub(super) fn add<const N: usize>(sum: &mut [f32; N], vector: &[f32; N], times: f32) {
    for (s, v) in sum.iter_mut().zip(vector) {
        *s += times * v;
    }
}

/// A character of the base64 alphabet a dimension, its place from -31.5 to 31.5; of
/// length 1.
fn decoded<const N: usize>(cell: &str) -> [f32; N] {
    let mut vector = [0.0; N];
    for (value, byte) in vector.iter_mut().zip(cell.bytes()) {
        let place = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        *value = f32::from(place) - 31.5;
    }
    let length = dot(&vector, &vector).sqrt();
    vector.map(|v| v / length)
}
