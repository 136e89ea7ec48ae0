//! What is required of me: by whom, how I stand with it, what would count, and the next day.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::{Engagement, OrganisationId};
use domain::training::requirement::{
    Requirement, Standing, Version, hours_said, is_written_to, may_count_for,
};
use domain::training::start::Waiting;
use domain::training::vetting::{Vetted, vetted};
use leptos::prelude::*;
use store::organisations::{Colleague, Organisation};
use store::training::matrix::Known;
use store::training::records::{self, COUNTED, Record};
use store::training::requirements;
use store::training::starts::{self, Whose};

use super::stands::{self, Stands};
use super::starting::OF_ONE;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::Typed;
use crate::permits::{OwnRecord, SignedIn};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// Where it is.
pub(crate) const MINE: &str = "/training/required";

/// What one organisation asks of me.
struct Asked {
    organisation: Organisation,
    vetted: Vetted,
    items: Vec<Item>,
}

/// One thing that it asks.
struct Item {
    requirement: Requirement,
    standing: Option<Standing>,
    records: Vec<Record>,
    /// For which others I may let a record count, each with its organisation.
    elsewhere: Vec<(Requirement, String)>,
}

/// GET /training/required
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let asked = asked(&cx, &me).await?;
    let done = (asks.text("done") == "counted").then_some("It counts there as well, from now on.");
    let way = store::me::reach(cx.site.db(), me.id()).await?.map(|it| it.way);
    let beside = (is_written_to(way), cx.today());
    let head = Head::new("What is required", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <RequiredPage asked beside done/> }).await)
}

/// POST /training/required/{record}/count: lets it count for another organisation, which then knows of it.
pub(crate) async fn count(cx: Cx, own: OwnRecord, typed: Typed) -> Answer {
    let OwnRecord { me, record } = own;
    // Nothing was chosen.
    let Ok(chosen) = typed.text("requirement").parse() else { return Ok(cx.done(MINE)) };
    let found = requirements::requirement(cx.site.db(), chosen).await?;
    let is_mine =
        |it: &Requirement| me.actor.engagements().iter().any(|of| of.organisation == it.organisation);
    let other = found.filter(is_mine).ok_or(TurnedAway::NotFound)?;
    let one = requirements::requirement(cx.site.db(), record.requirement).await?;
    let one = one.ok_or(TurnedAway::NotFound)?;
    if !may_count_for((&one, record.level), &other, cx.today()) {
        return Err(TurnedAway::NotFound);
    }
    let tx = cx.site.db().begin().await?;
    records::count_for(&tx, (record.id, me.id()), &other).await?;
    let id = me.id().as_uuid();
    let event = store::audit::Event::new(cx.now(), COUNTED).by(id).about(id);
    let event = event.within(other.organisation.as_uuid()).to(record.id.as_uuid());
    cx.keep(tx, event).await?;
    Ok(cx.done(&format!("{MINE}?done=counted")))
}

/// What all the organisations ask to which I am something.
async fn asked(cx: &Cx, me: &SignedIn) -> Result<Vec<Asked>, TurnedAway> {
    let (db, today) = (cx.site.db(), cx.today());
    let ids: Vec<_> = me.actor.engagements().iter().map(|it| it.organisation).collect();
    let organisations = store::organisations::organisations(db, &ids).await?;
    let mut required = Vec::with_capacity(organisations.len());
    for it in organisations {
        let all = requirements::of(db, it.id).await?;
        required.push((it, all));
    }
    // What waits for a check asks for it as well.
    let waiting = starts::waiting(db, Whose::Of(me.id()), OF_ONE).await?;
    let mut asked = Vec::new();
    for (organisation, all) in &required {
        let found = store::organisations::colleague(db, organisation.id, me.id(), today).await?;
        let Some(who) = found else { continue };
        let notes = records::about(db, organisation.id, &[who.id]).await?;
        let known = Known::of(&notes);
        let roles = store::training::vetting::roles(db, organisation.id).await?;
        let latest = match roles.is_empty() {
            true => None,
            false => store::training::vetting::latest(db, organisation.id, &[who.id]).await?.remove(&who.id),
        };
        let here = waiting.iter().filter(|it| it.organisation == organisation.id);
        let all_of_it: Vec<_> =
            who.engagements.iter().cloned().chain(here.map(Waiting::as_if_begun)).collect();
        let vetted = vetted(&all_of_it, &roles, latest.as_ref(), today);
        let item = |it: &Requirement| {
            let theirs = notes.records.iter().filter(|of| of.0 == it.id && of.1.back.is_none());
            Item {
                standing: known.standing(&who, it, today),
                records: theirs.map(|it| it.1.clone()).collect(),
                elsewhere: elsewhere(it, &required, today),
                requirement: it.clone(),
            }
        };
        let is_mine = |it: &Item| it.standing.is_some() || will_be_asked(&it.requirement, &who, today);
        let items: Vec<_> = all.iter().map(item).filter(is_mine).collect();
        if !items.is_empty() || vetted != Vetted::NotAsked {
            asked.push(Asked { organisation: organisation.clone(), vetted, items });
        }
    }
    Ok(asked)
}

