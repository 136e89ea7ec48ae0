//! What was agreed in sessions: the list of what is still to be done, and saying that something is.

use std::collections::BTreeMap;

use domain::people::PersonId;
use domain::supervision::action::{ActionId, settle as rule};
use domain::supervision::arrangement::ArrangementId;
use leptos::prelude::*;
use store::supervision::SETTLED;
use store::supervision::actions::{Todo, action_now, save_settled};

use super::place;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::permits::StrandHere;
use crate::ui::words::date;

/// POST /supervision/{arrangement}/actions/{action}
pub(crate) async fn settle(
    cx: Cx,
    here: StrandHere,
    At((arrangement, id)): At<(ArrangementId, ActionId)>,
    typed: Typed,
) -> Answer {
    let is_done = typed.text("done") != "no";
    let tx = cx.site.db().begin().await?;
    let (action, _) = action_now(&tx, (&here.member, id)).await?.ok_or(TurnedAway::NotFound)?;
    if let Some(settled) = rule(&here.member, &action, is_done) {
        save_settled(&tx, &settled, cx.now()).await?;
        cx.keep(tx, here.event(&cx, SETTLED)).await?;
    }
    let word = if is_done { "settled" } else { "open" };
    Ok(cx.done(&format!("{}?done={word}&action={id}", place(arrangement))))
}

/// Says that something is open after all.
#[component]
pub(super) fn TakeBack(arrangement: ArrangementId, action: ActionId) -> impl IntoView {
    view! {
        <form method="post" action=format!("{}/actions/{action}", place(arrangement))>
            <input type="hidden" name="done" value="no"/>
            <button class="button quiet">"Take that back"</button>
        </form>
    }
}

/// What is to be done, each with a button for whoever may say that it is.
#[component]
pub(super) fn Todos(
    todos: Vec<Todo>,
    me: PersonId,
    called: BTreeMap<PersonId, String>,
    /// Whether they supervise here, so that they may say it of everything.
    supervises: bool,
) -> impl IntoView {
    let card = |it: Todo| {
        let path = format!("{}/actions/{}", place(it.arrangement), it.id);
        let (is_mine, may) = (it.owner == me, it.owner == me || supervises);
        let who = called.get(&it.owner).cloned().unwrap_or_default();
        let of = format!(": {}", it.what);
        view! {
            <li class="card stack">
                <h3>{it.what}</h3>
                <p>{if is_mine { view! { "You" }.into_any() } else { view! { <bdi>{who}</bdi> }.into_any() }}", by "{date(it.due_on)}</p>
                <p class="soft">"Agreed on "{date(it.agreed_on)}{it.is_shareable.then_some(". Others who count sessions may see it.")}</p>
                {may.then(|| view! {
                    <form method="post" action=path>
                        <input type="hidden" name="done" value="yes"/>
                        <button class="button quiet">"It is done"<span class="hidden">{of}</span></button>
                    </form>
                })}
            </li>
        }
    };
    view! { <ul role="list" class="stack">{todos.into_iter().map(card).collect_view()}</ul> }
}
