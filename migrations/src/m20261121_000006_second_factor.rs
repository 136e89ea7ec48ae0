//! The second factor: apps that show codes, recovery codes, and who has shown when that it is still them.

crate::ddl::step!([TABLES, KNOWN], GONE);

/// A secret is sealed under a key of the nodes, recovery codes are hashes: whoever reads the tables cannot sign
/// in with them. `last_step` is the step of the last code that was taken, so that none is taken twice.
///
/// Proofs have a table of their own because most sessions never have one.
const TABLES: &str = "
CREATE TABLE totp (
    person_id $id NOT NULL CONSTRAINT totp_of_a_person_taken PRIMARY KEY CONSTRAINT totp_of_a_person REFERENCES person (id),
    secret    $bytes NOT NULL,
    last_step $int NOT NULL,
    set_up_at $int NOT NULL
) $strict;

CREATE TABLE recovery_code (
    person_id $id NOT NULL CONSTRAINT recovery_code_goes_with_an_app REFERENCES totp (person_id),
    hash      $bytes NOT NULL CONSTRAINT recovery_code_is_a_hash CHECK (length(hash) = 32),
    spent_at  $int,
    CONSTRAINT recovery_code_taken PRIMARY KEY (person_id, hash)
) $strict;

CREATE TABLE session_proof (
    session_id       $id NOT NULL CONSTRAINT session_proof_taken PRIMARY KEY CONSTRAINT session_proof_of_a_session REFERENCES session (id),
    second_factor_at $int,
    stepped_up_at    $int
) $strict;

CREATE TABLE half_way_spent (
    hash     $bytes NOT NULL CONSTRAINT half_way_spent_taken PRIMARY KEY
             CONSTRAINT half_way_spent_is_a_hash CHECK (length(hash) = 32),
    spent_at $int NOT NULL
) $strict;
CREATE INDEX half_way_spent_by_time ON half_way_spent (spent_at);
";

/// What was done stays known when the tables go, because the audit stays.
const KNOWN: &str = "
INSERT INTO audit_action (action) VALUES
    ('second_factor_set_up'), ('second_factor_switched_off'), ('recovery_codes_made'), ('recovery_code_spent'),
    ('stepped_up')
ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP TABLE half_way_spent;
DROP TABLE session_proof;
DROP TABLE recovery_code;
DROP TABLE totp;
";
