//! Asking others: a witness by a letter, and people who were supported by codes on paper.

use axum::http::StatusCode;
use domain::course::certificate::Code;
use domain::training::evidence::voices::{self as rule, CODES, FEWEST, SheetId, TIME};
use domain::training::evidence::witness::{
    AskForm, AskedId, Ending, MOST_ASKED_ABOUT, TIME as TO_ANSWER, ask,
};
use domain::training::framework::{Competence, FrameworkId};
use leptos::prelude::*;
use store::audit::Event;
use store::training::frameworks;
use store::training::voices::{self, CODES_PRINTED, Sheet};
use store::training::witnesses::{self, Shown, WITNESS_ASKED};

use super::MINE;
use super::add::listed;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::{SignedIn, WorksTowards};
use crate::sign_in::{Token, random_bytes};
use crate::training::said::{PLACE, hash};
use crate::ui::choose::{Ticks, filled};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::square::{Square, squares};
use crate::ui::words::date;

/// What was ticked.
fn serves(typed: &Typed) -> Vec<&str> {
    typed.fields().filter(|it| it.0 == "serves").map(|it| it.1).collect()
}

fn event(cx: &Cx, mine: &WorksTowards, action: store::audit::Action) -> Event {
    let event = cx.event(action, mine.me).within(mine.framework.organisation.as_uuid());
    event.to(mine.framework.id.as_uuid())
}

/// What the form for a competence begins with.
fn begins(code: &str, more: &[(&str, String)]) -> FormState {
    filled(&[&[("serves", code.to_owned())], more].concat())
}

/// The competence that the path names, in the list.
fn from<'a>(there: &'a [Competence], code: &str) -> Result<&'a Competence, TurnedAway> {
    there.iter().find(|it| it.code.as_str() == code).ok_or(TurnedAway::NotFound)
}

/// GET /training/competences/{framework}/{code}/witness
pub(crate) async fn show_witness(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
    Asks(asks): Asks,
) -> Answer {
    let done = match asks.text("done") {
        "asked" => Some("The letter is on its way."),
        "withdrawn" => Some("It is taken back. The link in the letter works no more."),
        _ => None,
    };
    let id = AskedId::from_uuid(uuid::Uuid::now_v7()).to_string();
    witness_page(&cx, &mine, &code, (StatusCode::OK, begins(&code, &[("id", id)]), done)).await
}

/// POST /training/competences/{framework}/{code}/witness
pub(crate) async fn ask_witness(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
    typed: Typed,
) -> Answer {
    let (db, framework) = (cx.site.db(), &mine.framework);
    let there = frameworks::competences(db, framework.id, framework.version).await?;
    let own = store::sign_in::own(db, mine.me).await?.ok_or(TurnedAway::NotFound)?;
    let known = store::people::known(db, mine.me).await?.ok_or(TurnedAway::NotFound)?;
    let form =
        AskForm { known_as: typed.text("known_as"), email: typed.text("email"), serves: serves(&typed) };
    let tx = db.begin().await?;
    store::training::judgements::take_turns(&tx, mine.me, framework.id).await?;
    let lately = witnesses::lately(&tx, mine.me, cx.now() - TO_ANSWER).await?;
    match ask((mine.me, &own.email), &form, &there, lately) {
        Ok(new) => {
            let id = typed.text("id").parse().unwrap_or_else(|_| AskedId::from_uuid(uuid::Uuid::now_v7()));
            let token = Token::random();
            if witnesses::save(&tx, (id, framework.id), (&new, token.hash()), cx.now()).await? {
                let letter = letters::witness_asked(&cx.site, new.email(), (&known.known_as, token.as_str()));
                letters::send(&tx, letter, cx.now()).await?;
                cx.keep(tx, event(&cx, &mine, WITNESS_ASKED)).await?;
            }
            Ok(cx.done(&format!("{MINE}/{}/{code}/witness?done=asked", framework.id)))
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            witness_page(&cx, &mine, &code, (StatusCode::UNPROCESSABLE_ENTITY, form, None)).await
        }
    }
}

