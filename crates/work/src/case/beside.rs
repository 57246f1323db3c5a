//! Forms of what goes on beside the way from state to state — whistles and callings together — become commands: codes are
//! resolved in the net, and departments get the seats they have now.

use std::collections::HashSet;

use rules::access::Actor;
use rules::case::{Addressee, Case, Command, CommandName, Decision, may_settle};
use rules::ids::{CoordinationId, DepartmentId, ItemId, MemberId, WhistleId};
use rules::people::Post;
use rules::whistle::{Called, Part};
use store::Unit;
use store::coordination::{Coordination, Item, Party, Settled};
use time::OffsetDateTime;

use super::choice::{department_of, named};
use super::command::{Kept, missing, words};
use super::form::StepForm;
use super::page::CasePage;
use crate::Error;
use crate::net::CommunityNet;

/// The command a form asks for; the key of what is made new is that of the step's result.
pub(super) fn command(
    net: &CommunityNet,
    case: &Case,
    name: CommandName,
    form: &StepForm,
    kept: Kept,
) -> Result<Command, Error> {
    let key = kept.result.0;
    Ok(match name {
        CommandName::Whistle => Command::Whistle {
            id: WhistleId(key),
            urgency: form.whistle.urgency.ok_or_else(|| missing("urgency"))?,
            called: called(net, form, kept.at)?,
            reason: words(form)?,
        },
        CommandName::Acknowledge => Command::Acknowledge,
        CommandName::ReportIn => Command::ReportIn,
        CommandName::Finish => Command::Finish { note: words(form)? },
        CommandName::RateResponse => Command::RateResponse {
            department: rated(net, form)?,
            response: form.whistle.response.ok_or_else(|| missing("response"))?,
        },
        CommandName::CallOff => Command::CallOff {
            reason: words(form)?,
        },
        CommandName::Climb => Command::Climb {
            leaders: leaders(net, case, kept.at),
        },
        CommandName::Coordinate => Command::Coordinate {
            id: CoordinationId(key),
            asked: asked(net, &parties(net, form)?, kept.at),
            reason: words(form)?,
        },
        CommandName::Agree => Command::Agree {
            item: ItemId(key),
            by: asked(net, &[doer(net, form)?], kept.at).first().copied(),
            what: words(form)?,
        },
        CommandName::Settle => Command::Settle {
            item: form.coordination.item.ok_or_else(|| missing("item"))?,
            by: kept.item_by,
            done: form.yes.ok_or_else(|| missing("yes"))?,
        },
        // Everything else was made into a command before.
        _ => return Err(Error::NotFound),
    })
}

/// The departments a whistle calls, whichever leads at their head, with the seats they have now. One without anybody cannot
/// come.
pub(super) fn called(
    net: &CommunityNet,
    form: &StepForm,
    at: OffsetDateTime,
) -> Result<Vec<Called>, Error> {
    let unknown = || Error::invalid("departments", "department-unknown");
    let one = |code: &String| {
        let department = department_of(net, code).ok_or_else(unknown)?.id;
        let seats = net.seats_of_department(department, at);
        if seats.is_empty() {
            return Err(Error::invalid("departments", "department-empty"));
        }
        Ok(Called { department, seats })
    };
    let mut codes: Vec<&String> = form.whistle.departments.iter().collect();
    if codes.iter().collect::<HashSet<_>>().len() < codes.len() {
        return Err(Error::invalid("departments", "department-twice"));
    }
    if let Some(leads) = &form.whistle.leads {
        let at = codes.iter().position(|code| *code == leads);
        let at = at.ok_or_else(|| Error::invalid("leads", "department-not-called"))?;
        codes.swap(0, at);
    }
    codes.into_iter().map(one).collect()
}

/// Everybody who comes to read a case by being called, to the spot or together with others, and the field that names them: of a
/// department all its people.
pub(super) fn calls(
    net: &CommunityNet,
    name: CommandName,
    form: &StepForm,
) -> Result<Option<(&'static str, Vec<MemberId>)>, Error> {
    let (field, parties) = match name {
        CommandName::Whistle => {
            let codes = form.whistle.departments.iter();
            let called = codes.filter_map(|code| department_of(net, code));
            let called = called.map(|one| Party::Department(one.id));
            ("departments", called.collect())
        }
        CommandName::Coordinate => ("parties", parties(net, form)?),
        _ => return Ok(None),
    };
    let readers = parties.iter().flat_map(|party| -> Vec<MemberId> {
        match party {
            Party::Member(member) => vec![*member],
            Party::Department(of) => {
                let posts = net.posts().iter();
                let posts = posts.filter(|post| post.department == Some(*of));
                posts.map(|post| post.member).collect()
            }
            Party::Outside(_) => Vec::new(),
        }
    });
    Ok(Some((field, readers.collect())))
}

