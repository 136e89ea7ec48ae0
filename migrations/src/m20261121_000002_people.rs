//! Organisations, people and what they are to each other; how somebody signs in; what a learner has done.

crate::ddl::step!([WORDS, ORGANISATIONS, PEOPLE, SIGN_IN, LEARNING, FIRST], GONE);

/// States and kinds are rows, so that a new one is an insert and not a rebuilt table.
const WORDS: &str = "
CREATE TABLE organisation_kind (kind TEXT NOT NULL CONSTRAINT organisation_kind_taken PRIMARY KEY) $strict;
CREATE TABLE engagement_kind (kind TEXT NOT NULL CONSTRAINT engagement_kind_taken PRIMARY KEY) $strict;
CREATE TABLE engagement_basis (basis TEXT NOT NULL CONSTRAINT engagement_basis_taken PRIMARY KEY) $strict;
CREATE TABLE relationship_kind (kind TEXT NOT NULL CONSTRAINT relationship_kind_taken PRIMARY KEY) $strict;
CREATE TABLE not_with_purpose (purpose TEXT NOT NULL CONSTRAINT not_with_purpose_taken PRIMARY KEY) $strict;
CREATE TABLE link_purpose (purpose TEXT NOT NULL CONSTRAINT link_purpose_taken PRIMARY KEY) $strict;
CREATE TABLE session_kind (kind TEXT NOT NULL CONSTRAINT session_kind_taken PRIMARY KEY) $strict;
CREATE TABLE throttle_kind (kind TEXT NOT NULL CONSTRAINT throttle_kind_taken PRIMARY KEY) $strict;

INSERT INTO organisation_kind (kind) VALUES ('trust'), ('charity'), ('college');
INSERT INTO engagement_kind (kind) VALUES
    ('learner'), ('applicant'), ('student'), ('volunteer'), ('peer_mentor'), ('peer_support_worker'),
    ('expert_by_experience'), ('tutor'), ('supporter'), ('supervisor'), ('assessor'), ('placement_supervisor'),
    ('coordinator'), ('checker'), ('budget_holder'), ('payer'), ('auditor'), ('line_manager'),
    ('service_manager'), ('vetting'), ('safeguarding_lead'), ('safeguarding_deputy'),
    ('data_protection_lead'), ('administrator');
INSERT INTO engagement_basis (basis) VALUES ('volunteer'), ('involvement'), ('employee'), ('bank');
INSERT INTO relationship_kind (kind) VALUES
    ('line_manager'), ('clinical_lead'), ('guide'), ('supervisor'), ('partner_supervisor'), ('assessor');
INSERT INTO not_with_purpose (purpose) VALUES ('supervise'), ('assess'), ('check'), ('interview');
INSERT INTO link_purpose (purpose) VALUES ('confirm'), ('reset_password'), ('change_address'), ('invite');
INSERT INTO session_kind (kind) VALUES ('own_device'), ('shared_computer');
INSERT INTO throttle_kind (kind) VALUES ('account'), ('address');
";

const ORGANISATIONS: &str = "
CREATE TABLE organisation (
    id             $id NOT NULL CONSTRAINT organisation_id_taken PRIMARY KEY,
    kind           TEXT NOT NULL CONSTRAINT organisation_kind_known REFERENCES organisation_kind (kind),
    name           TEXT NOT NULL CONSTRAINT organisation_is_called_something CHECK (length(name) BETWEEN 1 AND 120),
    parent_id      $id CONSTRAINT organisation_parent_exists REFERENCES organisation (id),
    takes_learners $bool NOT NULL,
    minimum_age    $int NOT NULL CONSTRAINT organisation_minimum_age_is_14_to_25 CHECK (minimum_age BETWEEN 14 AND 25),
    second_factor  $bool NOT NULL,
    CONSTRAINT organisation_is_not_its_own_parent CHECK (parent_id IS NULL OR parent_id <> id)
) $strict;

CREATE TABLE service (
    id              $id NOT NULL CONSTRAINT service_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT service_of_an_organisation REFERENCES organisation (id),
    name            TEXT NOT NULL,
    CONSTRAINT service_name_taken UNIQUE (organisation_id, name)
) $strict;

CREATE TABLE team (
    id              $id NOT NULL CONSTRAINT team_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT team_of_an_organisation REFERENCES organisation (id),
    name            TEXT NOT NULL,
    CONSTRAINT team_name_taken UNIQUE (organisation_id, name)
) $strict;

