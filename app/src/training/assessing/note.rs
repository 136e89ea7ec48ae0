//! What an assessor notes about a candidate: something they saw, something they were told, something that was set.

use axum::http::StatusCode;
use domain::people::PersonId;
use domain::training::evidence::{Kind, note};
use domain::training::framework::FrameworkId;
use leptos::prelude::*;
use store::training::evidence::{self, NOTED};
use store::training::frameworks;
use store::training::judgements::take_turns;

use super::DESK;
use crate::cx::Cx;
use crate::door::{Answer, At};
use crate::files::Arriving;
use crate::form::FormState;
use crate::permits::AssessesHere;
use crate::training::competences::add::{Form, begun, named, opened};
use crate::training::competences::file::{decided, refused as refused_with};
use crate::training::competences::one::whole;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

/// GET /training/assessing/{person}/{framework}/{code}/evidence
pub(crate) async fn show(
    cx: Cx,
    here: AssessesHere,
    At((_, _, code)): At<(PersonId, FrameworkId, String)>,
) -> Answer {
    page(&cx, &here, &code, (StatusCode::OK, opened(&code, &[]))).await
}

/// POST /training/assessing/{person}/{framework}/{code}/evidence
pub(crate) async fn keep(
    cx: Cx,
    here: AssessesHere,
    At((_, _, code)): At<(PersonId, FrameworkId, String)>,
    arriving: Arriving,
) -> Answer {
    let (candidate, framework) = (here.assessor.candidate(), &here.framework);
    let there = frameworks::competences(cx.site.db(), framework.id, framework.version).await?;
    let received = arriving.receive(&cx).await?;
    match decided(&received, |form| note(&here.assessor, form, &there)) {
        Ok(new) => {
            let piece = named(&received.typed);
            let tx = cx.site.db().begin().await?;
            take_turns(&tx, candidate, framework.id).await?;
            if evidence::save(&tx, (piece, framework.id), (&new, received.good()), cx.now()).await? {
                begun(&tx, framework, (&new, &there), cx.now()).await?;
                cx.keep(tx, here.event(&cx, NOTED)).await?;
            } else {
                received.let_go(&cx).await;
            }
            let serves = new.serves().iter().any(|it| it.as_str() == code);
            let back = if serves { code } else { new.serves()[0].to_string() };
            Ok(cx.done(&format!("{DESK}/{candidate}/{}/{back}?done=added", framework.id)))
        }
        Err(refused) => {
            let form = refused_with(&cx, received, refused).await;
            page(&cx, &here, &code, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn page(cx: &Cx, here: &AssessesHere, code: &str, (status, form): (StatusCode, FormState)) -> Answer {
    let (candidate, framework) = (here.assessor.candidate(), &here.framework);
    let whole = whole(cx, candidate, framework, code).await?;
    let there = frameworks::competences(cx.site.db(), framework.id, framework.version).await?;
    let head = Head::new("Assessing", Area::Me).failed(!form.faults.is_empty());
    let (path, known_as) = (format!("{DESK}/{candidate}/{}/{code}", framework.id), here.known_as.clone());
    let heaviest_mib = cx.site.heaviest_file_mib();
    let page = move || {
        let kinds: Vec<_> = Kind::ALL.into_iter().filter(|it| it.is_noted_by_an_assessor()).collect();
        let heading = format!("{} {}", whole.competence.code, whole.competence.title);
        let action = format!("{path}/evidence");
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=path>{heading}</a></p>
                <h1>"Note something about "<bdi>{known_as}</bdi></h1>
                <p class="lead">"They read it, and it counts as evidence. Name nobody they support."</p>
                <Form action form kinds there serves=whole.competence heaviest_mib/>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
