//! People of an organisation by name, those who have left, and invitations that are done with.

use domain::people::filed_under;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{Statement, Value};

crate::ddl::step!([TABLES] then file_everybody, GONE);

/// Whoever is or was something to an organisation stands in its directory, once under each of their names;
/// `leads` is the row of the whole name.
///
/// An invitation that is withdrawn, accepted or too old is found by the time at which that was settled.
const TABLES: &str = "
CREATE TABLE directory (
    organisation_id $id NOT NULL CONSTRAINT directory_of_an_organisation REFERENCES organisation (id),
    filed_under     $exact NOT NULL CONSTRAINT directory_key_fits CHECK (length(filed_under) <= 60),
    person_id       $id NOT NULL CONSTRAINT directory_of_a_person REFERENCES person (id),
    leads           $bool NOT NULL,
    CONSTRAINT directory_taken PRIMARY KEY (organisation_id, filed_under, person_id)
) $strict;
CREATE UNIQUE INDEX directory_leads_once ON directory (person_id, organisation_id) WHERE leads;
CREATE INDEX directory_by_person ON directory (person_id);

DROP INDEX engagement_paged_by_kind;
CREATE INDEX engagement_begun ON engagement (organisation_id, kind, from_on, id);
CREATE INDEX engagement_ended ON engagement (organisation_id, to_on, id) WHERE to_on IS NOT NULL;

CREATE INDEX invitation_by_age ON invitation (made_at);

INSERT INTO job_kind (kind) VALUES ('forget_invitations');
";

const GONE: &str = "
DELETE FROM job WHERE kind = 'forget_invitations';
DELETE FROM job_kind WHERE kind = 'forget_invitations';
DROP INDEX invitation_by_age;
DROP INDEX engagement_ended;
DROP INDEX engagement_begun;
CREATE INDEX engagement_paged_by_kind ON engagement (organisation_id, kind, person_id);
DROP TABLE directory;
";

/// Keys are made by a rule, not by the database: both engines are to file alike.
async fn file_everybody(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let engine = manager.get_database_backend();
    let there = "SELECT DISTINCT e.organisation_id, e.person_id, p.known_as FROM engagement e JOIN person p ON p.id = e.person_id";
    for row in db.query_all_raw(Statement::from_string(engine, there)).await? {
        let ids: [Value; 2] =
            [row.try_get_by_index::<Uuid>(0)?.into(), row.try_get_by_index::<Uuid>(1)?.into()];
        let known_as: String = row.try_get_by_index(2)?;
        for (at, key) in filed_under(&known_as).into_iter().enumerate() {
            let entry = "INSERT INTO directory (organisation_id, person_id, filed_under, leads) VALUES ($1, $2, $3, $4)";
            let values = ids.iter().cloned().chain([key.into(), (at == 0).into()]);
            db.execute_raw(Statement::from_sql_and_values(engine, entry, values)).await?;
        }
    }
    Ok(())
}
