//! The page of somebody who was supported: a few plain questions, and no name.

use axum::http::StatusCode;
use domain::course::certificate::Code;
use domain::training::evidence::voices::{Said, Statement, VoiceForm, voice};
use leptos::prelude::*;
use sha2::{Digest, Sha256};
use store::training::voices::{self, CodeHash, Sheet};

use super::{FOR_OTHERS, gone, speaks_for_themself, thanks};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::training::competences::add::faults_of;
use crate::training::competences::one::LOOKED_AT;
use crate::ui::choose::OneOf;
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

const UNKNOWN: &str = "We know no such code. Look at the paper once more, four signs at a time.";

/// What is kept of a code.
pub(in crate::training) fn hash(code: Code) -> CodeHash {
    Sha256::digest(code.to_string()).into()
}

pub(super) async fn show(cx: &Cx, code: Code) -> Answer {
    let Some((kept, sheet)) = voices::code(cx.site.db(), &hash(code)).await? else {
        return gone(cx, UNKNOWN.to_owned()).await;
    };
    match kept.open(cx.now()) {
        Ok(_) => page(cx, code, &sheet, (StatusCode::OK, FormState::default())).await,
        Err(why) => gone(cx, why.to_string()).await,
    }
}

pub(super) async fn keep(cx: &Cx, code: Code, typed: Typed) -> Answer {
    let hash = hash(code);
    if let Some((_, sheet)) = voices::code(cx.site.db(), &hash).await?
        && speaks_for_themself(cx, sheet.of, sheet.framework).await?
    {
        return gone(cx, FOR_OTHERS.to_owned()).await;
    }
    let tx = cx.site.db().begin().await?;
    let Some((kept, sheet)) = voices::code_now(&tx, &hash).await? else {
        drop(tx);
        return gone(cx, UNKNOWN.to_owned()).await;
    };
    let open = match kept.open(cx.now()) {
        Ok(open) => open,
        Err(why) => {
            drop(tx);
            return gone(cx, why.to_string()).await;
        }
    };
    let form = VoiceForm {
        said: Statement::ALL.into_iter().map(|it| (it, typed.text(it.as_str()))).collect(),
        words: typed.text("words"),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    match voice(open, &form) {
        Ok(said) => {
            voices::say(&tx, sheet.id, &hash, &said).await?;
            // No event: its time and its place in the chain would tell who was there.
            tx.commit().await?;
            Ok(thanks(cx, "voice"))
        }
        Err(refused) => {
            drop(tx);
            let form = FormState::refused(typed, faults_of(refused));
            page(cx, code, &sheet, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn page(cx: &Cx, code: Code, sheet: &Sheet, (status, form): (StatusCode, FormState)) -> Answer {
    let known = store::people::known(cx.site.db(), sheet.of).await?.ok_or(TurnedAway::NotFound)?;
    let head = Head::new("Say what you think", Area::None).failed(!form.faults.is_empty());
    let action = format!("{}/{code}", super::PLACE);
    let page = move || {
        let looks_personal = form.fault("words").is_some_and(|it| it.contains("looks like"));
        let choices: Vec<_> =
            Said::ALL.into_iter().map(|it| (it.as_str().to_owned(), it.label().to_owned())).collect();
        let question = |it: Statement| {
            let (form, choices) = (form.clone(), choices.clone());
            view! { <OneOf form name=it.as_str() label=it.label() choices none="I leave this open"/> }
        };
        let questions = Statement::ALL.into_iter().map(question).collect_view();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <h1>"How was it to talk with "<bdi>{known.known_as}</bdi>"?"</h1>
                <p class="lead">"We keep no name, and nothing about you or your phone. What you say is shown only when at least three people have answered, all of it together and in no order."</p>
                <form method="post" action=action class="stack" novalidate>
                    {questions}
                    <TextArea form=form.clone() name="words" label="Something you would like to say" rows="4" hint="A sentence or two. Please leave out your name, and what says who you are."/>
                    {looks_personal.then(|| view! { <Tick form=form.clone() name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                    <p class="row"><button class="button">"Send it"</button></p>
                    <p class="soft">"The code works once. You can change nothing afterwards, because we do not know what was yours."</p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
