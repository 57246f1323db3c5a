//! Whether a reporter wants to be sent messages: asked and answered on their own page.

use rules::ids::{CommunityId, ReportId};
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::journal::Note;

use crate::report::Opened;
use crate::{Error, House, task};

/// Whether messages are off for a report; none where nothing would be sent anyhow: no number was left, or the community sends none.
///
/// # Errors
/// `Store`.
#[task]
pub async fn is_quiet(
    house: &House,
    community: CommunityId,
    report: ReportId,
) -> Result<Option<bool>, Error> {
    let reader = house.store.reader();
    if reader.outbox_targets(community).await?.sms.is_none() {
        return Ok(None);
    }
    let contact = reader.contact(community, report).await?;
    let reachable = contact.filter(|contact| contact.phone.is_some());
    Ok(reachable.map(|contact| contact.quiet))
}

/// The reporter does not want to be sent messages any more, or does again. What waits is looked at when it is sent.
///
/// # Errors
/// `NotFound` if no contact was left.
#[task]
pub async fn silence(house: &House, opened: &Opened, quiet: bool) -> Result<(), Error> {
    let community = opened.asker.community().ok_or(Error::NotFound)?;
    let report = opened.report.id;
    let note = Note {
        at: opened.asker.now,
        occurred_at: None,
        actor: None,
        role: opened.asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(report.0),
        event: Event::House(HouseEvent::OutboxChanged {
            done: if quiet { "quiet" } else { "heard" }.to_owned(),
        }),
    };
    house
        .store
        .unit(community, async move |unit: &Unit| {
            unit.silence_contact(report, quiet).await?;
            unit.note(note);
            Ok::<(), store::Error>(())
        })
        .await
        .map_err(Error::from)
}
