//! What a requirement and a policy have in common, for whoever writes one and for the lists of them.

use chrono::NaiveDate;
use domain::people::{EngagementKind, FieldFault, Labels, OrganisationId};
use domain::training::requirement::{Requirement, RequirementId, Version};
use leptos::prelude::*;
use store::training::requirements::MOST;
use uuid::Uuid;

use super::asked_of;
use crate::form::{FormState, Typed};
use crate::training::required::coming;
use crate::ui::choose::{DayField, DayNames, Ticks, filled, filled_day};
use crate::ui::form::{Field, Takes, Tick};
use crate::ui::words::date;

/// The fields of the day from which a version holds.
pub(in crate::training) const FROM: DayNames = ["from_day", "from_month", "from_year"];

/// The form of a new one. A form that is sent twice makes one.
pub(in crate::training) fn empty(weeks: u16, today: NaiveDate) -> FormState {
    let id = RequirementId::from_uuid(Uuid::now_v7()).to_string();
    let first = [("id", id), ("weeks", weeks.to_string())];
    filled(&[&first[..], &filled_day(FROM, today)].concat())
}

/// The id that a new one was opened with.
pub(in crate::training) fn id_of(typed: &Typed) -> RequirementId {
    typed.text("id").parse().unwrap_or_else(|_| RequirementId::from_uuid(Uuid::now_v7()))
}

/// Whatever was ticked of whom it is asked.
pub(in crate::training) fn ticked(typed: &Typed) -> Vec<&str> {
    typed.fields().filter(|it| it.0 == "kind").map(|it| it.1).collect()
}

/// That an organisation requires as many things as it may, of so many that there are.
pub(in crate::training) fn too_many(there: usize) -> Option<FieldFault> {
    let remedy = || format!("You require {MOST} things already. Change one of those instead.");
    (there >= MOST).then(|| FieldFault { field: "code", remedy: remedy() })
}

/// What stands around the rule of the latest version, as its form opens: from today on, or from the day that lies
/// ahead.
pub(in crate::training) fn around(version: &Version, today: NaiveDate) -> Vec<(&'static str, String)> {
    let nobody = if version.asked_of.is_empty() { "yes" } else { "" };
    let mut fields = vec![
        ("title", version.title.clone()),
        ("nobody", nobody.to_owned()),
        ("weeks", version.weeks.to_string()),
    ];
    fields.extend(version.asked_of.iter().map(|it| ("kind", it.as_str().to_owned())));
    fields.extend(filled_day(FROM, version.from.max(today)));
    fields
}

/// The fields with which it begins.
#[component]
pub(in crate::training) fn First(
    form: FormState,
    revision: String,
    is_new: bool,
    code_hint: &'static str,
    title_hint: &'static str,
) -> impl IntoView {
    let id = form.typed.text("id").to_owned();
    view! {
        {is_new.then(|| view! {
            <input type="hidden" name="id" value=id/>
            <Field form=form.clone() name="code" label="A short code" takes=Takes::Exact hint=code_hint/>
        })}
        <input type="hidden" name="revision" value=revision/>
        <Field form=form.clone() name="title" label="What is it called?" takes=Takes::Line hint=title_hint/>
    }
}

/// The words of [`Whom`], which are different for what is done and for what is read.
#[derive(Clone, Copy)]
pub(in crate::training) struct WhomWords {
    pub(in crate::training) legend: &'static str,
    pub(in crate::training) hint: &'static str,
    pub(in crate::training) nobody: &'static str,
}

/// Of whom it is asked; of nobody any more only what was asked before.
#[component]
pub(in crate::training) fn Whom(
    form: FormState,
    labels: Labels,
    organisation: OrganisationId,
    is_new: bool,
    words: WhomWords,
) -> impl IntoView {
    let kind = |it: EngagementKind| (it.as_str().to_owned(), labels.word(organisation, it).to_owned());
    let kinds = EngagementKind::ALL.into_iter().map(kind).collect();
    view! {
        <Ticks form=form.clone() name="kind" legend=words.legend choices=kinds hint=words.hint/>
        {(!is_new).then(|| view! { <Tick form name="nobody" label=words.nobody/> })}
    }
}

/// From when it holds, and how long people have.
#[component]
pub(in crate::training) fn When(form: FormState, legend: &'static str, weeks: &'static str) -> impl IntoView {
    view! {
        <DayField form=form.clone() names=FROM legend=legend hint="Today or later."/>
        <Field form name="weeks" label=weeks takes=Takes::Line hint="From that day, from when they begin, or from when they come back. At least 1."/>
    }
}

/// What is said of one on a list besides: before of whom it is asked, and at the end.
pub(in crate::training) struct Beside {
    pub(in crate::training) before: AnyView,
    pub(in crate::training) after: AnyView,
}

/// A list of them, each as it stands today or will stand first.
pub(in crate::training) fn cards(
    all: Vec<Requirement>,
    here: &str,
    labels: &Labels,
    (today, beside): (NaiveDate, impl Fn(&Requirement, &Version) -> Beside),
) -> AnyView {
    let card = |it: Requirement| {
        let version = it.now_or_first(today)?;
        let is_ahead = version.from > today;
        let coming = it.coming(today).filter(|_| !is_ahead).map(coming);
        let (href, asked) = (format!("{here}/{}", it.id), asked_of(labels, it.organisation, version));
        let (called, from) = (format!("{} {}", it.code, version.called()), date(version.from));
        let Beside { before, after } = beside(&it, version);
        Some(view! {
            <li class="card stack">
                <h2><a class="alone" href=href>{called}</a></h2>
                {before}
                <p class="soft">"Asked of: "{asked}</p>
                {is_ahead.then(|| view! { <p><span class="tag">"From "{from}</span></p> })}
                {coming.map(|it| view! { <p>{it}</p> })}
                {after}
            </li>
        })
    };
    let cards: Vec<_> = all.into_iter().filter_map(card).collect();
    view! { <ul role="list" class="stack">{cards}</ul> }.into_any()
}
