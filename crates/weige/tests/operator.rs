//! What an operator's slips come to: a mistyped folder, an empty variable, output that breaks off, a port that is taken.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use testkit::Database;

const PROGRAM: &str = env!("CARGO_BIN_EXE_weige");
const COMMUNITY: &str = "510184999901";

/// The program over a data folder, in plain English.
fn weige(data: &Path, args: &[&str]) -> Command {
    let mut program = Command::new(PROGRAM);
    program.args(args).arg("--data").arg(data);
    program.env("LC_ALL", "C");
    program
}

fn run(data: &Path, args: &[&str]) -> Output {
    weige(data, args).output().expect("the program starts")
}

/// What it answers where all is well.
fn said(data: &Path, args: &[&str]) -> String {
    let output = run(data, args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// What it says where errors are said.
fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// A community whose list of people names more accounts than one.
fn furnish(folder: &Path) -> std::path::PathBuf {
    let data = folder.join("data");
    let grids = folder.join("grids.csv");
    let list = format!("网格编码,网格名称,网格层级\n{COMMUNITY},示例总网格,总网格\n");
    std::fs::write(&grids, list).expect("a file");
    let people = folder.join("people.csv");
    let list = "姓名,岗位,账号\n示例甲,受理,desk-01\n示例乙,受理,desk-02\n示例丙,受理,desk-03\n";
    std::fs::write(&people, list).expect("a file");
    for (what, file) in [("grids", grids), ("people", people)] {
        said(&data, &["import", what, file.to_str().expect("a path")]);
    }
    data
}

#[tokio::test]
async fn a_mistyped_folder_founds_no_house() {
    let folder = Database::sqlite().await.folder;
    let data = folder.path().join("dta");
    for args in [
        &["token", "list"][..],
        &["account", "members"],
        &["account", "password", "desk"],
        &["account", "disable", "desk"],
        &["verify"],
        &[
            "export",
            "hotline",
            "--out",
            "x.xlsx",
            "--from",
            "2026-11-01",
            "--to",
            "2026-11-02",
        ],
    ] {
        let told = complaint(&run(&data, args));
        assert!(
            told.starts_with("weige: there is no house: "),
            "{args:?}: {told}"
        );
        assert!(told.contains("dta"), "{told}");
        assert!(!data.exists(), "{args:?}");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_leaves_no_folder_behind() {
    let folder = Database::sqlite().await.folder;
    let data = folder.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = taken.local_addr().expect("an address").to_string();
    let told = complaint(&run(&data, &["serve", "--listen", &at]));
    assert!(told.contains(&format!("cannot listen on {at}")), "{told}");
    assert!(!data.exists());
}

#[tokio::test]
async fn an_empty_variable_is_told_by_its_name() {
    for name in [
        "WEIGE_DATA",
        "WEIGE_CONFIG",
        "WEIGE_LISTEN",
        "WEIGE_DATABASE",
    ] {
        let mut program = Command::new(PROGRAM);
        let output = program.arg("verify").env(name, "").output();
        let told = complaint(&output.expect("the program starts"));
        assert!(told.contains(name), "{name}: {told}");
        assert!(told.contains("it must be "), "{name}: {told}");
    }
}

#[tokio::test]
async fn accounts_whose_passwords_nobody_could_read_are_not_made() {
    let folder = Database::sqlite().await.folder;
    let data = furnish(folder.path());
    let mut members = weige(&data, &["account", "members"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // whoever reads has left before the first line
    drop(members.stdout.take());
    let told = complaint(&members.wait_with_output().expect("it ended"));
    assert!(!told.contains("panicked"), "{told}");
    assert!(
        told.contains("0 accounts made; the others were not"),
        "{told}"
    );
    let later = said(&data, &["account", "members"]);
    let names = later.lines().filter_map(|line| line.split('\t').next());
    assert_eq!(names.count(), 3, "{later}");
}

#[tokio::test]
async fn a_lost_password_is_drawn_anew_and_a_closed_accounts_tokens_are_told() {
    let folder = Database::sqlite().await.folder;
    let data = furnish(folder.path());
    let first = said(&data, &["account", "members"]);
    let again = said(&data, &["account", "password", "desk-02"]);
    assert!(
        again.starts_with("desk-02\t") && !first.contains(again.trim()),
        "{again}"
    );
    let told = complaint(&run(&data, &["account", "password", "nobody"]));
    assert_eq!(told, "weige: there is no account nobody\n");

    let create = ["token", "create", "--account", "desk-02", "--label", "接口"];
    said(&data, &create);
    let closed = said(&data, &["account", "disable", "desk-02"]);
    let still = "the list of people has them still: desk;";
    assert!(
        closed.contains(still) && closed.contains("open cases: 0"),
        "{closed}"
    );
    assert_eq!(said(&data, &["token", "list"]), "");
    let told = complaint(&run(&data, &create));
    assert!(told.contains("desk-02 is closed"), "{told}");
    let open = said(&data, &["account", "enable", "desk-02"]);
    assert!(open.contains("these tokens open again"), "{open}");
    assert!(
        open.contains(said(&data, &["token", "list"]).trim()),
        "{open}"
    );
}

#[tokio::test]
async fn a_file_of_another_kind_is_told_once_with_the_columns_that_were_looked_for() {
    let folder = Database::sqlite().await.folder;
    let file = folder.path().join("people.xlsx");
    let people = demo::files::files(demo::files::COMMITTED_SEED).expect("the demo's files");
    let (_, bytes) = people
        .iter()
        .find(|(name, _)| name == "people.xlsx")
        .expect("people");
    std::fs::write(&file, bytes).expect("a file");
    let args = ["import", "catalogue", file.to_str().expect("a path")];
    let output = run(&folder.path().join("data"), &args);
    let told = String::from_utf8(output.stdout).expect("text");
    let lines = told.lines().filter(|line| line.contains("column names"));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), 1, "{told}");
    assert!(lines[0].contains("小类代码"), "{told}");
}

#[tokio::test]
async fn a_broken_list_is_told_in_plain_words_and_nothing_of_it_is_kept() {
    let folder = Database::sqlite().await.folder;
    let data = furnish(folder.path());
    let made = demo::files::files(demo::files::COMMITTED_SEED).expect("the demo's files");
    let whole = made.iter().find(|(name, _)| name == "people.xlsx");
    let (_, whole) = whole.expect("people");
    let open = "姓名,岗位,账号\n示例丁,受理,desk-04\n\"示例戊,受理,desk-05\n示例己,受理,desk-06\n";
    let nothing_packed: &[u8] = &[&b"PK\x05\x06"[..], &[0; 18]].concat();
    let locked: &[u8] = &[&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 504]].concat();
    for (name, bytes, told) in [
        (
            "half.xlsx",
            &whole[..whole.len() / 2],
            "the file cannot be opened",
        ),
        (
            "packed.xlsx",
            nothing_packed,
            "this is no xlsx sheet and no csv list",
        ),
        (
            "locked.xlsx",
            locked,
            "this is an old workbook (xls) or one behind a password",
        ),
        (
            "open.csv",
            open.as_bytes(),
            "row 3: Error: a quotation mark in this row is never closed",
        ),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("a file");
        let file = file.to_str().expect("a path");
        let refused = run(&data, &["import", "people", file]);
        assert!(!refused.status.success(), "{name}: {refused:?}");
        let said = String::from_utf8(refused.stdout).expect("text");
        assert!(said.contains(told), "{name}: {said}");
        assert!(said.contains("nothing was changed"), "{name}: {said}");
    }
    let members = said(&data, &["account", "members"]);
    assert!(
        members.contains("desk-03") && !members.contains("desk-04"),
        "{members}"
    );
}

#[tokio::test]
async fn a_list_says_who_loses_a_post_because_of_it_and_a_dry_run_says_so_before() {
    let folder = Database::sqlite().await.folder;
    let data = furnish(folder.path());
    let file = folder.path().join("next.csv");
    let list = "姓名,岗位,账号\n示例甲,监督员,desk-01\n示例乙,受理,desk-02\n";
    std::fs::write(&file, list).expect("a file");
    let file = file.to_str().expect("a path");
    for dry_run in [&["--dry-run"][..], &[]] {
        let args = [&["import", "people", file][..], dry_run].concat();
        let told = said(&data, &args);
        for line in [
            "row 2: Warning: by this list, 示例甲 is no longer 受理 of 示例 (account: desk-01)",
            "row 3: Warning: by this list, 示例丙 is no longer 受理 of 示例 (account: desk-03)",
        ] {
            assert!(told.contains(line), "{line}: {told}");
        }
        assert!(!told.contains("Error"), "{told}");
        assert!(
            !told.contains("holds no post"),
            "nobody could sign in: {told}"
        );
    }
}

#[tokio::test]
async fn a_refused_start_leaves_the_place_of_lost_keys_empty() {
    let folder = Database::sqlite().await.folder;
    let data = furnish(folder.path());
    std::fs::remove_file(data.join("keys/receipt")).expect("lost");
    let told = complaint(&run(&data, &["serve", "--listen", "127.0.0.1:0"]));
    assert!(told.contains("bring back receipt"), "{told}");
    assert!(!data.join("keys/receipt").exists());
}

#[tokio::test]
async fn a_house_is_served_at_the_port_that_was_tried_first() {
    let folder = Database::sqlite().await.folder;
    let mut server = weige(
        &folder.path().join("data"),
        &["serve", "--listen", "127.0.0.1:0"],
    )
    .stdin(Stdio::null())
    .stdout(Stdio::piped())
    .spawn()
    .expect("the program starts");
    let said = BufReader::new(server.stdout.take().expect("its words"));
    let first = said.lines().map_while(Result::ok).next();
    server.kill().expect("it ran");
    server.wait().expect("it ended");
    assert!(first.is_some_and(|line| line.starts_with("Weige 微格  http://127.0.0.1:")));
}
