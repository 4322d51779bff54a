//! The people, bodies, places, dates and amounts of a sentence, as two sentences are
//! compared by them.
//!
//! Takes the entities of a record, whose keys are equal across spellings and
//! languages and whose dates are counted from the day of publication, and gives what
//! two sentences share of each sort and whether they have of one sort and share none:
//! a sentence on another person or of another day tells another fact in much the
//! same words.

use crate::quote::name_key::agree;
use crate::record::EntityRecord;

/// The entities of one sentence, by sort.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    people: Vec<String>,
    bodies: Vec<String>,
    places: Vec<String>,
    dates: Vec<String>,
    /// Numbers with a unit: `5.5 %`, `1200000 eur`.
    amounts: Vec<String>,
}

/// What two sentences share of one sort.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shared {
    /// How many of them.
    pub count: f32,
    /// Whether both have some and none in common.
    pub conflict: bool,
}

impl Facts {
    /// The entities that stand within a stretch of the raw text.
    #[must_use]
    pub fn within(entities: &[EntityRecord], [start, end]: [usize; 2]) -> Self {
        let mut facts = Self::default();
        let inside = |e: &&EntityRecord| e.raw[0] >= start && e.raw[0] < end;
        for entity in entities.iter().filter(inside) {
            let list = match entity.kind.as_str() {
                "person" => &mut facts.people,
                "organisation" => &mut facts.bodies,
                "place" => &mut facts.places,
                "date" => &mut facts.dates,
                "number" if entity.key.contains(' ') => &mut facts.amounts,
                _ => continue,
            };
            if !list.contains(&entity.key) {
                list.push(entity.key.clone());
            }
        }
        facts
    }

    /// People of both.
    #[must_use]
    pub fn people(&self, other: &Self) -> Shared {
        shared(&self.people, &other.people, agree)
    }

    /// Bodies of both.
    #[must_use]
    pub fn bodies(&self, other: &Self) -> Shared {
        shared(&self.bodies, &other.bodies, agree)
    }

    /// Places of both.
    #[must_use]
    pub fn places(&self, other: &Self) -> Shared {
        shared(&self.places, &other.places, |a, b| a == b)
    }

    /// Dates of both; a month agrees with its days, a day without a year with that
    /// day of any.
    #[must_use]
    pub fn dates(&self, other: &Self) -> Shared {
        shared(&self.dates, &other.dates, same_time)
    }

    /// Amounts of both.
    #[must_use]
    pub fn amounts(&self, other: &Self) -> Shared {
        shared(&self.amounts, &other.amounts, |a, b| a == b)
    }

    /// Whether one's people or bodies are among another's.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.people(other).count > 0.0 || self.bodies(other).count > 0.0
    }

    /// Whether it names people or bodies.
    #[must_use]
    pub fn has_actors(&self) -> bool {
        !self.people.is_empty() || !self.bodies.is_empty()
    }
}

fn shared(a: &[String], b: &[String], same: impl Fn(&str, &str) -> bool) -> Shared {
    let common = a.iter().filter(|x| b.iter().any(|y| same(x, y))).count();
    Shared {
        count: common as f32,
        conflict: common == 0 && !a.is_empty() && !b.is_empty(),
    }
}

/// `2020-10` and `2020-10-02`, `--10-02` and `2020-10-02`.
fn same_time(a: &str, b: &str) -> bool {
    let bare = |d: &'_ str| d.strip_prefix("--").map(str::to_owned);
    let (a, b) = match (bare(a), bare(b)) {
        (None, Some(b)) => (a.get(5..).unwrap_or_default().to_owned(), b),
        (Some(a), None) => (a, b.get(5..).unwrap_or_default().to_owned()),
        (None, None) => (a.to_owned(), b.to_owned()),
        (Some(a), Some(b)) => (a, b),
    };
    !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(entities: &[(&str, &str)]) -> Facts {
        let entities: Vec<EntityRecord> = entities
            .iter()
            .map(|(kind, key)| EntityRecord {
                kind: (*kind).to_owned(),
                text: String::new(),
                key: (*key).to_owned(),
                raw: [0, 1],
            })
            .collect();
        Facts::within(&entities, [0, 1])
    }

    #[test]
    fn a_day_agrees_with_its_month_and_with_itself_without_a_year() {
        let day = facts(&[("date", "2020-10-02")]);
        assert_eq!(day.dates(&facts(&[("date", "2020-10")])).count, 1.0);
        assert_eq!(day.dates(&facts(&[("date", "--10-02")])).count, 1.0);
        assert!(day.dates(&facts(&[("date", "2020-10-03")])).conflict);
    }

    #[test]
    fn a_sort_that_one_side_lacks_is_no_conflict() {
        let one = facts(&[("person", "emmanuel makron"), ("number", "5.5 %")]);
        let other = facts(&[("number", "6 %")]);
        assert!(!one.people(&other).conflict);
        assert!(one.amounts(&other).conflict);
    }
}
