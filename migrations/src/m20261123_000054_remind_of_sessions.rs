//! Reminding people on the day before they meet.

crate::ddl::step!([REMINDING], GONE);

const REMINDING: &str = "
INSERT INTO job_kind (kind) VALUES ('remind_of_sessions');
CREATE INDEX supervision_planned_ahead ON supervision_planned (day, id) WHERE off IS NULL AND session_id IS NULL;
";

const GONE: &str = "
DROP INDEX supervision_planned_ahead;
DELETE FROM job WHERE kind = 'remind_of_sessions';
DELETE FROM job_kind WHERE kind = 'remind_of_sessions';
";
