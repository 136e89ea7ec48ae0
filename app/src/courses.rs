//! The prospectus, and a page for each course: no account needed.

mod prospectus;

use std::sync::Arc;

use domain::course::Slug;
use domain::course::publishing::{Adoption, SafetyReview};
use domain::people::{Actor, begin_to_learn};
use leptos::prelude::*;
use store::content::{Course, Lesson};
use store::courses::Published;

pub(crate) use prospectus::{index, show as prospectus};

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::Anyone;
use crate::sign_in::pages::with_next;
use crate::ui::content_notes::ContentNotes;
use crate::ui::cover::Cover;
use crate::ui::prose::Prose;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, duration};

/// GET /courses/{slug}: what one course is about, before anybody starts it.
pub(crate) async fn course(cx: Cx, _: Anyone, At(slug): At<Slug>) -> Answer {
    let published = cx.public.course(&slug).ok_or(TurnedAway::NotFound)?.clone();
    let key = format!("/courses/{slug}");
    // Whoever is signed in may not be alone: the tab says what a lock screen may say.
    let outline = &published.course.outline;
    let title = if cx.access().is_some() { &outline.discreet_title } else { &outline.title };
    let head = Head::new(title, Area::Courses);
    let is_withdrawn = published.course.outline.withdrawn;
    let way_in = match cx.access() {
        None if is_withdrawn => WayIn::Closed,
        None => WayIn::SignIn,
        Some(access) => {
            let enrolled = store::learning::enrolled_on(cx.site.db(), access.person, published.id).await?;
            let known = store::people::known(cx.site.db(), access.person).await?;
            let engagements = known.map_or_else(Vec::new, |it| it.engagements);
            let begins = begin_to_learn(access.person, cx.public.host.id, &engagements);
            let learns = Actor::new(access.person, engagements, Vec::new(), cx.today()).as_learner();
            match enrolled {
                Some(it) if learns.is_some() => WayIn::CarryOn(it.finished),
                None if is_withdrawn => WayIn::Closed,
                None if learns.is_some() || begins.is_some() => WayIn::Enrol,
                _ => WayIn::Left,
            }
        }
    };
    // What nobody can take has nothing before it.
    let before = if matches!(way_in, WayIn::Closed) { Vec::new() } else { before(&cx, &published.course) };
    Ok(cx.public_page(&key, head, move || view! { <CoursePage published way_in before/> }).await)
}

/// What is recommended before a course, of what is offered.
pub(crate) fn before(cx: &Cx, course: &Course) -> Vec<(Slug, String)> {
    let before = course.outline.recommended_before.iter().filter_map(|it| cx.public.course(it));
    let offered = before.filter(|it| !it.course.outline.withdrawn);
    offered.map(|it| (it.course.slug.clone(), it.course.outline.title.clone())).collect()
}

/// How somebody gets into a course from its page.
#[derive(Clone, Debug)]
pub(crate) enum WayIn {
    SignIn,
    Enrol,
    /// The course has been withdrawn.
    Closed,
    /// They learned here once.
    Left,
    /// With the lessons that they have finished.
    CarryOn(Vec<String>),
    /// Nobody can enrol yet: it is looked at before there are learners. With where its first lesson is.
    Preview(Option<String>),
}

/// How deep in its page a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Two,
    Three,
}

/// A course as it stands on a shelf.
#[component]
pub(crate) fn CourseCard(published: Published, level: Level) -> impl IntoView {
    let course = published.course;
    let minutes = course.minutes();
    let link = view! { <a href=format!("/courses/{}", course.slug)>{course.outline.title.clone()}</a> };
    let heading = match level {
        Level::Two => view! { <h2 class="title">{link}</h2> }.into_any(),
        Level::Three => view! { <h3 class="title">{link}</h3> }.into_any(),
    };
    view! {
        <li class="card course">
            <Cover slug=course.slug.clone()/>
            <div>
                <p class="kind soft">{course.outline.category.clone()}</p>
                {heading}
                <p>{course.outline.summary.clone()}</p>
                <p class="row tags">
                    <span class="tag">{duration(minutes)}</span>
                    <span class="tag good">"On your own, online"</span>
                    {course.is_noted().then(|| view! { <span class="tag">"Has content notes"</span> })}
                </p>
            </div>
        </li>
    }
}

