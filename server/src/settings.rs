//! Settings, from the environment or a TOML file. The environment wins. Everything wrong is named at once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use app::PasswordCost;
use domain::training::evidence::file::HEAVIEST_MIB;
use lettre::message::Mailbox;

use crate::mail::SmtpUrl;
use crate::proxies::{Proxies, ProxyHeader};
use reader::{Reader, web_address};
use table::NOBODY;

mod reader;
mod table;
#[cfg(test)]
mod tests;

pub use table::FILE_VARIABLE;

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
    /// Who is believed about whom they speak for.
    pub proxies: Proxies,
    /// Connections at once.
    pub connections: usize,
    pub password_cost: PasswordCost,
    /// Where *Leave this site* leads.
    pub leave_to: String,
    /// A folder, or a place with a service that speaks S3.
    pub files: String,
    pub heaviest_file_mib: u64,
}

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
        let mut given = Reader::new(variable, file);
        let data = given.text("data");
        let addr =
            given.read("addr", "write an address and a port, like 127.0.0.1:3000.", |it| it.parse().ok());
        let database_url = database_url(&mut given, &data);
        let public_url = given.read("public_url", PUBLIC_URL, public_url);
        let (smtp, mail_from) = mail(&mut given);
        let log = given.read("log", "choose error, warn, info or debug.", |it| {
            ["error", "warn", "info", "debug"].contains(&it).then(|| it.to_owned())
        });
        let proxies = proxies(&mut given, public_url.as_deref().unwrap_or_default());
        let connections = given.number("connections", 16..=65_536);
        let floor = PasswordCost::FLOOR;
        let memory_mib = given.number("password_memory_mib", floor.memory_kib / 1024..=1024);
        let passes = given.number("password_passes", floor.passes..=20);
        let leave_to =
            given.read("leave_to", "write a whole address, like https://www.example.org/.", |it| {
                web_address(it, &["https", "http"]).map(|_| it.to_owned())
            });
        let files = given.read("files", "name a folder, or a place like s3://bucket/folder.", |it| {
            let bucket = it.strip_prefix("s3://").map(|it| it.split('/').next().unwrap_or_default());
            let is_good = bucket.map_or(!it.is_empty() && !it.contains("://"), |it| !it.is_empty());
            is_good.then(|| it.replace("$DATA", &data))
        });
        let heaviest_file_mib = given.number("heaviest_file_mib", 1..=HEAVIEST_MIB);
        let read = || {
            Some(Self {
                addr: addr?,
                database_url: database_url?,
                keys: given.text("keys").replace("$DATA", &data).into(),
                site: given.text("site").into(),
                content: given.text("content").into(),
                data: data.into(),
                public_url: public_url?,
                smtp: smtp?,
                mail_from: mail_from?,
                log: log?,
                proxies: proxies?,
                connections: connections?,
                password_cost: PasswordCost { memory_kib: memory_mib? * 1024, passes: passes? },
                leave_to: leave_to?,
                files: files?,
                heaviest_file_mib: heaviest_file_mib?,
            })
        };
        match given.wrong.is_empty() {
            true => read().ok_or_else(Vec::new),
            false => Err(given.wrong),
        }
    }

    /// Whether browsers reach the site by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// All settings with what they mean, for `alongside --help`.
    #[must_use]
    pub fn help() -> String {
        table::help()
    }

    /// A settings file to begin with.
    #[must_use]
    pub fn example() -> String {
        table::example()
    }
}

const PUBLIC_URL: &str = "write the whole address without a path, like https://college.example.";

/// As a browser writes an origin: small letters and no slash at the end.
fn public_url(text: &str) -> Option<String> {
    let uri = web_address(text, &["https", "http"])?;
    let is_bare = uri.path_and_query().is_none_or(|it| it.as_str() == "/");
    is_bare.then(|| text.trim_end_matches('/').to_ascii_lowercase())
}

fn database_url(given: &mut Reader<'_>, data: &str) -> Option<String> {
    given.read("database_url", "begin it with sqlite:// or postgres://.", |it| {
        let known = ["sqlite://", "postgres://", "postgresql://"].iter().any(|begin| it.starts_with(begin));
        known.then(|| it.replace("$DATA", data))
    })
}

/// Where letters go and what they come from. The sentence about a server's address does not repeat it: there is
/// a password in it.
fn mail(given: &mut Reader<'_>) -> (Option<Option<SmtpUrl>>, Option<Mailbox>) {
    let url = given.text("smtp_url");
    let smtp = match (!url.is_empty()).then(|| SmtpUrl::parse(&url)).transpose() {
        Ok(smtp) => Some(smtp),
        Err(sentence) => {
            given.is_wrong("smtp_url", sentence);
            None
        }
    };
    if matches!(smtp, Some(Some(_))) && given.text("mail_from") == NOBODY {
        given.is_wrong("mail_from", "say whom mail sent by SMTP comes from.");
    }
    let remedy = "write it like College <hello@college.example>.";
    (smtp, given.read("mail_from", remedy, |it| it.parse().ok()))
}

fn proxies(given: &mut Reader<'_>, public_url: &str) -> Option<Proxies> {
    let remedy = "choose x-forwarded-for or forwarded.";
    let header = given.read("proxy_header", remedy, ProxyHeader::parse);
    let list = given.text("trusted_proxies");
    let trusted = match Proxies::parse_list(&list) {
        // There must be a TLS proxy, and unless somebody says otherwise it is on this machine.
        Ok(_) if list.is_empty() && public_url.starts_with("https://") => Proxies::here(),
        Ok(trusted) => trusted,
        Err(word) => {
            given.is_wrong(
                "trusted_proxies",
                &format!("{word} is no address and no network like 10.0.0.0/8."),
            );
            return None;
        }
    };
    Some(Proxies::new(trusted, header?))
}
