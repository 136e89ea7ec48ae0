//! My placement: what I did, written down in under a minute, and what of it counts.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::PlaceId;
use domain::training::hours::{Beside, Line, LineForm, LineState, tell as rule, told};
use domain::training::ladder::Climbed;
use domain::training::papers::Paper;
use domain::training::placement::Placement;
use domain::training::vetting::{MayStart, Unmet};
use leptos::prelude::*;
use store::training::hours::{is_told, lines, of_day_now, save};
use store::training::placements::placement_now;
use store::training::vetting;

use super::{DAY, LOOKED_AT, LineFields, Totals, corrected, faults, id_of, said, tag};
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::OwnPlacement;
use crate::training::ladder::{Steps, steps};
use crate::training::papers::{Links, there};
use crate::training::placements::{Called, called, days, sites_of};
use crate::ui::choose::{filled, filled_day, typed_day};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

/// What was typed, for the rule.
pub(super) fn form_of(typed: &Typed) -> LineForm<'_> {
    LineForm {
        activity: typed.text("activity"),
        day: typed_day(typed, DAY),
        hours: typed.text("hours"),
        minutes: typed.text("minutes"),
        site: typed.text("site"),
        words: typed.text("words"),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    }
}

/// Whether the checks that the role asks for let somebody have started on the day that was typed.
pub(super) async fn started(
    cx: &Cx,
    placement: &Placement,
    form: &LineForm<'_>,
) -> store::Result<Result<(), Unmet>> {
    let on = form.day.needed().unwrap_or(cx.today());
    let whose = (placement.organisation, placement.person);
    Ok(vetting::may_start(cx.site.db(), whose, on).await?.map(drop))
}

/// Where a placement of mine is.
pub(super) fn path(placement: &Placement) -> String {
    format!("/training/placements/{}", placement.id)
}

/// A form as it is opened: with today, the placement's site, and an id of its own, so that a second tap does not tell
/// it twice.
fn opened(cx: &Cx, placement: &Placement) -> FormState {
    let mut fields = vec![("id", uuid::Uuid::now_v7().to_string()), ("site", placement.site.to_string())];
    fields.extend(filled_day(DAY, cx.today().clamp(placement.from, placement.to)));
    filled(&fields)
}

/// GET /training/placements/{placement}
pub(crate) async fn show(cx: Cx, here: OwnPlacement, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "told" => Some("It is kept, and waits to be agreed."),
        "gone" => Some("It is taken back."),
        "newer" => Some("Something was done with that line meanwhile. This is how it stands now."),
        _ => None,
    };
    let form = opened(&cx, &here.placement);
    page(&cx, &here, (StatusCode::OK, form), done).await
}

