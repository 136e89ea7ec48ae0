//! The page of a witness: who asks, what about, and a few words.

use axum::http::StatusCode;
use domain::people::FieldFault;
use domain::training::evidence::EvidenceId;
use domain::training::evidence::witness::{Asked, Ending, TestimonyForm, asked_about, testify};
use domain::training::framework::{Competence, FrameworkId};
use leptos::prelude::*;
use store::audit::Event;
use store::training::frameworks::{self, Framework};
use store::training::witnesses::{self, WITNESS_TOLD};
use store::training::{evidence, judgements};

use super::{FOR_OTHERS, gone, speaks_for_themself, thanks};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::sign_in::token_hash;
use crate::training::competences::add::{begun, faults_of};
use crate::training::competences::one::LOOKED_AT;
use crate::ui::form::{ErrorSummary, Field, Takes, Tick, Why};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

const UNKNOWN: &str = "This link does not work. Open the newest letter from us and use the link in it.";

/// What surrounds the form.
struct Around {
    known_as: String,
    organisation: String,
    about: Vec<Competence>,
}

async fn around(cx: &Cx, asked: &Asked, framework: &Framework) -> Result<Around, TurnedAway> {
    let db = cx.site.db();
    let known = store::people::known(db, asked.of).await?.ok_or(TurnedAway::NotFound)?;
    let organisation = store::organisations::organisation(db, framework.organisation).await?;
    let there = frameworks::competences(db, framework.id, framework.version).await?;
    let about = asked_about(asked, &there).into_iter().cloned().collect();
    Ok(Around {
        known_as: known.known_as,
        organisation: organisation.map(|it| it.name).unwrap_or_default(),
        about,
    })
}

async fn framework(cx: &Cx, id: FrameworkId) -> Result<Framework, TurnedAway> {
    frameworks::framework(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)
}

pub(super) async fn show(cx: &Cx, token: &str) -> Answer {
    let Some((asked, id)) = witnesses::by_token(cx.site.db(), token_hash(token)).await? else {
        return gone(cx, UNKNOWN.to_owned()).await;
    };
    if let Err(why) = asked.open(cx.now()) {
        return gone(cx, why.to_string()).await;
    }
    let around = around(cx, &asked, &framework(cx, id).await?).await?;
    page(cx, token, around, (StatusCode::OK, FormState::default())).await
}

pub(super) async fn keep(cx: &Cx, token: &str, typed: Typed) -> Answer {
    let hash = token_hash(token);
    // Asked for before the turn is taken: the engine has one writer.
    let Some((asked, id)) = witnesses::by_token(cx.site.db(), hash).await? else {
        return gone(cx, UNKNOWN.to_owned()).await;
    };
    if speaks_for_themself(cx, asked.of, id).await? {
        return gone(cx, FOR_OTHERS.to_owned()).await;
    }
    let framework = framework(cx, id).await?;
    let there = frameworks::competences(cx.site.db(), id, framework.version).await?;
    let tx = cx.site.db().begin().await?;
    let Some((asked, _)) = witnesses::by_token_now(&tx, hash).await? else {
        return gone(cx, UNKNOWN.to_owned()).await;
    };
    let open = match asked.open(cx.now()) {
        Ok(open) => open,
        Err(why) => {
            drop(tx);
            return gone(cx, why.to_string()).await;
        }
    };
    if typed.text("answer") == "decline" {
        witnesses::end(&tx, asked.id, (Ending::Declined, None)).await?;
        tx.commit().await?;
        return Ok(thanks(cx, "declined"));
    }
    let form = TestimonyForm {
        how: typed.text("how"),
        words: typed.text("words"),
        signed: typed.text("signed"),
        agrees: typed.text("agrees") == "yes",
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    match testify(open, &form) {
        Ok(new) => {
            let piece = EvidenceId::from_uuid(uuid::Uuid::now_v7());
            judgements::take_turns(&tx, asked.of, id).await?;
            evidence::save(&tx, (piece, id), (&new, None), cx.now()).await?;
            begun(&tx, &framework, (&new, &there), cx.now()).await?;
            witnesses::end(&tx, asked.id, (Ending::Answered, Some(piece))).await?;
            let event = Event::new(cx.now(), WITNESS_TOLD).about(asked.of.as_uuid()).to(id.as_uuid());
            cx.keep(tx, event.within(framework.organisation.as_uuid())).await?;
            Ok(thanks(cx, "told"))
        }
        Err(refused) => {
            drop(tx);
            let around = around(cx, &asked, &framework).await?;
            let faults: Vec<FieldFault> = faults_of(refused);
            let form = FormState::refused(typed, faults);
            page(cx, token, around, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn page(cx: &Cx, token: &str, around: Around, (status, form): (StatusCode, FormState)) -> Answer {
    let head = Head::new("Somebody asks for a few words", Area::None).failed(!form.faults.is_empty());
    let action = format!("{}/{token}", super::PLACE);
    let page = move || {
        let Around { known_as, organisation, about } = around;
        let looks_personal =
            ["how", "words"].iter().any(|it| form.fault(it).is_some_and(|it| it.contains("looks like")));
        let agrees = form.fault("agrees");
        let class = if agrees.is_some() { "field wrong" } else { "field" };
        let name = known_as.clone();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <h1><bdi>{known_as}</bdi>" asks for a few words from you"</h1>
                <p class="lead">"They are in training with "{organisation}", and you have seen how they work with people. You need no account."</p>
                {(!about.is_empty()).then(|| view! {
                    <section class="prose">
                        <h2>"What they ask about"</h2>
                        <ul>{about.into_iter().map(|it| view! { <li>{it.title}</li> }).collect_view()}</ul>
                    </section>
                })}
                <form method="post" action=action.clone() class="stack" novalidate>
                    <Field form=form.clone() name="how" label="How do you know each other’s work?" takes=Takes::Line hint="For example: I lead the group in which they help."/>
                    <TextArea form=form.clone() name="words" label="What have you seen them do?" hint="A few sentences are enough. Please leave out who was supported, and anything that says who they are."/>
                    {looks_personal.then(|| view! { <Tick form=form.clone() name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                    <Field form=form.clone() name="signed" label="Your name, if it may stand with it" takes=Takes::FullName hint="You may leave it empty."/>
                    <div class=class>
                        <Why name="agrees" fault=agrees/>
                        <Tick form=form.clone() name="agrees" label="They may read this, and so may whoever assesses them"/>
                    </div>
                    <p class="row"><button class="button" name="answer" value="tell">"Send it"</button></p>
                    <p class="soft">"You can send it once. Then we forget your address. To have it taken out later, tell "<bdi>{name}</bdi>"."</p>
                </form>
                <form method="post" action=action>
                    <button class="button quiet" name="answer" value="decline">"I would rather not"</button>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
