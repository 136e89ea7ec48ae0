//! The next version of an agreement, by either of the two.

use axum::http::StatusCode;
use domain::people::PersonId;
use domain::supervision::agreement::{Called, Version, may_propose, propose};
use domain::supervision::arrangement::With;
use leptos::prelude::*;
use store::supervision::AGREEMENT_WRITTEN;
use store::supervision::agreements::{save_version, versions, versions_now};
use store::supervision::arrangements::arrangement_now;

use super::place;
use super::terms::{TermsFields, opened, typed_form};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::Typed;
use crate::happened::{Happened, tell};
use crate::permits::StrandHere;
use crate::revised::{Refused, refused, seen};
use crate::ui::form::ErrorSummary;
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// GET /supervision/{arrangement}/change
pub(crate) async fn show(cx: Cx, here: StrandHere) -> Answer {
    may(&cx, &here)?;
    let last = last(&cx, &here).await?.ok_or(TurnedAway::NotFound)?;
    page(&cx, &here, Refused::opened(opened(&last.terms), last.number)).await
}

/// POST /supervision/{arrangement}/change
pub(crate) async fn write(cx: Cx, here: StrandHere, typed: Typed) -> Answer {
    may(&cx, &here)?;
    let other = match here.arrangement.with {
        With::One(person) => person,
        With::Group(_) => here.arrangement.supervisor,
    };
    let called = names(&cx, &[here.arrangement.supervisor, other]).await?;
    let organisation =
        store::organisations::organisation(cx.site.db(), here.arrangement.organisation).await?;
    let organisation = organisation.ok_or(TurnedAway::NotFound)?;
    let name = |it: PersonId| called.get(&it).map_or("", String::as_str);
    let called = Called {
        supervisor: name(here.arrangement.supervisor),
        supervisee: name(other),
        organisation: &organisation.name,
    };
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, here.arrangement.id).await?.ok_or(TurnedAway::NotFound)?;
    let last = versions_now(&tx, arrangement.id).await?.pop().ok_or(TurnedAway::NotFound)?.version;
    let form = typed_form(&typed);
    let proposed =
        propose(&here.member, (&arrangement, called), &form, (Some(&last), seen(&typed)), cx.today());
    match proposed {
        Ok(new) if new.terms() == &last.terms => {
            // Nothing is different: there is nothing to agree to anew.
            Ok(cx.done(&format!("{}/agreement/{}?done=same", place(arrangement.id), last.number)))
        }
        Ok(new) => {
            save_version(&tx, arrangement.id, &new, cx.now()).await?;
            let page = format!("{}/agreement/{}", place(arrangement.id), new.number());
            for other in here.others(cx.today()) {
                tell(&cx, &tx, (other, Happened::AgreementWaits), &page).await?;
            }
            cx.keep(tx, here.event(&cx, AGREEMENT_WRITTEN)).await?;
            Ok(cx.done(&page))
        }
        Err(why) => {
            drop(tx);
            let back = refused(typed, why, ("every", last.number), last);
            page(&cx, &here, back).await
        }
    }
}

/// Whether they may write it, while it goes on.
fn may(cx: &Cx, here: &StrandHere) -> Result<(), TurnedAway> {
    let may = may_propose(&here.arrangement, here.member.part()) && here.arrangement.is_open(cx.today());
    if may { Ok(()) } else { Err(TurnedAway::NotFound) }
}

async fn last(cx: &Cx, here: &StrandHere) -> store::Result<Option<Version>> {
    let id = here.arrangement.id;
    let mut all = versions(cx.site.db(), &[id]).await?.remove(&id).unwrap_or_default();
    Ok(all.pop().map(|it| it.version))
}

async fn page(cx: &Cx, here: &StrandHere, back: Refused<Version>) -> Answer {
    let Refused { status, form, revision, newer } = back;
    let status: StatusCode = status;
    let path = place(here.arrangement.id);
    let action = format!("{path}/change");
    let strand = here.arrangement.strand;
    let newer = newer.map(|it| {
        let words = it.terms.words;
        vec![
            ("How often", it.terms.rhythm.said()),
            ("From", date(it.terms.from)),
            ("Where", words.place),
            ("Ground rules", words.ground_rules),
            ("What stays between you", words.confidentiality),
            ("What does not", words.limits),
            ("If a session is missed", words.missed),
        ]
    });
    let head = Head::new("Change an agreement", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=path>{strand.label()}</a></p>
                <h1>"Change what you agreed on"</h1>
                <p class="lead">"What holds now goes on until both of you have agreed to this."</p>
                {newer.map(|texts| view! { <Newer texts/> })}
                <form method="post" action=action class="stack" novalidate>
                    <input type="hidden" name="revision" value=revision/>
                    <TermsFields form/>
                    <p class="row"><button class="button">"Go on to read it as it will stand"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
