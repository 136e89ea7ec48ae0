//! Papers of a placement, the agreement and the induction: read, signed and printed by whoever is on it and whoever
//! looks after it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{FieldFault, PersonId};
use domain::training::papers::{Item, Paper, PaperSigner, Side, sign as rule};
use domain::training::placement::Placement;
use domain::training::role_issue::NotActed;
use leptos::prelude::*;
use store::audit::Event;
use store::content::written;
use store::training::papers::{
    KeptPaper, KeptSignature, items, paper, paper_now, save_signature, signatures, signatures_now,
};
use store::training::placements::placement_now;

use super::placements::days;
use crate::answer::Broken;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::signing::{ToSign, plain_text, sign_form};
use crate::ui::choose::{DayField, DayNames, Ticks, filled, filled_day};
use crate::ui::form::ErrorSummary;
use crate::ui::prose::Prose;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, moment_on_paper};

pub(crate) mod looked_after;
pub(crate) mod mine;
pub(crate) mod texts;

const DAY: DayNames = ["day", "day_month", "day_year"];

/// Which papers a placement has.
pub(super) async fn there(cx: &Cx, placement: &Placement) -> store::Result<Vec<Paper>> {
    let db = cx.site.db();
    let mut there = Vec::new();
    if paper(db, placement.id, Paper::Agreement).await?.is_some() {
        there.push(Paper::Agreement);
    }
    if !items(db, placement.id).await?.is_empty() {
        there.push(Paper::Induction);
    }
    Ok(there)
}

/// Links to the papers of a placement that is at `path`.
#[component]
pub(super) fn Links(path: String, papers: Vec<Paper>) -> impl IntoView {
    let link = |it: Paper| {
        let href = format!("{path}/papers/{}", it.as_str());
        view! { <li><a class="alone" href=href>{it.label()}</a></li> }
    };
    (!papers.is_empty())
        .then(|| view! { <ul class="row" role="list">{papers.into_iter().map(link).collect_view()}</ul> })
}

/// Who looks at a paper, and where.
struct Viewer<'a> {
    placement: &'a Placement,
    side: Side,
    /// Where the placement is for them.
    back: String,
}

/// How a page comes to be shown.
struct Said {
    status: StatusCode,
    form: FormState,
    done: Option<&'static str>,
}

impl Said {
    /// As somebody opens it.
    fn opened(cx: &Cx, done: &str) -> Self {
        let done = match done {
            "signed" => Some("You have signed it. It is kept with your name, the time and the text."),
            "ticked" => Some("It is ticked."),
            _ => None,
        };
        Self { status: StatusCode::OK, form: filled(&filled_day(DAY, cx.today())), done }
    }

    fn refused(status: StatusCode, typed: Typed, faults: Vec<FieldFault>) -> Self {
        Self { status, form: FormState::refused(typed, faults), done: None }
    }
}

/// The very text that is signed, so that anybody can compute its hash again.
async fn text(cx: &Cx, placement: &Placement, which: &str) -> Answer {
    let which = Paper::parse(which).ok_or(TurnedAway::NotFound)?;
    let kept = paper(cx.site.db(), placement.id, which).await?.ok_or(TurnedAway::NotFound)?;
    Ok(plain_text("paper.txt", kept.text))
}

/// Signs a paper, or gives the form back.
async fn sign(
    cx: &Cx,
    (viewer, signer): (&Viewer<'_>, PaperSigner<'_>),
    which: &str,
    (typed, event): (Typed, Event),
) -> Answer {
    let which = Paper::parse(which).ok_or(TurnedAway::NotFound)?;
    let tx = cx.site.db().begin().await?;
    let placement = placement_now(&tx, viewer.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let kept = paper_now(&tx, placement.id, which).await?.ok_or(TurnedAway::NotFound)?;
    let signed: Vec<Side> =
        signatures_now(&tx, placement.id, which).await?.into_iter().map(|it| it.side).collect();
    let done = format!("{}/papers/{}?done=signed", viewer.back, which.as_str());
    let said = match rule(signer, &placement, (&kept.hash, &signed), &sign_form(&typed)) {
        Ok(new) => {
            save_signature(&tx, (&placement, which, &kept.hash), &new, cx.now()).await?;
            cx.keep(tx, event).await?;
            return Ok(cx.done(&done));
        }
        // A second tap.
        Err(NotActed::Already) => return Ok(cx.done(&done)),
        Err(NotActed::Faults(faults)) => Said::refused(StatusCode::UNPROCESSABLE_ENTITY, typed, faults),
        Err(NotActed::OtherText) => {
            let remedy = "Your page showed another text than this one. Read it again, then sign it.";
            let fault = FieldFault { field: "name", remedy: remedy.into() };
            Said::refused(StatusCode::CONFLICT, typed, vec![fault])
        }
        Err(NotActed::NotTheirs | NotActed::Over(_) | NotActed::Personal(_)) => {
            return Err(TurnedAway::NotFound);
        }
    };
    drop(tx);
    page(cx, viewer, which, said).await
}

/// Everything on the page.
struct Whole {
    which: Paper,
    side: Side,
    back: String,
    days: String,
    kept: Option<KeptPaper>,
    html: Option<store::content::Html>,
    items: Vec<Item>,
    signed: Vec<KeptSignature>,
    called: BTreeMap<PersonId, String>,
    person: PersonId,
    supervisor: PersonId,
}

async fn page(cx: &Cx, viewer: &Viewer<'_>, which: Paper, said: Said) -> Answer {
    let (db, placement) = (cx.site.db(), viewer.placement);
    let kept = paper(db, placement.id, which).await?;
    let items = match which {
        Paper::Agreement => Vec::new(),
        Paper::Induction => items(db, placement.id).await?,
    };
    if kept.is_none() && items.is_empty() {
        return Err(TurnedAway::NotFound);
    }
    let html =
        kept.as_ref().filter(|_| which == Paper::Agreement).map(|it| readable(&it.words)).transpose()?;
    let by = items.iter().filter_map(|it| it.done.map(|it| it.1));
    let people: Vec<_> = by.chain([placement.person, placement.supervisor]).collect();
    let whole = Whole {
        which,
        side: viewer.side,
        back: viewer.back.clone(),
        days: days(placement),
        html,
        signed: signatures(db, placement.id, which).await?,
        called: names(cx, &people).await?,
        person: placement.person,
        supervisor: placement.supervisor,
        kept,
        items,
    };
    let Said { status, form, done } = said;
    let head = Head::new("A paper", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <PaperPage whole form done/> }).await)
}

