//! Bodies in parts: one JSON document with photos and a sound note beside it. Files are bytes that nobody has looked at;
//! cleaning and keeping them is the working room's.

pub mod described;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::IntoResponse;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::form::{Fault, Faults};
use rules::ids::CommunityId;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use work::House;
use work::attachment::{check_photo, check_sound, keep_photo, keep_sound};
use work::report::Attached;

use super::asked::Reading;
use super::{body, draft};

/// Photos of one report or result.
const PHOTOS_MAX: usize = 3;

/// A body as it was sent.
#[derive(Default)]
pub struct Parts {
    document: Bytes,
    photos: Vec<Bytes>,
    sound: Option<Bytes>,
    digest: Option<Bytes>,
    faults: Faults,
}

impl Parts {
    /// Reads a JSON body, or one in parts whose document is the part `name`.
    ///
    /// # Errors
    /// `MediaType`, `TooLarge`, `Unreadable`; `Invalid` where the part with the document is missing. What is wrong with the
    /// other parts is told with what is wrong in the document.
    pub async fn read(request: Request, door: &Door, name: &'static str) -> Result<Self, Failure> {
        if body::is(request.headers(), "multipart/form-data") {
            return Self::of_multipart(request, door, name).await;
        }
        let json = body::is(request.headers(), "application/json");
        let document = Bytes::from_request(request, door).await;
        let document = document.map_err(|refused| of_status(refused.into_response().status()))?;
        if json || document.is_empty() {
            Ok(Self {
                document,
                ..Self::default()
            })
        } else {
            Err(Failure::MediaType)
        }
    }

    async fn of_multipart(
        request: Request,
        door: &Door,
        name: &'static str,
    ) -> Result<Self, Failure> {
        let unreadable = |fault: MultipartError| of_status(fault.status());
        let sent = Multipart::from_request(request, door).await;
        let mut sent = sent.map_err(|refused| of_status(refused.into_response().status()))?;
        let mut parts = Self::default();
        let mut seen = false;
        let mut digest = Sha256::new();
        while let Some(part) = sent.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(unreadable)?;
            for piece in [field.as_bytes(), &bytes] {
                digest.update((piece.len() as u64).to_be_bytes());
                digest.update(piece);
            }
            if field == name && !seen {
                (parts.document, seen) = (bytes, true);
            } else if field == name {
                parts.faults.push(Fault::new(field, "field-twice"));
            } else {
                parts.file(field, bytes);
            }
        }
        parts.digest = Some(digest.finalize().to_vec().into());
        if !seen {
            parts.faults.push(Fault::new(name, "field-missing"));
            let missing = Failure::Invalid(parts.faults.clone());
            return Err(parts.and_files(&door.house, missing).await);
        }
        Ok(parts)
    }

    fn file(&mut self, field: String, bytes: Bytes) {
        let fault = match field.as_str() {
            "photo" if self.photos.len() < PHOTOS_MAX => return self.photos.push(bytes),
            "photo" => "photo-many",
            "sound" if self.sound.is_none() => {
                self.sound = Some(bytes);
                return;
            }
            "sound" => "sound-many",
            _ => "field-unknown",
        };
        self.faults.push(Fault::new(field, fault));
    }

    /// What the document says, as far as it can be read, with everything that is wrong with it and with the other parts.
    ///
    /// # Errors
    /// `Unreadable` for what is no JSON; `Invalid` where nothing can be made of it.
    pub fn draft<T: DeserializeOwned>(&self) -> Result<(T, Reading), Failure> {
        self.draft_after(Faults::default())
    }

    /// The same after some faults were found in the document already.
    ///
    /// # Errors
    /// As [`Self::draft`].
    pub fn draft_after<T: DeserializeOwned>(&self, found: Faults) -> Result<(T, Reading), Failure> {
        let all = found.iter().chain(self.faults.iter()).cloned();
        draft::read(&self.document, Reading::of(all.collect()))
    }

    /// The same for a step that may come without a body: nothing sent says nothing.
    ///
    /// # Errors
    /// As [`Self::draft`].
    pub fn step<T: DeserializeOwned + Default>(&self) -> Result<(T, Reading), Failure> {
        if self.document.is_empty() {
            return Ok((T::default(), Reading::of(self.faults.clone())));
        }
        self.draft()
    }

    /// Photos and a sound note are faults where the document is all there is.
    pub fn bring_no_files(&self, reading: &mut Reading) {
        for (part, came) in [("photo", self.has_photos()), ("sound", self.has_sound())] {
            if came {
                reading.fault(Fault::new(part, "field-unknown"));
            }
        }
    }

    /// The document as it was sent; empty if none was.
    pub fn document(&self) -> &[u8] {
        &self.document
    }

    /// What is the same for the same request: the document, or a digest over all parts without the boundary, which is
    /// another one at each try.
    pub fn same(&self) -> &[u8] {
        self.digest.as_ref().unwrap_or(&self.document)
    }

    /// Whether there is a sound note.
    pub fn has_sound(&self) -> bool {
        self.sound.is_some()
    }

    /// Whether there are photos.
    pub fn has_photos(&self) -> bool {
        !self.photos.is_empty()
    }

    /// Cleans and keeps photos and sound, in the order they were sent.
    ///
    /// # Errors
    /// `Invalid` with every file that cannot be taken; `Unavailable` if one cannot be kept.
    pub async fn keep(
        self,
        house: &House,
        community: CommunityId,
    ) -> Result<Vec<Attached>, Failure> {
        let (mut kept, mut faults) = (Vec::new(), Faults::default());
        for photo in self.photos {
            kept.extend(taken(
                keep_photo(house, community, photo).await,
                &mut faults,
            )?);
        }
        if let Some(sound) = self.sound {
            kept.extend(taken(
                keep_sound(house, community, sound).await,
                &mut faults,
            )?);
        }
        faults.check().map_err(Failure::Invalid)?;
        Ok(kept)
    }

    /// A refusal of the document, with what is wrong with the files beside it: nobody sends a body again to hear of the next
    /// fault. Only refused bodies pay for this.
    pub async fn and_files(self, house: &House, refused: Failure) -> Failure {
        let Failure::Invalid(mut faults) = refused else {
            return refused;
        };
        for photo in self.photos {
            if let Err(failure) = taken(check_photo(house, photo).await, &mut faults) {
                return failure;
            }
        }
        if let Some(sound) = self.sound
            && let Err(failure) = taken(check_sound(sound), &mut faults)
        {
            return failure;
        }
        Failure::Invalid(faults)
    }
}

/// A file that was taken; what is wrong with one is told once, however many are like it.
fn taken<T>(file: Result<T, work::Error>, faults: &mut Faults) -> Result<Option<T>, Failure> {
    let failure = match file {
        Ok(file) => return Ok(Some(file)),
        Err(error) => Failure::from(error),
    };
    let Failure::Invalid(wrong) = failure else {
        return Err(failure);
    };
    for fault in wrong.iter() {
        if !faults.iter().any(|known| known == fault) {
            faults.push(fault.clone());
        }
    }
    Ok(None)
}

fn of_status(status: axum::http::StatusCode) -> Failure {
    Failure::of_status(status).unwrap_or(Failure::Unreadable)
}
