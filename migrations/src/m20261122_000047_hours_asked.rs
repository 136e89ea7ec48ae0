//! Lines of hours that came back with a question are found by whose they are: they are few, and asked for on Today.

crate::ddl::step!([ASKED], GONE);

const ASKED: &str = "
CREATE INDEX placement_hours_asked ON placement_hours (person_id, placement_id) WHERE state = 'asked';
";

const GONE: &str = "
DROP INDEX placement_hours_asked;
";
