//! The same figures as files, a line each, made off the threads that answer others.
//!
//! There are as many lines as courses and months, whatever the number of learners: a few thousand a year at most.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{Days, Months, NaiveDate};
use domain::course::feedback::Question;
use domain::course::term::Term;
use domain::few::FEWEST;
use store::figures::Round;
use uuid::Uuid;

use super::sheets::{Cell, Sheet, to_csv, to_ods};
use super::{answers, in_words, titles, why_kept_back};
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::Answer;
use crate::permits::ReadsFigures;

const COLUMNS: [&str; 7] =
    ["Course", "From", "To", "What", "Answer", "Number", "Why there is no number, and what is known instead"];

/// GET /college/figures.csv
pub(crate) async fn csv(cx: Cx, _: ReadsFigures) -> Answer {
    let [places, feedback] = sheets(&cx).await?;
    let made = tokio::task::spawn_blocking(move || to_csv(&COLUMNS, &[places, feedback])).await;
    Ok(file(&cx, "csv", "text/csv; charset=utf-8; header=present", made.map_err(std::io::Error::other)?)?)
}

/// GET /college/figures.ods
pub(crate) async fn ods(cx: Cx, _: ReadsFigures) -> Answer {
    let sheets = sheets(&cx).await?;
    let made = tokio::task::spawn_blocking(move || to_ods(&COLUMNS, &sheets)).await;
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    Ok(file(&cx, "ods", kind, made.map_err(std::io::Error::other)?)?)
}

fn file(
    cx: &Cx,
    extension: &str,
    kind: &'static str,
    made: std::io::Result<Vec<u8>>,
) -> Result<Response, Broken> {
    let name = format!("attachment; filename=\"figures-{}.{extension}\"", cx.today());
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(std::io::Error::other)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, Body::from(made?)).into_response())
}

/// Places by course and month, and feedback by course and count.
async fn sheets(cx: &Cx) -> Result<[Sheet; 2], Broken> {
    let (db, now, titles) = (cx.site.db(), Term::of(cx.today()), titles(cx));
    let months = store::figures::by_month(db, NaiveDate::default(), now.next().begins()).await?;
    let rounds = store::figures::rounds(db, None).await?;
    let title = |id: Uuid| titles.get(&id).map_or("", String::as_str);
    let mut places = Sheet { name: "Places", rows: Vec::new() };
    for (month, course, counted) in &months {
        let span = (*month, last_of(*month));
        let row = |what, number| line((title(*course), span), (what, ""), (Some(number), ""));
        places.rows.push(row("Places taken", counted.taken));
        places.rows.push(row("Courses finished", counted.finished));
    }
    let mut feedback = Sheet { name: "Feedback", rows: Vec::new() };
    // Every course and term that is over, in which something happened or something was counted.
    let happened = months.iter().map(|it| (Term::of(it.0), it.1)).filter(|it| it.0 < now);
    let counted = rounds.iter().map(|it| (it.through, it.course));
    for (term, course) in happened.chain(counted).collect::<BTreeSet<_>>() {
        match rounds.iter().find(|it| (it.through, it.course) == (term, course)) {
            Some(round) => feedback.rows.extend(said(title(course), round)),
            None => {
                let why = format!(
                    "Fewer than {} answers: they wait and are counted with the next term’s.",
                    in_words(FEWEST)
                );
                let span = (term.begins(), term.ends());
                feedback.rows.push(line((title(course), span), ("Answers", ""), (None, &why)));
            }
        }
    }
    Ok([places, feedback])
}

/// The lines of one count.
fn said(title: &str, round: &Round) -> Vec<Vec<Cell>> {
    let from = round.since.map(Term::begins);
    let to = round.through.ends();
    let all = Some(i64::from(round.counted.answers()));
    let mut lines = vec![line_from((title, (from, to)), ("Answers", ""), (all, ""))];
    for (question, spread) in Question::ALL.into_iter().zip(round.counted.spreads()) {
        for (answer, number) in answers(question, spread) {
            let is_most = spread.most().is_some_and(|it| question.label(it) == answer);
            let why = match (number, is_most) {
                (Some(_), _) => String::new(),
                (None, true) => format!("Not shown: {}. More than half said so.", why_kept_back()),
                (None, false) => format!("Not shown: {}.", why_kept_back()),
            };
            let number = number.map(i64::from);
            lines.push(line_from((title, (from, to)), (question.asks(), answer), (number, &why)));
        }
    }
    lines
}

type Span = (NaiveDate, NaiveDate);

fn line((title, (from, to)): (&str, Span), what: (&str, &str), number: (Option<i64>, &str)) -> Vec<Cell> {
    line_from((title, (Some(from), to)), what, number)
}

/// Where it begins is empty for the first count of a course: it holds everything until then.
fn line_from(
    (title, (from, to)): (&str, (Option<NaiveDate>, NaiveDate)),
    (what, answer): (&str, &str),
    (number, why): (Option<i64>, &str),
) -> Vec<Cell> {
    let text = |it: &str| Cell::Text(it.to_owned());
    let from = from.map_or_else(|| text("the beginning"), Cell::Day);
    let number = number.map_or_else(|| text(""), Cell::Number);
    vec![text(title), from, Cell::Day(to), text(what), text(answer), number, text(why)]
}

fn last_of(month: NaiveDate) -> NaiveDate {
    let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
    next.checked_sub_days(Days::new(1)).unwrap_or(month)
}
