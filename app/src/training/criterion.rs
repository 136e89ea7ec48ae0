//! A criterion of a round: what is asked, and in which ways it may be answered.

use axum::http::StatusCode;
use domain::people::{FieldFault, OrganisationId};
use domain::training::{
    CriteriaRefused, Criterion, CriterionForm, CriterionId, Need, RoundId, keep_criterion,
};
use leptos::prelude::*;
use store::training::rounds::{self, ROUND_CRITERIA_CHANGED};

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::rounds::{RoundHere, base};
use crate::revised::seen;
use crate::ui::choose::{Ticks, filled, worded};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// The names of an organisation, a round and a criterion, as they stand in a path.
type Names = (OrganisationId, RoundId, CriterionId);

/// GET /training/at/{organisation}/rounds/{round}/criteria/new: its id is made here, so that a second tap does not add
/// two.
pub(crate) async fn show_new(cx: Cx, here: RoundHere) -> Answer {
    let id = CriterionId::from_uuid(uuid::Uuid::now_v7());
    page(&cx, &here, id, (StatusCode::OK, FormState::default(), here.round.criteria)).await
}

/// GET /training/at/{organisation}/rounds/{round}/criteria/{criterion}
pub(crate) async fn show(cx: Cx, here: RoundHere, At((_, _, id)): At<Names>) -> Answer {
    let criteria = rounds::criteria(cx.site.db(), here.round.id).await?;
    let at = criteria.iter().position(|it| it.id == id).ok_or(TurnedAway::NotFound)?;
    let form = filled(&fields(&criteria[at], at + 1));
    page(&cx, &here, id, (StatusCode::OK, form, here.round.criteria)).await
}

fn fields(it: &Criterion, place: usize) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("words", it.words.clone()),
        ("need", it.need.as_str().to_owned()),
        ("place", place.to_string()),
    ];
    let ways = [(it.equivalence, "equivalence"), (it.lived, "lived"), (it.willing, "willing")];
    fields.extend(ways.into_iter().filter(|it| it.0).map(|it| ("ways", it.1.to_owned())));
    fields
}

/// POST /training/at/{organisation}/rounds/{round}/criteria/{criterion}: adds it, changes it, or takes it out.
pub(crate) async fn keep(cx: Cx, here: RoundHere, At((_, _, id)): At<Names>, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    let round = rounds::round_now(&tx, here.round.id).await?.ok_or(TurnedAway::NotFound)?;
    if rounds::round_of_criterion(&tx, id).await?.is_some_and(|it| it != round.id) {
        return Err(TurnedAway::NotFound);
    }
    let current = rounds::criteria_now(&tx, round.id).await?;
    let is_answered = rounds::is_answered(&tx, round.id).await?;
    let ways: Vec<&str> = typed.fields().filter(|it| it.0 == "ways").map(|it| it.1).collect();
    let form = CriterionForm {
        words: typed.text("words"),
        need: typed.text("need"),
        ways: &ways,
        place: typed.text("place"),
    };
    let coordinator = &here.here.coordinator;
    match keep_criterion(coordinator, (&current, round.criteria), (id, &form), seen(&typed), is_answered) {
        Ok(criteria) => {
            rounds::save_criteria(&tx, round.id, &criteria).await?;
            let event = here.here.event(&cx, ROUND_CRITERIA_CHANGED).to(round.id.as_uuid());
            cx.keep(tx, event).await?;
            let all = base(here.here.organisation.id);
            Ok(cx.done(&format!("{all}/rounds/{}?done=kept", round.id)))
        }
        Err(why) => {
            drop(tx);
            let (status, faults) = match why {
                CriteriaRefused::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
                CriteriaRefused::Answered => (StatusCode::CONFLICT, vec![whole(ANSWERED)]),
                CriteriaRefused::Newer => (StatusCode::CONFLICT, vec![whole(NEWER)]),
            };
            // Whoever has read that may keep theirs.
            let revision = if status == StatusCode::CONFLICT { round.criteria } else { seen(&typed) };
            page(&cx, &here, id, (status, FormState::refused(typed, faults), revision)).await
        }
    }
}

const ANSWERED: &str = "Somebody has begun to answer these criteria, so they stay as they are. To ask for something else, begin another round.";
const NEWER: &str = "Another coordinator changed the criteria meanwhile. Look at them in another tab, then keep what you want.";

fn whole(remedy: &str) -> FieldFault {
    FieldFault { field: "words", remedy: remedy.to_owned() }
}

async fn page(
    cx: &Cx,
    here: &RoundHere,
    id: CriterionId,
    (status, form, revision): (StatusCode, FormState, i64),
) -> Answer {
    let head = Head::new("A criterion", Area::Me).failed(!form.faults.is_empty());
    let round = format!("{}/rounds/{}", base(here.here.organisation.id), here.round.id);
    let name = here.round.about.value.name.clone();
    let action = format!("{round}/criteria/{id}");
    let needs = Need::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    let ways = worded([
        ("equivalence", "Something equivalent, in their words"),
        ("lived", "Lived experience, as a plain yes: nobody describes it"),
        ("willing", "Being willing to learn it by a day that they name"),
    ]);
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=round.clone()>{name}</a></p>
                <h1>"A criterion"</h1>
                <form method="post" action=action class="stack" novalidate>
                    <TextArea form=form.clone() name="words" label="What do you ask of people?" hint="One thing, in plain words. Empty the field to take a criterion out." rows="3"/>
                    <Choices form=form.clone() name="need" legend="How much does it matter?".to_owned() choices=needs/>
                    <Ticks form=form.clone() name="ways" legend="What else counts?" hint="Evidence in their own words and a qualification always count." choices=ways/>
                    <Field form name="place" label="Where should it stand?" hint="A number, such as 1 for the first. Leave it empty for the end." takes=Takes::Code/>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep this"</button><a href=round>"Back to the round"</a></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
