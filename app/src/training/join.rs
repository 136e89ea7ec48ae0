//! Asking to be told when training begins. Anybody may; an address is on the list once whoever reads mail there has
//! said so, and nobody learns which addresses are.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::OrganisationId;
use domain::sign_in::{LinkPurpose, follow};
use domain::training::{
    CONSENTS, Interest, InterestForm, WantedRole, confirm as confirm_it, express, express_signed_in,
    may_ask_again,
};
use leptos::prelude::*;
use store::training::interest::{self, TRAINING_LIST_JOINED};

use super::leave::leave_path;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::demo::DemoLetters;
use crate::door::{Answer, Asks, At};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::Anyone;
use crate::register::LinkGonePage;
use crate::sign_in::{Token, token_hash};
use crate::ui::choose::{OneOf, filled};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes, Why};
use crate::ui::shell::{Area, Head};

/// The fields, as they stand on the page.
const FIELDS: [&str; 5] = ["organisation", "role", "known_as", "email", "consent"];

/// Whoever is signed in, as far as this form goes.
type Own = store::sign_in::Own;

/// GET /training/join
pub(crate) async fn show(cx: Cx, _: Anyone) -> Answer {
    let (form, own) = match cx.access() {
        Some(access) => {
            let own = store::sign_in::own(cx.site.db(), access.person).await?;
            let known = store::people::known(cx.site.db(), access.person).await?;
            (filled(&[("known_as", known.map(|it| it.known_as).unwrap_or_default())]), own)
        }
        None => (FormState::default(), None),
    };
    page(&cx, StatusCode::OK, form, own).await
}

/// POST /training/join: the same answer whether or not the address is on the list.
pub(crate) async fn join(cx: Cx, _: Anyone, typed: Typed) -> Answer {
    let form = InterestForm {
        organisation: typed.text("organisation"),
        known_as: typed.text("known_as"),
        email: typed.text("email"),
        role: typed.text("role"),
        consent: typed.text("consent"),
    };
    let organisations = store::organisations::names(cx.site.db()).await?;
    let ids: Vec<OrganisationId> = organisations.iter().map(|it| it.0).collect();
    let own = match cx.access() {
        Some(access) => {
            let own = store::sign_in::own(cx.site.db(), access.person).await?;
            own.map(|own| (access.person, own))
        }
        None => None,
    };
    let refused = match own {
        Some((person, own)) => match express_signed_in(&form, (person, own.email.clone()), &ids) {
            Ok(confirmed) => {
                let tx = cx.site.db().begin().await?;
                interest::save(&tx, &confirmed, cx.now()).await?;
                let event = cx.event(TRAINING_LIST_JOINED, person);
                cx.keep(tx, event.within(confirmed.interest().organisation.as_uuid())).await?;
                return Ok(cx.done("/training?done=joined"));
            }
            Err(faults) => (faults, Some(own)),
        },
        None => match express(&form, &ids) {
            Ok(interest) => {
                let name = organisations.into_iter().find(|it| it.0 == interest.organisation);
                send_link(&cx, &interest, &name.map(|it| it.1).unwrap_or_default()).await?;
                return Ok(cx.done("/training/join/sent"));
            }
            Err(faults) => (faults, None),
        },
    };
    let (mut faults, own) = refused;
    // As they stand on the page.
    faults.sort_by_key(|it| FIELDS.iter().position(|field| *field == it.field));
    page(&cx, StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults), own).await
}

/// Sends a letter with a link, unless one has just gone there.
async fn send_link(cx: &Cx, interest: &Interest, organisation: &str) -> Result<(), Broken> {
    let tx = cx.site.db().begin().await?;
    if !may_ask_again(interest::last_asked(&tx, interest).await?, cx.now()) {
        return Ok(());
    }
    let token = Token::random();
    interest::save_asked(&tx, interest, token.hash(), cx.now()).await?;
    let leave = interest::listed_as(&tx, interest).await?.map(|it| leave_path(&cx.site, it));
    let letter =
        letters::to_join(&cx.site, &interest.email, (organisation, token.as_str()), leave.as_deref());
    letters::send(&tx, letter, cx.now()).await?;
    Ok(tx.commit().await?)
}

/// GET /training/join/sent
pub(crate) async fn sent(cx: Cx, _: Anyone) -> Answer {
    let is_demo = cx.site.demo_outbox().is_some();
    let head = Head::new("Look in your mail", Area::None);
    Ok(cx.page(StatusCode::OK, head, move || view! { <SentPage is_demo/> }).await)
}

/// GET /training/join/done: what somebody without an account sees at the end.
pub(crate) async fn done(cx: Cx, _: Anyone, Asks(asks): Asks) -> Answer {
    let left = asks.text("what") == "left";
    let head = Head::new(if left { "You have left the list" } else { "You are on the list" }, Area::None);
    Ok(cx.page(StatusCode::OK, head, move || view! { <DonePage left/> }).await)
}

/// GET /training/join/{token}: uses nothing up, because programs that look through mail open links too.
pub(crate) async fn show_confirm(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let refused = match interest::asked(cx.site.db(), token_hash(&token)).await? {
        Some(it) => follow(&it.link, LinkPurpose::ExpressInterest, cx.now()).err().map(|it| it.to_string()),
        None => Some(UNKNOWN.to_owned()),
    };
    Ok(match refused {
        Some(why) => gone(&cx, why).await,
        None => {
            let head = Head::new("Confirm your address", Area::None);
            cx.page(StatusCode::OK, head, move || view! { <ConfirmPage token/> }).await
        }
    })
}

