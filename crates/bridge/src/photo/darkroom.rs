//! The room where photos are decoded, away from the threads that answer requests: in the server each in a process of its
//! own ([`Apart`]), else on a thread beside.
//!
//! At most two ordinary photos, and one very large one among them, are decoded at a time, so a flood of photos costs
//! waiting, not memory. A decoder that panics or dies spoils one photo, never the server.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::task::{self, JoinError};

use super::limits::LARGE_PIXELS;
use super::{Apart, CleanPhoto, Head, PhotoRefusal, clean, head};

const PLACES: u32 = 2;

/// A bounded number of places to decode photos; clones share the places.
#[derive(Clone, Debug)]
pub struct Darkroom {
    places: Arc<Semaphore>,
    large: Arc<Semaphore>,
    apart: Option<Arc<Apart>>,
}

impl Default for Darkroom {
    /// Decodes beside the caller, in the same process: for tools and tests, where photos are one's own.
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES as usize)),
            large: Arc::new(Semaphore::new(1)),
            apart: None,
        }
    }
}

impl Darkroom {
    /// Decodes each photo in a process of its own, for whoever takes photos from strangers.
    pub fn apart(apart: Apart) -> Self {
        Self {
            apart: Some(Arc::new(apart)),
            ..Self::default()
        }
    }

    /// Cleans one photo as [`clean`] does, waiting for a place first.
    pub async fn clean(&self, bytes: Bytes) -> Result<CleanPhoto, PhotoRefusal> {
        match &self.apart {
            Some(apart) => {
                // The semaphore is never closed, so this waits and cannot fail.
                let _place = self.places.acquire().await;
                apart.clean(&bytes, &self.large).await
            }
            None => self.clean_here(bytes).await,
        }
    }

    async fn clean_here(&self, bytes: Bytes) -> Result<CleanPhoto, PhotoRefusal> {
        let unread = bytes.clone();
        let head = task::spawn_blocking(move || head(&unread))
            .await
            .map_err(spoiled)??;
        // The semaphore is never closed, so this waits and cannot fail.
        let places = Arc::clone(&self.places)
            .acquire_many_owned(places_for(head))
            .await;
        task::spawn_blocking(move || {
            // The place is given back when decoding ends, not when the sender hangs up: work in vain costs memory too.
            let _place = places;
            clean(&bytes)
        })
        .await
        .map_err(spoiled)?
    }

    /// Places nobody uses at this moment.
    pub fn free(&self) -> usize {
        self.places.available_permits()
    }
}

fn places_for(head: Head) -> u32 {
    let pixels = u64::from(head.width) * u64::from(head.height);
    if pixels > LARGE_PIXELS { PLACES } else { 1 }
}

fn spoiled(error: JoinError) -> PhotoRefusal {
    tracing::warn!(panicked = error.is_panic(), "decoding a photo ended early");
    PhotoRefusal::Broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(width: u32, height: u32) -> Head {
        Head {
            format: image::ImageFormat::Png,
            width,
            height,
        }
    }

    #[test]
    fn a_very_large_photo_is_decoded_alone() {
        assert_eq!(places_for(of(6_000, 4_000)), 1);
        assert_eq!(places_for(of(6_000, 4_001)), PLACES);
    }

    #[tokio::test]
    async fn a_photo_waits_until_a_place_is_free() {
        let room = Darkroom::default();
        let taken = Arc::clone(&room.places)
            .acquire_many_owned(PLACES)
            .await
            .expect("places are never closed");
        let photo = Bytes::from(super::super::tests::png(8, 8));
        let waiting = tokio::spawn({
            let room = room.clone();
            async move { room.clean(photo).await.map(|clean| clean.width) }
        });
        for _ in 0..1_000 {
            task::yield_now().await;
        }
        assert!(!waiting.is_finished());
        drop(taken);
        assert_eq!(waiting.await.expect("the task ends"), Ok(8));
        assert_eq!(room.free(), PLACES as usize);
    }

    #[tokio::test]
    async fn a_panic_while_decoding_spoils_one_photo_only() {
        let panicked = task::spawn_blocking(|| panic!("a decoder gave up")).await;
        assert_eq!(
            panicked.map_err(spoiled),
            Err::<(), _>(PhotoRefusal::Broken)
        );
    }
}
