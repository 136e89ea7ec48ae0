//! What somebody writes for themself about a session: a page of its own, for its author alone.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::own_words::{NotKept, Revised};
use domain::people::FieldFault;
use domain::supervision::note::{Private, Prompt, keep as rule};
use domain::supervision::session::SessionId;
use islands::LiveKeep;
use leptos::prelude::*;
use store::supervision::notes::{note, note_now, save_note, written_by};

use super::session::session_at;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::{OwnNote, SignedIn};
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// GET /supervision/notes
pub(crate) async fn all(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let page = (asks.text("before").parse().ok(), A_PAGE as u64 + 1);
    let mut found = written_by(cx.site.db(), &me.actor.as_author(), page).await?;
    let there_is_more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let next = found.last().filter(|_| there_is_more).map(|it| format!("/supervision/notes?before={}", it.0));
    let none = found.is_empty();
    let head = Head::new("What I wrote for myself", Area::Me);
    let row = |(session, day): (SessionId, NaiveDate)| {
        view! { <li><a class="alone" href=format!("/supervision/notes/{session}")>{format!("About the session of {}", date(day))}</a></li> }
    };
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href="/supervision">"Supervision"</a></p>
                <h1>"What I wrote for myself"</h1>
                <p class="lead">"Only you can open these. They stay yours as long as you have an account, also when a supervision ends."</p>
                {none.then(|| view! { <p>"You have not written anything for yourself yet, or you took it back. Each session has a place for it."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{found.into_iter().map(row).collect_view()}</ul> })}
                {next.map(|it| view! { <p><a class="alone" href=it>"Earlier ones"</a></p> })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// GET /supervision/notes/{session}
pub(crate) async fn show(cx: Cx, own: OwnNote, Asks(asks): Asks) -> Answer {
    let kept = note(cx.site.db(), &own.author, (own.session, Private::Own)).await?.unwrap_or_default();
    let prompt = Prompt::parse(asks.text("prompt")).unwrap_or(Prompt::Blank);
    let form = filled(&[
        ("text", kept.value),
        ("revision", kept.revision.to_string()),
        ("prompt", prompt.as_str().to_owned()),
    ]);
    let done = (asks.text("done") == "kept").then_some("Kept. Only you can open it here.");
    page(&cx, &own, (StatusCode::OK, form), (done, None)).await
}

/// POST /supervision/notes/{session}: whoever was there writes; whoever was takes back.
pub(crate) async fn keep(cx: Cx, own: OwnNote, typed: Typed) -> Answer {
    let key = (own.session, Private::Own);
    let tx = cx.site.db().begin().await?;
    let current = note_now(&tx, &own.author, key).await?;
    let seen = typed.text("revision").parse().unwrap_or(0);
    match rule(&own.author, (current.as_ref(), own.may_write), typed.text("text"), seen) {
        Ok(next) => {
            save_note(&tx, &own.author, key, (&next, cx.now())).await?;
            tx.commit().await?;
            let prompt = Prompt::parse(typed.text("prompt")).unwrap_or(Prompt::Blank);
            let to = format!("/supervision/notes/{}?done=kept&prompt={}", own.session, prompt.as_str());
            Ok(cx.done_keeping(&to, next.revision()))
        }
        Err(why) => {
            drop(tx);
            let newer = (why == NotKept::Newer).then(|| current.unwrap_or_default());
            let status =
                if newer.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            // Whoever has seen what is newer may keep theirs.
            let typed =
                newer.as_ref().map_or_else(|| typed.clone(), |it| typed.with("revision", it.revision));
            let form = FormState::refused(typed, vec![FieldFault { field: "text", remedy: why.to_string() }]);
            page(&cx, &own, (status, form), (None, newer)).await
        }
    }
}

async fn page(
    cx: &Cx,
    own: &OwnNote,
    (status, form): (StatusCode, FormState),
    (done, newer): (Option<&'static str>, Option<Revised<String>>),
) -> Answer {
    let action = format!("/supervision/notes/{}", own.session);
    let (strand, day, may_write) = (own.arrangement.strand.label(), date(own.day), own.may_write);
    let back = match may_write {
        true => (session_at(own.arrangement.id, own.session), format!("The session of {day}")),
        false => ("/supervision/notes".to_owned(), "What I wrote for myself".to_owned()),
    };
    let prompt = Prompt::parse(form.typed.text("prompt")).unwrap_or(Prompt::Blank);
    let head = Head::new("For myself", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let [revision, asked] = ["revision", "prompt"].map(|it| form.typed.text(it).to_owned());
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back.0>{back.1}</a></p>
                <h1>"For myself"</h1>
                <p>{strand}", "{day}</p>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                {(!may_write).then(|| view! { <p class="notice">"You do not meet there any more. What you wrote stays yours: you can read it, and empty it to take it back."</p> })}
                {may_write.then(|| view! { <Prompts prompt action=action.clone()/> })}
                {newer.map(|it| view! { <Newer texts=vec![("", it.value)]/> })}
                <LiveKeep>
                    <form method="post" action=action class="stack" novalidate>
                        <TextArea form name="text" label="Your words" hint="Write as much or as little as you like. Empty the field to take it back. No service user is named here." rows="12"/>
                        <input type="hidden" name="revision" value=revision/>
                        <input type="hidden" name="prompt" value=asked/>
                        <p class="row"><button class="button">"Keep this"</button></p>
                    </form>
                </LiveKeep>
                <p class="soft">"Only you can open this, when you are signed in. No supervisor, manager, coordinator or administrator has a page that shows it. It is not sealed yet: whoever holds the database, or a copy of it, could technically read it. What you note about somebody whom you supervise belongs in what you share, which they may see. Nobody reads this for you either: if you are not safe, please ring or text one of the numbers below."</p>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// Questions that help to begin, for whoever likes some.
#[component]
fn Prompts(prompt: Prompt, action: String) -> impl IntoView {
    let way = |it: Prompt| {
        let href = format!("{action}?prompt={}", it.as_str());
        view! { <li><a class="alone" href=href aria-current=(it == prompt).then_some("true")>{it.label()}</a></li> }
    };
    let questions: Vec<_> = prompt.questions().iter().map(|it| view! { <li>{*it}</li> }).collect();
    let asks = !questions.is_empty();
    view! {
        <details>
            <summary>"Questions to begin with"</summary>
            <p class="soft">"Keep what you have written before you choose others."</p>
            <ul role="list">{Prompt::ALL.into_iter().map(way).collect_view()}</ul>
        </details>
        {asks.then(|| view! { <section class="reflect"><h2>{prompt.label()}</h2><ol class="numbered stack">{questions}</ol></section> })}
    }
}
