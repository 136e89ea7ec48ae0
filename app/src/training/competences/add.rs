//! Adding something that shows a competence, and taking it back.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::course::Slug;
use domain::people::FieldFault;
use domain::training::evidence::{
    EvidenceForm, EvidenceId, Kind, NewEvidence, NotKept, TakenBack, offer, take_back as takes_back,
};
use domain::training::framework::{Competence, FrameworkId};
use domain::training::judgement::begin;
use leptos::prelude::*;
use store::Tx;
use store::learning::Place as LessonPlace;
use store::training::evidence;
use store::training::frameworks::{self, Framework};
use store::training::judgements::{Place, history_now, save_step};

use super::file::{FileField, decided};
use super::one::{LOOKED_AT, steps};
use super::{MINE, one};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::files::{Arriving, let_go};
use crate::form::{FormState, Typed};
use crate::permits::SignedIn;
use crate::permits::WorksTowards;
use crate::permits::oneself;
use crate::personal::looks;
use crate::ui::choose::{Ticks, filled};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// The most competences that stand in the form; of longer frameworks those under the same heading do.
const LISTED: usize = 60;

/// What was typed, for the rule.
pub(crate) fn typed_evidence(typed: &Typed) -> EvidenceForm<'_> {
    EvidenceForm {
        kind: typed.text("kind"),
        title: typed.text("title"),
        words: typed.text("words"),
        serves: typed.fields().filter(|it| it.0 == "serves").map(|it| it.1).collect(),
        has_file: false,
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    }
}

/// What has to be put right, when it is not that somebody would judge themself.
pub(crate) fn faults_of(refused: NotKept) -> Vec<FieldFault> {
    match refused {
        NotKept::JudgesThemself => {
            let remedy = "This is for whoever assesses you to note. This try was written down.";
            vec![FieldFault { field: "kind", remedy: remedy.into() }]
        }
        NotKept::Faults(faults) => faults,
        NotKept::Personal(found) => found.into_iter().map(|(field, like)| looks(field, like)).collect(),
    }
}

/// A form that nobody has filled in yet, for one competence.
pub(crate) fn opened(code: &str, more: &[(&str, String)]) -> FormState {
    let id = EvidenceId::from_uuid(uuid::Uuid::now_v7()).to_string();
    let first = [("id", id), ("serves", code.to_owned())];
    filled(&[&first[..], more].concat())
}

/// GET /training/competences/{framework}/{code}/evidence: with `from` it begins with a copy of a reflection.
pub(crate) async fn show(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
    Asks(asks): Asks,
) -> Answer {
    let copied = copied(&cx, &mine, asks.text("from")).await?;
    page(&cx, &mine, &code, (StatusCode::OK, opened(&code, &copied))).await
}

/// The words of a reflection that its author chose to copy: nothing where there are none.
async fn copied(cx: &Cx, mine: &WorksTowards, from: &str) -> Result<Vec<(&'static str, String)>, TurnedAway> {
    let Some((course, lesson)) = from.split_once('/') else { return Ok(Vec::new()) };
    let slugs = Slug::parse(course).ok().zip(Slug::parse(lesson).ok());
    let Some((course, lesson)) = slugs else { return Ok(Vec::new()) };
    let Some(course) = cx.public.course(&course) else { return Ok(Vec::new()) };
    let place = LessonPlace { person: mine.me, course: course.id, lesson: &lesson };
    let kept = store::reflections::of(cx.site.db(), place).await?.filter(|it| !it.text.is_empty());
    let Some(kept) = kept else { return Ok(Vec::new()) };
    let title = course.course.lessons.iter().find(|it| it.slug == lesson).map(|it| it.title.clone());
    let kind = Kind::Reflection.as_str().to_owned();
    Ok(vec![("kind", kind), ("title", title.unwrap_or_default()), ("words", kept.text)])
}

