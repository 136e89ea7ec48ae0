//! Writing a policy, and the next version of it, from a day on.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::own_words::NotTaken;
use domain::people::{Labels, OrganisationId};
use domain::training::requirement::{
    Edition, NewVersion, PolicyForm, Reading, Requirement, Version, change_policy, write_policy,
};
use leptos::prelude::*;
use store::training::policies::{self, Numbered, POLICY_CHANGED, POLICY_WRITTEN};
use store::training::requirements;

use super::{place, who_has_read};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::{CoordinatesTrainingHere, PolicyHere};
use crate::revised::{Refused, refused, seen};
use crate::training::readable::readable;
use crate::training::requirements::alike::{
    FROM, First, When, Whom, WhomWords, around, empty, id_of, ticked, too_many,
};
use crate::training::stands;
use crate::ui::choose::{filled, typed_day};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

/// How many weeks people have unless somebody says otherwise. Our choice: it is read in one sitting.
const WEEKS: u16 = 4;

const WHOM: WhomWords = WhomWords {
    legend: "Whom does it bind?",
    hint: "Everybody who is one of these here is asked to read and accept it.",
    nobody: "It binds nobody any more. What was accepted stays.",
};

/// What the page is about.
struct Shown {
    organisation: OrganisationId,
    /// What is changed, with its versions; nothing for what is new.
    policy: Option<(Requirement, Vec<Numbered>)>,
    labels: Labels,
    back: Refused<Option<Edition>>,
    today: NaiveDate,
}

/// What was typed, for the rule.
fn typed_form(typed: &Typed) -> PolicyForm<'_> {
    PolicyForm {
        code: typed.text("code"),
        title: typed.text("title"),
        words: typed.text("words"),
        link: typed.text("link"),
        changed: typed.text("changed"),
        kinds: ticked(typed),
        of_nobody: typed.text("nobody") == "yes",
        weeks: typed.text("weeks"),
        from: typed_day(typed, FROM),
    }
}

/// GET /training/at/{organisation}/policies/new
pub(crate) async fn show_new(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let form = empty(WEEKS, cx.today());
    page(&cx, here.organisation.id, None, Refused::opened(form, 0)).await
}

/// POST /training/at/{organisation}/policies/new
pub(crate) async fn write(cx: Cx, here: CoordinatesTrainingHere, typed: Typed) -> Answer {
    let organisation = here.organisation.id;
    let done = format!("{}?done=made", place(organisation));
    let id = id_of(&typed);
    let tx = cx.site.db().begin().await?;
    let taken = requirements::codes_now(&tx, organisation).await?;
    if requirements::is_kept(&tx, id).await? {
        return Ok(cx.done(&done));
    }
    let among = (&*here.organisation.name, &*taken);
    let written = write_policy(&here.coordinator, &typed_form(&typed), among, cx.today());
    let mut written = readable(written.map_err(NotTaken::Faults), ("words", typed.text("words")));
    if let Some(fault) = too_many(taken.len()) {
        written = Err(NotTaken::Faults(vec![fault]));
    }
    match written {
        Ok(new) => {
            requirements::save_new(&tx, (organisation, id), &new, cx.now()).await?;
            cx.keep(tx, here.event(&cx, POLICY_WRITTEN).to(id.as_uuid())).await?;
            Ok(cx.done(&done))
        }
        Err(why) => {
            drop(tx);
            page(&cx, organisation, None, refused(typed, why, ("title", 0), None)).await
        }
    }
}

/// GET /training/at/{organisation}/policies/{policy}
pub(crate) async fn show_change(cx: Cx, at: PolicyHere) -> Answer {
    let PolicyHere { here, policy } = at;
    let version = policy.versions.last().ok_or(TurnedAway::NotFound)?;
    let number = version.rule.edition().ok_or(TurnedAway::NotFound)?;
    let latest = policies::edition(cx.site.db(), policy.id, number).await?.ok_or(TurnedAway::NotFound)?;
    let opened = Refused::opened(opened(version, &latest.edition, cx.today()), version.number);
    page(&cx, here.organisation.id, Some(policy), opened).await
}

/// POST /training/at/{organisation}/policies/{policy}
pub(crate) async fn change(cx: Cx, at: PolicyHere, typed: Typed) -> Answer {
    let PolicyHere { here, policy } = at;
    let tx = cx.site.db().begin().await?;
    let found = requirements::requirement_now(&tx, policy.id).await?;
    let current = found.ok_or(TurnedAway::NotFound)?;
    let last = current.versions.last().ok_or(TurnedAway::NotFound)?;
    let number = last.rule.edition().ok_or(TurnedAway::NotFound)?;
    let latest = policies::edition_now(&tx, policy.id, number).await?.ok_or(TurnedAway::NotFound)?.edition;
    let changed = change_policy(
        &here.coordinator,
        &typed_form(&typed),
        (&current, seen(&typed)),
        (&here.organisation.name, &latest),
        cx.today(),
    );
    match readable(changed, ("words", typed.text("words"))) {
        Ok(new) => {
            requirements::save_version(&tx, current.id, &new, cx.now()).await?;
            cx.keep(tx, here.event(&cx, POLICY_CHANGED).to(current.id.as_uuid())).await?;
            Ok(cx.done(&format!("{}?done={}", place(here.organisation.id), became(&new))))
        }
        Err(why) => {
            drop(tx);
            let newer = last.number;
            page(
                &cx,
                here.organisation.id,
                Some(current),
                refused(typed, why, ("title", newer), Some(latest)),
            )
            .await
        }
    }
}

