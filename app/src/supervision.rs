//! Supervision: with whom I meet in which strand, what we agreed on, and that we met.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::{Months, NaiveDate};
use domain::people::{Actor, OrganisationId, PersonId, StrandMember};
use domain::supervision::Strand;
use domain::supervision::agreement::{Version, holding};
use domain::supervision::arrangement::{Arrangement, ArrangementId, Part, Spell, With, days_of};
use domain::supervision::plan::Planned;
use leptos::prelude::*;
use store::supervision::actions::{Todo, open_of};
use store::supervision::agreements::{KeptVersion, versions};
use store::supervision::arrangements::{belonged_to, held_by};
use store::supervision::planned::open_in;
use store::supervision::sums::{came_to, took_place};

use self::actions::Todos;
use self::debrief::Debriefs;
use self::planned::PlannedList;
use crate::answer::Broken;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::{OwnSupervision, SignedIn, StrandHere};
use crate::ui::choose::DayNames;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours};

pub(crate) mod actions;
pub(crate) mod agreement;
pub(crate) mod assurance;
pub(crate) mod begin;
pub(crate) mod calendar;
pub(crate) mod change;
pub(crate) mod debrief;
pub(crate) mod end;
mod feed;
pub(crate) mod lead;
pub(crate) mod members;
pub(crate) mod notes;
pub(crate) mod plan;
pub(crate) mod planned;
pub(crate) mod record;
mod recur;
mod remind;
pub(crate) mod session;
pub(crate) mod share;
pub(crate) mod stand;
pub(crate) mod strand;
mod terms;

pub use remind::{AT_ONCE as SESSIONS_AT_ONCE, Tomorrow, remind_of_sessions};

/// Where one pair or group is.
pub(crate) fn place(arrangement: ArrangementId) -> String {
    format!("/supervision/{arrangement}")
}

/// The day of a session, as it is typed.
const DAY: DayNames = ["day_day", "day_month", "day_year"];

/// What stands for minutes where nothing is agreed.
const AN_HOUR: u16 = 60;

/// How many of their actions somebody sees at once, those first that are due first.
const MY_ACTIONS: u64 = 25;

/// How many sessions that come next somebody sees at once.
const NEXT: u64 = 5;

/// How long ago sessions are counted from: a year.
fn a_year_ago(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(12)).unwrap_or(today)
}

/// What organisations are called.
async fn organisations(cx: &Cx, ids: &[OrganisationId]) -> store::Result<BTreeMap<OrganisationId, String>> {
    let all = store::organisations::organisations(cx.site.db(), ids).await?;
    Ok(all.into_iter().map(|it| (it.id, it.name)).collect())
}

/// Where an agreement stands, for one of those whom it is for.
enum Stands {
    /// There is none yet.
    None,
    /// It waits for them.
    Mine(i64),
    /// They have agreed; it waits for somebody else.
    Theirs,
    /// It holds.
    Holds(String),
}

fn stands(versions: &[KeptVersion], arrangement: &Arrangement, me: PersonId) -> Stands {
    let plain: Vec<Version> = versions.iter().map(|it| it.version.clone()).collect();
    let Some(last) = plain.last() else { return Stands::None };
    if !last.agreed.contains(&me) {
        return Stands::Mine(last.number);
    }
    let other = match &arrangement.with {
        With::One(person) => *person,
        With::Group(_) => me,
    };
    let with = if me == arrangement.supervisor { other } else { me };
    match holding(&plain, arrangement.supervisor, with) {
        Some(it) if it.number == last.number => Stands::Holds(it.terms.rhythm.said()),
        _ => Stands::Theirs,
    }
}

/// A pair or group on the page of somebody who belongs to it.
struct Card {
    href: String,
    title: &'static str,
    /// With whom, or which group.
    with: String,
    part: Part,
    says: String,
    /// What waits for them: the agreement of this number.
    waits: Option<i64>,
    /// How often and how long they met within a year.
    met: Option<String>,
    /// Their last day, where it has one.
    last_day: Option<NaiveDate>,
}

/// GET /supervision
pub(crate) async fn show(cx: Cx, own: OwnSupervision, Asks(asks): Asks) -> Answer {
    let me = own.me.id();
    let (cards, next) = cards(&cx, &own.me).await?;
    let todos = open_of(cx.site.db(), me, MY_ACTIONS).await?;
    let records = stand::waiting(&cx, &own).await?.len();
    let debriefs = debrief::rows(&cx, me).await?;
    let done = match asks.text("done") {
        "asked" => Some("You have asked. They are written to, and it stands here until you have talked."),
        "answered" => Some("That is kept."),
        _ => None,
    };
    let supervises = !own.held.is_empty() || !own.leads.is_empty();
    let reads = own.me.actor.engagements().iter().map(|it| it.organisation);
    let mut reads: Vec<_> = reads.filter(|it| own.me.actor.as_assurance_reader_of(*it).is_some()).collect();
    reads.sort_unstable();
    reads.dedup();
    let reads: Vec<_> = organisations(&cx, &reads).await?.into_iter().collect();
    let head = Head::new("Supervision", Area::Me);
    Ok(cx
        .page(
            StatusCode::OK,
            head,
            move || view! { <HubPage cards next todos records debriefs me supervises reads done/> },
        )
        .await)
}

