//! Beginning with somebody: whom, in which kind of supervision, and the first agreement.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::course::Slug;
use domain::own_words::NotTaken;
use domain::people::{FieldFault, GroupLeader, OrganisationId, PersonId};
use domain::supervision::Strand;
use domain::supervision::agreement::{Called, first};
use domain::supervision::arrangement::{ArrangementId, pair};
use leptos::prelude::*;
use store::Tx;
use store::content::ShippedTemplate;
use store::supervision::agreements::save_version;
use store::supervision::arrangements::{arrangement_now, pair_now, save};
use store::supervision::{AGREEMENT_WRITTEN, BEGUN};
use uuid::Uuid;

use super::terms::{TermsFields, suggested, typed_form};
use super::{organisations, place};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::{Supervises, SupervisesSomebody};
use crate::revised::refused;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

/// Somebody with whom one may begin, or an organisation with whose people one may begin a group.
struct Somebody {
    name: String,
    /// Of which organisation somebody is.
    organisation: Option<String>,
    /// Where to go on, and what that is called.
    ways: Vec<(String, String)>,
}

/// GET /supervision/new
pub(crate) async fn choose(cx: Cx, me: Supervises) -> Answer {
    let mut held: BTreeMap<(PersonId, OrganisationId), Vec<Strand>> = BTreeMap::new();
    for it in &me.held {
        held.entry((it.supervisee(), it.organisation())).or_default().push(it.strand());
    }
    let people: Vec<_> = held.keys().map(|it| it.0).collect();
    let leads = me.leads.iter().map(GroupLeader::organisation);
    let places: Vec<_> = held.keys().map(|it| it.1).chain(leads.clone()).collect();
    let (called, organisations) = (names(&cx, &people).await?, organisations(&cx, &places).await?);
    let templates = cx.site.templates();
    let somebody = |((person, organisation), strands): ((PersonId, OrganisationId), Vec<Strand>)| {
        let here = format!("/supervision/new/{organisation}/{person}");
        let fits =
            |it: &&ShippedTemplate| !it.template.is_for_a_group && strands.contains(&it.template.strand);
        let way = |it: &ShippedTemplate| (format!("{here}/{}", it.slug.as_str()), it.template.title.clone());
        let mut ways: Vec<_> = templates.iter().filter(fits).map(way).collect();
        if strands.contains(&Strand::AdHoc) {
            let came_up = format!("/supervision/came-up/{organisation}/{person}");
            ways.push((came_up, "Something came up: write down that we met".to_owned()));
        }
        Somebody {
            name: called.get(&person).cloned().unwrap_or_default(),
            organisation: organisations.get(&organisation).cloned(),
            ways,
        }
    };
    let all: Vec<_> = held.into_iter().map(somebody).collect();
    let group = |organisation: OrganisationId| {
        let way = |it: &ShippedTemplate| {
            (format!("/supervision/group/{organisation}/{}", it.slug.as_str()), it.template.title.clone())
        };
        let name = organisations.get(&organisation).cloned().unwrap_or_default();
        let ways = templates.iter().filter(|it| it.template.is_for_a_group).map(way).collect();
        Somebody { name, organisation: None, ways }
    };
    let groups: Vec<_> = leads.map(group).collect();
    let head = Head::new("Begin with somebody", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ChoosePage all groups/> }).await)
}

#[component]
fn ChoosePage(all: Vec<Somebody>, groups: Vec<Somebody>) -> impl IntoView {
    let way = |(href, title): (String, String)| view! { <li><a class="alone" href=href>{title}</a></li> };
    let card = |it: Somebody| {
        view! {
            <li class="card stack">
                <h3><bdi>{it.name}</bdi></h3>
                {it.organisation.map(|it| view! { <p class="soft">{it}</p> })}
                <ul role="list" class="stack">{it.ways.into_iter().map(way).collect_view()}</ul>
            </li>
        }
    };
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/supervision">"Supervision"</a></p>
            <h1>"Begin with somebody"</h1>
            <p class="lead">"Choose what it is. Then you write an agreement, and both of you agree to it."</p>
            {[("one", "With one person", all), ("group", "With a group", groups)]
                .into_iter()
                .filter(|it| !it.2.is_empty())
                .map(|(id, heading, all)| view! {
                    <section class="stack" aria-labelledby=id>
                        <h2 id=id>{heading}</h2>
                        <ul role="list" class="stack">{all.into_iter().map(card).collect_view()}</ul>
                    </section>
                })
                .collect_view()}
        </div>
    }
}

type Path = (OrganisationId, PersonId, String);

/// The suggestion of that name, for two or for a group.
pub(super) fn template<'a>(
    cx: &'a Cx,
    (slug, is_for_a_group): (&str, bool),
) -> Result<&'a ShippedTemplate, TurnedAway> {
    let slug = Slug::parse(slug).map_err(|_| TurnedAway::NotFound)?;
    let is_it = |it: &&ShippedTemplate| it.slug == slug && it.template.is_for_a_group == is_for_a_group;
    cx.site.templates().iter().find(is_it).ok_or(TurnedAway::NotFound)
}

