//! Sharing something about a session with those who were there. Until it is shared it is a draft, which is its
//! author's alone and kept while they write.

use axum::http::StatusCode;
use domain::own_words::{NotKept, Revised};
use domain::people::FieldFault;
use domain::supervision::note::{NotShared, Private, Shared, keep as keep_rule, share as rule};
use islands::LiveKeep;
use leptos::prelude::*;
use store::supervision::SHARED;
use store::supervision::notes::{last_shared_now, note, note_now, save_note, save_shared, shared};

use super::session::session_at;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::SessionHere;
use crate::personal::looks;
use crate::ui::choose::filled;
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

/// How a page comes back.
struct Back {
    status: StatusCode,
    form: FormState,
    looks_personal: bool,
    /// What was kept or shared meanwhile, with the number that stands for having seen it.
    newer: Option<String>,
    done: Option<&'static str>,
}

impl Back {
    const fn opened(form: FormState, done: Option<&'static str>) -> Self {
        Self { status: StatusCode::OK, form, looks_personal: false, newer: None, done }
    }
}

/// GET /supervision/{arrangement}/sessions/{session}/share
pub(crate) async fn show(cx: Cx, at: SessionHere, Asks(asks): Asks) -> Answer {
    let (db, id) = (cx.site.db(), at.held.id);
    let draft = note(db, &at.here.author, (id, Private::Draft)).await?;
    let mut all = shared(db, &at.here.member, id).await?;
    all.retain(|it| it.shared.author == at.here.me);
    let last = all.pop().map(|it| it.shared);
    let number = last.as_ref().map_or(0, |it| it.number);
    let (text, revision) = match draft {
        Some(it) if !it.value.is_empty() => (it.value, it.revision),
        draft => (last.map(|it| it.text).unwrap_or_default(), draft.map_or(0, |it| it.revision)),
    };
    let form = filled(&[("text", text), ("revision", revision.to_string()), ("number", number.to_string())]);
    let done =
        (asks.text("done") == "kept").then_some("Kept as a draft. Nobody else reads it until you share it.");
    page(&cx, &at, Back::opened(form, done)).await
}

/// POST /supervision/{arrangement}/sessions/{session}/share: keeps the draft, or shares it if that button was pressed.
pub(crate) async fn keep(cx: Cx, at: SessionHere, typed: Typed) -> Answer {
    let (id, path) = (at.held.id, session_at(at.here.arrangement.id, at.held.id));
    let seen = |name: &str| typed.text(name).parse().unwrap_or(0);
    let is_shared = typed.text("share") == "yes";
    let tx = cx.site.db().begin().await?;
    let draft = note_now(&tx, &at.here.author, (id, Private::Draft)).await?;
    // What is shared is no draft any more.
    let words = if is_shared { "" } else { typed.text("text") };
    let next = match keep_rule(&at.here.author, (draft.as_ref(), true), words, seen("revision")) {
        Ok(next) => next,
        Err(why) => {
            drop(tx);
            return page(&cx, &at, unkept(typed, why, draft)).await;
        }
    };
    save_note(&tx, &at.here.author, (id, Private::Draft), (&next, cx.now())).await?;
    if !is_shared {
        tx.commit().await?;
        return Ok(cx.done_keeping(&format!("{path}/share?done=kept"), next.revision()));
    }
    let last = last_shared_now(&tx, &at.here.member, id).await?;
    let has_looked = typed.text("looked") == "yes";
    match rule(&at.here.member, (last.as_ref(), seen("number")), (typed.text("text"), has_looked)) {
        Ok(new) => {
            save_shared(&tx, id, &new, cx.now()).await?;
            if let Some(other) = at.here.other() {
                tell(&cx, &tx, (other, Happened::Shared), &path).await?;
            }
            cx.keep(tx, at.here.event(&cx, SHARED)).await?;
        }
        // A second tap.
        Err(NotShared::Already) => tx.commit().await?,
        Err(why) => {
            drop(tx);
            return page(&cx, &at, unshared(typed, why, last)).await;
        }
    }
    Ok(cx.done(&format!("{path}?done=shared")))
}

fn fault(remedy: String) -> Vec<FieldFault> {
    vec![FieldFault { field: "text", remedy }]
}

fn unkept(typed: Typed, why: NotKept, draft: Option<Revised<String>>) -> Back {
    let newer = (why == NotKept::Newer).then(|| draft.unwrap_or_default());
    let status = if newer.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    // Whoever has seen what is newer may keep theirs.
    let typed = newer.as_ref().map_or_else(|| typed.clone(), |it| typed.with("revision", it.revision));
    let form = FormState::refused(typed, fault(why.to_string()));
    Back { status, newer: newer.map(|it| it.value), ..Back::opened(form, None) }
}

fn unshared(typed: Typed, why: NotShared, last: Option<Shared>) -> Back {
    match why {
        NotShared::Newer => {
            let last = last.map_or((0, String::new()), |it| (it.number, it.text));
            let form = FormState::refused(typed.with("number", last.0), fault(NotKept::Newer.to_string()));
            Back { status: StatusCode::CONFLICT, newer: Some(last.1), ..Back::opened(form, None) }
        }
        NotShared::Personal(like) => {
            let form = FormState::refused(typed, vec![looks("text", like)]);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Back { status, looks_personal: true, ..Back::opened(form, None) }
        }
        NotShared::Faults(faults) => {
            let form = FormState::refused(typed, faults);
            Back { status: StatusCode::UNPROCESSABLE_ENTITY, ..Back::opened(form, None) }
        }
        NotShared::Already => Back::opened(FormState::default(), None),
    }
}

async fn page(cx: &Cx, at: &SessionHere, back: Back) -> Answer {
    let Back { status, form, looks_personal, newer, done } = back;
    let path = session_at(at.here.arrangement.id, at.held.id);
    let (day, readers) = (date(at.held.day), at.here.arrangement.strand.readers());
    let head = Head::new("Share something", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let [revision, number] = ["revision", "number"].map(|it| form.typed.text(it).to_owned());
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=path.clone()>"The session of "{day}</a></p>
                <h1>"Share something"</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p>{readers}</p>
                {newer.map(|it| view! { <Newer texts=vec![("", it)]/> })}
                <LiveKeep>
                    <form method="post" action=format!("{path}/share") class="stack" novalidate>
                        <TextArea form=form.clone() name="text" label="What would you like to share?" hint="No service user is named here. If somebody is in danger, do not write it here: ring." rows="10"/>
                        <input type="hidden" name="revision" value=revision/>
                        <input type="hidden" name="number" value=number/>
                        {looks_personal.then(|| view! { <Tick form name="looked" label="I have looked again: it names nobody"/> })}
                        <p class="row">
                            <button class="button" name="share" value="yes">"Share it"</button>
                            <button class="button quiet">"Keep it as a draft"</button>
                        </p>
                    </form>
                </LiveKeep>
                <p class="soft">"A draft is yours alone. What you share stands in versions that all who were there can see: you can change it or take it back, and what it was before stays to be read."</p>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
