//! The life of a mediation: which command belongs to which state, whose it is, and what is due afterwards.

use time::{Date, OffsetDateTime, UtcOffset};

use super::{Deed, Instead, Kept, Mediation, MediationSettings, Refusal, State, StateName, Times};
use crate::access::{Action, Actor, Role, may};
use crate::case::Reckoning;
use crate::ids::MemberId;
use crate::word::words;

/// What is done to a mediation. Words are kept beside it, sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Notes a talk about the matter.
    Talk {
        /// On which day.
        on: Date,
    },
    /// Writes the agreement, or writes it anew.
    Draft,
    /// The parties agreed.
    Agree {
        /// On which day.
        on: Date,
        /// On paper, or by word of mouth.
        written: bool,
    },
    /// They did not.
    Fail {
        /// Where they were told to go.
        instead: Instead,
    },
    /// One more limit.
    Extend {
        /// Whether both sides want it.
        consent: bool,
    },
    /// Another mediator.
    HandOver {
        /// Who.
        to: MemberId,
    },
    /// A party does not want it any more.
    Withdraw,
    /// Notes whether the agreement is kept.
    Follow {
        /// Whether it is.
        kept: Kept,
    },
    /// The agreement is not kept, and the parties talk again.
    Resume,
}

words! {
    /// A command's name, as in the URL and the API.
    CommandName {
        /// A talk.
        Talk = "talk",
        /// The agreement in words.
        Draft = "draft",
        /// Agreed.
        Agree = "agree",
        /// Not agreed.
        Fail = "fail",
        /// More time.
        Extend = "extend",
        /// Another mediator.
        HandOver = "hand_over",
        /// Taken back.
        Withdraw = "withdraw",
        /// The look a month later.
        Follow = "follow",
        /// Talk again.
        Resume = "resume",
    }
}

impl Command {
    /// Its name.
    pub const fn name(&self) -> CommandName {
        match self {
            Self::Talk { .. } => CommandName::Talk,
            Self::Draft => CommandName::Draft,
            Self::Agree { .. } => CommandName::Agree,
            Self::Fail { .. } => CommandName::Fail,
            Self::Extend { .. } => CommandName::Extend,
            Self::HandOver { .. } => CommandName::HandOver,
            Self::Withdraw => CommandName::Withdraw,
            Self::Follow { .. } => CommandName::Follow,
            Self::Resume => CommandName::Resume,
        }
    }
}

/// What the rules have to know around a mediation.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// Reckons deadlines.
    pub calendar: &'a dyn Reckoning,
    /// What the community lays down.
    pub settings: &'a MediationSettings,
    /// The community's own time: days are days there.
    pub offset: UtcOffset,
}

/// A mediation as it becomes, and what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The mediation.
    pub mediation: Mediation,
    /// The deed to note.
    pub deed: Deed,
}

/// Makes the first version; its state and times are set here.
///
/// # Errors
/// `NotAllowed` for who may not open one.
pub fn open(
    mut mediation: Mediation,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    allow(
        has(&mediation, who, Action::OpenMediation),
        Refusal::NotAllowed,
    )?;
    mediation.state = State::Open;
    mediation.times = begun(terms, now);
    let mediator = mediation.mediator;
    Ok(note(mediation, Deed::Opened { mediator }))
}

/// Carries out one command, or says why not. That the mediation is within the actor's reach was asked before.
///
/// # Errors
/// The reason; nothing changed then.
pub fn transition(
    mediation: &Mediation,
    command: Command,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    pass(mediation, command.name(), who, terms.settings, now)?;
    let next = mediation.clone();
    match command {
        Command::Talk { on } => {
            allow(fits(&next, on, terms, now), Refusal::WrongDay)?;
            Ok(note(next, Deed::Talked))
        }
        Command::Draft => Ok(becomes(next, State::Drafted, Deed::Drafted)),
        Command::Agree { on, written } => agree(next, on, written, terms, now),
        Command::Fail { instead } => Ok(over(
            next,
            State::NotAgreed { instead },
            Deed::NotAgreed { instead },
            now,
        )),
        Command::Extend { consent } => extend(next, consent, terms, now),
        Command::HandOver { to } => hand_over(next, to),
        Command::Withdraw => Ok(over(next, State::Withdrawn, Deed::Withdrawn, now)),
        Command::Follow { kept } => follow(next, kept, now),
        Command::Resume => resume(next, terms, now),
    }
}

