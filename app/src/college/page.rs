//! The page of figures: a chart of the last terms, and one term course by course.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::course::feedback::Question;
use domain::course::figures::Spread;
use domain::course::term::Term;
use leptos::prelude::*;
use store::figures::{Places, Round};
use uuid::Uuid;

use super::{KEPT_BACK, answers, capital, span, sum, titles, why_kept_back};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::ReadsFigures;
use crate::ui::chart::bars::{BarChart, Period};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// Terms in the chart: two years.
const IN_CHART: usize = 6;

/// What the page shows.
struct Shown {
    host: String,
    /// The last terms, the earliest first.
    periods: Vec<Period>,
    /// The term that is shown course by course.
    term: Term,
    /// Whether it is still going on.
    is_now: bool,
    courses: Vec<Line>,
    /// There is nothing before it.
    is_first: bool,
}

/// A course in a term.
struct Line {
    title: String,
    slug: String,
    places: Places,
    round: Option<Round>,
}

/// GET /college/figures
pub(crate) async fn show(cx: Cx, _: ReadsFigures, Asks(asks): Asks) -> Answer {
    let (db, now) = (cx.site.db(), Term::of(cx.today()));
    let term = Term::parse(asks.text("term")).unwrap_or(now).min(now);
    let terms = last_terms(now);
    let first = terms.first().map_or(now, |it| *it).begins();
    let months = store::figures::of_all_by_month(db, first, now.next().begins()).await?;
    let in_term = |term: Term| sum(months.iter().filter(|it| Term::of(it.0) == term).map(|it| it.1));
    let periods = terms.into_iter().map(|it| (capital(it), figures(in_term(it)))).collect();
    let of_courses = store::figures::by_month(db, term.begins(), term.next().begins()).await?;
    let rounds = store::figures::rounds(db, Some(term)).await?;
    let shown = Shown {
        host: cx.public.host.name.clone(),
        periods,
        term,
        is_now: term == now,
        courses: lines(&cx, of_courses.into_iter().map(|it| (it.1, it.2)), rounds),
        is_first: store::figures::first_month(db).await?.is_none_or(|it| it >= term.begins()),
    };
    let head = Head::new("Figures of the college", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <FiguresPage shown/> }).await)
}

/// The last terms up to this one, the earliest first.
fn last_terms(now: Term) -> Vec<Term> {
    let mut terms: Vec<_> = std::iter::successors(Some(now), |it| Some(it.before())).take(IN_CHART).collect();
    terms.reverse();
    terms
}

fn figures(places: Places) -> [u32; 2] {
    [places.taken, places.finished].map(|it| u32::try_from(it).unwrap_or_default())
}

/// The courses on which something happened, in order of title.
fn lines(cx: &Cx, places: impl Iterator<Item = (Uuid, Places)>, rounds: Vec<Round>) -> Vec<Line> {
    let mut of_course: BTreeMap<Uuid, (Places, Option<Round>)> = BTreeMap::new();
    for (course, places) in places {
        let line = of_course.entry(course).or_default();
        line.0 = sum([line.0, places]);
    }
    for round in rounds {
        let line = of_course.entry(round.course).or_default();
        line.1 = Some(round);
    }
    let titles = titles(cx);
    let slug =
        |id: Uuid| cx.public.courses.iter().find(|it| it.id == id).map(|it| it.course.slug.to_string());
    let line = |(course, (places, round))| {
        Some(Line { title: titles.get(&course)?.clone(), slug: slug(course)?, places, round })
    };
    let mut lines: Vec<_> = of_course.into_iter().filter_map(line).collect();
    lines.sort_by(|a, b| a.title.cmp(&b.title));
    lines
}

#[component]
fn FiguresPage(shown: Shown) -> impl IntoView {
    let Shown { host, periods, term, is_now, courses, is_first } = shown;
    let tells = periods.last().map(|(name, [taken, finished])| {
        format!("In {name} so far, places taken: {taken}, courses finished: {finished}.")
    });
    let to = |term: Term, word: &str| {
        let href = format!("/college/figures?term={}", term.spelled());
        view! { <a href=href>{format!("{word}: {}", term.label())}</a> }
    };
    let so_far = is_now.then(|| {
        format!(", so far. What people say is counted when it is over, after {}.", date(term.ends()))
    });
    let over = format!(", from {} to {}.", date(term.begins()), date(term.ends()));
    let when = so_far.unwrap_or(over);
    let spoken: Vec<_> = courses
        .iter()
        .filter_map(|it| Some((it.title.clone(), it.slug.clone(), it.round.clone()?)))
        .collect();
    let none = courses.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Figures of "{host}</h1>
            <p class="lead">"Places taken, courses finished, and what people say. There are no names here, and none can be asked for."</p>
            <BarChart
                id="terms".to_owned()
                caption="Places taken and courses finished, term by term".to_owned()
                tells=tells.unwrap_or_default()
                columns=["Term", "Places taken", "Courses finished"]
                words=["taken", "finished"]
                periods
            />
            <section class="stack" aria-labelledby="term">
                <h2 id="term">{capital(term)}</h2>
                <p>{capital(term)}{when}</p>
                {none.then(|| view! { <p>"Nobody took a place or finished."</p> })}
                {(!none).then(|| view! { <Courses courses is_now/> })}
                <p class="row">
                    {(!is_first).then(|| to(term.before(), "Earlier"))}
                    {(!is_now).then(|| to(term.next(), "Later"))}
                </p>
            </section>
            {(!is_now).then(|| view! { <Spoken spoken/> })}
            <section class="stack" aria-labelledby="files">
                <h2 id="files">"Save the figures"</h2>
                <p>"All terms, by month. What people wrote is not in the files: whoever takes their words back can be sure that they are gone."</p>
                <p class="row"><a href="/college/figures.csv">"As a CSV file"</a><a href="/college/figures.ods">"As a spreadsheet (ODS)"</a></p>
            </section>
        </div>
    }
}

