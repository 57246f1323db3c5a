//! The life of a referral: which command belongs to which state, whose it is, and what is due afterwards.

use time::OffsetDateTime;

use super::{
    Deed, Officers, Outcome, Procedure, Referral, ReferralSettings, Refusal, RefusedReason, State,
    StateName, Times,
};
use crate::access::{Action, Actor, may};
use crate::case::{Limit, Reckoning};
use crate::ids::MemberId;
use crate::word::words;

/// What is done to a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The acting officer takes it together with a second one; one of the two who have it makes a new pair. Others take it
    /// over only where none of the two is of the team any more, or both are away and no officer stands in.
    Take {
        /// The second one.
        second: MemberId,
    },
    /// The team does not take it; where else is kept in words.
    Refuse {
        /// Why.
        reason: RefusedReason,
    },
    /// Notes the procedure.
    Start {
        /// Which one.
        procedure: Procedure,
    },
    /// Notes the result.
    End {
        /// Which one.
        result: Outcome,
    },
    /// Takes it back.
    Withdraw,
    /// Time notes that a deadline passed.
    Remind,
}

words! {
    /// A command's name, as in the URL and the API.
    CommandName {
        /// Take.
        Take = "take",
        /// Do not take.
        Refuse = "refuse",
        /// Note the procedure.
        Start = "start",
        /// Note the result.
        End = "end",
        /// Take back.
        Withdraw = "withdraw",
        /// A deadline passed.
        Remind = "remind",
    }
}

impl Command {
    /// Its name.
    pub const fn name(&self) -> CommandName {
        match self {
            Self::Take { .. } => CommandName::Take,
            Self::Refuse { .. } => CommandName::Refuse,
            Self::Start { .. } => CommandName::Start,
            Self::End { .. } => CommandName::End,
            Self::Withdraw => CommandName::Withdraw,
            Self::Remind => CommandName::Remind,
        }
    }
}

/// What the rules have to know around a referral.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// Reckons deadlines.
    pub calendar: &'a dyn Reckoning,
    /// What the community lays down.
    pub settings: &'a ReferralSettings,
    /// The officers of the team in the area.
    pub team: &'a [MemberId],
    /// Those of the team, and of the two who have it, who are away now.
    pub absent: &'a [Absent],
}

/// An officer who is away, and who has their leads meanwhile: an officer, too, since nobody else may go on with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absent {
    /// Who is away.
    pub officer: MemberId,
    /// The officer who stands in; none where the deputy is no officer.
    pub stand_in: Option<MemberId>,
}

impl Terms<'_> {
    pub(super) fn absent(&self, officer: MemberId) -> Option<Absent> {
        let mut absent = self.absent.iter();
        absent.find(|one| one.officer == officer).copied()
    }
}

/// A referral as it becomes, and what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The referral.
    pub referral: Referral,
    /// The deed to note.
    pub deed: Deed,
}

/// Makes the first version. That the case may be referred from is decided by `rules::case::refer`.
///
/// # Errors
/// `NotAllowed` if the team has no two officers in the area.
pub fn refer(
    mut referral: Referral,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if terms.team.len() < 2 {
        return Err(Refusal::NotOfTheTeam);
    }
    referral.state = State::Referred;
    referral.times = Times {
        referred_at: now,
        taken_at: None,
        started_at: None,
        ended_at: None,
        due_at: None,
        due_provisional: false,
        wakes_at: None,
    };
    due(&mut referral, terms, terms.settings.take_within, now);
    let deed = Deed::Referred {
        case: referral.case,
        team: referral.team,
    };
    Ok(note(referral, deed))
}

/// Carries out one command, or says why not.
///
/// # Errors
/// The reason; nothing changed then.
pub fn transition(
    referral: &Referral,
    command: Command,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    pass(referral, command.name(), who, terms)?;
    let next = referral.clone();
    match command {
        Command::Take { second } => take(next, who, second, terms, now),
        Command::Refuse { reason } => Ok(over(
            next,
            State::Refused { reason },
            Deed::Refused { reason },
            now,
        )),
        Command::Start { procedure } => start(next, who, procedure, terms, now),
        Command::End { result } => end(next, who, result, terms, now),
        Command::Withdraw => Ok(over(next, State::Withdrawn, Deed::Withdrawn, now)),
        Command::Remind => remind(next, now),
    }
}

