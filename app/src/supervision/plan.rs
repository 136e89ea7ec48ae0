//! Planning when two or a group meet: once, or in a row whose days are looked at before any of them is kept.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::{FieldFault, PersonId};
use domain::supervision::arrangement::{Arrangement, Part, Spell};
use domain::supervision::plan::{
    Busy, Free, MOST, Slot, SlotForm, half_a_year_from, is_free, may_plan, plan as rule, slot,
};
use domain::supervision::terms::Rhythm;
use domain::wall::Wall;
use leptos::prelude::*;
use store::supervision::PLANNED;
use store::supervision::agreements::versions;
use store::supervision::arrangements::{arrangement_now, spells_now};
use store::supervision::planned::{busy, busy_now, is_kept, save};
use uuid::Uuid;

use super::record::WhichOfTwo;
use super::recur::days;
use super::{AN_HOUR, DAY, place, title};
use crate::clock::on_wall;
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::StrandHere;
use crate::training::when::hour;
use crate::ui::choose::{DayField, DayNames, Ticks, filled, filled_day, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::words::hours;

const UNTIL: DayNames = ["until_day", "until_month", "until_year"];

/// What was typed of when and where.
pub(super) fn typed_slot(typed: &Typed) -> SlotForm<'_> {
    SlotForm {
        day: typed_day(typed, DAY),
        time: typed.text("time"),
        which: typed.text("which"),
        minutes: typed.text("minutes"),
        place: typed.text("place"),
    }
}

/// Whoever cannot be elsewhere: whoever supervises or leads, and the other of a pair. In a group there is always
/// somebody who cannot, so members are asked, and not the calendar.
pub(super) fn needed(arrangement: &Arrangement) -> Vec<PersonId> {
    let other = arrangement.other(Part::Supervisor);
    [Some(arrangement.supervisor), other].into_iter().flatten().collect()
}

/// GET /supervision/{arrangement}/plan
pub(crate) async fn show(cx: Cx, here: StrandHere) -> Answer {
    may(&cx, &here)?;
    let rhythm = rhythm(&cx, &here).await?;
    let minutes = rhythm.as_ref().map_or(AN_HOUR, |it| it.0.minutes).to_string();
    let place = rhythm.as_ref().map_or_else(String::new, |it| it.1.clone());
    let repeats = if rhythm.is_some() { "yes" } else { "no" };
    let mut fields = vec![
        ("id", Uuid::now_v7().to_string()),
        ("minutes", minutes),
        ("place", place),
        ("repeats", repeats.to_owned()),
    ];
    fields.extend(filled_day(UNTIL, half_a_year_from(cx.today())));
    form_page(&cx, &here, rhythm.map(|it| it.0), (StatusCode::OK, filled(&fields))).await
}

/// POST /supervision/{arrangement}/plan: shows the days, or keeps those that are ticked.
pub(crate) async fn keep(cx: Cx, here: StrandHere, typed: Typed) -> Answer {
    may(&cx, &here)?;
    let rhythm = rhythm(&cx, &here).await?.map(|it| it.0);
    let repeated = rhythm.as_ref().filter(|_| typed.text("repeats") == "yes");
    let read = slot(&here.arrangement, &typed_slot(&typed), (&on_wall, cx.now()));
    let read = read.and_then(|first| {
        let all = match repeated {
            Some(rhythm) => row(rhythm, first.day(), &typed)?,
            None => vec![first.day()],
        };
        Ok((first, all))
    });
    let (first, all) = match read {
        Ok(it) => it,
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            return form_page(&cx, &here, rhythm, (StatusCode::UNPROCESSABLE_ENTITY, form)).await;
        }
    };
    match (repeated, typed.text("step")) {
        (_, "back") => {
            let form = FormState { typed, ..FormState::default() };
            form_page(&cx, &here, rhythm, (StatusCode::OK, form)).await
        }
        (Some(rhythm), "keep") => {
            let mut chosen: Vec<NaiveDate> =
                typed.fields().filter(|it| it.0 == "days").filter_map(|it| it.1.parse().ok()).collect();
            chosen.retain(|it| all.contains(it));
            match save_row(&cx, &here, &typed, (&first, &chosen)).await? {
                Ok(answer) => Ok(answer),
                Err(fault) => {
                    let form = (StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, vec![fault]));
                    look_page(&cx, &here, (rhythm, &first, &all), form).await
                }
            }
        }
        (Some(rhythm), _) => {
            let form = (StatusCode::OK, FormState { typed, ..FormState::default() });
            look_page(&cx, &here, (rhythm, &first, &all), form).await
        }
        (None, _) => match save_row(&cx, &here, &typed, (&first, &all)).await? {
            Ok(answer) => Ok(answer),
            Err(fault) => {
                let fault = FieldFault { field: "day_day", ..fault };
                let form = FormState::refused(typed, vec![fault]);
                form_page(&cx, &here, rhythm, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
            }
        },
    }
}

