-- Leads referred to enforcement officers, and disputes that are talked over.

-- `place`, `finding`, `item`: where, what was found, which penalty item (in words). There is no column for a person.
-- `course`: the procedure's name. `wakes_at`: when time itself has something to do with it.
CREATE TABLE referrals (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    version bigint NOT NULL,
    case_id uuid NOT NULL,
    grid_id uuid NOT NULL,
    team_id uuid NOT NULL,
    referrer_id uuid NOT NULL,
    state text NOT NULL,
    first_id uuid,
    second_id uuid,
    course text,
    result text,
    reason text,
    place text NOT NULL,
    finding text NOT NULL,
    item text NOT NULL,
    referred_at bigint NOT NULL,
    taken_at bigint,
    started_at bigint,
    ended_at bigint,
    due_at bigint,
    due_provisional boolean NOT NULL,
    wakes_at bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX referrals_number ON referrals (community_id, number);
CREATE INDEX referrals_case ON referrals (community_id, case_id);
CREATE INDEX referrals_team ON referrals (community_id, team_id, state, number);
CREATE INDEX referrals_grid ON referrals (community_id, grid_id, state, number);
CREATE INDEX referrals_wakes ON referrals (community_id, wakes_at) WHERE wakes_at IS NOT NULL;
-- one open referral for each case
CREATE UNIQUE INDEX referrals_open ON referrals (community_id, case_id) WHERE ended_at IS NULL;

CREATE TABLE referral_remarks (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    version bigint NOT NULL,
    words text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX referral_remarks_referral ON referral_remarks (community_id, referral_id, version);

CREATE TABLE referral_photos (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    referral_id uuid NOT NULL,
    blob text NOT NULL,
    thumbnail text,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX referral_photos_referral ON referral_photos (community_id, referral_id, at);

-- `people`: how many it concerns. `erase_at`: when the next of contacts and words is erased.
CREATE TABLE mediations (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    grid_id uuid NOT NULL,
    case_id uuid,
    opener_id uuid NOT NULL,
    mediator_id uuid NOT NULL,
    parties bigint NOT NULL,
    people bigint NOT NULL,
    state text NOT NULL,
    agreed_on text,
    written boolean,
    instead text,
    opened_at bigint NOT NULL,
    runs_from bigint NOT NULL,
    due_at bigint,
    extensions bigint NOT NULL,
    overdue_told boolean NOT NULL,
    ended_at bigint,
    follow_at bigint,
    called boolean NOT NULL,
    finished_at bigint,
    wakes_at bigint,
    erase_at bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX mediations_number ON mediations (community_id, number);
CREATE INDEX mediations_case ON mediations (community_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX mediations_mediator ON mediations (community_id, mediator_id, state, number);
CREATE INDEX mediations_grid ON mediations (community_id, grid_id, state, number);
CREATE INDEX mediations_state ON mediations (community_id, state, number);
CREATE INDEX mediations_wakes ON mediations (community_id, wakes_at) WHERE wakes_at IS NOT NULL;
CREATE INDEX mediations_erase ON mediations (community_id, erase_at) WHERE erase_at IS NOT NULL;

-- `n`: 甲方 is 0, 乙方 is 1 …
CREATE TABLE mediation_parties (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    mediation_id uuid NOT NULL,
    n bigint NOT NULL,
    name bytea,
    phone bytea,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX mediation_parties_n ON mediation_parties (community_id, mediation_id, n);

-- words of every step under seal: matter, place, talks, agreement, where to go instead
CREATE TABLE mediation_words (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    mediation_id uuid NOT NULL,
    version bigint NOT NULL,
    part text NOT NULL,
    held_on text,
    words bytea NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX mediation_words_mediation ON mediation_words (community_id, mediation_id, version);

CREATE TABLE mediation_papers (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    mediation_id uuid NOT NULL,
    blob text NOT NULL,
    thumbnail text,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX mediation_papers_mediation ON mediation_papers (community_id, mediation_id, at);
