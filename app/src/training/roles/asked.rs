//! How far somebody is with the competences that their role names: for them, and for the employer from when they have
//! signed.

use chrono_tz::Europe::London;
use domain::training::framework::Code;
use domain::training::judgement::State;
use domain::training::role_issue::SeesAsked;
use leptos::prelude::*;
use store::training::judgements::{Standing, standings_asked};

use super::sheet::Shown;
use crate::cx::Cx;
use crate::training::competences::MINE;
use crate::training::competences::view::Tag;
use crate::ui::words::date;

/// Each competence that is named: its code, what it is called, and how far they are.
pub(super) struct Far {
    framework: String,
    competences: Vec<(String, String, Option<Standing>)>,
}

impl Far {
    /// Nothing where the role names no competence, or the reader may not see it.
    pub(super) async fn of(cx: &Cx, sees: Option<SeesAsked>, shown: &Shown) -> store::Result<Option<Self>> {
        let Some((sees, framework)) = sees.zip(shown.text.framework) else { return Ok(None) };
        let mut named: Vec<_> = Vec::new();
        for code in shown.text.criteria.iter().flat_map(|it| &it.shown_by) {
            if !named.contains(&code) {
                named.push(code);
            }
        }
        if named.is_empty() {
            return Ok(None);
        }
        let mut standings = standings_asked(cx.site.db(), sees, (framework, &named)).await?;
        let competence = |code: &&Code| {
            let title = shown.titles.get(code.as_str()).cloned().unwrap_or_default();
            (code.to_string(), title, standings.remove(code.as_str()))
        };
        let competences = named.iter().map(competence).collect();
        Ok(Some(Self { framework: framework.to_string(), competences }))
    }
}

#[component]
pub(super) fn HowFar(far: Far, is_own: bool, known_as: String) -> impl IntoView {
    let Far { framework, competences } = far;
    let all = competences.len();
    let achieved =
        |it: &&(String, String, Option<Standing>)| it.2.is_some_and(|it| it.state == State::Achieved);
    let achieved = competences.iter().filter(achieved).count();
    let line = |(code, title, standing): (String, String, Option<Standing>)| {
        let called = format!("{code} {title}");
        let since =
            standing.map(|it| format!("since {}", date(it.since.with_timezone(&London).date_naive())));
        view! {
            <li>
                {match is_own && standing.is_some() {
                    true => view! { <a class="alone" href=format!("{MINE}/{framework}/{code}")>{called}</a> }.into_any(),
                    false => called.into_any(),
                }}
                " "
                {match standing {
                    Some(it) => view! { <Tag state=it.state/> }.into_any(),
                    None => view! { <span class="tag">"Not started"</span> }.into_any(),
                }}
                " "<span class="soft">{since}</span>
            </li>
        }
    };
    let lines = competences.into_iter().map(line).collect_view();
    view! {
        <section class="stack on-screen" aria-labelledby="far">
            <h2 id="far">{match is_own {
                true => "How far I am with what it asks".into_any(),
                false => view! { "How far "<bdi>{known_as}</bdi>" is with what it asks" }.into_any(),
            }}</h2>
            <p>{achieved}" of "{all}" achieved."</p>
            <ul role="list" class="stack">{lines}</ul>
            <p class="soft">{match is_own {
                true => "From when you sign, your line manager and whoever coordinates there see this list too: how far you are with these, and nothing that shows it. They see nothing else that you learn or choose.",
                false => "You see the competences that this role names, and no others. What shows them is seen by those who assess.",
            }}</p>
        </section>
    }
}
