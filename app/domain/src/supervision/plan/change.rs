//! Moving what is planned, and calling it off.

use chrono::{DateTime, Utc};

use super::slot::{Busy, Free, Slot, is_free, outside, untimely};
use super::{CalledOff, Fate, Planned, PlannedId, Why};
use crate::people::{FieldFault, PersonId, StrandMember};
use crate::supervision::arrangement::{Arrangement, Spell};
use crate::supervision::session::may_write;
use crate::wall::Wall;

/// One at its new time. Only [`shift`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    planned: PlannedId,
    number: i64,
    slot: Slot,
}

impl Moved {
    #[must_use]
    pub const fn planned(&self) -> PlannedId {
        self.planned
    }

    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    /// When and where it is from now on.
    #[must_use]
    pub const fn slot(&self) -> &Slot {
        &self.slot
    }
}

/// Why one is not moved or called off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChanged {
    /// It stands so already, as after a second tap.
    Already,
    /// It was changed, called off or written down since the page was opened.
    Newer,
    /// What has to be put right.
    Faults(Vec<FieldFault>),
}

/// Moves one to another time or place, and with it those that come after it (`later`): each by as many days. `busy` is
/// when somebody cannot, without those that are moved.
///
/// In the order in which they can be kept one by one: no two of them are ever at the same time.
///
/// # Errors
/// [`NotChanged`].
///
/// # Panics
/// If somebody moves it who may not ([`super::may_plan`]), which would be a bug.
pub fn shift(
    by: &StrandMember,
    (arrangement, spells): (&Arrangement, &[Spell]),
    (planned, later): (&Planned, &[Planned]),
    (slot, seen): (&Slot, i64),
    (busy, wall, now): (&[Busy], Wall<'_>, DateTime<Utc>),
) -> Result<Vec<Moved>, NotChanged> {
    assert!(may_write(arrangement, by.part()), "somebody else plans what a group does");
    let by_days = slot.day() - planned.day;
    let later = later.iter().filter(|it| it.fate == Fate::Open && it.starts > planned.starts);
    let later = later.map(|it| (it, slot.on(it.day + by_days, wall)));
    let mut moved: Vec<_> = core::iter::once((planned, slot.clone())).chain(later).collect();
    let is_there = |(it, slot): &(&Planned, Slot)| {
        (it.starts, it.minutes, &*it.place) == (slot.starts(), slot.minutes(), slot.place())
    };
    if planned.fate == Fate::Open && moved.iter().all(is_there) {
        return Err(NotChanged::Already);
    }
    if planned.fate != Fate::Open || planned.number != seen {
        return Err(NotChanged::Newer);
    }
    let fault = |remedy: &str| {
        Err(NotChanged::Faults(vec![FieldFault { field: "day_day", remedy: remedy.to_owned() }]))
    };
    for (_, slot) in &moved {
        if let Some(remedy) = outside(arrangement, slot.day()) {
            return fault(&remedy);
        }
        if let Some(remedy) = untimely(slot.starts(), now) {
            return fault(remedy);
        }
        let day = slot.day().format("%-d %B %Y");
        match is_free(spells, slot, busy) {
            Free::Yes => {}
            Free::Busy => {
                return fault(&format!("Somebody is busy at that time on {day}. Choose another time."));
            }
            Free::Nobody => return fault(&format!("Nobody belongs to the group on {day}.")),
        }
    }
    moved.sort_by_key(|it| it.0.starts);
    // Two of one day would come to the same time.
    if moved.windows(2).any(|pair| Busy::from(&pair[0].1).clashes_with(&pair[1].1)) {
        return fault("Two of them would be at the same time. Move them one by one.");
    }
    if slot.starts() > planned.starts {
        moved.reverse();
    }
    let one = |(it, slot): (&Planned, Slot)| Moved { planned: it.id, number: it.number + 1, slot };
    Ok(moved.into_iter().map(one).collect())
}

/// What was typed when one is called off.
#[derive(Clone, Copy, Debug)]
pub struct OffForm<'a> {
    /// A [`CalledOff`].
    pub off: &'a str,
    /// A [`Why`].
    pub why: &'a str,
    /// How often the page showed it changed.
    pub seen: i64,
}

/// That one does not take place. Only [`call_off`] makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewOff {
    planned: PlannedId,
    off: CalledOff,
    why: Option<Why>,
    by: PersonId,
}

impl NewOff {
    #[must_use]
    pub const fn planned(&self) -> PlannedId {
        self.planned
    }

    #[must_use]
    pub const fn off(&self) -> CalledOff {
        self.off
    }

    /// In a word, where somebody could not.
    #[must_use]
    pub const fn why(&self) -> Option<Why> {
        self.why
    }

    /// Who says so.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }
}

/// Calls one off, or says afterwards that it did not take place.
///
/// # Errors
/// [`NotChanged`].
///
/// # Panics
/// If somebody does who may not ([`may_write`]), which would be a bug.
pub fn call_off(
    by: &StrandMember,
    (arrangement, planned): (&Arrangement, &Planned),
    form: &OffForm<'_>,
    now: DateTime<Utc>,
) -> Result<NewOff, NotChanged> {
    assert!(may_write(arrangement, by.part()), "somebody else plans what a group does");
    let off = CalledOff::parse(form.off);
    match planned.fate {
        Fate::Off(there) if off == Some(there) => return Err(NotChanged::Already),
        Fate::Open if planned.number == form.seen => {}
        Fate::Open | Fate::Off(_) | Fate::Held(_) => return Err(NotChanged::Newer),
    }
    let mut faults = Vec::new();
    let mut fault = |field, remedy: &str| faults.push(FieldFault { field, remedy: remedy.into() });
    let needs_why = matches!(off, Some(CalledOff::Supervisor | CalledOff::Supervisee | CalledOff::Service));
    let why = Why::parse(form.why).filter(|_| needs_why);
    match off {
        None => fault("off", "Choose who could not, or what it was."),
        Some(off) if off.is_seen_afterwards() && now < planned.starts => {
            fault("off", "It has not begun yet. Choose something else, or wait until it has.");
        }
        Some(_) if needs_why && why.is_none() => fault("why", "Choose a word for it."),
        Some(_) => {}
    }
    match off {
        Some(off) if faults.is_empty() => Ok(NewOff { planned: planned.id, off, why, by: by.person() }),
        _ => Err(NotChanged::Faults(faults)),
    }
}
