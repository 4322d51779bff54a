//! Arithmetic on spans in code points, and on counts.

/// A span `[start, end)` in code points of the raw text.
pub(super) type Points = [usize; 2];

/// Intersection over union of two spans, the union taken as their hull.
pub(super) fn iou(a: Points, b: Points) -> f64 {
    let shared = a[1].min(b[1]).saturating_sub(a[0].max(b[0]));
    let hull = a[1].max(b[1]).saturating_sub(a[0].min(b[0]));
    shared as f64 / hull.max(1) as f64
}

/// Pairs each gold span, in order, with the free output span it overlaps most, if
/// the two reach `threshold`; of equals the later is taken.
pub(super) fn matches(gold: &[Points], out: &[Points], threshold: f64) -> Vec<(usize, usize)> {
    let mut taken = vec![false; out.len()];
    let mut pairs = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        let mut best = None;
        for (j, o) in out.iter().enumerate() {
            let overlap = iou(*g, *o);
            if !taken[j] && overlap >= threshold && best.is_none_or(|(b, _)| overlap >= b) {
                best = Some((overlap, j));
            }
        }
        if let Some((_, j)) = best {
            taken[j] = true;
            pairs.push((i, j));
        }
    }
    pairs
}

/// Whether two spans share more than half of the shorter one.
pub(super) fn same_place(a: Points, b: Points) -> bool {
    let shared = a[1].min(b[1]) as i64 - a[0].max(b[0]) as i64;
    let shorter = (a[1] as i64 - a[0] as i64).min(b[1] as i64 - b[0] as i64);
    2 * shared > shorter
}

/// The code points covered by a set of spans.
pub(super) struct Cover(Vec<Points>);

impl Cover {
    /// Joins spans that touch.
    pub fn new(mut spans: Vec<Points>) -> Self {
        spans.sort_unstable();
        let mut joined: Vec<Points> = Vec::with_capacity(spans.len());
        for s in spans {
            match joined.last_mut() {
                Some(last) if s[0] <= last[1] => last[1] = last[1].max(s[1]),
                _ => joined.push(s),
            }
        }
        Self(joined)
    }

    /// How many code points of a span are covered.
    pub fn within(&self, span: Points) -> usize {
        let first = self.0.partition_point(|s| s[1] <= span[0]);
        self.0[first..]
            .iter()
            .take_while(|s| s[0] < span[1])
            .map(|s| s[1].min(span[1]) - s[0].max(span[0]))
            .sum()
    }
}

/// Right, predicted and gold, counted over many documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub right: usize,
    pub predicted: usize,
    pub gold: usize,
}

impl Tally {
    /// Adds the counts of one document.
    pub fn add(&mut self, right: usize, predicted: usize, gold: usize) {
        self.right += right;
        self.predicted += predicted;
        self.gold += gold;
    }
}

/// How many of how many are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ratio {
    pub right: usize,
    pub all: usize,
}

impl Ratio {
    /// Counts one more.
    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// Their quotient; 0 of 0 is 0.
    pub fn value(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}
