//! One session that lies ahead: read, moved, called off; and the list of those to come.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::people::{FieldFault, PersonId};
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::plan::{
    CalledOff, Fate, NotChanged, OffForm, Planned, PlannedId, Why, call_off as off_rule, is_link, may_plan,
    shift, slot,
};
use domain::supervision::session::may_write;
use domain::wall::Wall;
use leptos::prelude::*;
use store::supervision::arrangements::{arrangement_now, spells_now};
use store::supervision::planned::{KeptPlanned, busy_now, later_now, planned_now, save_moved, save_off};
use store::supervision::{CALLED_OFF, MOVED};

use super::plan::{SlotFields, needed, typed_slot};
use super::session::session_at;
use super::{DAY, place, title};
use crate::called::names;
use crate::clock::on_wall;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::PlannedHere;
use crate::training::when::said;
use crate::ui::choose::filled_day;
use crate::ui::form::{Choices, ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::words::{hours, moment_on_paper};

/// Where one is.
pub(super) fn planned_at(arrangement: ArrangementId, planned: PlannedId) -> String {
    format!("{}/planned/{planned}", place(arrangement))
}

/// A list of those to come, and of those that wait to be written down.
#[component]
pub(super) fn PlannedList(
    /// With what each is called, where they are of several pairs and groups.
    planned: Vec<(Option<String>, Planned)>,
) -> impl IntoView {
    let row = |(called, it): (Option<String>, Planned)| {
        let href = planned_at(it.arrangement, it.id);
        let when = said(it.day, it.time);
        view! {
            <li>
                <p><a class="alone" href=href>{when}</a></p>
                <p class="soft">{called.map(|it| view! { <bdi>{it}</bdi>", " })}{hours(it.minutes.into())}{(!it.place.is_empty()).then(|| view! { ", "<Place place=it.place/> })}</p>
            </li>
        }
    };
    view! { <ul role="list" class="stack">{planned.into_iter().map(row).collect_view()}</ul> }
}

/// Where it is, or the link by which it is.
#[component]
fn Place(place: String) -> impl IntoView {
    if is_link(&place) {
        view! { <a href=place rel="noopener noreferrer">"by this link"</a> }.into_any()
    } else {
        view! { <bdi>{place}</bdi> }.into_any()
    }
}

/// GET /supervision/{arrangement}/planned/{planned}
pub(crate) async fn show(cx: Cx, at: PlannedHere, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "moved" => Some("It is moved. Whoever belongs to it is told."),
        "off" => Some("That is kept. Whoever belongs to it is told."),
        _ => None,
    };
    let form = opened(&at.kept.planned, None);
    page(&cx, at, (StatusCode::OK, form, done)).await
}

