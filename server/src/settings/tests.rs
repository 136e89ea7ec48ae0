use super::table::SETTINGS;
use super::*;

fn read(variables: &[(&str, &str)], file: &str) -> Result<Settings, Vec<String>> {
    let variable =
        |name: &str| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned());
    Settings::read(&variable, file)
}

#[test]
fn nothing_said_is_a_node_on_loopback_with_the_embedded_database() {
    let settings = read(&[], "").unwrap();
    assert_eq!(settings.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.database_url, "sqlite://data/alongside.db");
}

#[test]
fn the_database_and_the_keys_lie_in_the_data_folder() {
    let settings = read(&[("ALONGSIDE_DATA", "/srv/alongside")], "").unwrap();
    assert_eq!(settings.keys.to_str(), Some("/srv/alongside/keys"));
    assert_eq!(settings.database_url, "sqlite:///srv/alongside/alongside.db");
}

#[test]
fn files_lie_in_the_data_folder_unless_a_service_is_named() {
    assert_eq!(read(&[("ALONGSIDE_DATA", "/srv/alongside")], "").unwrap().files, "/srv/alongside/files");
    let service = read(&[("ALONGSIDE_FILES", "s3://college/evidence")], "").unwrap();
    assert_eq!((service.files.as_str(), service.heaviest_file_mib), ("s3://college/evidence", 25));
    assert!(read(&[("ALONGSIDE_FILES", "ftp://college")], "").is_err());
}

#[test]
fn the_environment_wins_over_the_file() {
    let settings = read(&[("ALONGSIDE_LOG", "debug")], "log = \"warn\"\ndata = \"elsewhere\"").unwrap();
    assert_eq!((settings.log.as_str(), settings.data.to_str()), ("debug", Some("elsewhere")));
}

#[test]
fn everything_wrong_is_named_at_once() {
    let variables = [
        ("ALONGSIDE_ADDR", "here"),
        ("DATABASE_URL", "mysql://x"),
        ("ALONGSIDE_SMTP_URL", "http://mail"),
        ("ALONGSIDE_MAIL_FROM", "nobody"),
        ("ALONGSIDE_TRUSTED_PROXIES", "gateway"),
        ("ALONGSIDE_PROXY_HEADER", "x-real-ip"),
        ("ALONGSIDE_CONNECTIONS", "many"),
        ("ALONGSIDE_PASSWORD_MEMORY_MIB", "1"),
        ("ALONGSIDE_PASSWORD_PASSES", "0"),
        ("ALONGSIDE_LEAVE_TO", "javascript:alert(1)"),
        ("ALONGSIDE_LOG", "loud"),
        ("ALONGSIDE_PUBLIC_URL", "here"),
        ("ALONGSIDE_FILES", "s3://"),
        ("ALONGSIDE_HEAVIEST_FILE_MIB", "101"),
    ];
    let wrong = read(&variables, "colour = \"red\"").unwrap_err().join("\n");
    for name in ["colour"].into_iter().chain(variables.map(|it| it.0)) {
        assert!(wrong.contains(name), "{name} is missing from: {wrong}");
    }
}

#[test]
fn mail_goes_to_the_outbox_until_a_server_is_named() {
    assert_eq!(read(&[], "").unwrap().smtp, None);
    let server = ("ALONGSIDE_SMTP_URL", "smtps://us:secret@mail.example");
    let wrong = read(&[server], "").unwrap_err().join("\n");
    assert!(wrong.contains("ALONGSIDE_MAIL_FROM") && !wrong.contains("secret"), "{wrong}");
    let settings = read(&[server, ("ALONGSIDE_MAIL_FROM", "College <hello@college.example>")], "").unwrap();
    assert!(settings.smtp.is_some() && !format!("{settings:?}").contains("secret"));
}

#[test]
fn help_explains_every_setting() {
    let help = Settings::help();
    assert!(SETTINGS.iter().all(|it| help.contains(it.variable) && help.contains(it.help)));
}
