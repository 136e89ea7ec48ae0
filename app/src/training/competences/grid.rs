//! Everybody against every competence, a word for each.

use domain::people::PersonId;
use domain::training::framework::Competence;
use domain::training::judgement::State;
use leptos::prelude::*;
use store::training::judgements::together::Standings;

/// The most competences beside each other; of longer frameworks the rest stands on further pages.
pub(in crate::training) const IN_GRID: usize = 120;

/// A word for a cell, so short that a group fits.
const fn word(state: Option<State>) -> &'static str {
    match state {
        None => "–",
        Some(State::WorkingTowards | State::PriorLearning | State::Willing) => "on",
        Some(State::Ready | State::Appealed) => "waits",
        Some(State::Achieved) => "yes",
        Some(State::NeedsMore) => "more",
        Some(State::Revisit) => "again",
    }
}

/// Everybody against every competence. Each heads its column, and leads somewhere if it is to.
#[component]
pub(in crate::training) fn Grid(
    title: String,
    /// By name.
    people: Vec<(PersonId, String)>,
    shown: Vec<Competence>,
    standings: Standings,
    /// What comes before a code, where a column leads.
    #[prop(optional_no_strip)]
    leads: Option<String>,
    /// What stands before the table.
    #[prop(optional_no_strip)]
    before: Option<AnyView>,
) -> impl IntoView {
    let column = |it: &Competence| {
        let (code, title) = (it.code.to_string(), it.title.clone());
        match &leads {
            Some(to) => view! { <th scope="col"><a class="alone" href=format!("{to}{code}") title=title>{code.clone()}</a></th> }.into_any(),
            None => view! { <th scope="col"><abbr title=title>{code}</abbr></th> }.into_any(),
        }
    };
    let head = shown.iter().map(column).collect_view();
    let row = |(person, name): (PersonId, String)| {
        let cell = |it: &Competence| {
            let state = standings.get(&(person, it.code.as_str().to_owned())).map(|it| it.state);
            view! { <td>{word(state)}</td> }
        };
        let cells = shown.iter().map(cell).collect_view();
        view! { <tr><th scope="row"><bdi>{name}</bdi></th>{cells}</tr> }
    };
    (!people.is_empty() && !shown.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2 id="all">{title}</h2>
                {before}
                <p class="soft" id="words">"yes: achieved. waits: may be looked at. more: needs a little more. again: to be looked at again. on: on its way."</p>
                <div class="sideways" tabindex="0" role="region" aria-labelledby="all" aria-describedby="words">
                    <table class="many">
                        <thead><tr><th scope="col">"Who"</th>{head}</tr></thead>
                        <tbody>{people.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}
