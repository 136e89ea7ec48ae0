//! What the college learns of its courses: numbers, and what people wrote.
//!
//! Every question here is answered from rows that are counted when things happen, a row a course and month or term, so
//! that it costs the same with ten learners and with a hundred thousand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::course::feedback::{Asked, Question, Said, TakingOut};
use domain::course::figures::{Counted, Kept};
use domain::course::term::{Term, first_of};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{
    course_finished, course_month, enrolment, feedback_comment, feedback_round, feedback_spread,
};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx};

/// Somebody took out for good what another had written about a course. Whose words they were is not written down.
pub const FEEDBACK_TAKEN_OUT: Action = Action::named("feedback_taken_out");

/// What is counted by course and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happened {
    /// Somebody took a place.
    Taken,
    /// Somebody finished.
    Finished,
}

/// Places taken and courses finished in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub taken: i64,
    pub finished: i64,
}

/// A count of feedback, as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    pub course: Uuid,
    /// The first term of which answers are in it; none if it is the first count of its course.
    pub since: Option<Term>,
    /// The last one.
    pub through: Term,
    pub counted: Counted,
}

/// Counts what happened today: the last statement of its transaction.
///
/// On PostgreSQL those who take a place on one course in one month take turns at its row. Each holds it for no longer
/// than it takes to commit, a few milliseconds, so that hundreds a second get by: a college sees a few a minute. It is
/// the only such row of its transaction and the last lock that it takes, so nobody waits for each other in a ring.
pub(crate) async fn count(tx: &Tx, course: Uuid, what: Happened, today: NaiveDate) -> Result<()> {
    use course_month::Column;
    let [taken, finished] = [Happened::Taken, Happened::Finished].map(|it| i64::from(it == what));
    let row = course_month::ActiveModel {
        month: Set(first_of(today)),
        course_id: Set(course),
        places: Set(taken),
        finished: Set(finished),
    };
    let column = match what {
        Happened::Taken => Column::Places,
        Happened::Finished => Column::Finished,
    };
    let one_more = OnConflict::columns([Column::Month, Column::CourseId])
        .value(column, Expr::col((course_month::Entity, column)).add(1))
        .to_owned();
    course_month::Entity::insert(row).on_conflict(one_more).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// What happened from one day to before another, by month and course.
///
/// # Errors
/// When the database does not answer.
pub async fn by_month(db: &Db, from: NaiveDate, before: NaiveDate) -> Result<Vec<(NaiveDate, Uuid, Places)>> {
    let rows = course_month::Entity::find()
        .filter(course_month::Column::Month.gte(from))
        .filter(course_month::Column::Month.lt(before))
        .order_by_asc(course_month::Column::Month)
        .order_by_asc(course_month::Column::CourseId)
        .all(&db.read)
        .await?;
    let read = |it: course_month::Model| {
        (it.month, it.course_id, Places { taken: it.places, finished: it.finished })
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The same of all courses together.
///
/// # Errors
/// When the database does not answer.
pub async fn of_all_by_month(
    db: &Db,
    from: NaiveDate,
    before: NaiveDate,
) -> Result<Vec<(NaiveDate, Places)>> {
    let sum = |column: course_month::Column| Expr::col(column).sum().cast_as("bigint");
    let rows = course_month::Entity::find()
        .select_only()
        .column(course_month::Column::Month)
        .column_as(sum(course_month::Column::Places), "taken")
        .column_as(sum(course_month::Column::Finished), "finished")
        .filter(course_month::Column::Month.gte(from))
        .filter(course_month::Column::Month.lt(before))
        .group_by(course_month::Column::Month)
        .order_by_asc(course_month::Column::Month)
        .into_tuple::<(NaiveDate, i64, i64)>()
        .all(&db.read)
        .await?;
    Ok(rows.into_iter().map(|it| (it.0, Places { taken: it.1, finished: it.2 })).collect())
}

/// The first month in which anything happened.
///
/// # Errors
/// When the database does not answer.
pub async fn first_month(db: &Db) -> Result<Option<NaiveDate>> {
    let first = course_month::Entity::find().order_by_asc(course_month::Column::Month).one(&db.read).await?;
    Ok(first.map(|it| it.month))
}

/// What was published when a term was over, by course; without a term, everything that ever was.
///
/// # Errors
/// When the database does not answer, or holds a count that no rule can have made.
pub async fn rounds(db: &Db, through: Option<Term>) -> Result<Vec<Round>> {
    let (mut rounds, mut spreads) = (feedback_round::Entity::find(), feedback_spread::Entity::find());
    if let Some(term) = through {
        rounds = rounds.filter(feedback_round::Column::Through.eq(term.begins()));
        spreads = spreads.filter(feedback_spread::Column::Through.eq(term.begins()));
    }
    let rounds = rounds
        .order_by_asc(feedback_round::Column::Through)
        .order_by_asc(feedback_round::Column::CourseId)
        .all(&db.read)
        .await?;
    let mut of_round: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for it in spreads.all(&db.read).await? {
        of_round.entry((it.through, it.course_id)).or_default().push(it);
    }
    let read = |row: feedback_round::Model| {
        let spreads = of_round.remove(&(row.through, row.course_id)).unwrap_or_default();
        read_round(&row, &spreads)
    };
    rounds.into_iter().map(read).collect()
}

fn read_round(row: &feedback_round::Model, spreads: &[feedback_spread::Model]) -> Result<Round> {
    let wrong = || Failure::Content("a count of feedback that no rule can have made".into());
    let of = |question: Question| spreads.iter().find(|it| it.question == question.as_str());
    let mut kept = Kept { answers: few(row.answers)?, shown: Default::default(), most: Default::default() };
    for (at, question) in Question::ALL.into_iter().enumerate() {
        let it = of(question).ok_or_else(wrong)?;
        for (shown, number) in
            kept.shown[at].iter_mut().zip([it.said_yes, it.said_partly, it.said_no, it.left_open])
        {
            *shown = number.map(few).transpose()?;
        }
        let most = it.most.as_deref().map(|it| Said::parse(it).ok_or_else(|| unknown("answer", it)));
        kept.most[at] = most.transpose()?;
    }
    Ok(Round {
        course: row.course_id,
        since: row.since.map(term).transpose()?,
        through: term(row.through)?,
        counted: kept.read().ok_or_else(wrong)?,
    })
}

pub(crate) fn term(begins: NaiveDate) -> Result<Term> {
    Term::beginning(begins).ok_or_else(|| unknown("term", &begins.to_string()))
}

fn few(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| unknown("number", &number.to_string()))
}

/// What those wrote who were counted together, in an order of chance, after a place in it.
///
/// # Errors
/// When the database does not answer.
pub async fn words(
    db: &Db,
    (course, through): (Uuid, Term),
    asked: Asked,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<(i64, String)>> {
    use feedback_comment::Column;
    let mut words = shown(course, through, asked);
    if let Some(place) = after {
        words = words.filter(Column::Place.gt(place));
    }
    let words = words.order_by_asc(Column::Place).limit(limit).all(&db.read).await?;
    Ok(words.into_iter().filter_map(|it| Some((it.place, it.text?))).collect())
}

/// What stands at a place in that order, if it still does.
///
/// # Errors
/// When the database does not answer.
pub async fn words_at(
    db: &Db,
    (course, through): (Uuid, Term),
    (asked, place): (Asked, i64),
) -> Result<Option<String>> {
    let at = shown(course, through, asked).filter(feedback_comment::Column::Place.eq(place));
    Ok(at.one(&db.read).await?.and_then(|it| it.text))
}

/// Takes out for good what stands at a place in that order, and says whether it still stood there. No number changes.
///
/// # Errors
/// When the database does not answer.
pub async fn take_out(
    tx: &Tx,
    (course, through): (Uuid, Term),
    (asked, place): (Asked, i64),
    taking_out: &TakingOut,
) -> Result<bool> {
    use feedback_comment::Column;
    let taken_out = feedback_comment::Entity::update_many()
        .col_expr(Column::Text, Expr::value(None::<String>))
        .col_expr(Column::TakenOut, Expr::value(taking_out.why().as_str()))
        .filter(read_by_college(course, through, asked))
        .filter(Column::Place.eq(place));
    Ok(taken_out.exec(&tx.0).await?.rows_affected > 0)
}

fn shown(course: Uuid, through: Term, asked: Asked) -> Select<feedback_comment::Entity> {
    feedback_comment::Entity::find().filter(read_by_college(course, through, asked))
}

fn read_by_college(course: Uuid, through: Term, asked: Asked) -> Condition {
    use feedback_comment::Column;
    Condition::all()
        .add(Column::CourseId.eq(course))
        .add(Column::Through.eq(through.begins()))
        .add(Column::Asked.eq(asked.as_str()))
        .add(Column::Text.is_not_null())
}

/// Everything that was taken and finished, counted from the rows themselves, by course. It reads every row that there
/// is: for tests, and for whoever doubts the counts.
///
/// # Errors
/// When the database does not answer.
pub async fn recounted(db: &Db) -> Result<BTreeMap<Uuid, Places>> {
    let mut all: BTreeMap<Uuid, Places> = BTreeMap::new();
    let how_many = || Expr::col(sea_orm::sea_query::Asterisk).count();
    let taken = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::CourseId)
        .column_as(how_many(), "taken");
    for (course, taken) in
        taken.group_by(enrolment::Column::CourseId).into_tuple::<(Uuid, i64)>().all(&db.read).await?
    {
        all.entry(course).or_default().taken = taken;
    }
    let finished = course_finished::Entity::find()
        .select_only()
        .column(course_finished::Column::CourseId)
        .column_as(how_many(), "finished")
        .group_by(course_finished::Column::CourseId);
    for (course, finished) in finished.into_tuple::<(Uuid, i64)>().all(&db.read).await? {
        all.entry(course).or_default().finished = finished;
    }
    Ok(all)
}
