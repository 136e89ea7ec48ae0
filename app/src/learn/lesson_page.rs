//! A lesson as it is read, with the way through its course beside it.

use std::sync::Arc;

use domain::course::Slug;
use islands::LiveForm;
use leptos::prelude::*;
use store::content::{Answer, Asks, Course, Html, Lesson, Part, Question};

use crate::ui::prose::{Phrase, Prose};
use crate::ui::words::duration;

/// Where somebody is in a course. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    course: Arc<Course>,
    /// The place of the lesson that is open, counted from nought.
    at: usize,
    /// For each lesson, whether it has been read.
    read: Arc<[bool]>,
}

impl Way {
    pub(crate) fn through(course: Arc<Course>, read: &[String], lesson: &Slug) -> Option<Self> {
        let (number, _) = course.lesson(lesson)?;
        let is_read = |it: &Lesson| read.iter().any(|read| read == it.slug.as_str());
        let read = course.lessons.iter().map(is_read).collect();
        Some(Self { course, at: number - 1, read })
    }

    /// The place of the lesson that is open, counted from one.
    pub(crate) const fn number(&self) -> usize {
        self.at + 1
    }

    /// Everything that the page depends on, besides the course: which lesson it is, and which have been read. It is
    /// the same for everybody who is as far.
    pub(crate) fn key(&self) -> String {
        let read = self.read.iter().map(|it| if *it { 'x' } else { '-' });
        self.path(&self.lesson().slug).chars().chain(['?']).chain(read).collect()
    }

    fn lesson(&self) -> &Lesson {
        &self.course.lessons[self.at]
    }

    fn how_many_read(&self) -> usize {
        self.read.iter().filter(|it| **it).count()
    }

    fn is_read(&self) -> bool {
        self.read[self.at]
    }

    fn next(&self) -> Option<&Lesson> {
        self.course.lessons.get(self.number())
    }

    fn path(&self, slug: &Slug) -> String {
        format!("/learn/{}/{slug}", self.course.slug)
    }
}

#[component]
pub(crate) fn LessonPage(way: Way) -> impl IntoView {
    let lesson = way.lesson();
    view! {
        <div class="wrap lesson">
            <LessonNav way=way.clone()/>
            <article class="reading">
                <h1>{lesson.title.clone()}</h1>
                <p class="lead">"About "{duration(lesson.minutes.into())}". After this you can:"</p>
                <ul class="after-this">
                    {lesson.after_this.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view()}
                </ul>
                {lesson.content_note.clone().map(|it| view! { <p class="notice care">{it}</p> })}
                {lesson.parts.iter().map(|it| view! { <LessonPart part=it.clone()/> }).collect_view()}
                <MarkRead way=way.clone()/>
                <p class="soft">"Last reviewed on "{lesson.reviewed.format("%-d %B %Y").to_string()}"."</p>
            </article>
        </div>
    }
}

#[component]
fn LessonNav(way: Way) -> impl IntoView {
    let (read, all) = (way.how_many_read(), way.read.len());
    let said = format!("{read} of {all} read");
    let overview = format!("/courses/{}", way.course.slug);
    let stop = |(at, (it, is_read)): (usize, (&Lesson, &bool))| {
        let here = (at == way.at).then_some("page");
        let (class, state) = if *is_read { ("done", "Read: ") } else { ("todo", "Not yet: ") };
        view! {
            <li>
                <a class=class href=way.path(&it.slug) aria-current=here>
                    <span><span class="hidden">{state}</span>{it.title.clone()}</span>
                </a>
            </li>
        }
    };
    let stops = way.course.lessons.iter().zip(&*way.read).enumerate().map(stop).collect_view();
    view! {
        <nav aria-label="Lessons">
            <a class="crumb" href=overview>{way.course.outline.title.clone()}</a>
            <progress max=all value=read aria-label="How far you are">{said.clone()}</progress>
            <p class="soft">{said}</p>
            <ol role="list">{stops}</ol>
        </nav>
    }
}

