//! What followed from somebody's check, and letting them start before it is there with somebody alongside.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::{EngagementKind, FieldFault, Labels, OrganisationId, PersonId};
use domain::training::vetting::{
    CheckForm, Exception, ExceptionForm, ExceptionId, Level, NotChecked, NotExcepted, Outcome, RoleCheck,
    Vetted, VettingId, Workforce, except as except_rule, note_check, vetted,
};
use leptos::prelude::*;
use store::organisations::Colleague;
use store::training::vetting::{self, EXCEPTED, NOTED, Noted, READ};
use uuid::Uuid;

use super::{in_words, place};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::VetsSomebody;
use crate::permits::rounds::names;
use crate::personal::looks;
use crate::training::starting::begin_what_may;
use crate::ui::choose::{DayField, DayNames, OneOf, filled, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, moment};

const ISSUED: DayNames = ["issued_day", "issued_month", "issued_year"];
const UPDATED: DayNames = ["updated_day", "updated_month", "updated_year"];
const UNTIL: DayNames = ["until_day", "until_month", "until_year"];

/// The box that says that what looks personal is not.
const LOOKED_AT: &str = "looked_at";

type Here = (OrganisationId, PersonId);

/// Which of the forms came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Came {
    #[default]
    None,
    Check,
    Exception,
}

/// A form that came back, and whether something in it looks personal.
#[derive(Clone, Default)]
struct Back {
    came: Came,
    form: FormState,
    looks_personal: bool,
}

/// What the page shows.
struct Shown {
    person: Colleague,
    /// What their roles ask for.
    asked: Vec<RoleCheck>,
    vetted: Vetted,
    /// Each with whoever noted it.
    checks: Vec<(Noted, String)>,
    exceptions: Vec<(Exception, [String; 2])>,
    guides: Vec<(String, String)>,
    labels: Labels,
    here: String,
    organisation: OrganisationId,
    back: Back,
    done: Option<&'static str>,
    today: NaiveDate,
}

/// GET /training/at/{organisation}/checks/people/{person}
pub(crate) async fn show(cx: Cx, at: VetsSomebody, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "noted" => Some("It is noted, with your name."),
        "excepted" => Some("It is written down, with your name and theirs. They see it in their log."),
        _ => None,
    };
    page(&cx, at, (StatusCode::OK, Back::default(), done)).await
}

/// What their roles here ask for.
async fn asked(cx: &Cx, at: &VetsSomebody) -> Result<(Vec<RoleCheck>, Vec<RoleCheck>), TurnedAway> {
    let roles = vetting::roles(cx.site.db(), at.here.organisation.id).await?;
    let is_theirs = |it: &&RoleCheck| at.person.engagements.iter().any(|of| of.kind == it.kind);
    let asked = roles.iter().filter(is_theirs).cloned().collect();
    Ok((roles, asked))
}

/// POST /training/at/{organisation}/checks/people/{person}
pub(crate) async fn note(cx: Cx, at: VetsSomebody, At((_, of)): At<Here>, typed: Typed) -> Answer {
    let (_, asked) = asked(&cx, &at).await?;
    let form = CheckForm {
        level: typed.text("level"),
        workforce: typed.text("workforce"),
        barred_list: typed.text("barred") == "yes",
        issued_on: typed_day(&typed, ISSUED),
        updated_on: typed_day(&typed, UPDATED),
        outcome: typed.text("outcome"),
    };
    let organisation = at.here.organisation.id;
    match note_check(&at.here.officer, (of, !asked.is_empty()), &form, cx.today()) {
        Ok(new) => {
            let id = typed.text("id").parse().unwrap_or_else(|_| VettingId::from_uuid(Uuid::now_v7()));
            let tx = cx.site.db().begin().await?;
            if vetting::save_check(&tx, (organisation, id), &new, cx.now()).await? {
                let event = at.here.event(&cx, NOTED).to(id.as_uuid());
                cx.keep(tx, event.about(of.as_uuid())).await?;
                begin_what_may(&cx, (organisation, of), new.by()).await?;
            }
            Ok(cx.done(&format!("{}/people/{of}?done=noted", place(organisation))))
        }
        Err(NotChecked::Oneself) => Err(TurnedAway::NotFound),
        Err(NotChecked::NotAsked) => {
            let remedy = "Nothing that they are here asks for a check, and it is an offence to ask for one that a role does not allow.";
            let fault = FieldFault { field: "level", remedy: remedy.into() };
            refused(&cx, at, (Came::Check, typed, vec![fault], false)).await
        }
        Err(NotChecked::Faults(faults)) => refused(&cx, at, (Came::Check, typed, faults, false)).await,
    }
}

