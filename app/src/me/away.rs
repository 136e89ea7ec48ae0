//! From when to when I am away from something that I am. Why is not asked, and there is nowhere to write it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::{Engagement, EngagementId};
use leptos::prelude::*;

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::SignedIn;
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

const FROM: DayNames = ["away_from_day", "away_from_month", "away_from_year"];
const TO: DayNames = ["away_to_day", "away_to_month", "away_to_year"];

/// GET /me/away/{engagement}
pub(crate) async fn show(cx: Cx, me: SignedIn, At(id): At<EngagementId>) -> Answer {
    let engagement = own(&cx, &me, id).await?;
    let away = engagement.away.into_iter();
    let days = away.flat_map(|it| {
        let from = filled_day(FROM, it.from).into_iter();
        from.chain(it.to.into_iter().flat_map(|to| filled_day(TO, to)))
    });
    let form = filled(&days.collect::<Vec<_>>());
    page(&cx, StatusCode::OK, form, &engagement).await
}

/// POST /me/away/{engagement}
pub(crate) async fn keep(cx: Cx, me: SignedIn, At(id): At<EngagementId>, typed: Typed) -> Answer {
    match domain::people::away(typed_day(&typed, FROM), typed_day(&typed, TO)) {
        Ok(away) => {
            let tx = cx.site.db().begin().await?;
            if !store::me::save_away(&tx, me.id(), id, away).await? {
                return Err(TurnedAway::NotFound);
            }
            cx.keep(tx, cx.event(store::me::AWAY_CHANGED, me.id())).await?;
            Ok(Redirect::to("/me?done=away").into_response())
        }
        Err(faults) => {
            let engagement = own(&cx, &me, id).await?;
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, &engagement).await
        }
    }
}

/// What goes by this name, if it is one's own.
async fn own(cx: &Cx, me: &SignedIn, id: EngagementId) -> Result<Engagement, TurnedAway> {
    let known = store::people::known(cx.site.db(), me.id()).await?.ok_or(TurnedAway::SignIn)?;
    known.engagements.into_iter().find(|it| it.id == id).ok_or(TurnedAway::NotFound)
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, engagement: &Engagement) -> Answer {
    let head = Head::new("When I am away", Area::Me).failed(!form.faults.is_empty());
    let labels = store::organisations::labels(cx.site.db(), &[engagement.organisation]).await?;
    let what = labels.word(engagement.organisation, engagement.kind).to_lowercase();
    let path = cx.path().to_owned();
    Ok(cx.page(status, head, move || view! { <AwayPage form what path/> }).await)
}

#[component]
fn AwayPage(form: FormState, what: String, path: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"When I am away"</h1>
            <p class="lead">"As "{what}". Nobody is asked why, and nothing is taken from you: people only know not to ask you then."</p>
            <form method="post" action=path class="stack" novalidate>
                <DayField form=form.clone() names=FROM legend="The first day away" hint="Such as 21 11 2026. Leave both days empty if you are not away."/>
                <DayField form names=TO legend="The last day away" hint="Leave it empty if you don’t know yet."/>
                <p class="row"><button class="button">"Keep these days"</button><a href="/me">"Leave it as it was"</a></p>
            </form>
        </div>
    }
}
