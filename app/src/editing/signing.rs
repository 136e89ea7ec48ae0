//! Signing the exact text of a draft, and publishing what two people have signed.

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::publishing::{
    NotYet, Side, Signature, SignatureForm, Standing, publishable, sign as sign_it,
};
use domain::people::FieldFault;
use leptos::prelude::*;
use store::audit::COURSE_PUBLISHED;
use store::drafts::{SIGNATURE_TAKEN_BACK, SIGNED};

use super::draft::Drafted;
use super::{checked, draft, place, standing};
use crate::cx::Cx;
use crate::door::{Answer, At};
use crate::form::{FormState, Typed};
use crate::permits::EditsCourses;
use crate::ui::choose::{DayField, DayNames, typed_day};
use crate::ui::form::{Choices, Tick};
use crate::ui::words::date;

/// The three fields of the day by which a course is looked at again.
const REVIEW_BY: DayNames = ["review_by", "review_by_month", "review_by_year"];

/// POST /editing/{course}/sign: signs the text that the page showed, or takes one's signatures back.
pub(crate) async fn sign(cx: Cx, me: EditsCourses, At(slug): At<Slug>, typed: Typed) -> Answer {
    let db = cx.site.db();
    let Some(found) = store::drafts::of(db, &slug).await? else { return draft::none(&cx, slug).await };
    let person = me.editor.person();
    if typed.text("way") == "back" {
        let tx = db.begin().await?;
        store::drafts::of_now(&tx, &slug).await?;
        if store::drafts::take_back(&tx, &slug, person).await? {
            cx.keep(tx, me.event(&cx, SIGNATURE_TAKEN_BACK).about(person.as_uuid())).await?;
        }
        return Ok(cx.done(&format!("{}?done=back", place(&slug))));
    }
    let read = checked(&cx, found.source()).await?;
    let standing = standing(&found, &read, cx.public.course(&slug));
    let tx = db.begin().await?;
    // It was read before the turn came: what has changed since is not what the page showed.
    let now = store::drafts::of_now(&tx, &slug).await?;
    let there = store::drafts::signatures_now(&tx, &slug).await?;
    let is_same = now.is_some_and(|it| it.source().hash() == standing.text);
    let form = SignatureForm {
        side: typed.text("side"),
        shows_name: ["shows_name", "safety_name"].iter().any(|it| typed.text(it) == "yes"),
        review_by: typed_day(&typed, REVIEW_BY),
        seen: if is_same { typed.text("text") } else { "" },
    };
    match sign_it(&me.editor, &standing, &there, &form, cx.today()) {
        Ok(signed) => {
            store::drafts::sign(&tx, &slug, &signed, cx.now()).await?;
            cx.keep(tx, me.event(&cx, SIGNED).about(person.as_uuid())).await?;
            Ok(cx.done(&format!("{}?done=signed", place(&slug))))
        }
        Err(faults) => {
            drop(tx);
            refused(&cx, &me, slug, FormState::refused(typed, faults)).await
        }
    }
}

