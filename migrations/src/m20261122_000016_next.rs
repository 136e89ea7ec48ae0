//! Where somebody was going when they registered: their confirming leads on to it.

crate::ddl::step!([COLUMN], GONE);

/// It stands here and not in the letter, which others may see on a locked screen.
const COLUMN: &str = "
ALTER TABLE link ADD COLUMN next TEXT CONSTRAINT link_next_fits CHECK (length(next) BETWEEN 1 AND 500);
";

const GONE: &str = "
ALTER TABLE link DROP COLUMN next;
";
