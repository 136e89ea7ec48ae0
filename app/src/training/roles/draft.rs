//! Writing a role profile: the draft of it.

use domain::people::OrganisationId;
use domain::training::Need;
use domain::training::role_profile::{RoleId, RoleText, keep_role};
use leptos::prelude::*;
use store::training::frameworks;
use store::training::role_profiles::{self, ROLE_CHANGED};

use super::base;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::permits::{CoordinatesTrainingHere, RoleHere};
use crate::revised::{Refused, refused, revision_of, seen};
use crate::training::readable::readable;
use crate::ui::choose::{OneOf, filled};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// GET /training/at/{organisation}/roles/new: its id is made here, so that a second tap does not begin two.
pub(crate) async fn show_new(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let id = RoleId::from_uuid(uuid::Uuid::now_v7());
    page(&cx, (here.organisation.id, id), Refused::opened(filled(&[]), 0)).await
}

/// GET /training/at/{organisation}/roles/{role}/draft
pub(crate) async fn show(cx: Cx, here: RoleHere) -> Answer {
    let draft = &here.role.draft;
    let opened = Refused::opened(filled(&fields(&draft.value)), draft.revision);
    page(&cx, (here.here.organisation.id, here.role.id), opened).await
}

fn fields(text: &RoleText) -> Vec<(&'static str, String)> {
    vec![
        ("title", text.title.clone()),
        ("description", text.description.clone()),
        ("essential", text.typed(Need::Essential)),
        ("desirable", text.typed(Need::Desirable)),
        ("framework", text.framework.map(|it| it.to_string()).unwrap_or_default()),
        ("band", text.band.clone()),
        ("hours", text.typed_hours()),
        ("checks", text.checks.join("\n")),
        ("training", text.training.join("\n")),
    ]
}

/// POST /training/at/{organisation}/roles/{role}/draft: begins it, or changes it.
pub(crate) async fn keep(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, RoleId)>,
    typed: Typed,
) -> Answer {
    let (organisation, db) = (here.organisation.id, cx.site.db());
    // Only the one that is chosen is read whole.
    let mut chosen = Vec::new();
    let theirs = frameworks::of(db, &[organisation]).await?;
    if let Some(it) = theirs.into_iter().find(|it| it.id.to_string() == typed.text("framework")) {
        chosen.push((it.id, frameworks::competences(db, it.id, it.version).await?));
    }
    let tx = db.begin().await?;
    // Two tabs that begin the same role take turns.
    store::organisations::lock(&tx, organisation).await?;
    let current = role_profiles::role_now(&tx, id).await?;
    if current.as_ref().is_some_and(|it| it.organisation != organisation) {
        return Err(TurnedAway::NotFound);
    }
    let draft = current.as_ref().map(|it| &it.draft);
    let next = keep_role(&here.coordinator, draft, &super::form(&typed), &chosen, seen(&typed));
    match readable(next, ("description", typed.text("description"))) {
        Ok(next) => {
            role_profiles::save(&tx, (organisation, id), &next).await?;
            cx.keep(tx, here.event(&cx, ROLE_CHANGED).to(id.as_uuid())).await?;
            Ok(cx.done(&format!("{}/{id}?done=kept", base(organisation))))
        }
        Err(why) => {
            drop(tx);
            let newer = draft.map(|it| it.value.clone());
            let opened = refused(typed, why, ("title", revision_of(draft)), newer);
            page(&cx, (organisation, id), opened).await
        }
    }
}

async fn page(
    cx: &Cx,
    (organisation, id): (OrganisationId, RoleId),
    opened: Refused<Option<RoleText>>,
) -> Answer {
    let Refused { status, form, revision, newer } = opened;
    let theirs = frameworks::of(cx.site.db(), &[organisation]).await?;
    let choices: Vec<_> = theirs.into_iter().map(|it| (it.id.to_string(), it.title)).collect();
    let head = Head::new("A role profile", Area::Me).failed(!form.faults.is_empty());
    let (all, is_new) = (base(organisation), revision == "0");
    let back = if is_new { all.clone() } else { format!("{all}/{id}") };
    let action = format!("{all}/{id}/draft");
    let newer = newer.flatten().map(|it| {
        vec![
            ("Title", it.title.clone()),
            ("The work", it.description.clone()),
            ("Essential", it.typed(Need::Essential)),
            ("Desirable", it.typed(Need::Desirable)),
        ]
    });
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>{if is_new { "Roles" } else { "The role" }}</a></p>
                <h1>"Write a role profile"</h1>
                <p class="lead">"This is a draft. Nobody is bound by it until you make a version of it and issue that to somebody."</p>
                {newer.map(|texts| view! { <Newer texts/> })}
                <form method="post" action=action class="stack" novalidate>
                    <Field form=form.clone() name="title" label="What is the role called?" takes=Takes::Line/>
                    <TextArea form=form.clone() name="description" label="What is the work?" hint="Plain text with a few signs, called Markdown: a heading begins with ##, each thing on a list with a hyphen." rows="14"/>
                    <TextArea form=form.clone() name="essential" label="What does somebody have to bring?" hint="One thing on each line. You can name competences that show it after a bar, such as: Listens without judging | 3.5, 1.2"/>
                    <TextArea form=form.clone() name="desirable" label="What is good to have?" hint="One thing on each line, in the same way."/>
                    {(!choices.is_empty()).then(|| view! {
                        <OneOf form=form.clone() name="framework" label="From which framework are the competences?" choices none="I name none"/>
                    })}
                    <Field form=form.clone() name="band" label="Which band or grade is it?" hint="You can leave this empty." takes=Takes::Line/>
                    <Field form=form.clone() name="hours" label="How many hours a week is it?" hint="Such as 22.5. Leave it empty where that is not fixed." takes=Takes::Line/>
                    <TextArea form=form.clone() name="checks" label="Which checks does it need?" hint="One on each line. Ask only for checks that this role may be checked for." rows="3"/>
                    <TextArea form=form name="training" label="Which training does it need?" hint="One on each line." rows="4"/>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep the draft"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
