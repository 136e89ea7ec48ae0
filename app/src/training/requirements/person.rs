//! One person, and how they stand with all that the organisation requires of them.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::training::requirement::{Requirement, Standing};
use leptos::prelude::*;
use store::organisations::Colleague;
use store::training::matrix::Known;
use store::training::{records, requirements};

use super::super::stands::{self, Stands};
use crate::cx::Cx;
use crate::door::Answer;
use crate::permits::RequiredOf;
use crate::permits::rounds::base as training;
use crate::ui::shell::{Area, Head};

/// GET /training/at/{organisation}/people/{person}/required
pub(crate) async fn show(cx: Cx, at: RequiredOf) -> Answer {
    let RequiredOf { here, person } = at;
    let (db, organisation, today) = (cx.site.db(), here.organisation.id, cx.today());
    let all = requirements::of(db, organisation).await?;
    let notes = records::about(db, organisation, &[person.id]).await?;
    let known = Known::of(&notes);
    let stands = |it: Requirement| (known.standing(&person, &it, today), it);
    let (asked, others): (Vec<_>, Vec<_>) = all.into_iter().map(stands).partition(|it| it.0.is_some());
    let others: Vec<_> = others.into_iter().map(|it| it.1).collect();
    let up = training(organisation);
    let head = Head::new("One person", Area::Me);
    let page = move || view! { <PersonPage up person asked others today/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

#[component]
fn PersonPage(
    up: String,
    person: Colleague,
    asked: Vec<(Option<Standing>, Requirement)>,
    others: Vec<Requirement>,
    today: NaiveDate,
) -> impl IntoView {
    let here = format!("{up}/people/{}/required", person.id);
    let none = asked.is_empty();
    let has_others = !others.is_empty();
    let line = |(standing, it): (Option<Standing>, Requirement)| {
        let href = format!("{here}/{}", it.id);
        let title = stands::called(&it, today);
        let rule = it.now_or_first(today).map(|it| it.rule.clone());
        let more = standing.zip(rule).map(|(it, rule)| stands::more(&it, &rule)).unwrap_or_default();
        view! {
            <li class="card stack">
                <h2><a class="alone" href=href>{title}</a></h2>
                {standing.map(|standing| view! { <p><Stands standing/></p> })}
                {(!more.is_empty()).then(|| view! { <p>{more}</p> })}
            </li>
        }
    };
    let other = |it: Requirement| {
        let href = format!("{here}/{}", it.id);
        view! { <li><a class="crumb" href=href>{stands::called(&it, today)}</a></li> }
    };
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=format!("{up}/matrix")>"Who has what"</a></p>
            <h1><bdi>{person.known_as.clone()}</bdi></h1>
            {none.then(|| view! { <p>"Nothing is required of them today."</p> })}
            {(!none).then(|| view! { <ul role="list" class="stack">{asked.into_iter().map(line).collect_view()}</ul> })}
            {has_others.then(|| view! {
                <details>
                    <summary>"Not asked of them"</summary>
                    <ul role="list">{others.into_iter().map(other).collect_view()}</ul>
                </details>
            })}
        </div>
    }
}
