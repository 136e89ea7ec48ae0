//! What looks as if it told who somebody is. It only warns: a number may be a price, and a date that of a session.

/// What something looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// Ten figures whose last one checks the others.
    NhsNumber,
    /// Ten figures or more that begin like a number in this country.
    PhoneNumber,
    /// A day of a year that somebody could have been born in.
    DateOfBirth,
    /// Something with an @ in the middle.
    EmailAddress,
}

impl Personal {
    /// What it looks like, in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NhsNumber => "an NHS number",
            Self::PhoneNumber => "a phone number",
            Self::DateOfBirth => "a date of birth",
            Self::EmailAddress => "an e-mail address",
        }
    }

    /// The first such thing in a text.
    #[must_use]
    pub fn in_text(text: &str) -> Option<Self> {
        let is_address =
            |it: &str| it.split_once('@').is_some_and(|it| !it.0.is_empty() && it.1.contains('.'));
        if text.split_whitespace().any(is_address) {
            return Some(Self::EmailAddress);
        }
        runs(text).iter().find_map(|it| number(it)).or_else(|| named_day(text).then_some(Self::DateOfBirth))
    }
}

/// Figures with what people put between them.
fn runs(text: &str) -> Vec<String> {
    let is_of_run = |it: char| it.is_ascii_digit() || " +-./()\u{a0}\u{2013}".contains(it);
    text.split(|it| !is_of_run(it)).map(ToOwned::to_owned).collect()
}

fn number(run: &str) -> Option<Personal> {
    let figures: Vec<u32> = run.chars().filter_map(|it| it.to_digit(10)).collect();
    let is_abroad = run.trim_start().starts_with("+44") || run.trim_start().starts_with("0044");
    match figures.len() {
        10 if checks(&figures) => Some(Personal::NhsNumber),
        10..=14 if is_abroad || figures.first() == Some(&0) => Some(Personal::PhoneNumber),
        _ => parts_are_a_day(run).then_some(Personal::DateOfBirth),
    }
}

/// The last of ten figures is eleven less the rest of the others' weighted sum by eleven (NHS Data Dictionary, NHS
/// NUMBER).
fn checks(figures: &[u32]) -> bool {
    let Some((last, others)) = figures.split_last() else { return false };
    let sum: u32 = others.iter().zip((2..=10).rev()).map(|(figure, weight)| figure * weight).sum();
    (11 - sum % 11) % 11 == *last
}

/// "3/4/1985", "03.04.85", "1985-04-03".
fn parts_are_a_day(run: &str) -> bool {
    let parts: Vec<_> = run.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let small =
        |it: &str, most: u32| it.len() <= 2 && it.parse().is_ok_and(|it: u32| (1..=most).contains(&it));
    let is_day = |day: &str, month: &str, year: &str| {
        small(day, 31) && small(month, 12) && (is_year(year) || year.len() == 2)
    };
    // A space alone is no date: "10 12 14" may be anything.
    let joined = run.trim().contains(['/', '.', '-', '\u{2013}']);
    joined && parts.windows(3).any(|it| is_day(it[0], it[1], it[2]) || is_day(it[2], it[1], it[0]))
}

/// "3 April 1985", "3rd of April 1985", "April 3, 1985".
fn named_day(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<String> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty() && !it.eq_ignore_ascii_case("of"))
        .map(str::to_lowercase)
        .collect();
    let is_month = |it: &str| MONTHS.iter().any(|month| it.starts_with(month));
    let is_day = |it: &str| {
        let figures = it.trim_end_matches(|it: char| it.is_ascii_alphabetic());
        figures.parse().is_ok_and(|it: u32| (1..=31).contains(&it))
    };
    words.windows(3).any(|it| {
        is_year(&it[2]) && (is_day(&it[0]) && is_month(&it[1]) || is_month(&it[0]) && is_day(&it[1]))
    })
}

/// A year in which somebody alive could have been born.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|it: u32| (1900..=2030).contains(&it))
}
