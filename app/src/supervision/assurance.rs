//! Supervision in figures, for whoever has to show that it happens: what was due and what became of it, by kind and
//! quarter, without a name or a reason.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::day::TimeOfDay;
use domain::few::{FEWEST, Share};
use domain::people::OrganisationId;
use domain::supervision::Strand;
use domain::supervision::assurance::{
    BECAME, Coverage, Figures, Quarter, Sums, coverage, figures, met as met_rule,
};
use domain::supervision::stand::COUNTS_AFTER;
use domain::wall::instant;
use leptos::prelude::*;
use store::supervision::assurance::{Span, met_by_strand, people, sums};

use crate::clock::on_wall;
use crate::college::sheets::{Cell, Sheet, to_csv};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::ReadsAssurance;
use crate::ui::chart::bars::{BarChart, Period};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// How many quarters the drawing shows: a year.
const DRAWN: usize = 4;

/// What stands for a number that is kept back.
const NOT_SHOWN: &str = "Not shown";

/// Where the figures of an organisation are.
pub(super) fn figures_of(organisation: OrganisationId) -> String {
    format!("/supervision/at/{organisation}")
}

/// One kind of supervision in a quarter.
struct OfStrand {
    strand: Strand,
    figures: Figures,
    /// Fewer than five people meet in it.
    too_few_people: bool,
    /// How many people met somebody in it.
    met: Option<u32>,
}

/// One quarter, as far as it is over.
struct Counted {
    quarter: Quarter,
    span: Span,
    coverage: Coverage,
    /// Of all kinds together: only a rounded share, for sums would tell what is kept back of one of them.
    held: Option<Share>,
    strands: Vec<OfStrand>,
}

/// The quarter that an address names; otherwise the one that goes on.
fn asked(named: &str, today: NaiveDate) -> Quarter {
    let now = Quarter::of(today);
    Quarter::parse(named).filter(|it| *it <= now).unwrap_or(now)
}

/// From when on what is written down waits for everybody to agree.
fn waits_since(today: NaiveDate) -> DateTime<Utc> {
    let counts = today.checked_sub_days(COUNTS_AFTER).unwrap_or(today);
    let next = counts.checked_add_days(Days::new(1)).unwrap_or(counts);
    instant((next, TimeOfDay::MIDNIGHT), &on_wall)
}

async fn count(cx: &Cx, here: &ReadsAssurance, quarter: Quarter) -> store::Result<Counted> {
    let db = cx.site.db();
    let span = (quarter.begins(), quarter.ends().min(cx.today()));
    let by_strand = sums(db, &here.reader, span, waits_since(cx.today())).await?;
    let met = met_by_strand(db, &here.reader, span).await?;
    let people = people(db, &here.reader, span).await?;
    let strand = |strand: Strand| {
        let sums = by_strand.get(&strand).copied().unwrap_or_default();
        let met = met.get(&strand).copied().unwrap_or_default();
        let is_there = sums != Sums::default() || met > 0;
        is_there.then(|| OfStrand {
            strand,
            figures: figures(&sums),
            too_few_people: sums.people < FEWEST,
            met: met_rule(people.all, met),
        })
    };
    let all = by_strand.values().copied().reduce(|sum, it| sum + it).unwrap_or_default();
    let strands = Strand::ALL.into_iter().filter_map(strand).collect();
    Ok(Counted { quarter, span, coverage: coverage(&people), held: figures(&all).held(), strands })
}

