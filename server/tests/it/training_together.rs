//! A whole group judged against a few competences in one form: all of it or nothing.

use axum::http::{StatusCode, header};

use crate::arranging::person_called;
use crate::me::{joined, option, with};
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::training_cohort::{NEW, begin, give};
use crate::training_judging::{Cast, WALK, add, cast, step};

/// The cast of judging, with Robin, whom Kim assesses as well, and Ash, whom nobody does, in one group.
struct Group<'a> {
    cast: Cast<'a>,
    robin: Browser<'a>,
    sam_id: String,
    robin_id: String,
    ash_id: String,
    /// Where Kim judges them together.
    path: String,
}

async fn group(stage: &Stage) -> Group<'_> {
    let mut cast = cast(stage).await;
    let mut robin = joined(stage, &mut cast.admin, ("robin@demo.example", "Robin", "learner")).await;
    joined(stage, &mut cast.admin, ("ash@demo.example", "Ash", "learner")).await;
    let path = format!("{}/relate/assessor", person_called(stage, &mut cast.admin, "Robin").await);
    let holder = option(&cast.admin.get(&path).await, "Kim");
    let form = [("holder", ""), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
    assert!(cast.admin.post(&path, &with(&form, "holder", &holder)).await.status.is_redirection());
    let framework = cast.mine.rsplit('/').next().unwrap().to_owned();
    robin.post("/training/competences", &[("framework", &framework)]).await;
    let group = begin(stage, &mut cast.cody, &NEW).await;
    let sam_id = give(&mut cast.cody, &group, "Sam").await;
    let robin_id = give(&mut cast.cody, &group, "Robin").await;
    let ash_id = give(&mut cast.cody, &group, "Ash").await;
    let path = format!("/training/assessing/groups/{}/{framework}", group.rsplit('/').next().unwrap());
    Group { cast, robin, sam_id, robin_id, ash_id, path }
}

/// Somebody has something to look at, and says so.
async fn shows(browser: &mut Browser<'_>, mine: &str, code: &str) {
    let path = format!("{mine}/{code}");
    let form = [WALK[0], WALK[1], ("serves", code)];
    assert!(add(browser, &path, "informal", &form).await.status.is_redirection());
    assert!(step(browser, &path, &[("state", "ready")]).await.status.is_redirection());
}

/// What a form says of one person and one competence, as the page was opened.
fn cell(page: &Seen, key: &str, state: &str, comment: &str) -> Vec<(String, String)> {
    let named = format!("name=\"seen/{key}\" value=\"");
    let seen = page.body.split_once(&named).map_or("0", |it| it.1.split_once('"').unwrap().0);
    [("state", state), ("comment", comment), ("seen", seen)]
        .map(|(field, value)| (format!("{field}/{key}"), value.to_owned()))
        .into()
}

async fn judge(browser: &mut Browser<'_>, path: &str, cells: &[Vec<(String, String)>]) -> Seen {
    let codes = ["1", "2"].map(|it| ("code".to_owned(), it.to_owned()));
    let fields: Vec<_> = codes.iter().chain(cells.iter().flatten()).collect();
    let fields: Vec<_> = fields.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    browser.post(path, &fields).await
}