/// What time itself does when it looks: the deadline has passed, a month is over, or nobody looked even days after that.
///
/// # Errors
/// `NothingDue` where there is nothing to call up, `TooEarly` before its time.
pub fn call(mediation: &Mediation, now: OffsetDateTime) -> Result<Decision, Refusal> {
    let from = mediation.wakes_at().ok_or(Refusal::NothingDue)?;
    allow(from <= now, Refusal::TooEarly { from })?;
    let mut next = mediation.clone();
    let agreed = next.state.name() == StateName::Agreed;
    if agreed && !next.times.called {
        next.times.called = true;
        return Ok(note(next, Deed::FollowUpDue));
    }
    next.times.overdue_told = true;
    let deed = if agreed {
        Deed::FollowUpLate
    } else {
        Deed::Overdue
    };
    Ok(note(next, deed))
}

/// What this actor may do now, in the order of the life; payloads are judged when the command comes. What would be refused whatever
/// is said with it is not among it.
pub fn commands_at(
    mediation: &Mediation,
    who: &Actor,
    settings: &MediationSettings,
    now: OffsetDateTime,
) -> Vec<CommandName> {
    let early = mediation.look_from().is_some_and(|from| now < from);
    let open = |name: &CommandName| {
        stands(mediation.state.name(), *name)
            && concerned(mediation, *name, who).is_ok()
            && (*name != CommandName::Follow || !early)
            && (*name != CommandName::Extend || extends(mediation, settings, now).is_ok())
    };
    CommandName::ALL.iter().copied().filter(open).collect()
}

fn pass(
    mediation: &Mediation,
    name: CommandName,
    who: &Actor,
    settings: &MediationSettings,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let concerned = concerned(mediation, name, who);
    if concerned == Err(Refusal::NotAllowed) {
        return concerned;
    }
    if !stands(mediation.state.name(), name) {
        return Err(Refusal::WrongState {
            is: mediation.state.name(),
            may: commands_at(mediation, who, settings, now),
        });
    }
    concerned
}

const fn stands(state: StateName, name: CommandName) -> bool {
    use StateName::{Agreed, Drafted, Open};
    match name {
        CommandName::Talk
        | CommandName::Draft
        | CommandName::Fail
        | CommandName::Extend
        | CommandName::Withdraw => matches!(state, Open | Drafted),
        CommandName::Agree => matches!(state, Drafted),
        CommandName::HandOver => matches!(state, Open | Drafted | Agreed),
        CommandName::Follow | CommandName::Resume => matches!(state, Agreed),
    }
}

/// Only the mediator works on it, nobody for them; a lead gives it to somebody else, so that an absence opens nothing.
fn concerned(mediation: &Mediation, name: CommandName, who: &Actor) -> Result<(), Refusal> {
    let theirs = who.member() == Some(mediation.mediator);
    let leads = matches!(who.role(), Some(Role::GridLead | Role::CommunityLead));
    allow(has(mediation, who, Action::Mediate), Refusal::NotAllowed)?;
    allow(
        theirs || (leads && name == CommandName::HandOver),
        Refusal::NotYours,
    )
}

fn has(mediation: &Mediation, who: &Actor, action: Action) -> bool {
    matches!(who, Actor::Member { role, community, .. }
        if *community == mediation.community && may(*role, action))
}

fn allow(fits: bool, otherwise: Refusal) -> Result<(), Refusal> {
    if fits { Ok(()) } else { Err(otherwise) }
}

