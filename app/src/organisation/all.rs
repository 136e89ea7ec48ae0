//! The organisations of the partnership, for whoever runs the site: adding one, and inviting its first
//! administrator, who sees to everything else.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{
    FieldFault, NewOrganisation, OrganisationForm, OrganisationId, OrganisationKind, Which, found,
    invite_first,
};
use domain::sign_in::EmailAddress;
use leptos::prelude::*;
use store::Tx;
use store::audit::Event;
use store::invitations::INVITED;
use store::organisations::{Kept, ORGANISATION_ADDED};

use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::invite::first::{Names, send};
use crate::permits::Founds;
use crate::ui::choose::OneOf;
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// One organisation in the list.
struct Line {
    kept: Kept,
    parent: Option<String>,
    is_administered: bool,
}

/// GET /organisations
pub(crate) async fn show(cx: Cx, _: Founds, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "added" => Some("It is added, and its first administrator is invited. The link works for 14 days."),
        "invited" => Some("The invitation is on its way. The link in it works for 14 days."),
        _ => None,
    };
    Ok(page(&cx, StatusCode::OK, (FormState::default(), done)).await?)
}

/// POST /organisations
pub(crate) async fn add(cx: Cx, by: Founds, typed: Typed) -> Answer {
    // Behind the lock, so that two of one name are not added at the same time.
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, cx.public.host.id).await?;
    let known = store::organisations::names(cx.site.db()).await?;
    let form = OrganisationForm {
        name: typed.text("name"),
        kind: typed.text("kind"),
        parent: typed.text("parent"),
        email: typed.text("email"),
    };
    match found(&by.founder, &form, &known) {
        Ok(new) => {
            save(&cx, tx, &by, &new).await?;
            Ok(to_list("added"))
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            Ok(page(&cx, StatusCode::UNPROCESSABLE_ENTITY, (form, None)).await?)
        }
    }
}

async fn save(cx: &Cx, tx: Tx, by: &Founds, new: &NewOrganisation) -> Result<(), Broken> {
    let id = OrganisationId::from_uuid(uuid::Uuid::now_v7());
    store::organisations::save_organisation(&tx, id, new).await?;
    let administrator = new.administrator().clone();
    // Nobody administers what was not there a moment ago.
    if let Ok(invitation) = invite_first(id, administrator, (Which::First, 0), cx.today()) {
        let names = Names { host: &cx.public.host.name, organisation: new.name() };
        let (invited, _) = send(&tx, &invitation, (names, cx.site.public_url()), cx.now()).await?;
        store::audit::append(&tx, event(cx, by, id).to(invited.as_uuid())).await?;
    }
    let added = Event::new(cx.now(), ORGANISATION_ADDED).by(by.me.as_uuid());
    Ok(cx.keep(tx, added.to(id.as_uuid()).within(id.as_uuid())).await?)
}

/// That this person invites somebody to an organisation.
fn event(cx: &Cx, by: &Founds, organisation: OrganisationId) -> Event {
    Event::new(cx.now(), INVITED).by(by.me.as_uuid()).within(organisation.as_uuid())
}

/// GET /organisations/{organisation}/administrator
pub(crate) async fn show_administrator(cx: Cx, _: Founds, At(id): At<OrganisationId>) -> Answer {
    administrator_page(&cx, StatusCode::OK, id, FormState::default()).await
}

/// POST /organisations/{organisation}/administrator: while there is none.
pub(crate) async fn invite_administrator(
    cx: Cx,
    by: Founds,
    At(id): At<OrganisationId>,
    typed: Typed,
) -> Answer {
    let organisation = store::organisations::kept(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)?;
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, id).await?;
    let there_are = store::organisations::administrators(&tx, id, cx.today()).await?;
    let invited = match EmailAddress::parse(typed.text("email")) {
        Ok(email) => invite_first(id, email, (Which::First, there_are), cx.today()).map_err(|_| {
            "Somebody administers this organisation by now: ask them to invite others.".to_owned()
        }),
        Err(error) => Err(error.to_string()),
    };
    match invited {
        Ok(new) => {
            let names = Names { host: &cx.public.host.name, organisation: &organisation.name };
            let (invited, _) = send(&tx, &new, (names, cx.site.public_url()), cx.now()).await?;
            cx.keep(tx, event(&cx, &by, id).to(invited.as_uuid())).await?;
            Ok(to_list("invited"))
        }
        Err(remedy) => {
            drop(tx);
            let form = FormState::refused(typed, vec![FieldFault { field: "email", remedy }]);
            administrator_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, id, form).await
        }
    }
}

