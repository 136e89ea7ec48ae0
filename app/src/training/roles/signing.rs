//! Signing a role, declining to, and taking one back.

use axum::http::StatusCode;
use domain::people::{FieldFault, Relationship, RelationshipKind};
use domain::training::role_issue::{IssueState, NewAct, NotActed, decline as declines};
use domain::training::role_issue::{revoke as revokes, sign as signs};
use leptos::prelude::*;
use store::audit::Action;
use store::training::issues::{ROLE_DECLINED, ROLE_REVOKED, ROLE_SIGNED, issue_now, save_act};

use super::issued::{Said, page};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::{RoleIssued, SignsRole, TakesRoleBack};
use crate::personal::looks;
use crate::signing::sign_form;
use crate::ui::form::{Field, Takes, Tick};
use crate::ui::text_area::TextArea;

/// The tick that says that a reason was looked at again.
const LOOKED_AT: &str = "looked_at";

/// POST /training/roles/{issue}/sign
pub(crate) async fn sign(cx: Cx, by: SignsRole, typed: Typed) -> Answer {
    let here = by.here;
    let tx = cx.site.db().begin().await?;
    let issue = issue_now(&tx, here.issued.issue.id).await?.ok_or(TurnedAway::NotFound)?;
    let signer = here.signer().ok_or(TurnedAway::NotFound)?;
    match signs(signer, &issue, &sign_form(&typed)) {
        Ok(act) => {
            tell_the_other(&cx, &tx, (&here, &issue)).await?;
            kept(&cx, &here, tx, (&issue, &act), (ROLE_SIGNED, "signed")).await
        }
        Err(refused) => {
            drop(tx);
            back(&cx, here, typed, refused, ("name", "signed")).await
        }
    }
}

/// POST /training/roles/{issue}/decline
pub(crate) async fn decline(cx: Cx, by: SignsRole, typed: Typed) -> Answer {
    let here = by.here;
    let tx = cx.site.db().begin().await?;
    let issue = issue_now(&tx, here.issued.issue.id).await?.ok_or(TurnedAway::NotFound)?;
    let signer = here.signer().ok_or(TurnedAway::NotFound)?;
    match declines(signer, &issue, typed.text("why"), typed.text(LOOKED_AT) == "yes") {
        Ok(act) => kept(&cx, &here, tx, (&issue, &act), (ROLE_DECLINED, "declined")).await,
        Err(refused) => {
            drop(tx);
            back(&cx, here, typed, refused, ("why", "signed")).await
        }
    }
}

/// POST /training/roles/{issue}/take-back
pub(crate) async fn take_back(cx: Cx, by: TakesRoleBack, typed: Typed) -> Answer {
    let TakesRoleBack { here, coordinator } = by;
    let tx = cx.site.db().begin().await?;
    let issue = issue_now(&tx, here.issued.issue.id).await?.ok_or(TurnedAway::NotFound)?;
    match revokes(&coordinator, &issue, typed.text("why"), typed.text(LOOKED_AT) == "yes") {
        Ok(act) => kept(&cx, &here, tx, (&issue, &act), (ROLE_REVOKED, "revoked")).await,
        Err(refused) => {
            drop(tx);
            let here = RoleIssued { coordinator: Some(coordinator), ..here };
            back(&cx, here, typed, refused, ("why", "revoked")).await
        }
    }
}

/// Writes to the other of the two: to whoever it was issued to, or to whoever manages them.
async fn tell_the_other(
    cx: &Cx,
    tx: &store::Tx,
    (here, issue): (&RoleIssued, &domain::training::role_issue::Issue),
) -> Result<(), TurnedAway> {
    let path = format!("/training/roles/{}", issue.id);
    if here.me != issue.person {
        let what = if issue.by_person { Happened::BothSigned } else { Happened::OtherSigned };
        return Ok(tell(cx, tx, (issue.person, what), &path).await?);
    }
    let what = if issue.by_manager { Happened::BothSigned } else { Happened::OtherSigned };
    let held = store::arranging::held_to(cx.site.db(), issue.organisation, issue.person, cx.today()).await?;
    let manages = |it: &Relationship| it.kind == RelationshipKind::LineManager && it.is_current(cx.today());
    for it in held.iter().map(|it| &it.relationship).filter(|it| manages(it)) {
        tell(cx, tx, (it.holder, what), &path).await?;
    }
    Ok(())
}

async fn kept(
    cx: &Cx,
    here: &RoleIssued,
    tx: store::Tx,
    (issue, act): (&domain::training::role_issue::Issue, &NewAct),
    (action, done): (Action, &str),
) -> Answer {
    save_act(&tx, issue, act, cx.now()).await?;
    cx.keep(tx, here.event(cx, action)).await?;
    Ok(cx.done(&format!("/training/roles/{}?done={done}", issue.id)))
}

