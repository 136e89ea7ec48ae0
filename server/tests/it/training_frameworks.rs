//! Frameworks of competences: brought in, taken over, changed in versions that stay.

use axum::http::{Request, StatusCode, header};

use crate::me::{ODD, joined};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::writing::typed;

pub(crate) const TABLE: &str = "code,title,domain,need,optional,parent,lived_experience,indicators,courses\n\
    1,Listens,Being with people,essential,,,,\"Asks first\nWaits\",\n\
    2,Tells own story,Being with people,desirable,yes,,yes,,\n\
    3,Knows how this place works,Knowing,essential,,,,,how-this-place-works\n";

/// Where the frameworks of the organisation that runs the site are.
pub(crate) fn place(stage: &Stage) -> String {
    format!("/training/at/{}/frameworks", stage.host())
}

/// Sends a form with a file in it.
pub(crate) async fn send(
    browser: &mut Browser<'_>,
    path: &str,
    fields: &[(&str, &str)],
    file: &[u8],
) -> Seen {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--heron\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.bytes());
    }
    body.extend(b"--heron\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--heron--\r\n");
    let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=heron");
    browser.send_body(request, body.into()).await
}

pub(crate) async fn coordinator(stage: &Stage) -> Browser<'_> {
    let mut admin = stage.administrator().await;
    joined(stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await
}

const ABOUT: [(&str, &str); 3] = [("title", "Ours"), ("licence", "Our own words."), ("source", "")];