/// GET /supervision/at/{organisation}
pub(crate) async fn show(cx: Cx, here: ReadsAssurance, Asks(asks): Asks) -> Answer {
    let now = Quarter::of(cx.today());
    let quarter = asked(asks.text("quarter"), cx.today());
    let counted = count(&cx, &here, quarter).await?;
    let mut drawn = Vec::new();
    let mut before = quarter;
    for _ in 1..DRAWN {
        before = before.before();
        drawn.push(count(&cx, &here, before).await?);
    }
    let period = |it: &Counted| {
        let shares = it.held.zip(it.coverage.share())?;
        let [held, met] = [shares.0, shares.1].map(|it| u32::from(it.of_a_hundred()));
        Some((it.quarter.label(), [held, met]))
    };
    let periods: Vec<Period> = drawn.iter().rev().chain([&counted]).filter_map(period).collect();
    let next = Some(quarter).filter(|it| *it < now).map(|it| Quarter::of(it.ends() + Days::new(1)));
    let shown = Shown {
        path: figures_of(here.organisation.id),
        organisation: here.organisation.name,
        so_far: quarter == now,
        counted,
        periods,
        next,
    };
    let head = Head::new("Supervision in figures", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <FiguresPage shown/> }).await)
}

/// Everything on the page.
struct Shown {
    path: String,
    organisation: String,
    /// The quarter goes on.
    so_far: bool,
    counted: Counted,
    periods: Vec<Period>,
    next: Option<Quarter>,
}

fn said(number: Option<u32>) -> String {
    number.map_or_else(|| NOT_SHOWN.to_owned(), |it| it.to_string())
}

#[component]
fn Line(label: &'static str, number: Option<u32>) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{said(number)}</dd></div> }
}

#[component]
fn FiguresPage(shown: Shown) -> impl IntoView {
    let Shown { path, organisation, so_far, counted, periods, next } = shown;
    let Counted { quarter, span, coverage, strands, .. } = counted;
    let called = if so_far { format!("{}, so far", quarter.label()) } else { quarter.label() };
    let at = |it: Quarter| format!("{path}?quarter={}", it.spelled());
    let (earlier, later) = (at(quarter.before()), next.map(|it| (at(it), it.label())));
    let csv = format!("{path}/figures.csv?quarter={}", quarter.spelled());
    let before = quarter.before().label();
    let (nothing, no_period) = (strands.is_empty(), periods.is_empty());
    view! {
        <div class="wrap reading plan stack">
            <p><a class="crumb" href="/supervision">"Supervision"</a></p>
            <h1>"Supervision in figures"</h1>
            <p class="lead"><bdi>{organisation}</bdi>{format!(": {called}. There are no names here, no reasons, and no number that tells of fewer than {FEWEST}. Shares are rounded to 5 in 100.")}</p>
            <p class="row">
                <a class="alone" href=earlier>{before}</a>
                {later.map(|(href, label)| view! { <a class="alone" href=href>{label}</a> })}
            </p>
            <Covered coverage last=span.1/>
            {(!no_period).then(|| view! { <Year periods/> })}
            {nothing.then(|| view! { <p>"Nothing was planned or held in these months."</p> })}
            {strands.into_iter().map(|it| view! { <StrandPart it/> }).collect_view()}
            <p><a class="alone" href=csv>"These figures as a file (CSV)"</a></p>
        </div>
    }
}

/// How many people were supervised at all.
#[component]
fn Covered(coverage: Coverage, last: NaiveDate) -> impl IntoView {
    let [met, has_somebody, nobody] = *coverage.parts();
    let too_few = coverage.all().is_none();
    view! {
        <section class="stack" aria-labelledby="covered">
            <h2 id="covered">"Who was supervised"</h2>
            {too_few.then(|| view! { <p>{format!("Fewer than {FEWEST} people are to be supervised, so nothing is shown.")}</p> })}
            {(!too_few).then(|| view! {
                <dl class="summary">
                    <Line label="People who are to be supervised" number=coverage.all()/>
                    <Line label="Met somebody at least once" number=met/>
                    <Line label="Have somebody, and did not meet" number=has_somebody/>
                    <Line label="Have nobody yet" number=nobody/>
                </dl>
                <p class="soft">{format!("Counted are all who on {} were students, volunteers, peer mentors, peer support workers, supporters or experts by experience, whether they had somebody or not.", date(last))}</p>
            })}
        </section>
    }
}

