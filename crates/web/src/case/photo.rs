//! The photos of a form that may be shown again: what came once is kept and named by tickets, so that nobody has to take or
//! choose a photo twice because of a fault elsewhere.

use rules::ids::CommunityId;
use store::case::AttachmentKind;
use work::House;
use work::attachment::{keep_photo, redeem, ticket};
use work::report::Attached;

use super::enter::PHOTOS_MAX;
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};

/// What came with a form.
pub(crate) struct Photos {
    /// Cleaned and kept.
    pub attached: Vec<Attached>,
    /// What is wrong with the others.
    pub faults: Faults,
}

impl Photos {
    /// Those kept before, unless they were left out since, and the new ones.
    ///
    /// # Errors
    /// What has nothing to do with the photo itself, as where nothing can be kept just now.
    pub async fn of(door: &Door, community: CommunityId, fields: &Fields) -> Result<Self, Failure> {
        // tickets this house did not make are no photos
        let kept = fields.all("kept").take(2 * PHOTOS_MAX);
        let kept = kept.filter_map(|ticket| redeem(&door.house, ticket));
        let mut photos = Self {
            attached: kept
                .filter(|kept| kept.kind == AttachmentKind::Photo)
                .collect(),
            faults: Faults::default(),
        };
        for file in fields.files("photo").take(PHOTOS_MAX) {
            let kept = keep_photo(&door.house, community, file.bytes.clone()).await;
            photos.add(kept.map_err(Failure::from))?;
        }
        if photos.attached.len() > PHOTOS_MAX || fields.files("photo").count() > PHOTOS_MAX {
            photos.fault(Fault::new("photo", "photo-many"));
        }
        Ok(photos)
    }

    fn add(&mut self, kept: Result<Attached, Failure>) -> Result<(), Failure> {
        match kept {
            Ok(photo) => {
                // the same photo chosen once more is one photo
                if self.attached.iter().all(|known| known.blob != photo.blob) {
                    self.attached.push(photo);
                }
                Ok(())
            }
            Err(Failure::Invalid(faults)) => {
                faults.iter().for_each(|fault| self.fault(fault.clone()));
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// One fault a field is enough.
    fn fault(&mut self, fault: Fault) {
        if self.faults.of(&fault.field).is_none() {
            self.faults.push(fault);
        }
    }

    /// Their tickets, for the form that goes on.
    pub fn tickets(&self, house: &House) -> Vec<String> {
        let tickets = self.attached.iter().map(|photo| ticket(house, photo));
        tickets.collect()
    }
}
