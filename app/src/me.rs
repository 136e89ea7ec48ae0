//! Me: what I am called, how to reach me, what I am to organisations, and what is mine to change.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::{
    Engagement, EngagementKind, Labels, OrganisationId, PersonId, Reach, ReachWay, RelationshipKind,
};
use domain::training::placement::may_supervise;
use leptos::prelude::*;
use store::organisations::Organisation;
use store::training::starts::{self, Whose};

use crate::access_needs::reading;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::organisation::people::said;
use crate::permits::SignedIn;
use crate::training::starting::{OF_ONE, waits_for};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

pub(crate) mod about;
pub(crate) mod access_needs;
pub(crate) mod address;
pub(crate) mod away;
pub(crate) mod log;
pub(crate) mod not_with;
pub(crate) mod reflections;

/// What the page shows.
#[derive(Debug)]
struct Shown {
    known_as: String,
    pronouns: String,
    email: String,
    reach: Option<Reach>,
    engagements: Vec<Said>,
    /// What this person has accepted to be and is not yet, with what it waits for.
    waiting: Vec<String>,
    /// The organisations that this person administers.
    administers: Vec<Organisation>,
    /// Whether people may tell them what they need.
    reads_needs: bool,
    /// Whether they write and adopt courses.
    edits_courses: bool,
    /// Whether learners may show them their plans.
    reads_plans: bool,
    /// Whether the college's figures are theirs to read.
    reads_figures: bool,
    /// The organisations whose training they coordinate.
    coordinates: Vec<Organisation>,
    /// The organisations whose checks they see.
    vets: Vec<Organisation>,
    /// Whether they are in a group or hold the sessions of one.
    has_groups: bool,
    /// Whether they assess others.
    assesses: bool,
    /// Whether they manage others, whose roles they sign.
    manages: bool,
    /// Whether they may look after placements.
    looks_after: bool,
    /// Whether they run the site.
    runs_the_site: bool,
    /// What was just done, if something was.
    done: Option<&'static str>,
}

/// One engagement in words.
#[derive(Debug)]
struct Said {
    id: String,
    words: String,
    away: Option<String>,
}

/// GET /me
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let me = me.with_relationships(&cx).await?;
    let (db, today) = (cx.site.db(), cx.today());
    let known = store::people::known(db, me.id()).await?.ok_or(TurnedAway::SignIn)?;
    let own = store::sign_in::own(db, me.id()).await?.ok_or(TurnedAway::SignIn)?;
    let reach = store::me::reach(db, me.id()).await?;
    let ids: Vec<_> = known.engagements.iter().map(|it| it.organisation).collect();
    let organisations = store::organisations::organisations(db, &ids).await?;
    let going_on = known.engagements.iter().filter(|it| it.to.is_none_or(|to| to >= today));
    let labels = store::organisations::labels(db, &ids).await?;
    let waiting = waiting(&cx, me.id()).await?;
    let engagements = going_on.map(|it| in_words(&labels, it, &organisations, today)).collect();
    let coordinates = |it: &&Organisation| me.actor.as_training_coordinator_of(it.id).is_some();
    let coordinates = organisations.iter().filter(coordinates).cloned().collect();
    let vets = |it: &&Organisation| me.actor.as_vetting_officer_of(it.id).is_some();
    let vets = organisations.iter().filter(vets).cloned().collect();
    let holds = |kind| me.actor.relationships().iter().any(|it| it.kind == kind);
    let administers = |it: &Organisation| me.actor.as_administrator_of(it.id).is_some();
    let has_groups = !store::training::places::of(db, me.id()).await?.is_empty()
        || !store::training::cohorts::held_by(db, me.id()).await?.is_empty();
    let administers = organisations.iter().filter(|it| administers(it)).cloned().collect();
    let shown = Shown {
        known_as: known.known_as,
        pronouns: known.pronouns,
        email: own.email.as_str().to_owned(),
        reach,
        engagements,
        waiting,
        administers,
        reads_needs: !reading(&me).is_empty(),
        edits_courses: me.actor.as_course_editor_of(cx.public.host.id).is_some(),
        reads_plans: me.actor.engagements().iter().any(|it| it.kind == EngagementKind::Tutor),
        reads_figures: me.actor.as_reader_of_figures(cx.public.host.id).is_some(),
        assesses: holds(RelationshipKind::Assessor),
        manages: holds(RelationshipKind::LineManager),
        looks_after: me.actor.engagements().iter().any(|it| may_supervise(it.kind)),
        coordinates,
        vets,
        has_groups,
        runs_the_site: me.actor.as_founder(cx.public.host.id).is_some(),
        done: done(asks.text("done")),
    };
    let head = Head::new("Me", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <MePage shown/> }).await)
}

