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
        let chosen = fields.files("photo").count();
        for (at, file) in fields.files("photo").take(PHOTOS_MAX).enumerate() {
            let kept = keep_photo(&door.house, community, file.bytes.clone()).await;
            // one photo alone needs no telling which
            let which = (chosen > 1).then_some((at + 1, file.name.as_str()));
            photos.add(kept.map_err(Failure::from), which)?;
        }
        if photos.attached.len() > PHOTOS_MAX || chosen > PHOTOS_MAX {
            photos.faults.push(Fault::new("photo", "photo-many"));
        }
        Ok(photos)
    }

    fn add(
        &mut self,
        kept: Result<Attached, Failure>,
        which: Option<(usize, &str)>,
    ) -> Result<(), Failure> {
        match kept {
            Ok(photo) => {
                // the same photo chosen once more is one photo
                if self.attached.iter().all(|known| known.blob != photo.blob) {
                    self.attached.push(photo);
                }
                Ok(())
            }
            Err(Failure::Invalid(faults)) => {
                let told = faults.iter().cloned().map(|fault| match which {
                    Some((at, name)) => fault.of_file(at, name),
                    None => fault,
                });
                self.faults.extend(told);
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// Their tickets, for the form that goes on.
    pub fn tickets(&self, house: &House) -> Vec<String> {
        let tickets = self.attached.iter().map(|photo| ticket(house, photo));
        tickets.collect()
    }

    /// What was typed into these fields and which photos came along, as bytes that are the same for the same form: it makes no
    /// difference whether a photo was chosen just now or kept before.
    pub fn digestible(&self, fields: &Fields, names: &[&str]) -> Vec<u8> {
        let mut blobs: Vec<&str> = self.attached.iter().map(|one| one.blob.as_str()).collect();
        blobs.sort_unstable();
        let photos = Fields::of(blobs.into_iter().map(|blob| ("photo", blob)));
        let mut same = fields.digestible(names);
        same.extend(photos.digestible(&["photo"]));
        same
    }
}
