//! A lesson as it is read, with the way through its course beside it.

use islands::LiveForm;
use leptos::prelude::*;
use store::content::{Lesson, Part};

use super::check::CheckForm;
use super::way::Way;
use crate::ui::prose::Prose;
use crate::ui::words::{duration, list};

/// What has changed in a course since somebody was last told.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    /// The titles of new lessons.
    pub(super) new: Vec<String>,
    /// The titles of those that say something else now.
    pub(super) changed: Vec<String>,
    /// How many there are no more.
    pub(super) gone: usize,
    /// Where it goes that they have seen it.
    pub(super) seen: String,
}

#[component]
pub(crate) fn LessonPage(way: Way, #[prop(optional_no_strip)] changed: Option<Changed>) -> impl IntoView {
    let lesson = way.lesson();
    let here = way.path(&lesson.slug);
    view! {
        <div class="wrap lesson">
            <LessonNav way=way.clone()/>
            <article class="reading">
                {changed.map(|it| view! { <WhatChanged changed=it/> })}
                <h1>{lesson.title.clone()}</h1>
                <p class="lead">"About "{duration(lesson.minutes.into())}". After this you can:"</p>
                <ul class="after-this">
                    {lesson.after_this.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view()}
                </ul>
                {lesson
                    .content_note
                    .clone()
                    .map(|note| view! { <ContentNote note here=here.clone() is_finished=way.is_finished()/> })}
                {lesson
                    .parts
                    .iter()
                    .map(|it| view! { <LessonPart part=it.clone() way=way.clone()/> })
                    .collect_view()}
                <Onward way=way.clone()/>
                <p class="soft">"Last reviewed on "{lesson.reviewed.format("%-d %B %Y").to_string()}"."</p>
            </article>
        </div>
    }
}

#[component]
fn WhatChanged(changed: Changed) -> impl IntoView {
    let named =
        |titles: Vec<String>| list(&titles.into_iter().map(|it| format!("“{it}”")).collect::<Vec<_>>());
    let gone = match changed.gone {
        0 => None,
        1 => Some("One lesson was taken out.".to_owned()),
        many => Some(format!("{many} lessons were taken out.")),
    };
    view! {
        <section class="notice stack" aria-labelledby="changed">
            <h2 id="changed">"This course has changed since you were last told"</h2>
            {(!changed.new.is_empty()).then(|| view! { <p>"New: "{named(changed.new)}"."</p> })}
            {(!changed.changed.is_empty()).then(|| view! { <p>"Put right or written anew: "{named(changed.changed)}"."</p> })}
            {gone.map(|it| view! { <p>{it}</p> })}
            <p>"What you have finished stays finished."</p>
            <form method="post" action=changed.seen><button class="button quiet">"I have seen this"</button></form>
        </section>
    }
}

/// What somebody may want to know before reading on, and a way round all of it.
#[component]
fn ContentNote(note: String, here: String, is_finished: bool) -> impl IntoView {
    view! {
        <div class="notice care stack">
            <p>{note}</p>
            {(!is_finished).then(|| view! {
                <form method="post" action=here><button class="button quiet" name="way" value="round">"Go round this lesson"</button></form>
                <p class="soft">"It then counts as done, and you can come back to it whenever you like."</p>
            })}
        </div>
    }
}

#[component]
fn LessonNav(way: Way) -> impl IntoView {
    let (done, all) = (way.how_many_finished(), way.lessons().count());
    let said = format!("{done} of {all} finished");
    let overview = way.overview().to_owned();
    let open = way.number() - 1;
    let stop = |(at, (it, is_finished)): (usize, (&Lesson, bool))| {
        let here = (at == open).then_some("page");
        let (class, state) = if is_finished { ("done", "Finished: ") } else { ("todo", "Not yet: ") };
        view! {
            <li>
                <a class=class href=way.path(&it.slug) aria-current=here>
                    <span><span class="hidden">{state}</span>{it.title.clone()}</span>
                </a>
            </li>
        }
    };
    let stops = way.lessons().enumerate().map(stop).collect_view();
    view! {
        <nav aria-label="Lessons">
            <a class="crumb" href=overview>{way.course().outline.title.clone()}</a>
            <progress max=all value=done aria-label="How far you are">{said.clone()}</progress>
            <p class="soft">{said}</p>
            <ol role="list">{stops}</ol>
        </nav>
    }
}

