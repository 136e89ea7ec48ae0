//! What people are to be told of what becomes due: some people at a time, with as many questions for all of them as for
//! one, whichever organisations they are something to.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::people::{Engagement, OrganisationId, PersonId, ReachWay};
use domain::sign_in::EmailAddress;
use domain::training::requirement::{
    Reminder, Requirement, RequirementId, Telling, Told, is_written_to, what_to_tell,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::{matrix, requirements};
use crate::entities::{engagement, reach, requirement_told, sign_in};
use crate::organisations::{Organisation, organisations};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// Some of all people, with all that says how they stand with what is required of them.
#[derive(Debug, Default)]
pub struct NextPeople {
    people: Vec<(PersonId, EmailAddress)>,
    engagements: HashMap<(PersonId, OrganisationId), Vec<Engagement>>,
    required: Vec<Requirement>,
    known: matrix::Known,
    told: HashMap<PersonId, Vec<Told>>,
    organisations: Vec<Organisation>,
    after: Option<PersonId>,
}

/// Somebody who is to be told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToTell {
    pub person: PersonId,
    pub email: EmailAddress,
    /// Something at least.
    pub telling: Vec<Telling>,
}

/// The next people after one, at most so many; from the first one on after nobody. Those who are not written to are left
/// out.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn next_people(db: &Db, after: Option<PersonId>, limit: u64) -> Result<NextPeople> {
    use sign_in::Column;
    // Nobody has this id, and everybody comes after it.
    let after = after.map_or(Uuid::nil(), PersonId::as_uuid);
    let rows = sign_in::Entity::find()
        .filter(Column::PersonId.gt(after))
        .order_by_asc(Column::PersonId)
        .limit(limit)
        .all(&db.read)
        .await?;
    let is_last = (rows.len() as u64) < limit;
    let after = rows.last().filter(|_| !is_last).map(|it| PersonId::from_uuid(it.person_id));
    let ids: Vec<Uuid> = rows.iter().map(|it| it.person_id).collect();
    if rows.is_empty() {
        return Ok(NextPeople::default());
    }
    let otherwise = reached_otherwise(db, &ids).await?;
    let people: Vec<_> = rows
        .into_iter()
        .filter(|it| it.confirmed_at.is_some() && !otherwise.contains(&it.person_id))
        .filter_map(|it| Some((PersonId::from_uuid(it.person_id), EmailAddress::parse(&it.email).ok()?)))
        .collect();
    let ids: Vec<PersonId> = people.iter().map(|it| it.0).collect();
    // Whoever is asked for with an empty list is looked for among everybody.
    if ids.is_empty() {
        return Ok(NextPeople { after, ..NextPeople::default() });
    }
    let engagements = engagements_of(db, &ids).await?;
    let there: BTreeSet<OrganisationId> = engagements.keys().map(|it| it.1).collect();
    let there: Vec<OrganisationId> = there.into_iter().collect();
    if there.is_empty() {
        return Ok(NextPeople { after, ..NextPeople::default() });
    }
    Ok(NextPeople {
        required: requirements::of_all(db, &there).await?,
        known: matrix::known_at(db, &there, &ids).await?,
        told: told(db, &ids).await?,
        organisations: organisations(db, &there).await?,
        people,
        engagements,
        after,
    })
}

/// Those who would rather not be written to.
async fn reached_otherwise(db: &Db, people: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    let of = reach::Column::PersonId.is_in(people.iter().copied());
    let mut otherwise = BTreeSet::new();
    for it in reach::Entity::find().filter(of).all(&db.read).await? {
        let way = ReachWay::parse(&it.way).ok_or_else(|| unknown("way to be reached", &it.way))?;
        if !is_written_to(Some(way)) {
            otherwise.insert(it.person_id);
        }
    }
    Ok(otherwise)
}

async fn engagements_of(
    db: &Db,
    people: &[PersonId],
) -> Result<HashMap<(PersonId, OrganisationId), Vec<Engagement>>> {
    let of = engagement::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid()));
    let mut engagements: HashMap<_, Vec<_>> = HashMap::new();
    for it in engagement::Entity::find().filter(of).all(&db.read).await? {
        let it = Engagement::try_from(it)?;
        engagements.entry((it.person, it.organisation)).or_default().push(it);
    }
    Ok(engagements)
}

async fn told(db: &Db, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<Told>>> {
    let of = requirement_told::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid()));
    let mut told: HashMap<_, Vec<_>> = HashMap::new();
    for it in requirement_told::Entity::find().filter(of).all(&db.read).await? {
        let reminder = Reminder::parse(&it.reminder).ok_or_else(|| unknown("reminder", &it.reminder))?;
        let requirement = RequirementId::from_uuid(it.requirement_id);
        let one = Told { requirement, reminder, due: it.due_on, on: it.told_on };
        told.entry(PersonId::from_uuid(it.person_id)).or_default().push(one);
    }
    Ok(told)
}

impl NextPeople {
    /// After whom to go on; nobody when these were the last.
    #[must_use]
    pub const fn after(&self) -> Option<PersonId> {
        self.after
    }

    /// One thing that is required of them, and the name of whoever requires it.
    #[must_use]
    pub fn required(&self, id: RequirementId) -> Option<(&Requirement, &str)> {
        let requirement = self.required.iter().find(|it| it.id == id)?;
        let by = self.organisations.iter().find(|it| it.id == requirement.organisation)?;
        Some((requirement, &by.name))
    }

    /// Who is to be told what. It asks the database nothing, and goes through everybody and everything: a place for it
    /// is beside those who answer people.
    #[must_use]
    pub fn to_tell(&self, today: NaiveDate) -> Vec<ToTell> {
        let one = |(person, email): &(PersonId, EmailAddress)| {
            let standings = self.required.iter().filter_map(|it| {
                let engagements = self.engagements.get(&(*person, it.organisation))?;
                Some((it.id, self.known.stands((*person, engagements), it, today)?))
            });
            let told = self.told.get(person).map_or(&[][..], Vec::as_slice);
            let telling = what_to_tell(&standings.collect::<Vec<_>>(), told, today);
            (!telling.is_empty()).then(|| ToTell { person: *person, email: email.clone(), telling })
        };
        self.people.iter().filter_map(one).collect()
    }
}

/// Rows in one statement: SQLite takes 32,766 values, and each has five.
const AT_ONCE: usize = 5000;

/// Keeps that people were told. What they were told before moves on to today.
///
/// # Errors
/// When the database does not answer, or somebody was told of the same thing a short while ago
/// (`requirement_told_again_after_weeks`).
pub async fn save_told(tx: &Tx, told: &[ToTell], today: NaiveDate) -> Result<()> {
    use requirement_told::Column;
    let rows: Vec<_> = told
        .iter()
        .flat_map(|it| it.telling.iter().map(|one| (it.person, one)))
        .map(|(person, it)| requirement_told::ActiveModel {
            person_id: Set(person.as_uuid()),
            requirement_id: Set(it.requirement().as_uuid()),
            reminder: Set(it.reminder().as_str().to_owned()),
            due_on: Set(it.due()),
            told_on: Set(today),
        })
        .collect();
    for some in rows.chunks(AT_ONCE) {
        let again =
            OnConflict::columns([Column::PersonId, Column::RequirementId, Column::Reminder, Column::DueOn])
                .update_column(Column::ToldOn)
                .to_owned();
        let insert = requirement_told::Entity::insert_many(some.to_vec()).on_conflict(again);
        insert.exec_without_returning(&tx.0).await?;
    }
    Ok(())
}
