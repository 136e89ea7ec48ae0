//! What was written down about people and what is required of them: done, booked, exempt. Nothing is rewritten; what
//! was wrong is taken back and stays, with the reason.

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::training::requirement::{
    Accepted, BookingId, Done, ExemptionId, NewBooking, NewExemption, NewRecord, Pause, RecordId,
    Requirement, RequirementId, TakenBack,
};
use sea_orm::sea_query::Query;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use super::policies;
use crate::audit::Action;
use crate::entities::{
    requirement_booking, requirement_exemption, requirement_record, requirement_record_for,
};
use crate::people::small;
use crate::{Db, Failure, Result, Tx};

/// What somebody did was written down.
pub const RECORDED: Action = Action::named("requirement_recorded");
/// A day was set for somebody.
pub const BOOKED: Action = Action::named("requirement_booked");
/// Somebody need not.
pub const EXEMPTED: Action = Action::named("requirement_exempted");
/// Something was taken back.
pub const TAKEN_BACK: Action = Action::named("requirement_taken_back");
/// Somebody lets something count for another organisation.
pub const COUNTED: Action = Action::named("requirement_counted");

/// That something was taken back: by whom, why, and on which day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    pub by: PersonId,
    pub why: String,
    pub on: NaiveDate,
}

impl Back {
    fn of((by, why, on): (Option<Uuid>, Option<String>, Option<NaiveDate>)) -> Option<Self> {
        Some(Self { by: PersonId::from_uuid(by?), why: why?, on: on? })
    }
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: RecordId,
    pub of: PersonId,
    /// Where it was written down, and under which requirement.
    pub organisation: OrganisationId,
    pub requirement: RequirementId,
    pub done: Done,
    pub level: u8,
    pub provider: String,
    pub evidence: String,
    pub by: PersonId,
    pub back: Option<Back>,
}

/// A day that is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub id: BookingId,
    pub of: PersonId,
    pub requirement: RequirementId,
    pub on: NaiveDate,
    pub by: PersonId,
    pub back: Option<Back>,
}

/// That somebody need not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    pub id: ExemptionId,
    pub of: PersonId,
    pub requirement: RequirementId,
    pub time: Pause,
    pub why: String,
    pub by: PersonId,
    pub back: Option<Back>,
}

/// All that an organisation knows of some people and what it requires.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// For which requirement of this organisation each counts; what was taken back stands among them.
    pub records: Vec<(RequirementId, Record)>,
    pub bookings: Vec<Booking>,
    pub exemptions: Vec<Exemption>,
    /// What they accepted of its policies, each for themself: nobody takes it back.
    pub accepted: Vec<(PersonId, RequirementId, Accepted)>,
}

/// What an organisation knows of these people, the latest first: five questions, however many they are.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn about(db: &Db, organisation: OrganisationId, people: &[PersonId]) -> Result<Notes> {
    if people.is_empty() {
        return Ok(Notes::default());
    }
    let here = organisation.as_uuid();
    let ids: Vec<Uuid> = people.iter().map(|it| it.as_uuid()).collect();
    let counts = {
        use requirement_record_for::{Column, Entity};
        let found = Entity::find().filter(Column::OrganisationId.eq(here));
        found.filter(Column::PersonId.is_in(ids.iter().copied())).all(&db.read).await?
    };
    let records = {
        use requirement_record::{Column, Entity};
        let counting = Query::select()
            .column(requirement_record_for::Column::RecordId)
            .from(requirement_record_for::Entity)
            .and_where(requirement_record_for::Column::OrganisationId.eq(here))
            .and_where(requirement_record_for::Column::PersonId.is_in(ids.iter().copied()))
            .to_owned();
        let found = Entity::find().filter(Column::Id.in_subquery(counting));
        found.order_by_desc(Column::DoneOn).order_by_desc(Column::Id).all(&db.read).await?
    };
    let records = records.into_iter().map(Record::try_from).collect::<Result<Vec<_>>>()?;
    // A record counts for one requirement here; it may count for others elsewhere.
    let counts: std::collections::HashMap<Uuid, Uuid> =
        counts.into_iter().map(|it| (it.record_id, it.requirement_id)).collect();
    let placed = |it: Record| Some((RequirementId::from_uuid(*counts.get(&it.id.as_uuid())?), it));
    let bookings = {
        use requirement_booking::{Column, Entity};
        let found = Entity::find().filter(Column::OrganisationId.eq(here));
        let found = found.filter(Column::PersonId.is_in(ids.iter().copied()));
        found.order_by_desc(Column::BookedOn).all(&db.read).await?
    };
    let exemptions = {
        use requirement_exemption::{Column, Entity};
        let found = Entity::find().filter(Column::OrganisationId.eq(here));
        found.filter(Column::PersonId.is_in(ids)).order_by_desc(Column::UntilOn).all(&db.read).await?
    };
    Ok(Notes {
        records: records.into_iter().filter_map(placed).collect(),
        bookings: bookings.into_iter().map(Booking::from).collect(),
        exemptions: exemptions.into_iter().map(Exemption::from).collect(),
        accepted: policies::accepted(db, &[organisation], people).await?,
    })
}

/// One record.
///
/// # Errors
/// When the database does not answer.
pub async fn record(db: &Db, id: RecordId) -> Result<Option<Record>> {
    requirement_record::Entity::find_by_id(id.as_uuid())
        .one(&db.read)
        .await?
        .map(Record::try_from)
        .transpose()
}

