//! Asking somebody for a debrief, because something came up. It stands in their list until one of the two says what became
//! of it. What it is about is told in the talk and nowhere here.

use chrono::{DateTime, Utc};

use super::Strand;
use super::arrangement::CannotBeChosen;
use crate::people::{FieldFault, OrganisationId, PersonId, StrandSupervisor, ids, words};

#[cfg(test)]
mod tests;

ids! {
    /// That somebody asks for a debrief.
    DebriefId;
}

words! {
    /// How soon.
    pub enum Soon {
        /// Before the day is over.
        Today = "today",
        /// Within a few days.
        ThisWeek = "this_week",
        /// It can wait.
        WhenItSuits = "when_it_suits",
    }
}

impl Soon {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::ThisWeek => "This week",
            Self::WhenItSuits => "When it suits",
        }
    }
}

words! {
    /// What became of it.
    pub enum Became {
        /// They have talked.
        Talked = "talked",
        /// They have found a time.
        Arranged = "arranged",
        /// Whoever asked needs it no more.
        NotNeeded = "not_needed",
    }
}

impl Became {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Talked => "We have talked",
            Self::Arranged => "We have found a time",
            Self::NotNeeded => "I need it no more",
        }
    }
}

/// What somebody asked for, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: DebriefId,
    /// For whose people.
    pub organisation: OrganisationId,
    /// Who asks.
    pub person: PersonId,
    /// Whom.
    pub of: PersonId,
    pub soon: Soon,
    pub at: DateTime<Utc>,
}

/// That somebody asks. Only [`ask`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewAsked {
    organisation: OrganisationId,
    person: PersonId,
    of: PersonId,
    soon: Soon,
}

impl NewAsked {
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Who asks.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// Whom.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    #[must_use]
    pub const fn soon(&self) -> Soon {
        self.soon
    }
}

/// Asks for a debrief. `theirs` are the strands in which whoever is asked supervises today: only who may talk about what
/// came up is asked.
///
/// # Errors
/// What has to be put right.
pub fn ask(
    person: PersonId,
    (organisation, theirs): (OrganisationId, &[StrandSupervisor]),
    soon: &str,
) -> Result<NewAsked, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let may = |it: &&StrandSupervisor| {
        it.strand() == Strand::AdHoc && it.supervisee() == person && it.organisation() == organisation
    };
    let of = theirs.iter().find(may).map(StrandSupervisor::person);
    if of.is_none() {
        faults.push(FieldFault { field: "of", remedy: CannotBeChosen.to_string() });
    }
    let soon = Soon::parse(soon);
    if soon.is_none() {
        faults.push(FieldFault { field: "soon", remedy: "Choose how soon.".into() });
    }
    match (of, soon) {
        (Some(of), Some(soon)) => Ok(NewAsked { organisation, person, of, soon }),
        _ => Err(faults),
    }
}

/// What became of it. Only [`answer`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    debrief: DebriefId,
    became: Became,
    by: PersonId,
}

impl NewAnswer {
    #[must_use]
    pub const fn debrief(&self) -> DebriefId {
        self.debrief
    }

    #[must_use]
    pub const fn became(&self) -> Became {
        self.became
    }

    /// Who says so.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }
}

/// What each of the two may say of it.
#[must_use]
pub fn may_say(by: PersonId, asked: &Asked) -> &'static [Became] {
    if by == asked.of {
        &[Became::Talked, Became::Arranged]
    } else if by == asked.person {
        &[Became::Talked, Became::NotNeeded]
    } else {
        &[]
    }
}

/// Says what became of it; nothing if that is not theirs to say.
#[must_use]
pub fn answer(by: PersonId, asked: &Asked, became: &str) -> Option<NewAnswer> {
    let became = Became::parse(became).filter(|it| may_say(by, asked).contains(it))?;
    Some(NewAnswer { debrief: asked.id, became, by })
}