/// "Volunteer with Our college, which you have accepted, waits for the check that the role asks for."
async fn waiting(cx: &Cx, me: PersonId) -> Result<Vec<String>, TurnedAway> {
    let db = cx.site.db();
    let mut said = Vec::new();
    // Whoever waits mostly waits for one thing.
    for it in starts::waiting(db, Whose::Of(me), OF_ONE).await? {
        let gate = starts::gate(db, (it.organisation, me)).await?;
        let organisations = store::organisations::organisations(db, &[it.organisation]).await?;
        let labels = store::organisations::labels(db, &[it.organisation]).await?;
        let what = labels.word(it.organisation, it.offer.kind);
        let name = name_of(it.organisation, &organisations);
        let lacks = waits_for(cx, &it, &gate);
        said.push(match lacks.is_empty() {
            true => format!("{what} with {name}, which you have accepted, can begin. A coordinator there begins it."),
            false => format!(
                "{what} with {name}, which you have accepted, waits for {lacks}. It begins by itself once that is there, and nothing else is lost."
            ),
        });
    }
    Ok(said)
}

fn done(word: &str) -> Option<&'static str> {
    match word {
        "joined" => Some("You have accepted the invitation. What you are now stands below."),
        "about" => Some("What you told us about yourself is kept."),
        "access-needs" => Some("It is kept. Only those whom you ticked are told."),
        "away" => Some("The days you are away are kept. Nobody is told why."),
        "address" => Some("Your new e-mail address is kept. Sign in with it from now on."),
        _ => None,
    }
}

/// "Learner with Our college since 21 November 2026".
fn in_words(labels: &Labels, it: &Engagement, organisations: &[Organisation], today: NaiveDate) -> Said {
    let away = it.away.filter(|away| away.to.is_none_or(|to| to >= today)).map(|away| {
        let until =
            away.to.map_or_else(|| "until further notice".to_owned(), |it| format!("to {}", date(it)));
        format!("Away from {} {until}", date(away.from))
    });
    Said {
        id: it.id.to_string(),
        words: said(labels, it, today, Some(name_of(it.organisation, organisations))),
        away,
    }
}

fn name_of(id: OrganisationId, organisations: &[Organisation]) -> &str {
    organisations.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str())
}

