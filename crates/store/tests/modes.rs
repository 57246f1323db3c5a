//! Who may read the SQLite file: whoever runs Weige and nobody else, whatever the umask is.
#![cfg(unix)]

use std::fs::{File, Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use store::{Address, Store};
use testkit::Database;

fn mode(file: &Path) -> u32 {
    let about = std::fs::metadata(file).expect("the file is there");
    about.permissions().mode() & 0o777
}

#[tokio::test]
async fn a_new_database_and_what_sqlite_keeps_beside_it_are_read_by_nobody_else() {
    let db = Database::sqlite().await;
    let Address::Sqlite(file) = &db.address else {
        panic!("a file")
    };
    for end in ["sqlite", "sqlite-wal", "sqlite-shm"] {
        assert_eq!(mode(&file.with_extension(end)), 0o600, "{end}");
    }
}

#[tokio::test]
async fn a_database_that_is_there_keeps_the_mode_its_owner_gave_it() {
    let db = Database::sqlite().await;
    let file = db.folder.path().join("older.sqlite");
    File::create(&file).expect("a file");
    set_permissions(&file, Permissions::from_mode(0o640)).expect("its mode");
    let store = Store::open(&Address::Sqlite(file.clone())).await;
    assert!(store.is_ok());
    assert_eq!(mode(&file), 0o640);
}
