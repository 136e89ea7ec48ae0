//! Who has what: the table, its counts, and the file, which is what was worked out by hand.

use axum::http::{StatusCode, header};
use chrono::{NaiveDate, Utc};
use domain::day::TypedDay;
use domain::people::{Actor, Engagement, EngagementId, EngagementKind, PersonId, TrainingCoordinator};
use domain::training::requirement::{
    AcceptForm, BookingForm, BookingId, ExemptionForm, ExemptionId, PolicyForm, RecordForm, RecordId,
    Requirement, RequirementForm, RequirementId, accept, book, change, change_policy, exempt, record,
    require as require_rule, write_policy,
};
use store::Engine;
use store::training::{policies, records, requirements};
use uuid::Uuid;

use crate::me::{joined, option, with};
use crate::stage::{Stage, begins, on_both};
use crate::training_requirements::{DID, FIRE, Place, id_of, place, require, theirs};

const TABLE: &str = include_str!("../../../app/domain/src/training/requirement/tests/standings.txt");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Somebody who coordinates, as rules see them.
fn coordinator(stage: &Stage, person: PersonId) -> TrainingCoordinator {
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::now_v7()),
        person,
        organisation: stage.host(),
        kind: EngagementKind::Coordinator,
        basis: None,
        from: day("2020-01-01"),
        to: None,
        away: None,
    };
    let actor = Actor::new(person, vec![engagement], Vec::new(), day("2028-03-01"));
    actor.as_training_coordinator_of(stage.host()).unwrap()
}

/// An id as the engine writes it.
fn literal(stage: &Stage, id: Uuid) -> String {
    match stage.site.db().engine() {
        Engine::Sqlite => format!("x'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    }
}

fn typed(text: &str) -> [String; 3] {
    let mut parts = text.split('-').map(ToOwned::to_owned);
    let [year, month, day] = [(); 3].map(|()| parts.next().unwrap());
    [day, month, year]
}

fn as_typed([day, month, year]: &[String; 3]) -> TypedDay<'_> {
    TypedDay { day, month, year }
}

/// One line of the table.
struct Case<'a> {
    at: usize,
    cells: [&'a str; 6],
}

fn cases() -> impl Iterator<Item = Case<'static>> {
    let lines = TABLE.lines().filter(|it| !it.starts_with('#') && !it.is_empty()).skip(1);
    lines.enumerate().map(|(at, line)| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        Case { at, cells: cells.try_into().unwrap() }
    })
}

/// What is typed for "once", "every 12", "8 hours in 36", "parts in 36: online, live" or "parts: online, live".
fn rule(text: &str) -> [String; 4] {
    let (head, parts) = text.split_once(':').unwrap_or((text, ""));
    let parts = parts.split(',').map(str::trim).collect::<Vec<_>>().join("\n");
    let words: Vec<_> = head.split_whitespace().collect();
    let [kind, months, hours] = match words[..] {
        ["every", months] => ["every", months, ""],
        [hours, "hours", "in", months] => ["hours", months, hours],
        ["parts", "in", months] => ["parts", months, ""],
        ["parts"] => ["parts", "", ""],
        _ => ["once", "", ""],
    };
    [kind.to_owned(), months.to_owned(), hours.to_owned(), parts]
}

/// A volunteer of these times, who may be away.
async fn volunteer(stage: &Stage, case: &Case<'_>) -> PersonId {
    let [_, since, _, and, ..] = case.cells;
    let id = Uuid::now_v7();
    let (person, host) = (literal(stage, id), literal(stage, stage.host().as_uuid()));
    let (name, db) = (format!("Case {}", case.at), stage.site.db());
    db.execute(&format!(
        "INSERT INTO person (id, known_as, pronouns, made_at) VALUES ({person}, '{name}', '', 0)"
    ))
    .await
    .unwrap();
    let entry = "INSERT INTO directory (organisation_id, filed_under, person_id, leads) VALUES";
    let leads = if stage.site.db().engine() == Engine::Sqlite { "1" } else { "true" };
    db.execute(&format!("{entry} ({host}, '{}', {person}, {leads})", name.to_lowercase())).await.unwrap();
    let away = and.strip_prefix("away ").and_then(|it| it.split_once(".."));
    let sql = |it: &str| if it.is_empty() { "NULL".to_owned() } else { format!("'{it}'") };
    let (away_from, away_to) = away.map_or(("NULL".into(), "NULL".into()), |it| (sql(it.0), sql(it.1)));
    for span in since.split(", ") {
        let (from, to) = span.split_once("..").unwrap_or((span, ""));
        let row = literal(stage, Uuid::now_v7());
        let engaged = format!(
            "INSERT INTO engagement (id, person_id, organisation_id, kind, from_on, to_on, away_from, away_to) \
             VALUES ({row}, {person}, {host}, 'volunteer', '{from}', {}, {away_from}, {away_to})",
            sql(to)
        );
        db.execute(&engaged).await.unwrap();
    }
    PersonId::from_uuid(id)
}

