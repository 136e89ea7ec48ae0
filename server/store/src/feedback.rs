//! What learners say about a course: kept for its author until it is counted, and counted once.

use chrono::NaiveDate;
use domain::course::feedback::{Asked, Feedback, Question, Said, TakenOut, Ticks, Words};
use domain::course::figures::{Counted, Spread, count};
use domain::course::term::Term;
use domain::people::PersonId;
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::entities::{course, feedback, feedback_comment, feedback_round, feedback_spread};
use crate::figures::term;
use crate::learning::take_turns;
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx};

/// What somebody has said about a course, as far as it is still known whose it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Given {
    pub ticks: Ticks,
    pub words: Words,
    /// Why the college took words out for good, question by question.
    pub taken_out: [Option<TakenOut>; Asked::ALL.len()],
    /// The last term of the count that it is in: what was ticked is forgotten then.
    pub counted: Option<Term>,
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(…)")
    }
}

/// What somebody has said about a course.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of(db: &Db, person: PersonId, course: Uuid) -> Result<Option<Given>> {
    given(&db.read, person, course).await
}

/// The same inside the transaction that changes it. Two tabs take turns, and whoever counts waits.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of_now(tx: &Tx, person: PersonId, course: Uuid) -> Result<Option<Given>> {
    take_turns(tx, person, course).await?;
    feedback::Entity::find_by_id((person.as_uuid(), course)).lock_exclusive().one(&tx.0).await?;
    given(&tx.0, person, course).await
}

async fn given(db: &impl ConnectionTrait, person: PersonId, course: Uuid) -> Result<Option<Given>> {
    let Some(row) = feedback::Entity::find_by_id((person.as_uuid(), course)).one(db).await? else {
        return Ok(None);
    };
    let written = feedback_comment::Entity::find().filter(by(person, course)).all(db).await?;
    let (mut words, mut taken_out) = (Words::default(), [None; Asked::ALL.len()]);
    for (at, asked) in Asked::ALL.into_iter().enumerate() {
        let Some(it) = written.iter().find(|it| it.asked == asked.as_str()) else { continue };
        words[at] = it.text.clone().unwrap_or_default();
        let why = it.taken_out.as_deref().map(|it| TakenOut::parse(it).ok_or_else(|| unknown("reason", it)));
        taken_out[at] = why.transpose()?;
    }
    let counted = row.through.map(term).transpose()?;
    Ok(Some(Given { ticks: ticks([row.good, row.tell, row.welcome])?, words, taken_out, counted }))
}

fn ticks(kept: [Option<String>; Question::ALL.len()]) -> Result<Ticks> {
    let mut ticks = Ticks::default();
    for (tick, kept) in ticks.iter_mut().zip(kept) {
        *tick = kept.map(|it| Said::parse(&it).ok_or_else(|| unknown("answer", &it))).transpose()?;
    }
    Ok(ticks)
}

fn by(person: PersonId, course: Uuid) -> Condition {
    Condition::all()
        .add(feedback_comment::Column::PersonId.eq(person.as_uuid()))
        .add(feedback_comment::Column::CourseId.eq(course))
}

