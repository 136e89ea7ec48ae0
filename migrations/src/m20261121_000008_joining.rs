//! Invitations to an organisation, and what somebody is invited to be there.

crate::ddl::step!([TABLES], GONE);

/// An invitation is its own link: the hash is that of the secret in the letter. `made_by` is empty for one made
/// on the command line. The last two indexes turn the pages of an organisation's people.
const TABLES: &str = "
CREATE TABLE invitation (
    id              $id NOT NULL CONSTRAINT invitation_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT invitation_to_an_organisation REFERENCES organisation (id),
    email           TEXT NOT NULL CONSTRAINT invitation_email_fits CHECK (length(email) BETWEEN 3 AND 254),
    hash            $bytes NOT NULL CONSTRAINT invitation_hash_taken UNIQUE,
    made_by         $id CONSTRAINT invitation_made_by_a_person REFERENCES person (id),
    made_at         $int NOT NULL,
    withdrawn_at    $int,
    accepted_at     $int,
    accepted_by     $id CONSTRAINT invitation_accepted_by_a_person REFERENCES person (id),
    CONSTRAINT invitation_accepted_whole CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    CONSTRAINT invitation_is_accepted_or_withdrawn CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
) $strict;
CREATE UNIQUE INDEX invitation_open_taken ON invitation (organisation_id, email)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

CREATE TABLE invitation_engagement (
    invitation_id $id NOT NULL CONSTRAINT invitation_engagement_of_an_invitation REFERENCES invitation (id),
    kind          TEXT NOT NULL CONSTRAINT invitation_engagement_kind_known REFERENCES engagement_kind (kind),
    basis         TEXT CONSTRAINT invitation_engagement_basis_known REFERENCES engagement_basis (basis),
    from_on       $date NOT NULL,
    CONSTRAINT invitation_engagement_taken PRIMARY KEY (invitation_id, kind)
) $strict;

CREATE INDEX engagement_paged ON engagement (organisation_id, person_id);
CREATE INDEX engagement_paged_by_kind ON engagement (organisation_id, kind, person_id);

INSERT INTO audit_action (action) VALUES
    ('invited'), ('invitation_withdrawn'), ('invitation_accepted'),
    ('place_added'), ('engagement_changed'), ('relationship_begun'), ('relationship_ended')
ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP INDEX engagement_paged_by_kind;
DROP INDEX engagement_paged;
DROP TABLE invitation_engagement;
DROP TABLE invitation;
";
