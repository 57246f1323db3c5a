-- What figures count, kept by a follower of the journal: sheets of up to 512 cases in the order of their ids. `first_case`
-- is the lowest id that may stand on a sheet (nil on the first); `seq` the entry after which it was written; `body` holds
-- days, marks and codes in columns, laid out in crates/store/src/figures/body.rs.
CREATE TABLE figure_sheets (
    community_id bigint NOT NULL,
    first_case uuid NOT NULL,
    seq bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (community_id, first_case)
) {keyed};

-- Figures were counted from rows by these; nothing else asked them.
DROP INDEX cases_filed;
DROP INDEX cases_handled;
DROP INDEX cases_heard;
