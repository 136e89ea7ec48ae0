//! Groups that go through a programme: their days, tutors, places, registers, and what came of it.

crate::ddl::step!([WORDS, COHORTS, SESSIONS, PLACES, REGISTERS, OUTCOMES], GONE);

const WORDS: &str = "
CREATE TABLE cohort_place_state (state TEXT NOT NULL CONSTRAINT cohort_place_state_taken PRIMARY KEY) $strict;
INSERT INTO cohort_place_state (state) VALUES ('here'), ('paused'), ('left');

CREATE TABLE cohort_mark_kind (mark TEXT NOT NULL CONSTRAINT cohort_mark_kind_taken PRIMARY KEY) $strict;
INSERT INTO cohort_mark_kind (mark) VALUES ('came'), ('part'), ('told_us'), ('not_heard');

INSERT INTO audit_action (action) VALUES
    ('cohort_begun'), ('cohort_changed'), ('cohort_session_changed'), ('cohort_tutors_chosen'),
    ('cohort_place_given'), ('cohort_place_changed'), ('cohort_register_kept'), ('cohort_adjusted'),
    ('cohort_assignment_marked'), ('cohort_accredited')
ON CONFLICT DO NOTHING;
";

/// The pair of id and places is pointed at, so that nobody sits beyond the last place.
const COHORTS: &str = "
CREATE TABLE cohort (
    id              $id NOT NULL CONSTRAINT cohort_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT cohort_of_an_organisation REFERENCES organisation (id),
    programme_id    $id NOT NULL,
    programme_version $int NOT NULL,
    name            TEXT NOT NULL CONSTRAINT cohort_name_fits CHECK (length(name) BETWEEN 1 AND 80),
    places          $int NOT NULL CONSTRAINT cohort_places_are_a_few CHECK (places BETWEEN 1 AND 60),
    least_percent   $int NOT NULL CONSTRAINT cohort_least_is_a_percentage CHECK (least_percent BETWEEN 1 AND 100),
    begun_at        $int NOT NULL,
    CONSTRAINT cohort_goes_through_a_version FOREIGN KEY (programme_id, programme_version)
        REFERENCES programme_version (programme_id, number),
    CONSTRAINT cohort_has_places UNIQUE (id, places)
) $strict;
CREATE INDEX cohort_of_organisation ON cohort (organisation_id, id);
CREATE INDEX cohort_through_programme ON cohort (programme_id, programme_version);

CREATE TABLE cohort_tutor (
    cohort_id $id NOT NULL CONSTRAINT cohort_tutor_of_a_cohort REFERENCES cohort (id),
    person_id $id NOT NULL CONSTRAINT cohort_tutor_is_a_person REFERENCES person (id),
    CONSTRAINT cohort_tutor_once PRIMARY KEY (cohort_id, person_id)
) $strict;
CREATE INDEX cohort_tutor_by_person ON cohort_tutor (person_id, cohort_id);
";

/// Days and hours are those on the wall: an instant would move a group at each clock change.
const SESSIONS: &str = "
CREATE TABLE cohort_session (
    id        $id NOT NULL CONSTRAINT cohort_session_id_taken PRIMARY KEY,
    cohort_id $id NOT NULL CONSTRAINT cohort_session_of_a_cohort REFERENCES cohort (id),
    position  $int NOT NULL CONSTRAINT cohort_session_counts_from_one CHECK (position >= 1),
    slug      TEXT NOT NULL,
    minutes   $int NOT NULL CONSTRAINT cohort_session_has_minutes CHECK (minutes BETWEEN 1 AND 480),
    held_on   $date NOT NULL,
    begins    $int NOT NULL CONSTRAINT cohort_session_begins_within_a_day CHECK (begins BETWEEN 0 AND 1439),
    place     TEXT NOT NULL CONSTRAINT cohort_session_place_fits CHECK (length(place) <= 80),
    link      TEXT NOT NULL CONSTRAINT cohort_session_link_fits CHECK (length(link) <= 300),
    is_off    $bool NOT NULL,
    register  $int NOT NULL CONSTRAINT cohort_session_register_counts_up CHECK (register >= 0),
    kept_on   $date,
    CONSTRAINT cohort_session_is_somewhere CHECK (place <> '' OR link <> ''),
    CONSTRAINT cohort_session_register_has_a_day CHECK ((register = 0) = (kept_on IS NULL)),
    CONSTRAINT cohort_session_position_taken UNIQUE (cohort_id, position),
    CONSTRAINT cohort_session_slug_taken UNIQUE (cohort_id, slug),
    CONSTRAINT cohort_session_in_its_cohort UNIQUE (id, cohort_id)
) $strict;

CREATE TABLE cohort_session_tutor (
    session_id $id NOT NULL CONSTRAINT cohort_session_tutor_of_a_session REFERENCES cohort_session (id),
    person_id  $id NOT NULL CONSTRAINT cohort_session_tutor_is_a_person REFERENCES person (id),
    CONSTRAINT cohort_session_tutor_once PRIMARY KEY (session_id, person_id)
) $strict;
CREATE INDEX cohort_session_tutor_by_person ON cohort_session_tutor (person_id);
";

