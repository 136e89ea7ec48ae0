//! One pair or group: what was agreed on, and the sessions that took place.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::PersonId;
use domain::supervision::action::ActionId;
use domain::supervision::arrangement::{ArrangementId, Days, Part, days_of};
use domain::supervision::plan::{Planned, may_plan};
use domain::supervision::session::{SessionId, may_write};
use leptos::prelude::*;
use store::supervision::actions::{Todo, open};
use store::supervision::agreements::versions;
use store::supervision::planned::open_in;
use store::supervision::sessions::{Held, sessions};

use super::actions::{TakeBack, Todos};
use super::planned::PlannedList;
use super::session::came_for;
use super::{Stands, place, stands, title_of, with_whom};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::StrandHere;
use crate::training::when::hour;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours};

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// How many open actions are shown, those first that are due first.
const OPEN_ACTIONS: u64 = 50;

/// Everything on the page.
struct Whole {
    path: String,
    title: String,
    readers: &'static str,
    agreement: Option<(i64, String)>,
    sessions: Vec<Held>,
    called: BTreeMap<PersonId, String>,
    id: ArrangementId,
    /// Who belongs to it, where it is one.
    group: Option<Group>,
    /// What is still to be done.
    todos: Vec<Todo>,
    /// What was just said to be done.
    settled: Option<ActionId>,
    me: PersonId,
    /// The last day of whoever reads it, where they have one.
    last_day: Option<NaiveDate>,
    part: Part,
    may_write: bool,
    may_plan: bool,
    /// What lies ahead, and what is over and waits to be written down.
    ahead: Vec<Planned>,
    unwritten: Vec<Planned>,
    /// More is planned than is shown.
    even_more: bool,
    next: Option<String>,
    done: Option<&'static str>,
}

/// Who belongs to a group, without whoever reads it.
struct Group {
    led_by: Option<String>,
    others: Vec<String>,
    /// It is over for whoever reads it: these are those of their last day.
    is_over: bool,
}

/// GET /supervision/{arrangement}
pub(crate) async fn show(cx: Cx, here: StrandHere, Asks(asks): Asks) -> Answer {
    let (db, arrangement) = (cx.site.db(), &here.arrangement);
    let path = place(arrangement.id);
    let days = days_of(&here.member, arrangement, &here.spells);
    let page = (before(asks.text("before")), A_PAGE as u64 + 1);
    let mut found = sessions(db, (&here.member, &days), page).await?;
    let there_is_more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let next = found.last().filter(|_| there_is_more).map(|it| format!("{path}?before={}.{}", it.day, it.id));
    let mut people: Vec<PersonId> = found.iter().map(|it| it.by).collect();
    people.extend(found.iter().flat_map(|it| it.present.iter().map(|it| it.person)));
    let mut todos = open(db, &here.member, OPEN_ACTIONS).await?;
    todos.retain(|it| days.contain(it.agreed_on));
    people.extend(todos.iter().map(|it| it.owner));
    let (ahead, unwritten, even_more) = planned(&cx, &here, &days).await?;
    let members = here.members(cx.today());
    let is_over = !here.goes_on(cx.today());
    people.extend(members.iter().copied().chain([arrangement.supervisor]));
    let called = names(&cx, &people).await?;
    let name = |it: &PersonId| called.get(it).cloned().unwrap_or_default();
    let with = with_whom(arrangement, here.member.part(), &called);
    let mut versions = versions(db, &[arrangement.id]).await?;
    let versions = versions.remove(&arrangement.id).unwrap_or_default();
    let last = versions.last().map(|it| it.version.number);
    let says = match stands(&versions, arrangement, here.me) {
        _ if is_over => "It stays to be read.".to_owned(),
        Stands::None => String::new(),
        Stands::Mine(_) => "It waits for you.".to_owned(),
        Stands::Theirs => "You have agreed. It holds when the other has too.".to_owned(),
        Stands::Holds(said) => said,
    };
    let is_group = arrangement.with.name().is_some();
    let done = done(asks.text("done"), is_group);
    let settled = asks.text("action").parse().ok().filter(|_| asks.text("done") == "settled");
    let group = is_group.then(|| {
        let others = members.iter().filter(|it| **it != here.me);
        let mut others: Vec<_> = others.map(name).collect();
        others.sort_by_cached_key(|it| domain::people::filed(it));
        let led_by = (arrangement.supervisor != here.me).then(|| name(&arrangement.supervisor));
        Group { led_by, others, is_over }
    });
    let whole = Whole {
        title: title_of(arrangement.strand, &with),
        readers: arrangement.strand.readers(),
        agreement: last.map(|it| (it, says)),
        id: arrangement.id,
        group,
        todos,
        settled,
        last_day: arrangement.last_day_of(&here.spells, here.me),
        part: here.member.part(),
        may_write: may_write(arrangement, here.member.part()),
        may_plan: may_plan(&here.member, arrangement, cx.today()),
        ahead,
        unwritten,
        even_more,
        me: here.me,
        sessions: found,
        path,
        called,
        next,
        done,
    };
    let head = Head::new("Supervision", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <StrandPage whole/> }).await)
}

