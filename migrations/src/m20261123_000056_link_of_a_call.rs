//! Links of calls, which are longer than what places are called.

crate::ddl::step!([LINK], GONE);

const LINK: &str = "
ALTER TABLE supervision_planned ADD COLUMN link TEXT NOT NULL DEFAULT ''
    CONSTRAINT supervision_planned_link_fits CHECK (length(link) <= 1000 AND (link = '' OR place = ''));
";

const GONE: &str = "
ALTER TABLE supervision_planned DROP COLUMN link;
";
