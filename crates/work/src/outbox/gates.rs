//! What the sender keeps in memory: the courier, and how many tries are under way through each gate, so that one address that
//! does not answer holds up nobody else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bridge::outbox::{Address, Courier};
use store::outbox::Gate;

use super::{Gateway, Settings};

/// Tries under way at once.
const ALL: usize = 64;
/// Tries under way at once through one gate.
const EACH: usize = 8;

/// The way out, as this process has it.
pub struct Outbox {
    settings: Settings,
    courier: OnceLock<Option<Courier>>,
    flying: Arc<Mutex<HashMap<Gate, usize>>>,
}

impl Outbox {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            courier: OnceLock::new(),
            flying: Arc::default(),
        }
    }

    /// Whether the operator has set a gateway for text messages.
    pub fn has_gateway(&self) -> bool {
        self.settings.sms.is_some()
    }

    /// The gateway with its address, if it is set and can serve.
    pub(super) fn gateway(&self) -> Option<(Address, &Gateway)> {
        let gateway = self.settings.sms.as_ref()?;
        let address = self.address(&gateway.url).ok()?;
        Some((address, gateway))
    }

    /// Reads an address as the operator allows it.
    pub(super) fn address(&self, text: &str) -> Result<Address, bridge::outbox::AddressFault> {
        Address::read(text, self.settings.private)
    }

    /// The courier; made when it is first needed.
    pub(super) fn courier(&self) -> Option<&Courier> {
        let made = self
            .courier
            .get_or_init(|| match Courier::new(self.settings.private) {
                Ok(courier) => Some(courier),
                Err(error) => {
                    tracing::error!(%error, "nothing can leave the house");
                    None
                }
            });
        made.as_ref()
    }

    /// Gates through which nothing more goes now; none if the whole outbox is full.
    pub(super) fn full(&self) -> Option<Vec<Gate>> {
        let flying = self.flying.lock().unwrap_or_else(PoisonError::into_inner);
        if flying.values().sum::<usize>() >= ALL {
            return None;
        }
        let full = flying.iter().filter(|(_, n)| **n >= EACH);
        Some(full.map(|(gate, _)| *gate).collect())
    }

    /// A place in a gate, until it is dropped.
    pub(super) fn enter(&self, gate: Gate) -> Option<Place> {
        let mut flying = self.flying.lock().unwrap_or_else(PoisonError::into_inner);
        if flying.values().sum::<usize>() >= ALL {
            return None;
        }
        let here = flying.entry(gate).or_default();
        if *here >= EACH {
            return None;
        }
        *here += 1;
        Some(Place {
            gate,
            flying: Arc::clone(&self.flying),
        })
    }
}

/// A place in a gate.
pub(super) struct Place {
    gate: Gate,
    flying: Arc<Mutex<HashMap<Gate, usize>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut flying = self.flying.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = flying.get_mut(&self.gate) {
            *here -= 1;
            if *here == 0 {
                flying.remove(&self.gate);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_that_is_full_lets_nobody_in_until_somebody_leaves() {
        let outbox = Outbox::new(Settings::default());
        let mut inside: Vec<Place> = (0..EACH).filter_map(|_| outbox.enter(Gate::Sms)).collect();
        assert_eq!(inside.len(), EACH);
        assert!(outbox.enter(Gate::Sms).is_none());
        assert_eq!(outbox.full(), Some(vec![Gate::Sms]));
        let hook = Gate::Webhook(
            rules::ids::CommunityId(1),
            rules::ids::WebhookId(uuid::Uuid::nil()),
        );
        assert!(outbox.enter(hook).is_some(), "another gate is open");
        inside.pop();
        assert!(outbox.enter(Gate::Sms).is_some());
    }
}
