//! Admission: the group of a round, and whoever takes the place that they were offered in it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{Engagement, FieldFault, OrganisationId, PersonId};
use domain::training::cohort::{CohortId, NoPlace};
use domain::training::{ApplicationState, Moved, Round, begin_to_train, choose_group, follow};
use leptos::prelude::*;
use store::Tx;
use store::audit::Event;
use store::training::admission::{self, ROUND_GROUP_CHOSEN, TRAINING_BEGUN};
use store::training::applications::Application;
use store::training::places::{self, Member, PLACE_CHANGED, PLACE_GIVEN};
use store::training::{cohorts, rounds};

use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::rounds::{OwnApplication, RoundHere, base};
use crate::ui::choose::OneOf;

/// Groups to choose from: the latest.
const GROUPS: u64 = 25;
/// Those whom one round admits: its most places.
const ADMITTED: u64 = 500;

/// Lets the place in the group of a round follow a step of the application, and says what was done, to be written down
/// last. Whoever takes a place is known to the organisation from then on. Where the group is full, the application goes
/// its way, and a coordinator sees to it.
pub(super) async fn carry_on(
    cx: &Cx,
    tx: &Tx,
    own: &OwnApplication,
    moved: &Moved,
) -> store::Result<Vec<Event>> {
    let (me, organisation, today) = (own.me.id(), own.round.organisation, cx.today());
    let event = |action| cx.event(action, me).within(organisation.as_uuid());
    let mut done = Vec::new();
    let mut theirs = store::people::engagements_in_turn(tx, me).await?;
    if moved.to().state == ApplicationState::Accepted
        && let Some(new) = begin_to_train(me, organisation, &theirs, today)
    {
        admission::save_trainee(tx, &new, today).await?;
        done.push(event(TRAINING_BEGUN));
        theirs = store::people::engagements_now(tx, me).await?;
    }
    let Some(group) = admission::group_now(tx, own.round.id).await? else { return Ok(done) };
    let Some(held) = places::places_now(tx, group).await? else { return Ok(done) };
    if let Ok(Some(place)) = follow(moved, &held, (me, &theirs), today) {
        let action = if held.of(me).is_some() { PLACE_CHANGED } else { PLACE_GIVEN };
        places::give_place(tx, &place, today).await?;
        done.push(event(action).to(group.as_uuid()));
    }
    Ok(done)
}

/// The group in which whoever wrote an application has taken their place, with its name.
pub(super) async fn own_group(
    cx: &Cx,
    application: &Application,
) -> store::Result<Option<(CohortId, String)>> {
    let db = cx.site.db();
    if application.standing.state != ApplicationState::Accepted {
        return Ok(None);
    }
    let Some(group) = admission::group_of(db, application.round).await? else { return Ok(None) };
    let place = places::member(db, group, application.person).await?;
    if !place.is_some_and(|it| it.state.holds_a_place()) {
        return Ok(None);
    }
    Ok(cohorts::cohort(db, group).await?.map(|it| (group, it.terms.name)))
}

/// POST /training/at/{organisation}/rounds/{round}/group
pub(crate) async fn choose(cx: Cx, here: RoundHere, typed: Typed) -> Answer {
    let (round, today) = (here.round.id, cx.today());
    let chosen: Option<CohortId> = typed.text("group").parse().ok();
    let Some(chosen) = chosen else { return refused(&cx, here, typed, "Choose a group.".into()).await };
    let tx = cx.site.db().begin().await?;
    rounds::round_now(&tx, round).await?.ok_or(TurnedAway::NotFound)?;
    let mut waiting = admission::accepted_now(&tx, round, ADMITTED).await?;
    // Whoever came into the group that was chosen before stays there.
    if let Some(before) = admission::group_now(&tx, round).await?.filter(|it| *it != chosen) {
        let members = places::members(cx.site.db(), before).await?;
        waiting.retain(|it| !has_a_place(&members, *it));
    }
    let Some(held) = places::places_now(&tx, chosen).await? else {
        drop(tx);
        return refused(&cx, here, typed, NoPlace::AnotherOrganisation.to_string()).await;
    };
    let mut theirs: BTreeMap<PersonId, Vec<Engagement>> = BTreeMap::new();
    for it in store::people::engagements_of_now(&tx, &waiting).await? {
        theirs.entry(it.person).or_default().push(it);
    }
    let waiting: Vec<_> =
        waiting.into_iter().map(|it| (it, theirs.remove(&it).unwrap_or_default())).collect();
    match choose_group(&here.here.coordinator, &here.round, &held, &waiting, today) {
        Ok(group) => {
            admission::save_group(&tx, &group, today).await?;
            for place in group.given() {
                let event = here.here.event(&cx, PLACE_GIVEN).to(chosen.as_uuid());
                store::audit::append(&tx, event.about(place.person().as_uuid())).await?;
            }
            cx.keep(tx, here.here.event(&cx, ROUND_GROUP_CHOSEN).to(round.as_uuid())).await?;
            Ok(cx.done(&format!("{}/rounds/{round}?done=group", base(here.here.organisation.id))))
        }
        Err(why) => {
            drop(tx);
            refused(&cx, here, typed, why.to_string()).await
        }
    }
}