fn begun(terms: &Terms<'_>, now: OffsetDateTime) -> Times {
    Times {
        opened_at: now,
        runs_from: now,
        due_at: Some(terms.calendar.due(terms.settings.limit, now).at),
        extensions: 0,
        overdue_told: false,
        ended_at: None,
        follow_at: None,
        called: false,
        finished_at: None,
    }
}

/// Whether something of a mediation can have been on this day: not after today, and not before it was opened.
fn fits(mediation: &Mediation, on: Date, terms: &Terms<'_>, now: OffsetDateTime) -> bool {
    let day = |at: OffsetDateTime| at.to_offset(terms.offset).date();
    (day(mediation.times.opened_at)..=day(now)).contains(&on)
}

fn agree(
    mut mediation: Mediation,
    on: Date,
    written: bool,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    allow(fits(&mediation, on, terms, now), Refusal::WrongDay)?;
    mediation.state = State::Agreed { on, written };
    mediation.times.due_at = None;
    mediation.times.ended_at = Some(now);
    let follow = terms.calendar.due(terms.settings.follow_up_within, now);
    mediation.times.follow_at = Some(follow.at);
    (mediation.times.called, mediation.times.overdue_told) = (false, false);
    Ok(note(mediation, Deed::Agreed { written }))
}

/// The deadline that one more limit is added to, where it has not passed and there may be one more.
fn extends(
    mediation: &Mediation,
    settings: &MediationSettings,
    now: OffsetDateTime,
) -> Result<OffsetDateTime, Refusal> {
    let due = mediation.times.due_at.unwrap_or(now);
    allow(now <= due, Refusal::Overdue)?;
    let max = settings.max_extensions;
    allow(
        mediation.times.extensions < max,
        Refusal::LimitReached { max },
    )?;
    Ok(due)
}

fn extend(
    mut mediation: Mediation,
    consent: bool,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    allow(consent, Refusal::ConsentMissing)?;
    let due = extends(&mediation, terms.settings, now)?;
    mediation.times.extensions += 1;
    mediation.times.due_at = Some(terms.calendar.due(terms.settings.limit, due).at);
    Ok(note(mediation, Deed::Extended))
}

fn hand_over(mut mediation: Mediation, to: MemberId) -> Result<Decision, Refusal> {
    allow(to != mediation.mediator, Refusal::SamePerson)?;
    mediation.mediator = to;
    Ok(note(mediation, Deed::HandedOver { mediator: to }))
}

/// The look a month later is not taken at once; a few days before its day it may be.
fn follow(mediation: Mediation, kept: Kept, now: OffsetDateTime) -> Result<Decision, Refusal> {
    let from = mediation.look_from().unwrap_or(now);
    allow(now >= from, Refusal::TooEarly { from })?;
    let agreement = mediation.state.agreement();
    let ended_at = mediation.times.ended_at;
    let deed = Deed::Followed {
        kept: kept == Kept::Yes,
    };
    let mut decision = over(mediation, State::Finished { agreement, kept }, deed, now);
    decision.mediation.times.ended_at = ended_at;
    Ok(decision)
}

fn resume(
    mut mediation: Mediation,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    mediation.times = Times {
        opened_at: mediation.times.opened_at,
        ..begun(terms, now)
    };
    Ok(becomes(mediation, State::Open, Deed::Resumed))
}

fn becomes(mut mediation: Mediation, state: State, deed: Deed) -> Decision {
    mediation.state = state;
    note(mediation, deed)
}

fn over(mut mediation: Mediation, state: State, deed: Deed, now: OffsetDateTime) -> Decision {
    mediation.state = state;
    mediation.times.due_at = None;
    mediation.times.follow_at = None;
    mediation.times.ended_at = Some(now);
    mediation.times.finished_at = Some(now);
    note(mediation, deed)
}

fn note(mut mediation: Mediation, deed: Deed) -> Decision {
    mediation.version += 1;
    Decision { mediation, deed }
}
