//! Writing down that a session took place: under an agreement, or because something came up. Of a group it is one form
//! for everybody, all of it kept or nothing.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{FieldFault, OrganisationId, PersonId, StrandMember};
use domain::supervision::Strand;
use domain::supervision::arrangement::{Arrangement, ArrangementId, Spell, members_on, pair};
use domain::supervision::plan::{Fate, PlannedId, written_down_with};
use domain::supervision::presence::PresenceForm;
use domain::supervision::session::{HeldForm, NotHeld, SessionId, held, may_write};
use domain::supervision::stand::asked;
use leptos::prelude::*;
use store::Tx;
use store::audit::Event;
use store::supervision::agreements::versions;
use store::supervision::arrangements::{arrangement_now, pair_now, save as save_arrangement, spells_now};
use store::supervision::debriefs::talked;
use store::supervision::planned::{open_on_now, planned_now, save_held};
use store::supervision::sessions::{
    Held, is_written, number_now, on_day, on_day_now, save, save_next, session,
};
use store::supervision::{BEGUN, HELD};
use uuid::Uuid;

use self::form::{as_it_stands, form_of, id_of, instead, opened, opened_as, typed_actions, typed_rows};
use self::page::{Back, RecordPage, Row, There};
use super::session::session_at;
use super::{DAY, place, title};
use crate::answer::Broken;
use crate::called::names;
use crate::clock::on_wall;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::{SessionHere, StrandHere, SupervisesSomebody};
use crate::personal::looks;
use crate::ui::choose::typed_day;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

mod form;
mod page;

pub(super) use self::page::WhichOfTwo;

/// Where a form belongs, how it is called, and for whom it is.
struct Where {
    action: String,
    back: String,
    title: String,
    /// Whether it is for what came up.
    came_up: bool,
    /// Whether it changes what is written down already.
    changes: bool,
    is_group: bool,
    readers: &'static str,
    supervisor: PersonId,
    /// Whoever is or was supervised in it, from when to when.
    spells: Vec<Spell>,
}

/// GET /supervision/{arrangement}/record
pub(crate) async fn show(cx: Cx, here: StrandHere, Asks(asks): Asks) -> Answer {
    let (at, id) = (at(&cx, &here).await?, here.arrangement.id);
    if let Ok(planned) = asks.text("planned").parse()
        && let Some(it) = store::supervision::planned::planned(cx.site.db(), &here.member, planned).await?
    {
        return page(&cx, at, Back::opened(opened_as(&it.planned))).await;
    }
    let mut versions = versions(cx.site.db(), &[id]).await?.remove(&id).unwrap_or_default();
    let agreed = versions.pop().map(|it| it.version.terms);
    page(&cx, at, Back::opened(opened(&cx, agreed.as_ref()))).await
}

/// POST /supervision/{arrangement}/record
pub(crate) async fn keep(cx: Cx, here: StrandHere, typed: Typed) -> Answer {
    let at = at(&cx, &here).await?;
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, here.arrangement.id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, arrangement.id).await?;
    let event = here.event(&cx, HELD);
    match write(&cx, &tx, (&here.member, &arrangement, &spells), (&typed, None)).await? {
        Ok(written) => finish(&cx, tx, arrangement.id, (written, event)).await,
        Err(why) => {
            drop(tx);
            page(&cx, at, back(&cx, &here.member, typed, why).await?).await
        }
    }
}

/// GET /supervision/{arrangement}/sessions/{session}/change
pub(crate) async fn show_change(cx: Cx, SessionHere { here, held }: SessionHere) -> Answer {
    let at = at_session(&cx, &here, &held).await?;
    page(&cx, at, Back::opened(as_it_stands(&held))).await
}

/// POST /supervision/{arrangement}/sessions/{session}/change
pub(crate) async fn change(cx: Cx, SessionHere { here, held }: SessionHere, typed: Typed) -> Answer {
    let (at, id) = (at_session(&cx, &here, &held).await?, held.id);
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, here.arrangement.id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, arrangement.id).await?;
    let number = number_now(&tx, &here.member, id).await?.ok_or(TurnedAway::NotFound)?;
    if typed.text("number").parse() != Ok(number) {
        drop(tx);
        let remedy = "It was changed meanwhile. How it stands now is shown below. Look at both, then keep what is right.";
        let fault = FieldFault { field: "day_day", remedy: remedy.into() };
        let form = FormState::refused(typed.with("number", number), vec![fault]);
        let there = session(cx.site.db(), &here.member, id).await?.into_iter().collect();
        return page(&cx, at, Back { status: StatusCode::CONFLICT, there, ..Back::opened(form) }).await;
    }
    let (path, of) = (session_at(arrangement.id, id), (&here.member, &arrangement, &spells[..]));
    match write(&cx, &tx, of, (&typed, Some((id, number)))).await? {
        Ok(written) => {
            ask(&cx, &tx, (arrangement.id, &written)).await?;
            cx.keep(tx, here.event(&cx, HELD)).await?;
            Ok(cx.done(&format!("{path}?done=changed")))
        }
        Err(why) => {
            drop(tx);
            page(&cx, at, back(&cx, &here.member, typed, why).await?).await
        }
    }
}

