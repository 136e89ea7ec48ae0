//! Who covers which concerns, as an administrator says.

use axum::http::StatusCode;
use domain::concern::{Cover, CoverForm, Route, cover};
use domain::people::PersonId;
use leptos::prelude::*;
use store::concerns::{
    COVER_CHANGED, cover as kept, cover_now, covers, save_cover, who_is_there, who_is_there_now,
};

use super::WhoIsRung;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::Typed;
use crate::permits::AdministersHere;
use crate::revised::{Refused, refused, seen};
use crate::ui::choose::{OneOf, filled};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};

/// The fields of those who cover a way, and what is asked of each.
const HOLDERS: [(&str, &str); domain::concern::MOST_HOLDERS] = [
    ("first", "Who is told first?"),
    ("second", "Who then?"),
    ("third", "And then?"),
    ("fourth", "And at last?"),
];

/// GET /organisation/{organisation}/concerns
pub(crate) async fn all(cx: Cx, here: AdministersHere, Asks(asks): Asks) -> Answer {
    let done = (asks.text("done") == "kept").then_some("It is kept.");
    let covers = covers(cx.site.db(), here.organisation.id).await?;
    let people: Vec<_> = covers.iter().flat_map(|it| it.holders.iter().copied()).collect();
    let called = names(&cx, &people).await?;
    let base = format!("/organisation/{}", here.organisation.id);
    let host = here.organisation.name.clone();
    let way = move |route: Route| {
        let cover = covers.iter().find(|it| it.route == route).cloned();
        let name = |it: &PersonId| called.get(it).cloned().unwrap_or_default();
        let holders: Vec<_> = cover.iter().flat_map(|it| &it.holders).map(name).collect();
        let href = format!("{base}/concerns/{}", route.as_str());
        let says = if cover.is_some() { "Change it" } else { "Say who is told" };
        let host = host.clone();
        view! {
            <section class="card stack" aria-labelledby=route.as_str()>
                <h2 id=route.as_str()>{route.label()}</h2>
                {match cover {
                    Some(cover) => view! {
                        <ol>{holders.into_iter().map(|it| view! { <li><bdi>{it}</bdi></li> }).collect_view()}</ol>
                        <WhoIsRung cover host/>
                    }.into_any(),
                    None => view! { <p><span class="tag">"Nobody is named"</span></p> }.into_any(),
                }}
                <p><a class="alone" href=href>{says}<span class="hidden">{format!(" ({})", route.label())}</span></a></p>
            </section>
        }
    };
    let crumb = format!("/organisation/{}/settings", here.organisation.id);
    let head = Head::new("Who is told of concerns", Area::Me);
    let page = move || {
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href=crumb>"Settings"</a></p>
                <h1>"Who is told of concerns"</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"Each kind has people of its own. The first is told; if nobody takes it on in time, the next. Nothing reaches anybody whom it is about, and administrators see none of it."</p>
                {Route::ALL.into_iter().map(way).collect_view()}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// GET /organisation/{organisation}/concerns/{route}
pub(crate) async fn show(cx: Cx, here: AdministersHere, At((_, route)): At<(String, String)>) -> Answer {
    let route = Route::parse(&route).ok_or(TurnedAway::NotFound)?;
    let back = match kept(cx.site.db(), here.organisation.id, route).await? {
        Some(it) => Refused::opened(filled(&fields(&it)), it.number),
        None => Refused::opened(filled(&[]), 0),
    };
    page(&cx, &here, route, back).await
}

/// The form of what is kept.
fn fields(it: &Cover) -> Vec<(&'static str, String)> {
    let holders = HOLDERS.into_iter().zip(&it.holders).map(|((name, _), holder)| (name, holder.to_string()));
    let rest = [
        ("answer_within", it.answer_within.to_string()),
        ("there", it.there.clone()),
        ("out_of_hours", it.out_of_hours.clone()),
        ("outside", it.outside.clone()),
    ];
    holders.chain(rest).collect()
}

/// POST /organisation/{organisation}/concerns/{route}
pub(crate) async fn keep(
    cx: Cx,
    here: AdministersHere,
    At((_, route)): At<(String, String)>,
    typed: Typed,
) -> Answer {
    let route = Route::parse(&route).ok_or(TurnedAway::NotFound)?;
    let id = here.organisation.id;
    let tx = cx.site.db().begin().await?;
    // Of two who say so the second sees the first.
    store::organisations::lock(&tx, id).await?;
    let last = cover_now(&tx, id, route).await?;
    let may: Vec<_> =
        who_is_there_now(&tx, (id, route), cx.today()).await?.iter().map(|it| it.person).collect();
    let form = CoverForm {
        holders: HOLDERS.map(|it| typed.text(it.0)),
        answer_within: typed.text("answer_within"),
        there: typed.text("there"),
        out_of_hours: typed.text("out_of_hours"),
        outside: typed.text("outside"),
        seen: seen(&typed),
    };
    let done = format!("/organisation/{id}/concerns?done=kept");
    match cover(&here.administrator, (route, last.as_ref()), &may, &form) {
        Ok(Some(new)) => {
            save_cover(&tx, &new, cx.now()).await?;
            cx.keep(tx, here.event(&cx, COVER_CHANGED).to(id.as_uuid())).await?;
            Ok(cx.done(&done))
        }
        Ok(None) => Ok(cx.done(&done)),
        Err(why) => {
            drop(tx);
            let number = last.as_ref().map_or(0, |it| it.number);
            page(&cx, &here, route, refused(typed, why, ("first", number), last)).await
        }
    }
}

async fn page(cx: &Cx, here: &AdministersHere, route: Route, back: Refused<Option<Cover>>) -> Answer {
    let Refused { status, form, revision, newer } = back;
    let id = here.organisation.id;
    let there = who_is_there(cx.site.db(), (id, route), cx.today()).await?;
    let mut people: Vec<_> = there.iter().map(|it| it.person).collect();
    let newer = newer.flatten();
    people.extend(newer.iter().flat_map(|it| it.holders.iter().copied()));
    let called = names(cx, &people).await?;
    let name = |it: &PersonId| called.get(it).cloned().unwrap_or_default();
    let mut choices: Vec<_> = there.iter().map(|it| (it.person.to_string(), name(&it.person))).collect();
    choices.sort_by_cached_key(|it| domain::people::filed(&it.1));
    let newer = newer.map(|it| {
        let holders: Vec<_> = it.holders.iter().map(name).collect();
        vec![
            ("Who is told", holders.join(", ")),
            ("Hours", it.answer_within.to_string()),
            ("When they are there", it.there),
            ("When they are not", it.out_of_hours),
            ("Outside", it.outside),
        ]
    });
    let base = format!("/organisation/{id}");
    let head = Head::new("Who is told of concerns", Area::Me).failed(!form.faults.is_empty());
    let nobody = choices.is_empty();
    let who = match route {
        Route::SpeakUp => {
            "Only a freedom to speak up guardian can be chosen. Invite one, or add it to what somebody is."
        }
        _ => {
            "Only safeguarding leads and deputies can be chosen. Invite them, or add it to what somebody is."
        }
    };
    let page = move || {
        let holder = |(name, label): (&'static str, &'static str)| {
            let none = if name == "first" { "Choose" } else { "Nobody" };
            view! { <OneOf form=form.clone() name label choices=choices.clone() none/> }
        };
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=format!("{base}/concerns")>"Who is told of concerns"</a></p>
                <h1>{route.label()}</h1>
                <p class="lead">{route.means()}</p>
                <p class=if nobody { "notice care" } else { "soft" }>{who}</p>
                {newer.map(|texts| view! { <Newer texts/> })}
                {nobody.then(|| view! { <p><a class="alone" href=format!("{base}/people")>"Look at people, or invite somebody"</a></p> })}
                {(!nobody).then(|| view! {
                    <form method="post" action=format!("{base}/concerns/{}", route.as_str()) class="stack" novalidate>
                        <input type="hidden" name="revision" value=revision/>
                        {HOLDERS.into_iter().map(holder).collect_view()}
                        <Field form=form.clone() name="answer_within" label="After how many hours does it go on to the next?" takes=Takes::Number/>
                        <Field form=form.clone() name="there" label="When are they there, and how are they rung?" takes=Takes::Line hint="Such as: Monday to Friday, 9 to 5, on the office’s number."/>
                        <Field form=form.clone() name="out_of_hours" label="Who is rung when they are not there?" takes=Takes::Line hint="A name and a number, such as your council’s emergency duty team."/>
                        <Field form=form.clone() name="outside" label="Who is rung outside of your organisation?" takes=Takes::Line hint="For when it is about those who would be told. These three lines can be read by everybody, also without an account."/>
                        <p class="row"><button class="button">"Keep this"</button></p>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
