//! How the pages of a group look: all of it as a table, and a few competences as a form.

use domain::people::PersonId;
use domain::training::framework::Competence;
use domain::training::judgement::State;
use domain::training::judgement::together::{MOST_CODES, offered};
use leptos::prelude::*;
use store::training::judgements::KeptStep;

use super::DESK;
use super::group::{Again, Group};
use crate::form::FormState;
use crate::training::competences::grid::{Grid, IN_GRID};
use crate::training::competences::one::LOOKED_AT;
use crate::training::competences::view::Tag;
use crate::ui::choose::Ticks;
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::words::list;

/// How far everybody is: first what waits, then all of it.
#[component]
pub(super) fn OverviewPage(group: Group, from: usize, done: Option<&'static str>) -> impl IntoView {
    let from = from.min(group.there.len());
    let shown: Vec<Competence> = group.there.iter().skip(from).take(IN_GRID).cloned().collect();
    let next = (from + shown.len() < group.there.len()).then(|| from + shown.len());
    let waits = |it: &Competence| match group.waiting(&it.code) {
        0 => format!("{} {}", it.code, it.title),
        one => format!("{} {} ({one} waiting)", it.code, it.title),
    };
    let choices: Vec<_> = shown.iter().map(|it| (it.code.to_string(), waits(it))).collect();
    let waiting: Vec<_> = shown.iter().filter(|it| group.waiting(&it.code) > 0).cloned().collect();
    let line = |it: Competence| {
        let (href, many) = (format!("{}?code={}", group.path, it.code), group.waiting(&it.code));
        view! { <li class="card"><p><a class="alone" href=href>{it.code.to_string()}" "{it.title}</a></p><p class="soft">{many}" waiting"</p></li> }
    };
    let none = waiting.is_empty();
    let lines = waiting.into_iter().map(line).collect_view();
    let path = group.path.clone();
    view! {
        <div class="wrap stack">
            <p><a class="crumb" href=DESK>"Assessing"</a></p>
            <h1><bdi>{group.name.clone()}</bdi></h1>
            <p class="lead">{group.title.clone()}</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <Who group=group.clone()/>
            <section class="stack" aria-labelledby="waits">
                <h2 id="waits">"What waits"</h2>
                {none.then(|| view! { <p>"Nothing waits here."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{lines}</ul> })}
            </section>
            <details class="looking">
                <summary>"Judge several together"</summary>
                <form method="get" action=path.clone() class="stack">
                    <Ticks form=FormState::default() name="code" legend="Which competences?" choices hint="Twelve at most."/>
                    <p><button class="button quiet">"Go on"</button></p>
                </form>
            </details>
            <Grid title="All of it".to_owned() people=group.people standings=group.standings shown leads=Some(format!("{path}?code="))/>
            {next.map(|it| view! { <p><a class="button quiet" href=format!("{path}?from={it}")>"Show the next ones"</a></p> })}
        </div>
    }
}

/// Whom the page is about, and who else is there.
#[component]
fn Who(group: Group) -> impl IntoView {
    let Group { without, others, people, .. } = group;
    let nobody = people.is_empty();
    view! {
        {nobody.then(|| view! { <p>"Nobody whom you assess here works with this list yet."</p> })}
        {(!without.is_empty()).then(|| view! { <p class="soft">"Not working with this list: "<bdi>{list(&without)}</bdi>"."</p> })}
        {(others > 0).then(|| view! { <p class="soft">{others}" more in this group. They are not yours to assess."</p> })}
    }
}