/// Where the form of a change belongs.
async fn at_session(cx: &Cx, here: &StrandHere, held: &Held) -> Result<Where, TurnedAway> {
    let back = session_at(here.arrangement.id, held.id);
    let title = format!("The session of {}", date(held.day));
    Ok(Where { action: format!("{back}/change"), back, title, changes: true, ..at(cx, here).await? })
}

/// GET /supervision/came-up/{organisation}/{person}
pub(crate) async fn show_came_up(cx: Cx, with: SupervisesSomebody) -> Answer {
    with.in_strand(Strand::AdHoc)?;
    let at = came_up(&cx, &with).await?;
    page(&cx, at, Back::opened(opened(&cx, None))).await
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
            let id = ArrangementId::from_uuid(Uuid::now_v7());
            // As long as they may: an earlier talk can be written down after a later one.
            match pair(by, id, by.since(), &not_with) {
                Ok(new) => {
                    save_arrangement(&tx, &new, cx.now()).await?;
                    store::audit::append(&tx, with.event(&cx, BEGUN, id)).await?;
                    (new.arrangement().clone(), new.spells().to_vec())
                }
                Err(why) => {
                    drop(tx);
                    let fault = FieldFault { field: "day_day", remedy: why.to_string() };
                    let form = FormState::refused(typed, vec![fault]);
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    return page(&cx, at, Back { status, ..Back::opened(form) }).await;
                }
            }
        }
    };
    let member = by.as_member(&arrangement).ok_or(TurnedAway::NotFound)?;
    let event = with.event(&cx, HELD, arrangement.id);
    match write(&cx, &tx, (&member, &arrangement, &spells), (&typed, None)).await? {
        Ok(written) => {
            // Whoever asked for a debrief has had it.
            talked(&tx, (with.person, with.me), cx.now()).await?;
            finish(&cx, tx, arrangement.id, (written, event)).await
        }
        Err(why) => {
            drop(tx);
            page(&cx, at, back(&cx, &member, typed, why).await?).await
        }
    }
}

/// What was written down.
struct Written {
    /// Under which id it stands.
    id: SessionId,
    /// Who is asked whether it was so; nothing after a second tap, which writes nothing.
    asked: Option<Vec<PersonId>>,
}

/// Writes it down, in the place of what it `replaces` if it does, or says why not.
async fn write(
    cx: &Cx,
    tx: &Tx,
    (member, arrangement, spells): (&StrandMember, &Arrangement, &[Spell]),
    (typed, replaces): (&Typed, Option<(SessionId, i64)>),
) -> Result<Result<Written, NotHeld>, Broken> {
    let (id, actions) = (id_of(typed), typed_actions(typed));
    let rows = rows_of(typed, spells);
    let form = form_of(typed, (&rows, &actions));
    // Whoever changes one has seen what there is.
    let form = HeldForm { is_another: form.is_another || replaces.is_some(), ..form };
    if replaces.is_none() && is_written(tx, id).await? {
        return Ok(Ok(Written { id, asked: None }));
    }
    let there = match form.day.needed() {
        Ok(day) => on_day_now(tx, arrangement.id, day).await?,
        Err(_) => Vec::new(),
    };
    let chosen = instead(typed).and_then(|chosen| there.iter().find(|it| it.0 == chosen));
    let instead = replaces.or(chosen.map(|it| (it.0, it.1)));
    let others = there.iter().filter(|it| instead.is_none_or(|instead| instead.0 != it.0));
    let others: Vec<_> = others.map(|it| it.2).collect();
    let new = match held(member, (arrangement, spells), (&form, &others), (&on_wall, cx.now())) {
        Ok(new) => new,
        Err(why) => return Ok(Err(why)),
    };
    let id = match instead {
        Some((id, number)) => {
            save_next(tx, (arrangement.id, id, number + 1), &new, cx.now()).await?;
            id
        }
        None => {
            save(tx, (arrangement.id, id), &new, cx.now()).await?;
            let mut planned = open_on_now(tx, arrangement.id, new.day()).await?;
            let chosen: Option<PlannedId> = typed.text("planned").parse().ok();
            // What was chosen may have taken place on another day.
            if let Some(chosen) = chosen
                && let Some(it) = planned_now(tx, member, chosen).await?
                && it.fate == Fate::Open
            {
                planned.push((it.id, it.starts));
            }
            if let Some(planned) = written_down_with(&planned, chosen, new.began()) {
                save_held(tx, (planned, id), cx.now()).await?;
            }
            id
        }
    };
    let asked = asked(arrangement, new.by(), new.present().iter().map(|it| it.person));
    Ok(Ok(Written { id, asked: Some(asked) }))
}

/// Tells whoever is asked whether it was so.
async fn ask(cx: &Cx, tx: &Tx, (arrangement, written): (ArrangementId, &Written)) -> Result<(), Broken> {
    let path = session_at(arrangement, written.id);
    for person in written.asked.iter().flatten() {
        tell(cx, tx, (*person, Happened::SessionWritten), &path).await?;
    }
    Ok(())
}

