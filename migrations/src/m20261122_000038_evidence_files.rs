//! Files that show something, one with a piece of evidence at most. Their bytes lie elsewhere, under their ids.

crate::ddl::step!([WORDS, FILES], GONE);

const WORDS: &str = "
INSERT INTO job_kind (kind) VALUES ('sweep_files');

CREATE TABLE file_media (media TEXT NOT NULL CONSTRAINT file_media_taken PRIMARY KEY) $strict;
INSERT INTO file_media (media) VALUES ('image/jpeg'), ('image/png'), ('application/pdf');
";

/// The kind stands beside the piece, so that one row can be checked by itself. The weight is that of 100 MiB at most.
const FILES: &str = "
CREATE UNIQUE INDEX evidence_is_of_a_kind ON evidence (id, kind);

CREATE TABLE evidence_file (
    id          $id NOT NULL CONSTRAINT evidence_file_id_taken PRIMARY KEY,
    evidence_id $id NOT NULL CONSTRAINT evidence_file_one_a_piece UNIQUE,
    kind        TEXT NOT NULL CONSTRAINT evidence_file_proves_no_life CHECK (kind <> 'lived_experience'),
    media       TEXT NOT NULL CONSTRAINT evidence_file_media_known REFERENCES file_media (media),
    bytes       $int NOT NULL CONSTRAINT evidence_file_weighs_something CHECK (bytes BETWEEN 1 AND 104857600),
    sha256      $bytes NOT NULL CONSTRAINT evidence_file_sum_fits CHECK (length(sha256) = 32),
    CONSTRAINT evidence_file_of_a_piece FOREIGN KEY (evidence_id, kind) REFERENCES evidence (id, kind)
) $strict;
";

const GONE: &str = "
DROP TABLE evidence_file;
DROP INDEX evidence_is_of_a_kind;
DROP TABLE file_media;
DELETE FROM job_kind WHERE kind = 'sweep_files';
";