/// How much of what is asked is there, and what is called for that is not: overdue, missing, or a check.
pub(super) async fn so_far(cx: &Cx, me: &SignedIn) -> Result<(usize, Vec<String>), TurnedAway> {
    let (mut met, mut missing) = (0, Vec::new());
    for it in asked(cx, me).await? {
        for item in &it.items {
            let Some(standing) = item.standing.as_ref() else { continue };
            if standing.is_met() {
                met += 1;
            } else if standing.is_due() {
                missing.push(stands::called(&item.requirement, cx.today()));
            }
        }
    }
    Ok((met, missing))
}

/// Whether it is asked of somebody from a day on that lies ahead.
fn will_be_asked(requirement: &Requirement, who: &Colleague, today: NaiveDate) -> bool {
    let asks = |version: &Version| {
        let of = |it: &Engagement| version.asked_of.contains(&it.kind);
        who.engagements.iter().any(of)
    };
    requirement.coming(today).is_some_and(asks)
}

/// Where else it is asked of me under the same code.
fn elsewhere(
    requirement: &Requirement,
    required: &[(Organisation, Vec<Requirement>)],
    today: NaiveDate,
) -> Vec<(Requirement, String)> {
    let others = required.iter().flat_map(|(organisation, all)| all.iter().map(move |it| (organisation, it)));
    others
        .filter(|(_, it)| may_count_for((requirement, u8::MAX), it, today))
        .map(|(organisation, it)| (it.clone(), organisation.name.clone()))
        .collect()
}

#[component]
fn RequiredPage(
    asked: Vec<Asked>,
    /// Whether letters tell of what becomes due, and today.
    beside: (bool, NaiveDate),
    done: Option<&'static str>,
) -> impl IntoView {
    let (is_written_to, today) = beside;
    let none = asked.is_empty();
    let next = next_days(&asked, today);
    let here = asked.iter().map(|it| it.organisation.id).collect::<Vec<_>>();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"What is required of me"</h1>
            <p class="lead">"Training, policies and checks that organisations ask of you because of what you do there. You and the coordinators of each see how you stand with it."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {none.then(|| view! { <p>"Nothing is required of you at the moment."</p> })}
            {next.map(|it| view! { <p class="notice">{it}</p> })}
            {(!none).then(|| view! { <Letters is_written_to/> })}
            {asked.into_iter().map(|asked| view! { <AskedBy asked today here=here.clone()/> }).collect_view()}
        </div>
    }
}

/// Whether letters come about it, and where that is changed.
#[component]
fn Letters(is_written_to: bool) -> impl IntoView {
    let says = match is_written_to {
        true => {
            "When something comes up you get a letter, once, and about what is past again after four weeks at most. None comes while you are away or a day is set. "
        }
        false => "You would rather be rung or sent a text, so no letters come about it. ",
    };
    view! { <p>{says}<a href="/me/about">"How to reach me"</a></p> }
}

/// What comes next: the first day by which something has to be done.
fn next_days(asked: &[Asked], today: NaiveDate) -> Option<String> {
    let items = asked.iter().flat_map(|it| &it.items);
    let open = items.filter_map(|it| Some((it.standing?, &it.requirement)));
    let (standing, requirement) = open
        .filter(|(it, _)| {
            it.due().is_some() && !matches!(it.state(), domain::training::requirement::State::Exempt)
        })
        .min_by_key(|(it, requirement)| (it.due(), requirement.code.clone()))?;
    let (label, when) = (standing.state().label(), stands::when(&standing));
    Some(format!("Next: {}. {label}, {when}.", stands::called(requirement, today)))
}