on_both! {
    async fn two_people_are_judged_in_one_form_and_each_reads_their_own(stage: Stage) {
        let mut it = group(&stage).await;
        let mine = it.cast.mine.clone();
        for code in ["1", "2"] {
            shows(&mut it.cast.sam, &mine, code).await;
        }
        shows(&mut it.robin, &mine, "1").await;
        let desk = it.cast.kim.get("/training/assessing").await;
        assert!(desk.body.contains(&format!("href=\"{}\"", it.path)) && desk.body.contains("Spring &amp; Co"), "{}", desk.body);
        let page = it.cast.kim.get(&it.path).await;
        for words in ["2 waiting", "1 waiting", "1 more in this group. They are not yours to assess.", "<td>waits</td>"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(!page.body.contains("Ash"), "whom they do not assess they are not told of");
        let page = it.cast.kim.get(&format!("{}?code=1&code=2", it.path)).await;
        let (sam, robin) = (format!("{}/1", it.sam_id), format!("{}/1", it.robin_id));
        let cells = [cell(&page, &sam, "achieved", ""), cell(&page, &robin, "needs_more", "Say how it ended."), cell(&page, &format!("{}/2", it.sam_id), "", "")];
        let done = judge(&mut it.cast.kim, &it.path, &cells).await;
        assert_eq!(done.header(header::LOCATION), format!("{}?done=judged", it.path), "{}", done.body);
        assert!(it.cast.sam.get(&format!("{mine}/1")).await.body.contains("You have it."));
        assert!(it.cast.sam.get(&format!("{mine}/2")).await.body.contains("It waits for somebody who assesses you"), "it was left as it is");
        let page = it.robin.get(&format!("{mine}/1")).await;
        assert!(page.body.contains("Say how it ended.") && page.body.contains("Kim"), "{}", page.body);
        for browser in [&mut it.cast.sam, &mut it.robin] {
            assert_eq!(browser.get("/me/log").await.body.matches("Judged a competence").count(), 1);
        }
        // What was judged by stays: it was marked as by a single judgement.
        let page = it.robin.get(&format!("{mine}/1")).await;
        let back = page.body.split_once("action=\"/training/evidence/").unwrap().1.split_once('"').unwrap().0.to_owned();
        let done = it.robin.post(&format!("/training/evidence/{back}"), &[("code", "1")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{mine}/1?done=marked"));
        let page = it.cast.sam.get(&format!("{mine}/2")).await;
        let back = page.body.split_once("action=\"/training/evidence/").unwrap().1.split_once('"').unwrap().0.to_owned();
        let done = it.cast.sam.post(&format!("/training/evidence/{back}"), &[("code", "2")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{mine}/2?done=gone"), "nothing else was marked");
    }

    async fn all_of_a_form_is_kept_or_none_and_what_was_typed_comes_back(stage: Stage) {
        let mut it = group(&stage).await;
        let mine = it.cast.mine.clone();
        shows(&mut it.cast.sam, &mine, "1").await;
        shows(&mut it.robin, &mine, "1").await;
        let (sam, robin) = (format!("{}/1", it.sam_id), format!("{}/1", it.robin_id));
        let page = it.cast.kim.get(&format!("{}?code=1", it.path)).await;
        let bare = [cell(&page, &sam, "achieved", ""), cell(&page, &robin, "needs_more", "")];
        let seen = judge(&mut it.cast.kim, &it.path, &bare).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("Say what is still missing") && seen.body.contains("Nothing is kept yet."), "{}", seen.body);
        assert!(!it.cast.sam.get(&format!("{mine}/1")).await.body.contains("You have it."));
        let personal = [cell(&page, &robin, "needs_more", "Ring 07700 900123")];
        let seen = judge(&mut it.cast.kim, &it.path, &personal).await;
        assert!(seen.body.contains("looks like a phone number") && seen.body.contains("Ring 07700 900123"), "{}", seen.body);
        let nothing = judge(&mut it.cast.kim, &it.path, &[cell(&page, &sam, "", "")]).await;
        assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.body.contains("Say something of somebody first"), "{}", nothing.body);

        step(&mut it.cast.jo, &format!("{}/1", it.cast.desk), &[("state", "needs_more"), ("comment", "More, I think.")]).await;
        let late = [cell(&page, &sam, "achieved", "Well done."), cell(&page, &robin, "achieved", "")];
        let seen = judge(&mut it.cast.kim, &it.path, &late).await;
        assert_eq!(seen.status, StatusCode::CONFLICT);
        for words in ["Somebody was quicker", "More, I think.", "Well done.", "Jo"] {
            assert!(seen.body.contains(words), "{words}: {}", seen.body);
        }
        assert!(!it.robin.get(&format!("{mine}/1")).await.body.contains("You have it."), "nor is the other kept");
        let again = [cell(&seen, &robin, "achieved", "")];
        assert!(judge(&mut it.cast.kim, &it.path, &again).await.status.is_redirection());
    }

    async fn nobody_is_judged_there_who_is_not_theirs_nor_anybody_by_themself(stage: Stage) {
        let mut it = group(&stage).await;
        shows(&mut it.cast.sam, &it.cast.mine.clone(), "1").await;
        let page = it.cast.kim.get(&format!("{}?code=1", it.path)).await;
        let good = cell(&page, &format!("{}/1", it.sam_id), "achieved", "");
        for other in [format!("{}/1", it.ash_id), format!("{}/3", it.sam_id), "x/1".to_owned(), format!("{}/<script>", it.sam_id)] {
            let cells = [good.clone(), cell(&page, &other, "achieved", "")];
            assert_eq!(judge(&mut it.cast.kim, &it.path, &cells).await.status, StatusCode::NOT_FOUND, "{other}");
        }
        for stranger in [&mut it.cast.sam, &mut it.robin, &mut it.cast.cody, &mut it.cast.admin] {
            assert_eq!(stranger.get(&it.path).await.status, StatusCode::NOT_FOUND);
            assert_eq!(judge(stranger, &it.path, std::slice::from_ref(&good)).await.status, StatusCode::NOT_FOUND);
        }
        let me = person_called(&stage, &mut it.cast.admin, "Kim").await;
        let me = me.rsplit('/').next().unwrap().to_owned();
        let cells = [good.clone(), cell(&page, &format!("{me}/1"), "achieved", "")];
        assert_eq!(judge(&mut it.cast.kim, &it.path, &cells).await.status, StatusCode::NOT_FOUND);
        assert!(it.cast.kim.get("/me/log").await.body.contains("Tried to judge a competence of their own"));
        assert!(!it.cast.sam.get(&format!("{}/1", it.cast.mine)).await.body.contains("You have it."), "nothing of it is kept");
    }
}
