//! Who changed the routing rules last: for whoever finds that another was faster.

use rules::access::Action;
use rules::ids::{MemberId, RuleId};
use rules::journal::{Event, HouseEvent};
use time::OffsetDateTime;

use crate::{Asker, Error, House, task};

/// A change of the rules by a person.
pub struct Changed {
    /// Who.
    pub by: MemberId,
    /// In which role.
    pub role: String,
    /// When.
    pub at: OffsetDateTime,
    /// The stable name of the change.
    pub done: String,
}

/// The last change after a version that somebody saw; first of the rule it was about, then of any other that still stands.
/// None where the house itself was faster.
///
/// # Errors
/// `Forbidden` for who reads no rules, `Store`.
#[task]
pub async fn last_change(
    house: &House,
    asker: &Asker,
    seen: i64,
    rule: Option<RuleId>,
) -> Result<Option<Changed>, Error> {
    asker.allow(Action::ReadRouting)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let others = net.routing.rules.iter().map(|one| one.id);
    let reader = house.store.reader();
    for id in rule.into_iter().chain(others) {
        for entry in reader.journal_of(community, id.0).await?.into_iter().rev() {
            let Ok(Event::House(HouseEvent::RoutingChanged { version, done })) =
                Event::from_bytes(&entry.event)
            else {
                continue;
            };
            if let Some(by) = entry.actor.filter(|_| version > seen) {
                return Ok(Some(Changed {
                    by: MemberId(by),
                    role: entry.role,
                    at: entry.at,
                    done,
                }));
            }
        }
    }
    Ok(None)
}
