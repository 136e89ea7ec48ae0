//! A reflection: a page of its own, for its author alone.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::reflection::{NotKept, Reflection, keep as keep_it};
use domain::people::FieldFault;
use islands::LiveKeep;
use leptos::prelude::*;
use store::content::{Lesson, Part};
use store::learning::Place;

use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::me::reflections::GONE as NO_LESSON;
use crate::permits::OwnHere;
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::newer::Newer;
use crate::ui::prose::Prose;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// The field of the words.
const TEXT: &str = "reflection";

/// GET /learn/{slug}/{lesson}/reflection
pub(crate) async fn show(
    cx: Cx,
    here: OwnHere,
    At((_, lesson)): At<(Slug, Slug)>,
    Asks(asks): Asks,
) -> Answer {
    let kept = store::reflections::of(cx.site.db(), here.place(&lesson)).await?;
    let Some(found) = here.lesson(&lesson) else {
        return only_own(&cx, (&here, &lesson), kept, (StatusCode::OK, None)).await;
    };
    let (text, revision) = kept.map_or_else(Default::default, |it| (it.text, it.revision));
    let form = filled(&[(TEXT, text), ("revision", revision.to_string())]);
    let done = (asks.text("done") == "kept").then_some("Kept. Only you can open it here.");
    page(&cx, (&here, found), (StatusCode::OK, form), (done, None)).await
}

/// POST /learn/{slug}/{lesson}/reflection: whoever learns writes; whoever did takes back.
pub(crate) async fn keep(
    cx: Cx,
    here: OwnHere,
    At((slug, lesson)): At<(Slug, Slug)>,
    typed: Typed,
) -> Answer {
    let place = here.place(&lesson);
    let found = here.lesson(&lesson);
    if found.is_none() && !typed.text(TEXT).trim().is_empty() {
        let kept = store::reflections::of(cx.site.db(), place).await?;
        let unkept = (StatusCode::CONFLICT, Some(typed.text(TEXT).to_owned()));
        return only_own(&cx, (&here, &lesson), kept, unkept).await;
    }
    let tx = cx.site.db().begin().await?;
    let current = store::reflections::of_now(&tx, place).await?;
    if found.is_none() && current.is_none() {
        return Ok(cx.done(BACK));
    }
    let seen = typed.text("revision").parse().unwrap_or(0);
    match (keep_it(current.as_ref(), typed.text(TEXT), seen), found) {
        (Ok(kept), _) => {
            store::reflections::save(&tx, place, &kept, cx.now()).await?;
            tx.commit().await?;
            let next = match found {
                Some(_) => format!("/learn/{slug}/{lesson}/reflection?done=kept"),
                None => BACK.to_owned(),
            };
            Ok(cx.done_keeping(&next, kept.revision()))
        }
        (Err(_), None) => {
            drop(tx);
            only_own(&cx, (&here, &lesson), current, (StatusCode::CONFLICT, None)).await
        }
        (Err(refused), Some(found)) => {
            drop(tx);
            let (status, newer) = match refused {
                NotKept::Newer => (StatusCode::CONFLICT, Some(current.unwrap_or(GONE))),
                NotKept::TooLong { .. } | NotKept::Hidden => (StatusCode::UNPROCESSABLE_ENTITY, None),
            };
            let form =
                FormState::refused(typed, vec![FieldFault { field: TEXT, remedy: refused.to_string() }]);
            page(&cx, (&here, found), (status, form), (None, newer)).await
        }
    }
}

/// Where whoever took something back goes on.
const BACK: &str = "/me/reflections?done=back";

impl OwnHere {
    fn place<'a>(&self, lesson: &'a Slug) -> Place<'a> {
        Place { person: self.me.id(), course: self.published.id, lesson }
    }

    /// The lesson, for whoever may write after it: they learn, and it is in the course.
    fn lesson(&self, slug: &Slug) -> Option<&Lesson> {
        self.learner.as_ref()?;
        self.published.course.lesson(slug).map(|it| it.1)
    }
}

