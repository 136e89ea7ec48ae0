//! Fields for choosing: several of a list, one of a long list, a day.

use chrono::{Datelike, NaiveDate};
use domain::day::TypedDay;
use leptos::prelude::*;

use super::form::{Choice, ChoiceField, Hint, Why, described};
use crate::form::{FormState, Typed};

/// Boxes to tick, as many as somebody likes.
#[component]
pub(crate) fn Ticks(
    form: FormState,
    name: &'static str,
    legend: &'static str,
    /// Each with its value and what people read.
    choices: Vec<(String, String)>,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let is_ticked = |value: &str| form.typed.fields().any(|it| it == (name, value));
    let choice = |(value, label): (String, String)| Choice { is_chosen: is_ticked(&value), value, label };
    let choices = choices.into_iter().map(choice).collect();
    view! { <ChoiceField form name kind="checkbox" legend=legend.to_owned() choices hint/> }
}

/// One of a list that is too long for buttons. Nothing is chosen beforehand.
#[component]
pub(crate) fn OneOf(
    form: FormState,
    name: &'static str,
    label: &'static str,
    /// Each with its value and what people read.
    choices: Vec<(String, String)>,
    #[prop(optional)] hint: &'static str,
    /// What stands for nothing chosen.
    #[prop(default = "Choose")]
    none: &'static str,
) -> impl IntoView {
    let fault = form.fault(name);
    let chosen = form.typed.text(name).to_owned();
    let described = described(name, hint, fault.is_some());
    view! {
        <div class=if fault.is_some() { "field wrong" } else { "field" }>
            <label for=name>{label}</label>
            <Hint name hint/>
            <Why name fault=fault.clone()/>
            <select
                id=name
                name=name
                aria-invalid=fault.is_some().then_some("true")
                aria-describedby=described
            >
                <option value="">{none}</option>
                {choices
                    .into_iter()
                    .map(|(value, text)| {
                        let selected = value == chosen;
                        view! { <option value=value selected=selected>{text}</option> }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}

/// The names of the three fields of a day; the first is the field's own.
pub(crate) type DayNames = [&'static str; 3];

/// A day: day, month and year, each in a field of its own.
#[component]
pub(crate) fn DayField(
    form: FormState,
    names: DayNames,
    legend: &'static str,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let name = names[0];
    let fault = form.fault(name);
    let described = described(name, hint, fault.is_some());
    let wrong = fault.is_some();
    view! {
        <fieldset class=if wrong { "field wrong" } else { "field" } aria-describedby=described>
            <legend>{legend}</legend>
            <Hint name hint/>
            <Why name fault/>
            <div class="day-parts">
                {names
                    .into_iter()
                    .zip(["Day", "Month", "Year"])
                    .map(|(name, label)| {
                        view! {
                            <label for=name>
                                <span>{label}</span>
                                <input
                                    id=name
                                    name=name
                                    inputmode="numeric"
                                    autocomplete="off"
                                    value=form.typed.text(name).to_owned()
                                    aria-invalid=wrong.then_some("true")
                                />
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

/// What was typed into the three fields of a day.
pub(crate) fn typed_day(typed: &Typed, names: DayNames) -> TypedDay<'_> {
    let [day, month, year] = names.map(|it| typed.text(it));
    TypedDay { day, month, year }
}

/// A form in which a few fields are filled in already.
pub(crate) fn filled(fields: &[(&str, String)]) -> FormState {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    FormState { typed: Typed::parse(body.as_bytes()), faults: Vec::new() }
}

/// The three fields of a day, filled in.
pub(crate) fn filled_day(names: DayNames, day: NaiveDate) -> [(&'static str, String); 3] {
    let [name, month, year] = names;
    [(name, day.day().to_string()), (month, day.month().to_string()), (year, day.year().to_string())]
}

/// Words and labels, for a list to choose from.
pub(crate) fn worded(words: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<(String, String)> {
    words.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned())).collect()
}