/// What was typed of whoever is or was a member. Nobody else is named, whatever a form says.
fn rows_of<'a>(typed: &'a Typed, spells: &[Spell]) -> Vec<PresenceForm<'a>> {
    let mut rows = typed_rows(typed);
    rows.retain(|it| spells.iter().any(|spell| spell.person == it.person));
    rows
}

async fn finish(cx: &Cx, tx: Tx, arrangement: ArrangementId, (written, event): (Written, Event)) -> Answer {
    if written.asked.is_some() {
        ask(cx, &tx, (arrangement, &written)).await?;
        cx.keep(tx, event).await?;
    }
    Ok(cx.done(&format!("{}?done=recorded", place(arrangement))))
}

async fn back(cx: &Cx, member: &StrandMember, typed: Typed, why: NotHeld) -> Result<Back, Broken> {
    let fault = |field, remedy: &str| vec![FieldFault { field, remedy: remedy.into() }];
    let (is_there, looks_personal) = (matches!(why, NotHeld::There(_)), matches!(why, NotHeld::Personal(..)));
    let (faults, rows) = match why {
        NotHeld::There(_) => {
            let remedy = "A session of this day is written down already. Say which of them it is.";
            (fault("same", remedy), Vec::new())
        }
        NotHeld::Personal(field, like) => (vec![looks(field, like)], Vec::new()),
        NotHeld::Faults(mut faults) => {
            if !faults.rows.is_empty() {
                let remedy = "Nothing is kept yet. Put right what is named beside each person.";
                faults.fields.extend(fault("present", remedy));
            }
            (faults.fields, faults.rows)
        }
    };
    // Whoever has chosen sees what there was to choose from.
    let has_chosen = !typed.text("same").is_empty();
    let there = match typed_day(&typed, DAY).needed() {
        Ok(day) if is_there || has_chosen => on_day(cx.site.db(), member, day).await?,
        _ => Vec::new(),
    };
    let status = if is_there { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Back { status, form: FormState::refused(typed, faults), rows, there, looks_personal })
}

async fn at(cx: &Cx, here: &StrandHere) -> Result<Where, TurnedAway> {
    let arrangement = &here.arrangement;
    if !may_write(arrangement, here.member.part()) {
        return Err(TurnedAway::NotFound);
    }
    let back = place(arrangement.id);
    Ok(Where {
        action: format!("{back}/record"),
        back,
        title: title(cx, here).await?,
        came_up: false,
        changes: false,
        is_group: arrangement.with.name().is_some(),
        readers: arrangement.strand.readers(),
        supervisor: arrangement.supervisor,
        spells: here.spells.clone(),
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
        changes: false,
        is_group: false,
        readers: Strand::AdHoc.readers(),
        supervisor: with.me,
        spells: vec![Spell { person, from: cx.today(), to: None }],
    })
}

async fn page(cx: &Cx, at: Where, back: Back) -> Answer {
    let Back { status, form, rows: faults, there, looks_personal } = back;
    let is_opened = form.faults.is_empty();
    let typed = form.typed.clone();
    let typed_rows: BTreeMap<_, _> =
        rows_of(&typed, &at.spells).into_iter().map(|it| (it.person, it)).collect();
    let day = typed_day(&typed, DAY).needed().unwrap_or(cx.today());
    // Whoever was a member that day, and whoever was said to have come without being one.
    let mut people = if at.came_up { vec![at.spells[0].person] } else { members_on(&at.spells, day) };
    let said = typed_rows.values().filter(|it| !it.came.is_empty() && !people.contains(&it.person));
    let said: Vec<_> = said.map(|it| it.person).collect();
    people.extend(said);
    let all: Vec<_> =
        people.iter().copied().chain([at.supervisor]).chain(there.iter().map(|it| it.by)).collect();
    let called = names(cx, &all).await?;
    let name = |it: PersonId| called.get(&it).cloned().unwrap_or_default();
    let row = |person: PersonId| {
        let typed = typed_rows.get(&person);
        let came = if is_opened && !at.changes { "came" } else { typed.map_or("", |it| it.came) };
        Row {
            person,
            name: name(person),
            came: came.to_owned(),
            minutes: typed.map_or("", |it| it.minutes).to_owned(),
            fault: faults.iter().find(|it| it.0 == person).map(|it| it.1.clone()),
        }
    };
    let mut rows: Vec<_> = people.iter().copied().map(row).collect();
    rows.sort_by_cached_key(|it| (domain::people::filed(&it.name), it.person));
    let owners = rows.iter().map(|it| (it.person.to_string(), it.name.clone()));
    let owners = owners.chain([(at.supervisor.to_string(), name(at.supervisor))]).collect();
    let there = there.into_iter().map(|held| There { by: name(held.by), held }).collect();
    let head = Head::new("Write down that you met", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <RecordPage at form rows there owners looks_personal/> }).await)
}
