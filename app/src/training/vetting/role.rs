//! Which check a role asks for, and why it may.

use domain::people::{EngagementKind, OrganisationId};
use domain::training::vetting::{Level, NO_CHECK, RoleCheck, RoleForm, Workforce, settle_role};
use leptos::prelude::*;
use store::training::vetting::{self, ROLE_SETTLED};

use super::{in_words, place};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::VetsHere;
use crate::revised::{Refused, refused, seen};
use crate::ui::choose::filled;
use crate::ui::form::{Choices, ErrorSummary, Field, Takes, Tick};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};

type Here = (OrganisationId, String);

/// What a check is called in the path.
fn kind_of(word: &str) -> Result<EngagementKind, TurnedAway> {
    EngagementKind::parse(word).ok_or(TurnedAway::NotFound)
}

/// GET /training/at/{organisation}/checks/roles/{kind}
pub(crate) async fn show(cx: Cx, here: VetsHere, At((_, kind)): At<Here>) -> Answer {
    let kind = kind_of(&kind)?;
    let (check, revision) = vetting::role(cx.site.db(), here.organisation.id, kind).await?;
    page(&cx, &here, kind, Refused::opened(opened(check.as_ref()), revision)).await
}

/// POST /training/at/{organisation}/checks/roles/{kind}
pub(crate) async fn settle(cx: Cx, here: VetsHere, At((_, kind)): At<Here>, typed: Typed) -> Answer {
    let kind = kind_of(&kind)?;
    let organisation = here.organisation.id;
    let form = RoleForm {
        level: typed.text("level"),
        workforce: typed.text("workforce"),
        barred_list: typed.text("barred") == "yes",
        reason: typed.text("reason"),
        repeat: typed.text("repeat"),
    };
    let tx = cx.site.db().begin().await?;
    let current = vetting::revision_now(&tx, organisation, kind).await?;
    match settle_role(&here.officer, kind, &form, (current, seen(&typed))) {
        Ok(new) => {
            vetting::save_role(&tx, organisation, &new).await?;
            cx.keep(tx, here.event(&cx, ROLE_SETTLED).saying(kind.as_str())).await?;
            Ok(cx.done(&format!("{}?done=settled", place(organisation))))
        }
        Err(why) => {
            drop(tx);
            let (kept, _) = vetting::role(cx.site.db(), organisation, kind).await?;
            let kept = kept.map_or_else(|| "No check is asked for.".to_owned(), |it| in_words(&it));
            page(&cx, &here, kind, refused(typed, why, ("level", current), kept)).await
        }
    }
}

fn opened(check: Option<&RoleCheck>) -> FormState {
    let Some(it) = check else { return filled(&[("level", NO_CHECK.to_owned())]) };
    filled(&[
        ("level", it.level.as_str().to_owned()),
        ("workforce", it.workforce.map_or(String::new(), |it| it.as_str().to_owned())),
        ("barred", if it.barred_list { "yes".to_owned() } else { String::new() }),
        ("reason", it.reason.clone()),
        ("repeat", it.repeat_months.map_or(String::new(), |it| it.to_string())),
    ])
}

async fn page(cx: &Cx, here: &VetsHere, kind: EngagementKind, back: Refused<String>) -> Answer {
    let organisation = here.organisation.id;
    let labels = store::organisations::labels(cx.site.db(), &[organisation]).await?;
    let word = labels.word(organisation, kind).to_owned();
    let list = place(organisation);
    let Refused { status, form, revision, newer } = back;
    let head = Head::new("A check for a role", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let levels = [(NO_CHECK, "None")].into_iter().chain(Level::ALL.map(|it| (it.as_str(), it.label())));
        let workforces = Workforce::ALL.map(|it| (it.as_str(), it.label())).to_vec();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=list.clone()>"Checks"</a></p>
                <h1>{word}</h1>
                <p class="lead">"Which check may be asked for of people in this role, and why. It is an offence to ask for one that the role does not allow."</p>
                {newer.map(|it| view! { <Newer texts=vec![("", it)]/> })}
                <form method="post" action=format!("{list}/roles/{}", kind.as_str()) class="stack" novalidate>
                    <input type="hidden" name="revision" value=revision/>
                    <Choices form=form.clone() name="level" legend="Which level?".to_owned() choices=levels.collect()/>
                    <Choices form=form.clone() name="workforce" legend="For which workforce?".to_owned() choices=workforces hint="A basic check has none."/>
                    <Tick form=form.clone() name="barred" label="A barred list is looked at too"/>
                    <Field form=form.clone() name="reason" label="Why may this role be checked so?" takes=Takes::Line hint="What people in it do, such as: gives personal care to adults each week."/>
                    <Field form name="repeat" label="After how many months is it looked at again?" takes=Takes::Line hint="Leave it empty: a check has no end by law. It is your own rule if you want one."/>
                    <p class="row"><button class="button">"Keep this"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
