//! Arranging a placement: whose it is is found by name, and then where, when and with whom.

use axum::http::StatusCode;
use domain::people::{Engagement, OrganisationId, PersonId, Purpose, may_be_assigned};
use domain::training::cohort::{CohortId, PlaceState};
use domain::training::papers::agreement;
use domain::training::placement::{Choices, PlacementForm, PlacementId, arrange as rule, may_supervise};
use leptos::prelude::*;
use store::organisations::{Among, Colleague, PeoplePage};
use store::training::cohorts::cohorts;
use store::training::papers::{begin, texts_now};
use store::training::placements::{PLACEMENT_ARRANGED, save};

use super::{base, sites_of};
use crate::answer::Broken;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::training::found::what_they_are;
use crate::ui::choose::{DayField, DayNames, OneOf, filled, typed_day};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

const FROM: DayNames = ["from_day", "from_month", "from_year"];
const TO: DayNames = ["to_day", "to_month", "to_year"];

/// Found at most. Whoever is not among them is found by more of their name.
const FOUND: usize = 25;

/// GET /training/at/{organisation}/placements/people
pub(crate) async fn find(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let called = asks.text("name").trim().to_owned();
    let (today, limit) = (cx.today(), FOUND as u64 + 1);
    let asked = PeoplePage { among: Among::Everybody, called: &called, after: None, today, limit };
    let mut people = match called.is_empty() {
        true => Vec::new(),
        false => store::organisations::people(cx.site.db(), here.organisation.id, asked).await?,
    };
    let too_many = people.len() > FOUND;
    people.truncate(FOUND);
    people.retain(|it| it.engagements.iter().any(|it| it.is_current(today)));
    let labels = store::organisations::labels(cx.site.db(), &[here.organisation.id]).await?;
    let form = FormState { typed: asks, faults: Vec::new() };
    let all = base(here.organisation.id);
    let page = move || {
        let none = people.is_empty() && !called.is_empty();
        let card = |it: Colleague| {
            let href = format!("{all}/people/{}", it.id);
            let are = what_they_are(&labels, &it, today);
            view! { <li class="card"><p><a class="alone" href=href><bdi>{it.known_as}</bdi></a></p><p class="soft">{are}</p></li> }
        };
        let cards = people.iter().cloned().map(card).collect_view();
        let action = format!("{all}/people");
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href=all>"Placements"</a></p>
                <h1>"Whose placement is it?"</h1>
                <form method="get" action=action class="finding" role="search">
                    <Field form name="name" label="Name begins with" takes=Takes::Line/>
                    <p><button class="button quiet">"Find"</button></p>
                </form>
                {none.then(|| view! { <p role="status">"Nobody here has a name that begins so. Try another of their names, or less of it."</p> })}
                {(!people.is_empty()).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {too_many.then(|| view! { <p>"More people have a name that begins so. Type more of it."</p> })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Arrange a placement", Area::Me), page).await)
}

/// GET /training/at/{organisation}/placements/people/{person}: its id is made here, so that a second tap does not
/// arrange two.
pub(crate) async fn show(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, person)): At<(OrganisationId, PersonId)>,
) -> Answer {
    let form = filled(&[("id", uuid::Uuid::now_v7().to_string())]);
    page(&cx, &here, person, (StatusCode::OK, form)).await
}

/// POST /training/at/{organisation}/placements/people/{person}
pub(crate) async fn keep(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((organisation, person)): At<(OrganisationId, PersonId)>,
    typed: Typed,
) -> Answer {
    let db = cx.site.db();
    colleague(&cx, &here, person).await?;
    let id = id_of(&typed);
    let acting: Vec<Engagement> = acting(&cx, organisation).await?;
    let sites: Vec<_> = sites_of(&cx, organisation).await?.into_iter().map(|it| it.0).collect();
    let groups: Vec<CohortId> =
        groups_of(&cx, person, organisation).await?.into_iter().map(|it| it.0).collect();
    let tx = db.begin().await?;
    store::organisations::lock(&tx, organisation).await?;
    let not_with = store::arranging::not_with_now(&tx, person).await?;
    let theirs = store::people::engagements_now(&tx, person).await?;
    let form = PlacementForm {
        supervisor: typed.text("supervisor"),
        site: typed.text("site"),
        cohort: typed.text("cohort"),
        from: typed_day(&typed, FROM),
        to: typed_day(&typed, TO),
    };
    let choices = Choices { acting: &acting, sites: &sites, cohorts: &groups, not_with: &not_with };
    match rule(&here.coordinator, (id, person, &theirs), &form, choices, cx.today()) {
        Ok(new) => {
            if save(&tx, &new, cx.now()).await? {
                let placement = new.placement();
                let texts = texts_now(&tx, organisation).await?.unwrap_or_default().value;
                let called = names(&cx, &[placement.person, placement.supervisor]).await?;
                let text = agreement(placement, &texts.agreement, &called);
                begin(&tx, placement, (&texts, &text), cx.now()).await?;
                let event = here.event(&cx, PLACEMENT_ARRANGED).to(id.as_uuid());
                cx.keep(tx, event.about(person.as_uuid())).await?;
            }
            Ok(cx.done(&format!("{}?done=arranged", base(organisation))))
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            page(&cx, &here, person, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

/// The id that a form came with, so that a second tap arranges nothing twice; another if it came with none.
fn id_of(typed: &Typed) -> PlacementId {
    typed.text("id").parse().unwrap_or_else(|_| PlacementId::from_uuid(uuid::Uuid::now_v7()))
}

/// Somebody who is something to the organisation. Others are not there.
async fn colleague(cx: &Cx, here: &CoordinatesTrainingHere, id: PersonId) -> Result<Colleague, TurnedAway> {
    let found = store::organisations::colleague(cx.site.db(), here.organisation.id, id, cx.today()).await?;
    found.ok_or(TurnedAway::NotFound)
}

/// What those who act for the organisation are to it.
async fn acting(cx: &Cx, id: OrganisationId) -> store::Result<Vec<Engagement>> {
    let acting = store::organisations::acting(cx.site.db(), id, cx.today()).await?;
    Ok(acting.into_iter().flat_map(|it| it.engagements).collect())
}

/// The groups of the organisation in which somebody has a place.
async fn groups_of(
    cx: &Cx,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<Vec<(CohortId, String)>, Broken> {
    let places = store::training::places::of(cx.site.db(), person).await?;
    let held = places.into_iter().filter(|it| it.state != PlaceState::Left).map(|it| it.cohort);
    let found = cohorts(cx.site.db(), &held.collect::<Vec<_>>()).await?;
    let theirs = found.into_iter().filter(|it| it.organisation == organisation);
    Ok(theirs.map(|it| (it.id, it.terms.name)).collect())
}

async fn page(
    cx: &Cx,
    here: &CoordinatesTrainingHere,
    person: PersonId,
    (status, form): (StatusCode, FormState),
) -> Answer {
    let organisation = here.organisation.id;
    let known_as = colleague(cx, here, person).await?.known_as;
    let not_with = store::arranging::not_with(cx.site.db(), person).await?;
    let mut may: Vec<PersonId> = acting(cx, organisation)
        .await?
        .into_iter()
        .filter(|it| it.organisation == organisation && may_supervise(it.kind) && it.is_current(cx.today()))
        .map(|it| it.person)
        .filter(|it| *it != person && may_be_assigned(Purpose::Supervise, *it, &not_with))
        .collect();
    may.sort_unstable();
    may.dedup();
    let mut supervisors: Vec<_> =
        names(cx, &may).await?.into_iter().map(|it| (it.0.to_string(), it.1)).collect();
    supervisors.sort_by(|one, other| one.1.cmp(&other.1));
    let sites: Vec<_> =
        sites_of(cx, organisation).await?.into_iter().map(|it| (it.0.to_string(), it.1)).collect();
    let groups: Vec<_> =
        groups_of(cx, person, organisation).await?.into_iter().map(|it| (it.0.to_string(), it.1)).collect();
    let (all, id) = (base(organisation), id_of(&form.typed).to_string());
    let action = format!("{all}/people/{person}");
    let missing = match (supervisors.is_empty(), sites.is_empty()) {
        (true, _) => Some(
            "Nobody here looks after placements yet. An administrator can invite a placement supervisor.",
        ),
        (false, true) => Some("Your organisation has no sites yet. An administrator can add them."),
        (false, false) => None,
    };
    let head = Head::new("Arrange a placement", Area::Me).failed(!form.faults.is_empty());
    let has_groups = !groups.is_empty();
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=format!("{all}/people")>"Arrange a placement"</a></p>
                <h1 id="name">"A placement for "<bdi>{known_as}</bdi></h1>
                {missing.map(|it| view! { <p class="notice care">{it}</p> })}
                <form method="post" action=action class="stack" novalidate>
                    <OneOf form=form.clone() name="supervisor" label="Who looks after them there?" choices=supervisors/>
                    <OneOf form=form.clone() name="site" label="Where is it?" choices=sites/>
                    {has_groups.then(|| view! { <OneOf form=form.clone() name="cohort" label="Is it part of what they do with a group?" choices=groups none="No, it stands by itself"/> })}
                    <DayField form=form.clone() names=FROM legend="Which is the first day?"/>
                    <DayField form names=TO legend="Which is the last day?" hint="That day still counts."/>
                    <input type="hidden" name="id" value=id/>
                    <p class="row"><button class="button">"Arrange it"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
