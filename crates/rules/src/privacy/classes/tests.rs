//! Catalogues as one would write them, right and wrong.

use super::*;

const GOOD: &str = r#"
[case.number]
class = "C0"
mask = "none"
retention = "forever"
export = true
encrypt = false

[report.contact_phone]
class = "C2"
purposes = ["case_handling", "subject_request"]
mask = "phone"
retention = "closed + 180 d"
export = true
encrypt = true

[report.text]
class = "C2"
purposes = ["case_handling"]
mask = "free_text"
retention = "closed + 1095 d"
export = true
encrypt = false

[account.password]
class = "C4"
mask = "hidden"
retention = "row"
export = false
encrypt = false
"#;

fn parsed() -> DataClasses {
    DataClasses::parse(GOOD).expect("a good catalogue")
}

/// The faults after one change to the good catalogue.
fn faults(from: &str, to: &str) -> Vec<(String, Fault)> {
    assert!(GOOD.contains(from), "the change must change something");
    match DataClasses::parse(&GOOD.replace(from, to)) {
        Err(Broken::Faults(faults)) => faults,
        other => panic!("expected faults, got {other:?}"),
    }
}

fn phone(fault: Fault) -> Vec<(String, Fault)> {
    vec![("report.contact_phone".to_owned(), fault)]
}

#[test]
fn a_line_says_class_mask_retention_and_purposes() {
    let classes = parsed();
    let phone = classes.column("report", "contact_phone").expect("listed");
    assert_eq!(
        (phone.class, phone.mask, phone.encrypt),
        (Class::C2, Mask::Phone, true)
    );
    assert_eq!(
        phone.retention,
        Retention::Days {
            days: 180,
            since: Since::Closed
        }
    );
    assert_eq!(
        phone.purposes,
        [Purpose::CaseHandling, Purpose::SubjectRequest]
    );
    assert_eq!(phone.mask.apply("13800001234"), "138****1234");
}

#[test]
fn a_column_without_a_line_and_a_line_without_a_column_are_told() {
    let existing = [
        ("case", "number"),
        ("report", "contact_phone"),
        ("report", "text"),
        ("report", "contact_name"),
    ];
    assert_eq!(parsed().unlisted(existing), [("report", "contact_name")]);
    assert_eq!(parsed().gone(&existing), [("account", "password")]);
}

#[test]
fn personal_data_need_a_mask_a_purpose_an_end_and_an_export() {
    assert_eq!(faults("\"phone\"", "\"none\""), phone(Fault::NoMask));
    assert_eq!(
        faults("[\"case_handling\", \"subject_request\"]", "[]"),
        phone(Fault::NoPurpose)
    );
    assert_eq!(
        faults("\"subject_request\"", "\"maintenance\""),
        phone(Fault::Maintenance)
    );
    assert_eq!(
        faults("closed + 180 d", "forever"),
        phone(Fault::KeptForEver)
    );
    let kept_back = "retention = \"closed + 180 d\"\nexport = true";
    assert_eq!(
        faults(kept_back, &kept_back.replace("true", "false")),
        phone(Fault::NotExported)
    );
}

#[test]
fn sensitive_data_are_encrypted() {
    let change = "class = \"C2\"\npurposes = [\"case_handling\"]";
    let expected = vec![("report.text".to_owned(), Fault::NotEncrypted)];
    assert_eq!(faults(change, &change.replace("C2", "C3")), expected);
}

#[test]
fn secrets_are_hidden_and_never_exported() {
    let of_password = |fault| ("account.password".to_owned(), fault);
    assert_eq!(
        faults("\"hidden\"", "\"name\""),
        [of_password(Fault::SecretShown)]
    );
    let row = "retention = \"row\"\nexport = false";
    assert_eq!(
        faults(row, &row.replace("false", "true")),
        [of_password(Fault::SecretExported)]
    );
}

#[test]
fn public_data_are_neither_hidden_nor_given_purposes() {
    let of_number = |fault| vec![("case.number".to_owned(), fault)];
    assert_eq!(
        faults("mask = \"none\"", "mask = \"name\""),
        of_number(Fault::PublicHidden)
    );
    assert_eq!(
        faults(
            "class = \"C0\"",
            "class = \"C0\"\npurposes = [\"oversight\"]"
        ),
        of_number(Fault::NeedlessPurpose)
    );
}

#[test]
fn every_fault_is_told_at_once() {
    assert_eq!(faults("true", "false").len(), 2);
}

#[test]
fn unknown_words_are_not_guessed() {
    for (from, to) in [
        ("C4", "C5"),
        ("\"hidden\"", "\"blurred\""),
        ("encrypt", "crypt"),
        ("180 d", "180"),
        ("180 d", "0 d"),
        ("closed", "opened"),
    ] {
        let broken = DataClasses::parse(&GOOD.replace(from, to));
        assert!(
            matches!(broken, Err(Broken::Unreadable(_))),
            "{from} → {to}"
        );
    }
}

#[test]
fn classes_are_ordered_by_harm() {
    assert!(Class::C0 < Class::C2 && Class::C3 < Class::C4);
}
