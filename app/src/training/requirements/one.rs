//! One requirement of one person: how they stand with it, everything that was written down, and the forms for more.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::training::requirement::{Accepted, Requirement, Rule, Standing, Version};
use leptos::prelude::*;
use store::organisations::Colleague;
use store::training::matrix::Known;
use store::training::records::{self, Back as TakenBack, Notes};
use uuid::Uuid;

use super::super::required::said;
use super::super::stands::{self, Stands};
use super::notes::{Here, LOOKED_AT, found};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::FormState;
use crate::permits::RequiredOf;
use crate::permits::rounds::{base as training, names};
use crate::ui::choose::{DayField, DayNames, OneOf, filled};
use crate::ui::form::{ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

pub(super) const ON: DayNames = ["on_day", "on_month", "on_year"];
pub(super) const BOOK: DayNames = ["book_day", "book_month", "book_year"];
pub(super) const UNTIL: DayNames = ["until_day", "until_month", "until_year"];

/// Which of the forms came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Came {
    #[default]
    None,
    Record,
    Booking,
    Exemption,
    TakingBack,
}

/// A form that came back, and whether something in it looks personal.
#[derive(Clone, Default)]
pub(super) struct Back {
    pub(super) came: Came,
    pub(super) form: FormState,
    pub(super) looks_personal: bool,
}

/// One line of what was written down.
struct Line {
    id: Uuid,
    what: &'static str,
    said: String,
    by: String,
    back: Option<(TakenBack, String)>,
    /// What came from another organisation is taken back there.
    is_ours: bool,
}

/// GET /training/at/{organisation}/people/{person}/required/{requirement}
pub(crate) async fn show(cx: Cx, at: RequiredOf, At((_, _, id)): At<Here>, Asks(asks): Asks) -> Answer {
    let requirement = found(&cx, &at, id).await?;
    let done = match asks.text("done") {
        "recorded" => Some("It is written down, with your name. They see it on their own page."),
        "booked" => Some("The day is written down."),
        "exempted" => Some("It is written down, with your name. They see it on their own page."),
        "back" => Some("It is taken back. It stays here, with the reason."),
        _ => None,
    };
    page(&cx, at, requirement, (StatusCode::OK, Back::default(), done)).await
}

