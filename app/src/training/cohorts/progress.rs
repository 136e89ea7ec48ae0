//! How everybody of a group is getting on: attendance, competences, and what falls due. However many people there are,
//! it asks the database as often.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{OrganisationId, PersonId, filed};
use domain::training::cohort::{CohortId, PlaceState, covered};
use domain::training::framework::Competence;
use domain::training::judgement::{State, together::offered};
use domain::training::requirement::{Requirement, Standing as Required, State as Due};
use leptos::prelude::*;
use store::organisations::Colleague;
use store::training::cohorts::Cohort;
use store::training::frameworks::Framework;
use store::training::judgements::together::{Standings, standings_of};
use store::training::{cohort_framework, frameworks, matrix, requirements};

use super::framework::named_by;
use super::{found, path};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::permits::CoordinatesTrainingHere;
use crate::training::competences::grid::{Grid, IN_GRID};
use crate::training::group::{Known, OfOne, completed, who};
use crate::training::stands;
use crate::ui::shell::{Area, Head};

/// One person.
struct Row {
    one: OfOne,
    /// What is required of them and runs out, is missing or over: what it is called, and how they stand.
    due: Vec<(String, Required)>,
    achieved: usize,
    /// Competences that wait for a judgement.
    waiting: usize,
}

/// What a group works with, and how far everybody is.
pub(in crate::training) struct Competences {
    pub(in crate::training) framework: Framework,
    /// Those that are shown: what the programme covers, or all of them.
    pub(in crate::training) shown: Vec<Competence>,
    /// Whether there are others.
    there_is_more: bool,
    standings: Standings,
}

impl Competences {
    /// Three questions; nothing if the group works with no framework.
    pub(in crate::training) async fn of(
        cx: &Cx,
        (known, people): (&Known, &[PersonId]),
        everything: bool,
    ) -> Result<Option<Self>, TurnedAway> {
        let db = cx.site.db();
        let Some(framework) = cohort_framework::framework_of(db, known.cohort.id).await? else {
            return Ok(None);
        };
        let mut shown = frameworks::competences(db, framework.id, framework.version).await?;
        let numbers = known.programme.sessions.iter().flat_map(|it| &it.competences);
        // The numbers of another framework mean other things.
        let codes = match named_by(cx, &known.programme) == Some(framework.title.as_str()) {
            true => covered(numbers, &shown),
            false => Vec::new(),
        };
        let there_is_more = !everything && !codes.is_empty() && codes.len() < shown.len();
        if there_is_more {
            shown.retain(|it| codes.contains(&it.code));
        }
        let standings = standings_of(db, people, framework.id).await?;
        Ok(Some(Self { framework, shown, there_is_more, standings }))
    }

    /// How somebody stands with each that is shown.
    pub(in crate::training) fn of_person(&self, person: PersonId) -> impl Iterator<Item = Option<State>> {
        let key = move |it: &Competence| (person, it.code.as_str().to_owned());
        self.shown.iter().map(move |it| self.standings.get(&key(it)).map(|it| it.state))
    }
}

/// What the page shows.
struct Shown {
    cohort: Cohort,
    rows: Vec<Row>,
    competences: Option<Competences>,
    everything: bool,
    /// From which competence on, counted from none.
    from: usize,
}

/// GET /training/at/{organisation}/cohorts/{cohort}/progress
pub(crate) async fn show(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, CohortId)>,
    Asks(asks): Asks,
) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let mut members = store::training::places::members(cx.site.db(), id).await?;
    members.retain(|it| it.state.holds_a_place());
    let people: Vec<_> = members.iter().map(|it| it.person).collect();
    let known = Known::of(&cx, cohort.clone(), &people).await?;
    let everything = !asks.text("everything").is_empty();
    let competences = Competences::of(&cx, (&known, &people), everything).await?;
    let required = required(&cx, &cohort, &people).await?;
    let row = |(person, state): (PersonId, PlaceState)| {
        let states = || competences.iter().flat_map(|it| it.of_person(person));
        let (name, due) = required.get(&person).cloned().unwrap_or_default();
        Row {
            one: known.of_one((person, state), name),
            due,
            achieved: states().filter(|it| *it == Some(State::Achieved)).count(),
            waiting: states().filter(|it| !offered(*it).is_empty()).count(),
        }
    };
    let mut rows: Vec<_> = members.into_iter().map(|it| row((it.person, it.state))).collect();
    rows.sort_by_cached_key(|it| (it.one.state, filed(&it.one.name), it.one.person));
    let from = asks.text("from").parse().unwrap_or(0);
    let shown = Shown { cohort, rows, competences, everything, from };
    let head = Head::new("How a group is getting on", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ProgressPage shown/> }).await)
}

