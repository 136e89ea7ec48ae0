//! Two texts of one course side by side, lesson by lesson: a draft, and what learners read or what came newer with the
//! program. Editors take the other one or leave it.

use std::time::Duration;

use axum::http::StatusCode;
use domain::course::Slug;
use leptos::prelude::*;
use similar::{ChangeTag, TextDiff};
use store::content::CourseSource;
use store::drafts::{DRAFT_BEGUN, DRAFT_REPLACED, Draft, PROPOSAL_LEFT};

use super::{Found, place};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::Typed;
use crate::permits::EditsCourses;
use crate::ui::shell::{Area, Head};

/// Two texts are compared for no longer: what is found by then is shown, if it is coarse.
const LONGEST: Duration = Duration::from_millis(200);

/// What a draft is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum With {
    /// What learners read.
    Published,
    /// What came newer with the program.
    Proposal,
}

impl With {
    fn asked(word: &str) -> Self {
        if word == "published" { Self::Published } else { Self::Proposal }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Proposal => "proposal",
        }
    }

    async fn text(self, cx: &Cx, found: &Found) -> Result<Option<CourseSource>, TurnedAway> {
        let Some(published) = &found.published else { return Ok(None) };
        Ok(match self {
            Self::Published => store::courses::source(cx.site.db(), published).await?,
            Self::Proposal => store::proposals::of(cx.site.db(), published.id, &found.slug).await?,
        })
    }
}

/// A line of a text, as it stands in one or both.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    is: ChangeTag,
    text: String,
}

/// A file, as it differs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Difference {
    file: String,
    /// In words.
    said: &'static str,
    lines: Vec<Line>,
}

/// GET /editing/{course}/compare
pub(crate) async fn show(cx: Cx, _: EditsCourses, At(slug): At<Slug>, Asks(asks): Asks) -> Answer {
    let found = Found::called(&cx, slug).await?;
    let with = With::asked(asks.text("with"));
    let Some(theirs) = with.text(&cx, &found).await? else { return nothing(&cx, found.slug).await };
    let mine = match (&found.draft, &found.published) {
        (Some(draft), _) => draft.source(),
        (None, Some(it)) => store::courses::source(cx.site.db(), it).await?.ok_or(TurnedAway::NotFound)?,
        (None, None) => return Err(TurnedAway::NotFound),
    };
    let text = theirs.hash().to_string();
    let seen = found.draft.as_ref().map(|it| it.source().hash().to_string()).unwrap_or_default();
    let differences = tokio::task::spawn_blocking(move || differences(&mine, &theirs)).await?;
    let shown =
        Shown { path: place(&found.slug), with, has_draft: found.draft.is_some(), differences, text, seen };
    let head = Head::new("Two texts of a course", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ComparePage shown/> }).await)
}

/// POST /editing/{course}/compare: takes the other text into the draft, or leaves it, having looked at it.
pub(crate) async fn decide(cx: Cx, me: EditsCourses, At(slug): At<Slug>, typed: Typed) -> Answer {
    let found = Found::called(&cx, slug).await?;
    let with = With::asked(typed.text("with"));
    let Some(theirs) = with.text(&cx, &found).await? else { return nothing(&cx, found.slug).await };
    let here = place(&found.slug);
    let again = format!("{here}/compare?with={}", with.word());
    let Some(published) = &found.published else { return Err(TurnedAway::NotFound) };
    // Something else is newer by now: they have not seen it.
    if theirs.hash().to_string() != typed.text("text") {
        return Ok(cx.done(&again));
    }
    let tx = cx.site.db().begin().await?;
    let before = store::drafts::of_now(&tx, &found.slug).await?;
    let seen = before.as_ref().map(|it| it.source().hash().to_string()).unwrap_or_default();
    let (take, current) = (typed.text("way") == "take", (Some(published.id), published.number));
    // What is published from it settles that one, however it is changed until then.
    let took = (with == With::Proposal).then(|| theirs.hash());
    match (take, before) {
        // Somebody has written in it meanwhile: nothing is overwritten unseen.
        (true, _) if seen != typed.text("seen") => Ok(cx.done(&again)),
        (true, Some(before)) => {
            let after = before.clone().with(theirs, cx.now());
            let after = Draft { course: current.0, based_on: current.1, took, ..after };
            store::drafts::save(&tx, &before, &after, cx.now()).await?;
            cx.keep(tx, me.event(&cx, DRAFT_REPLACED).to(published.id)).await?;
            Ok(cx.done(&format!("{here}?done=replaced")))
        }
        (true, None) => {
            let draft = Draft { took, ..Draft::of(theirs, current.0, current.1, cx.now()) };
            store::drafts::begin(&tx, &draft).await?;
            cx.keep(tx, me.event(&cx, DRAFT_BEGUN).to(published.id)).await?;
            Ok(cx.done(&format!("{here}?done=begun")))
        }
        (false, before) => {
            if with == With::Proposal {
                store::proposals::forget(&tx, published.id, |waits| waits == theirs.hash()).await?;
                cx.keep(tx, me.event(&cx, PROPOSAL_LEFT).to(published.id)).await?;
            } else if let Some(before) = before {
                let after = Draft { course: current.0, based_on: current.1, ..before.clone() };
                store::drafts::save(&tx, &before, &after, cx.now()).await?;
                tx.commit().await?;
            }
            Ok(cx.done(&format!("{here}?done=looked")))
        }
    }
}

