//! What is done on the page of the outbox: an address added, tried, given a new secret, switched; text messages switched; a dead
//! letter settled.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::ids::{DeliveryId, WebhookId};
use rules::outbox::Topic;
use work::outbox::{self, Settling};

use super::page::{Typed, again, refused, shown_once};
use crate::Door;
use crate::case::Notice;
use crate::error::Failure;
use crate::form::{Fields, obstacle};
use crate::workbench::Office;

/// `POST /outbox/webhooks`.
pub async fn add(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["address", "topic"])?;
    let address = fields.raw("address").unwrap_or_default().to_owned();
    let topics: Vec<String> = fields.all("topic").map(str::to_owned).collect();
    let read: Result<Vec<Topic>, _> = topics.iter().map(|one| one.parse()).collect();
    let read = read.map_err(|_| Failure::Unreadable)?;
    let added = outbox::add(&door.house, &office.asker, &address, read).await;
    match added.map_err(Failure::from) {
        Ok((_, secret)) => shown_once(&door, office, &secret).await,
        Err(Failure::Invalid(faults)) => {
            let typed = Typed {
                address,
                topics,
                faults,
            };
            again(&door, office, typed).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /outbox/webhooks/{webhook}/{deed}`.
pub async fn webhook(
    State(door): State<Door>,
    Path((id, deed)): Path<(String, String)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["version"])?;
    let id: WebhookId = id.parse().map_err(|_| Failure::NotFound)?;
    let seen = fields.version()?;
    let (house, asker) = (&door.house, &office.asker);
    let done = match deed.as_str() {
        "test" => outbox::test(house, asker, id).await.map(|_| "test"),
        "off" => outbox::switch(house, asker, id, seen, false)
            .await
            .map(|()| "off"),
        "on" => outbox::switch(house, asker, id, seen, true)
            .await
            .map(|()| "on"),
        "rotate" => match outbox::rotate(house, asker, id, seen).await {
            Ok(secret) => return shown_once(&door, office, &secret).await,
            Err(error) => Err(error),
        },
        _ => return Err(Failure::NotFound),
    };
    led(&door, office, done).await
}

/// `POST /outbox/sms`.
pub async fn sms(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["on"])?;
    let (on, done) = match fields.text("on") {
        Some("yes") => (true, "sms-on"),
        Some("no") => (false, "sms-off"),
        _ => return Err(Failure::Unreadable),
    };
    let switched = outbox::switch_sms(&door.house, &office.asker, on).await;
    led(&door, office, switched.map(|()| done)).await
}

/// `POST /outbox/deliveries/{delivery}/{deed}`.
pub async fn settle(
    State(door): State<Door>,
    Path((id, deed)): Path<(String, String)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[])?;
    let id: DeliveryId = id.parse().map_err(|_| Failure::NotFound)?;
    let how = Settling::named(&deed).ok_or(Failure::NotFound)?;
    let settled = outbox::settle(&door.house, &office.asker, id, how).await;
    led(&door, office, settled.map(|()| how.as_str())).await
}

/// Back to the page, which says what was done or what stood in the way.
async fn led(
    door: &Door,
    office: Office,
    done: Result<&str, work::Error>,
) -> Result<Response, Failure> {
    let failure = match done.map_err(Failure::from) {
        Ok(done) => return Ok(Redirect::to(&format!("/outbox?done={done}")).into_response()),
        Err(failure) => failure,
    };
    let t = office.page.t;
    let (status, faults, notice) = match failure {
        Failure::Stale { .. } => (
            failure.status(),
            Default::default(),
            Some(Notice::warn(
                t.text("error-stale-title"),
                t.text("outbox-stale"),
            )),
        ),
        other => obstacle(t, other)?,
    };
    let said = faults.iter().next().map(|fault| fault.say(&t));
    let notice = notice
        .unwrap_or_else(|| Notice::warn(t.text("error-refused-title"), said.unwrap_or_default()));
    refused(door, office, status, notice).await
}