/// POST /training/placements/{placement}: one more line.
pub(crate) async fn tell(cx: Cx, here: OwnPlacement, typed: Typed) -> Answer {
    let id = id_of(&typed);
    let sites: Vec<_> =
        sites_of(&cx, here.placement.organisation).await?.into_iter().map(|it| it.0).collect();
    let form = form_of(&typed);
    let start = started(&cx, &here.placement, &form).await?;
    let tx = cx.site.db().begin().await?;
    let placement = placement_now(&tx, here.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let done = format!("{}?done=told", path(&placement));
    if is_told(&tx, id).await? {
        // A second tap.
        return Ok(cx.done(&done));
    }
    let told = match form.day.needed() {
        Ok(day) => told(&of_day_now(&tx, here.me, day).await?, None),
        Err(_) => 0,
    };
    let beside = Beside { before: None, is_corrected: false, sites: &sites, told, start };
    match rule((here.me, id), &placement, &form, beside, (0, cx.today())) {
        Ok(new) => {
            save(&tx, (placement.id, here.me), &new).await?;
            tx.commit().await?;
            Ok(cx.done(&done))
        }
        Err(refused) => {
            drop(tx);
            let form = FormState::refused(typed, faults(refused, "words").unwrap_or_default());
            page(&cx, &here, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
        }
    }
}

async fn page(
    cx: &Cx,
    here: &OwnPlacement,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let placement = here.placement.clone();
    let lines = lines(cx.site.db(), placement.id).await?;
    let sites = sites_of(cx, placement.organisation).await?;
    let called = called(cx, vec![placement]).await?.into_iter().next().ok_or(TurnedAway::NotFound)?;
    let today = cx.today();
    let begun = called.placement.from <= today;
    let whose = (called.placement.organisation, called.placement.person);
    let start = vetting::may_start(cx.site.db(), whose, today).await?;
    let may_start = start.is_ok();
    let start = before(cx, start).await?;
    let head = Head::new("My hours", Area::Me).failed(!form.faults.is_empty());
    let steps = steps(cx, &called.placement).await?;
    let papers = there(cx, &called.placement).await?;
    let page = move || view! { <MyPage called lines sites form done begun start=(may_start, start) beside=(steps, papers)/> };
    Ok(cx.page(status, head, page).await)
}

/// What somebody is to know before they start, in words: that a check is missing, or who is alongside them until it is
/// there.
async fn before(cx: &Cx, start: Result<Vec<MayStart>, Unmet>) -> store::Result<Option<String>> {
    let may = match start {
        Ok(may) => may,
        Err(Unmet::Check) => {
            let says = "A check for the role is still missing. You can start, and write down hours, once it is there. Ask whoever sees checks at the organisation.";
            return Ok(Some(says.to_owned()));
        }
        Err(Unmet::MayNot) => {
            let says =
                "You cannot start at the moment. Whoever sees checks at the organisation can tell you more.";
            return Ok(Some(says.to_owned()));
        }
    };
    let Some(with) = may.iter().find_map(MayStart::with) else { return Ok(None) };
    let names = store::people::names(cx.site.db(), &[with.guide.as_uuid()]).await?;
    let guide = names.get(&with.guide.as_uuid()).map_or("somebody", String::as_str);
    let until = crate::ui::words::date(with.until);
    Ok(Some(format!("Until {until}, {guide} is always with you. What you do until then: {}", with.duties)))
}

#[component]
fn MyPage(
    called: Called,
    lines: Vec<Line>,
    sites: Vec<(PlaceId, String)>,
    form: FormState,
    done: Option<&'static str>,
    begun: bool,
    /// Whether they may start, and what is to be known before they do.
    start: (bool, Option<String>),
    /// The steps towards leading a group, each with what its guide is called; and which papers there are.
    beside: (Vec<(Climbed, String)>, Vec<Paper>),
) -> impl IntoView {
    let (steps, papers) = beside;
    let path = path(&called.placement);
    let id = id_of(&form.typed).to_string();
    let days = days(&called.placement);
    let asked = match lines.iter().filter(|it| it.state == LineState::Asked).count() {
        0 => None,
        1 => Some("One line came back with a question.".to_owned()),
        many => Some(format!("{many} lines came back with a question.")),
    };
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/training/placements">"My placements"</a></p>
            <h1>"My hours"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="lead">{called.site.clone()}", "{days}". "<bdi>{called.supervisor.clone()}</bdi>" agrees what you write here."</p>
            {called.ended.clone().map(|it| view! { <p class="notice">{it}</p> })}
            {start.1.map(|it| view! { <p class="notice care">{it}</p> })}
            {asked.map(|it| view! { <p class="notice care">{it}" "<a href="#lines">"Look at what I wrote down"</a></p> })}
            <Links path=path.clone() papers/>
            {(!begun).then(|| view! { <p class="notice">"It has not begun yet. You can write down hours from the first day on."</p> })}
            {begun.then(|| {
                let typed = !form.faults.is_empty();
                let form = view! {
                    <form method="post" action=path.clone() class="card stack" novalidate>
                        <h2>"Write down what you did"</h2>
                        <LineFields form sites=sites.clone()/>
                        <input type="hidden" name="id" value=id/>
                        <p><button class="button">"Keep it"</button></p>
                    </form>
                };
                match start.0 {
                    true => form.into_any(),
                    false => view! { <details class="looking" open=typed><summary>"Write down hours of a day on which you could start"</summary>{form}</details> }.into_any(),
                }
            })}
            <Totals lines=lines.clone() asked=called.asked/>
            <Steps steps/>
            <MyLines path lines sites/>
        </div>
    }
}

#[component]
fn MyLines(path: String, lines: Vec<Line>, sites: Vec<(PlaceId, String)>) -> impl IntoView {
    let sites: BTreeMap<_, _> = sites.into_iter().collect();
    let (gone, going) = corrected(&lines);
    let none = lines.is_empty();
    let card = |it: &Line| {
        let href = format!("{path}/hours/{}", it.id);
        let is_corrected = gone.contains(&it.id) || going.contains(&it.id);
        let says = match it.state {
            LineState::Agreed => "Write it anew",
            _ => "Change it",
        };
        let words = said(it, &sites);
        let label = format!("{says}: {words}");
        let note = match (gone.contains(&it.id), going.contains(&it.id)) {
            (true, _) => Some("Written anew: this one does not count any more."),
            (_, true) => Some("Written anew. This one counts until the other is agreed."),
            _ => it.corrects.map(|_| "Instead of an earlier one."),
        };
        view! {
            <li class="card stack">
                <p><b>{words}</b></p>
                {(!it.words.is_empty()).then(|| view! { <p class="typed">{it.words.clone()}</p> })}
                <p class="row"><span class=tag(it.state)>{it.state.label()}</span>{note.map(|it| view! { <span class="soft">{it}</span> })}</p>
                {(!it.question.is_empty()).then(|| view! { <p class="typed">"They ask: "{it.question.clone()}</p> })}
                {(!is_corrected).then(|| view! { <p><a class="alone" href=href aria-label=label>{says}</a></p> })}
            </li>
        }
    };
    let cards = lines.iter().rev().map(card).collect_view();
    view! {
        <section class="stack" aria-labelledby="lines">
            <h2 id="lines" tabindex="-1">"What I wrote down"</h2>
            {none.then(|| view! { <p>"Nothing yet."</p> })}
            {(!none).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
        </section>
    }
}
