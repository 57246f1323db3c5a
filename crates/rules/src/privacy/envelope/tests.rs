//! Seals open in their own place only. Keys here are numbers that no installation uses.

use std::fmt::{Debug, Display};

use proptest::prelude::*;
use serde::Serialize;

use super::super::secret::never_implements;
use super::*;

never_implements!(Dek: Debug, Display, Serialize);
never_implements!(Kek: Debug, Display, Serialize);

const HERE: CommunityId = CommunityId(1);
const ELSEWHERE: CommunityId = CommunityId(2);
const PHONE: Field = Field {
    table: "report",
    column: "contact_phone",
    row: Uuid::from_u128(9),
};

fn dek() -> Dek {
    Dek::new([7; 32], HERE, Class::C2, 3)
}

fn sealed() -> Sealed {
    dek().seal(PHONE, b"10012345678").expect("short")
}

#[test]
fn what_was_sealed_opens_in_its_place() {
    assert_eq!(
        dek().open(PHONE, &sealed()).expect("opens")[..],
        *b"10012345678"
    );
}

#[test]
fn a_seal_survives_the_row() {
    let stored = sealed().as_bytes().to_vec();
    assert_eq!(Sealed::parse(stored), Ok(sealed()));
    assert_eq!(sealed().key_version(), 3);
}

#[test]
fn a_seal_moved_to_another_row_column_or_table_does_not_open() {
    let moved = [
        Field {
            row: Uuid::from_u128(10),
            ..PHONE
        },
        Field {
            column: "contact_name",
            ..PHONE
        },
        Field {
            table: "member",
            ..PHONE
        },
    ];
    for place in moved {
        assert_eq!(dek().open(place, &sealed()), Err(EnvelopeError::Forged));
    }
}

#[test]
fn a_seal_moved_to_another_community_does_not_open_even_with_the_same_key() {
    let other = Dek::new([7; 32], ELSEWHERE, Class::C2, 3);
    assert_eq!(other.open(PHONE, &sealed()), Err(EnvelopeError::Forged));
}

#[test]
fn another_key_does_not_open_a_seal() {
    let other = Dek::new([8; 32], HERE, Class::C2, 3);
    assert_eq!(other.open(PHONE, &sealed()), Err(EnvelopeError::Forged));
}

#[test]
fn another_version_of_the_key_is_told_apart_from_a_forgery() {
    let newer = Dek::new([7; 32], HERE, Class::C2, 4);
    assert_eq!(
        newer.open(PHONE, &sealed()),
        Err(EnvelopeError::OtherVersion {
            sealed: 3,
            given: 4
        })
    );
}

#[test]
fn a_version_written_over_in_the_header_does_not_open() {
    let mut bytes = sealed().0;
    bytes[4] = 4;
    let newer = Dek::new([7; 32], HERE, Class::C2, 4);
    assert_eq!(
        newer.open(PHONE, &Sealed(bytes)),
        Err(EnvelopeError::Forged)
    );
}

#[test]
fn equal_values_in_two_rows_look_different_and_one_value_sealed_twice_does_not() {
    let other_row = Field {
        row: Uuid::from_u128(10),
        ..PHONE
    };
    let other = dek().seal(other_row, b"10012345678").expect("short");
    assert_ne!(
        other.as_bytes()[VERSION_END..],
        sealed().as_bytes()[VERSION_END..]
    );
    assert_ne!(other.as_bytes()[HEADER..], sealed().as_bytes()[HEADER..]);
    assert_eq!(dek().seal(PHONE, b"10012345678").expect("short"), sealed());
}

#[test]
fn every_plaintext_gets_its_own_nonce() {
    let one = dek().seal(PHONE, b"10012345678").expect("short");
    let two = dek().seal(PHONE, b"10012345679").expect("short");
    assert_ne!(
        one.as_bytes()[VERSION_END..HEADER],
        two.as_bytes()[VERSION_END..HEADER]
    );
}

#[test]
fn an_unknown_suite_and_a_stump_are_named() {
    let mut bytes = sealed().0;
    assert_eq!(
        Sealed::parse(bytes[..HEADER + TAG - 1].to_vec()),
        Err(EnvelopeError::TooShort)
    );
    assert_eq!(Sealed::parse(Vec::new()), Err(EnvelopeError::TooShort));
    bytes[0] = 2;
    assert_eq!(
        Sealed::parse(bytes),
        Err(EnvelopeError::UnknownSuite { suite: 2 })
    );
}

#[test]
fn a_wrapped_data_key_opens_for_its_community_class_and_version_only() {
    let kek = Kek::new([1; 32], 1);
    let wrapped = kek.wrap(&dek()).expect("short");
    let back = kek.unwrap(&wrapped, HERE, Class::C2, 3).expect("opens");
    assert!(back.open(PHONE, &sealed()).is_ok());
    for (community, class, version) in [
        (ELSEWHERE, Class::C2, 3),
        (HERE, Class::C3, 3),
        (HERE, Class::C2, 4),
    ] {
        assert_eq!(
            kek.unwrap(&wrapped, community, class, version).err(),
            Some(EnvelopeError::Forged)
        );
    }
    let other = Kek::new([2; 32], 1);
    assert_eq!(
        other.unwrap(&wrapped, HERE, Class::C2, 3).err(),
        Some(EnvelopeError::Forged)
    );
}

#[test]
fn a_wrapped_data_key_does_not_hold_the_key_in_clear() {
    let wrapped = Kek::new([1; 32], 1).wrap(&dek()).expect("short");
    assert!(!wrapped.as_bytes().windows(8).any(|bytes| bytes == [7; 8]));
}

proptest! {
    #[test]
    fn any_value_opens_again_and_any_flipped_bit_is_noticed(plain: Vec<u8>, at: prop::sample::Index, bit in 0..8u8) {
        let sealed = dek().seal(PHONE, &plain).expect("short");
        prop_assert_eq!(&dek().open(PHONE, &sealed).expect("opens")[..], &plain[..]);
        let mut bytes = sealed.0;
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let opened = Sealed::parse(bytes).and_then(|changed| dek().open(PHONE, &changed));
        prop_assert!(opened.is_err());
    }
}
