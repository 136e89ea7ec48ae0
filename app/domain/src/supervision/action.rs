//! What is agreed on in a session: who does what until when. It carries over until it is done, with the session in which
//! it was agreed.

use chrono::{Months, NaiveDate};

use super::arrangement::Part;
use crate::day::TypedDay;
use crate::people::{FieldFault, PersonId, StrandMember, ids};
use crate::typed::{kept, needed_line};

#[cfg(test)]
mod tests;

ids! {
    /// Something that somebody is to do.
    ActionId;
}

/// The longest words, in characters.
pub const LONGEST_ACTION: usize = 200;
/// How far ahead something may be due. Our choice.
const DUE_WITHIN: Months = Months::new(24);

/// What was typed of one. Each row of a form has fields of its own.
#[derive(Clone, Copy, Debug)]
pub struct ActionForm<'a> {
    /// What its fields are called in the form: what, who and by when.
    pub fields: [&'static str; 3],
    pub what: &'a str,
    pub owner: &'a str,
    pub due: TypedDay<'a>,
    /// Others who count sessions may see that it was agreed, and until when.
    pub is_shareable: bool,
}

impl ActionForm<'_> {
    /// Whether the row was left as it was.
    fn is_empty(&self) -> bool {
        self.what.trim().is_empty()
            && [self.due.day, self.due.month, self.due.year].iter().all(|it| it.trim().is_empty())
    }
}

/// Something that is to be done and may be kept. Only [`super::session::held`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAction {
    what: String,
    owner: PersonId,
    due_on: NaiveDate,
    is_shareable: bool,
}

impl NewAction {
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Who does it.
    #[must_use]
    pub const fn owner(&self) -> PersonId {
        self.owner
    }

    /// By which day.
    #[must_use]
    pub const fn due_on(&self) -> NaiveDate {
        self.due_on
    }

    #[must_use]
    pub const fn is_shareable(&self) -> bool {
        self.is_shareable
    }
}

/// Reads the rows that are not empty. `people` are those who may own one: whoever was there that day.
pub(super) fn actions(
    rows: &[ActionForm<'_>],
    (people, day): (&[PersonId], NaiveDate),
    faults: &mut Vec<FieldFault>,
) -> Vec<NewAction> {
    rows.iter().filter(|it| !it.is_empty()).filter_map(|it| action(it, (people, day), faults)).collect()
}

fn action(
    form: &ActionForm<'_>,
    (people, day): (&[PersonId], NaiveDate),
    faults: &mut Vec<FieldFault>,
) -> Option<NewAction> {
    let before = faults.len();
    let [what, who, by_when] = form.fields;
    let words = needed_line(
        form.what,
        LONGEST_ACTION,
        (what, "Write what is to be done, or empty its day too."),
        faults,
    );
    let owner = form.owner.parse().ok().filter(|it| people.contains(it));
    if owner.is_none() {
        let remedy = "Choose who does it.".to_owned();
        faults.push(FieldFault { field: who, remedy });
    }
    let due_on = kept(form.due.needed(), by_when, faults);
    let latest = day.checked_add_months(DUE_WITHIN).unwrap_or(NaiveDate::MAX);
    if due_on.is_some_and(|it| it < day || it > latest) {
        let remedy = "Choose a day from that of the session on, within two years.".to_owned();
        faults.push(FieldFault { field: by_when, remedy });
    }
    let (owner, due_on) = (owner?, due_on?);
    (faults.len() == before).then_some(NewAction {
        what: words,
        owner,
        due_on,
        is_shareable: form.is_shareable,
    })
}

/// Something that is to be done, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub id: ActionId,
    /// Who does it.
    pub owner: PersonId,
    pub is_done: bool,
}

/// That something is done, or open after all. Only [`settle`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    action: ActionId,
    is_done: bool,
    by: PersonId,
}

impl Settled {
    #[must_use]
    pub const fn action(&self) -> ActionId {
        self.action
    }

    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.is_done
    }

    /// Who says so.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }
}

/// Whether somebody may say that something is done: whose it is, and whoever supervises there.
#[must_use]
pub fn may_settle(by: &StrandMember, owner: PersonId) -> bool {
    owner == by.person() || by.part() == Part::Supervisor
}

/// Says that something is done, or open after all; nothing if it is so already, as after a second tap, or if it is for
/// somebody else to say.
#[must_use]
pub fn settle(by: &StrandMember, action: &Agreed, is_done: bool) -> Option<Settled> {
    let changes = may_settle(by, action.owner) && action.is_done != is_done;
    changes.then_some(Settled { action: action.id, is_done, by: by.person() })
}
