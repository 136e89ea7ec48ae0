//! Writing down what one person did, when they are going to, that they need not; and taking it back.

use axum::http::StatusCode;
use domain::people::{OrganisationId, PersonId};
use domain::training::requirement::{
    BookingForm, BookingId, ExemptionForm, ExemptionId, NotNoted, RecordForm, RecordId, Requirement,
    RequirementId, book as book_rule, exempt as exempt_rule, record as record_rule, take_back as back_rule,
};
use store::audit::Action;
use store::training::records::{self, BOOKED, EXEMPTED, RECORDED, TAKEN_BACK};
use store::training::requirements;
use uuid::Uuid;

use super::one::{self, BOOK, Back, Came, ON, UNTIL};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::RequiredOf;
use crate::permits::rounds::base as training;
use crate::personal::looks;
use crate::training::starting::begin_what_may;
use crate::ui::choose::typed_day;

/// The box that says that what looks personal is not.
pub(super) const LOOKED_AT: &str = "looked_at";

/// The organisation, the person and the requirement.
pub(super) type Here = (OrganisationId, PersonId, RequirementId);

/// What the organisation requires under a name; another's is not there.
pub(super) async fn found(cx: &Cx, at: &RequiredOf, id: RequirementId) -> Result<Requirement, TurnedAway> {
    let found = requirements::requirement(cx.site.db(), id).await?;
    found.filter(|it| it.organisation == at.here.organisation.id).ok_or(TurnedAway::NotFound)
}

/// The same, of what a coordinator writes down: a policy is accepted by each for themself.
async fn noted(cx: &Cx, at: &RequiredOf, id: RequirementId) -> Result<Requirement, TurnedAway> {
    let requirement = found(cx, at, id).await?;
    if requirement.is_policy() { Err(TurnedAway::NotFound) } else { Ok(requirement) }
}

/// POST /training/at/{organisation}/people/{person}/required/{requirement}/record
pub(crate) async fn record(cx: Cx, at: RequiredOf, At((_, _, id)): At<Here>, typed: Typed) -> Answer {
    let requirement = noted(&cx, &at, id).await?;
    let version = requirement.now_or_first(cx.today()).ok_or(TurnedAway::NotFound)?.clone();
    let form = RecordForm {
        part: typed.text("part"),
        on: typed_day(&typed, ON),
        hours: typed.text("hours"),
        provider: typed.text("provider"),
        evidence: typed.text("evidence"),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    match record_rule(&at.here.coordinator, at.person.id, (&version, &form), cx.today()) {
        Ok(new) => {
            let name = typed.text("id").parse().unwrap_or_else(|_| RecordId::from_uuid(Uuid::now_v7()));
            let tx = cx.site.db().begin().await?;
            let is_new = records::save_record(&tx, (name, &requirement), &new, cx.now()).await?;
            done(&cx, &at, id, (tx, is_new.then_some((RECORDED, name.as_uuid())), "recorded")).await
        }
        Err(why) => refused(&cx, at, requirement, (Came::Record, typed, why)).await,
    }
}

/// POST /training/at/{organisation}/people/{person}/required/{requirement}/book
pub(crate) async fn book(cx: Cx, at: RequiredOf, At((_, _, id)): At<Here>, typed: Typed) -> Answer {
    let requirement = noted(&cx, &at, id).await?;
    let form = BookingForm { on: typed_day(&typed, BOOK) };
    match book_rule(&at.here.coordinator, at.person.id, &form, cx.today()) {
        Ok(new) => {
            let name = typed.text("id").parse().unwrap_or_else(|_| BookingId::from_uuid(Uuid::now_v7()));
            let tx = cx.site.db().begin().await?;
            let is_new = records::save_booking(&tx, (name, &requirement), &new, cx.now()).await?;
            done(&cx, &at, id, (tx, is_new.then_some((BOOKED, name.as_uuid())), "booked")).await
        }
        Err(why) => refused(&cx, at, requirement, (Came::Booking, typed, why)).await,
    }
}

/// POST /training/at/{organisation}/people/{person}/required/{requirement}/exempt
pub(crate) async fn exempt(cx: Cx, at: RequiredOf, At((_, _, id)): At<Here>, typed: Typed) -> Answer {
    let requirement = found(&cx, &at, id).await?;
    let form = ExemptionForm {
        why: typed.text("why"),
        until: typed_day(&typed, UNTIL),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    match exempt_rule(&at.here.coordinator, at.person.id, &form, cx.today()) {
        Ok(new) => {
            let name = typed.text("id").parse().unwrap_or_else(|_| ExemptionId::from_uuid(Uuid::now_v7()));
            let tx = cx.site.db().begin().await?;
            let is_new = records::save_exemption(&tx, (name, &requirement), &new, cx.now()).await?;
            done(&cx, &at, id, (tx, is_new.then_some((EXEMPTED, name.as_uuid())), "exempted")).await
        }
        Err(why) => refused(&cx, at, requirement, (Came::Exemption, typed, why)).await,
    }
}

/// POST /training/at/{organisation}/people/{person}/required/{requirement}/take-back
pub(crate) async fn take_back(cx: Cx, at: RequiredOf, At((_, _, id)): At<Here>, typed: Typed) -> Answer {
    let requirement = found(&cx, &at, id).await?;
    let of = at.person.id;
    let is_looked_at = typed.text(LOOKED_AT) == "yes";
    match back_rule(&at.here.coordinator, of, typed.text("back_why"), is_looked_at) {
        Ok(taken) => {
            let what: Uuid = typed.text("what").parse().map_err(|_| TurnedAway::NotFound)?;
            let tx = cx.site.db().begin().await?;
            let place = (requirement.organisation, of, requirement.id, what);
            let is_new = records::take_back(&tx, place, &taken, cx.today()).await?;
            done(&cx, &at, id, (tx, is_new.then_some((TAKEN_BACK, what)), "back")).await
        }
        Err(why) => refused(&cx, at, requirement, (Came::TakingBack, typed, why)).await,
    }
}

/// Writes down what was done, unless it had been done before, and leads back.
async fn done(
    cx: &Cx,
    at: &RequiredOf,
    requirement: RequirementId,
    (tx, what, done): (store::Tx, Option<(Action, Uuid)>, &str),
) -> Answer {
    if let Some((action, to)) = what {
        let event = at.here.event(cx, action).to(to).about(at.person.id.as_uuid());
        cx.keep(tx, event).await?;
        // It may be what they waited for.
        begin_what_may(cx, (at.here.organisation.id, at.person.id), at.here.me).await?;
    }
    let (up, of) = (training(at.here.organisation.id), at.person.id);
    Ok(cx.done(&format!("{up}/people/{of}/required/{requirement}?done={done}")))
}

async fn refused(
    cx: &Cx,
    at: RequiredOf,
    requirement: Requirement,
    (came, typed, why): (Came, Typed, NotNoted),
) -> Answer {
    let (faults, looks_personal) = match why {
        // The door is shut for whoever it is about, and for what is theirs alone to say.
        NotNoted::Oneself | NotNoted::TheirsToAccept => return Err(TurnedAway::NotFound),
        NotNoted::Faults(faults) => (faults, false),
        NotNoted::Personal(field, like) => (vec![looks(field, like)], true),
    };
    let back = Back { came, form: FormState::refused(typed, faults), looks_personal };
    one::page(cx, at, requirement, (StatusCode::UNPROCESSABLE_ENTITY, back, None)).await
}
