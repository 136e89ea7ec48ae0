//! Somebody's link for a calendar of their own: what is kept of it opens nothing.

crate::ddl::step!([CALENDAR], GONE);

const CALENDAR: &str = "
CREATE TABLE calendar_feed (
    person_id  $id NOT NULL CONSTRAINT calendar_feed_taken PRIMARY KEY
        CONSTRAINT calendar_feed_of_a_person REFERENCES person (id),
    token_hash $bytes NOT NULL CONSTRAINT calendar_feed_token_taken UNIQUE
        CONSTRAINT calendar_feed_token_fits CHECK (length(token_hash) = 32),
    made_at    $int NOT NULL
) $strict;

INSERT INTO audit_action (action) VALUES ('calendar_made'), ('calendar_stopped') ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP TABLE calendar_feed;
";
