//! The page of one course in writing: its files, who has signed them, and what is missing before it is published.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::publishing::{NotYet, Signature, publishable};
use leptos::prelude::*;
use store::content::Checked;
use store::drafts::{DRAFT_BEGUN, DRAFT_LEFT, Draft};

use super::faults::many;
use super::files::{FileLine, FileRow, files};
use super::signing::Signatures;
use super::{Found, checked, lessons, list, place, standing};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::FormState;
use crate::permits::EditsCourses;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// GET /editing/{course}
pub(crate) async fn show(cx: Cx, me: EditsCourses, At(slug): At<Slug>, Asks(asks): Asks) -> Answer {
    page(&cx, &me, slug, (StatusCode::OK, FormState::default()), done(asks.text("done"))).await
}

fn done(word: &str) -> Option<&'static str> {
    Some(match word {
        "begun" => "The draft has begun. Learners see nothing of it until two people have signed it.",
        "out" => "The lesson is out of the draft.",
        "signed" => "You have signed this text. If anybody changes it, your signature goes.",
        "back" => "Your signature is taken back.",
        "published" => "It is published. Learners read it from now on.",
        "replaced" => "The text of the draft is another one now.",
        "looked" => "You have looked at what is different. The draft stays as it is.",
        _ => return None,
    })
}

/// POST /editing/{course}/begin: a draft of what learners read now, to change it or to adopt it as it is.
pub(crate) async fn begin(cx: Cx, me: EditsCourses, At(slug): At<Slug>) -> Answer {
    let published = cx.public.course(&slug).ok_or(TurnedAway::NotFound)?;
    let source = store::courses::source(cx.site.db(), published).await?.ok_or(TurnedAway::NotFound)?;
    let draft = Draft::of(source, Some(published.id), published.number, cx.now());
    let tx = cx.site.db().begin().await?;
    if store::drafts::begin(&tx, &draft).await? {
        cx.keep(tx, me.event(&cx, DRAFT_BEGUN).to(published.id)).await?;
    }
    Ok(cx.done(&format!("{}?done=begun", place(&slug))))
}

/// POST /editing/{course}/leave: lets the draft go.
pub(crate) async fn leave(cx: Cx, me: EditsCourses, At(slug): At<Slug>) -> Answer {
    let tx = cx.site.db().begin().await?;
    if let Some(draft) = store::drafts::of_now(&tx, &slug).await? {
        store::drafts::leave(&tx, &slug).await?;
        let event = me.event(&cx, DRAFT_LEFT);
        cx.keep(tx, draft.course.map_or(event.clone(), |it| event.to(it))).await?;
    }
    Ok(cx.done("/editing?done=left"))
}

/// Something was to be done with a draft that is not there: it was published or left since the page was opened.
pub(super) async fn none(cx: &Cx, slug: Slug) -> Answer {
    let Found { slug, .. } = Found::called(cx, slug).await?;
    let head = Head::new("There is no draft", Area::Me);
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <h1>"There is no draft"</h1>
                <p class="lead">"Somebody has published it or let it go since you opened the page."</p>
                <p><a class="button" href=place(&slug)>"See the course as it is now"</a></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::CONFLICT, head, page).await)
}

pub(super) async fn page(
    cx: &Cx,
    me: &EditsCourses,
    slug: Slug,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let found = Found::called(cx, slug).await?;
    let drafted = match &found.draft {
        None => None,
        Some(draft) => Some(drafted(cx, me, draft, &found).await?),
    };
    let waits = match &found.published {
        Some(it) => store::proposals::waits(cx.site.db(), it.id).await?,
        None => None,
    };
    // What the draft has taken in is settled when it is published.
    let is_proposed = waits.is_some() && waits != found.draft.as_ref().and_then(|it| it.took);
    let current = found.published.as_ref().map(|it| (it.id, it.number));
    let shown = Shown {
        is_proposed,
        is_behind: found.draft.as_ref().is_some_and(|it| !it.is_up_to_date(current)),
        title: found.title(drafted.as_ref().map(|it| &it.checked)),
        state: found.published.as_ref().map(list::state),
        is_adopted: found.published.as_ref().is_some_and(|it| it.adopted.is_some()),
        page: format!("/courses/{}", found.slug),
        path: place(&found.slug),
        drafted,
        form,
        done,
    };
    let head = Head::new("A course in writing", Area::Me).failed(!shown.form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <DraftPage shown/> }).await)
}

async fn drafted(cx: &Cx, me: &EditsCourses, draft: &Draft, found: &Found) -> Result<Drafted, TurnedAway> {
    let checked = checked(cx, draft.source()).await?;
    let signatures = store::drafts::signatures(cx.site.db(), &draft.slug).await?;
    let people: Vec<_> = signatures.iter().map(|it| it.person.as_uuid()).collect();
    let names = store::people::names(cx.site.db(), &people).await?;
    let named = |it: Signature| {
        let name = names.get(&it.person.as_uuid()).cloned().unwrap_or_default();
        (it.person == me.editor.person(), name, it)
    };
    let standing = standing(draft, &checked, found.published.as_ref());
    let missing = publishable(&standing, &signatures, cx.today()).err().unwrap_or_default();
    Ok(Drafted {
        files: files(draft, &checked),
        is_empty: draft.lessons.is_empty(),
        touches: standing.touches,
        faults: standing.faults,
        text: standing.text.to_string(),
        known_as: me.known_as.clone(),
        signatures: signatures.into_iter().map(named).collect(),
        missing,
        checked,
    })
}

