//! People and what is required of them: a page of people by name, and how each stands with everything. It is worked
//! out from what is read for the page; nothing of it is kept.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::people::{Engagement, EngagementKind, OrganisationId, PersonId, PlaceId, filed};
use domain::training::requirement::{
    Accepted, Done, Facts, Pause, Requirement, RequirementId, Standing, standing,
};
use sea_orm::sea_query::{Expr, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::policies;
use super::records::Notes;
use crate::audit::Action;
use crate::entities::{
    directory, engagement, requirement_booking, requirement_exemption, requirement_record,
    requirement_record_for,
};
use crate::organisations::{Colleague, colleagues};
use crate::people::holds_on;
use crate::people::small;
use crate::{Db, Result};

/// Somebody took the whole matrix out as a file.
pub const EXPORTED: Action = Action::named("requirements_exported");

/// Which people of an organisation, a page at a time in order of name.
#[derive(Clone, Copy, Debug)]
pub struct Among<'a> {
    /// Who are one of these today.
    pub kinds: &'a [EngagementKind],
    /// And in this team.
    pub team: Option<PlaceId>,
    /// How one of their names begins; empty for everybody.
    pub called: &'a str,
    /// The last one of the page before.
    pub after: Option<PersonId>,
    pub today: NaiveDate,
    /// At most so many.
    pub limit: u64,
}

/// A page of people.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn people(db: &Db, organisation: OrganisationId, among: Among<'_>) -> Result<Vec<Colleague>> {
    use directory::Column;
    if among.kinds.is_empty() {
        return Ok(Vec::new());
    }
    let here = organisation.as_uuid();
    let mut found = directory::Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::OrganisationId.eq(here))
        .filter(is_one(&among))
        .order_by_asc(Column::FiledUnder)
        .order_by_asc(Column::PersonId)
        .limit(among.limit);
    if among.called.is_empty() {
        found = found.filter(Column::Leads.eq(true));
    } else {
        // Keys are letters, figures and spaces: all of them come before a tilde. Nothing begins with an empty one.
        let key = filed(among.called);
        let end = if key.is_empty() { String::new() } else { format!("{key}~") };
        found = found.filter(Column::FiledUnder.gte(key)).filter(Column::FiledUnder.lt(end));
    }
    if let Some(after) = among.after {
        let last = directory::Entity::find()
            .filter(Column::PersonId.eq(after.as_uuid()))
            .filter(Column::OrganisationId.eq(here))
            .filter(Column::Leads.eq(true));
        // Whoever does not stand there has nobody after them.
        let Some(last) = last.one(&db.read).await? else { return Ok(Vec::new()) };
        let place = Expr::tuple([Expr::col(Column::FiledUnder), Expr::col(Column::PersonId)]);
        found = found.filter(place.gt(Expr::tuple([last.filed_under.into(), last.person_id.into()])));
    }
    let rows = db.read.query_all(&found.into_query()).await?;
    let mut ids = Vec::with_capacity(rows.len());
    for row in rows {
        let person: Uuid = row.try_get_by_index(0)?;
        // Sam Samson is found by "sam" twice.
        if !ids.contains(&person) {
            ids.push(person);
        }
    }
    colleagues(db, organisation, &ids, among.today).await
}

/// Whether the person of an entry is one of those who are asked for.
fn is_one(among: &Among<'_>) -> SimpleExpr {
    use engagement::Column;
    let entry = |it| (directory::Entity, it);
    let col = |it| Expr::col((engagement::Entity, it));
    let mut theirs = Query::select();
    theirs
        .expr(Expr::value(1))
        .from(engagement::Entity)
        .and_where(col(Column::PersonId).equals(entry(directory::Column::PersonId)))
        .and_where(col(Column::OrganisationId).equals(entry(directory::Column::OrganisationId)))
        .and_where(Column::Kind.is_in(among.kinds.iter().map(|it| it.as_str())))
        .cond_where(holds_on(among.today));
    if let Some(team) = among.team {
        theirs.and_where(Column::TeamId.eq(team.as_uuid()));
    }
    Expr::exists(theirs)
}

type ByRequirement<T> = HashMap<RequirementId, Vec<T>>;

/// What is known of some people, put in order so that each is looked up once.
#[derive(Debug, Default)]
pub struct Known {
    done: HashMap<(PersonId, RequirementId), Vec<Done>>,
    accepted: HashMap<(PersonId, RequirementId), Vec<Accepted>>,
    booked: HashMap<(PersonId, RequirementId), Vec<NaiveDate>>,
    exempt: HashMap<(PersonId, RequirementId), Vec<Pause>>,
}

/// What is known of these people: four questions, however many they are. What was taken back is not known any more.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn known(db: &Db, organisation: OrganisationId, people: &[PersonId]) -> Result<Known> {
    known_at(db, &[organisation], people).await
}