/// The department whose response is rated.
pub(super) fn rated(net: &CommunityNet, form: &StepForm) -> Result<DepartmentId, Error> {
    let code = form.whistle.departments.first();
    let found = code.and_then(|code| department_of(net, code));
    found
        .map(|department| department.id)
        .ok_or_else(|| Error::invalid("departments", "department-unknown"))
}

/// The leaders of the departments that have not reported in.
fn leaders(net: &CommunityNet, case: &Case, at: OffsetDateTime) -> Vec<(DepartmentId, Addressee)> {
    let leader = |part: &Part| {
        let leader = net.leader_of(part.department, case.grid, at)?;
        Some((part.department, leader.addressee()))
    };
    let whistle = case.state.whistle().into_iter();
    whistle
        .flat_map(|one| one.missing(at))
        .filter_map(leader)
        .collect()
}

/// Whom a form calls together, each of them once.
pub(crate) fn parties(net: &CommunityNet, form: &StepForm) -> Result<Vec<Party>, Error> {
    let unknown = || Error::invalid("parties", "addressee-unknown");
    let of_the_net = form.coordination.parties.iter();
    let of_the_net = of_the_net.map(|name| party(net, name).ok_or_else(unknown));
    let outside = form.coordination.outside.iter().map(|name| outside(name));
    let mut parties = Vec::new();
    for (field, one) in of_the_net
        .map(|one| ("parties", one))
        .chain(outside.map(|one| ("outside", one)))
    {
        let one = one?;
        if parties.contains(&one) {
            return Err(Error::invalid(field, "party-twice"));
        }
        parties.push(one);
    }
    Ok(parties)
}

/// Who does the thing agreed upon: one party, so that somebody answers for it.
pub(crate) fn doer(net: &CommunityNet, form: &StepForm) -> Result<Party, Error> {
    let unknown = || Error::invalid("to", "addressee-unknown");
    match (&form.to, form.coordination.outside.as_slice()) {
        (Some(name), []) => party(net, name).ok_or_else(unknown),
        (None, [name]) => outside(name),
        (None, []) => Err(missing("to")),
        _ => Err(Error::invalid("outside", "one-doer")),
    }
}

/// A body outside the net has a name.
fn outside(name: &str) -> Result<Party, Error> {
    match name.trim() {
        "" => Err(missing("outside")),
        name => Ok(Party::Outside(name.to_owned())),
    }
}

/// Whether something can be agreed with whoever a form offers: whoever was called together, whoever called, the owner and the
/// leader who adopted the case. A body outside the net is not asked for.
pub fn takes_part(net: &CommunityNet, case: &Case, held: &[Coordination], name: &str) -> bool {
    party(net, name).is_some_and(|one| comes(net, case, held, &one))
}

fn comes(net: &CommunityNet, case: &Case, held: &[Coordination], one: &Party) -> bool {
    let serves = |member: MemberId, of: DepartmentId| {
        let mut posts = net.posts_of(member);
        posts.any(|post| post.department == Some(of))
    };
    // a department is called through its people, and they through it
    let is_it = |called: &Party| match (called, one) {
        (Party::Member(member), Party::Department(of))
        | (Party::Department(of), Party::Member(member)) => serves(*member, *of),
        (called, one) => called == one,
    };
    let adopter = case.adoption.map(|adoption| adoption.by);
    let here = case.owner.into_iter().chain(adopter);
    let mut here = here.chain(held.iter().map(|one| one.called_by));
    let mut called = held.iter().flat_map(|one| &one.parties);
    matches!(one, Party::Outside(_))
        || called.any(is_it)
        || here.any(|member| is_it(&Party::Member(member)))
}

/// Nobody of the net is given something to do that was agreed without them.
pub(super) async fn took_part(
    unit: &Unit,
    net: &CommunityNet,
    case: &Case,
    doer: &Party,
) -> Result<(), Error> {
    let held = unit.coordinations_of(case.id).await?;
    if comes(net, case, &held, doer) {
        return Ok(());
    }
    Err(Error::invalid("to", "party-not-called"))
}

fn party(net: &CommunityNet, name: &str) -> Option<Party> {
    if let Some(department) = department_of(net, name) {
        return Some(Party::Department(department.id));
    }
    Some(Party::Member(net.member_by_code(name)?.id))
}

