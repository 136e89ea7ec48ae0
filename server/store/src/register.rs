//! The data register: what is kept, why, for how long, and who reads it. Every table has its row; a test fails
//! for one that has none.

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

/// Who reads what belongs to a group.
const GROUP: &str = "You, the part about you; tutors of that group; coordinators of that organisation";
/// Who reads what belongs to an application.
const APPLICATION: &str = "You; once you have sent it, coordinators of the organisation that you applied to";
/// Who reads how somebody's competences are shown.
const COMPETENCES: &str = "You; whoever assesses you, while they do";
/// Who reads a role that was issued to somebody.
const ROLE: &str = "You; your line manager, while they are; coordinators of that organisation";
/// Who reads what belongs to a placement.
const PLACEMENT: &str =
    "You; whoever looks after the placement; coordinators of that organisation, the sums of the hours only";
/// Who reads what is signed on a placement, and the steps taken there.
const PAPERS: &str = "You; whoever looks after the placement";

/// Who reads how somebody stands with what is required of them.
const REQUIRED: &str = "You; coordinators of the organisation that requires it";
/// Who reads what follows from a check.
const VETTING: &str = "You, through whoever sees checks at the organisation; they, and each reading is written down; coordinators only whether it is current";

/// Every table there is, in the order of the migrations.
pub const REGISTER: &[Kept] = &[
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
    account("sign_in", "Your e-mail address and the hash of your password", "You; the program"),
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
    account("reach", "How you like to be reached, and what to bear in mind", "You"),
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
    // Programmes and the groups that go through them.
    nobody("programme", "The programmes"),
    nobody("programme_version", "Each version of a programme"),
    nobody("programme_page_kind", "What pages a programme has"),
    nobody("programme_page", "The sessions and handouts of each version"),
    nobody("cohort_place_state", "What can become of a place in a group"),
    nobody("cohort_mark_kind", "What can stand in a register"),
    account("cohort", "The groups that go through a programme together", GROUP),
    account("cohort_tutor", "Whose sessions you hold, as a tutor", GROUP),
    account("cohort_session", "When and where a group meets", GROUP),
    account("cohort_session_tutor", "Which sessions you hold, as a tutor", GROUP),
    account("cohort_place", "Your place in a group, and whether you pause or have left", GROUP),
    account("cohort_mark", "At which sessions you were, without any reason", GROUP),
    account("cohort_adjustment", "What is asked of you instead of what is asked of the group", GROUP),
    account("cohort_assignment", "Which small pieces of work you have handed in", GROUP),
    account("cohort_accreditation", "Which body has accredited what you did, and when", GROUP),
    // Training: the way to a place.
    nobody("wanted_role", "The kinds of role that people ask for"),
    passing(
        "training_asked",
        "Who asked to be told when training begins and has not confirmed: deleted after a week",
        "The program",
    ),
    until_you_leave(
        "training_interest",
        "Who would like to be told when training begins, of what kind of role, and to which words they agreed",
        "You; the program, which writes to you",
    ),
    nobody("round_role", "For what kinds of role rounds are"),
    nobody("criterion_need", "How much is made of a criterion"),
    nobody("application_state", "Where an application can be"),
    nobody("application_step", "What can be done with an application"),
    nobody("training_round", "Rounds of training"),
    nobody("training_criterion", "What a round asks of people"),
    nobody("round_group", "Into which group people of a round come"),
    until_you_leave("training_told", "Of which rounds you have been told", "The program"),
    account("training_application", "Where your application for training is", APPLICATION),
    account("training_answer", "What you answered in an application", APPLICATION),
    account(
        "training_adjustment",
        "What would help you with an application, if you asked for something",
        "You; the coordinator who arranges the talk, and each reading is written down; never whoever decides",
    ),
    account("training_conversation", "When the talk about your application was, and with whom", APPLICATION),
    account(
        "training_step",
        "Every step of your application, with the words that you were told",
        APPLICATION,
    ),
    // What people show that they can do.
    nobody("competence_need", "How much a competence is asked for"),
    nobody("competence_state", "How far somebody can be with a competence"),
    nobody("evidence_kind", "What evidence can be"),
    nobody("framework", "The frameworks of competences that organisations work with"),
    nobody("framework_version", "Each version of a framework, and on what terms its words stand there"),
    nobody("competence", "The competences of each version"),
    nobody("training_level", "By what organisations tell levels"),
    account("competence_taken", "Which competences you work towards", COMPETENCES),
    account(
        "competence_step",
        "How far you say you are with each, and what was said of it by whom",
        COMPETENCES,
    ),
    account("competence_standing", "How far you are with each now", COMPETENCES),
    account("evidence", "What you or your assessors wrote to show that you can do something", COMPETENCES),
    account("evidence_for", "Which competences it serves", COMPETENCES),
    // What organisations require.
    nobody("requirement_rule", "How something can be required"),
    nobody("requirement", "What organisations require of people"),
    nobody("requirement_version", "Each version of it, with the day from which it holds"),
    nobody("requirement_part", "Of what parts it is"),
    nobody("requirement_asked_of", "Of whom it is asked"),
    account(
        "requirement_record",
        "What you have done of what is required, who gave it, and who has seen what shows it",
        REQUIRED,
    ),
    account(
        "requirement_record_for",
        "For what it counts; for another organisation only if you let it",
        REQUIRED,
    ),
    account("requirement_booking", "On which days you are going to do it", REQUIRED),
    account("requirement_exemption", "That you need not, in a word why, and until when", REQUIRED),
    // Checks before somebody starts.
    nobody("vetting_level", "How much a check can look at"),
    nobody("vetting_workforce", "For which workforce a check can be"),
    nobody("vetting_outcome", "What can follow from a check"),
    nobody("vetting_role", "Which check a role asks for, and why it may"),
    account(
        "vetting_check",
        "The level and the day of your check, and whether you may start: nothing that stands in it",
        VETTING,
    ),
    account(
        "vetting_exception",
        "That you may start before it is there, with whom alongside, and until when",
        VETTING,
    ),
    nobody("file_media", "What files may be"),
    nobody("witness_ending", "How asking a witness can end"),
    account(
        "evidence_file",
        "The photo or paper that you added; where and when a photo was taken is taken out of it",
        COMPETENCES,
    ),
    account(
        "witness_asked",
        "Whom you asked to say something about your work: what they are called and their address until they answer or \
         four weeks are over, and afterwards only that somebody was asked",
        "You; the program, which writes to them",
    ),
    account("voice_sheet", "That you gave out codes by which people say something without a name", "You"),
    for_weeks("voice_code", "Codes on paper that work once; nothing tells who has one", "Nobody"),
    Kept {
        about: About::PeopleWhoAgreed,
        ..for_weeks(
            "voice",
            "What somebody said without a name, for six weeks: with neither when nor by which code",
            "Nobody, until it is put together from three people or more, or deleted",
        )
    },
    // Roles and placements.
    nobody("role_issue_state", "Where an issued role can be"),
    nobody("role_act_kind", "What can be done with an issued role"),
    nobody("role_need_word", "What an organisation calls essential and desirable"),
    nobody("role_profile", "The role profiles that organisations are writing"),
    accounted("role_version", "Each version of a role profile, and who made it", ROLE),
    accounted("role_issue", "Which role was issued to you, and whether both have signed it", ROLE),
    accounted("role_act", "Who signed your role under what name, declined it or took it back, and why", ROLE),
    nobody("placement_activity", "What can be done on placement"),
    nobody("placement_hours_state", "Where a line of hours can be"),
    nobody("placement_paper_kind", "Which papers a placement has"),
    nobody("placement_side", "Who signs such a paper"),
    nobody("placement_text", "What an organisation’s placements begin with"),
    nobody("placement_rung_kind", "The steps towards leading a group"),
    account("placement", "Where you are on placement, from when to when, and who looks after you", PLACEMENT),
    account(
        "placement_hours",
        "What you did on placement, for how long and where, and who agreed it; nobody whom you support",
        PLACEMENT,
    ),
    account(
        "placement_item",
        "What you were shown in your first days on placement, when and by whom",
        PAPERS,
    ),
    accounted("placement_paper", "The text of your placement agreement, and of your induction", PAPERS),
    accounted("placement_signature", "Who signed these, under what name and when", PAPERS),
    account(
        "placement_rung",
        "Which steps you have taken towards leading a group, when and with which guide",
        PAPERS,
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
