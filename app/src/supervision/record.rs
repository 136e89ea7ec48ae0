//! Writing down that a session took place: under an agreement, or because something came up.

use axum::http::StatusCode;
use chrono::{NaiveDateTime, Utc};
use chrono_tz::Europe::London;
use domain::people::{FieldFault, OrganisationId, PersonId, StrandMember};
use domain::supervision::Strand;
use domain::supervision::arrangement::{Arrangement, ArrangementId, Part, Spell, With, pair};
use domain::supervision::session::{HeldForm, NewHeld, NotHeld, OnWall, SessionId, WhichHour, held};
use leptos::prelude::*;
use store::Tx;
use store::audit::Event;
use store::supervision::arrangements::{arrangement_now, pair_now, save as save_arrangement, spells_now};
use store::supervision::sessions::{Held, is_written, on_day_now, save, save_next, session};
use store::supervision::{BEGUN, HELD};
use uuid::Uuid;

use super::{place, title_of};
use crate::answer::Broken;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::{StrandHere, SupervisesSomebody};
use crate::training::when::hour;
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours};

const DAY: DayNames = ["day_day", "day_month", "day_year"];

/// That one of the same day was another session.
const ANOTHER: &str = "another";
/// That one of the same day was this, and is to be as typed.
const INSTEAD: &str = "instead";

/// What the clock on the wall in this country says about a day and a time.
fn on_wall(wall: NaiveDateTime) -> OnWall {
    use chrono::LocalResult;
    match wall.and_local_timezone(London) {
        LocalResult::Single(it) => OnWall::Once(it.with_timezone(&Utc)),
        LocalResult::Ambiguous(first, second) => {
            OnWall::Twice(first.with_timezone(&Utc), second.with_timezone(&Utc))
        }
        LocalResult::None => OnWall::Never,
    }
}

fn form_of(typed: &Typed) -> HeldForm<'_> {
    HeldForm {
        day: typed_day(typed, DAY),
        time: typed.text("time"),
        which: typed.text("which"),
        minutes: typed.text("minutes"),
        place: typed.text("place"),
        is_another: typed.text("same") == ANOTHER,
    }
}

/// A form as it is opened, with an id of its own, so that a second tap does not write it down twice.
fn opened(cx: &Cx) -> FormState {
    let id = SessionId::from_uuid(Uuid::now_v7()).to_string();
    filled(&[&[("id", id), ("minutes", "60".to_owned())][..], &filled_day(DAY, cx.today())].concat())
}

fn id_of(typed: &Typed) -> SessionId {
    typed.text("id").parse().unwrap_or_else(|_| SessionId::from_uuid(Uuid::now_v7()))
}

/// Where a form belongs, and how it is called.
struct Where {
    action: String,
    back: String,
    title: String,
    /// Whether it is for what came up.
    came_up: bool,
}

/// How a page comes back.
struct Back {
    status: StatusCode,
    form: FormState,
    /// What is written down of that day already.
    there: Option<Held>,
}

/// GET /supervision/{arrangement}/record
pub(crate) async fn show(cx: Cx, here: StrandHere) -> Answer {
    let at = at(&cx, &here).await?;
    page(&cx, at, Back { status: StatusCode::OK, form: opened(&cx), there: None }).await
}

/// POST /supervision/{arrangement}/record
pub(crate) async fn keep(cx: Cx, here: StrandHere, typed: Typed) -> Answer {
    let at = at(&cx, &here).await?;
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, here.arrangement.id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, arrangement.id).await?;
    let event = here.event(&cx, HELD);
    match write(&cx, &tx, (&here.member, &arrangement, &spells), &typed).await? {
        Ok(is_new) => finish(&cx, tx, (&here.member, &arrangement), (is_new, event)).await,
        Err(why) => {
            drop(tx);
            page(&cx, at, back(&cx, &arrangement, typed, why).await?).await
        }
    }
}

/// GET /supervision/came-up/{organisation}/{person}
pub(crate) async fn show_came_up(cx: Cx, with: SupervisesSomebody) -> Answer {
    with.in_strand(Strand::AdHoc)?;
    let at = came_up(&cx, &with).await?;
    page(&cx, at, Back { status: StatusCode::OK, form: opened(&cx), there: None }).await
}

