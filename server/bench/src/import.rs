//! How long a course with many lessons takes, from the ZIP that somebody sends to the version that learners read.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use app::{Clock, SystemClock};
use domain::course::Slug;
use serde_json::{Value, json};
use server::open;
use store::Db;
use store::content::{CourseSource, LessonSource};

/// As many as a whole programme has.
const LESSONS: usize = 40;
/// Each of another text.
const ROUNDS: usize = 5;

/// The middle of several rounds, in ms.
pub(crate) async fn measure(db: &Db, content: &Path) -> Result<Value> {
    let found = open::read_content(content).map_err(|faults| anyhow!(open::told(&faults)))?;
    let all: Vec<_> = found.courses.iter().flat_map(|it| &it.lessons).collect();
    let outline = &found.courses.first().context("There is no course.")?.outline;
    let slug = |text: String| Slug::try_from(text).map_err(|error| anyhow!("{error}"));
    let mut times = [const { Vec::new() }; 3];
    for round in 1..=ROUNDS {
        let lessons = (1..=LESSONS).zip(all.iter().cycle().skip(round));
        let lesson = |(at, it): (usize, &&LessonSource)| {
            Ok(LessonSource { slug: slug(format!("lesson-{at}"))?, text: it.text.clone() })
        };
        let lessons = lessons.map(lesson).collect::<Result<_>>()?;
        let name = slug("imported-course".into())?;
        let source = CourseSource { slug: name.clone(), outline: outline.clone(), lessons };
        let zip = store::content::pack(&source)?;
        let began = Instant::now();
        let unpacked = store::content::unpack(name, &zip).map_err(|faults| anyhow!(open::told(&faults)))?;
        times[0].push(since(began));
        let began = Instant::now();
        store::content::read_course(&unpacked).map_err(|faults| anyhow!(open::told(&faults)))?;
        times[1].push(since(began));
        let began = Instant::now();
        let tx = db.begin().await?;
        store::courses::publish(&tx, &[unpacked], SystemClock.now()).await?;
        tx.commit().await?;
        times[2].push(since(began));
    }
    let [unpack, check, publish] = times.map(middle);
    Ok(json!({ "unpack": unpack, "check": check, "publish": publish }))
}

fn since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