/// What was just done.
fn done(asks: &str, is_group: bool) -> Option<&'static str> {
    match asks {
        "recorded" if is_group => Some("It is written down. Whoever was a member on that day sees it here."),
        "recorded" => Some("It is written down. Both of you see it here."),
        "planned" => Some("It is planned. Whoever belongs to it is told."),
        "settled" => Some("It is done."),
        "ended" => Some("Its last day is kept. Whoever belongs to it is told."),
        "open" => Some("It is open again."),
        _ => None,
    }
}

/// How many sessions that lie ahead are shown: every week of the 15 months within which they are planned, twice.
const AHEAD: usize = 130;
/// For how many days what was planned waits to be written down. Our choice.
const WAITS_FOR: chrono::Days = chrono::Days::new(92);

/// What lies ahead, and what is over and waits to be written down, of the days on which they belong to it.
/// And whether there is more of it than that.
async fn planned(
    cx: &Cx,
    here: &StrandHere,
    days: &Days,
) -> store::Result<(Vec<Planned>, Vec<Planned>, bool)> {
    let span = (cx.today() - WAITS_FOR, cx.today() + chrono::Months::new(36));
    let mut all = open_in(cx.site.db(), &[here.arrangement.id], span, AHEAD as u64 + 1).await?;
    let even_more = all.len() > AHEAD;
    all.truncate(AHEAD);
    let theirs = all.into_iter().filter(|it| days.contain(it.day));
    let (ahead, mut unwritten): (Vec<_>, Vec<_>) = theirs.partition(|it| it.starts > cx.now());
    if !may_write(&here.arrangement, here.member.part()) {
        // Somebody else is asked.
        unwritten.clear();
    }
    Ok((ahead, unwritten, even_more))
}

