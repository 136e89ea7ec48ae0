//! The form in which a session is written down.

use axum::http::StatusCode;
use domain::people::PersonId;
use domain::supervision::presence::Came;
use domain::wall::WhichHour;
use leptos::prelude::*;
use store::supervision::sessions::Held;

use super::super::DAY;
use super::Where;
use super::form::{ACTIONS, ANOTHER, ActionNames};
use crate::form::FormState;
use crate::training::when::hour;
use crate::ui::choose::{DayField, OneOf};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes, Tick, Why};
use crate::ui::text_area::TextArea;
use crate::ui::words::{date, hours};

/// How a page comes back.
pub(super) struct Back {
    pub(super) status: StatusCode,
    pub(super) form: FormState,
    /// What has to be put right of who came.
    pub(super) rows: Vec<(PersonId, String)>,
    /// What is written down of that day already.
    pub(super) there: Vec<Held>,
    /// Something looks as if it told who somebody is.
    pub(super) looks_personal: bool,
}

impl Back {
    /// A form as somebody opens it.
    pub(super) const fn opened(form: FormState) -> Self {
        Self { status: StatusCode::OK, form, rows: Vec::new(), there: Vec::new(), looks_personal: false }
    }
}

/// Somebody of a group.
pub(super) struct Row {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) came: String,
    pub(super) minutes: String,
    pub(super) fault: Option<String>,
}

/// A session that is there already, with who wrote it down.
pub(super) struct There {
    pub(super) held: Held,
    pub(super) by: String,
}

#[component]
pub(super) fn RecordPage(
    at: Where,
    form: FormState,
    /// Of a group, everybody who may have come.
    rows: Vec<Row>,
    there: Vec<There>,
    /// Who may own an action.
    owners: Vec<(String, String)>,
    looks_personal: bool,
) -> impl IntoView {
    let Where { action, back, title, came_up, changes, is_group, readers, .. } = at;
    let number = form.typed.text("number").to_owned();
    let planned = form.typed.text("planned").to_owned();
    let id = form.typed.text("id").to_owned();
    let mut same = vec![(ANOTHER.to_owned(), "Another session of that day: keep both".to_owned())];
    let is_it = |it: &There| {
        format!("The one at {}: keep mine, and let that stand as an earlier version", hour(it.held.time))
    };
    same.extend(there.iter().map(|it| (it.held.id.to_string(), is_it(it))));
    let asks_same = !there.is_empty();
    let leave = back.clone();
    let why = form.fault("present");
    let class = if why.is_some() { "field wrong" } else { "field" };
    let actions_open = ACTIONS.iter().any(|it| {
        [it.what, it.who, it.due[0]].iter().any(|name| form.fault(name).is_some())
            || !form.typed.text(it.what).is_empty()
    });
    let actions: Vec<_> = ACTIONS
        .into_iter()
        .zip(1_u8..)
        .map(|(names, nth)| view! { <ActionFields form=form.clone() names nth owners=owners.clone()/> })
        .collect();
    let looked = "I have looked again: it names nobody";
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=back>{title}</a></p>
            <h1>{match (changes, is_group) {
                (true, _) => "Change what is written down",
                (false, true) => "Write down a session of the group",
                (false, false) => "Write down that you met",
            }}</h1>
            {came_up.then(|| view! { <p class="lead">"When something came up and you talked about it."</p> })}
            {(!is_group).then(|| view! { <p>"Either of you can write it down, and both of you see it."</p> })}
            {asks_same.then(|| view! { <WrittenAlready there leave/> })}
            <form method="post" action=action class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                {(!planned.is_empty()).then(|| view! { <input type="hidden" name="planned" value=planned/> })}
                {changes.then(|| view! { <input type="hidden" name="number" value=number/> })}
                {(asks_same && !changes).then(|| view! { <OneOf form=form.clone() name="same" label="Which is it?" choices=same/> })}
                <DayField form=form.clone() names=DAY legend="On which day did it begin?"/>
                <Field form=form.clone() name="time" label="At what time?" takes=Takes::Line hint="Such as 16:30."/>
                <WhichOfTwo form=form.clone()/>
                <Field form=form.clone() name="minutes" label="For how many minutes?" takes=Takes::Number/>
                <Field form=form.clone() name="place" label="Where?" takes=Takes::Line hint="Such as by phone. You can leave this empty."/>
                {is_group.then(|| view! {
                    <fieldset id="present" class=class>
                        <legend>"Who came?"</legend>
                        <Why name="present" fault=why/>
                        {rows.into_iter().map(|it| view! { <PersonRow row=it/> }).collect_view()}
                    </fieldset>
                })}
                <TextArea form=form.clone() name="themes" label="What was it about, in a few words?" hint="Themes only, and you can leave this empty. No service user is named here." rows="3"/>
                <p class="soft">{readers}</p>
                <details open=actions_open>
                    <summary>"What did you agree to do?"</summary>
                    <div class="stack">{actions}</div>
                </details>
                {looks_personal.then(|| view! { <Tick form name="looked" label=looked/> })}
                <p class="row"><button class="button">"Write it down"</button></p>
            </form>
        </div>
    }
}

