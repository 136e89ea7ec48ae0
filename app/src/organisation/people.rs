//! The people of one organisation, and whom it has invited.

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{Engagement, EngagementKind, Invitation, Labels, OrganisationId};
use leptos::prelude::*;
use store::organisations::{Among, Colleague, Organisation, PeoplePage};

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::invite::waiting::Waiting;
use crate::permits::AdministersHere;
use crate::ui::choose::OneOf;
use crate::ui::form::{Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// People on a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// Open invitations on the page: more than anybody has under way at once.
const OPEN_AT_MOST: u64 = 200;

/// Stands among the kinds for those who are nothing here any more.
const LEFT: &str = "left";

/// What the page shows.
#[derive(Debug)]
struct Shown {
    organisation: Organisation,
    /// Who is looked for, as it was typed.
    asked: Typed,
    among: Among,
    people: Vec<Colleague>,
    /// Where the next page begins.
    next: Option<String>,
    /// More people have such a name than are shown.
    too_many: bool,
    invitations: Vec<Invitation>,
    labels: Labels,
    /// What was just done, if something was.
    done: Option<&'static str>,
    today: NaiveDate,
    now: DateTime<Utc>,
}

/// GET /organisation/{organisation}/people
pub(crate) async fn show(cx: Cx, here: AdministersHere, Asks(asks): Asks) -> Answer {
    let (db, organisation, today) = (cx.site.db(), here.organisation, cx.today());
    let among = match asks.text("kind") {
        LEFT => Among::Former,
        kind => EngagementKind::parse(kind).map_or(Among::Everybody, Among::Those),
    };
    let (called, after) = (asks.text("name").trim(), asks.text("after").parse().ok());
    let page = PeoplePage { among, called, after, today, limit: A_PAGE as u64 + 1 };
    let mut people = store::organisations::people(db, organisation.id, page).await?;
    let there_is_more = people.len() > A_PAGE;
    people.truncate(A_PAGE);
    let (too_many, leads_on) = (there_is_more && !called.is_empty(), there_is_more && called.is_empty());
    let next = people.last().filter(|_| leads_on).map(|it| it.id.to_string());
    let is_first = called.is_empty() && after.is_none() && among == Among::Everybody;
    let invitations = match is_first {
        true => store::invitations::waiting_in(db, organisation.id, OPEN_AT_MOST).await?,
        false => Vec::new(),
    };
    let done = match asks.text("done") {
        "invited" => Some("The invitation is on its way. The link in it works for 14 days."),
        "withdrawn" => Some("The invitation is withdrawn. Its link opens nothing any more."),
        _ => None,
    };
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let now = cx.now();
    let shown = Shown {
        organisation,
        asked: asks,
        among,
        people,
        next,
        too_many,
        invitations,
        labels,
        done,
        today,
        now,
    };
    let head = Head::new("People", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <PeoplePageView shown/> }).await)
}

#[component]
fn PeoplePageView(shown: Shown) -> impl IntoView {
    let Shown { organisation, asked, among, people, next, too_many, invitations, labels, done, today, now } =
        shown;
    let base = format!("/organisation/{}", organisation.id);
    let is_called = !asked.text("name").trim().is_empty();
    let none = people.is_empty().then(|| none(among, is_called));
    let cards: Vec<_> = people
        .into_iter()
        .map(|it| view! { <ColleagueCard base=base.clone() colleague=it labels=labels.clone() today/> })
        .collect();
    let next = next.map(|it| format!("{base}/people?kind={}&after={it}", word(among)));
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"People of "{organisation.name}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p>"You see what people are to this organisation, and nothing else about them."</p>
            <p class="row"><a class="button" href=format!("{base}/people/invite")>"Invite somebody"</a>
                <a href=format!("{base}/places")>"Services, teams and sites"</a>
                <a href=format!("{base}/settings")>"Settings"</a></p>
            <Waiting base=base.clone() invitations labels=labels.clone() now/>
            <section class="stack" aria-labelledby="people">
                <h2 id="people">"People"</h2>
                <Finding base=base.clone() asked labels=labels.clone() id=organisation.id/>
                {none.map(|it| view! { <p role="status">{it}</p> })}
                {(!cards.is_empty()).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {too_many.then(|| view! { <p>"More people have a name that begins so. Type more of it."</p> })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more people"</a></p> })}
            </section>
        </div>
    }
}

/// How the form says among whom to look.
const fn word(among: Among) -> &'static str {
    match among {
        Among::Everybody => "",
        Among::Those(kind) => kind.as_str(),
        Among::Former => LEFT,
    }
}

const fn none(among: Among, is_called: bool) -> &'static str {
    match (among, is_called) {
        (Among::Everybody, true) => {
            "Nobody here has a name that begins so. Try another of their names, or less of it."
        }
        (_, true) => "None of these has a name that begins so. Try less of it, or look among everybody.",
        (Among::Former, false) => "Nobody has left.",
        (_, false) => "There is nobody here to show.",
    }
}

/// Looks for people without a script: a form that is a link.
#[component]
fn Finding(base: String, asked: Typed, labels: Labels, id: OrganisationId) -> impl IntoView {
    let form = FormState { typed: asked, faults: Vec::new() };
    let kinds =
        EngagementKind::ALL.into_iter().map(|it| (it.as_str().to_owned(), labels.word(id, it).to_owned()));
    let choices = kinds.chain([(LEFT.to_owned(), "Those who have left".to_owned())]).collect();
    view! {
        <form method="get" action=format!("{base}/people") class="finding" role="search">
            <Field form=form.clone() name="name" label="Name begins with" takes=Takes::Line/>
            <OneOf form name="kind" label="Look among" none="Everybody" choices/>
            <p><button class="button quiet">"Find"</button></p>
        </form>
    }
}

#[component]
fn ColleagueCard(base: String, colleague: Colleague, labels: Labels, today: NaiveDate) -> impl IntoView {
    let href = format!("{base}/people/{}", colleague.id);
    let has_left = colleague.engagements.is_empty();
    let what = if has_left { colleague.former } else { colleague.engagements };
    view! {
        <li class="card stack">
            <h3><a class="alone" href=href><bdi>{colleague.known_as}</bdi></a></h3>
            {(!colleague.pronouns.is_empty()).then(|| view! { <p class="soft"><bdi>{colleague.pronouns}</bdi></p> })}
            {has_left.then(|| view! { <p><span class="tag">"Has left"</span></p> })}
            <ul role="list">{what.iter().map(|it| view! { <li>{said(&labels, it, today, None)}</li> }).collect_view()}</ul>
        </li>
    }
}

/// What somebody is, on which footing, with whom if it is to be said, and since when: "Tutor (volunteer) with Our
/// college since 21 November 2026".
pub(crate) fn said(labels: &Labels, it: &Engagement, today: NaiveDate, with: Option<&str>) -> String {
    let word = labels.word(it.organisation, it.kind);
    // A volunteer on the footing of a volunteer is said once.
    let footing = it.basis.map(domain::people::Basis::label).filter(|label| *label != it.kind.label());
    let footing = footing.map(|it| format!(" ({})", it.to_lowercase())).unwrap_or_default();
    let since = if it.from > today { "from" } else { "since" };
    let until = it.to.map(|to| format!(", until {}", date(to))).unwrap_or_default();
    let with = with.map(|it| format!(" with {it}")).unwrap_or_default();
    format!("{word}{footing}{with} {since} {}{until}", date(it.from))
}
