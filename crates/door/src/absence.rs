//! An absence as it was typed or sent, understood: until when, and who stands in.

use rules::ids::MemberId;
use time::{Date, OffsetDateTime, Time};
use work::Asker;
use work::net::CommunityNet;
use work::people::{Absence, deputy, until_fault};

use crate::error::Failure;
use crate::form::{Fault, Faults, date};

/// The last day away and the code of who stands in, understood: one is back in the morning after that day. What was found
/// wrong before is told with it; of a field that was, nothing more.
///
/// # Errors
/// `Invalid` with everything that is wrong with `until` and `deputy`, `Forbidden` for whoever is no member.
pub fn read(
    net: &CommunityNet,
    asker: &Asker,
    (until, deputy): (Option<&str>, Option<&str>),
    mut faults: Faults,
) -> Result<Absence, Failure> {
    let member = asker.member().ok_or(Failure::Forbidden)?;
    let until = back_at(net, asker, until);
    let deputy = stand_in(net, asker, member, deputy);
    let wrong = [until.as_ref().err(), deputy.as_ref().err()];
    for fault in wrong.into_iter().flatten() {
        if faults.of(&fault.field).is_none() {
            faults.push(fault.clone());
        }
    }
    match (until, deputy) {
        (Ok(until), Ok(deputy)) if !faults.any() => Ok(Absence {
            member,
            until,
            deputy: Some(deputy),
        }),
        _ => Err(Failure::Invalid(faults)),
    }
}

/// The morning after the last day.
fn back_at(
    net: &CommunityNet,
    asker: &Asker,
    until: Option<&str>,
) -> Result<OffsetDateTime, Fault> {
    let text = until.ok_or_else(|| Fault::new("until", "field-missing"))?;
    let morning = date(text).and_then(Date::next_day);
    let morning = morning.ok_or_else(|| Fault::new("until", "date-malformed"))?;
    let offset = net.calendar.local(asker.now).offset();
    let until = morning.with_time(Time::MIDNIGHT).assume_offset(offset);
    until_fault(asker.now, until).map_or(Ok(until), |fault| Err(fault.into()))
}

/// Who stands in, by a code or as usual.
fn stand_in(
    net: &CommunityNet,
    asker: &Asker,
    member: MemberId,
    code: Option<&str>,
) -> Result<MemberId, Fault> {
    let unknown = || Fault::new("deputy", "deputy-does-not-fit");
    let named = code.map(|code| net.member_by_code(code).ok_or_else(unknown));
    let named = named.transpose()?.map(|member| member.id);
    deputy(net, asker.now, member, named).map_err(Into::into)
}
