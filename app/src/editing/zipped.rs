//! A course as a ZIP: saved on one's own machine, or sent in the place of a draft.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use domain::course::Slug;
use domain::people::FieldFault;
use leptos::prelude::*;
use store::content::{pack, unpack};
use store::drafts::{DRAFT_REPLACED, Draft};

use super::faults::Found as ToPut;
use super::{Found, draft, place};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::FormState;
use crate::permits::EditsCourses;
use crate::ui::form::{ErrorSummary, Why};
use crate::ui::shell::{Area, Head};
use crate::upload::{FILE, Upload};

/// GET /editing/{course}/zip: the draft; what learners read if that is asked for, or if there is no draft.
pub(crate) async fn export(cx: Cx, _: EditsCourses, At(slug): At<Slug>, Asks(asks): Asks) -> Answer {
    let found = Found::called(&cx, slug).await?;
    let source = match (found.draft, found.published) {
        (Some(draft), None) => draft.source(),
        (Some(draft), _) if asks.text("of") != "published" => draft.source(),
        (_, Some(it)) => store::courses::source(cx.site.db(), &it).await?.ok_or(TurnedAway::NotFound)?,
        (None, None) => return Err(TurnedAway::NotFound),
    };
    let name = format!("attachment; filename=\"{}.zip\"", source.slug);
    let zip = tokio::task::spawn_blocking(move || pack(&source)).await??;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, zip).into_response())
}

/// GET /editing/{course}/upload
pub(crate) async fn show(cx: Cx, _: EditsCourses, At(slug): At<Slug>) -> Answer {
    let Some(draft) = store::drafts::of(cx.site.db(), &slug).await? else {
        return draft::none(&cx, slug).await;
    };
    page(&cx, &draft, (StatusCode::OK, FormState::default()), Vec::new()).await
}

/// POST /editing/{course}/upload: another text in the place of the draft that the page was opened over.
pub(crate) async fn upload(cx: Cx, me: EditsCourses, At(slug): At<Slug>, upload: Upload) -> Answer {
    let Upload { file, typed } = upload;
    let Some(found) = store::drafts::of(cx.site.db(), &slug).await? else {
        return draft::none(&cx, slug).await;
    };
    let seen = typed.text("text").to_owned();
    let called = slug.clone();
    let refused = |remedy: &str| {
        FormState::refused(typed.clone(), vec![FieldFault { field: FILE, remedy: remedy.into() }])
    };
    let source = match tokio::task::spawn_blocking(move || unpack(called, &file)).await? {
        Ok(source) => source,
        Err(faults) => {
            let form = refused("Put this right in the ZIP, then choose it again. The draft has not changed.");
            let found_in_it = ToPut::in_text(&faults, "");
            return page(&cx, &found, (StatusCode::UNPROCESSABLE_ENTITY, form), found_in_it).await;
        }
    };
    let tx = cx.site.db().begin().await?;
    let Some(before) = store::drafts::of_now(&tx, &slug).await? else { return draft::none(&cx, slug).await };
    if before.source().hash().to_string() != seen {
        drop(tx);
        let form = refused(
            "Somebody changed the draft since you opened this page. Look at it, then choose the ZIP again.",
        );
        return page(&cx, &before, (StatusCode::CONFLICT, form), Vec::new()).await;
    }
    let after = before.clone().with(source, cx.now());
    store::drafts::save(&tx, &before, &after, cx.now()).await?;
    let event = me.event(&cx, DRAFT_REPLACED);
    cx.keep(tx, before.course.map_or(event.clone(), |it| event.to(it))).await?;
    Ok(cx.done(&format!("{}?done=replaced", place(&slug))))
}

async fn page(cx: &Cx, draft: &Draft, (status, form): (StatusCode, FormState), found: Vec<ToPut>) -> Answer {
    let (path, text) = (place(&draft.slug), draft.source().hash().to_string());
    let head = Head::new("Replace a draft by a ZIP", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let fault = form.fault(FILE);
        let wrong = fault.is_some();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form/>
                <p><a class="crumb" href=path.clone()>"The draft"</a></p>
                <h1>"Replace the draft by a ZIP"</h1>
                <p>"Choose a ZIP of one folder: a file course.toml, and a file for each lesson, such as 01-a-few-words.md. It takes the place of everything in the draft, and the signatures go. Learners see nothing of it yet."</p>
                <p><a class="alone" href=format!("{path}/zip")>"Save the draft as a ZIP first"</a></p>
                <form method="post" action=format!("{path}/upload") enctype="multipart/form-data" class="stack">
                    <div class=if wrong { "field wrong" } else { "field" }>
                        <label for=FILE>"The ZIP"</label>
                        <Why name=FILE fault/>
                        {(!found.is_empty()).then(|| view! { <ul>{found.into_iter().map(|it| view! { <li>{it.remedy()}</li> }).collect_view()}</ul> })}
                        <input type="file" id=FILE name=FILE accept=".zip,application/zip" aria-invalid=wrong.then_some("true")
                            aria-describedby=wrong.then(|| format!("{FILE}-why"))/>
                    </div>
                    <input type="hidden" name="text" value=text/>
                    <p class="row"><button class="button">"Replace the draft"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
