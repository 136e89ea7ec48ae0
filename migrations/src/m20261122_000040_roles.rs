//! Role profiles in versions that never change, and what was issued to whom: each act kept for good.

crate::ddl::step!([WORDS, PROFILES, ISSUES] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS), GONE);

const WORDS: &str = "
CREATE TABLE role_issue_state (state TEXT NOT NULL CONSTRAINT role_issue_state_taken PRIMARY KEY) $strict;
INSERT INTO role_issue_state (state) VALUES ('open'), ('signed'), ('declined'), ('revoked'), ('replaced');

CREATE TABLE role_act_kind (act TEXT NOT NULL CONSTRAINT role_act_kind_taken PRIMARY KEY) $strict;
INSERT INTO role_act_kind (act) VALUES
    ('issued'), ('signed_by_person'), ('signed_by_manager'), ('declined'), ('revoked'), ('replaced');

INSERT INTO audit_action (action) VALUES
    ('role_changed'), ('role_words_changed'), ('role_published'), ('role_issued'), ('role_signed'), ('role_declined'),
    ('role_revoked')
ON CONFLICT DO NOTHING;
";

/// Criteria, checks and training stand one on a line. `text` is what was hashed, and what people sign.
const PROFILES: &str = "
CREATE TABLE role_need_word (
    organisation_id $id NOT NULL CONSTRAINT role_need_word_taken PRIMARY KEY CONSTRAINT role_need_word_of_an_organisation REFERENCES organisation (id),
    essential       TEXT NOT NULL CONSTRAINT role_need_essential_fits CHECK (length(essential) BETWEEN 1 AND 30),
    desirable       TEXT NOT NULL CONSTRAINT role_need_desirable_fits CHECK (length(desirable) BETWEEN 1 AND 30),
    CONSTRAINT role_need_words_tell_apart CHECK (essential <> desirable)
) $strict;

CREATE TABLE role_profile (
    id              $id NOT NULL CONSTRAINT role_profile_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT role_profile_of_an_organisation REFERENCES organisation (id),
    title           TEXT NOT NULL CONSTRAINT role_profile_is_called_something CHECK (length(title) BETWEEN 1 AND 120),
    description     TEXT NOT NULL CONSTRAINT role_profile_description_fits CHECK (length(description) <= 15000),
    essential       TEXT NOT NULL,
    desirable       TEXT NOT NULL,
    framework_id    $id CONSTRAINT role_profile_by_a_framework REFERENCES framework (id),
    band            TEXT NOT NULL CONSTRAINT role_profile_band_fits CHECK (length(band) <= 60),
    minutes         $int CONSTRAINT role_profile_fits_a_week CHECK (minutes BETWEEN 1 AND 10080),
    checks          TEXT NOT NULL,
    training        TEXT NOT NULL,
    revision        $int NOT NULL CONSTRAINT role_profile_counts_up CHECK (revision >= 1)
) $strict;
CREATE INDEX role_profile_by_organisation ON role_profile (organisation_id, id);

CREATE TABLE role_version (
    role_id           $id NOT NULL CONSTRAINT role_version_of_a_profile REFERENCES role_profile (id),
    number            $int NOT NULL CONSTRAINT role_version_counts_from_one CHECK (number >= 1),
    title             TEXT NOT NULL,
    description       TEXT NOT NULL CONSTRAINT role_version_says_what_the_work_is CHECK (length(description) >= 1),
    essential         TEXT NOT NULL,
    desirable         TEXT NOT NULL,
    essential_word    TEXT NOT NULL,
    desirable_word    TEXT NOT NULL,
    framework_id      $id,
    framework_version $int,
    framework_title   TEXT NOT NULL,
    band              TEXT NOT NULL,
    minutes           $int,
    checks            TEXT NOT NULL,
    training          TEXT NOT NULL,
    text              TEXT NOT NULL,
    hash              TEXT NOT NULL CONSTRAINT role_version_hash_is_one CHECK (length(hash) = 64),
    by_id             $id NOT NULL CONSTRAINT role_version_by_a_person REFERENCES person (id),
    made_at           $int NOT NULL,
    CONSTRAINT role_version_taken PRIMARY KEY (role_id, number),
    CONSTRAINT role_version_known_by_its_text UNIQUE (role_id, number, hash),
    CONSTRAINT role_version_by_a_framework FOREIGN KEY (framework_id, framework_version) REFERENCES framework_version (framework_id, number)
) $strict;
";

/// `acts` is how many acts the history has, so that a list reads no histories.
const ISSUES: &str = "
CREATE TABLE role_issue (
    id              $id NOT NULL CONSTRAINT role_issue_id_taken PRIMARY KEY,
    role_id         $id NOT NULL,
    version         $int NOT NULL,
    hash            TEXT NOT NULL,
    person_id       $id NOT NULL CONSTRAINT role_issue_to_a_person REFERENCES person (id),
    organisation_id $id NOT NULL CONSTRAINT role_issue_by_an_organisation REFERENCES organisation (id),
    by_id           $id NOT NULL CONSTRAINT role_issue_by_a_person REFERENCES person (id),
    issued_at       $int NOT NULL,
    state           TEXT NOT NULL CONSTRAINT role_issue_state_known REFERENCES role_issue_state (state),
    by_person       $bool NOT NULL,
    by_manager      $bool NOT NULL,
    acts            $int NOT NULL CONSTRAINT role_issue_counts_up CHECK (acts >= 1),
    CONSTRAINT role_issue_of_this_text FOREIGN KEY (role_id, version, hash) REFERENCES role_version (role_id, number, hash),
    CONSTRAINT role_issue_known_by_its_text UNIQUE (id, hash),
    CONSTRAINT role_issue_known_by_its_person UNIQUE (id, person_id),
    CONSTRAINT role_issued_by_somebody_else CHECK (by_id <> person_id),
    CONSTRAINT role_issue_signed_by_both CHECK (state NOT IN ('open', 'signed') OR (state = 'signed') = (by_person = $true AND by_manager = $true))
) $strict;
CREATE UNIQUE INDEX role_issue_one_holds ON role_issue (person_id, role_id) WHERE state IN ('open', 'signed');
CREATE INDEX role_issue_by_person ON role_issue (person_id, id);
CREATE INDEX role_issue_by_role ON role_issue (role_id, id);

