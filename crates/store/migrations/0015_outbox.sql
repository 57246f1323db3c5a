-- The outbox 发件箱: what is told to somebody outside the house. Types and times as in 0001.

-- Addresses that are told of steps. `topics`: the names of the steps, parted by spaces; `secret`, `former`: what signs, sealed;
-- `former_until`: until when the former one signs beside the new one; `since_at`: steps from then on are told; `off_at`, `off_why`: null while it is on
CREATE TABLE webhooks (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    address text NOT NULL,
    topics text NOT NULL,
    secret bytea NOT NULL,
    former bytea,
    former_until bigint,
    since_at bigint NOT NULL,
    off_at bigint,
    off_why text,
    by_id uuid NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};

-- Communities that send text messages to reporters, of steps since `since_at`; whoever has no row sends none
CREATE TABLE sms_switches (
    community_id bigint NOT NULL PRIMARY KEY,
    since_at bigint NOT NULL,
    by_id uuid NOT NULL
) {keyed};

-- Deliveries 投递. `seq`: the entry of the journal it tells of, 0 for a test; `target`: the webhook or the report; `next_at`: when it is
-- tried next, or until when somebody tries it now; null while another one of the same target and case goes before it, and at its end
CREATE TABLE deliveries (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    seq bigint NOT NULL,
    case_id uuid,
    topic text NOT NULL,
    kind text NOT NULL,
    target uuid NOT NULL,
    state text NOT NULL,
    tries bigint NOT NULL,
    made_at bigint NOT NULL,
    next_at bigint,
    done_at bigint,
    answer text,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_lane ON deliveries (community_id, target, case_id, seq) WHERE state = 'waiting';
CREATE INDEX deliveries_case ON deliveries (community_id, case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX deliveries_dead ON deliveries (community_id, done_at) WHERE state = 'dead';

-- How many deliveries of each kind stand in each state
CREATE TABLE delivery_tallies (
    community_id bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (community_id, kind, state)
) {keyed};

-- The language a reporter reads, null where nobody knows, and whether they do not want to be sent messages
ALTER TABLE contacts ADD COLUMN language text;
ALTER TABLE contacts ADD COLUMN quiet boolean NOT NULL DEFAULT false;

-- What happened before there was an outbox is told to nobody
INSERT INTO cursors (follower, community_id, seq) SELECT 'outbox', community_id, seq FROM heads WHERE seq > 0;
