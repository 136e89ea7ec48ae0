//! Raising a concern.

use chrono::{DateTime, Utc};

use super::answer::{WrittenForm, written};
use super::{Cover, Knows, Route, There, Written, due};
use crate::people::{ConcernRaiser, FieldFault, OrganisationId, PersonId};
use crate::personal::Personal;

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct RaiseForm<'a> {
    /// A [`Knows`].
    pub knows: &'a str,
    /// The ids of those who would be told and whom it is about.
    pub about: &'a [&'a str],
    pub written: WrittenForm<'a>,
}

/// A concern that may be kept. Only [`raise`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConcern {
    organisation: OrganisationId,
    route: Route,
    by: PersonId,
    knows: Option<Knows>,
    about: Vec<PersonId>,
    told: PersonId,
    due_at: DateTime<Utc>,
    written: Option<Written>,
}

impl NewConcern {
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    #[must_use]
    pub const fn route(&self) -> Route {
        self.route
    }

    /// Who raises it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    #[must_use]
    pub const fn knows(&self) -> Option<Knows> {
        self.knows
    }

    /// Whom of those who would be told it is about.
    #[must_use]
    pub fn about(&self) -> &[PersonId] {
        &self.about
    }

    /// Who is told.
    #[must_use]
    pub const fn told(&self) -> PersonId {
        self.told
    }

    /// When it goes on to the next.
    #[must_use]
    pub const fn due_at(&self) -> DateTime<Utc> {
        self.due_at
    }

    #[must_use]
    pub const fn written(&self) -> Option<&Written> {
        self.written.as_ref()
    }
}

/// Why a concern is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRaised {
    /// Where it is written down looks as if it told who somebody is: somebody looks again.
    Personal(Personal),
    /// What has to be put right.
    Faults(Vec<FieldFault>),
}

/// Raises a concern with the first of those who cover it today and whom it is not about. `there` are those who may be
/// told such things today.
///
/// # Errors
/// [`NotRaised`]; of the field `about`, if nobody is left who could be told.
pub fn raise(
    by: &ConcernRaiser,
    (cover, there): (&Cover, &[There]),
    form: &RaiseForm<'_>,
    now: DateTime<Utc>,
) -> Result<NewConcern, NotRaised> {
    assert!(by.organisation() == cover.organisation, "another organisation covers its own");
    let mut faults = Vec::new();
    let mut fault = |field, remedy: &str| faults.push(FieldFault { field, remedy: remedy.into() });
    let knows = Knows::parse(form.knows).filter(|_| cover.route.asks_who_knows());
    if cover.route.asks_who_knows() && knows.is_none() {
        fault("knows", "Choose one of these. It is no mistake if they do not know yet.");
    }
    let about: Vec<PersonId> =
        cover.holders.iter().filter(|it| form.about.contains(&&*it.to_string())).copied().collect();
    let told = cover.reach(there, by.person(), &about).first().copied();
    if told.is_none() {
        fault(
            "about",
            "Nobody is left here who could be told. Ring those who are named below instead: they are not of this organisation.",
        );
    }
    let written = written(&form.written, &mut faults).map_err(NotRaised::Personal)?;
    match told {
        Some(told) if faults.is_empty() => Ok(NewConcern {
            organisation: cover.organisation,
            route: cover.route,
            by: by.person(),
            knows,
            about,
            told,
            due_at: due(cover, now),
            written,
        }),
        _ => Err(NotRaised::Faults(faults)),
    }
}
