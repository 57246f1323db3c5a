//! A form becomes a command: names are resolved in the net, codes in the catalogue. Pure but for the net it is given;
//! today's steps and imported histories come through here alike.

use rules::access::{Action, may};
use rules::case::{
    Addressee, Case, Command, CommandName, Extend, Heard, Method, Target, Verdict, Visit, Words,
    changes_category, lacks_category,
};
use rules::ids::{AnswerId, CategoryCode, ConditionCode, DepartmentId, MemberId, ResultId};
use time::OffsetDateTime;

use super::beside;
use super::choice::named_for;
use super::form::{Claimed, StepForm};
use crate::net::{CommunityNet, Question};
use crate::{Error, Fault};

/// What is kept with the step, by its keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    /// The record of the result.
    pub result: ResultId,
    /// How many photos it has.
    pub photos: u16,
    /// What the reporter is told, if anything.
    pub answer: Option<AnswerId>,
    /// Who was to do the thing agreed upon that is settled.
    pub item_by: Option<MemberId>,
    /// When the step is taken.
    pub at: OffsetDateTime,
}

/// The command a form asks for. `to` and `target` are resolved already, where they could be.
pub(crate) fn command(
    net: &CommunityNet,
    case: &Case,
    name: CommandName,
    form: &StepForm,
    to: Option<Addressee>,
    target: Option<Target>,
    kept: Kept,
) -> Result<Command, Error> {
    let Kept {
        result,
        photos,
        answer,
        ..
    } = kept;
    let to = || to.ok_or_else(|| Error::invalid("to", "addressee-unknown"));
    let yes = || form.yes.ok_or_else(|| missing("yes"));
    let category = || form.category.clone().or_else(|| case.category.clone());
    Ok(match name {
        CommandName::Verify => Command::Verify { by: to()?.member },
        CommandName::Verified => Command::Verified(form.found.ok_or_else(|| missing("found"))?),
        CommandName::File => {
            filed_again(case, form)?;
            Command::File {
                condition: condition(net, category().as_ref(), form)?,
                category: category(),
                reason: form.text().map(str::parse::<Words>).transpose()?,
            }
        }
        CommandName::Redirect => Command::Redirect {
            reason: form.redirect.ok_or_else(|| missing("redirect"))?,
            instead: words(form)?,
        },
        CommandName::Merge => Command::Merge {
            into: target.ok_or_else(|| Error::invalid("into", "case-unknown"))?,
        },
        CommandName::Fix => Command::Fix {
            condition: condition(net, category().as_ref(), form)?,
            category: category(),
            result,
            photos,
            answer,
        },
        CommandName::Void => Command::Void {
            reason: words(form)?,
        },
        CommandName::Dispatch => Command::Dispatch(to()?),
        CommandName::Accept => Command::Accept,
        CommandName::Return => Command::Return {
            reason: words(form)?,
        },
        CommandName::Escalate => Command::Escalate {
            reason: form.text().map(str::parse::<Words>).transpose()?,
        },
        CommandName::Ask => Command::Ask {
            question: words(form)?,
        },
        CommandName::Answer => Command::Answer,
        CommandName::Lapse => Command::Lapse,
        CommandName::Extend => Command::Extend(extend(form)?),
        CommandName::HandOver => Command::HandOver { to: to()? },
        CommandName::Suspend => Command::Suspend {
            until: form.until.ok_or_else(|| missing("until"))?,
            reason: words(form)?,
        },
        CommandName::Resume => Command::Resume,
        CommandName::Handle => Command::Handle {
            result,
            photos,
            claim: form.claimed.unwrap_or(Claimed::Solved).into(),
            left: form.left().map(str::parse::<Words>).transpose()?,
        },
        CommandName::Check if yes()? => Command::Check {
            verdict: Verdict::Pass,
            answer,
        },
        CommandName::Check => Command::Check {
            verdict: Verdict::Fail {
                reason: words(form)?,
            },
            answer: None,
        },
        CommandName::Visit => Command::Visit(visit(form)?),
        CommandName::PassVisit => Command::PassVisit,
        CommandName::Close => Command::Close { answer },
        CommandName::Rate => Command::Rate(form.rating.ok_or_else(|| missing("rating"))?),
        CommandName::Reopen => Command::Reopen {
            reason: words(form)?,
        },
        CommandName::Withdraw => Command::Withdraw,
        CommandName::Adopt => Command::Adopt,
        CommandName::Release => Command::Release {
            reason: words(form)?,
        },
        CommandName::Raise => Command::Raise {
            to: match form.to {
                Some(_) => Some(to()?),
                None => higher(net, case, kept.at),
            },
            reason: words(form)?,
        },
        CommandName::Lower => Command::Lower {
            to: to()?,
            reason: words(form)?,
        },
        CommandName::Tell => Command::Tell {
            words: words(form)?,
        },
        CommandName::Appeal => Command::Appeal {
            reason: words(form)?,
        },
        CommandName::Review => Command::Review { agree: yes()? },
        _ => return beside::command(net, case, name, form, kept),
    })
}

