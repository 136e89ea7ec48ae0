//! One file of a draft in a text area, with what has to be put right in it.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::writing::{NotKept, Written, keep};
use domain::people::FieldFault;
use leptos::prelude::*;
use store::content::Fault;
use store::drafts::Draft;

use super::faults::{Found, ToPutRight};
use super::{about, checked, draft, place};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::EditsCourses;
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// The field of the text.
const TEXT: &str = "text";

/// Which file of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
enum File {
    Outline,
    Lesson(Slug),
}

impl File {
    fn written<'a>(&self, draft: &'a Draft) -> Option<&'a Written> {
        match self {
            Self::Outline => Some(&draft.outline),
            Self::Lesson(slug) => draft.lesson(slug),
        }
    }

    /// The draft with another text in this file.
    fn put(&self, draft: &Draft, text: Written) -> Draft {
        let mut after = draft.clone();
        match self {
            Self::Outline => after.outline = text,
            Self::Lesson(slug) => {
                if let Some(it) = after.lessons.iter_mut().find(|it| it.0 == *slug) {
                    it.1 = text;
                }
            }
        }
        after
    }

    fn path(&self, course: &Slug) -> String {
        match self {
            Self::Outline => format!("{}/outline", place(course)),
            Self::Lesson(slug) => format!("{}/lessons/{slug}", place(course)),
        }
    }
}

/// GET /editing/{course}/outline
pub(crate) async fn show_outline(cx: Cx, _: EditsCourses, At(slug): At<Slug>, Asks(asks): Asks) -> Answer {
    let Some(draft) = store::drafts::of(cx.site.db(), &slug).await? else {
        return draft::none(&cx, slug).await;
    };
    match about::form(&draft).filter(|_| asks.text("as") != "text") {
        Some(form) => about::page(&cx, &draft, (StatusCode::OK, form), (done(&asks), None)).await,
        None => show(&cx, slug, File::Outline, asks).await,
    }
}

fn done(asks: &Typed) -> Option<&'static str> {
    (asks.text("done") == "kept").then_some("It is kept.")
}

/// GET /editing/{course}/lessons/{lesson}
pub(crate) async fn show_lesson(
    cx: Cx,
    _: EditsCourses,
    At((slug, lesson)): At<(Slug, Slug)>,
    Asks(asks): Asks,
) -> Answer {
    show(&cx, slug, File::Lesson(lesson), asks).await
}

async fn show(cx: &Cx, slug: Slug, file: File, asks: Typed) -> Answer {
    let Some(draft) = store::drafts::of(cx.site.db(), &slug).await? else {
        return draft::none(cx, slug).await;
    };
    let written = file.written(&draft).ok_or(TurnedAway::NotFound)?.clone();
    let form = filled(&[(TEXT, written.text), ("revision", written.revision.to_string())]);
    page(cx, (draft, file), (StatusCode::OK, form), (done(&asks), None)).await
}

/// POST /editing/{course}/outline
pub(crate) async fn keep_outline(cx: Cx, _: EditsCourses, At(slug): At<Slug>, typed: Typed) -> Answer {
    if !about::came_from_here(&typed) {
        return keep_file(&cx, slug, File::Outline, typed).await;
    }
    let tx = cx.site.db().begin().await?;
    let Some(before) = store::drafts::of_now(&tx, &slug).await? else {
        let typed = Typed::of_parts([(TEXT.to_owned(), about::text(&typed))]);
        return gone(&cx, &slug, typed).await;
    };
    match about::kept(&before, &typed) {
        Ok(after) => {
            store::drafts::save(&tx, &before, &after, cx.now()).await?;
            tx.commit().await?;
            Ok(cx.done(&format!("{}?done=kept", File::Outline.path(&slug))))
        }
        Err((status, fault, newer)) => {
            drop(tx);
            let form = FormState::refused(typed, vec![fault]);
            about::page(&cx, &before, (status, form), (None, newer)).await
        }
    }
}

/// POST /editing/{course}/lessons/{lesson}
pub(crate) async fn keep_lesson(
    cx: Cx,
    _: EditsCourses,
    At((slug, lesson)): At<(Slug, Slug)>,
    typed: Typed,
) -> Answer {
    keep_file(&cx, slug, File::Lesson(lesson), typed).await
}

async fn keep_file(cx: &Cx, slug: Slug, file: File, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    let before = store::drafts::of_now(&tx, &slug).await?;
    let Some((before, current)) = before.and_then(|it| Some((it.clone(), file.written(&it)?.clone()))) else {
        return gone(cx, &slug, typed).await;
    };
    match keep(&current, typed.text(TEXT), typed.text("revision").parse().unwrap_or(0)) {
        Ok(kept) => {
            let after = file.put(&before, kept.into_written());
            store::drafts::save(&tx, &before, &after, cx.now()).await?;
            tx.commit().await?;
            Ok(cx.done(&format!("{}?done=kept", file.path(&slug))))
        }
        Err(refused) => {
            drop(tx);
            let (status, newer) = match refused {
                NotKept::Newer => (StatusCode::CONFLICT, Some(current)),
                NotKept::TooLong { .. } => (StatusCode::UNPROCESSABLE_ENTITY, None),
            };
            let fault = FieldFault { field: TEXT, remedy: refused.to_string() };
            page(cx, (before, file), (status, FormState::refused(typed, vec![fault])), (None, newer)).await
        }
    }
}