/// A draft as its page shows it.
pub(crate) struct Drafted {
    checked: Checked,
    files: Vec<FileLine>,
    is_empty: bool,
    pub(super) touches: bool,
    pub(super) faults: usize,
    /// Its exact text, by its hash.
    pub(super) text: String,
    /// What whoever looks is called.
    pub(super) known_as: String,
    /// Each with whose it is: whether it is mine, and the name.
    pub(super) signatures: Vec<(bool, String, Signature)>,
    pub(super) missing: Vec<NotYet>,
}

/// What the page shows.
struct Shown {
    title: String,
    /// What learners read now, if they do.
    state: Option<String>,
    /// They read what two people here have signed.
    is_adopted: bool,
    /// Something newer came with the program.
    is_proposed: bool,
    /// What learners read has changed since the draft began.
    is_behind: bool,
    /// Where learners find it.
    page: String,
    path: String,
    drafted: Option<Drafted>,
    form: FormState,
    done: Option<&'static str>,
}

#[component]
fn DraftPage(shown: Shown) -> impl IntoView {
    let Shown { title, state, is_adopted, is_proposed, is_behind, page, path, drafted, form, done } = shown;
    let is_published = state.is_some();
    let state = state.unwrap_or_else(|| "New: learners do not see it yet.".into());
    let body = match drafted {
        None => view! { <NoDraft path=path.clone() is_adopted/> }.into_any(),
        Some(drafted) => view! { <DraftBody path=path.clone() drafted form=form.clone()/> }.into_any(),
    };
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form/>
            <p><a class="crumb" href="/editing">"Courses in writing"</a></p>
            <h1>{title}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="lead">{state}</p>
            {is_proposed.then(|| view! {
                <p class="notice">"A newer text came with the program. Learners do not read it: it is yours to take or to leave. "<a href=format!("{path}/compare?with=proposal")>"See what is different"</a></p>
            })}
            {is_behind.then(|| view! {
                <p class="notice care">"What learners read has changed since this draft began. "<a href=format!("{path}/compare?with=published")>"See what is different"</a></p>
            })}
            {is_published.then(|| view! {
                <p class="row"><a href=page>"What learners read"</a><a href=format!("{path}/zip?of=published")>"What learners read, as a ZIP"</a></p>
            })}
            {body}
        </div>
    }
}

#[component]
fn NoDraft(path: String, is_adopted: bool) -> impl IntoView {
    let (title, words) = if is_adopted {
        ("Change it", "Begin a draft, and change what you like in it.")
    } else {
        (
            "Adopt it or change it",
            "To adopt a course is to say: we have gone through it here, and it is ours now. Begin a draft, then sign it as it is or change it first.",
        )
    };
    view! {
        <section class="stack" aria-labelledby="begin">
            <h2 id="begin">{title}</h2>
            <p>{words}" Learners see nothing of it until two people have signed it."</p>
            <form method="post" action=format!("{path}/begin")><button class="button">"Begin a draft"</button></form>
        </section>
    }
}

#[component]
fn DraftBody(path: String, drafted: Drafted, form: FormState) -> impl IntoView {
    let Drafted { faults, is_empty, .. } = drafted;
    let can_be_read = drafted.checked.outline.is_ok();
    let (files, last) = (drafted.files, drafted.checked.lessons.len());
    // The first on the list is no lesson.
    let line = |(at, file): (usize, FileLine)| {
        let ends = (at == 1, at == last);
        view! { <FileRow path=path.clone() file ends/> }
    };
    let rows = files.into_iter().enumerate().map(line).collect_view();
    let signing =
        Drafted { files: Vec::new(), checked: Checked { lessons: Vec::new(), ..drafted.checked }, ..drafted };
    view! {
        <section class="stack" aria-labelledby="lessons">
            <h2 id="lessons">"The draft"</h2>
            {(faults > 0).then(|| view! { <p class="notice care">{many(faults)}" before it can be signed. Each file says what."</p> })}
            <p class="soft">"It waits here for as long as it takes. Everybody who edits courses can go on with it."</p>
            <p class="row">
                {can_be_read.then(|| view! { <a class="button quiet" href=format!("{path}/preview")>"Preview it"</a> })}
                <a href=format!("{path}/zip")>"Save it as a ZIP"</a>
                <a href=format!("{path}/upload")>"Replace it by a ZIP"</a>
                <a href="#signatures">{if faults == 0 { "Sign it or publish it" } else { "See who signs it" }}</a>
            </p>
            <ul role="list" class="stack">{rows}</ul>
            <details open=is_empty || form.fault(lessons::NAME).is_some()>
                <summary>"Add a lesson"</summary>
                <form method="post" action=format!("{path}/lessons") class="stack" novalidate>
                    <Field form=form.clone() name=lessons::NAME label="What is it called in addresses?" takes=Takes::Exact
                        hint="Words joined by hyphens, such as a-first-step. It never changes once learners have read it."/>
                    <p><button class="button quiet">"Add it at the end"</button></p>
                </form>
            </details>
        </section>
        <Signatures path=path.clone() drafted=signing form/>
        <details>
            <summary>"Let this draft go"</summary>
            <form method="post" action=format!("{path}/leave") class="stack">
                <p>"Everything that was written in it is gone then. What learners read stays."</p>
                <p><button class="button quiet">"Let it go"</button></p>
            </form>
        </details>
    }
}
