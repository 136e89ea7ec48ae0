//! Changing what somebody is to an organisation: on which footing, where, and until when.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::{
    Engagement, EngagementForm, EngagementId, NO_BASIS, OrganisationId, Place, PlaceKind, change_engagement,
};
use leptos::prelude::*;
use store::arranging::{ENGAGEMENT_CHANGED, Placement};

use super::people::said;
use super::person;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::invite::bases;
use crate::permits::AdministersHere;
use crate::ui::choose::{DayField, DayNames, OneOf, Ticks, filled, filled_day, typed_day};
use crate::ui::form::{Choices, ErrorSummary};
use crate::ui::shell::{Area, Head};

const TO: DayNames = ["to_day", "to_month", "to_year"];

/// GET /organisation/{organisation}/engagements/{id}
pub(crate) async fn show(
    cx: Cx,
    here: AdministersHere,
    At((organisation, id)): At<(OrganisationId, EngagementId)>,
) -> Answer {
    let found = store::arranging::engagement(cx.site.db(), here.organisation.id, id).await?;
    let (engagement, placement) = found.ok_or(TurnedAway::NotFound)?;
    let form = as_it_is(&engagement, &placement);
    page(&cx, StatusCode::OK, form, (organisation, engagement)).await
}

fn as_it_is(engagement: &Engagement, placement: &Placement) -> FormState {
    let basis = engagement.basis.map_or(NO_BASIS, |it| it.as_str());
    let mut fields = vec![("basis", basis.to_owned())];
    fields.extend(placement.service.map(|it| ("service", it.to_string())));
    fields.extend(placement.team.map(|it| ("team", it.to_string())));
    fields.extend(placement.sites.iter().map(|it| ("site", it.to_string())));
    fields.extend(engagement.to.into_iter().flat_map(|it| filled_day(TO, it)));
    filled(&fields)
}

/// POST /organisation/{organisation}/engagements/{id}
pub(crate) async fn change(
    cx: Cx,
    here: AdministersHere,
    At((organisation, id)): At<(OrganisationId, EngagementId)>,
    typed: Typed,
) -> Answer {
    let db = cx.site.db();
    let found = store::arranging::engagement(db, here.organisation.id, id).await?;
    let (engagement, _) = found.ok_or(TurnedAway::NotFound)?;
    let places = store::arranging::places(db, organisation).await?;
    let sites: Vec<_> = typed.fields().filter(|it| it.0 == "site").map(|it| it.1).collect();
    let form = EngagementForm {
        basis: typed.text("basis"),
        service: typed.text("service"),
        team: typed.text("team"),
        sites: &sites,
        to: typed_day(&typed, TO),
    };
    let tx = db.begin().await?;
    // Behind the lock, so that two administrators cannot end each other at the same time.
    store::organisations::lock(&tx, organisation).await?;
    let there_are = store::organisations::administrators(&tx, organisation, cx.today()).await?;
    match change_engagement(&here.administrator, &engagement, &form, (&places, there_are)) {
        Ok(changed) => {
            store::arranging::save_engagement(&tx, &changed).await?;
            let event = here.event(&cx, ENGAGEMENT_CHANGED).to(engagement.id.as_uuid());
            cx.keep(tx, event.about(engagement.person.as_uuid())).await?;
            Ok(Redirect::to(&person::path(organisation, engagement.person, "kept")).into_response())
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, (organisation, engagement)).await
        }
    }
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    form: FormState,
    (organisation, engagement): (OrganisationId, Engagement),
) -> Answer {
    let places = store::arranging::places(cx.site.db(), organisation).await?;
    let head = Head::new("Change or end this", Area::Me).failed(!form.faults.is_empty());
    let labels = store::organisations::labels(cx.site.db(), &[organisation]).await?;
    let what = said(&labels, &engagement, cx.today(), None);
    let back = format!("/organisation/{organisation}/people/{}", engagement.person);
    let paths =
        Paths { back, form: cx.path().to_owned(), places: format!("/organisation/{organisation}/places") };
    let page = move || view! { <EngagementPage form places what paths/> };
    Ok(cx.page(status, head, page).await)
}

/// Where the page leads.
struct Paths {
    /// To the person.
    back: String,
    form: String,
    /// Where sites are added.
    places: String,
}

#[component]
fn EngagementPage(form: FormState, places: Vec<Place>, what: String, paths: Paths) -> impl IntoView {
    let of = |kind| -> Vec<(String, String)> {
        let own = places.iter().filter(|it| it.kind == kind);
        own.map(|it| (it.id.to_string(), it.name.clone())).collect()
    };
    let [services, teams, sites] = PlaceKind::ALL.map(of);
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=paths.back>"Back to the person"</a></p>
            <h1>"Change or end this"</h1>
            <p class="lead">{what}"."</p>
            <form method="post" action=paths.form class="stack" novalidate>
                <Choices form=form.clone() name="basis" legend="On what footing?".to_owned() choices=bases()/>
                <OneOf form=form.clone() name="service" label="Which service hosts them?" none="None" choices=services/>
                <OneOf form=form.clone() name="team" label="In which team?" none="None" choices=teams/>
                {match sites.is_empty() {
                    true => view! { <p>"For a base, add a site under "<a href=paths.places>"services, teams and sites"</a>"."</p> }.into_any(),
                    false => view! { <Ticks form=form.clone() name="site" legend="Where do they have a base?" choices=sites/> }.into_any(),
                }}
                <DayField form names=TO legend="The last day, if it ends" hint="Such as 30 11 2026. Leave it empty while it goes on."/>
                <p class="row"><button class="button">"Keep this"</button></p>
            </form>
        </div>
    }
}
