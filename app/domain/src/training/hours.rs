//! What somebody did on placement, in whole minutes: told by themself, and counted once whoever looks after the
//! placement agrees. No service user is named: there is no field for one, and what looks like somebody is warned of.

use chrono::NaiveDate;

use super::placement::Placement;
use super::vetting::Unmet;
use crate::day::TypedDay;
use crate::people::{FieldFault, PersonId, PlaceId, PlacementSupervisor, ids, words};
use crate::personal::Personal;
use crate::typed::{kept, several_lines};

#[cfg(test)]
mod tests;

ids! {
    /// One line of what was done.
    HoursId;
}

words! {
    /// What was done.
    pub enum Activity {
        /// With one person.
        OneToOne = "one_to_one",
        /// With a group.
        Group = "group",
        /// Leading a group together with somebody.
        CoFacilitation = "co_facilitation",
        /// Learning.
        Training = "training",
        /// On the way between places.
        Travel = "travel",
    }
}

impl Activity {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::OneToOne => "One to one",
            Self::Group => "In a group",
            Self::CoFacilitation => "Co-facilitating a group",
            Self::Training => "Training",
            Self::Travel => "Travel",
        }
    }
}

words! {
    /// Where a line is.
    pub enum LineState {
        /// It waits to be agreed.
        Waiting = "waiting",
        /// It came back with a question.
        Asked = "asked",
        /// It counts.
        Agreed = "agreed",
        /// Whoever told it took it back before it was agreed.
        TakenBack = "taken_back",
    }
}

impl LineState {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waits to be agreed",
            Self::Asked => "Came back with a question",
            Self::Agreed => "Agreed",
            Self::TakenBack => "Taken back",
        }
    }
}

/// The minutes of a day.
pub const A_DAY: u16 = 24 * 60;
/// The most lines that are agreed at once.
pub const MOST_AT_ONCE: usize = 100;
/// The longest words, in characters. Our choice: two sentences.
const LONGEST_WORDS: usize = 300;

/// A line as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    pub id: HoursId,
    pub activity: Activity,
    /// The day on which it began.
    pub day: NaiveDate,
    pub minutes: u16,
    pub site: PlaceId,
    pub words: String,
    pub state: LineState,
    /// Which agreed line it is told instead of.
    pub corrects: Option<HoursId>,
    /// What the supervisor asks about it.
    pub question: String,
    /// Counts how often it was changed, from one.
    pub revision: i64,
}

impl core::fmt::Debug for Line {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Line({}, {} min, …)", self.day, self.minutes)
    }
}

/// What was typed.
#[derive(Clone, Copy)]
pub struct LineForm<'a> {
    pub activity: &'a str,
    pub day: TypedDay<'a>,
    pub hours: &'a str,
    pub minutes: &'a str,
    pub site: &'a str,
    pub words: &'a str,
    /// They have looked again at what looked personal.
    pub is_looked_at: bool,
}

impl core::fmt::Debug for LineForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("LineForm(…)")
    }
}

/// A line that may be kept. Only the rules here make one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewLine(Line);

impl NewLine {
    /// What is kept.
    #[must_use]
    pub const fn line(&self) -> &Line {
        &self.0
    }
}

/// Why a line is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineRefused {
    /// It was agreed, asked about or changed since the page was opened.
    Newer,
    /// It counts, so it stays; a new line may take its place.
    Agreed,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// The words look as if they told who somebody is. They may stay, once they were looked at again.
    Personal(Personal),
}

/// What a line is told beside.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// What was told before: the line that is changed, or the agreed line that this one is told instead of.
    pub before: Option<&'a Line>,
    /// Whether another line is told instead of the line before already.
    pub is_corrected: bool,
    /// The organisation's sites.
    pub sites: &'a [PlaceId],
    /// How many minutes of that day are told in other lines, wherever that was.
    pub told: u32,
    /// Whether they may have started by that day.
    pub start: Result<(), Unmet>,
}

