//! Asking for a debrief, because something came up; and saying what became of it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{Actor, FieldFault, OrganisationId, PersonId};
use domain::supervision::debrief::{Asked, DebriefId, Soon, answer as answer_rule, ask as ask_rule, may_say};
use leptos::prelude::*;
use store::audit::Event;
use store::supervision::debriefs::{
    DEBRIEF_ANSWERED, DEBRIEF_ASKED, asked_now, is_asked, open_of, save, save_answer, who_may_be_asked,
};
use uuid::Uuid;

use crate::called::names;
use crate::concerns::DangerFirst;
use crate::cx::Cx;
use crate::door::{Answer, At};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::SignedIn;
use crate::ui::choose::{OneOf, filled};
use crate::ui::form::{Choices, ErrorSummary};
use crate::ui::shell::{Area, Head};
use crate::ui::words::moment_on_paper;

/// How many are shown at once, what waits longest first.
const MOST: u64 = 50;

/// One that is open, as one of the two reads it.
pub(crate) struct Row {
    asked: Asked,
    /// The other of the two.
    other: String,
    is_mine: bool,
}

/// What somebody asked for or is asked for.
pub(super) async fn rows(cx: &Cx, me: PersonId) -> store::Result<Vec<Row>> {
    let all = open_of(cx.site.db(), me, MOST).await?;
    let other = |it: &Asked| if it.person == me { it.of } else { it.person };
    let others: Vec<_> = all.iter().map(other).collect();
    let called = names(cx, &others).await?;
    let row = |asked: Asked| {
        let other = called.get(&other(&asked)).cloned().unwrap_or_default();
        Row { is_mine: asked.person == me, other, asked }
    };
    Ok(all.into_iter().map(row).collect())
}

/// Debriefs that wait, each with what whoever reads it may say.
#[component]
pub(super) fn Debriefs(rows: Vec<Row>, me: PersonId) -> impl IntoView {
    let card = |it: Row| {
        let Row { asked, other, is_mine } = it;
        let says = if is_mine { "You asked for a debrief with" } else { "Asks you for a debrief:" };
        let action = format!("/supervision/debrief/{}", asked.id);
        let buttons: Vec<_> = may_say(me, &asked)
            .iter()
            .map(|it| {
                let of = format!(", {other}");
                view! { <button class="button quiet" name="became" value=it.as_str()>{it.label()}<span class="hidden">{of}</span></button> }
            })
            .collect();
        view! {
            <li class="card stack">
                <h3>{says}" "<bdi>{other.clone()}</bdi></h3>
                <p>{asked.soon.label()}<span class="soft">{format!(", asked on {}", moment_on_paper(asked.at))}</span></p>
                <form method="post" action=action class="row">{buttons}</form>
            </li>
        }
    };
    view! { <ul role="list" class="stack">{rows.into_iter().map(card).collect_view()}</ul> }
}

/// GET /supervision/debrief
pub(crate) async fn show(cx: Cx, me: SignedIn) -> Answer {
    let form = filled(&[("id", Uuid::now_v7().to_string())]);
    page(&cx, &me, (StatusCode::OK, form)).await
}

