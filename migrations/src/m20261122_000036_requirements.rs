//! What organisations require of people, and what was written down about each of them: done, booked, exempt.

crate::ddl::step!([WORDS, REQUIREMENTS, RECORDS, NOTES, ENGAGEMENTS] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS), GONE);

const WORDS: &str = "
CREATE TABLE requirement_rule (rule TEXT NOT NULL CONSTRAINT requirement_rule_taken PRIMARY KEY) $strict;
INSERT INTO requirement_rule (rule) VALUES ('once'), ('every'), ('hours'), ('parts');

INSERT INTO audit_action (action) VALUES
    ('requirement_made'), ('requirement_changed'), ('requirement_recorded'), ('requirement_booked'),
    ('requirement_exempted'), ('requirement_taken_back'), ('requirement_counted'), ('requirements_exported')
ON CONFLICT DO NOTHING;
";

/// A version never changes: what is required next is another one, from a day on.
const REQUIREMENTS: &str = "
CREATE TABLE requirement (
    id              $id NOT NULL CONSTRAINT requirement_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT requirement_of_an_organisation REFERENCES organisation (id),
    code            $exact NOT NULL CONSTRAINT requirement_code_fits CHECK (length(code) BETWEEN 1 AND 24),
    CONSTRAINT requirement_code_taken UNIQUE (organisation_id, code),
    CONSTRAINT requirement_in_its_organisation UNIQUE (id, organisation_id)
) $strict;

CREATE TABLE requirement_version (
    requirement_id $id NOT NULL CONSTRAINT requirement_version_of_one REFERENCES requirement (id),
    number         $int NOT NULL CONSTRAINT requirement_version_counts_from_one CHECK (number >= 1),
    from_on        $date NOT NULL,
    title          TEXT NOT NULL CONSTRAINT requirement_title_fits CHECK (length(title) BETWEEN 1 AND 80),
    level          $int NOT NULL CONSTRAINT requirement_level_is_one_of_five CHECK (level BETWEEN 0 AND 5),
    rule           TEXT NOT NULL CONSTRAINT requirement_rule_known REFERENCES requirement_rule (rule),
    months         $int CONSTRAINT requirement_months_are_a_few CHECK (months BETWEEN 1 AND 120),
    minutes        $int CONSTRAINT requirement_minutes_are_some CHECK (minutes BETWEEN 1 AND 30000),
    weeks          $int NOT NULL CONSTRAINT requirement_gives_time CHECK (weeks BETWEEN 1 AND 52),
    accepts_others $bool NOT NULL,
    made_at        $int NOT NULL,
    CONSTRAINT requirement_version_taken PRIMARY KEY (requirement_id, number),
    CONSTRAINT requirement_once_has_no_months CHECK (rule <> 'once' OR months IS NULL),
    CONSTRAINT requirement_again_has_months CHECK (rule NOT IN ('every', 'hours') OR months IS NOT NULL),
    CONSTRAINT requirement_hours_has_minutes CHECK ((rule = 'hours') = (minutes IS NOT NULL))
) $strict;

CREATE TABLE requirement_part (
    requirement_id $id NOT NULL,
    number         $int NOT NULL,
    position       $int NOT NULL CONSTRAINT requirement_part_counts_from_one CHECK (position BETWEEN 1 AND 6),
    name           TEXT NOT NULL CONSTRAINT requirement_part_fits CHECK (length(name) BETWEEN 1 AND 80),
    CONSTRAINT requirement_part_taken PRIMARY KEY (requirement_id, number, position),
    CONSTRAINT requirement_part_tells_apart UNIQUE (requirement_id, number, name),
    CONSTRAINT requirement_part_of_a_version FOREIGN KEY (requirement_id, number)
        REFERENCES requirement_version (requirement_id, number)
) $strict;

CREATE TABLE requirement_asked_of (
    requirement_id $id NOT NULL,
    number         $int NOT NULL,
    kind           TEXT NOT NULL CONSTRAINT requirement_asked_of_known REFERENCES engagement_kind (kind),
    CONSTRAINT requirement_asked_of_taken PRIMARY KEY (requirement_id, number, kind),
    CONSTRAINT requirement_asked_of_by_a_version FOREIGN KEY (requirement_id, number)
        REFERENCES requirement_version (requirement_id, number)
) $strict;
";