/// Their pairs and groups, and what comes next in those that go on, the earliest first.
async fn cards(cx: &Cx, me: &SignedIn) -> Result<(Vec<Card>, Vec<Next>), Broken> {
    let db = cx.site.db();
    let since = a_year_ago(cx.today());
    let all = theirs(cx, &me.actor).await?;
    let me = me.id();
    let led = all.iter().filter(|it| it.member.part() == Part::Supervisor).map(|it| it.arrangement.id);
    let led: Vec<_> = led.collect();
    let ids: Vec<_> = all.iter().map(|it| it.arrangement.id).collect();
    let versions = versions(db, &ids).await?;
    let mut met = came_to(db, me, since).await?;
    met.extend(took_place(db, &led, since).await?);
    let with = |it: &Arrangement| match it.with {
        With::One(person) if it.supervisor == me => person,
        _ => it.supervisor,
    };
    let people: Vec<_> = all.iter().map(|it| with(&it.arrangement)).collect();
    let (called, today) = (names(cx, &people).await?, cx.today());
    let card = |Theirs { arrangement: it, own, member }: Theirs| {
        let stands = stands(versions.get(&it.id).map_or(&[], Vec::as_slice), &it, me);
        let last_day = it.last_day_of(&own, me);
        let name = called.get(&with(&it)).cloned().unwrap_or_default();
        let (says, waits) = match stands {
            _ if !it.goes_on_for(&own, me, today) => {
                ("What was shared until then stays here.".to_owned(), None)
            }
            Stands::None if it.strand.is_agreed_on() => ("No agreement yet.".to_owned(), None),
            Stands::None => ("Whenever something comes up.".to_owned(), None),
            Stands::Mine(number) => ("The agreement waits for you.".to_owned(), Some(number)),
            Stands::Theirs => ("You have agreed. It holds when the other has too.".to_owned(), None),
            Stands::Holds(said) => (said, None),
        };
        let part = member.part();
        let met = met.get(&it.id).map(said_met);
        Card {
            href: place(it.id),
            title: it.strand.label(),
            with: match (&it.with, part) {
                (With::Group(group), Part::Supervisor) => group.clone(),
                (With::Group(group), Part::Supervisee) => format!("{group}, with {name}"),
                (With::One(_), _) => name,
            },
            part,
            says,
            waits,
            met,
            last_day,
        }
    };
    let going_on = all.iter().filter(|it| it.arrangement.goes_on_for(&it.own, me, today));
    let going_on: Vec<_> = going_on.map(|it| it.arrangement.id).collect();
    let ahead = open_in(db, &going_on, (today, today + Months::new(2)), 4 * NEXT).await?;
    let ahead = ahead
        .into_iter()
        .filter(|it| it.ends() > cx.now() && all.iter().any(|of| of.reads(it)))
        .take(usize::try_from(NEXT).unwrap_or(0));
    let ahead: Vec<_> = ahead.collect();
    let (ids, cards): (Vec<_>, Vec<_>) = all.into_iter().map(|it| (it.arrangement.id, card(it))).unzip();
    let title = |of: ArrangementId| {
        let card = ids.iter().position(|it| *it == of).and_then(|it| cards.get(it));
        card.map(|it| format!("{} with {}", it.title, it.with))
    };
    let next = ahead.into_iter().map(|it| (title(it.arrangement), it)).collect();
    Ok((cards, next))
}

/// A pair or group of somebody.
struct Theirs {
    arrangement: Arrangement,
    /// The times at which they are or were supervised in it.
    own: Vec<Spell>,
    member: StrandMember,
}

impl Theirs {
    /// Whether it is of here, and of a day of which they read.
    fn reads(&self, it: &Planned) -> bool {
        self.arrangement.id == it.arrangement
            && days_of(&self.member, &self.arrangement, &self.own).contain(it.day)
    }
}

/// The pairs and groups of somebody: where they are or were supervised, and where they supervise. Whoever supervises
/// somebody no more opens nothing of it, and is not told what it is called.
async fn theirs(cx: &Cx, actor: &Actor) -> store::Result<Vec<Theirs>> {
    let (db, me) = (cx.site.db(), actor.person());
    let held = held_by(db, me).await?.into_iter().map(|it| (it, Vec::new()));
    let all = belonged_to(db, me).await?.into_iter().chain(held);
    let as_member = |(arrangement, own): (Arrangement, Vec<Spell>)| {
        let member = actor.as_strand_member(&arrangement, &own)?;
        Some(Theirs { arrangement, own, member })
    };
    Ok(all.filter_map(as_member).collect())
}

/// How often and how long somebody met.
fn said_met((sessions, minutes): &(i64, i64)) -> String {
    let times = if *sessions == 1 { "Once".to_owned() } else { format!("{sessions} times") };
    format!("{times}, {}, in the last 12 months.", hours(u32::try_from(*minutes).unwrap_or(0)))
}