/// A place is a seat, counted from one. The number of places stands beside it and follows the cohort's, so no seat
/// lies beyond the last one; and two people share none.
const PLACES: &str = "
CREATE TABLE cohort_place (
    cohort_id $id NOT NULL,
    person_id $id NOT NULL CONSTRAINT cohort_place_of_a_person REFERENCES person (id),
    state     TEXT NOT NULL CONSTRAINT cohort_place_state_known REFERENCES cohort_place_state (state),
    seat      $int,
    places    $int NOT NULL,
    since     $date NOT NULL,
    CONSTRAINT cohort_place_once PRIMARY KEY (cohort_id, person_id),
    CONSTRAINT cohort_place_in_a_cohort FOREIGN KEY (cohort_id, places)
        REFERENCES cohort (id, places) ON UPDATE CASCADE,
    CONSTRAINT cohort_place_seat_taken UNIQUE (cohort_id, seat),
    CONSTRAINT cohort_place_within_places CHECK (seat IS NULL OR seat BETWEEN 1 AND places),
    CONSTRAINT cohort_place_held_unless_left CHECK ((state = 'left') = (seat IS NULL))
) $strict;
CREATE INDEX cohort_place_by_person ON cohort_place (person_id, cohort_id);
";

const REGISTERS: &str = "
CREATE TABLE cohort_mark (
    session_id $id NOT NULL,
    person_id  $id NOT NULL,
    cohort_id  $id NOT NULL,
    mark       TEXT NOT NULL CONSTRAINT cohort_mark_known REFERENCES cohort_mark_kind (mark),
    minutes    $int,
    caught_up  $bool NOT NULL,
    CONSTRAINT cohort_mark_once PRIMARY KEY (session_id, person_id),
    CONSTRAINT cohort_mark_at_a_session FOREIGN KEY (session_id, cohort_id) REFERENCES cohort_session (id, cohort_id),
    CONSTRAINT cohort_mark_of_somebody_with_a_place FOREIGN KEY (cohort_id, person_id)
        REFERENCES cohort_place (cohort_id, person_id),
    CONSTRAINT cohort_mark_part_has_minutes CHECK ((mark = 'part') = (minutes IS NOT NULL)),
    CONSTRAINT cohort_mark_minutes_are_some CHECK (minutes IS NULL OR minutes BETWEEN 1 AND 479)
) $strict;
CREATE INDEX cohort_mark_by_person ON cohort_mark (cohort_id, person_id);

CREATE TABLE cohort_adjustment (
    id        $id NOT NULL CONSTRAINT cohort_adjustment_id_taken PRIMARY KEY,
    cohort_id $id NOT NULL,
    person_id $id NOT NULL,
    percent   $int NOT NULL CONSTRAINT cohort_adjustment_is_a_percentage CHECK (percent BETWEEN 0 AND 100),
    why       TEXT NOT NULL CONSTRAINT cohort_adjustment_why_fits CHECK (length(why) BETWEEN 1 AND 60),
    by_person $id NOT NULL CONSTRAINT cohort_adjustment_by_a_person REFERENCES person (id),
    made_on   $date NOT NULL,
    CONSTRAINT cohort_adjustment_of_somebody_with_a_place FOREIGN KEY (cohort_id, person_id)
        REFERENCES cohort_place (cohort_id, person_id),
    CONSTRAINT cohort_adjustment_by_somebody_else CHECK (by_person <> person_id)
) $strict;
CREATE INDEX cohort_adjustment_of_a_place ON cohort_adjustment (cohort_id, person_id, id);
CREATE INDEX cohort_adjustment_by ON cohort_adjustment (by_person);
";

const OUTCOMES: &str = "
CREATE TABLE cohort_assignment (
    cohort_id $id NOT NULL,
    person_id $id NOT NULL,
    slug      TEXT NOT NULL,
    by_person $id NOT NULL CONSTRAINT cohort_assignment_by_a_person REFERENCES person (id),
    handed_in $date NOT NULL,
    CONSTRAINT cohort_assignment_once PRIMARY KEY (cohort_id, person_id, slug),
    CONSTRAINT cohort_assignment_of_somebody_with_a_place FOREIGN KEY (cohort_id, person_id)
        REFERENCES cohort_place (cohort_id, person_id),
    CONSTRAINT cohort_assignment_by_somebody_else CHECK (by_person <> person_id)
) $strict;
CREATE INDEX cohort_assignment_by ON cohort_assignment (by_person);

CREATE TABLE cohort_accreditation (
    cohort_id     $id NOT NULL,
    person_id     $id NOT NULL,
    body          TEXT NOT NULL CONSTRAINT cohort_accreditation_body_fits CHECK (length(body) BETWEEN 1 AND 80),
    accredited_on $date NOT NULL,
    by_person     $id NOT NULL CONSTRAINT cohort_accreditation_by_a_person REFERENCES person (id),
    CONSTRAINT cohort_accreditation_once PRIMARY KEY (cohort_id, person_id),
    CONSTRAINT cohort_accreditation_of_somebody_with_a_place FOREIGN KEY (cohort_id, person_id)
        REFERENCES cohort_place (cohort_id, person_id),
    CONSTRAINT cohort_accreditation_by_somebody_else CHECK (by_person <> person_id)
) $strict;
CREATE INDEX cohort_accreditation_by ON cohort_accreditation (by_person);
";

const GONE: &str = "
DROP TABLE cohort_accreditation;
DROP TABLE cohort_assignment;
DROP TABLE cohort_adjustment;
DROP TABLE cohort_mark;
DROP TABLE cohort_place;
DROP TABLE cohort_session_tutor;
DROP TABLE cohort_session;
DROP TABLE cohort_tutor;
DROP TABLE cohort;
DROP TABLE cohort_mark_kind;
DROP TABLE cohort_place_state;
";
