use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("data/keys");
    (folder, path)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_first_start_beside_the_embedded_database_makes_keys_and_the_next_finds_them() {
    let (_folder, path) = place();
    let made = Keys::at_start(&path, Engine::Sqlite).unwrap();
    let found = Keys::at_start(&path, Engine::Sqlite).unwrap();
    assert_eq!(made.token_keys[0].kid, found.token_keys[0].kid);
    assert_eq!(made.token_keys[0].secret.bytes(), found.token_keys[0].secret.bytes());
    assert_eq!(made.throttling.bytes(), found.throttling.bytes());
    assert_eq!(found.check(b"a", &made.sign(b"a")), Checked::Good);
}

#[test]
fn only_the_owner_may_look() {
    let (_folder, path) = place();
    Keys::make(&path).unwrap();
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(Keys::read(&path).unwrap_err().to_string().contains("chmod 600"));
}

#[test]
fn nodes_that_share_a_database_are_given_their_keys() {
    let (_folder, path) = place();
    let asked = Keys::at_start(&path, Engine::Postgres).unwrap_err().to_string();
    assert!(
        asked.contains("keys new") && asked.contains("ALONGSIDE_KEYS") && asked.lines().count() == 1,
        "{asked}"
    );
    assert!(!path.exists());
    Keys::make(&path).unwrap();
    assert!(Keys::at_start(&path, Engine::Postgres).is_ok());
}

#[test]
fn new_keys_never_overwrite_old_ones() {
    let (_folder, path) = place();
    Keys::make(&path).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(Keys::make(&path).unwrap_err().to_string().contains("already"));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn after_a_turn_the_last_token_key_and_every_signature_still_hold() {
    let (_folder, path) = place();
    let first = Keys::make(&path).unwrap();
    let signed = first.sign(b"head");
    let second = Keys::rotate(&path).unwrap();
    let third = Keys::rotate(&path).unwrap();
    let kids = |keys: &Keys| keys.token_keys.iter().map(|it| it.kid.clone()).collect::<Vec<_>>();
    assert_eq!(kids(&second), [kids(&second)[0].clone(), kids(&first)[0].clone()]);
    assert_eq!(kids(&third), [kids(&third)[0].clone(), kids(&second)[0].clone()]);
    let read = Keys::read(&path).unwrap();
    assert_ne!(read.sign(b"head").kid, signed.kid);
    assert_eq!(read.check(b"head", &signed), Checked::Good);
    assert_eq!(read.throttling.bytes(), first.throttling.bytes());
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_signature_holds_for_its_message_and_its_key_alone() {
    let (ours, theirs) = (Keys::random().unwrap(), Keys::random().unwrap());
    let signed = ours.sign(b"one");
    assert_eq!(ours.check(b"two", &signed), Checked::Forged);
    assert_eq!(theirs.check(b"one", &signed), Checked::UnknownKey);
}

#[test]
fn a_damaged_file_is_named_without_what_stands_in_it() {
    let (_folder, path) = place();
    let keys = Keys::make(&path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    for broken in [
        text.replace("signing", "singing"),
        text.replace('"', ""),
        text.replacen("secret = \"", "secret = \"A", 1),
    ] {
        fs::write(&path, broken).unwrap();
        let said = format!("{:#}", Keys::read(&path).unwrap_err());
        assert!(said.contains("damaged") && !said.contains(&keys.token_keys[0].kid), "{said}");
    }
}

#[test]
fn no_secret_is_ever_shown() {
    let keys = Keys::random().unwrap();
    let shown = format!("{keys:?}");
    assert!(shown.contains("Secret(…)"));
    assert!(!shown.contains(&format!("{:?}", keys.throttling.bytes())));
}