/// The last quarters, side by side.
#[component]
fn Year(periods: Vec<Period>) -> impl IntoView {
    let tells = periods.last().map(|(name, [held, met])| {
        format!("{name}: of 100 sessions that were due about {held} took place, and of 100 people about {met} met somebody.")
    });
    view! {
        <section class="stack" aria-labelledby="year">
            <h2 id="year">"The last quarters"</h2>
            <BarChart
                id="quarters".to_owned()
                caption="Of 100 sessions that were due while people were on shift, how many took place; and of 100 people, how many met somebody at least once".to_owned()
                tells=tells.unwrap_or_default()
                columns=["Quarter", "Sessions that took place", "People who met somebody"]
                words=["took place", "people met"]
                periods
            />
        </section>
    }
}

/// One kind of supervision.
#[component]
fn StrandPart(it: OfStrand) -> impl IntoView {
    let OfStrand { strand, figures, too_few_people, met } = it;
    let too_few = figures.due().is_none();
    let shown = BECAME.into_iter().zip(*figures.became()).filter(|it| it.1.is_some());
    let became: Vec<_> = shown.map(|(label, number)| view! { <Line label number/> }).collect();
    let left_out = !too_few && became.len() < BECAME.len();
    view! {
        <section class="stack" aria-labelledby=strand.as_str()>
            <h2 id=strand.as_str()>{strand.label()}</h2>
            {too_few_people.then(|| view! { <p>{format!("Fewer than {FEWEST} people meet in it, so nothing is shown.")}</p> })}
            {(!too_few_people).then(|| view! { <dl class="summary">
                <Line label="People who met somebody in it" number=met/>
                <Line label="Sessions that were due" number=figures.due()/>
                {(!too_few).then_some(became)}
                {(!too_few).then(|| view! { <Line label="Of these, moved at least once" number=figures.moved()/> })}
                <Line label="Took place without being planned" number=figures.unplanned()/>
            </dl> })}
            {left_out.then(|| view! { <p class="soft">"What else became of sessions is left out: each time it was seldom, or a number from which something seldom would follow."</p> })}
        </section>
    }
}

const COLUMNS: [&str; 6] = ["Kind", "From", "To", "What", "Number", "Why there is no number"];

/// GET /supervision/at/{organisation}/figures.csv
pub(crate) async fn csv(cx: Cx, here: ReadsAssurance, Asks(asks): Asks) -> Answer {
    let counted = count(&cx, &here, asked(asks.text("quarter"), cx.today())).await?;
    let name = format!("attachment; filename=\"supervision-{}.csv\"", counted.quarter.spelled());
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(std::io::Error::other)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let file = to_csv(&COLUMNS, &[sheet(&counted)])?;
    Ok((headers, Body::from(file)).into_response())
}

fn sheet(counted: &Counted) -> Sheet {
    let mut rows = Vec::new();
    let mut line = |kind: &str, what: &str, number: Option<u32>| {
        let why = format!("Fewer than {FEWEST}, or a number from which so few would follow");
        let why = if number.is_some() { String::new() } else { why };
        let number = number.map_or_else(|| Cell::Text(String::new()), |it| Cell::Number(it.into()));
        let (from, to) = counted.span;
        let text = |it: &str| Cell::Text(it.to_owned());
        rows.push(vec![text(kind), Cell::Day(from), Cell::Day(to), text(what), number, Cell::Text(why)]);
    };
    let [met, has_somebody, nobody] = *counted.coverage.parts();
    line("All", "People who are to be supervised", counted.coverage.all());
    line("All", "Met somebody at least once", met);
    line("All", "Have somebody, and did not meet", has_somebody);
    line("All", "Have nobody yet", nobody);
    for it in &counted.strands {
        let kind = it.strand.label();
        line(kind, "People who met somebody in it", it.met);
        line(kind, "Sessions that were due", it.figures.due());
        for (what, number) in BECAME.into_iter().zip(*it.figures.became()) {
            line(kind, what, number);
        }
        line(kind, "Moved at least once", it.figures.moved());
        line(kind, "Took place without being planned", it.figures.unplanned());
    }
    Sheet { name: "Supervision", rows }
}
