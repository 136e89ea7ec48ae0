//! Settings, from the environment or a TOML file. The environment wins. Everything wrong is named at once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use lettre::message::Mailbox;

use crate::mail::SmtpUrl;

/// What a node is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub addr: SocketAddr,
    pub data: PathBuf,
    pub database_url: String,
    /// The file of secret keys.
    pub keys: PathBuf,
    pub site: PathBuf,
    pub content: PathBuf,
    /// What a browser calls the site, without a slash at the end.
    pub public_url: String,
    /// The server that takes letters; without one they become files in the outbox.
    pub smtp: Option<SmtpUrl>,
    /// What letters say they come from: a name and an address.
    pub mail_from: Mailbox,
    pub log: String,
}

/// A setting as `alongside --help` explains it. Its name in a file is the last part of the variable's name.
struct Setting {
    variable: &'static str,
    in_file: &'static str,
    /// What it is when nobody says; a `$DATA` stands for the data folder.
    default: &'static str,
    help: &'static str,
}

const SETTINGS: [Setting; 10] = [
    Setting {
        variable: "ALONGSIDE_ADDR",
        in_file: "addr",
        default: "127.0.0.1:3000",
        help: "Address and port to listen on. Put a TLS proxy in front of anything but loopback.",
    },
    Setting {
        variable: "ALONGSIDE_DATA",
        in_file: "data",
        default: "data",
        help: "Folder for the embedded database, keys, mail that was not sent, and files.",
    },
    Setting {
        variable: "DATABASE_URL",
        in_file: "database_url",
        default: "sqlite://$DATA/alongside.db",
        help: "sqlite://<file> or postgres://<user>:<password>@<host>/<database>.",
    },
    Setting {
        variable: "ALONGSIDE_KEYS",
        in_file: "keys",
        default: "$DATA/keys",
        help: "File of secret keys, the same on every node; `alongside keys new` makes it. Back it up apart.",
    },
    Setting {
        variable: "ALONGSIDE_SITE",
        in_file: "site",
        default: "site",
        help: "Folder of built files (assets.txt and pkg), as `cargo xtask site` makes it.",
    },
    Setting {
        variable: "ALONGSIDE_CONTENT",
        in_file: "content",
        default: "content",
        help: "Folder of courses and pages that come with the program.",
    },
    Setting {
        variable: "ALONGSIDE_PUBLIC_URL",
        in_file: "public_url",
        default: "http://127.0.0.1:3000",
        help: "What a browser calls the site. With https, cookies are for secure connections only.",
    },
    Setting {
        variable: "ALONGSIDE_SMTP_URL",
        in_file: "smtp_url",
        default: "",
        help: "smtps://<user>:<password>@<host>, or smtp://…?tls=required. Empty: mail is written to <data>/outbox.",
    },
    Setting {
        variable: "ALONGSIDE_MAIL_FROM",
        in_file: "mail_from",
        default: NOBODY,
        help: "Name and address that mail comes from. Choose a name that tells nothing about its readers.",
    },
    Setting {
        variable: "ALONGSIDE_LOG",
        in_file: "log",
        default: "info",
        help: "How much is logged: error, warn, info, debug. Never personal data.",
    },
];

/// What letters in the outbox come from: no server would take them from here.
const NOBODY: &str = "Alongside <alongside@localhost>";

/// Names the TOML file that settings are read from, if any.
pub const FILE_VARIABLE: &str = "ALONGSIDE_SETTINGS";

impl Settings {
    /// Reads the settings from the process environment and the file that [`FILE_VARIABLE`] names.
    ///
    /// # Errors
    /// A sentence for each setting that cannot be used.
    pub fn from_environment() -> Result<Self, Vec<String>> {
        let variable = |name: &str| std::env::var(name).ok();
        let file = match variable(FILE_VARIABLE) {
            Some(path) => {
                let text = std::fs::read_to_string(Path::new(&path));
                text.map_err(|error| vec![format!("{FILE_VARIABLE}: {path} cannot be read ({error}).")])?
            }
            None => String::new(),
        };
        Self::read(&variable, &file)
    }