/// A reflection that is its author's to read and to take back, and no more.
async fn only_own(
    cx: &Cx,
    (here, slug): (&OwnHere, &Slug),
    kept: Option<Reflection>,
    (status, unkept): (StatusCode, Option<String>),
) -> Answer {
    let course = &here.published.course;
    let Reflection { text, revision } = kept.unwrap_or(GONE);
    let lesson = course.lesson(slug).map(|it| it.1.title.clone());
    if lesson.is_none() && revision == 0 {
        return Err(TurnedAway::NotFound);
    }
    let why = match here.learner {
        Some(_) => {
            "This lesson is no longer in the course. What you wrote stays yours: you can read it, print it and take it back."
        }
        None => {
            "You are not a learner here at the moment. What you wrote stays yours: you can read it, print it and take it back."
        }
    };
    let action = format!("/learn/{}/{slug}/reflection", course.slug);
    let head = Head::new(&format!("{}, a reflection", course.outline.discreet_title), Area::Learn);
    let page = move || {
        let is_empty = text.is_empty();
        view! {
            <div class="wrap reading form-page stack">
                <p class="unprinted"><a class="crumb" href="/me/reflections">"What I wrote after lessons"</a></p>
                <h1>"A reflection"</h1>
                <p>{lesson.unwrap_or_else(|| NO_LESSON.to_owned())}</p>
                <p class="notice unprinted">{why}</p>
                {unkept.map(|it| view! {
                    <section class="notice care stack" aria-labelledby="unkept">
                        <h2 id="unkept">"This was not kept"</h2>
                        <p>"Copy it, if you would like to have it."</p>
                        <p class="typed">{it}</p>
                    </section>
                })}
                {is_empty.then(|| view! { <p class="soft">"Nothing is written here, or you took it back."</p> })}
                {(!is_empty).then(|| view! {
                    <p class="card typed">{text}</p>
                    <form method="post" action=action class="unprinted">
                        <input type="hidden" name=TEXT value=""/>
                        <input type="hidden" name="revision" value=revision.to_string()/>
                        <p><button class="button quiet">"Take it back: delete it for good"</button></p>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// Stands for a reflection whose row is gone.
const GONE: Reflection = Reflection { text: String::new(), revision: 0 };

async fn page(
    cx: &Cx,
    (here, lesson): (&OwnHere, &Lesson),
    (status, form): (StatusCode, FormState),
    (done, newer): (Option<&'static str>, Option<Reflection>),
) -> Answer {
    let course = &here.published.course;
    let back = format!("/learn/{}/{}", course.slug, lesson.slug);
    let prompt = lesson.parts.iter().find_map(|it| match it {
        Part::Reflect { title, html } => Some((title.clone(), html.clone())),
        _ => None,
    });
    let head = Head::new(&format!("{}, a reflection", course.outline.discreet_title), Area::Learn);
    let head = head.failed(!form.faults.is_empty());
    let title = lesson.title.clone();
    let page = move || {
        // Whoever has seen what is newer may keep theirs.
        let revision = newer
            .as_ref()
            .map_or_else(|| form.typed.text("revision").to_owned(), |it| it.revision.to_string());
        let action = format!("{back}/reflection");
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>{title}</a></p>
                <h1>"A reflection"</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                {prompt.map(|(title, html)| view! { <section class="reflect"><h2>{title}</h2><Prose html/></section> })}
                {newer.map(|it| view! { <Newer texts=vec![("", it.text)]/> })}
                <LiveKeep>
                    <form method="post" action=action class="stack" novalidate>
                        <TextArea form name=TEXT label="Your words" hint="Write as much or as little as you like. Empty the field to take it back."/>
                        <input type="hidden" name="revision" value=revision/>
                        <p class="row"><button class="button">"Keep this"</button></p>
                    </form>
                </LiveKeep>
                <p class="soft">"Only you can open this, when you are signed in. No tutor, coordinator or administrator has a page that shows it. It is not sealed yet: whoever holds the database, or a copy of it, could technically read it. Nobody reads it for you either: if you are not safe, please ring or text one of the numbers below."</p>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
