//! The golden table of rights: role × action. A change of rights shows as a change of the file.
//! `WEIGE_GOLDEN=write cargo test -p rules --test access` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

use std::path::Path;

use rules::access::{Action, Role, may};

fn table() -> String {
    let mut text = String::from("action");
    for role in Role::ALL {
        text.push(',');
        text.push_str(role.as_str());
    }
    text.push('\n');
    for action in Action::ALL {
        text.push_str(action.as_str());
        for role in Role::ALL {
            text.push_str(if may(role, *action) { ",yes" } else { ",-" });
        }
        text.push('\n');
    }
    text
}

#[test]
fn rights_are_those_of_the_golden_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/access.csv");
    if std::env::var("WEIGE_GOLDEN").as_deref() == Ok("write") {
        std::fs::write(&path, table()).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        table(),
        golden,
        "rights changed: look at the difference, then write the golden file anew"
    );
}

#[test]
fn contact_data_is_closed_to_whoever_only_counts_watches_or_administers() {
    let blind = [
        Role::Anonymous,
        Role::Resident,
        Role::Volunteer,
        Role::Supervisor,
        Role::Command,
        Role::PrivacyOfficer,
        Role::Auditor,
        Role::Admin,
        Role::Integration,
    ];
    for role in blind {
        assert!(!may(role, Action::ReadContact), "{role}");
    }
}

#[test]
fn who_keeps_accounts_sees_no_case() {
    for action in [
        Action::ReadCase,
        Action::ListCases,
        Action::ReadContact,
        Action::ExportCases,
        Action::ReadTrail,
    ] {
        assert!(!may(Role::Admin, action), "{action}");
    }
}

#[test]
fn the_supervisor_reads_every_trail_and_decides_nothing() {
    assert!(may(Role::Supervisor, Action::ReadCase) && may(Role::Supervisor, Action::ReadTrail));
    let commands = rules::case::CommandName::ALL
        .iter()
        .map(|name| name.action());
    for action in commands {
        assert!(!may(Role::Supervisor, action), "{action}");
    }
}
