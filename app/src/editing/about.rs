//! What is said about a course before anybody begins it, field by field.

use axum::http::StatusCode;
use domain::course::writing::{NotKept, Written, keep};
use domain::people::FieldFault;
use leptos::prelude::*;
use store::content::OutlineFields;
use store::drafts::Draft;

use super::faults::{Found, ToPutRight};
use super::{checked, place};
use crate::cx::Cx;
use crate::door::Answer;
use crate::form::{FormState, Typed};
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{ErrorSummary, Field, Takes, Tick};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

const REVIEWED: DayNames = ["reviewed", "reviewed_month", "reviewed_year"];

/// Whether a form came from this page, and not from that of the text.
pub(super) fn came_from_here(typed: &Typed) -> bool {
    typed.fields().any(|it| it.0 == "title")
}

/// The page, if the text of the draft is one that fields can hold.
pub(super) fn form(draft: &Draft) -> Option<FormState> {
    let fields = OutlineFields::read(&draft.outline.text)?;
    let lines = |it: &[String]| it.join("\n");
    let mut all = vec![
        ("title", fields.title.clone()),
        ("discreet_title", fields.discreet_title.clone()),
        ("summary", fields.summary.clone()),
        ("category", fields.category.clone()),
        ("written_by", fields.written_by.clone()),
        ("about", fields.about.trim().to_owned()),
        ("expect", lines(&fields.expect)),
        ("content_notes", lines(&fields.content_notes)),
        ("recommended_before", lines(&fields.recommended_before)),
        ("withdrawn", if fields.withdrawn { "yes" } else { "" }.to_owned()),
        ("revision", draft.outline.revision.to_string()),
    ];
    all.extend(fields.reviewed().map(|it| filled_day(REVIEWED, it)).into_iter().flatten());
    Some(filled(&all))
}

/// What was typed, as the text of a file.
pub(super) fn text(typed: &Typed) -> String {
    fields(typed).to_text()
}

fn fields(typed: &Typed) -> OutlineFields {
    let text = |name| typed.text(name).trim().to_owned();
    let lines = |name| {
        typed.text(name).lines().map(str::trim).filter(|it| !it.is_empty()).map(ToOwned::to_owned).collect()
    };
    OutlineFields {
        title: text("title"),
        discreet_title: text("discreet_title"),
        summary: text("summary"),
        category: text("category"),
        written_by: text("written_by"),
        about: format!("{}\n", text("about").replace("\r\n", "\n")),
        expect: lines("expect"),
        content_notes: lines("content_notes"),
        recommended_before: lines("recommended_before"),
        withdrawn: typed.text("withdrawn") == "yes",
        ..OutlineFields::default()
    }
}

/// Why it is not kept: with what somebody else has kept meanwhile, if that is why.
pub(super) type Refused = (StatusCode, FieldFault, Option<Written>);

/// What was typed, as the draft would keep it.
pub(super) fn kept(draft: &Draft, typed: &Typed) -> Result<Draft, Refused> {
    let fields = fields(typed);
    let refused =
        |field, remedy: String| (StatusCode::UNPROCESSABLE_ENTITY, FieldFault { field, remedy }, None);
    // A draft may be unfinished: a day that is not there yet is missing when it is published.
    let day = typed_day(typed, REVIEWED).perhaps().map_err(|it| refused(REVIEWED[0], it.to_string()))?;
    let fields = day.map_or(fields.clone(), |it| fields.reviewed_on(it));
    let seen = typed.text("revision").parse().unwrap_or(0);
    match keep(&draft.outline, &fields.to_text(), seen) {
        Ok(kept) => Ok(Draft { outline: kept.into_written(), ..draft.clone() }),
        Err(NotKept::Newer) => {
            let fault = FieldFault { field: "title", remedy: NotKept::Newer.to_string() };
            Err((StatusCode::CONFLICT, fault, Some(draft.outline.clone())))
        }
        Err(too_long) => Err(refused("about", too_long.to_string())),
    }
}

pub(super) async fn page(
    cx: &Cx,
    draft: &Draft,
    (status, form): (StatusCode, FormState),
    (done, newer): (Option<&'static str>, Option<Written>),
) -> Answer {
    let checked = checked(cx, draft.source()).await?;
    let faults = checked.outline.err().unwrap_or_default();
    let found = Found::in_text(&faults, &draft.outline.text);
    let course = place(&draft.slug);
    let head = Head::new("About a course in writing", Area::Me).failed(!form.faults.is_empty());
    let page = move || view! { <AboutPage course form found done newer/> };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn AboutPage(
    course: String,
    form: FormState,
    found: Vec<Found>,
    done: Option<&'static str>,
    newer: Option<Written>,
) -> impl IntoView {
    // Whoever has seen what is newer may keep theirs.
    let revision =
        newer.as_ref().map_or_else(|| form.typed.text("revision").to_owned(), |it| it.revision.to_string());
    let preview = found.is_empty().then(|| format!("{course}/preview"));
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=course.clone()>"The draft"</a></p>
            <h1>"About the course"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {preview.map(|it| view! { <p><a class="alone" href=it>"See what learners will see"</a></p> })}
            <ToPutRight found/>
            {newer.map(|it| view! { <Newer texts=vec![("", it.text)]/> })}
            <form method="post" action=format!("{course}/outline") class="stack" novalidate>
                <Field form=form.clone() name="title" label="What is it called?" takes=Takes::Line/>
                <Field form=form.clone() name="discreet_title" label="What may a locked screen call it?" takes=Takes::Line
                    hint="It stands in letters and in the tabs of those who are signed in. It says nothing about health."/>
                <TextArea form=form.clone() name="summary" label="What is it about, in a sentence or two?" rows="3"/>
                <Field form=form.clone() name="category" label="On which shelf does it stand?" takes=Takes::Line/>
                <TextArea form=form.clone() name="about" label="What is it, and who is it for?" hint="Markdown." rows="8"/>
                <TextArea form=form.clone() name="expect" label="What can learners expect?" hint="A line for each thing."/>
                <TextArea form=form.clone() name="content_notes" label="What may somebody want to know before reading?"
                    hint="A line for each. Leave it empty if there is nothing." rows="3"/>
                <TextArea form=form.clone() name="recommended_before" label="Which courses are good to take before?"
                    hint="Their names in addresses, a line for each. Nobody has to take them." rows="3"/>
                <Field form=form.clone() name="written_by" label="Who wrote it?" takes=Takes::Line/>
                <DayField form=form.clone() names=REVIEWED legend="When was it last reviewed?" hint="For example 21 11 2026"/>
                <Tick form name="withdrawn" label="Withdraw it: nobody new begins it, and whoever has begun it may finish"/>
                <input type="hidden" name="revision" value=revision/>
                <p class="row"><button class="button">"Keep this"</button><a href=format!("{course}/outline?as=text")>"Write it as text"</a></p>
            </form>
        </div>
    }
}
