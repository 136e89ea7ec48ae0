//! A policy that binds me: read, and accepted as it was shown.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::FieldFault;
use domain::training::requirement::{
    AcceptForm, Accepted, NotAccepted, Requirement, Standing, accept as rule,
};
use leptos::prelude::*;
use store::training::matrix::Known;
use store::training::policies::{self, Acceptance, KeptEdition, POLICY_ACCEPTED};
use store::training::{records, requirements};

use super::own;
use super::words::{Checked, Shown, Words};
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::OwnPolicy;
use crate::training::required::MINE;
use crate::training::stands::{self, Stands};
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// GET /training/required/policies/{policy}
pub(crate) async fn show(cx: Cx, own: OwnPolicy, Asks(asks): Asks) -> Answer {
    let done = (asks.text("done") == "accepted")
        .then_some("You have accepted it. It is kept with the time and the text that you read.");
    page(&cx, own, (StatusCode::OK, FormState::default()), done).await
}

/// POST /training/required/policies/{policy}: accepts what is in force, if it is what was shown.
pub(crate) async fn accept(cx: Cx, own: OwnPolicy, typed: Typed) -> Answer {
    let id = own.policy.id;
    let done = format!("{}?done=accepted", super::own(id));
    let asked = own.asked.as_ref().ok_or(TurnedAway::NotFound)?;
    let tx = cx.site.db().begin().await?;
    // A version that somebody makes meanwhile comes before this, or after it.
    let policy = requirements::requirement_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let number = policy.edition_on(cx.today()).ok_or(TurnedAway::NotFound)?;
    let in_force = policies::edition_now(&tx, id, number).await?.ok_or(TurnedAway::NotFound)?;
    let before = policies::acceptances_now(&tx, (policy.organisation, id), own.me.id()).await?;
    let before: Vec<Accepted> = before.into_iter().map(|it| it.accepted).collect();
    let form = AcceptForm { shown: typed.text("shown"), has_read: typed.text("read") == "yes" };
    match rule(asked, (&policy, &in_force.hash), &form, &before, cx.today()) {
        Ok(new) => {
            policies::save_acceptance(&tx, &new, cx.now()).await?;
            let me = own.me.id().as_uuid();
            let event = store::audit::Event::new(cx.now(), POLICY_ACCEPTED).by(me).about(me);
            cx.keep(tx, event.within(policy.organisation.as_uuid()).to(id.as_uuid())).await?;
            Ok(cx.done(&done))
        }
        // A second tap.
        Err(NotAccepted::Already) => Ok(cx.done(&done)),
        Err(NotAccepted::NotAsked) => Err(TurnedAway::NotFound),
        Err(NotAccepted::OtherText) => {
            drop(tx);
            // Nothing stays ticked: this is not what was read.
            let form = FormState { typed: Typed::default(), faults: vec![other_text(&in_force)] };
            page(&cx, OwnPolicy { policy, ..own }, (StatusCode::CONFLICT, form), None).await
        }
        Err(NotAccepted::Faults(faults)) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            page(&cx, OwnPolicy { policy, ..own }, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
        }
    }
}

fn other_text(in_force: &KeptEdition) -> FieldFault {
    let (number, from) = (in_force.edition.number, date(in_force.edition.from));
    let remedy = format!(
        "Version {number} is in force since {from}, and your page showed another one. Nothing is accepted yet. Read this one, then accept it."
    );
    FieldFault { field: "text", remedy }
}

/// Everything on the page.
struct Whole {
    policy: Requirement,
    organisation: String,
    /// What is in force, or else what will be first.
    now: KeptEdition,
    shown: Option<Shown>,
    standing: Option<Standing>,
    /// Whether it can be accepted today, and has not been.
    is_open: bool,
    accepted: Vec<Acceptance>,
    /// What will be in force, and what is new in it.
    coming: Option<(NaiveDate, u32, String)>,
    today: NaiveDate,
}

async fn page(
    cx: &Cx,
    own: OwnPolicy,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let OwnPolicy { me, policy, asked, will_be, accepted } = own;
    let (db, today) = (cx.site.db(), cx.today());
    let number = policy.now_or_first(today).and_then(|it| it.rule.edition()).ok_or(TurnedAway::NotFound)?;
    let now = policies::edition(db, policy.id, number).await?.ok_or(TurnedAway::NotFound)?;
    let ahead = policy.coming(today).and_then(|it| it.rule.edition()).filter(|it| *it != number);
    let coming = match ahead {
        Some(ahead) => policies::edition(db, policy.id, ahead).await?.map(|it| it.edition),
        None => None,
    };
    let organisation = store::organisations::organisation(db, policy.organisation).await?;
    let who = store::organisations::colleague(db, policy.organisation, me.id(), today).await?;
    let standing = match who.filter(|_| asked.is_some()) {
        Some(who) => {
            let notes = records::about(db, policy.organisation, &[who.id]).await?;
            Known::of(&notes).standing(&who, &policy, today)
        }
        None => None,
    };
    let is_in_force = policy.edition_on(today) == Some(number);
    let whole = Whole {
        // Whoever left reads what they accepted, and nothing that is newer.
        shown: if asked.is_some() || will_be { Some(Shown::of(&now.edition.reading)?) } else { None },
        is_open: asked.is_some() && is_in_force && accepted.iter().all(|it| it.accepted.edition != number),
        organisation: organisation.map(|it| it.name).unwrap_or_default(),
        coming: coming.map(|it| (it.from, it.number, it.changed)),
        now,
        standing,
        accepted,
        policy,
        today,
    };
    let head = Head::new("A policy", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <Page whole form done/> }).await)
}

