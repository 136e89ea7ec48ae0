//! Looking back: a page to write down what went well and what to change.

use domain::plan::{Review, ReviewForm, ReviewId, ReviewedWith, keep_review};
use leptos::prelude::*;

use super::{REMINDER, Refused, own, refused, revision_of, seen};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::permits::Learning;
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{Choices, ErrorSummary};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

/// The fields of the day.
const HELD: DayNames = ["held_day", "held_month", "held_year"];

/// GET /plan/reviews/new: its id is made here, so that a second tap does not write it twice.
pub(crate) async fn show_new(cx: Cx, _: Learning) -> Answer {
    let id = ReviewId::from_uuid(uuid::Uuid::now_v7());
    let form = filled(&filled_day(HELD, cx.today()));
    page(&cx, id, Refused::opened(form, 0)).await
}

/// GET /plan/reviews/{review}
pub(crate) async fn show(cx: Cx, me: Learning, At(id): At<ReviewId>) -> Answer {
    let kept = store::plans::review_of(cx.site.db(), me.learner.person(), id).await?;
    let review = kept.ok_or(TurnedAway::NotFound)?.review;
    let revision = review.revision;
    let Review { held_on, with, went_well, change } = review.value;
    let words = [("with", with.as_str().to_owned()), ("went_well", went_well), ("change", change)];
    let fields: Vec<_> = filled_day(HELD, held_on).into_iter().chain(words).collect();
    page(&cx, id, Refused::opened(filled(&fields), revision)).await
}

/// POST /plan/reviews/{review}: writes it or changes it.
pub(crate) async fn keep(cx: Cx, me: Learning, At(id): At<ReviewId>, typed: Typed) -> Answer {
    let person = me.learner.person();
    let tx = cx.site.db().begin().await?;
    store::plans::take_turns(&tx, person, cx.now()).await?;
    let current = own(store::plans::review_now(&tx, id).await?, person)?.map(|it| it.review);
    let others = store::plans::how_many_reviews(&tx, person).await?;
    let form = ReviewForm {
        held_on: typed_day(&typed, HELD),
        with: typed.text("with"),
        went_well: typed.text("went_well"),
        change: typed.text("change"),
    };
    match keep_review(current.as_ref(), &form, (seen(&typed), others), cx.today()) {
        Ok(next) => {
            store::plans::save_review(&tx, (person, id), &next, cx.now()).await?;
            tx.commit().await?;
            let done = if next.value().is_taken_back() { "gone" } else { "kept" };
            Ok(cx.done(&format!("/plan?done={done}")))
        }
        Err(why) => {
            drop(tx);
            let newer = (HELD[0], revision_of(current.as_ref()));
            page(&cx, id, refused(typed, why, newer, current.map(|it| it.value))).await
        }
    }
}

async fn page(cx: &Cx, id: ReviewId, opened: Refused<Option<Review>>) -> Answer {
    let Refused { status, form, revision, newer } = opened;
    let head = Head::new("Looking back", Area::Learn).failed(!form.faults.is_empty());
    let page = move || {
        let newer = newer.map(|it| {
            let texts = match it.filter(|it| !it.is_taken_back()) {
                None => Vec::new(),
                Some(it) => vec![
                    ("When", date(it.held_on)),
                    ("With whom", it.with.label().to_owned()),
                    ("What went well", it.went_well),
                    ("What to change", it.change),
                ],
            };
            view! { <Newer texts/> }
        });
        let hint = match revision.as_str() {
            "0" => "Small things count.",
            _ => "Empty this and the next field to take it back.",
        };
        let with = ReviewedWith::ALL.map(|it| (it.as_str(), it.label())).to_vec();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href="/plan">"My plan"</a></p>
                <h1>"Looking back"</h1>
                <p class="lead">"What has happened since you wrote your plan? There is no date by which to do this."</p>
                <p>{REMINDER}</p>
                {newer}
                <form method="post" action=format!("/plan/reviews/{id}") class="stack" novalidate>
                    <DayField form=form.clone() names=HELD legend="When did you look back?" hint="Such as 21 11 2026."/>
                    <Choices form=form.clone() name="with" legend="With whom?".to_owned() choices=with/>
                    <TextArea form=form.clone() name="went_well" label="What went well?" hint/>
                    <TextArea form name="change" label="What would I like to change?"/>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep this"</button><a href="/plan">"Leave it as it was"</a></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
