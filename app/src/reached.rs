//! How somebody is reached, for whoever has to write or ring.

use domain::people::{PersonId, Reach, ReachWay};
use leptos::prelude::*;

use crate::cx::Cx;

/// How somebody is reached.
pub(crate) struct Reached {
    email: String,
    said: Option<Reach>,
}

impl Reached {
    pub(crate) async fn of(cx: &Cx, person: PersonId) -> store::Result<Self> {
        let own = store::sign_in::own(cx.site.db(), person).await?;
        let email = own.map(|it| it.email.as_str().to_owned()).unwrap_or_default();
        Ok(Self { email, said: store::me::reach(cx.site.db(), person).await? })
    }
}

/// Where to write or ring, as they like it.
#[component]
pub(crate) fn HowToReach(
    reached: Reached,
    /// Who sees it, and what to mind.
    says: &'static str,
) -> impl IntoView {
    let Reached { email, said } = reached;
    let way = said.as_ref().map_or(ReachWay::Email, |it| it.way).label();
    let (phone, note) = said.map(|it| (it.phone, it.note)).unwrap_or_default();
    view! {
        <section class="stack" aria-labelledby="reach">
            <h2 id="reach">"How to reach them"</h2>
            <dl class="summary">
                <div><dt>"They like to be reached"</dt><dd>{way}</dd></div>
                {(!phone.is_empty()).then(|| view! { <div><dt>"Their number"</dt><dd>{phone}</dd></div> })}
                {(!note.is_empty()).then(|| view! { <div><dt>"Bear in mind"</dt><dd><bdi>{note}</bdi></dd></div> })}
                <div><dt>"Their e-mail address"</dt><dd>{email}</dd></div>
            </dl>
            <p class="soft">{says}</p>
        </section>
    }
}