/// Whoever files an open file once more names the category, and where it has one already, the reason.
fn filed_again(case: &Case, form: &StepForm) -> Result<(), Error> {
    let changes = changes_category(case);
    let lacks = changes || lacks_category(case);
    let needs = [
        ("category", lacks && form.category.is_none()),
        ("words", changes && form.text().is_none()),
    ];
    Error::check(Fault::missing(needs).collect())
}

/// Whom a case goes to that is raised to nobody in particular.
fn higher(net: &CommunityNet, case: &Case, at: OffsetDateTime) -> Option<Addressee> {
    let duty = net.higher((case.tier, case.owner), case.grid, at);
    duty.map(|duty| duty.addressee())
}

/// What came of a visit; histories that tell no method were told by telephone.
fn visit(form: &StepForm) -> Result<Visit, Error> {
    let method = form.visit.method.unwrap_or(Method::Phone);
    if form.visit.reached == Some(false) {
        return Ok(Visit::NotReached { method });
    }
    Ok(Visit::Reached(Heard {
        method,
        solved: form.yes.ok_or_else(|| missing("yes"))?,
        satisfaction: form.visit.satisfaction,
    }))
}

pub(super) fn missing(field: &'static str) -> Error {
    Error::invalid(field, "field-missing")
}

pub(super) fn words(form: &StepForm) -> Result<Words, Error> {
    Ok(form.text().unwrap_or_default().parse::<Words>()?)
}

fn extend(form: &StepForm) -> Result<Extend, Error> {
    Ok(match form.yes {
        Some(grant) => Extend::Decide { grant },
        None => Extend::Ask {
            reason: words(form)?,
        },
    })
}

/// The condition named, else the first of the category; an unknown one is a fault.
pub(super) fn condition(
    net: &CommunityNet,
    category: Option<&CategoryCode>,
    form: &StepForm,
) -> Result<Option<ConditionCode>, Error> {
    let Some(category) = category else {
        return Ok(None);
    };
    let unknown = || Error::invalid("category", "category-unknown");
    let catalogue = net.catalogue().ok_or_else(unknown)?;
    let found = catalogue.condition(category, form.condition.as_ref());
    let missing = || match catalogue.category(category) {
        Some(_) => Error::invalid("condition", "condition-unknown"),
        None => unknown(),
    };
    Ok(found.ok_or_else(missing)?.code)
}

/// Whom a step goes to: whoever the form names, else whom the rules of routing suggest.
pub(crate) fn addressee(
    net: &CommunityNet,
    case: &Case,
    form: &StepForm,
    at: OffsetDateTime,
) -> Option<Addressee> {
    let category = form.category.as_ref().or(case.category.as_ref());
    match &form.to {
        Some(name) => named_for(net, case, name, at).filter(|to| works(net, *to)),
        None => {
            let question = Question {
                category,
                ..Question::of(case, "", at)
            };
            net.route(&question).map(|routed| routed.duty.addressee())
        }
    }
}

/// Whether a post's role works on cases; to others a case would be given for nothing.
pub(super) fn works(net: &CommunityNet, to: Addressee) -> bool {
    let post = net.post(to.post);
    post.is_some_and(|post| may(post.role, Action::Handle))
}

/// Which department the task lies with after the command.
pub(crate) fn department(
    net: &CommunityNet,
    command: &Command,
    before: Option<DepartmentId>,
) -> Option<DepartmentId> {
    match command {
        Command::Dispatch(to)
        | Command::HandOver { to }
        | Command::Lower { to, .. }
        | Command::Raise { to: Some(to), .. } => net.post(to.post).and_then(|post| post.department),
        Command::Return { .. } | Command::Escalate { .. } | Command::Raise { to: None, .. } => None,
        _ => before,
    }
}

/// Words that the reporter reads as they are; others are between those who work on the case.
pub(crate) fn told_at_once(command: CommandName) -> bool {
    matches!(
        command,
        CommandName::Redirect
            | CommandName::Ask
            | CommandName::Answer
            | CommandName::Suspend
            | CommandName::Tell
            | CommandName::Reopen
            | CommandName::Rate
            | CommandName::Void
    )
}

/// Whether the reporter is told something final by the step.
pub(crate) fn ends(command: CommandName, form: &StepForm) -> bool {
    match command {
        CommandName::Fix | CommandName::Close => true,
        CommandName::Check => form.yes == Some(true),
        _ => false,
    }
}