/// POST /supervision/{arrangement}/planned/{planned}/move
pub(crate) async fn shift_it(cx: Cx, at: PlannedHere, typed: Typed) -> Answer {
    if !may_plan(&at.here.member, &at.here.arrangement, cx.today()) {
        return Err(TurnedAway::NotFound);
    }
    let (here, id) = (&at.here, at.kept.planned.id);
    let path = planned_at(here.arrangement.id, id);
    let slot = match slot(&here.arrangement, &typed_slot(&typed), (&on_wall, cx.now())) {
        Ok(slot) => slot,
        Err(faults) => return refused(&cx, at, typed, NotChanged::Faults(faults)).await,
    };
    let tx = cx.site.db().begin().await?;
    store::people::take_turns(&tx, &needed(&here.arrangement)).await?;
    let arrangement = arrangement_now(&tx, here.arrangement.id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, arrangement.id).await?;
    let planned = planned_now(&tx, &here.member, id).await?.ok_or(TurnedAway::NotFound)?;
    let mut later = match typed.text("later") {
        "yes" => later_now(&tx, &here.member, planned.day).await?,
        _ => Vec::new(),
    };
    later.retain(|it| it.id != id && it.starts > planned.starts);
    let moved: Vec<_> = later.iter().map(|it| it.id).chain([id]).collect();
    let last = later.iter().map(|it| it.day).max().unwrap_or(planned.day);
    let by_days = slot.day() - planned.day;
    let span = (slot.day().min(planned.day), (last + by_days).max(slot.day()));
    let busy = busy_now(&tx, (&needed(&arrangement), &moved), span).await?;
    let asked = (&busy[..], &on_wall as Wall<'_>, cx.now());
    let seen = (&slot, typed.text("number").parse().unwrap_or(0));
    match shift(&here.member, (&arrangement, &spells), (&planned, &later), seen, asked) {
        Ok(moved) => {
            save_moved(&tx, &moved, cx.now()).await?;
            for other in here.others(cx.today()) {
                tell(&cx, &tx, (other, Happened::PlanChanged), &path).await?;
            }
            cx.keep(tx, here.event(&cx, MOVED)).await?;
            Ok(cx.done(&format!("{path}?done=moved")))
        }
        // A second tap.
        Err(NotChanged::Already) => Ok(cx.done(&format!("{path}?done=moved"))),
        Err(why) => {
            drop(tx);
            refused(&cx, at, typed, why).await
        }
    }
}

/// POST /supervision/{arrangement}/planned/{planned}/off: also once the pair or group is over, because what was planned
/// until then may still not have taken place.
pub(crate) async fn call_off(cx: Cx, at: PlannedHere, typed: Typed) -> Answer {
    if !may_write(&at.here.arrangement, at.here.member.part()) {
        return Err(TurnedAway::NotFound);
    }
    let (here, id) = (&at.here, at.kept.planned.id);
    let path = planned_at(here.arrangement.id, id);
    let form = OffForm {
        off: typed.text("off"),
        why: typed.text("why"),
        seen: typed.text("number").parse().unwrap_or(0),
    };
    let tx = cx.site.db().begin().await?;
    let planned = planned_now(&tx, &here.member, id).await?.ok_or(TurnedAway::NotFound)?;
    match off_rule(&here.member, (&here.arrangement, &planned), &form, cx.now()) {
        Ok(new) => {
            save_off(&tx, &new, cx.now()).await?;
            for other in here.others(cx.today()) {
                tell(&cx, &tx, (other, Happened::PlanChanged), &path).await?;
            }
            cx.keep(tx, here.event(&cx, CALLED_OFF)).await?;
            Ok(cx.done(&format!("{path}?done=off")))
        }
        // A second tap.
        Err(NotChanged::Already) => Ok(cx.done(&format!("{path}?done=off"))),
        Err(why) => {
            drop(tx);
            refused(&cx, at, typed, why).await
        }
    }
}

/// The forms as it stands, behind what was typed.
fn opened(planned: &Planned, typed: Option<&Typed>) -> FormState {
    let stands = [
        ("number", planned.number.to_string()),
        ("time", planned.time.to_string()),
        ("minutes", planned.minutes.to_string()),
        ("place", planned.place.clone()),
    ];
    let stands = stands.into_iter().chain(filled_day(DAY, planned.day));
    let typed = typed.into_iter().flat_map(Typed::fields);
    let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let parts = typed.chain(stands.map(|(name, value)| (name.to_owned(), value)));
    FormState { typed: Typed::of_parts(parts), ..FormState::default() }
}

async fn refused(cx: &Cx, at: PlannedHere, typed: Typed, why: NotChanged) -> Answer {
    let (status, faults, typed) = match why {
        NotChanged::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, faults, typed),
        NotChanged::Newer | NotChanged::Already => {
            let remedy = "It was changed meanwhile. How it stands now is shown here. Look at both, then say it again if it is still right.";
            let field = if typed.text("time").is_empty() { "off" } else { "day_day" };
            let fault = FieldFault { field, remedy: remedy.into() };
            // Whoever has seen how it stands may say theirs again.
            let typed = typed.with("number", at.kept.planned.number);
            (StatusCode::CONFLICT, vec![fault], typed)
        }
    };
    let form = FormState { faults, ..opened(&at.kept.planned, Some(&typed)) };
    page(cx, at, (status, form, None)).await
}

/// Everything on the page.
struct Whole {
    path: String,
    back: (String, String),
    kept: KeptPlanned,
    made_by: String,
    /// Who called it off.
    off_by: String,
    now: DateTime<Utc>,
    may_move: bool,
    /// Whether they may say that it took place, or did not.
    may_settle: bool,
    done: Option<&'static str>,
}