    /// Reads the settings from variables and the text of a TOML file.
    ///
    /// # Errors
    /// A sentence for each setting that cannot be used.
    pub fn read(variable: &dyn Fn(&str) -> Option<String>, file: &str) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let file = file_values(file, &mut wrong);
        let value = |name: &str| {
            let setting = SETTINGS.iter().find(|it| it.in_file == name);
            let given = setting.and_then(|it| variable(it.variable)).or_else(|| file.get(name).cloned());
            given.unwrap_or_else(|| setting.map(|it| it.default).unwrap_or_default().to_owned())
        };
        let data = value("data");
        let addr = value("addr").parse().map_err(|_| {
            wrong.push("ALONGSIDE_ADDR: write an address and a port, like 127.0.0.1:3000.".to_owned());
        });
        let database_url = value("database_url").replace("$DATA", &data);
        if !["sqlite://", "postgres://", "postgresql://"].iter().any(|it| database_url.starts_with(it)) {
            wrong.push("DATABASE_URL: begin it with sqlite:// or postgres://.".to_owned());
        }
        let public_url = value("public_url").trim_end_matches('/').to_owned();
        if !["http://", "https://"].iter().any(|it| public_url.starts_with(it) && public_url.len() > it.len())
        {
            wrong.push(
                "ALONGSIDE_PUBLIC_URL: write the whole address, like https://college.example.".to_owned(),
            );
        }
        let smtp = Some(value("smtp_url")).filter(|it| !it.is_empty()).map(|it| SmtpUrl::parse(&it));
        let smtp = smtp.transpose().unwrap_or_else(|sentence| {
            wrong.push(format!("ALONGSIDE_SMTP_URL: {sentence}"));
            None
        });
        let mail_from = value("mail_from");
        if smtp.is_some() && mail_from == NOBODY {
            wrong.push("ALONGSIDE_MAIL_FROM: say whom mail sent by SMTP comes from.".to_owned());
        }
        let mail_from = mail_from.parse().map_err(|_| {
            wrong.push("ALONGSIDE_MAIL_FROM: write it like College <hello@college.example>.".to_owned());
        });
        let log = value("log");
        if !["error", "warn", "info", "debug"].contains(&log.as_str()) {
            wrong.push("ALONGSIDE_LOG: choose error, warn, info or debug.".to_owned());
        }
        let keys = value("keys").replace("$DATA", &data).into();
        let (site, content) = (value("site").into(), value("content").into());
        match (addr, mail_from) {
            (Ok(addr), Ok(mail_from)) if wrong.is_empty() => {
                let data = data.into();
                Ok(Self { addr, data, database_url, keys, site, content, public_url, smtp, mail_from, log })
            }
            _ => Err(wrong),
        }
    }

    /// All settings with what they mean, for `alongside --help`.
    #[must_use]
    pub fn help() -> String {
        let mut help = String::from("Settings, from the environment or a TOML file:\n");
        for it in &SETTINGS {
            let _ = writeln!(help, "  {}  (in a file: {})", it.variable, it.in_file);
            let _ = writeln!(help, "      {} Default: {}", it.help, it.default.replace("$DATA", "<data>"));
        }
        let _ = writeln!(help, "  {FILE_VARIABLE}\n      The TOML file. What the environment says wins.");
        help
    }
}

fn file_values(text: &str, wrong: &mut Vec<String>) -> BTreeMap<String, String> {
    let table: BTreeMap<String, String> = match toml::from_str(text) {
        Ok(table) => table,
        Err(error) => {
            wrong.push(format!("{FILE_VARIABLE}: {}.", error.message()));
            return BTreeMap::new();
        }
    };
    for key in table.keys().filter(|key| SETTINGS.iter().all(|it| it.in_file != *key)) {
        wrong.push(format!("{FILE_VARIABLE}: there is no setting called {key}."));
    }
    table
}

#[cfg(test)]
mod tests {
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
        let settings =
            read(&[server, ("ALONGSIDE_MAIL_FROM", "College <hello@college.example>")], "").unwrap();
        assert!(settings.smtp.is_some() && !format!("{settings:?}").contains("secret"));
    }

    #[test]
    fn help_explains_every_setting() {
        let help = Settings::help();
        assert!(SETTINGS.iter().all(|it| help.contains(it.variable) && help.contains(it.help)));
    }
}
