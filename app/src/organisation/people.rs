//! The people of one organisation, and whom it has invited.

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{Engagement, EngagementKind, Invitation, Labels, Offer, OrganisationId};
use leptos::prelude::*;
use store::organisations::{Colleague, Organisation, PeoplePage};

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::AdministersHere;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, list};

/// People on a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// Open invitations on the page: more than anybody has under way at once.
const OPEN_AT_MOST: u64 = 200;

/// What the page shows.
#[derive(Debug)]
struct Shown {
    organisation: Organisation,
    people: Vec<Colleague>,
    /// Where the next page begins.
    next: Option<String>,
    kind: Option<EngagementKind>,
    invitations: Vec<Invitation>,
    labels: Labels,
    /// What was just done, if something was.
    done: Option<&'static str>,
    today: NaiveDate,
    now: DateTime<Utc>,
}

/// GET /organisation/{organisation}/people
pub(crate) async fn show(cx: Cx, here: AdministersHere, Asks(asks): Asks) -> Answer {
    let (db, organisation) = (cx.site.db(), here.organisation);
    let kind = EngagementKind::parse(asks.text("kind"));
    let before = asks.text("before").parse().ok();
    let page = PeoplePage { today: cx.today(), kind, before, limit: A_PAGE as u64 + 1 };
    let mut people = store::organisations::people(db, organisation.id, page).await?;
    let there_is_more = people.len() > A_PAGE;
    people.truncate(A_PAGE);
    let next = people.last().filter(|_| there_is_more).map(|it| it.id.to_string());
    let invitations = store::invitations::waiting_in(db, organisation.id, OPEN_AT_MOST).await?;
    let done = match asks.text("done") {
        "invited" => Some("The invitation is on its way. The link in it works for 14 days."),
        "withdrawn" => Some("The invitation is withdrawn. Its link opens nothing any more."),
        _ => None,
    };
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let (today, now) = (cx.today(), cx.now());
    let shown = Shown { organisation, people, next, kind, invitations, labels, done, today, now };
    let head = Head::new("People", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <PeoplePageView shown/> }).await)
}

#[component]
fn PeoplePageView(shown: Shown) -> impl IntoView {
    let Shown { organisation, people, next, kind, invitations, labels, done, today, now } = shown;
    let id = organisation.id;
    let base = format!("/organisation/{}", organisation.id);
    let none = people.is_empty();
    let kind_word = kind.map(EngagementKind::as_str).unwrap_or_default();
    let next = next.map(|it| format!("{base}/people?kind={kind_word}&before={it}"));
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
                <ByKind base=base.clone() kind labels=labels.clone() id/>
                {none.then(|| view! { <p>"There is nobody here to show."</p> })}
                <ul role="list" class="stack">
                    {people
                        .into_iter()
                        .map(|it| view! { <ColleagueCard base=base.clone() colleague=it labels=labels.clone() today/> })
                        .collect_view()}
                </ul>
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more people"</a></p> })}
            </section>
        </div>
    }
}

/// A filter that works without a script: a form that is a link.
#[component]
fn ByKind(base: String, kind: Option<EngagementKind>, labels: Labels, id: OrganisationId) -> impl IntoView {
    view! {
        <form method="get" action=format!("{base}/people") class="field">
            <label for="kind">"Show only"</label>
            <p class="row">
                <select id="kind" name="kind">
                    <option value="">"Everybody"</option>
                    {EngagementKind::ALL
                        .into_iter()
                        .map(|it| view! { <option value=it.as_str() selected=kind == Some(it)>{labels.word(id, it).to_owned()}</option> })
                        .collect_view()}
                </select>
                <button class="button quiet">"Show"</button>
            </p>
        </form>
    }
}

#[component]
fn ColleagueCard(base: String, colleague: Colleague, labels: Labels, today: NaiveDate) -> impl IntoView {
    let href = format!("{base}/people/{}", colleague.id);
    view! {
        <li class="card stack">
            <h3><a class="alone" href=href><bdi>{colleague.known_as}</bdi></a></h3>
            {(!colleague.pronouns.is_empty()).then(|| view! { <p class="soft"><bdi>{colleague.pronouns}</bdi></p> })}
            <ul role="list">{colleague.engagements.iter().map(|it| view! { <li>{said(&labels, it, today, None)}</li> }).collect_view()}</ul>
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

/// What somebody is invited to be: "tutor and volunteer from 21 November 2026".
pub(crate) fn offered(labels: &Labels, organisation: OrganisationId, offers: &[Offer]) -> String {
    let word = |it: &Offer| labels.word(organisation, it.kind).to_lowercase();
    let kinds: Vec<_> = offers.iter().map(word).collect();
    let from = offers.first().map(|it| format!(" from {}", date(it.from))).unwrap_or_default();
    format!("{}{from}", list(&kinds))
}

#[component]
fn Waiting(base: String, invitations: Vec<Invitation>, labels: Labels, now: DateTime<Utc>) -> impl IntoView {
    (!invitations.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="invited">
                <h2 id="invited">"Invited, with no answer yet"</h2>
                <ul role="list" class="stack">
                    {invitations
                        .into_iter()
                        .map(|it| view! { <WaitingCard base=base.clone() invitation=it labels=labels.clone() now/> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn WaitingCard(base: String, invitation: Invitation, labels: Labels, now: DateTime<Utc>) -> impl IntoView {
    let until = invitation.made_at + domain::sign_in::LinkPurpose::Invite.lifetime();
    let until = date(until.with_timezone(&chrono_tz::Europe::London).date_naive());
    let state = match invitation.open(now) {
        Ok(_) => view! { <p class="soft">"The link works until "{until}"."</p> }.into_any(),
        Err(_) => view! { <p><span class="tag wait">"Too old"</span>" The link worked until "{until}". You can invite them again."</p> }.into_any(),
    };
    let offers = offered(&labels, invitation.organisation, &invitation.offers);
    let email = invitation.email.as_str().to_owned();
    view! {
        <li class="card stack">
            <h3>{email}</h3>
            <p>"As "{offers}"."</p>
            {state}
            <form method="post" action=format!("{base}/invitations/{}/withdraw", invitation.id)>
                <button class="button quiet">"Withdraw this invitation"</button>
            </form>
        </li>
    }
}
