//! A role that was issued to somebody, as they, their line manager and whoever coordinates read it, sign it and print it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono_tz::Europe::London;
use domain::people::PersonId;
use domain::training::role_issue::{Issue, IssueAct, IssueState, sees_asked};
use leptos::prelude::*;
use store::training::issues::{Issued, KeptAct, acts, instead};
use store::training::role_profiles;

use super::asked::{Far, HowFar};
use super::base;
use super::lists::tag;
use super::sheet::{Sheet, Shown};
use super::signing::{Declining, Signing, TakingBack};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::FormState;
use crate::permits::RoleIssued;
use crate::signing::plain_text;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, moment, moment_on_paper};

/// GET /training/roles/{issue}
pub(crate) async fn show(cx: Cx, here: RoleIssued, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "signed" => Some("You have signed it. It is kept with your name, the time and the text."),
        "declined" => Some("You have declined. Whoever coordinates can put it right and issue it again."),
        "revoked" => Some("It is taken back. Its history stays."),
        _ => None,
    };
    page(&cx, &here, Said { status: StatusCode::OK, form: FormState::default(), done }).await
}

/// GET /training/roles/{issue}/text: the very text that is signed, so that anybody can compute its hash again.
pub(crate) async fn text(cx: Cx, here: RoleIssued) -> Answer {
    let (role, number) = (here.issued.role, here.issued.issue.version);
    let version = role_profiles::version(cx.site.db(), role, number).await?.ok_or(TurnedAway::NotFound)?;
    Ok(plain_text("role.txt", version.canonical))
}

/// How a page comes to be shown.
pub(super) struct Said {
    pub(super) status: StatusCode,
    pub(super) form: FormState,
    pub(super) done: Option<&'static str>,
}

/// What may be done with it by whoever looks.
#[derive(Clone, Copy)]
struct Ways {
    /// They are asked to sign it.
    sign: bool,
    /// It is theirs, rather than that of somebody they manage.
    is_own: bool,
    take_back: bool,
}

/// Everything on the page.
struct Whole {
    issued: Issued,
    /// What its person is called.
    known_as: String,
    organisation: String,
    shown: Shown,
    acts: Vec<KeptAct>,
    called: BTreeMap<PersonId, String>,
    /// What took its place.
    instead: Option<Issued>,
    ways: Ways,
    /// How far its person is with what it asks, for whoever may see that.
    far: Option<Far>,
    back: (String, &'static str),
    me: String,
}

pub(super) async fn page(cx: &Cx, here: &RoleIssued, said: Said) -> Answer {
    let (issued, db) = (here.issued.clone(), cx.site.db());
    let issue = &issued.issue;
    let version =
        role_profiles::version(db, issued.role, issue.version).await?.ok_or(TurnedAway::NotFound)?;
    let shown = Shown::version(cx, version).await?;
    let acts = acts(db, issue.id).await?;
    let people: Vec<_> = acts.iter().map(|it| it.by).chain([issue.person]).collect();
    let called = names(cx, &people).await?;
    let instead = match issue.state {
        IssueState::Replaced => instead(db, issued.role, issue.person).await?,
        _ => None,
    };
    let is_own = issue.person == here.me;
    let ways = Ways {
        sign: issue.state == IssueState::Open && here.signer().is_some_and(|it| !it.has_signed(issue)),
        is_own,
        take_back: here.coordinator.is_some() && issue.state.is_live(),
    };
    let back = match is_own {
        true => ("/training/roles".to_owned(), "My roles"),
        false if here.manager.is_some() => ("/training/managing".to_owned(), "Roles of the people I manage"),
        false => (format!("{}/{}", base(issue.organisation), issued.role), "The role"),
    };
    let far = Far::of(cx, sees_asked(issue, here.me), &shown).await?;
    let organisation = store::organisations::organisation(db, issue.organisation).await?;
    let whole = Whole {
        known_as: called.get(&issue.person).cloned().unwrap_or_default(),
        organisation: organisation.map(|it| it.name).unwrap_or_default(),
        shown,
        acts,
        called,
        instead,
        ways,
        far,
        back,
        me: here.known_as.clone(),
        issued,
    };
    let Said { status, form, done } = said;
    let head = Head::new("A role", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <Page whole form done/> }).await)
}