#[component]
fn LessonPart(part: Part) -> impl IntoView {
    match part {
        Part::Reading(html) => view! { <Prose html/> }.into_any(),
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
            view! { <section class="reflect"><p class="kind">"Just for you"</p><h2>{title}</h2><Prose html/></section> }
                .into_any()
        }
        Part::Check(questions) => view! {
            <section class="checks">
                <h2>"Check what you make of it"</h2>
                <p class="soft">"Open any answer to see what it says for itself. Nobody fails, and nothing is kept."</p>
                {questions.into_iter().map(|it| view! { <CheckQuestion question=it/> }).collect_view()}
            </section>
        }
        .into_any(),
        Part::Sources(html) => {
            view! { <section class="sources"><h2>"Sources"</h2><Prose html/></section> }.into_any()
        }
    }
}

/// A question whose answers open and explain themselves: no form, no script, and no wrong way to use it.
#[component]
fn CheckQuestion(question: Question) -> impl IntoView {
    let answers = match question.asks {
        Asks::One(answers) | Asks::Several(answers) => {
            answers.into_iter().map(|it| view! { <CheckAnswer answer=it/> }).collect_view().into_any()
        }
        Asks::Order { items, because } => {
            let mut mixed = items.clone();
            mixed.sort_by(|a, b| a.as_str().cmp(b.as_str()));
            view! {
                <p class="soft">"Put these in order, in your head or on paper:"</p>
                <ul>{inline_items(mixed)}</ul>
                <details class="answer">
                    <summary>"See an order that makes sense"</summary>
                    <ol>{inline_items(items)}</ol>
                    <Prose html=because/>
                </details>
            }
            .into_any()
        }
        Asks::Pairs { pairs, because } => {
            let (left, right): (Vec<_>, Vec<_>) = pairs.iter().cloned().unzip();
            let mut mixed = right;
            mixed.sort_by(|a, b| a.as_str().cmp(b.as_str()));
            view! {
                <p class="soft">"Which of these belong together?"</p>
                <ul>{inline_items(left)}</ul>
                <ul>{inline_items(mixed)}</ul>
                <details class="answer">
                    <summary>"See what belongs together"</summary>
                    <dl>
                        {pairs
                            .into_iter()
                            .map(|(left, right)| {
                                view! { <div><dt><Phrase html=left/></dt><dd><Phrase html=right/></dd></div> }
                            })
                            .collect_view()}
                    </dl>
                    <Prose html=because/>
                </details>
            }
            .into_any()
        }
    };
    view! { <section class="check"><h3><Phrase html=question.text/></h3>{answers}</section> }
}

fn inline_items(items: Vec<Html>) -> impl IntoView {
    items.into_iter().map(|it| view! { <li><Phrase html=it/></li> }).collect_view()
}

#[component]
fn CheckAnswer(answer: Answer) -> impl IntoView {
    let class = if answer.right { "answer fits" } else { "answer" };
    view! {
        <details class=class>
            <summary><Phrase html=answer.text/></summary>
            <Prose html=answer.because/>
        </details>
    }
}

/// The button at the end, which leads to the next lesson. With scripts on it survives a bad connection.
#[component]
fn MarkRead(way: Way) -> impl IntoView {
    let (is_read, here) = (way.is_read(), way.path(&way.lesson().slug));
    let next = way.next().map(|it| (way.path(&it.slug), it.title.clone()));
    let is_last = next.is_none();
    let finished = is_read && way.how_many_read() == way.read.len();
    view! {
        <section class="onward" aria-label="What next">
            {if is_read {
                view! { <p class="notice" role="status">"You have read this lesson."</p> }.into_any()
            } else {
                view! {
                    <LiveForm>
                        <form method="post" action=here>
                            <button class="button">
                                {if is_last { "I have read this" } else { "I have read this, go on" }}
                            </button>
                        </form>
                    </LiveForm>
                }
                .into_any()
            }}
            {finished
                .then(|| {
                    view! {
                        <p class="lead">"That was the last one. You have read the whole course."</p>
                        <p class="row"><a class="button" href="/courses">"See other courses"</a><a href="/today">"Back to today"</a></p>
                    }
                })}
            {next.map(|(href, title)| view! { <p>"Next: "<a href=href>{title}</a></p> })}
            <p><a href="/today">"Leave it for today"</a></p>
        </section>
    }
}