/// POST /editing/{course}/publish: once, however many press it together.
pub(crate) async fn publish(cx: Cx, me: EditsCourses, At(slug): At<Slug>, typed: Typed) -> Answer {
    let db = cx.site.db();
    let Some(found) = store::drafts::of(db, &slug).await? else { return after(&cx, slug, &typed).await };
    // What other courses recommend may have changed on another node.
    cx.site.refresh_public().await?;
    let read = checked(&cx, found.source()).await?;
    let standing = standing(&found, &read, None);
    let tx = db.begin().await?;
    store::public::lock_generation(&tx).await?;
    let Some(now) = store::drafts::of_now(&tx, &slug).await? else {
        drop(tx);
        return after(&cx, slug, &typed).await;
    };
    if now.source().hash() != standing.text || typed.text("text") != standing.text.to_string() {
        drop(tx);
        let remedy = "The text has changed since you opened this page. Look at it again.".into();
        let form = FormState::refused(typed, vec![FieldFault { field: "publish", remedy }]);
        return refused(&cx, &me, slug, form).await;
    }
    let is_up_to_date = now.is_up_to_date(store::courses::current_now(&tx, &slug).await?);
    let standing = Standing { is_up_to_date, ..standing };
    let signatures = store::drafts::signatures_now(&tx, &slug).await?;
    match publishable(&standing, &signatures, cx.today()) {
        Ok(publishable) => {
            let people: Vec<_> = signatures.iter().map(|it| it.person.as_uuid()).collect();
            let names = store::people::names(db, &people).await?;
            let course =
                store::courses::adopt(&tx, &now, &publishable, &names, (cx.now(), cx.today())).await?;
            cx.keep(tx, me.event(&cx, COURSE_PUBLISHED).to(course)).await?;
            cx.site.refresh_public().await?;
            Ok(cx.done(&format!("{}?done=published", place(&slug))))
        }
        Err(missing) => {
            drop(tx);
            let fault = |it: NotYet| FieldFault { field: "publish", remedy: it.to_string() };
            let form = FormState::refused(typed, missing.into_iter().map(fault).collect());
            refused(&cx, &me, slug, form).await
        }
    }
}

/// The draft is gone: if what the page showed is what learners read now, the other one was quicker.
async fn after(cx: &Cx, slug: Slug, typed: &Typed) -> Answer {
    cx.site.refresh_public().await?;
    let public = cx.site.public();
    let source = match public.course(&slug) {
        Some(published) => store::courses::source(cx.site.db(), published).await?,
        None => None,
    };
    match source.is_some_and(|it| it.hash().to_string() == typed.text("text")) {
        true => Ok(cx.done(&format!("{}?done=published", place(&slug)))),
        false => draft::none(cx, slug).await,
    }
}

async fn refused(cx: &Cx, me: &EditsCourses, slug: Slug, form: FormState) -> Answer {
    // Somebody may have published or left it meanwhile.
    if store::drafts::of(cx.site.db(), &slug).await?.is_none() {
        return draft::none(cx, slug).await;
    }
    draft::page(cx, me, slug, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
}

/// Who has signed, what is missing, and the way to sign.
#[component]
pub(super) fn Signatures(path: String, drafted: Drafted, form: FormState) -> impl IntoView {
    let Drafted { touches, faults, text, known_as, signatures, missing, .. } = drafted;
    let has = |side| signatures.iter().any(|it| it.2.side == side);
    let is_mine = |side: &[Side]| signatures.iter().any(|it| it.0 && side.contains(&it.2.side));
    let both = [Side::LivedExperience, Side::Profession];
    let may_sign = faults == 0 && !is_mine(&both) && !both.into_iter().all(has);
    let may_review = faults == 0 && touches && !has(Side::Safety);
    let any_mine = signatures.iter().any(|it| it.0);
    let is_ready = missing.is_empty();
    let turn = any_mine.then(|| turn(&missing)).flatten();
    let sign = format!("{path}/sign");
    let lines = signatures.iter().cloned().map(|it| view! { <SignatureLine signature=it/> }).collect_view();
    view! {
        <section class="stack" aria-labelledby="signatures">
            <h2 id="signatures">"Two people publish it"</h2>
            <p>"One signs out of lived experience and one by profession: two different people, for this very text. You say yourself which it is, and nobody is asked for details. Whenever a word changes, the signatures go."</p>
            {(!signatures.is_empty()).then(|| view! { <ul role="list" class="stack">{lines}</ul> })}
            {turn.map(|it| view! { <p class="notice">{it}" No letter goes out about it, so tell them. You need not stay: the draft waits here."</p> })}
            {any_mine.then(|| view! {
                <form method="post" action=sign.clone()><button class="button quiet" name="way" value="back">"Take my signature back"</button></form>
            })}
            {may_sign.then(|| view! { <SignForm action=sign.clone() text=text.clone() known_as=known_as.clone() open=both.into_iter().filter(|it| !has(*it)).collect() form=form.clone()/> })}
            {may_review.then(|| view! { <ReviewForm action=sign.clone() text=text.clone() known_as=known_as.clone() form=form.clone()/> })}
        </section>
        <section class="stack" aria-labelledby="publishing" id="publish">
            <h2 id="publishing">"Publish it"</h2>
            {(!is_ready).then(|| view! {
                <p>"Before it can be published:"</p>
                <ul>{missing.into_iter().map(|it| view! { <li>{it.to_string()}</li> }).collect_view()}</ul>
            })}
            {is_ready.then(|| view! {
                <p>"Everybody has signed. You can publish it, and so can any other course editor. Learners read it from then on. Whoever is half way keeps what they have finished, and is told what has changed."</p>
                <form method="post" action=format!("{path}/publish")>
                    <input type="hidden" name="text" value=text/>
                    <button class="button">"Publish it"</button>
                </form>
            })}
        </section>
    }
}

/// Whose turn it is, for somebody who has signed.
fn turn(missing: &[NotYet]) -> Option<&'static str> {
    let side = missing.iter().find_map(|it| match it {
        NotYet::LivedExperience => Some("Now another course editor signs it out of lived experience."),
        NotYet::Profession => Some("Now another course editor signs it by profession."),
        _ => None,
    });
    let safety = missing.contains(&NotYet::Safety);
    side.or(safety.then_some("Now somebody signs it for its safety: you, or another course editor."))
}