/// What these people are called, and what of what is required of them asks for something.
async fn required(
    cx: &Cx,
    cohort: &Cohort,
    people: &[PersonId],
) -> Result<BTreeMap<PersonId, (String, Vec<(String, Required)>)>, TurnedAway> {
    let (db, today) = (cx.site.db(), cx.today());
    let ids: Vec<_> = people.iter().map(|it| it.as_uuid()).collect();
    let colleagues = store::organisations::colleagues(db, cohort.organisation, &ids, today).await?;
    let all = requirements::of(db, cohort.organisation).await?;
    let all: Vec<Requirement> = all.into_iter().filter(|it| it.is_asked(today)).collect();
    let known = matrix::known(db, cohort.organisation, people).await?;
    let due = |who: &Colleague| {
        let cells = known.standings(who, &all, today);
        let asks = |it: &Required| {
            matches!(it.state(), Due::DueSoon | Due::Overdue | Due::Missing | Due::PartDone | Due::Booked)
        };
        let cells = all.iter().zip(cells).filter_map(|(it, cell)| Some((it, cell.filter(asks)?)));
        cells.map(|(it, cell)| (stands::called(it, today), cell)).collect()
    };
    Ok(colleagues.into_iter().map(|it| (it.id, (it.known_as.clone(), due(&it)))).collect())
}

#[component]
fn ProgressPage(shown: Shown) -> impl IntoView {
    let Shown { cohort, rows, competences, everything, from } = shown;
    let here = path(&cohort);
    let (nobody, few) = (rows.is_empty(), competences.as_ref().map(|it| it.shown.len()));
    let people: Vec<_> = rows.iter().map(|it| (it.one.person, it.one.name.clone())).collect();
    let organisation = cohort.organisation;
    let row = |row: Row| view! { <PersonRow group=cohort.id organisation row few/> };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    let progress = format!("{here}/progress");
    view! {
        <div class="wrap stack">
            <p><a class="crumb" href=here.clone()><bdi>{cohort.terms.name.clone()}</bdi></a></p>
            <h1>"How everybody is getting on"</h1>
            <p class="lead">"What people have done, what is missing, and what falls due. Those who have left are not here."</p>
            <p class="row"><a class="button quiet" href=format!("{here}/figures")>"Figures without names"</a>
                <a href=format!("{here}/competences")>"What the group works with"</a></p>
            {nobody.then(|| view! { <p>"Nobody has a place yet."</p> })}
            {(!nobody).then(|| view! {
                <table class="cards">
                    <caption class="hidden">"How everybody is getting on"</caption>
                    <thead><tr>
                        <th scope="col">"Who"</th><th scope="col">"There so far"</th><th scope="col">"Work"</th><th scope="col">"Lessons"</th>
                        {few.map(|_| view! { <th scope="col">"Competences"</th> })}
                        <th scope="col">"Falls due"</th><th scope="col">"Completed"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <p class="soft">"There so far: of 100 minutes that were held, what was caught up on included."</p>
            })}
            {competences.filter(|_| !nobody).map(|it| view! { <Far competences=it people path=progress everything from/> })}
        </div>
    }
}

#[component]
fn PersonRow(
    group: CohortId,
    organisation: OrganisationId,
    row: Row,
    /// How many competences are shown.
    few: Option<usize>,
) -> impl IntoView {
    let Row { one, due, achieved, waiting } = row;
    let standing = one.standing;
    let so_far = standing.attendance.percent_so_far().map_or_else(|| "–".to_owned(), |it| it.to_string());
    let of = |(all, done): (usize, usize)| format!("{done} of {all}");
    let required = format!("/training/at/{organisation}/people/{}/required", one.person);
    let nothing = due.is_empty();
    let due = due.into_iter().map(|(title, it)| {
        view! { <li>{title}" "<span class=stands::class(it.state())>{it.state().label()}</span>" "<small>{stands::shortly(&it)}</small></li> }
    });
    view! {
        <tr>
            {who(group, &one)}
            <td data-label="There so far"><span>{so_far}", of "{standing.least_percent}" asked"</span></td>
            <td data-label="Work">{of(standing.assignments)}</td>
            <td data-label="Lessons">{of(standing.courses)}</td>
            {few.map(|few| view! {
                <td data-label="Competences"><span>{achieved}" of "{few}{(waiting > 0).then(|| view! { " "<span class="tag wait">{waiting}" waiting"</span> })}</span></td>
            })}
            <td data-label="Falls due">
                {nothing.then_some("Nothing")}
                {(!nothing).then(|| view! { <span><ul role="list">{due.collect_view()}</ul><a href=required>"All that is required"</a></span> })}
            </td>
            {completed(&one)}
        </tr>
    }
}

/// How far everybody is with each competence.
#[component]
fn Far(
    competences: Competences,
    people: Vec<(PersonId, String)>,
    path: String,
    everything: bool,
    from: usize,
) -> impl IntoView {
    let Competences { framework, shown, there_is_more, standings } = competences;
    let from = from.min(shown.len());
    let all = shown.len();
    let shown: Vec<_> = shown.into_iter().skip(from).take(IN_GRID).collect();
    let to = from + shown.len();
    let more = if everything { "everything=yes&" } else { "" };
    let next = (to < all).then(|| format!("{path}?{more}from={to}"));
    let before = there_is_more.then(|| {
        view! {
            <p>"These are the ones that the programme covers. "<a href=format!("{path}?everything=yes")>"Show all of the framework"</a></p>
        }
        .into_any()
    });
    let title = format!("Competences: {}", framework.title);
    view! {
        <Grid title people shown standings before/>
        {next.map(|it| view! { <p><a class="button quiet" href=it>"Show the next ones"</a></p> })}
    }
}
