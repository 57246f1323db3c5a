//! Settings are changed, kept and refused.

use serde_json::{Value, json};

use super::*;

fn known(check: impl FnOnce(&Known<'_>)) {
    let known = Known {
        category: &|code| code.as_str().starts_with("201"),
        department: &|code| code == "D01",
    };
    check(&known);
}

fn wish(values: &[(&str, Value)]) -> Wish {
    let value =
        |(name, value): &(&str, Value)| (Field::named(name).expect("a setting"), value.clone());
    Wish::Values(values.iter().map(value).collect())
}

fn refused(name: &str, value: Value) -> Option<Unbearable> {
    let mut why = None;
    known(|known| {
        let tried = Settings::default().changed(wish(&[(name, value)]), known);
        why = tried.err().map(|faults| {
            assert_eq!((faults.len(), faults[0].field.name), (1, name));
            faults[0].why.clone()
        });
    });
    why
}

#[test]
fn a_change_says_what_was_and_what_is() {
    known(|known| {
        let wanted = wish(&[
            ("case.reopen_days", json!(30)),
            ("duplicate.metres", json!(50)),
        ]);
        let (settings, changes) = Settings::default().changed(wanted, known).expect("borne");
        assert_eq!(settings.case.reopen_days, 30);
        let change = Change {
            field: "case.reopen_days".into(),
            was: json!(15),
            now: json!(30),
        };
        assert_eq!(
            changes,
            std::slice::from_ref(&change),
            "what stays as it was is no change"
        );
        let (back, _) = settings
            .changed(Wish::Back(vec![change]), known)
            .expect("borne");
        assert_eq!(back, Settings::default());
    });
}

#[test]
fn what_is_kept_names_only_what_differs_and_reads_back() {
    known(|known| {
        let lanes = json!([{"category": "20110", "department": "D01"}]);
        let wanted = wish(&[
            ("case.whistle.urgent", json!({"unit": "minute", "n": 90})),
            ("case.fast_lane", lanes.clone()),
            ("case.update_every", Value::Null),
        ]);
        let (settings, changes) = Settings::default().changed(wanted, known).expect("borne");
        assert_eq!(changes.len(), 3);
        let text: Value = serde_json::from_str(&settings.text()).expect("JSON");
        let kept = json!({"case": {"fast_lane": lanes, "update_every": null,
            "whistle": {"urgent": {"unit": "minute", "n": 90}}}});
        assert_eq!(text, kept);
        assert_eq!(
            serde_json::from_value::<Settings>(text).expect("read back"),
            settings
        );
        assert_eq!(Settings::default().text(), "{}");
    });
}

#[test]
fn numbers_end_at_their_bounds() {
    let range = |least, most| Some(Unbearable::Range { least, most });
    for (name, value, why) in [
        ("case.visit.sample", json!(101), range(0, 100)),
        ("case.visit.sample", json!(100), None),
        ("case.reopen_days", json!(0), range(1, 365)),
        ("figures.fewest", json!(4), range(5, 100)),
        ("case.max_extensions", json!(3), range(0, 2)),
        ("duplicate.metres", json!(1001), range(0, 1000)),
        (
            "case.accept_within",
            json!({"unit": "work_hour", "n": 0}),
            range(1, 2000),
        ),
        (
            "case.accept_within",
            json!({"unit": "natural_day", "n": 366}),
            range(1, 365),
        ),
        ("case.visit.sample", json!("many"), Some(Unbearable::Shape)),
        ("case.visit.sample", json!(70_000), Some(Unbearable::Shape)),
        ("case.accept_within", Value::Null, Some(Unbearable::Shape)),
        ("case.first_answer_within", Value::Null, None),
    ] {
        assert_eq!(refused(name, value.clone()), why, "{name} {value}");
    }
}

#[test]
fn an_urgent_whistle_is_never_slower_than_a_calmer_one() {
    let slow = |unit, n| json!({"unit": unit, "n": n});
    let name = "case.whistle.emergency";
    assert_eq!(refused(name, slow("minute", 121)), Some(Unbearable::Slower));
    assert_eq!(refused(name, slow("minute", 120)), None);
    assert_eq!(
        refused("case.whistle.urgent", slow("urgent_hour", 25)),
        Some(Unbearable::Slower)
    );
    assert_eq!(
        refused("case.whistle.ordinary", slow("minute", 60)),
        Some(Unbearable::Slower)
    );
}

#[test]
fn lists_name_what_there_is_and_each_thing_once() {
    let lane =
        |category: &str, department: &str| json!({"category": category, "department": department});
    let twice = |what: &str| Some(Unbearable::Twice { what: what.into() });
    let code = |code: &str| code.to_owned();
    for (name, value, why) in [
        ("case.fast_lane", json!([lane("20110", "D01")]), None),
        (
            "case.fast_lane",
            json!([lane("99", "D01")]),
            Some(Unbearable::Category { code: code("99") }),
        ),
        (
            "case.fast_lane",
            json!([lane("201", "D99")]),
            Some(Unbearable::Department { code: code("D99") }),
        ),
        (
            "case.fast_lane",
            json!([lane("201", "D01"), lane("201", "D01")]),
            twice("201"),
        ),
        (
            "case.visit.of",
            json!([{"category": "201", "sample": 101, "within": null}]),
            Some(Unbearable::Range {
                least: 0,
                most: 100,
            }),
        ),
        (
            "duplicate.families",
            json!([["20110"]]),
            Some(Unbearable::Alone),
        ),
        ("duplicate.families", json!([["20110", "20111"]]), None),
        ("duplicate.hidden", json!(["301"]), None),
        (
            "duplicate.hidden",
            json!(["308"]),
            Some(Unbearable::Category { code: code("308") }),
        ),
        (
            "case.whistle.leader_titles",
            json!([]),
            Some(Unbearable::Empty),
        ),
        (
            "case.whistle.leader_titles",
            json!(["队长", "队长"]),
            twice("队长"),
        ),
        (
            "case.whistle.leader_titles",
            json!([" "]),
            Some(Unbearable::Line { most: 20 }),
        ),
        (
            "mediation.kinds",
            json!([{"code": "noise"}]),
            Some(Unbearable::Nameless {
                code: code("noise"),
            }),
        ),
        (
            "mediation.kinds",
            json!([{"code": "noise", "name": "噪声"}]),
            None,
        ),
        (
            "mediation.kinds",
            json!([{"code": "No", "name": "噪声"}]),
            Some(Unbearable::Code { code: code("No") }),
        ),
    ] {
        assert_eq!(refused(name, value.clone()), why, "{name} {value}");
    }
    let many: Vec<Value> = (0..31).map(|n| json!(format!("第{n}"))).collect();
    assert_eq!(
        refused("case.whistle.leader_titles", json!(many)),
        Some(Unbearable::Many { most: 30 })
    );
}

#[test]
fn a_telephone_number_has_digits_and_little_else() {
    for text in ["028-8888 0000", "+86 28 8888 0000", "110"] {
        assert_eq!(refused("phones.desk", json!(text)), None, "{text}");
    }
    for text in ["", "12", "call me", "028-8888-0000-0000-0000", "<b>110"] {
        assert_eq!(
            refused("phones.desk", json!(text)),
            Some(Unbearable::Phone),
            "{text}"
        );
    }
}

#[test]
fn words_are_kept_as_long_as_contacts() {
    assert_eq!(
        refused("mediation.words_days", json!(60)),
        Some(Unbearable::Order)
    );
    assert_eq!(refused("mediation.contact_days", json!(365)), None);
}

#[test]
fn the_journal_holds_no_words_and_no_telephone_numbers() {
    let change = |field: &str, now: Value| Change {
        field: field.into(),
        was: Value::Null,
        now,
    };
    let phone = change("phones.desk", json!("028-8888 0000")).for_journal();
    assert_eq!((phone.was, phone.now), (Value::Null, Value::Null));
    let days = change("case.reopen_days", json!(30)).for_journal();
    assert_eq!(days.now, json!(30));
}
