//! How far people are in their group's programme, out of its registers and what came of it.

use std::sync::Arc;

use domain::people::PersonId;
use domain::training::attendance::{Attendance, Counted, Standing};
use domain::training::cohort::{CohortId, PlaceState};
use domain::training::register::{Marked, wants_a_call};
use leptos::prelude::*;
use store::content::Programme;
use store::training::cohorts::{Cohort, CohortSession};
use store::training::outcomes::Outcomes;
use store::training::registers::Marks;
use uuid::Uuid;

use super::super::cohorts::programme_of;
use crate::cx::Cx;
use crate::door::TurnedAway;

/// All that is known of how some people of a group are getting on.
pub(in crate::training) struct Known {
    pub(in crate::training) cohort: Cohort,
    pub(in crate::training) programme: Arc<Programme>,
    pub(in crate::training) sessions: Vec<CohortSession>,
    pub(in crate::training) marks: Marks,
    pub(in crate::training) outcomes: Outcomes,
    /// Courses that belong to the programme, each with its title; those that are no more are asked of nobody.
    pub(in crate::training) courses: Vec<(Uuid, String, String)>,
}

impl Known {
    /// About these people, or about one alone.
    pub(in crate::training) async fn of(
        cx: &Cx,
        cohort: Cohort,
        people: &[PersonId],
    ) -> Result<Self, TurnedAway> {
        let db = cx.site.db();
        let programme = programme_of(cx, &cohort).await?;
        let sessions = store::training::cohorts::sessions(db, cohort.id).await?;
        let marks = match people {
            [only] => store::training::registers::of_person(db, cohort.id, *only).await?,
            _ => store::training::registers::of_cohort(db, cohort.id).await?,
        };
        let courses = programme.outline.courses.iter().filter_map(|it| cx.public.course(it));
        let courses: Vec<_> =
            courses.map(|it| (it.id, it.course.slug.to_string(), it.course.outline.title.clone())).collect();
        let ids: Vec<_> = courses.iter().map(|it| it.0).collect();
        let outcomes = store::training::outcomes::of(db, cohort.id, people, &ids).await?;
        Ok(Self { cohort, programme, sessions, marks, outcomes, courses })
    }

    /// What is marked of somebody at a session.
    pub(in crate::training) fn marked(&self, session: &CohortSession, person: PersonId) -> Option<Marked> {
        self.marks.get(&session.id)?.get(&person).copied()
    }

    /// What a session is called.
    pub(in crate::training) fn title(&self, session: &CohortSession) -> String {
        self.programme.session(&session.slug).map(|it| it.1.title.clone()).unwrap_or_default()
    }

    /// How far somebody is.
    pub(in crate::training) fn standing(&self, person: PersonId) -> Standing {
        let counted = self.sessions.iter().map(|it| Counted {
            minutes: it.held.minutes,
            is_held: it.was_held(),
            is_off: it.held.is_off,
            marked: self.marked(it, person),
        });
        let handed_in = self.outcomes.handed_in.get(&person);
        let assignments = &self.programme.outline.assignments;
        let is_in = |it: &&domain::training::programme::Assignment| {
            handed_in.is_some_and(|all| all.contains(&it.slug))
        };
        let finished = self.outcomes.finished.get(&person).map_or(0, std::collections::BTreeSet::len);
        Standing {
            attendance: Attendance::of(counted),
            least_percent: self.outcomes.least_percent(person, self.cohort.terms.least_percent),
            assignments: (assignments.len(), assignments.iter().filter(is_in).count()),
            courses: (self.courses.len(), finished),
        }
    }

    /// How somebody is getting on.
    pub(in crate::training) fn of_one(&self, (person, state): (PersonId, PlaceState), name: String) -> OfOne {
        OfOne {
            person,
            name,
            state,
            standing: self.standing(person),
            wants_a_call: state == PlaceState::Here && self.wants_a_call(person),
            is_accredited: self.outcomes.accredited.contains_key(&person),
        }
    }

    /// Whether a friendly call is due.
    pub(in crate::training) fn wants_a_call(&self, person: PersonId) -> bool {
        let mut held: Vec<_> = self.sessions.iter().filter(|it| it.was_held()).collect();
        held.sort_by_key(|it| (it.held.on, it.place.begins));
        wants_a_call(&held.into_iter().filter_map(|it| self.marked(it, person)).collect::<Vec<_>>())
    }
}

/// How one person of a group is getting on.
pub(in crate::training) struct OfOne {
    pub(in crate::training) person: PersonId,
    pub(in crate::training) name: String,
    pub(in crate::training) state: PlaceState,
    pub(in crate::training) standing: Standing,
    pub(in crate::training) wants_a_call: bool,
    is_accredited: bool,
}

/// The head of their row.
pub(in crate::training) fn who(group: CohortId, one: &OfOne) -> impl IntoView + use<> {
    let (name, state, wants_a_call) = (one.name.clone(), one.state, one.wants_a_call);
    let href = format!("/training/cohorts/{group}/people/{}", one.person);
    view! {
        <th scope="row">
            <a class="alone" href=href><bdi>{name}</bdi></a>
            {(state != PlaceState::Here).then(|| view! { " "<span class="tag">{state.label()}</span> })}
            {wants_a_call.then(|| view! { " "<span class="tag wait">"Ring them"</span> })}
        </th>
    }
}

/// Whether they have completed the programme.
pub(in crate::training) fn completed(one: &OfOne) -> impl IntoView + use<> {
    let said = if one.standing.completed().is_ok() { "Yes" } else { "Not yet" };
    view! { <td data-label="Completed"><span>{said}{one.is_accredited.then_some(", accredited")}</span></td> }
}