/// POST /training/join/{token}
pub(crate) async fn confirm(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let tx = cx.site.db().begin().await?;
    let Some(asked) = interest::asked_now(&tx, token_hash(&token)).await? else {
        return Ok(gone(&cx, UNKNOWN.to_owned()).await);
    };
    match confirm_it(asked, cx.now()) {
        Ok((followed, confirmed)) => {
            interest::save_followed(&tx, &followed).await?;
            interest::save(&tx, &confirmed, cx.now()).await?;
            tx.commit().await?;
            Ok(Redirect::to("/training/join/done").into_response())
        }
        Err(refused) => Ok(gone(&cx, refused.to_string()).await),
    }
}

const UNKNOWN: &str = "This link does not work. Open the newest letter from us and use the link in it.";

async fn gone(cx: &Cx, why: String) -> Response {
    let head = Head::new("This link does not work any more", Area::None);
    let page = move || view! { <LinkGonePage why again="/training/join" ask="Ask to be told"/> };
    cx.page(StatusCode::NOT_FOUND, head, page).await
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, own: Option<Own>) -> Answer {
    let organisations = store::organisations::names(cx.site.db()).await?;
    let head = Head::new("Hear when training begins", Area::None).failed(!form.faults.is_empty());
    let email = own.map(|it| it.email.as_str().to_owned());
    Ok(cx.page(status, head, move || view! { <JoinPage form organisations email/> }).await)
}

#[component]
fn JoinPage(
    form: FormState,
    organisations: Vec<(OrganisationId, String)>,
    /// Where they are told, if that is known.
    email: Option<String>,
) -> impl IntoView {
    let roles = WantedRole::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    let is_own = email.is_some();
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Hear when training begins"</h1>
            <p class="lead">"Peer support workers and volunteers use what they have lived through to help others along. Training for it is free, and you need no experience."</p>
            <p>"Training begins a few times a year. Leave your address, and you get a letter when the next round opens. It promises nothing and you need not apply."</p>
            <form method="post" action="/training/join" class="stack" novalidate>
                <Organisations form=form.clone() organisations/>
                <Choices
                    form=form.clone()
                    name="role"
                    legend="How would you like to do it?".to_owned()
                    choices=roles
                />
                <Field
                    form=form.clone()
                    name="known_as"
                    label="What would you like to be called?"
                    hint="Any name you like."
                />
                {match email {
                    Some(email) => view! { <p>"We write to the address that you sign in with: "<b class="typed">{email}</b></p> }.into_any(),
                    None => view! {
                        <Field
                            form=form.clone()
                            name="email"
                            label="Your e-mail address"
                            takes=Takes::Email
                            hint="Our letters never say on the outside what they are about."
                        />
                    }.into_any(),
                }}
                <Consent form/>
                <p class="row"><button class="button">"Put me on the list"</button>
                    {is_own.then(|| view! { <a href="/training">"Back"</a> })}</p>
                <p>"Please tell us nothing about your health. Nobody asks for it here. "
                    <a href="/pages/privacy">"How we look after what you tell us"</a></p>
            </form>
        </div>
    }
}

/// Where there is one organisation, nothing is left to choose.
#[component]
fn Organisations(form: FormState, organisations: Vec<(OrganisationId, String)>) -> impl IntoView {
    if let [(id, name)] = organisations.as_slice() {
        return view! {
            <p id="organisation">"The letters come from "<b>{name.clone()}</b>"."</p>
            <input type="hidden" name="organisation" value=id.to_string()/>
        }
        .into_any();
    }
    let choices = organisations.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    view! { <OneOf form name="organisation" label="Who should write to you?" choices/> }.into_any()
}

/// The very words, beside the box.
#[component]
fn Consent(form: FormState) -> impl IntoView {
    let fault = form.fault("consent");
    let class = if fault.is_some() { "field wrong" } else { "field" };
    let version = CONSENTS.len().to_string();
    let is_ticked = form.typed.text("consent") == version;
    let described = fault.is_some().then_some("consent-why");
    view! {
        <div class=class>
            <Why name="consent" fault/>
            <label class="choice" for="consent">
                <input type="checkbox" id="consent" name="consent" value=version checked=is_ticked aria-describedby=described/>
                <span>{CONSENTS.last().copied().unwrap_or_default()}</span>
            </label>
        </div>
    }
}

#[component]
fn SentPage(is_demo: bool) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Look in your mail"</h1>
            <DemoLetters is_demo/>
            <p class="lead">"We have sent you a letter with a link. Open it and press the button on its page: then you are on the list."</p>
            <p>"It usually takes a minute. Look among unwanted mail too. The link works once, for three days. Without it, we do not write again."</p>
            <p>"No letter? Wait ten minutes, check the address and "<a href="/training/join">"ask once more"</a>"."</p>
        </div>
    }
}

#[component]
fn ConfirmPage(token: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Confirm your address"</h1>
            <p class="lead">"One tap, and you are on the list."</p>
            <form method="post" action=format!("/training/join/{token}")>
                <button class="button">"Put me on the list"</button>
            </form>
        </div>
    }
}

#[component]
fn DonePage(left: bool) -> impl IntoView {
    let (title, lead, next) = if left {
        (
            "You have left the list",
            "We have deleted your name, your address and your choice. No more letters come.",
            "If you change your mind, you are welcome back.",
        )
    } else {
        (
            "You are on the list",
            "You get a letter when the next round opens. Until then there is nothing you have to do.",
            "In each letter is a link by which you leave the list.",
        )
    };
    view! {
        <div class="wrap reading form-page stack">
            <h1>{title}</h1>
            <p class="lead" role="status">{lead}</p>
            <p>{next}</p>
            <p class="row">
                <a class="button quiet" href="/courses">"See the courses"</a>
                {left.then(|| view! { <a href="/training/join">"Ask to be told again"</a> })}
            </p>
        </div>
    }
}
