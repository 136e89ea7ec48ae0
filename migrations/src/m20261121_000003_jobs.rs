//! Work that is done after the answer has gone out, and which rounds of periodic work have begun.
//!
//! A job's payload may hold an address, so the row goes as soon as the work is done. Only rounds of periodic
//! work outlive it for a while: else a second node would begin a round that the first has finished already.

crate::ddl::step!([TABLES, KNOWN], GONE);

/// The first index finds what is due, the second turns the pages of what was given up. Leases that have run
/// out need none of their own: as many jobs run as there are workers. Neither is partial, because a statement
/// with a bound state may not use a partial index.
const TABLES: &str = "
CREATE TABLE job_kind (
    kind TEXT NOT NULL CONSTRAINT job_kind_taken PRIMARY KEY
) $strict;

CREATE TABLE job_state (
    state TEXT NOT NULL CONSTRAINT job_state_taken PRIMARY KEY
) $strict;

CREATE TABLE job (
    id           $id NOT NULL CONSTRAINT job_id_taken PRIMARY KEY,
    kind         TEXT NOT NULL CONSTRAINT job_kind_known REFERENCES job_kind (kind),
    payload      TEXT NOT NULL,
    state        TEXT NOT NULL CONSTRAINT job_state_known REFERENCES job_state (state),
    run_at       $int NOT NULL,
    locked_until $int,
    locked_by    TEXT,
    attempts     $int NOT NULL CONSTRAINT job_attempts_count_from_none CHECK (attempts >= 0),
    last_error   TEXT CONSTRAINT job_last_error_is_short CHECK (length(last_error) BETWEEN 1 AND 40),
    made_at      $int NOT NULL,
    CONSTRAINT job_lease_is_whole CHECK (
        (state = 'running') = (locked_until IS NOT NULL) AND (state = 'running') = (locked_by IS NOT NULL)
    )
) $strict;

CREATE INDEX job_due ON job (state, run_at, id);

CREATE INDEX job_paged ON job (state, id);

CREATE TABLE job_slot (
    name    TEXT NOT NULL,
    slot    TEXT NOT NULL,
    made_at $int NOT NULL,
    CONSTRAINT job_slot_taken PRIMARY KEY (name, slot)
) $strict;

CREATE INDEX job_slot_made ON job_slot (made_at);
";

const KNOWN: &str = "
INSERT INTO job_kind (kind) VALUES ('send_mail'), ('forget_slots');

INSERT INTO job_state (state) VALUES ('ready'), ('running'), ('dead');
";

const GONE: &str = "
DROP TABLE job_slot;
DROP TABLE job;
DROP TABLE job_state;
DROP TABLE job_kind;
";