pub(super) async fn page(
    cx: &Cx,
    at: RequiredOf,
    requirement: Requirement,
    (status, back, done): (StatusCode, Back, Option<&'static str>),
) -> Answer {
    let RequiredOf { here, person } = at;
    let (db, organisation, today) = (cx.site.db(), here.organisation.id, cx.today());
    let notes = records::about(db, organisation, &[person.id]).await?;
    let standing = Known::of(&notes).standing(&person, &requirement, today);
    let lines = lines(cx, &notes, &requirement).await?;
    let theirs = notes.accepted.iter().filter(|it| it.1 == requirement.id);
    let mut accepted: Vec<_> = theirs.map(|it| it.2).collect();
    accepted.sort_by_key(|it| std::cmp::Reverse(it.edition));
    let version = requirement.now_or_first(today).cloned().ok_or(TurnedAway::NotFound)?;
    let path = format!("{}/people/{}/required", training(organisation), person.id);
    let head = Head::new("One person", Area::Me).failed(!back.form.faults.is_empty());
    let shown = Shown { person, requirement, version, standing, lines, accepted, path, back, done, today };
    Ok(cx.page(status, head, move || view! { <OnePage shown/> }).await)
}

/// What was written down of one requirement, with the names of those who did.
async fn lines(cx: &Cx, notes: &Notes, requirement: &Requirement) -> Result<Vec<Line>, TurnedAway> {
    let records = notes.records.iter().filter(|it| it.0 == requirement.id).map(|it| &it.1);
    let bookings = notes.bookings.iter().filter(|it| it.requirement == requirement.id);
    let exemptions = notes.exemptions.iter().filter(|it| it.requirement == requirement.id);
    let mut people = Vec::new();
    for (by, back) in records
        .clone()
        .map(|it| (it.by, &it.back))
        .chain(bookings.clone().map(|it| (it.by, &it.back)))
        .chain(exemptions.clone().map(|it| (it.by, &it.back)))
    {
        people.push(by);
        people.extend(back.as_ref().map(|it| it.by));
    }
    let names: BTreeMap<Uuid, String> = names(cx, people).await?;
    let name = |it: domain::people::PersonId| names.get(&it.as_uuid()).cloned().unwrap_or_default();
    let with = |it: &Option<TakenBack>| it.clone().map(|it| (it.clone(), name(it.by)));
    let records = records.map(|it| Line {
        id: it.id.as_uuid(),
        what: "Done",
        said: said(it),
        by: name(it.by),
        back: with(&it.back),
        is_ours: it.organisation == requirement.organisation,
    });
    let bookings = bookings.map(|it| Line {
        id: it.id.as_uuid(),
        what: "Booked",
        said: format!("for {}", date(it.on)),
        by: name(it.by),
        back: with(&it.back),
        is_ours: true,
    });
    let exemptions = exemptions.map(|it| Line {
        id: it.id.as_uuid(),
        what: "Exempt",
        said: format!("from {} until {}: {}", date(it.time.from), date(it.time.until), it.why),
        by: name(it.by),
        back: with(&it.back),
        is_ours: true,
    });
    Ok(records.chain(bookings).chain(exemptions).collect())
}

struct Shown {
    person: Colleague,
    requirement: Requirement,
    version: Version,
    standing: Option<Standing>,
    lines: Vec<Line>,
    /// What they accepted, of a policy.
    accepted: Vec<Accepted>,
    path: String,
    back: Back,
    done: Option<&'static str>,
    today: NaiveDate,
}

#[component]
fn OnePage(shown: Shown) -> impl IntoView {
    let Shown { person, requirement, version, standing, lines, accepted, path, back, done, today } = shown;
    let here = format!("{path}/{}", requirement.id);
    let more = standing.map(|it| stands::more(&it, &version.rule)).unwrap_or_default();
    let coming = requirement.coming(today).filter(|it| it.number != version.number);
    let coming = coming.map(super::super::required::coming);
    let (none, is_policy) = (lines.is_empty() && accepted.is_empty(), requirement.is_policy());
    let of =
        |came: Came| if back.came == came { back.clone() } else { Back { form: fresh(), ..Back::default() } };
    let (recording, booking, exempting) = (of(Came::Record), of(Came::Booking), of(Came::Exemption));
    let taking_back = (back.came == Came::TakingBack).then(|| back.clone());
    let action = format!("{here}/take-back");
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=back.form.clone()/>
            <p><a class="crumb" href=path.clone()><bdi>{person.known_as.clone()}</bdi></a></p>
            <h1>{version.called()}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {standing.map(|standing| view! { <p><Stands standing/></p> })}
            {standing.is_none().then(|| view! { <p>"It is not asked of "<bdi>{person.known_as.clone()}</bdi>" today."</p> })}
            {(!more.is_empty()).then(|| view! { <p>{more}</p> })}
            <p class="soft">{version.rule.said()}</p>
            {coming.map(|it| view! { <p>{it}</p> })}
            <section class="stack" aria-labelledby="written">
                <h2 id="written">"What is written down"</h2>
                {none.then(|| view! { <p>"Nothing yet."</p> })}
                {(!none).then(|| view! {
                    <ul role="list" class="stack">
                        {accepted.into_iter().map(accepted_line).collect_view()}
                        {lines.into_iter().map(|line| view! { <LineCard line action=action.clone() back=taking_back.clone()/> }).collect_view()}
                    </ul>
                })}
            </section>
            {is_policy.then(|| view! { <p class="soft">"They accept it themselves, on their own page. Nobody does it for them."</p> })}
            {(!is_policy).then(|| view! {
                <Recording here=here.clone() rule=version.rule.clone() back=recording/>
                <Booking here=here.clone() back=booking/>
            })}
            <Exempting here back=exempting/>
        </div>
    }
}

fn accepted_line(it: Accepted) -> impl IntoView {
    view! { <li class="card"><p><b>"Accepted"</b>" version "{it.edition}" on "{date(it.on)}</p></li> }
}

/// A form that keeps one thing, however often it is sent.
fn fresh() -> FormState {
    filled(&[("id", Uuid::now_v7().to_string())])
}