#[component]
fn Page(whole: Whole, form: FormState, done: Option<&'static str>) -> impl IntoView {
    let Whole { issued, known_as, organisation, shown, acts, called, instead, ways, far, back, me } = whole;
    let Issued { issue, title, issued_at, .. } = issued;
    let on = date(issued_at.with_timezone(&London).date_naive());
    let (path, hash) = (format!("/training/roles/{}", issue.id), issue.hash.clone());
    let (text, named) = (format!("{path}/text"), known_as.clone());
    view! {
        <div class="wrap reading form-page plan stack">
            <ErrorSummary form=form.clone()/>
            <p class="on-screen"><a class="crumb" href=back.0>{back.1}</a></p>
            <h1>{title}</h1>
            {done.map(|it| view! { <p class="notice on-screen" role="status">{it}</p> })}
            {instead.map(|it| view! { <Instead before=issue.version it/> })}
            <p class="lead">"Version "{issue.version}", issued to "<bdi>{known_as.clone()}</bdi>" by "{organisation}" on "{on}"."</p>
            <p><span class=tag(issue.state)>{issue.state.label()}</span></p>
            <Sheet shown/>
            <Signatures issue=issue.clone() acts=acts.clone() known_as/>
            {far.map(|far| view! { <HowFar far is_own=ways.is_own known_as=named/> })}
            {ways.sign.then(|| view! { <Signing path=path.clone() form=form.clone() hash=issue.hash.clone() is_own=ways.is_own me/> })}
            {ways.sign.then(|| view! { <Declining path=path.clone() form=form.clone()/> })}
            {(ways.take_back && !ways.sign).then(|| view! { <TakingBack path form/> })}
            <section class="stack" aria-labelledby="hash">
                <h2 id="hash">"How this can be checked"</h2>
                <p>"What is signed is the text of this version. Each signature is kept with this number, which changes if one letter of the text does:"</p>
                <p class="key"><code>{hash}</code></p>
                <p class="soft">"It is the SHA-256 of the plain text. Whoever has that file can compute it again, for example with sha256sum."</p>
                <p class="on-screen"><a class="alone" href=text>"The plain text, as a file"</a></p>
            </section>
            <History acts called/>
        </div>
    }
}

/// That another version took its place.
#[component]
fn Instead(before: i64, it: Issued) -> impl IntoView {
    let now = it.issue.version;
    view! {
        <p class="notice care">"This is version "{before}". Version "{now}" was issued in its place: "
            <a href=format!("/training/roles/{}", it.issue.id)>"read version "{now}</a>"."</p>
    }
}

/// Both signatures, or that one is missing.
#[component]
fn Signatures(issue: Issue, acts: Vec<KeptAct>, known_as: String) -> impl IntoView {
    let of = |act: IssueAct| acts.iter().find(|it| it.act == act).cloned();
    let row = |who: String, signed: Option<KeptAct>| {
        let says = match signed {
            Some(it) => format!("{}, on {}", it.name, moment_on_paper(it.at)),
            None => "Not signed".to_owned(),
        };
        view! { <div><dt><bdi>{who}</bdi></dt><dd><bdi>{says}</bdi></dd></div> }
    };
    let has_both = issue.by_person && issue.by_manager;
    view! {
        <section class="stack" aria-labelledby="signatures">
            <h2 id="signatures">"Signatures"</h2>
            <dl class="summary">
                {row(known_as, of(IssueAct::SignedByPerson))}
                {row("Line manager".to_owned(), of(IssueAct::SignedByManager))}
            </dl>
            {(!has_both && issue.state == IssueState::Open).then(|| view! { <p>"It holds when both have signed it."</p> })}
        </section>
    }
}

/// Everything that was done with it, the latest first.
#[component]
fn History(acts: Vec<KeptAct>, called: BTreeMap<PersonId, String>) -> impl IntoView {
    let line = |it: KeptAct| {
        let by = called.get(&it.by).cloned().unwrap_or_default();
        view! {
            <li>
                <p><b>{it.act.label()}</b>" "<span class="soft"><bdi>{by}</bdi>", "<time datetime=it.at.to_rfc3339()>{moment(it.at)}</time></span></p>
                {(!it.words.is_empty()).then(|| view! { <p class="typed">{it.words}</p> })}
            </li>
        }
    };
    view! {
        <section class="stack on-screen" aria-labelledby="history">
            <h2 id="history">"What has happened"</h2>
            <ul role="list" class="stack">{acts.into_iter().rev().map(line).collect_view()}</ul>
        </section>
    }
}