#[component]
fn LessonPart(part: Part, way: Way) -> impl IntoView {
    match part {
        Part::Reading(html) => view! { <Prose html/> }.into_any(),
        Part::Noted { title, note, html } => view! {
            <section class="noted stack">
                <h2>{title}</h2>
                <p class="notice care"><b>"Before you read: "</b>{note}</p>
                <details>
                    <summary>"Read this part"</summary>
                    <Prose html/>
                </details>
            </section>
        }
        .into_any(),
        Part::Voice { title, html } => view! {
            <figure class="account">
                <figcaption>{title}</figcaption>
                <blockquote><Prose html/></blockquote>
                <small>"Put together from several people’s accounts."</small>
            </figure>
        }
        .into_any(),
        Part::Try { title, html } => {
            view! { <section class="try"><p class="kind">"Something to try"</p><h2>{title}</h2><Prose html/></section> }
                .into_any()
        }
        Part::Reflect { title, html } => {
            let write = format!("{}/reflection", way.path(&way.lesson().slug));
            view! {
                <section class="reflect">
                    <p class="kind">"Just for you"</p>
                    <h2>{title}</h2>
                    <Prose html/>
                    <p><a class="alone" href=write>"Write about this, for yourself"</a></p>
                </section>
            }
            .into_any()
        }
        Part::Check(_) => view! { <Checks way/> }.into_any(),
        Part::Sources(html) => {
            view! { <section class="sources"><h2>"Sources"</h2><Prose html/></section> }.into_any()
        }
    }
}

#[component]
fn Checks(way: Way) -> impl IntoView {
    let here = way.path(&way.lesson().slug);
    let may_leave_out = way.lesson().is_noted();
    let check = |(question, is_tried): (&store::content::Question, bool)| {
        let (question, path) = (question.clone(), format!("{here}/check/{}", question.id));
        view! { <CheckForm question path is_tried may_leave_out/> }
    };
    view! {
        <section class="checks" id="checks" aria-labelledby="checks-title">
            <h2 id="checks-title">"Check what you make of it"</h2>
            <p class="soft">"Try each as often as you like. Nobody fails, nobody else sees it, and every answer says why."</p>
            {way.questions().map(check).collect_view()}
        </section>
    }
}

/// The button at the end, which leads to the next lesson. With scripts on it survives a bad connection.
#[component]
fn Onward(way: Way) -> impl IntoView {
    let here = way.path(&way.lesson().slug);
    let next = way.next().map(|it| (way.path(&it.slug), it.title.clone()));
    let is_last = next.is_none();
    let certificate = format!("/learn/{}/certificate", way.course().slug);
    let state = match (way.is_finished(), way.is_read(), way.how_many_untried()) {
        (true, ..) => {
            view! { <p class="notice" role="status">"You have finished this lesson."</p> }.into_any()
        }
        (false, true, untried) => {
            let left = match untried {
                1 => "One check is left to try".to_owned(),
                many => format!("{many} checks are left to try"),
            };
            view! { <p class="notice" role="status">"You have read this lesson. "{left}", then it is finished. "<a href="#checks">"Go to the checks"</a></p> }
                .into_any()
        }
        (false, false, _) => view! {
            <LiveForm>
                <form method="post" action=here>
                    <button class="button">
                        {if is_last { "I have read this" } else { "I have read this, go on" }}
                    </button>
                </form>
            </LiveForm>
        }
        .into_any(),
    };
    view! {
        <section class="onward" aria-label="What next">
            {state}
            {way.has_finished_all()
                .then(|| {
                    view! {
                        <p class="lead">"That was the last one. You have finished the whole course."</p>
                        <p class="row"><a class="button" href=certificate>"Make your certificate"</a><a href=format!("/courses/{}/feedback", way.course().slug)>"Say how it was"</a><a href="/courses">"See other courses"</a><a href="/today">"Back to today"</a></p>
                    }
                })}
            {next.map(|(href, title)| view! { <p>"Next: "<a href=href>{title}</a></p> })}
            {(!way.has_finished_all()).then(|| view! { <p><a href="/today">"Leave it for today"</a></p> })}
        </section>
    }
}
