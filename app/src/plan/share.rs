//! Who reads my plan: tutors whom I name, where I learn. It is taken back the way it was given.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{FieldFault, OrganisationId, PersonId, filed, filed_under};
use domain::plan::{is_open, share_plan};
use leptos::prelude::*;
use store::plans::{PLAN_SHARED, PLAN_TAKEN_BACK, Tutor};

use super::WhoCould;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::{Learning, SignedIn};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// On a page.
const A_PAGE: usize = 25;

/// Says in the form that its page told of the courses.
const COURSES: &str = "courses";

/// A tutor to whom somebody shows their plan.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    id: PersonId,
    pub(super) known_as: String,
    since: String,
    /// Whether both still are where they were then.
    pub(super) is_open: bool,
    /// Whether they see its courses as well.
    courses: bool,
}

/// The tutors to whom somebody shows their plan, or did until one of the two left.
pub(super) async fn readers(cx: &Cx, me: &SignedIn) -> Result<Vec<Reader>, Broken> {
    let db = cx.site.db();
    let shares = store::plans::shares_of(db, me.id()).await?;
    let tutors: Vec<_> = shares.iter().map(|it| it.tutor).collect();
    let theirs = store::plans::engagements_of(db, &tutors).await?;
    let ids: Vec<_> = tutors.iter().map(|it| it.as_uuid()).collect();
    let names = store::people::names(db, &ids).await?;
    let reader = |it: domain::plan::PlanShare| Reader {
        id: it.tutor,
        known_as: names.get(&it.tutor.as_uuid()).cloned().unwrap_or_default(),
        since: date(it.from),
        is_open: is_open(&it, me.actor.engagements(), &theirs, cx.today()),
        courses: it.courses,
    };
    Ok(shares.into_iter().map(reader).collect())
}

/// Where somebody learns today.
fn learns_at(me: &SignedIn) -> Vec<OrganisationId> {
    let learns =
        me.actor.engagements().iter().filter(|it| it.kind == domain::people::EngagementKind::Learner);
    learns.map(|it| it.organisation).collect()
}

/// GET /plan/share
pub(crate) async fn show(cx: Cx, me: Learning, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "shared" => Some("Your plan is open to them from now on."),
        "taken-back" => Some("You have taken it back. They cannot open it any more."),
        _ => None,
    };
    page(&cx, &me.me, (StatusCode::OK, FormState { typed: asks, faults: Vec::new() }), done).await
}

