//! A form of entering that is shown once more: with everything typed, the photos that came, and what stood in the way. One
//! that was received before and comes again with something else in it gets a new key and says what was received the first
//! time: nothing is taken twice, and nothing is dropped without a word.

use super::enter::one_time_key;
use super::photo::Photos;
use crate::Door;
use crate::error::Failure;
use crate::form::{Faults, Fields};
use crate::workbench::Office;

/// What a form brings along that is shown again; nothing the first time.
#[derive(Default)]
pub(crate) struct Again {
    /// What is wrong with it.
    pub faults: Faults,
    /// Tickets of photos that came with it and were kept meanwhile.
    pub kept: Vec<String>,
    /// What its key made before.
    pub earlier: Option<Earlier>,
}

/// What a form's key made before.
pub(crate) struct Earlier {
    /// The number of what was received with it; none where whoever sends it may not know.
    pub number: Option<String>,
}

impl Again {
    /// After something stood in the way.
    ///
    /// # Errors
    /// The failure itself, where the form cannot say it.
    pub async fn after(
        door: &Door,
        office: &Office,
        fields: &Fields,
        photos: &Photos,
        failure: Failure,
    ) -> Result<Self, Failure> {
        let mut again = Self {
            kept: photos.tickets(&door.house),
            ..Self::default()
        };
        match failure {
            Failure::Invalid(faults) => again.faults = faults,
            Failure::KeyReused => again.earlier = Some(Earlier::of(door, office, fields).await?),
            other => return Err(other),
        }
        Ok(again)
    }

    /// After a switch in the head, for which nothing was sent: only what is wrong with its photos is told.
    pub fn switched(door: &Door, photos: &Photos) -> Self {
        Self {
            faults: photos.faults.clone(),
            kept: photos.tickets(&door.house),
            earlier: None,
        }
    }

    /// The key of the form: its own, unless that has made something else.
    pub fn key(&self, door: &Door, fields: &Fields) -> String {
        let own = fields.text("key").filter(|_| self.earlier.is_none());
        own.map_or_else(|| one_time_key(door), str::to_owned)
    }
}

impl Earlier {
    async fn of(door: &Door, office: &Office, fields: &Fields) -> Result<Self, Failure> {
        let key = fields.text("key").unwrap_or_default();
        let made = work::report::entered_with(&door.house, &office.asker, office.net.id, key);
        Ok(Self {
            number: made.await?.map(|number| number.to_string()),
        })
    }
}