/// POST /training/at/{organisation}/checks/people/{person}/exception
pub(crate) async fn except(cx: Cx, at: VetsSomebody, At((_, of)): At<Here>, typed: Typed) -> Answer {
    let (_, asked) = asked(&cx, &at).await?;
    let organisation = at.here.organisation.id;
    let kind =
        EngagementKind::parse(typed.text("kind")).filter(|kind| asked.iter().any(|it| it.kind == *kind));
    let Some(kind) = kind else {
        let fault = FieldFault { field: "kind", remedy: "Choose as what they start.".into() };
        return refused(&cx, at, (Came::Exception, typed, vec![fault], false)).await;
    };
    let latest = vetting::latest(cx.site.db(), organisation, &[of]).await?.remove(&of);
    let guide = typed.text("guide").parse::<PersonId>().ok();
    let guide = match guide {
        Some(it) => store::organisations::colleague(cx.site.db(), organisation, it, cx.today()).await?,
        None => None,
    };
    let form = ExceptionForm {
        kind,
        guide: guide.map(|it| it.id),
        duties: typed.text("duties"),
        until: typed_day(&typed, UNTIL),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    match except_rule(&at.here.officer, (of, latest.as_ref()), &form, cx.today()) {
        Ok(new) => {
            let id = typed.text("id").parse().unwrap_or_else(|_| ExceptionId::from_uuid(Uuid::now_v7()));
            let tx = cx.site.db().begin().await?;
            if vetting::save_exception(&tx, (organisation, id), &new, cx.now()).await? {
                let event = at.here.event(&cx, EXCEPTED).to(id.as_uuid());
                cx.keep(tx, event.about(of.as_uuid())).await?;
                begin_what_may(&cx, (organisation, of), new.exception().by).await?;
            }
            Ok(cx.done(&format!("{}/people/{of}?done=excepted", place(organisation))))
        }
        Err(NotExcepted::Oneself) => Err(TurnedAway::NotFound),
        Err(NotExcepted::MayNot) => {
            let remedy = "They may not start, and nothing here opens that.";
            let fault = FieldFault { field: "kind", remedy: remedy.into() };
            refused(&cx, at, (Came::Exception, typed, vec![fault], false)).await
        }
        Err(NotExcepted::Personal(like)) => {
            refused(&cx, at, (Came::Exception, typed, vec![looks("duties", like)], true)).await
        }
        Err(NotExcepted::Faults(faults)) => refused(&cx, at, (Came::Exception, typed, faults, false)).await,
    }
}

async fn refused(
    cx: &Cx,
    at: VetsSomebody,
    (came, typed, faults, looks_personal): (Came, Typed, Vec<FieldFault>, bool),
) -> Answer {
    let back = Back { came, form: FormState::refused(typed, faults), looks_personal };
    page(cx, at, (StatusCode::UNPROCESSABLE_ENTITY, back, None)).await
}

async fn page(
    cx: &Cx,
    at: VetsSomebody,
    (status, back, done): (StatusCode, Back, Option<&'static str>),
) -> Answer {
    let (roles, asked) = asked(cx, &at).await?;
    let VetsSomebody { here, person } = at;
    let (db, organisation, today) = (cx.site.db(), here.organisation.id, cx.today());
    // It is written down first: what cannot be written down is not shown.
    let event = here.event(cx, READ).about(person.id.as_uuid());
    cx.keep(db.begin().await?, event).await?;
    let checks = vetting::checks(db, organisation, person.id).await?;
    let exceptions = vetting::exceptions(db, organisation, person.id).await?;
    let people = checks.iter().map(|it| it.by).chain(exceptions.iter().flat_map(|it| [it.by, it.guide]));
    let names = names(cx, people.collect()).await?;
    let name = |it: PersonId| names.get(&it.as_uuid()).cloned().unwrap_or_default();
    let guides = store::organisations::acting(db, organisation, today).await?;
    let guides = guides.into_iter().filter(|it| it.id != person.id);
    let shown = Shown {
        vetted: vetted(&person.engagements, &roles, checks.first().map(|it| &it.check), today),
        checks: checks.into_iter().map(|it| (it, name(it.by))).collect(),
        exceptions: exceptions.into_iter().map(|it| (it.clone(), [name(it.by), name(it.guide)])).collect(),
        guides: guides.map(|it| (it.id.to_string(), it.known_as)).collect(),
        labels: store::organisations::labels(db, &[organisation]).await?,
        here: place(organisation),
        organisation,
        person,
        asked,
        back,
        done,
        today,
    };
    let head = Head::new("One person", Area::Me).failed(!shown.back.form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <PersonPage shown/> }).await)
}

