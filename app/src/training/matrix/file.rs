//! Everything as a file, a line for each person and requirement, some people after the other: it takes no more memory
//! for many than for few. Checks are left out: files get lost.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use domain::people::{Labels, PersonId};
use domain::training::requirement::{Count, Standing};
use futures::stream::try_unfold;
use store::training::matrix::{Among, EXPORTED, people};

use super::{Filter, Required, Row, counts_of};
use crate::college::sheets::{Cell, csv_head, csv_lines};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::permits::CoordinatesTrainingHere;
use crate::training::stands;

const COLUMNS: [&str; 8] = [
    "Who",
    "What they are",
    "Code",
    "What is required",
    "How they stand",
    "Day",
    "How much is there",
    "Booked for",
];

/// People who are written at a time.
const AT_A_TIME: usize = 100;

/// Where the file is.
enum At {
    Head,
    After(Option<PersonId>),
    Counts,
    End,
}

/// What is written, and how many have what so far.
struct Writing {
    cx: Cx,
    required: Required,
    labels: Labels,
    counts: Vec<Count>,
    at: At,
}

/// GET /training/at/{organisation}/matrix.csv
pub(crate) async fn csv(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let db = cx.site.db();
    cx.keep(db.begin().await?, here.event(&cx, EXPORTED)).await?;
    let required = Required::of(&cx, here.organisation).await?;
    let labels = store::organisations::labels(db, &[required.organisation.id]).await?;
    let name = format!("attachment; filename=\"required-{}.csv\"", cx.today());
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(io::Error::other)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let counts = vec![Count::default(); required.all.len()];
    let writing = Writing { cx, required, labels, counts, at: At::Head };
    let parts = try_unfold(writing, |mut writing| async move {
        let part = writing.next().await.map_err(|why| io::Error::other(format!("{why:?}")))?;
        Ok::<_, io::Error>(part.map(|it| (Bytes::from(it), writing)))
    });
    Ok((headers, Body::from_stream(parts)).into_response())
}

impl Writing {
    /// The next part of the file; nothing after the last.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, TurnedAway> {
        match self.at {
            At::Head => {
                self.at = At::After(None);
                Ok(Some(csv_head(&COLUMNS)?))
            }
            At::After(after) => {
                let rows = self.rows(after).await?;
                self.at = match rows.last() {
                    Some(last) => At::After(Some(last.who.id)),
                    None => At::Counts,
                };
                let lines: Vec<_> = rows.iter().flat_map(|it| self.lines(it)).collect();
                for (at, standing) in rows.iter().flat_map(|it| counts_of(&it.cells)) {
                    self.counts[at].add(standing);
                }
                Ok(Some(csv_lines(&lines)?))
            }
            At::Counts => {
                self.at = At::End;
                let all = self.required.all.iter().zip(&self.counts);
                let line = |(it, count): (&domain::training::requirement::Requirement, &Count)| {
                    let title = stands::called(it, self.required.today);
                    ["Everybody", "", &it.code, &title, &count.said(), "", "", ""].map(text).to_vec()
                };
                let lines: Vec<_> = all.map(line).collect();
                Ok(Some(csv_lines(&lines)?))
            }
            At::End => Ok(None),
        }
    }

    async fn rows(&self, after: Option<PersonId>) -> Result<Vec<Row>, TurnedAway> {
        let everybody = Filter::default();
        let kinds = self.required.kinds(&everybody);
        let (today, limit) = (self.required.today, AT_A_TIME as u64);
        let among = Among { kinds: &kinds, team: None, called: "", after, today, limit };
        let found = people(self.cx.site.db(), self.required.organisation.id, among).await?;
        self.required.rows(&self.cx, (found, &self.required.all)).await
    }

    /// The lines of one person.
    fn lines(&self, row: &Row) -> Vec<Vec<Cell>> {
        let (here, today) = (self.required.organisation.id, self.required.today);
        let what = row.who.engagements.iter().filter(|it| it.is_current(today));
        let what: Vec<_> = what.map(|it| self.labels.word(here, it.kind)).collect();
        let what = what.join(", ");
        let all =
            self.required.all.iter().zip(&row.cells).filter_map(|(it, cell)| Some((it, cell.as_ref()?)));
        let line = |(it, standing): (&domain::training::requirement::Requirement, &Standing)| {
            let version = it.on(today)?;
            let there = stands::progress(standing, &version.rule).unwrap_or_default();
            let day = |it: Option<chrono::NaiveDate>| it.map_or_else(|| text(""), Cell::Day);
            Some(vec![
                text(&row.who.known_as),
                text(&what),
                text(&it.code),
                text(&version.called()),
                text(standing.state().label()),
                day(standing.due()),
                text(&there),
                day(standing.booked()),
            ])
        };
        all.filter_map(line).collect()
    }
}

fn text(it: &str) -> Cell {
    Cell::Text(it.to_owned())
}