/// What would be different if `theirs` stood in the place of `mine`.
fn differences(mine: &CourseSource, theirs: &CourseSource) -> Vec<Difference> {
    let mut all = Vec::new();
    if mine.outline != theirs.outline {
        let lines = lines(&mine.outline, &theirs.outline);
        all.push(Difference { file: "About the course".into(), said: "It says something else.", lines });
    }
    let find = |of: &CourseSource, slug: &Slug| of.lessons.iter().position(|it| it.slug == *slug);
    for (at, it) in theirs.lessons.iter().enumerate() {
        let file = it.slug.to_string();
        match find(mine, &it.slug) {
            None => all.push(Difference { file, said: "It is new.", lines: lines("", &it.text) }),
            Some(old) if mine.lessons[old].text != it.text => {
                let lines = lines(&mine.lessons[old].text, &it.text);
                all.push(Difference { file, said: "It says something else.", lines });
            }
            Some(old) if old != at => {
                all.push(Difference { file, said: "It stands in another place.", lines: Vec::new() });
            }
            Some(_) => {}
        }
    }
    for it in mine.lessons.iter().filter(|it| find(theirs, &it.slug).is_none()) {
        all.push(Difference { file: it.slug.to_string(), said: "It is not in it.", lines: Vec::new() });
    }
    all
}

/// The lines that differ, each with one around it.
fn lines(mine: &str, theirs: &str) -> Vec<Line> {
    let diff = TextDiff::configure().timeout(LONGEST).diff_lines(mine, theirs);
    let groups = diff.grouped_ops(1);
    let ops = groups.iter().flatten().flat_map(|it| diff.iter_changes(it));
    ops.map(|it| Line { is: it.tag(), text: it.value().trim_end().to_owned() }).collect()
}

async fn nothing(cx: &Cx, slug: Slug) -> Answer {
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <h1>"There is nothing to compare"</h1>
                <p class="lead">"Nothing newer waits for this course any more."</p>
                <p><a class="button" href=place(&slug)>"See the course as it is now"</a></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Two texts of a course", Area::Me), page).await)
}

struct Shown {
    path: String,
    with: With,
    has_draft: bool,
    differences: Vec<Difference>,
    /// The other text, by its hash.
    text: String,
    /// The draft's, if there is one.
    seen: String,
}

#[component]
fn ComparePage(shown: Shown) -> impl IntoView {
    let Shown { path, with, has_draft, differences, text, seen } = shown;
    let lead = match (with, has_draft) {
        (With::Published, _) => {
            "What learners read has changed since this draft began. This is what is in it and not in the draft."
        }
        (With::Proposal, true) => {
            "A newer text came with the program. This is what is in it and not in the draft."
        }
        (With::Proposal, false) => {
            "A newer text came with the program. This is what is in it and not in what learners read."
        }
    };
    let take = if has_draft { "Take it in the place of the draft" } else { "Begin a draft with it" };
    let leave = if with == With::Proposal { "Leave it" } else { "Keep the draft as it is" };
    let none = differences.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=path.clone()>"The course"</a></p>
            <h1>"What is different"</h1>
            <p class="lead">{lead}</p>
            {none.then(|| view! { <p>"They say the same."</p> })}
            {differences.into_iter().map(|difference| view! { <FileDifference difference/> }).collect_view()}
            <form method="post" action=format!("{path}/compare") class="stack">
                <input type="hidden" name="with" value=with.word()/>
                <input type="hidden" name="text" value=text/>
                <input type="hidden" name="seen" value=seen/>
                <p class="row">
                    <button class="button" name="way" value="leave">{leave}</button>
                    <button class="button quiet" name="way" value="take">{take}</button>
                </p>
            </form>
        </div>
    }
}

#[component]
fn FileDifference(difference: Difference) -> impl IntoView {
    let Difference { file, said, lines } = difference;
    let line = |it: Line| match it.is {
        ChangeTag::Equal => view! { <p>{it.text}</p> }.into_any(),
        ChangeTag::Delete => {
            view! { <p><span class="hidden">"Out: "</span><del>{it.text}</del></p> }.into_any()
        }
        ChangeTag::Insert => {
            view! { <p><span class="hidden">"In: "</span><ins>{it.text}</ins></p> }.into_any()
        }
    };
    view! {
        <section class="card stack">
            <h2>{file}</h2>
            <p>{said}</p>
            {(!lines.is_empty()).then(|| view! {
                <details>
                    <summary>"See the lines"</summary>
                    <div class="lines">{lines.into_iter().map(line).collect_view()}</div>
                </details>
            })}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use store::content::LessonSource;

    use super::*;

    fn course(lessons: &[(&str, &str)]) -> CourseSource {
        let lesson = |it: &(&str, &str)| LessonSource { slug: Slug::parse(it.0).unwrap(), text: it.1.into() };
        let slug = Slug::parse("good").unwrap();
        CourseSource { slug, outline: "title\n".into(), lessons: lessons.iter().map(lesson).collect() }
    }

    #[test]
    fn what_is_different_is_said_lesson_by_lesson() {
        let mine = course(&[("same", "x\n"), ("changed", "one\ntwo\nthree\nfour\n"), ("gone", "x\n")]);
        let theirs = course(&[("changed", "one\ntwo\n3\nfour\n"), ("same", "x\n"), ("new", "x\n")]);
        let told: Vec<_> = differences(&mine, &theirs).into_iter().map(|it| (it.file, it.said)).collect();
        let wanted = [
            ("changed", "It says something else."),
            ("same", "It stands in another place."),
            ("new", "It is new."),
            ("gone", "It is not in it."),
        ];
        assert_eq!(told, wanted.map(|it| (it.0.to_owned(), it.1)));
        let lines: Vec<_> =
            differences(&mine, &theirs).remove(0).lines.into_iter().map(|it| it.text).collect();
        assert_eq!(lines, ["two", "three", "3", "four"]);
        assert_eq!(differences(&mine, &mine), []);
    }
}
