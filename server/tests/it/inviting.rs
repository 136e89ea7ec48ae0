//! Inviting somebody to an organisation, and what they see of it.

use app::Clock;
use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use domain::people::{Invitation, OrganisationId, Which};
use domain::sign_in::EmailAddress;

use crate::phone::App;
use crate::second_factor::{hidden, set_up};
use crate::stage::{Browser, PASSWORD, Seen, Stage, on_both};

pub(crate) const ADMIN: &str = "admin@demo.example";
const SAM: &str = "sam@demo.example";
const NEWCOMER: [(&str, &str); 2] = [("known_as", "Kim"), ("password", PASSWORD)];

/// The form of an invitation to be a tutor and a volunteer.
pub(crate) const FORM: [(&str, &str); 7] = [
    ("email", SAM),
    ("kind", "tutor"),
    ("kind", "volunteer"),
    ("basis", "volunteer"),
    ("from_day", "21"),
    ("from_month", "11"),
    ("from_year", "2026"),
];

/// The form with one field typed otherwise, wherever it stands.
fn form_with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FORM.into_iter().map(|(it, typed)| if it == name { (it, value) } else { (it, typed) }).collect()
}

impl Stage {
    pub(crate) fn host(&self) -> OrganisationId {
        self.site.public().host.id
    }

    /// Where the host's pages are.
    pub(crate) fn organisation(&self) -> String {
        format!("/organisation/{}", self.host())
    }

    async fn invite_first(&self, email: &str, which: Which) -> Result<String, String> {
        let first = app::FirstInvitation {
            email: EmailAddress::parse(email).unwrap(),
            which,
            public_url: "http://127.0.0.1:3000",
        };
        let now = self.clock.now();
        let invited = app::invite_first(self.site.db(), first, now).await.unwrap();
        invited.map(|it| it.replace("http://127.0.0.1:3000", "")).map_err(|it| it.to_string())
    }

    /// A browser of the first administrator.
    pub(crate) async fn administrator(&self) -> Browser<'_> {
        let link = self.invite_first(ADMIN, Which::First).await.unwrap();
        self.joined(&link, ADMIN, "Alex").await
    }

    /// A browser of somebody new who has accepted an invitation and signed in, in two steps if that is asked.
    pub(crate) async fn joined(&self, link: &str, email: &str, name: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let joined = browser.post(link, &[("known_as", name), ("password", PASSWORD)]).await;
        assert_eq!(joined.header(header::LOCATION), "/sign-in?joined=yes", "{}", joined.body);
        assert!(!browser.has_cookies(), "nothing has begun");
        let seen = browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
        if seen.status == StatusCode::OK {
            assert!(!browser.has_cookies(), "nothing has begun");
            let phone = App::told(&seen.body);
            let code = phone.code(self.clock.now());
            let [half_way, proposal] = ["half_way", "proposal"].map(|it| hidden(&seen, it));
            let form = [("half_way", half_way.as_str()), ("proposal", &proposal), ("sign_in_code", &code)];
            let seen = browser.post("/sign-in/set-up", &form).await;
            assert!(seen.body.contains("Sign out"), "whoever has just signed in is signed in: {}", seen.body);
            browser.phone = Some(phone);
        }
        assert!(browser.has_cookies(), "{}", seen.body);
        self.letters().await;
        browser
    }

    /// Invites somebody, and gives back the path of the link in their letter.
    pub(crate) async fn invited(&self, admin: &mut Browser<'_>, form: &[(&str, &str)]) -> String {
        let sent = admin.post(&format!("{}/people/invite", self.organisation()), form).await;
        assert_eq!(sent.header(header::LOCATION), format!("{}/people?done=invited", self.organisation()));
        self.letters().await.pop().unwrap().link()
    }
}

