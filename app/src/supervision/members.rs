//! Who belongs to a group: adding somebody, and setting their last day.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{FieldFault, NotWith, PersonId, Purpose, may_be_assigned};
use domain::supervision::arrangement::{ArrangementId, Spell, latest_of};
use domain::supervision::group::{LEAVES_TIME_FOR, NotJoined, is_supervised, join, leave};
use leptos::prelude::*;
use store::audit::Event;
use store::organisations::{Among, Colleague, PeoplePage};
use store::supervision::agreements::versions_now;
use store::supervision::arrangements::{arrangement_now, spells_now};
use store::supervision::members::{save, save_ended, written_on};
use store::supervision::{JOINED, LEFT};

use super::{place, title};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::{LeadsGroup, StrandHere};
use crate::ui::choose::{DayField, DayNames, OneOf, filled, filled_day, typed_day};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

const FROM: DayNames = ["from_day", "from_month", "from_year"];
const LAST: DayNames = ["last_day", "last_month", "last_year"];

/// How many people are looked at whose name begins as it was typed, and how many of them are shown at most.
const LOOKED_AT: u64 = 60;
const SHOWN: usize = 12;

/// Something that is done to somebody's membership, about to be written down.
fn event(cx: &Cx, here: &StrandHere, action: store::audit::Action, person: PersonId) -> Event {
    here.event(cx, action).about(person.as_uuid())
}

/// GET /supervision/{arrangement}/members
pub(crate) async fn show(cx: Cx, LeadsGroup { here }: LeadsGroup, Asks(asks): Asks) -> Answer {
    let mut fields = vec![("name", asks.text("name").to_owned())];
    fields.extend(filled_day(FROM, cx.today().max(here.arrangement.from)));
    let done = match asks.text("done") {
        "begun" => {
            Some("The group has begun. Add who belongs to it: they are written to, and read the agreement.")
        }
        "joined" => Some("They belong to the group. They are written to, and read the agreement."),
        "left" => Some("Their last day is kept. What was written down until then stays."),
        _ => None,
    };
    page(&cx, &here, (StatusCode::OK, filled(&fields)), done).await
}

/// POST /supervision/{arrangement}/members
pub(crate) async fn add(cx: Cx, LeadsGroup { here }: LeadsGroup, typed: Typed) -> Answer {
    let (id, done) = (here.arrangement.id, format!("{}/members?done=joined", place(here.arrangement.id)));
    let Ok(person) = typed.text("person").parse::<PersonId>() else {
        let remedy = "Find somebody by their name first, then choose them.".into();
        let form = FormState::refused(typed, vec![FieldFault { field: "person", remedy }]);
        return page(&cx, &here, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await;
    };
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, id).await?;
    let engagements = store::people::engagements_now(&tx, person).await?;
    let not_with = store::arranging::not_with_now(&tx, person).await?;
    let who = (person, &engagements[..], &not_with);
    match join(&here.member, (&arrangement, &spells), who, (typed_day(&typed, FROM), cx.today())) {
        Ok(new) => {
            save(&tx, id, &new).await?;
            if let Some(last) = versions_now(&tx, id).await?.pop() {
                let agreement = format!("{}/agreement/{}", place(id), last.version.number);
                tell(&cx, &tx, (person, Happened::AgreementWaits), &agreement).await?;
            }
            cx.keep(tx, event(&cx, &here, JOINED, person)).await?;
            Ok(cx.done(&done))
        }
        // A second tap.
        Err(NotJoined::Already) => Ok(cx.done(&done)),
        Err(NotJoined::Faults(faults)) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            page(&cx, &here, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
        }
    }
}

/// Whom a name brought up.
#[derive(Default)]
struct Found {
    people: Vec<Colleague>,
    /// There may be others.
    there_is_more: bool,
}

