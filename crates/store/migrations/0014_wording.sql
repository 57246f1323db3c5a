-- Wordings 告知用语: what a community tells reporters at a step, in its own words. Types and times as in 0001.

-- `category`: empty for all of them; a row holds from when it was written (`at`) until it was replaced or taken out (`until_at`)
CREATE TABLE wordings (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    step text NOT NULL,
    category text NOT NULL,
    zh text NOT NULL,
    en text NOT NULL,
    by_id uuid NOT NULL,
    at bigint NOT NULL,
    until_at bigint,
    PRIMARY KEY (community_id, id, version)
) {keyed};
CREATE UNIQUE INDEX wordings_now ON wordings (community_id, step, category) WHERE until_at IS NULL;

-- What was told: which version of which wording, and what its blanks were filled with. `version`: that of the case after
-- the step.
CREATE TABLE wordings_told (
    community_id bigint NOT NULL,
    case_id uuid NOT NULL,
    version bigint NOT NULL,
    wording_id uuid NOT NULL,
    wording_version bigint NOT NULL,
    category text,
    grid text NOT NULL,
    due_at bigint,
    PRIMARY KEY (community_id, case_id, version)
) {keyed};
