//! What supervision did, as it stands in the journal: ids and dates only. It changes neither state nor version of a case,
//! so nobody who works on it becomes stale by being reminded.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::ids::{ItemId, MemberId, SupervisionId};

/// What was done, named in the past tense. The entry's subject is the case, or the circular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "supervision", rename_all = "snake_case")]
pub enum Deed {
    /// 催办: whoever is responsible was reminded.
    Reminded {
        /// The reminder.
        item: SupervisionId,
        /// Who is responsible.
        whom: MemberId,
    },
    /// 督办: an answer was asked for.
    Supervised {
        /// The item.
        item: SupervisionId,
        /// Who is responsible.
        whom: MemberId,
        /// By when the answer is due.
        #[serde(with = "crate::case::millis")]
        answer_by: OffsetDateTime,
    },
    /// The answer was given.
    Answered {
        /// The item.
        item: SupervisionId,
        /// Who had asked.
        by: MemberId,
        /// Who is away and for whom whoever answered stands in.
        #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
        stands_for: Option<MemberId>,
    },
    /// The date went by without an answer.
    Overdue {
        /// The item.
        item: SupervisionId,
        /// Who owes the answer.
        whom: MemberId,
        /// Who had asked.
        by: MemberId,
    },
    /// 分级处置: the level's time went by; the case can be lifted up.
    TierOver {
        /// Who has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<MemberId>,
        /// Who leads the level above.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead: Option<MemberId>,
    },
    /// Nobody decided in time what becomes of a case: whoever decides was told.
    Undecided {
        /// Whether it was told to those who lead, because the others were told before.
        #[serde(default)]
        again: bool,
    },
    /// 协调: what was agreed upon was not done by its day.
    AgreedLate {
        /// What.
        item: ItemId,
        /// Who was to do it, if somebody of the net.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        doer: Option<MemberId>,
        /// Who follows it: whoever called the parties, or the owner of the case where that one hears nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        follows: Option<MemberId>,
    },
    /// 案卷: the case was taken away as a file.
    Taken,
    /// 通报: a circular about units was published.
    Circulated,
    /// It was taken back.
    Withdrawn,
}

impl Deed {
    /// The name in messages and locale keys.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Reminded { .. } => "reminded",
            Self::Supervised { .. } => "supervised",
            Self::Answered { .. } => "answered",
            Self::Overdue { .. } => "overdue",
            Self::TierOver { .. } => "tier_over",
            Self::Undecided { again: false } => "undecided",
            Self::Undecided { again: true } => "undecided_again",
            Self::AgreedLate { .. } => "agreed_late",
            Self::Taken => "taken",
            Self::Circulated => "circulated",
            Self::Withdrawn => "withdrawn",
        }
    }
}
