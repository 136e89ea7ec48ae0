//! That I accepted a policy, as a sheet to print: which version, when, and the text.

use axum::http::StatusCode;
use domain::training::requirement::RequirementId;
use leptos::prelude::*;
use store::training::policies;

use super::own;
use super::words::{Checked, Shown, Words};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::{OwnAcceptance, OwnPolicy};
use crate::signing::plain_text;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, moment_on_paper};

/// GET /training/required/policies/{policy}/{edition}
pub(crate) async fn show(cx: Cx, own_acceptance: OwnAcceptance) -> Answer {
    let OwnAcceptance { me, policy, acceptance } = own_acceptance;
    let (db, number) = (cx.site.db(), acceptance.accepted.edition);
    let kept = policies::edition(db, policy.id, number).await?.ok_or(TurnedAway::NotFound)?;
    let organisation = store::organisations::organisation(db, policy.organisation).await?;
    let organisation = organisation.map(|it| it.name).unwrap_or_default();
    let shown = Shown::of(&kept.edition.reading)?;
    let (edition, back) = (kept.edition, own(policy.id));
    let text = format!("{back}/{number}/text");
    let page = move || {
        let fact =
            |what: &'static str, says: String| view! { <div><dt>{what}</dt><dd><bdi>{says}</bdi></dd></div> };
        view! {
            <div class="wrap reading plan stack">
                <p class="on-screen"><a class="crumb" href=back>"The policy"</a></p>
                <h1>{edition.title}</h1>
                <p class="lead">"Read and accepted."</p>
                <dl class="summary">
                    {fact("By", me.known_as)}
                    {fact("On", moment_on_paper(acceptance.at))}
                    {fact("A policy of", organisation)}
                    {fact("Version", format!("{number}, from {}", date(edition.from)))}
                </dl>
                <Checked hash=acceptance.hash text/>
                <section class="stack" aria-labelledby="words">
                    <h2 id="words">"What was accepted"</h2>
                    <Words shown/>
                </section>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("A policy", Area::Me), page).await)
}

/// GET /training/required/policies/{policy}/{edition}/text: the very text that is accepted, so that anybody whom it binds
/// can compute its hash again.
pub(crate) async fn text(cx: Cx, own: OwnPolicy, At((id, number)): At<(RequirementId, u32)>) -> Answer {
    let is_bound = own.asked.is_some() || own.will_be;
    let is_shown =
        is_bound && own.policy.now_or_first(cx.today()).and_then(|it| it.rule.edition()) == Some(number);
    let is_accepted = own.accepted.iter().any(|it| it.accepted.edition == number);
    if !is_shown && !is_accepted {
        return Err(TurnedAway::NotFound);
    }
    let kept = policies::edition(cx.site.db(), id, number).await?.ok_or(TurnedAway::NotFound)?;
    Ok(plain_text("policy.txt", kept.canonical))
}