/// Where the first form of a page goes whose path ends so.
pub(crate) fn action(page: &Seen, end: &str) -> String {
    let actions = page.body.split("action=\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0);
    actions.filter(|it| it.ends_with(end)).map(ToOwned::to_owned).next().unwrap()
}

on_both! {
    async fn somebody_new_is_invited_joins_and_is_among_the_people(stage: Stage) {
        let mut admin = stage.administrator().await;
        let people = format!("{}/people", stage.organisation());
        assert!(admin.get(&format!("{people}/invite")).await.body.contains("Peer support worker"));
        let sent = admin.post(&format!("{people}/invite"), &FORM).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let letter = stage.letters().await.remove(0);
        assert_eq!(letter.to, SAM);
        assert!(!letter.text.contains("volunteer"), "what they are invited to be stands on the page alone");
        let page = admin.get(&people).await;
        assert!(page.body.contains("volunteer and tutor from 21 November 2026"), "{}", page.body);
        let page = stage.get(&letter.link()).await;
        assert!(page.body.contains("Our college") && page.body.contains("I have an account already"));
        let mut sam = stage.joined(&letter.link(), SAM, "Kim").await;
        assert!(stage.get("/sign-in?joined=yes").await.body.contains("You have accepted the invitation"));
        assert!(sam.get("/today").await.body.contains("Good evening, Kim"));
        let page = admin.get(&people).await;
        assert!(page.body.contains("Kim") && page.body.contains("Tutor (volunteer) since 21 November 2026"));
        assert!(!page.body.contains(SAM), "{}", page.body);
        assert!(admin.get(&format!("{people}?kind=tutor")).await.body.contains("Kim"));
        assert!(!admin.get(&format!("{people}?kind=payer")).await.body.contains("Kim"));
    }

    async fn somebody_who_is_here_already_signs_in_and_accepts(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut sam = stage.learner(SAM).await;
        let link = stage.invited(&mut admin, &FORM).await;
        assert!(sam.get(&link).await.body.contains("Accept the invitation"));
        assert_eq!(sam.post(&link, &[("way", "button")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(sam.post(&link, &[("way", "button")]).await.status, StatusCode::SEE_OTHER, "a second tap");
        let page = admin.get(&format!("{}/people?kind=tutor", stage.organisation())).await;
        assert_eq!(page.body.matches("Tutor (volunteer)").count(), 1, "{}", page.body);
        let mut late = stage.browser();
        let asked = late.post(&link, &[("way", "button")]).await;
        assert_eq!(asked.header(header::LOCATION), format!("/sign-in?next={}", link.replace('/', "%2F")));
    }

    async fn whoever_invites_learns_nothing_about_who_is_here(stage: Stage) {
        let mut admin = stage.administrator().await;
        stage.registered(SAM).await;
        let path = format!("{}/people", stage.organisation());
        let known = admin.post(&format!("{path}/invite"), &FORM).await;
        let unknown = admin.post(&format!("{path}/invite"), &form_with("email", "kim@demo.example")).await;
        assert_eq!(known.header(header::LOCATION), unknown.header(header::LOCATION));
        let letters = stage.letters().await;
        let [a, b] = [&letters[0], &letters[1]].map(|it| it.text.replace(&it.link(), ""));
        assert_eq!(a, b);
        let mut stranger = stage.browser();
        let [a, b] = [stranger.get(&letters[0].link()).await, stranger.tab().get(&letters[1].link()).await];
        let token = |at: usize| letters[at].link().replace("/invitation/", "");
        assert_eq!(a.body.replace(&token(0), ""), b.body.replace(&token(1), ""), "the pages are the same");
        // Only whoever reads mail at that address can be told that they have an account.
        let refused = stranger.post(&letters[0].link(), &NEWCOMER).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Sign in, and you can accept") && refused.body.contains("value=\"Kim\""));
    }

    async fn an_address_that_was_never_confirmed_is_no_account(stage: Stage) {
        let mut admin = stage.administrator().await;
        let form = [("old_enough", "yes"), ("known_as", "Thief"), ("email", SAM), ("password", "set by somebody else")];
        stage.browser().post("/register", &form).await;
        stage.letters().await;
        let link = stage.invited(&mut admin, &FORM).await;
        let mut sam = stage.joined(&link, SAM, "Kim").await;
        assert!(sam.get("/today").await.body.contains("Good evening, Kim"));
        let thief = stage.browser().post("/sign-in", &[("email", SAM), ("password", "set by somebody else")]).await;
        assert_eq!(thief.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn the_wrong_person_is_told_so_kindly_and_not_to_whom_it_went(stage: Stage) {
        let mut admin = stage.administrator().await;
        let link = stage.invited(&mut admin, &FORM).await;
        let mut kim = stage.learner("kim@demo.example").await;
        let page = kim.get(&link).await;
        assert!(page.body.contains("This one is for somebody else") && !page.body.contains(SAM));
        assert!(!page.body.contains("utor"), "nor what they are invited to be");
        assert_eq!(kim.post(&link, &[("way", "button")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(stage.browser().post(&link, &NEWCOMER).await.status, StatusCode::SEE_OTHER, "it still works");
    }

    async fn a_link_works_once_and_for_fourteen_days(stage: Stage) {
        let mut admin = stage.administrator().await;
        let link = stage.invited(&mut admin, &FORM).await;
        stage.clock.wait(TimeDelta::days(14));
        for seen in [stage.get(&link).await, stage.browser().post(&link, &NEWCOMER).await] {
            assert_eq!(seen.status, StatusCode::NOT_FOUND);
            assert!(seen.body.contains("good for 14 days"));
        }
        assert!(admin.get(&format!("{}/people", stage.organisation())).await.body.contains("Too old"));
        let link = stage.invited(&mut admin, &FORM).await;
        assert_eq!(stage.browser().post(&link, &NEWCOMER).await.status, StatusCode::SEE_OTHER);
        let again = stage.browser().post(&link, &NEWCOMER).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        assert!(again.body.contains("This invitation has been used"));
        assert_eq!(stage.get("/invitation/nothing").await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.browser().post("/invitation/%00", &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_is_withdrawn_opens_nothing(stage: Stage) {
        let mut admin = stage.administrator().await;
        let people = format!("{}/people", stage.organisation());
        let link = stage.invited(&mut admin, &FORM).await;
        let withdraw = action(&admin.get(&people).await, "/withdraw");
        let mut kim = stage.learner("kim@demo.example").await;
        assert_eq!(kim.post(&withdraw, &[]).await.status, StatusCode::NOT_FOUND, "by nobody else");
        for _ in 0..2 {
            let done = admin.post(&withdraw, &[]).await;
            assert_eq!(done.header(header::LOCATION), format!("{people}?done=withdrawn"));
        }
        assert!(!admin.get(&people).await.body.contains(SAM));
        let seen = stage.browser().post(&link, &NEWCOMER).await;
        assert!(seen.status == StatusCode::NOT_FOUND && seen.body.contains("has been withdrawn"));
        assert_eq!(admin.post(&format!("{}/invitations/x/withdraw", stage.organisation()), &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_second_tap_sends_no_second_letter(stage: Stage) {
        let mut admin = stage.administrator().await;
        let path = format!("{}/people/invite", stage.organisation());
        let page = admin.get(&path).await;
        let key = page.body.split_once("name=\"key\" value=\"").unwrap().1.split_once('"').unwrap().0;
        let form = [FORM.as_slice(), &[("key", key)]].concat();
        for _ in 0..2 {
            assert_eq!(admin.post(&path, &form).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(stage.letters().await.len(), 1);
        let afresh = admin.post(&path, &FORM).await;
        assert_eq!(afresh.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(afresh.body.contains("You have invited this address already"));
        assert!(stage.letters().await.is_empty());
    }

    async fn what_was_typed_comes_back_with_how_to_put_it_right(stage: Stage) {
        let mut admin = stage.administrator().await;
        let path = format!("{}/people/invite", stage.organisation());
        let seen = admin.post(&path, &form_with("from_month", "13")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.title().starts_with("Error: ") && seen.body.contains("href=\"#from_day\""));
        assert!(seen.body.contains("value=\"13\"") && seen.body.contains("value=\"sam@demo.example\""));
        assert_eq!(seen.body.matches("checked").count(), 3, "two kinds and a basis: {}", seen.body);
        let long = "é".repeat(5_000);
        let odd = ["", " ", "\0", "🦋", "\u{202e}abc", "محمد", &long, "a\nb", "<script>", "%00", "' OR 1=1 --", "-1"];
        for field in ["email", "kind", "basis", "from_day", "from_month", "from_year"] {
            for value in odd {
                let seen = admin.post(&path, &form_with(field, value)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value:?}");
                assert!(!seen.body.contains("<script"), "{field}={value:?}");
            }
            let missing: Vec<_> = FORM.into_iter().filter(|it| it.0 != field).collect();
            assert_eq!(admin.post(&path, &missing).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        }
        assert_eq!(admin.post(&path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stage.letters().await.is_empty(), "nothing is half kept");
        let twice = [FORM.as_slice(), &FORM, &[("key", "🦋")]].concat();
        assert_eq!(admin.post(&path, &twice).await.status, StatusCode::SEE_OTHER);
        assert_eq!(stage.letters().await.len(), 1);
    }

    async fn no_odd_value_breaks_the_form_for_somebody_new(stage: Stage) {
        let mut admin = stage.administrator().await;
        let link = stage.invited(&mut admin, &FORM).await;
        let long = "é".repeat(5_000);
        for odd in ["", " ", "a\nb", "\u{202e}abc", &long, "\u{200b}"] {
            for form in [[("known_as", odd), ("password", PASSWORD)], [("known_as", "Kim"), ("password", odd)]] {
                let seen = stage.browser().post(&link, &form).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
                assert!(!seen.body.contains(PASSWORD));
            }
        }
        let form = [("known_as", "🦋 محمد"), ("known_as", "other"), ("password", PASSWORD)];
        assert_eq!(stage.browser().post(&link, &form).await.status, StatusCode::SEE_OTHER);
    }

    async fn only_its_administrators_see_an_organisation(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut sam = stage.learner(SAM).await;
        let own = stage.organisation();
        for path in [format!("{own}/people"), format!("{own}/people/invite")] {
            assert_eq!(sam.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(stage.get(&path).await.status, StatusCode::SEE_OTHER, "{path}");
        }
        assert_eq!(sam.post(&format!("{own}/people/invite"), &FORM).await.status, StatusCode::NOT_FOUND);
        for other in ["00000000-0000-7000-8000-000000000002", "x", "%00", "🦋"] {
            let path = format!("/organisation/{other}/people").replace('🦋', "%F0%9F%A6%8B");
            assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(admin.post(&format!("{path}/invite"), &FORM).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(stage.letters().await.is_empty());
    }

    async fn the_command_line_invites_the_very_first_and_then_only_another(stage: Stage) {
        let lost = stage.invite_first(ADMIN, Which::First).await.unwrap();
        let link = stage.invite_first(ADMIN, Which::First).await.unwrap();
        assert_eq!(stage.get(&lost).await.status, StatusCode::NOT_FOUND, "the newest link is the one that works");
        let letters = stage.letters().await;
        assert_eq!((letters.len(), letters[1].link()), (2, link.clone()));
        let mut alex = stage.joined(&link, ADMIN, "Alex").await;
        assert_eq!(alex.get(&format!("{}/people", stage.organisation())).await.status, StatusCode::OK);
        assert!(stage.invite_first(ADMIN, Which::First).await.unwrap_err().contains("--another"));
        assert!(stage.invite_first(ADMIN, Which::Another).await.is_ok());
    }

    async fn what_somebody_is_invited_to_be_may_ask_for_a_second_step_first(stage: Stage) {
        let link = stage.invite_first(ADMIN, Which::First).await.unwrap();
        let mut alex = stage.browser();
        assert_eq!(alex.post(&link, &NEWCOMER).await.header(header::LOCATION), "/sign-in?joined=yes");
        assert!(!alex.has_cookies(), "nothing has begun");
        let page = alex.post("/sign-in", &[("email", ADMIN), ("password", PASSWORD)]).await;
        assert!(page.body.contains("<h1>Set up a second step"), "{}", page.body);
        // Somebody who was signed in before they were more than a learner sets it up before anything opens.
        let mut sam = stage.learner(SAM).await;
        let link = stage.invite_first(SAM, Which::Another).await.unwrap();
        assert_eq!(sam.post(&link, &[("way", "button")]).await.header(header::LOCATION), "/me?done=joined");
        let people = format!("{}/people", stage.organisation());
        let asked = sam.get(&people).await;
        assert!(asked.header(header::LOCATION).starts_with("/me/second-factor/set-up?next="), "{}", asked.body);
        stage.letters().await;
        let seen = sam.post(&format!("{people}/invite"), &form_with("email", "kim@demo.example")).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        assert!(stage.letters().await.is_empty());
        set_up(&stage, &mut sam).await;
        assert_eq!(sam.get(&people).await.status, StatusCode::OK);
    }

    async fn an_invitation_is_forgotten_eight_weeks_after_it_was_made(stage: Stage) {
        let mut admin = stage.administrator().await;
        stage.invited(&mut admin, &FORM).await;
        let forget = async || {
            let tx = stage.site.db().begin().await.unwrap();
            let gone = store::invitations::forget(&tx, stage.clock.now() - Invitation::KEPT).await.unwrap();
            tx.commit().await.unwrap();
            gone
        };
        stage.clock.wait(TimeDelta::days(56) - TimeDelta::minutes(1));
        assert_eq!(forget().await, 0);
        stage.clock.wait(TimeDelta::minutes(2));
        assert_eq!(forget().await, 2, "the accepted one and the one that nobody answered");
        assert_eq!(forget().await, 0);
    }
}
