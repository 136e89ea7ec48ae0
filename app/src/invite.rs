//! Inviting somebody to an organisation, and taking an invitation back.
//!
//! The answer is the same whoever the address belongs to: an invitation tells nobody who is here.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{
    Basis, EngagementKind, FieldFault, InvitationForm, InvitationId, Labels, NO_BASIS, NewInvitation,
    OrganisationId,
};
use leptos::prelude::*;
use store::invitations::{INVITED, WITHDRAWN};
use store::organisations::Organisation;

use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::AdministersHere;
use crate::sign_in::Token;
use crate::ui::choose::{DayField, DayNames, Ticks, filled, filled_day, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

pub(crate) mod accept;
pub(crate) mod first;
pub(crate) mod waiting;

pub use first::{FirstInvitation, invite_first};

/// The day from which somebody is what they are invited to be.
const FROM: DayNames = ["from_day", "from_month", "from_year"];

/// GET /organisation/{organisation}/people/invite
pub(crate) async fn show(cx: Cx, here: AdministersHere) -> Answer {
    // The page names the invitation that it will make, so that a second tap makes no second one.
    let key = [("key", uuid::Uuid::now_v7().to_string())];
    let form = filled(&[key.as_slice(), &filled_day(FROM, cx.today())].concat());
    page(&cx, StatusCode::OK, form, here.organisation).await
}

/// POST /organisation/{organisation}/people/invite
pub(crate) async fn invite(cx: Cx, here: AdministersHere, typed: Typed) -> Answer {
    let kinds: Vec<_> = typed.fields().filter(|it| it.0 == "kind").map(|it| it.1).collect();
    let form = InvitationForm {
        email: typed.text("email"),
        kinds: &kinds,
        basis: typed.text("basis"),
        from: typed_day(&typed, FROM),
    };
    let kept = match domain::people::invite(&here.administrator, &form) {
        Ok(new) => keep(&cx, &here, new, typed.text("key")).await?,
        Err(faults) => Err(faults),
    };
    match kept {
        Ok(()) => Ok(to_people(here.organisation.id, "invited")),
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, here.organisation).await
        }
    }
}

/// Keeps the invitation and posts its letter, once for each key.
async fn keep(
    cx: &Cx,
    here: &AdministersHere,
    new: NewInvitation,
    key: &str,
) -> Result<Result<(), Vec<FieldFault>>, Broken> {
    let organisation = &here.organisation;
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, organisation.id).await?;
    let id = key.parse().unwrap_or_else(|_| InvitationId::from_uuid(uuid::Uuid::now_v7()));
    let id = match store::invitations::organisation_of(&tx, id).await? {
        Some(it) if it == organisation.id => return Ok(Ok(())),
        // Nobody comes by such a key but by making it up.
        Some(_) => InvitationId::from_uuid(uuid::Uuid::now_v7()),
        None => id,
    };
    let last = store::invitations::waiting(&tx, organisation.id, new.email()).await?;
    let new = match new.beside(last.as_ref(), cx.now()) {
        Ok(new) => new,
        Err(refused) => return Ok(Err(vec![FieldFault { field: "email", remedy: refused.to_string() }])),
    };
    if let Some(too_old) = last {
        store::invitations::withdraw(&tx, organisation.id, too_old.id, cx.now()).await?;
    }
    let token = Token::random();
    store::invitations::save(&tx, id, &new, token.hash(), cx.now()).await?;
    let link = cx.site.address_of(&path_of(&token));
    let letter = letters::invited(&cx.public.host.name, new.email(), &organisation.name, &link);
    letters::send(&tx, letter, cx.now()).await?;
    cx.keep(tx, here.event(cx, INVITED).to(id.as_uuid())).await?;
    Ok(Ok(()))
}

/// Where an invitation's page is.
fn path_of(token: &Token) -> String {
    format!("/invitation/{}", token.as_str())
}

/// POST /organisation/{organisation}/invitations/{id}/withdraw
pub(crate) async fn withdraw(
    cx: Cx,
    here: AdministersHere,
    At((organisation, id)): At<(OrganisationId, InvitationId)>,
) -> Answer {
    let tx = cx.site.db().begin().await?;
    if store::invitations::organisation_of(&tx, id).await? != Some(here.organisation.id) {
        return Err(TurnedAway::NotFound);
    }
    // Withdrawn or accepted in the meantime, it stays so.
    if store::invitations::withdraw(&tx, organisation, id, cx.now()).await? {
        cx.keep(tx, here.event(&cx, WITHDRAWN).to(id.as_uuid())).await?;
    }
    Ok(to_people(organisation, "withdrawn"))
}

fn to_people(organisation: OrganisationId, done: &str) -> Response {
    Redirect::to(&format!("/organisation/{organisation}/people?done={done}")).into_response()
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, organisation: Organisation) -> Answer {
    let labels = store::organisations::labels(cx.site.db(), &[organisation.id]).await?;
    let head = Head::new("Invite somebody", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <InvitePage form organisation labels/> }).await)
}

/// What people may be invited to be, as words and labels.
fn kinds(labels: &Labels, organisation: OrganisationId) -> Vec<(String, String)> {
    let worded = |it: EngagementKind| (it.as_str().to_owned(), labels.word(organisation, it).to_owned());
    EngagementKind::ALL.map(worded).into()
}

/// On what footing, as words and labels.
pub(crate) fn bases() -> Vec<(&'static str, &'static str)> {
    let settled = Basis::ALL.into_iter().map(|it| (it.as_str(), it.label()));
    settled.chain([(NO_BASIS, "None of these, or not settled yet")]).collect()
}

#[component]
fn InvitePage(form: FormState, organisation: Organisation, labels: Labels) -> impl IntoView {
    let choices = kinds(&labels, organisation.id);
    let base = format!("/organisation/{}", organisation.id);
    let key = form.typed.text("key").to_owned();
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=format!("{base}/people")>"People of "{organisation.name}</a></p>
            <h1>"Invite somebody"</h1>
            <p class="lead">"We send a letter with a link that works once, for 14 days. They choose whether to accept."</p>
            <form method="post" action=format!("{base}/people/invite") class="stack" novalidate>
                <input type="hidden" name="key" value=key/>
                <Field
                    form=form.clone()
                    name="email"
                    label="Their e-mail address"
                    takes=Takes::SomebodysEmail
                    hint="Whether they are here already is theirs to tell: you will see the same either way."
                />
                <Ticks form=form.clone() name="kind" legend="What will they be here?" choices hint="Choose all that apply. None of them brings another with it."/>
                <Choices form=form.clone() name="basis" legend="On what footing?".to_owned() choices=bases()/>
                <DayField form names=FROM legend="From which day?" hint="Such as 21 11 2026."/>
                <p class="row"><button class="button">"Send the invitation"</button></p>
            </form>
        </div>
    }
}
