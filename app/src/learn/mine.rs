//! My learning: what I have taken up, where I was, and what I have finished.

use axum::http::StatusCode;
use domain::course::Slug;
use leptos::prelude::*;
use store::content::Course;
use store::learning::Enrolled;

use crate::cx::Cx;
use crate::door::Answer;
use crate::permits::SignedIn;
use crate::ui::shell::{Area, Head};
use crate::ui::words::duration;

/// A course under way, with the lesson that comes next.
#[derive(Clone, Debug)]
pub(crate) struct InHand {
    pub(crate) href: String,
    /// Where it can be said how the course was, also by whoever stops here.
    pub(crate) feedback: String,
    pub(crate) title: String,
    pub(crate) lesson: String,
    /// Of the lesson that comes next, counted from one.
    pub(crate) number: usize,
    pub(crate) of: usize,
    pub(crate) finished: usize,
    pub(crate) minutes_left: u32,
}

/// What somebody has taken up, the newest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    pub(crate) under_way: Vec<InHand>,
    pub(crate) finished: Vec<(Slug, String)>,
}

impl Taken {
    /// What somebody's enrolments come to, with the courses as they are now.
    pub(crate) fn of(cx: &Cx, enrolled: &[Enrolled]) -> Self {
        let mut taken = Self::default();
        for it in enrolled {
            let Some(published) = cx.public.courses.iter().find(|course| course.id == it.course_id) else {
                continue;
            };
            let course = &published.course;
            match next_in(course, &it.finished) {
                Some(next) => taken.under_way.push(next),
                None => taken.finished.push((course.slug.clone(), course.outline.title.clone())),
            }
        }
        taken
    }
}

fn next_in(course: &Course, finished: &[String]) -> Option<InHand> {
    let is_finished = |slug: &Slug| finished.iter().any(|it| it == slug.as_str());
    let (at, lesson) = course.lessons.iter().enumerate().find(|(_, it)| !is_finished(&it.slug))?;
    let left = course.lessons.iter().filter(|it| !is_finished(&it.slug));
    Some(InHand {
        href: format!("/learn/{}/{}", course.slug, lesson.slug),
        feedback: format!("/courses/{}/feedback", course.slug),
        title: course.outline.title.clone(),
        lesson: lesson.title.clone(),
        number: at + 1,
        of: course.lessons.len(),
        finished: course.lessons.len() - left.clone().count(),
        minutes_left: left.map(|it| u32::from(it.minutes)).sum(),
    })
}

/// GET /learn
pub(crate) async fn show(cx: Cx, me: SignedIn) -> Answer {
    let enrolled = store::learning::enrolments_of(cx.site.db(), me.id()).await?;
    let taken = Taken::of(&cx, &enrolled);
    // What was finished in an earlier version may be under way again.
    let finished = store::learning::courses_finished(cx.site.db(), me.id()).await?;
    let certified = cx.public.courses.iter().filter(|it| finished.contains(&it.id));
    let certified = certified.map(|it| (it.course.slug.clone(), it.course.outline.title.clone())).collect();
    let learns = me.actor.as_learner().is_some();
    let plans = learns || store::plans::is_there(cx.site.db(), me.id()).await?;
    let head = Head::new("My courses", Area::Learn);
    Ok(cx.page(StatusCode::OK, head, move || view! { <MinePage taken certified learns plans/> }).await)
}

#[component]
fn MinePage(
    taken: Taken,
    certified: Vec<(Slug, String)>,
    learns: bool,
    /// Whether a plan is theirs to open.
    plans: bool,
) -> impl IntoView {
    let Taken { under_way, finished } = taken;
    let is_empty = under_way.is_empty() && finished.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <h1>"My courses"</h1>
            {is_empty.then(|| view! { <p class="lead">"You have not taken up a course yet. Begin with whatever you like."</p> })}
            {(!under_way.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="under-way">
                    <h2 id="under-way">"Under way"</h2>
                    {(!learns).then(|| view! { <p class="notice">"You are not a learner here at the moment, so lessons do not open. What you finished and what you wrote stays yours."</p> })}
                    <p class="soft">"Leave one for as long as you like. What you have finished stays finished."</p>
                    <ul role="list" class="stack">{under_way.into_iter().map(|it| view! { <CourseUnderWay course=it learns/> }).collect_view()}</ul>
                </section>
            })}
            {(!finished.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="finished">
                    <h2 id="finished">"Finished"</h2>
                    <ul role="list" class="stack">
                        {finished
                            .into_iter()
                            .map(|(slug, title)| view! {
                                <li class="card">
                                    <a class="alone" href=format!("/courses/{slug}")>{title}</a>
                                    <p><a class="alone" href=format!("/courses/{slug}/feedback")>"Say how it was"</a></p>
                                </li>
                            })
                            .collect_view()}
                    </ul>
                </section>
            })}
            {(!certified.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="certificates">
                    <h2 id="certificates">"Certificates"</h2>
                    <p class="soft">"They say that you have finished a course, to whoever you show them."</p>
                    <ul role="list" class="stack">
                        {certified
                            .into_iter()
                            .map(|(slug, title)| view! { <li><a class="alone" href=format!("/learn/{slug}/certificate")>"Certificate: "{title}</a></li> })
                            .collect_view()}
                    </ul>
                </section>
            })}
            <p class="row">
                <a class=if is_empty { "button" } else { "button quiet" } href="/courses">"See all courses"</a>
                {plans.then(|| view! { <a href="/plan">"My plan"</a> })}
                {(!is_empty).then(|| view! { <a href="/me/reflections">"What I wrote after lessons"</a> })}
                <a href="/training">"Training"</a>
            </p>
        </div>
    }
}

#[component]
fn CourseUnderWay(course: InHand, learns: bool) -> impl IntoView {
    let said = format!("{} of {} finished", course.finished, course.of);
    let begins = if course.finished == 0 { "Begin: " } else { "Carry on: " };
    view! {
        <li class="card stack">
            <h3>{course.title}</h3>
            <progress max=course.of value=course.finished aria-label="How far you are">{said.clone()}</progress>
            <p class="soft">{said}", about "{duration(course.minutes_left)}" left"</p>
            {learns.then(|| view! { <p><a class="button" href=course.href>{begins}{course.lesson}</a></p> })}
            <p><a class="alone" href=course.feedback>"Say how it was, even if you stop here"</a></p>
        </li>
    }
}
