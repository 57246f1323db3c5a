//! Who was faster with a step of a case, and where the case stands now for whoever was refused.

use rules::access::{Action, Role, may};
use rules::case::{CommandName, Refusal, commands_at};
use rules::ids::{MemberId, Number};
use work::Asker;
use work::case::{Expected, Happened};

use crate::Door;
use crate::error::Failure;

/// What somebody did to a case while another was about to.
#[derive(Clone, Debug)]
pub struct Meanwhile {
    /// The last step that a person took.
    pub happened: Happened,
    /// Their name; none for the reporter.
    pub by: Option<String>,
}

/// Adds to a failure who was faster, if somebody was and the one who asks may read the trail of the case.
pub async fn told(
    door: &Door,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    failure: Failure,
) -> Failure {
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

/// Adds to a refusal where the case stands and which of the commands that are open to them the one who asks may give
/// instead, perhaps none; what lies outside their scope is left as it is.
pub async fn instead(
    door: &Door,
    asker: &Asker,
    number: &Number,
    open_to: impl Fn(CommandName) -> bool,
    failure: Failure,
) -> Failure {
    let code = match &failure {
        Failure::Refused(Refusal::NotAllowed) => return failure,
        Failure::Refused(refusal) => refusal.code(),
        Failure::WentInto { code, .. } => code,
        _ => return failure,
    };
    let net = door.house.net();
    let Some(net) = net.community(number.community()) else {
        return failure;
    };
    let reader = door.house.store.reader();
    let Ok(found) = reader.case_numbered(&asker.scope, net.id, number).await else {
        return failure;
    };
    let case = found.case;
    let open = commands_at(&case, &asker.actor, &net.settings.case, asker.now);
    let may = open.into_iter().filter(|command| open_to(*command));
    let may = may.map(CommandName::as_str).collect();
    let stands = Some((case.state.kind().as_str(), may));
    match failure {
        Failure::WentInto { into, .. } => Failure::WentInto { code, into, stands },
        _ => Failure::Declined { code, stands },
    }
}