/// Keeps all of them, or says why none is.
async fn save_row(
    cx: &Cx,
    here: &StrandHere,
    typed: &Typed,
    (first, days): (&Slot, &[NaiveDate]),
) -> Result<Result<axum::response::Response, FieldFault>, TurnedAway> {
    let id = here.arrangement.id;
    let done = cx.done(&format!("{}?done=planned", place(id)));
    let plan = typed.text("id").parse().unwrap_or_else(|_| Uuid::now_v7());
    let tx = cx.site.db().begin().await?;
    store::people::take_turns(&tx, &needed(&here.arrangement)).await?;
    let arrangement = arrangement_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, id).await?;
    if is_kept(&tx, plan).await? {
        return Ok(Ok(done));
    }
    let busy = busy_now(&tx, (&needed(&arrangement), &[]), span(days)).await?;
    let asked = (&busy[..], &on_wall as Wall<'_>, cx.now());
    match rule(&here.member, (&arrangement, &spells), (first, days), asked) {
        Ok(new) => {
            save(&tx, (id, plan), &new, cx.now()).await?;
            for other in here.others(cx.today()) {
                tell(cx, &tx, (other, Happened::Planned), &place(id)).await?;
            }
            cx.keep(tx, here.event(cx, PLANNED)).await?;
            Ok(Ok(done))
        }
        Err(fault) => Ok(Err(fault)),
    }
}

/// The first and the last of some days.
fn span(days: &[NaiveDate]) -> (NaiveDate, NaiveDate) {
    let first = days.iter().min().copied().unwrap_or_default();
    (first, days.iter().max().copied().unwrap_or(first))
}

/// The days of a row, or what has to be put right.
fn row(rhythm: &Rhythm, first: NaiveDate, typed: &Typed) -> Result<Vec<NaiveDate>, Vec<FieldFault>> {
    let fault = |remedy: String| Err(vec![FieldFault { field: "until_day", remedy }]);
    let until = match typed_day(typed, UNTIL).needed() {
        Ok(until) => until,
        Err(why) => return fault(why.to_string()),
    };
    if until < first {
        return fault("Choose a day that is not before the first one.".to_owned());
    }
    match days(rhythm, (first, until)) {
        Ok(all) if all.len() > MOST => {
            fault(format!("That comes to more than {MOST} sessions. Choose an earlier day."))
        }
        Ok(all) if !all.is_empty() => Ok(all),
        Ok(_) | Err(_) => fault("This rhythm comes to no day until then. Choose a later one.".to_owned()),
    }
}

fn may(cx: &Cx, here: &StrandHere) -> Result<(), TurnedAway> {
    let may = may_plan(&here.member, &here.arrangement, cx.today());
    if may { Ok(()) } else { Err(TurnedAway::NotFound) }
}

/// How often they meet as it was written last, and where.
async fn rhythm(cx: &Cx, here: &StrandHere) -> store::Result<Option<(Rhythm, String)>> {
    let id = here.arrangement.id;
    let mut all = versions(cx.site.db(), &[id]).await?.remove(&id).unwrap_or_default();
    Ok(all.pop().map(|it| (it.version.terms.rhythm, it.version.terms.words.place)))
}

async fn form_page(
    cx: &Cx,
    here: &StrandHere,
    rhythm: Option<Rhythm>,
    (status, form): (StatusCode, FormState),
) -> Answer {
    let (path, called) = (place(here.arrangement.id), title(cx, here).await?);
    let said = rhythm.map(|it| it.how_often());
    let head = Head::new("Plan when you meet", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <FormPage path called said form/> }).await)
}

#[component]
fn FormPage(
    path: String,
    called: String,
    /// The rhythm that was agreed on.
    said: Option<String>,
    form: FormState,
) -> impl IntoView {
    let id = form.typed.text("id").to_owned();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=path.clone()>{called}</a></p>
            <h1>"Plan when you meet"</h1>
            <p class="lead">"Whoever belongs to it is told. Each session can be moved or called off by itself later."</p>
            <form method="post" action=format!("{path}/plan") class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <SlotFields form=form.clone() legend="On which day first?"/>
                {said.map(|every| {
                    let choices = vec![("yes", "Again and again"), ("no", "Once")];
                    view! {
                        <Choices form=form.clone() name="repeats" legend=format!("Once, or again and again ({every})?") choices/>
                        <DayField form=form.clone() names=UNTIL legend="Until when?" hint="Where you meet again and again. You see the days before any of them is kept."/>
                    }
                })}
                <p class="row"><button class="button">"Go on"</button></p>
            </form>
        </div>
    }
}

