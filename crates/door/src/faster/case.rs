//! Who was faster with a step of a case, and where the case stands now for whoever was refused.

use rules::access::{Action, Role, may};
use rules::case::{CommandName, Deed, Refusal};
use rules::ids::{MemberId, Number};
use work::Asker;
use work::case::{Expected, Happened, open_steps};

use super::{Faster, Step};
use crate::Door;
use crate::error::{Failure, Matter, Stands};

/// What somebody did to a case while another was about to.
#[derive(Clone, Debug)]
pub struct Meanwhile {
    /// The last step that a person took.
    pub happened: Happened,
    /// Their name; none for the reporter.
    pub by: Option<String>,
}

/// Adds to a failure who was faster, or who has done before what cannot be done twice, if somebody was and the one who asks may read
/// the trail of the case.
pub async fn told(
    door: &Door,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    failure: Failure,
) -> Failure {
    if let Failure::Refused(Refusal::AlreadyDone { command }) = failure {
        let done = done_before(door, asker, number, command).await;
        return done.unwrap_or(failure);
    }
    let (Failure::Stale { is, .. }, Expected::Version(seen)) = (&failure, expected) else {
        return failure;
    };
    let is = *is;
    if !asker
        .role()
        .is_some_and(|role| may(role, Action::ReadTrail))
    {
        return failure;
    }
    let found = work::case::meanwhile(&door.house, asker, number, seen).await;
    let by_a_person = |happened: &Happened| happened.role.parse::<Role>().is_ok();
    let last = found
        .ok()
        .and_then(|all| all.into_iter().rfind(by_a_person));
    let done = last.map(|happened| {
        let net = door.house.net();
        let member = happened.actor.and_then(|id| {
            let community = net.community(number.community())?;
            community.member(MemberId(id))
        });
        let by = member.map(|member| member.name.clone());
        Box::new(Meanwhile { happened, by })
    });
    Failure::Stale { is, done }
}

/// Who has taken the step that holds, of those of which a case knows one at a time; of several things agreed upon it is not told
/// which one was meant.
async fn done_before(
    door: &Door,
    asker: &Asker,
    number: &Number,
    command: CommandName,
) -> Option<Failure> {
    let is_it = |deed: &Deed| match command {
        CommandName::Adopt => matches!(deed, Deed::Adopted),
        CommandName::Settle => matches!(deed, Deed::Settled { .. }),
        _ => false,
    };
    let reads = asker
        .role()
        .is_some_and(|role| may(role, Action::ReadTrail));
    if !reads {
        return None;
    }
    let trail = work::case::meanwhile(&door.house, asker, number, 0).await;
    let mut steps = trail.ok()?.into_iter().filter(|one| is_it(&one.event.deed));
    let (first, last) = (steps.next()?, steps.next_back());
    if command == CommandName::Settle && last.is_some() {
        return None;
    }
    let happened = last.unwrap_or(first);
    let net = door.house.net();
    let net = net.community(number.community())?;
    let step = Step {
        actor: happened.actor.map(MemberId),
        role: &happened.role,
        deed: happened.event.deed.name(),
        at: happened.at,
    };
    Some(Failure::Overtaken {
        is: None,
        code: "already-done",
        faster: Box::new(Faster::of(net, asker, &step, None)),
    })
}

/// Adds to a refusal where the case stands and which of the commands that are open to them the one who asks may give
/// instead, perhaps none; what lies outside their scope is left as it is.
pub async fn instead(
    door: &Door,
    asker: &Asker,
    number: &Number,
    open_to: impl Fn(CommandName) -> bool,
    failure: Failure,
) -> Failure {
    match &failure {
        Failure::Refused(Refusal::NotAllowed) => return failure,
        Failure::Refused(_) | Failure::WentInto { .. } => {}
        _ => return failure,
    }
    let net = door.house.net();
    let Some(net) = net.community(number.community()) else {
        return failure;
    };
    let reader = door.house.store.reader();
    let Ok(found) = reader.case_numbered(&asker.scope, net.id, number).await else {
        return failure;
    };
    let case = found.case;
    let open = open_steps(&asker.actor, net, &case, asker.now);
    let may = open.into_iter().filter(|command| open_to(*command));
    let may = may.map(CommandName::as_str).collect();
    let stands = Stands::new(Matter::Case, case.state.kind().as_str(), may);
    match failure {
        Failure::WentInto { into, code, .. } => Failure::WentInto {
            code,
            into,
            stands: Some(stands),
        },
        Failure::Refused(refusal) => Failure::NotNow { refusal, stands },
        other => other,
    }
}
