//! Erasing a plan: all of it at once, by its owner, whether or not they still learn.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::cx::Cx;
use crate::door::Answer;
use crate::permits::OwnPlan;
use crate::ui::shell::{Area, Head};

/// GET /plan/erase
pub(crate) async fn show(cx: Cx, _: OwnPlan) -> Answer {
    let page = || {
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href="/plan">"My plan"</a></p>
                <h1>"Erase your plan?"</h1>
                <p>"Your words, your goals with your numbers, and what you wrote when you looked back are deleted. Nobody can bring them back. Backup copies last until they are replaced. If you would like to keep them, print your plan first."</p>
                <p>"A tutor to whom you show your plan sees nothing in it then."</p>
                <form method="post" action="/plan/erase">
                    <p class="row"><button class="button">"Erase it for good"</button><a href="/plan">"Keep it"</a></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Erase my plan", Area::Learn), page).await)
}

/// POST /plan/erase: a second tap erases nothing more.
pub(crate) async fn erase(cx: Cx, by: OwnPlan) -> Answer {
    let person = by.me.id();
    let tx = cx.site.db().begin().await?;
    store::plans::take_turns(&tx, person, cx.now()).await?;
    store::plans::erase(&tx, person, cx.now()).await?;
    tx.commit().await?;
    Ok(cx.done("/plan?done=erased"))
}
