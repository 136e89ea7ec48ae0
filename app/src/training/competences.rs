//! My competences: what I have, what is on its way, what is missing, and what would count.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use domain::course::Slug;
use domain::people::PersonId;
use domain::training::framework::{Competence, FrameworkId};
use domain::training::judgement::State;
use leptos::prelude::*;
use store::training::frameworks::{self, Framework};
use store::training::judgements::{self, Standing};

use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::Typed;
use crate::permits::SignedIn;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

pub(crate) mod add;
pub(crate) mod ask;
pub(crate) mod file;
pub(super) mod grid;
pub(crate) mod one;
pub(crate) mod view;

/// Where everything of mine is.
pub(crate) const MINE: &str = "/training/competences";

/// One framework, and how far its owner is with it.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    pub(crate) framework: Framework,
    pub(crate) items: Vec<Item>,
}

/// One competence, and how far its owner is.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) competence: Competence,
    pub(crate) standing: Option<Standing>,
    /// Pieces of evidence, finished courses included.
    pub(crate) pieces: usize,
}

impl Progress {
    /// How far somebody is with a framework.
    pub(crate) async fn of(cx: &Cx, person: PersonId, framework: Framework) -> Result<Self, TurnedAway> {
        let db = cx.site.db();
        let competences = frameworks::competences(db, framework.id, framework.version).await?;
        let mut standings = judgements::standings(db, person, framework.id).await?;
        let mut pieces = store::training::evidence::counts(db, person, framework.id).await?;
        let finished = finished(cx, person).await?;
        let item = |competence: Competence| {
            let code = competence.code.as_str();
            let courses = competence.courses.iter().filter(|it| finished.contains(it)).count();
            let pieces = pieces.remove(code).unwrap_or_default() + courses;
            Item { standing: standings.remove(code), pieces, competence }
        };
        let mut items: Vec<_> = competences.into_iter().map(item).collect();
        items.extend(earlier(cx, &framework, standings).await?);
        Ok(Self { framework, items })
    }
}

/// What somebody began under an earlier version and is in the latest no more.
async fn earlier(
    cx: &Cx,
    framework: &Framework,
    mut left: BTreeMap<String, Standing>,
) -> Result<Vec<Item>, TurnedAway> {
    let mut items = Vec::new();
    for version in (1..framework.version).rev() {
        if left.is_empty() {
            break;
        }
        let competences = frameworks::competences(cx.site.db(), framework.id, version).await?;
        let item = |it: Competence| {
            let standing = left.remove(it.code.as_str())?;
            Some(Item { competence: it, standing: Some(standing), pieces: 0 })
        };
        items.extend(competences.into_iter().filter_map(item));
    }
    Ok(items)
}

/// The courses that somebody has finished here.
pub(crate) async fn finished(cx: &Cx, person: PersonId) -> Result<BTreeSet<Slug>, TurnedAway> {
    let ids = store::learning::courses_finished(cx.site.db(), person).await?;
    let finished = cx.public.courses.iter().filter(|it| ids.contains(&it.id));
    Ok(finished.map(|it| it.course.slug.clone()).collect())
}

/// GET /training/competences
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let db = cx.site.db();
    let taken = judgements::taken_by(db, me.id()).await?;
    let organisations: Vec<_> = me.actor.engagements().iter().map(|it| it.organisation).collect();
    let mut offered = frameworks::of(db, &organisations).await?;
    offered.retain(|it| taken.iter().all(|taken| taken.id != it.id));
    let mut all = Vec::new();
    for framework in taken {
        all.push(Progress::of(&cx, me.id(), framework).await?);
    }
    let done =
        (asks.text("done") == "taken").then_some("You work with it from now on. Begin wherever you like.");
    let (known_as, today) = (me.known_as, date(cx.today()));
    let page = move || {
        let none = all.is_empty();
        view! {
            <div class="wrap reading plan stack">
                <p class="on-screen"><a class="crumb" href="/me">"Me"</a></p>
                <h1>"My competences"</h1>
                <p class="on-paper"><bdi>{known_as}</bdi>", "{today}</p>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"What you have shown that you can do, what is on its way, and what would count. You see it, and whoever assesses you. Whoever coordinates your group sees how far you are with what the group works with, and the line manager of a role how far you are with what the role asks. They do not see what shows it."</p>
                {(none && offered.is_empty()).then(|| view! { <p>"There is nothing to choose yet. Your organisation brings in the list that you work with."</p> })}
                {all.into_iter().map(|progress| view! { <Mine progress/> }).collect_view()}
                {(!offered.is_empty()).then(|| view! { <Offered offered/> })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("My competences", Area::Me), page).await)
}

