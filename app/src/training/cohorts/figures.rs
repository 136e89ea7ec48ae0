//! A group in figures, without a name: how it was there at each session, where its people are, and how far they are
//! with what they work with.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::few::{FEWEST, Share, share};
use domain::people::{OrganisationId, PersonId};
use domain::training::attendance::Counted;
use domain::training::cohort::CohortId;
use domain::training::cohort::figures::{WHERE, people, there};
use domain::training::judgement::State;
use leptos::prelude::*;
use store::training::cohorts::CohortSession;

use super::progress::Competences;
use super::{found, path};
use crate::cx::Cx;
use crate::door::{Answer, At};
use crate::permits::CoordinatesTrainingHere;
use crate::training::group::Known;
use crate::ui::chart::bars::{BarChart, Period};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// What the page shows.
struct Shown {
    name: String,
    programme: String,
    path: String,
    today: String,
    /// The sessions of which a share can be told.
    sessions: Vec<Period>,
    /// How many were held of which none can be.
    kept_back: usize,
    people: [Option<u32>; WHERE.len()],
    /// The parts of the framework, each with its share; none where it is kept back.
    areas: Vec<(String, Option<Share>)>,
}

/// GET /training/at/{organisation}/cohorts/{cohort}/figures
pub(crate) async fn show(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, CohortId)>,
) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let members = store::training::places::members(cx.site.db(), id).await?;
    let all: Vec<_> = members.iter().map(|it| it.person).collect();
    let known = Known::of(&cx, cohort.clone(), &all).await?;
    let held: Vec<_> = known.sessions.iter().filter(|it| it.was_held() && !it.held.is_off).collect();
    let sessions: Vec<_> = held.iter().filter_map(|it| session(&known, it, &all)).collect();
    let staying = members.iter().filter(|it| it.state.holds_a_place()).map(|it| it.person);
    let staying: Vec<_> = staying.collect();
    let competences = Competences::of(&cx, (&known, &staying), false).await?;
    let shown = Shown {
        name: cohort.terms.name.clone(),
        programme: known.programme.outline.title.clone(),
        path: path(&cohort),
        today: date(cx.today()),
        kept_back: held.len() - sessions.len(),
        sessions,
        people: people(members.iter().map(|it| (it.state, known.standing(it.person).completed().is_ok()))),
        areas: competences.map(|it| areas(&it, &staying)).unwrap_or_default(),
    };
    let head = Head::new("Figures of a group", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <FiguresPage shown/> }).await)
}

/// How the group was there at a session.
fn session(known: &Known, session: &CohortSession, all: &[PersonId]) -> Option<Period> {
    let counted = all.iter().map(|it| Counted {
        minutes: session.held.minutes,
        is_held: true,
        is_off: false,
        marked: known.marked(session, *it),
    });
    let shares = there(counted)?.map(|it| u32::from(it.of_a_hundred()));
    // What it is called would not fit beside its bars on a phone.
    Some((format!("Session {}, {}", session.position, date(session.held.on)), shares))
}

/// Of all that people could have achieved in each part of the framework, what they have.
fn areas(competences: &Competences, people: &[PersonId]) -> Vec<(String, Option<Share>)> {
    let mut areas: Vec<(&str, [u64; 2])> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for it in &competences.shown {
        at.entry(&it.domain).or_insert_with(|| {
            areas.push((&it.domain, [0, 0]));
            areas.len() - 1
        });
    }
    for person in people {
        for (it, state) in competences.shown.iter().zip(competences.of_person(*person)) {
            let area = &mut areas[at[it.domain.as_str()]].1;
            area[0] += u64::from(state == Some(State::Achieved));
            area[1] += 1;
        }
    }
    let how_many = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let area = |(domain, [part, whole]): (&str, [u64; 2])| {
        let domain = if domain.is_empty() { "All of it" } else { domain };
        (domain.to_owned(), share(how_many, (part, whole)))
    };
    areas.into_iter().map(area).collect()
}

#[component]
fn FiguresPage(shown: Shown) -> impl IntoView {
    let Shown { name, programme, path, today, sessions, kept_back, people, areas } = shown;
    let tells = sessions.last().map(|(name, [there, counts])| {
        format!(
            "At the latest one, {name}: there {there} in 100 minutes, {counts} with what was caught up on."
        )
    });
    let (no_session, no_area) = (sessions.is_empty(), areas.is_empty());
    let no_share = areas.iter().all(|it| it.1.is_none());
    let all_kept_back = people.iter().all(Option::is_none);
    let number = |(label, number): (&'static str, Option<u32>)| {
        let number = number.map_or_else(|| "Not shown".to_owned(), |it| it.to_string());
        view! { <div><dt>{label}</dt><dd>{number}</dd></div> }
    };
    let area = |(title, share): (String, Option<Share>)| {
        let said = match share.map(Share::of_a_hundred) {
            None => "Not shown".to_owned(),
            Some(0) => "Hardly any yet".to_owned(),
            Some(share) => format!("About {share} in 100"),
        };
        view! { <div><dt>{title}</dt><dd>{said}</dd></div> }
    };
    view! {
        <div class="wrap reading plan stack">
            <p class="on-screen"><a class="crumb" href=format!("{path}/progress")>"How everybody is getting on"</a></p>
            <h1><bdi>{name}</bdi>" in figures"</h1>
            <p class="lead">{programme}", on "{today}". There are no names here, and no number from which fewer than "{FEWEST}" people follow. Shares are rounded to 5 in 100."</p>
            <section class="stack" aria-labelledby="there">
                <h2 id="there">"How much of each session people were there for"</h2>
                {no_session.then(|| view! { <p>"No session can be shown yet: one can when at least five people are marked in its register."</p> })}
                {(!no_session).then(|| view! {
                    <BarChart
                        id="sessions".to_owned()
                        caption="Of 100 minutes, how many people were there for, and how many with what they caught up on".to_owned()
                        tells=tells.unwrap_or_default()
                        columns=["Session", "There", "In all, with catching up"]
                        words=["there", "in all"]
                        periods=sessions
                    />
                })}
                {(kept_back > 0 && !no_session).then(|| view! { <p class="soft">{kept_back}" more held. Fewer than five people are marked there, so they are not shown."</p> })}
            </section>
            <section class="stack" aria-labelledby="people">
                <h2 id="people">"Where people are"</h2>
                {all_kept_back.then(|| view! { <p>"No number can be shown: in so small a group the others would follow from it."</p> })}
                {(!all_kept_back).then(|| view! { <dl class="summary">{WHERE.into_iter().zip(people).map(number).collect_view()}</dl> })}
            </section>
            {(!no_area).then(|| view! {
                <section class="stack" aria-labelledby="areas">
                    <h2 id="areas">"Competences that have been achieved"</h2>
                    {no_share.then(|| view! { <p>"No share can be shown: there are fewer than five people."</p> })}
                    {(!no_share).then(|| view! { <dl class="summary">{areas.into_iter().map(area).collect_view()}</dl> })}
                </section>
            })}
        </div>
    }
}
