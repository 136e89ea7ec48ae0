//! What the public pages show: where to turn when things are bad, and the courses with their lessons.

crate::ddl::step!([TABLES, KNOWN], GONE);

const TABLES: &str = "
CREATE TABLE public_generation (
    one    $int NOT NULL CONSTRAINT public_generation_is_one_row PRIMARY KEY CHECK (one = 1),
    number $int NOT NULL
) $strict;

CREATE TABLE help_line (
    position    $int NOT NULL CONSTRAINT help_line_position_taken PRIMARY KEY,
    label       TEXT NOT NULL CONSTRAINT help_line_says_something CHECK (length(label) BETWEEN 1 AND 80),
    detail      TEXT NOT NULL,
    link        TEXT,
    source      TEXT NOT NULL,
    verified_on $date NOT NULL
) $strict;

CREATE TABLE co_production (
    state TEXT NOT NULL CONSTRAINT co_production_taken PRIMARY KEY
) $strict;

CREATE TABLE course (
    id      $id NOT NULL CONSTRAINT course_id_taken PRIMARY KEY,
    slug    TEXT NOT NULL CONSTRAINT course_slug_taken UNIQUE,
    current $int NOT NULL
) $strict;

CREATE TABLE course_version (
    course_id     $id NOT NULL CONSTRAINT course_version_of_a_course REFERENCES course (id),
    number        $int NOT NULL CONSTRAINT course_version_counts_from_one CHECK (number >= 1),
    digest        $bytes NOT NULL,
    co_production TEXT NOT NULL CONSTRAINT course_version_co_production_known REFERENCES co_production (state),
    outline       TEXT NOT NULL,
    published_at  $int NOT NULL,
    CONSTRAINT course_version_taken PRIMARY KEY (course_id, number)
) $strict;

CREATE TABLE lesson (
    course_id $id NOT NULL,
    number    $int NOT NULL,
    position  $int NOT NULL CONSTRAINT lesson_counts_from_one CHECK (position >= 1),
    slug      TEXT NOT NULL,
    source    TEXT NOT NULL,
    CONSTRAINT lesson_slug_taken PRIMARY KEY (course_id, number, slug),
    CONSTRAINT lesson_position_taken UNIQUE (course_id, number, position),
    CONSTRAINT lesson_of_a_version FOREIGN KEY (course_id, number) REFERENCES course_version (course_id, number)
) $strict;
";

/// The lines are the defaults; an administrator changes them. Each keeps where it was seen and when.
const KNOWN: &str = "
INSERT INTO public_generation (one, number) VALUES (1, 1);

INSERT INTO co_production (state) VALUES ('draft'), ('adopted');

INSERT INTO help_line (position, label, detail, link, source, verified_on) VALUES
    (1, '999', 'if a life is at risk', 'tel:999', 'nhs.uk, mental health crisis pages', '2026-11-21'),
    (2, 'NHS 111', 'then option 2, day and night', 'tel:111', 'nhs.uk, NHS 111 mental health option', '2026-11-21'),
    (3, 'Samaritans', '116 123, free, any time', 'tel:116123', 'samaritans.org', '2026-11-21'),
    (4, 'Shout', 'text SHOUT to 85258', 'sms:85258?body=SHOUT', 'giveusashout.org', '2026-11-21');
";

const GONE: &str = "
DROP TABLE lesson;
DROP TABLE course_version;
DROP TABLE course;
DROP TABLE co_production;
DROP TABLE help_line;
DROP TABLE public_generation;
";