/// POST /supervision/came-up/{organisation}/{person}
pub(crate) async fn keep_came_up(cx: Cx, with: SupervisesSomebody, typed: Typed) -> Answer {
    let by = with.in_strand(Strand::AdHoc)?;
    let at = came_up(&cx, &with).await?;
    let tx = cx.site.db().begin().await?;
    // Two who begin at once take turns, so that there is one pair.
    store::organisations::lock(&tx, with.organisation).await?;
    let there = pair_now(&tx, (with.organisation, Strand::AdHoc), (with.me, with.person)).await?;
    let (arrangement, spells) = match there {
        Some(it) => {
            let spells = spells_now(&tx, it.id).await?;
            (it, spells)
        }
        None => {
            let not_with = store::arranging::not_with_now(&tx, with.person).await?;
            let from = typed_day(&typed, DAY).needed().unwrap_or(cx.today()).min(cx.today());
            let id = ArrangementId::from_uuid(Uuid::now_v7());
            match pair(by, id, from, &not_with) {
                Ok(new) => {
                    save_arrangement(&tx, &new, cx.now()).await?;
                    store::audit::append(&tx, with.event(&cx, BEGUN, id)).await?;
                    (new.arrangement().clone(), new.spells().to_vec())
                }
                Err(why) => {
                    drop(tx);
                    let fault = FieldFault { field: "day_day", remedy: why.to_string() };
                    let form = FormState::refused(typed, vec![fault]);
                    return page(
                        &cx,
                        at,
                        Back { status: StatusCode::UNPROCESSABLE_ENTITY, form, there: None },
                    )
                    .await;
                }
            }
        }
    };
    let member = by.as_member(&arrangement).ok_or(TurnedAway::NotFound)?;
    let event = with.event(&cx, HELD, arrangement.id);
    match write(&cx, &tx, (&member, &arrangement, &spells), &typed).await? {
        Ok(is_new) => finish(&cx, tx, (&member, &arrangement), (is_new, event)).await,
        Err(why) => {
            drop(tx);
            page(&cx, at, back(&cx, &arrangement, typed, why).await?).await
        }
    }
}

/// Why nothing is written down: what has to be put right, and what is there already.
type NotWritten = (Vec<FieldFault>, Option<SessionId>);

/// Writes it down, or says why not. Says as well whether it is new: a second tap is not.
async fn write(
    cx: &Cx,
    tx: &Tx,
    (member, arrangement, spells): (&StrandMember, &Arrangement, &[Spell]),
    typed: &Typed,
) -> Result<Result<bool, NotWritten>, Broken> {
    let (id, form) = (id_of(typed), form_of(typed));
    if is_written(tx, id).await? {
        return Ok(Ok(false));
    }
    let there = match form.day.needed() {
        Ok(day) => on_day_now(tx, arrangement.id, day).await?,
        Err(_) => Vec::new(),
    };
    let instead = there.first().filter(|_| typed.text("same") == INSTEAD).copied();
    let others = there.iter().filter(|it| instead.is_none_or(|instead| instead.0 != it.0));
    let others: Vec<_> = others.map(|it| it.2).collect();
    let decided = held(member, (arrangement, spells), (&form, &others), (&on_wall, cx.now()));
    let new: NewHeld = match decided {
        Ok(new) => new,
        Err(NotHeld::Faults(faults)) => return Ok(Err((faults, None))),
        Err(NotHeld::There(_)) => {
            let remedy = "A session of this day is written down already. Say which of the two it is.";
            let fault = FieldFault { field: "same", remedy: remedy.into() };
            return Ok(Err((vec![fault], there.first().map(|it| it.0))));
        }
    };
    match instead {
        Some((id, number, _)) => save_next(tx, (arrangement.id, id, number + 1), &new, cx.now()).await?,
        None => save(tx, (arrangement.id, id), &new, cx.now()).await?,
    }
    Ok(Ok(true))
}

async fn finish(
    cx: &Cx,
    tx: Tx,
    (member, arrangement): (&StrandMember, &Arrangement),
    (is_new, event): (bool, Event),
) -> Answer {
    let here = place(arrangement.id);
    if is_new {
        if let With::One(person) = arrangement.with {
            let other = if member.part() == Part::Supervisor { person } else { arrangement.supervisor };
            tell(cx, &tx, (other, Happened::SessionWritten), &here).await?;
        }
        cx.keep(tx, event).await?;
    }
    Ok(cx.done(&format!("{here}?done=recorded")))
}