/// A form that keeps one thing, however often it is sent.
fn fresh() -> FormState {
    filled(&[("id", Uuid::now_v7().to_string())])
}

#[component]
fn PersonPage(shown: Shown) -> impl IntoView {
    let Shown {
        person,
        asked,
        vetted,
        checks,
        exceptions,
        guides,
        labels,
        here,
        organisation,
        back,
        done,
        today,
    } = shown;
    let path = format!("{here}/people/{}", person.id);
    let word = |it: EngagementKind| labels.word(organisation, it).to_owned();
    let (none, no_check, is_asked) = (asked.is_empty(), checks.is_empty(), !asked.is_empty());
    let kinds: Vec<_> = asked.iter().map(|it| (it.kind.as_str().to_owned(), word(it.kind))).collect();
    let role = |it: &RoleCheck| view! { <li>{word(it.kind)}": "{in_words(it)}</li> };
    let roles = asked.iter().map(role).collect_view();
    let of =
        |came: Came| if back.came == came { back.clone() } else { Back { form: fresh(), ..Back::default() } };
    let (checking, excepting) = (of(Came::Check), of(Came::Exception));
    let class = if vetted == Vetted::Current { "tag good" } else { "tag now" };
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=back.form.clone()/>
            <p><a class="crumb" href=here>"Checks"</a></p>
            <h1><bdi>{person.known_as.clone()}</bdi></h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {none.then(|| view! { <p>"Nothing that they are here asks for a check."</p> })}
            {is_asked.then(|| view! { <p><span class=class>{vetted.label()}</span></p> <ul role="list">{roles}</ul> })}
            <section class="stack" aria-labelledby="checks">
                <h2 id="checks">"What followed from checks"</h2>
                {no_check.then(|| view! { <p>"Nothing is noted yet."</p> })}
                {(!no_check).then(|| view! { <ul role="list" class="stack">{checks.into_iter().map(|it| view! { <CheckCard it/> }).collect_view()}</ul> })}
            </section>
            {is_asked.then(|| view! { <Checking path=path.clone() back=checking/> })}
            {(is_asked || !exceptions.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="exceptions">
                    <h2 id="exceptions">"Starting before the check is there"</h2>
                    {(!exceptions.is_empty()).then(|| view! { <ul role="list" class="stack">
                        {exceptions.into_iter().map(|(it, names)| {
                            let kind = labels.word(organisation, it.kind).to_owned();
                            view! { <ExceptionCard it kind names today/> }
                        }).collect_view()}
                    </ul> })}
                    <Excepting path kinds guides back=excepting/>
                </section>
            })}
        </div>
    }
}