#[component]
fn Page(whole: Whole, form: FormState, done: Option<&'static str>) -> impl IntoView {
    let Whole { policy, organisation, now, shown, standing, is_open, accepted, coming, today } = whole;
    let (path, edition) = (own(policy.id), now.edition);
    let text = format!("{path}/{}/text", edition.number);
    let (is_ahead, is_bound) = (edition.from > today, shown.is_some());
    let before = accepted.first().filter(|it| is_open && it.accepted.edition < edition.number);
    let before = before.map(|it| (it.accepted.edition, edition.changed.clone()));
    let more = standing.zip(policy.on(today)).map(|(it, version)| stands::more(&it, &version.rule));
    view! {
        <div class="wrap reading form-page plan stack">
            <ErrorSummary form=form.clone()/>
            <p class="on-screen"><a class="crumb" href=MINE>"What is required of me"</a></p>
            <h1>{edition.title.clone()}</h1>
            {done.map(|it| view! { <p class="notice on-screen" role="status">{it}</p> })}
            <p class="lead">"Version "{edition.number}" of a policy of "<bdi>{organisation.clone()}</bdi>
                {if is_ahead { ", which will be in force from " } else { ", in force since " }}{date(edition.from)}"."</p>
            {standing.map(|standing| view! { <p><Stands standing/></p> })}
            {more.filter(|it| !it.is_empty() && before.is_none()).map(|it| view! { <p class="soft">{it}</p> })}
            {before.map(|(number, changed)| view! {
                <p class="notice care">"It has changed since you accepted version "{number}": "{changed}</p>
            })}
            {(!is_bound).then(|| view! { <p>"It is not asked of you any more. What you accepted stays here."</p> })}
            {coming.filter(|_| is_bound).map(|(from, number, changed)| view! {
                <p class="notice">"From "{date(from)}" version "{number}" is in force, and you are asked to read it then. What is new: "{changed}</p>
            })}
            {shown.map(|shown| view! { <div id="text" class="stack"><Words shown/></div> })}
            {is_open.then(|| view! { <Accepting path=path.clone() form hash=now.hash.clone() organisation/> })}
            <Before path accepted/>
            {is_bound.then(|| view! { <Checked hash=now.hash text/> })}
        </div>
    }
}

/// The form to accept it.
#[component]
fn Accepting(path: String, form: FormState, hash: String, organisation: String) -> impl IntoView {
    let wrong = form.fault("read");
    let class = if wrong.is_some() { "field wrong" } else { "field" };
    view! {
        <section class="card stack on-screen" aria-labelledby="accept">
            <h2 id="accept">"Accept it"</h2>
            <p>"If something in it is not clear, or would be hard for you to do, ask first. Whoever coordinates training at "<bdi>{organisation}</bdi>" helps, and nobody minds that you ask."</p>
            <form method="post" action=path class="stack" novalidate>
                <div class=class>
                    {wrong.map(|it| view! { <span class="why"><span class="hidden">"Error: "</span>{it}</span> })}
                    <Tick form name="read" label="I have read it, and I know that I can ask about it"/>
                </div>
                <input type="hidden" name="shown" value=hash/>
                <p><button class="button">"Accept this version"</button></p>
            </form>
            <p class="soft">"Kept with it: who you are, the time, and the text that you read. You and the coordinators there see it."</p>
        </section>
    }
}

/// What was accepted, now or before.
#[component]
fn Before(path: String, accepted: Vec<Acceptance>) -> impl IntoView {
    let line = move |it: Acceptance| {
        let Accepted { edition, on } = it.accepted;
        view! { <li><a class="alone" href=format!("{path}/{edition}")>"Version "{edition}", accepted on "{date(on)}</a></li> }
    };
    (!accepted.is_empty()).then(|| {
        view! {
            <section class="stack on-screen" aria-labelledby="accepted">
                <h2 id="accepted">"What I have accepted"</h2>
                <ul role="list">{accepted.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}
