//! A reporter decides on what they saw. Nobody's words are lost because somebody else took a step meanwhile that has nothing to do
//! with theirs, and whoever sends the same step twice is not told that it did nothing.

use rules::access::{Role, Scope};
use rules::case::{CommandName, Deed, changes_reporters_step};
use rules::ids::{CaseId, CommunityId};

use super::StepForm;
use super::step::Expected;
use super::terms::step_of;
use crate::{Error, House, task};

/// What to expect of a case for a reporter's step, who saw this version of it: the one it has now, where nothing happened since
/// that changes what the step is about; else the one that was seen, so that the step is stale.
///
/// # Errors
/// `NotFound`.
#[task]
pub async fn as_seen(
    house: &House,
    (community, case): (CommunityId, CaseId),
    command: CommandName,
    seen: i64,
) -> Result<Expected, Error> {
    let reader = house.store.reader();
    let scope = Scope::Receipt { community, case };
    let is = reader.case_within(&scope, community, case).await?;
    let is = is.case.version;
    let entries = reader.journal_of(community, case.0).await?;
    let since = usize::try_from(seen).unwrap_or_default();
    let mut later = entries.iter().filter_map(step_of).skip(since);
    let other = later.any(|(_, event)| changes_reporters_step(command, &event));
    Ok(Expected::Version(if other || seen > is {
        seen
    } else {
        is
    }))
}

/// Whether a reporter's step that came too late is one that was taken since they saw this version: the same one, with the same
/// words, by a reporter. A step without words says not by which of several, so there it is not.
///
/// # Errors
/// `NotFound`.
#[task]
pub async fn is_taken(
    house: &House,
    (community, case): (CommunityId, CaseId),
    command: CommandName,
    form: StepForm,
    seen: i64,
) -> Result<bool, Error> {
    let reader = house.store.reader();
    let scope = Scope::Receipt { community, case };
    let trail = reader.case_within(&scope, community, case).await?;
    let form = form.without_numbers(command);
    if trail.case.reports > 1 && form.text().is_none() {
        return Ok(false);
    }
    let entries = reader.journal_of(community, case.0).await?;
    let remarks = reader.remarks(community, case).await?;
    // the steps of a case are counted by its version
    let mut steps = (1..).zip(entries.iter().filter_map(step_of));
    Ok(steps.any(|(version, (entry, event))| {
        let said = remarks
            .iter()
            .find(|remark| remark.version == version && remark.command == command);
        // a telling that left the case which it had joined began one of its own, with the words of that step
        let began = matches!(event.deed, Deed::Reported { .. }) && command == CommandName::Reopen;
        let is_same = match (command, &event.deed) {
            (CommandName::Reopen, Deed::Reported { .. }) => said.is_some(),
            (CommandName::Rate, Deed::Rated { rating, .. }) => form.rating == Some(*rating),
            (CommandName::Answer, Deed::Answered)
            | (CommandName::Reopen, Deed::Reopened { .. } | Deed::Separated)
            | (CommandName::Withdraw, Deed::Withdrawn) => true,
            _ => false,
        };
        (version > seen || began)
            && is_same
            && entry.role == Role::Resident.as_str()
            && said.map(|remark| remark.words.as_str()) == form.text()
    }))
}