/// What this actor may do now, in the order of the life; payloads are judged when the command comes.
pub fn commands(referral: &Referral, who: &Actor, terms: &Terms<'_>) -> Vec<CommandName> {
    let open = |name: &CommandName| {
        stands(referral.state.name(), *name) && concerned(referral, *name, who, terms).is_ok()
    };
    CommandName::ALL.iter().copied().filter(open).collect()
}

fn pass(
    referral: &Referral,
    name: CommandName,
    who: &Actor,
    terms: &Terms<'_>,
) -> Result<(), Refusal> {
    let concerned = concerned(referral, name, who, terms);
    if concerned == Err(Refusal::NotAllowed) {
        return concerned;
    }
    if !stands(referral.state.name(), name) {
        return Err(Refusal::WrongState {
            is: referral.state.name(),
            may: commands(referral, who, terms),
        });
    }
    concerned
}

const fn stands(state: StateName, name: CommandName) -> bool {
    use StateName::{Referred, Started, Taken};
    match name {
        CommandName::Refuse | CommandName::Withdraw => matches!(state, Referred),
        CommandName::Start => matches!(state, Taken),
        CommandName::End => matches!(state, Taken | Started),
        CommandName::Take | CommandName::Remind => matches!(state, Referred | Taken | Started),
    }
}

/// An officer of the team in the area takes what nobody has, or refuses, and where fewer than two of it are there an officer who
/// stands in for one of them takes it; the two who have it go on or hand it on, and while one of them is away the officer who
/// stands in; who referred it takes it back.
fn concerned(
    referral: &Referral,
    name: CommandName,
    who: &Actor,
    terms: &Terms<'_>,
) -> Result<(), Refusal> {
    let Actor::Member {
        member,
        role,
        community,
        ..
    } = who
    else {
        let time = matches!(who, Actor::Clock) && name == CommandName::Remind;
        return if time {
            Ok(())
        } else {
            Err(Refusal::NotAllowed)
        };
    };
    if *community != referral.community {
        return Err(Refusal::NotAllowed);
    }
    if name == CommandName::Withdraw {
        return allow(may(*role, Action::Refer), Refusal::NotAllowed)
            .and_then(|()| allow(who.is(referral.referrer), Refusal::NotYours));
    }
    let has = has(referral, *member, terms);
    let theirs = matches!(name, CommandName::Start | CommandName::End);
    // whoever stands in may be of another team or area: they go on with the lead, and take none while two of the team are there
    let fills = name == CommandName::Take && !has && terms.at_hand().contains(member);
    let of_it = terms.team.contains(member) || (has && theirs) || fills;
    let officer = may(*role, Action::Enforce) && of_it;
    allow(officer && name != CommandName::Remind, Refusal::NotAllowed)?;
    allow(!theirs || has, Refusal::NotYours)?;
    allow(
        !theirs || !is_both(referral, *member, terms),
        Refusal::OneForBoth,
    )?;
    let kept = name == CommandName::Take && !has && is_kept(referral, terms);
    allow(!kept, Refusal::AlreadyTaken)
}

/// Whether a member is one of the two who took it, or the officer who stands in for one of them.
pub(super) fn has(referral: &Referral, member: MemberId, terms: &Terms<'_>) -> bool {
    let is_one = referral.state.officers().is_some_and(|two| two.are(member));
    is_one || stands_for(referral, member, terms).is_some()
}

/// Whether one of the two stands in for the other: then they hand it on, and do not go on with it alone.
pub(super) fn is_both(referral: &Referral, member: MemberId, terms: &Terms<'_>) -> bool {
    let two = referral.state.officers().filter(|two| two.are(member));
    two.is_some_and(|two| {
        let other = if two.first() == member {
            two.second()
        } else {
            two.first()
        };
        let absent = terms.absent(other);
        absent.is_some_and(|absent| absent.stand_in == Some(member))
    })
}

/// For which of the two, who is away, a member acts who is none of them.
fn stands_for(referral: &Referral, member: MemberId, terms: &Terms<'_>) -> Option<MemberId> {
    let two = referral.state.officers().filter(|two| !two.are(member))?;
    let away = |officer: &MemberId| {
        let here = terms.team.contains(officer);
        let absent = terms.absent(*officer).filter(|_| here);
        absent.is_some_and(|absent| absent.stand_in == Some(member))
    };
    // nobody is both of them: two officers are two people
    match [two.first(), two.second()].map(|officer| away(&officer)) {
        [true, false] => Some(two.first()),
        [false, true] => Some(two.second()),
        _ => None,
    }
}

