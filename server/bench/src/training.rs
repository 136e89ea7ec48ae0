//! Training by the thousand: groups with their registers, rounds with applications, and competences on their way.
//!
//! As the learners are, everything is written in the order of time.

use store::Engine;

/// People in a group.
pub(crate) const IN_A_GROUP: u32 = 40;
/// Competences of the framework that everybody works with.
pub(crate) const COMPETENCES: u32 = 120;

/// What is required of everybody, besides a policy that they have read.
pub(crate) const REQUIREMENTS: u32 = 30;

/// SHA-256 of what the policy says.
const SUM: &str = "9d2dfee5d9295531635d9b0cdefcef6041bf5f4cfd53bf0ce2bac86e94b3d221";

/// Besides the words of the other rows, `{group}`, `{held}`, `{round}` and `{application}` are the ids of number `i`;
/// `{groups}` are as many numbers as there are groups, and `{own_group}` is the group of person `i`.
pub(crate) const ROWS: &str = "
INSERT INTO cohort (id, organisation_id, programme_id, programme_version, name, places, least_percent, begun_at)
    {groups} SELECT {group}, {host}, programme.id, programme.current, 'Group ' || i, 40, 80, {now} FROM programme CROSS JOIN n;
INSERT INTO cohort_session (id, cohort_id, position, slug, minutes, held_on, begins, place, link, is_off, register, kept_on)
    {sessions} SELECT {held}, {group_of_session}, (i - 1) % 15 + 1, 'session-' || ((i - 1) % 15 + 1), 180, '2026-09-01', 600, 'Room 4', '', {false},
    CASE WHEN (i - 1) % 15 < 5 THEN 1 ELSE 0 END, CASE WHEN (i - 1) % 15 < 5 THEN {a_day} END FROM n;
INSERT INTO cohort_tutor (cohort_id, person_id) {groups} SELECT {group}, {everything} FROM n WHERE i <= 30;
INSERT INTO cohort_place (cohort_id, person_id, state, seat, places, since)
    {n} SELECT {own_group}, {person}, 'here', (i - 1) % 40 + 1, 40, '2026-08-01' FROM n;
INSERT INTO cohort_mark (session_id, person_id, cohort_id, mark, minutes, caught_up)
    {n} SELECT {own_session}, {person}, {own_group}, 'came', NULL, {false} FROM n;
INSERT INTO training_interest (id, organisation_id, email, known_as, role, consent, person_id, confirmed_at)
    {n} SELECT {certificate}, {host}, 'learner' || i || '@bench.example', 'Sam', 'either', 1, {person}, {now} FROM n;
INSERT INTO training_round (id, organisation_id, name, sentence, opens_on, closes_on, places, role, revision, criteria, opened_at, made_at)
    {groups} SELECT {round}, {host}, 'Round ' || i, 'Ten days of training.', '2020-01-01', '2020-02-01', 20, 'both', 1, 1, {now}, {now} FROM n;
INSERT INTO training_criterion (id, round_id, position, words, need, equivalence, lived, willing)
    {groups} SELECT {round}, {round}, 1, 'Listens well', 'essential', {true}, {true}, {true} FROM n;
INSERT INTO training_application (id, round_id, criteria, person_id, state, was, is_sent, has_talked, asks, steps, made_at, changed_at)
    {n} SELECT {application}, {own_round}, 1, {person}, 'accepted', NULL, {true}, {true}, {false}, 1, {now}, {now} FROM n;
INSERT INTO training_answer (application_id, criterion_id, evidence, title, body, seen_by, equivalence, revision, changed_at)
    {n} SELECT {application}, {own_round}, 'I listened for a year.', '', '', '', '', 1, {now} FROM n;
INSERT INTO training_step (application_id, number, step, person_id, words, taken_at)
    {n} SELECT {application}, 1, 'send', {person}, '', {now} FROM n;
INSERT INTO framework (id, organisation_id, title, version, made_at) {one} SELECT {group}, {host}, 'Everything', 1, {now} FROM n;
INSERT INTO framework_version (framework_id, number, licence, source, made_at) {one} SELECT {group}, 1, 'Our own words.', '', {now} FROM n;
INSERT INTO competence (framework_id, version, code, position, title, domain, need, optional, lived_experience, parent, indicators, courses)
    {competences} SELECT {first_group}, 1, '1.' || i, i, 'Is able to do number ' || i, 'Being with people', 'essential', {false}, {false}, NULL, '', '' FROM n;
