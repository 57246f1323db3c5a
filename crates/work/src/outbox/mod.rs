//! The outbox 发件箱: what is told leaves the house. A follower of the journal makes deliveries, a sender of the server tries them,
//! and whoever may settles dead letters. Which step is told and when it is tried again stands in `rules::outbox`; the words of a
//! text message come from whoever knows languages, through [`Voice`].

mod attempt;
mod change;
mod follow;
mod gates;
mod look;
mod secret;
mod send;
mod settle;
mod sms;
mod webhook;
mod wish;

pub use bridge::outbox::AddressFault;
pub use change::{add, rotate, switch, switch_sms, test};
pub use gates::Outbox;
pub use look::{DeadLetter, OutboxPage, WebhookLine, alerts, look};
pub use send::{run, send_due};
pub use settle::{Settling, settle};
pub use sms::{LONGEST, Said, Step, Voice};
pub use wish::{is_quiet, silence};

pub(crate) use follow::{apply, prepare};

use rules::outbox::SigningSecret;

/// How the operator has set up what leaves the house.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Closed networks and plain http are allowed.
    pub private: bool,
    /// Where text messages go.
    pub sms: Option<Gateway>,
}

/// The gateway of text messages.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// Its address.
    pub url: String,
    /// What signs.
    pub secret: SigningSecret,
}