/// Whether people are asked to read it again.
const fn became(new: &NewVersion) -> &'static str {
    if new.edition().is_some() { "changed" } else { "same" }
}

/// The form as what is in force would fill it, from today on or from the day that lies ahead.
fn opened(version: &Version, latest: &Edition, today: NaiveDate) -> FormState {
    let (words, link) = both(&latest.reading);
    let mut fields = around(version, today);
    fields.extend([("words", words), ("link", link)]);
    filled(&fields)
}

/// What stands in the two fields, of which one is empty.
fn both(reading: &Reading) -> (String, String) {
    match reading {
        Reading::Here(words) => (words.clone(), String::new()),
        Reading::There(link) => (String::new(), link.clone()),
    }
}

async fn page(
    cx: &Cx,
    organisation: OrganisationId,
    policy: Option<Requirement>,
    back: Refused<Option<Edition>>,
) -> Answer {
    let db = cx.site.db();
    let labels = store::organisations::labels(db, &[organisation]).await?;
    let policy = match policy {
        Some(it) => {
            let editions = policies::editions(db, it.id).await?;
            Some((it, editions))
        }
        None => None,
    };
    let title = if policy.is_some() { "Change a policy" } else { "Write a policy" };
    let head = Head::new(title, Area::Me).failed(!back.form.faults.is_empty());
    let status: StatusCode = back.status;
    let shown = Shown { organisation, policy, labels, back, today: cx.today() };
    Ok(cx.page(status, head, move || view! { <FormPage shown/> }).await)
}

#[component]
fn FormPage(shown: Shown) -> impl IntoView {
    let Shown { organisation, policy, labels, back, today } = shown;
    let Refused { form, revision, newer, .. } = back;
    let list = place(organisation);
    let is_new = policy.is_none();
    let action = match &policy {
        None => format!("{list}/new"),
        Some((it, _)) => format!("{list}/{}", it.id),
    };
    let heading = policy.as_ref().map(|(it, _)| format!("{} {}", it.code, stands::called(it, today)));
    let newer = newer.flatten().map(|it| {
        let (words, link) = both(&it.reading);
        let version = format!("Version {}, from {}", it.number, date(it.from));
        vec![("", version), ("Title", it.title), ("What it says", words), ("Where it is read", link)]
    });
    let here = action.clone();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=list>"Policies"</a></p>
            <h1>{heading.unwrap_or_else(|| "Write a policy".into())}</h1>
            {newer.map(|texts| view! { <Newer texts/> })}
            {policy.map(|(it, editions)| view! { <Editions policy=it editions here today/> })}
            <form method="post" action=action class="stack" novalidate>
                {(!is_new).then(|| view! { <h2>"The next version"</h2> })}
                <First form=form.clone() revision is_new code_hint="Such as ALONE-1. It stays, and stands in tables." title_hint="Such as Working alone."/>
                <TextArea form=form.clone() name="words" label="What does it say?" hint="Plain text with a few signs, called Markdown: a heading begins with ##, each thing on a list with a hyphen. Keep it short: people read it on a phone." rows="16"/>
                <Field form=form.clone() name="link" label="Or where is it read?" takes=Takes::Exact hint="The address, if it is published elsewhere. Then leave the words above empty."/>
                {(!is_new).then(|| view! {
                    <Field form=form.clone() name="changed" label="What is new, in a sentence?" takes=Takes::Line hint="People who have read it before see this first. Leave it empty if the words stay: then nobody is asked to read them again."/>
                })}
                <Whom form=form.clone() labels organisation is_new words=WHOM/>
                <When form legend="From which day is it in force?" weeks="How many weeks do people have to read it?"/>
                <p class="soft">"A version never changes once it is kept. What comes next is another one."</p>
                <p class="row"><button class="button">{if is_new { "Keep this policy" } else { "Keep this version" }}</button></p>
            </form>
        </div>
    }
}

/// The versions so far, each to be read as people read it.
#[component]
fn Editions(policy: Requirement, editions: Vec<Numbered>, here: String, today: NaiveDate) -> impl IntoView {
    let in_force = policy.edition_on(today);
    let line = |it: Numbered| {
        let is_in_force = in_force == Some(it.number);
        view! {
            <li class="card stack">
                <p><a class="alone" href=format!("{here}/{}", it.number)>"Version "{it.number}</a>" "{is_in_force.then(|| view! { <span class="tag good">"In force"</span> })}</p>
                <p class="soft">"From "{date(it.from)}</p>
                {(!it.changed.is_empty()).then(|| view! { <p>{it.changed}</p> })}
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby="versions">
            <h2 id="versions">"Versions"</h2>
            <ul role="list" class="stack">{editions.into_iter().map(line).collect_view()}</ul>
            <p><a class="alone" href=who_has_read(&policy)>"Who has read it"</a></p>
        </section>
    }
}
