//! The demo: a partnership of invented organisations and people on one's own machine.
//!
//! Everybody in it has the same password, which stands in the manual. So a node with such a database serves
//! nobody but the machine it runs on: it listens on loopback only, and refuses a foreign Host and whatever came
//! through a proxy.

mod competences;
mod past;
mod plan;
mod policies;
mod training;

use anyhow::{Result, bail};
use app::{Clock, Passwords, Site};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use chrono_tz::Europe::London;
use domain::people::Basis::{Employee, Involvement, Volunteer};
use domain::people::EngagementKind as Kind;
use domain::people::NeedsReader;
use domain::people::OrganisationKind::{Charity, College, Trust};
use domain::people::RelationshipKind as Relation;
use store::Db;
use store::demo::{Alongside, Invented, Needs, Partnership, Played};

use crate::settings::Settings;

/// The password of everybody in the demo.
pub const PASSWORD: &str = "walking-alongside";

const ORGANISATIONS: [Invented; 3] = [
    Invented { name: "Riverside Recovery College", kind: College },
    Invented { name: "Riverside Mind", kind: Charity },
    Invented { name: "Riverside NHS Trust", kind: Trust },
];

const COLLEGE: usize = 0;
const CHARITY: usize = 1;
const TRUST: usize = 2;

const CAST: [Played; 10] = [
    Played {
        role: "trainee",
        known_as: "Robin",
        pronouns: "they/them",
        engagements: &[(Kind::Learner, None, COLLEGE), (Kind::Student, Some(Volunteer), CHARITY)],
    },
    Played {
        role: "supervisor",
        known_as: "Amina",
        pronouns: "she/her",
        engagements: &[
            (Kind::Supervisor, Some(Employee), CHARITY),
            (Kind::Assessor, Some(Employee), CHARITY),
            (Kind::PeerSupportWorker, Some(Employee), CHARITY),
        ],
    },
    Played {
        role: "coordinator",
        known_as: "Priya",
        pronouns: "she/her",
        engagements: &[
            (Kind::Coordinator, Some(Employee), CHARITY),
            (Kind::Checker, Some(Employee), CHARITY),
        ],
    },
    Played {
        role: "holder",
        known_as: "Tom",
        pronouns: "he/him",
        engagements: &[(Kind::BudgetHolder, Some(Employee), CHARITY)],
    },
    Played {
        role: "payer",
        known_as: "Grace",
        pronouns: "",
        engagements: &[(Kind::Payer, Some(Employee), CHARITY)],
    },
    Played {
        role: "expert",
        known_as: "Dee",
        pronouns: "",
        engagements: &[
            (Kind::ExpertByExperience, Some(Involvement), CHARITY),
            (Kind::Tutor, Some(Involvement), CHARITY),
            (Kind::CourseEditor, Some(Involvement), COLLEGE),
            (Kind::Learner, None, COLLEGE),
        ],
    },
    Played {
        role: "tutor",
        known_as: "Callum",
        pronouns: "he/him",
        engagements: &[
            (Kind::Tutor, Some(Employee), COLLEGE),
            (Kind::CourseEditor, Some(Employee), COLLEGE),
            (Kind::Tutor, Some(Employee), CHARITY),
        ],
    },
    Played {
        role: "manager",
        known_as: "Wen",
        pronouns: "",
        engagements: &[
            (Kind::LineManager, Some(Employee), CHARITY),
            (Kind::ServiceManager, Some(Employee), TRUST),
        ],
    },
    Played {
        role: "safeguarding",
        known_as: "Moira",
        pronouns: "she/her",
        engagements: &[(Kind::SafeguardingLead, Some(Employee), CHARITY)],
    },
    Played {
        role: "admin",
        known_as: "Ola",
        pronouns: "",
        engagements: &[
            (Kind::Administrator, Some(Employee), COLLEGE),
            (Kind::Administrator, Some(Employee), CHARITY),
            (Kind::DataProtectionLead, Some(Employee), CHARITY),
        ],
    },
];

const PARTNERSHIP: Partnership = Partnership {
    organisations: &ORGANISATIONS,
    cast: &CAST,
    alongside: &ALONGSIDE,
    needs: &NEEDS,
    learners: &past::LEARNERS,
};