/// A session that comes next, with what it is called.
type Next = (Option<String>, Planned);

#[component]
fn HubPage(
    cards: Vec<Card>,
    next: Vec<Next>,
    todos: Vec<Todo>,
    /// How many records wait for them.
    records: usize,
    /// Debriefs that somebody asked for.
    debriefs: Vec<debrief::Row>,
    me: PersonId,
    supervises: bool,
    /// Of which organisations they read figures.
    reads: Vec<(OrganisationId, String)>,
    done: Option<&'static str>,
) -> impl IntoView {
    let any_debrief = !debriefs.is_empty();
    let records = (records > 0).then(|| {
        let says = match records {
            1 => "Say whether one session is written down as it was".to_owned(),
            more => format!("Say whether {more} sessions are written down as they were"),
        };
        view! { <li><a class="alone" href="/supervision/waiting">{says}</a></li> }
    });
    let waits: Vec<_> = cards
        .iter()
        .filter_map(|it| {
            let href = format!("{}/agreement/{}", it.href, it.waits?);
            let says = format!("Read and agree: {} with {}", it.title, it.with);
            Some(view! { <li><a class="alone" href=href>{says}</a></li> })
        })
        .collect();
    let (mine, held): (Vec<_>, Vec<_>) = cards.into_iter().partition(|it| it.part == Part::Supervisee);
    let none = mine.is_empty() && held.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Supervision"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="lead">"Each kind stands for itself: whoever meets you in one reads nothing of another."</p>
            {any_debrief.then(|| view! {
                <section class="stack" aria-labelledby="debriefs">
                    <h2 id="debriefs">"Debriefs that somebody asked for"</h2>
                    <Debriefs rows=debriefs me/>
                </section>
            })}
            {(!waits.is_empty() || records.is_some()).then(|| view! {
                <section class="notice stack" aria-labelledby="waits">
                    <h2 id="waits">"Waits for you"</h2>
                    <ul role="list" class="stack">{waits}{records}</ul>
                </section>
            })}
            {(none && !supervises).then(|| view! {
                <p>"You have no supervision here yet. Whoever supervises you writes down with you how often you meet and what stays between you. It then stands here."</p>
            })}
            {(!next.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="next">
                    <h2 id="next">"What comes next"</h2>
                    <PlannedList planned=next/>
                </section>
            })}
            {(!todos.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="actions">
                    <h2 id="actions">"What I am to do"</h2>
                    <Todos todos me called=BTreeMap::new() supervises=false/>
                </section>
            })}
            <p><a class="alone" href="/supervision/debrief">"Ask for a debrief"</a></p>
            {(!none).then(|| view! {
                <p><a class="alone" href="/supervision/notes">"What I wrote for myself"</a></p>
                <p><a class="alone" href="/supervision/calendar">"In my own calendar"</a></p>
            })}
            {(!mine.is_empty()).then(|| view! { <Cards id="mine" heading="My supervision" cards=mine/> })}
            {(!held.is_empty()).then(|| view! { <Cards id="held" heading="Whom I supervise" cards=held/> })}
            {supervises.then(|| view! { <p><a class="button" href="/supervision/new">"Begin with somebody"</a></p> })}
            {reads.into_iter().map(|(id, name)| view! {
                <p><a class="alone" href=assurance::figures_of(id)>{format!("Supervision in figures: {name}")}</a></p>
            }).collect_view()}
        </div>
    }
}

#[component]
fn Cards(id: &'static str, heading: &'static str, cards: Vec<Card>) -> impl IntoView {
    let card = |it: Card| {
        view! {
            <li class="card stack">
                <h3><a class="alone" href=it.href>{it.title}<span class="hidden">" with "{it.with.clone()}</span></a></h3>
                <p>"With "<bdi>{it.with}</bdi></p>
                <p>{it.says}</p>
                {it.met.map(|it| view! { <p class="soft">{it}</p> })}
                {it.last_day.map(|it| view! { <p><span class="tag">{format!("Last day: {}", date(it))}</span></p> })}
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <ul role="list" class="stack">{cards.into_iter().map(card).collect_view()}</ul>
        </section>
    }
}

/// What a kind of supervision is called together with whom it is.
fn title_of(strand: Strand, with: &str) -> String {
    format!("{} with {with}", strand.label())
}

/// With whom somebody meets: the other of a pair, or what the group is called.
fn with_whom(arrangement: &Arrangement, part: Part, called: &BTreeMap<PersonId, String>) -> String {
    match arrangement.other(part) {
        Some(other) => called.get(&other).cloned().unwrap_or_default(),
        None => arrangement.with.name().unwrap_or_default().to_owned(),
    }
}

/// What a pair or group is called, on a page that names nobody else.
async fn title(cx: &Cx, here: &StrandHere) -> store::Result<String> {
    let called = names(cx, here.other().as_slice()).await?;
    Ok(title_of(here.arrangement.strand, &with_whom(&here.arrangement, here.member.part(), &called)))
}