/// Tells what was done. Where the line before has been agreed, this one is told instead of it.
///
/// # Errors
/// [`LineRefused`].
pub fn tell(
    (me, id): (PersonId, HoursId),
    placement: &Placement,
    form: &LineForm<'_>,
    beside: Beside<'_>,
    (seen, today): (i64, NaiveDate),
) -> Result<NewLine, LineRefused> {
    let Beside { before, is_corrected, sites, told, start } = beside;
    let mut faults = Vec::new();
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    if me != placement.person {
        fault("activity", "Only whoever is on the placement tells its hours.".into());
    }
    if start.is_err() {
        let remedy = "The placement has not started yet: a check for the role is still missing. Ask whoever sees checks at the organisation.";
        fault("activity", remedy.into());
    }
    let activity = Activity::parse(form.activity);
    if activity.is_none() {
        fault("activity", "Choose what you did.".into());
    }
    let site = form.site.parse().ok().filter(|it| sites.contains(it));
    if site.is_none() {
        fault("site", "Choose where it was, from the list.".into());
    }
    let is_correction = before.is_some_and(|it| it.state == LineState::Agreed);
    let may_be_none = is_correction || before.is_some_and(|it| it.corrects.is_some());
    let minutes = minutes(form, may_be_none).unwrap_or_else(|remedy| {
        fault("hours", remedy);
        None
    });
    if minutes.is_some_and(|it| u32::from(it) + told > u32::from(A_DAY)) {
        fault("hours", "A day has 24 hours: look at what else you told of that day.".into());
    }
    let day = kept(form.day.needed(), "day", &mut faults);
    if let Some(day) = day {
        let remedy = match () {
            () if day > today => Some("Choose today or a day before: what is to come is told when it was."),
            () if !placement.holds_on(day) => Some("Choose a day on which your placement was going on."),
            () => None,
        };
        faults.extend(remedy.map(|it| FieldFault { field: "day", remedy: it.into() }));
    }
    let words = several_lines(form.words, LONGEST_WORDS, "words", &mut faults);
    let (Some(activity), Some(day), Some(minutes), Some(site), true) =
        (activity, day, minutes, site, faults.is_empty())
    else {
        return Err(LineRefused::Faults(faults));
    };
    if let Some(it) = Personal::in_text(&words).filter(|_| !form.is_looked_at) {
        return Err(LineRefused::Personal(it));
    }
    let corrects = match before {
        Some(_) if is_corrected => return Err(LineRefused::Newer),
        Some(it) if is_correction => Some(it.id),
        Some(it) if it.revision != seen || it.state == LineState::TakenBack => {
            return Err(LineRefused::Newer);
        }
        it => it.and_then(|it| it.corrects),
    };
    let revision = if is_correction { 1 } else { before.map_or(1, |it| it.revision + 1) };
    let (state, question) = (LineState::Waiting, String::new());
    Ok(NewLine(Line { id, activity, day, minutes, site, words, state, corrects, question, revision }))
}

/// Whole minutes of two fields. Only what takes the place of something may be none at all.
fn minutes(form: &LineForm<'_>, may_be_none: bool) -> Result<Option<u16>, String> {
    let figures = |text: &str, most: u16| {
        let text = text.trim();
        let fits = text.len() <= 2 && text.bytes().all(|it| it.is_ascii_digit());
        match text {
            "" => Some(0),
            _ if fits => text.parse::<u16>().ok().filter(|it| *it <= most),
            _ => None,
        }
    };
    let is_empty = form.hours.trim().is_empty() && form.minutes.trim().is_empty();
    let parts = figures(form.hours, 24).zip(figures(form.minutes, 59)).filter(|_| !is_empty);
    let least = u16::from(!may_be_none);
    let minutes =
        parts.map(|(hours, minutes)| hours * 60 + minutes).filter(|it| (least..=A_DAY).contains(it));
    match minutes {
        Some(minutes) => Ok(Some(minutes)),
        None => Err("Write how long it was in hours and minutes, such as 1 and 30.".into()),
    }
}

/// Takes a line back that does not count yet.
///
/// # Errors
/// [`LineRefused`].
pub fn take_back((me, of): (PersonId, PersonId), line: &Line, seen: i64) -> Result<NewLine, LineRefused> {
    let may = me == of && line.state != LineState::Agreed;
    match line.state {
        _ if !may => Err(LineRefused::Agreed),
        LineState::TakenBack => Err(LineRefused::Newer),
        _ if line.revision != seen => Err(LineRefused::Newer),
        _ => Ok(NewLine(Line { state: LineState::TakenBack, revision: line.revision + 1, ..line.clone() })),
    }
}

