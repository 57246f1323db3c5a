-- Routing rules as data, each list a version, and why each task was given to whom.

CREATE TABLE routing_sets (
    community_id bigint NOT NULL,
    version bigint NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, version)
) {keyed};

-- a row holds from version `since` on and, where it was changed, moved or removed, before version `until`
CREATE TABLE routing_rules (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    since bigint NOT NULL,
    until bigint,
    place bigint NOT NULL,
    name text NOT NULL,
    clauses text NOT NULL,
    target text NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (community_id, id, since)
) {keyed};
CREATE INDEX routing_rules_now ON routing_rules (community_id, place) WHERE until IS NULL;

-- `version`: that of the case after it was dispatched; `rules`: the version of the list that decided
CREATE TABLE routings (
    community_id bigint NOT NULL,
    case_id uuid NOT NULL,
    version bigint NOT NULL,
    rule_id uuid,
    rules bigint NOT NULL,
    reason text NOT NULL,
    role text,
    grid_id uuid,
    absent_id uuid,
    PRIMARY KEY (community_id, case_id, version)
) {keyed};