INSERT INTO competence_taken (person_id, framework_id, taken_at) {n} SELECT {person}, {first_group}, {now} FROM n;
INSERT INTO cohort_framework (cohort_id, framework_id, organisation_id) {groups} SELECT {group}, {first_group}, {host} FROM n;
INSERT INTO competence_step (person_id, framework_id, code, number, version, state, by_id, comment, at)
    {n} SELECT {person}, {first_group}, '1.' || ((i - 1) % 120 + 1), 1, 1, 'ready', {person}, '', {now} FROM n;
INSERT INTO competence_standing (person_id, framework_id, code, number, state, since)
    {n} SELECT {person}, {first_group}, '1.' || ((i - 1) % 120 + 1), 1, 'ready', {now} FROM n;
INSERT INTO evidence (id, person_id, by_id, kind, title, words, made_at)
    {n} SELECT {goal}, {person}, {person}, 'informal', 'On the bus', 'Somebody talked, and I listened.', {now} FROM n;
INSERT INTO evidence_for (evidence_id, person_id, framework_id, code)
    {n} SELECT {goal}, {person}, {first_group}, '1.' || ((i - 1) % 120 + 1) FROM n;
INSERT INTO relationship (id, kind, holder_id, person_id, organisation_id, from_on)
    {n} SELECT {application}, 'assessor', {everything}, {person}, {host}, '2026-01-01' FROM n WHERE i <= 40;
INSERT INTO requirement (id, organisation_id, code) {requirements} SELECT {round}, {host}, 'r' || i FROM n;
INSERT INTO requirement_version (requirement_id, number, from_on, title, level, rule, months, minutes, weeks, accepts_others, made_at)
    {requirements} SELECT {round}, 1, '2026-01-01', 'Required ' || i, 0, 'every', 12, NULL, 12, {false}, {now} FROM n;
INSERT INTO requirement_asked_of (requirement_id, number, kind) {requirements} SELECT {round}, 1, 'learner' FROM n;
INSERT INTO requirement (id, organisation_id, code) {one} SELECT {policy}, {host}, 'p1' FROM n;
INSERT INTO requirement_version (requirement_id, number, from_on, title, level, rule, months, minutes, weeks, accepts_others, made_at)
    {one} SELECT {policy}, 1, '2026-01-01', 'Going out', 0, 'read', NULL, NULL, 6, {false}, {now} FROM n;
INSERT INTO requirement_asked_of (requirement_id, number, kind) {one} SELECT {policy}, 1, 'learner' FROM n;
INSERT INTO policy_edition (requirement_id, edition, from_on, last_edition, last_on, title, words, link, changed, text, hash, made_at)
    {one} SELECT {policy}, 1, '2026-01-01', NULL, NULL, 'Going out', 'Say where you go.', NULL, '', 'Say where you go.', {sum}, {now} FROM n;
INSERT INTO policy_asked (requirement_id, number, edition) {one} SELECT {policy}, 1, 1 FROM n;
INSERT INTO policy_acceptance (organisation_id, person_id, requirement_id, edition, hash, accepted_on, accepted_at)
    {n} SELECT {host}, {person}, {policy}, 1, {sum}, '2026-06-01', {now} FROM n;
INSERT INTO requirement_record (id, person_id, organisation_id, requirement_id, done_on, part, minutes, level, provider, evidence, by_person, made_at)
    {n} SELECT {application}, {person}, {host}, {some_required}, '2026-06-01', '', 0, 0, 'Our college', 'Certificate seen', {everything}, {now} FROM n;
INSERT INTO requirement_record_for (organisation_id, person_id, requirement_id, record_id)
    {n} SELECT {host}, {person}, {some_required}, {application} FROM n;
INSERT INTO requirement_booking (id, organisation_id, person_id, requirement_id, booked_on, by_person, made_at)
    {n} SELECT {application}, {host}, {person}, {another_required}, '2030-01-01', {everything}, {now} FROM n;
INSERT INTO site (id, organisation_id, name) {one} SELECT {group}, {host}, 'Mill House' FROM n;
INSERT INTO placement (id, organisation_id, person_id, supervisor_id, site_id, cohort_id, from_on, to_on, made_at)
    {n} SELECT {application}, {host}, {person}, {next_person}, {first_group}, {own_group}, '2026-01-01', '2026-12-31', {now} FROM n WHERE i > 1;
