-- A source tells the same thing again: its earlier events of that kind which became tellings are looked up each time.
CREATE INDEX place_events_again ON place_events (community_id, source, kind, received_at) WHERE report_id IS NOT NULL;
