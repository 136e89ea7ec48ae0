//! Saying whether a session is written down as it was: of one on its page, or of several at once.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{FieldFault, PersonId, StrandMember};
use domain::supervision::arrangement::{Arrangement, With, days_of};
use domain::supervision::session::SessionId;
use domain::supervision::stand::{NotStood, Record, Stand, StandForm, take};
use leptos::prelude::*;
use store::audit::Event;
use store::supervision::STOOD;
use store::supervision::arrangements::{held_by, whole};
use store::supervision::stands::{Counted, Stood, Waiting, counted_now, save, waiting_for};

use super::session::{Said, page as session_page, session_at};
use super::{title_of, with_whom};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::{OwnSupervision, SessionHere};
use crate::personal::looks;
use crate::ui::form::{Choices, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::{date, hours, moment_on_paper};

/// For how many days something waits to be agreed. Our choice: a quarter of a year, after which it counts anyhow and
/// hardly anybody remembers.
const WAITS_FOR_DAYS: u64 = 92;
/// How many wait on one page.
const MOST: u64 = 50;

/// What is written down, as far as it is asked about.
pub(super) fn record(
    (number, by, at): (i64, PersonId, DateTime<Utc>),
    people: Vec<PersonId>,
    said: &[Stood],
) -> Record {
    let said = said.iter().map(|it| (it.person, it.stand)).collect();
    Record { number, by, written_on: crate::clock::day_of(at), people, said }
}

/// What counts of a session, as far as it is asked about.
fn record_of(it: &Counted) -> Record {
    record((it.number, it.by, it.at), it.people.clone(), &it.stands)
}

/// POST /supervision/{arrangement}/sessions/{session}/stand
pub(crate) async fn keep(cx: Cx, at: SessionHere, typed: Typed) -> Answer {
    let (id, arrangement) = (at.held.id, &at.here.arrangement);
    let path = session_at(arrangement.id, id);
    let tx = cx.site.db().begin().await?;
    let record = record_of(&counted_now(&tx, &[id]).await?.pop().ok_or(TurnedAway::NotFound)?);
    let form = StandForm {
        stand: typed.text("stand"),
        comment: typed.text("comment"),
        seen: typed.text("number").parse().unwrap_or(0),
        has_looked: typed.text("looked") == "yes",
    };
    let fault = |field, remedy: &str| vec![FieldFault { field, remedy: remedy.to_owned() }];
    let (status, faults, looks_personal) = match take(&at.here.member, (arrangement, &record), &form) {
        Ok(new) => {
            save(&tx, id, &new, cx.now()).await?;
            if new.stand() == Stand::Disagreed {
                tell(&cx, &tx, (record.by, Happened::NotAgreed), &path).await?;
            }
            cx.keep(tx, at.here.event(&cx, STOOD)).await?;
            return Ok(cx.done(&format!("{path}?done=stood")));
        }
        // A second tap.
        Err(NotStood::Already) => return Ok(cx.done(&path)),
        Err(NotStood::Newer) => {
            let remedy = "It was changed meanwhile. Look at it as it stands now, then say whether it was so.";
            (StatusCode::CONFLICT, fault("stand", remedy), false)
        }
        Err(NotStood::Personal(like)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, vec![looks("comment", like)], true)
        }
        Err(NotStood::Faults(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, faults, false),
    };
    drop(tx);
    let form = FormState::refused(typed, faults);
    session_page(&cx, at, (status, None), Said { form, looks_personal }).await
}

/// What was said, and the form for whoever is asked.
#[component]
pub(super) fn Standing(
    /// Everybody who is asked, with what they said.
    asked: Vec<(String, Option<Stood>)>,
    /// Whether it waits for whoever reads this.
    is_mine: bool,
    /// From when on it counts, if not all have agreed.
    counts_from: Option<NaiveDate>,
    number: i64,
    path: String,
    said: Said,
) -> impl IntoView {
    let row = |(who, stood): (String, Option<Stood>)| {
        let says = stood.as_ref().map_or("Not yet", |it| it.stand.label(!it.comment.is_empty()));
        let when = stood.as_ref().map(|it| format!(", {}", moment_on_paper(it.at)));
        let comment = stood.map(|it| it.comment).filter(|it| !it.is_empty());
        view! {
            <div>
                <dt><bdi>{who}</bdi></dt>
                <dd>{says}{when}{comment.map(|it| view! { <p class="typed">{it}</p> })}</dd>
            </div>
        }
    };
    let Said { form, looks_personal } = said;
    let ways =
        vec![(Stand::Agreed.as_str(), "Yes, it was so"), (Stand::Disagreed.as_str(), "No, it was otherwise")];
    view! {
        <section class="stack" aria-labelledby="standing">
            <h2 id="standing">"Was it so?"</h2>
            <dl class="summary">{asked.into_iter().map(row).collect_view()}</dl>
            {counts_from.map(|it| view! { <p class="soft">{format!("It counts once all have agreed, and from {} on anyhow.", date(it))}</p> })}
            {is_mine.then(|| view! {
                <form method="post" action=format!("{path}/stand") class="card stack" novalidate>
                    <input type="hidden" name="number" value=number.to_string()/>
                    <Choices form=form.clone() name="stand" legend="Is it written down as it was?".to_owned() choices=ways/>
                    <TextArea form=form.clone() name="comment" label="Would you like to say something to it?" hint="You can leave this empty if you agree. Whoever was there reads it. No service user is named here." rows="3"/>
                    {looks_personal.then(|| view! { <Tick form name="looked" label="I have looked again: it names nobody"/> })}
                    <p><button class="button">"Say so"</button></p>
                </form>
            })}
        </section>
    }
}

/// A record that waits, with what it is called.
struct Row {
    waiting: Waiting,
    title: String,
}

/// The records that wait for whoever asks.
pub(super) async fn waiting(cx: &Cx, own: &OwnSupervision) -> store::Result<Vec<Waiting>> {
    let db = cx.site.db();
    let mut pairs = held_by(db, own.me.id()).await?;
    pairs.retain(|it| matches!(it.with, With::One(_)) && own.me.actor.as_strand_member(it, &[]).is_some());
    let pairs: Vec<_> = pairs.iter().map(|it| it.id).collect();
    let since = cx.today() - chrono::Days::new(WAITS_FOR_DAYS);
    waiting_for(db, (own.me.id(), &pairs), (since, MOST)).await
}

/// GET /supervision/waiting
pub(crate) async fn show(cx: Cx, own: OwnSupervision, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "all" => Some("You have agreed to what you ticked."),
        "some" => {
            Some("You have agreed to what you ticked. Something was changed meanwhile: look at it once more.")
        }
        "none" => Some("Nothing was ticked."),
        _ => None,
    };
    let rows = rows(&cx, &own).await?;
    let none = rows.is_empty();
    let row = |it: Row| {
        let (path, id) =
            (session_at(it.waiting.arrangement, it.waiting.session), it.waiting.session.to_string());
        let (named, value) = (id.clone(), format!("{id}.{}", it.waiting.number));
        let long = hours(u32::try_from(it.waiting.minutes).unwrap_or(0));
        let says = format!("{}: {}, {long}", it.title, date(it.waiting.day));
        view! {
            <li class="card stack">
                <label class="choice" for=named>
                    <input type="checkbox" id=id name="record" value=value/>
                    <span>{says}</span>
                </label>
                <p><a class="alone" href=path>{format!("Look at {}", date(it.waiting.day))}<span class="hidden">{format!(", {}", it.title)}</span></a></p>
            </li>
        }
    };
    let head = Head::new("What waits to be agreed", Area::Me);
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href="/supervision">"Supervision"</a></p>
                <h1>"Was it so?"</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"Others wrote down that you met. Tick what was so, or look at one to say how it was."</p>
                {none.then(|| view! { <p>"Nothing waits for you."</p> })}
                {(!none).then(|| view! {
                    <form method="post" action="/supervision/waiting" class="stack">
                        <ul role="list" class="stack">{rows.into_iter().map(row).collect_view()}</ul>
                        <p><button class="button">"I agree to what I ticked"</button></p>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

async fn rows(cx: &Cx, own: &OwnSupervision) -> store::Result<Vec<Row>> {
    let waiting = waiting(cx, own).await?;
    let ids: BTreeSet<_> = waiting.iter().map(|it| it.arrangement).collect();
    let all = whole(cx.site.db(), &ids.into_iter().collect::<Vec<_>>()).await?;
    let me = own.me.id();
    let others: Vec<_> = all.iter().filter_map(|(it, _)| it.other(it.part_of(me))).collect();
    let called = names(cx, &others).await?;
    let title = |it: &Arrangement| title_of(it.strand, &with_whom(it, it.part_of(me), &called));
    let titles: BTreeMap<_, _> = all.iter().map(|(it, _)| (it.id, title(it))).collect();
    let row = |waiting: Waiting| {
        let title = titles.get(&waiting.arrangement).cloned().unwrap_or_default();
        Row { waiting, title }
    };
    Ok(waiting.into_iter().map(row).collect())
}

/// POST /supervision/waiting: agrees to all that is ticked and stands as it was shown.
pub(crate) async fn agree(cx: Cx, own: OwnSupervision, typed: Typed) -> Answer {
    let ticked = typed.fields().filter(|it| it.0 == "record").filter_map(|(_, value)| {
        let (id, number) = value.split_once('.')?;
        Some((id.parse::<SessionId>().ok()?, number.parse::<i64>().ok()?))
    });
    let ticked: BTreeMap<_, _> = ticked.take(usize::try_from(MOST).unwrap_or(usize::MAX)).collect();
    if ticked.is_empty() {
        return Ok(cx.done("/supervision/waiting?done=none"));
    }
    let ids: Vec<_> = ticked.keys().copied().collect();
    let tx = cx.site.db().begin().await?;
    let counted = counted_now(&tx, &ids).await?;
    let at: BTreeSet<_> = counted.iter().map(|it| it.arrangement).collect();
    let all = whole(cx.site.db(), &at.into_iter().collect::<Vec<_>>()).await?;
    let all: BTreeMap<_, _> = all.into_iter().map(|it| (it.0.id, it)).collect();
    let (mut is_newer, mut any) = (false, None);
    for it in &counted {
        let Some((arrangement, spells)) = all.get(&it.arrangement) else { continue };
        // Of what somebody does not read, nothing is said.
        let member = own.me.actor.as_strand_member(arrangement, spells);
        let reads = |by: &StrandMember| days_of(by, arrangement, spells).contain(it.day);
        let Some(member) = member.filter(reads) else { continue };
        let seen = ticked.get(&it.session).copied().unwrap_or(0);
        let form = StandForm { stand: Stand::Agreed.as_str(), comment: "", seen, has_looked: false };
        match take(&member, (arrangement, &record_of(it)), &form) {
            Ok(new) => {
                save(&tx, it.session, &new, cx.now()).await?;
                let event =
                    Event::new(cx.now(), STOOD).by(own.me.id().as_uuid()).to(it.arrangement.as_uuid());
                let event = event.within(arrangement.organisation.as_uuid());
                let event = match arrangement.other(member.part()) {
                    Some(other) => event.about(other.as_uuid()),
                    None => event,
                };
                if let Some(before) = any.replace(event) {
                    store::audit::append(&tx, before).await?;
                }
            }
            Err(NotStood::Newer) => is_newer = true,
            Err(NotStood::Already | NotStood::Personal(_) | NotStood::Faults(_)) => {}
        }
    }
    if let Some(last) = any {
        cx.keep(tx, last).await?;
    }
    Ok(cx.done(&format!("/supervision/waiting?done={}", if is_newer { "some" } else { "all" })))
}