INSERT INTO placement_hours (id, placement_id, person_id, activity, day, minutes, site_id, words, state, question, revision)
    {n} SELECT {application}, {application}, {person}, 'group', '2026-06-01', 90, {first_group}, '', 'waiting', '', 1 FROM n WHERE i > 1;
INSERT INTO placement_hours (id, placement_id, person_id, activity, day, minutes, site_id, words, state, question, revision, agreed_by, agreed_at)
    {n} SELECT {held}, {application}, {person}, 'group', '2026-05-01', 90, {first_group}, '', 'agreed', '', 1, {next_person}, {now} FROM n WHERE i > 1;
INSERT INTO placement_hours (id, placement_id, person_id, activity, day, minutes, site_id, words, state, corrects_id, question, revision, agreed_by, agreed_at)
    {n} SELECT {round}, {application}, {person}, 'group', '2026-05-01', 60, {first_group}, '', 'agreed', {held}, '', 1, {next_person}, {now} FROM n WHERE i > 1 AND i % 4 = 0;
INSERT INTO organisation (id, kind, name, takes_learners, minimum_age, second_factor)
    {one} SELECT {held}, 'charity', 'Riverside Mind', {false}, 16, {false} FROM n;
INSERT INTO placement (id, organisation_id, person_id, supervisor_id, site_id, from_on, to_on, made_at)
    {n} SELECT {held}, {first_held}, {person}, {next_person}, {first_group}, '2025-01-01', '2025-12-31', {now} FROM n WHERE i > 1;
INSERT INTO cohort (id, organisation_id, programme_id, programme_version, name, places, least_percent, begun_at)
    {groups} SELECT {application}, {first_held}, programme.id, programme.current, 'Theirs ' || i, 40, 80, {now} FROM programme CROSS JOIN n;
INSERT INTO engagement_waiting (id, organisation_id, person_id, kind, from_on, since_on)
    {n} SELECT {held}, {first_held}, {person}, 'expert_by_experience', '2026-10-01', '2026-10-01' FROM n WHERE i % 10 = 0;
INSERT INTO engagement_waiting (id, organisation_id, person_id, kind, from_on, since_on)
    {n} SELECT {application}, {host}, {person}, 'expert_by_experience', '2026-10-01', '2026-10-01' FROM n WHERE i % 10 = 0;
";

/// How the words of [`ROWS`] are spelled. `id_of` spells an id of a kind by a number, `numbers` a table of numbers.
pub(crate) fn words(
    engine: Engine,
    learners: u32,
    id_of: &dyn Fn(u32, &str) -> String,
    numbers: &dyn Fn(u32, u32) -> String,
) -> Vec<(&'static str, String)> {
    let groups = learners.div_ceil(IN_A_GROUP);
    let own = format!("((i - 1) / {IN_A_GROUP} + 1)");
    let (no, day) = match engine {
        Engine::Sqlite => ("0", "'2026-09-02'"),
        Engine::Postgres => ("false", "DATE '2026-09-02'"),
    };
    let yes = if engine == Engine::Sqlite { "1" } else { "true" };
    vec![
        ("{groups}", numbers(1, groups)),
        ("{sessions}", numbers(1, groups * 15)),
        ("{competences}", numbers(1, COMPETENCES)),
        ("{requirements}", numbers(1, REQUIREMENTS)),
        ("{some_required}", id_of(9, &format!("((i - 1) % {REQUIREMENTS} + 1)"))),
        ("{another_required}", id_of(9, &format!("(i % {REQUIREMENTS} + 1)"))),
        ("{one}", numbers(1, 1)),
        ("{policy}", id_of(9, &(REQUIREMENTS + 1).to_string())),
        ("{sum}", format!("'{SUM}'")),
        ("{group}", id_of(7, "i")),
        ("{held}", id_of(8, "i")),
        ("{round}", id_of(9, "i")),
        ("{application}", id_of(10, "i")),
        ("{first_group}", id_of(7, "1")),
        ("{first_held}", id_of(8, "1")),
        ("{own_group}", id_of(7, &own)),
        ("{own_round}", id_of(9, &own)),
        // The first session of the group.
        ("{own_session}", id_of(8, &format!("(({own} - 1) * 15 + 1)"))),
        ("{group_of_session}", id_of(7, "((i - 1) / 15 + 1)")),
        ("{everything}", id_of(1, "0")),
        ("{host}", format!("(SELECT id FROM organisation WHERE takes_learners = {yes})")),
        ("{false}", no.to_owned()),
        ("{a_day}", day.to_owned()),
    ]
}
