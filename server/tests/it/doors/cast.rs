//! Everybody who tries each door: one person of every kind, one holding every relationship, and nobody at all.

use app::Clock;
use axum::http::header;
use chrono::TimeDelta;
use domain::people::{EngagementKind, RelationshipKind};

use store::jobs::Errand;

use crate::inviting::{FORM, action};
use crate::jobs::{enter, exhaust, letter};
use crate::me::{joined, link, option, with};
use crate::planning::set_goal;
use crate::second_factor::hidden;
use crate::stage::{Browser, PASSWORD, Stage};
use crate::training_rounds;

/// Somebody who tries the doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Nobody who is signed in.
    Stranger,
    /// A learner whose things are asked for.
    Owner,
    /// Somebody who took up the same course and wrote a plan, and does not learn any more.
    Left,
    /// Somebody who is this to the organisation that runs the site, and nothing else.
    Is(EngagementKind),
    /// Somebody who administers another organisation of the partnership.
    AdministersAnother,
    /// Somebody who is this to the owner.
    Holds(RelationshipKind),
}

/// They all, with their browsers.
pub(super) struct Cast<'a> {
    stage: &'a Stage,
    players: Vec<Player<'a>>,
    /// What the names in a path stand for.
    pub(super) names: Vec<(&'static str, String)>,
}

struct Player<'a> {
    who: Who,
    browser: Browser<'a>,
}

const OWNER: &str = "owner@demo.example";
const LEFT: &str = "left@demo.example";
const ANOTHER: &str = "another@demo.example";

impl Who {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let kinds = EngagementKind::ALL.into_iter().map(Self::Is);
        let holders = RelationshipKind::ALL.into_iter().map(Self::Holds);
        [Self::Stranger, Self::Owner, Self::Left, Self::AdministersAnother]
            .into_iter()
            .chain(kinds)
            .chain(holders)
    }

    fn email(self) -> String {
        match self {
            Self::Is(kind) => format!("{}@demo.example", kind.as_str()),
            Self::Holds(kind) => format!("holds-{}@demo.example", kind.as_str()),
            Self::AdministersAnother => ANOTHER.to_owned(),
            Self::Left => LEFT.to_owned(),
            Self::Owner | Self::Stranger => OWNER.to_owned(),
        }
    }

    /// What they are invited to be.
    const fn kind(self) -> EngagementKind {
        match self {
            Self::Is(kind) => kind,
            Self::Holds(_) => EngagementKind::Supervisor,
            Self::AdministersAnother => EngagementKind::Administrator,
            Self::Owner | Self::Left | Self::Stranger => EngagementKind::Learner,
        }
    }
}

impl<'a> Cast<'a> {
    /// Invites them all, and lets an administrator arrange who is what to the owner.
    pub(super) async fn gathered(stage: &'a Stage) -> Self {
        let jobs = [stuck(stage).await, stuck(stage).await];
        let mut admin = stage.administrator().await;
        let mut cast = Self { stage, players: Vec::new(), names: Vec::new() };
        for who in Who::all().filter(|it| *it != Who::Stranger) {
            let email = who.email();
            let browser = match who {
                Who::AdministersAnother => founded(stage, &mut admin, &email).await,
                _ => joined(stage, &mut admin, (&email, &name_in(&email), who.kind().as_str())).await,
            };
            cast.players.push(Player { who, browser });
        }
        leave(stage, &mut cast.browser(Who::Left)).await;
        cast.names = names(stage, &mut admin, &cast).await;
        let owner = cast.filled("{the owner}");
        cast.names.extend(shown(stage, &cast, &owner).await);
        cast.names.extend(grouped(stage, &cast).await);
        cast.names.extend(training(stage, &cast).await);
        cast.names.extend(required(stage, &cast).await);
        let owner = cast.filled("{who}");
        cast.names.extend(super::working::names(stage, &cast, &owner).await);
        cast.names.extend(super::supervising::names(stage, &cast, &owner).await);
        cast.names.extend(["{a job}", "{another job}"].into_iter().zip(jobs));
        cast
    }

    /// Their browser, as it was after they signed in: what it does is not remembered.
    pub(super) fn browser(&self, who: Who) -> Browser<'a> {
        match self.player(who) {
            Some(player) => player.browser.tab(),
            None => self.stage.browser(),
        }
    }

    /// Another browser of theirs, which may sign out.
    pub(super) async fn another_browser(&self, who: Who) -> Browser<'a> {
        let mut browser = self.stage.browser();
        if let Some(player) = self.player(who) {
            let email = who.email();
            let seen = browser.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
            if let Some(phone) = &player.browser.phone {
                let code = phone.code(self.stage.clock.now());
                let form = [("half_way", &*hidden(&seen, "half_way")), ("sign_in_code", &*code)];
                browser.post("/sign-in/code", &form).await;
            }
            assert!(browser.has_cookies(), "{who:?} signs in");
        }
        browser
    }

    /// A path with its names filled in.
    pub(super) fn filled(&self, path: &str) -> String {
        self.names.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
    }

    fn player(&self, who: Who) -> Option<&Player<'a>> {
        self.players.iter().find(|it| it.who == who)
    }
}