/// POST /training/competences/{framework}/{code}/evidence
pub(crate) async fn keep(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
    arriving: Arriving,
) -> Answer {
    let (id, framework) = (mine.framework.id, &mine.framework);
    let there = frameworks::competences(cx.site.db(), id, framework.version).await?;
    let received = arriving.receive(&cx).await?;
    match decided(&received, |form| offer(mine.me, form, &there)) {
        Ok(new) => {
            let piece = named(&received.typed);
            let tx = cx.site.db().begin().await?;
            store::training::judgements::take_turns(&tx, mine.me, id).await?;
            if evidence::save(&tx, (piece, id), (&new, received.good()), cx.now()).await? {
                begun(&tx, framework, (&new, &there), cx.now()).await?;
                tx.commit().await?;
            } else {
                received.let_go(&cx).await;
            }
            // From a competence that this piece does not serve there is nothing to come back to.
            let serves = new.serves().iter().any(|it| it.as_str() == code);
            let back = if serves { code } else { new.serves()[0].to_string() };
            Ok(cx.done(&format!("{MINE}/{id}/{back}?done=added")))
        }
        Err(refused) => {
            if refused == NotKept::JudgesThemself {
                oneself(&cx, mine.me, framework).await?;
            }
            let form = super::file::refused(&cx, received, refused).await;
            page(&cx, &mine, &code, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

/// Begins what a piece serves and was not begun, as far as it is in the list still. The transaction has taken its turn.
pub(crate) async fn begun(
    tx: &Tx,
    framework: &Framework,
    (new, there): (&NewEvidence, &[Competence]),
    now: DateTime<Utc>,
) -> store::Result<()> {
    for code in new.serves().iter().filter(|code| there.iter().any(|it| it.code == **code)) {
        let place = Place { person: new.of(), framework: framework.id, code: code.as_str() };
        let history = history_now(tx, place).await?;
        if let Some(first) = begin(new.of(), &steps(&history)) {
            save_step(tx, place, (framework.version, &first), now).await?;
        }
    }
    Ok(())
}

/// The piece as its page has named it, so that a second tap makes no second one.
pub(crate) fn named(typed: &Typed) -> EvidenceId {
    typed.text("id").parse().unwrap_or_else(|_| EvidenceId::from_uuid(uuid::Uuid::now_v7()))
}

/// POST /training/evidence/{evidence}/take-back
pub(crate) async fn take_back(cx: Cx, me: SignedIn, At(id): At<EvidenceId>, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    let piece = evidence::piece_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let what = takes_back((me.id(), piece.by), piece.kind, piece.was_judged).ok_or(TurnedAway::NotFound)?;
    let file = evidence::take_back(&tx, id, what, cx.now()).await?;
    tx.commit().await?;
    if let Some(file) = file {
        let_go(&cx, file).await;
    }
    let done = if what == TakenBack::Gone { "gone" } else { "marked" };
    let code = domain::training::framework::Code::parse(typed.text("code"));
    let base = match piece.of == me.id() {
        true => format!("{MINE}/{}", piece.framework),
        false => format!("/training/assessing/{}/{}", piece.of, piece.framework),
    };
    Ok(cx.done(&match (code, piece.of == me.id()) {
        (Some(code), _) => format!("{base}/{code}?done={done}"),
        (None, true) => MINE.to_owned(),
        (None, false) => base,
    }))
}

async fn page(cx: &Cx, mine: &WorksTowards, code: &str, (status, form): (StatusCode, FormState)) -> Answer {
    let framework = &mine.framework;
    let whole = one::whole(cx, mine.me, framework, code).await?;
    let there = frameworks::competences(cx.site.db(), framework.id, framework.version).await?;
    let reflections = reflections(cx, mine).await?;
    let head = Head::new("Add evidence", Area::Me).failed(!form.faults.is_empty());
    let path = format!("{MINE}/{}/{code}", framework.id);
    let heaviest_mib = cx.site.heaviest_file_mib();
    let page = move || {
        let lived = there.iter().any(|it| it.accepts_lived_experience);
        let is_theirs = |it: &Kind| it.is_told_by_the_learner() && (lived || *it != Kind::LivedExperience);
        let kinds: Vec<_> = Kind::ALL.into_iter().filter(is_theirs).collect();
        let heading = format!("{} {}", whole.competence.code, whole.competence.title);
        let action = format!("{path}/evidence");
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=path.clone()>{heading}</a></p>
                <h1>"Add something that shows it"</h1>
                <p class="lead">"A few sentences are enough. Whoever assesses you reads it, and nobody else."</p>
                <Reflections path=action.clone() reflections/>
                <Form action form kinds there serves=whole.competence heaviest_mib/>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// The lessons after which somebody wrote something for themself, each as its address and its title.
async fn reflections(cx: &Cx, mine: &WorksTowards) -> Result<Vec<(String, String)>, TurnedAway> {
    let kept = store::reflections::written_by(cx.site.db(), mine.me).await?;
    let lesson = |(course, lesson): (uuid::Uuid, Slug)| {
        let course = &cx.public.courses.iter().find(|it| it.id == course)?.course;
        let title = &course.lesson(&lesson)?.1.title;
        Some((format!("{}/{lesson}", course.slug), title.clone()))
    };
    Ok(kept.into_iter().filter_map(lesson).collect())
}

#[component]
fn Reflections(path: String, reflections: Vec<(String, String)>) -> impl IntoView {
    (!reflections.is_empty()).then(|| {
        let line = |(from, title): (String, String)| {
            view! { <li><a class="alone" href=format!("{path}?from={from}")>{title}</a></li> }
        };
        view! {
            <details>
                <summary>"Begin with a copy of a reflection"</summary>
                <div class="stack">
                    <p>"What you wrote for yourself stays yours alone. You get a copy here, change what you like, and keep it only if you want to."</p>
                    <ul role="list">{reflections.into_iter().map(line).collect_view()}</ul>
                </div>
            </details>
        }
    })
}

/// The competences that stand in a form, as codes and what people read.
pub(super) fn listed(there: &[Competence], from: &Competence) -> Vec<(String, String)> {
    let mut listed: Vec<_> = there.iter().collect();
    if listed.len() > LISTED {
        listed.retain(|it| it.domain == from.domain);
        listed.truncate(LISTED);
    }
    if !listed.iter().any(|it| it.code == from.code) {
        listed.insert(0, from);
    }
    listed.iter().map(|it| (it.code.to_string(), format!("{} {}", it.code, it.title))).collect()
}

/// The form, for the learner or for whoever notes something about them.
#[component]
pub(crate) fn Form(
    action: String,
    form: FormState,
    kinds: Vec<Kind>,
    there: Vec<Competence>,
    /// The competence from which they came.
    serves: Competence,
    heaviest_mib: u64,
) -> impl IntoView {
    let choices = listed(&there, &serves);
    let looks_personal =
        ["title", "words"].iter().any(|it| form.fault(it).is_some_and(|it| it.contains("looks like")));
    let ticked = form.typed.fields().filter(|it| it.0 == "serves").count();
    let is_open = form.fault("serves").is_some() || ticked > 1;
    let id = form.typed.text("id").to_owned();
    let hint = match kinds.contains(&Kind::LivedExperience) {
        true => "For lived experience leave this and the next field empty. A plain yes is enough.",
        false => "",
    };
    view! {
        <form method="post" action=action enctype="multipart/form-data" class="stack" novalidate>
            <Choices form=form.clone() name="kind" legend="What is it?".to_owned() choices=kinds.into_iter().map(|it| (it.as_str(), it.label())).collect()/>
            <Field form=form.clone() name="title" label="A heading for it" takes=Takes::Line hint=hint/>
            <TextArea form=form.clone() name="words" label="What happened, or what is it?" hint="Please leave out names, and anything else that says who somebody is."/>
            {looks_personal.then(|| view! { <Tick form=form.clone() name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
            <FileField form=form.clone() heaviest_mib/>
            <details open=is_open>
                <summary>"What it shows"</summary>
                <Ticks form=form.clone() name="serves" legend="It shows" choices hint="One piece may show several things."/>
            </details>
            <input type="hidden" name="id" value=id/>
            <p class="row"><button class="button">"Keep it"</button></p>
        </form>
    }
}
