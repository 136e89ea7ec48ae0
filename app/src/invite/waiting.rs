//! Invitations that nobody has answered yet.

use chrono::{DateTime, Utc};
use domain::people::{Invitation, Labels, Offer, OrganisationId};
use leptos::prelude::*;

use crate::ui::words::{date, list};

/// What somebody is invited to be: "tutor and volunteer from 21 November 2026".
pub(crate) fn offered(labels: &Labels, organisation: OrganisationId, offers: &[Offer]) -> String {
    let word = |it: &Offer| labels.word(organisation, it.kind).to_lowercase();
    let kinds: Vec<_> = offers.iter().map(word).collect();
    let from = offers.first().map(|it| format!(" from {}", date(it.from))).unwrap_or_default();
    format!("{}{from}", list(&kinds))
}

#[component]
pub(crate) fn Waiting(
    base: String,
    invitations: Vec<Invitation>,
    labels: Labels,
    now: DateTime<Utc>,
) -> impl IntoView {
    (!invitations.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="invited">
                <h2 id="invited">"Invited, with no answer yet"</h2>
                <ul role="list" class="stack">
                    {invitations
                        .into_iter()
                        .map(|it| view! { <WaitingCard base=base.clone() invitation=it labels=labels.clone() now/> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn WaitingCard(base: String, invitation: Invitation, labels: Labels, now: DateTime<Utc>) -> impl IntoView {
    let until = invitation.made_at + domain::sign_in::LinkPurpose::Invite.lifetime();
    let until = date(until.with_timezone(&chrono_tz::Europe::London).date_naive());
    let state = match invitation.open(now) {
        Ok(_) => view! { <p class="soft">"The link works until "{until}"."</p> }.into_any(),
        Err(_) => view! { <p><span class="tag wait">"Too old"</span>" The link worked until "{until}". You can invite them again."</p> }.into_any(),
    };
    let offers = offered(&labels, invitation.organisation, &invitation.offers);
    let email = invitation.email.as_str().to_owned();
    view! {
        <li class="card stack">
            <h3>{email}</h3>
            <p>"As "{offers}"."</p>
            {state}
            <form method="post" action=format!("{base}/invitations/{}/withdraw", invitation.id)>
                <button class="button quiet">"Withdraw this invitation"</button>
            </form>
        </li>
    }
}
