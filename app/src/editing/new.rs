//! A new course, from blank.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::writing::name_lesson;
use domain::people::FieldFault;
use leptos::prelude::*;
use store::content::{CourseSource, LessonSource};
use store::drafts::{DRAFT_BEGUN, Draft};

use super::place;
use crate::cx::Cx;
use crate::door::Answer;
use crate::form::{FormState, Typed};
use crate::permits::EditsCourses;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// The field of the lasting name.
const NAME: &str = "name";

/// GET /editing/new
pub(crate) async fn show(cx: Cx, _: EditsCourses) -> Answer {
    page(&cx, StatusCode::OK, FormState::default()).await
}

/// POST /editing/new
pub(crate) async fn begin(cx: Cx, me: EditsCourses, typed: Typed) -> Answer {
    let drafts = store::drafts::all(cx.site.db()).await?;
    let published = cx.public.courses.iter().map(|it| it.course.slug.clone());
    // The page for a new course has an address among theirs.
    let there: Vec<_> = published.chain(drafts.into_keys()).chain(Slug::parse("new")).collect();
    let taken = |remedy: String| vec![FieldFault { field: NAME, remedy }];
    let slug = match name_lesson(typed.text(NAME), &there) {
        Ok(slug) => slug,
        Err(refused) => {
            let form = FormState::refused(typed, taken(refused.to_string()));
            return page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form).await;
        }
    };
    let draft = Draft::of(blank(&slug, &cx), None, 0, cx.now());
    let tx = cx.site.db().begin().await?;
    if store::drafts::begin(&tx, &draft).await? {
        cx.keep(tx, me.event(&cx, DRAFT_BEGUN)).await?;
    }
    Ok(cx.done(&format!("{}?done=begun", place(&slug))))
}

/// What a course begins from: everything that has to be there, for somebody to write over.
fn blank(slug: &Slug, cx: &Cx) -> CourseSource {
    let today = cx.today();
    let outline = format!(
        "title = \"\"\ndiscreet_title = \"\"\nsummary = \"\"\ncategory = \"\"\nabout = \"\"\"\nWhat it is, and who it is for.\n\"\"\"\n\
         expect = [\n  \"\",\n]\nwritten_by = \"\"\ncontent_notes = []\nreviewed = {today}\n"
    );
    let lesson = LessonSource { slug: slug.clone(), text: super::lessons::blank(today) };
    CourseSource { slug: slug.clone(), outline, lessons: vec![lesson] }
}

async fn page(cx: &Cx, status: StatusCode, form: FormState) -> Answer {
    let head = Head::new("A new course", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href="/editing">"Courses in writing"</a></p>
                <h1>"A new course"</h1>
                <p>"It begins with one lesson that says what belongs where. Nobody but course editors sees it until two people have signed it."</p>
                <form method="post" action="/editing/new" class="stack" novalidate>
                    <Field form name=NAME label="What is it called in addresses?" takes=Takes::Exact
                        hint="Words joined by hyphens, such as talking-about-sleep. It never changes, and it is read in the browser’s bar: leave out what nobody else should see."/>
                    <p class="row"><button class="button">"Begin it"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