fn has_a_place(members: &[Member], person: PersonId) -> bool {
    members.iter().any(|it| it.person == person && it.state.holds_a_place())
}

async fn refused(cx: &Cx, here: RoundHere, typed: Typed, remedy: String) -> Answer {
    let form = FormState::refused(typed, vec![FieldFault { field: "group", remedy }]);
    super::rounds::page(cx, here, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
}

/// The group of a round, as its page shows it.
pub(crate) struct Group {
    /// Which it is, if it has been chosen.
    chosen: Option<CohortId>,
    /// Those that there are, by name.
    groups: Vec<(CohortId, String)>,
    /// How many have taken a place in the round and have none in the group.
    waiting: usize,
}

impl Group {
    pub(super) async fn of(cx: &Cx, round: &Round) -> store::Result<Self> {
        let db = cx.site.db();
        let chosen = admission::group_of(db, round.id).await?;
        let mut groups = cohorts::at(db, round.organisation, (None, GROUPS)).await?;
        let is_older = |it: &CohortId| groups.iter().all(|group| group.id != *it);
        let older: Vec<_> = chosen.iter().copied().filter(is_older).collect();
        groups.extend(cohorts::cohorts(db, &older).await?);
        let mut waiting = admission::accepted(db, round.id, ADMITTED).await?;
        if let Some(chosen) = chosen {
            let members = places::members(db, chosen).await?;
            waiting.retain(|it| !has_a_place(&members, *it));
        }
        let groups = groups.into_iter().map(|it| (it.id, it.terms.name)).collect();
        Ok(Self { chosen, groups, waiting: waiting.len() })
    }
}

#[component]
pub(crate) fn GroupOfRound(
    organisation: OrganisationId,
    base: String,
    group: Group,
    form: FormState,
) -> impl IntoView {
    let Group { chosen, groups, waiting } = group;
    let none = groups.is_empty();
    let named = chosen.and_then(|it| groups.iter().find(|of| of.0 == it).cloned());
    let all = format!("/training/at/{organisation}/cohorts");
    // What was typed stands; otherwise what is kept.
    let mut form = form;
    if let Some(chosen) = chosen.filter(|_| form.typed.text("group").is_empty()) {
        form.typed = Typed::of_parts([("group".to_owned(), chosen.to_string())]);
    }
    let waits = match (waiting, chosen.is_some()) {
        (0, _) | (_, false) => None,
        (1, true) => Some("One person took a place and has none in the group.".to_owned()),
        (many, true) => Some(format!("{many} people took a place and have none in the group.")),
    };
    let new = format!("{all}/new");
    let choices = groups.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    view! {
        <section class="stack" aria-labelledby="the-group">
            <h2 id="the-group">"Their group"</h2>
            <p>"Whoever takes the place that they are offered comes into this group at once."</p>
            {named.map(|(id, name)| view! { <p><a class="alone" href=format!("{all}/{id}")>{name}</a></p> })}
            {waits.map(|it| view! { <p class="notice care">{it}" Keep this group once more to give them their places, or ask for more places first."</p> })}
            {if none {
                view! { <p id="group" tabindex="-1">"There is no group yet. "<a href=new>"Begin a group"</a></p> }.into_any()
            } else {
                view! {
                    <form method="post" action=format!("{base}/group") class="stack" novalidate>
                        <OneOf form name="group" label="Which group do they come into?" choices/>
                        <p class="row"><button class="button quiet">"Keep this group"</button></p>
                    </form>
                }.into_any()
            }}
        </section>
    }
}
