//! The photos and the sound of a report in the making: cleaned and kept at once, named in the pages by tickets that only
//! this house can make, shown small before the report is sent, and left out again at a touch.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use work::attachment::{keep_photo, keep_sound, redeem, small, ticket};
use work::report::Attached;
use work::{Error, House};

use super::Draft;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};

const PHOTOS_MAX: usize = 3;

/// A kept photo or sound note as its reporter sees it before sending.
pub struct Preview {
    /// Names it when it is to be left out.
    pub ticket: String,
    /// Photo, else sound.
    pub is_photo: bool,
    /// The small picture, written into the page itself: so no address opens it.
    pub picture: Option<String>,
}

impl Draft {
    /// Keeps the photos and the sound that came with the page, so that they last to the end of the form.
    ///
    /// # Errors
    /// Whatever is no fault of the file itself.
    pub async fn keep_files(&mut self, house: &House, fields: &Fields) -> Result<Faults, Failure> {
        let mut faults = Faults::default();
        let Some(community) = self.community(house).map(|community| community.id) else {
            return Ok(faults);
        };
        for file in fields.files("photo") {
            if self.photos(house) >= PHOTOS_MAX {
                faults.push(Fault::new("photo", "photo-many"));
                break;
            }
            let kept = keep_photo(house, community, file.bytes.clone()).await;
            self.add(house, kept, &mut faults)?;
        }
        for file in fields.files("sound") {
            let kept = keep_sound(house, community, file.bytes.clone()).await;
            if kept.is_ok() {
                self.kept
                    .retain(|kept| redeem(house, kept).is_some_and(|file| is_photo(&file)));
            }
            self.add(house, kept, &mut faults)?;
        }
        Ok(faults)
    }

    fn add(
        &mut self,
        house: &House,
        kept: Result<Attached, Error>,
        faults: &mut Faults,
    ) -> Result<(), Failure> {
        match kept.map_err(Failure::from) {
            Ok(attached) => {
                let ticket = ticket(house, &attached);
                if !self.kept.contains(&ticket) {
                    self.kept.push(ticket);
                }
                Ok(())
            }
            Err(Failure::Invalid(wrong)) => {
                wrong.iter().for_each(|fault| faults.push(fault.clone()));
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// The kept files, photos first; tickets this house did not make are no files.
    pub fn files(&self, house: &House) -> Vec<Attached> {
        let mut files: Vec<Attached> = self
            .kept
            .iter()
            .filter_map(|kept| redeem(house, kept))
            .collect();
        files.sort_by_key(|file| !is_photo(file));
        files.truncate(PHOTOS_MAX + 1);
        files
    }

    /// How many photos are kept.
    pub fn photos(&self, house: &House) -> usize {
        self.files(house)
            .iter()
            .filter(|file| is_photo(file))
            .count()
    }

    /// Whether a sound note is kept.
    pub fn has_sound(&self, house: &House) -> bool {
        self.files(house).iter().any(|file| !is_photo(file))
    }

    /// The kept files to look at, photos first. One whose bytes cannot be read just now has no picture.
    pub async fn previews(&self, house: &House) -> Vec<Preview> {
        let mut previews = Vec::new();
        for file in self.files(house) {
            let picture = match small(house, &file).await {
                Ok(Some(jpeg)) => Some(format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg))),
                Ok(None) => None,
                Err(cause) => {
                    tracing::warn!(%cause, "a kept photo cannot be shown");
                    None
                }
            };
            previews.push(Preview {
                ticket: ticket(house, &file),
                is_photo: is_photo(&file),
                picture,
            });
        }
        previews
    }
}

fn is_photo(file: &Attached) -> bool {
    file.kind.media_type() == "image/jpeg"
}
