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
        .find(|line| line.starts_with("Then:"));
    server.kill().expect("it ran");
    server.wait().expect("it ended");
    let hint = asked_for(&hint.expect("a hint"));
    assert_eq!(hint, ["calendar", "grids", "catalogue", "people"]);
    assert_eq!(hint, asked_for_in(include_str!("../../../README.md")));
    assert_eq!(hint, asked_for_in(include_str!("../../../README.zh-CN.md")));
}