/// POST /training/competences: works with a framework of an organisation to which one is something.
pub(crate) async fn take(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let found = match typed.text("framework").parse::<FrameworkId>() {
        Ok(id) => frameworks::framework(cx.site.db(), id).await?,
        Err(_) => None,
    };
    let is_mine =
        |it: &Framework| me.actor.engagements().iter().any(|mine| mine.organisation == it.organisation);
    let Some(framework) = found.filter(is_mine) else { return Ok(cx.done(MINE)) };
    let tx = cx.site.db().begin().await?;
    judgements::take(&tx, me.id(), framework.id, cx.now()).await?;
    tx.commit().await?;
    Ok(cx.done(&format!("{MINE}?done=taken")))
}

#[component]
fn Offered(offered: Vec<Framework>) -> impl IntoView {
    let card = |it: Framework| {
        view! {
            <li class="card stack">
                <h3>{it.title.clone()}</h3>
                <form method="post" action=MINE>
                    <button class="button quiet" name="framework" value=it.id.to_string()>"Work with this"<span class="hidden">" "{it.title}</span></button>
                </form>
            </li>
        }
    };
    view! {
        <section class="stack on-screen" aria-labelledby="offered">
            <h2 id="offered">"Choose what you work with"</h2>
            <ul role="list" class="stack">{offered.into_iter().map(card).collect_view()}</ul>
        </section>
    }
}

/// The three parts of what somebody can do, in the order in which they are proud of them.
pub(crate) fn parts(items: Vec<Item>) -> [(&'static str, Vec<Item>); 3] {
    let (started, missing): (Vec<_>, Vec<_>) = items.into_iter().partition(|it| it.standing.is_some());
    let is_achieved = |it: &Item| it.standing.is_some_and(|it| it.state == State::Achieved);
    let (achieved, under_way) = started.into_iter().partition(is_achieved);
    [("What I have", achieved), ("What is on its way", under_way), ("What is missing", missing)]
}

#[component]
fn Mine(progress: Progress) -> impl IntoView {
    let Progress { framework, items } = progress;
    let of = items.len();
    let base = format!("{MINE}/{}", framework.id);
    let parts = parts(items);
    let achieved = parts[0].1.len();
    view! {
        <section class="stack">
            <h2>{framework.title}</h2>
            <p>{achieved}" of "{of}" achieved"</p>
            <progress max=of.max(1) value=achieved aria-hidden="true"></progress>
            {parts.into_iter().map(|(title, items)| view! { <Part base=base.clone() title items/> }).collect_view()}
        </section>
    }
}

/// Competences that are equally far.
#[component]
pub(crate) fn Part(base: String, title: &'static str, items: Vec<Item>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <h3>{title}" ("{items.len()}")"</h3>
            <ul role="list" class="stack">{items.into_iter().map(|item| view! { <Line base=base.clone() item/> }).collect_view()}</ul>
        }
    })
}

#[component]
fn Line(base: String, item: Item) -> impl IntoView {
    let Item { competence, standing, pieces } = item;
    let counts = match pieces {
        0 => view::counts(&competence),
        1 => "One piece of evidence".to_owned(),
        many => format!("{many} pieces of evidence"),
    };
    let mut asked = competence.need.label().to_owned();
    if competence.is_optional {
        asked.push_str(", optional");
    }
    view! {
        <li class="card">
            <p><a class="alone" href=format!("{base}/{}", competence.code)>{competence.code.to_string()}" "{competence.title}</a></p>
            <p class="row">{standing.map(|it| view! { <view::Tag state=it.state/> })}<span class="soft">{asked}</span></p>
            <p class="soft">{counts}</p>
        </li>
    }
}
