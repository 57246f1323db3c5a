-- The life of a case in full: targets of first answer and update per filing condition, whistles, coordinations of the parties.

ALTER TABLE conditions ADD COLUMN first_answer text;
ALTER TABLE conditions ADD COLUMN update_every text;

-- 吹哨报到: one row for each department that was called; `response` is of the department, never of a person
CREATE TABLE whistle_parts (
    community_id bigint NOT NULL,
    whistle_id uuid NOT NULL,
    department_id uuid NOT NULL,
    case_id uuid NOT NULL,
    urgency text NOT NULL,
    called_at bigint NOT NULL,
    report_by bigint NOT NULL,
    acknowledged_at bigint,
    reported_in_at bigint,
    finished_at bigint,
    climbed_at bigint,
    response text,
    ended_at bigint,
    PRIMARY KEY (community_id, whistle_id, department_id)
) {keyed};
CREATE INDEX whistle_parts_case ON whistle_parts (community_id, case_id);
CREATE INDEX whistle_parts_department ON whistle_parts (community_id, department_id, case_id);
-- `ended_at`: when the whole whistle was over
CREATE INDEX whistle_parts_open ON whistle_parts (community_id, department_id, report_by) WHERE ended_at IS NULL;

-- 协调: the parties are called together
CREATE TABLE coordinations (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    called_by uuid NOT NULL,
    called_at bigint NOT NULL,
    meets_at bigint NOT NULL,
    place text NOT NULL,
    purpose text NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX coordinations_case ON coordinations (community_id, case_id);

-- a member, a department, or an outside body by its name
CREATE TABLE coordination_parties (
    community_id bigint NOT NULL,
    coordination_id uuid NOT NULL,
    n bigint NOT NULL,
    case_id uuid NOT NULL,
    member_id uuid,
    department_id uuid,
    outside text,
    PRIMARY KEY (community_id, coordination_id, n)
) {keyed};
CREATE INDEX coordination_parties_member ON coordination_parties (community_id, member_id, case_id) WHERE member_id IS NOT NULL;
CREATE INDEX coordination_parties_department ON coordination_parties (community_id, department_id, case_id) WHERE department_id IS NOT NULL;

-- who does what by when
CREATE TABLE coordination_items (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    coordination_id uuid NOT NULL,
    case_id uuid NOT NULL,
    what text NOT NULL,
    member_id uuid,
    department_id uuid,
    outside text,
    due_at bigint NOT NULL,
    settled_at bigint,
    settled_by uuid,
    done boolean,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX coordination_items_case ON coordination_items (community_id, case_id);
CREATE INDEX coordination_items_member ON coordination_items (community_id, member_id, case_id) WHERE member_id IS NOT NULL;
CREATE INDEX coordination_items_department ON coordination_items (community_id, department_id, case_id) WHERE department_id IS NOT NULL;
