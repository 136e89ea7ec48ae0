//! Bringing in a framework, or a new version of one: as a file, or typed. Nothing of it is kept while there is
//! something to put right.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::people::{FieldFault, OrganisationId};
use domain::training::framework::{About, AboutForm, Competences, FrameworkId, LineFault, about};
use leptos::prelude::*;
use store::content::{COLUMNS, read_framework};
use store::training::frameworks::{self, FRAMEWORK_ADDED, FRAMEWORK_CHANGED, Framework};

use super::{own, place};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::filled;
use crate::ui::form::{ErrorSummary, Field, Takes, Why};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::upload::Upload;

/// The field of the file.
const FILE: &str = "file";

/// So much of a file comes back to be put right in place, in bytes; of more only the faults do.
const COMES_BACK: usize = 100_000;

/// What the page shows.
struct Shown {
    status: StatusCode,
    form: FormState,
    found: Vec<LineFault>,
    /// The framework of which it is to be a new version.
    of: Option<Framework>,
}

/// GET /training/at/{organisation}/frameworks/new
pub(crate) async fn show_new(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    page(
        &cx,
        &here,
        Shown { status: StatusCode::OK, form: FormState::default(), found: Vec::new(), of: None },
    )
    .await
}

/// POST /training/at/{organisation}/frameworks/new
pub(crate) async fn add(cx: Cx, here: CoordinatesTrainingHere, upload: Upload) -> Answer {
    let organisation = here.organisation.id;
    let (about, competences) = match read(&cx, upload).await? {
        Ok(read) => read,
        Err((form, found)) => return refused(&cx, &here, form, found, None).await,
    };
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, organisation).await?;
    if frameworks::is_taken_now(&tx, organisation, about.1.title(), None).await? {
        drop(tx);
        return refused(&cx, &here, taken(about.0), Vec::new(), None).await;
    }
    let id = frameworks::add(&tx, organisation, (&about.1, &competences), cx.now()).await?;
    cx.keep(tx, here.event(&cx, FRAMEWORK_ADDED).to(id.as_uuid())).await?;
    Ok(cx.done(&format!("{}/{id}?done=added", place(organisation))))
}

/// GET /training/at/{organisation}/frameworks/{framework}/version
pub(crate) async fn show_version(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, FrameworkId)>,
) -> Answer {
    let framework = own(&cx, &here, id).await?;
    let latest = frameworks::versions(cx.site.db(), id).await?.into_iter().next();
    let (licence, source) = latest.map(|it| (it.licence, it.source)).unwrap_or_default();
    let form = filled(&[
        ("title", framework.title.clone()),
        ("licence", licence),
        ("source", source),
        ("seen", framework.version.to_string()),
    ]);
    page(&cx, &here, Shown { status: StatusCode::OK, form, found: Vec::new(), of: Some(framework) }).await
}

/// POST /training/at/{organisation}/frameworks/{framework}/version
pub(crate) async fn add_version(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, FrameworkId)>,
    upload: Upload,
) -> Answer {
    let organisation = here.organisation.id;
    let framework = own(&cx, &here, id).await?;
    let seen = upload.typed.text("seen").to_owned();
    let (about, competences) = match read(&cx, upload).await? {
        Ok(read) => read,
        Err((form, found)) => return refused(&cx, &here, form, found, Some(framework)).await,
    };
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, organisation).await?;
    let before = frameworks::framework_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    if frameworks::is_taken_now(&tx, organisation, about.1.title(), Some(id)).await? {
        drop(tx);
        return refused(&cx, &here, taken(about.0), Vec::new(), Some(framework)).await;
    }
    let path = format!("{}/{id}?done=version", place(organisation));
    if before.version.to_string() != seen {
        // A second tap, or somebody else was quicker.
        if frameworks::competences_now(&tx, id, before.version).await? == competences.all() {
            return Ok(cx.done(&path));
        }
        drop(tx);
        let remedy = "Somebody brought in another version since you opened this page. Look at what changed, then choose yours again.";
        let typed = with_seen(about.0, before.version);
        let form = FormState::refused(typed, vec![FieldFault { field: FILE, remedy: remedy.into() }]);
        let shown = Shown { status: StatusCode::CONFLICT, form, found: Vec::new(), of: Some(before) };
        return page(&cx, &here, shown).await;
    }
    frameworks::add_version(&tx, &before, (&about.1, &competences), cx.now()).await?;
    cx.keep(tx, here.event(&cx, FRAMEWORK_CHANGED).to(id.as_uuid())).await?;
    Ok(cx.done(&path))
}

type Read = Result<((Typed, About), Competences), (FormState, Vec<LineFault>)>;