/// The id that the form carried, or another where it carried none that is free.
pub(super) async fn free_id(tx: &Tx, typed: &Typed) -> store::Result<ArrangementId> {
    let new = || ArrangementId::from_uuid(Uuid::now_v7());
    match typed.text("id").parse() {
        Ok(id) if arrangement_now(tx, id).await?.is_none() => Ok(id),
        _ => Ok(new()),
    }
}

/// GET /supervision/new/{organisation}/{person}/{template}
pub(crate) async fn show(cx: Cx, with: SupervisesSomebody, At((_, _, slug)): At<Path>) -> Answer {
    let shipped = template(&cx, (&slug, false))?.clone();
    with.in_strand(shipped.template.strand)?;
    let form = suggested(&shipped.template, ArrangementId::from_uuid(Uuid::now_v7()), cx.today());
    page(&cx, &with, (shipped, None), (StatusCode::OK, form)).await
}

/// POST /supervision/new/{organisation}/{person}/{template}
pub(crate) async fn write(
    cx: Cx,
    with: SupervisesSomebody,
    At((_, _, slug)): At<Path>,
    typed: Typed,
) -> Answer {
    let shipped = template(&cx, (&slug, false))?.clone();
    let by = with.in_strand(shipped.template.strand)?;
    let called = names(&cx, &[with.me, with.person]).await?;
    let organisation = store::organisations::organisation(cx.site.db(), with.organisation).await?;
    let organisation = organisation.ok_or(TurnedAway::NotFound)?;
    let name = |it: PersonId| called.get(&it).map_or("", String::as_str);
    let called =
        Called { supervisor: name(with.me), supervisee: name(with.person), organisation: &organisation.name };
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, with.organisation).await?;
    let not_with = store::arranging::not_with_now(&tx, with.person).await?;
    if let Some(there) = pair_now(&tx, (with.organisation, by.strand()), (with.me, with.person)).await? {
        drop(tx);
        if typed.text("id").parse() == Ok(there.id) {
            // A second tap.
            return Ok(cx.done(&format!("{}/agreement/1", place(there.id))));
        }
        let remedy =
            "You meet in this way already. What you typed is still here: you can write it as a change there.";
        let form = FormState::refused(typed, vec![FieldFault { field: "every", remedy: remedy.into() }]);
        return page(&cx, &with, (shipped, Some(there.id)), (StatusCode::CONFLICT, form)).await;
    }
    let id = free_id(&tx, &typed).await?;
    let form = typed_form(&typed);
    let from = form.from.needed().unwrap_or(cx.today());
    let fault = |remedy: String| FieldFault { field: "every", remedy };
    let written = match pair(by, id, from, &not_with) {
        Err(why) => Err(NotTaken::Faults(vec![fault(why.to_string())])),
        Ok(new) => {
            let first = first(&new, called, &form, cx.today());
            first.map(|version| (new, version))
        }
    };
    match written {
        Ok((new, version)) => {
            save(&tx, &new, cx.now()).await?;
            save_version(&tx, id, &version, cx.now()).await?;
            store::audit::append(&tx, with.event(&cx, BEGUN, id)).await?;
            let here = format!("{}/agreement/1", place(id));
            tell(&cx, &tx, (with.person, Happened::AgreementWaits), &here).await?;
            cx.keep(tx, with.event(&cx, AGREEMENT_WRITTEN, id)).await?;
            Ok(cx.done(&here))
        }
        Err(why) => {
            drop(tx);
            let back = refused(typed, why, ("every", 0), ());
            page(&cx, &with, (shipped, None), (back.status, back.form)).await
        }
    }
}

async fn page(
    cx: &Cx,
    with: &SupervisesSomebody,
    (shipped, there): (ShippedTemplate, Option<ArrangementId>),
    (status, form): (StatusCode, FormState),
) -> Answer {
    let name = names(cx, &[with.person]).await?.remove(&with.person).unwrap_or_default();
    let action = format!("/supervision/new/{}/{}/{}", with.organisation, with.person, shipped.slug.as_str());
    let head = Head::new("Write an agreement", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <WritePage name action shipped there form/> }).await)
}

#[component]
fn WritePage(
    name: String,
    action: String,
    shipped: ShippedTemplate,
    /// What goes on between the two already.
    there: Option<ArrangementId>,
    form: FormState,
) -> impl IntoView {
    let id = form.typed.text("id").to_owned();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/supervision/new">"Begin with somebody"</a></p>
            <h1>{shipped.template.title}" with "<bdi>{name.clone()}</bdi></h1>
            {there.map(|it| view! { <p class="notice care"><a class="alone" href=place(it)>"Go to what you have begun already"</a></p> })}
            <p class="lead">"This is a suggestion. Change what you like; "<bdi>{name}</bdi>" reads it before either of you agrees."</p>
            <details><summary>"Where its figures come from"</summary><p>{shipped.source}</p></details>
            <p>{shipped.template.strand.readers()}</p>
            <form method="post" action=action class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <TermsFields form/>
                <p class="row"><button class="button">"Go on to read it as it will stand"</button></p>
            </form>
        </div>
    }
}