/// What people say stands there once the term is over.
#[component]
fn Courses(courses: Vec<Line>, is_now: bool) -> impl IntoView {
    let all = sum(courses.iter().map(|it| it.places));
    let answers: u32 = courses.iter().filter_map(|it| Some(it.round.as_ref()?.counted.answers())).sum();
    let shown = if answers == 0 { "None to show".to_owned() } else { format!("{answers} answers are shown") };
    let row = move |it: &Line| {
        let said = it.round.as_ref().map(|it| format!("{} answers", it.counted.answers()));
        let said = said.unwrap_or_else(|| "Fewer than five answers: they wait".to_owned());
        view! { <Row name=it.title.clone() places=it.places said=(!is_now).then_some(said)/> }
    };
    view! {
        <table class="cards">
            <caption class="hidden">"Course by course"</caption>
            <thead><tr>
                <th scope="col">"Course"</th><th scope="col" class="number">"Places taken"</th>
                <th scope="col" class="number">"Finished"</th>
                {(!is_now).then(|| view! { <th scope="col">"Feedback"</th> })}
            </tr></thead>
            <tbody>
                {courses.iter().map(row).collect_view()}
                <Row name="All courses".to_owned() places=all said=(!is_now).then_some(shown)/>
            </tbody>
        </table>
    }
}

#[component]
fn Row(name: String, places: Places, said: Option<String>) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number" data-label="Places taken">{places.taken}</td>
            <td class="number" data-label="Finished">{places.finished}</td>
            {said.map(|it| view! { <td data-label="Feedback">{it}</td> })}
        </tr>
    }
}

/// What was counted when a term was over, by course.
#[component]
fn Spoken(spoken: Vec<(String, String, Round)>) -> impl IntoView {
    let none = spoken.is_empty();
    view! {
        <section class="stack" aria-labelledby="said">
            <h2 id="said">"What people say"</h2>
            {none.then(|| view! { <p>"No course had five answers by then. What people said waits, and is counted with the next term’s."</p> })}
            {(!none).then(|| view! {
                <p class="soft">"“"{KEPT_BACK}"” stands for "{why_kept_back()}". “No number can be shown” says that this is so for every answer to a question: mostly because nearly everybody said the same. Numbers are made once, when a term is over, and never change. Each answer is counted once."</p>
            })}
            {spoken.into_iter().map(|(title, slug, round)| view! { <SpokenOf title slug round/> }).collect_view()}
        </section>
    }
}

#[component]
fn SpokenOf(title: String, slug: String, round: Round) -> impl IntoView {
    let words = format!("/college/figures/{slug}/{}", round.through.spelled());
    let given = format!("{} answers, given {}", round.counted.answers(), span(&round));
    let rows = Question::ALL.into_iter().zip(*round.counted.spreads());
    let rows = rows.map(|(question, spread)| view! { <Answers question spread/> }).collect_view();
    let of = title.clone();
    let (id, labelled) = (format!("said-{slug}"), format!("said-{slug}"));
    view! {
        <section class="stack" aria-labelledby=labelled>
            <h3 id=id>{title}</h3>
            <table class="cards">
                <caption>{given}</caption>
                <thead><tr>
                    <th scope="col">"Asked"</th><th scope="col" class="number">"Yes"</th>
                    <th scope="col" class="number">"In between"</th><th scope="col" class="number">"No"</th>
                    <th scope="col" class="number">"Left open"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p><a class="alone" href=words>"Read what people wrote about "{of}</a></p>
        </section>
    }
}

#[component]
fn Answers(question: Question, spread: Spread) -> impl IntoView {
    let most =
        spread.most().map(|it| format!(" More than half said: {}.", question.label(it).to_lowercase()));
    let is_empty = spread.shown().iter().all(Option::is_none);
    let cells = if is_empty {
        view! { <td class="soft" colspan="4" data-label="Said">"No number can be shown."{most}</td> }
            .into_any()
    } else {
        let cell = |(label, number): (&'static str, Option<u32>)| {
            let (class, number) = match number {
                Some(number) => ("number", number.to_string()),
                None => ("number soft", KEPT_BACK.to_owned()),
            };
            view! { <td class=class data-label=label>{number}</td> }
        };
        answers(question, &spread).map(cell).collect_view().into_any()
    };
    view! { <tr><th scope="row">{question.asks()}</th>{cells}</tr> }
}
