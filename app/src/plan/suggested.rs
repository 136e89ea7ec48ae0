//! Courses that go well with a plan: those that are recommended together, and what is recommended after what somebody
//! has finished. Nothing else is looked at, and nothing is required.

use std::collections::BTreeSet;

use domain::course::Slug;
use domain::course::recommended;
use leptos::prelude::*;
use store::content::Pathway;
use store::learning::Enrolled;

use crate::cx::Cx;

/// Our choice: a few, so that it is no list of duties.
const MOST: usize = 3;

/// What is suggested.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suggested {
    pathways: Vec<(Pathway, Vec<Step>)>,
    /// Courses, each with the finished one after which it is recommended.
    next: Vec<(Slug, String, String)>,
}

/// A course of a pathway, and how far the learner is in it.
#[derive(Clone, Debug)]
struct Step {
    slug: Slug,
    title: String,
    how_far: HowFar,
}

/// How far a learner is in a course, by its lessons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HowFar {
    NotBegun,
    UnderWay { done: usize, all: usize },
    Finished,
}

impl HowFar {
    /// What its learner reads, and what others do, who are not told of lessons.
    fn label(self, mine: bool) -> String {
        match self {
            Self::NotBegun => "Not begun".into(),
            Self::UnderWay { done, all } if mine => format!("Under way: {done} of {all} lessons finished"),
            Self::UnderWay { .. } => "Under way".into(),
            Self::Finished => "Finished".into(),
        }
    }
}

impl Suggested {
    pub(crate) fn of(cx: &Cx, enrolled: &[Enrolled]) -> Self {
        let title = |slug: &Slug| cx.public.course(slug).map(|it| it.course.outline.title.clone());
        let (mut taken, mut finished) = (BTreeSet::new(), BTreeSet::new());
        for it in &cx.public.courses {
            let Some(enrolled) = enrolled.iter().find(|enrolled| enrolled.course_id == it.id) else {
                continue;
            };
            taken.insert(it.course.slug.clone());
            if lessons_finished(it, enrolled) == it.course.lessons.len() {
                finished.insert(it.course.slug.clone());
            }
        }
        let step = |slug: &Slug| {
            let published = cx.public.course(slug)?;
            let enrolled = enrolled.iter().find(|it| it.course_id == published.id);
            let (done, all) =
                (enrolled.map_or(0, |it| lessons_finished(published, it)), published.course.lessons.len());
            let how_far = match enrolled {
                None => HowFar::NotBegun,
                Some(_) if done == all => HowFar::Finished,
                Some(_) => HowFar::UnderWay { done, all },
            };
            let title = published.course.outline.title.clone();
            // Whoever has not begun what is offered no more cannot.
            let is_there = enrolled.is_some() || !published.course.outline.withdrawn;
            is_there.then(|| Step { slug: slug.clone(), title, how_far })
        };
        let pathways = cx.site.pathways().iter();
        let pathways =
            pathways.map(|it| (it.clone(), it.courses.iter().filter_map(step).collect::<Vec<_>>()));
        let pathways: Vec<_> = pathways.filter(|it| !it.1.is_empty()).collect();
        let stands = |slug: &Slug| pathways.iter().any(|it| it.1.iter().any(|step| step.slug == *slug));
        let next = recommended::next(&cx.public.recommended, &finished, &taken).into_iter();
        let next =
            next.filter(|it| !stands(it.0)).filter_map(|it| Some((it.0.clone(), title(it.0)?, title(it.1)?)));
        Self { next: next.take(MOST).collect(), pathways }
    }
}

fn lessons_finished(published: &store::courses::Published, enrolled: &Enrolled) -> usize {
    let is_finished = |slug: &Slug| enrolled.finished.iter().any(|it| it == slug.as_str());
    published.course.lessons.iter().filter(|it| is_finished(&it.slug)).count()
}

#[component]
pub(super) fn Suggestions(
    suggested: Suggested,
    /// Whether its owner reads it.
    mine: bool,
) -> impl IntoView {
    let Suggested { pathways, next } = suggested;
    let (title, need) = match mine {
        true => ("Courses you might like", "You need none of them."),
        false => ("Courses on this plan", "They need none of them."),
    };
    view! {
        <section class="stack" aria-labelledby="courses">
            <h2 id="courses">{title}</h2>
            {pathways.into_iter().map(|(pathway, steps)| view! { <Way pathway steps mine/> }).collect_view()}
            {(!next.is_empty())
                .then(|| {
                    view! {
                        <ul role="list" class="stack">
                            {next
                                .into_iter()
                                .map(|(slug, title, after)| {
                                    view! {
                                        <li><a class="alone" href=format!("/courses/{slug}")>{title}</a>" "<span class="soft">"Recommended after "{after}</span></li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            <p class="soft">{need}</p>
            {mine.then(|| view! {
                <p class="on-screen"><a class="alone" href="/training">"Training for peer support"</a></p>
                <p class="on-screen"><a class="alone" href="/courses">"See all courses"</a></p>
            })}
        </section>
    }
}

/// The courses that are recommended together, and nothing else.
#[component]
pub(crate) fn Ways(suggested: Suggested) -> impl IntoView {
    suggested
        .pathways
        .into_iter()
        .map(|(pathway, steps)| view! { <Way pathway steps mine=true/> })
        .collect_view()
}

#[component]
fn Way(pathway: Pathway, steps: Vec<Step>, mine: bool) -> impl IntoView {
    view! {
        <div class="card stack">
            <h3>{pathway.title}</h3>
            <p>{pathway.sentence}</p>
            <ul role="list" class="stack">
                {steps
                    .into_iter()
                    .map(|it| {
                        let class = if it.how_far == HowFar::Finished { "tag good" } else { "tag" };
                        view! { <li><a class="alone" href=format!("/courses/{}", it.slug)>{it.title}</a>" "<span class=class>{it.how_far.label(mine)}</span></li> }
                    })
                    .collect_view()}
            </ul>
            <p class="soft">"Recommended by: "{pathway.source}</p>
        </div>
    }
}
