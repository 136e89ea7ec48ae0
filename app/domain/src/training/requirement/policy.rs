//! Policies: a rule for how people work, which each whom it binds reads and accepts for themself, version by version.
//! What was accepted is the very text that was shown; it is never rewritten, and nobody accepts for somebody else.

use chrono::NaiveDate;

use super::form::{Around, NewVersion, RequirementForm, begun, changed};
use super::{Accepted, Requirement, RequirementId, Rule};
use crate::day::TypedDay;
use crate::own_words::NotTaken;
use crate::people::{FieldFault, Held, OrganisationId, PersonId, TrainingCoordinator};
use crate::typed::{needed_line, one_line, several_lines};

/// The longest policy, in characters. Our choice: eight pages, of which nobody reads more on a phone.
const LONGEST_WORDS: usize = 20_000;
/// The longest sentence about what changed, in characters.
const LONGEST_CHANGED: usize = 300;
/// The longest address, in characters.
const LONGEST_LINK: usize = 500;

/// Where a policy is read.
#[derive(Clone, PartialEq, Eq)]
pub enum Reading {
    /// Here: these words, in Markdown.
    Here(String),
    /// At an address.
    There(String),
}

/// A policy is no secret, but it is long.
impl core::fmt::Debug for Reading {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Here(words) => write!(f, "Here({} bytes)", words.len()),
            Self::There(link) => write!(f, "There({link})"),
        }
    }
}

/// The text of a policy from a day on. People call it a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// From one.
    pub number: u32,
    /// The first day on which it is in force.
    pub from: NaiveDate,
    /// What the policy is called.
    pub title: String,
    /// Where it is read.
    pub reading: Reading,
    /// What changed since the one before; empty for the first.
    pub changed: String,
}

/// A text that may be kept. Only [`write_policy`] and [`change_policy`] make one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewEdition {
    edition: Edition,
    after: Option<NaiveDate>,
    canonical: String,
}

impl NewEdition {
    fn of(edition: Edition, after: Option<NaiveDate>, organisation: &str) -> Self {
        let canonical = canonical(&edition, organisation);
        Self { edition, after, canonical }
    }

    /// What it says.
    #[must_use]
    pub const fn edition(&self) -> &Edition {
        &self.edition
    }

    /// From when the one before was in force: not later than this one.
    #[must_use]
    pub const fn after(&self) -> Option<NaiveDate> {
        self.after
    }

    /// The text that is accepted, with line feeds between its lines and at its end.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}

/// What was typed about a policy.
#[derive(Clone, Debug)]
pub struct PolicyForm<'a> {
    /// The field `code`; it does not change any more.
    pub code: &'a str,
    /// The field `title`.
    pub title: &'a str,
    /// The field `words`: what it says; empty if it is read elsewhere.
    pub words: &'a str,
    /// The field `link`: where it is read; empty if it is read here.
    pub link: &'a str,
    /// The field `changed`.
    pub changed: &'a str,
    /// Every value of the field `kind`.
    pub kinds: Vec<&'a str>,
    /// Whether `nobody` is ticked: it is asked of nobody any more.
    pub of_nobody: bool,
    /// The field `weeks`.
    pub weeks: &'a str,
    /// The fields `from_day`, `from_month` and `from_year`.
    pub from: TypedDay<'a>,
}

impl<'a> PolicyForm<'a> {
    /// What it has in common with whatever else is required.
    fn around(&self) -> RequirementForm<'a> {
        RequirementForm {
            code: self.code,
            title: self.title,
            level: "",
            rule: "",
            months: "",
            hours: "",
            parts: "",
            kinds: self.kinds.clone(),
            of_nobody: self.of_nobody,
            weeks: self.weeks,
            // What was accepted elsewhere was another text.
            accepts_others: false,
            // Whoever has not begun cannot read it yet.
            before_start: false,
            from: self.from,
        }
    }
}

/// Writes a new policy, beside what the organisation requires already under the codes `taken`.
///
/// # Errors
/// Every field that has to be put right.
pub fn write_policy(
    _by: &TrainingCoordinator,
    form: &PolicyForm<'_>,
    (organisation, taken): (&str, &[String]),
    today: NaiveDate,
) -> Result<NewVersion, Vec<FieldFault>> {
    let read = |faults: &mut Vec<FieldFault>| read_where(form, faults);
    let ((code, around), reading) = begun(&form.around(), taken, today, read)?;
    let Around { from, title, .. } = &around;
    let edition = Edition { number: 1, from: *from, title: title.clone(), reading, changed: String::new() };
    let edition = Some(NewEdition::of(edition, None, organisation));
    Ok(NewVersion { code, version: around.with(1, Rule::Read { edition: 1 }), edition })
}

