//! A reflection: a page of its own, for its author alone.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::reflection::{NotKept, Reflection, keep as keep_it};
use domain::people::FieldFault;
use islands::LiveKeep;
use leptos::prelude::*;
use store::content::{Lesson, Part};

use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::EnrolledHere;
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::prose::Prose;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// The field of the words.
const TEXT: &str = "reflection";

/// GET /learn/{slug}/{lesson}/reflection
pub(crate) async fn show(
    cx: Cx,
    here: EnrolledHere,
    At((_, lesson)): At<(Slug, Slug)>,
    Asks(asks): Asks,
) -> Answer {
    let (_, lesson) = here.published.course.lesson(&lesson).ok_or(TurnedAway::NotFound)?;
    let kept = store::reflections::of(cx.site.db(), here.place(&lesson.slug)).await?;
    let (text, revision) = kept.map_or_else(Default::default, |it| (it.text, it.revision));
    let form = filled(&[(TEXT, text), ("revision", revision.to_string())]);
    let done = (asks.text("done") == "kept").then_some("Kept. Only you can open it here.");
    page(&cx, (&here, lesson), (StatusCode::OK, form), (done, None)).await
}

/// POST /learn/{slug}/{lesson}/reflection
pub(crate) async fn keep(
    cx: Cx,
    here: EnrolledHere,
    At((slug, lesson)): At<(Slug, Slug)>,
    typed: Typed,
) -> Answer {
    let (_, lesson) = here.published.course.lesson(&lesson).ok_or(TurnedAway::NotFound)?;
    let place = here.place(&lesson.slug);
    let tx = cx.site.db().begin().await?;
    let current = store::reflections::of_now(&tx, place).await?;
    let seen = typed.text("revision").parse().unwrap_or(0);
    match keep_it(current.as_ref(), typed.text(TEXT), seen) {
        Ok(kept) => {
            store::reflections::save(&tx, place, &kept, cx.now()).await?;
            tx.commit().await?;
            let next = format!("/learn/{slug}/{}/reflection?done=kept", lesson.slug);
            Ok(cx.done_keeping(&next, kept.revision()))
        }
        Err(refused) => {
            drop(tx);
            let (status, newer) = match refused {
                NotKept::Newer => (StatusCode::CONFLICT, Some(current.unwrap_or(GONE))),
                NotKept::TooLong { .. } | NotKept::Hidden => (StatusCode::UNPROCESSABLE_ENTITY, None),
            };
            let form =
                FormState::refused(typed, vec![FieldFault { field: TEXT, remedy: refused.to_string() }]);
            page(&cx, (&here, lesson), (status, form), (None, newer)).await
        }
    }
}

/// Stands for a reflection whose row is gone.
const GONE: Reflection = Reflection { text: String::new(), revision: 0 };

async fn page(
    cx: &Cx,
    (here, lesson): (&EnrolledHere, &Lesson),
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
                {newer.map(|it| view! {
                    <section class="notice care stack" aria-labelledby="newer">
                        <h2 id="newer">"What was kept meanwhile"</h2>
                        {if it.text.is_empty() {
                            view! { <p>"It was taken back."</p> }.into_any()
                        } else {
                            view! { <p class="typed">{it.text}</p> }.into_any()
                        }}
                    </section>
                })}
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
