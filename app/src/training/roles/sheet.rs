//! A role as people read it and as it is printed: the work, what is asked, and what stands beside it.

use std::collections::BTreeMap;

use domain::training::framework::{Code, FrameworkId};
use domain::training::role_profile::{NeedWords, RoleCriterion, RoleText};
use leptos::prelude::*;
use store::content::{Html, written};
use store::training::frameworks;
use store::training::role_profiles::RoleVersion;

use crate::answer::Broken;
use crate::cx::Cx;
use crate::ui::prose::Prose;

/// What a sheet shows.
#[derive(Clone)]
pub(super) struct Shown {
    pub(super) text: RoleText,
    pub(super) words: NeedWords,
    /// Title and version of the framework.
    framework: Option<(String, i64)>,
    html: Html,
    /// What the competences are called that are named.
    pub(super) titles: BTreeMap<String, String>,
}

impl Shown {
    pub(super) async fn of(
        cx: &Cx,
        text: RoleText,
        words: NeedWords,
        framework: Option<(String, i64)>,
    ) -> Result<Self, Broken> {
        let html = written(&text.description).map_err(|faults| {
            let why = faults.first().map(ToString::to_string).unwrap_or_default();
            store::Failure::Content(why)
        })?;
        let mut titles = BTreeMap::new();
        if let Some((id, (_, version))) = text.framework.zip(framework.as_ref()) {
            let named: Vec<&Code> = text.criteria.iter().flat_map(|it| &it.shown_by).collect();
            titles = called(cx, (id, *version), &named).await?;
        }
        Ok(Self { text, words, framework, html, titles })
    }

    /// A version as it was made.
    pub(super) async fn version(cx: &Cx, version: RoleVersion) -> Result<Self, Broken> {
        Self::of(cx, version.text, version.words, version.framework).await
    }
}

async fn called(
    cx: &Cx,
    (id, version): (FrameworkId, i64),
    named: &[&Code],
) -> store::Result<BTreeMap<String, String>> {
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let all = frameworks::competences(cx.site.db(), id, version).await?;
    let theirs = all.into_iter().filter(|it| named.contains(&&it.code));
    Ok(theirs.map(|it| (it.code.to_string(), it.title)).collect())
}

/// The whole of it, under headings of the second level.
#[component]
pub(super) fn Sheet(shown: Shown) -> impl IntoView {
    let Shown { text, words, framework, html, titles } = shown;
    let hours = text.minutes.map(|it| match it % 60 {
        0 => format!("{}", it / 60),
        minutes => format!("{} hours {minutes} minutes", it / 60),
    });
    let has_facts = hours.is_some() || !text.band.is_empty();
    let fact = |what: &'static str, words: String| view! { <div><dt>{what}</dt><dd>{words}</dd></div> };
    let criteria = text.criteria.into_iter().map(|it| {
        let word = words.of(it.need).to_owned();
        view! { <Asked it word titles=titles.clone()/> }
    });
    let criteria = criteria.collect_view();
    view! {
        {has_facts.then(|| view! {
            <dl class="summary">
                {(!text.band.is_empty()).then(|| fact("Band or grade", text.band.clone()))}
                {hours.map(|it| fact("Hours a week", it))}
            </dl>
        })}
        <section class="stack" aria-labelledby="work">
            <h2 id="work">"The work"</h2>
            <Prose html/>
        </section>
        <section class="stack" aria-labelledby="asked">
            <h2 id="asked">"What is asked"</h2>
            <ol class="stack numbered">{criteria}</ol>
            {framework.map(|(title, version)| view! { <p class="soft">"Competences are those of "{title}", version "{version}"."</p> })}
        </section>
        <Lines id="checks" title="Checks" lines=text.checks/>
        <Lines id="needed-training" title="Training" lines=text.training/>
    }
}

#[component]
fn Asked(it: RoleCriterion, word: String, titles: BTreeMap<String, String>) -> impl IntoView {
    let shown = it.shown_by.iter().map(|code| {
        let title = titles.get(code.as_str()).cloned().unwrap_or_default();
        format!("{code} {title}").trim().to_owned()
    });
    let shown: Vec<_> = shown.collect();
    view! {
        <li>
            <p>{it.words}" "<span class="tag">{word}</span></p>
            {(!shown.is_empty()).then(|| view! { <p class="soft">"Shown by: "{shown.join("; ")}</p> })}
        </li>
    }
}

#[component]
fn Lines(id: &'static str, title: &'static str, lines: Vec<String>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul>{lines.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
            </section>
        }
    })
}