/// The page again, as things are now; `field` is where it says what is wrong.
async fn back(
    cx: &Cx,
    here: RoleIssued,
    typed: Typed,
    refused: NotActed,
    (field, done): (&'static str, &str),
) -> Answer {
    let id = here.issued.issue.id;
    let (status, faults) = match refused {
        NotActed::NotTheirs => return Err(TurnedAway::NotFound),
        // A second tap.
        NotActed::Already => return Ok(cx.done(&format!("/training/roles/{id}?done={done}"))),
        NotActed::Over(state) => {
            let remedy = over(state).to_owned();
            (StatusCode::CONFLICT, vec![FieldFault { field: "signatures", remedy }])
        }
        NotActed::OtherText => {
            let remedy = "Your page showed another text than this one. Read it again, then sign it.";
            (StatusCode::CONFLICT, vec![FieldFault { field, remedy: remedy.into() }])
        }
        NotActed::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
        NotActed::Personal(it) => (StatusCode::UNPROCESSABLE_ENTITY, vec![looks(field, it)]),
    };
    // What is shown is what holds now.
    let issued = store::training::issues::issued(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)?;
    let here = RoleIssued { issued, ..here };
    page(cx, &here, Said { status, form: FormState::refused(typed, faults), done: None }).await
}

const fn over(state: IssueState) -> &'static str {
    match state {
        IssueState::Replaced => "A later version was issued meanwhile. Read that one, then sign it.",
        IssueState::Revoked => "It was taken back meanwhile, so there is nothing to sign.",
        IssueState::Declined => "It was declined meanwhile. It can be issued again.",
        IssueState::Open | IssueState::Signed => "Something was done with it meanwhile. Read it again.",
    }
}

/// The form to sign.
#[component]
pub(super) fn Signing(
    path: String,
    form: FormState,
    hash: String,
    is_own: bool,
    me: String,
) -> impl IntoView {
    let hint = "As you write it under a paper.";
    let says = match is_own {
        true => "I have read what the work is and what is asked of me",
        false => "I have read it, and this is what was agreed",
    };
    let wrong = form.fault("read");
    let class = if wrong.is_some() { "field wrong" } else { "field" };
    view! {
        <section class="card stack on-screen" aria-labelledby="sign">
            <h2 id="sign">"Sign it"</h2>
            <p>"You sign for yourself only, as "<bdi>{me}</bdi>". Your name and the time are kept with the text, and are never rewritten."</p>
            <form method="post" action=format!("{path}/sign") class="stack" novalidate>
                <Field form=form.clone() name="name" label="Your name" hint takes=Takes::FullName/>
                <div class=class>
                    {wrong.map(|it| view! { <span class="why"><span class="hidden">"Error: "</span>{it}</span> })}
                    <Tick form name="read" label=says/>
                </div>
                <input type="hidden" name="shown" value=hash/>
                <p><button class="button">"Sign"</button></p>
            </form>
        </section>
    }
}

/// The form for whoever does not sign.
#[component]
pub(super) fn Declining(path: String, form: FormState) -> impl IntoView {
    let action = format!("{path}/decline");
    let is_open = form.fault("why").is_some();
    view! {
        <details class="card on-screen" open=is_open>
            <summary>"I do not want to sign it"</summary>
            <Reason action form label="What is not right?" hint="In a word or a sentence. The other and whoever coordinates can read it." says="Decline"/>
        </details>
    }
}

/// The form for whoever takes it back.
#[component]
pub(super) fn TakingBack(path: String, form: FormState) -> impl IntoView {
    let action = format!("{path}/take-back");
    let is_open = form.fault("why").is_some();
    view! {
        <details class="card on-screen" open=is_open>
            <summary>"Take it back"</summary>
            <Reason action form label="Why does it not hold any more?" hint="In a word or a sentence. Both can read it." says="Take it back"/>
        </details>
    }
}

#[component]
fn Reason(
    action: String,
    form: FormState,
    label: &'static str,
    hint: &'static str,
    says: &'static str,
) -> impl IntoView {
    let looks_personal = form.fault("why").is_some_and(|it| it.contains("looks like"));
    view! {
        <form method="post" action=action class="stack" novalidate>
            <TextArea form=form.clone() name="why" label hint rows="3"/>
            {looks_personal.then(|| view! { <Tick form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
            <p><button class="button quiet">{says}</button></p>
        </form>
    }
}
