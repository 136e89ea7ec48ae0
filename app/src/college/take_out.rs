//! Taking out, for good, what somebody wrote about a course that tells who somebody is.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::feedback::{Asked, TakenOut, take_out as take_it_out};
use leptos::prelude::*;
use store::audit::Event;
use store::figures::FEEDBACK_TAKEN_OUT;

use super::words::{Count, place};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::ReadsFigures;
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// The course, the last term of the count, what was asked, and the place in the order of chance.
type Path = (Slug, String, String, i64);

/// GET /college/figures/{slug}/{term}/{asked}/{place}: what is to be taken out, and why.
pub(crate) async fn show(cx: Cx, _: ReadsFigures, At(path): At<Path>) -> Answer {
    page(&cx, path, (StatusCode::OK, FormState::default())).await
}

/// POST /college/figures/{slug}/{term}/{asked}/{place}: a second tap finds nothing there any more.
pub(crate) async fn take_out(cx: Cx, by: ReadsFigures, At(path): At<Path>, typed: Typed) -> Answer {
    let taking_out = match take_it_out(typed.text("why"), typed.text("word")) {
        Ok(taking_out) => taking_out,
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            return page(&cx, path, (StatusCode::UNPROCESSABLE_ENTITY, form)).await;
        }
    };
    let (slug, term, asked, at) = path;
    let Count { published, term, .. } = Count::of(&cx, &slug, &term).await?;
    let asked = Asked::parse(&asked).ok_or(TurnedAway::NotFound)?;
    let back = place(&slug, term);
    let tx = cx.site.db().begin().await?;
    if !store::figures::take_out(&tx, (published.id, term), (asked, at), &taking_out).await? {
        return Ok(cx.done(&format!("{back}?done=gone")));
    }
    let event = Event::new(cx.now(), FEEDBACK_TAKEN_OUT)
        .by(by.reader.person().as_uuid())
        .to(published.id)
        .within(by.reader.host().as_uuid())
        .saying(taking_out.said());
    cx.keep(tx, event).await?;
    Ok(cx.done(&format!("{back}?done=out")))
}

async fn page(cx: &Cx, (slug, term, asked, at): Path, (status, form): (StatusCode, FormState)) -> Answer {
    let Count { published, term, .. } = Count::of(cx, &slug, &term).await?;
    let asked = Asked::parse(&asked).ok_or(TurnedAway::NotFound)?;
    let back = place(&slug, term);
    let found = store::figures::words_at(cx.site.db(), (published.id, term), (asked, at)).await?;
    let Some(words) = found else { return Ok(cx.done(&format!("{back}?done=gone"))) };
    let here = format!("{back}/{}/{at}", asked.as_str());
    let head = Head::new("Figures of the college, taking something out", Area::Me);
    let head = head.failed(!form.faults.is_empty());
    let page = move || view! { <TakeOutPage form words back here/> };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn TakeOutPage(form: FormState, words: String, back: String, here: String) -> impl IntoView {
    let choices = TakenOut::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=back.clone()>"What people wrote"</a></p>
            <h1>"Take this out for good?"</h1>
            <blockquote class="card typed"><bdi>{words}</bdi></blockquote>
            <p>"These words are deleted, and nobody can bring them back. Backup copies last until they are replaced. The numbers stay as they are."</p>
            <p>"Whoever wrote them reads on their own page that they were taken out, and why. That you did it is written down, without the words."</p>
            <form method="post" action=here class="stack" novalidate>
                <Choices form=form.clone() name="why" legend="Why is it taken out?".to_owned() choices/>
                <Field form name="word" label="If it is something else: what is it, in a word?" takes=Takes::Line hint="No names, please: this word is kept."/>
                <p class="row"><button class="button">"Take it out for good"</button><a href=back>"Leave it"</a></p>
            </form>
        </div>
    }
}