/// Whether one of the two who took it is still of the team, and there or stood in for.
fn is_kept(referral: &Referral, terms: &Terms<'_>) -> bool {
    let here = |officer: MemberId| {
        let absent = terms.absent(officer);
        terms.team.contains(&officer) && absent.is_none_or(|absent| absent.stand_in.is_some())
    };
    let stand_in = |officer: MemberId| terms.absent(officer)?.stand_in;
    referral.state.officers().is_some_and(|two| {
        let (first, second) = (two.first(), two.second());
        // whoever stands in for both alone is one person where two are needed
        let one = stand_in(first).is_some() && stand_in(first) == stand_in(second);
        !one && (here(first) || here(second))
    })
}

fn allow(fits: bool, otherwise: Refusal) -> Result<(), Refusal> {
    if fits { Ok(()) } else { Err(otherwise) }
}

/// Handing on keeps the running deadline: a new pair does not begin the time anew.
fn take(
    mut referral: Referral,
    who: &Actor,
    second: MemberId,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    let first = who.member().ok_or(Refusal::NotAllowed)?;
    let of_it = terms.team.contains(&second) || terms.at_hand().contains(&second);
    allow(of_it, Refusal::NotOfTheTeam)?;
    let officers = Officers::new(first, second).ok_or(Refusal::SamePerson)?;
    // whoever is away does not come along, and may leave the first one alone as their deputy
    allow(terms.absent(second).is_none(), Refusal::SecondAway)?;
    let stands_for = stands_for(&referral, first, terms).or_else(|| terms.filled_by(first));
    referral.state = match referral.state {
        State::Started { procedure, .. } => State::Started {
            officers,
            procedure,
        },
        _ => State::Taken(officers),
    };
    if referral.times.taken_at.is_none() {
        referral.times.taken_at = Some(now);
        due(&mut referral, terms, terms.settings.start_within, now);
    }
    let deed = Deed::Taken {
        first,
        second,
        stands_for,
    };
    Ok(note(referral, deed))
}

fn start(
    mut referral: Referral,
    who: &Actor,
    procedure: Procedure,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    let officers = referral.state.officers().ok_or(Refusal::NotYours)?;
    referral.state = State::Started {
        officers,
        procedure,
    };
    referral.times.started_at = Some(now);
    let limit = match procedure {
        Procedure::Simple => terms.settings.simple_within,
        Procedure::General => terms.settings.general_within,
    };
    due(&mut referral, terms, limit, now);
    let stands_for = for_whom(&referral, who, terms);
    let deed = Deed::Started {
        procedure,
        stands_for,
    };
    Ok(note(referral, deed))
}

fn for_whom(referral: &Referral, who: &Actor, terms: &Terms<'_>) -> Option<MemberId> {
    let member = who.member()?;
    stands_for(referral, member, terms)
}

fn end(
    referral: Referral,
    who: &Actor,
    result: Outcome,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    let officers = referral.state.officers().ok_or(Refusal::NotYours)?;
    let procedure = referral.state.procedure();
    allow(
        procedure.is_some() || !result.needs_procedure(),
        Refusal::ProcedureMissing,
    )?;
    let state = State::Ended {
        officers,
        procedure,
        result,
    };
    let stands_for = for_whom(&referral, who, terms);
    let deed = Deed::Ended { result, stands_for };
    Ok(over(referral, state, deed, now))
}

fn remind(mut referral: Referral, now: OffsetDateTime) -> Result<Decision, Refusal> {
    let due = referral.times.wakes_at.is_some_and(|at| at <= now);
    allow(due, Refusal::TooEarly)?;
    referral.times.wakes_at = None;
    Ok(note(referral, Deed::Overdue))
}

fn over(mut referral: Referral, state: State, deed: Deed, now: OffsetDateTime) -> Decision {
    referral.state = state;
    referral.times.ended_at = Some(now);
    referral.times.due_at = None;
    referral.times.due_provisional = false;
    referral.times.wakes_at = None;
    note(referral, deed)
}

fn due(referral: &mut Referral, terms: &Terms<'_>, limit: Limit, now: OffsetDateTime) {
    let due = terms.calendar.due(limit, now);
    referral.times.due_at = Some(due.at);
    referral.times.due_provisional = due.provisional;
    referral.times.wakes_at = referral.times.due_at;
}

pub(super) fn note(mut referral: Referral, deed: Deed) -> Decision {
    referral.version += 1;
    Decision { referral, deed }
}