#[component]
fn CheckCard(it: (Noted, String)) -> impl IntoView {
    let (Noted { check, at, .. }, by) = it;
    let workforce = check.workforce.map(|it| format!(", {}", it.label().to_lowercase())).unwrap_or_default();
    let barred = if check.barred_list { ", with a barred list" } else { "" };
    let updated = check.updated_on.map(|it| format!(" Update Service looked at on {}.", date(it)));
    let level = check.level.label();
    let said =
        format!("{level}{workforce}{barred}, of {}.{}", date(check.issued_on), updated.unwrap_or_default());
    let class = if check.outcome == Outcome::MayNot { "tag now" } else { "tag good" };
    view! {
        <li class="card stack">
            <p><span class=class>{check.outcome.label()}</span></p>
            <p>{said}</p>
            <p class="soft">"Noted by "<bdi>{by}</bdi>", "{moment(at)}</p>
        </li>
    }
}

#[component]
fn ExceptionCard(it: Exception, kind: String, names: [String; 2], today: NaiveDate) -> impl IntoView {
    let [by, guide] = names;
    let is_over = it.until < today;
    view! {
        <li class="card stack">
            <p>{is_over.then(|| view! { <span class="tag">"Over"</span>" " })}<b>{kind}</b>", from "{date(it.from)}" until "{date(it.until)}", never without "<bdi>{guide}</bdi></p>
            <p>{it.duties}</p>
            <p class="soft">"Decided by "<bdi>{by}</bdi></p>
        </li>
    }
}

#[component]
fn Checking(path: String, back: Back) -> impl IntoView {
    let form = back.form;
    let id = form.typed.text("id").to_owned();
    let levels = Level::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    let workforces = Workforce::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    let outcomes = Outcome::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    view! {
        <section class="stack" aria-labelledby="note">
            <h2 id="note">"Note what follows from a check"</h2>
            <p>"There is no place for anything that stands in it. Conditions are kept where you keep such papers."</p>
            <form method="post" action=path class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <Choices form=form.clone() name="level" legend="Which level?".to_owned() choices=levels/>
                <Choices form=form.clone() name="workforce" legend="For which workforce?".to_owned() choices=workforces hint="A basic check has none."/>
                <Tick form=form.clone() name="barred" label="A barred list was looked at too"/>
                <DayField form=form.clone() names=ISSUED legend="The day of the certificate"/>
                <DayField form=form.clone() names=UPDATED legend="The day on which you looked at the Update Service" hint="Leave it empty if you did not."/>
                <Choices form name="outcome" legend="What follows?".to_owned() choices=outcomes/>
                <p class="row"><button class="button">"Note this"</button></p>
            </form>
        </section>
    }
}

#[component]
fn Excepting(
    path: String,
    kinds: Vec<(String, String)>,
    guides: Vec<(String, String)>,
    back: Back,
) -> impl IntoView {
    let Back { came, form, looks_personal } = back;
    let id = form.typed.text("id").to_owned();
    view! {
        <details open=came == Came::Exception>
            <summary>"Let them start with somebody alongside"</summary>
            <form method="post" action=format!("{path}/exception") class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <OneOf form=form.clone() name="kind" label="As what do they start?" choices=kinds/>
                <OneOf form=form.clone() name="guide" label="Who is alongside them all the time?" choices=guides/>
                <Field form=form.clone() name="duties" label="What do they do meanwhile?" takes=Takes::Line hint="Nothing on their own with somebody who is supported."/>
                <DayField form=form.clone() names=UNTIL legend="Until which day?" hint="Within three months."/>
                {looks_personal.then(|| view! { <Tick form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                <p class="row"><button class="button quiet">"Decide this"</button></p>
            </form>
        </details>
    }
}
