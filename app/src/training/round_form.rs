//! What is said of a round: the form of a new one, and of one that there is.

use domain::people::OrganisationId;
use domain::training::{RoundAbout, RoundForm, RoundId, RoundRole, keep_round};
use leptos::prelude::*;
use store::training::rounds::{self, ROUND_CHANGED, ROUND_MADE};

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::permits::rounds::{RoundHere, base};
use crate::revised::{Refused, refused, revision_of, seen};
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

const OPENS: DayNames = ["opens_day", "opens_month", "opens_year"];
const CLOSES: DayNames = ["closes_day", "closes_month", "closes_year"];

/// GET /training/at/{organisation}/rounds/new: its id is made here, so that a second tap does not begin two.
pub(crate) async fn show_new(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let id = RoundId::from_uuid(uuid::Uuid::now_v7());
    page(&cx, (here.organisation.id, id), Refused::opened(FormState::default(), 0)).await
}

/// GET /training/at/{organisation}/rounds/{round}/about
pub(crate) async fn show(cx: Cx, here: RoundHere) -> Answer {
    let RoundAbout { name, sentence, opens, closes, places, role } = here.round.about.value;
    let mut fields = vec![("name", name), ("sentence", sentence), ("places", places.to_string())];
    fields.push(("role", role.as_str().to_owned()));
    fields.extend(filled_day(OPENS, opens));
    fields.extend(filled_day(CLOSES, closes));
    let opened = Refused::opened(filled(&fields), here.round.about.revision);
    page(&cx, (here.here.organisation.id, here.round.id), opened).await
}

/// POST /training/at/{organisation}/rounds/{round}/about: begins it, or changes it.
pub(crate) async fn keep(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, RoundId)>,
    typed: Typed,
) -> Answer {
    let organisation = here.organisation.id;
    let tx = cx.site.db().begin().await?;
    // Two tabs that begin the same round take turns.
    store::organisations::lock(&tx, organisation).await?;
    let current = rounds::round_now(&tx, id).await?;
    if current.as_ref().is_some_and(|it| it.organisation != organisation) {
        return Err(TurnedAway::NotFound);
    }
    let form = RoundForm {
        name: typed.text("name"),
        sentence: typed.text("sentence"),
        opens: typed_day(&typed, OPENS),
        closes: typed_day(&typed, CLOSES),
        places: typed.text("places"),
        role: typed.text("role"),
    };
    let about = current.as_ref().map(|it| &it.about);
    match keep_round(&here.coordinator, about, &form, seen(&typed)) {
        Ok(next) => {
            rounds::save(&tx, (organisation, id), &next, cx.now()).await?;
            let action = if current.is_some() { ROUND_CHANGED } else { ROUND_MADE };
            cx.keep(tx, here.event(&cx, action).to(id.as_uuid())).await?;
            Ok(cx.done(&format!("{}/rounds/{id}?done=kept", base(organisation))))
        }
        Err(why) => {
            drop(tx);
            let newer = about.map(|it| it.value.clone());
            let opened = refused(typed, why, ("name", revision_of(about)), newer);
            page(&cx, (organisation, id), opened).await
        }
    }
}

async fn page(
    cx: &Cx,
    (organisation, id): (OrganisationId, RoundId),
    opened: Refused<Option<RoundAbout>>,
) -> Answer {
    let Refused { status, form, revision, newer } = opened;
    let head = Head::new("About a round", Area::Me).failed(!form.faults.is_empty());
    let all = base(organisation);
    let action = format!("{all}/rounds/{id}/about");
    let roles = RoundRole::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    let newer = newer.flatten().map(|it| {
        vec![
            ("Name", it.name),
            ("What it is", it.sentence),
            ("Applications", format!("{} to {}", date(it.opens), date(it.closes))),
            ("Places", it.places.to_string()),
            ("For", it.role.label().to_owned()),
        ]
    });
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=all>"All rounds"</a></p>
                <h1>"About the round"</h1>
                {newer.map(|texts| view! { <Newer texts/> })}
                <form method="post" action=action class="stack" novalidate>
                    <Field form=form.clone() name="name" label="What is it called?" hint="Such as: Spring 2027." takes=Takes::Line/>
                    <TextArea form=form.clone() name="sentence" label="What is it, in a sentence?" hint="Everybody can read this." rows="3"/>
                    <DayField form=form.clone() names=OPENS legend="Which is the first day to apply?"/>
                    <DayField form=form.clone() names=CLOSES legend="Which is the last day?" hint="That day is still good."/>
                    <Field form=form.clone() name="places" label="How many places are there?" takes=Takes::Code/>
                    <Choices form name="role" legend="For whom is it?".to_owned() choices=roles/>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep this"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
