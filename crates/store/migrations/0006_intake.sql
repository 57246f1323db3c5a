-- Intake on every channel: sheets of paper notes, orders of a hotline or an upper level, events at places.

-- 线下汇总. `last` numbers the rows, `drafts` and `sent` count them
CREATE TABLE sheets (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    channel text NOT NULL,
    made_by uuid NOT NULL,
    made_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    last bigint NOT NULL,
    drafts bigint NOT NULL,
    sent bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX sheets_changed ON sheets (community_id, changed_at);

-- a row as it was typed; once sent it holds nothing but its report
CREATE TABLE sheet_rows (
    community_id bigint NOT NULL,
    sheet_id uuid NOT NULL,
    n bigint NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    place text NOT NULL,
    words text NOT NULL,
    category text NOT NULL,
    name bytea,
    phone bytea,
    changed_by uuid NOT NULL,
    changed_at bigint NOT NULL,
    report_id uuid,
    PRIMARY KEY (community_id, sheet_id, n)
) {keyed};

-- 工单: what another office ordered, by its own number; `due_at` is its own limit, which wins; `basis` says why its contact
-- data may be here
CREATE TABLE orders (
    community_id bigint NOT NULL,
    source text NOT NULL,
    order_no text NOT NULL,
    case_id uuid NOT NULL,
    report_id uuid NOT NULL,
    due_at bigint,
    basis text NOT NULL,
    digest bytea NOT NULL,
    received_at bigint NOT NULL,
    PRIMARY KEY (community_id, source, order_no)
) {keyed};
CREATE INDEX orders_case ON orders (community_id, case_id);
CREATE INDEX orders_received ON orders (community_id, received_at);

-- which kinds of events become cases, and of which category
CREATE TABLE event_kinds (
    community_id bigint NOT NULL,
    kind text NOT NULL,
    category text,
    first_at bigint NOT NULL,
    PRIMARY KEY (community_id, kind)
) {keyed};

CREATE TABLE place_events (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    event_no text NOT NULL,
    kind text NOT NULL,
    words text NOT NULL,
    place_note text NOT NULL,
    grid_id uuid NOT NULL,
    lon double precision,
    lat double precision,
    occurred_at bigint NOT NULL,
    received_at bigint NOT NULL,
    digest bytea NOT NULL,
    report_id uuid,
    settled_at bigint,
    settled_by uuid,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX place_events_no ON place_events (community_id, source, event_no);
CREATE INDEX place_events_waiting ON place_events (community_id, received_at) WHERE settled_at IS NULL;
