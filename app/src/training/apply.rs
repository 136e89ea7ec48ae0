//! A round as everybody reads it, and beginning an application.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::training::{ApplicationId, Criterion, Round, RoundId};
use leptos::prelude::*;
use store::training::applications::{self, APPLICATION_BEGUN};
use store::training::rounds;

use super::rounds::{standing, ways};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::{Anyone, SignedIn};
use crate::sign_in::pages::with_next;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// GET /training/rounds/{round}
pub(crate) async fn show(cx: Cx, _: Anyone, At(id): At<RoundId>) -> Answer {
    let db = cx.site.db();
    let found = rounds::round(db, id).await?;
    let round = found.filter(|it| it.is_opened).ok_or(TurnedAway::NotFound)?;
    let criteria = rounds::criteria(db, id).await?;
    let found = store::organisations::organisation(db, round.organisation).await?;
    let organisation = found.map(|it| it.name).unwrap_or_default();
    let own = match cx.access() {
        Some(access) => applications::own(db, id, access.person).await?.map(|it| it.id),
        None => None,
    };
    let reader = Reader { is_signed_in: cx.access().is_some(), own };
    let today = cx.today();
    let head = Head::new("A round of training", Area::None);
    let page = move || view! { <RoundPage round criteria organisation reader today/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// POST /training/rounds/{round}/apply. Whoever has begun goes on with what they have.
pub(crate) async fn begin(cx: Cx, me: SignedIn, At(id): At<RoundId>) -> Answer {
    let tx = cx.site.db().begin().await?;
    let found = rounds::round_now(&tx, id).await?;
    let round = found.filter(|it| it.is_opened).ok_or(TurnedAway::NotFound)?;
    // Whoever began in time finds what they wrote; nobody begins too early or too late.
    let own = applications::own_now(&tx, id, me.id()).await?;
    if own.is_none() && !round.takes(cx.today()) {
        return Ok(cx.done(&format!("/training/rounds/{id}")));
    }
    let (application, is_new) = applications::begin(&tx, &round, me.id(), cx.now()).await?;
    if is_new {
        let event = cx.event(APPLICATION_BEGUN, me.id()).to(application.as_uuid());
        cx.keep(tx, event.within(round.organisation.as_uuid())).await?;
    }
    Ok(cx.done(&format!("/training/applications/{application}")))
}

/// Who reads the page.
struct Reader {
    is_signed_in: bool,
    /// Their application, if they have begun one.
    own: Option<ApplicationId>,
}

#[component]
fn RoundPage(
    round: Round,
    criteria: Vec<Criterion>,
    organisation: String,
    reader: Reader,
    today: NaiveDate,
) -> impl IntoView {
    let (said, class) = standing(&round, today);
    let takes = round.takes(today);
    let id = round.id;
    let about = round.about.value;
    let places = match about.places {
        1 => "1 place".to_owned(),
        many => format!("{many} places"),
    };
    view! {
        <div class="wrap reading form-page stack">
            <h1>{about.name}</h1>
            <p class="lead">{about.sentence}</p>
            <p><span class=class>{said}</span></p>
            <dl class="summary">
                <div><dt>"Who runs it"</dt><dd>{organisation}</dd></div>
                <div><dt>"For"</dt><dd>{about.role.label()}</dd></div>
                <div><dt>"Applications"</dt><dd>{date(about.opens)}" to "{date(about.closes)}</dd></div>
                <div><dt>"Places"</dt><dd>{places}</dd></div>
            </dl>
            <Asked criteria/>
            <section class="stack" aria-labelledby="next">
                <h2 id="next">"What happens"</h2>
                <ol class="numbered stack">
                    <li>"You write an application here. You can stop, and go on another day."</li>
                    <li>"You send it. Somebody invites you to a talk: no test, no score."</li>
                    <li>"You hear whether there is a place this time, and why if there is none."</li>
                </ol>
                <p>"You can step back or pause at any time. Nothing that you wrote is lost."</p>
            </section>
            <Begin id takes reader/>
        </div>
    }
}

#[component]
fn Begin(id: RoundId, takes: bool, reader: Reader) -> impl IntoView {
    let here = format!("/training/rounds/{id}");
    match reader {
        Reader { own: Some(own), .. } => view! {
            <p class="row"><a class="button" href=format!("/training/applications/{own}")>"Go on with my application"</a></p>
        }
        .into_any(),
        _ if !takes => {
            view! { <p class="notice">"It takes no applications today. "<a href="/training/join">"Hear when training begins"</a></p> }
                .into_any()
        }
        Reader { is_signed_in: true, .. } => view! {
            <form method="post" action=format!("{here}/apply")><button class="button">"Begin an application"</button></form>
        }
        .into_any(),
        _ => view! {
            <p>"To apply, you need an account here. It is free."</p>
            <p class="row">
                <a class="button" href=with_next("/sign-in", Some(&here))>"Sign in and apply"</a>
                <a href=with_next("/register", Some(&here))>"Register first"</a>
            </p>
        }
        .into_any(),
    }
}

/// What is asked of people.
#[component]
fn Asked(criteria: Vec<Criterion>) -> impl IntoView {
    let card = |it: Criterion| {
        let ways = ways(&it);
        view! {
            <li>
                <p><b class="typed">{it.words}</b>" "<span class="tag">{it.need.label()}</span></p>
                {(!ways.is_empty()).then(|| view! { <p class="soft">"Also counts: "{ways}</p> })}
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby="asked">
            <h2 id="asked">"What is asked of you"</h2>
            <p>"Say something about each that is essential. The others you can leave."</p>
            <ol class="numbered stack">{criteria.into_iter().map(card).collect_view()}</ol>
        </section>
    }
}
