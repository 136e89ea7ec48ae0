//! The data register: what is kept, why, for how long, and who reads it. Every table has its row; a test fails
//! for one that has none.

mod concerns;
mod supervision;
mod training;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::{Db, Engine, Result};

/// What is said about one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub table: &'static str,
    /// What it is kept for, as somebody would say it to the person it is about.
    pub purpose: &'static str,
    pub about: About,
    pub retention: Retention,
    pub readers: &'static str,
}

/// Whether people can be found in it, and on what footing that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Nobody: words, content, machinery.
    Nobody,
    /// People, because what they asked for cannot be done without it (UK GDPR, Article 6(1)(b)).
    PeopleToServeThem,
    /// People who agreed to it, and may take that back (Article 6(1)(a)).
    PeopleWhoAgreed,
    /// People, because the organisation has to be able to show or secure something (Article 6(1)(f), or 6(1)(e)
    /// for a public body).
    PeopleToKeepOrder,
}

impl About {
    /// The lawful basis in words.
    #[must_use]
    pub const fn basis(self) -> &'static str {
        match self {
            Self::Nobody => "Nothing about people",
            Self::PeopleToServeThem => "To do what you asked for (Article 6(1)(b))",
            Self::PeopleWhoAgreed => "Because you agreed, and until you take that back (Article 6(1)(a))",
            Self::PeopleToKeepOrder => {
                "To keep the place safe and in order (Article 6(1)(f), or (e) for a public body)"
            }
        }
    }
}

/// For how long. Periods are the organisation's own policy; these are the classes it sets them for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// As long as the program needs it; nothing about people.
    Always,
    /// As long as somebody has an account.
    Account,
    /// Minutes to days, then it is deleted or cannot be used.
    Passing,
    /// Eight weeks, then it is deleted.
    Weeks,
    /// Until somebody leaves a list, and two years after they last confirmed at most.
    UntilYouLeave,
    /// As long as accounts have to be given of what was done.
    Accountability,
}

impl Retention {
    /// The class in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Always => "As long as the site runs",
            Self::Account => "As long as you have an account",
            Self::Passing => "Minutes to days",
            Self::Weeks => "Eight weeks",
            Self::UntilYouLeave => "Until you leave the list, and two years after you last confirmed at most",
            Self::Accountability => "As long as the organisation has to account for what was done",
        }
    }
}

impl Kept {
    /// Whether it grows with what people do, so that no page may read all of it. Content, words and machinery
    /// stay small, and so does what is said of each version of a course by the two or three who signed it.
    #[must_use]
    pub fn grows(&self) -> bool {
        !matches!(self.retention, Retention::Always)
            && !matches!(self.table, "course_adoption" | "course_signature")
    }
}

/// Who decides about everything that is kept here.
pub const CONTROLLER: &str = "The organisation that runs this site";

const fn nobody(table: &'static str, purpose: &'static str) -> Kept {
    Kept { table, purpose, about: About::Nobody, retention: Retention::Always, readers: "Everybody" }
}

/// Numbers that tell of nobody.
const fn college(table: &'static str, purpose: &'static str) -> Kept {
    Kept { readers: "The college", ..nobody(table, purpose) }
}

const fn account(table: &'static str, purpose: &'static str, readers: &'static str) -> Kept {
    Kept { table, purpose, about: About::PeopleToServeThem, retention: Retention::Account, readers }
}

const fn passing(table: &'static str, purpose: &'static str, readers: &'static str) -> Kept {
    Kept { table, purpose, about: About::PeopleToKeepOrder, retention: Retention::Passing, readers }
}

const fn for_weeks(table: &'static str, purpose: &'static str, readers: &'static str) -> Kept {
    Kept { table, purpose, about: About::PeopleToKeepOrder, retention: Retention::Weeks, readers }
}

const fn accounted(table: &'static str, purpose: &'static str, readers: &'static str) -> Kept {
    Kept { table, purpose, about: About::PeopleToKeepOrder, retention: Retention::Accountability, readers }
}