/// What an organisation wrote, which was looked at when it was kept.
fn readable(words: &str) -> Result<store::content::Html, Broken> {
    let html = written(words).map_err(|faults| {
        store::Failure::Content(faults.first().map(ToString::to_string).unwrap_or_default())
    })?;
    Ok(html)
}

#[component]
fn PaperPage(whole: Whole, form: FormState, done: Option<&'static str>) -> impl IntoView {
    let Whole { which, side, back, days, kept, html, items, signed, called, person, supervisor } = whole;
    let name = |it: PersonId| called.get(&it).cloned().unwrap_or_default();
    let (of, with) = (name(person), name(supervisor));
    let path = format!("{back}/papers/{}", which.as_str());
    let has_signed = signed.iter().any(|it| it.side == side);
    let hash = kept.map(|it| it.hash);
    let may_sign = hash.clone().filter(|_| !has_signed);
    let may_tick = side == Side::Supervisor && items.iter().any(|it| it.done.is_none());
    let left: Vec<_> = items.iter().filter(|it| it.done.is_none()).cloned().collect();
    let has_items = !items.is_empty();
    let item = |it: &Item| {
        let says = match it.done {
            Some((day, by)) => format!("{}, by {}", date(day), name(by)),
            None => "Not yet".to_owned(),
        };
        view! { <li><p>{it.words.clone()}</p><p class="soft"><bdi>{says}</bdi></p></li> }
    };
    let shown = items.iter().map(item).collect_view();
    view! {
        <div class="wrap reading form-page plan stack">
            <ErrorSummary form=form.clone()/>
            <p class="on-screen"><a class="crumb" href=back.clone()>"The placement"</a></p>
            <h1>{which.label()}</h1>
            {done.map(|it| view! { <p class="notice on-screen" role="status">{it}</p> })}
            <p class="lead"><bdi>{of.clone()}</bdi>" with "<bdi>{with.clone()}</bdi>", "{days}"."</p>
            {html.map(|html| view! { <Prose html/> })}
            {has_items.then(|| view! { <ol class="stack numbered">{shown}</ol> })}
            {may_tick.then(|| view! { <Ticking action=format!("{back}/induction") form=form.clone() left/> })}
            {hash.map(|hash| view! { <Signatures signed of with hash path=path.clone()/> })}
            {may_sign.map(|hash| view! { <Signing path form hash/> })}
        </div>
    }
}

/// Both signatures, or that one is missing.
#[component]
fn Signatures(
    signed: Vec<KeptSignature>,
    of: String,
    with: String,
    hash: String,
    path: String,
) -> impl IntoView {
    let is_open = signed.len() < 2;
    let row = |who: String, side: Side| {
        let says = match signed.iter().find(|it| it.side == side) {
            Some(it) => format!("{}, on {}", it.name, moment_on_paper(it.at)),
            None => "Not signed".to_owned(),
        };
        view! { <div><dt><bdi>{who}</bdi></dt><dd><bdi>{says}</bdi></dd></div> }
    };
    view! {
        <section class="stack" aria-labelledby="signatures">
            <h2 id="signatures">"Signatures"</h2>
            <dl class="summary">{row(of, Side::Person)}{row(with, Side::Supervisor)}</dl>
            {is_open.then(|| view! { <p class="on-screen">"It holds when both have signed it."</p> })}
            <p class="soft">"Each is kept with the SHA-256 of the plain text, which anybody who has that file can compute again:"</p>
            <p class="key"><code>{hash}</code></p>
            <p class="on-screen"><a class="alone" href=format!("{path}/text")>"The plain text, as a file"</a></p>
        </section>
    }
}

/// The form to sign.
#[component]
fn Signing(path: String, form: FormState, hash: String) -> impl IntoView {
    view! {
        <section class="card stack on-screen" aria-labelledby="sign">
            <h2 id="sign">"Sign it"</h2>
            <p>"You sign for yourself only. Your name and the time are kept with the text, and are never rewritten."</p>
            <ToSign action=format!("{path}/sign") form hash button="Sign"/>
        </section>
    }
}

/// The form for whoever has shown somebody something.
#[component]
fn Ticking(action: String, form: FormState, left: Vec<Item>) -> impl IntoView {
    let items = left.into_iter().map(|it| (it.number.to_string(), it.words)).collect();
    view! {
        <form method="post" action=action class="card stack on-screen" novalidate>
            <h2>"What have you shown them?"</h2>
            <Ticks form=form.clone() name="item" legend="Tick what was done on this day" choices=items/>
            <DayField form names=DAY legend="On which day?"/>
            <p><button class="button">"Keep it"</button></p>
            <p class="soft">"What is ticked stays so. When everything is, you both sign."</p>
        </form>
    }
}