CREATE TABLE role_act (
    issue_id  $id NOT NULL,
    number    $int NOT NULL CONSTRAINT role_act_counts_from_one CHECK (number >= 1),
    person_id $id NOT NULL,
    act       TEXT NOT NULL CONSTRAINT role_act_known REFERENCES role_act_kind (act),
    by_id     $id NOT NULL CONSTRAINT role_act_by_a_person REFERENCES person (id),
    hash      TEXT,
    name      TEXT NOT NULL CONSTRAINT role_act_name_fits CHECK (length(name) <= 120),
    words     TEXT NOT NULL CONSTRAINT role_act_words_fit CHECK (length(words) <= 500),
    at        $int NOT NULL,
    CONSTRAINT role_act_taken PRIMARY KEY (issue_id, number),
    CONSTRAINT role_act_about_its_person FOREIGN KEY (issue_id, person_id) REFERENCES role_issue (id, person_id),
    CONSTRAINT role_act_signs_this_text FOREIGN KEY (issue_id, hash) REFERENCES role_issue (id, hash),
    CONSTRAINT role_signature_is_whole CHECK ((act IN ('signed_by_person', 'signed_by_manager')) = (hash IS NOT NULL AND length(name) >= 1)),
    CONSTRAINT role_signed_for_oneself CHECK (act <> 'signed_by_person' OR by_id = person_id),
    CONSTRAINT role_signed_by_somebody_else CHECK (act <> 'signed_by_manager' OR by_id <> person_id),
    CONSTRAINT role_act_says_why CHECK ((act IN ('declined', 'revoked')) = (length(words) >= 1))
) $strict;
CREATE UNIQUE INDEX role_signed_once ON role_act (issue_id, act) WHERE act IN ('signed_by_person', 'signed_by_manager');
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER role_version_never_changes BEFORE UPDATE ON role_version
BEGIN SELECT RAISE(ABORT, 'role_version_never_changes'); END;

CREATE TRIGGER role_version_never_goes BEFORE DELETE ON role_version
BEGIN SELECT RAISE(ABORT, 'role_version_never_goes'); END;

CREATE TRIGGER role_version_is_not_replaced BEFORE INSERT ON role_version
WHEN EXISTS (SELECT 1 FROM role_version WHERE role_id = NEW.role_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'role_version_is_not_replaced'); END;

CREATE TRIGGER role_issue_that_is_over_never_changes BEFORE UPDATE ON role_issue
WHEN OLD.state IN ('declined', 'revoked', 'replaced')
BEGIN SELECT RAISE(ABORT, 'role_issue_that_is_over_never_changes'); END;

CREATE TRIGGER role_issue_text_never_changes BEFORE UPDATE OF id, role_id, version, hash, person_id, organisation_id, by_id, issued_at ON role_issue
BEGIN SELECT RAISE(ABORT, 'role_issue_text_never_changes'); END;

CREATE TRIGGER role_act_never_changes BEFORE UPDATE ON role_act
BEGIN SELECT RAISE(ABORT, 'role_act_never_changes'); END;

CREATE TRIGGER role_act_never_goes BEFORE DELETE ON role_act
BEGIN SELECT RAISE(ABORT, 'role_act_never_goes'); END;

CREATE TRIGGER role_act_follows_the_last BEFORE INSERT ON role_act
WHEN NEW.number <> 1 + (SELECT count(*) FROM role_act WHERE issue_id = NEW.issue_id)
BEGIN SELECT RAISE(ABORT, 'role_act_follows_the_last'); END;
";

/// `audit_refuses` came with the log and names the guard that refuses.
const POSTGRES_GUARDS: &str = "
CREATE TRIGGER role_version_never_changes BEFORE UPDATE OR DELETE ON role_version
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER role_version_is_never_emptied BEFORE TRUNCATE ON role_version
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER role_issue_that_is_over_never_changes BEFORE UPDATE ON role_issue
FOR EACH ROW WHEN (OLD.state IN ('declined', 'revoked', 'replaced')) EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER role_issue_text_never_changes BEFORE UPDATE OF id, role_id, version, hash, person_id, organisation_id, by_id, issued_at ON role_issue
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER role_act_never_changes BEFORE UPDATE OR DELETE ON role_act
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER role_act_is_never_emptied BEFORE TRUNCATE ON role_act
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
";

const GONE: &str = "
DROP TABLE role_act;
DROP TABLE role_issue;
DROP TABLE role_version;
DROP TABLE role_profile;
DROP TABLE role_need_word;
DROP TABLE role_act_kind;
DROP TABLE role_issue_state;
";