/// Work that was given up, by the path of its page.
async fn stuck(stage: &Stage) -> String {
    let id = enter(stage, &Errand::SendMail(letter())).await;
    exhaust(stage).await;
    format!("/jobs/{id}")
}

/// Adds an organisation, whose first administrator then joins.
async fn founded<'a>(stage: &'a Stage, admin: &mut Browser<'_>, email: &str) -> Browser<'a> {
    let form = [("name", "Riverside Mind"), ("kind", "charity"), ("parent", ""), ("email", email)];
    assert!(admin.post("/organisations", &form).await.status.is_redirection());
    let link = stage.letters().await.pop().unwrap().link();
    stage.joined(&link, email, "another").await
}

/// What the owner's things are called, and the invitation and the relationship that an administrator may end.
async fn names(stage: &Stage, admin: &mut Browser<'_>, cast: &Cast<'_>) -> Vec<(&'static str, String)> {
    let organisation = stage.organisation();
    let people = format!("{organisation}/people");
    let mut owner = cast.browser(Who::Owner);
    owner.post("/courses/how-this-place-works/enrol", &[]).await;
    // The latest used stands first.
    stage.clock.wait(TimeDelta::seconds(1));
    let mut there = cast.another_browser(Who::Owner).await;
    let page = there.get("/me/sign-ins").await;
    let session = action(&page, "/end");

    let everybody = admin.get(&format!("{people}?kind=learner")).await;
    let card =
        everybody.body.split("<h3>").find(|it| it.contains("<bdi>owner</bdi>")).expect("the owner's card");
    let person = card.split_once("href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let page = admin.get(&person).await;
    let engagement = link(&page, &format!("{organisation}/engagements/"));

    relate(admin, &person, RelationshipKind::Guide, "holds supervisor").await;
    let ended = action(&admin.get(&person).await, "/end");
    for kind in RelationshipKind::ALL {
        relate(admin, &person, kind, &name_in(&Who::Holds(kind).email())).await;
    }
    let [tutors, alongside] = ["tutors", "alongside"].map(|it| format!("{}-{it}", stage.host()));
    let told = [("needs", "A quiet room"), ("share", &*tutors), ("share", &*alongside)];
    assert!(owner.post("/me/access-needs", &told).await.status.is_redirection());

    let goal = set_goal(&mut owner, "Take the bus").await;
    let review = "/plan/reviews/00000000-0000-7000-8000-000000000001";
    let day = [("held_day", "21"), ("held_month", "11"), ("held_year", "2026"), ("with", "alone")];
    let looked_back = [&day[..], &[("went_well", "I went"), ("revision", "0")]].concat();
    assert!(owner.post(review, &looked_back).await.status.is_redirection());
    let page = owner.get("/plan/share").await;
    let [tutor, at] = ["tutor", "organisation"].map(|it| hidden(&page, it));
    let shown = owner.post("/plan/share", &[("tutor", &tutor), ("organisation", &at)]).await;
    assert!(shown.status.is_redirection());

    stage.invited(admin, &FORM).await;
    let withdraw = action(&admin.get(&people).await, "/withdraw");
    let away = link(&owner.get("/me").await, "/me/away/");
    let mut another = cast.browser(Who::AdministersAnother);
    let theirs = link(&another.get("/me").await, "/organisation/").replace("/people", "");
    let lesson = stage.course("how-this-place-works").lessons[0].clone();
    let check = lesson.questions().next().map(|it| it.id.clone()).unwrap();
    counted(stage).await;
    let draft = "/editing/how-this-place-works".to_owned();
    cast.browser(Who::Is(EngagementKind::CourseEditor)).post(&format!("{draft}/begin"), &[]).await;
    vec![
        ("{what people wrote}", "/college/figures/how-this-place-works/2026-summer".to_owned()),
        ("{a programme}", "/training/programmes/peer-support-worker".to_owned()),
        ("{a draft}", draft),
        ("{a check}", format!("/learn/how-this-place-works/{}/check/{check}", lesson.slug)),
        ("{another}", theirs.replace("/organisation/", "/organisations/")),
        ("{organisation}", organisation),
        ("{their session}", session),
        ("{their engagement}", away),
        ("{what the owner needs}", person.replace(&people, "/access-needs")),
        ("{the owner’s plan}", person.replace(&people, "/plans")),
        ("{a goal}", goal),
        ("{a review}", review.to_owned()),
        ("{the owner}", person),
        ("{the owner as a learner}", engagement),
        ("{a relationship}", ended),
        ("{an invitation}", withdraw),
    ]
}

/// A framework of competences that the owner works with, and a piece of evidence of theirs.
async fn shown(stage: &Stage, cast: &Cast<'_>, owner: &str) -> Vec<(&'static str, String)> {
    let mut theirs = cast.browser(Who::Owner);
    let frameworks = format!("/training/at/{}/frameworks", stage.host());
    let mut coordinator = cast.browser(Who::Is(EngagementKind::Coordinator));
    let shipped = [("slug", "peer-support-workers-2020")];
    let taken_over = coordinator.post(&format!("{frameworks}/shipped"), &shipped).await;
    let framework = taken_over.header(header::LOCATION).split_once('?').unwrap().0.to_owned();
    let id = framework.rsplit('/').next().unwrap();
    theirs.post("/training/competences", &[("framework", id)]).await;
    let competence = format!("/training/competences/{id}/1.1");
    let piece = "00000000-0000-7000-8000-000000000002";
    let form = [
        ("kind", "informal"),
        ("title", "A walk"),
        ("words", "We walked."),
        ("serves", "1.1"),
        ("id", piece),
    ];
    let paper = ("walk.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    let kept =
        crate::training_evidence::send(&mut theirs, &format!("{competence}/evidence"), &form, paper).await;
    assert!(kept.status.is_redirection());
    let witness = "00000000-0000-7000-8000-000000000003";
    let form = [("known_as", "Lee"), ("email", "lee@elsewhere.example"), ("serves", "1.1"), ("id", witness)];
    assert!(theirs.post(&format!("{competence}/witness"), &form).await.status.is_redirection());
    let assessed = format!("/training/assessing/{}/{id}", owner.rsplit('/').next().unwrap());
    vec![
        ("{a witness}", format!("/training/witnesses/{witness}")),
        ("{the owner’s competences}", assessed),
        ("{a piece of evidence}", format!("/training/evidence/{piece}")),
        ("{a competence}", competence),
        ("{frameworks}", frameworks),
        ("{a framework}", framework),
    ]
}

/// Lets somebody learn, write a plan, and stop learning.
async fn leave(stage: &Stage, left: &mut Browser<'_>) {
    left.post("/courses/how-this-place-works/enrol", &[]).await;
    set_goal(left, "Take the train").await;
    crate::reflecting::stops_learning(stage, LEFT).await;
}

/// A group in which the owner has a place, and whose sessions whoever gives courses holds.
async fn grouped(stage: &Stage, cast: &Cast<'_>) -> Vec<(&'static str, String)> {
    let mut coordinator = cast.browser(Who::Is(EngagementKind::Coordinator));
    let group = crate::training_cohort::begin(stage, &mut coordinator, &crate::training_cohort::NEW).await;
    crate::training_cohort::choose_tutors(&mut coordinator, &group).await;
    let who = crate::training_cohort::give(&mut coordinator, &group, "owner").await;
    let within = crate::training_cohort::within(&group);
    let register = crate::training_cohort::registers(&mut coordinator, &within).await.remove(0);
    let id = |it: &str| it.rsplit('/').next().unwrap().to_owned();
    let framework = id(&cast.filled("{a framework}"));
    vec![
        ("{a group to assess}", format!("/training/assessing/groups/{}/{framework}", id(&within))),
        ("{groups}", group.rsplit_once('/').unwrap().0.to_owned()),
        ("{a session}", register.trim_end_matches("/register").replace(&within, &group)),
        ("{a register}", register),
        ("{a group}", group),
        ("{within it}", within),
        ("{who}", who),
    ]
}

/// A round of training, to which the owner has applied.
async fn training(stage: &Stage, cast: &Cast<'_>) -> Vec<(&'static str, String)> {
    let mut owner = cast.browser(Who::Owner);
    let mut coordinator = cast.browser(Who::Is(EngagementKind::Coordinator));
    let round = training_rounds::round(stage, &mut coordinator).await;
    let criterion = link(&coordinator.get(&round).await, &format!("{round}/criteria/0"));
    training_rounds::open(&mut coordinator, &round).await;
    let application = training_rounds::apply(&mut owner, &round).await;
    let answer = training_rounds::answer(&mut owner, &application).await;
    training_rounds::step(&mut owner, &application, "send").await;
    vec![
        ("{a public round}", training_rounds::public(&round)),
        ("{a sent one}", training_rounds::theirs(stage, &application)),
        ("{an application}", application),
        ("{an answer}", answer),
        ("{training}", training_rounds::training(stage)),
        ("{a round}", round),
        ("{a criterion}", criterion),
    ]
}

/// Something that is required of a volunteer, who has done it and lets it count elsewhere; and a policy that they have
/// accepted.
async fn required(stage: &Stage, cast: &Cast<'_>) -> Vec<(&'static str, String)> {
    use crate::training_policies::ALONE;
    use crate::training_requirements::{DID, FIRE, require, theirs};
    let mut coordinator = cast.browser(Who::Is(EngagementKind::Coordinator));
    let up = format!("/training/at/{}", stage.host());
    let requirements = format!("{up}/requirements");
    // The day after the clock began.
    let tomorrow = with(&FIRE, "from_day", "22");
    let requirement = require(&mut coordinator, &requirements, &tomorrow).await;
    let one = theirs(&mut coordinator, &requirement, "volunteer").await;
    assert!(coordinator.post(&format!("{one}/record"), &DID).await.status.is_redirection());
    let record = hidden(&coordinator.get(&one).await, "what");
    let form = with(&ALONE, "from_day", "22");
    let (policy, own) = crate::training_policies::write(&mut coordinator, &up, &form).await;
    let mut volunteer = cast.browser(Who::Is(EngagementKind::Volunteer));
    assert!(crate::training_policies::accept(&mut volunteer, &own).await.status.is_redirection());
    let before = with(&with(&tomorrow, "code", "start-1"), "kind", "supporter");
    let before = [&before[..], &[("before", "yes")]].concat();
    require(&mut coordinator, &requirements, &before).await;
    let all = one.rsplit_once('/').unwrap().0.to_owned();
    let person = all.trim_end_matches("/required").rsplit('/').next().unwrap().to_owned();
    let waiting = waits(stage, person.parse().unwrap()).await;
    vec![
        ("{a policy}", policy),
        ("{their policy}", own),
        ("{a waiting}", format!("{up}/waiting/{waiting}")),
        ("{a record}", format!("/training/required/{record}")),
        ("{requirements}", requirements),
        ("{a requirement}", requirement),
        ("{one of theirs}", one),
        ("{required of them}", all),
        ("{their check}", format!("{up}/checks/people/{person}")),
    ]
}

/// Lets somebody wait to be a supporter.
async fn waits(stage: &Stage, person: domain::people::PersonId) -> domain::training::start::WaitingId {
    use store::training::starts::{Whose, save, waiting};
    let today = stage.clock.now().date_naive();
    let offer = domain::people::Offer { kind: EngagementKind::Supporter, basis: None, from: today };
    let sorted = domain::training::start::Sorted { begins: Vec::new(), waits: vec![offer] };
    let tx = stage.site.db().begin().await.unwrap();
    save(&tx, (person, stage.host()), &sorted, today).await.unwrap();
    tx.commit().await.unwrap();
    waiting(stage.site.db(), Whose::Of(person), 1).await.unwrap()[0].id
}

/// A count of what people said last term, in which nothing is shown.
async fn counted(stage: &Stage) {
    let course = "id FROM course WHERE slug = 'how-this-place-works'";
    let term = "'2026-05-01'";
    let db = stage.site.db();
    let round = format!("INSERT INTO feedback_round (course_id, through, answers) SELECT {course}");
    db.execute(&round.replace("SELECT id", &format!("SELECT id, {term}, 5"))).await.unwrap();
    for question in ["good", "tell", "welcome"] {
        let spread = "INSERT INTO feedback_spread (course_id, through, question, answers) SELECT";
        let spread =
            format!("{spread} {}", course.replacen("id", &format!("id, {term}, '{question}', 5"), 1));
        db.execute(&spread).await.unwrap();
    }
}

/// "holds guide" for holds-guide@demo.example.
fn name_in(email: &str) -> String {
    email.split_once('@').unwrap().0.replace(['_', '-'], " ")
}

async fn relate(admin: &mut Browser<'_>, person: &str, kind: RelationshipKind, holder: &str) {
    let path = format!("{person}/relate/{}", kind.as_str());
    let holder = option(&admin.get(&path).await, holder);
    let form = [("holder", ""), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
    let seen = admin.post(&path, &with(&form, "holder", &holder)).await;
    assert!(seen.status.is_redirection(), "{kind:?}: {}", seen.body);
}
