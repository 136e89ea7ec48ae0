//! Who would like to be told when training begins, and who has asked for it and not yet confirmed.

crate::ddl::step!([WORDS, TABLES], GONE);

const WORDS: &str = "
INSERT INTO link_purpose (purpose) VALUES ('express_interest');
INSERT INTO job_kind (kind) VALUES ('forget_interest');

CREATE TABLE wanted_role (role TEXT NOT NULL CONSTRAINT wanted_role_taken PRIMARY KEY) $strict;
INSERT INTO wanted_role (role) VALUES ('volunteer'), ('paid'), ('either'), ('not_sure');

INSERT INTO audit_action (action) VALUES ('training_list_joined'), ('training_list_left') ON CONFLICT DO NOTHING;
";

/// What was asked for is its own link: the hash is that of the secret in the letter. There is one for an address, the
/// latest. Nothing is on the list that was not confirmed; the first index goes through a list, the second
/// and the third find the lists that somebody is on, by account and by address, the last what is old.
const TABLES: &str = "
CREATE TABLE training_asked (
    id              $id NOT NULL CONSTRAINT training_asked_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT training_asked_of_an_organisation REFERENCES organisation (id),
    email           TEXT NOT NULL CONSTRAINT training_asked_email_fits CHECK (length(email) BETWEEN 3 AND 254),
    known_as        TEXT NOT NULL CONSTRAINT training_asked_known_as_fits CHECK (length(known_as) BETWEEN 1 AND 60),
    role            TEXT NOT NULL CONSTRAINT training_asked_role_known REFERENCES wanted_role (role),
    consent         $int NOT NULL CONSTRAINT training_asked_agreed CHECK (consent >= 1),
    hash            $bytes NOT NULL CONSTRAINT training_asked_hash_taken UNIQUE,
    made_at         $int NOT NULL,
    used_at         $int,
    CONSTRAINT training_asked_once UNIQUE (organisation_id, email)
) $strict;
CREATE INDEX training_asked_made ON training_asked (made_at);

CREATE TABLE training_interest (
    id              $id NOT NULL CONSTRAINT training_interest_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT training_interest_in_an_organisation REFERENCES organisation (id),
    email           TEXT NOT NULL CONSTRAINT training_interest_email_fits CHECK (length(email) BETWEEN 3 AND 254),
    known_as        TEXT NOT NULL CONSTRAINT training_interest_known_as_fits CHECK (length(known_as) BETWEEN 1 AND 60),
    role            TEXT NOT NULL CONSTRAINT training_interest_role_known REFERENCES wanted_role (role),
    consent         $int NOT NULL CONSTRAINT training_interest_agreed CHECK (consent >= 1),
    person_id       $id CONSTRAINT training_interest_of_a_person REFERENCES person (id),
    confirmed_at    $int NOT NULL,
    CONSTRAINT training_interest_once UNIQUE (organisation_id, email)
) $strict;
CREATE INDEX training_interest_told ON training_interest (organisation_id, id);
CREATE UNIQUE INDEX training_interest_once_a_person ON training_interest (person_id, organisation_id);
CREATE INDEX training_interest_at ON training_interest (email);
CREATE INDEX training_interest_confirmed ON training_interest (confirmed_at);
";

const GONE: &str = "
DROP TABLE training_interest;
DROP TABLE training_asked;
DROP TABLE wanted_role;
DELETE FROM job_kind WHERE kind = 'forget_interest';
DELETE FROM link_purpose WHERE purpose = 'express_interest';
";
