//! Everything that is wrong with a step's form, before the case is looked at: what is missing or too long, and what the net
//! does not know. So that whoever sends several faulty fields hears of all at once.

use rules::case::CommandName;
use rules::supervision::names_person;
use time::{Duration, OffsetDateTime};

use super::beside;
use super::choice::named;
use super::command::{condition, works};
use super::form::StepForm;
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

/// Whoever is named works on cases.
fn addressee(net: &CommunityNet, form: &StepForm, at: OffsetDateTime) -> Result<(), Error> {
    let Some(name) = &form.to else {
        return Ok(());
    };
    let found = named(net, name, at).filter(|to| works(net, *to));
    found
        .map(|_| ())
        .ok_or_else(|| Error::invalid("to", "addressee-unknown"))
}
