//! The key files: without them, or with those of another house, nothing opens, and nothing takes their place.

use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use rules::privacy::classes::Class;
use store::community::INSTALLATION;
use testkit::{House, on_both_houses};

/// The setting by which the receipt key is known again.
const CHECK: &str = "receipt_check";

fn folder(house: &House) -> PathBuf {
    house.database.folder.path().join("data/keys")
}

/// Opens the house once more; why it does not open.
async fn refusal(house: &House) -> Option<String> {
    let data = house.database.folder.path().join("data");
    let config = work::Config::new(house.database.address.clone(), data);
    let opened = work::House::open(config, house.clock.clone()).await;
    opened.err().map(|error| error.to_string())
}

/// Something is sealed, so that the key-encryption key matters.
async fn seal(house: &House) {
    let (keys, now) = (&house.keys, house.clock.now());
    let key = keys
        .data_key(&house.store, house.community, Class::C2, now)
        .await;
    key.expect("a data key");
}

/// Puts another key in the place of one.
fn replace(file: PathBuf) {
    std::fs::remove_file(&file).expect("removed");
    let mut new = std::fs::OpenOptions::new();
    let new = new.write(true).create_new(true).mode(0o600).open(file);
    std::io::Write::write_all(&mut new.expect("a file"), "ab".repeat(32).as_bytes())
        .expect("written");
}

/// As a version left it that kept no check value.
async fn forget_check(house: &House) {
    let kept = house
        .store
        .reader()
        .instance_setting(CHECK)
        .await
        .expect("readable")
        .expect("kept");
    let taken = house.store.unit(INSTALLATION, async move |unit| {
        unit.take_instance_setting(CHECK, &kept).await
    });
    assert!(taken.await.expect("taken"));
}

on_both_houses! {
    async fn keys_that_are_gone_are_all_named_and_none_is_made_in_their_place(house: House) {
        seal(&house).await;
        let kept = folder(&house).with_extension("away");
        std::fs::rename(folder(&house), &kept).expect("moved away");
        let why = refusal(&house).await.expect("refused");
        assert!(why.contains("bring back kek and receipt"), "{why}");
        assert!(!folder(&house).exists(), "nothing was made");
        std::fs::rename(&kept, folder(&house)).expect("brought back");
        assert_eq!(refusal(&house).await, None);
    }

    async fn with_the_receipt_key_alone_missing_no_house_opens(house: House) {
        std::fs::remove_file(folder(&house).join("receipt")).expect("removed");
        let why = refusal(&house).await.expect("refused");
        assert!(why.contains("bring back receipt"), "{why}");
        assert!(!folder(&house).join("receipt").exists());
    }

    async fn a_receipt_key_of_another_house_is_refused(house: House) {
        replace(folder(&house).join("receipt"));
        let why = refusal(&house).await.expect("refused");
        assert!(why.contains("receipt is not the key"), "{why}");
    }

    async fn a_key_that_opens_nothing_of_what_is_sealed_is_refused(house: House) {
        seal(&house).await;
        replace(folder(&house).join("kek"));
        let why = refusal(&house).await.expect("refused");
        assert!(why.contains("kek is not the key"), "{why}");
    }

    async fn a_house_from_before_knows_its_receipt_key_from_its_next_start_on(house: House) {
        forget_check(&house).await;
        assert_eq!(refusal(&house).await, None);
        replace(folder(&house).join("receipt"));
        let why = refusal(&house).await.expect("refused");
        assert!(why.contains("receipt is not the key"), "{why}");
    }

    async fn a_house_from_before_whose_receipt_key_is_lost_gets_no_new_one(house: House) {
        forget_check(&house).await;
        std::fs::remove_file(folder(&house).join("receipt")).expect("removed");
        let why = refusal(&house).await.expect("refused");
        assert!(why.contains("bring back receipt"), "{why}");
    }
}