fn to_list(done: &str) -> Response {
    Redirect::to(&format!("/organisations?done={done}")).into_response()
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    (form, done): (FormState, Option<&'static str>),
) -> Result<Response, Broken> {
    let all = store::organisations::all(cx.site.db()).await?;
    let administered = store::organisations::administered(cx.site.db(), &all, cx.today()).await?;
    let named: Vec<_> = all.iter().map(|it| (it.id, it.name.clone())).collect();
    let name_of = |id| named.iter().find(|it| it.0 == id).map(|it| it.1.clone());
    let line = |kept: Kept| Line {
        parent: kept.parent.and_then(name_of),
        is_administered: administered.contains(&kept.id),
        kept,
    };
    let lines: Vec<_> = all.into_iter().map(line).collect();
    let choices = named.iter().map(|it| (it.0.to_string(), it.1.clone())).collect();
    let head = Head::new("Organisations", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <OrganisationsPage form lines choices done/> }).await)
}

#[component]
fn OrganisationsPage(
    form: FormState,
    lines: Vec<Line>,
    choices: Vec<(String, String)>,
    done: Option<&'static str>,
) -> impl IntoView {
    let kinds = OrganisationKind::ALL.into_iter().map(|it| (it.as_str(), it.label())).collect();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Organisations"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p>"Each organisation sees what people are to it, and nothing of the others. Its own administrators invite its people."</p>
            <ul role="list" class="stack">{lines.into_iter().map(|line| view! { <OrganisationCard line/> }).collect_view()}</ul>
            <section class="stack" aria-labelledby="add">
                <h2 id="add">"Add an organisation"</h2>
                <form method="post" action="/organisations" class="stack" novalidate>
                    <Field form=form.clone() name="name" label="What is it called?" takes=Takes::Line/>
                    <Choices form=form.clone() name="kind" legend="What is it?".to_owned() choices=kinds/>
                    <OneOf form=form.clone() name="parent" label="Is it a part of another?" none="No" choices/>
                    <Field
                        form
                        name="email"
                        label="The e-mail address of its first administrator"
                        takes=Takes::SomebodysEmail
                        hint="They are sent an invitation, and invite everybody else."
                    />
                    <p class="row"><button class="button">"Add it"</button></p>
                </form>
            </section>
        </div>
    }
}

#[component]
fn OrganisationCard(line: Line) -> impl IntoView {
    let Line { kept, parent, is_administered } = line;
    let invite = format!("/organisations/{}/administrator", kept.id);
    view! {
        <li class="card stack">
            <h2><bdi>{kept.name}</bdi></h2>
            <p>{kept.kind.label()}{parent.map(|it| view! { ", a part of "<bdi>{it}</bdi> })}</p>
            {(!is_administered)
                .then(|| view! { <p><span class="tag wait">"Nobody administers it yet"</span></p><p><a class="alone" href=invite>"Invite its first administrator"</a></p> })}
        </li>
    }
}

async fn administrator_page(cx: &Cx, status: StatusCode, id: OrganisationId, form: FormState) -> Answer {
    let organisation = store::organisations::kept(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)?;
    let head = Head::new("Invite its first administrator", Area::Me).failed(!form.faults.is_empty());
    let (name, path) = (organisation.name, cx.path().to_owned());
    Ok(cx.page(status, head, move || view! { <AdministratorPage form name path/> }).await)
}

#[component]
fn AdministratorPage(form: FormState, name: String, path: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/organisations">"Organisations"</a></p>
            <h1>"Invite its first administrator"</h1>
            <p class="lead">"They will look after "<bdi>{name}</bdi>" and invite everybody else there."</p>
            <form method="post" action=path class="stack" novalidate>
                <Field form name="email" label="Their e-mail address" takes=Takes::SomebodysEmail/>
                <p class="row"><button class="button">"Send the invitation"</button><a href="/organisations">"Not now"</a></p>
            </form>
        </div>
    }
}
