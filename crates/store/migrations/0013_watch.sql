-- Watching cases 全程盯办: `stirred_at` says when somebody who works here last took a step, while the case is open and its
-- clocks run; null otherwise. Cases from before count from the last step that has a column.
ALTER TABLE cases ADD COLUMN stirred_at bigint;
UPDATE cases SET stirred_at = coalesce(handled_at, filed_at, received_at)
    WHERE closed_at IS NULL AND state IN ('reported', 'verifying', 'filed', 'dispatched', 'accepted', 'handled', 'checked');
CREATE INDEX cases_stirred ON cases (community_id, stirred_at) WHERE stirred_at IS NOT NULL;
