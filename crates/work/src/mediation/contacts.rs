//! The parties' contacts: masked on the page, opened for the mediator alone while there is work to do, never without a
//! line in the ledger of access.

use rules::access::Actor;
use rules::ids::{CaseId, Number, ReportId};
use rules::privacy::Pii;
use store::Unit;
use store::report::Access;

use super::reach;
use super::seals::Seals;
use crate::{Asker, Error, House, task};

/// A party in clear.
pub struct Clear {
    /// 甲方 is 0.
    pub n: u8,
    /// The name.
    pub name: Option<Pii<String>>,
    /// The phone number.
    pub phone: Option<Pii<String>>,
}

/// Opens the contacts of a running mediation to its mediator. The ledger's lines, one for each party, are durable before
/// the clear text leaves this function; they carry the ids of mediation and party where others carry case and report.
///
/// # Errors
/// `Forbidden` for everybody else and once it is over, `NotFound` outside the reach.
#[task]
pub async fn reveal(house: &House, asker: &Asker, number: &Number) -> Result<Vec<Clear>, Error> {
    let scope = reach(asker)?;
    let net = house.net();
    let community = net.community(number.community()).ok_or(Error::NotFound)?.id;
    let reader = house.store.reader();
    let found = reader.mediation_numbered(&scope, community, number).await?;
    let Actor::Member {
        account,
        member,
        role,
        ..
    } = asker.actor
    else {
        return Err(Error::Forbidden);
    };
    if member != found.mediator || !found.state.name().is_open() {
        return Err(Error::Forbidden);
    }
    let parties = reader.parties(community, found.id).await?;
    let lines: Vec<_> = parties
        .iter()
        .map(|party| (house.clock.id(), party.id))
        .collect();
    let (at, case) = (asker.now, CaseId(found.id.0));
    let kept = house.store.unit(community, async move |unit: &Unit| {
        for (id, party) in &lines {
            unit.note_access(&Access {
                at,
                account,
                member: Some(member),
                role: role.as_str(),
                purpose: "case_handling",
                case,
                report: ReportId(party.0),
                fields: "name,phone",
                id: *id,
            })
            .await?;
        }
        Ok::<(), store::Error>(())
    });
    kept.await?;
    let seals = Seals::of(house, community, asker.now).await?;
    let clear = parties.into_iter().map(|party| {
        let contact = seals.contact(party)?;
        Ok(Clear {
            n: contact.n,
            name: contact.name,
            phone: contact.phone,
        })
    });
    clear.collect()
}