#[component]
fn MePage(shown: Shown) -> impl IntoView {
    let Shown {
        known_as,
        pronouns,
        email,
        reach,
        engagements,
        waiting,
        administers,
        reads_needs,
        edits_courses,
        reads_plans,
        reads_figures,
        assesses,
        manages,
        looks_after,
        coordinates,
        vets,
        has_groups,
        runs_the_site,
        done,
    } = shown;
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Me"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <dl class="summary">
                <div><dt>"I am called"</dt><dd><bdi>{known_as}</bdi></dd></div>
                {(!pronouns.is_empty()).then(|| view! { <div><dt>"My pronouns"</dt><dd><bdi>{pronouns}</bdi></dd></div> })}
                <Reached reach/>
                <div><dt>"I sign in as"</dt><dd>{email}</dd></div>
            </dl>
            <p class="row"><a class="button quiet" href="/me/about">"Change this"</a><a href="/me/address">"Change my e-mail address"</a></p>
            <section class="stack" aria-labelledby="engagements">
                <h2 id="engagements">"What I am here"</h2>
                <ul role="list" class="stack">
                    {engagements.into_iter().map(|it| view! { <EngagementCard said=it/> }).collect_view()}
                    {waiting.into_iter().map(|it| view! { <li class="card"><p>{it}</p></li> }).collect_view()}
                </ul>
                <p class="soft">"Each organisation sees only what you are to it."</p>
            </section>
            {has_groups.then(|| view! { <p><a class="alone" href="/training/cohorts">"My groups"</a></p> })}
            {reads_needs.then(|| view! { <p><a class="alone" href="/access-needs">"What people need, who chose to tell me"</a></p> })}
            {edits_courses.then(|| view! { <p><a class="alone" href="/editing">"Courses in writing"</a></p> })}
            {coordinates
                .into_iter()
                .map(|it| view! { <p><a class="alone" href=format!("/training/at/{}", it.id)>"Training at "{it.name}</a></p> })
                .collect_view()}
            {vets
                .into_iter()
                .map(|it| view! { <p><a class="alone" href=format!("/training/at/{}/checks", it.id)>"Checks at "{it.name}</a></p> })
                .collect_view()}
            {reads_plans.then(|| view! { <p><a class="alone" href="/plans">"Plans that learners show me"</a></p> })}
            {reads_figures.then(|| view! { <p><a class="alone" href="/college/figures">"Figures of the college"</a></p> })}
            {assesses.then(|| view! { <p><a class="alone" href="/training/assessing">"Competences that I assess"</a></p> })}
            {manages.then(|| view! { <p><a class="alone" href="/training/managing">"Roles of the people I manage"</a></p> })}
            {looks_after.then(|| view! { <p><a class="alone" href="/training/looking-after">"Placements that I look after"</a></p> })}
            <Administers administers runs_the_site/>
            <section class="stack" aria-labelledby="more">
                <h2 id="more">"More of mine"</h2>
                <ul class="stack" role="list">
                    <li><a class="alone" href="/me/sign-ins">"Where I am signed in"</a></li>
                    <li><a class="alone" href="/me/reflections">"What I wrote after lessons"</a></li>
                    <li><a class="alone" href="/training/competences">"My competences"</a></li>
                    <li><a class="alone" href="/training/required">"What is required of me"</a></li>
                    <li><a class="alone" href="/training/roles">"My roles"</a></li>
                    <li><a class="alone" href="/training/placements">"My placements"</a></li>
                    <li><a class="alone" href="/supervision">"My supervision"</a></li>
                    <li><a class="alone" href="/me/access-needs">"What I need to take part"</a></li>
                    <li><a class="alone" href="/me/not-with">"People I would rather not be put with"</a></li>
                    <li><a class="alone" href="/me/log">"My log: what was done that is about me"</a></li>
                </ul>
            </section>
        </div>
    }
}

#[component]
fn Reached(reach: Option<Reach>) -> impl IntoView {
    let Reach { way, phone, note } =
        reach.unwrap_or(Reach { way: ReachWay::Email, phone: String::new(), note: String::new() });
    view! {
        <div><dt>"How to reach me"</dt><dd>{way.label()}</dd></div>
        {(!phone.is_empty()).then(|| view! { <div><dt>"My number"</dt><dd>{phone}</dd></div> })}
        {(!note.is_empty()).then(|| view! { <div><dt>"Bear in mind"</dt><dd><bdi>{note}</bdi></dd></div> })}
    }
}

#[component]
fn EngagementCard(said: Said) -> impl IntoView {
    view! {
        <li class="card stack">
            <p><b>{said.words}</b></p>
            {said.away.map(|it| view! { <p class="soft">{it}</p> })}
            <p><a class="alone" href=format!("/me/away/{}", said.id)>"Say when I am away"</a></p>
        </li>
    }
}

#[component]
fn Administers(administers: Vec<Organisation>, runs_the_site: bool) -> impl IntoView {
    (!administers.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="administers">
                <h2 id="administers">"What I look after"</h2>
                <ul class="stack" role="list">
                    {administers
                        .into_iter()
                        .map(|it| {
                            view! { <li><a class="alone" href=format!("/organisation/{}/people", it.id)>"People of "{it.name}</a></li> }
                        })
                        .collect_view()}
                    {runs_the_site
                        .then(|| {
                            view! {
                                <li><a class="alone" href="/organisations">"Organisations"</a></li>
                                <li><a class="alone" href="/jobs">"Work that got stuck"</a></li>
                            }
                        })}
                </ul>
            </section>
        }
    })
}