/// When and where.
#[component]
pub(super) fn SlotFields(form: FormState, legend: &'static str) -> impl IntoView {
    view! {
        <DayField form=form.clone() names=DAY legend=legend/>
        <Field form=form.clone() name="time" label="At what time?" takes=Takes::Line hint="Such as 16:30, as clocks in the United Kingdom show it."/>
        <WhichOfTwo form=form.clone()/>
        <Field form=form.clone() name="minutes" label="For how many minutes?" takes=Takes::Number/>
        <Field form name="place" label="Where, or by which link?" takes=Takes::Line hint="It may stand in a calendar: better nothing that says what it is about."/>
    }
}

async fn look_page(
    cx: &Cx,
    here: &StrandHere,
    (rhythm, first, all): (&Rhythm, &Slot, &[NaiveDate]),
    (status, form): (StatusCode, FormState),
) -> Answer {
    let needed = needed(&here.arrangement);
    let busy = busy(cx.site.db(), (&needed, &[]), span(all)).await?;
    let looked = all.iter().map(|it| (*it, free(&here.spells, first, *it, &busy))).collect::<Vec<_>>();
    let (path, called) = (place(here.arrangement.id), title(cx, here).await?);
    let says =
        format!("At {}, {}, for {}.", hour(first.time()), rhythm.how_often(), hours(first.minutes().into()));
    let head = Head::new("Look at the days", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <LookPage path called says looked form/> }).await)
}

fn free(spells: &[Spell], first: &Slot, day: NaiveDate, busy: &[Busy]) -> Free {
    is_free(spells, &first.on(day, &on_wall), busy)
}

/// What of the form is carried along while its days are looked at.
const CARRIED: [&str; 12] = [
    "id", DAY[0], DAY[1], DAY[2], "time", "which", "minutes", "place", "repeats", UNTIL[0], UNTIL[1],
    UNTIL[2],
];

#[component]
fn LookPage(
    path: String,
    called: String,
    says: String,
    looked: Vec<(NaiveDate, Free)>,
    form: FormState,
) -> impl IntoView {
    let said = |it: NaiveDate| it.format("%A %-d %B %Y").to_string();
    let carried = CARRIED.map(|name| {
        let value = form.typed.text(name).to_owned();
        view! { <input type="hidden" name=name value=value/> }
    });
    let free: Vec<_> = looked.iter().filter(|it| it.1 == Free::Yes).map(|it| it.0).collect();
    let taken = looked.iter().filter(|it| it.1 != Free::Yes).map(|(day, free)| {
        let why = if *free == Free::Busy { "somebody is busy" } else { "nobody belongs to the group then" };
        view! { <li>{format!("{}: {why}", said(*day))}</li> }
    });
    let taken: Vec<_> = taken.collect();
    let choices = free.iter().map(|it| (it.to_string(), said(*it))).collect();
    // All of them are chosen, unless somebody has chosen.
    let has_chosen = form.typed.fields().any(|it| it.0 == "days");
    let days = free.iter().filter(|_| !has_chosen).map(|it| ("days".to_owned(), it.to_string()));
    let parts = form.typed.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).chain(days);
    let form = FormState { typed: Typed::of_parts(parts), ..form };
    let (none, any) = (free.is_empty(), !taken.is_empty());
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=path.clone()>{called}</a></p>
            <h1>"Look at the days"</h1>
            <p class="lead">{says}</p>
            {any.then(|| view! {
                <section class="notice care stack" aria-labelledby="taken">
                    <h2 id="taken">"Left out"</h2>
                    <ul>{taken}</ul>
                </section>
            })}
            <form method="post" action=format!("{path}/plan") class="stack" novalidate>
                {carried}
                {none.then(|| view! { <p>"None of the days is free. Choose another time or day."</p> })}
                {(!none).then(|| view! { <Ticks form name="days" legend="Which of them do you plan?" choices hint="Take out those on which one of you is away."/> })}
                <p class="row">
                    {(!none).then(|| view! { <button class="button" name="step" value="keep">"Plan these"</button> })}
                    <button class="button quiet" name="step" value="back">"Change something"</button>
                </p>
            </form>
        </div>
    }
}