#[component]
fn LineCard(line: Line, action: String, back: Option<Back>) -> impl IntoView {
    let Line { id, what, said, by, back: taken, is_ours } = line;
    let is_taken = taken.is_some();
    let back = back.filter(|it| it.form.typed.text("what") == id.to_string());
    let is_open = back.is_some();
    let Back { form, looks_personal, .. } = back.unwrap_or_default();
    let taken = taken.map(|(it, by)| format!("Taken back by {by} on {}: {}", date(it.on), it.why));
    let summary = format!("Take this back: {what} {said}");
    view! {
        <li class="card stack">
            <p>{is_taken.then(|| view! { <span class="tag">"Taken back"</span>" " })}<b>{what}</b>" "{said}</p>
            <p class="soft">{if what == "Exempt" { "Decided by " } else if what == "Done" { "Seen by " } else { "Written down by " }}<bdi>{by}</bdi></p>
            {taken.map(|it| view! { <p>{it}</p> })}
            {(!is_taken && !is_ours).then(|| view! { <p class="soft">"Written down at another organisation. They let it count here."</p> })}
            {(!is_taken && is_ours).then(|| view! {
                <details open=is_open>
                    <summary aria-label=summary>"Take this back"</summary>
                    <form method="post" action=action class="stack" novalidate>
                        <input type="hidden" name="what" value=id.to_string()/>
                        <BackWhy id form=form.clone() is_open/>
                        {looks_personal.then(|| view! { <LookedAgain form/> })}
                        <p class="row"><button class="button quiet">"Take it back"</button></p>
                    </form>
                </details>
            })}
        </li>
    }
}

/// The reason. Several such fields stand on a page: only the one that came back carries the name as its id.
#[component]
fn BackWhy(id: Uuid, form: FormState, is_open: bool) -> impl IntoView {
    if is_open {
        return view! { <Field form name="back_why" label="Why, in a word?" takes=Takes::Line/> }.into_any();
    }
    let field = format!("back-why-{id}");
    view! {
        <div class="field">
            <label for=field.clone()>"Why, in a word?"</label>
            <input id=field name="back_why" type="text" autocomplete="off"/>
        </div>
    }
    .into_any()
}

#[component]
fn LookedAgain(form: FormState) -> impl IntoView {
    view! { <Tick form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is, or about health"/> }
}

#[component]
fn Recording(here: String, rule: Rule, back: Back) -> impl IntoView {
    let Back { form, looks_personal, .. } = back;
    let parts: Vec<_> = rule.parts().iter().map(|it| (it.clone(), it.clone())).collect();
    let counts_hours = matches!(rule, Rule::Hours { .. });
    let hint = if counts_hours { "Such as 2 or 1.5." } else { "Such as 2 or 1.5, or empty." };
    let id = form.typed.text("id").to_owned();
    view! {
        <section class="stack" aria-labelledby="record">
            <h2 id="record">"Write down what they did"</h2>
            <p>"You say with your name that you have seen something that shows it. It cannot be changed afterwards, only taken back."</p>
            <form method="post" action=format!("{here}/record") class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                {(!parts.is_empty()).then(|| view! { <OneOf form=form.clone() name="part" label="Which part?" choices=parts/> })}
                <DayField form=form.clone() names=ON legend="On which day?" hint="The day on which they did it."/>
                <Field form=form.clone() name="hours" label="How many hours did it take?" takes=Takes::Line hint=hint/>
                <Field form=form.clone() name="provider" label="Who gave it?" takes=Takes::Line hint="Such as our college, or the name of a website."/>
                <Field form=form.clone() name="evidence" label="What shows it?" takes=Takes::Line hint="Such as: certificate seen. Nothing about health."/>
                {looks_personal.then(|| view! { <LookedAgain form/> })}
                <p class="row"><button class="button">"Write it down"</button></p>
            </form>
        </section>
    }
}

#[component]
fn Booking(here: String, back: Back) -> impl IntoView {
    let form = back.form;
    let id = form.typed.text("id").to_owned();
    view! {
        <section class="stack" aria-labelledby="book">
            <h2 id="book">"Set a day for it"</h2>
            <form method="post" action=format!("{here}/book") class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <DayField form names=BOOK legend="On which day will they do it?"/>
                <p class="row"><button class="button quiet">"Set this day"</button></p>
            </form>
        </section>
    }
}

#[component]
fn Exempting(here: String, back: Back) -> impl IntoView {
    let Back { came, form, looks_personal } = back;
    let id = form.typed.text("id").to_owned();
    view! {
        <details open=came == Came::Exemption>
            <summary>"They need not do it for a time"</summary>
            <form method="post" action=format!("{here}/exempt") class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <Field form=form.clone() name="why" label="Why, in a word?" takes=Takes::Line hint="Such as: did the same elsewhere. Nothing about health. They read it."/>
                <DayField form=form.clone() names=UNTIL legend="Until which day?" hint="Within two years. After that it is asked of them again."/>
                {looks_personal.then(|| view! { <LookedAgain form/> })}
                <p class="row"><button class="button quiet">"Decide this"</button></p>
            </form>
        </details>
    }
}
