-- Supervision 全程盯办: reminders and questions with a date, and circulars about units. Types and times as in 0001.

-- `whom_id`: who was responsible when it was said; `overdue_at`: when time told that the answer is late
CREATE TABLE supervision_items (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    grid_id uuid NOT NULL,
    by_id uuid NOT NULL,
    whom_id uuid NOT NULL,
    department_id uuid,
    words text NOT NULL,
    made_at bigint NOT NULL,
    answer_by bigint,
    answered_at bigint,
    answered_by uuid,
    answer text,
    overdue_at bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX supervision_items_case ON supervision_items (community_id, case_id, made_at);
CREATE INDEX supervision_items_waiting ON supervision_items (community_id, answer_by) WHERE answered_at IS NULL AND answer_by IS NOT NULL;
CREATE INDEX supervision_items_answered ON supervision_items (community_id, answered_at) WHERE answered_at IS NOT NULL;

CREATE TABLE circulars (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    by_id uuid NOT NULL,
    at bigint NOT NULL,
    withdrawn_at bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX circulars_at ON circulars (community_id, at) WHERE withdrawn_at IS NULL;

-- `kind`: grid or department; never a person
CREATE TABLE circular_units (
    community_id bigint NOT NULL,
    circular_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind text NOT NULL,
    PRIMARY KEY (community_id, circular_id, unit_id)
) {keyed};