async fn page(
    cx: &Cx,
    at: PlannedHere,
    (status, form, done): (StatusCode, FormState, Option<&'static str>),
) -> Answer {
    let PlannedHere { here, kept } = at;
    let people: Vec<PersonId> = [kept.made_by].into_iter().chain(kept.off_by).collect();
    let called = names(cx, &people).await?;
    let name = |it: PersonId| called.get(&it).cloned().unwrap_or_default();
    let whole = Whole {
        path: planned_at(here.arrangement.id, kept.planned.id),
        back: (place(here.arrangement.id), title(cx, &here).await?),
        made_by: name(kept.made_by),
        off_by: kept.off_by.map(name).unwrap_or_default(),
        now: cx.now(),
        may_move: may_plan(&here.member, &here.arrangement, cx.today()),
        may_settle: may_write(&here.arrangement, here.member.part()),
        kept,
        done,
    };
    let head = Head::new("A session that is planned", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <PlannedPage whole form/> }).await)
}

#[component]
fn PlannedPage(whole: Whole, form: FormState) -> impl IntoView {
    let Whole { path, back, kept, made_by, off_by, now, may_move, may_settle, done } = whole;
    let KeptPlanned { planned, first_starts, why, .. } = kept;
    let (is_open, has_begun) = (planned.fate == Fate::Open, planned.starts <= now);
    let moved = (first_starts != planned.starts).then(|| moment_on_paper(first_starts));
    let record = format!("{}/record?planned={}", back.0, planned.id);
    let held = match planned.fate {
        Fate::Held(session) => Some(session_at(planned.arrangement, session)),
        Fate::Open | Fate::Off(_) => None,
    };
    let off = match planned.fate {
        Fate::Off(off) => Some((off.label(), why.map(Why::label))),
        Fate::Open | Fate::Held(_) => None,
    };
    let can_settle = may_settle && is_open;
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=back.0>{back.1}</a></p>
            <h1>{said(planned.day, planned.time)}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p>{hours(planned.minutes.into())}{(!planned.place.is_empty()).then(|| view! { ", "<Place place=planned.place.clone()/> })}</p>
            {off.map(|(off, why)| view! {
                <p><span class="tag">"Did not take place"</span></p>
                <p>{off}{why.map(|it| format!(". {it}"))}". Kept by "<bdi>{off_by}</bdi>"."</p>
            })}
            {held.map(|it| view! { <p><a class="alone" href=it>"It took place: what is written down"</a></p> })}
            {moved.map(|it| view! { <p class="soft">{format!("It was planned for {it} first.")}</p> })}
            <p class="soft">"Planned by "<bdi>{made_by}</bdi>"."</p>
            {(can_settle && has_begun).then(|| view! { <p><a class="button" href=record>"Write down that we met"</a></p> })}
            {can_settle.then(|| view! { <Changes path form has_begun may_move/> })}
        </div>
    }
}

/// The forms to move it and to call it off.
#[component]
fn Changes(path: String, form: FormState, has_begun: bool, may_move: bool) -> impl IntoView {
    let number = form.typed.text("number").to_owned();
    let is_off = |it: &str| matches!(it, "off" | "why");
    let moves = form.faults.iter().any(|it| !is_off(it.field));
    let calls_off = form.faults.iter().any(|it| is_off(it.field));
    let ways = CalledOff::ALL.into_iter().filter(|it| has_begun || !it.is_seen_afterwards());
    let ways: Vec<_> = ways.map(|it| (it.as_str(), it.label())).collect();
    let whys = Why::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    let off_at = format!("{path}/off");
    let same = number.clone();
    view! {
        {may_move.then(|| view! {
            <details open=moves>
                <summary>"Move it"</summary>
                <form method="post" action=format!("{path}/move") class="card stack" novalidate>
                    <input type="hidden" name="number" value=number/>
                    <SlotFields form=form.clone() legend="To which day?"/>
                    <Tick form=form.clone() name="later" label="Move all that come after it by as many days, to the same time and place"/>
                    <p><button class="button">"Move it"</button></p>
                </form>
            </details>
        })}
        <details open=calls_off>
            <summary>{if has_begun { "It did not take place" } else { "Call it off" }}</summary>
            <form method="post" action=off_at class="card stack" novalidate>
                <input type="hidden" name="number" value=same/>
                <Choices form=form.clone() name="off" legend="How come?".to_owned() choices=ways/>
                <Choices form name="why" legend="In a word, where somebody could not".to_owned() choices=whys/>
                <p class="soft">"Nobody has to say more. Whoever counts sessions sees that it was called off and by which of the two, and no reason."</p>
                <p><button class="button">{if has_begun { "Keep that" } else { "Call it off" }}</button></p>
            </form>
        </details>
    }
}
