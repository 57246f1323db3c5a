//! Moments as whole milliseconds since 1970, the grain of the journal and of states at rest. The time
//! crate's own form uses 128-bit numbers, which tagged enums cannot read back.

use serde::{Deserialize, Deserializer, Serializer, de::Error};
use time::OffsetDateTime;

pub(crate) fn serialize<S: Serializer>(at: &OffsetDateTime, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_i64(of(*at))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<OffsetDateTime, D::Error> {
    at(i64::deserialize(from)?)
}

fn of(at: OffsetDateTime) -> i64 {
    at.unix_timestamp() * 1_000 + i64::from(at.millisecond())
}

fn at<E: Error>(millis: i64) -> Result<OffsetDateTime, E> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).map_err(E::custom)
}

/// The same for a moment that may be missing.
pub(crate) mod option {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(
        moment: &Option<OffsetDateTime>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match moment {
            Some(at) => to.serialize_some(&of(*at)),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<OffsetDateTime>, D::Error> {
        Option::<i64>::deserialize(from)?.map(at).transpose()
    }
}
