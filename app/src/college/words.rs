//! What people wrote about a course, of those who were counted together: five at least.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::feedback::Asked;
use domain::course::term::Term;
use leptos::prelude::*;
use store::courses::Published;
use store::figures::Round;

use super::{capital, span};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::permits::ReadsFigures;
use crate::ui::shell::{Area, Head};

/// On a page of each question. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 30;

/// So many characters tell a link from the next one.
const BEGINS: usize = 40;

/// What was written for one question.
struct Written {
    asked: Asked,
    /// Each with where it can be taken out.
    words: Vec<(String, String)>,
    /// Where it goes on.
    next: Option<String>,
    /// There is something before it.
    goes_on: bool,
}

/// A count in which people wrote something.
pub(super) struct Count {
    pub(super) published: Published,
    pub(super) term: Term,
    pub(super) round: Round,
}

impl Count {
    /// The one of a course that a path names, when the term was over.
    pub(super) async fn of(cx: &Cx, slug: &Slug, term: &str) -> Result<Self, TurnedAway> {
        let published = cx.public.course(slug).cloned().ok_or(TurnedAway::NotFound)?;
        let term = Term::parse(term).ok_or(TurnedAway::NotFound)?;
        let rounds = store::figures::rounds(cx.site.db(), Some(term)).await?;
        let round = rounds.into_iter().find(|it| it.course == published.id).ok_or(TurnedAway::NotFound)?;
        Ok(Self { published, term, round })
    }
}

/// Where what was written is read.
pub(super) fn place(slug: &Slug, term: Term) -> String {
    format!("/college/figures/{slug}/{}", term.spelled())
}

/// GET /college/figures/{slug}/{term}
pub(crate) async fn show(
    cx: Cx,
    _: ReadsFigures,
    At((slug, term)): At<(Slug, String)>,
    Asks(asks): Asks,
) -> Answer {
    let Count { published, term, round } = Count::of(&cx, &slug, &term).await?;
    let done = match asks.text("done") {
        "out" => Some("It is taken out, for good."),
        "gone" => Some("It was not there any more."),
        _ => None,
    };
    let mut written = Vec::new();
    for asked in Asked::ALL {
        let after = asks.text(asked.as_str()).parse().ok();
        let limit = A_PAGE as u64 + 1;
        let mut words =
            store::figures::words(cx.site.db(), (published.id, term), asked, after, limit).await?;
        let is_more = words.len() > A_PAGE;
        words.truncate(A_PAGE);
        let next = words.last().filter(|_| is_more).map(|it| format!("?{}={}", asked.as_str(), it.0));
        let place = |at| format!("{}/{}/{at}", place(&slug, term), asked.as_str());
        let words = words.into_iter().map(|(at, it)| (it, place(at))).collect();
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
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"By some of the "{answers}" people who said something "{given}"."</p>
                <p>"Chance decides the order. What somebody wrote to one question does not stand beside what they wrote to the other. Please do not try to find out whose words they are."</p>
                <p>"If something names a person or tells who somebody is, take it out: it is deleted then. What is hard to hear may stay."</p>
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
        (true, false) => Some(
            "There is nothing to read here. Nobody wrote anything, or what they wrote was taken back or taken out.",
        ),
    };
    view! {
        <section class="stack" aria-labelledby=asked.as_str()>
            <h2 id=asked.as_str()>{asked.asks()}</h2>
            {none.map(|it| view! { <p>{it}</p> })}
            <ul role="list" class="stack">
                {words.into_iter().map(|(words, out)| view! { <Words words out/> }).collect_view()}
            </ul>
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more"</a></p> })}
        </section>
    }
}

#[component]
fn Words(words: String, out: String) -> impl IntoView {
    let begins: String = words.chars().take(BEGINS).collect();
    let label = format!("Take it out: {begins}");
    view! {
        <li class="card stack">
            <p class="typed"><bdi>{words}</bdi></p>
            <p><a class="alone" href=out aria-label=label>"Take it out"</a></p>
        </li>
    }
}
