//! One version of a policy, for whoever coordinates, as people read it.

use axum::http::StatusCode;
use domain::people::OrganisationId;
use domain::training::requirement::RequirementId;
use leptos::prelude::*;
use store::training::policies;

use super::place;
use super::words::{Checked, Shown, Words};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::PolicyHere;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// GET /training/at/{organisation}/policies/{policy}/{edition}
pub(crate) async fn show(
    cx: Cx,
    at: PolicyHere,
    At((_, id, number)): At<(OrganisationId, RequirementId, u32)>,
) -> Answer {
    let kept = policies::edition(cx.site.db(), id, number).await?.ok_or(TurnedAway::NotFound)?;
    let shown = Shown::of(&kept.edition.reading)?;
    let back = format!("{}/{id}", place(at.here.organisation.id));
    let (edition, hash) = (kept.edition, kept.hash);
    let page = move || {
        view! {
            <div class="wrap reading plan stack">
                <p class="on-screen"><a class="crumb" href=back>"The policy"</a></p>
                <h1>{edition.title}</h1>
                <p class="lead">"Version "{edition.number}", from "{date(edition.from)}". It never changes."</p>
                {(!edition.changed.is_empty()).then(|| view! { <p class="notice">"What changed: "{edition.changed}</p> })}
                <Words shown/>
                <Checked hash/>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("A policy", Area::Me), page).await)
}