/// Whom the rules hold for the one who was to do a thing agreed upon: a department's people stand for it, and whoever does the
/// work of one of them while that one is away.
pub(super) fn settler(net: &CommunityNet, who: &Actor, by: &Party) -> Option<MemberId> {
    match by {
        Party::Member(member) => Some(*member),
        Party::Department(of) => {
            let here = |post: &Post| post.department == Some(*of);
            let mut hands = who.member().into_iter().chain(absent(who));
            hands.find(|member| net.posts_of(*member).any(here))
        }
        Party::Outside(_) => None,
    }
}

/// Those whose work somebody does while they are away.
pub(super) fn absent(who: &Actor) -> impl Iterator<Item = MemberId> + '_ {
    let all: &[MemberId] = match who {
        Actor::Member { stands_for, .. } => stands_for,
        Actor::Reporter { .. } | Actor::Clock => &[],
    };
    all.iter().copied()
}

/// Whether somebody may say now how a thing agreed upon ended.
pub fn settles(net: &CommunityNet, case: &Case, who: &Actor, item: &Item) -> bool {
    item.settled.is_none() && may_settle(case, who, settler(net, who, &item.by))
}

/// Whether a thing agreed upon is somebody's to do, or to see to where a body outside the net does it: then whoever called the parties
/// does, and whoever stands in for them.
pub fn falls_to(page: &CasePage, who: &Actor, item: &Item) -> bool {
    match &item.by {
        Party::Outside(_) => {
            let mut held = page.coordinations.iter();
            let held = held.find(|one| one.id == item.coordination);
            held.is_some_and(|one| who.is(one.called_by))
        }
        by => settler(&page.net, who, by).is_some_and(|by| who.is(by)),
    }
}

/// The members among parties who hear of it, and the liaisons of departments: whoever stands in for one reads it with them.
fn asked(net: &CommunityNet, parties: &[Party], at: OffsetDateTime) -> Vec<MemberId> {
    let member = |party: &Party| match party {
        Party::Member(id) => {
            let code = net.member(*id)?.code.clone()?;
            named(net, &code, at).map(|to| to.member)
        }
        Party::Department(id) => net.liaison(*id, at).map(|duty| duty.meant),
        Party::Outside(_) => None,
    };
    let mut asked: Vec<MemberId> = parties.iter().filter_map(member).collect();
    asked.sort();
    asked.dedup();
    asked
}

/// Keeps what a decision did to the case's whistle.
pub(super) async fn keep(
    unit: &Unit,
    before: &Case,
    decision: &Decision,
    at: OffsetDateTime,
) -> Result<(), Error> {
    let after = decision.case.state.whistle();
    let Some(whistle) = after.or(before.state.whistle()) else {
        return Ok(());
    };
    for event in &decision.events {
        unit.keep_whistle(before.id, whistle, &event.deed, at)
            .await?;
    }
    // however a case lost its whistle, nobody waits for those who were called any more
    let open = after.map(|whistle| whistle.id);
    if let Some(gone) = before.state.whistle().filter(|one| open != Some(one.id)) {
        unit.end_whistle(gone.id, at).await?;
    }
    Ok(())
}

/// Keeps who is called together, when and where.
pub(super) async fn keep_coordination(
    unit: &Unit,
    case: &Case,
    form: &StepForm,
    parties: Vec<Party>,
    by: MemberId,
    at: OffsetDateTime,
) -> Result<(), Error> {
    let (Some(held), Some(meets_at)) = (&case.coordination, form.until) else {
        return Err(missing("until"));
    };
    unit.keep_coordination(&Coordination {
        id: held.id,
        case: case.id,
        called_by: by,
        called_at: at,
        meets_at,
        place: form.coordination.place.clone().unwrap_or_default(),
        purpose: form.text().unwrap_or_default().to_owned(),
        parties,
    })
    .await?;
    Ok(())
}

/// Keeps something agreed upon.
pub(super) async fn keep_item(
    unit: &Unit,
    case: &Case,
    id: ItemId,
    form: &StepForm,
    by: Party,
) -> Result<(), Error> {
    let (Some(held), Some(due_at)) = (&case.coordination, form.until) else {
        return Err(missing("until"));
    };
    unit.keep_item(&Item {
        id,
        coordination: held.id,
        case: case.id,
        what: form.text().unwrap_or_default().to_owned(),
        by,
        due_at,
        settled: None,
    })
    .await?;
    Ok(())
}

/// Keeps how something agreed upon ended.
pub(super) async fn settle_item(
    unit: &Unit,
    form: &StepForm,
    by: MemberId,
    at: OffsetDateTime,
) -> Result<(), Error> {
    let item = form.coordination.item.ok_or_else(|| missing("item"))?;
    let done = form.yes.ok_or_else(|| missing("yes"))?;
    unit.settle_item(item, Settled { at, done }, by).await?;
    Ok(())
}