/// A few competences with everybody whom the reader assesses, to be judged in one go.
#[component]
pub(super) fn FormPage(group: Group, codes: Vec<Competence>, again: Again) -> impl IntoView {
    let form = FormState::refused(again.typed.clone(), again.faults.clone());
    let any = codes.iter().any(|it| group.waiting(&it.code) > 0);
    let (path, name) = (group.path.clone(), group.name.clone());
    let looks_personal = again.looks_personal;
    let section = |it: Competence| view! { <Section group=group.clone() competence=it again=again.clone()/> };
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=path.clone()><bdi>{name}</bdi></a></p>
            <h1>"Judge together"</h1>
            <p class="lead">"Say something of those of whom you have something to say. All of it is kept together, under your name, and is never rewritten."</p>
            <Who group=group.clone()/>
            <form method="post" action=path class="stack" id="cells" novalidate>
                {codes.into_iter().take(MOST_CODES).map(section).collect_view()}
                {looks_personal.then(|| view! { <Tick form=form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                {any.then(|| view! { <p><button class="button">"Keep all of it"</button></p> })}
            </form>
        </div>
    }
}

#[component]
fn Section(group: Group, competence: Competence, again: Again) -> impl IntoView {
    let code = competence.code.to_string();
    let of = code.clone();
    let person = move |(person, name): (PersonId, String)| {
        let key = (person, of.clone());
        let standing = group.standings.get(&key).copied();
        let cell = CellOf {
            key: format!("{person}/{of}"),
            href: format!("{DESK}/{person}/{}/{of}", group.framework),
            what: format!("{of} for {name}"),
            name,
            state: standing.map(|it| it.state),
            seen: standing.map_or(0, |it| it.number),
            newer: again.newer.get(&key).cloned(),
            remedy: again.remedies.get(&key).cloned(),
        };
        view! { <PersonCell cell typed=again.typed.clone()/> }
    };
    view! {
        <section class="stack">
            <h2>{code.clone()}" "{competence.title}</h2>
            <input type="hidden" name="code" value=code/>
            <ul role="list" class="stack">{group.people.clone().into_iter().map(person).collect_view()}</ul>
        </section>
    }
}

/// One person and one competence.
struct CellOf {
    key: String,
    href: String,
    name: String,
    what: String,
    state: Option<State>,
    seen: usize,
    newer: Option<(KeptStep, String)>,
    remedy: Option<String>,
}

#[component]
fn PersonCell(cell: CellOf, typed: crate::form::Typed) -> impl IntoView {
    let CellOf { key, href, name, what, state, seen, newer, remedy } = cell;
    let [said, comment] = ["state", "comment"].map(|it| typed.text(&format!("{it}/{key}")).to_owned());
    let ways = offered(state);
    let about = what.clone();
    view! {
        <li class="card stack">
            <p class="row"><b><bdi>{name}</bdi></b>{state.map_or_else(|| view! { <span class="soft">"Not started"</span> }.into_any(), |state| view! { <Tag state/> }.into_any())}</p>
            {newer.map(|(step, by)| view! { <Newer step by said=said.clone() comment=comment.clone()/> })}
            {(!ways.is_empty()).then(|| {
                let (id, words) = (format!("state/{key}"), format!("comment/{key}"));
                let class = if remedy.is_some() { "field wrong" } else { "field" };
                let option = |it: &State| {
                    let value = it.as_str();
                    view! { <option value=value selected={said == value}>{it.label()}</option> }
                };
                view! {
                    <div class=class>
                        <label for=id.clone()>"What do you say of it?"<span class="hidden">" "{what.clone()}</span></label>
                        {remedy.map(|it| view! { <span class="why"><span class="hidden">"Error: "</span>{it}</span> })}
                        <select id=id.clone() name=id>
                            <option value="">"Leave it as it is"</option>
                            {ways.iter().map(option).collect_view()}
                        </select>
                    </div>
                    <div class="field">
                        <label for=words.clone()>"What do you tell them?"<span class="hidden">" "{what}</span></label>
                        <input type="text" id=words.clone() name=words value=comment autocomplete="off"/>
                    </div>
                    <input type="hidden" name=format!("seen/{key}") value=seen.to_string()/>
                }
            })}
            <p><a class="alone" href=href>"Look at what shows it"<span class="hidden">" "{about}</span></a></p>
        </li>
    }
}

/// What was done meanwhile, and what somebody was about to say.
#[component]
fn Newer(step: KeptStep, by: String, said: String, comment: String) -> impl IntoView {
    let mine = State::parse(&said).map_or("Nothing chosen", State::label);
    let theirs = step.step.comment;
    view! {
        <div class="notice care stack">
            <p><b>"Somebody was quicker: "</b><bdi>{by}</bdi>" said "<b>{step.step.state.label()}</b></p>
            {(!theirs.is_empty()).then(|| view! { <p class="typed">{theirs}</p> })}
            <p>"You were about to say: "<b>{mine}</b></p>
            {(!comment.is_empty()).then(|| view! { <p class="typed">{comment}</p> })}
        </div>
    }
}