/// Reads all of it, or says everything that has to be put right. What a file holds stands in the field for typing
/// then, so that it can be put right in place.
async fn read(cx: &Cx, upload: Upload) -> Result<Read, TurnedAway> {
    let Upload { file, typed } = upload;
    let known: Vec<Slug> = cx.public.courses.iter().map(|it| it.course.slug.clone()).collect();
    let is_file = !file.is_empty();
    let bytes = if is_file { file } else { typed.text("table").as_bytes().to_vec() };
    let returns = is_file && bytes.len() <= COMES_BACK;
    let table =
        if returns { String::from_utf8_lossy(&bytes).into_owned() } else { typed.text("table").to_owned() };
    let read = tokio::task::spawn_blocking(move || read_framework(&bytes, &known)).await?;
    let form = AboutForm {
        title: typed.text("title"),
        licence: typed.text("licence"),
        source: typed.text("source"),
    };
    let said = about(&form);
    let fields = ["title", "licence", "source", "seen"].map(|it| (it, typed.text(it).to_owned()));
    let typed = filled(&[&fields[..], &[("table", table)]].concat()).typed;
    Ok(match (said, read) {
        (Ok(about), Ok(competences)) => Ok(((typed, about), competences)),
        (said, read) => {
            let mut faults = said.err().unwrap_or_default();
            let found = read.err().unwrap_or_default();
            if !found.is_empty() {
                let remedy = "Put right what is listed below. Nothing of it is kept yet.".into();
                faults.push(FieldFault { field: FILE, remedy });
            }
            Err((FormState::refused(typed, faults), found))
        }
    })
}

fn taken(typed: Typed) -> FormState {
    let remedy =
        "You have a framework of that name. Give this one another name, or bring it in as a new version.";
    FormState::refused(typed, vec![FieldFault { field: "title", remedy: remedy.into() }])
}

fn with_seen(typed: Typed, version: i64) -> Typed {
    let kept = typed.fields().filter(|it| it.0 != "seen").map(|it| (it.0.to_owned(), it.1.to_owned()));
    Typed::of_parts(kept.chain([("seen".to_owned(), version.to_string())]))
}

async fn refused(
    cx: &Cx,
    here: &CoordinatesTrainingHere,
    form: FormState,
    found: Vec<LineFault>,
    of: Option<Framework>,
) -> Answer {
    page(cx, here, Shown { status: StatusCode::UNPROCESSABLE_ENTITY, form, found, of }).await
}

async fn page(cx: &Cx, here: &CoordinatesTrainingHere, shown: Shown) -> Answer {
    let Shown { status, form, found, of } = shown;
    let list = place(here.organisation.id);
    let head = Head::new("Bring in a framework", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let (action, back, says) = match &of {
            Some(it) => (format!("{list}/{}/version", it.id), format!("{list}/{}", it.id), it.title.clone()),
            None => (format!("{list}/new"), list.clone(), "Frameworks".to_owned()),
        };
        let (title, button) = match &of {
            Some(_) => ("Bring in a new version", "Put it in place"),
            None => ("Bring in a framework", "Bring it in"),
        };
        let (fault, seen) = (form.fault(FILE), form.typed.text("seen").to_owned());
        let wrong = fault.is_some();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>{says}</a></p>
                <h1>{title}</h1>
                <form method="post" action=action enctype="multipart/form-data" class="stack" novalidate>
                    <Field form=form.clone() name="title" label="What is it called?" takes=Takes::Line/>
                    <TextArea form=form.clone() name="licence" label="Whose words are these, and why may they stand here?" rows="3" hint="For example: Our own words. Or who wrote them, and on what terms."/>
                    <Field form=form.clone() name="source" label="Where can the original be read?" takes=Takes::Line hint="An address that begins with https://. You may leave it empty."/>
                    <Columns/>
                    <div class=if wrong { "field wrong" } else { "field" }>
                        <label for=FILE>"The table, as a CSV file"</label>
                        <Why name=FILE fault/>
                        <Found found/>
                        <input type="file" id=FILE name=FILE accept=".csv,.toml,text/csv" aria-invalid=wrong.then_some("true")
                            aria-describedby=wrong.then(|| format!("{FILE}-why"))/>
                    </div>
                    <TextArea form=form.clone() name="table" label="Or type it here" rows="10"/>
                    <input type="hidden" name="seen" value=seen/>
                    <p class="row"><button class="button">{button}</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// Every fault at its line, of which the first hundred are told.
#[component]
fn Found(found: Vec<LineFault>) -> impl IntoView {
    const MOST: usize = 100;
    let more = found.len().saturating_sub(MOST);
    (!found.is_empty()).then(|| {
        view! {
            <ul>
                {found.into_iter().take(MOST).map(|it| view! { <li>"Line "{it.line}": "{it.remedy}</li> }).collect_view()}
                {(more > 0).then(|| view! { <li>"And "{more}" more further down."</li> })}
            </ul>
        }
    })
}

#[component]
fn Columns() -> impl IntoView {
    let [needed @ .., _, _, _, _, _] = COLUMNS;
    let more = [
        ("optional", "yes, if it is for those who go further"),
        ("parent", "the code of the one under which it stands"),
        ("lived_experience", "yes, if having lived through it counts"),
        ("indicators", "what it looks like, a line for each, in one cell"),
        ("courses", "courses of this site that count, as their addresses spell them"),
    ];
    view! {
        <details>
            <summary>"How the table is written"</summary>
            <div class="prose">
                <p>"The first line names the columns. These must be there: "{needed.join(", ")}". Under need stands essential or desirable."</p>
                <p>"These may be there:"</p>
                <ul>{more.into_iter().map(|(name, says)| view! { <li><b>{name}</b>": "{says}</li> }).collect_view()}</ul>
                <p>"For example:"</p>
                <p class="typed">"code,title,domain,need\n1.1,Listens without judging,Being with people,essential"</p>
            </div>
        </details>
    }
}