/// Brings a table in, and says where it is.
pub(crate) async fn brought_in(stage: &Stage, cody: &mut Browser<'_>, table: &str) -> String {
    let done = send(cody, &format!("{}/new", place(stage)), &ABOUT, table.as_bytes()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.header(header::LOCATION).split_once('?').unwrap().0.to_owned()
}

on_both! {
    async fn a_framework_is_brought_in_from_a_file_and_saved_as_the_same_table(stage: Stage) {
        let mut cody = coordinator(&stage).await;
        assert!(cody.get(&crate::training_rounds::training(&stage)).await.body.contains(&place(&stage)));
        let path = brought_in(&stage, &mut cody, TABLE).await;
        let page = cody.get(&format!("{path}?done=added")).await;
        for words in ["Tells own story", "Our own words.", "Asks first", "lived experience counts", "Version 1"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let saved = cody.get(&format!("{path}/csv")).await;
        let text = String::from_utf8(saved.bytes.to_vec()).unwrap();
        assert!(text.contains("\"Asks first\nWaits\"") && text.starts_with('\u{feff}'), "{text}");
        let again = send(&mut cody, &format!("{}/new", place(&stage)), &[("title", "Again"), ABOUT[1]], &saved.bytes).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    }

    async fn every_fault_is_told_at_its_line_and_nothing_is_half_kept(stage: Stage) {
        let mut cody = coordinator(&stage).await;
        let path = format!("{}/new", place(&stage));
        let odd = TABLE.replace("Listens,", ",").replace("\n3,", "\n2,");
        let seen = send(&mut cody, &path, &[("title", "Ours"), ("licence", " "), ("source", "x")], odd.as_bytes()).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["Line 2", "Line 5", "stands on line 4 already", "Say whose words"] {
            assert!(seen.body.contains(words), "{words}: {}", seen.body);
        }
        assert!(seen.title().starts_with("Error: ") && seen.body.contains("value=\"Ours\""));
        assert!(seen.body.contains("Tells own story"), "what was in the file comes back to be put right");
        assert!(!cody.get(&place(&stage)).await.body.contains(">Ours<"), "and nothing of it is kept");

        let row = |it: u32| format!("{it},Listens,Core,essential\n");
        let many: String = ["code,title,domain,need\n".to_owned()].into_iter().chain((0..10_000).map(row)).collect();
        let seen = send(&mut cody, &path, &ABOUT, many.as_bytes()).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("1000 competences at most"), "{}", seen.body);
        for odd in [&b"caf\xe9"[..], b"", b"PK\x03\x04\0\0", b"<script>alert(1)</script>", &[0xff; 300]] {
            let seen = send(&mut cody, &path, &ABOUT, odd).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
            assert!(!seen.body.contains("<script"), "{odd:?}");
        }
        for odd in ODD {
            let table = TABLE.replace("Listens", &odd.replace(['"', '\n'], ""));
            let fields = [("title", odd), ("licence", odd), ("source", odd)];
            let seen = send(&mut cody, &path, &fields, table.as_bytes()).await;
            assert!(seen.status.is_client_error() || seen.status.is_redirection(), "{odd:?}: {}", seen.status);
        }
        assert_eq!(cody.post(&path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(cody.post(&format!("{}/shipped", place(&stage)), &[("slug", "../x")]).await.status, StatusCode::SEE_OTHER);
    }

    async fn what_comes_with_the_program_is_taken_over_once(stage: Stage) {
        let mut cody = coordinator(&stage).await;
        let list = cody.get(&place(&stage)).await;
        assert!(list.body.contains("Care Certificate standards (2025)") && list.body.contains("There is none yet"), "{}", list.body);
        for slug in ["care-certificate-2025", "peer-support-workers-2020", "blank-local", "blank-local"] {
            let done = cody.post(&format!("{}/shipped", place(&stage)), &[("slug", slug)]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{slug}");
        }
        let list = cody.get(&place(&stage)).await;
        assert!(!list.body.contains("These come with Alongside"), "{}", list.body);
        assert_eq!(list.body.matches(">Our own framework<").count(), 1, "once, though tapped twice");
    }

    async fn a_new_version_changes_nothing_of_the_one_before(stage: Stage) {
        let mut cody = coordinator(&stage).await;
        let path = brought_in(&stage, &mut cody, TABLE).await;
        let version = format!("{path}/version");
        let page = cody.get(&version).await;
        assert!(typed(&page).contains("Our own words"), "{}", page.body);
        let seen = hidden(&page, "seen");
        let fields = [ABOUT[0], ABOUT[1], ("seen", &*seen)];
        let changed = TABLE.replace("Listens,", "Listens well,").replace("\n2,", "\n4,");
        let done = send(&mut cody, &version, &fields, changed.as_bytes()).await;
        assert_eq!(done.header(header::LOCATION), format!("{path}?done=version"), "{}", done.body);
        let twice = send(&mut cody, &version, &fields, changed.as_bytes()).await;
        assert_eq!(twice.header(header::LOCATION), format!("{path}?done=version"), "a second tap is the same");
        assert!(cody.get(&path).await.body.contains("Version 2"));
        let changes = cody.get(&format!("{path}/changes")).await;
        for words in ["It was: Listens", "4 Tells own story", "2 Tells own story", "From version 1 to version 2"] {
            assert!(changes.body.contains(words), "{words}: {}", changes.body);
        }
        let late = send(&mut cody, &version, &fields, TABLE.as_bytes()).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("Somebody brought in another version") && hidden(&late, "seen") == "2", "{}", late.body);
        assert_eq!(cody.get(&format!("{path}/changes?from=-7&to=99999999999999999999")).await.status, StatusCode::OK);
        for statement in ["UPDATE competence SET title = 'x'", "DELETE FROM competence", "UPDATE framework_version SET licence = 'x'", "DELETE FROM framework_version"] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains("never"), "{statement}: {refused}");
        }
    }

    async fn an_organisation_has_levels_of_its_own(stage: Stage) {
        let mut cody = coordinator(&stage).await;
        let path = format!("{}/levels", place(&stage));
        let done = cody.post(&path, &[("levels", "With help\r\nOn my own")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{}?done=levels", place(&stage)));
        assert_eq!(typed(&cody.get(&path).await), "With help\nOn my own");
        let seen = cody.post(&path, &[("levels", "One\nOne")]).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && typed(&seen).starts_with("One\n"), "{}", seen.body);
        assert_eq!(cody.post(&path, &[]).await.status, StatusCode::SEE_OTHER, "no levels are fine as well");
    }

    async fn frameworks_of_another_organisation_are_not_there(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut cody = joined(&stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await;
        let path = brought_in(&stage, &mut cody, TABLE).await;
        let elsewhere = path.replace(&stage.host().to_string(), "00000000-0000-7000-8000-0000000000ff");
        assert_eq!(cody.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
        assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND, "administrators do not coordinate");
    }
}
