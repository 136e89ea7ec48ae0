//! The frameworks of competences that an organisation works with: a list, one framework, and what changed in it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use domain::people::OrganisationId;
use domain::training::framework::{Changes, Competence, FrameworkId, changes};
use leptos::prelude::*;
use store::content::{ShippedFramework, framework_csv};
use store::training::frameworks::{self, FRAMEWORK_ADDED, Framework, Version};

use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::Typed;
use crate::permits::CoordinatesTrainingHere;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

pub(crate) mod levels;
pub(crate) mod upload;

/// Where an organisation's frameworks are.
fn place(organisation: OrganisationId) -> String {
    format!("/training/at/{organisation}/frameworks")
}

/// A framework of the organisation that the path names; those of others are not there.
async fn own(cx: &Cx, here: &CoordinatesTrainingHere, id: FrameworkId) -> Result<Framework, TurnedAway> {
    let found = frameworks::framework(cx.site.db(), id).await?;
    found.filter(|it| it.organisation == here.organisation.id).ok_or(TurnedAway::NotFound)
}

/// GET /training/at/{organisation}/frameworks
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let organisation = here.coordinator.organisation();
    let own = frameworks::of(cx.site.db(), &[organisation]).await?;
    let is_there = |it: &&ShippedFramework| own.iter().all(|own| own.title != it.about.title());
    let shipped: Vec<_> = cx.site.frameworks().iter().filter(is_there).cloned().collect();
    let done = (asks.text("done") == "levels").then_some("The levels are kept.");
    let (path, name) = (place(organisation), here.organisation.name);
    let page = move || {
        let none = own.is_empty();
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href=format!("/training/at/{organisation}")>"Training at "{name.clone()}</a></p>
                <h1>"Frameworks of "{name}</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"A framework is a list of what people are to be able to do. People here choose the one they work with, and their assessors judge by it."</p>
                {none.then(|| view! { <p>"There is none yet."</p> })}
                {(!none).then(|| view! {
                    <ul role="list" class="stack">{own.into_iter().map(|it| view! { <FrameworkCard path=path.clone() framework=it/> }).collect_view()}</ul>
                })}
                <p class="row"><a class="button" href=format!("{path}/new")>"Bring in a framework"</a>
                    <a href=format!("{path}/levels")>"Our levels"</a></p>
                {(!shipped.is_empty()).then(|| view! { <Shipped path=path.clone() shipped/> })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Frameworks", Area::Me), page).await)
}

#[component]
fn FrameworkCard(path: String, framework: Framework) -> impl IntoView {
    view! {
        <li class="card">
            <h2><a class="alone" href=format!("{path}/{}", framework.id)>{framework.title}</a></h2>
            <p class="soft">"Version "{framework.version}</p>
        </li>
    }
}

#[component]
fn Shipped(path: String, shipped: Vec<ShippedFramework>) -> impl IntoView {
    let action = format!("{path}/shipped");
    let card = |it: ShippedFramework| {
        let title = it.about.title().to_owned();
        let how_many = match it.competences.all().len() {
            0 => "Empty".to_owned(),
            many => format!("{many} headings"),
        };
        view! {
            <li class="card stack">
                <h3>{title.clone()}</h3>
                <p>{it.sentence}</p>
                <p class="soft">{how_many}</p>
                <form method="post" action=action.clone()>
                    <button class="button quiet" name="slug" value=it.slug.to_string()>"Take it over"<span class="hidden">" "{title}</span></button>
                </form>
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby="shipped">
            <h2 id="shipped">"These come with Alongside"</h2>
            <ul role="list" class="stack">{shipped.into_iter().map(card).collect_view()}</ul>
        </section>
    }
}

/// POST /training/at/{organisation}/frameworks/shipped: takes one over as the organisation's own, once.
pub(crate) async fn take_over(cx: Cx, here: CoordinatesTrainingHere, typed: Typed) -> Answer {
    let organisation = here.coordinator.organisation();
    let slug = typed.text("slug");
    let Some(shipped) = cx.site.frameworks().iter().find(|it| it.slug.as_str() == slug) else {
        return Ok(cx.done(&place(organisation)));
    };
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, organisation).await?;
    if frameworks::is_taken_now(&tx, organisation, shipped.about.title(), None).await? {
        return Ok(cx.done(&place(organisation)));
    }
    let new = (&shipped.about, &shipped.competences);
    let id = frameworks::add(&tx, organisation, new, cx.now()).await?;
    cx.keep(tx, here.event(&cx, FRAMEWORK_ADDED).to(id.as_uuid())).await?;
    Ok(cx.done(&format!("{}/{id}?done=added", place(organisation))))
}

/// GET /training/at/{organisation}/frameworks/{framework}
pub(crate) async fn show(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, FrameworkId)>,
    Asks(asks): Asks,
) -> Answer {
    let framework = own(&cx, &here, id).await?;
    let competences = frameworks::competences(cx.site.db(), id, framework.version).await?;
    let versions = frameworks::versions(cx.site.db(), id).await?;
    let done = match asks.text("done") {
        "added" => Some("It is in place. People here can choose it from now on."),
        "version" => {
            Some("The new version is in place. What was judged before stays with the words it was judged by.")
        }
        _ => None,
    };
    let list = place(framework.organisation);
    let page = move || {
        let path = format!("{list}/{id}");
        let is_changed = framework.version > 1;
        let latest = versions.into_iter().next();
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href=list>"Frameworks"</a></p>
                <h1>{framework.title}</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                {latest.map(|it| view! { <Terms version=it/> })}
                <p class="row"><a class="button quiet" href=format!("{path}/version")>"Bring in a new version"</a>
                    <a href=format!("{path}/csv")>"Save it as a table"</a>
                    {is_changed.then(|| view! { <a href=format!("{path}/changes")>"What changed"</a> })}</p>
                <Listed competences/>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("A framework", Area::Me), page).await)
}

