//! Settings out of layers: what wins, and that all that is wrong is told at once.

use super::*;
use crate::help::SETTINGS;

fn none() -> Common {
    Common {
        config: None,
        listen: None,
        database: None,
        data: None,
    }
}

/// What a file and variables give.
fn heard(file: &str, variables: &[(&str, &str)]) -> anyhow::Result<Config> {
    let mut heard = Heard::default();
    heard.table(&toml::from_str(file).expect("a table"), "", "weige.toml");
    for (name, value) in variables {
        heard.variable(name, Some(value));
    }
    heard.pairs();
    heard.config()
}

/// What is wrong with a file and variables, line by line.
fn faults(file: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let told = heard(file, variables).expect_err("it is refused");
    let told = told.to_string();
    told.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn limits_are_on_unless_somebody_says_off() {
    let on = |file, variables| heard(file, variables).expect("settings").limits.anonymous;
    assert!(on("", &[]));
    assert!(!on("limits.anonymous = \"off\"", &[]));
    assert!(!on("", &[("WEIGE_LIMITS__ANONYMOUS", "off")]));
    assert!(on(
        "limits.anonymous = false",
        &[("WEIGE_LIMITS__ANONYMOUS", "on")]
    ));
}

#[test]
fn one_limit_is_set_without_the_others() {
    let limits = heard("[limits]\ngrid.per_hour = 50", &[])
        .expect("settings")
        .limits;
    let usual = super::super::Limits::default();
    assert_eq!((limits.grid.burst, limits.grid.per_hour), (200, 50));
    assert_eq!(limits.device, usual.device);
}

#[test]
fn the_example_that_help_shows_can_be_read() {
    let (_, example) = SETTINGS.split_once("file:\n").expect("an example");
    let (example, _) = example.split_once("\nMore").expect("its end");
    let read = heard(example, &[]).expect("settings");
    assert_eq!(read.call.as_deref(), Some("028-12345678"));
    assert_eq!(read.limits.grid.per_hour, 300);
}

#[test]
fn a_number_to_call_is_a_word_in_a_variable_too() {
    let read = heard("", &[("WEIGE_CALL", "02812345678")]).expect("settings");
    assert_eq!(read.call.as_deref(), Some("02812345678"));
}

#[test]
fn a_flag_wins_over_the_file() {
    let mut heard = Heard::default();
    let file = toml::from_str("listen = \"127.0.0.1:1\"").expect("a table");
    heard.table(&file, "", "weige.toml");
    heard.flags(&Common {
        listen: Some("127.0.0.1:2".into()),
        ..none()
    });
    assert_eq!(heard.config().expect("settings").listen, "127.0.0.1:2");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let file = "listne = 1\n[limits]\nanonymous = \"maybe\"\ngrid.burst = 0";
    let told = faults(
        file,
        &[("WEIGE_TLS", "perhaps"), ("WEIGE_LIMIT__GRID", "7")],
    );
    let said = |place: &str, words: &[&str]| {
        told.iter()
            .any(|line| line.starts_with(place) && words.iter().all(|word| line.contains(word)))
    };
    assert!(
        said("weige.toml:", &["no setting listne", "listen"]),
        "{told:?}"
    );
    assert!(said(
        "weige.toml:",
        &["limits.anonymous is \"maybe\"", "true or false"]
    ));
    assert!(said(
        "weige.toml:",
        &["limits.grid.burst is 0", "from 1 to 1000000"]
    ));
    assert!(said("WEIGE_TLS:", &["tls is \"perhaps\"", "true or false"]));
    assert!(
        said("WEIGE_LIMIT__GRID:", &["no setting limit.grid"]),
        "{told:?}"
    );
    assert_eq!(told.len(), 6, "{told:?}");
}

#[test]
fn a_wrong_value_is_told_although_a_later_one_covers_it() {
    let told = faults("tls = \"perhaps\"", &[("WEIGE_TLS", "true")]);
    assert!(told[0].contains("tls is \"perhaps\""), "{told:?}");
}

#[test]
fn a_gateway_has_an_address_that_may_be_gone_to_and_what_signs_for_it() {
    let secret = format!("sms.secret = \"whsec_{}\"", "QUJD".repeat(8));
    let url = "sms.url = \"https://sms.example/send\"";
    assert!(faults(&secret, &[])[0].contains("sms.secret is set and sms.url is not"));
    assert!(faults(url, &[])[0].contains("sms.url is set and sms.secret is not"));
    assert!(heard(&format!("{url}\n{secret}"), &[]).is_ok());
    let plain = format!("sms.url = \"http://10.0.0.7/geheim\"\n{secret}");
    let told = faults(&plain, &[]);
    assert!(
        told[0].contains("not https") && !told[0].contains("geheim"),
        "{told:?}"
    );
    assert!(heard(&plain, &[("WEIGE_OUTBOX__PRIVATE", "true")]).is_ok());
}

#[test]
fn variables_of_the_repositorys_tools_are_no_settings() {
    assert!(
        heard(
            "",
            &[("WEIGE_GOLDEN", "write"), ("WEIGE_TEST_POSTGRES", "x")]
        )
        .is_ok()
    );
    assert!(heard("", &[("WEIGED", "x")]).is_ok());
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_line() {
    let text = "listen = \"127.0.0.1:1\"\ncall = = 3";
    let error = toml::from_str::<toml::Table>(text).expect_err("no TOML");
    let told = unread("weige.toml", text, &error);
    assert!(
        told.starts_with("weige.toml: line 2 is no TOML: "),
        "{told}"
    );
    assert_eq!(told.lines().count(), 1, "{told}");
}