/// POST /plan/share
pub(crate) async fn share(cx: Cx, me: Learning, typed: Typed) -> Answer {
    let (db, mine) = (cx.site.db(), me.me.actor.engagements());
    let person = me.learner.person();
    let chosen: Option<(PersonId, OrganisationId)> =
        typed.text("tutor").parse().ok().zip(typed.text("organisation").parse().ok());
    // The sentence that its owner read is the one of the page that was sent.
    let courses = typed.text(COURSES) == "yes";
    let refused = match chosen {
        None => domain::plan::NotShared::NotATutor,
        Some((tutor, organisation)) => {
            let theirs = store::plans::engagements_of(db, &[tutor]).await?;
            let mut open = readers(&cx, &me.me).await?;
            open.retain(|it| it.is_open);
            if open.iter().any(|it| it.id == tutor) {
                // A second tap.
                return Ok(cx.done("/plan/share?done=shared"));
            }
            let others = open.len();
            match share_plan((person, mine), (tutor, &theirs), (organisation, courses), others, cx.today()) {
                Ok(new) => {
                    let tx = db.begin().await?;
                    store::plans::take_turns(&tx, person, cx.now()).await?;
                    store::plans::save_share(&tx, &new).await?;
                    let event = cx.event(PLAN_SHARED, person).to(tutor.as_uuid());
                    cx.keep(tx, event.within(organisation.as_uuid())).await?;
                    return Ok(cx.done("/plan/share?done=shared"));
                }
                Err(refused) => refused,
            }
        }
    };
    let fault = FieldFault { field: "tutors", remedy: refused.to_string() };
    let form = FormState::refused(Typed::default(), vec![fault]);
    page(&cx, &me.me, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
}

/// POST /plan/share/take-back: at once, whoever it was shared with. A second tap changes nothing.
pub(crate) async fn take_back(cx: Cx, me: Learning, typed: Typed) -> Answer {
    let person = me.learner.person();
    if let Ok(tutor) = typed.text("tutor").parse::<PersonId>() {
        let tx = cx.site.db().begin().await?;
        if store::plans::take_back(&tx, person, tutor).await? {
            cx.keep(tx, cx.event(PLAN_TAKEN_BACK, person).to(tutor.as_uuid())).await?;
        }
    }
    Ok(cx.done("/plan/share?done=taken-back"))
}

/// What the page shows.
struct Shown {
    form: FormState,
    done: Option<&'static str>,
    readers: Vec<Reader>,
    /// Tutors out of whom to choose, each with the organisation's name where that tells something.
    tutors: Vec<(Tutor, Option<String>)>,
    /// Where the next page of them is.
    next: Option<String>,
}

async fn page(
    cx: &Cx,
    me: &SignedIn,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let readers = readers(cx, me).await?;
    let organisations = learns_at(me);
    let tutors = store::plans::tutors_at(cx.site.db(), &organisations, cx.today()).await?;
    let reads = |it: &Tutor| readers.iter().any(|reader| reader.is_open && reader.id == it.named.id);
    let tutors = tutors.into_iter().filter(|it| it.named.id != me.id() && !reads(it)).collect();
    let called = form.typed.text("name").to_owned();
    let number = form.typed.text("page").parse().unwrap_or(1).max(1);
    let (tutors, there_is_more) = one_page(tutors, &called, number);
    let next = there_is_more.then(|| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let query = query.append_pair("name", &called).append_pair("page", &(number + 1).to_string());
        format!("/plan/share?{}", query.finish())
    });
    let names = match organisations.len() {
        0 | 1 => BTreeMap::new(),
        _ => {
            let known = store::organisations::organisations(cx.site.db(), &organisations).await?;
            known.into_iter().map(|it| (it.id, it.name)).collect()
        }
    };
    let named = |it: Tutor| {
        let at = names.get(&it.organisation).cloned();
        (it, at)
    };
    let tutors = tutors.into_iter().map(named).collect();
    let shown = Shown { form, done, readers, tutors, next };
    let head = Head::new("Who reads my plan", Area::Learn).failed(!shown.form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <SharePage shown/> }).await)
}

/// Those whose names begin so, in order of name, a page of them. There are few enough to sort here, so that they
/// stand in the same order whatever the database.
fn one_page(tutors: Vec<Tutor>, called: &str, number: usize) -> (Vec<Tutor>, bool) {
    let called = filed(called);
    let is_called = |it: &Tutor| filed_under(&it.named.known_as).iter().any(|key| key.starts_with(&called));
    let mut tutors: Vec<_> = tutors.into_iter().filter(is_called).collect();
    tutors.sort_by_cached_key(|it| (filed(&it.named.known_as), it.named.id, it.organisation));
    let first = (number - 1).saturating_mul(A_PAGE);
    let there_is_more = tutors.len() > first.saturating_add(A_PAGE);
    (tutors.into_iter().skip(first).take(A_PAGE).collect(), there_is_more)
}

#[component]
fn SharePage(shown: Shown) -> impl IntoView {
    let Shown { form, done, readers, tutors, next } = shown;
    let nobody = readers.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/plan">"My plan"</a></p>
            <h1>"Who reads my plan"</h1>
            <p class="lead">"Only you, until you show it to a tutor. You can take it back at once, and you need no reason."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <section class="stack" aria-labelledby="now">
                <h2 id="now">"Who reads it now"</h2>
                {nobody.then(|| view! { <p>"Nobody but you."</p> })}
                {(!nobody)
                    .then(|| {
                        view! { <ul role="list" class="stack">{readers.into_iter().map(|it| view! { <ReaderCard reader=it/> }).collect_view()}</ul> }
                    })}
                <p>"Each time one of them opens it, that is written down first. "<a href="/me/log">"My log"</a>" says who read it, and when."</p>
            </section>
            <Tutors form tutors next/>
            <section class="stack" aria-labelledby="what">
                <h2 id="what">"What they see"</h2>
                <p>"Your words, your goals with your numbers, and what you wrote when you looked back. Also the courses on your plan: whether each is finished, under way or not begun, and after which finished one it is recommended. No other courses. They cannot change anything."</p>
                <p>"When they stop giving courses there, or you stop learning there, it closes by itself."</p>
                <WhoCould/>
            </section>
        </div>
    }
}

