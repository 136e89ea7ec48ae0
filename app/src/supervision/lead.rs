//! Beginning a group: what it is called, and the agreement that its members read.

use axum::http::StatusCode;
use domain::own_words::NotTaken;
use domain::people::OrganisationId;
use domain::supervision::agreement::{Called, first};
use domain::supervision::arrangement::{ArrangementId, lead};
use leptos::prelude::*;
use store::content::ShippedTemplate;
use store::supervision::agreements::save_version;
use store::supervision::arrangements::{arrangement_now, save};
use store::supervision::{AGREEMENT_WRITTEN, BEGUN};
use uuid::Uuid;

use super::begin::{free_id, template};
use super::place;
use super::terms::{TermsFields, suggested, typed_form};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::LeadsGroupsIn;
use crate::revised::refused;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

type Path = (OrganisationId, String);

/// GET /supervision/group/{organisation}/{template}
pub(crate) async fn show(cx: Cx, by: LeadsGroupsIn, At((_, slug)): At<Path>) -> Answer {
    let shipped = template(&cx, (&slug, true))?.clone();
    let form = suggested(&shipped.template, ArrangementId::from_uuid(Uuid::now_v7()), cx.today());
    page(&cx, &by, shipped, (StatusCode::OK, form)).await
}

/// POST /supervision/group/{organisation}/{template}
pub(crate) async fn write(cx: Cx, by: LeadsGroupsIn, At((_, slug)): At<Path>, typed: Typed) -> Answer {
    let shipped = template(&cx, (&slug, true))?.clone();
    let (me, organisation) = (by.leader.person(), by.leader.organisation());
    let name = names(&cx, &[me]).await?.remove(&me).unwrap_or_default();
    let at = store::organisations::organisation(cx.site.db(), organisation).await?;
    let called = at.ok_or(TurnedAway::NotFound)?.name;
    let called = Called { supervisor: &name, supervisee: "", organisation: &called };
    let tx = cx.site.db().begin().await?;
    // Two taps at once take turns, so that there is one group.
    store::organisations::lock(&tx, organisation).await?;
    if let Ok(id) = typed.text("id").parse()
        && let Some(there) = arrangement_now(&tx, id).await?
        && (there.supervisor, there.organisation) == (me, organisation)
    {
        return Ok(cx.done(&format!("{}/members?done=begun", place(id))));
    }
    let id = free_id(&tx, &typed).await?;
    let form = typed_form(&typed);
    let from = form.from.needed().unwrap_or(cx.today());
    let begun = lead(&by.leader, (id, shipped.template.strand), typed.text("name"), from);
    let written = match begun {
        Ok(new) => first(&new, called, &form, cx.today()).map(|version| (new, version)),
        Err(mut faults) => {
            if let Err(more) = domain::supervision::terms::terms(&form, cx.today()) {
                faults.extend(more);
            }
            Err(NotTaken::Faults(faults))
        }
    };
    match written {
        Ok((new, version)) => {
            save(&tx, &new, cx.now()).await?;
            save_version(&tx, id, &version, cx.now()).await?;
            store::audit::append(&tx, by.event(&cx, BEGUN, id)).await?;
            cx.keep(tx, by.event(&cx, AGREEMENT_WRITTEN, id)).await?;
            Ok(cx.done(&format!("{}/members?done=begun", place(id))))
        }
        Err(why) => {
            drop(tx);
            let back = refused(typed, why, ("every", 0), ());
            page(&cx, &by, shipped, (back.status, back.form)).await
        }
    }
}

async fn page(
    cx: &Cx,
    by: &LeadsGroupsIn,
    shipped: ShippedTemplate,
    (status, form): (StatusCode, FormState),
) -> Answer {
    let action = format!("/supervision/group/{}/{}", by.leader.organisation(), shipped.slug.as_str());
    let head = Head::new("Begin a group", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <GroupPage action shipped form/> }).await)
}

#[component]
fn GroupPage(action: String, shipped: ShippedTemplate, form: FormState) -> impl IntoView {
    let id = form.typed.text("id").to_owned();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/supervision/new">"Begin with somebody"</a></p>
            <h1>{shipped.template.title}</h1>
            <p class="lead">"This is a suggestion. Change what you like. Then you add who belongs to the group, and each of them reads it and agrees for themself."</p>
            <details><summary>"Where its figures come from"</summary><p>{shipped.source}</p></details>
            <p>{shipped.template.strand.readers()}</p>
            <form method="post" action=action class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <Field form=form.clone() name="name" label="What is the group called?" takes=Takes::Line hint="Members read it, and it may stand in their calendars: better nothing that says what it is about."/>
                <TermsFields form/>
                <p class="row"><button class="button">"Go on to who belongs to it"</button></p>
            </form>
        </div>
    }
}
