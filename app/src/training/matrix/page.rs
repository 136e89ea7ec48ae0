//! The table: one row a person, on a phone one card.

use domain::people::{EngagementKind, Place};
use domain::training::requirement::{Count, Requirement, Standing, State};
use domain::training::vetting::Vetted;
use leptos::prelude::*;

use super::{Row, Table};
use crate::form::{FormState, Typed};
use crate::permits::rounds::base as training;
use crate::training::required::MINE;
use crate::training::requirements::place;
use crate::training::stands;
use crate::ui::choose::OneOf;
use crate::ui::form::{Field, Takes};

#[component]
pub(super) fn MatrixPage(table: Table, asks: Typed) -> impl IntoView {
    let Table { organisation, all, shown, checks, rows, looked_at, is_all, counts, .. } = &table;
    let up = training(organisation.id);
    let (requires, nothing) = (place(organisation.id), all.is_empty() && !checks);
    let (none, is_asked) = (rows.is_empty(), !asks.text("state").is_empty());
    let of = among(*looked_at, *is_all);
    let said: Vec<_> =
        shown.iter().zip(counts).map(|(it, count)| (stands::called(it, table.today), *count)).collect();
    let (csv, name) = (format!("{up}/matrix.csv"), organisation.name.clone());
    let (next, too_many, looked) = (table.next.clone(), table.too_many, *looked_at);
    let columns = table.columns.clone();
    view! {
        <div class="wrap stack">
            <p><a class="crumb" href=up>"Training at "{name.clone()}</a></p>
            <h1>"Who has what"</h1>
            <p class="lead">"People of "{name}", and how they stand with what is required of them today."</p>
            {nothing.then(|| view! { <p>"Nothing is required yet. "<a href=requires.clone()>"Require something"</a></p> })}
            {(!nothing).then(|| view! {
                <Finding table=&table asks/>
                {none.then(|| view! { <p role="status">{nobody(is_asked, looked)}</p> })}
                {(!none).then(|| view! { <Cells table=&table/> })}
                {columns.map(|(says, it)| view! { <p><a class="alone" href=it>{says}</a></p> })}
                {too_many.then(|| view! { <p>"More people have a name that begins so. Type more of it."</p> })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more people"</a></p> })}
                <Counted said of/>
                <Legend/>
                <p class="row"><a class="button quiet" href=csv>"Take everything as a file (CSV)"</a><a href=requires>"What we require"</a></p>
                <p class="soft">"The file has a line for each person and requirement, without checks. That you took it is written down."</p>
            })}
        </div>
    }
}

/// Of whom the counts tell.
fn among(looked_at: usize, is_all: bool) -> String {
    let people = if looked_at == 1 { "one person".to_owned() } else { format!("{looked_at} people") };
    match is_all {
        true => format!("Of {people}, who are all that you asked for."),
        false => format!("Of {people} on this page. The file has everybody."),
    }
}

fn nobody(is_asked: bool, looked_at: usize) -> String {
    match is_asked && looked_at > 0 {
        true => format!("Nobody stands so among the {looked_at} people who were looked through."),
        false => "There is nobody here to show.".into(),
    }
}

/// Looks for people without a script: a form that is a link.
#[component]
fn Finding<'a>(table: &'a Table, asks: Typed) -> impl IntoView + use<> {
    let form = FormState { typed: asks, faults: Vec::new() };
    let here = format!("{}/matrix", training(table.organisation.id));
    let today = table.today;
    let called = |it: &Requirement| (it.id.to_string(), format!("{} {}", it.code, stands::called(it, today)));
    let requirements = table.all.iter().map(called).collect::<Vec<_>>();
    let states = State::ALL.map(|it| (it.as_str().to_owned(), it.label().to_owned())).to_vec();
    let asked = |kind: &EngagementKind| {
        table.all.iter().filter_map(|it| it.on(today)).any(|it| it.asked_of.contains(kind))
    };
    let word = |it: EngagementKind| {
        (it.as_str().to_owned(), table.labels.word(table.organisation.id, it).to_owned())
    };
    let kinds = EngagementKind::ALL.into_iter().filter(asked).map(word).collect::<Vec<_>>();
    let team = |it: &Place| (it.id.as_uuid().to_string(), it.name.clone());
    let teams = table.teams.iter().map(team).collect::<Vec<_>>();
    view! {
        <form method="get" action=here class="finding many" role="search">
            <Field form=form.clone() name="name" label="Name begins with" takes=Takes::Line/>
            <OneOf form=form.clone() name="requirement" label="What" none="Everything" choices=requirements/>
            <OneOf form=form.clone() name="state" label="How they stand" none="However they stand" choices=states/>
            <OneOf form=form.clone() name="kind" label="Look among" none="Everybody" choices=kinds/>
            {(!teams.is_empty()).then(|| view! { <OneOf form name="team" label="Team" none="All teams" choices=teams/> })}
            <p><button class="button quiet">"Find"</button></p>
        </form>
    }
}

