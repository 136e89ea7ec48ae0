//! Placements of an organisation: who practises where, from when to when, and who looks after it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{OrganisationId, PersonId, PlaceId, PlaceKind};
use domain::training::cohort::CohortId;
use domain::training::placement::{Placement, PlacementId};
use leptos::prelude::*;
use store::training::cohorts::cohorts;
use store::training::placements::{Early, Whose, ended, placements};

use crate::answer::Broken;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::{CoordinatesTrainingHere, SignedIn};
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours};

pub(crate) mod arrange;
pub(crate) mod end;

/// On a page. One more is asked for, to know whether there is a next page.
pub(super) const A_PAGE: usize = 25;

/// Where an organisation's placements are.
fn base(organisation: OrganisationId) -> String {
    format!("/training/at/{organisation}/placements")
}

/// A placement with what stands in it called by name.
#[derive(Clone)]
pub(super) struct Called {
    pub(super) placement: Placement,
    pub(super) person: String,
    pub(super) supervisor: String,
    pub(super) site: String,
    /// How many minutes count.
    pub(super) minutes: u32,
    /// How many the programme asks for, where it is part of one.
    pub(super) asked: Option<u32>,
    /// When and why it ended early, if it did.
    pub(super) ended: Option<String>,
}

impl Called {
    /// "12 hours agreed, of 36 hours", or only what there is.
    pub(super) fn so_far(&self) -> String {
        let agreed = match self.minutes {
            0 => "No hours agreed yet".to_owned(),
            minutes => format!("{} agreed", hours(minutes)),
        };
        match self.asked {
            Some(asked) => format!("{agreed}, of {}", hours(asked)),
            None => agreed,
        }
    }
}

/// What stands in these placements, with a handful of questions however many they are.
pub(super) async fn called(cx: &Cx, found: Vec<Placement>) -> Result<Vec<Called>, Broken> {
    let db = cx.site.db();
    let people: Vec<PersonId> = found.iter().flat_map(|it| [it.person, it.supervisor]).collect();
    let called = names(cx, &people).await?;
    let ids: Vec<_> = found.iter().map(|it| it.id).collect();
    let minutes = store::training::hours::counted(db, &ids).await?;
    let early = ended(db, &ids).await?;
    let mut organisations: Vec<_> = found.iter().map(|it| it.organisation).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let mut sites: BTreeMap<PlaceId, String> = BTreeMap::new();
    for organisation in organisations {
        sites.extend(sites_of(cx, organisation).await?);
    }
    let groups: Vec<CohortId> = found.iter().filter_map(|it| it.cohort).collect();
    let mut asked: BTreeMap<CohortId, u32> = BTreeMap::new();
    for it in cohorts(db, &groups).await? {
        // Programmes are held in memory.
        if let Some(programme) = cx.public.programme_in(db, it.programme).await? {
            asked.insert(it.id, programme.outline.placement_minutes);
        }
    }
    let name = |it: PersonId| called.get(&it).cloned().unwrap_or_default();
    let called = |it: Placement| Called {
        person: name(it.person),
        supervisor: name(it.supervisor),
        site: sites.get(&it.site).cloned().unwrap_or_default(),
        minutes: minutes.get(&it.id).and_then(|it| u32::try_from(*it).ok()).unwrap_or_default(),
        asked: it.cohort.and_then(|it| asked.get(&it).copied()).filter(|it| *it > 0),
        ended: early.get(&it.id).map(said_early),
        placement: it,
    };
    Ok(found.into_iter().map(called).collect())
}

/// The sites of an organisation, by name.
pub(super) async fn sites_of(cx: &Cx, id: OrganisationId) -> store::Result<Vec<(PlaceId, String)>> {
    let places = store::arranging::places(cx.site.db(), id).await?;
    let sites = places.into_iter().filter(|it| it.kind == PlaceKind::Site);
    Ok(sites.map(|it| (it.id, it.name)).collect())
}