#[component]
fn SignatureLine(signature: (bool, String, Signature)) -> impl IntoView {
    let (is_mine, name, it) = signature;
    let out_of = match it.side {
        Side::LivedExperience => "out of lived experience".to_owned(),
        Side::Profession => "by profession".to_owned(),
        Side::Safety => {
            let by = it.review_by.map(date).unwrap_or_default();
            format!("for its safety, to be looked at again by {by}")
        }
    };
    let shown =
        if it.shows_name { "The course’s page says who." } else { "The course’s page names nobody." };
    view! {
        <li class="card">
            <p><b>{if is_mine { view! { "You" }.into_any() } else { view! { <bdi>{name}</bdi> }.into_any() }}</b>" signed "{out_of}"."</p>
            <p class="soft">{shown}</p>
        </li>
    }
}

#[component]
fn SignForm(
    action: String,
    text: String,
    known_as: String,
    /// The sides on which nobody has signed.
    open: Vec<Side>,
    form: FormState,
) -> impl IntoView {
    let word = |it: Side| match it {
        Side::LivedExperience => "I sign this out of lived experience",
        Side::Profession | Side::Safety => "I sign this by profession",
    };
    let sides = open.into_iter().map(|it| (it.as_str(), word(it))).collect();
    view! {
        <form method="post" action=action class="card stack" novalidate>
            <Choices form=form.clone() name="side" legend="Sign this text".to_owned() choices=sides/>
            <Tick form name="shows_name" label="Show my name on the course’s page"/>
            <p class="soft">"You are called "<bdi>{known_as}</bdi>" here. Without the tick the page says only that somebody signed."</p>
            <input type="hidden" name="text" value=text/>
            <p><button class="button quiet">"Sign it"</button></p>
        </form>
    }
}

/// For whoever has looked at what the course says about self-harm and suicide: it may be one of the two.
#[component]
fn ReviewForm(action: String, text: String, known_as: String, form: FormState) -> impl IntoView {
    view! {
        <form method="post" action=action class="card stack" novalidate>
            <h3>"Sign for its safety"</h3>
            <p>"Lessons of this course touch self-harm or suicide. Somebody signs that they have read them for that: no methods, no blame, and somewhere to turn. It may be one of the two."</p>
            <DayField form=form.clone() names=REVIEW_BY legend="Look at it again by" hint="Within two years, for example 21 11 2027"/>
            <Tick form name="safety_name" label="Show my name with this review"/>
            <p class="soft">"You are called "<bdi>{known_as}</bdi>" here."</p>
            <input type="hidden" name="side" value=Side::Safety.as_str()/>
            <input type="hidden" name="text" value=text/>
            <p><button class="button quiet">"Sign for its safety"</button></p>
        </form>
    }
}
