//! The second factor: a code from an app, asked after the password and before anything dangerous.
//!
//! [`half_way`] lies between a right password and a session, [`set_up`] is where an app is set up, [`step_up`]
//! asks once more whether it is still the same person, and [`mine`] is everybody's own page about it. What is
//! asked of whom is decided by `domain::sign_in`.

mod app_code;
pub(crate) mod half_way;
pub(crate) mod lost;
pub(crate) mod mine;
mod pieces;
mod proof;
pub(crate) mod set_up;
mod set_up_page;
pub(crate) mod step_up;

use axum::response::Response;
use domain::people::{Actor, Engagement, PersonId};
use domain::sign_in::{AskedNext, HalfWay, SecondFactorPolicy, SessionKind, Standing, second_factor_needed};
use store::sign_in::Credentials;

use super::begin::{Entry, Onward, begin};
use super::pages::Next;
use super::tries::Tries;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::form::Typed;

/// Whether a second factor is asked of somebody, because of what they are to organisations and to others.
pub(crate) async fn is_needed(
    cx: &Cx,
    person: PersonId,
    engagements: Vec<Engagement>,
) -> Result<bool, Broken> {
    let relationships = store::arranging::held_by(cx.site.db(), person).await?;
    let actor = Actor::new(person, engagements, relationships, cx.today());
    let engaged = actor.engagements().iter().map(|it| it.organisation);
    let concerned: Vec<_> = engaged.chain(actor.relationships().iter().map(|it| it.organisation)).collect();
    let asking = store::second_factor::asked_by(cx.site.db(), &concerned).await?;
    Ok(second_factor_needed(&actor, |it| match asking.contains(&it) {
        true => SecondFactorPolicy::Asked,
        false => SecondFactorPolicy::SwitchedOff,
    }))
}

async fn standing(cx: &Cx, person: PersonId, engagements: Vec<Engagement>) -> Result<Standing, Broken> {
    let is_set_up = store::second_factor::totp(cx.site.db(), person).await?.is_some();
    Ok(Standing { is_needed: is_needed(cx, person, engagements).await?, is_set_up })
}

/// After a right password: the session begins, or more is asked first.
pub(super) async fn after_password(
    cx: &Cx,
    tries: Tries,
    who: Credentials,
    typed: Typed,
) -> Result<Response, Broken> {
    let person = who.person;
    let known = store::people::known(cx.site.db(), person).await?;
    let standing = standing(cx, person, known.map(|it| it.engagements).unwrap_or_default()).await?;
    let kind = match typed.text("shared") {
        "yes" => SessionKind::SharedComputer,
        _ => SessionKind::OwnDevice,
    };
    let tx = cx.site.db().begin().await?;
    tries.take_back(cx, &tx).await?;
    if standing.asked_next() == AskedNext::Nothing {
        let begun = begin(cx, tx, Entry { person, kind, second_factor: false }).await?;
        let onward = Onward::of(cx, person, Next::of(&typed));
        return Ok(begun.with(cx, onward.go(&begun.seen(cx), "You are signed in again").await));
    }
    tx.commit().await?;
    let half_way = HalfWay { person, kind, since: cx.now() };
    let way = half_way::Way::begin(cx, &half_way, &who.password_hash, &typed);
    match standing.asked_next() {
        AskedNext::SetUp => set_up::show_on_the_way(cx, person, way).await,
        AskedNext::Code | AskedNext::Nothing => half_way::ask(cx, person, way).await,
    }
}