/// People whose name begins as it was typed, and who may join.
async fn found(cx: &Cx, here: &StrandHere, called: &str) -> store::Result<Found> {
    if called.trim().is_empty() {
        return Ok(Found::default());
    }
    let (db, today) = (cx.site.db(), cx.today());
    let page =
        PeoplePage { among: Among::Everybody, called: called.trim(), after: None, today, limit: LOOKED_AT };
    let mut all = store::organisations::people(db, here.arrangement.organisation, page).await?;
    let there_is_more = u64::try_from(all.len()).is_ok_and(|it| it == LOOKED_AT);
    let is_there = |it: &PersonId| here.spells.iter().any(|spell| spell.person == *it && spell.to.is_none());
    all.retain(|it| {
        let may = it.engagements.iter().any(|it| it.is_current(today) && is_supervised(it.kind));
        may && it.id != here.me && !is_there(&it.id)
    });
    let ids: Vec<_> = all.iter().map(|it| it.id).collect();
    // Whoever would rather not have this leader is in no list, and why is told to nobody.
    let lists = store::arranging::not_with_of(db, &ids).await?;
    let may_be = |it: &NotWith| may_be_assigned(Purpose::Supervise, here.arrangement.supervisor, it);
    all.retain(|it| lists.iter().find(|list| list.person() == it.id).is_none_or(may_be));
    let there_is_more = there_is_more || all.len() > SHOWN;
    all.truncate(SHOWN);
    Ok(Found { people: all, there_is_more })
}

/// Somebody in the list.
struct Row {
    person: PersonId,
    name: String,
    spell: Spell,
}

async fn page(
    cx: &Cx,
    here: &StrandHere,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let called = title(cx, here).await?;
    let people: Vec<_> = here.spells.iter().map(|it| it.person).collect();
    let names = names(cx, &people).await?;
    let row = |spell: &Spell| {
        let name = names.get(&spell.person).cloned().unwrap_or_default();
        Row { person: spell.person, name, spell: *spell }
    };
    let today = cx.today();
    let (there, left): (Vec<_>, Vec<_>) =
        here.spells.iter().map(row).partition(|it| it.spell.to.is_none_or(|last| last >= today));
    let Found { people: found, there_is_more } = found(cx, here, form.typed.text("name")).await?;
    let labels = store::organisations::labels(cx.site.db(), &[here.arrangement.organisation]).await?;
    let choice = |it: Colleague| {
        let kinds = it.engagements.iter().filter(|it| it.is_current(today));
        let mut kinds: Vec<_> = kinds.map(|it| labels.word(it.organisation, it.kind).to_owned()).collect();
        kinds.dedup();
        (it.id.to_string(), format!("{} ({})", it.known_as, kinds.join(", ")))
    };
    let choices = found.into_iter().map(choice).collect();
    let path = place(here.arrangement.id);
    let head = Head::new("Who belongs to a group", Area::Me).failed(!form.faults.is_empty());
    Ok(cx
        .page(
            status,
            head,
            move || view! { <MembersPage path called there left choices there_is_more form done/> },
        )
        .await)
}