#[component]
fn ReaderCard(reader: Reader) -> impl IntoView {
    let label = format!("Take it back from {}", reader.known_as);
    view! {
        <li class="card stack">
            <p><b><bdi>{reader.known_as}</bdi></b>" "<span class="soft">"since "{reader.since}</span></p>
            {(reader.is_open && !reader.courses).then(|| view! { <p>"Without its courses: when you chose them, your courses were not shown. If you would like to show those too, take it back and show it again."</p> })}
            {(!reader.is_open).then(|| view! { <p>"Closed: one of you is not there any more. They cannot open it."</p> })}
            <form method="post" action="/plan/share/take-back">
                <input type="hidden" name="tutor" value=reader.id.to_string()/>
                <button class="button quiet" aria-label=label>"Take it back"</button>
            </form>
        </li>
    }
}

#[component]
fn Tutors(form: FormState, tutors: Vec<(Tutor, Option<String>)>, next: Option<String>) -> impl IntoView {
    let is_called = !form.typed.text("name").trim().is_empty();
    let none = tutors.is_empty();
    let looks = is_called || next.is_some() || !form.typed.text("page").is_empty();
    view! {
        <section class="stack" aria-labelledby="tutors">
            <h2 id="tutors" tabindex="-1">"Tutors where you learn"</h2>
            {looks
                .then(|| {
                    view! {
                        <form method="get" action="/plan/share" class="finding" role="search">
                            <Field form=form.clone() name="name" label="Name begins with" takes=Takes::Line/>
                            <p><button class="button quiet">"Find"</button></p>
                        </form>
                    }
                })}
            {(none && is_called).then(|| view! { <p role="status">"No other tutor here has a name that begins so."</p> })}
            {(none && !is_called).then(|| view! { <p>"There is nobody else to choose at the moment."</p> })}
            {(!none)
                .then(|| {
                    view! { <ul role="list" class="stack">{tutors.into_iter().map(|(tutor, at)| view! { <TutorCard tutor at/> }).collect_view()}</ul> }
                })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more tutors"</a></p> })}
        </section>
    }
}

#[component]
fn TutorCard(tutor: Tutor, at: Option<String>) -> impl IntoView {
    let Tutor { named, organisation } = tutor;
    let label = format!("Show it to {}", named.known_as);
    view! {
        <li class="card stack">
            <p><b><bdi>{named.known_as}</bdi></b>{at.map(|it| view! { " "<span class="soft">{it}</span> })}</p>
            <form method="post" action="/plan/share">
                <input type="hidden" name="tutor" value=named.id.to_string()/>
                <input type="hidden" name="organisation" value=organisation.to_string()/>
                <input type="hidden" name=COURSES value="yes"/>
                <button class="button quiet" aria-label=label>"Show it"</button>
            </form>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tutor(number: u128, known_as: &str) -> Tutor {
        let id = PersonId::from_uuid(uuid::Uuid::from_u128(number));
        let named = store::me::Named { id, known_as: known_as.into() };
        Tutor { named, organisation: OrganisationId::from_uuid(uuid::Uuid::nil()) }
    }

    fn called(page: (Vec<Tutor>, bool)) -> (Vec<String>, bool) {
        (page.0.into_iter().map(|it| it.named.known_as).collect(), page.1)
    }

    #[test]
    fn tutors_stand_in_order_of_name_and_are_found_by_any_of_their_names() {
        let all = vec![tutor(1, "Zoë Ash"), tutor(2, "Émile"), tutor(3, "adam Zed")];
        assert_eq!(called(one_page(all.clone(), "", 1)).0, ["adam Zed", "Émile", "Zoë Ash"]);
        assert_eq!(called(one_page(all.clone(), "ZO", 1)).0, ["Zoë Ash"]);
        assert_eq!(called(one_page(all.clone(), "ze", 1)).0, ["adam Zed"]);
        assert_eq!(called(one_page(all, "x", 1)), (Vec::new(), false));
    }

    #[test]
    fn a_page_of_tutors_goes_on_where_the_last_one_ended() {
        let all: Vec<_> = (0..60).map(|it| tutor(it, &format!("Kim {it:02}"))).collect();
        let page = |number| called(one_page(all.clone(), "kim", number));
        assert_eq!((page(1).0.len(), page(1).1, page(2).1), (25, true, true));
        assert_eq!(page(3), ((50..60).map(|it| format!("Kim {it}")).collect(), false));
        for far in [4, 1_000, usize::MAX] {
            assert_eq!(page(far), (Vec::new(), false));
        }
    }
}