/// Keeps what somebody says, in place of what they said before. No day is kept, and words get a place by chance, so that
/// nothing tells in which order people answered.
///
/// # Errors
/// When the database does not answer, or the person is not enrolled (`feedback_by_somebody_enrolled`).
pub async fn save(tx: &Tx, person: PersonId, course: Uuid, said: &Feedback) -> Result<()> {
    use feedback::Column;
    let [good, tell, welcome] = said.ticks().map(|it| it.map(|it| it.as_str().to_owned()));
    let row = feedback::ActiveModel {
        person_id: Set(person.as_uuid()),
        course_id: Set(course),
        term: Set(said.term().begins()),
        good: Set(good),
        tell: Set(tell),
        welcome: Set(welcome),
        through: Set(None),
    };
    let again = OnConflict::columns([Column::PersonId, Column::CourseId])
        .update_columns([Column::Term, Column::Good, Column::Tell, Column::Welcome])
        .to_owned();
    feedback::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    feedback_comment::Entity::delete_many().filter(by(person, course)).exec(&tx.0).await?;
    for (asked, text) in Asked::ALL.into_iter().zip(said.words()).filter(|it| !it.1.is_empty()) {
        let mut place = [0; 8];
        getrandom::fill(&mut place)?;
        let row = feedback_comment::ActiveModel {
            person_id: Set(person.as_uuid()),
            course_id: Set(course),
            asked: Set(asked.as_str().to_owned()),
            text: Set(Some(text.clone())),
            place: Set(i64::from_le_bytes(place)),
            through: Set(None),
            taken_out: Set(None),
        };
        feedback_comment::Entity::insert(row).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Takes back what somebody has said. Of what has been counted only the words go: a number that went down would tell
/// what they ticked.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(tx: &Tx, person: PersonId, course: Uuid) -> Result<()> {
    feedback_comment::Entity::delete_many().filter(by(person, course)).exec(&tx.0).await?;
    feedback::Entity::delete_many()
        .filter(feedback::Column::PersonId.eq(person.as_uuid()))
        .filter(feedback::Column::CourseId.eq(course))
        .filter(feedback::Column::Through.is_null())
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Counts the answers that wait, of terms that are over today, course by course. Where there are too few they go on
/// waiting. Says how many courses were counted.
///
/// # Errors
/// When the database does not answer; what was counted before that stays counted.
pub async fn count_waiting(db: &Db, today: NaiveDate) -> Result<usize> {
    let mut counted = 0;
    let courses: Vec<Uuid> =
        course::Entity::find().select_only().column(course::Column::Id).into_tuple().all(&db.read).await?;
    for course in courses {
        let tx = db.begin().await?;
        if count_course(&tx, course, Term::of(today)).await? {
            tx.commit().await?;
            counted += 1;
        }
    }
    Ok(counted)
}

/// Counts what waits of one course, of terms before this one. Nothing is done where there is too little.
async fn count_course(tx: &Tx, course: Uuid, now: Term) -> Result<bool> {
    let waiting = || {
        Condition::all()
            .add(feedback::Column::CourseId.eq(course))
            .add(feedback::Column::Through.is_null())
            .add(feedback::Column::Term.lt(now.begins()))
    };
    let rows = feedback::Entity::find()
        .select_only()
        .columns([feedback::Column::Good, feedback::Column::Tell, feedback::Column::Welcome])
        .filter(waiting())
        .lock_exclusive()
        .into_tuple::<(Option<String>, Option<String>, Option<String>)>()
        .all(&tx.0)
        .await?;
    let answers = rows.into_iter().map(|it| Ok((ticks([it.0, it.1, it.2])?, 1)));
    let answers = answers.collect::<Result<Vec<_>>>()?;
    let Ok(counted) = count(&answers) else { return Ok(false) };
    let through = now.before();
    save_round(tx, course, through, &counted).await?;
    let nothing = || Expr::value(None::<String>);
    let forgotten = feedback::Entity::update_many()
        .col_expr(feedback::Column::Through, Expr::value(through.begins()))
        .col_expr(feedback::Column::Good, nothing())
        .col_expr(feedback::Column::Tell, nothing())
        .col_expr(feedback::Column::Welcome, nothing())
        .filter(waiting())
        .exec(&tx.0)
        .await?;
    if forgotten.rows_affected != u64::from(counted.answers()) {
        // Somebody answered in the last moment of a term. Dropped with the transaction, and done again.
        return Err(Failure::Content("an answer came while others were counted".into()));
    }
    let counted_with = Query::select()
        .column(feedback::Column::PersonId)
        .from(feedback::Entity)
        .cond_where(feedback::Column::CourseId.eq(course))
        .cond_where(feedback::Column::Through.eq(through.begins()))
        .to_owned();
    feedback_comment::Entity::update_many()
        .col_expr(feedback_comment::Column::Through, Expr::value(through.begins()))
        .filter(feedback_comment::Column::CourseId.eq(course))
        .filter(feedback_comment::Column::Through.is_null())
        .filter(feedback_comment::Column::PersonId.in_subquery(counted_with))
        .exec(&tx.0)
        .await?;
    Ok(true)
}

async fn save_round(tx: &Tx, course: Uuid, through: Term, counted: &Counted) -> Result<()> {
    let before = feedback_round::Entity::find()
        .filter(feedback_round::Column::CourseId.eq(course))
        .order_by_desc(feedback_round::Column::Through)
        .one(&tx.0)
        .await?;
    let since = before.map(|it| term(it.through)).transpose()?.map(Term::next);
    let answers = i64::from(counted.answers());
    let round = feedback_round::ActiveModel {
        through: Set(through.begins()),
        course_id: Set(course),
        since: Set(since.map(Term::begins)),
        answers: Set(answers),
    };
    feedback_round::Entity::insert(round).exec_without_returning(&tx.0).await?;
    let spread = |(question, spread): (Question, &Spread)| {
        let [yes, partly, no, open] = spread.shown().map(|it| it.map(i64::from));
        feedback_spread::ActiveModel {
            through: Set(through.begins()),
            course_id: Set(course),
            question: Set(question.as_str().to_owned()),
            answers: Set(answers),
            said_yes: Set(yes),
            said_partly: Set(partly),
            said_no: Set(no),
            left_open: Set(open),
            most: Set(spread.most().map(|it| it.as_str().to_owned())),
        }
    };
    let spreads = Question::ALL.into_iter().zip(counted.spreads()).map(spread);
    feedback_spread::Entity::insert_many(spreads).exec_without_returning(&tx.0).await?;
    Ok(())
}
