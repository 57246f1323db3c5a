//! The command line as an operator meets it: what it says of itself, of files that cannot be read, and what it asks for
//! first.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use testkit::Database;

const PROGRAM: &str = env!("CARGO_BIN_EXE_weige");

/// Runs the program over a data folder, with traces of calls asked for.
fn run(data: &Path, locale: &str, args: &[&str]) -> Output {
    let mut program = Command::new(PROGRAM);
    program.args(args).arg("--data").arg(data);
    program.env("LC_ALL", locale).env("RUST_BACKTRACE", "1");
    program.output().expect("the program starts")
}

/// What it says where errors are said.
fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// The files that a text asks for, in its order.
fn asked_for(text: &str) -> Vec<String> {
    let after = text.split("weige import ").skip(1);
    let kinds = after.filter_map(|rest| rest.split_whitespace().next());
    kinds.map(str::to_owned).collect()
}

/// The same in the block of commands of a README.
fn asked_for_in(readme: &str) -> Vec<String> {
    let commands = readme.lines().map(str::trim_start);
    let commands: Vec<&str> = commands
        .filter(|line| line.starts_with("weige import "))
        .collect();
    asked_for(&commands.join("\n"))
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_told_in_one_plain_line() {
    let folder = Database::sqlite().await.folder;
    let data = folder.path().join("data");
    let absent = folder.path().join("absent.geojson");
    let absent = absent.to_str().expect("a path");
    let here = folder.path().to_str().expect("a path");
    for (locale, file, said) in [
        ("en_GB.UTF-8", absent, "there is no such file"),
        ("zh_CN.UTF-8", absent, "没有这个文件"),
        ("en_GB.UTF-8", here, "this is a folder, not a file"),
        ("zh_CN.UTF-8", here, "这是文件夹，不是文件"),
    ] {
        for what in [
            "grids",
            "people",
            "catalogue",
            "calendar",
            "cases",
            "hotline",
        ] {
            let told = complaint(&run(&data, locale, &["import", what, file]));
            assert_eq!(told.lines().count(), 1, "{told}");
            assert!(told.starts_with(file) && told.contains(said), "{told}");
        }
    }
    assert!(!data.exists(), "a wrong name makes no data folder");
}

#[tokio::test]
async fn an_error_is_one_line_without_a_trace_of_calls() {
    let folder = Database::sqlite().await.folder;
    let told = complaint(&run(
        folder.path(),
        "C",
        &["--config", "absent.toml", "verify"],
    ));
    assert_eq!(told, "weige: there is no settings file absent.toml\n");
}

#[test]
fn help_begins_with_what_it_is_and_names_every_command() {
    let output = Command::new(PROGRAM).arg("--help").output();
    let help = String::from_utf8(output.expect("it starts").stdout).expect("text");
    let first = help.lines().next().unwrap_or_default();
    assert_eq!(
        first.trim_end_matches('.'),
        "Weige 微格: run the small grids of a community as a service"
    );
    let named = |name: &str| help.lines().any(|line| line.trim_start().starts_with(name));
    for name in [
        "serve ",
        "demo ",
        "demo-files ",
        "import ",
        "export ",
        "account ",
        "token ",
        "migrate ",
        "verify ",
    ] {
        assert!(named(name), "{name}: {help}");
    }
    assert!(!help.contains("develop-photo"), "{help}");
}

/// What help says of a command.
fn help_of(args: &[&str]) -> String {
    let output = Command::new(PROGRAM).args(args).arg("--help").output();
    String::from_utf8(output.expect("it starts").stdout).expect("text")
}

/// The variables that a text names at the beginning of its lines.
fn variables(text: &str) -> Vec<String> {
    let first = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let is_name = |word: &&str| word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let named = first
        .filter(is_name)
        .filter(|word| word.starts_with("WEIGE_"));
    named.map(str::to_owned).collect()
}

#[test]
fn help_shows_the_settings_and_hides_what_the_database_is_opened_with() {
    for args in [&[][..], &["serve"], &["demo"]] {
        let help = help_of(args);
        assert!(variables(&help).len() > 15, "{args:?}: {help}");
        assert!(
            help.contains("Example of a settings file:"),
            "{args:?}: {help}"
        );
        // long lines are broken anywhere between words
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for flag in [
            "[env: WEIGE_LISTEN=",
            "[env: WEIGE_DATABASE",
            "[env: WEIGE_DATA=",
        ] {
            assert!(help.contains(flag), "{flag} {args:?}: {help}");
        }
    }
    let mut program = Command::new(PROGRAM);
    let program = program
        .arg("--help")
        .env("WEIGE_DATABASE", "postgres://me:geheim@host/x");
    let told = program.output().expect("it starts").stdout;
    assert!(!String::from_utf8_lossy(&told).contains("geheim"));
}

#[tokio::test]
async fn every_variable_that_help_names_is_one() {
    let folder = Database::sqlite().await.folder;
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::write(path("weige.toml"), "").expect("a file");
    let mut program = Command::new(PROGRAM);
    program.arg("migrate");
    for name in variables(&help_of(&[])) {
        let value = match name.as_str() {
            "WEIGE_CONFIG" => path("weige.toml"),
            "WEIGE_LISTEN" => "127.0.0.1:0".to_owned(),
            "WEIGE_DATABASE" => format!("sqlite:{}", path("other.sqlite")),
            "WEIGE_DATA" => path("elsewhere"),
            "WEIGE_LOG" => "error".to_owned(),
            "WEIGE_CALL" => "02812345678".to_owned(),
            "WEIGE_LIMITS__ANONYMOUS" => "off".to_owned(),
            "WEIGE_SMS__URL" => "http://127.0.0.1:9/sms".to_owned(),
            "WEIGE_SMS__SECRET" => format!("whsec_{}", "QUJD".repeat(8)),
            "WEIGE_TLS" | "WEIGE_PROXY" | "WEIGE_OUTBOX__PRIVATE" => "true".to_owned(),
            _ => "7".to_owned(),
        };
        program.env(name, value);
    }
    let done = program.output().expect("it starts");
    assert!(done.status.success(), "{done:?}");
    assert!(
        folder.path().join("other.sqlite").exists() && folder.path().join("elsewhere").exists()
    );
}

#[tokio::test]
async fn grids_that_cannot_be_read_are_told_in_one_language() {
    let folder = Database::sqlite().await.folder;
    let data = folder.path().join("data");
    let file = folder.path().join("grids.geojson");
    let file_name = file.to_str().expect("a path");
    let line = r#"{"type":"Feature","properties":{"code":"x"},"geometry":{"type":"LineString","coordinates":[]}}"#;
    for (text, said) in [
        (
            "{\n\"type\": oops}",
            "第 2 行：错误：从这里起不是完整的 JSON（第 9 个字符）",
        ),
        (
            line,
            "边界不是面（应是 Polygon 或 MultiPolygon）：“LineString”",
        ),
    ] {
        std::fs::write(&file, text).expect("a file");
        let told = run(&data, "zh_CN.UTF-8", &["import", "grids", file_name]);
        let told = String::from_utf8(told.stdout).expect("text");
        assert!(told.contains(said), "{told}");
        assert!(
            ![" is ", " not ", "expected"]
                .iter()
                .any(|word| told.contains(word)),
            "{told}"
        );
    }
}

#[tokio::test]
async fn the_first_run_asks_for_files_in_the_order_of_the_readme() {
    let folder = Database::sqlite().await.folder;
    let mut server = Command::new(PROGRAM)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let said = BufReader::new(server.stdout.take().expect("its words"));
    let hint = said
        .lines()
        .map_while(Result::ok)
        .find(|line| line.starts_with("Then, "));
    server.kill().expect("it ran");
    server.wait().expect("it ended");
    let hint = asked_for(&hint.expect("a hint"));
    assert_eq!(hint, ["calendar", "grids", "catalogue", "people"]);
    assert_eq!(hint, asked_for_in(include_str!("../../../README.md")));
    assert_eq!(hint, asked_for_in(include_str!("../../../README.zh-CN.md")));
}

#[tokio::test]
async fn settings_that_cannot_be_are_all_told_before_anything_opens() {
    let folder = Database::sqlite().await.folder;
    let data = folder.path().join("data");
    let file = folder.path().join("weige.toml");
    std::fs::write(&file, "listne = 1\nlimits.grid.burst = 0").expect("a file");
    let mut program = Command::new(PROGRAM);
    program.args(["migrate", "--config"]).arg(&file);
    program.arg("--data").arg(&data);
    program.env("WEIGE_LIMITS__ANONYMOUS", "maybe");
    program.env("WEIGE_SMS__SECRET", "geheim");
    let told = complaint(&program.output().expect("the program starts"));
    for said in [
        "there is no setting listne",
        "limits.grid.burst is 0",
        "WEIGE_LIMITS__ANONYMOUS: limits.anonymous is \"maybe\"",
        "sms.secret cannot be used",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(!told.contains("geheim"), "{told}");
    assert!(!data.exists(), "nothing was opened");
}

#[tokio::test]
async fn a_token_of_nobody_says_what_was_looked_for() {
    let folder = Database::sqlite().await.folder;
    assert!(run(folder.path(), "C", &["migrate"]).status.success());
    for (args, said) in [
        (
            &["create", "--account", "nobody"][..],
            "weige: there is no account nobody\n",
        ),
        (
            &["create", "--device", "nowhere"],
            "weige: there is no community nowhere: none has been imported yet\n",
        ),
        (
            &["revoke", "wgb_x"],
            "weige: there is no such token, or it was taken back before\n",
        ),
    ] {
        let args: Vec<&str> = std::iter::once("token")
            .chain(args.iter().copied())
            .collect();
        assert_eq!(complaint(&run(folder.path(), "C", &args)), said);
    }
}

#[tokio::test]
async fn a_token_whose_text_is_lost_is_found_in_the_list_and_taken_back() {
    let folder = Database::sqlite().await.folder;
    let data = folder.path();
    let list = "网格编码,网格名称,网格层级\n510184999901,示例总网格,总网格\n";
    let grids = data.join("grids.csv");
    std::fs::write(&grids, list).expect("a file");
    let grids = run(
        data,
        "C",
        &["import", "grids", grids.to_str().expect("a path")],
    );
    assert!(grids.status.success(), "{grids:?}");
    let said = |args: &[&str]| {
        let told = run(data, "C", args);
        assert!(told.status.success(), "{told:?}");
        String::from_utf8(told.stdout).expect("text")
    };
    let args = [
        "token",
        "create",
        "--device",
        "510184999901",
        "--label",
        "大屏",
        "--days",
        "7",
    ];
    let token = said(&args);
    let listed = said(&["token", "list"]);
    let columns: Vec<&str> = listed.trim_end().split('\t').collect();
    assert_eq!(
        (columns[1], columns[2], columns[5]),
        ("device", "510184999901", "大屏")
    );
    assert!(!listed.contains(token.trim()), "never the token itself");
    assert_eq!(said(&["token", "revoke", columns[0]]), "revoked\n");
    assert_eq!(said(&["token", "list"]), "");
    let again = complaint(&run(data, "C", &["token", "revoke", columns[0]]));
    assert!(again.contains("there is no such token"), "{again}");
}

#[tokio::test]
async fn a_token_for_no_day_at_all_is_refused_with_what_is_allowed() {
    let folder = Database::sqlite().await.folder;
    let args = ["token", "create", "--account", "nobody", "--days", "0"];
    let told = complaint(&run(folder.path(), "C", &args));
    assert!(
        told.contains("--days") && told.contains("1..=3650"),
        "{told}"
    );
}

#[test]
fn help_shows_that_a_token_is_of_an_account_or_of_a_wall() {
    let help = help_of(&["token", "create"]);
    let usage = help.lines().find(|line| line.starts_with("Usage:"));
    let usage = usage.expect("a usage");
    assert!(
        usage.contains("--account <NAME>|--device <CODE>"),
        "{usage}"
    );
    assert!(help.contains("from 1 to 3650"), "{help}");
}
