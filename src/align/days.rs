//! Days of publication as numbers: how far two articles are apart.

/// The first and last day a date such as `2020`, `2020-10` or `2020-10-02` covers,
/// counted from 1970-01-01; `None` when it does not begin with a year.
///
/// ```
/// use diptych::align::days::days;
/// assert_eq!(days("1970-01-02T10:00"), Some((1, 1)));
/// assert_eq!(days("1970-02"), Some((31, 58)));
/// assert_eq!(days("1970"), Some((0, 364)));
/// assert_eq!(days("hier"), None);
/// ```
#[must_use]
pub fn days(date: &str) -> Option<(i64, i64)> {
    let mut parts = date.trim().splitn(3, '-');
    let year: i64 = parts
        .next()?
        .parse()
        .ok()
        .filter(|y| (1..=9999).contains(y))?;
    let month: Option<i64> = parts
        .next()
        .and_then(|m| m.parse().ok())
        .filter(|m| (1..=12).contains(m));
    let day: Option<i64> = parts.next().and_then(|d| {
        let digits: String = d.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|d| (1..=31).contains(d))
    });
    Some(match (month, day) {
        (Some(m), Some(d)) => (day_number(year, m, d), day_number(year, m, d)),
        (Some(12), None) => (day_number(year, 12, 1), day_number(year + 1, 1, 1) - 1),
        (Some(m), None) => (day_number(year, m, 1), day_number(year, m + 1, 1) - 1),
        _ => (day_number(year, 1, 1), day_number(year + 1, 1, 1) - 1),
    })
}

/// How many days two stretches of days are apart at least, 0 where they meet; `None`
/// where one of them is not known.
#[must_use]
pub fn apart(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Option<i64> {
    let (a, b) = (a?, b?);
    Some((a.0 - b.1).max(b.0 - a.1).max(0))
}

/// Days from 1970-01-01 in the Gregorian calendar (Hinnant's `days_from_civil`).
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