CREATE TABLE site (
    id              $id NOT NULL CONSTRAINT site_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT site_of_an_organisation REFERENCES organisation (id),
    name            TEXT NOT NULL,
    CONSTRAINT site_name_taken UNIQUE (organisation_id, name)
) $strict;
";

const PEOPLE: &str = "
CREATE TABLE person (
    id       $id NOT NULL CONSTRAINT person_id_taken PRIMARY KEY,
    known_as TEXT NOT NULL CONSTRAINT person_is_known_as_something CHECK (length(known_as) BETWEEN 1 AND 60),
    pronouns TEXT NOT NULL CONSTRAINT person_pronouns_fit CHECK (length(pronouns) <= 30),
    made_at  $int NOT NULL
) $strict;

CREATE TABLE engagement (
    id              $id NOT NULL CONSTRAINT engagement_id_taken PRIMARY KEY,
    person_id       $id NOT NULL CONSTRAINT engagement_of_a_person REFERENCES person (id),
    organisation_id $id NOT NULL CONSTRAINT engagement_with_an_organisation REFERENCES organisation (id),
    kind            TEXT NOT NULL CONSTRAINT engagement_kind_known REFERENCES engagement_kind (kind),
    basis           TEXT CONSTRAINT engagement_basis_known REFERENCES engagement_basis (basis),
    service_id      $id CONSTRAINT engagement_hosted_by_a_service REFERENCES service (id),
    team_id         $id CONSTRAINT engagement_in_a_team REFERENCES team (id),
    from_on         $date NOT NULL,
    to_on           $date,
    away_from       $date,
    away_to         $date,
    CONSTRAINT engagement_ends_after_it_begins CHECK (to_on IS NULL OR to_on >= from_on),
    CONSTRAINT engagement_away_begins CHECK (away_to IS NULL OR away_from IS NOT NULL),
    CONSTRAINT engagement_away_ends_after_it_begins CHECK (away_to IS NULL OR away_to >= away_from)
) $strict;
CREATE INDEX engagement_by_person ON engagement (person_id);
CREATE INDEX engagement_by_organisation ON engagement (organisation_id, kind);

CREATE TABLE engagement_base (
    engagement_id $id NOT NULL CONSTRAINT engagement_base_of_an_engagement REFERENCES engagement (id),
    site_id       $id NOT NULL CONSTRAINT engagement_base_at_a_site REFERENCES site (id),
    CONSTRAINT engagement_base_taken PRIMARY KEY (engagement_id, site_id)
) $strict;

CREATE TABLE relationship (
    id              $id NOT NULL CONSTRAINT relationship_id_taken PRIMARY KEY,
    kind            TEXT NOT NULL CONSTRAINT relationship_kind_known REFERENCES relationship_kind (kind),
    holder_id       $id NOT NULL CONSTRAINT relationship_held_by_a_person REFERENCES person (id),
    person_id       $id NOT NULL CONSTRAINT relationship_to_a_person REFERENCES person (id),
    organisation_id $id NOT NULL CONSTRAINT relationship_in_an_organisation REFERENCES organisation (id),
    from_on         $date NOT NULL,
    to_on           $date,
    CONSTRAINT relationship_is_to_somebody_else CHECK (holder_id <> person_id),
    CONSTRAINT relationship_ends_after_it_begins CHECK (to_on IS NULL OR to_on >= from_on)
) $strict;
CREATE INDEX relationship_by_holder ON relationship (holder_id);
CREATE INDEX relationship_by_person ON relationship (person_id);

CREATE TABLE not_with (
    person_id $id NOT NULL CONSTRAINT not_with_of_a_person REFERENCES person (id),
    other_id  $id NOT NULL CONSTRAINT not_with_a_person REFERENCES person (id),
    purpose   TEXT NOT NULL CONSTRAINT not_with_purpose_known REFERENCES not_with_purpose (purpose),
    CONSTRAINT not_with_taken PRIMARY KEY (person_id, other_id, purpose),
    CONSTRAINT not_with_is_somebody_else CHECK (person_id <> other_id)
) $strict;
";

/// Tokens and addresses are kept as hashes: whoever reads the tables cannot sign in with them.
const SIGN_IN: &str = "
CREATE TABLE sign_in (
    person_id    $id NOT NULL CONSTRAINT sign_in_of_a_person_taken PRIMARY KEY CONSTRAINT sign_in_of_a_person REFERENCES person (id),
    email        TEXT NOT NULL CONSTRAINT sign_in_email_taken UNIQUE,
    password     TEXT NOT NULL,
    confirmed_at $int
) $strict;