/// Keeps what somebody did, unless it has been kept: then a form was sent twice.
///
/// # Errors
/// When the database does not answer.
pub async fn save_record(
    tx: &Tx,
    (id, requirement): (RecordId, &Requirement),
    new: &NewRecord,
    now: DateTime<Utc>,
) -> Result<bool> {
    if requirement_record::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let row = requirement_record::ActiveModel {
        id: Set(id.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        organisation_id: Set(requirement.organisation.as_uuid()),
        requirement_id: Set(requirement.id.as_uuid()),
        done_on: Set(new.on()),
        part: Set(new.part().to_owned()),
        minutes: Set(new.minutes().into()),
        level: Set(new.level().into()),
        provider: Set(new.provider().to_owned()),
        evidence: Set(new.evidence().to_owned()),
        by_person: Set(new.by().as_uuid()),
        made_at: Set(now.timestamp_millis()),
        back_by: Set(None),
        back_why: Set(None),
        back_on: Set(None),
    };
    row.insert(&tx.0).await?;
    count_for(tx, (id, new.of()), requirement).await?;
    Ok(true)
}

/// Lets a record count for a requirement. Once is enough.
///
/// # Errors
/// When the database does not answer.
pub async fn count_for(tx: &Tx, (id, of): (RecordId, PersonId), requirement: &Requirement) -> Result<()> {
    let row = requirement_record_for::ActiveModel {
        organisation_id: Set(requirement.organisation.as_uuid()),
        person_id: Set(of.as_uuid()),
        requirement_id: Set(requirement.id.as_uuid()),
        record_id: Set(id.as_uuid()),
    };
    let insert = requirement_record_for::Entity::insert(row).on_conflict_do_nothing();
    insert.exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps a day that is set, unless it has been kept.
///
/// # Errors
/// When the database does not answer.
pub async fn save_booking(
    tx: &Tx,
    (id, requirement): (BookingId, &Requirement),
    new: &NewBooking,
    now: DateTime<Utc>,
) -> Result<bool> {
    if requirement_booking::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let row = requirement_booking::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(requirement.organisation.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        requirement_id: Set(requirement.id.as_uuid()),
        booked_on: Set(new.on()),
        by_person: Set(new.by().as_uuid()),
        made_at: Set(now.timestamp_millis()),
        back_by: Set(None),
        back_why: Set(None),
        back_on: Set(None),
    };
    row.insert(&tx.0).await?;
    Ok(true)
}

/// Keeps that somebody need not, unless it has been kept.
///
/// # Errors
/// When the database does not answer.
pub async fn save_exemption(
    tx: &Tx,
    (id, requirement): (ExemptionId, &Requirement),
    new: &NewExemption,
    now: DateTime<Utc>,
) -> Result<bool> {
    if requirement_exemption::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let row = requirement_exemption::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(requirement.organisation.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        requirement_id: Set(requirement.id.as_uuid()),
        why: Set(new.why().to_owned()),
        from_on: Set(new.time().from),
        until_on: Set(new.time().until),
        by_person: Set(new.by().as_uuid()),
        made_at: Set(now.timestamp_millis()),
        back_by: Set(None),
        back_why: Set(None),
        back_on: Set(None),
    };
    row.insert(&tx.0).await?;
    Ok(true)
}

/// Takes back what has this name and was written down here about somebody; false if there is no such thing, or it was
/// taken back before.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(
    tx: &Tx,
    (organisation, of, requirement, id): (OrganisationId, PersonId, RequirementId, Uuid),
    taken: &TakenBack,
    today: NaiveDate,
) -> Result<bool> {
    macro_rules! from {
        ($($table:ident)+) => {$(
            let stands = $table::Entity::find_by_id(id)
                .filter($table::Column::OrganisationId.eq(organisation.as_uuid()))
                .filter($table::Column::PersonId.eq(of.as_uuid()))
                .filter($table::Column::RequirementId.eq(requirement.as_uuid()))
                .filter($table::Column::BackBy.is_null());
            if stands.one(&tx.0).await?.is_some() {
                let row = $table::ActiveModel {
                    id: Set(id),
                    back_by: Set(Some(taken.by().as_uuid())),
                    back_why: Set(Some(taken.why().to_owned())),
                    back_on: Set(Some(today)),
                    ..Default::default()
                };
                row.update(&tx.0).await?;
                return Ok(true);
            }
        )+};
    }
    from! { requirement_record requirement_booking requirement_exemption }
    Ok(false)
}

impl TryFrom<requirement_record::Model> for Record {
    type Error = Failure;

    fn try_from(row: requirement_record::Model) -> Result<Self> {
        Ok(Self {
            id: RecordId::from_uuid(row.id),
            of: PersonId::from_uuid(row.person_id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            requirement: RequirementId::from_uuid(row.requirement_id),
            done: Done { on: row.done_on, minutes: small("length", row.minutes)?, part: row.part },
            level: small("level", row.level)?,
            provider: row.provider,
            evidence: row.evidence,
            by: PersonId::from_uuid(row.by_person),
            back: Back::of((row.back_by, row.back_why, row.back_on)),
        })
    }
}

impl From<requirement_booking::Model> for Booking {
    fn from(row: requirement_booking::Model) -> Self {
        Self {
            id: BookingId::from_uuid(row.id),
            of: PersonId::from_uuid(row.person_id),
            requirement: RequirementId::from_uuid(row.requirement_id),
            on: row.booked_on,
            by: PersonId::from_uuid(row.by_person),
            back: Back::of((row.back_by, row.back_why, row.back_on)),
        }
    }
}

impl From<requirement_exemption::Model> for Exemption {
    fn from(row: requirement_exemption::Model) -> Self {
        Self {
            id: ExemptionId::from_uuid(row.id),
            of: PersonId::from_uuid(row.person_id),
            requirement: RequirementId::from_uuid(row.requirement_id),
            time: Pause { from: row.from_on, until: row.until_on },
            why: row.why,
            by: PersonId::from_uuid(row.by_person),
            back: Back::of((row.back_by, row.back_why, row.back_on)),
        }
    }
}
