-- The house as first built. Types are those of PostgreSQL; SQLite keeps their names and reads values back by them.
-- Times are bigint, microseconds since 1970 UTC. community_id leads every key of a tenant table.
-- `{keyed}`: the dialect's suffix for tables stored in the order of their key.

-- `net` counts the changes of grids, people, catalogue, calendar and settings: who keeps a copy in memory compares it
CREATE TABLE communities (
    id bigint NOT NULL PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    kind text NOT NULL,
    settings text NOT NULL,
    net bigint NOT NULL,
    created_at bigint NOT NULL
) {keyed};

CREATE TABLE heads (
    community_id bigint NOT NULL PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL
) {keyed};

CREATE TABLE journal (
    community_id bigint NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    occurred_at bigint,
    actor uuid,
    role text NOT NULL,
    subject uuid,
    event text NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (community_id, seq)
) {keyed};
CREATE INDEX journal_subject ON journal (community_id, subject, seq);

CREATE TABLE cursors (
    follower text NOT NULL,
    community_id bigint NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (follower, community_id)
) {keyed};

CREATE TABLE instance_settings (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
) {keyed};

CREATE TABLE data_keys (
    community_id bigint NOT NULL,
    class text NOT NULL,
    version bigint NOT NULL,
    wrapped bytea NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (community_id, class, version)
) {keyed};

-- one net ------------------------------------------------------------------

