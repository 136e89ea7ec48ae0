//! Choosing who guides, supervises, manages or assesses somebody.
//!
//! Whoever may not be chosen is not among the choices, and nothing says why: somebody may be away from the list
//! for many reasons.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::NaiveDate;
use domain::day::NotADay;
use domain::people::{
    FieldFault, NewRelationship, OrganisationId, PersonId, RelateRefused, RelationshipKind, RelationshipWish,
    may_be_assigned, relate,
};
use leptos::prelude::*;
use store::arranging::RELATIONSHIP_BEGUN;
use store::organisations::Colleague;

use super::person;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::AdministersHere;
use crate::ui::choose::{DayField, DayNames, OneOf, filled, filled_day, typed_day};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

const FROM: DayNames = ["from_day", "from_month", "from_year"];
const TO: DayNames = ["to_day", "to_month", "to_year"];

/// Whom it is about, and as what somebody is to be chosen.
type About = (OrganisationId, PersonId, String);

/// GET /organisation/{organisation}/people/{person}/relate/{kind}
pub(crate) async fn show(cx: Cx, here: AdministersHere, At((_, person, kind)): At<About>) -> Answer {
    let kind = RelationshipKind::parse(&kind).ok_or(TurnedAway::NotFound)?;
    let form = filled(&filled_day(FROM, cx.today()));
    page(&cx, StatusCode::OK, form, (&here, person, kind)).await
}

/// POST /organisation/{organisation}/people/{person}/relate/{kind}
pub(crate) async fn choose(
    cx: Cx,
    here: AdministersHere,
    At((organisation, person, kind)): At<About>,
    typed: Typed,
) -> Answer {
    let kind = RelationshipKind::parse(&kind).ok_or(TurnedAway::NotFound)?;
    let db = cx.site.db();
    let found = store::organisations::colleague(db, organisation, person, cx.today()).await?;
    found.ok_or(TurnedAway::NotFound)?;
    let chosen = match wish(&typed, person, kind) {
        Ok(wish) => decide(&cx, &here, &wish).await?,
        Err(faults) => Err(faults),
    };
    match chosen {
        Ok(()) => Ok(Redirect::to(&person::path(organisation, person, "kept")).into_response()),
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, (&here, person, kind)).await
        }
    }
}

fn wish(
    typed: &Typed,
    person: PersonId,
    kind: RelationshipKind,
) -> Result<RelationshipWish, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let holder = typed.text("holder").parse().ok();
    if holder.is_none() {
        faults.push(FieldFault { field: "holder", remedy: "Choose somebody from the list.".to_owned() });
    }
    let mut day = |field, read: Result<Option<NaiveDate>, NotADay>| match read {
        Ok(day) => day,
        Err(error) => {
            faults.push(FieldFault { field, remedy: error.to_string() });
            None
        }
    };
    let from = day(FROM[0], typed_day(typed, FROM).needed().map(Some));
    let to = day(TO[0], typed_day(typed, TO).perhaps());
    match (holder, from) {
        (Some(holder), Some(from)) if faults.is_empty() => {
            Ok(RelationshipWish { kind, holder, person, from, to })
        }
        _ => Err(faults),
    }
}

/// Lets the rule decide, and keeps what it allows.
async fn decide(
    cx: &Cx,
    here: &AdministersHere,
    wish: &RelationshipWish,
) -> Result<Result<(), Vec<FieldFault>>, Broken> {
    let organisation = here.organisation.id;
    let acting = store::organisations::acting(cx.site.db(), organisation, cx.today()).await?;
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, organisation).await?;
    let holder = acting.into_iter().find(|it| it.id == wish.holder);
    // Somebody whom this organisation does not know can't be chosen, and is told from nobody else.
    let engagements = holder.map(|it| it.engagements).unwrap_or_default();
    let not_with = store::arranging::not_with_now(&tx, wish.person).await?;
    let new: Result<NewRelationship, RelateRefused> = relate(&here.arranger, wish, &engagements, &not_with);
    match new {
        Ok(new) => {
            if let Some(id) = store::arranging::save_relationship(&tx, &new).await? {
                let event = here.event(cx, RELATIONSHIP_BEGUN).to(id.as_uuid());
                cx.keep(tx, event.about(wish.person.as_uuid())).await?;
            }
            Ok(Ok(()))
        }
        Err(refused) => {
            let field = match refused {
                RelateRefused::EndsBeforeItBegins => TO[0],
                RelateRefused::ToThemself | RelateRefused::CannotBeChosen => "holder",
            };
            Ok(Err(vec![FieldFault { field, remedy: refused.to_string() }]))
        }
    }
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    form: FormState,
    (here, person, kind): (&AdministersHere, PersonId, RelationshipKind),
) -> Answer {
    let (db, organisation, today) = (cx.site.db(), here.organisation.id, cx.today());
    let found = store::organisations::colleague(db, organisation, person, today).await?;
    let colleague = found.ok_or(TurnedAway::NotFound)?;
    let not_with = store::arranging::not_with(db, person).await?;
    let acting = store::organisations::acting(db, organisation, today).await?;
    let may_be = |it: &&Colleague| {
        kind.may_be_held(organisation, &it.engagements, today)
            && may_be_assigned(kind.purpose(), it.id, &not_with)
    };
    let choices = acting.iter().filter(may_be).map(|it| (it.id.to_string(), it.known_as.clone())).collect();
    let head = Head::new("Choose somebody", Area::Me).failed(!form.faults.is_empty());
    let path = cx.path().to_owned();
    let back = format!("/organisation/{organisation}/people/{person}");
    let page = move || view! { <RelatePage form kind who=colleague.known_as choices paths=(back, path)/> };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn RelatePage(
    form: FormState,
    kind: RelationshipKind,
    who: String,
    choices: Vec<(String, String)>,
    /// Back to the person, and where the form goes.
    paths: (String, String),
) -> impl IntoView {
    let (back, path) = paths;
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=back>"Back to the person"</a></p>
            <h1>{kind.label()}" for "<bdi>{who}</bdi></h1>
            <form method="post" action=path class="stack" novalidate>
                <OneOf form=form.clone() name="holder" label="Who?" choices hint="Not everybody can be chosen for everybody."/>
                <DayField form=form.clone() names=FROM legend="From which day?" hint="Such as 21 11 2026."/>
                <DayField form names=TO legend="Until which day?" hint="Leave it empty if you don’t know yet."/>
                <p class="row"><button class="button">"Keep this"</button></p>
            </form>
        </div>
    }
}
