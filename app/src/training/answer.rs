//! An answer to one criterion, on a page of its own. It is a draft until the application is sent.

use chrono::NaiveDate;
use domain::own_words::Revised;
use domain::training::{
    Answer as Given, AnswerForm, ApplicationId, ApplicationState, Criterion, CriterionId, Qualification,
    keep_answer,
};
use leptos::prelude::*;
use store::training::{answers, applications, rounds};

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::permits::rounds::OwnApplication;
use crate::plan::REMINDER;
use crate::revised::{Refused, refused, revision_of, seen};
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{ErrorSummary, Field, Takes, Tick};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

const VALID: DayNames = ["valid_day", "valid_month", "valid_year"];
const WILLING: DayNames = ["willing_day", "willing_month", "willing_year"];

/// The fields of a qualification, which fold away while they are empty.
const FOLDED: [&str; 5] = ["title", "body", "year", "valid_day", "seen_by"];

/// The names of an application and a criterion, as they stand in a path.
type Names = (ApplicationId, CriterionId);

/// The criterion with its number, if it is one of the round's.
async fn asked(cx: &Cx, own: &OwnApplication, id: CriterionId) -> Result<(usize, Criterion), TurnedAway> {
    let criteria = rounds::criteria(cx.site.db(), own.round.id).await?;
    let found = criteria.into_iter().enumerate().find(|it| it.1.id == id);
    found.map(|(at, it)| (at + 1, it)).ok_or(TurnedAway::NotFound)
}

/// GET /training/applications/{application}/criteria/{criterion}
pub(crate) async fn show(cx: Cx, own: OwnApplication, At((_, id)): At<Names>) -> Answer {
    let asked = asked(&cx, &own, id).await?;
    if own.application.standing.state != ApplicationState::Draft {
        // What was sent stays as it is; its page shows it.
        return Ok(cx.done(&format!("/training/applications/{}", own.application.id)));
    }
    let kept = answers::answers(cx.site.db(), own.application.id).await?.remove(&id);
    let revision = revision_of(kept.as_ref());
    let form = filled(&fields(kept.map(|it| it.value).unwrap_or_default()));
    page(&cx, &own, asked, Refused::opened(form, revision)).await
}

fn fields(answer: Given) -> Vec<(&'static str, String)> {
    let Given { evidence, qualification, equivalence, lived, willing_by } = answer;
    let Qualification { title, body, year, valid_until, seen_by } = qualification;
    let year = year.map(|it| it.to_string()).unwrap_or_default();
    let mut fields = vec![("evidence", evidence), ("title", title), ("body", body), ("year", year)];
    fields.extend([("seen_by", seen_by), ("equivalence", equivalence)]);
    fields.extend(lived.then(|| ("lived", "yes".to_owned())));
    fields.extend(valid_until.into_iter().flat_map(|it| filled_day(VALID, it)));
    fields.extend(willing_by.into_iter().flat_map(|it| filled_day(WILLING, it)));
    fields
}

/// POST /training/applications/{application}/criteria/{criterion}
pub(crate) async fn keep(cx: Cx, own: OwnApplication, At((_, id)): At<Names>, typed: Typed) -> Answer {
    let asked = asked(&cx, &own, id).await?;
    let application = own.application.id;
    let tx = cx.site.db().begin().await?;
    let now = applications::application_now(&tx, application).await?.ok_or(TurnedAway::NotFound)?;
    if now.standing.state != ApplicationState::Draft {
        return Ok(cx.done(&format!("/training/applications/{application}")));
    }
    let current: Option<Revised<Given>> = answers::answers_now(&tx, application).await?.remove(&id);
    let form = AnswerForm {
        evidence: typed.text("evidence"),
        title: typed.text("title"),
        body: typed.text("body"),
        year: typed.text("year"),
        valid_until: typed_day(&typed, VALID),
        seen_by: typed.text("seen_by"),
        equivalence: typed.text("equivalence"),
        lived: typed.text("lived"),
        willing_by: typed_day(&typed, WILLING),
    };
    match keep_answer(&asked.1, current.as_ref(), &form, (seen(&typed), cx.today())) {
        Ok(next) => {
            answers::save_answer(&tx, (application, id), &next, cx.now()).await?;
            tx.commit().await?;
            Ok(cx.done(&format!("/training/applications/{application}?done=answered#answers")))
        }
        Err(why) => {
            drop(tx);
            let revision = revision_of(current.as_ref());
            let kept = current.map(|it| it.value).unwrap_or_default();
            page(&cx, &own, asked, refused(typed, why, ("evidence", revision), kept)).await
        }
    }
}

fn lines(answer: Given) -> Vec<(&'static str, String)> {
    let day = |it: Option<NaiveDate>| it.map(date).unwrap_or_default();
    vec![
        ("In my words", answer.evidence),
        ("Qualification", answer.qualification.title),
        ("Given by", answer.qualification.body),
        ("Something equivalent", answer.equivalence),
        ("Lived experience", if answer.lived { "Yes".into() } else { String::new() }),
        ("Willing to learn it by", day(answer.willing_by)),
    ]
}

async fn page(
    cx: &Cx,
    own: &OwnApplication,
    (number, criterion): (usize, Criterion),
    opened: Refused<Given>,
) -> Answer {
    let Refused { status, form, revision, newer } = opened;
    let head = Head::new("An answer", Area::Learn).failed(!form.faults.is_empty());
    let back = format!("/training/applications/{}", own.application.id);
    let action = format!("{back}/criteria/{}", criterion.id);
    let says = |name: &&str| !form.typed.text(name).is_empty() || form.fault(name).is_some();
    let unfolded = FOLDED.iter().any(says);
    let page = move || {
        let Criterion { words, need, equivalence, lived, willing, .. } = criterion;
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back.clone()>"My application"</a></p>
                <h1>"Number "{number}</h1>
                <p class="lead typed">{words}</p>
                <p><span class="tag">{need.label()}</span></p>
                {newer.map(|it| view! { <Newer texts=lines(it)/> })}
                <p>"Answer in any of these ways. One is enough."</p>
                <form method="post" action=action class="stack" novalidate>
                    <TextArea form=form.clone() name="evidence" label="In your own words" hint="Such as something that you have done, at work or at home. A few sentences are enough." rows="8"/>
                    {lived.then(|| view! {
                        <Tick form=form.clone() name="lived" label="Yes, I have lived experience of this"/>
                        <p class="soft">"A yes is enough. Nobody asks what it was, and there is nowhere to write it."</p>
                    })}
                    {equivalence.then(|| view! {
                        <TextArea form=form.clone() name="equivalence" label="Something equivalent" hint="Such as a course in another country, or years of doing it." rows="4"/>
                    })}
                    {willing.then(|| view! {
                        <DayField form=form.clone() names=WILLING legend="I am willing to learn it by" hint="Leave it empty if that is not what you mean."/>
                    })}
                    <details open=unfolded>
                        <summary>"I have a qualification"</summary>
                        <div class="stack">
                            <Field form=form.clone() name="title" label="What is it called?" takes=Takes::Line/>
                            <Field form=form.clone() name="body" label="Who gave it?" takes=Takes::Line/>
                            <Field form=form.clone() name="year" label="In which year?" takes=Takes::Code/>
                            <DayField form=form.clone() names=VALID legend="Valid until" hint="Leave it empty if it does not end."/>
                            <Field form=form.clone() name="seen_by" label="Who has seen the certificate?" hint="The name of somebody here, if somebody has." takes=Takes::Line/>
                        </div>
                    </details>
                    <p>{REMINDER}</p>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep my answer"</button><a href=back>"Back"</a></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