#[component]
fn AskedBy(asked: Asked, today: NaiveDate, here: Vec<OrganisationId>) -> impl IntoView {
    let Asked { organisation, vetted, items } = asked;
    let id = format!("asked-{}", organisation.id);
    let named = id.clone();
    view! {
        <section class="stack" aria-labelledby=id>
            <h2 id=named>"Asked by "<bdi>{organisation.name}</bdi></h2>
            {(vetted != Vetted::NotAsked).then(|| view! {
                <p>"Check before you start: "<span class=if vetted == Vetted::Current { "tag good" } else { "tag wait" }>{vetted.label()}</span>". "
                    <span class="soft">"Only whoever sees checks there knows more than this, and your log says when they look."</span></p>
            })}
            <ul role="list" class="stack">
                {items.into_iter().map(|item| view! { <ItemCard item today here=here.clone()/> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn ItemCard(item: Item, today: NaiveDate, here: Vec<OrganisationId>) -> impl IntoView {
    let Item { requirement, standing, records, elsewhere } = item;
    let Some(version) = requirement.now_or_first(today) else { return ().into_any() };
    let coming = requirement.coming(today).map(coming);
    let more = standing.map(|it| stands::more(&it, &version.rule)).unwrap_or_default();
    let is_settled =
        standing.is_some_and(|it| it.is_met() && it.state() == domain::training::requirement::State::Current);
    let title = version.called();
    let lines: Vec<_> = records
        .into_iter()
        .map(|it| {
            let others: Vec<_> = elsewhere
                .iter()
                .filter(|of| of.0.now_or_first(today).is_some_and(|now| now.level <= it.level))
                .cloned()
                .collect();
            // What came from elsewhere is shared there already.
            let others = if here.contains(&it.organisation) && it.requirement == requirement.id {
                others
            } else {
                Vec::new()
            };
            view! { <RecordLine record=it others title=title.clone()/> }
        })
        .collect();
    let has_records = !lines.is_empty();
    // What waits is read there, and what was accepted stands there.
    let policy = requirement.is_policy().then(|| super::policies::own(requirement.id));
    view! {
        <li class="card stack">
            <h3>{match (&policy, is_settled) {
                (Some(href), true) => view! { <a class="alone" href=href.clone()>{title.clone()}</a> }.into_any(),
                _ => view! { {title.clone()} }.into_any(),
            }}</h3>
            {standing.map(|standing| view! { <p><Stands standing/></p> })}
            {(!more.is_empty()).then(|| view! { <p>{more}</p> })}
            <p class="soft">{version.rule.said()}</p>
            {coming.map(|it| view! { <p>{it}</p> })}
            {(!is_settled).then(|| view! { <p>"What would count: "{stands::would_count(&version.rule)}</p> })}
            {policy.filter(|_| !is_settled).map(|href| {
                let title = title.clone();
                view! { <p class="on-screen"><a class="button" href=href>"Read it"<span class="hidden">": "{title}</span></a></p> }
            })}
            {has_records.then(|| view! {
                <details>
                    <summary>"What I have done"<span class="hidden">" of "{title}</span></summary>
                    <ul role="list" class="stack">{lines}</ul>
                </details>
            })}
        </li>
    }
    .into_any()
}

/// "From 1 May 2028: every 6 months."
pub(super) fn coming(version: &Version) -> String {
    let from = date(version.from);
    match version.asked_of.is_empty() {
        true => format!("From {from} it is asked of nobody any more."),
        false => format!("From {from}: {}. Everybody then has {} weeks.", version.rule.said(), version.weeks),
    }
}

#[component]
fn RecordLine(record: Record, others: Vec<(Requirement, String)>, title: String) -> impl IntoView {
    let path = format!("{MINE}/{}/count", record.id);
    view! {
        <li class="stack">
            <p>{said(&record)}</p>
            {others.into_iter().map(|(other, name)| {
                let label = format!("Let {title} of {} count at {name} too", date(record.done.on));
                view! {
                    <form method="post" action=path.clone() class="on-screen">
                        <button class="button quiet" name="requirement" value=other.id.to_string() aria-label=label>"Let it count at "{name}" too"</button>
                        <p class="soft">"Coordinators there then see this line as well."</p>
                    </form>
                }
            }).collect_view()}
        </li>
    }
}

/// "4 May 2027, Live part, 2 hours, given by Our college. Certificate seen."
pub(super) fn said(record: &Record) -> String {
    let mut words = vec![date(record.done.on)];
    words.extend(Some(record.done.part.clone()).filter(|it| !it.is_empty()));
    words.extend((record.done.minutes > 0).then(|| hours_said(record.done.minutes)));
    words.push(format!("given by {}", record.provider));
    format!("{}. {}", words.join(", "), record.evidence)
}
