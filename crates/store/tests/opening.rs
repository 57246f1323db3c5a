//! What an operator reads when the database cannot be opened: which one, and why.

use std::net::TcpListener;

use store::{Address, Error, Store};
use testkit::Database;

async fn refusal(address: &Address) -> Error {
    Store::open(address).await.err().expect("it does not open")
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_its_password() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = taken.local_addr().expect("an address");
    drop(taken);
    let url = format!("postgres://me:geheim@{at}/weige");
    let told = refusal(&Address::Postgres(url)).await;
    assert!(matches!(told, Error::Unreachable(_)), "{told}");
    assert_eq!(
        told.to_string(),
        format!("cannot reach PostgreSQL at {at}: connection refused")
    );
}

#[tokio::test]
async fn a_database_that_the_server_does_not_know_is_told_in_its_words() {
    let db = Database::postgres().await;
    let Address::Postgres(url) = &db.address else {
        panic!("a server")
    };
    let (before, after) = url.rsplit_once('/').expect("a path");
    let query = after.split_once('?').map_or("", |(_, query)| query);
    let told = refusal(&Address::Postgres(format!("{before}/nowhere?{query}"))).await;
    assert!(told.to_string().contains("nowhere"), "{told}");
}

#[tokio::test]
async fn a_file_that_cannot_be_the_database_is_named() {
    let db = Database::sqlite().await;
    let text = db.folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "no database, and long enough to be told from an empty one".repeat(20),
    )
    .expect("a file");
    for file in [text, db.folder.path().join("nowhere/weige.sqlite")] {
        let told = refusal(&Address::Sqlite(file.clone())).await.to_string();
        assert!(told.contains(&*file.to_string_lossy()), "{told}");
    }
}