/// A page of placements, and where the next one is.
pub(super) async fn a_page(
    cx: &Cx,
    whose: Whose,
    (before, path): (&str, &str),
) -> Result<(Vec<Called>, Option<String>), Broken> {
    let page = (before.parse::<PlacementId>().ok(), A_PAGE as u64 + 1);
    let mut found = placements(cx.site.db(), whose, page).await?;
    let there_is_more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let next = found.last().filter(|_| there_is_more).map(|it| format!("{path}?before={}", it.id));
    Ok((called(cx, found).await?, next))
}

/// GET /training/at/{organisation}/placements
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let organisation = here.coordinator.organisation();
    let path = base(organisation);
    let (found, next) = a_page(&cx, Whose::At(organisation), (asks.text("before"), &path)).await?;
    let done = match asks.text("done") {
        "arranged" => Some("It is arranged. They can write down their hours from the first day on."),
        "ended" => Some("It ends then. What was done on it stays."),
        "texts" => Some("It is kept. Placements that you arrange from now on begin with it."),
        _ => None,
    };
    let name = here.organisation.name;
    let (me, today) = (here.me, cx.today());
    let page = move || {
        let none = found.is_empty();
        let card = |it: Called| {
            let days = days(&it.placement);
            let so_far = it.so_far();
            let ended = it.ended.clone();
            let can_end = ended.is_none() && it.placement.to > today && it.placement.person != me;
            let end = can_end.then(|| (format!("{path}/{}/end", it.placement.id), it.person.clone()));
            view! {
                <li class="card stack">
                    <h2><bdi>{it.person}</bdi></h2>
                    <p>{it.site}", "{days}"."</p>
                    <p class="soft">"Looked after by "<bdi>{it.supervisor}</bdi>". "{so_far}"."</p>
                    {ended.map(|it| view! { <p class="soft">{it}</p> })}
                    {end.map(|(href, name)| view! { <p><a class="alone" href=href>"End it early"<span class="hidden">", the placement of "{name}</span></a></p> })}
                </li>
            }
        };
        let cards = found.into_iter().map(card).collect_view();
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href=format!("/training/at/{organisation}")>"Training at "{name.clone()}</a></p>
                <h1>"Placements at "{name}</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"On placement somebody practises with people around them. Somebody looks after each, and agrees the hours before they count."</p>
                <p class="row"><a class="button" href=format!("{path}/people")>"Arrange a placement"</a>
                    <a href=format!("{path}/texts")>"What placements begin with"</a></p>
                {none.then(|| view! { <p>"There is none yet."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier ones"</a></p> })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Placements", Area::Me), page).await)
}

/// "Ended early, on 24 December 2026 instead of 31 January 2027: moves away."
fn said_early(it: &Early) -> String {
    format!(
        "Ended early, on {} instead of {}: {}.",
        date(it.on),
        date(it.was_to),
        it.why.trim_end_matches('.')
    )
}

/// "1 December 2026 to 31 January 2027".
pub(super) fn days(it: &Placement) -> String {
    format!("{} to {}", date(it.from), date(it.to))
}

/// GET /training/placements
pub(crate) async fn mine(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let path = "/training/placements";
    let (found, next) = a_page(&cx, Whose::Of(me.id()), (asks.text("before"), path)).await?;
    let page = move || {
        let none = found.is_empty();
        let card = |it: Called| {
            let (href, days, so_far) =
                (format!("{path}/{}", it.placement.id), days(&it.placement), it.so_far());
            view! {
                <li class="card stack">
                    <h2><a class="alone" href=href>{it.site}</a></h2>
                    <p>{days}". "<bdi>{it.supervisor}</bdi>" looks after you there."</p>
                    {it.ended.map(|it| view! { <p>{it}</p> })}
                    <p class="soft">{so_far}"."</p>
                </li>
            }
        };
        let cards = found.into_iter().map(card).collect_view();
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href="/training">"Training"</a></p>
                <h1>"My placements"</h1>
                {none.then(|| view! { <p>"You have none yet. Whoever coordinates your training arranges it with you."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier ones"</a></p> })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("My placements", Area::Me), page).await)
}
