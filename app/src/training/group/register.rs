//! The register of a session: the whole group in one form, all of it kept or nothing.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::{FieldFault, PersonId, filed};
use domain::training::cohort::{CohortId, CohortSessionId};
use domain::training::register::{Mark, Marked, Register, RegisterRefused, RowForm, keep_register};
use leptos::prelude::*;
use store::training::cohorts::CohortSession;
use store::training::registers::REGISTER_KEPT;

use super::super::cohorts::programme_of;
use super::super::when;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::KeepsRegister;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::hours;

type Here = (CohortId, CohortSessionId);

/// What stands in the form about one person.
#[derive(Clone)]
struct Row {
    person: PersonId,
    name: String,
    mark: String,
    minutes: String,
    caught_up: bool,
    /// How to put it right, if it has to be.
    fault: Option<String>,
    /// What is kept of them now, where that is newer.
    kept: Option<String>,
}

/// What the page shows.
struct Shown {
    title: String,
    session: CohortSession,
    rows: Vec<Row>,
    /// What the form has seen.
    revision: i64,
    form: FormState,
    /// Nobody has come yet.
    is_ahead: bool,
}

/// Who stands in a register: whoever takes part, and whoever is marked in it already; not whoever keeps it.
async fn people(cx: &Cx, here: &KeepsRegister, register: &Register) -> store::Result<Vec<PersonId>> {
    let members = store::training::places::members(cx.site.db(), here.cohort.id).await?;
    let stands = |it: &store::training::places::Member| {
        it.state == domain::training::cohort::PlaceState::Here || register.marks.contains_key(&it.person)
    };
    let members = members.into_iter().filter(stands).map(|it| it.person);
    Ok(members.filter(|it| *it != here.tutor.person()).collect())
}

/// GET /training/cohorts/{cohort}/sessions/{session}/register
pub(crate) async fn show(cx: Cx, here: KeepsRegister, At((cohort, id)): At<Here>) -> Answer {
    let db = cx.site.db();
    let session = store::training::cohorts::session(db, cohort, id).await?.ok_or(TurnedAway::NotFound)?;
    let register = store::training::registers::of_session(db, id, session.register).await?;
    page(&cx, &here, (StatusCode::OK, FormState::default()), (session, &register), |_| None).await
}

/// POST /training/cohorts/{cohort}/sessions/{session}/register
pub(crate) async fn keep(cx: Cx, here: KeepsRegister, At((cohort, id)): At<Here>, typed: Typed) -> Answer {
    let db = cx.site.db();
    let session = store::training::cohorts::session(db, cohort, id).await?.ok_or(TurnedAway::NotFound)?;
    let tx = db.begin().await?;
    let found = store::training::registers::now(&tx, cohort, id).await?;
    let (register, held) = found.ok_or(TurnedAway::NotFound)?;
    let people = people(&cx, &here, &register).await?;
    let forms = typed_rows(&typed);
    let rows: Vec<_> = forms.values().copied().collect();
    let seen = typed.text("revision").parse().unwrap_or(0);
    let refused = match keep_register(&here.tutor, (&register, held), &people, (&rows, seen), cx.today()) {
        Ok(kept) => {
            store::training::registers::save(&tx, (cohort, id), &kept, cx.today()).await?;
            cx.keep(tx, here.event(&cx, REGISTER_KEPT).to(id.as_uuid())).await?;
            return Ok(Redirect::to(&format!("/training/cohorts/{cohort}?done=register")).into_response());
        }
        Err(refused) => refused,
    };
    drop(tx);
    let fault = |remedy: &str| vec![FieldFault { field: "register", remedy: remedy.into() }];
    let (status, faults, rows) = match refused {
        RegisterRefused::Newer => {
            let remedy = "Somebody kept this register meanwhile. What is kept now stands beside each name. Look at both, then keep what is right.";
            (StatusCode::CONFLICT, fault(remedy), Vec::new())
        }
        RegisterRefused::Off => {
            let remedy = "This session does not take place, so nothing can be marked. The coordinator can change that.";
            (StatusCode::UNPROCESSABLE_ENTITY, fault(remedy), Vec::new())
        }
        RegisterRefused::Faults(rows) => {
            let remedy =
                "Nothing is kept yet. Put right what is named beside each person, then keep it again.";
            (StatusCode::UNPROCESSABLE_ENTITY, fault(remedy), rows)
        }
    };
    let is_newer = status == StatusCode::CONFLICT;
    let form = FormState::refused(typed.clone(), faults);
    let filled = |person: PersonId| {
        let form = forms.get(&person)?;
        let fault = rows.iter().find(|it| it.0 == person).map(|it| it.1.clone());
        let now = register.marks.get(&person).copied();
        let is_other = is_newer && !is_the_same(form, now);
        Some((*form, fault, is_other.then(|| in_words(now))))
    };
    let session = CohortSession { register: register.revision, ..session };
    page(&cx, &here, (status, form), (session, &register), filled).await
}