/// Which edition of a policy stands in a cell.
fn edition(text: &str) -> Option<u32> {
    text.strip_prefix("read v").map(|it| it.parse().unwrap())
}

/// Writes the policy that a line says, for volunteers, since 2020.
async fn bound(stage: &Stage, by: &TrainingCoordinator, case: &Case<'_>) -> Requirement {
    let [_, _, _, and, ..] = case.cells;
    let (id, now, code) = (RequirementId::from_uuid(Uuid::now_v7()), Utc::now(), format!("CASE-{}", case.at));
    let since = typed("2020-01-01");
    let form = PolicyForm {
        code: &code,
        title: "Something",
        words: "Version 1",
        link: "",
        changed: "",
        kinds: vec!["volunteer"],
        of_nobody: false,
        weeks: "4",
        from: as_typed(&since),
    };
    let tx = stage.site.db().begin().await.unwrap();
    let new = write_policy(by, &form, ("Our college", &[]), day("2020-01-01")).unwrap();
    requirements::save_new(&tx, (stage.host(), id), &new, now).await.unwrap();
    if let Some((to, from)) = and.strip_prefix("then ").and_then(|it| it.rsplit_once(" from ")) {
        let current = requirements::requirement_now(&tx, id).await.unwrap().unwrap();
        let first = policies::edition_now(&tx, id, 1).await.unwrap().unwrap().edition;
        let (from_typed, words) = (typed(from), format!("Version {}", edition(to).unwrap()));
        let form = PolicyForm { words: &words, changed: "All", from: as_typed(&from_typed), ..form };
        let new = change_policy(by, &form, (&current, 1), ("Our college", &first), day(from)).unwrap();
        requirements::save_version(&tx, id, &new, now).await.unwrap();
    }
    let made = requirements::requirement_now(&tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    made
}

/// Lets a volunteer accept what a line says, each on its day.
async fn accepted(stage: &Stage, (case, of, policy): (&Case<'_>, PersonId, &Requirement)) {
    let [_, since, did, ..] = case.cells;
    let begun = since.split(", ").next().unwrap().split("..").next().unwrap();
    let tx = stage.site.db().begin().await.unwrap();
    for (on, version) in did.split(", ").filter_map(|it| it.split_once(" v")) {
        let kept = policies::edition_now(&tx, policy.id, version.parse().unwrap()).await.unwrap().unwrap();
        let engagement = Engagement {
            id: EngagementId::from_uuid(Uuid::now_v7()),
            person: of,
            organisation: stage.host(),
            kind: EngagementKind::Volunteer,
            basis: None,
            from: day(begun),
            to: None,
            away: None,
        };
        let actor = Actor::new(of, vec![engagement], Vec::new(), day(on));
        let held = actor.in_organisation(EngagementKind::Volunteer, stage.host()).unwrap();
        let form = AcceptForm { shown: &kept.hash, has_read: true };
        let new = accept(&held, (policy, &kept.hash), &form, &[], day(on)).unwrap();
        policies::save_acceptance(&tx, &new, Utc::now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Requires what a line says, of volunteers, since 2020.
async fn required(stage: &Stage, by: &TrainingCoordinator, case: &Case<'_>) -> Requirement {
    let [asked, _, _, and, ..] = case.cells;
    if edition(asked).is_some() {
        return bound(stage, by, case).await;
    }
    let (id, now) = (RequirementId::from_uuid(Uuid::now_v7()), Utc::now());
    let code = format!("CASE-{}", case.at);
    let form = |rule: &[String; 4], from: &[String; 3], then: &dyn Fn(&RequirementForm<'_>)| {
        let [kind, months, hours, parts] = rule;
        then(&RequirementForm {
            code: &code,
            title: "Something",
            level: "",
            rule: kind,
            months,
            hours,
            parts,
            kinds: vec!["volunteer"],
            of_nobody: false,
            weeks: "4",
            accepts_others: false,
            before_start: false,
            from: as_typed(from),
        });
    };
    let made = std::cell::RefCell::new(None);
    form(&rule(asked), &typed("2020-01-01"), &|it| {
        *made.borrow_mut() = Some(require_rule(by, it, &[], day("2020-01-01")).unwrap());
    });
    let tx = stage.site.db().begin().await.unwrap();
    requirements::save_new(&tx, (stage.host(), id), &made.into_inner().unwrap(), now).await.unwrap();
    if let Some((to, from)) = and.strip_prefix("then ").and_then(|it| it.rsplit_once(" from ")) {
        let current = requirements::requirement_now(&tx, id).await.unwrap().unwrap();
        let changed = std::cell::RefCell::new(None);
        form(&rule(to), &typed(from), &|it| {
            *changed.borrow_mut() = Some(change(by, it, (&current, 1), day(from)).unwrap());
        });
        requirements::save_version(&tx, id, &changed.into_inner().unwrap(), now).await.unwrap();
    }
    let made = requirements::requirement_now(&tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    made
}

/// Writes down what a line says somebody did, when they are going to, and that they need not.
async fn written_down(
    stage: &Stage,
    by: &TrainingCoordinator,
    (case, of, requirement): (&Case<'_>, PersonId, &Requirement),
) {
    let [_, _, did, and, ..] = case.cells;
    let now = Utc::now();
    let is_policy = requirement.is_policy();
    if is_policy {
        accepted(stage, (case, of, requirement)).await;
    }
    let tx = stage.site.db().begin().await.unwrap();
    for it in did.split(", ").filter(|it| !it.is_empty() && !is_policy) {
        let (on, what) = it.split_once(' ').unwrap_or((it, ""));
        let hours = what.strip_suffix('h').unwrap_or("");
        let part = if hours.is_empty() { what } else { "" };
        let version = requirement
            .versions
            .iter()
            .find(|it| it.rule.parts().iter().any(|it| it == part) != part.is_empty());
        let mut version = version.unwrap_or(&requirement.versions[0]).clone();
        // A line may tell of what was done before parts or hours were asked for.
        if part.is_empty() && hours.is_empty() {
            version.rule = domain::training::requirement::Rule::Once;
        }
        let day_typed = typed(on);
        let form = RecordForm {
            part,
            on: as_typed(&day_typed),
            hours,
            provider: "Our college",
            evidence: "Seen",
            is_looked_at: true,
        };
        let new = record(by, of, (&version, &form), day(on)).unwrap();
        records::save_record(&tx, (RecordId::from_uuid(Uuid::now_v7()), requirement), &new, now)
            .await
            .unwrap();
    }
    if let Some(on) = and.strip_prefix("booked ") {
        let form = typed(on);
        let new = book(by, of, &BookingForm { on: as_typed(&form) }, day(on)).unwrap();
        records::save_booking(&tx, (BookingId::from_uuid(Uuid::now_v7()), requirement), &new, now)
            .await
            .unwrap();
    }
    if let Some((from, until)) = and.strip_prefix("exempt ").and_then(|it| it.split_once("..")) {
        let until = typed(until);
        let form = ExemptionForm { why: "elsewhere", until: as_typed(&until), is_looked_at: true };
        let new = exempt(by, of, &form, day(from)).unwrap();
        records::save_exemption(&tx, (ExemptionId::from_uuid(Uuid::now_v7()), requirement), &new, now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// The words of the file for a state of the table.
fn in_words(state: &str) -> String {
    let words = state.replace('_', " ").replace("not yet", "not due yet");
    words[..1].to_uppercase() + &words[1..]
}

on_both! {
    async fn the_file_is_what_was_worked_out_by_hand(stage: Stage) {
        stage.clock.wait("2028-03-01T12:00:00Z".parse::<chrono::DateTime<Utc>>().unwrap() - begins());
        let Place { mut admin, mut kim, up, .. } = place(&stage).await;
        let kims = id_of(&stage, &mut admin, "kim").await.parse().unwrap();
        let by = coordinator(&stage, kims);
        for case in cases() {
            let of = volunteer(&stage, &case).await;
            let requirement = required(&stage, &by, &case).await;
            written_down(&stage, &by, (&case, of, &requirement)).await;
        }
        let file = kim.get(&format!("{up}/matrix.csv")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.header(header::CONTENT_DISPOSITION).contains("required-2028-03-01.csv"));
        let mut tried = 0;
        for case in cases() {
            let [.., stands, until] = case.cells;
            let start = format!("Case {},Volunteer,CASE-{},", case.at, case.at);
            let line = file.body.lines().find(|it| it.starts_with(&start));
            if stands == "not asked" {
                assert_eq!(line, None, "line {}", case.at);
                continue;
            }
            let cells: Vec<_> = line.unwrap_or_else(|| panic!("line {}", case.at)).split(',').collect();
            assert_eq!((cells[4], cells[5]), (in_words(stands).as_str(), until), "line {}: {:?}", case.at, case.cells);
            tried += 1;
        }
        assert!(tried >= 50, "{tried}");
        // The last lines count them, over everybody.
        let counted = file.body.lines().filter(|it| it.starts_with("Everybody,")).count();
        assert_eq!(counted, cases().count());
        // And the table shows the same, a page at a time.
        let first = kim.get(&format!("{up}/matrix")).await;
        assert_eq!(first.body.matches("<tr>").count(), 1 + 25);
        assert!(first.body.contains("Show more people") && first.body.contains("Of 25 people on this page"), "{}", first.body);
        assert!(first.body.contains("You see 1 to 6 of"), "{}", first.body);
        let columns = crate::me::link(&first, &format!("{up}/matrix?columns=1")).replace("&amp;", "&");
        let beside = kim.get(&columns).await;
        assert!(beside.body.contains("You see 7 to 12 of") && beside.body.matches("scope=\"col\"").count() == 7, "{}", beside.body);
        let next = crate::me::link(&first, &format!("{up}/matrix?after=")).replace("&amp;", "&");
        let second = kim.get(&next).await;
        assert!(!second.body.contains(">Case 0<") && second.body.matches("<tr>").count() > 20, "{}", second.body);
    }

    async fn the_table_is_narrowed_down_and_counts_only_those_for_whom_it_is_due(stage: Stage) {
        let Place { mut admin, mut kim, required, up, .. } = place(&stage).await;
        let fire = require(&mut kim, &required, &FIRE).await;
        require(&mut kim, &required, &with(&with(&FIRE, "code", "open-1"), "title", "Opening up")).await;
        let mentors = with(&with(&FIRE, "code", "talk-1"), "kind", "peer_mentor");
        require(&mut kim, &required, &mentors).await;
        joined(&stage, &mut admin, ("mo@demo.example", "Mo", "volunteer")).await;
        joined(&stage, &mut admin, ("noor@demo.example", "Noor", "peer_mentor")).await;
        joined(&stage, &mut admin, ("ora@demo.example", "Ora", "tutor")).await;
        let sam = theirs(&mut kim, &fire, "Sam").await;
        kim.post(&format!("{sam}/record"), &DID).await;
        let matrix = format!("{up}/matrix");
        let page = kim.get(&matrix).await;
        for it in ["Sam", "Mo", "Noor", "FIRE-1", "OPEN-1", "TALK-1", "Current", "Not due yet", "Of 3 people, who are all", "What the words mean"] {
            assert!(page.body.contains(it), "{it}: {}", page.body);
        }
        assert!(!page.body.contains("Ora"), "nothing is asked of a tutor");
        assert!(page.body.contains("1 of 1 for whom it is due. Not counted: 1 not due yet."), "{}", page.body);
        let what = option(&page, "FIRE-1");
        for (asked, there, not) in [
            ("name=mo", "Mo", "Sam"),
            ("state=current", "Sam", "Mo"),
            ("kind=peer_mentor", "Noor", "Sam"),
            ("name=zz", "There is nobody here to show", "Sam"),
            ("state=overdue", "Nobody stands so among the 3 people", ">Sam<"),
        ] {
            let page = kim.get(&format!("{matrix}?{asked}")).await;
            assert!(page.body.contains(there) && !page.body.contains(&format!("<bdi>{not}")), "{asked}: {}", page.body);
        }
        let one = kim.get(&format!("{matrix}?requirement={what}")).await;
        assert!(!one.body.contains("<small>Opening up") && !one.body.contains("<bdi>Noor"), "{}", one.body);
        let team = [("kind", "team"), ("name", "North")];
        assert!(admin.post(&format!("{}/places", stage.organisation()), &team).await.status.is_redirection());
        let there = "UPDATE engagement SET team_id = (SELECT id FROM team) \
                     WHERE person_id = (SELECT id FROM person WHERE known_as = 'Mo')";
        stage.site.db().execute(there).await.unwrap();
        let north = option(&kim.get(&matrix).await, "North");
        let page = kim.get(&format!("{matrix}?team={north}")).await;
        assert!(page.body.contains("<bdi>Mo") && !page.body.contains("<bdi>Sam"), "{}", page.body);
        for odd in crate::me::ODD {
            let asked = form_urlencoded::Serializer::new(String::new()).extend_pairs([("name", odd), ("state", odd), ("requirement", odd), ("after", odd), ("team", odd)]).finish();
            assert_eq!(kim.get(&format!("{matrix}?{asked}")).await.status, StatusCode::OK, "{odd:?}");
        }
        // The file cannot be made to run as a formula, and that it was taken is written down.
        stage.site.db().execute("UPDATE person SET known_as = '=1+1' WHERE known_as = 'Mo'").await.unwrap();
        let file = kim.get(&format!("{up}/matrix.csv")).await;
        assert!(file.body.contains("'=1+1") && file.body.starts_with('\u{feff}'), "{}", file.body);
        let written = store::audit::known_actions(stage.site.db()).await.unwrap();
        assert!(written.iter().any(|it| it == "requirements_exported"));
    }
}