/// The last session of the page before, as its link names it.
fn before(asked: &str) -> Option<(NaiveDate, SessionId)> {
    let (day, id) = asked.split_once('.')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

#[component]
fn StrandPage(whole: Whole) -> impl IntoView {
    let Whole { path, title, readers, agreement, sessions, called, me, part, may_write, next, done, .. } =
        whole;
    let Whole { id, group, todos, settled, may_plan, ahead, unwritten, even_more, .. } = whole;
    let (is_pair, supervises) = (group.is_none(), part == Part::Supervisor);
    let last_day = whole.last_day;
    let end = (supervises && last_day.is_none()).then(|| format!("{path}/end"));
    let members = format!("{path}/members");
    let todo_names = called.clone();
    let sessions_at = format!("{path}/sessions");
    let none = sessions.is_empty();
    let record = format!("{path}/record");
    let name = move |it: PersonId| {
        if it == me { "you".to_owned() } else { called.get(&it).cloned().unwrap_or_default() }
    };
    let card = |it: Held| {
        let came: Vec<_> = it
            .present
            .iter()
            .filter(|_| !is_pair)
            .map(|it| {
                view! { <li><bdi>{name(it.person)}</bdi>": "{came_for(it)}</li> }
            })
            .collect();
        let place = (!it.place.is_empty()).then(|| format!(", {}", it.place));
        view! {
            <li class="card stack">
                <h3><a class="alone" href=format!("{sessions_at}/{}", it.id)>{format!("{} at {}", date(it.day), hour(it.time))}</a></h3>
                <p>{hours(it.minutes.into())}{place}</p>
                {(!it.themes.is_empty()).then(|| view! { <p class="typed">{it.themes}</p> })}
                {(!came.is_empty()).then(|| view! { <details><summary>"Who came"</summary><ul class="stack">{came}</ul></details> })}
                <p class="soft">"Written by "<bdi>{name(it.by)}</bdi>{(it.number > 1).then(|| format!(", version {}", it.number))}"."</p>
            </li>
        }
    };
    let cards: Vec<_> = sessions.into_iter().map(card).collect();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/supervision">"Supervision"</a></p>
            <h1>{title}</h1>
            {done.map(|it| view! {
                <div class="notice stack" role="status"><p>{it}</p>{settled.map(|action| view! { <TakeBack arrangement=id action/> })}</div>
            })}
            {last_day.map(|it| view! { <p><span class="tag">{format!("Last day: {}", date(it))}</span></p> })}
            {group.map(|it| view! { <Members group=it href=supervises.then_some(members)/> })}
            <p>{readers}</p>
            {agreement.map(|(number, says)| view! {
                <section class="card stack" aria-labelledby="agreement">
                    <h2 id="agreement"><a class="alone" href=format!("{path}/agreement/{number}")>"What we agreed on"</a></h2>
                    <p>{says}</p>
                </section>
            })}
            {(!unwritten.is_empty()).then(|| view! {
                <section class="notice stack" aria-labelledby="unwritten">
                    <h2 id="unwritten">"Did you meet?"</h2>
                    <p>"These were planned. Write down that you met, or say that it did not take place."</p>
                    <PlannedList planned=unnamed(unwritten)/>
                </section>
            })}
            <Ahead ahead even_more href=may_plan.then(|| format!("{path}/plan"))/>
            {may_write.then(|| view! { <p><a class="button" href=record>"Write down that we met"</a></p> })}
            {(!todos.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="actions">
                    <h2 id="actions">"What is still to be done"</h2>
                    <Todos todos me called=todo_names supervises/>
                </section>
            })}
            <section class="stack" aria-labelledby="sessions">
                <h2 id="sessions">"Sessions"</h2>
                {none.then(|| view! { <p>"None is written down yet."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {next.map(|it| view! { <p><a class="alone" href=it>"Earlier ones"</a></p> })}
            </section>
            {end.map(|it| view! { <p><a class="alone" href=it>"Set a last day"</a></p> })}
        </div>
    }
}

fn unnamed(planned: Vec<Planned>) -> Vec<(Option<String>, Planned)> {
    planned.into_iter().map(|it| (None, it)).collect()
}

/// How many of those that lie ahead are shown before the rest is folded away.
const FIRST: usize = 3;

/// What lies ahead, and where whoever may plans more.
#[component]
fn Ahead(mut ahead: Vec<Planned>, even_more: bool, href: Option<String>) -> impl IntoView {
    let none = ahead.is_empty();
    let rest = ahead.split_off(ahead.len().min(FIRST));
    let more = (!rest.is_empty()).then(|| (format!("{} more", rest.len()), rest));
    (!none || href.is_some()).then(|| view! {
        <section class="stack" aria-labelledby="ahead">
            <h2 id="ahead">"What comes next"</h2>
            {none.then(|| view! { <p>"Nothing is planned."</p> })}
            {(!none).then(|| view! { <PlannedList planned=unnamed(ahead)/> })}
            {more.map(|(says, rest)| view! { <details><summary>{says}</summary><PlannedList planned=unnamed(rest)/></details> })}
            {even_more.then(|| view! { <p class="soft">"More is planned after these. It shows here when it comes nearer."</p> })}
            {href.map(|it| view! { <p><a class="alone" href=it>{if none { "Plan when you meet" } else { "Plan more" }}</a></p> })}
        </section>
    })
}

/// Who belongs to a group, and for whoever leads it where that is changed.
#[component]
fn Members(group: Group, href: Option<String>) -> impl IntoView {
    let none = group.others.is_empty();
    let others: Vec<_> = group.others.into_iter().map(|it| view! { <li><bdi>{it}</bdi></li> }).collect();
    view! {
        <section class="card stack" aria-labelledby="members">
            <h2 id="members">{if group.is_over { "Who belonged to it on the last day" } else { "Who belongs to it" }}</h2>
            {group.led_by.map(|it| view! { <p>"Led by "<bdi>{it}</bdi></p> })}
            {none.then(|| view! { <p>{if group.is_over { "Nobody else." } else { "Nobody else yet." }}</p> })}
            {(!none).then(|| view! { <ul>{others}</ul> })}
            {href.map(|it| view! { <p><a class="alone" href=it>"Add somebody, or set a last day"</a></p> })}
        </section>
    }
}
