//! What the journal remembers: one closed set of events, packed small ([`packed`]). Ids, states and field names only —
//! never a name, a phone number or a word that somebody wrote, so that the trail outlives erasure.

mod packed;
pub mod short;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::case::Deed;
use crate::settings::Change;
use crate::{case, complaint, mediation, referral, supervision};

/// An event of the net, the catalogue, the accounts: everything but the life of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum HouseEvent {
    /// The community was founded in this installation.
    CommunityFounded,
    /// A file of grids was taken in.
    GridsImported {
        /// New grids.
        added: u32,
        /// Changed grids (a new version each).
        changed: u32,
    },
    /// A file of people was taken in.
    PeopleImported {
        /// New members.
        added: u32,
        /// Changed members.
        changed: u32,
    },
    /// A catalogue version was published.
    CataloguePublished {
        /// Its version.
        version: i32,
    },
    /// The holiday notice of a year was loaded; provisional deadlines it touched were computed anew.
    CalendarLoaded {
        /// The year.
        year: i32,
    },
    /// A file of cases was replayed.
    CasesImported {
        /// New cases.
        added: u32,
        /// Events replayed.
        events: u32,
    },
    /// A sheet of notes was begun, or rows of it were kept, changed or dropped.
    SheetKept {
        /// How many rows.
        rows: u32,
    },
    /// Rows of a sheet were sent on their way; each of them is a case of its own.
    SheetSent {
        /// How many rows.
        rows: u32,
    },
    /// A sheet with nothing sent was dropped.
    SheetDropped,
    /// A file of the hotline's orders was taken in.
    OrdersImported {
        /// New orders.
        added: u32,
    },
    /// An order became a case.
    OrderReceived,
    /// The results of orders were taken out as a file.
    ResultsExported {
        /// How many orders.
        orders: u32,
    },
    /// An event at a place was told.
    PlaceEventReceived,
    /// Somebody decided on an event at a place.
    PlaceEventSettled,
    /// Kinds of events were mapped to categories.
    EventKindsChanged {
        /// How many kinds.
        kinds: u32,
    },
    /// Somebody of the office had a file taken in; what came of it stands in the entry of its kind.
    ImportAsked {
        /// Grids, people, catalogue or calendar.
        kind: String,
    },
    /// An account was made.
    AccountMade,
    /// An account was closed: nobody signs in with it any more.
    AccountClosed,
    /// An account was opened again.
    AccountOpened,
    /// A new password was drawn for an account.
    PasswordDrawn,
    /// A bearer or device token was made.
    TokenMade,
    /// A token was taken back.
    TokenRevoked,
    /// A member is away and a deputy gets the work meanwhile.
    Away,
    /// A member is back.
    Back,
    /// The routing rules changed; the subject is the rule.
    RoutingChanged {
        /// The version of the list that this made.
        version: i64,
        /// What was done: `added`, `changed`, `moved`, `on`, `off`, `left`, `removed`.
        done: String,
    },
    /// The outbox changed, or somebody settled a dead letter; the subject is the webhook or the delivery.
    OutboxChanged {
        /// What was done: `added`, `rotated`, `on`, `off`, `gone`, `sms_on`, `sms_off`, `again`, `given_up`, and by a
        /// reporter `quiet`, `heard`; then the subject is the report.
        done: String,
    },
    /// Settings of the community changed.
    SettingsChanged {
        /// Which ones, by name.
        fields: Vec<String>,
        /// From what to what; of what somebody wrote in their own words or digits, neither.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<Change>,
    },
}

/// A text that is no event of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the journal holds an event that this version does not know")]
pub struct UnknownEvent;

/// Anything the journal may hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Event {
    /// The life of a case.
    Case(case::Event),
    /// The house around the cases.
    House(HouseEvent),
    /// A lead that was referred to enforcement officers.
    Referral(referral::Deed),
    /// A dispute that is talked over; told to nobody outside it.
    Mediation(mediation::Deed),
    /// What supervision did beside a case, or a circular about units.
    Supervision(supervision::Deed),
    /// A complaint about somebody who works here; told to nobody but those who may see it.
    Complaint(complaint::Deed),
}

impl Event {
    /// The bytes that are kept and hashed.
    pub fn to_bytes(&self) -> Vec<u8> {
        packed::write(self)
    }

    /// Reads kept bytes back.
    ///
    /// # Errors
    /// If they are no event this version knows.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnknownEvent> {
        packed::read(bytes).ok_or(UnknownEvent)
    }

    /// The ids it speaks of that will come again and again: grids, members and their seats.
    pub fn lasting_ids(&self) -> Vec<Uuid> {
        let Self::Case(event) = self else {
            return Vec::new();
        };
        let mut ids = vec![event.grid.0];
        ids.extend(event.owner.map(|id| id.0));
        match &event.deed {
            Deed::Verifying { by } => ids.push(by.0),
            Deed::Dispatched { addressee, absent } => {
                ids.extend([addressee.post.0, addressee.member.0]);
                ids.extend(absent.map(|absent| absent.0));
            }
            Deed::Escalated { addressee, .. }
            | Deed::Raised { addressee }
            | Deed::Lowered { addressee } => ids.extend([addressee.post.0, addressee.member.0]),
            _ => {}
        }
        ids
    }

    /// Whether it is the first one of a case: nothing was noted about that before.
    pub fn begins(&self) -> bool {
        matches!(self, Self::Case(event) if event.from.is_none())
    }
}