#[component]
fn Cells<'a>(table: &'a Table) -> impl IntoView + use<> {
    let today = table.today;
    let up = training(table.organisation.id);
    let heads: Vec<_> = table.shown.iter().map(|it| (it.code.clone(), stands::called(it, today))).collect();
    let head = |(code, title): &(String, String)| view! { <th scope="col">{code.clone()}<small>{title.clone()}</small></th> };
    let columns = heads.iter().map(head).collect_view();
    let checks = table.checks;
    let rows = table.rows.iter().map(|it| {
        let href = match it.who.id == table.me {
            true => MINE.to_owned(),
            false => format!("{up}/people/{}/required", it.who.id),
        };
        row(it, &heads, (href, checks))
    });
    let rows = rows.collect_view();
    view! {
        <div class="wide" role="region" aria-label="Who has what" tabindex="0">
            <table class="cards">
                <caption class="hidden">"Who has what"</caption>
                <thead><tr><th scope="col">"Who"</th>{columns}{checks.then(|| view! { <th scope="col">"Check"</th> })}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(it: &Row, heads: &[(String, String)], (href, checks): (String, bool)) -> impl IntoView + use<> {
    let cells =
        it.cells.iter().zip(heads).map(|(standing, head)| cell(standing.as_ref(), &head.1)).collect_view();
    let name = it.who.known_as.clone();
    let vetted = it.vetted;
    view! {
        <tr>
            <th scope="row"><a class="alone" href=href><bdi>{name}</bdi></a></th>
            {cells}
            {checks.then(|| match vetted {
                Vetted::NotAsked => view! { <td class="none" data-label="Check"><Nothing/></td> }.into_any(),
                it => view! { <td data-label="Check"><span><span class=if it == Vetted::Current { "tag good" } else { "tag now" }>{it.label()}</span></span></td> }.into_any(),
            })}
        </tr>
    }
}

fn cell(standing: Option<&Standing>, title: &str) -> AnyView {
    let title = title.to_owned();
    let Some(standing) = standing else {
        return view! { <td class="none" data-label=title><Nothing/></td> }.into_any();
    };
    let state = standing.state();
    let when = stands::shortly(standing);
    view! {
        <td data-label=title><span><span class=stands::class(state)>{state.label()}</span>{(!when.is_empty()).then(|| view! { " "<small>{when}</small> })}</span></td>
    }
    .into_any()
}

#[component]
fn Nothing() -> impl IntoView {
    view! { <span><span aria-hidden="true">"–"</span><span class="hidden">"Not asked"</span></span> }
}

#[component]
fn Counted(said: Vec<(String, Count)>, of: String) -> impl IntoView {
    let line = |(title, count): (String, Count)| view! { <div><dt>{title}</dt><dd>{count.said()}</dd></div> };
    (!said.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="counted">
                <h2 id="counted">"How many have it"</h2>
                <p>{of}</p>
                <dl class="summary">{said.into_iter().map(line).collect_view()}</dl>
            </section>
        }
    })
}

#[component]
fn Legend() -> impl IntoView {
    let line = |it: State| {
        view! { <div><dt><span class=stands::class(it)>{it.label()}</span></dt><dd>{stands::means(it)}</dd></div> }
    };
    view! {
        <details class="figures">
            <summary>"What the words mean"</summary>
            <dl class="summary">
                {State::ALL.map(line).collect_view()}
                <div><dt>"–"</dt><dd>"It is not asked of them."</dd></div>
            </dl>
        </details>
    }
}
