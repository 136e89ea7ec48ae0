//! What the trainee of the demo is to be able to do, what they have shown, and what was said of it.

use anyhow::{Context, Result, anyhow};
use chrono::{Days, NaiveDate};
use domain::day::TypedDay;
use domain::people::{Assessor, PersonId};
use domain::training::cohort::{CohortId, choose_framework};
use domain::training::evidence::{EvidenceForm, EvidenceId, offer};
use domain::training::framework::{AboutForm, FrameworkId, Levels, Row, about, check};
use domain::training::judgement::{JudgementForm, NewStep, OwnForm, begin, judge, own_step};
use store::demo::Cast;
use store::training::judgements::{Place, save_step, take, take_turns};
use store::training::{cohort_framework, evidence, frameworks, places};
use store::{Db, Tx};
use uuid::Uuid;

use super::CHARITY;
use super::past::morning;
use super::training::actor;

/// The code, the title, the heading, how much it is asked for, whether lived experience counts, and what it looks like.
const COMPETENCES: [(&str, &str, &str, &str, &str, &str); 7] = [
    ("1.1", "Listens without judging", "Being with people", "essential", "", "Asks before giving advice"),
    (
        "1.2",
        "Tells their own story so that it helps the other",
        "Being with people",
        "essential",
        "yes",
        "Stops when the other has heard enough",
    ),
    (
        "1.3",
        "Leaves it to people what recovery means to them",
        "Being with people",
        "essential",
        "",
        "Uses the other's own words",
    ),
    (
        "2.1",
        "Keeps what is private private",
        "Working safely",
        "essential",
        "",
        "Says beforehand what cannot be kept",
    ),
    (
        "2.2",
        "Says when something is beyond the role",
        "Working safely",
        "essential",
        "",
        "Knows whom to ring",
    ),
    (
        "3.1",
        "Looks after themself, and uses supervision",
        "Going on",
        "essential",
        "",
        "Brings what was hard",
    ),
    ("3.2", "Holds a group together with somebody else", "Going on", "desirable", "", "Shares the talking"),
];

/// What the trainee gave for a competence.
struct Shown {
    code: &'static str,
    title: &'static str,
    words: &'static str,
    days_ago: u64,
    /// What was said of it, and with which words; nothing yet, where it waits.
    said: Option<(&'static str, &'static str)>,
}

const SHOWN: [Shown; 3] = [
    Shown {
        code: "1.1",
        title: "An afternoon at the drop-in",
        words: "Somebody wanted to talk about a letter they were afraid of. I asked what they would like from me before I said anything, and mostly listened.",
        days_ago: 24,
        said: Some(("achieved", "You asked first, and you waited. That is it.")),
    },
    Shown {
        code: "2.1",
        title: "What I say at the beginning",
        words: "I say that what we talk about stays with me, and what I would have to pass on. I have it on a card.",
        days_ago: 17,
        said: Some(("needs_more", "Tell me about a time when you had to pass something on, or would have.")),
    },
    Shown {
        code: "3.1",
        title: "After a long day",
        words: "I noticed on the bus that I was still carrying it. I rang my supervisor the next morning instead of going in early.",
        days_ago: 6,
        said: None,
    },
];

/// Brings a framework in that a group works with, and lets the trainee be on their way with it.
pub(super) async fn live(db: &Db, cast: &Cast, group: CohortId, today: NaiveDate) -> Result<()> {
    let row = |(line, (code, title, heading, need, lived, indicator)): (
        usize,
        (&str, &str, &str, &str, &str, &str),
    )| Row {
        line,
        code: code.into(),
        title: title.into(),
        domain: heading.into(),
        need: need.into(),
        lived_experience: lived.into(),
        indicators: vec![indicator.into()],
        ..Row::default()
    };
    let rows: Vec<_> = (1..).zip(COMPETENCES).map(row).collect();
    let competences = check(&rows).map_err(|it| anyhow!("{it:?}"))?;
    let form = AboutForm { title: "Alongside somebody", licence: "Our own words.", source: "" };
    let about = about(&form).map_err(|it| anyhow!("{it:?}"))?;
    let trainee = cast.person("trainee")?;
    let assessor = actor(db, cast.person("supervisor")?, today).await?;
    let assessor = assessor.as_assessor_for(trainee).context("Nobody assesses the trainee.")?;
    let coordinator = actor(db, cast.person("coordinator")?, today).await?;
    let began = morning(today - Days::new(40));
    let tx = db.begin().await?;
    let charity = cast.organisation(CHARITY)?;
    let framework = frameworks::add(&tx, charity, (&about, &competences), began).await?;
    take(&tx, trainee, framework, began).await?;
    let coordinator = coordinator.as_training_coordinator_of(charity).context("Nobody coordinates.")?;
    let held = places::places_now(&tx, group).await?.context("The group is there.")?;
    let chosen = choose_framework(&coordinator, &held, &framework.to_string(), &[framework]);
    let chosen = chosen.map_err(|it| anyhow!("{it:?}"))?;
    cohort_framework::choose(&tx, &chosen, today - Days::new(40)).await?;
    take_turns(&tx, trainee, framework).await?;
    for shown in SHOWN {
        let there = competences.all();
        let Shown { code, title, words, days_ago, .. } = shown;
        let form = EvidenceForm {
            kind: "informal",
            title,
            words,
            serves: vec![code],
            has_file: false,
            is_looked_at: true,
        };
        let new = offer(trainee, &form, there).map_err(|it| anyhow!("{it:?}"))?;
        let id = EvidenceId::from_uuid(Uuid::now_v7());
        evidence::save(&tx, (id, framework), (&new, None), morning(today - Days::new(days_ago))).await?;
        go_through(&tx, (trainee, &assessor), framework, shown, today).await?;
    }
    Ok(tx.commit().await?)
}

/// On their way, ready, and judged three days later.
async fn go_through(
    tx: &Tx,
    (trainee, assessor): (PersonId, &Assessor),
    framework: FrameworkId,
    Shown { code, days_ago, said, .. }: Shown,
    today: NaiveDate,
) -> Result<()> {
    let place = Place { person: trainee, framework, code };
    let day = today - Days::new(days_ago);
    let never = TypedDay { day: "", month: "", year: "" };
    let first = begin(trainee, &[]).context("It is the first step.")?;
    let form = OwnForm { state: "ready", comment: "", day: never, seen: "1", is_looked_at: false };
    let ready =
        own_step(trainee, &[first.step().clone()], &form, true, day).map_err(|it| anyhow!("{it:?}"))?;
    let history = [first.step().clone(), ready.step().clone()];
    let mut steps: Vec<(NewStep, NaiveDate)> = vec![(first, day), (ready, day)];
    if let Some((state, comment)) = said {
        let day = day + Days::new(3);
        let form = JudgementForm { state, comment, day: never, level: "", seen: "2", is_looked_at: true };
        let levels = Levels::default();
        let judged =
            judge(assessor, trainee, &history, &form, (&levels, day)).map_err(|it| anyhow!("{it:?}"))?;
        steps.push((judged, day));
    }
    for (step, day) in &steps {
        save_step(tx, place, (1, step), morning(*day)).await?;
        if step.step().state.is_judged() {
            evidence::mark_judged(tx, place, step.number()).await?;
        }
    }
    Ok(())
}