/// What was typed, person by person.
fn typed_rows(typed: &Typed) -> BTreeMap<PersonId, RowForm<'_>> {
    let mut rows = BTreeMap::new();
    for (name, value) in typed.fields() {
        let Some((field, person)) = name.split_once('-') else { continue };
        let Ok(person) = person.parse::<PersonId>() else { continue };
        let row = rows.entry(person).or_insert(RowForm { person, mark: "", minutes: "", caught_up: false });
        match field {
            "mark" => row.mark = value,
            "minutes" => row.minutes = value,
            "caught" => row.caught_up = value == "yes",
            _ => {}
        }
    }
    rows
}

fn is_the_same(form: &RowForm<'_>, now: Option<Marked>) -> bool {
    let minutes = now.and_then(|it| it.minutes).map(|it| it.to_string()).unwrap_or_default();
    form.mark == now.map(|it| it.mark.as_str()).unwrap_or_default()
        && form.minutes.trim() == minutes
        && form.caught_up == now.is_some_and(|it| it.caught_up)
}

/// What is marked of somebody, in words.
pub(super) fn in_words(marked: Option<Marked>) -> String {
    let Some(Marked { mark, minutes, caught_up }) = marked else { return "Nothing marked".to_owned() };
    let part = minutes.map(|it| format!(", {it} minutes")).unwrap_or_default();
    let caught_up = if caught_up { ", has caught up" } else { "" };
    format!("{}{part}{caught_up}", mark.label())
}

/// What is typed of somebody, how to put it right, and what is kept now where that is newer.
type Filled<'a> = (RowForm<'a>, Option<String>, Option<String>);

async fn page<'a>(
    cx: &Cx,
    here: &KeepsRegister,
    (status, form): (StatusCode, FormState),
    (session, register): (CohortSession, &Register),
    filled: impl Fn(PersonId) -> Option<Filled<'a>>,
) -> Answer {
    let people = people(cx, here, register).await?;
    let names = names(cx, &people).await?;
    let row = |person: PersonId| {
        let name = names.get(&person).cloned().unwrap_or_default();
        match filled(person) {
            Some((form, fault, kept)) => Row {
                person,
                name,
                mark: form.mark.to_owned(),
                minutes: form.minutes.to_owned(),
                caught_up: form.caught_up,
                fault,
                kept,
            },
            None => {
                let now = register.marks.get(&person);
                let mark = now.map(|it| it.mark.as_str()).unwrap_or_default().to_owned();
                let minutes = now.and_then(|it| it.minutes).map(|it| it.to_string()).unwrap_or_default();
                let caught_up = now.is_some_and(|it| it.caught_up);
                Row { person, name, mark, minutes, caught_up, fault: None, kept: None }
            }
        }
    };
    let mut rows: Vec<_> = people.into_iter().map(row).collect();
    rows.sort_by_cached_key(|it| (filed(&it.name), it.person));
    let programme = programme_of(cx, &here.cohort).await?;
    let title = programme.session(&session.slug).map(|it| it.1.title.clone()).unwrap_or_default();
    let tab = format!("{}, register {}", programme.outline.discreet_title, session.position);
    let head = Head::new(&tab, Area::Me).failed(!form.faults.is_empty());
    let (revision, is_ahead) = (session.register, session.held.on > cx.today());
    let back = (format!("/training/cohorts/{}", here.cohort.id), here.cohort.terms.name.clone());
    let shown = Shown { title, session, rows, revision, form, is_ahead };
    Ok(cx.page(status, head, move || view! { <RegisterPage shown back/> }).await)
}