/// Which of two hours is meant, where the clock shows a time twice.
#[component]
pub(in crate::supervision) fn WhichOfTwo(form: FormState) -> impl IntoView {
    let asks = form.fault("which").is_some() || !form.typed.text("which").is_empty();
    let choices = vec![
        (WhichHour::First.as_str(), "Before the clocks go back"),
        (WhichHour::Second.as_str(), "After they have gone back"),
    ];
    asks.then(|| view! { <Choices form name="which" legend="Which of the two?".to_owned() choices/> })
}

/// What is written down of that day, so that whoever writes sees both.
#[component]
fn WrittenAlready(there: Vec<There>, leave: String) -> impl IntoView {
    let said = |it: There| {
        let Held { day, time, minutes, .. } = it.held;
        view! { <li>{date(day)}" at "{hour(time)}", "{hours(minutes.into())}", written by "<bdi>{it.by}</bdi>"."</li> }
    };
    view! {
        <section class="notice care stack" aria-labelledby="there">
            <h2 id="there">"What is written down already"</h2>
            <ul class="stack">{there.into_iter().map(said).collect_view()}</ul>
            <p><a class="alone" href=leave>"It is the same: leave it as it is"</a></p>
        </section>
    }
}

/// Whether somebody of a group came. The minutes of a part are shown by style where the browser can.
#[component]
fn PersonRow(row: Row) -> impl IntoView {
    let Row { person, name, came, minutes, fault } = row;
    let [came_id, minutes_id, why] = ["came", "minutes", "why"].map(|it| format!("{it}-{person}"));
    let described = fault.is_some().then(|| why.clone());
    let wrong = fault.is_some();
    let options: Vec<_> = Came::ALL
        .into_iter()
        .map(|it| view! { <option value=it.as_str() selected=came == it.as_str()>{it.label()}</option> })
        .collect();
    let label = format!("Minutes of {name}");
    view! {
        <div class=if wrong { "presence field wrong" } else { "presence" }>
            <label for=came_id.clone()><bdi>{name}</bdi></label>
            {fault.map(|it| view! { <span class="why" id=why><span class="hidden">"Error: "</span>{it}</span> })}
            <select id=came_id.clone() name=came_id aria-invalid=wrong.then_some("true") aria-describedby=described>
                <option value="">"Leave out"</option>
                {options}
            </select>
            <span class="part">
                <label class="hidden" for=minutes_id.clone()>{label}</label>
                <input id=minutes_id.clone() name=minutes_id type="text" inputmode="numeric" autocomplete="off" placeholder="Minutes" value=minutes/>
            </span>
        </div>
    }
}

#[component]
fn ActionFields(
    form: FormState,
    names: ActionNames,
    nth: u8,
    owners: Vec<(String, String)>,
) -> impl IntoView {
    let id = format!("action-{nth}");
    let named = id.clone();
    view! {
        <div role="group" class="card stack" aria-labelledby=named>
            <h2 id=id>"Action "{nth}</h2>
            <Field form=form.clone() name=names.what label="What is to be done?" takes=Takes::Line hint="No service user is named here."/>
            <OneOf form=form.clone() name=names.who label="Who does it?" choices=owners/>
            <DayField form=form.clone() names=names.due legend="By which day?"/>
            <Tick form name=names.shareable label="Others who count sessions may see that this was agreed"/>
        </div>
    }
}