/// Changes a policy from a day on. Whoever changes it saw the version `seen` of the requirement, and `latest` is its text.
/// Where title and words stay as they are, nobody is asked to read them again.
///
/// # Errors
/// Something newer, or every field that has to be put right.
pub fn change_policy(
    _by: &TrainingCoordinator,
    form: &PolicyForm<'_>,
    (current, seen): (&Requirement, i64),
    (organisation, latest): (&str, &Edition),
    today: NaiveDate,
) -> Result<NewVersion, NotTaken> {
    let is_new = |reading: &Reading| *reading != latest.reading || form.title.trim() != latest.title;
    let read = |faults: &mut Vec<FieldFault>| {
        let reading = read_where(form, faults);
        let changed = match reading.as_ref().is_none_or(is_new) {
            true => {
                let missing =
                    ("changed", "Say in a sentence what is new, for people who have read it before.");
                needed_line(form.changed, LONGEST_CHANGED, missing, faults)
            }
            false => String::new(),
        };
        Some((reading?, changed))
    };
    let (number, around, (reading, changed)) = changed(&form.around(), (current, seen), today, read)?;
    let is_new = is_new(&reading);
    let of = latest.number + u32::from(is_new);
    let Around { from, title, .. } = &around;
    let edition = Edition { number: of, from: *from, title: title.clone(), reading, changed };
    let edition = is_new.then(|| NewEdition::of(edition, Some(latest.from), organisation));
    let version = around.with(number, Rule::Read { edition: of });
    Ok(NewVersion { code: current.code.clone(), version, edition })
}

fn read_where(form: &PolicyForm<'_>, faults: &mut Vec<FieldFault>) -> Option<Reading> {
    let before = faults.len();
    let words = several_lines(form.words, LONGEST_WORDS, "words", faults);
    let link = one_line(form.link, LONGEST_LINK, "link", faults);
    if faults.len() > before {
        return None;
    }
    let mut fault = |field, remedy: &str| faults.push(FieldFault { field, remedy: remedy.into() });
    let is_link = |it: &str| {
        it.strip_prefix("https://").is_some_and(|it| it.contains('.') && !it.contains(char::is_whitespace))
    };
    match (words.is_empty(), link.is_empty()) {
        (false, true) => Some(Reading::Here(words)),
        (true, false) if is_link(&link) => Some(Reading::There(link)),
        (true, false) => {
            fault("link", "Begin the address with https://, as you copied it.");
            None
        }
        (true, true) => {
            fault("words", "Write what the policy says, or below the address where people read it.");
            None
        }
        (false, false) => {
            fault("link", "Write what it says here, or an address, and not both: people accept one text.");
            None
        }
    }
}

/// The words stand at the end, so that none of them can pass for one of the lines.
fn canonical(edition: &Edition, organisation: &str) -> String {
    let Edition { number, from, title, reading, changed } = edition;
    let changed = if changed.is_empty() { String::new() } else { format!("What changed: {changed}\n") };
    let read = match reading {
        Reading::Here(words) => format!("Text:\n{words}\n"),
        Reading::There(link) => format!("Read at: {link}\n"),
    };
    format!(
        "Alongside policy, format 1\nOrganisation: {organisation}\nPolicy: {title}\nVersion: {number}\nIn force from: {from}\n{changed}{read}"
    )
}

/// What was typed to accept a policy.
#[derive(Clone, Copy, Debug)]
pub struct AcceptForm<'a> {
    /// The hash of the text that their page showed.
    pub shown: &'a str,
    /// They have ticked that they have read it.
    pub has_read: bool,
}

/// Why a policy is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAccepted {
    /// It is not asked of them today.
    NotAsked,
    /// They have accepted it already, as after a second tap.
    Already,
    /// Their page showed another text than the one that is in force.
    OtherText,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
}

/// That somebody accepts the text that they were shown. Only [`accept`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct NewAcceptance {
    person: PersonId,
    organisation: OrganisationId,
    policy: RequirementId,
    accepted: Accepted,
    hash: String,
}

impl NewAcceptance {
    /// Who accepts it.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// Whose policy it is.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Which policy.
    #[must_use]
    pub const fn policy(&self) -> RequirementId {
        self.policy
    }

    /// Which edition of it, and on which day.
    #[must_use]
    pub const fn accepted(&self) -> Accepted {
        self.accepted
    }

    /// The hash of the text that they were shown.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Accepts what is in force today: the edition with this hash. `before` is what they have accepted of the policy.
///
/// # Errors
/// [`NotAccepted`].
pub fn accept(
    by: &Held,
    (policy, hash): (&Requirement, &str),
    form: &AcceptForm<'_>,
    before: &[Accepted],
    today: NaiveDate,
) -> Result<NewAcceptance, NotAccepted> {
    let asked = policy.on(today).filter(|it| it.asked_of.contains(&by.kind()));
    let edition = asked.and_then(|it| it.rule.edition()).filter(|_| by.organisation() == policy.organisation);
    let edition = edition.ok_or(NotAccepted::NotAsked)?;
    if before.iter().any(|it| it.edition == edition) {
        return Err(NotAccepted::Already);
    }
    if form.shown != hash {
        return Err(NotAccepted::OtherText);
    }
    if !form.has_read {
        let remedy = "Read it first, then tick that you have read it.";
        return Err(NotAccepted::Faults(vec![FieldFault { field: "read", remedy: remedy.into() }]));
    }
    Ok(NewAcceptance {
        person: by.person(),
        organisation: policy.organisation,
        policy: policy.id,
        accepted: Accepted { edition, on: today },
        hash: hash.to_owned(),
    })
}
