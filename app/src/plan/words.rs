//! What I hope for, what helps, and what gets in the way: a page to change it.

use domain::plan::{PlanWords, WordsForm, keep_words};
use leptos::prelude::*;

use super::{REMINDER, Refused, refused, seen};
use crate::cx::Cx;
use crate::door::Answer;
use crate::form::Typed;
use crate::permits::Learning;
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// GET /plan/words
pub(crate) async fn show(cx: Cx, me: Learning) -> Answer {
    let kept = store::plans::words_of(cx.site.db(), me.learner.person()).await?;
    let PlanWords { hopes, helps, hinders } = kept.value;
    let form = filled(&[("hopes", hopes), ("helps", helps), ("hinders", hinders)]);
    page(&cx, Refused::opened(form, kept.revision)).await
}

/// POST /plan/words
pub(crate) async fn keep(cx: Cx, me: Learning, typed: Typed) -> Answer {
    let person = me.learner.person();
    let tx = cx.site.db().begin().await?;
    let current = store::plans::take_turns(&tx, person, cx.now()).await?;
    let [hopes, helps, hinders] = ["hopes", "helps", "hinders"].map(|it| typed.text(it));
    match keep_words(Some(&current), &WordsForm { hopes, helps, hinders }, seen(&typed)) {
        Ok(next) => {
            store::plans::save_words(&tx, person, &next, cx.now()).await?;
            tx.commit().await?;
            Ok(cx.done("/plan?done=kept"))
        }
        Err(why) => {
            drop(tx);
            page(&cx, refused(typed, why, ("hopes", current.revision), current.value)).await
        }
    }
}

async fn page(cx: &Cx, opened: Refused<PlanWords>) -> Answer {
    let Refused { status, form, revision, newer } = opened;
    let head = Head::new("My plan", Area::Learn).failed(!form.faults.is_empty());
    let page = move || {
        let newer = newer.map(|it| {
            let texts = vec![
                ("What I hope for", it.hopes),
                ("What helps", it.helps),
                ("What gets in the way", it.hinders),
            ];
            view! { <Newer texts/> }
        });
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href="/plan">"My plan"</a></p>
                <h1>"In my own words"</h1>
                <p class="lead">"Write as much or as little as you like. You can leave any of it empty."</p>
                <p>{REMINDER}</p>
                {newer}
                <form method="post" action="/plan/words" class="stack" novalidate>
                    <TextArea form=form.clone() name="hopes" label="What do I hope for?" hint="Large or small: a job, a garden, a night’s sleep."/>
                    <TextArea form=form.clone() name="helps" label="What helps me?" hint="Such as: mornings, music, being asked, a walk."/>
                    <TextArea form name="hinders" label="What gets in the way?" hint="Such as: noise, money, forms, being hurried."/>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep this"</button><a href="/plan">"Leave it as it was"</a></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
