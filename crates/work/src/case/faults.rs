//! Everything that is wrong with a step's form, before the case is looked at: what is missing or too long, and what the net
//! does not know. So that whoever sends several faulty fields hears of all at once.

use rules::case::{Case, CommandName};
use rules::people::Member;
use rules::privacy::conduct::is_of_a_worker;
use rules::supervision::names_person;
use time::{Duration, OffsetDateTime};

use super::beside;
use super::choice::{named, named_for};
use super::command::{condition, works};
use super::form::StepForm;
use crate::complaint::spoken_of_in;
use crate::net::CommunityNet;
use crate::supervision::staff;
use crate::{Error, Fault};

/// Every fault of a form of somebody who works here or reports. Whether the step comes in its time is not asked.
pub fn faults(
    net: &CommunityNet,
    command: CommandName,
    form: &StepForm,
    at: OffsetDateTime,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut hear = |said: Result<(), Error>| {
        if let Err(Error::Invalid(wrong)) = said {
            faults.extend(wrong);
        }
    };
    hear(form.check(command));
    if command == CommandName::Escalate && form.text().is_none() {
        hear(Err(Error::invalid("words", "field-missing")));
    }
    match command {
        CommandName::Verify
        | CommandName::Dispatch
        | CommandName::HandOver
        | CommandName::Raise
        | CommandName::Lower => hear(addressee(net, form, at)),
        CommandName::File | CommandName::Fix => {
            hear(condition(net, form.category.as_ref(), form).map(|_| ()));
        }
        CommandName::Whistle if !form.whistle.departments.is_empty() => {
            hear(beside::called(net, form, at).map(|_| ()));
        }
        CommandName::RateResponse if !form.whistle.departments.is_empty() => {
            hear(beside::rated(net, form).map(|_| ()));
            hear(of_the_department(net, command, form));
        }
        CommandName::Coordinate => {
            hear(ahead(command, form, at));
            hear(beside::parties(net, form).map(|_| ()));
        }
        CommandName::Agree => {
            hear(ahead(command, form, at));
            if form.to.is_some() || !form.coordination.outside.is_empty() {
                hear(beside::doer(net, form).map(|_| ()));
            }
        }
        _ => {}
    }
    hear(of_the_task(net, command, form));
    faults
}

/// What is agreed now is done later, and nobody is called together for a time that is over. A minute that runs still is now:
/// forms know no seconds.
pub(super) fn ahead(
    command: CommandName,
    form: &StepForm,
    now: OffsetDateTime,
) -> Result<(), Error> {
    let past = form
        .until
        .is_some_and(|until| until + Duration::MINUTE <= now);
    if matches!(command, CommandName::Agree | CommandName::Coordinate) && past {
        return Err(Error::invalid("until", "date-past"));
    }
    Ok(())
}

/// What is rated is how a department responded: the note names nobody who works here, for whoever that is reads it on the case.
pub(super) fn of_the_department(
    net: &CommunityNet,
    command: CommandName,
    form: &StepForm,
) -> Result<(), Error> {
    let Some(note) = form.text().filter(|_| command == CommandName::RateResponse) else {
        return Ok(());
    };
    let rated = beside::rated(net, form).ok();
    let rated = rated.and_then(|id| net.department(id));
    let spoken: Vec<&str> = rated.iter().map(|one| one.name.as_str()).collect();
    let grids: Vec<_> = net.grids().collect();
    if names_person(note, &grids, &staff(net), &spoken) {
        return Err(Error::invalid("words", "response-person"));
    }
    Ok(())
}

/// What is written when others are called, or come and have done it, is read by all who work on the case: it is of the task, and says
/// of nobody who works here how they behaved. That is a complaint, which has a way of its own.
pub(super) fn of_the_task(
    net: &CommunityNet,
    command: CommandName,
    form: &StepForm,
) -> Result<(), Error> {
    use CommandName::{CallOff, Finish, Whistle};
    let of_a_whistle = matches!(command, Whistle | Finish | CallOff);
    let Some(words) = form.text().filter(|_| of_a_whistle) else {
        return Ok(());
    };
    if is_of_a_worker(words) || !spoken_of_in(net, &[words.to_owned()]).is_empty() {
        return Err(Error::invalid("words", "colleague-conduct"));
    }
    Ok(())
}

/// Whoever gives a matter of the fast lane to somebody else than its department says why, which stays in the trail.
pub(super) fn leaves_lane(
    net: &CommunityNet,
    case: &Case,
    command: CommandName,
    form: &StepForm,
    at: OffsetDateTime,
) -> Result<(), Error> {
    let Some(name) = form.to.as_deref().filter(|_| form.text().is_none()) else {
        return Ok(());
    };
    let lane = case.category.as_ref().and_then(|of| net.fast_lane(of, at));
    let lane = lane.filter(|_| command == CommandName::Dispatch);
    let Some((lane, to)) = lane.zip(named_for(net, case, name, at)) else {
        return Ok(());
    };
    let department = |post| net.post(post).and_then(|post| post.department);
    if department(lane.post) == department(to.post) {
        return Ok(());
    }
    Err(Error::invalid("words", "lane-left"))
}

/// Whoever is named works on cases, and can sign in: it would lie with somebody who never sees it.
fn addressee(net: &CommunityNet, form: &StepForm, at: OffsetDateTime) -> Result<(), Error> {
    let Some(name) = &form.to else {
        return Ok(());
    };
    let found = named(net, name, at).filter(|to| works(net, *to));
    let member = found.and_then(|to| net.member(to.member));
    if member.is_some_and(Member::is_closed) {
        return Err(Error::invalid("to", "addressee-closed"));
    }
    found
        .map(|_| ())
        .ok_or_else(|| Error::invalid("to", "addressee-unknown"))
}