/// The file, or the draft that it was in, is there no more. What was typed is not lost for that.
async fn gone(cx: &Cx, slug: &Slug, typed: Typed) -> Answer {
    let (back, head) = (place(slug), Head::new("This is not there any more", Area::Me));
    let form = FormState { typed, faults: Vec::new() };
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <h1>"This is not there any more"</h1>
                <p class="lead">"While you wrote, somebody published this draft or took this out of it. What you typed was not kept. It is below, for you to copy."</p>
                <TextArea form name=TEXT label="What you typed" rows="16"/>
                <p><a class="button" href=back>"See the course as it is now"</a></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::CONFLICT, head, page).await)
}

async fn page(
    cx: &Cx,
    (draft, file): (Draft, File),
    (status, form): (StatusCode, FormState),
    (done, newer): (Option<&'static str>, Option<Written>),
) -> Answer {
    let checked = checked(cx, draft.source()).await?;
    let at = draft.lessons.iter().position(|it| file == File::Lesson(it.0.clone()));
    let none: &[Fault] = &[];
    let faults = match at {
        None => checked.outline.as_ref().err().map_or(none, Vec::as_slice),
        Some(at) => checked.lessons.get(at).and_then(|it| it.as_ref().err()).map_or(none, Vec::as_slice),
    };
    let text = file.written(&draft).map_or("", |it| it.text.as_str());
    let shown = Shown {
        found: Found::in_text(faults, text),
        title: match at {
            None => "About the course".to_owned(),
            Some(at) => match checked.lessons.get(at) {
                Some(Ok(it)) => format!("Lesson {}: {}", at + 1, it.title),
                _ => format!("Lesson {}", at + 1),
            },
        },
        path: file.path(&draft.slug),
        course: place(&draft.slug),
        lesson: match file {
            File::Outline => None,
            File::Lesson(slug) => Some(slug),
        },
        form,
        done,
        newer,
    };
    let title = if at.is_some() { "A lesson in writing" } else { "About a course in writing" };
    let head = Head::new(title, Area::Me).failed(!shown.form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <FilePage shown/> }).await)
}

/// What the page of a file shows.
struct Shown {
    title: String,
    found: Vec<Found>,
    form: FormState,
    done: Option<&'static str>,
    /// What somebody else has kept meanwhile.
    newer: Option<Written>,
    path: String,
    /// Where the draft is.
    course: String,
    lesson: Option<Slug>,
}

#[component]
fn FilePage(shown: Shown) -> impl IntoView {
    let Shown { title, found, form, done, newer, path, course, lesson } = shown;
    // Whoever has seen what is newer may keep theirs.
    let revision =
        newer.as_ref().map_or_else(|| form.typed.text("revision").to_owned(), |it| it.revision.to_string());
    let hint = match lesson {
        Some(_) => {
            "Plain text with a few signs, called Markdown: a heading begins with ##, each thing on a list with a hyphen. The lines between +++ say what the lesson is called and how long it takes."
        }
        None => "A line for each thing that is said about the course before anybody begins it.",
    };
    let preview = match &lesson {
        Some(it) => format!("{course}/preview/{it}"),
        None => format!("{course}/preview"),
    };
    let preview = found.is_empty().then_some(preview);
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=course.clone()>"The draft"</a></p>
            <h1>{title}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {preview.map(|it| view! { <p><a class="alone" href=it>"See what learners will see"</a></p> })}
            <ToPutRight found/>
            {newer.map(|it| view! { <Newer texts=vec![("", it.text)]/> })}
            <form method="post" action=path class="stack writing" novalidate>
                <TextArea form name=TEXT label="The text" hint rows="24"/>
                <input type="hidden" name="revision" value=revision/>
                <p class="soft">"Nothing is kept before you press the button. Then every course editor sees it, and signatures under an older text go."</p>
                <p class="row"><button class="button">"Keep this"</button></p>
            </form>
            {lesson.map(|it| view! {
                <details>
                    <summary>"Take this lesson out"</summary>
                    <form method="post" action=format!("{course}/order") class="stack">
                        <p>"Its text is gone from the draft then. Learners read it until the draft is published, and what they have finished stays finished."</p>
                        <input type="hidden" name="lesson" value=it.to_string()/>
                        <p><button class="button quiet" name="way" value="out">"Take it out"</button></p>
                    </form>
                </details>
            })}
        </div>
    }
}