#[component]
fn RegisterPage(shown: Shown, back: (String, String)) -> impl IntoView {
    let Shown { title, session, rows, revision, form, is_ahead } = shown;
    let ((back, group), none, is_off) = (back, rows.is_empty(), session.held.is_off);
    let action = format!("{back}/sessions/{}/register", session.id);
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form/>
            <p><a class="crumb" href=back><bdi>{group}</bdi></a></p>
            <h1>"Register: "{title}</h1>
            <p class="lead">{when::said(session.held.on, session.place.begins)}", "{hours(session.held.minutes.into())}</p>
            {is_off.then(|| view! { <p class="notice care">"This session does not take place. It counts for nobody."</p> })}
            {(is_ahead && !is_off).then(|| view! { <p class="notice">"It has not been held yet. Until then you can mark who told us that they cannot come."</p> })}
            {none.then(|| view! { <p>"Nobody has a place in this group yet."</p> })}
            {(!none && !is_off).then(|| view! {
                <p>"Nobody is asked why they could not come, and there is nowhere to write it. Watching, or doing it on paper, is being there."</p>
                <form method="post" action=action class="stack" novalidate>
                    <input type="hidden" name="revision" value=revision.to_string()/>
                    <div id="register" class="stack">{rows.into_iter().map(|it| view! { <PersonField row=it/> }).collect_view()}</div>
                    <p class="row"><button class="button">"Keep the register"</button></p>
                </form>
            })}
        </div>
    }
}

#[component]
fn PersonField(row: Row) -> impl IntoView {
    let Row { person, name, mark, minutes, caught_up, fault, kept } = row;
    let [mark_id, minutes_id, caught_id, why, named] =
        ["mark", "minutes", "caught", "why", "name"].map(|it| format!("{it}-{person}"));
    let described = fault.is_some().then(|| why.clone());
    let wrong = fault.is_some();
    let options: Vec<_> = Mark::ALL
        .into_iter()
        .map(|it| view! { <option value=it.as_str() selected=mark == it.as_str()>{it.label()}</option> })
        .collect();
    view! {
        <div role="group" class=if wrong { "field card wrong" } else { "field card" } aria-labelledby=named.clone() aria-describedby=described>
            <h2 id=named.clone()><bdi>{name}</bdi></h2>
            {fault.map(|it| view! { <span class="why" id=why><span class="hidden">"Error: "</span>{it}</span> })}
            {kept.map(|it| view! { <p class="notice care">"Kept now: "{it}</p> })}
            <div class="narrow">
                <div>
                    <label for=mark_id.clone()>"Was there?"</label>
                    <select id=mark_id.clone() name=mark_id aria-invalid=wrong.then_some("true")>
                        <option value="">"Not marked"</option>
                        {options}
                    </select>
                </div>
                <div>
                    <label for=minutes_id.clone()>"Minutes, for a part"</label>
                    <input id=minutes_id.clone() name=minutes_id type="text" inputmode="numeric" autocomplete="off" value=minutes/>
                </div>
            </div>
            <label class="choice" for=caught_id.clone()>
                <input type="checkbox" id=caught_id.clone() name=caught_id.clone() value="yes" checked=caught_up/>
                <span>"Has caught up"</span>
            </label>
        </div>
    }
}
