//! Requiring something, and changing it from a day on.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::own_words::NotTaken;
use domain::people::Labels;
use domain::training::requirement::{
    Requirement, RequirementForm, Rule, RuleKind, Version, change as change_rule, require,
};
use leptos::prelude::*;
use store::training::requirements::{self, CHANGED, MADE};

use super::alike::{FROM, First, When, Whom, WhomWords, around, empty, id_of, ticked, too_many};
use super::{asked_of, place};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::{CoordinatesTrainingHere, RequirementHere};
use crate::revised::{Refused, refused, seen};
use crate::ui::choose::{filled, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes, Tick};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

/// How many weeks people have unless somebody says otherwise. Our choice.
const WEEKS: u16 = 8;

const WHOM: WhomWords = WhomWords {
    legend: "Of whom is it asked?",
    hint: "Of everybody who is one of these here.",
    nobody: "It is asked of nobody any more. What was done stays.",
};

/// What the page is about.
struct Shown {
    here: CoordinatesTrainingHere,
    /// What is changed; nothing for what is new.
    requirement: Option<Requirement>,
    labels: Labels,
    back: Refused<String>,
    today: NaiveDate,
}

/// What was typed, for the rule.
fn typed_form(typed: &Typed) -> RequirementForm<'_> {
    RequirementForm {
        code: typed.text("code"),
        title: typed.text("title"),
        level: typed.text("level"),
        rule: typed.text("rule"),
        months: typed.text("months"),
        hours: typed.text("hours"),
        parts: typed.text("parts"),
        kinds: ticked(typed),
        of_nobody: typed.text("nobody") == "yes",
        weeks: typed.text("weeks"),
        accepts_others: typed.text("others") == "yes",
        before_start: typed.text("before") == "yes",
        from: typed_day(typed, FROM),
    }
}

/// GET /training/at/{organisation}/requirements/new
pub(crate) async fn show_new(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let form = empty(WEEKS, cx.today());
    page(&cx, here, None, Refused::opened(form, 0)).await
}

/// POST /training/at/{organisation}/requirements/new
pub(crate) async fn make(cx: Cx, here: CoordinatesTrainingHere, typed: Typed) -> Answer {
    let organisation = here.organisation.id;
    let done = format!("{}?done=made", place(organisation));
    let id = id_of(&typed);
    let tx = cx.site.db().begin().await?;
    let taken = requirements::codes_now(&tx, organisation).await?;
    if requirements::is_kept(&tx, id).await? {
        return Ok(cx.done(&done));
    }
    let mut made = require(&here.coordinator, &typed_form(&typed), &taken, cx.today());
    if let Some(fault) = too_many(taken.len()) {
        made = Err(vec![fault]);
    }
    match made {
        Ok(new) => {
            requirements::save_new(&tx, (organisation, id), &new, cx.now()).await?;
            cx.keep(tx, here.event(&cx, MADE).to(id.as_uuid())).await?;
            Ok(cx.done(&done))
        }
        Err(faults) => {
            drop(tx);
            let back = refused(typed, NotTaken::Faults(faults), ("title", 0), String::new());
            page(&cx, here, None, back).await
        }
    }
}

/// GET /training/at/{organisation}/requirements/{requirement}
pub(crate) async fn show_change(cx: Cx, at: RequirementHere) -> Answer {
    let RequirementHere { here, requirement } = at;
    let Some(version) = requirement.versions.last() else { return Err(TurnedAway::NotFound) };
    let form = opened(version, cx.today());
    let number = version.number;
    page(&cx, here, Some(requirement), Refused::opened(form, number)).await
}

/// POST /training/at/{organisation}/requirements/{requirement}
pub(crate) async fn change(cx: Cx, at: RequirementHere, typed: Typed) -> Answer {
    let RequirementHere { here, requirement } = at;
    let tx = cx.site.db().begin().await?;
    let found = requirements::requirement_now(&tx, requirement.id).await?;
    let current = found.ok_or(TurnedAway::NotFound)?;
    match change_rule(&here.coordinator, &typed_form(&typed), (&current, seen(&typed)), cx.today()) {
        Ok(new) => {
            requirements::save_version(&tx, current.id, &new, cx.now()).await?;
            cx.keep(tx, here.event(&cx, CHANGED).to(current.id.as_uuid())).await?;
            Ok(cx.done(&format!("{}?done=changed", place(here.organisation.id))))
        }
        Err(why) => {
            drop(tx);
            let last = current.versions.last();
            let newer = last.map_or(0, |it| it.number);
            let kept = last.map(in_words).unwrap_or_default();
            let back = refused(typed, why, ("title", newer), kept);
            page(&cx, here, Some(current), back).await
        }
    }
}