CREATE TABLE grids (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    scheme text NOT NULL,
    level text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    parent_id uuid,
    path text NOT NULL,
    version bigint NOT NULL,
    households bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX grids_code ON grids (code, scheme);
CREATE INDEX grids_path ON grids (community_id, scheme, path);

CREATE TABLE grid_versions (
    community_id bigint NOT NULL,
    grid_id uuid NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    geometry text,
    west double precision,
    south double precision,
    east double precision,
    north double precision,
    valid_from bigint NOT NULL,
    valid_to bigint,
    PRIMARY KEY (community_id, grid_id, version)
) {keyed};

CREATE TABLE departments (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    serves text NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX departments_code ON departments (community_id, code);

-- `code`: the account name the list of people gives, unique in the community; `deputy_id`: who usually stands in;
-- `stand_in_id`: who does until `away_until`
CREATE TABLE members (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    code text,
    name text NOT NULL,
    name_public boolean NOT NULL,
    phone text,
    phone_public boolean NOT NULL,
    service_hours text NOT NULL,
    duties text NOT NULL,
    skills text NOT NULL,
    deputy_id uuid,
    away_until bigint,
    stand_in_id uuid,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX members_code ON members (community_id, code);

CREATE TABLE posts (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    role text NOT NULL,
    title text NOT NULL,
    grid_id uuid,
    department_id uuid,
    valid_from bigint NOT NULL,
    valid_to bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX posts_member ON posts (community_id, member_id);
CREATE INDEX posts_grid ON posts (community_id, grid_id);

CREATE TABLE accounts (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    community_id bigint,
    member_id uuid,
    role text NOT NULL,
    disabled boolean NOT NULL,
    created_at bigint NOT NULL
) {keyed};
CREATE INDEX accounts_member ON accounts (community_id, member_id);

CREATE TABLE sessions (
    token_hash bytea NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL
) {keyed};
CREATE INDEX sessions_account ON sessions (account_id);

CREATE TABLE tokens (
    token_hash bytea NOT NULL PRIMARY KEY,
    account_id uuid,
    community_id bigint,
    kind text NOT NULL,
    label text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint
) {keyed};

CREATE TABLE saved_filters (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX saved_filters_account ON saved_filters (community_id, account_id);

-- one list -----------------------------------------------------------------

CREATE TABLE catalogues (
    community_id bigint NOT NULL,
    version bigint NOT NULL,
    source text NOT NULL,
    digest bytea NOT NULL,
    published_at bigint NOT NULL,
    PRIMARY KEY (community_id, version)
) {keyed};

CREATE TABLE categories (
    community_id bigint NOT NULL,
    version bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    class_code text NOT NULL,
    class_name text NOT NULL,
    handler text NOT NULL,
    authority text NOT NULL,
    keywords text NOT NULL,
    PRIMARY KEY (community_id, version, code)
) {keyed};

CREATE TABLE conditions (
    community_id bigint NOT NULL,
    version bigint NOT NULL,
    category text NOT NULL,
    code text NOT NULL,
    filing text NOT NULL,
    closing text NOT NULL,
    unit text NOT NULL,
    n bigint NOT NULL,
    visit boolean NOT NULL,
    photo_before boolean NOT NULL,
    photo_after boolean NOT NULL,
    PRIMARY KEY (community_id, version, category, code)
) {keyed};

CREATE TABLE calendars (
    year bigint NOT NULL PRIMARY KEY,
    notice text NOT NULL,
    loaded_at bigint NOT NULL
) {keyed};

CREATE TABLE numbers (
    community_id bigint NOT NULL,
    day bigint NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (community_id, day)
) {keyed};

CREATE TABLE request_keys (
    community_id bigint NOT NULL,
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    subject uuid NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, key_hash)
) {keyed};

-- `number` = yyyymmdd * 1,000,000 + running number of the day; printed as {community}-{yyyymmdd}-{nnnn}
-- `facts`: what the life cycle needs and no query asks for, as JSON
CREATE TABLE cases (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    version bigint NOT NULL,
    state text NOT NULL,
    grid_id uuid NOT NULL,
    category text,
    owner_id uuid,
    department_id uuid,
    received_at bigint NOT NULL,
    filed_at bigint,
    handled_at bigint,
    due_at bigint,
    closed_at bigint,
    wakes_at bigint,
    heard_at bigint,
    lon double precision,
    lat double precision,
    facts text NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX cases_number ON cases (community_id, number);
CREATE INDEX cases_grid ON cases (community_id, grid_id, state, received_at);
CREATE INDEX cases_received ON cases (community_id, received_at);
CREATE INDEX cases_owner ON cases (community_id, owner_id, state) WHERE closed_at IS NULL;
CREATE INDEX cases_filed ON cases (community_id, filed_at) WHERE filed_at IS NOT NULL;
CREATE INDEX cases_handled ON cases (community_id, handled_at) WHERE handled_at IS NOT NULL;
CREATE INDEX cases_due ON cases (community_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX cases_overdue ON cases (community_id, due_at) WHERE closed_at IS NULL AND due_at IS NOT NULL;
-- `heard_at`: when the reporter last said how it ended (visit or rating)
CREATE INDEX cases_heard ON cases (community_id, heard_at) WHERE heard_at IS NOT NULL;
-- `wakes_at`: when time itself has something to do with it (resume, escalate)
CREATE INDEX cases_wakes ON cases (community_id, wakes_at) WHERE wakes_at IS NOT NULL;
CREATE INDEX cases_closed ON cases (community_id, closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE reports (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    case_id uuid NOT NULL,
    channel text NOT NULL,
    words text NOT NULL,
    place_note text NOT NULL,
    grid_id uuid NOT NULL,
    category text,
    lon double precision,
    lat double precision,
    answer_by bigint,
    received_at bigint NOT NULL,
    entered_by uuid,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX reports_number ON reports (community_id, number);
CREATE INDEX reports_case ON reports (community_id, case_id);

CREATE TABLE contacts (
    community_id bigint NOT NULL,
    report_id uuid NOT NULL,
    name bytea,
    phone bytea,
    visit_welcome boolean NOT NULL,
    PRIMARY KEY (community_id, report_id)
) {keyed};

CREATE TABLE results (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    member_id uuid NOT NULL,
    note text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX results_case ON results (community_id, case_id);

-- words that go with a step of a case: reasons, questions, answers, notes; the journal holds only their id
CREATE TABLE remarks (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    version bigint NOT NULL,
    command text NOT NULL,
    words text NOT NULL,
    for_reporter boolean NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX remarks_case ON remarks (community_id, case_id, version);

CREATE TABLE attachments (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    report_id uuid,
    result_id uuid,
    kind text NOT NULL,
    blob text NOT NULL,
    thumbnail text,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX attachments_case ON attachments (community_id, case_id);

CREATE TABLE messages (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    case_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    read_at bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX messages_member ON messages (community_id, member_id, at);

-- one platform -------------------------------------------------------------

CREATE TABLE tallies (
    community_id bigint NOT NULL,
    grid_id uuid NOT NULL,
    category text NOT NULL,
    state text NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (community_id, grid_id, category, state)
) {keyed};

CREATE TABLE access_entries (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    account_id uuid NOT NULL,
    member_id uuid,
    role text NOT NULL,
    purpose text NOT NULL,
    case_id uuid NOT NULL,
    report_id uuid NOT NULL,
    fields text NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX access_entries_report ON access_entries (community_id, report_id, at);

-- The installation itself is community 0: migrations and its administrators are journalled there.
INSERT INTO heads (community_id, seq, hash) VALUES (0, 0, {no_hash});
