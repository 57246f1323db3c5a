-- A look a month after an agreement that nobody took is told when it is seven days late. Agreements from before, whose day to look
-- time itself has called already, had nothing left to wake them; and where the limit of the talks had passed, the mark of that one
-- stood for the look as well.
UPDATE mediations SET overdue_told = FALSE WHERE state = 'agreed';
UPDATE mediations SET wakes_at = follow_at + 604800000000 WHERE state = 'agreed' AND called AND follow_at IS NOT NULL;