/// The form as what is in force would fill it, from today on or from the day that lies ahead.
fn opened(version: &Version, today: NaiveDate) -> FormState {
    let (months, minutes) = match &version.rule {
        Rule::Once | Rule::Read { .. } => (None, None),
        Rule::Every { months } => (Some(*months), None),
        Rule::Hours { minutes, months } => (Some(*months), Some(*minutes)),
        Rule::Parts { months, .. } => (*months, None),
    };
    let hours = minutes.map(|it| match it % 60 {
        0 => (it / 60).to_string(),
        more => format!("{}:{more:02}", it / 60),
    });
    let yes = |it: bool| if it { "yes".to_owned() } else { String::new() };
    let level = if version.level == 0 { String::new() } else { version.level.to_string() };
    let rule = [
        ("level", level),
        ("rule", version.rule.kind().as_str().to_owned()),
        ("months", months.map(|it| it.to_string()).unwrap_or_default()),
        ("hours", hours.unwrap_or_default()),
        ("parts", version.rule.parts().join("\n")),
        ("others", yes(version.accepts_others)),
        ("before", yes(version.before_start)),
    ];
    let mut fields = around(version, today);
    fields.extend(rule);
    filled(&fields)
}

fn in_words(version: &Version) -> String {
    format!("{}. {}. From {}.", version.called(), version.rule.said(), date(version.from))
}

async fn page(
    cx: &Cx,
    here: CoordinatesTrainingHere,
    requirement: Option<Requirement>,
    back: Refused<String>,
) -> Answer {
    let labels = store::organisations::labels(cx.site.db(), &[here.organisation.id]).await?;
    let title = if requirement.is_some() { "Change what we require" } else { "Require something" };
    let head = Head::new(title, Area::Me).failed(!back.form.faults.is_empty());
    let status: StatusCode = back.status;
    let shown = Shown { here, requirement, labels, back, today: cx.today() };
    Ok(cx.page(status, head, move || view! { <FormPage shown/> }).await)
}

#[component]
fn FormPage(shown: Shown) -> impl IntoView {
    let Shown { here, requirement, labels, back, today } = shown;
    let Refused { form, revision, newer, .. } = back;
    let organisation = here.organisation.id;
    let list = place(organisation);
    let is_new = requirement.is_none();
    let action = match &requirement {
        None => format!("{list}/new"),
        Some(it) => format!("{list}/{}", it.id),
    };
    let versions: Vec<_> = requirement.iter().flat_map(|it| it.versions.iter().rev()).cloned().collect();
    let heading =
        requirement.as_ref().map(|it| format!("{} {}", it.code, super::super::stands::called(it, today)));
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=list>"What we require"</a></p>
            <h1>{heading.unwrap_or_else(|| "Require something".into())}</h1>
            {newer.map(|it| view! { <Newer texts=vec![("", it)]/> })}
            {(!is_new).then(|| view! {
                <p class="lead">"A change holds from a day on. Nobody is overdue by it: everybody has the weeks that you give."</p>
            })}
            <form method="post" action=action class="stack" novalidate>
                <First form=form.clone() revision is_new code_hint="Such as FIRE-1. It stays. Where another organisation uses the same code, one record can count for both." title_hint="Such as Fire safety."/>
                <Field form=form.clone() name="level" label="Which level?" takes=Takes::Line hint="From 1 to 5. Leave it empty if there are no levels."/>
                <RuleFields form=form.clone()/>
                <Whom form=form.clone() labels=labels.clone() organisation is_new words=WHOM/>
                <Tick form=form.clone() name="before" label="It is done before somebody starts as one of these. Whoever is invited waits until it is there."/>
                <Tick form=form.clone() name="others" label="What people did for another organisation under the same code may count here"/>
                <When form legend="From which day?" weeks="How many weeks do people have for it?"/>
                <p class="row"><button class="button">{if is_new { "Require it" } else { "Keep this change" }}</button></p>
            </form>
            {(!versions.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="versions">
                    <h2 id="versions">"What was and will be"</h2>
                    <ul role="list" class="stack">
                        {versions.into_iter().map(|it| {
                            let of = asked_of(&labels, organisation, &it);
                            view! { <li class="card"><p><b>"From "{date(it.from)}</b></p><p>{it.called()}". "{it.rule.said()}</p><p class="soft">"Asked of: "{of}". Time: "{it.weeks}" weeks."{it.before_start.then_some(" Before they start.")}</p></li> }
                        }).collect_view()}
                    </ul>
                </section>
            })}
        </div>
    }
}

#[component]
fn RuleFields(form: FormState) -> impl IntoView {
    // A policy is written on a page of its own.
    let kinds = RuleKind::ALL.into_iter().filter(|it| *it != RuleKind::Read);
    let rules = kinds.map(|it| (it.as_str(), it.label())).collect();
    view! {
        <Choices form=form.clone() name="rule" legend="How often is it done?".to_owned() choices=rules/>
        <Field form=form.clone() name="months" label="After, or within, how many months?" takes=Takes::Line hint="Such as 12 for a year or 36 for three. Leave it empty for once."/>
        <Field form=form.clone() name="hours" label="How many hours, if hours are counted?" takes=Takes::Line hint="Such as 8 or 7.5."/>
        <TextArea form name="parts" label="The parts, if it has several" rows="3" hint="Each on a line of its own, such as: Online. Live part. A part that is called something else is another part."/>
    }
}
