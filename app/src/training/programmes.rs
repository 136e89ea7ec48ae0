//! What a programme is, for anybody: what one does there, how long it takes, and what comes of it.

use domain::course::Slug;
use domain::training::programme::{Assignment, Source};
use leptos::prelude::*;
use store::content::Session;
use store::training::programmes::Published;

pub(crate) use super::session::{handout, notes, session};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::Anyone;
use crate::ui::content_notes::ContentNotes;
use crate::ui::prose::Prose;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, duration, hours};

/// GET /training/programmes/{programme}
pub(crate) async fn show(cx: Cx, _: Anyone, At(slug): At<Slug>) -> Answer {
    let published = cx.public.programme(&slug).ok_or(TurnedAway::NotFound)?.clone();
    // Whoever is signed in may not be alone: the tab says what a lock screen may say.
    let outline = &published.programme.outline;
    let title = if cx.access().is_some() { &outline.discreet_title } else { &outline.title };
    let head = Head::new(title, Area::Courses);
    let titles = |slugs: &[Slug]| {
        let courses = slugs.iter().filter_map(|it| cx.public.course(it));
        courses.map(|it| (it.course.slug.clone(), it.course.outline.title.clone())).collect::<Vec<_>>()
    };
    let (before, along) = (titles(&outline.recommended_before), titles(&outline.courses));
    let key = format!("/training/programmes/{slug}");
    Ok(cx.public_page(&key, head, move || view! { <ProgrammePage published before along/> }).await)
}

#[component]
fn ProgrammePage(
    published: Published,
    /// Courses that are recommended before it.
    before: Vec<(Slug, String)>,
    /// Courses that belong to it.
    along: Vec<(Slug, String)>,
) -> impl IntoView {
    let programme = published.programme;
    let outline = programme.outline.clone();
    let base = format!("/training/programmes/{}", programme.slug);
    let placement = match outline.placement_minutes {
        0 => "No placement".to_owned(),
        minutes => duration(minutes),
    };
    let number = programme.sessions.len();
    let sessions =
        programme.sessions.iter().map(|it| view! { <SessionLine base=base.clone() session=it.clone()/> });
    let sessions: Vec<_> = sessions.collect();
    view! {
        <div class="wrap">
            <a class="crumb" href="/courses">"All courses"</a>
            <div class="about">
                <div class="reading">
                    <h1>{outline.title}</h1>
                    <p class="lead">{outline.summary}</p>
                    <p class="row"><a class="button" href="/training/join">"Hear when training begins"</a></p>
                    <Prose html=programme.about.clone()/>
                    <h2>"What to expect"</h2>
                    <ul>{outline.expect.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
                    <ContentNotes heading="Good to know before" notes=outline.content_notes/>
                    <h2>"The sessions"</h2>
                    <ol class="lessons" role="list">{sessions}</ol>
                    <Courses lead="You may like to take these first. You need not." title="Good to take before" courses=before/>
                    <Courses lead="At your own pace, beside the sessions." title="Lessons that go with it" courses=along/>
                    <Assignments assignments=outline.assignments/>
                    <Sources sources=outline.sources/>
                </div>
                <aside class="card stack facts" aria-label="About this programme">
                    <dl class="summary">
                        <div><dt>"Sessions"</dt><dd>{number}</dd></div>
                        <div><dt>"With the group"</dt><dd>{duration(programme.minutes())}", with breaks on top"</dd></div>
                        <div><dt>"Placement"</dt><dd>{placement}</dd></div>
                        <div><dt>"To complete it"</dt><dd>"Be there for "{outline.least_attendance_percent}" in 100 minutes. What you catch up on counts."</dd></div>
                        <div><dt>"A job afterwards?"</dt><dd>"You can apply. It is no promise."</dd></div>
                        <div><dt>"Written by"</dt><dd>{outline.written_by}</dd></div>
                        <div><dt>"Last reviewed"</dt><dd>{date(outline.reviewed)}</dd></div>
                    </dl>
                </aside>
            </div>
        </div>
    }
}

#[component]
fn SessionLine(base: String, session: Session) -> impl IntoView {
    view! {
        <li>
            <h3><a class="alone" href=format!("{base}/{}", session.slug)>{session.title}</a></h3>
            <p class="soft">{hours(session.minutes.into())}</p>
            <p>"After this you can:"</p>
            <ul>{session.aims.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
        </li>
    }
}

#[component]
fn Courses(title: &'static str, lead: &'static str, courses: Vec<(Slug, String)>) -> impl IntoView {
    (!courses.is_empty()).then(|| {
        view! {
            <h2>{title}</h2>
            <p>{lead}</p>
            <ul role="list">
                {courses
                    .into_iter()
                    .map(|(slug, title)| view! { <li><a class="alone" href=format!("/courses/{slug}")>{title}</a></li> })
                    .collect_view()}
            </ul>
        }
    })
}

#[component]
fn Assignments(assignments: Vec<Assignment>) -> impl IntoView {
    (!assignments.is_empty()).then(|| {
        view! {
            <h2>"Small pieces of work"</h2>
            <p>"Nobody gives marks. You get a reply, and you can try again."</p>
            {assignments
                .into_iter()
                .map(|it| view! { <h3>{it.title}</h3><p>{it.what}</p> })
                .collect_view()}
        }
    })
}

#[component]
fn Sources(sources: Vec<Source>) -> impl IntoView {
    (!sources.is_empty()).then(|| {
        view! {
            <h2>"What it rests on"</h2>
            <ul>
                {sources
                    .into_iter()
                    .map(|it| {
                        let year = it.year.map(|it| format!(", {it}"));
                        view! { <li><a href=it.address>{it.title}</a>". "{it.by}{year}</li> }
                    })
                    .collect_view()}
            </ul>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_session_is_said_to_the_minute() {
        let said = [1, 45, 60, 61, 135, 165, 180, 2_160].map(hours);
        let wanted = [
            "1 minute",
            "45 minutes",
            "1 hour",
            "1 hour 1 minute",
            "2 hours 15 minutes",
            "2 hours 45 minutes",
            "3 hours",
            "36 hours",
        ];
        assert_eq!(said, wanted);
    }
}
