//! An agreement as it stands: read, agreed to by each, and printed on two pages.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{FieldFault, PersonId};
use domain::signing::NotSigned;
use domain::supervision::agreement::{NotAgreed, agree as rule, may_propose};
use domain::supervision::arrangement::{Arrangement, ArrangementId, With};
use leptos::prelude::*;
use store::supervision::AGREED;
use store::supervision::agreements::{Agreed, KeptVersion, save_agreed, versions, versions_now};
use store::supervision::arrangements::{arrangement_now, spells_now};

use super::{organisations, place};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::StrandHere;
use crate::signing::{ToSign, plain_text, sign_form};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, moment_on_paper};

type Path = (ArrangementId, i64);

/// GET /supervision/{arrangement}/agreement/{number}
pub(crate) async fn show(cx: Cx, here: StrandHere, At((_, number)): At<Path>, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "agreed" => Some("You have agreed. It is kept with your name, the time and the text."),
        "same" => Some("Nothing is different, so this is still what you agreed on."),
        _ => None,
    };
    page(&cx, &here, number, (StatusCode::OK, FormState::default(), done)).await
}

/// GET /supervision/{arrangement}/agreement/{number}/text
pub(crate) async fn text(cx: Cx, here: StrandHere, At((_, number)): At<Path>) -> Answer {
    let kept = kept(&cx, &here, number).await?.0;
    Ok(plain_text("agreement.txt", kept.text))
}

/// POST /supervision/{arrangement}/agreement/{number}/agree
pub(crate) async fn agree(cx: Cx, here: StrandHere, At((_, number)): At<Path>, typed: Typed) -> Answer {
    let id = here.arrangement.id;
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let spells = spells_now(&tx, id).await?;
    let last = versions_now(&tx, id).await?.pop().ok_or(TurnedAway::NotFound)?.version;
    let page_of_it = format!("{}/agreement/{}", place(id), last.number);
    let done = format!("{page_of_it}?done=agreed");
    let form = (&last, &sign_form(&typed));
    let (status, faults) = match rule(&here.member, (&arrangement, &spells), form, cx.today()) {
        Ok(new) => {
            save_agreed(&tx, (id, &last.hash), &new, cx.now()).await?;
            if let Some(other) = here.other() {
                tell(&cx, &tx, (other, Happened::OtherAgreed), &page_of_it).await?;
            }
            cx.keep(tx, here.event(&cx, AGREED)).await?;
            return Ok(cx.done(&done));
        }
        // A second tap.
        Err(NotAgreed::Already) => return Ok(cx.done(&done)),
        Err(NotAgreed::Over) => {
            let remedy = "You do not meet in this way any more, so there is nothing to agree to. What you had agreed on stays.";
            (StatusCode::CONFLICT, vec![FieldFault { field: "name", remedy: remedy.into() }])
        }
        Err(NotAgreed::NotSigned(NotSigned::Faults(faults))) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
        Err(NotAgreed::NotSigned(NotSigned::OtherText)) => {
            let remedy =
                "There is another version than the one that your page showed. Read it, then agree to it.";
            (StatusCode::CONFLICT, vec![FieldFault { field: "name", remedy: remedy.into() }])
        }
    };
    drop(tx);
    let shown = if status == StatusCode::CONFLICT { last.number } else { number };
    page(&cx, &here, shown, (status, FormState::refused(typed, faults), None)).await
}

/// The version of that number, and that of the last.
async fn kept(cx: &Cx, here: &StrandHere, number: i64) -> Result<(KeptVersion, i64), TurnedAway> {
    let id = here.arrangement.id;
    let all = versions(cx.site.db(), &[id]).await?.remove(&id).unwrap_or_default();
    let last = all.last().map_or(0, |it| it.version.number);
    let found = all.into_iter().find(|it| it.version.number == number);
    Ok((found.ok_or(TurnedAway::NotFound)?, last))
}

/// Everything on the page.
struct Whole {
    arrangement: Arrangement,
    kept: KeptVersion,
    last: i64,
    /// Who is asked to agree.
    people: Vec<PersonId>,
    called: BTreeMap<PersonId, String>,
    organisation: String,
    comes_from: Option<String>,
    may_change: bool,
    may_agree: bool,
}

async fn page(
    cx: &Cx,
    here: &StrandHere,
    number: i64,
    (status, form, done): (StatusCode, FormState, Option<&'static str>),
) -> Answer {
    let (kept, last) = kept(cx, here, number).await?;
    let arrangement = here.arrangement.clone();
    let mut people = vec![arrangement.supervisor];
    match &arrangement.with {
        With::One(person) => people.push(*person),
        With::Group(_) => people.extend(here.members(cx.today())),
    }
    let called = names(cx, &people).await?;
    let mut places = organisations(cx, &[arrangement.organisation, arrangement.comes_from]).await?;
    let comes_from = (arrangement.comes_from != arrangement.organisation)
        .then(|| places.remove(&arrangement.comes_from))
        .flatten();
    let (is_open, goes_on) = (arrangement.is_open(cx.today()), here.goes_on(cx.today()));
    let whole = Whole {
        may_agree: goes_on && number == last && !kept.version.agreed.contains(&here.me),
        may_change: is_open && number == last && may_propose(&arrangement, here.member.part()),
        organisation: places.remove(&arrangement.organisation).unwrap_or_default(),
        arrangement,
        kept,
        last,
        people,
        called,
        comes_from,
    };
    let head = Head::new("An agreement", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <AgreementPage whole form done/> }).await)
}