/// For what a record counts stands beside it: for the requirement that it was written down under, and for those of
/// other organisations for which its person lets it count.
const RECORDS: &str = "
CREATE TABLE requirement_record (
    id              $id NOT NULL CONSTRAINT requirement_record_id_taken PRIMARY KEY,
    person_id       $id NOT NULL CONSTRAINT requirement_record_of_a_person REFERENCES person (id),
    organisation_id $id NOT NULL,
    requirement_id  $id NOT NULL,
    done_on         $date NOT NULL,
    part            TEXT NOT NULL CONSTRAINT requirement_record_part_fits CHECK (length(part) <= 80),
    minutes         $int NOT NULL CONSTRAINT requirement_record_minutes_fit CHECK (minutes BETWEEN 0 AND 6000),
    level           $int NOT NULL CONSTRAINT requirement_record_level_fits CHECK (level BETWEEN 0 AND 5),
    provider        TEXT NOT NULL CONSTRAINT requirement_record_provider_fits CHECK (length(provider) BETWEEN 1 AND 80),
    evidence        TEXT NOT NULL CONSTRAINT requirement_record_evidence_fits CHECK (length(evidence) BETWEEN 1 AND 200),
    by_person       $id NOT NULL CONSTRAINT requirement_record_by_a_person REFERENCES person (id),
    made_at         $int NOT NULL,
    back_by         $id CONSTRAINT requirement_record_back_by_a_person REFERENCES person (id),
    back_why        TEXT CONSTRAINT requirement_record_back_why_fits CHECK (length(back_why) BETWEEN 1 AND 60),
    back_on         $date,
    CONSTRAINT requirement_record_under_one FOREIGN KEY (requirement_id, organisation_id)
        REFERENCES requirement (id, organisation_id),
    CONSTRAINT requirement_record_of_its_person UNIQUE (id, person_id),
    CONSTRAINT requirement_record_by_somebody_else CHECK (by_person <> person_id),
    CONSTRAINT requirement_record_back_by_somebody_else CHECK (back_by IS NULL OR back_by <> person_id),
    CONSTRAINT requirement_record_back_whole
        CHECK ((back_by IS NULL) = (back_why IS NULL) AND (back_by IS NULL) = (back_on IS NULL))
) $strict;
CREATE INDEX requirement_record_by_person ON requirement_record (person_id, id);
CREATE INDEX requirement_record_seen_by ON requirement_record (by_person);

CREATE TABLE requirement_record_for (
    organisation_id $id NOT NULL,
    person_id       $id NOT NULL,
    requirement_id  $id NOT NULL,
    record_id       $id NOT NULL,
    CONSTRAINT requirement_record_for_taken PRIMARY KEY (organisation_id, person_id, requirement_id, record_id),
    CONSTRAINT requirement_record_for_one FOREIGN KEY (requirement_id, organisation_id)
        REFERENCES requirement (id, organisation_id),
    CONSTRAINT requirement_record_for_its_person FOREIGN KEY (record_id, person_id)
        REFERENCES requirement_record (id, person_id)
) $strict;
CREATE INDEX requirement_record_for_by_record ON requirement_record_for (record_id);
";

const NOTES: &str = "
CREATE TABLE requirement_booking (
    id              $id NOT NULL CONSTRAINT requirement_booking_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL,
    person_id       $id NOT NULL CONSTRAINT requirement_booking_of_a_person REFERENCES person (id),
    requirement_id  $id NOT NULL,
    booked_on       $date NOT NULL,
    by_person       $id NOT NULL CONSTRAINT requirement_booking_by_a_person REFERENCES person (id),
    made_at         $int NOT NULL,
    back_by         $id CONSTRAINT requirement_booking_back_by_a_person REFERENCES person (id),
    back_why        TEXT CONSTRAINT requirement_booking_back_why_fits CHECK (length(back_why) BETWEEN 1 AND 60),
    back_on         $date,
    CONSTRAINT requirement_booking_under_one FOREIGN KEY (requirement_id, organisation_id)
        REFERENCES requirement (id, organisation_id),
    CONSTRAINT requirement_booking_by_somebody_else CHECK (by_person <> person_id),
    CONSTRAINT requirement_booking_back_by_somebody_else CHECK (back_by IS NULL OR back_by <> person_id),
    CONSTRAINT requirement_booking_back_whole
        CHECK ((back_by IS NULL) = (back_why IS NULL) AND (back_by IS NULL) = (back_on IS NULL))
) $strict;
CREATE INDEX requirement_booking_by_person ON requirement_booking (organisation_id, person_id, requirement_id);

