//! How somebody stands with what is required of them, in words.

use domain::training::requirement::{Requirement, Rule, Standing, State, hours_said};
use leptos::prelude::*;

use crate::ui::words::date;

/// How a state stands out.
pub(super) const fn class(state: State) -> &'static str {
    match state {
        State::Current => "tag good",
        State::DueSoon | State::PartDone | State::Booked => "tag wait",
        State::Missing | State::Overdue => "tag now",
        State::NotYet | State::Exempt | State::Away => "tag",
    }
}

/// What a state means, for whoever reads the table.
pub(super) const fn means(state: State) -> &'static str {
    match state {
        State::Current => "It counts.",
        State::DueSoon => "It has to be done within eight weeks.",
        State::PartDone => "Some of it is there, and some is missing.",
        State::Booked => "It is not there, and a day is set.",
        State::NotYet => "It is not there, and there is still time.",
        State::Missing => "It has never been there, and the time for it is over.",
        State::Overdue => "It was there and does not count any more.",
        State::Exempt => "Somebody decided that they need not.",
        State::Away => "They are away. Nothing is asked of them.",
    }
}

/// The day that goes with a state: "until 4 May 2028".
pub(super) fn when(standing: &Standing) -> String {
    dated(standing, date)
}

/// The same where there is little room: "until 4 Dec 2028".
pub(super) fn shortly(standing: &Standing) -> String {
    dated(standing, |it| it.format("%-d %b %Y").to_string())
}

fn dated(standing: &Standing, said: impl Fn(chrono::NaiveDate) -> String) -> String {
    let day = |before: &str| standing.due().map_or(String::new(), |it| format!("{before} {}", said(it)));
    let is_past = standing.is_due() && !standing.is_met();
    match standing.state() {
        State::Current if standing.due().is_none() => "for good".into(),
        State::Current | State::Exempt => day("until"),
        State::Overdue => day("since"),
        _ if is_past => day("was due by"),
        _ => day("due by"),
    }
}

/// How much of it is there: "2 of 8 hours".
pub(super) fn progress(standing: &Standing, rule: &Rule) -> Option<String> {
    let (there, asked) = standing.progress()?;
    Some(match rule {
        Rule::Hours { .. } => format!("{} of {}", hours_said(there), hours_said(asked)),
        Rule::Read { .. } if there == 0 => return None,
        Rule::Read { .. } if there == asked => format!("Version {there} accepted"),
        Rule::Read { .. } => format!("Version {there} accepted, and version {asked} is in force"),
        _ => format!("{there} of {asked} parts"),
    })
}

/// What else is worth saying: what is there of it, and which day is set.
pub(super) fn more(standing: &Standing, rule: &Rule) -> String {
    let progress = progress(standing, rule);
    let booked = standing.booked().map(|it| format!("Booked for {}", date(it)));
    progress.into_iter().chain(booked).collect::<Vec<_>>().join(". ")
}

/// A state with its day.
#[component]
pub(super) fn Stands(standing: Standing) -> impl IntoView {
    let state = standing.state();
    view! { <span><span class=class(state)>{state.label()}</span>" "{when(&standing)}</span> }
}

/// What would count for it.
pub(super) fn would_count(rule: &Rule) -> String {
    match rule {
        Rule::Once => "Do it once, and show something that says so.".into(),
        Rule::Every { months } => {
            let months = if *months == 1 { "a month".to_owned() } else { format!("{months} months") };
            format!("Do it, and show something that says so. It then counts for {months}.")
        }
        Rule::Hours { minutes, months } => {
            format!("Anything on it counts, {} in all within {months} months.", hours_said(*minutes))
        }
        Rule::Parts { parts, .. } => {
            format!("Each of these, and something that shows it: {}.", parts.join("; "))
        }
        Rule::Read { .. } => "Read it, and say that you accept it.".into(),
    }
}

/// What it is called today, or will be first.
pub(super) fn called(requirement: &Requirement, today: chrono::NaiveDate) -> String {
    requirement.now_or_first(today).map(domain::training::requirement::Version::called).unwrap_or_default()
}