#[component]
fn AgreementPage(whole: Whole, form: FormState, done: Option<&'static str>) -> impl IntoView {
    let Whole { arrangement, kept, last, people, called, organisation, comes_from, may_change, may_agree } =
        whole;
    let back = place(arrangement.id);
    let number = kept.version.number;
    let path = format!("{back}/agreement/{number}");
    let name = |it: &PersonId| called.get(it).cloned().unwrap_or_default();
    let supervisor = name(&arrangement.supervisor);
    let with = match &arrangement.with {
        With::One(person) => name(person),
        With::Group(group) => group.clone(),
    };
    let terms = kept.version.terms.clone();
    let hash = kept.version.hash.clone();
    let people = people.iter().map(|it| (name(it), kept.agreed.iter().find(|by| by.person == *it).cloned()));
    let people: Vec<_> = people.collect();
    let words = [
        ("Ground rules", terms.words.ground_rules),
        ("What stays between you", terms.words.confidentiality),
        ("What does not", terms.words.limits),
        ("If a session is missed", terms.words.missed),
    ];
    let said = |(title, words): (&'static str, String)| {
        (!words.is_empty())
            .then(|| view! { <section class="stack"><h2>{title}</h2><p class="typed">{words}</p></section> })
    };
    view! {
        <div class="wrap reading form-page plan stack">
            <ErrorSummary form=form.clone()/>
            <p class="on-screen"><a class="crumb" href=back.clone()>{arrangement.strand.label()}</a></p>
            <h1>"Agreement: "{arrangement.strand.label()}</h1>
            {done.map(|it| view! { <p class="notice on-screen" role="status">{it}</p> })}
            {(number < last).then(|| view! { <p class="notice on-screen">"This is version "{number}". "<a href=format!("{back}/agreement/{last}")>"Go to version "{last}</a>", the last one."</p> })}
            <dl class="summary">
                <div><dt>"For"</dt><dd>{organisation}</dd></div>
                <div><dt>"Supervisor"</dt><dd><bdi>{supervisor}</bdi>{comes_from.map(|it| format!(", {it}"))}</dd></div>
                <div><dt>{match &arrangement.with { With::One(_) => "Supervisee", With::Group(_) => "Group" }}</dt><dd><bdi>{with}</bdi></dd></div>
                <div><dt>"How often"</dt><dd>{terms.rhythm.said()}</dd></div>
                {(terms.rhythm.grace_days > 0).then(|| view! { <div><dt>"Still in time"</dt><dd>{terms.rhythm.grace_days}" days later"</dd></div> })}
                <div><dt>"From"</dt><dd>{date(terms.from)}</dd></div>
                {(!terms.words.place.is_empty()).then(|| view! { <div><dt>"Where"</dt><dd>{terms.words.place.clone()}</dd></div> })}
                <div><dt>"Looked at again"</dt><dd>{date(terms.review_on)}</dd></div>
                {terms.ends_on.map(|it| view! { <div><dt>"Ends"</dt><dd>{date(it)}</dd></div> })}
            </dl>
            <section class="stack"><h2>"Who reads what"</h2><p>{arrangement.strand.readers()}</p></section>
            {words.into_iter().map(said).collect_view()}
            <Agreeing people hash=hash.clone() path=path.clone()/>
            {may_agree.then(|| view! { <AgreeForm path=path.clone() form hash/> })}
            {may_change.then(|| view! { <p class="on-screen"><a class="alone" href=format!("{back}/change")>"Change something first"</a></p> })}
        </div>
    }
}

/// Who has agreed, and who has not yet.
#[component]
fn Agreeing(people: Vec<(String, Option<Agreed>)>, hash: String, path: String) -> impl IntoView {
    let is_open = people.iter().any(|it| it.1.is_none());
    let row = |(who, agreed): (String, Option<Agreed>)| {
        let says = match agreed {
            Some(it) => format!("{}, on {}", it.name, moment_on_paper(it.at)),
            None => "Not yet".to_owned(),
        };
        view! { <div><dt><bdi>{who}</bdi></dt><dd><bdi>{says}</bdi></dd></div> }
    };
    view! {
        <section class="stack" aria-labelledby="agreed">
            <h2 id="agreed">"Agreed by"</h2>
            <dl class="summary">{people.into_iter().map(row).collect_view()}</dl>
            {is_open.then(|| view! { <p class="on-screen">"It holds between two when both have agreed."</p> })}
            <p class="soft">"Kept with the SHA-256 of the plain text, which anybody who has that file can compute again:"</p>
            <p class="key"><code>{hash}</code></p>
            <p class="on-screen"><a class="alone" href=format!("{path}/text")>"The plain text, as a file"</a></p>
        </section>
    }
}

/// The form to agree.
#[component]
fn AgreeForm(path: String, form: FormState, hash: String) -> impl IntoView {
    view! {
        <section class="card stack on-screen" aria-labelledby="agree">
            <h2 id="agree">"Agree to it"</h2>
            <p>"You agree for yourself only. Your name and the time are kept with the text, and are never rewritten."</p>
            <ToSign action=format!("{path}/agree") form hash button="Agree"/>
        </section>
    }
}
