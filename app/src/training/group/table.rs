//! The whole group, for whoever keeps its register: who is how far, whom to ring, and the registers.

use axum::http::StatusCode;
use domain::people::{PersonId, filed};
use domain::training::cohort::{CohortId, PlaceState, has_tutors_enough};
use leptos::prelude::*;
use store::training::cohorts::{Cohort, CohortSession};

use super::standing::{Known, OfOne, completed, who};
use super::{SessionRow, SessionsTable};
use crate::called::names;
use crate::cx::Cx;
use crate::door::Answer;
use crate::form::Typed;
use crate::ui::shell::{Area, Head};
use crate::ui::words::list;

pub(super) async fn show(cx: &Cx, cohort: Cohort, asks: &Typed) -> Answer {
    let members = store::training::places::members(cx.site.db(), cohort.id).await?;
    let people: Vec<_> = members.iter().map(|it| it.person).collect();
    let known = Known::of(cx, cohort, &people).await?;
    let names = names(cx, &people).await?;
    let row = |it: (PersonId, PlaceState)| known.of_one(it, names.get(&it.0).cloned().unwrap_or_default());
    let mut rows: Vec<_> = members.into_iter().map(|it| row((it.person, it.state))).collect();
    rows.sort_by_cached_key(|it| (it.state, filed(&it.name), it.person));
    let done = (asks.text("done") == "register").then_some("The register is kept, all of it.");
    let head = Head::new("A group", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <TablePage known rows done/> }).await)
}

#[component]
fn TablePage(known: Known, rows: Vec<OfOne>, done: Option<&'static str>) -> impl IntoView {
    let here = format!("/training/cohorts/{}", known.cohort.id);
    let calls: Vec<_> = rows.iter().filter(|it| it.wants_a_call).map(|it| it.name.clone()).collect();
    let nobody = rows.is_empty();
    let register = |it: &CohortSession| {
        let path = format!("{here}/sessions/{}/register", it.id);
        let title = format!("{}. {}", it.position, known.title(it));
        let title = view! { <a class="alone" href=path>{title}</a> }.into_any();
        view! { <SessionRow title session=it.clone() said=kept(it)/> }.into_any()
    };
    let sessions: Vec<_> = known.sessions.iter().map(register).collect();
    let rows: Vec<_> = rows.iter().map(|it| row(known.cohort.id, it)).collect();
    view! {
        <div class="wrap stack">
            <p><a class="crumb" href="/training/cohorts">"My groups"</a></p>
            <h1><bdi>{known.cohort.terms.name.clone()}</bdi></h1>
            <p class="lead">{known.programme.outline.title.clone()}</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {(!calls.is_empty()).then(|| view! {
                <p class="notice care">"A friendly call would be good: we have twice not heard from "<bdi>{list(&calls)}</bdi>". Ask how they are. Their place stays theirs."</p>
            })}
            <section class="stack" aria-labelledby="people">
                <h2 id="people">"How people are getting on"</h2>
                {nobody.then(|| view! { <p>"Nobody has a place yet."</p> })}
                {(!nobody).then(|| view! {
                    <table class="cards">
                        <caption class="hidden">"How people are getting on"</caption>
                        <thead><tr>
                            <th scope="col">"Who"</th><th scope="col">"So far"</th><th scope="col">"Of all"</th>
                            <th scope="col">"Work"</th><th scope="col">"Lessons"</th><th scope="col">"Completed"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                    <p class="soft">"So far: of 100 minutes that were held. Of all: of 100 minutes of the whole programme. What somebody has caught up on counts in both."</p>
                })}
            </section>
            <section class="stack" aria-labelledby="registers">
                <h2 id="registers">"Registers"</h2>
                <SessionsTable caption="Registers" rows=sessions/>
            </section>
        </div>
    }
}

fn row(group: CohortId, one: &OfOne) -> impl IntoView + use<> {
    let percent = |it: Option<u32>| it.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let (standing, attendance) = (one.standing, one.standing.attendance);
    let of = |(all, done): (usize, usize)| format!("{done} of {all}");
    view! {
        <tr>
            {who(group, one)}
            <td data-label="So far">{percent(attendance.percent_so_far())}</td>
            <td data-label="Of all"><span>{percent(attendance.percent_of_all())}", of "{standing.least_percent}" asked"</span></td>
            <td data-label="Work">{of(standing.assignments)}</td>
            <td data-label="Lessons">{of(standing.courses)}</td>
            {completed(one)}
        </tr>
    }
}

/// What is said of the register of a session.
fn kept(session: &CohortSession) -> AnyView {
    let register = match (session.held.is_off, session.register) {
        (true, _) => "Does not take place",
        (false, 0) => "Not kept yet",
        (false, _) if session.was_held() => "Kept",
        (false, _) => "Begun",
    };
    let few = !session.held.is_off && !has_tutors_enough(session.tutors.len());
    let few = few.then(|| view! { " "<span class="tag wait">"Fewer than two tutors"</span> });
    view! { <span>{register}{few}</span> }.into_any()
}