/// Lines that may be agreed together. Only [`agree`] makes them.
#[derive(Debug, PartialEq, Eq)]
pub struct Agreed(Vec<HoursId>);

impl Agreed {
    /// They.
    #[must_use]
    pub fn lines(&self) -> &[HoursId] {
        &self.0
    }
}

/// Why lines are not agreed: then none of them is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAgreed {
    /// Nothing was chosen, or more than fits.
    Choose,
    /// These were changed, agreed or taken back since the page was opened.
    Newer(Vec<HoursId>),
}

/// Agrees lines, all of them or none. `ticked` is each with the number that the page showed.
///
/// # Errors
/// [`NotAgreed`].
pub fn agree(
    _by: &PlacementSupervisor,
    there: &[Line],
    ticked: &[(HoursId, i64)],
) -> Result<Agreed, NotAgreed> {
    if ticked.is_empty() || ticked.len() > MOST_AT_ONCE {
        return Err(NotAgreed::Choose);
    }
    let waits = |(id, seen): &(HoursId, i64)| {
        let is_it = |it: &&Line| it.id == *id;
        there.iter().find(is_it).is_some_and(|it| it.state == LineState::Waiting && it.revision == *seen)
    };
    let newer: Vec<_> = ticked.iter().filter(|it| !waits(it)).map(|it| it.0).collect();
    if !newer.is_empty() {
        return Err(NotAgreed::Newer(newer));
    }
    let mut lines: Vec<_> = ticked.iter().map(|it| it.0).collect();
    lines.sort_unstable();
    lines.dedup();
    Ok(Agreed(lines))
}

/// Sends one line back with a question.
///
/// # Errors
/// [`LineRefused`].
pub fn ask(
    _by: &PlacementSupervisor,
    line: &Line,
    (question, is_looked_at): (&str, bool),
    seen: i64,
) -> Result<NewLine, LineRefused> {
    if line.state != LineState::Waiting || line.revision != seen {
        return Err(LineRefused::Newer);
    }
    let mut faults = Vec::new();
    let question = several_lines(question, LONGEST_WORDS, "question", &mut faults);
    if faults.is_empty() && question.is_empty() {
        faults.push(FieldFault { field: "question", remedy: "Write what you would like to know.".into() });
    }
    if !faults.is_empty() {
        return Err(LineRefused::Faults(faults));
    }
    if let Some(it) = Personal::in_text(&question).filter(|_| !is_looked_at) {
        return Err(LineRefused::Personal(it));
    }
    let (state, revision) = (LineState::Asked, line.revision + 1);
    Ok(NewLine(Line { state, question, revision, ..line.clone() }))
}

/// How many minutes of a day are told, without the line that is about to change and those that another line is told
/// instead of.
#[must_use]
pub fn told(lines: &[Line], but: Option<HoursId>) -> u32 {
    let stands = |it: &&Line| it.state != LineState::TakenBack && Some(it.id) != but;
    let instead: std::collections::BTreeSet<_> =
        lines.iter().filter(stands).filter_map(|it| it.corrects).collect();
    let counts = lines.iter().filter(stands).filter(|it| !instead.contains(&it.id));
    counts.map(|it| u32::from(it.minutes)).sum()
}

/// What counts of each kind, in minutes: agreed lines, without those that another agreed line is told instead of.
#[must_use]
pub fn totals(lines: &[Line]) -> [(Activity, u32); 5] {
    let is_agreed = |it: &&Line| it.state == LineState::Agreed;
    let instead: std::collections::BTreeSet<_> =
        lines.iter().filter(is_agreed).filter_map(|it| it.corrects).collect();
    Activity::ALL.map(|of| {
        let counts = |it: &&Line| it.activity == of && !instead.contains(&it.id);
        let minutes = lines.iter().filter(is_agreed).filter(counts).map(|it| u32::from(it.minutes));
        (of, minutes.sum())
    })
}