/// POST /supervision/debrief
pub(crate) async fn ask(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let me_id = me.id();
    let chosen = typed.text("of").split_once('.').and_then(|(organisation, of)| {
        Some((organisation.parse::<OrganisationId>().ok()?, of.parse::<PersonId>().ok()?))
    });
    let Some((organisation, of)) = chosen else {
        let fault = FieldFault { field: "of", remedy: "Choose with whom.".into() };
        let form = FormState::refused(typed, vec![fault]);
        return page(&cx, &me, (StatusCode::UNPROCESSABLE_ENTITY, form)).await;
    };
    let db = cx.site.db();
    let held = store::arranging::held_by(db, of).await?;
    let id = typed.text("id").parse().unwrap_or_else(|_| DebriefId::from_uuid(Uuid::now_v7()));
    let tx = db.begin().await?;
    store::people::take_turns(&tx, &[me_id]).await?;
    let engagements = store::people::engagements_now(&tx, of).await?;
    let theirs = Actor::new(of, engagements, held, cx.today()).as_strand_supervisor();
    match ask_rule(me_id, (organisation, &theirs), typed.text("soon")) {
        Ok(new) => {
            // A second tap, or one who waits already.
            if !is_asked(&tx, id, &new).await? {
                save(&tx, id, &new, cx.now()).await?;
                tell(&cx, &tx, (of, Happened::DebriefAsked), "/supervision").await?;
                let event = Event::new(cx.now(), DEBRIEF_ASKED).by(me_id.as_uuid()).about(of.as_uuid());
                cx.keep(tx, event.within(organisation.as_uuid())).await?;
            }
            Ok(cx.done("/supervision?done=asked"))
        }
        Err(faults) => {
            drop(tx);
            page(&cx, &me, (StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults))).await
        }
    }
}

/// POST /supervision/debrief/{debrief}: one of the two says what became of it.
pub(crate) async fn answer(cx: Cx, me: SignedIn, At(id): At<DebriefId>, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    // What is answered already, or somebody else's, is not there: the list says how it stands.
    if let Some(asked) = asked_now(&tx, id).await?
        && let Some(new) = answer_rule(me.id(), &asked, typed.text("became"))
    {
        let other = if asked.person == me.id() { asked.of } else { asked.person };
        save_answer(&tx, &new, cx.now()).await?;
        let event = Event::new(cx.now(), DEBRIEF_ANSWERED).by(me.id().as_uuid()).about(other.as_uuid());
        cx.keep(tx, event.within(asked.organisation.as_uuid())).await?;
        return Ok(cx.done("/supervision?done=answered"));
    }
    Ok(cx.done("/supervision"))
}

async fn page(cx: &Cx, me: &SignedIn, (status, form): (StatusCode, FormState)) -> Answer {
    let may = who_may_be_asked(cx.site.db(), me.id(), cx.today()).await?;
    let people: Vec<_> = may.iter().map(|it| it.1).collect();
    let called: BTreeMap<_, _> = names(cx, &people).await?;
    let choice = |(organisation, of): (OrganisationId, PersonId)| {
        (format!("{organisation}.{of}"), called.get(&of).cloned().unwrap_or_default())
    };
    let choices: Vec<_> = may.into_iter().map(choice).collect();
    let head = Head::new("Ask for a debrief", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <AskPage choices form/> }).await)
}

#[component]
fn AskPage(choices: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let id = form.typed.text("id").to_owned();
    let none = choices.is_empty();
    let soon = Soon::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/supervision">"Supervision"</a></p>
            <h1>"Ask for a debrief"</h1>
            <p class="lead">"A talk afterwards, when something at work stays with you. You do not have to say here what it is: that is for the talk."</p>
            <DangerFirst/>
            <p>"If you are worried for somebody’s safety, "<a href="/concerns">"raise a concern"</a>" instead: it goes on to the next if nobody answers."</p>
            {none.then(|| view! { <p>"Nobody is named yet whom you could ask here. Whoever arranges things where you work can name somebody. Until then, talk to somebody you trust, or ring one of the numbers below."</p> })}
            {(!none).then(|| view! {
                <form method="post" action="/supervision/debrief" class="stack" novalidate>
                    <input type="hidden" name="id" value=id/>
                    <OneOf form=form.clone() name="of" label="With whom?" choices/>
                    <Choices form name="soon" legend="How soon?".to_owned() choices=soon/>
                    <p class="soft">"They are written to, and it stands in their list until one of you says what became of it. Nobody else sees that you asked."</p>
                    <p><button class="button">"Ask for a debrief"</button></p>
                </form>
            })}
        </div>
    }
}
