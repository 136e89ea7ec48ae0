//! Fields, and the summary of what has to be put right.

use leptos::prelude::*;

use crate::form::FormState;

/// What has to be put right, each linked to its field. It takes the focus, so that it is heard first.
#[component]
pub(crate) fn ErrorSummary(form: FormState) -> impl IntoView {
    (!form.faults.is_empty()).then(|| {
        view! {
            <div class="errors" role="alert" tabindex="-1" autofocus=true aria-labelledby="errors">
                <h2 id="errors">"Please look at this again"</h2>
                <ul>
                    {form
                        .faults
                        .iter()
                        .map(|it| view! { <li><a href=format!("#{}", it.field)>{it.remedy.clone()}</a></li> })
                        .collect_view()}
                </ul>
            </div>
        }
    })
}

/// What kind of text a field takes, so that phones bring the right keyboard and managers the right value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A name that somebody goes by.
    Text,
    /// A name as it stands in papers.
    FullName,
    /// Any other line of text.
    Line,
    /// A whole number.
    Number,
    Phone,
    Email,
    /// The address of somebody else.
    SomebodysEmail,
    /// A password that exists already.
    Password,
    NewPassword,
    /// Figures that are good for once.
    Code,
    /// Letters that no phone should put right.
    Exact,
}

impl Takes {
    const fn kind(self) -> &'static str {
        match self {
            Self::Text | Self::FullName | Self::Line | Self::Number | Self::Code | Self::Exact => "text",
            Self::Phone => "tel",
            Self::Email | Self::SomebodysEmail => "email",
            Self::Password | Self::NewPassword => "password",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Text => "nickname",
            Self::FullName => "name",
            Self::Line | Self::Number => "off",
            Self::Phone => "tel",
            Self::Email => "username",
            Self::SomebodysEmail => "off",
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
            Self::Code => "one-time-code",
            Self::Exact => "off",
        }
    }

    const fn inputmode(self) -> Option<&'static str> {
        match self {
            Self::Number | Self::Code => Some("numeric"),
            _ => None,
        }
    }

    const fn autocapitalize(self) -> Option<&'static str> {
        match self {
            Self::Exact => Some("none"),
            _ => None,
        }
    }
}

/// A line of text. A password is the one thing that does not come back after a refusal.
#[component]
pub(crate) fn Field(
    form: FormState,
    name: &'static str,
    label: &'static str,
    #[prop(default = Takes::Text)] takes: Takes,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let fault = form.fault(name);
    let keeps = !matches!(takes, Takes::Password | Takes::NewPassword);
    let value = keeps.then(|| form.typed.text(name).to_owned());
    let described = described(name, hint, fault.is_some());
    view! {
        <div class=if fault.is_some() { "field wrong" } else { "field" }>
            <label for=name>{label}</label>
            <Hint name hint/>
            <Why name fault=fault.clone()/>
            <input
                id=name
                name=name
                type=takes.kind()
                value=value
                autocomplete=takes.autocomplete()
                inputmode=takes.inputmode()
                autocapitalize=takes.autocapitalize()
                aria-invalid=fault.is_some().then_some("true")
                aria-describedby=described
            />
        </div>
    }
}

/// One of a few, each with its own button.
#[component]
pub(crate) fn Choices(
    form: FormState,
    name: &'static str,
    legend: String,
    choices: Vec<(&'static str, &'static str)>,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let chosen = form.typed.text(name).to_owned();
    let choice = |(value, label): (&str, &str)| Choice {
        is_chosen: chosen == value,
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let choices = choices.into_iter().map(choice).collect();
    view! { <ChoiceField form name kind="radio" legend choices hint/> }
}

/// One of several things to choose.
pub(crate) struct Choice {
    pub(crate) value: String,
    /// What people read.
    pub(crate) label: String,
    pub(crate) is_chosen: bool,
}

/// Things to choose, under one legend: `kind` says whether one of them or several.
#[component]
pub(super) fn ChoiceField(
    form: FormState,
    name: &'static str,
    kind: &'static str,
    legend: String,
    choices: Vec<Choice>,
    hint: &'static str,
) -> impl IntoView {
    let fault = form.fault(name);
    let described = described(name, hint, fault.is_some());
    let class = if fault.is_some() { "field wrong" } else { "field" };
    view! {
        <fieldset class=class aria-describedby=described>
            <legend>{legend}</legend>
            <Hint name hint/>
            <Why name fault/>
            {choices
                .into_iter()
                .enumerate()
                .map(|(at, Choice { value, label, is_chosen })| {
                    // The first carries the field's own id, so that the summary's link lands on it.
                    let id = if at == 0 { name.to_owned() } else { format!("{name}-{value}") };
                    let of = id.clone();
                    view! {
                        <label class="choice" for=of>
                            <input type=kind id=id name=name value=value checked=is_chosen/>
                            <span>{label}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

/// A box to tick.
#[component]
pub(crate) fn Tick(form: FormState, name: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <label class="choice field" for=name>
            <input type="checkbox" id=name name=name value="yes" checked=form.typed.text(name) == "yes"/>
            <span>{label}</span>
        </label>
    }
}

#[component]
pub(crate) fn Hint(name: &'static str, hint: &'static str) -> impl IntoView {
    (!hint.is_empty()).then(|| view! { <span class="hint" id=format!("{name}-hint")>{hint}</span> })
}

#[component]
pub(crate) fn Why(name: &'static str, fault: Option<String>) -> impl IntoView {
    fault.map(|it| {
        view! { <span class="why" id=format!("{name}-why")><span class="hidden">"Error: "</span>{it}</span> }
    })
}

pub(super) fn described(name: &str, hint: &str, wrong: bool) -> Option<String> {
    let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
    let why = wrong.then(|| format!("{name}-why"));
    let ids: Vec<String> = hint.into_iter().chain(why).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
