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

/// What is asked, by the field.
const ASKS: [(&str, &str); 11] = [
    ("title", "What is it called?"),
    ("discreet_title", "What may a locked screen call it?"),
    ("summary", "What is it about, in a sentence or two?"),
    ("category", "On which shelf does it stand?"),
    ("about", "What is it, and who is it for?"),
    ("expect", "What can learners expect?"),
    ("content_notes", "What may somebody want to know before reading?"),
    ("recommended_before", "Which courses are good to take before?"),
    ("written_by", "Who wrote it?"),
    ("reviewed", "When was it last reviewed?"),
    ("withdrawn", "Withdraw it: nobody new begins it, and whoever has begun it may finish"),
];

fn asks(name: &str) -> &'static str {
    ASKS.iter().find(|it| it.0 == name).map_or("", |it| it.1)
}

/// Whether a form came from this page, and not from that of the text.
pub(super) fn came_from_here(typed: &Typed) -> bool {
    typed.fields().any(|it| it.0 == "title")
}

/// The page, if the text of the draft is one that fields can hold.
pub(super) fn form(draft: &Draft) -> Option<FormState> {
    let mut all = values(&draft.outline)?;
    all.push(("revision", draft.outline.revision.to_string()));
    Some(filled(&all))
}

/// What stands in each field, if fields can hold it.
fn values(outline: &Written) -> Option<Vec<(&'static str, String)>> {
    let fields = OutlineFields::read(&outline.text)?;
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
    ];
    all.extend(fields.reviewed().map(|it| filled_day(REVIEWED, it)).into_iter().flatten());
    Some(all)
}

/// What somebody else has kept meanwhile: each field that says something else than what was typed, else the whole text.
fn elsewhere(newer: &Written, typed: &Typed) -> Vec<(&'static str, String)> {
    let Some(values) = values(newer) else { return vec![("The text", newer.text.clone())] };
    let (day, rest): (Vec<_>, Vec<_>) = values.into_iter().partition(|it| REVIEWED.contains(&it.0));
    let differs =
        |(name, kept): &(&str, String)| typed.text(name).replace("\r\n", "\n").trim() != kept.as_str();
    let told = |(name, kept): (&str, String)| match (name, kept.as_str()) {
        (_, "") => (asks(name), "Nothing.".to_owned()),
        ("withdrawn", _) => (asks(name), "Yes.".to_owned()),
        _ => (asks(name), kept),
    };
    let day = day.iter().any(differs).then(|| day.into_iter().map(|it| it.1).collect::<Vec<_>>().join(" "));
    let day = day.map(|it| (asks(REVIEWED[0]), it));
    rest.into_iter().filter(differs).map(told).chain(day).collect()
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
            {newer.map(|it| view! { <Newer texts=elsewhere(&it, &form.typed) if_empty="It says the same as what you typed."/> })}
            <form method="post" action=format!("{course}/outline") class="stack" novalidate>
                <Field form=form.clone() name="title" label=asks("title") takes=Takes::Line/>
                <Field form=form.clone() name="discreet_title" label=asks("discreet_title") takes=Takes::Line
                    hint="It stands in letters and in the tabs of those who are signed in. It says nothing about health."/>
                <TextArea form=form.clone() name="summary" label=asks("summary") rows="3"/>
                <Field form=form.clone() name="category" label=asks("category") takes=Takes::Line/>
                <TextArea form=form.clone() name="about" label=asks("about") hint="Plain text with a few signs, called Markdown: each thing on a list begins with a hyphen." rows="8"/>
                <TextArea form=form.clone() name="expect" label=asks("expect") hint="A line for each thing."/>
                <TextArea form=form.clone() name="content_notes" label=asks("content_notes")
                    hint="A line for each. Leave it empty if there is nothing." rows="3"/>
                <TextArea form=form.clone() name="recommended_before" label=asks("recommended_before")
                    hint="Their names in addresses, a line for each. Nobody has to take them." rows="3"/>
                <Field form=form.clone() name="written_by" label=asks("written_by") takes=Takes::Line/>
                <DayField form=form.clone() names=REVIEWED legend=asks("reviewed") hint="For example 21 11 2026"/>
                <Tick form name="withdrawn" label=asks("withdrawn")/>
                <input type="hidden" name="revision" value=revision/>
                <p class="row"><button class="button">"Keep this"</button><a href=format!("{course}/outline?as=text")>"Write it as text"</a></p>
            </form>
        </div>
    }
}
