//! Names of things: ids that cannot be mixed up, codes of catalogues, and the public case number.
//!
//! An id is made by whoever starts the work (UUID v7) and given to the rules as an argument; nothing
//! here makes one. No meaning is ever read out of a code.

mod typed;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, Month};
use uuid::Uuid;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                Uuid::parse_str(text).map(Self).map_err(|_| BadId)
            }
        }
    )+};
}

uuid_ids! {
    /// A case: what is handled. Leads the key together with the community.
    CaseId,
    /// One telling of a problem: words, place, contact, receipt.
    ReportId,
    /// A person who works in the net of one community. Never a resident.
    MemberId,
    /// A seat in the net (steward of a grid, desk, liaison of a department), held by members.
    PostId,
    /// A grid of any level and scheme.
    GridId,
    /// The kept record of how a case was solved: note and photos.
    ResultId,
    /// The kept words that were told to the reporter at the end.
    AnswerId,
    /// A department or enforcement team that serves communities.
    DepartmentId,
    /// One call for help on the spot 吹哨.
    WhistleId,
    /// One coordination of those a case concerns 协调.
    CoordinationId,
    /// Something that was agreed: who does what by when.
    ItemId,
    /// Somebody's way to sign in.
    AccountId,
    /// A routing rule; stays the same over its changes.
    RuleId,
    /// A lead referred to enforcement officers 线索移送.
    ReferralId,
    /// A dispute that is talked over 调解. Never a case.
    MediationId,
    /// A complaint about somebody who works here. Never a case.
    ComplaintId,
    /// One side of a dispute: how to reach them, under seal.
    PartyId,
    /// A reminder 催办 or a question with a date 督办.
    SupervisionId,
    /// A circular about units 通报.
    CircularId,
    /// What a community tells reporters at a step 告知用语; stays the same over its changes.
    WordingId,
    /// An address that is told of steps; stays the same over its changes.
    WebhookId,
    /// One thing told to somebody outside the house 投递.
    DeliveryId,
}

/// A community (or region): the tenant that leads every key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommunityId(pub i64);

impl fmt::Display for CommunityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A published version of a catalogue; part of the key of each category, because the same code means
/// different things in different years and cities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CatalogueVersion(pub i32);

/// Which validity of a grid a case belongs to; splits and merges make new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GridVersion(pub i32);

/// A text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct BadId;

/// A text that is no catalogue code: 1 to 16 ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has 1 to 16 letters and digits")]
pub struct BadCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The code as it is written in the catalogue.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadCode;

            fn from_str(text: &str) -> Result<Self, BadCode> {
                let fits = (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
                if fits { Ok(Self(text.to_owned())) } else { Err(BadCode) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadCode;

            fn try_from(text: String) -> Result<Self, BadCode> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

codes! {
    /// A category 小类 of the case catalogue, such as `20110`.
    CategoryCode,
    /// A filing condition 立案条件 of a category; each has its own limit, such as `2011001`.
    ConditionCode,
}

/// The public number of a report and of its case: `{community}-{yyyymmdd}-{nnnn}`.
///
/// `community` is the community's public code; `n` counts within the day and has at least four digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number {
    community: String,
    day: Date,
    n: u32,
}

/// A text that is no public number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a number looks like COMMUNITY-20260131-0001")]
pub struct BadNumber;

impl Number {
    /// The `n`th number (from 1) of a day. The community's code has 1 to 20 ASCII letters and digits,
    /// the year four digits.
    pub fn new(community: &str, day: Date, n: u32) -> Result<Self, BadNumber> {
        let code = (1..=20).contains(&community.len())
            && community.bytes().all(|b| b.is_ascii_alphanumeric());
        let year = (1000..=9999).contains(&day.year());
        if code && year && n > 0 {
            Ok(Self {
                community: community.to_owned(),
                day,
                n,
            })
        } else {
            Err(BadNumber)
        }
    }

    /// The public code of the community.
    pub fn community(&self) -> &str {
        &self.community
    }

    /// The day of receipt, in the community's own time.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The count within the day, from 1.
    pub fn n(&self) -> u32 {
        self.n
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(&self.community, self.day, self.n).fmt(f)
    }
}

/// How the `n`th number of a community's day is written.
pub fn written(community: &str, day: Date, n: u32) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let (year, month, day) = day.to_calendar_date();
        let month = u8::from(month);
        write!(f, "{community}-{year:04}{month:02}{day:02}-{n:04}")
    })
}

impl FromStr for Number {
    type Err = BadNumber;

    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let mut parts = text.split('-');
        let (Some(community), Some(day), Some(n), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(BadNumber);
        };
        let number = Self::new(community, day_of(day)?, digits(n)?)?;
        // one number has one spelling: no missing or surplus zeros
        if number.to_string() == text {
            Ok(number)
        } else {
            Err(BadNumber)
        }
    }
}

fn day_of(text: &str) -> Result<Date, BadNumber> {
    let packed = digits(text)?;
    let year = i32::try_from(packed / 10_000).map_err(|_| BadNumber)?;
    let month = u8::try_from(packed / 100 % 100).map_err(|_| BadNumber)?;
    let day = u8::try_from(packed % 100).map_err(|_| BadNumber)?;
    let month = Month::try_from(month).map_err(|_| BadNumber)?;
    Date::from_calendar_date(year, month, day).map_err(|_| BadNumber)
}

fn digits(text: &str) -> Result<u32, BadNumber> {
    let only = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if only {
        text.parse().map_err(|_| BadNumber)
    } else {
        Err(BadNumber)
    }
}

impl TryFrom<String> for Number {
    type Error = BadNumber;

    fn try_from(text: String) -> Result<Self, BadNumber> {
        text.parse()
    }
}

impl From<Number> for String {
    fn from(number: Number) -> String {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_number_reads_back_as_it_was_written() {
        let number = Number::new("510184001005", date!(2026 - 11 - 23), 7).expect("well-formed");
        assert_eq!(number.to_string(), "510184001005-20261123-0007");
        assert_eq!(number.to_string().parse(), Ok(number));
    }

    #[test]
    fn a_busy_day_grows_beyond_four_digits() {
        let number = Number::new("MH", date!(2026 - 01 - 02), 12_345).expect("well-formed");
        assert_eq!(number.to_string(), "MH-20260102-12345");
        assert_eq!(number.to_string().parse(), Ok(number));
    }

    #[test]
    fn a_number_has_exactly_one_spelling() {
        for wrong in [
            "",
            "MH",
            "MH-20260102",
            "MH-20260102-7",
            "MH-20260102-00007",
            "MH-20261302-0001",
        ] {
            assert_eq!(wrong.parse::<Number>(), Err(BadNumber), "{wrong}");
        }
        for wrong in [
            "M H-20260102-0001",
            "-20260102-0001",
            "MH-20260102-0001-1",
            "MH-20260102-0000",
            "MH-20260102-+001",
        ] {
            assert_eq!(wrong.parse::<Number>(), Err(BadNumber), "{wrong}");
        }
    }

    #[test]
    fn a_code_holds_only_letters_and_digits() {
        assert!("20110".parse::<CategoryCode>().is_ok());
        assert_eq!("201 10".parse::<CategoryCode>(), Err(BadCode));
        assert_eq!("".parse::<ConditionCode>(), Err(BadCode));
        assert!(serde_json::from_str::<CategoryCode>("\"<b>\"").is_err());
    }
}