CREATE TABLE link (
    id        $id NOT NULL CONSTRAINT link_id_taken PRIMARY KEY,
    hash      $bytes NOT NULL CONSTRAINT link_hash_taken UNIQUE,
    person_id $id NOT NULL CONSTRAINT link_of_a_person REFERENCES person (id),
    purpose   TEXT NOT NULL CONSTRAINT link_purpose_known REFERENCES link_purpose (purpose),
    email     TEXT,
    made_at   $int NOT NULL,
    used_at   $int
) $strict;
CREATE INDEX link_by_person ON link (person_id, purpose);

CREATE TABLE session (
    id                $id NOT NULL CONSTRAINT session_id_taken PRIMARY KEY,
    person_id         $id NOT NULL CONSTRAINT session_of_a_person REFERENCES person (id),
    kind              TEXT NOT NULL CONSTRAINT session_kind_known REFERENCES session_kind (kind),
    device            TEXT NOT NULL,
    began_at          $int NOT NULL,
    last_used_at      $int NOT NULL,
    ended_at          $int,
    proved_generation $int,
    proved_token      $bytes,
    CONSTRAINT session_proved_whole CHECK ((proved_generation IS NULL) = (proved_token IS NULL))
) $strict;
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_end ON session (ended_at);

CREATE TABLE refresh_token (
    hash       $bytes NOT NULL CONSTRAINT refresh_token_taken PRIMARY KEY,
    session_id $id NOT NULL CONSTRAINT refresh_token_of_a_session REFERENCES session (id),
    generation $int NOT NULL,
    made_at    $int NOT NULL
) $strict;
CREATE INDEX refresh_token_by_session ON refresh_token (session_id);

CREATE TABLE throttle (
    kind     TEXT NOT NULL CONSTRAINT throttle_kind_known REFERENCES throttle_kind (kind),
    key      $bytes NOT NULL,
    failures $int NOT NULL CONSTRAINT throttle_counts_up CHECK (failures >= 0),
    last_at  $int NOT NULL,
    CONSTRAINT throttle_taken PRIMARY KEY (kind, key)
) $strict;
";

/// What somebody has read is kept under the lesson's lasting name, so that it outlives a new version.
const LEARNING: &str = "
CREATE TABLE enrolment (
    person_id   $id NOT NULL CONSTRAINT enrolment_of_a_person REFERENCES person (id),
    course_id   $id NOT NULL CONSTRAINT enrolment_on_a_course REFERENCES course (id),
    enrolled_at $int NOT NULL,
    CONSTRAINT enrolment_taken PRIMARY KEY (person_id, course_id)
) $strict;

CREATE TABLE lesson_read (
    person_id $id NOT NULL,
    course_id $id NOT NULL,
    lesson    TEXT NOT NULL,
    read_at   $int NOT NULL,
    CONSTRAINT lesson_read_taken PRIMARY KEY (person_id, course_id, lesson),
    CONSTRAINT lesson_read_by_somebody_enrolled FOREIGN KEY (person_id, course_id) REFERENCES enrolment (person_id, course_id)
) $strict;
";

/// The organisation that runs the site and takes learners; an administrator gives it its name.
const FIRST: &str = "
INSERT INTO organisation (id, kind, name, parent_id, takes_learners, minimum_age, second_factor)
VALUES ($host, 'college', 'Our college', NULL, $true, 18, $true);
";

const GONE: &str = "
DROP TABLE lesson_read;
DROP TABLE enrolment;
DROP TABLE throttle;
DROP TABLE refresh_token;
DROP TABLE session;
DROP TABLE link;
DROP TABLE sign_in;
DROP TABLE not_with;
DROP TABLE relationship;
DROP TABLE engagement_base;
DROP TABLE engagement;
DROP TABLE person;
DROP TABLE site;
DROP TABLE team;
DROP TABLE service;
DROP TABLE organisation;
DROP TABLE throttle_kind;
DROP TABLE session_kind;
DROP TABLE link_purpose;
DROP TABLE not_with_purpose;
DROP TABLE relationship_kind;
DROP TABLE engagement_basis;
DROP TABLE engagement_kind;
DROP TABLE organisation_kind;
";