/// The same to several organisations at once.
pub(super) async fn known_at(
    db: &Db,
    organisations: &[OrganisationId],
    people: &[PersonId],
) -> Result<Known> {
    let mut known = Known::default();
    if people.is_empty() || organisations.is_empty() {
        return Ok(known);
    }
    let here: Vec<Uuid> = organisations.iter().map(|it| it.as_uuid()).collect();
    let ids: Vec<Uuid> = people.iter().map(|it| it.as_uuid()).collect();
    let key = |(person, requirement)| (PersonId::from_uuid(person), RequirementId::from_uuid(requirement));
    for row in db.read.query_all(&counting(&here, &ids)).await? {
        let done = Done {
            on: row.try_get_by_index(2)?,
            minutes: small("length", row.try_get_by_index(3)?)?,
            part: row.try_get_by_index(4)?,
        };
        let of = key((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        known.done.entry(of).or_default().push(done);
    }
    let bookings = {
        use requirement_booking::{Column, Entity};
        let found = Entity::find().filter(Column::OrganisationId.is_in(here.iter().copied()));
        let found = found.filter(Column::PersonId.is_in(ids.iter().copied()));
        found.filter(Column::BackBy.is_null()).all(&db.read).await?
    };
    for it in bookings {
        known.booked.entry(key((it.person_id, it.requirement_id))).or_default().push(it.booked_on);
    }
    let exemptions = {
        use requirement_exemption::{Column, Entity};
        let found = Entity::find().filter(Column::OrganisationId.is_in(here));
        found.filter(Column::PersonId.is_in(ids)).filter(Column::BackBy.is_null()).all(&db.read).await?
    };
    for it in exemptions {
        let time = Pause { from: it.from_on, until: it.until_on };
        known.exempt.entry(key((it.person_id, it.requirement_id))).or_default().push(time);
    }
    for (person, policy, it) in policies::accepted(db, organisations, people).await? {
        known.accepted.entry((person, policy)).or_default().push(it);
    }
    Ok(known)
}

/// Whose records count for what: only what the rule needs of them, for there are many.
fn counting(here: &[Uuid], people: &[Uuid]) -> SelectStatement {
    use requirement_record::Column as Of;
    use requirement_record_for::Column as For;
    let counts = |it| (requirement_record_for::Entity, it);
    let record = |it| (requirement_record::Entity, it);
    Query::select()
        .columns([counts(For::PersonId), counts(For::RequirementId)])
        .columns([record(Of::DoneOn), record(Of::Minutes), record(Of::Part)])
        .from(requirement_record_for::Entity)
        .inner_join(requirement_record::Entity, Expr::col(record(Of::Id)).equals(counts(For::RecordId)))
        .and_where(Expr::col(counts(For::OrganisationId)).is_in(here.iter().copied()))
        .and_where(Expr::col(counts(For::PersonId)).is_in(people.iter().copied()))
        .and_where(Expr::col(record(Of::BackBy)).is_null())
        .to_owned()
}

impl Known {
    /// Out of what was written down; what was taken back is not known any more.
    #[must_use]
    pub fn of(notes: &Notes) -> Self {
        let mut known = Self::default();
        for (requirement, it) in notes.records.iter().filter(|it| it.1.back.is_none()) {
            known.done.entry((it.of, *requirement)).or_default().push(it.done.clone());
        }
        for (person, policy, it) in &notes.accepted {
            known.accepted.entry((*person, *policy)).or_default().push(*it);
        }
        for it in notes.bookings.iter().filter(|it| it.back.is_none()) {
            known.booked.entry((it.of, it.requirement)).or_default().push(it.on);
        }
        for it in notes.exemptions.iter().filter(|it| it.back.is_none()) {
            known.exempt.entry((it.of, it.requirement)).or_default().push(it.time);
        }
        known
    }

    /// How somebody stands with each of these, in the same order; nothing where it is not asked of them.
    #[must_use]
    pub fn standings(&self, who: &Colleague, all: &[Requirement], today: NaiveDate) -> Vec<Option<Standing>> {
        let engagements: Vec<_> = who.engagements.iter().chain(&who.former).cloned().collect();
        all.iter().map(|it| self.stands((who.id, &engagements), it, today)).collect()
    }

    /// What one person did, and when they need not, by requirement.
    pub(super) fn of_one(&self, person: PersonId) -> (ByRequirement<Done>, ByRequirement<Pause>) {
        fn theirs<T: Clone>(
            all: &HashMap<(PersonId, RequirementId), Vec<T>>,
            person: PersonId,
        ) -> ByRequirement<T> {
            let theirs = all.iter().filter(|it| it.0.0 == person);
            theirs.map(|it| (it.0.1, it.1.clone())).collect()
        }
        (theirs(&self.done, person), theirs(&self.exempt, person))
    }

    /// How somebody stands with one who is, was and will be this to its organisation.
    pub(super) fn stands(
        &self,
        (who, engagements): (PersonId, &[Engagement]),
        one: &Requirement,
        today: NaiveDate,
    ) -> Option<Standing> {
        let key = (who, one.id);
        let facts = Facts {
            engagements,
            done: self.done.get(&key).map_or(&[][..], Vec::as_slice),
            accepted: self.accepted.get(&key).map_or(&[][..], Vec::as_slice),
            booked: self.booked.get(&key).map_or(&[][..], Vec::as_slice),
            exempt: self.exempt.get(&key).map_or(&[][..], Vec::as_slice),
        };
        standing(one, &facts, today)
    }

    /// How somebody stands with one; nothing if it is not asked of them.
    #[must_use]
    pub fn standing(&self, who: &Colleague, one: &Requirement, today: NaiveDate) -> Option<Standing> {
        self.standings(who, std::slice::from_ref(one), today).pop().flatten()
    }
}