#[component]
fn MembersPage(
    path: String,
    called: String,
    there: Vec<Row>,
    left: Vec<Row>,
    choices: Vec<(String, String)>,
    /// More people have a name that begins as it was typed.
    there_is_more: bool,
    form: FormState,
    done: Option<&'static str>,
) -> impl IntoView {
    let action = format!("{path}/members");
    let (none, many) = (there.is_empty(), there.len() > LEAVES_TIME_FOR);
    let (sought, nobody) = (form.typed.text("name").to_owned(), choices.is_empty());
    let list = |rows: Vec<Row>, path: String| {
        let row = move |it: Row| {
            let href = format!("{path}/members/{}", it.person);
            let until = it.spell.to.map(|it| format!(" to {}", date(it)));
            view! {
                <li class="card stack">
                    <h3><bdi>{it.name.clone()}</bdi></h3>
                    <p>"From "{date(it.spell.from)}{until}</p>
                    <p><a class="alone" href=href>{format!("Set the last day of {}", it.name)}</a></p>
                </li>
            }
        };
        view! { <ul role="list" class="stack">{rows.into_iter().map(row).collect_view()}</ul> }
    };
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=path.clone()>{called}</a></p>
            <h1>"Who belongs to it"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {many.then(|| view! { <p class="notice">{format!("More than {LEAVES_TIME_FOR} people belong to it. In a smaller group there is time for everybody: a second one may help.")}</p> })}
            <section class="stack" aria-labelledby="there">
                <h2 id="there">"Members"</h2>
                {none.then(|| view! { <p>"Nobody belongs to it yet."</p> })}
                {(!none).then(|| list(there, path.clone()))}
            </section>
            <section class="card stack" aria-labelledby="add">
                <h2 id="add">"Add somebody"</h2>
                <form method="get" action=action.clone() class="stack" role="search">
                    <Field form=form.clone() name="name" label="Find somebody by name" takes=Takes::Line hint="The beginning of any of their names."/>
                    <p><button class="button quiet">"Find"</button></p>
                </form>
                {there_is_more.then(|| view! { <p role="status">"More people have a name that begins so. Type more of it to find somebody who is not in the list."</p> })}
                {(nobody && !there_is_more && !sought.trim().is_empty()).then(|| view! { <p role="status">"Nobody who could join has a name that begins so. Try another of their names, or less of it."</p> })}
                {(!nobody || form.fault("person").is_some()).then(|| view! {
                    <form method="post" action=action class="stack" novalidate>
                        <input type="hidden" name="name" value=sought/>
                        <OneOf form=form.clone() name="person" label="Who is it?" choices/>
                        <DayField form=form.clone() names=FROM legend="From which day?"/>
                        <p><button class="button">"Add to the group"</button></p>
                    </form>
                })}
            </section>
            {(!left.is_empty()).then(|| view! { <details><summary>"Who has left"</summary>{list(left, path)}</details> })}
        </div>
    }
}

type OnePath = (ArrangementId, PersonId);

/// GET /supervision/{arrangement}/members/{person}
pub(crate) async fn show_one(
    cx: Cx,
    LeadsGroup { here }: LeadsGroup,
    At((_, person)): At<OnePath>,
) -> Answer {
    let spell = latest_of(&here.spells, person).ok_or(TurnedAway::NotFound)?;
    let form = filled(&filled_day(LAST, spell.to.unwrap_or(cx.today())));
    one_page(&cx, &here, person, (StatusCode::OK, form)).await
}

/// POST /supervision/{arrangement}/members/{person}
pub(crate) async fn end(
    cx: Cx,
    LeadsGroup { here }: LeadsGroup,
    At((_, person)): At<OnePath>,
    typed: Typed,
) -> Answer {
    let id = here.arrangement.id;
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, id).await?;
    latest_of(&spells, person).ok_or(TurnedAway::NotFound)?;
    let written = written_on(&tx, (id, person)).await?;
    let last = (typed_day(&typed, LAST), cx.today());
    match leave(&here.member, (&arrangement, &spells, person), last, written) {
        Ok(ended) => {
            save_ended(&tx, id, &ended).await?;
            cx.keep(tx, event(&cx, &here, LEFT, person)).await?;
            Ok(cx.done(&format!("{}/members?done=left", place(id))))
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            one_page(&cx, &here, person, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn one_page(
    cx: &Cx,
    here: &StrandHere,
    person: PersonId,
    (status, form): (StatusCode, FormState),
) -> Answer {
    let mut names: BTreeMap<_, _> = names(cx, &[person]).await?;
    let (name, path) = (names.remove(&person).unwrap_or_default(), place(here.arrangement.id));
    let action = format!("{path}/members/{person}");
    let head = Head::new("A last day in a group", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=format!("{path}/members")>"Who belongs to it"</a></p>
                <h1>"The last day of "<bdi>{name}</bdi></h1>
                <p class="lead">"They keep what was shared on days when they were a member, and see nothing of later ones. They can come back."</p>
                <form method="post" action=action class="stack" novalidate>
                    <DayField form names=LAST legend="On which day do they belong to the group last?"/>
                    <p><button class="button">"Keep this day"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