#[component]
fn Terms(version: Version) -> impl IntoView {
    let Version { number, licence, source, made_at } = version;
    let day = date(made_at.with_timezone(&chrono_tz::Europe::London).date_naive());
    view! {
        <p class="soft">"Version "{number}", since "{day}</p>
        <p class="typed">{licence}</p>
        {(!source.is_empty()).then(|| view! { <p><a class="alone" href=source.clone() rel="noreferrer">{source.clone()}</a></p> })}
    }
}

/// Competences under their headings.
#[component]
fn Listed(competences: Vec<Competence>) -> impl IntoView {
    let none = competences.is_empty();
    let mut groups: Vec<(String, Vec<Competence>)> = Vec::new();
    for it in competences {
        match groups.last_mut().filter(|group| group.0 == it.domain) {
            Some(group) => group.1.push(it),
            None => groups.push((it.domain.clone(), vec![it])),
        }
    }
    let group = |(domain, of): (String, Vec<Competence>)| {
        let heading = if domain.is_empty() { "Competences".to_owned() } else { domain };
        view! {
            <section class="stack">
                <h2>{heading}</h2>
                <ul role="list" class="stack">{of.into_iter().map(|it| view! { <Line competence=it/> }).collect_view()}</ul>
            </section>
        }
    };
    view! {
        {none.then(|| view! { <p>"There is nothing in it yet. Save it as a table, write a line for each competence, and bring it in as a new version."</p> })}
        {groups.into_iter().map(group).collect_view()}
    }
}

#[component]
fn Line(competence: Competence) -> impl IntoView {
    let mut more = vec![competence.need.label().to_owned()];
    more.extend(competence.is_optional.then(|| "optional".to_owned()));
    more.extend(competence.accepts_lived_experience.then(|| "lived experience counts".to_owned()));
    more.extend(competence.parent.map(|it| format!("under {it}")));
    more.extend(competence.courses.into_iter().map(|it| format!("the course {it} counts")));
    view! {
        <li class="card prose">
            <h3>{competence.code.to_string()}" "{competence.title}</h3>
            <p class="soft">{more.join(", ")}</p>
            {(!competence.indicators.is_empty()).then(|| view! {
                <ul>{competence.indicators.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
            })}
        </li>
    }
}

/// GET /training/at/{organisation}/frameworks/{framework}/csv
pub(crate) async fn csv(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, FrameworkId)>,
) -> Answer {
    let framework = own(&cx, &here, id).await?;
    let competences = frameworks::competences(cx.site.db(), id, framework.version).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"framework.csv\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, framework_csv(&competences)?).into_response())
}

/// GET /training/at/{organisation}/frameworks/{framework}/changes: the latest version against the one before it, or
/// any two.
pub(crate) async fn show_changes(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, FrameworkId)>,
    Asks(asks): Asks,
) -> Answer {
    let framework = own(&cx, &here, id).await?;
    let asked = |name: &str, or: i64| {
        let number = asks.text(name).parse().unwrap_or(or);
        number.clamp(1, framework.version)
    };
    let (from, to) = (asked("from", framework.version - 1), asked("to", framework.version));
    let before = frameworks::competences(cx.site.db(), id, from).await?;
    let after = frameworks::competences(cx.site.db(), id, to).await?;
    let list = place(framework.organisation);
    let page = move || {
        let Changes { added, gone, changed } = changes(&before, &after);
        let nothing = added.is_empty() && gone.is_empty() && changed.is_empty();
        let line = |it: &Competence| view! { <li>{it.code.to_string()}" "{it.title.clone()}</li> };
        let group = |title: &'static str, of: Vec<&Competence>| {
            (!of.is_empty()).then(|| {
                view! { <section class="prose"><h2>{title}</h2><ul>{of.into_iter().map(line).collect_view()}</ul></section> }
            })
        };
        let pair = |(was, is): (&Competence, &Competence)| {
            let is_title = was.title != is.title;
            view! {
                <li class="card">
                    <h3>{is.code.to_string()}" "{is.title.clone()}</h3>
                    {is_title.then(|| view! { <p>"It was: "{was.title.clone()}</p> })}
                    {(!is_title).then(|| view! { <p class="soft">"Its title is the same. Something else about it changed."</p> })}
                </li>
            }
        };
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href=format!("{list}/{id}")>{framework.title}</a></p>
                <h1>"What changed"</h1>
                <p class="lead">"From version "{from}" to version "{to}"."</p>
                {nothing.then(|| view! { <p>"Nothing is different."</p> })}
                {group("New", added)}
                {(!changed.is_empty()).then(|| view! {
                    <section class="stack"><h2>"Changed"</h2><ul role="list" class="stack">{changed.into_iter().map(pair).collect_view()}</ul></section>
                })}
                {group("Not there any more", gone)}
                <p>"What was judged under an earlier version stays with its words."</p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("What changed", Area::Me), page).await)
}
