-- Settings 设置: what a community changed about its own rules, from what to what. What holds stands in `communities.settings`.
-- Types and times as in 0001.

-- `version`: of the settings after the change, from 1; before the first it is 0
CREATE TABLE settings (
    community_id bigint NOT NULL,
    version bigint NOT NULL,
    changes text NOT NULL,
    by_id uuid NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, version)
) {keyed};