async fn back(
    cx: &Cx,
    arrangement: &Arrangement,
    typed: Typed,
    (faults, there): NotWritten,
) -> Result<Back, Broken> {
    let there = match there {
        Some(id) => session(cx.site.db(), (arrangement.id, id)).await?,
        None => None,
    };
    let status = if there.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Back { status, form: FormState::refused(typed, faults), there })
}

async fn at(cx: &Cx, here: &StrandHere) -> Result<Where, Broken> {
    let with = match (&here.arrangement.with, here.other()) {
        (_, Some(other)) => names(cx, &[other]).await?.remove(&other),
        (With::Group(name), None) => Some(name.clone()),
        (With::One(_), None) => None,
    };
    let back = place(here.arrangement.id);
    Ok(Where {
        action: format!("{back}/record"),
        back,
        title: title_of(here.arrangement.strand, &with.unwrap_or_default()),
        came_up: false,
    })
}

async fn came_up(cx: &Cx, with: &SupervisesSomebody) -> Result<Where, Broken> {
    let (organisation, person): (OrganisationId, PersonId) = (with.organisation, with.person);
    let name = names(cx, &[person]).await?.remove(&person).unwrap_or_default();
    Ok(Where {
        action: format!("/supervision/came-up/{organisation}/{person}"),
        back: "/supervision/new".to_owned(),
        title: format!("With {name}"),
        came_up: true,
    })
}

async fn page(cx: &Cx, at: Where, back: Back) -> Answer {
    let Back { status, form, there } = back;
    let by = match &there {
        Some(it) => names(cx, &[it.by]).await?.remove(&it.by).unwrap_or_default(),
        None => String::new(),
    };
    let head = Head::new("Write down that you met", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <RecordPage at form there by/> }).await)
}

#[component]
fn RecordPage(at: Where, form: FormState, there: Option<Held>, by: String) -> impl IntoView {
    let Where { action, back, title, came_up } = at;
    let id = form.typed.text("id").to_owned();
    let asks_which = form.fault("which").is_some() || !form.typed.text("which").is_empty();
    let asks_same = there.is_some() || !form.typed.text("same").is_empty();
    let which = vec![
        (WhichHour::First.as_str(), "Before the clocks went back"),
        (WhichHour::Second.as_str(), "After they had gone back"),
    ];
    let same = vec![
        (ANOTHER, "Mine was another session of that day: keep both"),
        (INSTEAD, "They are the same: keep mine, and let the other stand as an earlier version"),
    ];
    let leave = back.clone();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=back>{title}</a></p>
            <h1>"Write down that you met"</h1>
            <p class="lead">{if came_up {
                "When something came up and you talked about it. Only that you met is written here, not what about."
            } else {
                "Only that you met is written here, not what about. Either of you can."
            }}</p>
            {there.map(|it| view! {
                <section class="notice care stack" aria-labelledby="there">
                    <h2 id="there">"What is written down already"</h2>
                    <p>{date(it.day)}" at "{hour(it.time)}", "{hours(it.minutes.into())}", written by "<bdi>{by}</bdi>"."</p>
                    <p><a class="alone" href=leave>"They are the same: leave it as it is"</a></p>
                </section>
            })}
            <form method="post" action=action class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                {asks_same.then(|| view! { <Choices form=form.clone() name="same" legend="Which is it?".to_owned() choices=same/> })}
                <DayField form=form.clone() names=DAY legend="On which day did it begin?"/>
                <Field form=form.clone() name="time" label="At what time?" takes=Takes::Line hint="Such as 16:30."/>
                {asks_which.then(|| view! { <Choices form=form.clone() name="which" legend="Which of the two?".to_owned() choices=which/> })}
                <Field form=form.clone() name="minutes" label="For how many minutes?" takes=Takes::Number/>
                <Field form name="place" label="Where?" takes=Takes::Line hint="Such as by phone. You can leave this empty."/>
                <p class="row"><button class="button">"Write it down"</button></p>
            </form>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_on_the_wall_shows_an_hour_twice_in_autumn_and_leaves_one_out_in_spring() {
        let at = |text: &str| on_wall(text.parse().unwrap());
        assert!(matches!(at("2026-10-25T01:30:00"), OnWall::Twice(first, second) if first < second));
        assert_eq!(at("2027-03-28T01:30:00"), OnWall::Never);
        assert_eq!(at("2026-11-22T10:00:00"), OnWall::Once("2026-11-22T10:00:00Z".parse().unwrap()));
        assert_eq!(at("2026-07-01T10:00:00"), OnWall::Once("2026-07-01T09:00:00Z".parse().unwrap()));
    }
}