const ALONGSIDE: [Alongside; 4] = [
    Alongside { kind: Relation::Supervisor, holder: "supervisor", person: "trainee", organisation: CHARITY },
    Alongside { kind: Relation::Assessor, holder: "supervisor", person: "trainee", organisation: CHARITY },
    Alongside { kind: Relation::LineManager, holder: "manager", person: "supervisor", organisation: CHARITY },
    Alongside {
        kind: Relation::LineManager,
        holder: "manager",
        person: "coordinator",
        organisation: CHARITY,
    },
];

const NEEDS: [Needs; 1] = [Needs {
    role: "trainee",
    words: "Written words help me more than calls.\nA short break each hour, and a seat near the door.",
    told: &[(NeedsReader::Alongside, CHARITY), (NeedsReader::Tutors, COLLEGE)],
}];

/// Loads the demo into a database that nobody is in yet, with some terms of learning on the courses that are published
/// there, and a group half-way through the programme; one that holds it already stays as it is.
///
/// # Errors
/// With one sentence when somebody real is here.
pub async fn load(db: &Db, passwords: &Passwords, clock: &dyn Clock) -> Result<()> {
    if store::demo::is_loaded(db).await? {
        return Ok(());
    }
    if !store::demo::is_empty(db).await? {
        bail!("Somebody is in this database already, so the demo is not loaded into it.");
    }
    let hash = passwords.hash_demo(PASSWORD).await?;
    let today = clock.now().with_timezone(&London).date_naive();
    let courses = store::courses::current(db).await?;
    let began = past::terms(today)[0].begins();
    let tx = db.begin().await?;
    let cast = store::demo::save(&tx, PARTNERSHIP, &hash, (past::morning(began), began)).await?;
    past::live(&tx, &courses, &cast, today).await?;
    plan::write(&tx, &cast, today).await?;
    store::public::turn_generation(&tx).await?;
    tx.commit().await?;
    plan::show(db, &cast, today).await?;
    let group = training::live(db, &cast, today).await?;
    competences::live(db, &cast, group, today).await?;
    policies::live(db, &cast, today).await?;
    // A worker would do it today as well.
    store::feedback::count_waiting(db, today).await?;
    Ok(())
}

/// The addresses to sign in with.
#[must_use]
pub fn sign_ins() -> String {
    let addresses: Vec<_> = CAST.iter().map(|it| format!("  {}@demo.example", it.role)).collect();
    let learners = past::LEARNERS.len();
    format!(
        "Sign in as any of these, with the password {PASSWORD}:\n{}\n  learner-1@demo.example to learner-{learners}@demo.example",
        addresses.join("\n")
    )
}

/// A demo is served to its own machine only.
///
/// # Errors
/// With one sentence when the settings say otherwise.
pub fn stays_at_home(settings: &Settings) -> Result<()> {
    if !settings.addr.ip().is_loopback() {
        bail!(
            "This database holds the demo, whose password everybody knows: set ALONGSIDE_ADDR to 127.0.0.1."
        );
    }
    Ok(())
}

/// Refuses what did not come straight from this machine's own browser.
pub async fn only_from_here(State(site): State<Site>, request: Request, next: Next) -> Response {
    if is_from_here(request.headers()) {
        next.run(request).await
    } else {
        app::refused_demo(site, request).await
    }
}

fn is_from_here(headers: &HeaderMap) -> bool {
    let forwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
    if forwarded.iter().any(|it| headers.contains_key(*it)) {
        return false;
    }
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |it| it.0);
    ["127.0.0.1", "localhost", "[::1]"].contains(&name)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn from(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_from_here(&headers.collect())
    }

    #[test]
    fn the_machine_itself_is_served() {
        assert!(
            from(&[("host", "127.0.0.1:3000")])
                && from(&[("host", "localhost")])
                && from(&[("host", "[::1]:3000")])
        );
    }

    #[test]
    fn a_foreign_host_and_what_was_forwarded_are_not() {
        assert!(!from(&[("host", "college.example")]) && !from(&[]));
        assert!(!from(&[("host", "127.0.0.1:3000"), ("x-forwarded-for", "192.0.2.1")]));
        assert!(!from(&[("host", "127.0.0.1:3000"), ("forwarded", "for=192.0.2.1")]));
    }
}