/// POST /training/witnesses/{asked}/withdraw
pub(crate) async fn withdraw(cx: Cx, me: SignedIn, At(id): At<AskedId>) -> Answer {
    let tx = cx.site.db().begin().await?;
    let found = witnesses::asked_now(&tx, id).await?;
    let (asked, framework) = found.filter(|it| it.0.of == me.id()).ok_or(TurnedAway::NotFound)?;
    // Answered in the meantime, it stays so.
    if asked.ending.is_none() {
        witnesses::end(&tx, id, (Ending::Withdrawn, None)).await?;
        tx.commit().await?;
    }
    let code = asked.serves.first().map(ToString::to_string).unwrap_or_default();
    Ok(cx.done(&format!("{MINE}/{framework}/{code}/witness?done=withdrawn")))
}

async fn witness_page(
    cx: &Cx,
    mine: &WorksTowards,
    code: &str,
    (status, form, done): (StatusCode, FormState, Option<&'static str>),
) -> Answer {
    let (db, framework) = (cx.site.db(), &mine.framework);
    let there = frameworks::competences(db, framework.id, framework.version).await?;
    let from = from(&there, code)?.clone();
    let asked = witnesses::by(db, mine.me, framework.id).await?;
    let head = Head::new("Ask somebody", Area::Me).failed(!form.faults.is_empty());
    let path = format!("{MINE}/{}/{code}", framework.id);
    let page = move || {
        let choices = listed(&there, &from);
        let id = form.typed.text("id").to_owned();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=path.clone()>{from.code.to_string()}" "{from.title.clone()}</a></p>
                <h1>"Ask somebody who has seen it"</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"They get a letter with a link, and need no account. The link works once, for four weeks. They may say no."</p>
                <form method="post" action=format!("{path}/witness") class="stack" novalidate>
                    <Field form=form.clone() name="known_as" label="What are they called?" takes=Takes::Line hint="Only you see this, until they answer. Ask nobody whom you support: for them there are codes on paper."/>
                    <Field form=form.clone() name="email" label="Their e-mail address" takes=Takes::SomebodysEmail/>
                    <Ticks form=form.clone() name="serves" legend="What do you ask about?" choices hint="One thing to six."/>
                    <input type="hidden" name="id" value=id/>
                    <p class="row"><button class="button">"Send the letter"</button></p>
                </form>
                <Witnesses asked/>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn Witnesses(asked: Vec<Shown>) -> impl IntoView {
    let line = |it: Shown| {
        let day = date(it.made_at.with_timezone(&chrono_tz::Europe::London).date_naive());
        let is_open = it.ending.is_none();
        let name = it.known_as.unwrap_or_else(|| "Somebody".to_owned());
        let withdraw = format!("/training/witnesses/{}/withdraw", it.id);
        view! {
            <li class="card stack">
                <p><b><bdi>{name.clone()}</bdi></b>", asked on "{day}</p>
                <p class="soft">{it.ending.map_or("No answer yet", Ending::label)}</p>
                {is_open.then(|| view! {
                    <form method="post" action=withdraw><button class="button quiet">"Take this back"<span class="hidden">": "{name}</span></button></form>
                })}
            </li>
        }
    };
    (!asked.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="asked">
                <h2 id="asked">"Whom I asked"</h2>
                <ul role="list" class="stack">{asked.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

/// GET /training/competences/{framework}/{code}/codes
pub(crate) async fn show_codes(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
) -> Answer {
    let form = begins(&code, &[("codes", CODES.start().to_string())]);
    codes_page(&cx, &mine, &code, (StatusCode::OK, form)).await
}

/// POST /training/competences/{framework}/{code}/codes: the codes stand on this answer, and nowhere else.
pub(crate) async fn print_codes(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
    typed: Typed,
) -> Answer {
    let (db, framework) = (cx.site.db(), &mine.framework);
    let there = frameworks::competences(db, framework.id, framework.version).await?;
    let known = store::people::known(db, mine.me).await?.ok_or(TurnedAway::NotFound)?;
    let tx = db.begin().await?;
    let out = voices::out_now(&tx, mine.me).await?;
    match rule::sheet(mine.me, (typed.text("codes"), &serves(&typed)), &there, out) {
        Ok(new) => {
            let codes: Vec<Code> = (0..new.codes()).map(|_| Code::from_chance(random_bytes())).collect();
            let hashes: Vec<_> = codes.iter().map(|it| hash(*it)).collect();
            let id = SheetId::from_uuid(uuid::Uuid::now_v7());
            voices::save(&tx, (id, framework.id), (&new, &hashes), cx.now()).await?;
            cx.keep(tx, event(&cx, &mine, CODES_PRINTED)).await?;
            let back = format!("{MINE}/{}/{code}", framework.id);
            sheet_page(&cx, (back, known.known_as), &codes).await
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            codes_page(&cx, &mine, &code, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

/// Until when the codes of a sheet are good.
fn until(sheet: &Sheet) -> String {
    date((sheet.made_at + TIME).with_timezone(&chrono_tz::Europe::London).date_naive())
}

async fn codes_page(
    cx: &Cx,
    mine: &WorksTowards,
    code: &str,
    (status, form): (StatusCode, FormState),
) -> Answer {
    let (db, framework) = (cx.site.db(), &mine.framework);
    let there = frameworks::competences(db, framework.id, framework.version).await?;
    let from = from(&there, code)?.clone();
    let out = voices::out(db, mine.me).await?;
    let head = Head::new("Codes on paper", Area::Me).failed(!form.faults.is_empty());
    let path = format!("{MINE}/{}/{code}", framework.id);
    let page = move || {
        let choices = listed(&there, &from);
        let until = out.as_ref().map(until);
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=path.clone()>{from.code.to_string()}" "{from.title.clone()}</a></p>
                <h1>"Hear from people whom I support"</h1>
                <p class="lead">"You print a sheet of codes, cut it up, and hand them out. Whoever has one answers a few plain questions, without an account and without a name."</p>
                <div class="prose">
                    <ul>
                        <li>"Each code works once, for six weeks. Nobody has to use one."</li>
                        <li>"You see nothing before the six weeks are over, not even how many answered."</li>
                        <li>"Of fewer than "{FEWEST}" answers nothing is ever shown. So hand all of them out, to different people, and do not watch."</li>
                        <li>{format!("One sheet shows {MOST_ASKED_ABOUT} things at most, and one is out at a time.")}</li>
                    </ul>
                </div>
                {match until {
                    Some(until) => view! { <p class="notice">"You have a sheet out. Its codes are good until "{until}"."</p> }.into_any(),
                    None => view! {
                        <form method="post" action=format!("{path}/codes") class="stack" novalidate>
                            <Field form=form.clone() name="codes" label="How many codes?" takes=Takes::Code hint="From 6 to 12."/>
                            <Ticks form name="serves" legend="What do they show?" choices hint="One thing to six."/>
                            <p class="row"><button class="button">"Make the sheet"</button></p>
                            <p class="soft">"Print the next page before you leave it: the codes are shown once."</p>
                        </form>
                    }.into_any(),
                }}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

async fn sheet_page(cx: &Cx, (back, known_as): (String, String), codes: &[Code]) -> Answer {
    let place = cx.site.address_of(PLACE);
    let slip = |code: &Code| (code.to_string(), squares(&format!("{place}/{code}")));
    let slips: Vec<_> = codes.iter().map(slip).collect();
    let place = place.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    let page = move || {
        let slip = |(at, (code, drawing)): (usize, (String, (Vec<bool>, usize)))| {
            let place = place.clone();
            let known_as = known_as.clone();
            view! {
                <li class="card slip stack">
                    <p>"How was it to talk with "<bdi>{known_as}</bdi>"? Say it without your name, if you like."</p>
                    <div class="row">
                        <Square drawing title="The way there as a square" says="A phone’s camera reads it. The address and the code stand beside it." number=at/>
                        <p>{place}<br/><b class="code">{code}</b></p>
                    </div>
                </li>
            }
        };
        view! {
            <div class="wrap reading plan stack">
                <p class="on-screen"><a class="crumb" href=back>"Back"</a></p>
                <h1 class="on-screen">"Your sheet of codes"</h1>
                <p class="notice on-screen" role="status">"Print this page now and cut it up. The codes are shown once: we keep none of them."</p>
                <ul role="list" class="slips">{slips.into_iter().enumerate().map(slip).collect_view()}</ul>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Codes on paper", Area::Me), page).await)
}