const fn until_you_leave(table: &'static str, purpose: &'static str, readers: &'static str) -> Kept {
    Kept { table, purpose, about: About::PeopleWhoAgreed, retention: Retention::UntilYouLeave, readers }
}

/// Who reads what belongs to a learning plan.
const PLAN: &str = "You; tutors whom you named, and each reading is written down";

/// Every table there is, in the order of the migrations.
pub fn register() -> impl Iterator<Item = &'static Kept> {
    FIRST.iter().chain(concerns::ROWS).chain(supervision::ROWS).chain(training::ROWS)
}

const FIRST: &[Kept] = &[
    nobody("seaql_migrations", "Which steps of the schema have been taken"),
    nobody("public_generation", "Tells the nodes that public pages have changed"),
    nobody("help_line", "Where to turn when things are bad"),
    nobody("co_production", "The states of co-production"),
    nobody("course", "The courses"),
    nobody("course_version", "Each version of a course"),
    nobody("lesson", "The lessons of each version"),
    nobody("course_draft", "Courses that are being written"),
    nobody("draft_lesson", "The lessons of courses that are being written"),
    nobody("signature_side", "Out of what people sign courses"),
    nobody("course_proposal", "Newer courses that came with the program, for editors to look at"),
    nobody("proposal_lesson", "Their lessons"),
    account(
        "course_signature",
        "The drafts of courses that you signed, and out of what you said you sign",
        "You; course editors of the college",
    ),
    account(
        "course_adoption",
        "The courses that you adopted, and out of what you said you sign",
        "You; course editors of the college; everybody, if you wished your name to be shown",
    ),
    nobody("organisation_kind", "The kinds of organisation"),
    nobody("engagement_kind", "What people can be to an organisation"),
    nobody("engagement_basis", "On what footing they can be it"),
    nobody("relationship_kind", "What people can be to each other"),
    nobody("not_with_purpose", "What somebody may not do for somebody else"),
    nobody("link_purpose", "What links in letters are for"),
    nobody("session_kind", "The kinds of sign-in"),
    nobody("throttle_kind", "What tries to sign in are counted by"),
    nobody("organisation", "The organisations and their settings"),
    nobody("service", "The services of an organisation"),
    nobody("team", "The teams of an organisation"),
    nobody("site", "The places of an organisation"),
    account(
        "person",
        "What you would like to be called",
        "You; people at organisations that you are engaged with",
    ),
    account(
        "engagement",
        "What you are to an organisation, from when to when",
        "You; that organisation only",
    ),
    account("engagement_base", "Where you are based", "You; that organisation only"),
    account(
        "relationship",
        "Who supervises, manages, guides or assesses you",
        "You; they; that organisation",
    ),
    account(
        "not_with",
        "Who must not supervise, assess, check or interview you",
        "You alone; assignment obeys it unseen",
    ),
    account(
        "sign_in",
        "Your e-mail address and the hash of your password",
        "You; the program; the address, whoever arranges a talk with you about training",
    ),
    passing("link", "Links in letters: the hash of each, and whether it was used", "The program"),
    account("session", "Where you are signed in", "You alone"),
    passing("refresh_token", "Carries your sign-in on: hashes only", "The program"),
    passing(
        "throttle",
        "Counts tries to sign in, by keyed hashes of account and network address",
        "The program",
    ),
    account(
        "totp",
        "The key that the app on your phone makes codes of, sealed, if you have set one up",
        "The program",
    ),
    account("recovery_code", "Your recovery codes: hashes only, and which have been used", "The program"),
    account("session_proof", "When you last showed, where you are signed in, that it is you", "The program"),
    passing("half_way_spent", "Which sign-ins have been finished, so that none is twice", "The program"),
    account("enrolment", "The courses you have taken up", "You; as far as running it needs, the college"),
    account(
        "lesson_finished",
        "The lessons you have finished",
        "You; as far as running it needs, the college",
    ),
    nobody("job_kind", "The kinds of work that waits"),
    nobody("job_state", "The states of work that waits"),
    passing(
        "job",
        "Letters that wait to be sent; deleted once they are",
        "The program; administrators, without the text",
    ),
    nobody("job_slot", "Which rounds of periodic work have been begun"),
    nobody("audit_action", "What can be written down as done"),
    accounted(
        "audit_event",
        "What was done, when and by whom: ids and hashes only",
        "You, the part about you; auditors",
    ),
    accounted(
        "audit_detail",
        "Words to an event, kept apart so that they can be erased",
        "You, the part about you; auditors",
    ),
    nobody("audit_head", "The signed ends of the chain"),
    nobody("demo", "Whether this is the demo"),
    for_weeks(
        "invitation",
        "Invitations: the address each went to, the hash of its link, and what became of it",
        "You, on the page of its link; administrators of that organisation",
    ),
    for_weeks(
        "invitation_engagement",
        "What somebody is invited to be",
        "You, on the page of its link; administrators of that organisation",
    ),
    nobody("reach_way", "The ways in which people like to be reached"),
    nobody("engagement_label", "What organisations call what people are to them"),
    account(
        "reach",
        "How you like to be reached, and what to bear in mind",
        "You; whoever arranges a talk with you about training",
    ),
    nobody("access_needs_reader", "Who can be told what people need"),
    account(
        "access_needs",
        "What you need so that you can take part, in your own words, if you have said so",
        "You; whom you chose to tell, and each reading is written down",
    ),
    account("access_needs_share", "With whom you share what you need", "You; whom you chose to tell"),
    account("directory", "Finds you by name among the people of an organisation", "That organisation only"),
    account("lesson_under_way", "The lessons you have read and not yet finished", "You alone"),
    account("check_try", "What you chose when you first and last tried a check question", "You alone"),
    account("reflection", "What you write for yourself after a lesson, if you do", "You alone"),
    account(
        "course_finished",
        "The courses you have finished, and when",
        "You; as far as running it needs, the college",
    ),
    nobody("plan_heading", "Headings that goals can have"),
    nobody("plan_goal_state", "What can become of a goal"),
    nobody("plan_reviewed_with", "Whether one looks back alone or with a tutor"),
    account(
        "plan",
        "What you hope for, what helps you and what gets in your way, if you write it down",
        PLAN,
    ),
    account("plan_goal", "The goals that you set yourself, and how you will notice", PLAN),
    account("plan_rating", "How close your goals felt to you, day by day", PLAN),
    account("plan_review", "What you wrote when you looked back", PLAN),
    account("plan_share", "With which tutors you share your plan", "You; each of them, about themselves"),
    college("course_month", "How many places were taken on each course, and how many finished, by the month"),
    college("feedback_round", "How many people said what they think of a course: five or more each time"),
    college("feedback_spread", "What they said, where nothing follows from it about fewer than five"),
    account(
        "feedback",
        "What you ticked about a course, until it is counted; then only that you have answered",
        "You alone; the college, counted, of five people or more",
    ),
    account(
        "feedback_comment",
        "What you wrote about a course, until you take it back or it is taken out because it tells who somebody is; then only why",
        "You; once five people have answered and the term is over, the college, without your name",
    ),
    nobody("certificate_name", "Which names a certificate can show"),
    account(
        "certificate",
        "Your certificates, as they were signed; of one that you withdrew, its code",
        "You; whoever you give a code to",
    ),
];

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

/// The tables that the database really has.
///
/// # Errors
/// When the database does not answer.
pub async fn tables(db: &Db) -> Result<Vec<String>> {
    let statement = match db.engine() {
        Engine::Sqlite => Statement::from_string(
            DbBackend::Sqlite,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        ),
        Engine::Postgres => Statement::from_string(
            DbBackend::Postgres,
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
        ),
    };
    let rows = db.read.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(Named::from_query_result(row, "")?.name)).collect()
}
