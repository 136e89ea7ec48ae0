//! What people wrote about a course, of those who were counted together: five at least.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::feedback::Asked;
use domain::course::term::Term;
use leptos::prelude::*;

use super::{capital, span};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::permits::ReadsFigures;
use crate::ui::shell::{Area, Head};

/// On a page of each question. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 30;

/// What was written for one question.
struct Written {
    asked: Asked,
    words: Vec<String>,
    /// Where it goes on.
    next: Option<String>,
    /// There is something before it.
    goes_on: bool,
}

/// GET /college/figures/{slug}/{term}
pub(crate) async fn show(
    cx: Cx,
    _: ReadsFigures,
    At((slug, term)): At<(Slug, String)>,
    Asks(asks): Asks,
) -> Answer {
    let published = cx.public.course(&slug).ok_or(TurnedAway::NotFound)?;
    let term = Term::parse(&term).ok_or(TurnedAway::NotFound)?;
    let rounds = store::figures::rounds(cx.site.db(), Some(term)).await?;
    let round = rounds.into_iter().find(|it| it.course == published.id).ok_or(TurnedAway::NotFound)?;
    let mut written = Vec::new();
    for asked in Asked::ALL {
        let after = asks.text(asked.as_str()).parse().ok();
        let limit = A_PAGE as u64 + 1;
        let mut words =
            store::figures::words(cx.site.db(), (published.id, term), asked, after, limit).await?;
        let is_more = words.len() > A_PAGE;
        words.truncate(A_PAGE);
        let next = words.last().filter(|_| is_more).map(|it| format!("?{}={}", asked.as_str(), it.0));
        let words = words.into_iter().map(|it| it.1).collect();
        written.push(Written { asked, words, next, goes_on: after.is_some() });
    }
    let (title, given) = (published.course.outline.title.clone(), span(&round));
    let (answers, back) = (round.counted.answers(), format!("/college/figures?term={}", term.spelled()));
    let head = Head::new("Figures of the college, what people wrote", Area::Me);
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href=back>"Figures, "{capital(term)}</a></p>
                <h1>"What people wrote about "{title}</h1>
                <p class="lead">"By some of the "{answers}" people who said something "{given}"."</p>
                <p>"Chance decides the order. What somebody wrote to one question does not stand beside what they wrote to the other. Please do not try to find out whose words they are."</p>
                {written.into_iter().map(|written| view! { <WrittenTo written/> }).collect_view()}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

#[component]
fn WrittenTo(written: Written) -> impl IntoView {
    let Written { asked, words, next, goes_on } = written;
    let none = match (words.is_empty(), goes_on) {
        (false, _) => None,
        (true, true) => Some("That was all."),
        (true, false) => Some("Nobody wrote anything, or took it back."),
    };
    view! {
        <section class="stack" aria-labelledby=asked.as_str()>
            <h2 id=asked.as_str()>{asked.asks()}</h2>
            {none.map(|it| view! { <p>{it}</p> })}
            <ul role="list" class="stack">
                {words.into_iter().map(|it| view! { <li class="card typed"><bdi>{it}</bdi></li> }).collect_view()}
            </ul>
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more"</a></p> })}
        </section>
    }
}
