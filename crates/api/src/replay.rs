//! The same report once more, from somebody who may tell nothing now: whoever did not get the answer the first time gets their
//! receipt, also where their device or address has told too much. It is looked for only then, and before any body is read;
//! the ordinary way finds it in its own unit.

use std::net::IpAddr;

use axum::extract::Request;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use work::report::{Made, RequestKey, made_with, made_with_same};

use super::parts::Parts;
use super::reports::{answer, answer_complaint};

/// The receipt of what the same key and body made before; without any, what stands in the way.
///
/// # Errors
/// What stands in the way, where nothing was made; what the body's reading says.
pub async fn replay(
    door: &Door,
    from: IpAddr,
    key: &str,
    request: Request,
    refused: Failure,
) -> Result<Response, Failure> {
    let too_many = matches!(refused, Failure::TooMany { .. });
    let may_look = too_many && door.buckets.replay(from, door.house.clock.now()).is_ok();
    if !may_look || !made_with(&door.house, key).await? {
        return Err(refused);
    }
    let parts = Parts::read(request, door, "report").await?;
    let key = RequestKey::new(key.as_bytes(), parts.same());
    match made_with_same(&door.house, key).await? {
        Some(Made::Report(receipt)) => answer(door, &receipt),
        Some(Made::Complaint(receipt)) => answer_complaint(door, &receipt).await,
        None => Err(refused),
    }
}
