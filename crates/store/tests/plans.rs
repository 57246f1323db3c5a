//! SQLite's plans: whatever belongs to one case or one grid is found by its own index, never by walking its community.

use rusqlite::Connection;
use store::Address;
use testkit::Database;

fn plan(connection: &Connection, sql: &str) -> String {
    let mut explained = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .expect("well-formed");
    let steps = explained
        .query_map([], |row| row.get::<_, String>(3))
        .expect("explained");
    steps
        .collect::<Result<Vec<_>, _>>()
        .expect("readable")
        .join("; ")
}

#[tokio::test]
async fn what_belongs_to_a_case_or_a_grid_is_found_by_its_own_index() {
    let db = Database::sqlite().await;
    let Address::Sqlite(file) = &db.address else {
        panic!("a file")
    };
    let connection = Connection::open(file).expect("opens");
    let wanted = [
        (
            "SELECT * FROM journal WHERE community_id = 1 AND subject = x'00'",
            "journal_subject",
        ),
        (
            "SELECT * FROM journal j LEFT JOIN journal f ON f.community_id = j.community_id AND f.seq = j.about \
             WHERE j.community_id = 1 AND j.about IN (SELECT seq FROM journal WHERE community_id = 1 AND subject = x'00')",
            "journal_about",
        ),
        (
            "SELECT key_hash FROM request_keys WHERE community_id = 1 AND at < 5 ORDER BY at LIMIT 500",
            "request_keys_at",
        ),
        (
            "SELECT * FROM reports WHERE community_id = 1 AND (id IN (x'00') OR case_id IN (x'00')) \
             ORDER BY case_id IS NOT NULL, number",
            "reports_case",
        ),
        (
            "SELECT * FROM reports LEFT JOIN cases ON cases.community_id = reports.community_id AND cases.id = reports.id \
             AND reports.case_id IS NULL WHERE reports.community_id = 1 AND (reports.id = x'00' OR reports.case_id = x'00')",
            "reports_case",
        ),
        (
            "SELECT * FROM reports WHERE community_id = 1 AND id = \
             coalesce((SELECT r.id FROM reports r WHERE r.community_id = 1 AND r.number = 5), x'00')",
            "reports_number",
        ),
        (
            "SELECT * FROM results WHERE community_id = 1 AND case_id = x'00' ORDER BY at, id",
            "results_case",
        ),
        (
            "SELECT * FROM attachments WHERE community_id = 1 AND case_id = x'00' ORDER BY at, id",
            "attachments_case",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND grid_id IN (x'00', x'01') AND state IN ('filed') \
             ORDER BY received_at DESC, id DESC LIMIT 51",
            "cases_grid",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND closed_at IS NULL AND \"cases\".\"reopened\" AND state IN ('filed') \
             ORDER BY received_at DESC, id DESC LIMIT 51",
            "cases_reopened",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND closed_at IS NULL AND \"cases\".\"queued\" AND state IN ('reported') \
             ORDER BY received_at, id LIMIT 51",
            "cases_queued",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND cases.stirred_at IS NOT NULL AND cases.stirred_at < 9 \
             ORDER BY cases.stirred_at, cases.id LIMIT 51",
            "cases_stirred",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND cases.decision_at IS NOT NULL \
             ORDER BY cases.decision_at, cases.id LIMIT 51",
            "cases_decision",
        ),
        (
            "SELECT m.seq, m.kind, m.read_at, j.at, j.subject, m.for_id FROM messages n CROSS JOIN messages m \
             JOIN journal j ON j.community_id = m.community_id AND j.seq = m.seq WHERE n.community_id = 1 AND n.member_id = x'00' \
             AND n.seq < 9 AND n.read_at IS NULL AND m.community_id = n.community_id AND m.member_id = n.member_id AND m.seq = n.seq \
             AND NOT (m.kind IN ('a') AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.community_id = m.community_id \
             AND c.state IN ('filed') AND c.id = coalesce(j.subject, x'00'))) ORDER BY n.seq DESC LIMIT 200",
            "messages_new",
        ),
        (
            "SELECT * FROM coordination_items WHERE community_id = 1 AND settled_at IS NULL AND (member_id IN (x'00')) \
             ORDER BY due_at, id LIMIT 50",
            "coordination_items_member",
        ),
        (
            "SELECT * FROM coordination_items WHERE community_id = 1 AND settled_at IS NULL AND late_told_at IS NULL \
             AND due_at < 5 ORDER BY due_at, id LIMIT 100",
            "coordination_items_untold",
        ),
        (
            "SELECT i.case_id FROM coordinations c JOIN coordination_items i ON i.community_id = c.community_id \
             AND i.coordination_id = c.id WHERE c.community_id = 1 AND c.called_by IN (x'00') AND i.settled_at IS NULL",
            "coordination_items_open",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND cases.state IN ('filed', 'accepted') AND cases.id IN \
             (SELECT case_id FROM coordination_items WHERE community_id = 1 AND settled_at IS NULL AND due_at < 5) \
             ORDER BY (SELECT min(i.due_at) FROM coordination_items i WHERE i.community_id = cases.community_id \
             AND i.case_id = cases.id AND i.settled_at IS NULL), cases.id LIMIT 51",
            "coordination_items_late",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND cases.tier_due_at IS NOT NULL AND cases.tier_due_at < 9 \
             ORDER BY cases.tier_due_at, cases.id LIMIT 51",
            "cases_tier",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND cases.late_at IS NOT NULL AND cases.late_at < 9 \
             ORDER BY cases.late_at, cases.id LIMIT 51",
            "cases_late",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND NOT withheld AND decide_by_at IS NOT NULL AND decide_by_at < 9 \
             AND (undecided_told_at IS NULL OR undecided_told_at < decide_by_at) AND decide_by_at < 9 ORDER BY decide_by_at, id LIMIT 100",
            "cases_undecided",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND NOT withheld AND decide_by_at IS NOT NULL AND decide_by_at < 9 \
             AND undecided_told_at >= decide_by_at AND (undecided_told_up_at IS NULL OR undecided_told_up_at < decide_by_at) \
             AND undecided_told_at < 9 ORDER BY undecided_told_at, id LIMIT 100",
            "cases_undecided",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND closed_at IS NULL AND due_at >= 5 AND state IN ('filed', 'accepted')",
            "cases_overdue",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND cases.id IN (SELECT case_id FROM whistle_parts WHERE community_id = 1 \
             AND ended_at IS NULL AND response IS NULL AND report_by >= 0 AND (reported_in_at IS NOT NULL OR report_by < 5)) \
             ORDER BY (SELECT min(w.report_by) FROM whistle_parts w WHERE w.community_id = cases.community_id \
             AND w.case_id = cases.id AND w.ended_at IS NULL AND w.response IS NULL), cases.id LIMIT 201",
            "whistle_parts_unrated",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND visit_due_at IS NOT NULL AND visitor_id IN (x'00') \
             ORDER BY visit_due_at, id LIMIT 50",
            "cases_visitor",
        ),
        (
            "SELECT * FROM cases WHERE community_id = 1 AND visit_due_at IS NOT NULL ORDER BY visit_due_at, id LIMIT 50",
            "cases_visit_due",
        ),
        (
            "SELECT community_id, id FROM deliveries WHERE next_at <= 5 AND kind <> 'sms' ORDER BY next_at LIMIT 64",
            "deliveries_due",
        ),
        (
            "SELECT id FROM deliveries WHERE community_id = 1 AND target = x'00' AND case_id = x'00' AND id <> x'01' \
             AND state = 'waiting' ORDER BY seq DESC LIMIT 1",
            "deliveries_lane",
        ),
        (
            "SELECT id FROM deliveries WHERE community_id = 1 AND target = x'00' AND (case_id = x'00' OR case_id IS NOT NULL) \
             AND state = 'waiting' ORDER BY seq LIMIT 1",
            "deliveries_lane",
        ),
        (
            "SELECT * FROM deliveries WHERE community_id = 1 AND case_id = x'00' ORDER BY seq, id",
            "deliveries_case",
        ),
        (
            "SELECT * FROM deliveries WHERE community_id = 1 AND state = 'dead' ORDER BY done_at DESC, id LIMIT 50",
            "deliveries_dead",
        ),
        (
            "SELECT * FROM complaints WHERE community_id = 1 AND closed_at IS NULL AND looked_at < 9 ORDER BY looked_at LIMIT 200",
            "complaints_looked",
        ),
        (
            "SELECT count(*) AS n FROM complaints WHERE community_id = 1 AND nobody_sees = TRUE AND closed_at IS NULL",
            "complaints_nobody",
        ),
    ];
    for (sql, index) in wanted {
        let plan = plan(&connection, sql);
        assert!(plan.contains(&format!("INDEX {index} ")), "{sql}\n{plan}");
    }
}
