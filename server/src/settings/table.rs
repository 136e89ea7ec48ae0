//! Every setting: how it is called, what it is when nobody says, and what it means.

use std::fmt::Write as _;

/// A setting as `alongside --help` explains it. Its name in a file is the last part of the variable's name.
pub(super) struct Setting {
    pub(super) variable: &'static str,
    pub(super) in_file: &'static str,
    /// What it is when nobody says; a `$DATA` stands for the data folder.
    pub(super) default: &'static str,
    pub(super) help: &'static str,
}

/// What letters in the outbox come from: no server would take them from here.
pub(super) const NOBODY: &str = "Alongside <alongside@localhost>";

/// Names the TOML file that settings are read from, if any.
pub const FILE_VARIABLE: &str = "ALONGSIDE_SETTINGS";

pub(super) const SETTINGS: [Setting; 18] = [
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
    Setting {
        variable: "ALONGSIDE_TRUSTED_PROXIES",
        in_file: "trusted_proxies",
        default: "",
        help: "Addresses or networks, with commas, of proxies that are believed about whom they speak for. Empty: \
               this machine’s own if ALONGSIDE_PUBLIC_URL is https, else none. Write none to believe nobody.",
    },
    Setting {
        variable: "ALONGSIDE_PROXY_HEADER",
        in_file: "proxy_header",
        default: "x-forwarded-for",
        help: "Where they say it: x-forwarded-for or forwarded. Name the one that your proxy writes: the other \
               it passes on unread.",
    },
    Setting {
        variable: "ALONGSIDE_CONNECTIONS",
        in_file: "connections",
        default: "512",
        help: "Connections at once, 16 to 65536; more wait their turn. The system must allow that many open files.",
    },
    Setting {
        variable: "ALONGSIDE_PASSWORD_MEMORY_MIB",
        in_file: "password_memory_mib",
        default: "19",
        help: "Memory that hashing a password takes, 19 to 1024 MiB. Two are hashed at once.",
    },
    Setting {
        variable: "ALONGSIDE_PASSWORD_PASSES",
        in_file: "password_passes",
        default: "2",
        help: "Passes over that memory, 2 to 20: more make guessing, and signing in, slower.",
    },
    Setting {
        variable: "ALONGSIDE_LEAVE_TO",
        in_file: "leave_to",
        default: "https://www.bbc.co.uk/weather",
        help: "Where Leave this site leads: a page that anybody might have been looking at.",
    },
    Setting {
        variable: "ALONGSIDE_FILES",
        in_file: "files",
        default: "$DATA/files",
        help: "Folder for files that people add, or s3://<bucket>/<folder>, which several nodes need: then \
               AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and, elsewhere than at Amazon, AWS_ENDPOINT say how.",
    },
    Setting {
        variable: "ALONGSIDE_HEAVIEST_FILE_MIB",
        in_file: "heaviest_file_mib",
        default: "25",
        help: "How heavy a file may be that somebody adds, 1 to 100 MiB.",
    },
];

/// All settings with what they mean, for `alongside --help`.
pub(super) fn help() -> String {
    let mut help = String::from("Settings, from the environment or a TOML file:\n");
    for it in &SETTINGS {
        let _ = writeln!(help, "  {}  (in a file: {})", it.variable, it.in_file);
        let default = if it.default.is_empty() { "nothing" } else { it.default };
        let _ = writeln!(help, "      {} Default: {}.", it.help, default.replace("$DATA", "<data>"));
    }
    let _ = writeln!(help, "  {FILE_VARIABLE}\n      The TOML file. What the environment says wins.");
    help
}

/// A settings file with every setting in it, each with what it means and as it is when nobody says.
pub(super) fn example() -> String {
    let mut example = String::from(
        "# Settings of Alongside. Take away the # in front of what you change; restart afterwards.\n\
         # Name this file in ALONGSIDE_SETTINGS. What the environment says wins over it.\n",
    );
    for it in &SETTINGS {
        let default = it.default.replace("$DATA", "data");
        let _ = write!(example, "\n# {}\n# {} = {:?}\n", it.help, it.in_file, default);
    }
    example
}