#[component]
pub(crate) fn CoursePage(
    published: Published,
    way_in: WayIn,
    /// What is recommended before it.
    before: Vec<(Slug, String)>,
) -> impl IntoView {
    let (course, adopted) = (published.course, published.adopted);
    let door = view! { <CourseDoor course=course.clone() way_in/> };
    let minutes = course.minutes();
    let outline = course.outline.clone();
    view! {
        <div class="wrap">
            <a class="crumb" href="/courses">"All courses"</a>
            <div class="about">
                <div class="reading">
                    <h1>{outline.title}</h1>
                    <p class="lead">{outline.summary}</p>
                    {door}
                    <Before courses=before/>
                    <Prose html=course.about.clone()/>
                    <h2>"What to expect"</h2>
                    <ul>{outline.expect.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
                    <ContentNotes heading="Before you read" notes=outline.content_notes/>
                    <h2>"The lessons"</h2>
                    <ol class="lessons" role="list">
                        {course.lessons.iter().map(|it| view! { <LessonLine lesson=it.clone()/> }).collect_view()}
                    </ol>
                </div>
                <aside class="card stack facts" aria-label="About this course">
                    <Cover slug=course.slug.clone()/>
                    <dl class="summary">
                        <div><dt>"How long"</dt><dd>{duration(minutes)}</dd></div>
                        <div><dt>"How"</dt><dd>"On your own, online, in your own time"</dd></div>
                        <div><dt>"Written by"</dt><dd>{outline.written_by}</dd></div>
                        <div><dt>"Co-production"</dt><dd><CoProduced adopted/></dd></div>
                        <div><dt>"Last reviewed"</dt><dd>{outline.reviewed.format("%-d %B %Y").to_string()}</dd></div>
                    </dl>
                </aside>
            </div>
        </div>
    }
}

/// The button that leads in. Enrolling is one tap; whoever has to sign in first comes back here.
#[component]
fn CourseDoor(course: Arc<Course>, way_in: WayIn) -> impl IntoView {
    let here = format!("/courses/{}", course.slug);
    match way_in {
        WayIn::SignIn => view! {
            <p class="row">
                <a class="button" href=with_next("/sign-in", Some(&here))>"Sign in to take this course"</a>
                <a href=with_next("/register", Some(&here))>"Register, it is free"</a>
            </p>
        }
        .into_any(),
        WayIn::Enrol => view! {
            <form method="post" action=format!("{here}/enrol")><button class="button">"Take this course"</button></form>
        }
        .into_any(),
        WayIn::Closed => view! {
            <p class="notice">"This course is not offered any more. Whoever has begun it may finish it. "<a href="/courses">"See other courses"</a></p>
        }
        .into_any(),
        WayIn::Left => view! {
            <p class="notice">"You are not a learner here at the moment, so the lessons stay closed. What you wrote and what you finished stays yours. "<a href="/learn">"My courses"</a></p>
        }
        .into_any(),
        WayIn::Preview(first) => first
            .map(|it| view! { <p class="row"><a class="button" href=it>"See the first lesson"</a></p> })
            .into_any(),
        WayIn::CarryOn(finished) => {
            let is_open = |it: &&Lesson| finished.iter().all(|name| name != it.slug.as_str());
            let (lesson, words) = match (course.lessons.iter().find(is_open), finished.is_empty()) {
                (Some(next), true) => (Some(next), "Begin the first lesson"),
                (Some(next), false) => (Some(next), "Carry on where you were"),
                (None, _) => (course.lessons.first(), "Read it again"),
            };
            let href = lesson.map(|it| format!("/learn/{}/{}", course.slug, it.slug));
            let withdrawn = course.outline.withdrawn.then(|| view! {
                <p class="notice">"This course is not offered any more. You have begun it, so you may finish it whenever you like."</p>
            });
            view! { {withdrawn}<p class="row"><a class="button" href=href>{words}</a></p> }.into_any()
        }
    }
}

/// What is good to take first. It is no condition.
#[component]
fn Before(courses: Vec<(Slug, String)>) -> impl IntoView {
    let last = courses.len().saturating_sub(1);
    let link = move |(at, (slug, title)): (usize, (Slug, String))| {
        let joint = match at {
            0 => None,
            _ if at == last => Some(" and "),
            _ => Some(", "),
        };
        view! { {joint}<a href=format!("/courses/{slug}")>{title}</a> }
    };
    (!courses.is_empty()).then(|| {
        let links = courses.into_iter().enumerate().map(link).collect_view();
        view! { <p>"You may like to take "{links}" first. You need not."</p> }
    })
}

#[component]
fn LessonLine(lesson: Lesson) -> impl IntoView {
    view! {
        <li>
            <h3>{lesson.title}</h3>
            <p class="soft">"About "{duration(lesson.minutes.into())}</p>
            <p>"After this you can:"</p>
            <ul>{lesson.after_this.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
        </li>
    }
}

/// How far a course has been made together with people who have lived experience: who adopted it and when, with the
/// names of those who wished it.
#[component]
fn CoProduced(adopted: Option<Adoption>) -> impl IntoView {
    let Some(adopted) = adopted else {
        return view! {
            <p>"Draft, not yet co-produced here"</p>
            <p class="soft">"Co-produced is what people with lived experience and staff have gone through together."</p>
        }
        .into_any();
    };
    let by = |name: Option<String>| name.map(|it| view! { " ("<bdi>{it}</bdi>")" });
    let safety = adopted.safety.map(|SafetyReview { by: name, again_by }| {
        view! {
            <p>
                "What it says about self-harm and suicide was looked at for its safety"{by(name)}
                ". It is looked at again by "{date(again_by)}"."
            </p>
        }
    });
    view! {
        <p>
            "Gone through and adopted here on "{date(adopted.on)}", out of lived experience"
            {by(adopted.lived_experience)}" and by profession"{by(adopted.profession)}"."
        </p>
        {safety}
    }
    .into_any()
}