CREATE TABLE requirement_exemption (
    id              $id NOT NULL CONSTRAINT requirement_exemption_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL,
    person_id       $id NOT NULL CONSTRAINT requirement_exemption_of_a_person REFERENCES person (id),
    requirement_id  $id NOT NULL,
    why             TEXT NOT NULL CONSTRAINT requirement_exemption_why_fits CHECK (length(why) BETWEEN 1 AND 60),
    from_on         $date NOT NULL,
    until_on        $date NOT NULL,
    by_person       $id NOT NULL CONSTRAINT requirement_exemption_by_a_person REFERENCES person (id),
    made_at         $int NOT NULL,
    back_by         $id CONSTRAINT requirement_exemption_back_by_a_person REFERENCES person (id),
    back_why        TEXT CONSTRAINT requirement_exemption_back_why_fits CHECK (length(back_why) BETWEEN 1 AND 60),
    back_on         $date,
    CONSTRAINT requirement_exemption_under_one FOREIGN KEY (requirement_id, organisation_id)
        REFERENCES requirement (id, organisation_id),
    CONSTRAINT requirement_exemption_ends CHECK (until_on >= from_on),
    CONSTRAINT requirement_exemption_by_somebody_else CHECK (by_person <> person_id),
    CONSTRAINT requirement_exemption_back_by_somebody_else CHECK (back_by IS NULL OR back_by <> person_id),
    CONSTRAINT requirement_exemption_back_whole
        CHECK ((back_by IS NULL) = (back_why IS NULL) AND (back_by IS NULL) = (back_on IS NULL))
) $strict;
CREATE INDEX requirement_exemption_by_person ON requirement_exemption (organisation_id, person_id, requirement_id);
";

/// Without figures about tables SQLite goes by how much of an index a question uses: this one is right for what somebody
/// is to one organisation, which it would else look for among all who are the same there.
const ENGAGEMENTS: &str = "
CREATE INDEX engagement_of_person_there ON engagement (person_id, organisation_id, kind, from_on);
DROP INDEX engagement_by_person;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER requirement_version_never_changes BEFORE UPDATE ON requirement_version
BEGIN SELECT RAISE(ABORT, 'requirement_version_never_changes'); END;

CREATE TRIGGER requirement_record_never_changes BEFORE UPDATE OF
    id, person_id, organisation_id, requirement_id, done_on, part, minutes, level, provider, evidence, by_person, made_at
ON requirement_record
BEGIN SELECT RAISE(ABORT, 'requirement_record_never_changes'); END;

CREATE TRIGGER requirement_record_is_taken_back_once BEFORE UPDATE OF back_by, back_why, back_on ON requirement_record
WHEN OLD.back_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'requirement_record_is_taken_back_once'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER requirement_version_never_changes BEFORE UPDATE ON requirement_version
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER requirement_record_never_changes BEFORE UPDATE OF
    id, person_id, organisation_id, requirement_id, done_on, part, minutes, level, provider, evidence, by_person, made_at
ON requirement_record FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER requirement_record_is_taken_back_once BEFORE UPDATE OF back_by, back_why, back_on ON requirement_record
FOR EACH ROW WHEN (OLD.back_by IS NOT NULL) EXECUTE FUNCTION audit_refuses();
";

const GONE: &str = "
CREATE INDEX engagement_by_person ON engagement (person_id);
DROP INDEX engagement_of_person_there;
DROP TABLE requirement_exemption;
DROP TABLE requirement_booking;
DROP TABLE requirement_record_for;
DROP TABLE requirement_record;
DROP TABLE requirement_asked_of;
DROP TABLE requirement_part;
DROP TABLE requirement_version;
DROP TABLE requirement;
DROP TABLE requirement_rule;
";
